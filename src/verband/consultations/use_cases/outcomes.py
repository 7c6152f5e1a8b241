"""The outcome statement: what the owner says came of a question, beside what is suggested."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from verband.bodies.models import Body
from verband.consultations.kinds import Verdict
from verband.consultations.models import OutcomeStatement, Question
from verband.consultations.permissions import is_officer_of_asker
from verband.consultations.queries.suggestion import Suggestion, suggestion_for
from verband.consultations.use_cases.objections import NotPublished
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import correct, record
from verband.kernel.use_case import use_case

BINDING = (Verdict.POSITION, Verdict.RESERVATION, Verdict.PER_SEGMENT)


class NothingWasDecided(DomainError):
    """No position rests on a vote that decided nothing."""

    code = "nothing_was_decided"
    template = (
        "Nothing was decided here, so “%(verdict)s” cannot be the outcome. Choose “nothing decided”"
        " or “no common position”."
    )


class WasRejected(DomainError):
    """The association does not hold what its members rejected."""

    code = "was_rejected"
    template = "The members rejected this, so “%(verdict)s” cannot be the outcome."


class DiffersWithoutReason(DomainError):
    """Whoever departs from the suggestion says why, beside it."""

    code = "differs_without_reason"
    template = "“%(suggested)s” was suggested. Write why the outcome is “%(verdict)s” instead."


class PositionsMissing(DomainError):
    """A position per segment names the segments."""

    code = "positions_missing"
    template = "Write the position of at least one segment."


class UnknownSegment(DomainError):
    """Segments were fixed before the opening."""

    code = "unknown_segment"
    template = "“%(segment)s” is not one of the segments of this vote."


def checked_outcome(question: Question, values: Mapping[str, Any]) -> dict[str, Any]:
    """What can be stated, with what was suggested beside it.

    Raises:
        NotPublished, NothingWasDecided, WasRejected, DiffersWithoutReason, PositionsMissing,
        UnknownSegment.
    """
    found = suggestion_for(question)
    if found is None:
        raise NotPublished
    verdict = Verdict(values["verdict"])
    if not found.passed and verdict in BINDING:
        if found.suggested == Verdict.UNDECIDED:
            raise NothingWasDecided(verdict=verdict.label)
        if found.suggested == Verdict.REJECTED and verdict != Verdict.PER_SEGMENT:
            raise WasRejected(verdict=verdict.label)
    why_other = str(values.get("why_other", "")).strip()
    differs = found.suggested is not None and verdict != found.suggested
    if found.suggested is not None and differs and not why_other:
        raise DiffersWithoutReason(suggested=found.suggested.label, verdict=verdict.label)
    positions = _positions(found, values.get("positions", ()))
    if verdict == Verdict.PER_SEGMENT and not positions:
        raise PositionsMissing
    return {
        **values,
        "verdict": verdict,
        "suggested": found.suggested or "",
        "why_other": why_other if differs else "",
        "positions": positions,
    }


def _positions(found: Suggestion, positions: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    kept = []
    for position in positions:
        text = position.get("text", "").strip()
        segment = (position["dimension"], position["segment"])
        if segment not in found.segments:
            raise UnknownSegment(segment=position["segment"])
        if text:
            kept.append({"dimension": segment[0], "segment": segment[1], "text": text})
    return kept


@use_case(allowed=is_officer_of_asker)
def state_outcome(
    *,
    actor: Actor,
    now: datetime,
    question: Question,
    verdict: str,
    statement: str,
    reasons: str = "",
    positions: Sequence[Mapping[str, str]] = (),
    review_on: date | None = None,
    goes_to: Body | None = None,
    next_steps: str = "",
    why_other: str = "",
) -> OutcomeStatement:
    """State what came of a question, in the fixed words; once, after publication.

    ``positions``: for each segment ``dimension``, ``segment`` and ``text``. ``why_other`` is needed
    when the verdict is not the one that count and difference suggest; it stands beside it.

    Raises:
        what ``checked_outcome`` refuses; OneOutcomeAtATime.
    """
    values = {
        "verdict": verdict,
        "statement": statement,
        "reasons": reasons,
        "positions": positions,
        "review_on": review_on,
        "goes_to": goes_to,
        "next_steps": next_steps,
        "why_other": why_other,
    }
    kept = checked_outcome(question, values)
    return record(OutcomeStatement(question=question, valid_from=local_day(now), **kept), now=now)


@use_case(allowed=is_officer_of_asker)
def correct_outcome(
    *, actor: Actor, now: datetime, outcome: OutcomeStatement, reason: str, **values: Any
) -> OutcomeStatement:
    """The statement was wrong: it reads otherwise from now on, and what it said stays readable.

    Raises:
        what ``checked_outcome`` refuses.
    """
    names = (
        *("verdict", "statement", "reasons", "positions", "review_on", "goes_to", "next_steps"),
        "why_other",
    )
    given = {name: values.get(name, getattr(outcome, name)) for name in names}
    return correct(outcome, now=now, **checked_outcome(outcome.question, given))
