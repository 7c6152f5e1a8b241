"""One body on a day: purpose, goals, period and clocks, seats through time, ties."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.kinds import CoverKind, LinkKind
from verband.bodies.models import Body, BodyFact, GoalFact
from verband.bodies.pages.seats import seats_section
from verband.bodies.pages.ties import links_ledger, reciprocity_ledger
from verband.bodies.queries.body import BodyOnDay
from verband.bodies.queries.names import name_of, purpose_of
from verband.core.period import add_months
from verband.ui.component import Component, Link
from verband.ui.components.bars import PeriodBar, PeriodPanel
from verband.ui.components.ledger import Ledger
from verband.ui.components.lists import Dated, DatedList
from verband.ui.components.swimlane import Swimlane
from verband.ui.components.time import Clock
from verband.ui.components.words import EmptyState, Fact, Facts, Gap, Note, Panel, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day, day_short, duration, period

SOON_MONTHS = 6


@dataclass(frozen=True)
class BodyPage(Page):
    """A body as of a day."""

    key: str = ""
    absent: EmptyState | None = None
    notes: tuple[Note, ...] = ()
    goals: DatedList | None = None
    goals_reached: str = ""
    facts: Facts | None = None
    panel: Panel | None = None
    swimlane: Swimlane | None = None
    seats_count: str = ""
    municipalities: Ledger | None = None
    municipalities_count: str = ""
    reciprocity: Ledger | None = None
    reciprocity_count: str = ""
    links: Ledger | None = None
    children: tuple[Link, ...] = ()
    actions: tuple[Link, ...] = ()
    history: tuple[Link, ...] = ()


def body_page(request: Any, found: BodyOnDay, actions: tuple[Link, ...] = ()) -> BodyPage:
    """The page of a body for a request."""
    reading: Reading = request.reading
    query = Query.of(request)
    seats = seats_section(found, reading, query)
    exists = found.exists_on(reading.day)
    return BodyPage(
        title=name_of(found.fact),
        reading=reading,
        crumbs=_crumbs(found, reading),
        kind=_kind(found),
        lead=purpose_of(found.fact),
        key=found.body.key,
        absent=None if exists else _absent(found, reading),
        notes=_notes(found),
        goals=_goals(found),
        goals_reached=_reached(found),
        facts=_facts(found, reading),
        panel=_panel(found, reading),
        swimlane=seats.swimlane,
        seats_count=seats.count,
        municipalities=seats.municipalities,
        municipalities_count=seats.municipalities_count,
        reciprocity=reciprocity_ledger(found, reading, query),
        reciprocity_count=_complete(found),
        links=links_ledger(found, reading, query),
        children=tuple(_to_body(child, reading) for child in found.children),
        actions=actions,
        history=_history(found, reading),
    )


def _to_body(fact: BodyFact, reading: Reading) -> Link:
    return Link(
        name_of(fact),
        reading.link(reverse("body", args=[fact.body.key])),
        str(fact.get_kind_display()),
    )


def _crumbs(found: BodyOnDay, reading: Reading) -> tuple[Link, ...]:
    base = reverse("bodies")
    kind = found.fact.kind
    return (
        Link(_("Register"), reading.link(base)),
        Link(capfirst(str(found.fact.get_kind_display())), reading.link(f"{base}?kind={kind}")),
    )


def _kind(found: BodyOnDay) -> str:
    term = found.term
    words = capfirst(str(found.fact.get_kind_display()))
    words += f", {_('temporary')}." if term.is_temporary else "."
    if term.valid_from is not None and term.decision:
        words += " " + _("Set up on %(day)s, decision %(decision)s.") % {
            "day": day(found.terms[0].valid_from or term.valid_from),
            "decision": term.decision,
        }
    elif term.valid_from is not None:
        words += " " + _("Since %(day)s.") % {"day": day(term.valid_from)}
    return words


def _absent(found: BodyOnDay, reading: Reading) -> EmptyState:
    """The sentence for a day on which the body does not exist, with a day on which it does."""
    exists = found.exists
    if exists.until is not None and exists.is_past(reading.day):
        sentence = _("This body ended on %(day)s.") % {"day": day(exists.until)}
        if found.term.after_end:
            sentence = f"{sentence} {found.term.after_end}"
        other = exists.last_day or exists.until
    else:
        other = exists.start or reading.day
        sentence = _("This body does not exist yet on %(today)s. It begins on %(day)s.") % {
            "today": day(reading.day),
            "day": day(other),
        }
    link = reading.on(other).link(reverse("body", args=[found.body.key]))
    return EmptyState(sentence, link, _("Read %(day)s") % {"day": day(other)})


def _source_is_doubtful(fact: BodyFact) -> bool:
    """Whether a note above the page says how certain the description is, with its source."""
    return bool(fact.source) and fact.certainty not in ("certain", "stated")


def _notes(found: BodyOnDay) -> tuple[Note, ...]:
    fact = found.fact
    if not _source_is_doubtful(fact):
        return ()
    words = _("This is %(certainty)s. Source: %(source)s.")
    told = words % {"certainty": fact.get_certainty_display(), "source": fact.source}
    return (Note(told),)


def _goals(found: BodyOnDay) -> DatedList:
    return DatedList(
        tuple(_goal(goal) for goal in found.goals),
        "tight",
        EmptyState(_("No concrete goal is stated.")),
    )


def _goal(goal: GoalFact) -> Dated:
    tags = {
        GoalFact.State.REACHED: Tag(_("reached"), "past"),
        GoalFact.State.DROPPED: Tag(_("dropped"), "past"),
        GoalFact.State.DRAFT: Tag(_("draft"), "future"),
    }
    when = _("by %(day)s") % {"day": day_short(goal.due_on)} if goal.due_on else _("no day set")
    return Dated(
        when=when,
        title=goal.text,
        text=goal.measure,
        tag=tags.get(GoalFact.State(goal.state), Tag(_("runs"), "now")),
    )


def _reached(found: BodyOnDay) -> str:
    if not found.goals:
        return ""
    reached = sum(goal.state == GoalFact.State.REACHED for goal in found.goals)
    return _("%(some)s of %(all)s reached") % {"some": reached, "all": len(found.goals)}


def _facts(found: BodyOnDay, reading: Reading) -> Facts:
    fact = found.fact
    parent = found.bodies.get(fact.parent_id or 0)
    covers = [c.label for c in found.covers if c.kind != CoverKind.MINISTRY]
    told = [
        (_("Belongs to"), _to_body(parent, reading) if parent else None),
        (_("Task fields"), ", ".join(covers)),
        (_("Decides by"), fact.get_deciding_display() if fact.deciding else ""),
        (_("Our role"), fact.get_our_role_display() if fact.our_role else ""),
        (_("Intensity"), fact.get_intensity_display() if fact.intensity else ""),
        (_("Interests"), fact.interests),
        (_("Source"), "" if _source_is_doubtful(fact) else fact.source),
    ]
    return Facts(tuple(Fact(term, value) for term, value in told if value))


def _panel(found: BodyOnDay, reading: Reading) -> Panel:
    term = found.term
    parts: list[object] = []
    if term.valid_until is not None and not term.period.is_past(reading.day):
        parts.append(_end_clock(found, reading))
    parts.append(
        PeriodPanel(PeriodBar(term.period, review=term.review_on), reading.day, _period(found))
    )
    if term.is_temporary:
        parts.append(
            Note(
                _(
                    "The body ends by itself. It goes on only by a decision of the board, with a"
                    " reason."
                )
            )
        )
    if term.review_on is not None and term.review_on >= reading.day:
        parts.append(_review_clock(found, reading))
    parts.append(Facts(tuple(_beside(found, reading)), "s"))
    return Panel(_("Period and review"), tuple(parts), title_hidden=True)


def _end_clock(found: BodyOnDay, reading: Reading) -> Clock:
    until = found.term.valid_until or reading.day
    start = found.term.valid_from or add_months(until, -12)
    left = (until - reading.day).days
    share = left / max((until - start).days, 1)
    soon = until <= add_months(reading.day, SOON_MONTHS)
    return Clock(
        _("%(duration)s left") % {"duration": duration(left)},
        _("ends %(day)s") % {"day": day(until)},
        share,
        "ending" if soon else "",
    )


def _review_clock(found: BodyOnDay, reading: Reading) -> Clock:
    review = found.term.review_on or reading.day
    start = found.term.valid_from or add_months(review, -12)
    left = (review - reading.day).days
    return Clock(
        _("review in %(duration)s") % {"duration": duration(left)},
        day(review),
        left / max((review - start).days, 1),
    )


def _period(found: BodyOnDay) -> str:
    words = _("Period: %(period)s.") % {"period": period(found.term.period)}
    if found.term.review_on is not None:
        words += " " + _("Review on %(day)s.") % {"day": day(found.term.review_on)}
    return words


def _beside(found: BodyOnDay, reading: Reading) -> list[Fact]:
    ministries = [m.abbreviation or name_of(m) for m in found.ministries.values()]
    reports = [
        name_of(found.bodies[tie.to_body_id])
        for tie in found.ties.to(LinkKind.REPORTS_TO)
        if tie.to_body_id in found.bodies
    ]
    told: list[tuple[str, object]] = [
        (_("Liaison"), _carriers(found, reading)),
        (_("Reports to"), ", ".join(reports)),
        (_("Ministries"), ", ".join(sorted(ministries))),
        (_("Support"), found.fact.support),
        (_("Afterwards"), found.term.after_end),
        (_("Decision"), found.term.decision),
    ]
    return [Fact(term, value) for term, value in told if value]


def _carriers(found: BodyOnDay, reading: Reading) -> Component | None:
    carried = [f for f in found.ties.liaisons if f.person_id in found.carriers]
    if not carried:
        return Gap(_("none"))
    who = found.carriers[carried[0].person_id or 0]
    return Link(str(who), reading.link(reverse("person", args=[who.key])))


def _complete(found: BodyOnDay) -> str:
    if not found.reciprocity:
        return ""
    complete = sum(r.is_complete for r in found.reciprocity)
    words = ngettext(
        "%(some)s of %(all)s complete", "%(some)s of %(all)s complete", len(found.reciprocity)
    )
    return words % {"some": complete, "all": len(found.reciprocity)}


def _history(found: BodyOnDay, reading: Reading) -> tuple[Link, ...]:
    table, pk = Body._meta.db_table, found.body.pk
    return (
        Link(_("What changed here"), reading.link(f"{reverse('changes')}?thing={table}:{pk}")),
        Link(_("Audit trail"), reverse("audit_thing", args=[table, pk])),
    )
