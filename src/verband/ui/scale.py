"""One scale of days for all bars of a page: the stand line runs through it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from verband.core.errors import DomainError
from verband.core.period import Period


class EmptyScale(DomainError):
    """The last day of a scale does not lie after its first."""

    code = "empty_scale"
    template = "The scale must end after %(day)s."


@dataclass(frozen=True)
class TimeScale:
    """Days from ``first`` to ``until``, drawn from 0 to 100 per cent.

    >>> scale = TimeScale(date(2017, 1, 1), date(2018, 1, 1))
    >>> scale.percent(date(2017, 7, 2)), scale.percent(date(2016, 1, 1))
    ('49.86%', '0.00%')
    >>> [tick.label for tick in TimeScale(date(2016, 1, 1), date(2019, 1, 1)).years()]
    ['2016', '2017', '2018']
    """

    first: date
    until: date

    def __post_init__(self) -> None:
        if self.until <= self.first:
            raise EmptyScale(day=self.first)

    @classmethod
    def around(
        cls, day: date, periods: Iterable[Period] = (), before: int = 3, after: int = 2
    ) -> "TimeScale":
        """Whole years around ``day``, no wider than the periods ask for.

        At most ``before`` years earlier and ``after`` years later than the year of ``day``.
        """
        known = [d for p in periods for d in (p.start, p.until) if d is not None]
        first = max(min([day, *known]).year, day.year - before)
        last = min(max([day, *known]).year, day.year + after)
        return cls(date(first, 1, 1), date(last + 1, 1, 1))

    def at(self, day: date) -> float:
        """Where the day lies, 0 to 100, clipped."""
        share = (day - self.first).days / (self.until - self.first).days
        return min(max(share, 0.0), 1.0) * 100

    def percent(self, day: date) -> str:
        """Where the day lies, as an SVG length."""
        return f"{self.at(day):.2f}%"

    def holds(self, day: date) -> bool:
        """Whether the day lies on the scale."""
        return self.first <= day <= self.until

    def years(self, most: int = 8) -> list["Tick"]:
        """The first of January of each year, thinned so that at most ``most`` are named."""
        return _years(self, most)


@lru_cache(maxsize=256)
def _years(scale: TimeScale, most: int) -> list["Tick"]:
    """Every row of a ledger asks for the same ticks."""
    years = [
        y
        for y in range(scale.first.year, scale.until.year + 1)
        if scale.first <= date(y, 1, 1) < scale.until
    ]
    step = max(1, -(-len(years) // most))
    return [
        Tick(scale.percent(date(y, 1, 1)), str(y) if (y - years[0]) % step == 0 else "")
        for y in years
    ]


@dataclass(frozen=True)
class Tick:
    """A rule on a scale and its word."""

    x: str
    label: str = ""
