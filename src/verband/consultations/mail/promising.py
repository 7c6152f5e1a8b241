"""Which mails are due at an instant, promised in the record before any of them is handed over.

Nothing here asks "did this happen in the last so many hours": it asks "who should know and was not
told yet", so that a worker that was down leaves no gap. Only for what is over nobody is mailed.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from verband.consultations.kinds import NoticeKind, StepKind
from verband.consultations.models import Consultation, Designation, Digest
from verband.consultations.models.notices import SentAlready
from verband.consultations.queries.due import open_at, steps_between
from verband.consultations.queries.mail import (
    digest_readers,
    namings_since,
    not_reminded,
    not_told_of_opening,
    not_told_of_result,
    reminder_about,
    revocations_since,
)
from verband.consultations.queries.standing import Standing
from verband.consultations.use_cases.mail import promise_digest, promise_mail
from verband.kernel.clock import local_day, zone
from verband.kernel.permissions import CLOCK

log = logging.getLogger(__name__)
BATCH = 500  # people in one transaction
LOOK_BACK = timedelta(days=7)  # news older than this is no news; the pages have it
DIGEST_AT = time(7)
SETTLED = timedelta(minutes=1)  # by then what was being written at seven is there to be told
SATURDAY = 5
RESULTS = (StepKind.PUBLISHED, StepKind.ACCLAIMED)
IN_DIGEST = (StepKind.OPENED, StepKind.CLOSED, *RESULTS)


def promise_due(now: datetime) -> int:
    """Promise every mail that is due; the number promised. What fails stops no other."""
    count = 0
    for promise in (_openings_and_reminders, _results, _namings, _digest):
        for step in promise(now):
            try:
                count += step()
            except Exception:
                log.exception("A mail could not be promised")
    return count


Promise = Callable[[], int]


def _openings_and_reminders(now: datetime) -> Iterator[Promise]:
    for standing in open_at(now):
        yield _each(now, standing, NoticeKind.OPENED, not_told_of_opening)
        yield _each(now, standing, NoticeKind.REMINDER, not_reminded, reminder_about(standing))


def _results(now: datetime) -> Iterator[Promise]:
    for standing, _step in steps_between(RESULTS, now - LOOK_BACK, _after(now)):
        yield _each(now, standing, NoticeKind.PUBLISHED, not_told_of_result)


def _each(
    now: datetime,
    standing: Standing,
    kind: NoticeKind,
    people: Callable[[Standing, datetime], list[int]],
    about: str = "",
) -> Promise:
    def promise() -> int:
        return _promise(now, kind, people(standing, now), standing.consultation, about)

    return promise


def _promise(
    now: datetime,
    kind: NoticeKind,
    people: list[int],
    consultation: Consultation | None,
    about: str = "",
) -> int:
    written = 0
    for start in range(0, len(people), BATCH):
        made = promise_mail(
            actor=CLOCK,
            now=now,
            kind=kind,
            people=people[start : start + BATCH],
            consultation=consultation,
            about=about,
        )
        written += len(made)
    return written


def _namings(now: datetime) -> Iterator[Promise]:
    since = now - LOOK_BACK
    yield lambda: _tell(now, NoticeKind.NAMED, namings_since(since))
    yield lambda: _tell(now, NoticeKind.REVOKED, revocations_since(since))


def _tell(now: datetime, kind: NoticeKind, rows: Iterable[Designation]) -> int:
    return sum(
        _promise(now, kind, [row.person_id], row.consultation, about=str(row.pk)) for row in rows
    )


def _digest(now: datetime) -> Iterator[Promise]:
    yield lambda: _promise_digest(now)


def _promise_digest(now: datetime) -> int:
    """The digest of today, once it is seven on a weekday; it begins where the last one stopped."""
    day = local_day(now)
    until = at_seven(day)
    if day.weekday() >= SATURDAY or now < until + SETTLED:
        return 0
    last = Digest.objects.order_by("-day").first()
    if last is not None and last.day >= day:
        return 0
    since = at_seven(weekday_before(day)) if last is None else last.until
    happened = steps_between(IN_DIGEST, since, until)
    people = digest_readers(day) if happened else []
    try:
        promise_digest(actor=CLOCK, now=now, day=day, since=since, until=until, people=people)
    except SentAlready:
        return 0
    return len(people)


def at_seven(day: date) -> datetime:
    """Seven in the morning where the association lives."""
    return datetime.combine(day, DIGEST_AT, tzinfo=zone())


def weekday_before(day: date) -> date:
    """The last day before this one on which a digest goes out.

    >>> weekday_before(date(2017, 10, 30))
    datetime.date(2017, 10, 27)
    """
    before = day - timedelta(days=1)
    while before.weekday() >= SATURDAY:
        before -= timedelta(days=1)
    return before


def _after(now: datetime) -> datetime:
    """What happened at this very instant counts."""
    return now + timedelta(microseconds=1)
