"""One organisation on a day: its votes, its officials, the seats it fills, who came before."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.pages.leads import leads_of
from verband.bodies.pages.votes import VotesSection, votes_section
from verband.bodies.queries.names import name_of
from verband.bodies.queries.organisation import OrganisationOnDay
from verband.bodies.queries.seats import SeatHeld
from verband.members.models import OfficeFact, Organisation, OrganisationFact, Succession
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState, Fact, Facts, Gap, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.scale import TimeScale
from verband.ui.wording import day


@dataclass(frozen=True)
class OrganisationPage(Page):
    """An organisation as of a day."""

    absent: EmptyState | None = None
    facts: Facts | None = None
    votes: VotesSection | None = None
    offices: Ledger | None = None
    seats: Ledger | None = None
    seats_count: str = ""
    networks: Ledger | None = None
    successions: Ledger | None = None
    actions: tuple[Link, ...] = ()
    history: tuple[Link, ...] = ()


def organisation_page(
    request: Any, found: OrganisationOnDay, actions: tuple[Link, ...] = ()
) -> OrganisationPage:
    """The page of an organisation for a request."""
    reading: Reading = request.reading
    query = Query.of(request)
    table, pk = Organisation._meta.db_table, found.organisation.pk
    return OrganisationPage(
        title=name_of(found.fact),
        reading=reading,
        crumbs=(Link(_("Members"), reading.link(reverse("members"))),),
        kind=_kind(found, reading),
        lead=found.fact.purpose,
        absent=_absent(found, reading),
        facts=_facts(found, reading),
        votes=votes_section(found, reading, query),
        offices=_offices(found, reading, query),
        seats=seats_ledger(
            found.seats, found, reading, query, "seats", _("Seats that its officials hold")
        ),
        seats_count=_seats_count(found, reading),
        networks=_networks(found, reading, query),
        successions=_successions(found, reading, query),
        actions=actions,
        history=(
            *leads_of(reading, found.organisation),
            Link(_("What changed here"), reading.link(f"{reverse('changes')}?thing={table}:{pk}")),
            Link(_("Audit trail"), reverse("audit_thing", args=[table, pk])),
        ),
    )


def _kind(found: OrganisationOnDay, reading: Reading) -> str:
    words = capfirst(str(found.organisation.get_kind_display()))
    province = found.names.get(found.fact.province_id or 0)
    if province is not None:
        words = _("%(kind)s in %(province)s") % {"kind": words, "province": name_of(province)}
    if found.is_member_on(reading.day):
        return _("%(what)s, member of the association.") % {"what": words}
    return f"{words}."


def _absent(found: OrganisationOnDay, reading: Reading) -> EmptyState | None:
    exists = found.exists
    if reading.day in exists:
        return None
    if exists.until is not None and exists.is_past(reading.day):
        heirs = [s for s in found.successors if s.ceases]
        main = next((s for s in heirs if s.is_main), heirs[0] if heirs else None)
        sentence = _("%(name)s ended on %(day)s.") % {
            "name": name_of(found.fact),
            "day": day(exists.until),
        }
        heir = found.names.get(main.successor_id) if main else None
        if heir is None:
            return EmptyState(sentence)
        href = reading.link(reverse("organisation", args=[heir.organisation.key]))
        return EmptyState(sentence, href, _("Read on at %(name)s") % {"name": name_of(heir)})
    begins = exists.start or reading.day
    sentence = _("%(name)s does not exist yet on %(today)s. It begins on %(day)s.") % {
        "name": name_of(found.fact),
        "today": day(reading.day),
        "day": day(begins),
    }
    href = reading.on(begins).link(reverse("organisation", args=[found.organisation.key]))
    return EmptyState(sentence, href, _("Read %(day)s") % {"day": day(begins)})


def _other_name(fact: OrganisationFact) -> tuple[str, str]:
    """The name that does not stand above the page."""
    if name_of(fact) == fact.name:
        return _("In English"), fact.name_en
    return _("In Dutch"), fact.name


def _facts(found: OrganisationOnDay, reading: Reading) -> Facts:
    fact = found.fact
    province = found.names.get(fact.province_id or 0)
    page = reading.link(reverse("body", args=[found.body.key])) if found.body else ""
    body = Link(name_of(fact), page) if page else ""
    told: list[tuple[str, object]] = [
        (_("Code"), found.organisation.code),
        (_("Abbreviation"), fact.abbreviation),
        _other_name(fact),
        (
            _("Province"),
            Link(
                name_of(province),
                reading.link(reverse("organisation", args=[province.organisation.key])),
            )
            if province
            else "",
        ),
        (_("Exists"), found.exists),
        (_("In the register as a body"), body),
        (_("Source"), fact.source),
    ]
    if fact.certainty not in ("certain", "stated"):
        told.append((_("Certainty"), Gap(str(fact.get_certainty_display()))))
    return Facts(tuple(Fact(term, value) for term, value in told if value))


def _offices(found: OrganisationOnDay, reading: Reading, query: Query) -> Ledger:
    ordered = sorted(
        found.offices, key=lambda o: (o.period.is_past(reading.day), o.office.function, o.pk)
    )
    return Ledger(
        caption=_("Who holds which office"),
        columns=(
            Column(_("Office")),
            Column(_("Portfolios")),
            Column(_("Party")),
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(Row(_office_cells(office, found, reading)) for office in ordered),
        empty=EmptyState(_("Nobody is known to hold an office here.")),
        name="offices",
        query=query,
        scale=TimeScale.around(reading.day, (o.period for o in ordered)),
        day=reading.day,
        dense=True,
    )


def _office_cells(
    office: OfficeFact, found: OrganisationOnDay, reading: Reading
) -> tuple[object, ...]:
    who = found.people[office.office.person_id]
    words = capfirst(str(office.office.get_function_display()))
    if office.acting:
        words += f" ({_('acting')})"
    return (
        Link(words, reading.link(reverse("person", args=[who.key])), who.name),
        office.portfolios,
        office.party,
        Tag.of(office.period, reading.day),
        office.period,
    )


def seats_ledger(
    seats: tuple[SeatHeld, ...],
    found: OrganisationOnDay | None,
    reading: Reading,
    query: Query,
    name: str,
    caption: str,
) -> Ledger:
    """Seats with their body, role, holder and period; running ones first."""
    ordered = sorted(seats, key=lambda s: (s.tenure.period.is_past(reading.day), s.body.name))
    who = (Column(_("Held by")),) if found is not None else ()
    return Ledger(
        caption=caption,
        columns=(
            Column(_("Table")),
            Column(_("Role")),
            *who,
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(Row(_seat_cells(seat, found, reading)) for seat in ordered),
        empty=EmptyState(_("No seats are known.")),
        name=name,
        query=query,
        scale=TimeScale.around(reading.day, (s.tenure.period for s in ordered)),
        day=reading.day,
        dense=True,
    )


def _seat_cells(
    seat: SeatHeld, found: OrganisationOnDay | None, reading: Reading
) -> tuple[object, ...]:
    role = seat.fact.title or str(seat.fact.get_role_display())
    if seat.tenure.acting:
        role += f" ({_('acting')})"
    body = Link(
        name_of(seat.body),
        reading.link(reverse("body", args=[seat.body.body.key])),
        str(seat.body.get_kind_display()),
    )
    rest = (Tag.of(seat.tenure.period, reading.day), seat.tenure.period)
    if found is None:
        return (body, role, *rest)
    who = found.people.get(seat.tenure.person_id or 0)
    return (body, role, str(who.label) if who else "", *rest)


def _seats_count(found: OrganisationOnDay, reading: Reading) -> str:
    count = sum(reading.day in seat.tenure.period for seat in found.seats)
    return ngettext("%(count)s seat", "%(count)s seats", count) % {"count": count}


def _networks(found: OrganisationOnDay, reading: Reading, query: Query) -> Ledger | None:
    if not found.own_seats:
        return None
    return Ledger(
        caption=_("Networks it is in"),
        columns=(
            Column(_("Network")),
            Column(_("Certainty")),
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(
            Row(
                (
                    Link(name_of(s.body), reading.link(reverse("body", args=[s.body.body.key]))),
                    str(s.tenure.get_certainty_display()),
                    Tag.of(s.tenure.period, reading.day),
                    s.tenure.period,
                )
            )
            for s in found.own_seats
        ),
        name="networks",
        query=query,
        scale=TimeScale.around(reading.day, (s.tenure.period for s in found.own_seats)),
        day=reading.day,
        dense=True,
    )


def _successions(found: OrganisationOnDay, reading: Reading, query: Query) -> Ledger | None:
    if not found.successions:
        return None
    return Ledger(
        caption=_("Predecessors and successors"),
        columns=(
            Column(_("Day")),
            Column(_("What")),
            Column(_("Organisation")),
            Column(_("How")),
            Column(_("Source")),
        ),
        rows=tuple(Row(_succession_cells(s, found, reading)) for s in found.successions),
        name="successions",
        query=query,
    )


def _succession_cells(
    row: Succession, found: OrganisationOnDay, reading: Reading
) -> tuple[object, ...]:
    follows = row.successor_id == found.organisation.pk
    other = row.predecessor if follows else row.successor
    named = found.names.get(other.pk)  # nothing may have been known of it at that instant
    how = str(row.get_kind_display())
    if row.is_main and not follows:
        how += f", {_('main successor')}"
    return (
        row.valid_from,
        _("followed") if follows else _("was followed by"),
        Link(name_of(named), reading.link(reverse("organisation", args=[other.key])))
        if named
        else str(other.key),
        how,
        row.source,
    )
