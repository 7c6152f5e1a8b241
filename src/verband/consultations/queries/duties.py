"""What is asked of a person now: questions to answer, votes to cast, and what is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from verband.bodies.models import BodyFact
from verband.bodies.queries.names import bodies_called
from verband.consultations.kinds import Capacity, ConsultationKind, VoterRank
from verband.consultations.models import (
    Answer,
    Ballot,
    Consultation,
    Designation,
    Invitation,
    Participation,
    Proxy,
    QuestionFact,
    RollLine,
    StatementVote,
)
from verband.consultations.queries.due import open_at
from verband.consultations.queries.mandates import functions_of
from verband.consultations.queries.standing import Standing
from verband.consultations.voters import Voters, members_for, voters_of
from verband.members.models import OfficeFact, Succession

TO_PEOPLE = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)


@dataclass(frozen=True)
class Vote:
    """A vote to cast for a member. ``by``: the line of the member that holds its proxy."""

    line: RollLine
    capacity: Capacity
    by: RollLine | None = None
    other: int | None = None  # who else was named: the substitute of a voter, or the reverse
    other_function: str = ""


@dataclass(frozen=True)
class Duty:
    """One thing that is asked. ``done_at``: when it was done; ``done_by``: by whom, by function."""

    standing: Standing
    asker: BodyFact | None
    questions: int
    answers: int
    text: str
    vote: Vote | None = None
    done_at: datetime | None = None
    done_by: str = ""
    by_me: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is asked any more; it can still be changed."""
        return self.done_at is not None


def duties_of(person_id: int, day: date, now: datetime) -> list[Duty]:
    """What is asked of a person, the first to close first; what is done comes last.

    Thirty queries at most, whatever the number.
    """
    standings = open_at(now)
    if not standings:
        return []
    mine = _Mine(person_id, day, standings)
    found = [*_answers(mine), *_votes(mine)]
    if not found:
        return []
    named = _with_words(found, day)
    return sorted(named, key=lambda duty: (duty.is_done, _order(duty.standing)))


def _order(standing: Standing) -> tuple[bool, datetime, str]:
    closes = standing.fact.closes_at
    return closes is None, closes or standing.fact.recorded_from, standing.consultation.key


@dataclass(frozen=True)
class _Mine:
    person_id: int
    day: date
    standings: Sequence[Standing]

    def of(self, *, to_people: bool) -> dict[int, Standing]:
        """Those that people answer, or those in which members vote."""
        return {
            one.consultation.pk: one
            for one in self.standings
            if (one.consultation.kind in TO_PEOPLE) == to_people
        }


def _plain(standing: Standing) -> Duty:
    return Duty(standing, None, 0, 0, standing.fact.title)


def _answers(mine: _Mine) -> list[Duty]:
    asked = mine.of(to_people=True)
    person = {"person": mine.person_id}
    rows = Invitation.objects.filter(consultation__in=asked, **person)
    invited = list(rows.values_list("consultation_id", flat=True))
    if not invited:
        return []
    said = Answer.objects.filter(consultation__in=invited, **person).order_by("number")
    times = dict(said.values_list("consultation_id", "recorded_from"))
    judged = StatementVote.objects.filter(statement__consultation__in=invited, **person)
    for pk, at in judged.values_list("statement__consultation_id", "recorded_from"):
        times.setdefault(pk, at)
    return [replace(_plain(asked[pk]), done_at=times.get(pk), by_me=pk in times) for pk in invited]


def _votes(mine: _Mine) -> list[Duty]:
    asked = mine.of(to_people=False)
    if not asked:
        return []
    own = set(members_for(mine.person_id, mine.day))
    merged = Succession.objects.at(mine.day).known(None).filter(successor__in=own, ceases=True)
    own |= set(merged.values_list("predecessor_id", flat=True))
    if not own:
        return []
    voters = _voters(asked, own, mine.day)
    proxies = _proxies(asked, own)
    lines = _lines(asked, own | {proxy.member_id for _pk, proxy in proxies})
    given = {(pk, proxy.member_id) for pk, proxy in proxies}
    votes: dict[tuple[int, int], Vote] = {}
    for (pk, member), found in voters.items():
        capacity, line = found.capacity_of(mine.person_id), lines.get((pk, member))
        if capacity is not None and line is not None and (pk, member) not in given:
            other = found.substitute if capacity == Capacity.VOTER else found.named
            votes[pk, member] = Vote(line, capacity, None, other.person_id if other else None)
    for pk, proxy in proxies:
        holder, line = lines.get((pk, proxy.holder_id)), lines.get((pk, proxy.member_id))
        held = voters.get((pk, proxy.holder_id))
        if holder and line and held and held.capacity_of(mine.person_id):
            votes[pk, proxy.member_id] = Vote(line, Capacity.PROXY, holder)
    done = _cast(votes)
    return [
        replace(
            _plain(asked[where[0]]),
            vote=vote,
            done_at=done[where].recorded_from if where in done else None,
            done_by=str(done[where].person_id or "") if where in done else "",
            by_me=where in done and done[where].person_id == mine.person_id,
        )
        for where, vote in votes.items()
    ]


def _voters(
    asked: Mapping[int, Standing], members: set[int], day: date
) -> dict[tuple[int, int], Voters]:
    """As ``voters_of`` says it for each consultation, for all of them at once. Eight queries."""
    general = voters_of(None, members, day)
    rows = (
        Designation.objects.at(day)
        .known(None)
        .filter(consultation__in=asked, member__in=members)
        .order_by("pk")
    )
    offices = set(
        OfficeFact.objects.at(day)
        .known(None)
        .filter(office__organisation__in=members)
        .values_list("office__organisation_id", "office__person_id")
    )
    particular = {
        (row.consultation_id, row.member_id, row.rank): row
        for row in rows
        if (row.member_id, row.person_id) in offices
    }
    return {
        (pk, member): replace(
            found,
            named=particular.get((pk, member, VoterRank.VOTER), found.named),
            substitute=particular.get((pk, member, VoterRank.SUBSTITUTE), found.substitute),
        )
        for pk in asked
        for member, found in general.items()
    }


def _proxies(asked: Mapping[int, Standing], members: Iterable[int]) -> list[tuple[int, Proxy]]:
    """The proxies that these members gave or hold, with the consultation. One query.

    One for the consultation itself goes before one for its sitting.
    """
    sittings: dict[int, list[int]] = {}
    for pk, standing in asked.items():
        if standing.consultation.sitting_id and standing.frozen.get("proxy_members"):
            sittings.setdefault(standing.consultation.sitting_id, []).append(pk)
    wanted = set(members)
    rows = (
        Proxy.objects.known(None)
        .filter(Q(consultation__in=asked) | Q(sitting__in=sittings))
        .filter(Q(member__in=wanted) | Q(holder__in=wanted))
    )
    found: dict[tuple[int, int], Proxy] = {}
    for row in sorted(rows, key=lambda proxy: proxy.consultation_id is not None):
        where = [row.consultation_id] if row.consultation_id else sittings[row.sitting_id or 0]
        for pk in where:
            if pk is not None:
                found[pk, row.member_id] = row
    return [(pk, proxy) for (pk, _member), proxy in found.items()]


def _lines(asked: Iterable[int], members: Iterable[int]) -> dict[tuple[int, int], RollLine]:
    rows = RollLine.objects.filter(consultation__in=list(asked), member__in=set(members))
    found = rows.select_related("member").order_by("name")
    return {(line.consultation_id, line.member_id): line for line in found}


def _cast(votes: Mapping[tuple[int, int], Vote]) -> dict[tuple[int, int], Ballot]:
    """What stands for these members; of a secret vote only that it was cast. Two queries."""
    consultations = {pk for pk, _member in votes}
    members = {member for _pk, member in votes}
    rows = Ballot.objects.filter(consultation__in=consultations, member__in=members)
    found = {(row.consultation_id, row.member_id): row for row in rows.order_by("number")}
    secret = Participation.objects.filter(
        question__consultation__in=consultations, member__in=members
    ).select_related("question")
    for part in secret:
        where = (part.question.consultation_id, part.member_id)
        found.setdefault(where, Ballot(recorded_from=part.recorded_from))
    return found


def _with_words(found: list[Duty], day: date) -> list[Duty]:
    """Each with who asks, how much, and who did it, by function. Five queries."""
    ids = {duty.standing.consultation.pk for duty in found}
    bodies = bodies_called({duty.standing.consultation.body_id for duty in found}, day)
    questions: dict[int, list[QuestionFact]] = {}
    rows = QuestionFact.objects.known(None).filter(question__consultation__in=ids)
    rows = rows.filter(is_withdrawn=False).select_related("question")
    for fact in rows.order_by("question__order"):
        questions.setdefault(fact.question.consultation_id, []).append(fact)
    votes = [duty.vote for duty in found if duty.vote is not None]
    people = {int(duty.done_by) for duty in found if duty.done_by}
    people |= {vote.other for vote in votes if vote.other is not None}
    places = {vote.line.member_id for vote in votes}
    places |= {vote.by.member_id for vote in votes if vote.by is not None}
    functions = functions_of(people, places, day)
    return [_told(duty, bodies, questions, functions) for duty in found]


def _told(
    duty: Duty,
    bodies: Mapping[int, BodyFact],
    questions: Mapping[int, list[QuestionFact]],
    functions: Mapping[tuple[int, int], str],
) -> Duty:
    consultation: Consultation = duty.standing.consultation
    facts = questions.get(consultation.pk, [])
    vote, done_by = duty.vote, ""
    if vote is not None:
        at = (vote.by or vote.line).member_id
        if vote.other is not None:
            vote = replace(vote, other_function=functions.get((vote.other, at), ""))
        if duty.done_by:
            who = int(duty.done_by)
            done_by = functions.get((who, at)) or functions.get((who, vote.line.member_id), "")
    is_question = consultation.kind == ConsultationKind.FLASH and facts
    return replace(
        duty,
        asker=bodies.get(consultation.body_id),
        questions=len(facts),
        answers=len(facts[0].options) if len(facts) == 1 else 0,
        text=facts[0].text if is_question else duty.standing.fact.title,
        vote=vote,
        done_by=done_by,
    )
