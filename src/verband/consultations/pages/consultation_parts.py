"""Parts of the page of a consultation: who is asked, turnout so far, the roll, where it is."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.queries.names import bodies_called, name_of
from verband.consultations.audience import Audience
from verband.consultations.kinds import ConsultationKind, State, StepKind
from verband.consultations.models import Consultation, RollLine
from verband.consultations.pages.audience_words import audience_words
from verband.consultations.pages.clocks import at
from verband.consultations.queries.matter import audience_name, people_so_far, turnout_of
from verband.consultations.queries.standing import Standing
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.lists import Route, Stop
from verband.ui.components.words import EmptyState, Fact, Facts, Figure, Figures, Tag
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day as in_full
from verband.ui.wording import day_short, number

TO_PEOPLE = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)


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


def roll_day(standing: Standing, reading: Reading) -> date:
    """The day of the roll; before the opening the day that is read."""
    stored = standing.frozen.get("day")
    return date.fromisoformat(stored) if stored else reading.day


def facts_of(standing: Standing, roll: Sequence[RollLine], day: date, reading: Reading) -> Facts:
    """Who asks, who is asked, and when."""
    consultation: Consultation = standing.consultation
    audience = Audience.read(standing.fact.audience)
    asker = bodies_called([consultation.body_id], reading.day).get(consultation.body_id)
    body = Link(
        name_of(asker) if asker else consultation.body.key,
        reading.link(reverse("body", args=[consultation.body.key])),
    )
    asked = capfirst(audience_words(audience, audience_name(audience, day)))
    facts = [Fact(_("Asked by"), body), Fact(_("Who is asked"), f"{asked}.")]
    facts += [*_on_the_roll(standing, roll, day), *_times(standing, reading)]
    if consultation.ratifies_id is not None and consultation.ratifies is not None:
        href = reading.link(reverse("consultation", args=[consultation.ratifies.key]))
        facts.append(Fact(_("Ratifies"), Link(consultation.ratifies.key, href)))
    return Facts(tuple(facts))


def _on_the_roll(standing: Standing, roll: Sequence[RollLine], day: date) -> Iterator[Fact]:
    """How many stand on the roll; of a question to people, how many were asked."""
    values: dict[str, Any] = {"members": number(len(roll)), "day": in_full(day)}
    if roll and standing.consultation.kind in TO_PEOPLE:
        people = standing.consultation.invitations.count()
        words = _("%(people)s people in %(members)s municipalities, as on %(day)s")
        yield Fact(_("On the list"), words % {**values, "people": number(people)})
    elif roll:
        votes = number(sum(line.votes for line in roll))
        words = _("%(members)s members with %(votes)s votes, as on %(day)s")
        yield Fact(_("On the roll"), words % {**values, "votes": votes})


def _times(standing: Standing, reading: Reading) -> Iterator[Fact]:
    """When it opened or will open, and closed or will close."""
    opened, closed = standing.at_step(StepKind.OPENED), standing.closed_at
    if opened is not None:
        yield Fact(_("Opened"), at(opened, reading.now))
    elif standing.fact.opens_at is not None:
        yield Fact(_("Opens"), at(standing.fact.opens_at, reading.now))
    if closed is not None:
        yield Fact(_("Closed"), at(closed, reading.now))
    elif standing.fact.closes_at is not None and not standing.was_stopped:
        yield Fact(_("Closes"), at(standing.fact.closes_at, reading.now))


def turnout_figures(standing: Standing, state: State) -> Figures | None:
    """How many took part, only when the rule lets that be seen while it runs."""
    frozen = standing.frozen
    if state != State.OPEN or not standing.is_live:
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


def roll_ledger(
    standing: Standing, roll: Sequence[RollLine], query: Query, reading: Reading
) -> Ledger:
    """The members on the roll with their votes and figures."""
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
    day = in_full(roll_day(standing, reading))
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


def route_of(standing: Standing, state: State, reading: Reading) -> Route:
    """Where the matter is."""
    now = reading.now
    steps: list[tuple[str, Any]] = [
        (_("Prepared"), standing.consultation.recorded_from),
        (_("Opened"), standing.at_step(StepKind.OPENED)),
        (_("Closed"), standing.closed_at),
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
