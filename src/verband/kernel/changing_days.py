"""On which days facts begin or end, as known at any instant: what the ribbon of every page shows.

What the register holds now is counted by the database and kept until the next change. What it held
at an earlier instant follows from a log of all beginnings and endings in the order in which they
became known, that each process keeps: what was recorded an hour ago and longer is never added to.
Where that does not hold (a register that is filled in order of the past, as in the demo), the log
notices it by the audit lines, and the database counts.
"""

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from numpy.typing import NDArray

from verband.core.period import Period
from verband.kernel.audit import AuditLine
from verband.kernel.two_times import TwoTimesModel

KEPT_SECONDS = 86_400
SETTLED = timedelta(hours=1)  # longer than any use case takes between its instant and its commit
REREAD = timedelta(days=30)  # a log that ends so much earlier than the register is read anew
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def fact_models() -> list[type[TwoTimesModel]]:
    """Every kind of fact in the register, in a lasting order."""
    found = [m for m in apps.get_models() if issubclass(m, TwoTimesModel)]
    return sorted(found, key=lambda model: model._meta.db_table)


def last_line() -> int:
    """The number of the last audit line: what was read before it is still true after it."""
    newest = AuditLine.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


@dataclass(frozen=True, slots=True)
class ChangingDays:
    """Days on which facts begin or end, in order, and how many do so in each month.

    ``before[i]``: how many do so before ``days[i]``; the last of all is the sum.
    """

    days: tuple[date, ...]
    before: tuple[int, ...]
    months: Mapping[date, int]

    def between(self, period: Period) -> int:
        """How many facts begin or end on a day of ``period``."""
        first, last = self._places(period)
        return self.before[last] - self.before[first]

    def holding(self, period: Period, part: slice) -> tuple[Period, slice]:
        """The days of ``period`` on which a part lies, counted from the last day back.

        Answers those days, and where the part lies in them.
        """
        first, last = self._places(period)
        end = self.before[last]
        until = bisect_left(self.before, end - (part.start or 0), first, last)
        start = max(bisect_right(self.before, end - part.stop, first, last) - 1, first)
        if start >= until:
            return period, slice(0, 0)
        skipped = end - self.before[until]
        days = Period(self.days[start], self.days[until - 1] + timedelta(days=1))
        return days, slice((part.start or 0) - skipped, part.stop - skipped)

    def _places(self, period: Period) -> tuple[int, int]:
        first = bisect_left(self.days, period.start) if period.start else 0
        last = bisect_left(self.days, period.until) if period.until else len(self.days)
        return first, max(first, last)


def changing_days(known: datetime | None) -> ChangingDays:
    """The days on which facts begin or end, as known at an instant (``None``: now).

    Kinds of fact that come by the hundred on one day (``ON_RIBBON`` is false) are left out: they
    would drown the rest. One query, and two more when the answer is not at hand.
    """
    return _kept(last_line(), known)


@lru_cache(maxsize=64)
def _kept(line: int, known: datetime | None) -> ChangingDays:
    """The answer as it is from audit line ``line`` on, until the next."""
    counts = None if known is None else PAST.counted(line, known)
    if counts is None:
        counts = _counted(line, known)
    months: dict[date, int] = {}
    days = tuple(date.fromordinal(ordinal) for ordinal, _count in counts)
    for day, (_ordinal, count) in zip(days, counts, strict=True):
        first = day.replace(day=1)
        months[first] = months.get(first, 0) + count
    before = tuple(accumulate((count for _ordinal, count in counts), initial=0))
    return ChangingDays(days, before, months)


def _counted(line: int, known: datetime | None) -> list[tuple[int, int]]:
    """The counts of the database, shared by all processes; days by their ordinal, in order."""
    key = f"changing_days:{line}:{known.isoformat() if known else ''}"
    counts: list[tuple[int, int]] | None = cache.get(key)
    if counts is None:
        counts = list(_count(known))
        cache.set(key, counts, KEPT_SECONDS)
    return counts


def _tables() -> list[str]:
    return [model._meta.db_table for model in fact_models() if model.ON_RIBBON]


def _count(known: datetime | None) -> Iterator[tuple[int, int]]:
    held = "recorded_until IS NULL"
    if known is not None:
        held = "recorded_from <= %s AND (recorded_until IS NULL OR recorded_until > %s)"
    parts = [
        f'SELECT {column} AS day FROM "{table}" WHERE {column} IS NOT NULL AND {held}'
        for table in _tables()
        for column in ("valid_from", "valid_until")
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT day, count(*) FROM ({' UNION ALL '.join(parts)}) AS days"
            " GROUP BY day ORDER BY day",
            [] if known is None else [known, known] * len(parts),
        )
        for day, count in cursor.fetchall():
            yield day.toordinal(), count


@dataclass(frozen=True, slots=True)
class _Log:
    """Days (counted from ``first``) and the instants (microseconds since 1970) they became known.

    ``held``: a fact that begins or ends on the day was recorded; ``let_go``: it was closed. Both by
    instant. The log is whole for instants before ``until``, as of audit line ``line``.
    """

    line: int
    until: datetime
    first: int
    held: tuple[NDArray[np.int32], NDArray[np.int64]]
    let_go: tuple[NDArray[np.int32], NDArray[np.int64]]

    def counted(self, known: datetime) -> list[tuple[int, int]]:
        """How many facts begin or end on each day."""
        instant = (known - EPOCH) // MICROSECOND
        held, gone = (_until(log, instant) for log in (self.held, self.let_go))
        held[: len(gone)] -= gone
        days = np.flatnonzero(held)
        return list(zip((days + self.first).tolist(), held[days].tolist(), strict=True))


def _until(log: tuple[NDArray[np.int32], NDArray[np.int64]], instant: int) -> NDArray[np.int64]:
    days, instants = log
    return np.bincount(days[: np.searchsorted(instants, instant, side="right")])


@dataclass(slots=True)
class _Past:
    """The log of this process, read when it is first asked for."""

    log: _Log | None = None
    reading: Any = field(default_factory=threading.Lock)

    def counted(self, line: int, known: datetime) -> list[tuple[int, int]] | None:
        """The counts at an instant; ``None`` when the log does not tell."""
        with self.reading:
            log = self.log
            if log is None or _outgrown(log, line, known):
                log = self.log = _read(line)
        return log.counted(known) if known <= log.until else None


PAST = _Past()


def _outgrown(log: _Log, line: int, known: datetime) -> bool:
    """Whether the log is not that of this register, or ends long before it."""
    if log.line > line or _recorded(log.line, log.until):
        return True
    return known > log.until and _ends(line) - log.until > REREAD


def _recorded(line: int, until: datetime) -> bool:
    """Whether something after ``line`` was recorded as known before ``until``."""
    return AuditLine.objects.filter(pk__gt=line, at__lte=until).exists()


def _ends(line: int) -> datetime:
    """Until when the register is settled as of an audit line."""
    newest = AuditLine.objects.filter(pk__lte=line).order_by("-at").values_list("at", flat=True)
    return (newest.first() or EPOCH) - SETTLED


def _read(line: int) -> _Log:
    """The log as of an audit line; a query for each column of each kind of fact, twice."""
    until = _ends(line)
    held, let_go = (_side(column) for column in ("recorded_from", "recorded_until"))
    first = int(held[0].min(initial=np.iinfo(np.int32).max))
    return _Log(line, until, first, (held[0] - first, held[1]), (let_go[0] - first, let_go[1]))


def _side(known: str) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Days and instants of one side, by instant."""
    columns = ("valid_from", "valid_until")
    rows = np.concatenate([_packed(t, column, known) for t in _tables() for column in columns])
    order = np.argsort(rows["instant"], kind="stable")
    return rows["day"][order].astype(np.int32), rows["instant"][order].astype(np.int64)


def _packed(table: str, column: str, known: str) -> NDArray[np.void]:
    """One column with its instants; sent as bytes, because there may be millions."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT string_agg(int4send({column} - DATE '0001-01-01' + 1) || int8send("
            f"(extract(epoch FROM {known}) * 1000000)::bigint), ''::bytea)"
            f' FROM "{table}" WHERE {column} IS NOT NULL AND {known} IS NOT NULL'
        )
        (packed,) = cursor.fetchone()
    return np.frombuffer(packed or b"", dtype=[("day", ">i4"), ("instant", ">i8")])
