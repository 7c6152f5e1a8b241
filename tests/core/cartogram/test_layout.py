"""A small country of four provinces, a lake and an island gets its hexagons."""

import math

import pytest

from verband.core.cartogram import layout
from verband.core.cartogram.grid import pieces, steps_between
from verband.core.cartogram.layout import Effort, Neighbouring, RegionTornApart, lay_out
from verband.core.cartogram.places import Ground, Place
from verband.core.cartogram.quality import compare, measure, torn_regions

EFFORT = Effort(steps=15_000)
LATER = Effort(steps=15_000, warm=0.5)


def small_country(*, without=()):
    """36 places on a bent 6 by 6 lattice, 10 km apart and less in the west; water in the middle."""
    places = []
    for column in range(6):
        for row in range(6):
            x = (8 if column < 2 else 10) * column + 5 * (row % 2) + math.sin(2 * row)
            y = 9 * row + 2 * math.cos(3 * column)
            province = ("south" if row < 3 else "north") + ("west" if column < 3 else "east")
            lake = (column, row) in {(3, 3), (3, 4)}
            if lake:
                places.append(Place(f"~{column}{row}", "~lake", x, y, Ground.WATER))
            else:
                places.append(Place(f"M{column}{row}", province, x, y))
    places.append(Place("isle", "northwest", 12, 66, Ground.ISLAND))
    return [place for place in places if place.code not in without]


@pytest.fixture(scope="module")
def country():
    return small_country()


@pytest.fixture(scope="module")
def cells(country):
    return lay_out(country, seed=7, effort=EFFORT)


def test_every_member_has_one_hexagon_of_its_own(country, cells):
    assert set(cells) == {place.code for place in country}
    assert len(set(cells.values())) == len(country)


def test_every_province_and_the_lake_are_in_one_piece(country, cells):
    lake = [cells[place.code] for place in country if place.ground is Ground.WATER]

    assert torn_regions(country, cells) == ()
    assert len(pieces(lake)) == 1


def test_most_neighbours_stay_neighbours(country, cells):
    quality = measure(country, cells)

    assert quality.kept_share > 0.73
    assert quality.mean_shift_cells < 1.0


def test_compass_is_kept(country, cells):
    quality = measure(country, cells)

    assert quality.north_south_inversions < 0.05
    assert quality.east_west_inversions < 0.05


def test_island_keeps_a_strip_of_sea(country, cells):
    land = [cells[p.code] for p in country if p.ground is Ground.MAINLAND]

    nearest = min(steps_between(cells["isle"], cell) for cell in land)

    assert 2 <= nearest <= 3


def test_same_seed_gives_the_same_hexagons(country, cells):
    assert lay_out(country, seed=7, effort=EFFORT) == cells


def test_after_a_merger_nearly_all_stay_where_they_were(cells):
    after = small_country(without={"M11"})
    territory = frozenset(cell for code, cell in cells.items() if code != "isle")
    follows = Neighbouring(
        cells={code: cell for code, cell in cells.items() if code != "M11"},
        homes={},
        territory=territory,
    )

    later = lay_out(after, seed=7, follows=follows, effort=LATER)

    assert compare(cells, later).stayed >= 30
    assert torn_regions(after, later) == ()


def test_hole_of_a_merger_travels_to_the_coast(cells):
    after = small_country(without={"M11"})
    territory = frozenset(cell for code, cell in cells.items() if code != "isle")
    follows = Neighbouring(cells=cells, homes={}, territory=territory)

    later = lay_out(after, seed=7, follows=follows, effort=LATER)

    taken = set(later.values())
    holes = [
        cell
        for cell in territory - taken
        if sum(steps_between(cell, other) == 1 for other in taken) == 6
    ]
    assert holes == []


def test_region_that_is_not_gathered_is_refused_by_name(monkeypatch):
    monkeypatch.setattr(layout, "GATHERINGS", 0)
    mixed = [
        Place(f"{row}{column}", "even" if (row + column) % 2 else "odd", 10.0 * column, 10.0 * row)
        for row in range(4)
        for column in range(4)
    ]

    with pytest.raises(RegionTornApart, match="even"):
        lay_out(mixed, seed=1, effort=Effort(steps=0))
