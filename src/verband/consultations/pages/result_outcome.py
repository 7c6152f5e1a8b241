"""The outcome on a result page: the block, the owner's statement, and what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.models import BodyFact
from verband.consultations.kinds import StepKind, Verdict
from verband.consultations.models import OutcomeStatement
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.result_grounds import widest
from verband.consultations.pages.result_parts import OutcomeBlock, SplitRow
from verband.consultations.pages.result_words import (
    binding_words,
    by_dimension,
    dimension_name,
    outcome_words,
    segment_name,
)
from verband.consultations.queries.count import Count, QuestionCount
from verband.consultations.queries.difference import Difference
from verband.consultations.queries.finality import Finality
from verband.consultations.queries.standing import Standing
from verband.kernel.clock import local_day
from verband.ui.component import Link
from verband.ui.components.words import Fact, Facts
from verband.ui.reading import Reading
from verband.ui.wording import day as in_full
from verband.ui.wording import moment, number, percent

APART = (Verdict.NO_POSITION, Verdict.PER_SEGMENT)


@dataclass(frozen=True)
class Position:
    """The position of one segment."""

    segment: str
    text: str


@dataclass(frozen=True)
class StatementShown:
    """What the owner stated, and what was suggested beside it."""

    statement: OutcomeStatement
    verdict: str
    suggested: str
    differs: bool
    positions: tuple[Position, ...]
    goes_to: Link | None
    corrected: str = ""


def statement_of(
    question: QuestionCount, frozen: Mapping[str, Any], reading: Reading
) -> StatementShown | None:
    """The outcome as stated, if it was. Two queries at most."""
    outcome: OutcomeStatement | None = (
        OutcomeStatement.objects.known(None if reading.changes_allowed else reading.moment)
        .filter(question=question.asked.question)
        .select_related("goes_to")
        .first()
    )
    if outcome is None:
        return None
    positions = tuple(
        Position(segment_name(frozen, one["dimension"], one["segment"]), one["text"])
        for one in outcome.positions
    )
    corrected = ""
    if outcome.replaces_id is not None:
        day = in_full(local_day(outcome.recorded_from))
        corrected = _("corrected on %(day)s") % {"day": day}
    return StatementShown(
        outcome,
        str(Verdict(outcome.verdict).label),
        str(Verdict(outcome.suggested).label) if outcome.suggested else "",
        bool(outcome.suggested) and outcome.suggested != outcome.verdict,
        positions,
        _body_link(outcome, reading),
        corrected,
    )


def _body_link(outcome: OutcomeStatement, reading: Reading) -> Link | None:
    if outcome.goes_to is None:
        return None
    fact = (
        BodyFact.objects.at(reading.day).known(reading.known).filter(body=outcome.goes_to).first()
    )
    name = outcome.goes_to.key if fact is None else fact.name
    return Link(name, reading.link(reverse("body", args=[outcome.goes_to.key])))


def block_of(
    count: Count,
    question: QuestionCount,
    difference: Difference | None,
    stated: StatementShown | None,
    finality: Finality,
) -> OutcomeBlock:
    """The outcome in one block: as stated; else as suggested, or as the rule says."""
    frozen = count.standing.frozen
    facts = facts_of(count.standing, finality, stated)
    verdict = stated.statement.verdict if stated else None
    suggested = difference.suggested if difference is not None and question.passed else None
    if (verdict or suggested) in APART and difference is not None:
        return _split(count, question, difference, stated, facts)
    title = stated.verdict if stated else outcome_words(question.verdict)
    if stated and verdict in (Verdict.POSITION, Verdict.REJECTED):
        title = outcome_words(question.verdict)
    passed = question.passed if verdict is None else verdict in (Verdict.POSITION, *_HELD)
    text = stated.statement.statement if stated else _sentence(question, frozen, finality)
    if stated is None and StepKind.ACCLAIMED in count.standing.steps:
        text = _("Nobody who was there asked for a vote.")
    above = _("Provisional") if passed and finality.is_provisional else ""
    return OutcomeBlock("yes" if passed else "no", _first(title), text, above, facts)


_HELD = (Verdict.RESERVATION, Verdict.PER_SEGMENT)


def _first(title: str) -> str:
    return title[:1].upper() + title[1:]


def _split(
    count: Count,
    question: QuestionCount,
    difference: Difference,
    stated: StatementShown | None,
    facts: Facts,
) -> OutcomeBlock:
    frozen = count.standing.frozen
    dimension = widest(difference)[0] or "size"
    if stated:
        above, title, text = "", stated.verdict, stated.statement.statement
    else:
        above = _("Suggested by the count and the difference; the owner has yet to state it")
        title = str(difference.suggested.label)
        text = _(
            "The members want something different. The association does not speak for all"
            " members on this."
        )
    rows = [one for one in difference.of(dimension) if one.share is not None and one.code]
    sides = [choice_label(question.asked, code) for code in question.sides]
    label = choice_label(question.asked, difference.favoured)
    others = sides[1] if len(sides) == 2 else _("others")
    return OutcomeBlock(
        "split",
        _first(title),
        text,
        above=above,
        facts=facts,
        rows=tuple(
            SplitRow(segment_name(frozen, dimension, one.code), 24 + 24 * place, one.share)
            for place, one in enumerate(rows)
            if one.share is not None
        ),
        rows_label=by_dimension(dimension),
        rows_head=dimension_name(dimension),
        favoured=label,
        others=others,
    )


def _sentence(question: QuestionCount, frozen: Mapping[str, Any], finality: Finality) -> str:
    favoured = question.outcome.option or ("for" if "for" in question.sides else "")
    favoured = favoured or next(iter(question.leaders()), "")
    share = question.share(favoured) if favoured else None
    if share is None:
        return _("Nobody chose.") if not question.amount("abstain", "members") else ""
    words = {"share": percent(share), "choice": choice_label(question.asked, favoured)}
    unit = _("votes") if frozen.get("weighing") == "votes" else _("members")
    if favoured == "for":
        text = _("%(share)s of the %(unit)s that chose is for.") % {**words, "unit": unit}
    else:
        text = _("“%(choice)s” has %(share)s of the %(unit)s that chose.") % {**words, "unit": unit}
    if question.falls:
        return text + " " + _("It falls, because what it amends was not adopted.")
    if not question.passed:
        return text
    provisional = finality.awaits_ratification
    return text + " " + binding_words(frozen["binding"], provisional=provisional)


def facts_of(standing: Standing, finality: Finality, stated: StatementShown | None) -> Facts:
    """From when it holds, and what is still to come."""
    published = standing.at_step(StepKind.PUBLISHED) or standing.at_step(StepKind.ACCLAIMED)
    facts = []
    if published is not None:
        facts.append(Fact(_("Published"), moment(published)))
    if finality.needs_ratification:
        facts.append(Fact(_("Ratification"), _ratified(standing, finality)))
    if finality.term_until is not None:
        facts.append(Fact(_("Objections"), _objections(finality)))
    if stated is not None and stated.statement.review_on is not None:
        facts.append(Fact(_("Review"), in_full(stated.statement.review_on)))
    return Facts(tuple(facts), "s")


def _ratified(standing: Standing, finality: Finality) -> str:
    step = standing.steps.get(StepKind.RATIFIED)
    if step is not None:
        return _("by the assembly, %(day)s") % {"day": in_full(local_day(step.recorded_from))}
    refused = [one for one in finality.ratifications if one.adopted is False]
    if refused:
        return _("the assembly did not ratify it")
    return _("still to be decided by the assembly; until then it is provisional")


def _objections(finality: Finality) -> str:
    if finality.is_final and finality.awaits_ratification:
        return _("none stands")
    if finality.is_final:
        return _("none stands: the result is final")
    if finality.upheld:
        return _("an objection was upheld: the result does not become final")
    until = in_full(finality.term_until) if finality.term_until else ""
    text = _("term until %(day)s; provisional until each has been answered") % {"day": until}
    waiting = len(finality.open_objections)
    if waiting:
        text += ". " + ngettext(
            "%(count)s objection waits for an answer",
            "%(count)s objections wait for an answer",
            waiting,
        ) % {"count": number(waiting)}
    return text
