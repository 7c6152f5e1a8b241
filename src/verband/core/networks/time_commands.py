"""Commands over time: dormancy (``body, day``) and regrowth (``body, person``)."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from verband.core.compute.reading import Column, Row, read_table
from verband.core.compute.writing import both
from verband.core.errors import FileRefused, RowError
from verband.core.networks.days import PERIOD, add_on, day, days, periods
from verband.core.networks.dormancy import Activity, dormancy
from verband.core.networks.register import Seat
from verband.core.networks.regrowth import Life, regrowths
from verband.core.period import Period

Result = Mapping[str, object]
Said = dict[str, dict[str, object]]


def silence(text: str) -> Period:
    """A silence on the command line: first day and first day after it.

    >>> silence("2017-07-10..2017-08-21").days
    42
    """
    start, dots, until = text.partition("..")
    if not dots:
        raise ArgumentTypeError(f"“{text}” is not a period; write 2017-07-10..2017-08-21")
    return Period(day(start), day(until))


def dormancy_options(parser: ArgumentParser) -> None:
    """Options of ``dormancy``."""
    add_on(parser, required=True)
    parser.add_argument(
        "--silence",
        type=silence,
        action="append",
        default=[],
        metavar="FROM..UNTIL",
        help="days that do not count; may be repeated",
    )
    parser.add_argument("--chance", type=Fraction, default=Fraction(1, 20), metavar="P/Q")
    parser.add_argument("--least-days", type=int, default=180, metavar="N")


def run_dormancy(path: Path, options: Namespace) -> Result:
    """The state of every body against its own rhythm, on a day."""
    found = dormancy(
        _read_activities(path),
        options.on,
        silences=options.silence,
        chance=options.chance,
        least_days=options.least_days,
    )
    return {
        "on": options.on.isoformat(),
        "rows": [
            {
                "body": one.body,
                "state": one.state,
                "last": None if one.last is None else one.last.isoformat(),
                "silent_days": one.silent,
                "cadence_days": one.cadence,
                "events": one.events,
                "chance": one.chance,
                "why_sunset": list(one.why_sunset),
                "mandate_is_over": one.mandate_is_over,
            }
            for one in found
        ],
    }


def _said_once(said: Said, row: Row, body: str, values: Mapping[str, object]) -> list[RowError]:
    """Keep what a row says of a body; another row may repeat it but not say otherwise."""
    own = said.setdefault(body, {})
    return [
        RowError(
            row=row.line,
            field=name,
            problem=f"An earlier row of {body} says {own[name]}.",
            remedy="Say the same in every row, or in one row only.",
        )
        for name, value in values.items()
        if value is not None and own.setdefault(name, value) != value
    ]


def _read_activities(path: Path) -> list[Activity]:
    """Rows of ``body, day``; what is said of a body stands in any one of its rows."""
    columns = (
        Column("body", "text", aliases=("orgaan",)),
        Column("day", "text", required=False, aliases=("dag", "event")),
        *PERIOD,
        Column("mandate_until", "text", required=False),
        Column("liaison", "text", required=False),
    )
    table = read_table(path, columns, unique=())
    events, mandates = days(table, "day"), days(table, "mandate_until")
    held = periods(table)
    said: Said = {}
    happened: dict[str, list[date]] = {}
    errors: list[RowError] = []
    for place, row in enumerate(table.rows):
        values = {
            "from": held[place].start,
            "until": held[place].until,
            "mandate_until": mandates[place],
            "liaison": row.values.get("liaison"),
        }
        errors += _said_once(said, row, row["body"], values)
        own_days = happened.setdefault(row["body"], [])
        if (event := events[place]) is not None:
            own_days.append(event)
    if errors:
        raise FileRefused(errors)
    liaisons_are_known = any("liaison" in own for own in said.values())
    return [
        Activity(
            body,
            tuple(happened[body]),
            Period(_date(own.get("from")), _date(own.get("until"))),
            _date(own.get("mandate_until")),
            ("liaison" in own) if liaisons_are_known else None,
        )
        for body, own in said.items()
    ]


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else None


def regrowth_options(parser: ArgumentParser) -> None:
    """Options of ``regrowth``."""
    add_on(parser, required=True)


def run_regrowth(path: Path, options: Namespace) -> Result:
    """New bodies that look like one that ended, on a day."""
    lives, seats = _read_lives(path)
    return {
        "on": options.on.isoformat(),
        "bodies": len(lives),
        "rows": [
            {
                "ended": one.ended,
                "began": one.began,
                "days": one.days,
                "returned": list(one.returned),
                "people": both(one.people),
                "p": one.p,
                "words": both(one.words),
                "because": list(one.because),
            }
            for one in regrowths(lives, seats, options.on)
        ],
    }


def _read_lives(path: Path) -> tuple[list[Life], list[Seat]]:
    """Seats; the life of a body is stated in one of its rows, else it is that of its seats."""
    columns = (
        Column("body", "text", aliases=("orgaan",)),
        Column("person", "text", required=False, aliases=("persoon",)),
        *PERIOD,
        Column("body_from", "text", required=False),
        Column("body_until", "text", required=False),
        Column("purpose", "text", required=False, aliases=("doel",)),
    )
    table = read_table(path, columns, unique=())
    starts, ends, held = days(table, "body_from"), days(table, "body_until"), periods(table)
    said: Said = {}
    lived: dict[str, list[Period]] = {}
    errors: list[RowError] = []
    for place, row in enumerate(table.rows):
        values = {
            "body_from": starts[place],
            "body_until": ends[place],
            "purpose": row.values.get("purpose"),
        }
        errors += _said_once(said, row, row["body"], values)
        lived.setdefault(row["body"], []).append(held[place])
    if errors:
        raise FileRefused(errors)
    lives = [
        Life(body, _life(own, lived[body]), str(own.get("purpose") or ""))
        for body, own in said.items()
    ]
    seats = [
        Seat(row["person"], row["body"], held[place])
        for place, row in enumerate(table.rows)
        if row.values.get("person")
    ]
    return lives, seats


def _life(own: Mapping[str, object], held: list[Period]) -> Period:
    starts, ends = [one.start for one in held], [one.until for one in held]
    first = None if None in starts else min(start for start in starts if start is not None)
    last = None if None in ends else max(end for end in ends if end is not None)
    return Period(_date(own.get("body_from")) or first, _date(own.get("body_until")) or last)
