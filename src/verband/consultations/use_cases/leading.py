"""Leading a vote: asking at once, letting it close later, taking a question off the paper."""

from datetime import datetime
from typing import Any

from verband.consultations.kinds import ConsultationKind, State
from verband.consultations.models import Consultation, ConsultationFact, Question, QuestionFact
from verband.consultations.permissions import asks_members, leads_the_vote, withdraws_questions
from verband.consultations.use_cases.opening import NotOpen, locked, open_vote
from verband.consultations.use_cases.preparing import (
    ClosesTooEarly,
    prepare_consultation,
    refuse_opened,
)
from verband.core.errors import DomainError
from verband.kernel.permissions import Actor
from verband.kernel.two_times import correct
from verband.kernel.use_case import use_case


class NeverShorter(DomainError):
    """Who counts on the announced time must not come too late."""

    code = "never_shorter"
    template = "This was to close on %(moment)s. It can only close later than that."


class WithdrawnAlready(DomainError):
    """A question is taken off once."""

    code = "withdrawn_already"
    template = "This question has been withdrawn already."


@use_case(allowed=asks_members)
def ask_members(*, actor: Actor, now: datetime, opens_now: bool, **values: Any) -> Consultation:
    """Prepare a question and, when it opens now, open it: one form, one moment.

    ``values``: the arguments of ``prepare_consultation``.

    Raises:
        what preparing and opening refuse.
    """
    if opens_now:
        values["opens_at"] = now
    consultation = prepare_consultation.step(actor=actor, now=now, **values)
    if opens_now:
        open_vote.step(actor=actor, now=now, consultation=consultation)
    return consultation


@use_case(allowed=leads_the_vote)
def extend_closing(
    *, actor: Actor, now: datetime, consultation: Consultation, closes_at: datetime, reason: str
) -> ConsultationFact:
    """Let an open vote close later; the reason stands beside the new time.

    In a meeting the chair may also choose an earlier time, because everybody is there to hear it.

    Raises:
        NotOpen, NeverShorter, ClosesTooEarly.
    """
    standing = locked(consultation)
    if standing.state(now) != State.OPEN:
        raise NotOpen
    closes = standing.fact.closes_at
    if closes_at <= now:
        raise ClosesTooEarly
    in_meeting = consultation.kind == ConsultationKind.ASSEMBLY
    if closes is not None and closes_at <= closes and not in_meeting:
        raise NeverShorter(moment=closes)
    return correct(standing.fact, now=now, closes_at=closes_at, extended_because=reason)


@use_case(allowed=withdraws_questions)
def withdraw_question(
    *, actor: Actor, now: datetime, question: Question, reason: str
) -> list[QuestionFact]:
    """Its proposer takes a question off the paper, until the vote opens.

    Its parts and the amendments to it go with it.

    Raises:
        AlreadyOpened, WithdrawnAlready.
    """
    refuse_opened(question.consultation)
    hanging = [question, *question.parts.all(), *question.amendments.all()]
    facts = list(
        QuestionFact.objects.known(None)
        .filter(question__in=hanging, is_withdrawn=False)
        .order_by("question__order")
    )
    if question.pk not in {fact.question_id for fact in facts}:
        raise WithdrawnAlready
    return [correct(fact, now=now, is_withdrawn=True) for fact in facts]
