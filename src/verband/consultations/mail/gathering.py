"""All that the letters of a batch need, read once for the whole batch."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.bodies.queries.names import bodies_called, name_of
from verband.consultations.closing import in_zone
from verband.consultations.kinds import ConsultationKind, NoticeKind, StepKind
from verband.consultations.mail.letters import Item, Post, Subject, absolute
from verband.consultations.mail.promising import IN_DIGEST
from verband.consultations.models import (
    Consultation,
    Designation,
    Digest,
    Notice,
    QuestionFact,
    RollLine,
    Step,
)
from verband.consultations.queries.due import steps_between
from verband.consultations.queries.mail import TO_PEOPLE, unwanted
from verband.consultations.queries.standing import Asked, Standing, standings_of
from verband.consultations.use_cases.mail import OPTIONAL
from verband.consultations.voters import voters_of
from verband.kernel.clock import local_day
from verband.members.queries import names_on
from verband.people.models import Account

NAMING = (NoticeKind.NAMED, NoticeKind.REVOKED)
DIGEST = (NoticeKind.OPENED, NoticeKind.REMINDER, NoticeKind.PUBLISHED)


def gather(notices: Sequence[Notice], now: datetime) -> Post:
    """Read for a batch. Some fifteen queries, and eight for each consultation it speaks of."""
    day = local_day(now)
    people = {notice.person_id for notice in notices}
    about = {notice.about for notice in notices if notice.kind in NAMING}
    rows = Designation.objects.filter(pk__in=about).select_related("member", "consultation")
    namings = {str(row.pk): row for row in rows}
    asked = {n.consultation for n in notices} | {row.consultation for row in namings.values()}
    accounts = Account.objects.filter(person__in=people, is_active=True).select_related("person")
    days = {notice.about for notice in notices if notice.kind == NoticeKind.DIGEST}
    happened = _happened(days)
    places = names_on({row.member_id for row in namings.values()}, day)
    return Post(
        now=now,
        accounts={account.person_id: account for account in accounts},
        subjects=_subjects([one for one in asked if one is not None], now),
        namings=namings,
        places={pk: fact.name for pk, fact in places.items()},
        unwanted={kind: unwanted(kind, day) for kind in OPTIONAL},
        happened=happened,
        told=_told(people, {pk for items in happened.values() for _item, pk in items}),
    )


def _subjects(consultations: Sequence[Consultation], now: datetime) -> dict[int, Subject]:
    day = local_day(now)
    standings = standings_of(consultations)
    names = bodies_called({one.body_id for one in consultations}, day)
    rows = QuestionFact.objects.known(None).filter(question__consultation__in=consultations)
    questions: dict[int, list[Asked]] = {}
    for fact in rows.select_related("question").order_by("question__order"):
        questions.setdefault(fact.question.consultation_id, []).append(Asked(fact.question, fact))
    made = {}
    for standing in standings:
        pk, body = standing.consultation.pk, names.get(standing.consultation.body_id)
        subject = Subject(standing, name_of(body) if body else "", questions.get(pk, ()))
        if standing.consultation.kind == ConsultationKind.CONSULTATION:
            lines = RollLine.objects.filter(consultation=pk)
            subject.lines.update({line.member_id: line for line in lines})
            subject.voters.update(voters_of(standing.consultation, subject.lines, day))
        made[pk] = subject
    return made


def _happened(days: Iterable[str]) -> dict[str, list[tuple[Item, int]]]:
    """What each digest tells: the last thing that happened to each consultation."""
    found = {}
    for digest in Digest.objects.filter(day__in=list(days)):
        last: dict[int, tuple[Standing, Step]] = {}
        for standing, step in steps_between(IN_DIGEST, digest.since, digest.until):
            last[standing.consultation.pk] = (standing, step)
        found[digest.day.isoformat()] = [
            (_item(standing, step), pk) for pk, (standing, step) in last.items()
        ]
    return found


def _item(standing: Standing, step: Step) -> Item:
    closes = standing.fact.closes_at
    if step.kind == StepKind.OPENED:
        words = (
            _("Opened, until %(moment)s.") % {"moment": in_zone(closes)}
            if closes is not None
            else _("Opened.")
        )
    elif step.kind == StepKind.CLOSED:
        words = _("Closed. The result is not published yet.")
    elif standing.consultation.kind in TO_PEOPLE:
        words = _("The answers are published.")
    else:
        words = _("The result is published.")
    path = reverse("consultation", args=[standing.consultation.key])
    return Item(standing.fact.title, words, absolute(path))


def _told(people: Iterable[int], consultations: Iterable[int]) -> dict[int, set[int]]:
    """About which of these consultations people got a mail of their own."""
    rows = Notice.objects.filter(
        person__in=list(people), consultation__in=list(consultations), kind__in=DIGEST
    )
    found: dict[int, set[int]] = {}
    for person, consultation in rows.values_list("person_id", "consultation_id"):
        if consultation is not None:
            found.setdefault(person, set()).add(consultation)
    return found
