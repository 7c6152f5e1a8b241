"""Promising mail before it is handed over, and choosing which mail one wants."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from verband.consultations.kinds import NoticeKind
from verband.consultations.models import Consultation, Delivery, Digest, MailChoice, Notice
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor, is_clock, predicate
from verband.kernel.two_times import add_thing, add_things, change, record
from verband.kernel.use_case import use_case
from verband.people.models import Person
from verband.people.permissions import person_of

LOCK = 0x6D61696C  # "mail"
OPTIONAL = (NoticeKind.PUBLISHED, NoticeKind.DIGEST)


class MailIsDuty(DomainError):
    """Mail that asks something of somebody in office goes out as long as they hold it."""

    code = "mail_is_duty"
    template = (
        "This mail asks something of you, so it cannot be stopped. Ask your municipality to name"
        " somebody else."
    )


@predicate(_("whoever gets the mail"))
def is_receiver(*, actor: Actor, person: Person | None = None, **_arguments: Any) -> bool:
    """Everybody chooses about their own mail."""
    return person is not None and person_of(actor) == person


@use_case(allowed=is_clock)
def promise_mail(
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    people: Sequence[int],
    consultation: Consultation | None = None,
    about: str = "",
) -> list[Notice]:
    """Write down that these people get a mail; who was promised it before is left out."""
    of = 0 if consultation is None else consultation.pk
    with connection.cursor() as cursor:  # another worker may be at the same people
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, of])
    promised = Notice.objects.filter(consultation=consultation, kind=kind, about=about)
    before = set(promised.filter(person__in=people).values_list("person_id", flat=True))
    return _promise(
        [
            Notice(consultation=consultation, person_id=person, kind=kind, about=about)
            for person in dict.fromkeys(people)
            if person not in before
        ],
        now,
    )


@use_case(allowed=is_clock)
def promise_digest(
    *,
    actor: Actor,
    now: datetime,
    day: date,
    since: datetime,
    until: datetime,
    people: Sequence[int],
) -> Digest:
    """Promise the digest of a day, which tells what happened from ``since`` until ``until``.

    Raises:
        SentAlready: another worker promised it just before.
    """
    digest = add_thing(Digest(day=day, since=since, until=until), now=now)
    _promise(
        [
            Notice(person_id=person, kind=NoticeKind.DIGEST, about=day.isoformat())
            for person in people
        ],
        now,
    )
    return digest


def _promise(notices: list[Notice], now: datetime) -> list[Notice]:
    written = add_things(notices, now=now)
    Delivery.objects.bulk_create(
        [Delivery(notice=notice, next_try=now) for notice in written], batch_size=2000
    )
    return written


@use_case(allowed=is_receiver)
def choose_mail(
    *, actor: Actor, now: datetime, person: Person, choices: Mapping[str, bool]
) -> list[MailChoice]:
    """From today on somebody wants, or no longer wants, mail that asks nothing of them.

    Raises:
        MailIsDuty: this kind of mail asks something.
    """
    if not set(choices) <= set(OPTIONAL):
        raise MailIsDuty
    today = local_day(now)
    rows = MailChoice.objects.at(today).known(None).filter(person=person)
    standing = {row.kind: row for row in rows}
    made = []
    for kind, wanted in sorted(choices.items()):
        row = standing.get(kind)
        if row is None and not wanted:
            choice = MailChoice(person=person, kind=kind, wanted=False, valid_from=today)
            made.append(record(choice, now=now))
        elif row is not None and row.wanted != wanted:
            made.append(change(row, day=today, now=now, wanted=wanted))
    return made
