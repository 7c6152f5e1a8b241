"""All members on a day: how many votes each, on the map and in a ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.pages.votes import key_in_words
from verband.bodies.queries.members import MembersOnDay, all_members
from verband.bodies.queries.names import name_of
from verband.members.queries import Basis, MemberVotes, sort_key
from verband.ui.component import Link
from verband.ui.components.filters import (
    Choice,
    ChoiceField,
    FilterForm,
    SearchField,
)
from verband.ui.components.hex_map import Hex, HexMap, Key
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


def members_page(request: Any) -> MembersPage:
    """The page of all members for a request."""
    reading: Reading = request.reading
    query = Query.of(request)
    found = all_members(reading.day, reading.known)
    chosen = [m for m in found.members if _matches(m, found, query)]
    ordered = _sorted(chosen, found, query)
    pager = Pager.of(query, total=len(ordered), per_page=100)
    return MembersPage(
        title=_title(found, reading),
        reading=reading,
        lead=_lead(found),
        figures=_figures(found),
        note=_note(found),
        form=_form(found, query, request.path),
        hex_map=_map(found, {m.organisation.pk for m in chosen}, reading, query),
        ledger=_ledger(ordered[pager.slice], found, reading, query, pager),
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
    derived = sum(m.inhabitants.basis == Basis.DERIVED for m in found.members)
    incomplete = sum(m.inhabitants.basis == Basis.INCOMPLETE for m in found.members)
    parts = [
        Figure(_("members"), len(found.members)),
        Figure(_("inhabitants"), found.population, _("source: CBS")),
        Figure(_("votes"), found.votes),
    ]
    if unknown:
        parts.append(Figure(_("without a figure"), unknown))
    if derived:
        parts.append(Figure(_("derived from predecessors"), derived))
    if incomplete:
        parts.append(Figure(_("incomplete after a division"), incomplete))
    return Figures(tuple(parts), ruled=True)


def _note(found: MembersOnDay) -> Note | None:
    if found.statute is None or found.statute.certainty != "assumed":
        return None
    return Note(
        _(
            "The report names one vote per 1,000 inhabitants and at most 75. How to round it does"
            " not say: down, at least 1, is an assumption."
        )
    )


def size_of(member: MemberVotes) -> str:
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


def _matches(member: MemberVotes, found: MembersOnDay, query: Query) -> bool:
    if sort_key(query.get("q")) not in sort_key(member.fact.name):
        return False
    if query.get("province") and query.get("province") != str(member.fact.province_id):
        return False
    if query.get("size") and query.get("size") != size_of(member):
        return False
    network = query.get("network")
    return not network or network in map(str, found.networks.get(member.organisation.pk, ()))


def _sorted(members: list[MemberVotes], found: MembersOnDay, query: Query) -> list[MemberVotes]:
    keys: dict[str, Callable[[MemberVotes], Any]] = {
        "name": lambda m: sort_key(m.fact.name),
        "inhabitants": lambda m: m.inhabitants.number or 0,
        "votes": lambda m: m.votes or 0,
        "seats": lambda m: found.seats[m.organisation.pk],
    }
    asked = query.get("sort", "name")
    key = keys.get(asked.lstrip("-"), keys["name"])
    ordered = sorted(members, key=lambda m: (key(m), m.organisation.pk))
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
            ChoiceField("measure", _("Colour of the map"), _measures(), query.get("measure")),
        ),
        query.kept(*FIRST_FILTERS, "page"),
        button=_("Show"),
    )


def _measures() -> tuple[Choice, ...]:
    return (
        Choice("", _("Votes")),
        Choice("inhabitants", _("Inhabitants")),
        Choice("seats", _("Seats filled")),
    )


def _map(found: MembersOnDay, chosen: set[int], reading: Reading, query: Query) -> HexMap | None:
    """The map; members that the filter leaves out stay pale."""
    if not found.cells:
        return None
    measure = query.get("measure")
    value, legend, label = _measure(measure, found)
    names = found.province_names
    hexes = tuple(
        Hex(
            q=cell.q,
            r=cell.r,
            name=m.fact.name,
            kind=_class(value(m), measure) if m.organisation.pk in chosen else "n-0",
            value=value(m),
            region=names.get(m.fact.province_id or 0, ""),
        )
        for m in found.members
        if (cell := found.cells.get(m.organisation.pk)) is not None
    )
    return HexMap(
        title=_("The members on the map"),
        summary=_(
            "%(count)s members on %(day)s, one hexagon each, near their true place, by province."
            " Boundaries: Kadaster / CBS."
        )
        % {"count": number(len(hexes)), "day": day(reading.day)},
        hexes=hexes,
        legend=legend,
        value_label=label,
        name="map",
        query=query,
    )


def _measure(
    measure: str, found: MembersOnDay
) -> tuple[Callable[[MemberVotes], int], tuple[Key, ...], str]:
    bounds = BOUNDS.get(measure, BOUNDS[""])
    legend = [Key("n-0", _("none"))]
    lower = 1
    for number_, upper in enumerate(bounds, start=1):
        words = f"{number(lower)}–{number(upper - 1)}" if upper - 1 > lower else number(lower)
        legend.append(Key(f"n-{number_}", words))
        lower = upper
    legend.append(Key("n-4", _("%(number)s or more") % {"number": number(lower)}))
    if measure == "inhabitants":
        return lambda m: m.inhabitants.number or 0, tuple(legend), _("Inhabitants")
    if measure == "seats":
        return lambda m: found.seats[m.organisation.pk], tuple(legend), _("Seats filled")
    return lambda m: m.votes or 0, tuple(legend), _("Votes")


BOUNDS = {"": (20, 40, 75), "inhabitants": (20_000, 50_000, 100_000), "seats": (2, 3, 5)}


def _class(value: int, measure: str) -> str:
    if value <= 0:
        return "n-0"
    bounds = BOUNDS.get(measure, BOUNDS[""])
    return f"n-{1 + sum(value >= bound for bound in bounds)}"


def _ledger(
    members: list[MemberVotes], found: MembersOnDay, reading: Reading, query: Query, pager: Pager
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
                        m.fact.name,
                        reading.link(reverse("organisation", args=[m.organisation.key])),
                    ),
                    names.get(m.fact.province_id or 0, ""),
                    m.inhabitants.number,
                    _figure_of(m),
                    m.votes,
                    found.seats[m.organisation.pk],
                    ", ".join(
                        name_of(found.network_names[pk])
                        for pk in found.networks.get(m.organisation.pk, ())
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


def _figure_of(member: MemberVotes) -> object:
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
