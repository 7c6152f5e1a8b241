"""Preparing a question to the members: its text, its paper, whom it goes to, and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from verband.bodies.models import Body
from verband.consultations.audience import Audience
from verband.consultations.kinds import ConsultationKind, StepKind
from verband.consultations.models import (
    Argument,
    Consultation,
    ConsultationFact,
    Question,
    QuestionFact,
    Sitting,
    Step,
    VotingRule,
    VotingRuleFact,
)
from verband.consultations.permissions import asks_members, is_official, leads_the_vote
from verband.consultations.queries.numbers import RESERVED, take_number
from verband.consultations.queries.standing import questions_of, standing_of
from verband.consultations.use_cases.paper import options_for, refuse_advice, refuse_stranger
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing, correct, record
from verband.kernel.use_case import use_case
from verband.members.models import Organisation
from verband.people.permissions import person_of


class RuleNotInForce(DomainError):
    """The rule does not exist, or not for this kind of question, on that day."""

    code = "rule_not_in_force"
    template = "This rule is not in force for a %(kind)s on %(day)s. Choose another rule."


class ClosesTooEarly(DomainError):
    """There must be time to answer."""

    code = "closes_too_early"
    template = "The vote must close after it opens. Choose a later closing time."


class AlreadyOpened(DomainError):
    """What voters have seen does not change any more."""

    code = "already_opened"
    template = "This vote has been opened; its text and rule cannot change. Withdraw it instead."


class AlreadyClosed(DomainError):
    """What is closed or withdrawn stays so."""

    code = "already_closed"
    template = "This vote is closed or withdrawn already."


class ReservedNumber(DomainError):
    """A number is an address, and must not hide another page."""

    code = "reserved_number"
    template = "“%(key)s” cannot be a number. Leave it empty to get the next number."


def rule_on(rule: VotingRule, kind: str, now: datetime) -> VotingRuleFact:
    """The text of a rule that is in force for a kind of question.

    Raises: ``RuleNotInForce``.
    """
    day = local_day(now)
    fact = VotingRuleFact.objects.at(day).known(None).filter(voting_rule=rule).first()
    if fact is None or fact.kind != kind:
        raise RuleNotInForce(kind=ConsultationKind(kind).label, day=day)
    found: VotingRuleFact = fact
    return found


@use_case(allowed=asks_members)
def prepare_consultation(
    *,
    actor: Actor,
    now: datetime,
    body: Body,
    kind: str,
    rule: VotingRule,
    title: str,
    audience: Mapping[str, Any],
    key: str = "",
    explanation: str = "",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    questions: Sequence[Mapping[str, Any]] = (),
    sitting: Sitting | None = None,
    order: int = 0,
    ratifies: Consultation | None = None,
    round_of: Consultation | None = None,
) -> Consultation:
    """Write down what will be asked; nothing goes out before it opens.

    ``questions``: for each the arguments of ``add_question``. Without a ``key`` it gets the next
    number of its kind and year.

    Raises:
        RuleNotInForce, ClosesTooEarly, UnreadableAudience, TooFewAnswers, ReservedNumber.
    """
    if key in RESERVED:
        raise ReservedNumber(key=key)
    key = key or take_number(kind, local_day(opens_at or now).year)
    rule_on(rule, kind, opens_at or now)
    _refuse_times(opens_at, closes_at, now)
    consultation = add_thing(
        Consultation(
            key=key,
            kind=kind,
            body=body,
            rule=rule,
            author=person_of(actor),
            sitting=sitting,
            order=order,
            ratifies=ratifies,
            round_of=round_of,
        ),
        now=now,
    )
    record(
        ConsultationFact(
            consultation=consultation,
            title=title,
            explanation=explanation,
            opens_at=opens_at,
            closes_at=closes_at,
            audience=Audience.read(audience).as_data(),
        ),
        now=now,
    )
    for question in questions:
        add_question.step(actor=actor, now=now, consultation=consultation, **question)
    return consultation


def _refuse_times(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> None:
    if closes_at is not None and closes_at <= (opens_at or now):
        raise ClosesTooEarly


def refuse_opened(consultation: Consultation) -> None:
    """Refuse to change what voters have seen. Raises: ``AlreadyOpened``."""
    if Step.objects.filter(consultation=consultation).exists():
        raise AlreadyOpened


@use_case(allowed=asks_members)
def change_consultation(
    *, actor: Actor, now: datetime, consultation: Consultation, **values: Any
) -> ConsultationFact:
    """Change title, explanation, audience or times before it opens."""
    refuse_opened(consultation)
    fact: ConsultationFact = ConsultationFact.objects.known(None).get(consultation=consultation)
    if "audience" in values:
        values["audience"] = Audience.read(values["audience"]).as_data()
    _refuse_times(
        values.get("opens_at", fact.opens_at), values.get("closes_at", fact.closes_at), now
    )
    return correct(fact, now=now, **values)


@use_case(allowed=asks_members)
def add_question(
    *,
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    form: str,
    text: str,
    explanation: str = "",
    options: Sequence[Mapping[str, str]] = (),
    seats: int = 1,
    advice: str = "",
    advice_reason: str = "",
    part_of: Question | None = None,
    amends: Question | None = None,
    proposer: Organisation | None = None,
) -> Question:
    """Put a question, a part of a motion or an amendment on the paper."""
    refuse_opened(consultation)
    refuse_stranger(consultation, part_of, amends)
    paper = options_for(form, options)
    refuse_advice(advice, paper)
    question = add_thing(
        Question(
            consultation=consultation,
            order=len(questions_of(consultation)) + 1,
            form=form,
            part_of=part_of,
            amends=amends,
            proposer=proposer,
        ),
        now=now,
    )
    record(
        QuestionFact(
            question=question,
            text=text,
            explanation=explanation,
            options=paper,
            seats=seats,
            advice=advice,
            advice_reason=advice_reason,
        ),
        now=now,
    )
    return question


@use_case(allowed=asks_members)
def change_question(
    *, actor: Actor, now: datetime, question: Question, **values: Any
) -> QuestionFact:
    """Change how a question reads before the vote opens."""
    refuse_opened(question.consultation)
    fact: QuestionFact = QuestionFact.objects.known(None).get(question=question)
    if "options" in values:
        values["options"] = options_for(question.form, values["options"])
    refuse_advice(values.get("advice", fact.advice), values.get("options", fact.options))
    return correct(fact, now=now, **values)


@use_case(allowed=leads_the_vote)
def withdraw_consultation(
    *, actor: Actor, now: datetime, consultation: Consultation, reason: str
) -> Step:
    """Take it off before anybody can vote, or stop it while it is open; the reason stands there.

    Raises:
        AlreadyClosed: it was closed or withdrawn before.
    """
    _refuse_ended(consultation, now)
    return take_step(consultation, StepKind.WITHDRAWN, now=now, reason=reason)


@use_case(allowed=leads_the_vote)
def hold_over(
    *, actor: Actor, now: datetime, consultation: Consultation, reason: str, until: str = ""
) -> Step:
    """Decide nothing now; ``until`` says when it comes back."""
    _refuse_ended(consultation, now)
    return take_step(consultation, StepKind.HELD_OVER, now=now, reason=reason, until=until)


def _refuse_ended(consultation: Consultation, now: datetime) -> None:
    ended = {StepKind.CLOSED, StepKind.WITHDRAWN, StepKind.HELD_OVER, StepKind.ACCLAIMED}
    if ended & set(standing_of(consultation).steps):
        raise AlreadyClosed


def take_step(consultation: Consultation, kind: str, *, now: datetime, **data: Any) -> Step:
    """Write down that something happened; the database lets it happen once."""
    return add_thing(Step(consultation=consultation, kind=kind, data=data), now=now)


@use_case(allowed=is_official)
def give_argument(
    *,
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    member: Organisation,
    side: str,
    text: str,
    question: Question | None = None,
) -> Argument:
    """A member gives a reason for or against, for all to read before they vote.

    Raises:
        AlreadyClosed: it can no longer help anybody to choose.
    """
    standing = standing_of(consultation)
    _refuse_ended(consultation, now)
    if standing.is_over(now):
        raise AlreadyClosed
    person = person_of(actor)
    return add_thing(
        Argument(
            consultation=consultation,
            question=question,
            member=member,
            person=person,
            side=side,
            text=text,
        ),
        now=now,
    )
