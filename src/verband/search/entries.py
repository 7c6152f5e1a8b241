"""What each kind of fact contributes to search."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import override

from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import BodyFact, Coverage, SeatFact, Tenure
from verband.kernel.two_times import TwoTimesModel
from verband.members.models import (
    Function,
    Office,
    OfficeFact,
    Organisation,
    OrganisationFact,
    OrganisationKind,
)
from verband.people.models import PersonFact
from verband.search.models import Entry, EntryKind
from verband.search.words import tails, words_of

LANGUAGES = ("nl", "en")


def in_both(choice: Any) -> str:
    """A choice in words, in both languages."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(str(choice.label))
    return " ".join(dict.fromkeys(said))


def entries_of(model: type[TwoTimesModel], facts: Sequence[Any]) -> list[Entry]:
    """The entries of facts of one kind; at most three queries, whatever the number."""
    return SOURCES[model](facts) if model in SOURCES else []


def _entry(
    kind: EntryKind, thing: int, fact: TwoTimesModel, names: Iterable[str], texts: Iterable[str]
) -> Entry:
    said = [words_of(name) for name in names if name]
    read = [words_of(text) for text in texts if text]
    whole = kind != EntryKind.PERSON  # of people only what they do is a compound worth parting
    long = {word for words in (*said, *read) if whole or words in read for word in words}
    return Entry(
        kind=kind,
        thing=thing,
        fact_table=fact._meta.db_table,
        fact=fact.pk,
        valid_from=fact.valid_from,
        valid_until=fact.valid_until,
        recorded_from=fact.recorded_from,
        recorded_until=fact.recorded_until,
        names=" ".join(word for words in said for word in words),
        texts=" ".join(word for words in read for word in words),
        parts=" ".join(sorted(set(tails(long)))),
    )


def _organisations(facts: Sequence[OrganisationFact]) -> list[Entry]:
    things = Organisation.objects.in_bulk({fact.organisation_id for fact in facts})
    return [
        _entry(
            EntryKind.ORGANISATION,
            fact.organisation_id,
            fact,
            (
                fact.name,
                fact.name_en,
                fact.abbreviation,
                things[fact.organisation_id].code,
                things[fact.organisation_id].key,
            ),
            (fact.purpose, in_both(OrganisationKind(things[fact.organisation_id].kind))),
        )
        for fact in facts
    ]


def _bodies(facts: Sequence[BodyFact]) -> list[Entry]:
    return [
        _entry(
            EntryKind.BODY,
            fact.body_id,
            fact,
            (fact.name, fact.name_en, fact.abbreviation),
            (fact.purpose, fact.purpose_en, in_both(BodyKind(fact.kind)), fact.support),
        )
        for fact in facts
    ]


def _coverages(facts: Sequence[Coverage]) -> list[Entry]:
    return [
        _entry(EntryKind.BODY, fact.body_id, fact, (), (fact.label,))
        for fact in facts
        if fact.label
    ]


def _people(facts: Sequence[PersonFact]) -> list[Entry]:
    return [
        _entry(EntryKind.PERSON, fact.person_id, fact, (fact.name, fact.summary), ())
        for fact in facts
        if fact.name or fact.summary
    ]


def _names_of_organisations(ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    rows = OrganisationFact.objects.filter(organisation__in=set(ids)).known(None)
    for row in rows.order_by("pk"):
        found.setdefault(row.organisation_id, []).append(f"{row.name} {row.abbreviation}")
    return {pk: " ".join(dict.fromkeys(names)) for pk, names in found.items()}


def _offices(facts: Sequence[OfficeFact]) -> list[Entry]:
    offices = Office.objects.in_bulk({fact.office_id for fact in facts})
    places = _names_of_organisations(office.organisation_id for office in offices.values())
    found = []
    for fact in facts:
        office = offices[fact.office_id]
        names = (in_both(Function(office.function)), places.get(office.organisation_id, ""))
        texts = (fact.portfolios, fact.party)
        found.append(_entry(EntryKind.PERSON, office.person_id, fact, names, texts))
    return found


def _tenures(facts: Sequence[Tenure]) -> list[Entry]:
    held = [fact for fact in facts if fact.person_id is not None]
    seats: dict[int, SeatFact] = {}
    rows = SeatFact.objects.filter(seat__in={fact.seat_id for fact in held}).known(None)
    for row in rows.select_related("seat").order_by("pk"):
        seats[row.seat_id] = row
    names: dict[int, str] = {}
    bodies = BodyFact.objects.filter(body__in={row.seat.body_id for row in seats.values()})
    for body in bodies.known(None).order_by("pk"):
        names[body.body_id] = f"{body.name} {body.name_en} {body.abbreviation}"
    return [
        _entry(
            EntryKind.PERSON,
            fact.person_id or 0,
            fact,
            (),
            (
                in_both(SeatRole(seats[fact.seat_id].role)),
                seats[fact.seat_id].title,
                names.get(seats[fact.seat_id].seat.body_id, ""),
            ),
        )
        for fact in held
        if fact.seat_id in seats
    ]


SOURCES: dict[type[TwoTimesModel], Callable[[Any], list[Entry]]] = {
    OrganisationFact: _organisations,
    BodyFact: _bodies,
    Coverage: _coverages,
    PersonFact: _people,
    OfficeFact: _offices,
    Tenure: _tenures,
}
