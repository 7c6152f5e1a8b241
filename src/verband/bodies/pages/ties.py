"""How a body is tied to others: reciprocity, and every link in both directions."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.bodies.models import LinkFact
from verband.bodies.queries.body import BodyOnDay
from verband.bodies.queries.links import Reciprocity
from verband.bodies.queries.names import name_of
from verband.members.queries import sort_key
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState, Tag
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.scale import TimeScale


def reciprocity_ledger(found: BodyOnDay, reading: Reading, query: Query) -> Ledger | None:
    """Who sits with whom and who shares decision lists; nothing when there is no counterpart."""
    known = [r for r in found.reciprocity if r.other in found.bodies]
    if not known:
        return None
    known.sort(key=lambda r: sort_key(name_of(found.bodies[r.other])))
    return Ledger(
        caption=_("Who sits at whose table and who shares decision lists"),
        columns=(
            Column(_("Body or network")),
            Column(_("They with us")),
            Column(_("We with them")),
            Column(_("Decision lists")),
        ),
        rows=tuple(Row(_cells(r, found, reading)) for r in known),
        name="reciprocity",
        query=query,
    )


def _cells(row: Reciprocity, found: BodyOnDay, reading: Reading) -> tuple[object, ...]:
    return (
        _to(row.other, found, reading),
        Tag(_("seat empty"), "gap") if row.seat_is_empty else _yes(row.sits_with_us),
        _yes(row.we_sit),
        _lists(row),
    )


def _yes(holds: bool) -> Tag:
    return Tag(_("yes"), "now") if holds else Tag(_("no"), "gap")


def _lists(row: Reciprocity) -> Tag:
    if row.is_mutual:
        return Tag(_("both ways"), "now")
    if row.sends:
        return Tag(_("only from us"), "gap")
    if row.receives:
        return Tag(_("only from them"), "gap")
    return Tag(_("no"), "gap")


def links_ledger(found: BodyOnDay, reading: Reading, query: Query) -> Ledger:
    """Every link of the body, past and planned ones too."""
    links = sorted(found.links, key=lambda f: (f.period.is_past(reading.day), f.link.kind, f.pk))
    return Ledger(
        caption=_("Links with other bodies"),
        columns=(
            Column(_("Link")),
            Column(_("With")),
            Column(_("Carried by")),
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(Row(_link_cells(fact, found, reading)) for fact in links),
        empty=EmptyState(_("No links are known.")),
        name="links",
        query=query,
        scale=TimeScale.around(reading.day, (fact.period for fact in links)),
        day=reading.day,
        dense=True,
    )


def _link_cells(fact: LinkFact, found: BodyOnDay, reading: Reading) -> tuple[object, ...]:
    outgoing = fact.link.from_body_id == found.body.pk
    other = fact.link.to_body_id if outgoing else fact.link.from_body_id
    kind = str(fact.link.get_kind_display())
    carrier = found.carriers.get(fact.person_id or 0)
    return (
        kind if outgoing else _("%(link)s this body, from") % {"link": kind},
        _to(other, found, reading),
        Link(str(carrier), reading.link(reverse("person", args=[carrier.key])))
        if carrier
        else None,
        Tag.of(fact.period, reading.day),
        fact.period,
    )


def _to(pk: int, found: BodyOnDay, reading: Reading) -> object:
    fact = found.bodies.get(pk)
    if fact is None:
        return None
    return Link(name_of(fact), reading.link(reverse("body", args=[fact.body.key])))
