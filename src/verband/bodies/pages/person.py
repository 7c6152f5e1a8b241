"""One person on a day: offices, seats, links carried, and what overlaps."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.models import LinkFact
from verband.bodies.pages.organisation import seats_ledger
from verband.bodies.queries.names import name_of
from verband.bodies.queries.person import PersonOnDay
from verband.members.models import OfficeFact
from verband.people.models import Person
from verband.ui.component import Component, Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.scale import TimeScale
from verband.ui.wording import day


@dataclass(frozen=True)
class PersonPage(Page):
    """A person as of a day."""

    offices: Ledger | None = None
    roles: Ledger | None = None
    seats: Ledger | None = None
    seats_count: str = ""
    links: Ledger | None = None
    overlaps: Ledger | None = None
    actions: tuple[Link, ...] = ()
    history: tuple[Link, ...] = ()


def person_page(request: Any, found: PersonOnDay, actions: tuple[Link, ...] = ()) -> PersonPage:
    """The page of a person for a request."""
    reading: Reading = request.reading
    query = Query.of(request)
    table, pk = Person._meta.db_table, found.person.pk
    seats = len(found.seats_on(reading.day))
    return PersonPage(
        title=capfirst(found.called.label),
        reading=reading,
        crumbs=(Link(_("Search"), reading.link(reverse("search"))),),
        kind=_kind(found, reading),
        lead=found.called.name,
        offices=_offices(found, reading, query),
        roles=_roles(found, reading, query),
        seats=seats_ledger(found.seats, None, reading, query, "seats", _("Seats")),
        seats_count=ngettext("%(count)s seat", "%(count)s seats", seats) % {"count": seats},
        links=_links(found, reading, query),
        overlaps=_overlaps(found, reading, query),
        actions=actions,
        history=(
            Link(_("What changed here"), reading.link(f"{reverse('changes')}?thing={table}:{pk}")),
            Link(_("Audit trail"), reverse("audit_thing", args=[table, pk])),
        ),
    )


def _kind(found: PersonOnDay, reading: Reading) -> str:
    if found.offices and not found.called.held:
        return _("Holds no office on %(day)s; this was the last one known.") % {
            "day": day(reading.day)
        }
    if any(office.certainty == "fictional" for office in found.offices):
        return _("A fictional person, known by function.")
    return ""


def _offices(found: PersonOnDay, reading: Reading, query: Query) -> Ledger:
    return Ledger(
        caption=_("Offices"),
        columns=(
            Column(_("Office")),
            Column(_("At")),
            Column(_("Portfolios")),
            Column(_("Party")),
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(Row(_office_cells(office, found, reading)) for office in found.offices),
        empty=EmptyState(_("No office is known.")),
        name="offices",
        query=query,
        scale=TimeScale.around(reading.day, (o.period for o in found.offices)),
        day=reading.day,
        dense=True,
    )


def _office_cells(office: OfficeFact, found: PersonOnDay, reading: Reading) -> tuple[object, ...]:
    words = capfirst(str(office.office.get_function_display()))
    if office.acting:
        words += f" ({_('acting')})"
    return (
        words,
        _at(office, found, reading),
        office.portfolios,
        office.party,
        Tag.of(office.period, reading.day),
        office.period,
    )


def _at(office: OfficeFact, found: PersonOnDay, reading: Reading) -> Component | str:
    """Where the office is held; only its key while the register knew nothing of it."""
    thing = office.office.organisation
    place = found.organisations.get(thing.pk)
    if place is None:
        return str(thing.key)
    return Link(name_of(place), reading.link(reverse("organisation", args=[thing.key])))


def _roles(found: PersonOnDay, reading: Reading, query: Query) -> Ledger | None:
    if not found.roles:
        return None
    return Ledger(
        caption=_("Roles for the association"),
        columns=(Column(_("Role")), Column(_("State")), Column(_("Period"), kind="period")),
        rows=tuple(
            Row(
                (
                    capfirst(str(role.get_kind_display())),
                    Tag.of(role.period, reading.day),
                    role.period,
                )
            )
            for role in found.roles
        ),
        name="roles",
        query=query,
        scale=TimeScale.around(reading.day, (role.period for role in found.roles)),
        day=reading.day,
        dense=True,
    )


def _links(found: PersonOnDay, reading: Reading, query: Query) -> Ledger | None:
    if not found.links:
        return None
    return Ledger(
        caption=_("Ties between bodies that this person carries"),
        columns=(
            Column(_("From")),
            Column(_("Link")),
            Column(_("To")),
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(Row(_link_cells(fact, found, reading)) for fact in found.links),
        name="links",
        query=query,
        scale=TimeScale.around(reading.day, (fact.period for fact in found.links)),
        day=reading.day,
        dense=True,
    )


def _link_cells(fact: LinkFact, found: PersonOnDay, reading: Reading) -> tuple[object, ...]:
    return (
        _to(fact.link.from_body_id, found, reading),
        str(fact.link.get_kind_display()),
        _to(fact.link.to_body_id, found, reading),
        Tag.of(fact.period, reading.day),
        fact.period,
    )


def _to(pk: int, found: PersonOnDay, reading: Reading) -> object:
    fact = found.bodies.get(pk)
    if fact is None:
        return None
    return Link(name_of(fact), reading.link(reverse("body", args=[fact.body.key])))


def _overlaps(found: PersonOnDay, reading: Reading, query: Query) -> Ledger | None:
    overlaps = sorted(found.overlaps(), key=lambda o: (o.one.body.name, o.other.body.name))
    if not overlaps:
        return None
    return Ledger(
        caption=_("Seats held at the same time"),
        columns=(
            Column(_("Table")),
            Column(_("And at the same time")),
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(
            Row(
                (
                    name_of(o.one.body),
                    name_of(o.other.body),
                    Tag.of(o.period, reading.day),
                    o.period,
                )
            )
            for o in overlaps
        ),
        name="overlaps",
        query=query,
        scale=TimeScale.around(reading.day, (o.period for o in overlaps)),
        day=reading.day,
        dense=True,
    )
