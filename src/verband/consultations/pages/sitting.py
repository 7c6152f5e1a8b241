"""Sittings for everybody: the list, and one sitting with its votes in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.bodies.queries.names import bodies_called, name_of
from verband.consultations.hall import attendance_in, standing_for
from verband.consultations.kinds import State, StepKind
from verband.consultations.models import Sitting, SittingFact
from verband.consultations.pages.clocks import at, in_zone
from verband.consultations.pages.sitting_words import (
    amended_words,
    amends_words,
    present_words,
    quorum_sentences,
    represented_words,
    result_words,
    state_tag,
)
from verband.consultations.queries.sitting import (
    TO_COME,
    Item,
    agenda_of,
    current_of,
    fact_of,
    hall_of,
)
from verband.consultations.use_cases.sittings import change_sitting
from verband.consultations.voters import members_for
from verband.kernel.clock import local_day
from verband.members.queries import names_on
from verband.ui.component import Link
from verband.ui.components.lists import Dated, DatedList
from verband.ui.components.words import EmptyState, Fact, Facts, Tag
from verband.ui.page import Page
from verband.ui.reading import Reading
from verband.ui.wording import clock_time


@dataclass(frozen=True)
class SittingsPage(Page):
    """Every sitting, what comes first."""

    to_come: DatedList | None = None
    held: DatedList | None = None
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True)
class AgendaRow:
    """One vote in the order of the sitting."""

    number: str
    title: str
    tag: Tag
    href: str = ""
    about: str = ""
    amended: str = ""
    result: str = ""
    parts: tuple[str, ...] = ()
    current: bool = False


@dataclass(frozen=True)
class Mine:
    """A member for which the reader votes, as it is in this sitting."""

    key: str
    name: str
    there: bool
    remote: bool


@dataclass(frozen=True, kw_only=True)
class SittingPage(Page):
    """One sitting: when and where, who is there, the votes in order with their results."""

    facts: Facts
    rows: tuple[AgendaRow, ...]
    presence: tuple[str, ...]
    mine: tuple[Mine, ...] = ()
    key: str = ""
    actions: tuple[Link, ...] = ()
    follow: str = ""
    held: bool = False
    video: str = ""


def sittings_page(request: Any, actions: tuple[Link, ...] = ()) -> SittingsPage:
    """The list of sittings. Three queries."""
    reading: Reading = request.reading
    facts = list(
        SittingFact.objects.known(reading.known)
        .select_related("sitting__body")
        .order_by("starts_at")
    )
    bodies = bodies_called({fact.sitting.body_id for fact in facts}, reading.day)

    def shown(chosen: Iterable[SittingFact]) -> tuple[Dated, ...]:
        return tuple(
            Dated(
                at(fact.starts_at, reading.now),
                fact.title,
                ", ".join(
                    part for part in (name_of(bodies[fact.sitting.body_id]), fact.place) if part
                ),
                reading.link(reverse("sitting", args=[fact.sitting.key])),
            )
            for fact in chosen
        )

    coming = [fact for fact in facts if _is_coming(fact, reading)]
    held = [fact for fact in reversed(facts) if not _is_coming(fact, reading)]
    return SittingsPage(
        title=_("Sittings in which is voted"),
        reading=reading,
        crumbs=(Link(_("Consultations"), reading.link(reverse("consultations"))),),
        to_come=DatedList(shown(coming), empty=EmptyState(_("No sitting is planned."))),
        held=DatedList(shown(held)) if held else None,
        actions=actions,
    )


def _is_coming(fact: SittingFact, reading: Reading) -> bool:
    return local_day(fact.ends_at or fact.starts_at) >= reading.day


def _has_come(fact: SittingFact, reading: Reading) -> bool:
    """Whether it is the day of the sitting, or after; on another day, whether it had begun."""
    if not reading.changes_allowed:
        return fact.starts_at <= reading.moment
    return local_day(fact.starts_at) <= reading.day


def crumbs_of(
    reading: Reading, sitting: Sitting | None = None, title: str = ""
) -> tuple[Link, ...]:
    """The way back from a page of a sitting."""
    found = [
        Link(_("Consultations"), reading.link(reverse("consultations"))),
        Link(_("Sittings"), reading.link(reverse("sittings"))),
    ]
    if sitting is not None:
        found.append(Link(title, reading.link(reverse("sitting", args=[sitting.key]))))
    return tuple(found)


def leads(request: Any, sitting: Sitting) -> bool:
    """Whether the visitor leads the votes of this sitting."""
    return (
        request.actor is not None
        and request.reading.changes_allowed
        and change_sitting.may(actor=request.actor, now=request.reading.now, sitting=sitting)
    )


def sitting_page(request: Any, sitting: Sitting) -> SittingPage:
    """One sitting. A fixed number of queries, once its published results were counted."""
    reading: Reading = request.reading
    fact = fact_of(sitting)
    leading = leads(request, sitting)
    agenda = agenda_of(sitting, reading.moment, then=not reading.changes_allowed)
    current = current_of(agenda)
    hall = hall_of(sitting, current, fact.call, reading.now)
    key = [sitting.key]
    actions = []
    if leading:
        actions = [
            Link(_("Chair's desk"), reverse("sitting_desk", args=key)),
            Link(_("Presence"), reverse("sitting_presence", args=key)),
            Link(_("Prepare a vote"), reverse("sitting_vote", args=key)),
            Link(_("Change the sitting"), reverse("sitting_edit", args=key)),
        ]
    body = bodies_called([sitting.body_id], reading.day).get(sitting.body_id)
    return SittingPage(
        title=fact.title,
        reading=reading,
        crumbs=crumbs_of(reading),
        kind=capfirst(name_of(body)) if body else "",
        facts=facts_of(fact, reading),
        rows=tuple(_row(item, agenda, current, reading, leading) for item in agenda),
        presence=tuple(
            part
            for part in (present_words(hall), represented_words(hall), *quorum_sentences(hall))
            if part and _has_come(fact, reading)
        ),
        mine=mine_in(request, sitting),
        key=sitting.key,
        actions=tuple(actions),
        follow=reading.link(reverse("sitting_follow", args=key)),
        held=not _is_coming(fact, reading),
        video=fact.video,
    )


def facts_of(fact: SittingFact, reading: Reading) -> Facts:
    """When, where, which call."""
    when = at(fact.starts_at, reading.now)
    if fact.ends_at is not None:
        when = _("%(start)s to %(end)s") % {"start": when, "end": clock_time(fact.ends_at)}
    found = [Fact(_("When"), in_zone(when))]
    if fact.place:
        found.append(Fact(_("Where"), fact.place))
    if fact.call > 1:
        found.append(Fact(_("Call"), _("second meeting, after a first one without a quorum")))
    return Facts(tuple(found), "s")


def _row(
    item: Item, agenda: list[Item], current: Item | None, reading: Reading, leading: bool
) -> AgendaRow:
    seen = leading or StepKind.OPENED in item.standing.steps
    parts = [one.fact.text for one in item.asked if not one.fact.is_withdrawn]
    return AgendaRow(
        number=str(item.standing.consultation.order or ""),
        title=item.title,
        tag=state_tag(item),
        href=reading.link(reverse("consultation", args=[item.key])) if seen else "",
        about=amends_words(item, agenda),
        amended=amended_words(item, agenda) if item.state in (*TO_COME, State.OPEN) else "",
        result=result_words(item),
        parts=tuple(parts) if len(parts) > 1 else (),
        current=item is current and item.state == State.OPEN,
    )


def mine_in(request: Any, sitting: Sitting) -> tuple[Mine, ...]:
    """The members for which the reader may check in. Six queries at most."""
    if request.actor is None or request.actor.person_id is None:
        return ()
    if not request.reading.changes_allowed:
        return ()
    day, person = request.reading.today, request.actor.person_id
    own = members_for(person, day)
    standing = standing_for(sitting, own, day) if own else {}
    wanted = [pk for pk, people in standing.items() if person in people]
    if not wanted:
        return ()
    names, lines = names_on(wanted, day), attendance_in(sitting)
    return tuple(
        Mine(
            names[pk].organisation.key,
            name_of(names[pk]),
            pk in lines and lines[pk].is_present,
            pk in lines and lines[pk].remote,
        )
        for pk in sorted(wanted)
    )
