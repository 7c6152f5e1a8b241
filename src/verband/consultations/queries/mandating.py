"""What one member arranged about its vote: who votes where, the proxies it gave and holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from verband.consultations.kinds import StepKind, VoterRank
from verband.consultations.models import (
    Consultation,
    Designation,
    Proxy,
    Question,
    QuestionFact,
    Sitting,
    SittingFact,
)
from verband.consultations.queries.naming import Deadline
from verband.consultations.voters import Voters, voters_of
from verband.members.models import OfficeFact, Organisation


def who_votes(
    member: Organisation, asked: Sequence[Deadline], day: date
) -> tuple[Voters, dict[int, Voters]]:
    """Who votes for a member in general, and in each of these votes. Seven queries at most."""
    general = voters_of(None, [member.pk], day)[member.pk]
    ids = [one.standing.consultation.pk for one in asked]
    terms = OfficeFact.objects.at(day).known(None).filter(office__organisation=member)
    here = set(terms.values_list("office__person_id", flat=True))
    particular: dict[tuple[int, str], Designation] = {}
    rows = Designation.objects.at(day).known(None).filter(member=member, consultation__in=ids)
    for row in rows:
        if row.person_id in here:
            particular[row.consultation_id, row.rank] = row
    found = {
        pk: Voters(
            member.pk,
            particular.get((pk, VoterRank.VOTER), general.named),
            particular.get((pk, VoterRank.SUBSTITUTE), general.substitute),
            general.secretaries,
        )
        for pk in ids
    }
    return general, found


def proxies_of(member: Organisation, asked: Sequence[Deadline]) -> list[Proxy]:
    """The proxies that a member gave or holds, in these votes and in any sitting. One query."""
    votes: list[Consultation] = [one.standing.consultation for one in asked]
    whose = Q(member=member) | Q(holder=member)
    where = Q(consultation__in=votes) | Q(sitting__isnull=False)
    rows = Proxy.objects.known(None).filter(whose & where)
    return list(rows.select_related("consultation", "sitting", "member", "holder").order_by("pk"))


@dataclass(frozen=True)
class Coming:
    """A sitting that has not ended, for which a proxy can be given."""

    sitting: Sitting
    fact: SittingFact


def sittings_coming(now: Any) -> list[Coming]:
    """The sittings that have not ended, the first first. One query."""
    rows = SittingFact.objects.known(None).filter(
        Q(ends_at__gt=now) | Q(ends_at__isnull=True, starts_at__gt=now)
    )
    facts = rows.select_related("sitting").order_by("starts_at", "pk")[:50]
    return [Coming(fact.sitting, fact) for fact in facts]


def proposed_by(member: Organisation) -> list[QuestionFact]:
    """What a member proposed in votes that have not opened. One query."""
    questions = Question.objects.filter(proposer=member).exclude(
        consultation__steps__kind__in=list(StepKind)
    )
    rows = QuestionFact.objects.known(None).filter(question__in=questions, is_withdrawn=False)
    return list(rows.select_related("question__consultation").order_by("question_id"))
