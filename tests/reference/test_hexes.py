"""The stored hexagon layout of the members, for every day on which their set changed."""

import csv
from datetime import date, timedelta
from itertools import pairwise

import pytest

from verband.core.cartogram.grid import pieces
from verband.core.cartogram.quality import compare, measure
from verband.reference import files, hexes
from verband.reference.hex_places import (
    WADDEN_ISLANDS,
    basis_of_place,
    boundary_days,
    municipalities_on,
)
from verband.reference.rows import PlaceBasis

LAYOUTS = hexes.stored_layouts()
DAYS = boundary_days(hexes.FIRST_DAY, hexes.LAST_DAY)
each_day = pytest.mark.parametrize("day", DAYS, ids=str)


def stored_quality():
    with (files.DATA / "hexes_quality.csv").open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["valid_from"]): row for row in csv.DictReader(file)}


QUALITY = stored_quality()


@pytest.fixture(scope="module")
def measured():
    return {day: measure(municipalities_on(day), cells) for day, cells in LAYOUTS.items()}


def test_there_is_a_layout_for_every_day_on_which_the_members_change():
    assert tuple(LAYOUTS) == tuple(QUALITY) == DAYS
    assert date(2015, 7, 1) in DAYS
    assert date(2022, 3, 24) in DAYS


@each_day
def test_layout_has_exactly_the_members_of_its_day_one_per_cell(day):
    alive = {span.code for span in files.municipality_lifespans() if day in span.period}

    assert set(LAYOUTS[day]) == alive
    assert len(set(LAYOUTS[day].values())) == len(alive)


@each_day
def test_layout_still_holds_on_the_day_before_the_next(day):
    later = [other for other in DAYS if other > day]
    last_day = later[0] - timedelta(days=1) if later else date(2024, 12, 31)

    alive = {span.code for span in files.municipality_lifespans() if last_day in span.period}

    assert set(LAYOUTS[day]) == alive


@each_day
def test_every_mainland_province_is_in_one_piece(day, measured):
    assert measured[day].torn == ()


@each_day
def test_mainland_as_a_whole_is_in_one_piece(day):
    land = [cell for code, cell in LAYOUTS[day].items() if code not in WADDEN_ISLANDS]

    assert len(pieces(land)) == 1


@each_day
def test_more_neighbours_are_kept_than_in_the_sketch(day, measured):
    """The sketch of the mock-ups kept 73 % of the neighbours in 2017."""
    assert measured[day].kept_share > 0.73
    assert measured[day].kept == int(QUALITY[day]["neighbours_kept"])


@each_day
def test_wadden_islands_lie_north_of_their_provinces_in_order(day):
    cells = LAYOUTS[day]
    chain = ["GM0448", "GM0096", "GM0093", "GM0060", "GM0088"]
    province = {place.code: place.region for place in municipalities_on(day)}
    friesland = [cells[c] for c in cells if province[c] == "PV21" and c not in WADDEN_ISLANDS]

    east = [cells[code][0] + cells[code][1] / 2 for code in chain]
    assert east == sorted(east)
    assert max(cells[code][1] for code in chain[1:]) < min(r for _, r in friesland) + 2


def test_most_members_keep_their_hexagon_from_one_layout_to_the_next():
    for before, after in pairwise(DAYS):
        change = compare(LAYOUTS[before], LAYOUTS[after])

        assert change.stayed == int(QUALITY[after]["stayed_in_cell"])
        assert change.stayed >= 0.79 * change.shared
        assert change.most_steps <= 3


def test_in_a_year_with_few_mergers_nearly_all_keep_their_hexagon():
    changes = [compare(LAYOUTS[one], LAYOUTS[other]) for one, other in pairwise(DAYS)]

    few = [c for c, day in zip(changes, DAYS[1:], strict=True) if day != date(2019, 1, 1)]

    assert all(c.stayed >= 0.91 * c.shared for c in few)


def test_rename_moves_nobody():
    before, after = LAYOUTS[date(2015, 1, 1)], LAYOUTS[date(2015, 7, 1)]

    assert after["GM1940"] == before["GM1921"]
    assert compare(before, after).stayed == 392


def test_check_recomputes_the_stored_figures(capsys):
    assert hexes.main(["--check"]) == 0

    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(DAYS)
    assert printed[6].startswith("2017-01-01: 388 members (0 places derived), neighbours kept ")


def test_check_fails_when_a_hexagon_was_moved(tmp_path, monkeypatch, capsys):
    for name in ("hexes.csv", "hexes_quality.csv"):
        (tmp_path / name).write_bytes((files.DATA / name).read_bytes())
    moved = (tmp_path / "hexes.csv").read_text(encoding="utf-8").splitlines()
    moved[1] = "2012-01-01,GM0003,60,60,measured"
    (tmp_path / "hexes.csv").write_text("\n".join(moved), encoding="utf-8")
    monkeypatch.setattr(hexes, "stored_layouts", lambda: layouts_in(tmp_path / "hexes.csv"))

    assert hexes.main(["--check"]) == 1

    assert "provinces torn 1" in capsys.readouterr().out


def layouts_in(path):
    layouts = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["valid_from"])
            layouts.setdefault(day, {})[row["code"]] = (int(row["q"]), int(row["r"]))
    return layouts


def test_day_between_two_changes_has_the_layout_of_the_change_before():
    cells = files.hex_cells_on(date(2015, 6, 30))

    assert {cell.valid_from for cell in cells} == {date(2015, 1, 1)}
    assert len(cells) == 393


def test_day_before_the_register_has_no_map():
    with pytest.raises(files.NoHexLayout, match=r"of 2011-12-31\. The first is of 2012-01-01\."):
        files.hex_cells_on(date(2011, 12, 31))


@pytest.mark.parametrize(
    ("code", "day", "basis"),
    [
        ("GM0855", date(2012, 1, 1), PlaceBasis.MEASURED),  # Tilburg, the same area until 2021
        ("GM1671", date(2012, 1, 1), PlaceBasis.DERIVED),  # Maasdonk, gone in 2015
        ("GM1921", date(2014, 1, 1), PlaceBasis.MEASURED),  # De Friese Meren, renamed in 2015
        ("GM0361", date(2014, 1, 1), PlaceBasis.DERIVED),  # Alkmaar, before it grew in 2015
        ("GM0844", date(2016, 1, 1), PlaceBasis.MEASURED),  # Schijndel, on file for 2016
    ],
)
def test_place_is_measured_only_when_the_area_was_the_same(code, day, basis):
    assert basis_of_place(code, day) is basis


def test_stored_basis_is_that_of_the_place():
    for row in files.hex_cells():
        assert row.place is basis_of_place(row.code, row.valid_from)


def test_members_that_ceased_are_put_beside_their_successor_and_apart():
    places = {place.code: place for place in municipalities_on(date(2014, 1, 1))}
    of_krimpenerwaard = [places[c] for c in ("GM0491", "GM0608", "GM0623", "GM0643", "GM0644")]

    spots = {(round(place.x, 3), round(place.y, 3)) for place in of_krimpenerwaard}

    assert len(spots) == 5
    assert max(p.x for p in of_krimpenerwaard) - min(p.x for p in of_krimpenerwaard) <= 8
