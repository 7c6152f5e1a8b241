"""What the result page of a vote may show: the outcome, why, the count, and where it differs."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.kinds import QuestionForm, State, StepKind
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.clocks import closing_clock, in_zone, span
from verband.consultations.pages.paper_words import crumbs_to, kind_words
from verband.consultations.pages.result_actions import actions_of, downloads_of, statement_actions
from verband.consultations.pages.result_grounds import all_grounds, reading_words
from verband.consultations.pages.result_outcome import StatementShown, block_of, statement_of
from verband.consultations.pages.result_parts import (
    DotTable,
    GroundList,
    OutcomeBlock,
    ShareBar,
)
from verband.consultations.pages.result_reasons import ReasonsShown, reasons_of
from verband.consultations.pages.result_sections import (
    bars_of,
    casts_of,
    dots_of,
    figures_of,
    legend_of,
    regions_of,
    votes_ledger,
    votes_map,
)
from verband.consultations.pages.result_words import outcome_words
from verband.consultations.queries.count import Count, QuestionCount, count_of
from verband.consultations.queries.difference import Difference, difference_of, favoured_of
from verband.consultations.queries.finality import Finality, finality_of
from verband.consultations.queries.standing import Standing
from verband.ui.component import Link
from verband.ui.components.hex_map import HexMap
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.time import Clock
from verband.ui.components.words import Figures, Note
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import percent


@dataclass(frozen=True)
class Chained:
    """A vote that this one ratifies, or that is to ratify this one."""

    text: str
    link: Link


@dataclass(frozen=True)
class ResultPage(Page):
    """The result of a vote of members; without a result: why there is none yet."""

    note: Note | None = None
    clock: Clock | None = None
    overview: Ledger | None = None
    question: str = ""
    outcome: OutcomeBlock | None = None
    stated: StatementShown | None = None
    chain: tuple[Chained, ...] = ()
    actions: tuple[Link, ...] = ()
    statement_actions: tuple[Link, ...] = ()
    grounds: GroundList | None = None
    figures: Figures | None = None
    bars: tuple[ShareBar, ...] = ()
    two_ways: bool = False
    downloads: tuple[Link, ...] = ()
    map: HexMap | None = None
    dots: DotTable | None = None
    reading_of: tuple[str, ...] = ()
    reasons: ReasonsShown | None = None
    votes: Ledger | None = None
    votes_open: bool = False


def frame_of(request: Any, standing: Standing) -> dict[str, Any]:
    """Title, kind and crumbs: the same for every page about one result."""
    reading = request.reading
    opened = standing.at_step(StepKind.OPENED)
    closed = standing.closed_at or standing.fact.closes_at
    kind = f"{kind_words(standing)}."
    if opened is not None and closed is not None:
        start, end = span(opened, closed)
        words = _("Open from %(opened)s to %(closed)s.")
        kind += " " + words % {"opened": start, "closed": in_zone(end)}
    crumbs = crumbs_to(standing, reading)
    return {"title": standing.fact.title, "reading": reading, "kind": kind, "crumbs": crumbs}


def shows_result(standing: Standing, reading: Reading) -> bool:
    """Whether the result may be seen: published, or today open under a rule that shows it live."""
    is_open = reading.changes_allowed and standing.state(reading.now) == State.OPEN
    return standing.is_published or (standing.is_live and is_open)


def result_page(request: Any, standing: Standing) -> ResultPage:
    """The result of a vote of members, or why there is none to see."""
    frame = frame_of(request, standing)
    now = request.reading.now
    if not shows_result(standing, request.reading):
        return no_result(request, standing)
    count, query = count_of(standing), Query.of(request)
    finality = finality_of(standing)
    questions = count.questions
    elected = _elected(request, standing)
    if not questions or standing.frozen["is_secret"]:
        words = _("Persons were elected here.") if elected else _("There was nothing to decide.")
        return ResultPage(**frame, note=Note(words), actions=elected)
    chosen = count.by_key.get(query.get("question"), questions[0])
    page = _of_question(request, count, chosen, finality, query)
    return replace(
        page,
        **frame,
        note=None if standing.is_published else _interim(standing),
        clock=None if standing.is_published else closing_clock(standing, now),
        overview=_overview(count, chosen, query) if len(questions) > 1 else None,
        question=chosen.asked.fact.text,
        chain=_chain(request, standing, finality),
        actions=(*elected, *actions_of(request, standing, finality)),
    )


def _elected(request: Any, standing: Standing) -> tuple[Link, ...]:
    """The way to who was elected, where persons were voted on."""
    consultation = standing.consultation
    if not consultation.questions.filter(form=QuestionForm.PERSONS).exists():
        return ()
    href = request.reading.link(reverse("elected", args=[consultation.key]))
    return (Link(_("Who was elected"), href),)


def no_result(request: Any, standing: Standing) -> ResultPage:
    """Why there is no result to see."""
    now = request.reading.moment
    state = standing.state(now)
    texts = {
        State.DRAFT: _("This vote is being prepared."),
        State.PLANNED: _("This vote is not open yet."),
        State.OPEN: _("This vote is open. Until publication nobody sees an interim result."),
        State.CLOSED: _("This vote is closed. The result has not been published yet."),
        State.WITHDRAWN: _("This vote was withdrawn; nothing was decided."),
        State.HELD_OVER: _("This vote was held over; nothing was decided."),
    }
    text = texts[state]
    step = standing.steps.get(StepKind.WITHDRAWN) or standing.steps.get(StepKind.HELD_OVER)
    if step is not None and step.data.get("reason"):
        text += " " + _("Reason: %(reason)s") % {"reason": step.data["reason"]}
    if step is not None and step.data.get("until"):
        text += " " + _("It comes back: %(until)s.") % {"until": step.data["until"]}
    clock = closing_clock(standing, now) if state == State.OPEN else None
    return ResultPage(**frame_of(request, standing), note=Note(text), clock=clock)


def _interim(standing: Standing) -> Note:
    return Note(
        _("This is an interim result: the vote is open, and everything can still change."),
        kind="warning",
    )


def _of_question(
    request: Any, count: Count, question: QuestionCount, finality: Finality, query: Query
) -> ResultPage:
    frozen, published = count.standing.frozen, count.standing.is_published
    difference: Difference | None = None
    if published and count.ballots:
        difference = difference_of(count, question)
    stated = statement_of(question, frozen, request.reading)
    page = ResultPage(
        title="",
        reading=request.reading,
        outcome=block_of(count, question, difference, stated, finality) if published else None,
        stated=stated,
        statement_actions=statement_actions(request, question, stated) if published else (),
        grounds=GroundList(all_grounds(count, question, difference)) if published else None,
    )
    if StepKind.ACCLAIMED in count.standing.steps:
        return page  # nothing was cast, so there is nothing to count
    page = replace(
        page,
        figures=figures_of(count, question, favoured_of(question)),
        bars=bars_of(count, question),
        two_ways=question.points_two_ways,
    )
    if not published:
        return page  # what each member voted becomes public with the result
    casts = casts_of(count, question.asked)
    regions = regions_of(count)
    day = date.fromisoformat(frozen["day"])
    return replace(
        page,
        downloads=downloads_of(request, count.standing),
        map=votes_map(casts, legend_of(question.asked), regions, day, query),
        dots=dots_of(count, question, difference) if difference is not None else None,
        reading_of=reading_words(difference, frozen) if difference is not None else (),
        reasons=reasons_of(casts, query),
        votes=votes_ledger(casts, regions, query),
        votes_open=bool(query.get("page")),
    )


def _overview(count: Count, chosen: QuestionCount, query: Query) -> Ledger:
    """All questions with what became of each; the one that is shown is marked."""
    rows, published = [], count.standing.is_published
    for question in count.questions:
        key = question.asked.key
        favoured = favoured_of(question)
        shares = [question.share(favoured, unit) for unit in ("votes", "members")]
        name = f"{key}. {question.asked.fact.text}"
        sub = _("shown below") if question is chosen else ""
        rows.append(
            Row(
                (
                    Link(name, query.with_(question=key, page=None) + "#outcome", sub),
                    *([_became(question)] if published else []),
                    *("–" if share is None else percent(share) for share in shares),
                )
            )
        )
    return Ledger(
        caption=_("Questions and what became of them"),
        columns=(
            Column(_("Question")),
            *([Column(_("Outcome"))] if published else []),
            Column(_("Share, weighted"), "number"),
            Column(_("Share, per member"), "number"),
        ),
        rows=tuple(rows),
        name="questions",
        query=query,
    )


def _became(question: QuestionCount) -> str:
    words = outcome_words(question.verdict)
    if question.outcome.option and question.passed:
        words += f": {choice_label(question.asked, question.outcome.option)}"
    if question.amended_by:
        words += ". " + _("Amended by: %(questions)s") % {
            "questions": ", ".join(question.amended_by)
        }
    if question.falls:
        words += ". " + _("It falls, because what it amends was not adopted.")
    return words


def _chain(request: Any, standing: Standing, finality: Finality) -> tuple[Chained, ...]:
    """The vote that this one ratifies, and the votes on this one."""
    link, found = request.reading.link, []
    original = standing.consultation.ratifies
    if original is not None:
        text = _("The assembly votes here on ratifying a result:")
        href = link(reverse("result", args=[original.key]))
        found.append(Chained(text, Link(original.key, href)))
    for one in finality.ratifications:
        text = {
            True: _("Ratified by the assembly:"),
            False: _("The assembly did not ratify it:"),
            None: _("The assembly decides on ratifying it:"),
        }[one.adopted]
        href = link(reverse("result", args=[one.vote.key]))
        found.append(Chained(text, Link(one.title, href)))
    return tuple(found)
