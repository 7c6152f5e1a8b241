"""Voting in a meeting: the countdown, a show of hands, and what is adopted without a vote."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from verband.consultations.hall import present_members, refuse_absent, represented_by
from verband.consultations.kinds import Capacity, ConsultationKind, State, StepKind
from verband.consultations.models import (
    Ballot,
    Consultation,
    ConsultationFact,
    RollLine,
    Step,
    VoteRequest,
)
from verband.consultations.permissions import leads_the_vote, votes_for_member
from verband.consultations.queries.count import rule_for
from verband.consultations.queries.record import leaf_of
from verband.consultations.queries.standing import Standing, questions_of, standing_of
from verband.consultations.use_cases.casting import checked_answers
from verband.consultations.use_cases.opening import NotOpen, locked, open_vote
from verband.consultations.use_cases.preparing import AlreadyOpened, refuse_opened, take_step
from verband.consultations.use_cases.ratifying import ratify_if_adopted
from verband.core.errors import DomainError
from verband.core.voting.procedures import VoteAskedFor, acclamation
from verband.core.voting.roll import Elector, Roll
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing, add_things, correct
from verband.kernel.use_case import use_case
from verband.members.models import Organisation
from verband.people.permissions import person_of

LONGEST = 3600  # seconds of a countdown


class NotInASitting(DomainError):
    """Only in a meeting can hands be counted."""

    code = "not_in_a_sitting"
    template = "This vote is not held in a sitting, so this cannot be done. Close it by its time."


class BadCountdown(DomainError):
    """A countdown that nobody can follow."""

    code = "bad_countdown"
    template = "A countdown lasts from 1 to %(longest)s seconds."


class SecretByHands(DomainError):
    """Hands are seen."""

    code = "secret_by_hands"
    template = "This vote is secret; it cannot be held by show of hands."


class NobodyPresent(DomainError):
    """There are no hands to count."""

    code = "nobody_present"
    template = "Nobody is present. Note first who is there."


class NotCountedHere(DomainError):
    """An exception names a member whose hand is not counted."""

    code = "not_counted_here"
    template = "%(member)s is not present, or voted already. Take it off the exceptions."


class NoQuorumHere(DomainError):
    """Without a quorum nothing is adopted."""

    code = "no_quorum_here"
    template = "The quorum is not met, so nothing can be adopted. Note first who is there."


@use_case(allowed=leads_the_vote)
def count_down(
    *, actor: Actor, now: datetime, consultation: Consultation, seconds: int = 60
) -> ConsultationFact:
    """Let an open vote in a meeting close after so many seconds, or so many seconds later.

    Raises:
        NotOpen, NotInASitting, BadCountdown.
    """
    if consultation.sitting_id is None:
        raise NotInASitting
    if not 1 <= seconds <= LONGEST:
        raise BadCountdown(longest=LONGEST)
    standing = locked(consultation)
    if standing.state(now) != State.OPEN:
        raise NotOpen
    closes = (standing.fact.closes_at or now) + timedelta(seconds=seconds)
    return correct(standing.fact, now=now, closes_at=closes)


@use_case(allowed=leads_the_vote)
def record_show_of_hands(
    *,
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    answers: Mapping[str, str],
    exceptions: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Ballot]:
    """All members present voted alike, except those named; the desk writes their ballots.

    ``exceptions`` maps the key of a member to its own answers, or to nothing when it did not vote.
    Who voted by itself keeps that ballot. Members that are represented are counted with those
    present.

    Raises:
        NotOpen, NotInASitting, SecretByHands, NobodyPresent, NotOnThePaper, NotCountedHere.
    """
    if consultation.sitting_id is None:
        raise NotInASitting
    standing = locked(consultation)
    if standing.state(now) != State.OPEN:
        raise NotOpen
    if standing.frozen["is_secret"]:
        raise SecretByHands
    hands = _hands(standing)
    if not hands:
        raise NobodyPresent
    asked = questions_of(consultation)
    apart = {
        key: checked_answers(asked, said) if said else None
        for key, said in (exceptions or {}).items()
    }
    common = checked_answers(asked, answers)
    for key in apart:
        if key not in hands:
            raise NotCountedHere(member=_name(consultation, key))
    ballots = [
        _by_hand(standing, line, holder, said, now)
        for key, (line, holder) in hands.items()
        if (said := apart.get(key, common)) is not None
    ]
    return add_things(ballots, now=now)


def _hands(standing: Standing) -> dict[str, tuple[RollLine, Organisation | None]]:
    """The members whose hands are counted, by key, with who represents them. Five queries."""
    consultation = standing.consultation
    there = present_members(consultation.sitting_id or 0)
    represented = represented_by(consultation, there)
    voted = set(consultation.ballots.values_list("member_id", flat=True))
    lines = RollLine.objects.filter(consultation=consultation).select_related("member")
    by_id = {line.member_id: line for line in lines}
    found = {}
    for pk, line in by_id.items():
        holder = represented.get(pk)
        if pk in voted or (pk not in there and holder is None):
            continue
        of = by_id[holder].member if holder in by_id else None
        found[line.member.key] = (line, of)
    return found


def _by_hand(
    standing: Standing,
    line: RollLine,
    holder: Organisation | None,
    answers: dict[str, str],
    now: datetime,
) -> Ballot:
    ballot = Ballot(
        consultation=standing.consultation,
        member=line.member,
        number=1,
        answers=answers,
        capacity=Capacity.DESK,
        by_member=holder,
        token=uuid4(),
        nonce=secrets.token_hex(16),
        recorded_from=now,
    )
    ballot.leaf = leaf_of(ballot, line)
    return ballot


def _name(consultation: Consultation, key: str) -> str:
    line = RollLine.objects.filter(consultation=consultation, member__key=key).first()
    return key if line is None else line.name


@use_case(allowed=votes_for_member)
def ask_for_vote(
    *, actor: Actor, now: datetime, consultation: Consultation, member: Organisation
) -> VoteRequest:
    """A member that is present asks for a vote, so that nothing is adopted by acclamation.

    Raises:
        NotInASitting, AlreadyOpened, NotInTheHall.
    """
    if consultation.sitting_id is None:
        raise NotInASitting
    refuse_opened(consultation)
    refuse_absent(consultation, member.pk)
    return add_thing(
        VoteRequest(consultation=consultation, member=member, person=person_of(actor)), now=now
    )


@use_case(allowed=leads_the_vote)
def adopt_by_acclamation(*, actor: Actor, now: datetime, consultation: Consultation) -> Step:
    """Adopt without a vote, because the rule allows it and nobody present asked for one.

    Raises:
        NotInASitting, AlreadyOpened, NobodyPresent, NoQuorumHere, and what opening refuses.
        AcclamationNotAllowed, VoteAskedFor: the rule, or a member, wants a vote.
    """
    if consultation.sitting_id is None or consultation.kind != ConsultationKind.ASSEMBLY:
        raise NotInASitting
    if standing_of(consultation).steps:
        raise AlreadyOpened
    open_vote.step(actor=actor, now=now, consultation=consultation)
    standing = standing_of(consultation)
    rows = RollLine.objects.filter(consultation=consultation).select_related("member")
    lines = {line.member.key: line for line in rows}
    there = present_members(consultation.sitting_id)
    there |= represented_by(consultation, there).keys()
    present = [key for key, line in lines.items() if line.member_id in there]
    if not present:
        raise NobodyPresent
    asked = consultation.vote_requests.values_list("member__key", flat=True)
    names = sorted(lines[key].name for key in asked if key in lines)
    if names:
        raise VoteAskedFor(members=", ".join(names))
    roll = Roll([Elector(k, line.votes, line.inhabitants) for k, line in lines.items()], present)
    if not acclamation(rule_for(standing), roll).passed:
        raise NoQuorumHere
    step = take_step(consultation, StepKind.ACCLAIMED, now=now, present=len(present))
    ratify_if_adopted(consultation, now=now)
    return step
