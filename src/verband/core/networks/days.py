"""Days and periods in the files of this package's commands."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from verband.core.compute.reading import Column, Row, Table
from verband.core.errors import DomainError, FileRefused, RowError
from verband.core.period import EmptyPeriod, Period

PERIOD = (
    Column("from", "text", required=False, aliases=("van", "valid_from")),
    Column("until", "text", required=False, aliases=("tot", "valid_until")),
)


class DayNeeded(DomainError):
    """What is true differs from day to day; the day is never guessed."""

    code = "day_needed"
    template = "The file holds periods. State the day with --on, for example --on 2017-10-30."


def parse_day(text: str) -> date:
    """Year-month-day, or day-month-year as Dutch spreadsheets write it.

    Raises: ``ValueError``.

    >>> parse_day("2017-10-30") == parse_day("30-10-2017")
    True
    """
    dutch = re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", text, re.ASCII)
    return date(*map(int, reversed(dutch.groups()))) if dutch else date.fromisoformat(text)


def day(text: str) -> date:
    """A day on the command line.

    >>> day("2017-10-30")
    datetime.date(2017, 10, 30)
    """
    try:
        return parse_day(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a day; write for example 2017-10-30") from error


def add_on(parser: ArgumentParser, *, required: bool = False) -> None:
    """The option ``--on``."""
    parser.add_argument(
        "--on",
        type=day,
        required=required,
        metavar="DATE",
        help="the day, as 2017-10-30; needed when the file holds periods",
    )


class _Day(NamedTuple):
    value: date | None
    error: RowError | None


def _read(row: Row, name: str) -> _Day:
    text = row.values.get(name)
    if not text:
        return _Day(None, None)
    try:
        return _Day(parse_day(text), None)
    except ValueError:
        problem, remedy = f"“{text}” is not a day.", "Write year-month-day, such as 2017-10-30."
        return _Day(None, RowError(row=row.line, field=name, problem=problem, remedy=remedy))


def days(table: Table, name: str) -> list[date | None]:
    """One column of days. Raises: ``FileRefused`` with every row error."""
    found = [_read(row, name) for row in table.rows]
    _refuse(found)
    return [one.value for one in found]


def _refuse(found: Iterable[_Day], more: Iterable[RowError] = ()) -> None:
    errors = [one.error for one in found if one.error is not None] + list(more)
    if errors:
        raise FileRefused(sorted(errors, key=_row))


def _row(error: RowError) -> int:
    return int(str(error.params["row"]))


def periods(table: Table, start: str = "from", until: str = "until") -> list[Period]:
    """The period of each row; ``until`` is the first day that no longer counts.

    Raises: ``FileRefused``.
    """
    found, errors, read = [], [], []
    for row in table.rows:
        ends = [_read(row, start), _read(row, until)]
        read += ends
        try:
            found.append(Period(*(end.value for end in ends)))
        except EmptyPeriod as empty:
            remedy = "Write in “until” the first day that no longer counts."
            errors.append(RowError(row=row.line, field=until, problem=str(empty), remedy=remedy))
    _refuse(read, errors)
    return found


def chosen_day(on: date | None, held: list[Period]) -> date:
    """The day asked for; without periods in the file any day is the same.

    Raises: ``DayNeeded``.
    """
    if on is not None:
        return on
    if any(period != Period() for period in held):
        raise DayNeeded()
    return date.min
