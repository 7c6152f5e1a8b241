"""Commands over seats (``person, body``): overlap, interlocks, load, liaisons, cutpoints."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from verband.core.compute.reading import Column, read_table
from verband.core.compute.writing import both
from verband.core.networks.coverage import fewest_liaisons
from verband.core.networks.cutpoints import single_points
from verband.core.networks.days import PERIOD, add_on, chosen_day, periods
from verband.core.networks.overlap import Load, interlocks, loads, overlaps
from verband.core.networks.register import Incidence, Seat, incidence

Result = Mapping[str, object]

SEATS = (
    Column("person", "text", aliases=("persoon",)),
    Column("body", "text", aliases=("orgaan",)),
    Column("hours", "fraction", required=False, minimum=0, aliases=("uren",)),
    *PERIOD,
)


def _read_seats(path: Path, options: Namespace) -> tuple[list[Seat], date]:
    table = read_table(path, SEATS, unique=())
    held = periods(table)
    seats = [
        Seat(row["person"], row["body"], period, row.values.get("hours"))
        for row, period in zip(table.rows, held, strict=True)
    ]
    return seats, chosen_day(options.on, held)


def _read_incidence(path: Path, options: Namespace) -> Incidence:
    return incidence(*_read_seats(path, options))


def _day(options: Namespace) -> str | None:
    return None if options.on is None else options.on.isoformat()


def overlap_options(parser: ArgumentParser) -> None:
    """Options of ``overlap``."""
    add_on(parser)
    parser.add_argument(
        "--least-shared",
        type=int,
        default=1,
        metavar="N",
        help="only pairs that share at least so many people (1)",
    )


def run_overlap(path: Path, options: Namespace) -> Result:
    """Pairs of bodies that share people, on a day."""
    found = _read_incidence(path, options)
    pairs = overlaps(found, least_shared=options.least_shared)
    bodies = len(found.bodies)
    return {
        "on": _day(options),
        "persons": len(found.persons),
        "bodies": bodies,
        "pairs_compared": bodies * (bodies - 1) // 2,
        "rows": [
            {
                "first": one.first,
                "second": one.second,
                "size_first": one.size_first,
                "size_second": one.size_second,
                "shared": one.shared,
                "jaccard": both(one.jaccard),
                "coefficient": both(one.coefficient),
                "p": one.p,
            }
            for one in pairs
        ],
    }


def _load_row(one: Load) -> dict[str, object]:
    return {
        "person": one.person,
        "seats": one.seats,
        "hours": both(one.hours),
        "seats_without_hours": one.unknown_hours,
        "bodies": list(one.bodies),
    }


def run_load(path: Path, options: Namespace) -> Result:
    """What every person carries, on a day."""
    seats, on = _read_seats(path, options)
    return {"on": _day(options), "rows": [_load_row(one) for one in loads(seats, on)]}


def run_interlocks(path: Path, options: Namespace) -> Result:
    """The people with two seats or more, on a day."""
    seats, on = _read_seats(path, options)
    return {"on": _day(options), "rows": [_load_row(one) for one in interlocks(seats, on)]}


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def liaison_options(parser: ArgumentParser) -> None:
    """Options of ``liaisons``."""
    add_on(parser)
    parser.add_argument(
        "--fixed",
        type=_names,
        default=[],
        metavar="NAMES",
        help="people who are chosen anyway, separated by commas",
    )
    parser.add_argument(
        "--excluded", type=_names, default=[], metavar="NAMES", help="people who cannot be chosen"
    )


def run_liaisons(path: Path, options: Namespace) -> Result:
    """The fewest people who together sit in every body, on a day."""
    seats, on = _read_seats(path, options)
    chosen, unreached = fewest_liaisons(seats, on, fixed=options.fixed, excluded=options.excluded)
    held = {one.person: one.bodies for one in loads(seats, on)}
    return {
        "on": _day(options),
        "fewest": len(chosen),
        "unreached": list(unreached),
        "rows": [{"person": person, "bodies": list(held[person])} for person in chosen],
    }


def run_cutpoints(path: Path, options: Namespace) -> Result:
    """The people and seats that alone hold bodies together, on a day."""
    points, seats = single_points(_read_incidence(path, options))
    return {
        "on": _day(options),
        "people": [
            {
                "person": one.person,
                "bodies": list(one.bodies),
                "cut_off": [list(group) for group in one.cut_off],
            }
            for one in points
        ],
        "seats": [
            {"person": one.person, "body": one.body, "cut_off": list(one.cut_off)} for one in seats
        ],
    }
