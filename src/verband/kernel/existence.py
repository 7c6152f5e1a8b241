"""What hangs on a thing lasts no longer than the thing: seats in a body, offices at a member."""

from collections.abc import Iterable
from datetime import date, datetime

from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.two_times import TwoTimesModel, correct, end, withdraw


class LeftOutside(DomainError):
    """A correction leaves nothing on days on which what it belongs to is not there."""

    code = "left_outside"
    template = (
        "In the corrected period there would be no day left for: %(what)s. "
        "Correct or withdraw that first."
    )


def unbroken(rows: Iterable[TwoTimesModel], start: date | None) -> Period | None:
    """The longest period around ``start`` on each day of which one of ``rows`` is true.

    ``None`` as ``start`` asks for the period that began before the register did.
    """
    found: Period | None = None
    for period in sorted((row.period for row in rows), key=lambda p: p.start or date.min):
        if found is not None and found.until == period.start:
            found = Period(found.start, period.until)
        elif found is None or not _holds(found, start):
            found = period
    return found if found is not None and _holds(found, start) else None


def _holds(period: Period, start: date | None) -> bool:
    return period.start is None if start is None else start in period


def stop(rows: Iterable[TwoTimesModel], *, day: date, now: datetime) -> None:
    """From ``day`` on none of ``rows`` is true: what runs ends, what was to begin never does."""
    for row in rows:
        if row.runs_into(day):
            end(row, day=day, now=now)
        elif row.valid_from is not None and row.valid_from >= day:
            withdraw(row, now=now)


def follow(
    rows: Iterable[TwoTimesModel], *, old: Period, new: Period, now: datetime, longer: bool
) -> None:
    """Correct ``rows`` so that they lie in ``new``, the corrected period of what they belong to.

    With ``longer``, what began or ended together with ``old`` does so with ``new``.

    Raises:
        LeftOutside: a row has no day in ``new``.
    """
    for row in rows:
        if not row.period.overlaps(old):
            continue
        start = new.start if longer and row.valid_from == old.start else row.valid_from
        until = new.until if longer and row.valid_until == old.until else row.valid_until
        begun = start is None or until is None or start < until
        kept = Period(start, until).intersection(new) if begun else None
        if kept is None:
            raise LeftOutside(what=row)
        if kept != row.period:
            correct(row, now=now, valid_from=kept.start, valid_until=kept.until)
