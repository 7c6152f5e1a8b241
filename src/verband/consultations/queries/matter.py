"""What stands around one consultation: reasons of members, the roll, turnout, mergers meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Sum

from verband.bodies.models import Body
from verband.bodies.queries.names import bodies_called, name_of
from verband.consultations.audience import Audience
from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import (
    Answer,
    Argument,
    Ballot,
    Consultation,
    RollLine,
    StatementVote,
)
from verband.consultations.queries.mandates import functions_of
from verband.members.models import Membership, Organisation, Succession
from verband.members.queries import names_on


@dataclass(frozen=True)
class Reason:
    """A reason of a member as it is read: by function and member, never by name."""

    side: str
    text: str
    member: str
    function: str
    question_id: int | None


@dataclass(frozen=True)
class Turnout:
    """How many took part so far: members (or people), and their votes."""

    took_part: int
    asked: int
    votes: int
    all_votes: int


@dataclass(frozen=True)
class Merged:
    """A member on the roll that went up in another while the vote ran."""

    name: str
    into: str


def reasons_of(consultation: Consultation, day: date, then: datetime | None = None) -> list[Reason]:
    """The reasons that members gave, by ``then`` or until now, the first first. Three queries."""
    given = Argument.objects.filter(consultation=consultation)
    if then is not None:
        given = given.filter(recorded_from__lte=then)
    rows = list(given.order_by("recorded_from", "pk"))
    members = {row.member_id for row in rows}
    names = names_on(members, day)
    functions = functions_of({row.person_id for row in rows}, members, day)
    return [
        Reason(
            row.side,
            row.text,
            names[row.member_id].name if row.member_id in names else "",
            functions.get((row.person_id, row.member_id), ""),
            row.question_id,
        )
        for row in rows
    ]


def turnout_of(consultation: Consultation, asked: int, votes: int) -> Turnout:
    """How many members have voted until now, and with how many votes. Two queries."""
    members = Ballot.objects.filter(consultation=consultation).values("member")
    lines = RollLine.objects.filter(consultation=consultation, member__in=members)
    cast = lines.aggregate(votes=Sum("votes"))["votes"] or 0
    return Turnout(lines.count(), asked, cast, votes)


def people_so_far(consultation: Consultation) -> Turnout:
    """How many of the people that were asked have answered. Two queries."""
    answers: QuerySet[Any] = Answer.objects.filter(consultation=consultation)
    if consultation.kind == ConsultationKind.STATEMENTS:
        answers = StatementVote.objects.filter(statement__consultation=consultation)
    said = answers.values("person").distinct().count()
    return Turnout(said, consultation.invitations.count(), 0, 0)


def merged_since(roll: Iterable[RollLine], day: date) -> list[Merged]:
    """Members on the roll that are no longer there on a day, with their main successor.

    Three queries at most. ``day`` lies between opening and closing, or is the day of closing.
    """
    lines = {line.member_id: line.name for line in roll}
    standing = set(Membership.objects.at(day).known(None).values_list("organisation_id", flat=True))
    gone = [pk for pk in lines if pk not in standing]
    if not gone:
        return []
    rows = Succession.objects.at(day).known(None).filter(predecessor__in=gone, ceases=True)
    heirs = dict(rows.order_by("is_main").values_list("predecessor_id", "successor_id"))
    names = names_on(heirs.values(), day)
    return [
        Merged(lines[pk], names[heirs[pk]].name if heirs.get(pk) in names else "") for pk in gone
    ]


def audience_name(audience: Audience, day: date) -> str:
    """The name of the body or province that is asked; empty when it is neither. Two queries."""
    if audience.of == "body":
        body = Body.objects.filter(key=audience.key).first()
        facts = bodies_called([body.pk], day) if body else {}
        return name_of(facts[body.pk]) if body and body.pk in facts else audience.key
    if audience.of == "province":
        province = Organisation.objects.filter(key=audience.key).first()
        found = names_on([province.pk], day) if province else {}
        return found[province.pk].name if province and province.pk in found else audience.key
    return ""
