"""Compute, store and check the hexagon layout of the members, for every boundary day.

``python -m verband.reference.hexes`` computes all layouts (some minutes), stores ``hexes.csv`` and
``hexes_quality.csv`` beside the other data and prints the figures. With ``--check`` it only
recomputes the figures from the stored layout, and fails when they differ from those stored.
"""

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import fmean

from verband.core.cartogram.grid import Cell, centre
from verband.core.cartogram.layout import Effort, Neighbouring, lay_out
from verband.core.cartogram.quality import compare, measure
from verband.reference import files
from verband.reference.hex_places import (
    WADDEN_ISLANDS,
    basis_of_place,
    boundary_days,
    changes,
    municipalities_on,
)
from verband.reference.rows import ChangeKind, PlaceBasis

FIRST_DAY, LAST_DAY = date(2012, 1, 1), date(2023, 1, 1)
KEY_DAY = date(2017, 1, 1)
"""Laid out first; the other days follow from it, outwards, so that they look alike."""

SEED = 1
FULL_EFFORT = Effort(steps=5_000_000, tries=6, cold=0.06)
FOLLOWING_EFFORT = Effort(steps=2_000_000, tries=2, warm=0.8, cold=0.06)

Layout = dict[str, Cell]
CELL_COLUMNS = ("valid_from", "code", "q", "r", "place")


def compute_layouts() -> dict[date, Layout]:
    """Every layout, with the cells of the water, in order of day."""
    days = boundary_days(FIRST_DAY, LAST_DAY)
    middle = days.index(KEY_DAY)
    layouts = {
        KEY_DAY: lay_out(municipalities_on(KEY_DAY), seed=SEED, effort=FULL_EFFORT),
    }
    for i in range(middle + 1, len(days)):
        layouts[days[i]] = _lay_out_next(days[i], layouts[days[i - 1]], change_day=days[i])
    for i in range(middle - 1, -1, -1):
        layouts[days[i]] = _lay_out_next(days[i], layouts[days[i + 1]], change_day=days[i + 1])
    return {day: layouts[day] for day in days}


def _lay_out_next(day: date, neighbour: Layout, *, change_day: date) -> Layout:
    places = municipalities_on(day)
    follows = _following({place.code for place in places}, neighbour, change_day)
    return lay_out(places, seed=SEED, follows=follows, effort=FOLLOWING_EFFORT)


def _following(codes: set[str], neighbour: Layout, change_day: date) -> Neighbouring:
    """Cells of those in both layouts (also under another code), homes of those in one only."""
    cells = {code: cell for code, cell in neighbour.items() if code in codes}
    relatives: dict[str, list[Cell]] = {}
    for change in changes():
        if change.day != change_day or not change.main_successor:
            continue
        for new, old in ((change.from_code, change.to_code), (change.to_code, change.from_code)):
            if new in codes and new not in cells and old in neighbour:
                relatives.setdefault(new, []).append(neighbour[old])
                if change.kind is ChangeKind.RENAME:
                    cells[new] = neighbour[old]
    homes = {code: _middle(old) for code, old in relatives.items() if code not in cells}
    territory = frozenset(cell for code, cell in neighbour.items() if code not in WADDEN_ISLANDS)
    return Neighbouring(cells=cells, homes=homes, territory=territory)


def _middle(cells: Sequence[Cell]) -> tuple[float, float]:
    centres = [centre(cell) for cell in cells]
    return fmean(x for x, _ in centres), fmean(y for _, y in centres)


def stored_layouts() -> dict[date, Layout]:
    """The layouts on file, without water, in order of day."""
    layouts: dict[date, Layout] = {}
    for row in files.hex_cells():
        layouts.setdefault(row.valid_from, {})[row.code] = (row.q, row.r)
    return layouts


def quality_rows(layouts: Mapping[date, Layout]) -> list[dict[str, str]]:
    """The figures of each layout, and what changed since the one before, as they are stored."""
    rows = []
    before: Layout = {}
    for day, cells in layouts.items():
        quality = measure(municipalities_on(day), cells)
        since = compare(before, cells)
        derived = sum(basis_of_place(code, day) is PlaceBasis.DERIVED for code in cells)
        rows.append(
            {
                "valid_from": day.isoformat(),
                "members": str(quality.members),
                "places_derived": str(derived),
                "neighbours": str(quality.neighbours),
                "neighbours_kept": str(quality.kept),
                "kept_share": f"{quality.kept_share:.3f}",
                "provinces_torn": str(len(quality.torn)),
                "mean_shift_km": f"{quality.mean_shift_km:.1f}",
                "largest_shift_km": f"{quality.largest_shift_km:.1f}",
                "mean_shift_cells": f"{quality.mean_shift_cells:.2f}",
                "cell_km": f"{quality.cell_km:.2f}",
                "north_south_inversions": f"{quality.north_south_inversions:.4f}",
                "east_west_inversions": f"{quality.east_west_inversions:.4f}",
                "shared_with_before": str(since.shared),
                "stayed_in_cell": str(since.stayed),
                "mean_steps": f"{since.mean_steps:.2f}",
                "most_steps": str(since.most_steps),
            }
        )
        before = cells
    return rows


def _cell_rows(layouts: Mapping[date, Layout]) -> list[dict[str, str]]:
    return [
        dict(
            zip(
                CELL_COLUMNS,
                (day.isoformat(), code, str(q), str(r), str(basis_of_place(code, day))),
                strict=True,
            )
        )
        for day, cells in layouts.items()
        for code, (q, r) in sorted(cells.items())
    ]


def _without_water(layouts: Mapping[date, Layout]) -> dict[date, Layout]:
    """Only members, shifted so that the least ``q`` and the least ``r`` of all days are 0."""
    land = {
        day: {code: cell for code, cell in cells.items() if not code.startswith("~")}
        for day, cells in layouts.items()
    }
    top = min(r for cells in land.values() for _, r in cells.values())
    left = min(q for cells in land.values() for q, _ in cells.values())
    return {
        day: {code: (q - left, r - top) for code, (q, r) in cells.items()}
        for day, cells in land.items()
    }


def _as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _as_lines(rows: Sequence[Mapping[str, str]]) -> Iterable[str]:
    sentence = (
        "{valid_from}: {members} members ({places_derived} places derived), neighbours kept "
        "{neighbours_kept}/{neighbours} ({kept_share}), provinces torn {provinces_torn}, shift "
        "{mean_shift_km} km ({mean_shift_cells} cells of {cell_km} km), at most "
        "{largest_shift_km} km, inversions N-S {north_south_inversions} E-W "
        "{east_west_inversions}, stayed {stayed_in_cell}/{shared_with_before}, "
        "others at most {most_steps} steps"
    )
    return [sentence.format_map(row) for row in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when done, 1 when the stored figures are not those of the stored layout."""
    parser = argparse.ArgumentParser(prog="verband.reference.hexes", description=__doc__)
    parser.add_argument("--check", action="store_true", help="recompute the figures only")
    check = parser.parse_args(arguments).check
    cells_file, quality_file = files.DATA / "hexes.csv", files.DATA / "hexes_quality.csv"
    layouts = stored_layouts() if check else _without_water(compute_layouts())
    rows = quality_rows(layouts)
    sys.stdout.writelines(f"{line}\n" for line in _as_lines(rows))
    if check:
        return int(quality_file.read_text(encoding="utf-8") != _as_csv(rows))
    cells_file.write_text(_as_csv(_cell_rows(layouts)), encoding="utf-8")
    quality_file.write_text(_as_csv(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
