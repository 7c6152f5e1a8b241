"""All consultations as a list: how each stands, what came of it, and what I did with it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from verband.bodies.models import BodyFact
from verband.bodies.permissions import OFFICERS, seats_held
from verband.bodies.queries.names import bodies_called
from verband.consultations.kinds import ConsultationKind, State, StepKind, VoterRank
from verband.consultations.models import (
    Answer,
    Ballot,
    Consultation,
    Designation,
    Invitation,
    OutcomeStatement,
    Participation,
    RollLine,
    StatementVote,
)
from verband.consultations.queries.standing import Standing, as_of, standings_of
from verband.consultations.voters import members_for
from verband.kernel.permissions import Actor
from verband.members.models import Function, OfficeFact
from verband.people.models import RoleKind
from verband.people.permissions import roles_on

TO_PEOPLE = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)
PREPARING = (RoleKind.INTAKE, RoleKind.DIRECTORATE, RoleKind.REGISTRAR, RoleKind.ADMINISTRATOR)


@dataclass(frozen=True)
class Part:
    """What one of my municipalities did. ``mine``: whether I vote for it."""

    name: str
    has_voted: bool
    mine: bool


@dataclass(frozen=True)
class Listed:
    """A consultation in the list. ``asked``: I was asked in person; ``answered``: and answered."""

    standing: Standing
    state: State
    asker: BodyFact | None
    verdicts: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    asked: bool = False
    answered: bool = False


@dataclass(frozen=True)
class Reader:
    """Whoever looks at the list."""

    actor: Actor | None
    person_id: int | None
    today: date


@dataclass(frozen=True)
class _Mine:
    """What concerns the reader in what is open."""

    parts: Mapping[int, tuple[Part, ...]] = field(default_factory=dict)
    asked: frozenset[int] = frozenset()
    answered: frozenset[int] = frozenset()


def listed_at(moment: datetime, day: date, reader: Reader) -> list[Listed]:
    """What the reader may see of all consultations at a moment, the newest first.

    Of another day than today: with only what had happened by then. Sixteen queries at most,
    whatever the number.
    """
    rows = Consultation.objects.order_by("-recorded_from", "-pk")
    everything = standings_of(rows)
    if day != reader.today:
        begun = [one for one in everything if one.consultation.recorded_from <= moment]
        everything = [as_of(standing, moment) for standing in begun]
    prepares = _prepares(reader)
    shown = [
        standing
        for standing in everything
        if StepKind.OPENED in standing.steps or prepares(standing.consultation.body_id)
    ]
    states = {one.consultation.pk: one.state(moment) for one in shown}
    askers = bodies_called({one.consultation.body_id for one in shown}, day)
    verdicts = _verdicts(pk for pk, state in states.items() if state in PUBLISHED)
    running = [one.consultation for one in shown if states[one.consultation.pk] == State.OPEN]
    mine = _mine(running, reader)
    return [
        Listed(
            one,
            states[pk],
            askers.get(one.consultation.body_id),
            verdicts.get(pk, ()),
            mine.parts.get(pk, ()),
            pk in mine.asked,
            pk in mine.answered,
        )
        for one in shown
        for pk in [one.consultation.pk]
    ]


PUBLISHED = (State.PUBLISHED, State.FINAL)


def _prepares(reader: Reader) -> Callable[[int], bool]:
    if reader.actor is None or reader.person_id is None:
        return lambda _body: False
    roles = {role.value for role in PREPARING} & set(roles_on(reader.actor, reader.today))
    officers = {role.value for role in OFFICERS}
    bodies = {pk for pk, role in seats_held(reader.person_id, reader.today) if role in officers}
    return lambda body: bool(roles) or body in bodies


def _verdicts(consultations: Iterable[int]) -> dict[int, tuple[str, ...]]:
    rows = OutcomeStatement.objects.known(None).filter(
        question__consultation__in=list(consultations)
    )
    found: dict[int, tuple[str, ...]] = {}
    for pk, verdict in rows.order_by("question__order").values_list(
        "question__consultation_id", "verdict"
    ):
        found[pk] = (*found.get(pk, ()), verdict)
    return found


def _mine(running: list[Consultation], reader: Reader) -> _Mine:
    if reader.person_id is None or not running:
        return _Mine()
    person, day = reader.person_id, reader.today
    members = members_for(person, day)
    lines = RollLine.objects.filter(consultation__in=running, member__in=members)
    ballots = Ballot.objects.filter(consultation__in=running, member__in=members)
    secret = Participation.objects.filter(question__consultation__in=running, member__in=members)
    voted = set(
        ballots.values_list("consultation_id", "member_id").union(
            secret.values_list("question__consultation_id", "member_id")
        )
    )
    voting = votes_in(running, person, members, day)
    to_people = {one.pk for one in running if one.kind in TO_PEOPLE}
    parts: dict[int, tuple[Part, ...]] = {}
    for line in lines.order_by("name"):
        where = (line.consultation_id, line.member_id)
        if where[0] not in to_people:
            part = Part(line.name, where in voted, where in voting)
            parts[where[0]] = (*parts.get(where[0], ()), part)
    asked = Invitation.objects.filter(consultation__in=to_people, person=person)
    answers = Answer.objects.filter(consultation__in=to_people, person=person)
    judged = StatementVote.objects.filter(statement__consultation__in=to_people, person=person)
    answered = answers.values_list("consultation_id", flat=True).union(
        judged.values_list("statement__consultation_id", flat=True)
    )
    return _Mine(
        parts, frozenset(asked.values_list("consultation_id", flat=True)), frozenset(answered)
    )


def votes_in(
    consultations: Iterable[Consultation], person_id: int, members: Iterable[int], day: date
) -> set[tuple[int, int]]:
    """For which of these members somebody votes in which of these consultations. Two queries.

    As ``voters_of`` says it, without proxies; for many consultations at once.
    """
    asked, wanted = list(consultations), set(members)
    terms = OfficeFact.objects.at(day).known(None).filter(office__organisation__in=wanted)
    offices, secretaries = set(), set()
    for member, person, function in terms.values_list(
        "office__organisation_id", "office__person_id", "office__function"
    ):
        offices.add((member, person))
        if function == Function.SECRETARY:
            secretaries.add((member, person))
    which = Q(consultation__isnull=True) | Q(consultation__in=asked)
    rows = Designation.objects.at(day).known(None).filter(which, member__in=wanted)
    named: dict[tuple[int | None, int, str], int] = {
        (row.consultation_id, row.member_id, row.rank): row.person_id
        for row in rows
        if (row.member_id, row.person_id) in offices
    }
    found = set()
    for one in asked:
        for member in wanted:
            holders = [
                named.get((one.pk, member, rank), named.get((None, member, rank)))
                for rank in VoterRank.values
            ]
            standing_in = not any(holders) and (member, person_id) in secretaries
            if person_id in holders or standing_in:
                found.add((one.pk, member))
    return found
