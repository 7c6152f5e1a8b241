"""Everything of a body, an organisation or a person that can be changed, row by row.

The pages themselves stay for reading; from here each fact is ended, corrected or withdrawn.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.bodies.change.authority import RowAction, allowed
from verband.bodies.change.kept import OF_BODY, OF_ORGANISATION, OF_PERSON
from verband.bodies.change.words import address_of, described_in, with_things
from verband.bodies.models import (
    Body,
    BodyFact,
    BodyTerm,
    Coverage,
    GoalFact,
    LinkFact,
    SeatFact,
    Tenure,
)
from verband.bodies.queries.words import names_in, thing_named
from verband.members.models import (
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    PopulationFigure,
)
from verband.people.models import Person, PersonFact
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import Tag
from verband.ui.page import Page
from verband.ui.reading import Reading

Offer = tuple[str, str, int]
Offers = Callable[[Any], Iterable[Offer]]


@dataclass(frozen=True)
class Section:
    """One kind of fact with the links of each row; ``add`` leads to the form of a new one."""

    id: str
    title: str
    ledger: Ledger
    add: Link | None = None


@dataclass(frozen=True)
class KeepPage(Page):
    """All that can be changed of one thing."""

    template = "bodies/change/keep.html"

    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Maker:
    """Makes the sections of one page."""

    day: date
    may: frozenset[str]
    key: str = ""

    def section(
        self,
        title: str,
        rows: Iterable[Any],
        offers: Offers,
        add: tuple[str, str] = ("", ""),
        beside: Callable[[Any], str] = lambda fact: "",
    ) -> Section:
        """The facts of one kind, what runs first."""
        facts = with_things(list(rows))
        facts.sort(key=lambda f: (f.period.is_past(self.day), f.pk))
        names = names_in(facts, self.day)
        lines = tuple(
            self._row(fact, capfirst(described_in(fact, names)) + beside(fact), offers)
            for fact in facts
        )
        page, words = add
        link = Link(words, reverse(page, args=[self.key] if self.key else [])) if page else None
        ledger = Ledger(
            caption=title,
            columns=(
                Column(_("What")),
                Column(_("State")),
                Column(_("Period")),
                Column(_("Change")),
            ),
            rows=lines,
            dense=True,
        )
        name = type(facts[0])._meta.model_name if facts else page
        return Section(f"keep-{name}", title, ledger, link if page in self.may else None)

    def _row(self, fact: Any, words: str, offers: Offers) -> Row:
        links = tuple(
            RowAction(label, words, reverse(name, args=[pk]))
            for name, label, pk in offers(fact)
            if name in self.may
        )
        return Row((words, Tag.of(fact.period, self.day), fact.period, links or "–"))

    def is_past(self, fact: Any) -> bool:
        """Whether a fact has ended: it can be corrected, but not end once more."""
        return bool(fact.period.is_past(self.day))

    def ending(self, name: str, fact: Any, pk: int | None = None) -> list[Offer]:
        """The link that ends a fact, while it has not ended."""
        return [] if self.is_past(fact) else [(name, _("End"), pk or fact.pk)]


def _holders(tenures: Iterable[Tenure], day: date) -> dict[int, str]:
    """Who holds each seat on a day: most seats of a board have the same words."""
    facts = with_things(list(tenures))
    names = names_in(facts, day)
    return {it.seat_id: names.holder(it).label for it in facts}


def body_page(request: Any, body: Body) -> KeepPage:
    """All that can be changed of a body; the number of queries does not grow with its seats."""
    make = Maker(request.reading.day, allowed(request, OF_BODY, body=body), body.key)
    seats = SeatFact.objects.filter(seat__body=body).known(None)
    tenures = Tenure.objects.filter(seat__body=body).known(None)
    holders = _holders(tenures.at(make.day), make.day)
    links = LinkFact.objects.filter(link__from_body=body).known(None)
    goals = GoalFact.objects.filter(goal__body=body).known(None)
    covers = Coverage.objects.filter(body=body).known(None)
    return KeepPage(
        **_around(request, body),
        sections=(
            make.section(
                _("Seats"),
                seats,
                _seat_offers(make, set(holders)),
                ("add_seat", _("Add a seat")),
                lambda fact: f" ({holders[fact.seat_id]})" if fact.seat_id in holders else "",
            ),
            make.section(_("Who sits"), tenures, _tenure_offers(make)),
            make.section(_("Links"), links, _link_offers(make), ("link_bodies", _("Add a link"))),
            make.section(
                _("Goals"),
                goals,
                lambda f: [] if make.is_past(f) else [("change_goal", _("Change"), f.pk)],
                ("add_goal", _("Add a goal")),
            ),
            make.section(
                _("Ministries, task fields and themes"),
                covers,
                lambda f: make.ending("end_coverage", f),
                ("cover", _("Add one")),
            ),
            *_existence(make, body),
        ),
    )


def _existence(make: Maker, body: Body) -> tuple[Section, Section]:
    terms = BodyTerm.objects.filter(body=body).known(None)
    facts = BodyFact.objects.filter(body=body).known(None)

    def of_term(fact: BodyTerm) -> list[Offer]:
        told = [("correct_term", _("Correct"), fact.pk)]
        return [*([("prolong_body", _("Prolong"), fact.pk)] if fact.valid_until else []), *told]

    def of_fact(fact: BodyFact) -> list[Offer]:
        told = [] if make.is_past(fact) else [("change_body", _("Change"), fact.pk)]
        told.append(("correct_body", _("Correct"), fact.pk))
        return [*told, ("withdraw_body_fact", _("Withdraw"), fact.pk)]

    return (
        make.section(_("Existence"), terms, of_term),
        make.section(_("Descriptions"), facts, of_fact),
    )


def _seat_offers(make: Maker, taken: set[int]) -> Offers:
    def offers(fact: SeatFact) -> list[Offer]:
        if make.is_past(fact):
            return []
        told = [("change_seat", _("Change"), fact.pk), ("end_seat", _("Abolish"), fact.seat_id)]
        somebody = ("seat_someone", _("Seat somebody"), fact.seat_id)
        return told if fact.seat_id in taken else [somebody, *told]

    return offers


def _tenure_offers(make: Maker) -> Offers:
    return lambda fact: [
        *make.ending("end_tenure", fact),
        ("correct_tenure", _("Correct"), fact.pk),
        ("withdraw_tenure", _("Withdraw"), fact.pk),
    ]


def _link_offers(make: Maker) -> Offers:
    return lambda fact: [
        *make.ending("end_link", fact),
        ("correct_link", _("Correct"), fact.pk),
    ]


def _office_offers(make: Maker) -> Offers:
    return lambda fact: [
        *([] if make.is_past(fact) else [("change_office", _("Change"), fact.pk)]),
        *make.ending("end_office", fact),
        ("correct_office", _("Correct"), fact.pk),
        ("withdraw_office", _("Withdraw"), fact.pk),
    ]


def organisation_page(request: Any, organisation: Organisation) -> KeepPage:
    """All that can be changed of an organisation."""
    may = allowed(request, OF_ORGANISATION, organisation=organisation)
    make = Maker(request.reading.day, may, organisation.key)
    sections = [
        make.section(
            _("Offices"),
            OfficeFact.objects.filter(office__organisation=organisation).known(None),
            _office_offers(make),
            ("take_office", _("Add an office")),
        )
    ]
    if "correct_membership" in may:
        sections += _of_member(make, organisation)
    return KeepPage(**_around(request, organisation), sections=tuple(sections))


def _of_member(make: Maker, organisation: Organisation) -> list[Section]:
    memberships = Membership.objects.filter(organisation=organisation).known(None)
    figures = PopulationFigure.objects.filter(organisation=organisation).known(None)
    facts = OrganisationFact.objects.filter(organisation=organisation).known(None)
    belongs = memberships.at(make.day).exists()
    return [
        make.section(
            _("Membership"),
            memberships,
            lambda f: [
                *make.ending("end_membership", f),
                ("correct_membership", _("Correct"), f.pk),
            ],
            ("", "") if belongs else ("admit_member", _("Admit as a member")),
        ),
        make.section(
            _("Inhabitants"),
            figures,
            lambda f: [
                ("correct_population", _("Correct"), f.pk),
                ("withdraw_population", _("Withdraw"), f.pk),
            ],
            ("enter_population", _("Enter inhabitants")),
        ),
        make.section(
            _("Particulars"),
            facts,
            lambda f: [
                *([] if make.is_past(f) else [("change_organisation", _("Change"), f.pk)]),
                ("correct_organisation", _("Correct"), f.pk),
            ],
        ),
    ]


def person_page(request: Any, person: Person) -> KeepPage:
    """All that can be changed of a person."""
    make = Maker(request.reading.day, allowed(request, OF_PERSON))
    facts = PersonFact.objects.filter(person=person).known(None)
    offices = OfficeFact.objects.filter(office__person=person).known(None)
    tenures = Tenure.objects.filter(person=person).known(None)
    return KeepPage(
        **_around(request, person),
        sections=(
            make.section(
                _("How the person is called"),
                facts,
                lambda f: [
                    *([] if make.is_past(f) else [("rename_person", _("Change"), f.pk)]),
                    ("correct_person", _("Correct"), f.pk),
                ],
            ),
            make.section(_("Offices"), offices, _office_offers(make)),
            make.section(_("Seats"), tenures, _tenure_offers(make)),
        ),
    )


def _around(request: Any, thing: Any) -> dict[str, Any]:
    reading: Reading = request.reading
    name = capfirst(thing_named(thing, reading.day).label)
    return {
        "title": _("Keep up to date: %(name)s") % {"name": name},
        "reading": reading,
        "crumbs": (Link(name, address_of(thing)),),
    }
