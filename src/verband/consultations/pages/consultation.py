"""One consultation before its result: what is asked, of whom, by which rule, why for or against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.queries.names import bodies_called, name_of
from verband.consultations.audience import Audience
from verband.consultations.kinds import ConsultationKind, Side, State, StepKind
from verband.consultations.models import Consultation, RollLine, VotingRuleFact
from verband.consultations.pages.audience_words import audience_words
from verband.consultations.pages.ballot import advice_words, kind_words
from verband.consultations.pages.choice_words import Choice, choices_of
from verband.consultations.pages.clocks import at, closing_clock, in_zone, opening_clock
from verband.consultations.pages.rule_words import RuleLine, rule_name, rule_words
from verband.consultations.queries.matter import (
    Reason,
    audience_name,
    merged_since,
    people_so_far,
    reasons_of,
    turnout_of,
)
from verband.consultations.queries.standing import Asked, Standing, questions_of
from verband.kernel.clock import local_day
from verband.members.queries import voting_key_on
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.lists import Route, Stop
from verband.ui.components.time import Clock
from verband.ui.components.words import EmptyState, Fact, Facts, Figure, Figures, Panel, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day as in_full
from verband.ui.wording import day_short, number

TO_PEOPLE = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)


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
    explanation: str
    questions: tuple[QuestionShown, ...]
    sides: tuple[Column2, ...]
    argue: str
    facts: Facts
    rule: tuple[RuleLine, ...]
    rule_title: str
    turnout: Figures | None
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
    state = standing.state(reading.now)
    day = _day(standing, reading)
    questions = questions_of(standing.consultation)
    frozen = standing.frozen or _frozen_today(standing, reading.today)
    roll = list(RollLine.objects.filter(consultation=standing.consultation).order_by("name", "pk"))
    to_people = standing.consultation.kind in TO_PEOPLE
    may_argue = may_argue and state == State.OPEN and not to_people and reading.changes_allowed
    key = standing.consultation.key
    return ConsultationPage(
        title=standing.fact.title,
        reading=reading,
        crumbs=(Link(_("Consultations"), reading.link(reverse("consultations"))),),
        kind=kind_words(standing),
        tag=state_tag(state),
        clock=_clock(standing, state, reading),
        notes=tuple(_notes(standing, state, roll, reading)),
        mine=mine,
        actions=actions,
        explanation=standing.fact.explanation,
        questions=_shown(questions),
        sides=() if to_people else _sides(reasons_of(standing.consultation, reading.day)),
        argue=reading.link(reverse("argue", args=[key])) if may_argue else "",
        facts=_facts(standing, roll, day, reading),
        rule=rule_words(frozen) if frozen else (),
        rule_title=rule_name(frozen) if frozen else "",
        turnout=_turnout(standing, state),
        roll=_roll(standing, roll, Query.of(request), reading) if roll else None,
        route=_route(standing, state, reading),
    )


def state_tag(state: State) -> Tag:
    """How a consultation stands, in a word."""
    return {
        State.DRAFT: Tag(_("draft"), "future"),
        State.PLANNED: Tag(_("planned"), "future"),
        State.OPEN: Tag(_("open"), "now"),
        State.CLOSED: Tag(_("closed, not published"), "past"),
        State.PUBLISHED: Tag(_("published"), "now"),
        State.FINAL: Tag(_("final"), "now"),
        State.WITHDRAWN: Tag(_("withdrawn"), "past"),
        State.HELD_OVER: Tag(_("held over"), "future"),
    }[state]


def _day(standing: Standing, reading: Reading) -> date:
    stored = standing.frozen.get("day")
    return date.fromisoformat(stored) if stored else reading.day


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
        return closing_clock(standing, reading.now)
    if state in (State.DRAFT, State.PLANNED):
        return opening_clock(standing, reading.now)
    return None


def _notes(
    standing: Standing, state: State, roll: Sequence[RollLine], reading: Reading
) -> list[str]:
    """What a reader must know before all else."""
    found = []
    closed = standing.at_step(StepKind.CLOSED) or standing.fact.closes_at
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
    if standing.fact.extended_because:
        words = _("It closes later than was planned: %(reason)s")
        found.append(words % {"reason": standing.fact.extended_because})
    if roll:
        found += _mergers(standing, roll, closed, reading)
    return found


def _mergers(
    standing: Standing, roll: Sequence[RollLine], closed: Any, reading: Reading
) -> list[str]:
    end = min(reading.now, closed) if closed else reading.now
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
    day = in_full(_day(standing, reading))
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


def _facts(standing: Standing, roll: Sequence[RollLine], day: date, reading: Reading) -> Facts:
    consultation: Consultation = standing.consultation
    audience = Audience.read(standing.fact.audience)
    asker = bodies_called([consultation.body_id], reading.day).get(consultation.body_id)
    body = Link(
        name_of(asker) if asker else consultation.body.key,
        reading.link(reverse("body", args=[consultation.body.key])),
    )
    asked = capfirst(audience_words(audience, audience_name(audience, day)))
    facts = [Fact(_("Asked by"), body), Fact(_("Who is asked"), f"{asked}.")]
    if roll:
        votes = sum(line.votes for line in roll)
        words = _("%(members)s members with %(votes)s votes, as on %(day)s")
        values = {"members": number(len(roll)), "votes": number(votes), "day": in_full(day)}
        facts.append(Fact(_("On the roll"), words % values))
    now = reading.now
    for label, moment in (
        (_("Opens"), standing.fact.opens_at),
        (_("Opened"), standing.at_step(StepKind.OPENED)),
        (_("Closes"), standing.fact.closes_at),
        (_("Closed"), standing.at_step(StepKind.CLOSED)),
    ):
        done = {_("Opens"): StepKind.OPENED, _("Closes"): StepKind.CLOSED}.get(label)
        if moment is not None and (done is None or done not in standing.steps):
            facts.append(Fact(label, at(moment, now)))
    if consultation.ratifies_id is not None and consultation.ratifies is not None:
        href = reading.link(reverse("consultation", args=[consultation.ratifies.key]))
        facts.append(Fact(_("Ratifies"), Link(consultation.ratifies.key, href)))
    return Facts(tuple(facts))


def _turnout(standing: Standing, state: State) -> Figures | None:
    """How many took part, only when the rule lets that be seen while it runs."""
    frozen = standing.frozen
    if state != State.OPEN or not frozen.get("shows_interim"):
        return None
    consultation = standing.consultation
    if consultation.kind in TO_PEOPLE:
        so_far = people_so_far(consultation)
        of = ngettext("of %(count)s person asked", "of %(count)s people asked", so_far.asked)
        sub = of % {"count": number(so_far.asked)}
        return Figures((Figure(_("Answered so far"), number(so_far.took_part), sub),))
    so_far = turnout_of(consultation, frozen["members"], frozen["votes"])
    of = _("of %(count)s")
    return Figures(
        (
            Figure(
                _("Members that voted so far"),
                number(so_far.took_part),
                of % {"count": number(so_far.asked)},
            ),
            Figure(
                _("Votes cast so far"),
                number(so_far.votes),
                of % {"count": number(so_far.all_votes)},
            ),
        )
    )


def _roll(standing: Standing, roll: Sequence[RollLine], query: Query, reading: Reading) -> Ledger:
    order = {
        "votes": lambda line: (line.votes, line.name),
        "inhabitants": lambda line: (line.inhabitants or 0, line.name),
    }
    sort = query.get("sort")
    rows = list(roll)
    if sort.lstrip("-") in order:
        rows.sort(key=order[sort.lstrip("-")], reverse=sort.startswith("-"))
    elif sort == "-name":
        rows.reverse()
    pager = Pager.of(query, len(rows), 25)
    day = in_full(_day(standing, reading))
    return Ledger(
        caption=_("The roll as it was on %(day)s") % {"day": day},
        columns=(
            Column(_("Member"), sort="name"),
            Column(_("Votes"), "number", sort="votes"),
            Column(_("Inhabitants"), "number", sort="inhabitants"),
            Column(_("Reference date"), "quiet"),
            Column(_("Source"), "quiet"),
        ),
        rows=tuple(
            Row(
                (
                    line.name,
                    line.votes,
                    line.inhabitants,
                    day_short(line.figure_day) if line.figure_day else None,
                    line.figure_source or None,
                )
            )
            for line in rows[pager.slice]
        ),
        empty=EmptyState(_("Nobody stands on the roll.")),
        name="roll",
        query=query,
        pager=pager,
        day=reading.day,
        dense=True,
    )


def _route(standing: Standing, state: State, reading: Reading) -> Route:
    """Where the matter is."""
    now = reading.now
    steps: list[tuple[str, Any]] = [
        (_("Prepared"), standing.consultation.recorded_from),
        (_("Opened"), standing.at_step(StepKind.OPENED)),
        (_("Closed"), standing.at_step(StepKind.CLOSED)),
    ]
    stopped = {State.WITHDRAWN: _("Withdrawn"), State.HELD_OVER: _("Held over")}
    if state in stopped:
        steps = [it for it in steps if it[1] is not None]
        kind = {State.WITHDRAWN: StepKind.WITHDRAWN, State.HELD_OVER: StepKind.HELD_OVER}[state]
        steps.append((stopped[state], standing.at_step(kind)))
    else:
        steps.append((_("Published"), standing.at_step(StepKind.PUBLISHED)))
        if standing.frozen.get("needs_ratification"):
            steps.append((_("Ratified"), standing.at_step(StepKind.RATIFIED)))
    done = sum(1 for _label, moment in steps if moment is not None)
    stops = [
        Stop(
            label,
            at(moment, now) if moment else "",
            "now" if place == done - 1 else "done" if place < done else "",
        )
        for place, (label, moment) in enumerate(steps)
    ]
    return Route(tuple(stops), _("Where this consultation is"))
