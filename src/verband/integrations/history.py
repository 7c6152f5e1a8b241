"""What begins or ends between two days, and what was put right, as lists of the interface."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from verband.core.period import Period, add_months
from verband.integrations.asked import AskedPeriod
from verband.integrations.listings import Listing
from verband.integrations.names import names_of
from verband.integrations.shapes import ChangeShape, CorrectionShape, Shape
from verband.integrations.tables import BY_MODEL
from verband.kernel import history
from verband.kernel.clock import start_of
from verband.kernel.two_times import MICROSECOND, TwoTimesModel, TwoTimesQuerySet
from verband.ui.reading import Reading, reading_of

MONTHS = 3
Given = dict[tuple[type[TwoTimesModel], int], dict[str, object]]


def period_asked(asked: AskedPeriod, reading: Reading) -> Period:
    """The days between which is asked.

    Raises:
        UnreadableDay, BeforeTheRegister, TooFarAhead: one of the days cannot be read.
        EmptyPeriod: the last day does not lie after the first.
    """
    start = _day(asked.from_, reading) if asked.from_ else add_months(reading.day, -MONTHS)
    until = _day(asked.until, reading) if asked.until else reading.day + timedelta(days=1)
    return Period(start, until)


def _day(text: str, reading: Reading) -> date:
    return reading_of({"on": text}, reading.now).day


class ChangeListing(Listing):
    """Facts that begin or end on a day of the period, the latest first."""

    def __init__(self, period: Period, reading: Reading) -> None:
        self.period, self.reading = period, reading

    def total(self) -> int:
        """How many there are. One query."""
        return history.count_events(self.period, self.reading.known)

    def part(self, start: int, stop: int) -> Sequence[Shape]:
        """At most ten queries for each kind of fact, whatever the number of facts."""
        found = history.events(self.period, self.reading.known, None, slice(start, stop))
        given = _given((event.row for event in found), self.reading)
        return [
            ChangeShape(
                day=event.day,
                turn="begins" if event.begins else "ends",
                resource=BY_MODEL[type(event.row)].name,
                fact=given[type(event.row), event.row.pk],
            )
            for event in found
        ]


class CorrectionListing(Listing):
    """Facts that were corrected or withdrawn between two days, the latest first."""

    def __init__(self, period: Period, reading: Reading) -> None:
        self.reading = reading
        until = start_of(period.until) if period.until else reading.now
        if reading.known is not None:
            until = min(until, reading.known + MICROSECOND)
        self.since, self.until = start_of(period.start or reading.day), until

    def total(self) -> int:
        """How many there are. One query."""
        return history.count_corrections(self.since, self.until)

    def part(self, start: int, stop: int) -> Sequence[Shape]:
        """At most ten queries for each kind of fact, whatever the number of facts."""
        found = history.corrections(self.since, self.until, None, slice(start, stop))
        rows = [row for one in found for row in (one.was, one.now) if row is not None]
        given = _given(rows, self.reading)
        return [
            CorrectionShape(
                at=one.at,
                resource=BY_MODEL[type(one.was)].name,
                was=given[type(one.was), one.was.pk],
                now=given[type(one.now), one.now.pk] if one.now else None,
            )
            for one in found
        ]


def _given(rows: Iterable[TwoTimesModel], reading: Reading) -> Given:
    """Each fact as its own list gives it; the rows are read again with all their things."""
    wanted: dict[type[TwoTimesModel], set[int]] = {}
    for row in rows:
        wanted.setdefault(type(row), set()).add(row.pk)
    given: Given = {}
    for model, keys in wanted.items():
        table = BY_MODEL[model]
        found = list(TwoTimesQuerySet(model).filter(pk__in=keys).select_related(*table.related))
        names = names_of(found, table.named, reading)
        for row in found:
            shape = table.given(row, names)
            given[model, row.pk] = shape.model_dump(mode="json", by_alias=True)
    return given
