"""All members on a day: how many votes each, on the map and in a ledger."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.pages.members_map import measures, members_map
from verband.bodies.pages.votes import assumption, key_in_words
from verband.bodies.queries.members import MembersOnDay, all_members, seats_filled
from verband.bodies.queries.names import name_of
from verband.members.queries import Basis, Member, sort_key
from verband.ui.component import Link
from verband.ui.components.filters import (
    Choice,
    ChoiceField,
    FilterForm,
    SearchField,
)
from verband.ui.components.hex_map import HexMap
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Figure, Figures, Gap, Note, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day, day_short, number

SIZE_CLASSES = ((20_000, "1"), (50_000, "2"), (100_000, "3"), (250_000, "4"))
FIRST_FILTERS = ("q", "province", "size", "network", "measure")


@dataclass(frozen=True)
class MembersPage(Page):
    """All members of a day."""

    figures: Figures | None = None
    note: Note | None = None
    form: FilterForm | None = None
    hex_map: HexMap | None = None
    ledger: Ledger | None = None
    actions: tuple[Link, ...] = ()


def members_page(request: Any, actions: tuple[Link, ...] = ()) -> MembersPage:
    """The page of all members for a request."""
    reading: Reading = request.reading
    query = Query.of(request)
    found = all_members(reading.day, reading.known)
    if "seats" in (query.get("measure"), query.get("sort").lstrip("-")):
        found = replace(found, seats=seats_filled(None, reading.day, reading.known))
    chosen = _chosen(found, query)
    ordered = _sorted(chosen, found, query)
    pager = Pager.of(query, total=len(ordered), per_page=100)
    shown = ordered[pager.slice]
    if not found.seats:
        ids = [m.pk for m in shown]
        found = replace(found, seats=seats_filled(ids, reading.day, reading.known))
    return MembersPage(
        title=_title(found, reading),
        reading=reading,
        lead=_lead(found),
        figures=_figures(found),
        note=assumption(found.statute),
        form=_form(found, query, request.path),
        hex_map=members_map(found, {m.pk for m in chosen}, reading, query),
        ledger=_ledger(shown, found, reading, query, pager),
        actions=actions,
    )


def _title(found: MembersOnDay, reading: Reading) -> str:
    count = len(found.members)
    words = ngettext("%(count)s municipality", "%(count)s municipalities", count)
    return words % {"count": number(count)}


def _lead(found: MembersOnDay) -> str:
    if found.statute is None:
        return _("No voting key is in force on this day.")
    return _("Votes: %(key)s.") % {"key": key_in_words(found.statute)}


def _figures(found: MembersOnDay) -> Figures:
    unknown = sum(m.votes is None for m in found.members)
    others = [m.inhabitants.basis for m in found.members if m.inhabitants.basis is not Basis.OWN]
    derived, incomplete = others.count(Basis.DERIVED), others.count(Basis.INCOMPLETE)
    parts = [
        Figure(_("members"), len(found.members)),
        Figure(_("inhabitants"), found.population, _("source: CBS")),
        Figure(_("votes together"), found.votes),
    ]
    if unknown:
        parts.append(Figure(_("without a figure"), unknown))
    if derived:
        parts.append(Figure(_("derived from predecessors"), derived))
    if incomplete:
        parts.append(Figure(_("incomplete after a division"), incomplete))
    return Figures(tuple(parts), ruled=True)


def size_of(member: Member) -> str:
    """The size class of a member: "1" (under 20,000) to "5" (250,000 and more)."""
    people = member.inhabitants.number
    if people is None:
        return ""
    return next((name for below, name in SIZE_CLASSES if people < below), "5")


def size_words() -> dict[str, str]:
    """The size classes in words."""
    return {
        "1": _("under 20,000"),
        "2": _("20,000 to 50,000"),
        "3": _("50,000 to 100,000"),
        "4": _("100,000 to 250,000"),
        "5": _("250,000 and more"),
    }


def _chosen(found: MembersOnDay, query: Query) -> list[Member]:
    """The members that the filters keep."""
    words, province = sort_key(query.get("q")), query.get("province")
    size, network = query.get("size"), query.get("network")
    members = list(found.members)
    if words:
        members = [m for m in members if words in sort_key(f"{m.name} {m.name_en}")]
    if province:
        members = [m for m in members if str(m.province_id) == province]
    if size:
        members = [m for m in members if size_of(m) == size]
    if network:
        inside = {pk for pk, bodies in found.networks.items() if network in map(str, bodies)}
        members = [m for m in members if m.pk in inside]
    return members


def _sorted(members: list[Member], found: MembersOnDay, query: Query) -> list[Member]:
    keys: dict[str, Callable[[Member], Any]] = {
        "name": lambda m: sort_key(name_of(m)),
        "inhabitants": lambda m: m.inhabitants.number or 0,
        "votes": lambda m: m.votes or 0,
        "seats": lambda m: found.seats[m.pk],
    }
    asked = query.get("sort", "name")
    if asked == "name":
        return members  # as they were read
    key = keys.get(asked.lstrip("-"), keys["name"])
    ordered = sorted(members, key=lambda m: (key(m), m.pk))
    return ordered[::-1] if asked.startswith("-") else ordered


def _form(found: MembersOnDay, query: Query, action: str) -> FilterForm:
    names = found.province_names
    return FilterForm(
        action,
        (
            SearchField("q", _("Search by name"), query.get("q")),
            ChoiceField(
                "province",
                _("Province"),
                (
                    Choice("", _("All provinces")),
                    *(Choice(str(pk), names[pk]) for pk in sorted(names, key=names.__getitem__)),
                ),
                query.get("province"),
            ),
            ChoiceField(
                "size",
                _("Inhabitants"),
                (
                    Choice("", _("All sizes")),
                    *(Choice(value, words) for value, words in size_words().items()),
                ),
                query.get("size"),
            ),
            ChoiceField(
                "network",
                _("Network"),
                (
                    Choice("", _("All networks")),
                    *(Choice(str(pk), name_of(fact)) for pk, fact in found.network_names.items()),
                ),
                query.get("network"),
            ),
            ChoiceField("measure", _("Colour of the map"), measures(), query.get("measure")),
        ),
        query.kept(*FIRST_FILTERS, "page"),
        button=_("Show"),
    )


def _ledger(
    members: list[Member], found: MembersOnDay, reading: Reading, query: Query, pager: Pager
) -> Ledger:
    names = found.province_names
    return Ledger(
        caption=_("Members on %(day)s (inhabitants: CBS)") % {"day": day(reading.day)},
        columns=(
            Column(_("Municipality"), sort="name"),
            Column(_("Province")),
            Column(_("Inhabitants"), kind="number", sort="inhabitants"),
            Column(_("Figure of")),
            Column(_("Votes"), kind="number", sort="votes"),
            Column(_("Seats filled"), kind="number", sort="seats"),
            Column(_("Networks")),
        ),
        rows=tuple(
            Row(
                (
                    Link(
                        name_of(m),
                        reading.link(reverse("organisation", args=[m.key])),
                    ),
                    names.get(m.province_id or 0, ""),
                    m.inhabitants.number,
                    _figure_of(m),
                    m.votes,
                    found.seats[m.pk],
                    ", ".join(
                        name_of(found.network_names[pk]) for pk in found.networks.get(m.pk, ())
                    ),
                )
            )
            for m in members
        ),
        empty=EmptyState(
            _("No member found on %(day)s.") % {"day": day(reading.day)},
            query.path,
            _("Show all members"),
        ),
        name="members",
        query=query,
        pager=pager,
        dense=True,
    )


def _figure_of(member: Member) -> object:
    inhabitants = member.inhabitants
    if inhabitants.basis == Basis.OWN and inhabitants.reference_date:
        words = day_short(inhabitants.reference_date)
        if inhabitants.certainty == "provisional":
            return Tag(f"{words}, {_('provisional')}", "gap")
        return words
    if inhabitants.basis == Basis.DERIVED:
        return Tag(_("derived"), "gap")
    if inhabitants.basis == Basis.INCOMPLETE:
        return Tag(_("incomplete"), "gap")
    return Gap(_("not known"))
