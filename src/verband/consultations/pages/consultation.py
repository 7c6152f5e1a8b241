"""One consultation before its result: what is asked, of whom, by which rule, why for or against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.kinds import Side, State, StepKind
from verband.consultations.models import RollLine, VotingRuleFact
from verband.consultations.pages.choice_words import Choice, choices_of
from verband.consultations.pages.clocks import at, closing_clock, in_zone, opening_clock
from verband.consultations.pages.consultation_parts import (
    TO_PEOPLE,
    facts_of,
    roll_day,
    roll_ledger,
    route_of,
    state_tag,
    turnout_figures,
)
from verband.consultations.pages.paper_words import advice_words, crumbs_to, kind_words
from verband.consultations.pages.rule_words import RuleLine, rule_name, rule_words
from verband.consultations.pages.sitting_words import amended_note
from verband.consultations.pages.statements_so_far import StatementsSoFar, statements_so_far
from verband.consultations.queries.matter import (
    Reason,
    merged_since,
    reasons_of,
)
from verband.consultations.queries.standing import Asked, Standing, questions_of
from verband.kernel.clock import local_day
from verband.members.queries import voting_key_on
from verband.ui.component import Link
from verband.ui.components.ledger import Ledger
from verband.ui.components.lists import Route
from verband.ui.components.time import Clock
from verband.ui.components.words import Facts, Figures, Panel, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day as in_full
from verband.ui.wording import number


@dataclass(frozen=True)
class QuestionShown:
    """A question as it is read before voting."""

    asked: Asked
    choices: tuple[Choice, ...]
    advice: str
    number: str
    withdrawn: bool
    amendments: tuple["QuestionShown", ...] = ()


@dataclass(frozen=True)
class Column2:
    """The reasons on one side."""

    id: str
    title: str
    reasons: tuple[Reason, ...]
    empty: str


@dataclass(frozen=True, kw_only=True)
class ConsultationPage(Page):
    """What is asked, and how it is decided."""

    tag: Tag
    clock: Clock | None
    notes: tuple[str, ...]
    mine: Panel | None
    actions: tuple[Link, ...]
    calendar: str
    interim: str
    explanation: str
    questions: tuple[QuestionShown, ...]
    sides: tuple[Column2, ...]
    argue: str
    facts: Facts
    rule: tuple[RuleLine, ...]
    rule_title: str
    turnout: Figures | None
    statements: StatementsSoFar | None
    roll: Ledger | None
    route: Route


def consultation_page(
    request: Any,
    standing: Standing,
    *,
    mine: Panel | None,
    may_argue: bool = False,
    actions: tuple[Link, ...] = (),
) -> ConsultationPage:
    """The page of a consultation that is not published."""
    reading: Reading = request.reading
    state = standing.state(reading.moment)
    day = roll_day(standing, reading)
    questions = questions_of(standing.consultation, standing.then)
    frozen = standing.frozen or _frozen_today(standing, reading.today)
    roll = list(RollLine.objects.filter(consultation=standing.consultation).order_by("name", "pk"))
    to_people = standing.consultation.kind in TO_PEOPLE
    may_argue = may_argue and state == State.OPEN and not to_people and reading.changes_allowed
    key = standing.consultation.key
    return ConsultationPage(
        title=standing.fact.title,
        reading=reading,
        crumbs=crumbs_to(standing, reading),
        kind=kind_words(standing),
        tag=state_tag(state),
        clock=_clock(standing, state, reading),
        notes=tuple(_notes(standing, state, roll, reading)),
        mine=mine,
        actions=actions,
        calendar=_calendar(standing, state, key) if reading.changes_allowed else "",
        interim=_interim(standing, state, reading),
        explanation=standing.fact.explanation,
        questions=_shown(questions),
        sides=()
        if to_people
        else _sides(reasons_of(standing.consultation, reading.day, standing.then)),
        argue=reading.link(reverse("argue", args=[key])) if may_argue else "",
        facts=facts_of(standing, roll, day, reading),
        rule=rule_words(frozen) if frozen else (),
        rule_title=rule_name(frozen) if frozen else "",
        turnout=turnout_figures(standing, state) if reading.changes_allowed else None,
        statements=statements_so_far(request, standing),
        roll=roll_ledger(standing, roll, Query.of(request), reading)
        if roll and not to_people
        else None,
        route=route_of(standing, state, reading),
    )


def _frozen_today(standing: Standing, today: date) -> dict[str, Any]:
    """The rule as it would be frozen: of the planned day, or of today."""
    opens = standing.fact.opens_at
    day = local_day(opens) if opens else today
    fact = (
        VotingRuleFact.objects.at(day)
        .known(None)
        .filter(voting_rule=standing.consultation.rule_id)
        .first()
    )
    if fact is None:
        return {}
    key = voting_key_on(day)
    names = ("per", "rounding", "minimum", "cap", "article")
    columns = (
        "rule",
        "article",
        "binding",
        "weighing",
        "is_secret",
        "shows_interim",
        "may_change",
        "needs_ratification",
        "objection_days",
        "proxy_members",
        "proxy_votes",
    )
    return {
        **{name: getattr(fact, name) for name in columns},
        "rule_name": fact.name,
        "rule_name_en": fact.name_en,
        "key": {name: getattr(key, name) for name in names} if key else None,
    }


def _clock(standing: Standing, state: State, reading: Reading) -> Clock | None:
    if state == State.OPEN:
        return closing_clock(standing, reading.moment)
    if state in (State.DRAFT, State.PLANNED):
        return opening_clock(standing, reading.moment)
    return None


def _calendar(standing: Standing, state: State, key: str) -> str:
    """The closing time as a file for an agenda."""
    closes = standing.fact.closes_at if state == State.OPEN else None
    return reverse("closing_ics", args=[key]) if closes is not None else ""


def _interim(standing: Standing, state: State, reading: Reading) -> str:
    """Where the count so far is seen, only when the rule lets it be seen."""
    shows = state == State.OPEN and standing.is_live and reading.changes_allowed
    if not shows:
        return ""
    return reading.link(reverse("result", args=[standing.consultation.key]))


def _notes(
    standing: Standing, state: State, roll: Sequence[RollLine], reading: Reading
) -> list[str]:
    """What a reader must know before all else."""
    found = []
    closed = standing.closed_at or standing.fact.closes_at
    if state in (State.DRAFT, State.PLANNED):
        found.append(_("Only whoever prepares this consultation sees this page now."))
    if state == State.CLOSED and closed is not None:
        words = _("This closed on %(moment)s. The result follows when it is published.")
        found.append(words % {"moment": in_zone(at(closed, reading.now))})
    for kind in (StepKind.WITHDRAWN, StepKind.HELD_OVER):
        step = standing.steps.get(kind)
        if step is not None:
            words = {
                StepKind.WITHDRAWN: _("Withdrawn on %(moment)s: %(reason)s"),
                StepKind.HELD_OVER: _("Held over on %(moment)s: %(reason)s"),
            }[kind]
            values = {"moment": at(step.recorded_from, reading.now)}
            found.append(words % {**values, "reason": step.data.get("reason", "")})
    if state in (State.PLANNED, State.OPEN) and reading.changes_allowed:
        found += [words for words in [amended_note(standing, reading.now)] if words]
    if standing.fact.extended_because:
        words = _("It closes later than was planned: %(reason)s")
        found.append(words % {"reason": standing.fact.extended_because})
    if roll:
        found += _mergers(standing, roll, closed, reading)
    return found


def _mergers(
    standing: Standing, roll: Sequence[RollLine], closed: Any, reading: Reading
) -> list[str]:
    end = min(reading.moment, closed) if closed else reading.moment
    merged = merged_since(roll, local_day(end))
    if not merged:
        return []
    words = _("%(member)s went up in %(successor)s")
    told = "; ".join(
        words % {"member": one.name, "successor": one.into} if one.into else one.name
        for one in merged
    )
    stays = _(
        "Since the opening this changed: %(what)s. The roll stays as it was on %(day)s, with"
        " %(count)s members."
    )
    day = in_full(roll_day(standing, reading))
    return [stays % {"what": told, "day": day, "count": number(len(roll))}]


def _shown(questions: Sequence[Asked]) -> tuple[QuestionShown, ...]:
    amending: dict[int, list[QuestionShown]] = {}
    known = {asked.question.pk for asked in questions}
    made = {
        asked.question.pk: QuestionShown(
            asked, choices_of(asked), advice_words(asked), asked.key, asked.fact.is_withdrawn
        )
        for asked in questions
    }
    for asked in questions:
        above = asked.question.amends_id or asked.question.part_of_id
        if above in known:
            amending.setdefault(above, []).append(made[asked.question.pk])
    return tuple(
        replace(made[asked.question.pk], amendments=tuple(amending.get(asked.question.pk, ())))
        for asked in questions
        if (asked.question.amends_id or asked.question.part_of_id) not in known
    )


def _sides(reasons: Sequence[Reason]) -> tuple[Column2, ...]:
    titles = {
        Side.FOR: (_("Reasons for"), _("No member has given a reason for yet.")),
        Side.AGAINST: (_("Reasons against"), _("No member has given a reason against yet.")),
        Side.NEITHER: (_("Other remarks of members"), ""),
    }
    found = [
        Column2(side.value, title, tuple(r for r in reasons if r.side == side), empty)
        for side, (title, empty) in titles.items()
    ]
    return tuple(one for one in found if one.reasons or one.empty)
