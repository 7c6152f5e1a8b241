"""The page of a search: what was found, of which kind, and where it stands on the day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.models import BodyTerm
from verband.bodies.queries.names import bodies_called, name_of, purpose_of
from verband.members.models import OrganisationFact
from verband.members.people_labels import people_called
from verband.members.queries import names_on
from verband.search.models import EntryKind
from verband.search.queries import Found, Hit, found_on_other_days, search
from verband.search.words import words_of
from verband.ui.component import Component, Link
from verband.ui.components.filters import Count, FilterCounts, FilterForm, SearchField
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Note, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day, number

PER_PAGE = 25
SHORTEST = 2


@dataclass(frozen=True)
class SearchPage(Page):
    """A search and what it found."""

    form: FilterForm | None = None
    note: Note | None = None
    counts: FilterCounts | None = None
    ledger: Ledger | None = None


def search_page(request: Any) -> SearchPage:
    """The page for a request; eight queries at most beside the search itself."""
    reading: Reading = request.reading
    query = Query.of(request)
    text = query.get("q").strip()
    form = FilterForm(
        request.path,
        (SearchField("q", _("Name, function, subject or code"), text),),
        query.kept("q", "page", "kind"),
    )
    if sum(len(word) for word in words_of(text)) < SHORTEST:
        note = Note(_("Type at least two letters.")) if text else None
        return SearchPage(title=_("Search the register"), reading=reading, form=form, note=note)
    found = search(text, reading.day, reading.known)
    kind = query.get("kind")
    hits = [hit for hit in found.hits if not kind or hit.kind == kind]
    pager = Pager.of(query, total=len(hits), per_page=PER_PAGE)
    return SearchPage(
        title=_title(len(found.hits), text),
        reading=reading,
        form=form,
        note=_note(found),
        counts=_counts(found, query, kind) if found.hits else None,
        ledger=_ledger(hits[pager.slice], reading, query, pager, _empty(text, found, reading)),
    )


def _title(count: int, text: str) -> str:
    words = ngettext("%(count)s found for “%(text)s”", "%(count)s found for “%(text)s”", count)
    return words % {"count": number(count), "text": text}


def _note(found: Found) -> Note | None:
    if not found.read_as:
        return None
    told = [
        _("“%(typed)s” was read as %(words)s") % {"typed": typed, "words": ", ".join(words)}
        for typed, words in found.read_as.items()
    ]
    return Note(". ".join(told) + ".")


def _counts(found: Found, query: Query, kind: str) -> FilterCounts:
    counts = [Count(len(found.hits), _("all"), query.with_(kind=None, page=None), not kind)]
    for each in EntryKind:
        total = len(found.of(each))
        if total:
            href = query.with_(kind=each.value, page=None)
            counts.append(Count(total, str(each.label), href, kind == each.value))
    return FilterCounts(_("Kinds"), tuple(counts))


def _empty(text: str, found: Found, reading: Reading) -> EmptyState | None:
    if found.hits:
        return None
    sentence = _("Nothing found for “%(text)s” on %(day)s.") % {
        "text": text,
        "day": day(reading.day),
    }
    others = found_on_other_days(text, reading.known)
    if others:
        words = ngettext("On other days: %(count)s.", "On other days: %(count)s.", others)
        sentence = f"{sentence} {words % {'count': number(others)}}"
    return EmptyState(sentence, reading.link(reverse("bodies")), _("See the whole register"))


def _ledger(
    hits: list[Hit], reading: Reading, query: Query, pager: Pager, empty: EmptyState | None
) -> Ledger:
    describe = _described(hits, reading)
    rows = [describe(hit) for hit in hits]
    return Ledger(
        caption=_("Found on %(day)s") % {"day": day(reading.day)},
        columns=(Column(_("What")), Column(_("Kind")), Column(_("State"))),
        rows=tuple(Row(row) for row in rows if row is not None),
        empty=empty,
        name="found",
        query=query,
        pager=pager,
    )


def _described(hits: list[Hit], reading: Reading) -> Callable[[Hit], tuple[object, ...] | None]:
    """How each hit is told; names are fetched for all at once."""
    ids = {kind: {hit.thing for hit in hits if hit.kind == kind} for kind in EntryKind}
    organisations = names_on(ids[EntryKind.ORGANISATION], reading.day, reading.known)
    bodies = bodies_called(ids[EntryKind.BODY], reading.day, reading.known)
    people = people_called(ids[EntryKind.PERSON], reading.day, reading.known)
    terms = {
        term.body_id: term
        for term in BodyTerm.objects.filter(body__in=ids[EntryKind.BODY])
        .known(reading.known)
        .order_by("valid_from", "pk")
    }

    def describe(hit: Hit) -> tuple[object, ...] | None:
        if hit.kind == EntryKind.ORGANISATION and hit.thing in organisations:
            return _organisation(organisations[hit.thing], reading)
        if hit.kind == EntryKind.BODY and hit.thing in bodies and hit.thing in terms:
            fact = bodies[hit.thing]
            href = reading.link(reverse("body", args=[fact.body.key]))
            name = Link(name_of(fact), href, purpose_of(fact))
            state = Tag.of(terms[hit.thing].period, reading.day)
            return name, capfirst(str(fact.get_kind_display())), state
        if hit.kind == EntryKind.PERSON and hit.thing in people:
            who = people[hit.thing]
            href = reading.link(reverse("person", args=[who.key]))
            link = Link(capfirst(who.label), href, who.name)
            return link, _("Person"), _held(who.held, who.organisation_id)
        return None

    return describe


def _organisation(fact: OrganisationFact, reading: Reading) -> tuple[object, ...]:
    href = reading.link(reverse("organisation", args=[fact.organisation.key]))
    kind = capfirst(str(fact.organisation.get_kind_display()))
    return Link(name_of(fact), href), kind, Tag.of(fact.period, reading.day)


def _held(held: bool, organisation: int | None) -> Component | None:
    if organisation is None:
        return None
    return Tag(_("in office"), "now") if held else Tag(_("not in office"), "past")
