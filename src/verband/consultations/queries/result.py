"""The result of a published vote as plain data, without words of any language: for programs.

Shares are exact fractions as text (``"134/159"``); votes and members are whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from verband.consultations.kinds import QuestionForm, StepKind
from verband.consultations.models import (
    Consultation,
    ConsultationFact,
    OutcomeStatement,
    Step,
)
from verband.consultations.queries.count import Count, QuestionCount, count_of
from verband.consultations.queries.difference import Difference, difference_of
from verband.consultations.queries.roll_call import has_roll_call, instant
from verband.consultations.queries.standing import Standing
from verband.core.voting.outcome import Line

Data = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """A published vote, counted and read; ``differences`` and ``statements`` by question."""

    standing: Standing
    count: Count
    differences: Mapping[str, Difference]
    statements: Mapping[str, OutcomeStatement]


def standing_known(consultation: Consultation, known: datetime | None) -> Standing | None:
    """A consultation as it stood by what was known at an instant; nothing when it was not known.

    Two queries.
    """
    fact = ConsultationFact.objects.known(known).filter(consultation=consultation).first()
    if fact is None:
        return None
    steps = Step.objects.filter(consultation=consultation)
    if known is not None:
        steps = steps.filter(recorded_from__lte=known)
    return Standing(consultation, fact, {step.kind: step for step in steps})


def result_of(standing: Standing, known: datetime | None = None) -> Result:
    """The count, the reading of difference and what the owner stated, of a vote of members."""
    count = count_of(standing)
    differences = {}
    if StepKind.CLOSED in standing.steps and count.ballots:
        differences = {
            question.asked.key: difference_of(count, question)
            for question in count.questions
            if question.asked.question.form != QuestionForm.PERSONS
        }
    stated = OutcomeStatement.objects.known(known).select_related("question", "goes_to")
    stated = stated.filter(question__consultation=standing.consultation)
    return Result(standing, count, differences, {str(one.question.order): one for one in stated})


def result_data(standing: Standing, known: datetime | None = None) -> Data:
    """What is known of a consultation, and once it is published the result.

    A question to people or a secret vote has no votes by name; then ``questions`` is empty.
    """
    steps, frozen = standing.steps, standing.frozen
    closes = standing.fact.closes_at
    about = {
        "key": standing.consultation.key,
        "kind": str(standing.consultation.kind),
        "title": standing.fact.title,
        "askedBy": standing.consultation.body.key,
        "openedAt": _at(standing, StepKind.OPENED),
        "closesAt": None if closes is None else instant(closes),
        "closedAt": _at(standing, StepKind.CLOSED),
        "publishedAt": _at(standing, StepKind.PUBLISHED),
        "finalAt": _at(standing, StepKind.FINAL),
        "ratifiedBy": steps[StepKind.RATIFIED].data.get("by", "")
        if StepKind.RATIFIED in steps
        else None,
        "provisional": is_provisional(standing),
        "binding": frozen["binding"],
        "weighing": frozen["weighing"],
        "secret": frozen["is_secret"],
        "rule": frozen["rule_name"],
        "article": frozen["article"],
        "members": frozen["members"],
        "votes": frozen["votes"],
        "root": None,
        "turnout": None,
        "questions": [],
    }
    if not standing.is_published or not has_roll_call(standing):
        return about
    result = result_of(standing, known)
    closed = steps.get(StepKind.CLOSED)
    return about | {
        "root": None if closed is None else closed.data.get("root"),
        "turnout": {unit: result.count.took_part(unit) for unit in ("members", "votes")},
        "questions": [_question(result, question) for question in result.count.questions],
    }


def is_provisional(standing: Standing) -> bool:
    """Whether objections can still be made or heard, or an assembly must still ratify it."""
    frozen, steps = standing.frozen, standing.steps
    objections = bool(frozen.get("objection_days")) and StepKind.FINAL not in steps
    ratification = bool(frozen.get("needs_ratification")) and StepKind.RATIFIED not in steps
    return objections or ratification


def _at(standing: Standing, kind: StepKind) -> str | None:
    moment = standing.at_step(kind)
    return None if moment is None else instant(moment)


def _question(result: Result, question: QuestionCount) -> Data:
    key = question.asked.key
    difference, statement = result.differences.get(key), result.statements.get(key)
    return {
        "key": key,
        "form": str(question.asked.question.form),
        "text": question.asked.fact.text,
        "advice": question.asked.fact.advice,
        "verdict": question.verdict,
        "option": question.outcome.option or None,
        "counts": [
            {
                "choice": choice,
                "members": _whole(question.amount(choice, "members")),
                "votes": _whole(question.amount(choice, "votes")),
                "share": _share(question.share(choice)) if choice in question.sides else None,
            }
            for choice in question.asked.choices
        ],
        "reckoning": [_reckoned(line) for line in question.outcome.lines],
        "pointsTwoWays": question.points_two_ways,
        "segments": [] if difference is None else _segments(result, difference),
        "difference": None if difference is None else difference.code,
        "suggested": None if difference is None else str(difference.suggested),
        "statement": None if statement is None else _statement(statement),
    }


def _reckoned(line: Line) -> Data:
    values = {
        name: str(value) if isinstance(value, Fraction) else value
        for name, value in line.values.items()
    }
    return {
        "code": line.code,
        "reached": line.reached,
        "article": line.article,
        "values": values,
    }


def _segments(result: Result, difference: Difference) -> list[Data]:
    names = result.standing.frozen.get("segment_names", {})
    return [
        {
            "dimension": one.dimension,
            "segment": one.code,
            "name": names.get(one.dimension, {}).get(one.code, one.code),
            "members": one.members,
            "votes": one.votes,
            "tookPart": one.took_part,
            "choice": difference.favoured,
            "share": _share(one.share),
            "shareOfMembers": _share(one.share_of_members),
        }
        for one in difference.segments
    ]


def _statement(one: OutcomeStatement) -> Data:
    return {
        "verdict": one.verdict,
        "suggested": one.suggested,
        "whyOther": one.why_other,
        "statement": one.statement,
        "reasons": one.reasons,
        "positions": one.positions,
        "reviewOn": None if one.review_on is None else one.review_on.isoformat(),
        "goesTo": None if one.goes_to is None else one.goes_to.key,
        "nextSteps": one.next_steps,
    }


def _whole(amount: Fraction) -> int | str:
    """A count; when votes were divided, parts of a member stand there as a fraction."""
    return int(amount) if amount.denominator == 1 else str(amount)


def _share(share: Fraction | None) -> str | None:
    return None if share is None else str(share)
