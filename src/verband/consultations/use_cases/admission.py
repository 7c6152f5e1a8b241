"""What can be put to the vote in which way: checked when it opens."""

from collections.abc import Iterable
from typing import Any

from verband.consultations.kinds import ElectionMethod, QuestionForm, StepKind
from verband.consultations.models import Consultation, Question, Step
from verband.consultations.queries.elections import as_codes, method_of
from verband.consultations.queries.standing import Asked, questions_of
from verband.core.errors import DomainError
from verband.core.voting.elections import NONE, check_candidates

ENDED = (
    StepKind.PUBLISHED,
    StepKind.ACCLAIMED,
    StepKind.WITHDRAWN,
    StepKind.HELD_OVER,
)


class SecretAsksForPersons(DomainError):
    """By name is the rule for what the association decides."""

    code = "secret_asks_for_persons"
    template = "A secret vote is about persons. Put “%(question)s” to a vote by name."


class OneSeatInRounds(DomainError):
    """Rounds narrow the field to one."""

    code = "one_seat_in_rounds"
    template = (
        "By majority in rounds one person is elected at a time. Make a question for each seat, or"
        " choose a rule that elects by approval or by ranking."
    )


class AmendmentsFirst(DomainError):
    """What a text says must be known before it is voted on."""

    code = "amendments_first"
    template = (
        "The amendment “%(amendment)s” comes first. Vote on it and publish the result, or withdraw"
        " it; then open this one."
    )


def refuse_paper(consultation: Consultation, asked: Iterable[Asked], rule: Any) -> None:
    """Refuse to open what cannot be voted on in this way.

    ``rule``: the text of the voting rule in force.

    Raises: ``SecretAsksForPersons``, ``OneSeatInRounds``, ``AmendmentsFirst``, ``BadField``.
    """
    for one in asked:
        if one.fact.is_withdrawn:
            continue
        if one.question.form != QuestionForm.PERSONS:
            if rule.is_secret:
                raise SecretAsksForPersons(question=one.fact.text)
            continue
        check_candidates(one.choices)
        if method_of(rule.election) == ElectionMethod.ROUNDS and one.fact.seats != 1:
            raise OneSeatInRounds
    if consultation.sitting_id is not None:
        open_amendments = undecided_amendments(consultation)
        if open_amendments:
            raise AmendmentsFirst(amendment=open_amendments[0].fact.text)


def undecided_amendments(consultation: Consultation) -> list[Asked]:
    """Amendments to this text, as votes of their own in the sitting, that are not decided yet."""
    amendments = (
        Question.objects.filter(amends__consultation=consultation)
        .exclude(consultation=consultation)
        .select_related("consultation")
        .order_by("consultation__order", "consultation_id", "order")
    )
    found = []
    for question in amendments:
        ended = Step.objects.filter(consultation=question.consultation_id, kind__in=ENDED)
        if not ended.exists():
            found += [
                one
                for one in questions_of(question.consultation)
                if one.question.pk == question.pk and not one.fact.is_withdrawn
            ]
    return found


class NotOneOfThem(DomainError):
    """A paper names candidates who stand, each once."""

    code = "not_one_of_them"
    template = "Choose from the candidates on the paper, each once: “%(question)s”."


def checked_names(asked: Asked, election: str, given: object) -> list[str]:
    """The candidates that a paper names, as the method of the election lets it name them.

    In rounds one candidate, or ``none`` (against all); by approval as many as one likes; ranked
    the first preference first. No name at all is a blank paper.

    Raises: ``NotOneOfThem``.
    """
    names = as_codes(given)
    in_rounds = method_of(election) == ElectionMethod.ROUNDS
    standing = {*asked.choices, NONE} if in_rounds else set(asked.choices)
    if not set(names) <= standing or len(set(names)) < len(names):
        raise NotOneOfThem(question=asked.fact.text)
    if in_rounds and len(names) > 1:
        raise NotOneOfThem(question=asked.fact.text)
    return names
