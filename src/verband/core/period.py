"""A period of days, half-open: the only code that knows where a period ends.

``Period(start, until)`` holds every day ``d`` with ``start <= d < until``. ``start`` is ``None``
when a thing existed before the register began and nobody knows since when; ``until`` is ``None``
when no end is known. The year 2017 is ``Period(date(2017, 1, 1), date(2018, 1, 1))``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from verband.core.errors import DomainError


class EmptyPeriod(DomainError):
    """The end does not lie after the start."""

    code = "empty_period"
    template = "The end (%(until)s) must lie after the start (%(start)s)."


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` (included) to ``until`` (the first day that no longer counts).

    >>> year = Period(date(2017, 1, 1), date(2018, 1, 1))
    >>> date(2017, 12, 31) in year, date(2018, 1, 1) in year
    (True, False)
    >>> year.days
    365
    >>> Period(date(2018, 1, 1), date(2018, 1, 1))
    Traceback (most recent call last):
    verband.core.period.EmptyPeriod: The end (2018-01-01) must lie after the start (2018-01-01).
    """

    start: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.until is not None and self.until <= self.start:
            raise EmptyPeriod(start=self.start, until=self.until)

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return (self.start is None or self.start <= day) and (
            self.until is None or day < self.until
        )

    @property
    def days(self) -> int | None:
        """Number of days; ``None`` when a side is open."""
        if self.start is None or self.until is None:
            return None
        return (self.until - self.start).days

    @property
    def last_day(self) -> date | None:
        """The last day that counts ("t/m"); ``None`` when no end is known."""
        return None if self.until is None else self.until - timedelta(days=1)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both; periods that only touch do not overlap."""
        return (self.start is None or other.until is None or self.start < other.until) and (
            other.start is None or self.until is None or other.start < self.until
        )

    def intersection(self, other: "Period") -> "Period | None":
        """The days that lie in both, or ``None``.

        >>> Period(date(2017, 1, 1), None).intersection(Period(None, date(2017, 3, 1)))
        Period(start=datetime.date(2017, 1, 1), until=datetime.date(2017, 3, 1))
        """
        if not self.overlaps(other):
            return None
        starts = [s for s in (self.start, other.start) if s is not None]
        untils = [u for u in (self.until, other.until) if u is not None]
        return Period(max(starts, default=None), min(untils, default=None))

    def covers(self, other: "Period") -> bool:
        """Whether every day of ``other`` lies in this period."""
        return (self.start is None or (other.start is not None and self.start <= other.start)) and (
            self.until is None or (other.until is not None and other.until <= self.until)
        )

    def is_past(self, day: date) -> bool:
        """Whether the period has ended on ``day``."""
        return self.until is not None and self.until <= day

    def is_future(self, day: date) -> bool:
        """Whether the period has not begun on ``day``."""
        return self.start is not None and day < self.start


def gaps(periods: Iterable[Period], within: Period) -> list[Period]:
    """The parts of ``within`` that no period covers, in order: the empty seat.

    >>> gaps([Period(date(2017, 2, 1), date(2017, 3, 1))],
    ...      within=Period(date(2017, 1, 1), date(2017, 4, 1)))  # doctest: +NORMALIZE_WHITESPACE
    [Period(start=datetime.date(2017, 1, 1), until=datetime.date(2017, 2, 1)),
     Period(start=datetime.date(2017, 3, 1), until=datetime.date(2017, 4, 1))]
    """
    inside = [p for p in (within.intersection(q) for q in periods) if p is not None]
    inside.sort(key=lambda p: p.start or date.min)
    found: list[Period] = []
    reached = within.start
    open_start = within.start is None
    for period in inside:
        begins = period.start
        if begins is not None and (open_start or (reached is not None and reached < begins)):
            found.append(Period(reached, begins))
        open_start = False
        if period.until is None:
            return found
        reached = period.until if reached is None else max(reached, period.until)
    if open_start or within.until is None or (reached is not None and reached < within.until):
        found.append(Period(reached, within.until))
    return found


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later or earlier, or the last day of a shorter month.

    >>> add_months(date(2017, 8, 31), 6)
    datetime.date(2018, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - timedelta(days=1)).day))
