"""Moderating a deliberation: admit, park, merge, reopen; each a row with its reason.

Moderators of one consultation take turns, and each says what it saw: the second of two who judge
one statement at once is refused.
"""

from datetime import datetime

from django.db import connection

from verband.consultations.kinds import State as VoteState
from verband.consultations.models import Consultation, Moderation, Statement
from verband.consultations.models.statements import OneJudgementAtATime
from verband.consultations.permissions import leads_the_vote
from verband.consultations.queries.statements import State, judgement_of, statements_of
from verband.consultations.use_cases.opening import locked
from verband.consultations.use_cases.preparing import AlreadyClosed
from verband.consultations.use_cases.statements import checked_text
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing, change, record
from verband.kernel.use_case import use_case

RUNNING = (VoteState.DRAFT, VoteState.PLANNED, VoteState.OPEN)
LOCKS = 0x73746174  # "stat": the first half of the lock's number


class ReasonNeeded(DomainError):
    """The author and everybody can read why."""

    code = "moderation_reason_needed"
    template = "Write why. The author and everybody else can read it."


class StandsSo(DomainError):
    """Nothing would change."""

    code = "moderation_stands_so"
    template = "This statement stands so already."


class NotMergeable(DomainError):
    """Votes must have somewhere to count."""

    code = "moderation_not_mergeable"
    template = "Choose another statement that is put to the vote now, to merge this one into."


@use_case(allowed=leads_the_vote)
def put_statement(
    *, actor: Actor, now: datetime, consultation: Consultation, text: str
) -> Statement:
    """Put a statement to the vote on behalf of whoever asks, before the opening or while it runs.

    Raises:
        AlreadyClosed, NothingWritten, StatementTooLong, StrangeSigns, SaidAlready.
    """
    _refuse_ended(consultation, now)
    kept = checked_text(text, statements_of(consultation))
    made = add_thing(Statement(consultation=consultation, text=kept), now=now)
    _judge(made, 0, State.ADMITTED, now)
    return made


@use_case(allowed=leads_the_vote)
def admit_statement(
    *, actor: Actor, now: datetime, statement: Statement, seen: int = 0
) -> Moderation:
    """Put a participant's statement to the vote.

    ``seen``: the judgement that the moderator saw standing; 0 for none.

    Raises:
        AlreadyClosed, OneJudgementAtATime, StandsSo.
    """
    _refuse_ended(statement.consultation, now)
    return _judge(statement, seen, State.ADMITTED, now)


@use_case(allowed=leads_the_vote)
def park_statement(
    *, actor: Actor, now: datetime, statement: Statement, reason: str, seen: int = 0
) -> Moderation:
    """Keep a statement out of the vote, or take it out; the reason is public.

    Raises:
        AlreadyClosed, OneJudgementAtATime, StandsSo, ReasonNeeded.
    """
    _refuse_ended(statement.consultation, now)
    return _judge(statement, seen, State.PARKED, now, reason=_needed(reason))


@use_case(allowed=leads_the_vote)
def merge_statement(
    *,
    actor: Actor,
    now: datetime,
    statement: Statement,
    into: Statement,
    reason: str,
    seen: int = 0,
) -> Moderation:
    """Let another statement that says the same stand for this one; the reason is public.

    A vote on this one counts for the other where the voter did not vote on the other.

    Raises:
        AlreadyClosed, OneJudgementAtATime, StandsSo, ReasonNeeded, NotMergeable.
    """
    _refuse_ended(statement.consultation, now)
    kept = _needed(reason)
    target = judgement_of(into)
    stands = target is not None and target.state == State.ADMITTED
    if not stands or into.pk == statement.pk or into.consultation_id != statement.consultation_id:
        raise NotMergeable
    return _judge(statement, seen, State.MERGED, now, into=into, reason=kept)


@use_case(allowed=leads_the_vote)
def reopen_statement(
    *, actor: Actor, now: datetime, statement: Statement, reason: str, seen: int = 0
) -> Moderation:
    """Judge a statement anew: it waits again, and its votes do not count meanwhile.

    Raises:
        AlreadyClosed, OneJudgementAtATime, StandsSo, ReasonNeeded.
    """
    _refuse_ended(statement.consultation, now)
    return _judge(statement, seen, State.WAITING, now, reason=_needed(reason))


def _refuse_ended(consultation: Consultation, now: datetime) -> None:
    """Wait for one's turn; after closing nothing of the statements changes any more."""
    if locked(consultation, shared=True).state(now) not in RUNNING:
        raise AlreadyClosed
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, consultation.pk])


def _needed(reason: str) -> str:
    kept = " ".join(reason.split())
    if not kept:
        raise ReasonNeeded
    return kept


def _judge(
    statement: Statement,
    seen: int,
    state: str,
    now: datetime,
    *,
    into: Statement | None = None,
    reason: str = "",
) -> Moderation:
    last, day = judgement_of(statement), local_day(now)
    if (last.pk if last is not None else 0) != seen:
        raise OneJudgementAtATime
    if (last.state if last is not None else State.WAITING) == state:
        raise StandsSo
    if last is None:
        row = Moderation(statement=statement, state=state, into=into, reason=reason, valid_from=day)
        return record(row, now=now)
    return change(last, day=day, now=now, state=state, into=into, reason=reason)
