"""Casting: a ballot of a member, or a person's answer to a flash question."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from verband.consultations.hall import refuse_absent
from verband.consultations.kinds import Capacity, QuestionForm, State, StepKind
from verband.consultations.models import Answer, Ballot, Consultation, Invitation, RollLine
from verband.consultations.models.ballots import VotedMeanwhile
from verband.consultations.permissions import votes_for_member, was_asked
from verband.consultations.queries.at_hand import at_hand
from verband.consultations.queries.frozen import paper_of, roll_of
from verband.consultations.queries.record import leaf_of
from verband.consultations.queries.standing import Asked, Standing, questions_of
from verband.consultations.use_cases.admission import checked_names
from verband.consultations.use_cases.opening import locked
from verband.consultations.voters import voters_for
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing
from verband.kernel.use_case import use_case
from verband.members.models import Organisation
from verband.people.permissions import person_of


class TooLate(DomainError):
    """A vote after closing does not count, however late."""

    code = "too_late"
    template = "This vote closed on %(closed)s. Your vote of %(now)s does not count."


class NotOpenYet(DomainError):
    """A vote before opening does not count."""

    code = "not_open_yet"
    template = "This vote is not open yet. You can vote from %(opens)s."


class NotOnTheRoll(DomainError):
    """The roll was frozen at the opening."""

    code = "not_on_the_roll"
    template = (
        "Your municipality does not stand on the roll of this vote, as it was when it opened."
    )


class NotOnThePaper(DomainError):
    """Every question asks one of the answers on the paper."""

    code = "not_on_the_paper"
    template = "You have not chosen at: “%(question)s”. Choose one of the answers."


class VotedBefore(DomainError):
    """The rule lets nobody change a vote."""

    code = "voted_before"
    template = "Your municipality has voted, and this rule does not let a vote be changed."


class SecretPaper(DomainError):
    """A secret vote has a paper without a name."""

    code = "secret_paper"
    template = "This vote is secret. Open its own page, and vote there without your name on it."


class ProxyStands(DomainError):
    """Whoever gave its vote away does not vote itself."""

    code = "proxy_stands"
    template = "Your municipality gave a proxy to %(holder)s. Revoke it first if you want to vote."


class NoProxy(DomainError):
    """Voting for another needs its proxy."""

    code = "no_proxy"
    template = "%(member)s gave your municipality no proxy for this vote."


class AgainstInstruction(DomainError):
    """A proxy with an instruction is cast as instructed."""

    code = "against_instruction"
    template = "The proxy instructs you at “%(question)s”. Follow that, or let the member vote."


def _take_part(
    *,
    now: datetime,
    consultation: Consultation,
    member: Organisation,
    **_arguments: Any,
) -> None:
    """What permission and ballot will ask, locked and read at once."""
    at_hand(consultation, member.pk, local_day(now))


@use_case(allowed=votes_for_member, first=_take_part)
def cast_ballot(
    *,
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    member: Organisation,
    answers: Mapping[str, Any],
    token: UUID,
    seen: int = 0,
    reason: str = "",
    by_member: Organisation | None = None,
) -> Ballot:
    """Vote for a member; a later ballot takes the place of an earlier one, which is kept.

    ``answers`` maps the key of each question to a choice. ``seen`` is the number of the ballot that
    the voter saw standing (0: none), so that nobody undoes unknowingly what a colleague did.
    ``token`` is of one showing of the paper. ``by_member`` holds the proxy of ``member``.

    Every ballot that is acknowledged counts exactly once, and of a member the last one:

    - Voters hold the lock of the vote together, whoever closes it alone: a ballot is committed
      before the closing counts, or it sees the closing and is refused.
    - The database keeps one ballot of each number of a member (``ballot_number_once``). Who voted
      meanwhile has taken the number after ``seen``, so that the other is refused, not put on top.
    - It keeps one ballot of each token. Whoever got no answer sends the same again, and is led to
      the receipt of the first (``views.ballot``), or casts it now if the first came to nothing.
    - Ballot and audit line are one transaction; the answer is sent after its commit is on disk.

    Raises:
        TooLate, NotOpenYet, NotOnTheRoll, SecretPaper, NotInTheHall, NotOnThePaper, NotOneOfThem,
        VotedMeanwhile, VotedBefore, ProxyStands, NoProxy, AgainstInstruction.
    """
    found = at_hand(consultation, member.pk, local_day(now))
    standing = found.standing
    refuse_unless_open(standing, now)
    line = roll_of(standing).get(member.pk)
    if line is None:
        raise NotOnTheRoll
    if standing.frozen["is_secret"]:
        raise SecretPaper
    refuse_absent(consultation, (by_member or member).pk)
    chosen = checked_answers(paper_of(standing), answers, standing.frozen["election"])
    capacity = _capacity(standing, actor, now, member, by_member, chosen)
    _refuse_unseen(standing, found.last, seen)
    ballot = Ballot(
        consultation=consultation,
        member=member,
        number=seen + 1,
        answers=chosen,
        reason=reason.strip(),
        person=person_of(actor),
        capacity=capacity,
        by_member=by_member,
        token=token,
        nonce=secrets.token_hex(16),
        recorded_from=now,
    )
    ballot.leaf = leaf_of(ballot, line)
    return add_thing(ballot, now=now)


def _refuse_unseen(standing: Standing, last: int, seen: int) -> None:
    """Refuse to follow another ballot than the one that stands, the member's ``last``.

    Another voter may be writing the next one now: the database itself refuses a second ballot of
    one number.

    Raises: ``VotedBefore``, ``VotedMeanwhile``.
    """
    if last and not standing.frozen["may_change"]:
        raise VotedBefore
    if last != seen:
        raise VotedMeanwhile


def refuse_unless_open(standing: Standing, now: datetime) -> None:
    """Refuse a vote that is too early or too late. Raises: ``TooLate``, ``NotOpenYet``."""
    state = standing.state(now)
    if state in (State.DRAFT, State.PLANNED):
        raise NotOpenYet(opens=standing.fact.opens_at)
    if state != State.OPEN:
        times = [standing.at_step(StepKind.CLOSED), standing.fact.closes_at]
        closed = min((time for time in times if time is not None), default=now)
        raise TooLate(closed=closed, now=now)


def checked_answers(
    questions: Sequence[Asked], answers: Mapping[str, Any], election: str = ""
) -> dict[str, Any]:
    """One choice of the paper for each question that stands; of candidates, a list of names.

    Raises: ``NotOnThePaper``, ``NotOneOfThem``.
    """
    chosen: dict[str, Any] = {}
    for asked in questions:
        if asked.fact.is_withdrawn:
            continue
        choice = answers.get(asked.key)
        if asked.question.form == QuestionForm.PERSONS:
            chosen[asked.key] = checked_names(asked, election, choice)
            continue
        if choice not in asked.choices:
            raise NotOnThePaper(question=asked.fact.text)
        chosen[asked.key] = str(choice)
    return chosen


def _capacity(
    standing: Standing,
    actor: Actor,
    now: datetime,
    member: Organisation,
    by_member: Organisation | None,
    chosen: Mapping[str, Any],
) -> Capacity:
    person, day = person_of(actor), local_day(now)
    voters = voters_for(standing.consultation, member.pk, day)
    proxy = voters.proxy
    if by_member is None:
        if proxy is not None:
            raise ProxyStands(holder=_name(standing, proxy.holder_id))
        capacity = voters.capacity_of(person.pk) if person else None
        return capacity or Capacity.DESK
    if proxy is None or proxy.holder_id != by_member.pk:
        raise NoProxy(member=_name(standing, member.pk))
    for key, choice in proxy.instruction.items():
        if chosen.get(key) != choice:
            text = next(a.fact.text for a in questions_of(standing.consultation) if a.key == key)
            raise AgainstInstruction(question=text)
    return Capacity.PROXY


def _name(standing: Standing, member_id: int) -> str:
    line = RollLine.objects.filter(consultation=standing.consultation, member=member_id).first()
    return "?" if line is None else line.name


@use_case(allowed=was_asked)
def answer_question(
    *,
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    choice: str,
    token: UUID,
    sentence: str = "",
    seen: int = 0,
) -> Answer:
    """Answer a flash question; a later answer takes the place of an earlier one.

    Raises:
        TooLate, NotOpenYet, NotOnThePaper, VotedMeanwhile.
    """
    standing = locked(consultation, shared=True)
    refuse_unless_open(standing, now)
    [asked] = questions_of(consultation)
    if choice not in asked.choices:
        raise NotOnThePaper(question=asked.fact.text)
    person = person_of(actor)
    invitation = Invitation.objects.get(consultation=consultation, person=person)
    last = (
        Answer.objects.filter(consultation=consultation, person=person).order_by("-number").first()
    )
    number = 0 if last is None else last.number
    if number != seen:
        raise VotedMeanwhile
    return add_thing(
        Answer(
            consultation=consultation,
            person=person,
            member=invitation.member,
            number=number + 1,
            choice=choice,
            sentence=sentence.strip(),
            token=token,
        ),
        now=now,
    )
