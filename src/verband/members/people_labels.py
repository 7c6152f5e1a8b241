"""How a person is called on a day: by function and organisation first, then by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from verband.members.models import Function, OfficeFact, OrganisationFact
from verband.members.names import name_of
from verband.members.queries import names_on
from verband.people.models import Person, PersonFact

FIRST = tuple(Function.values)  # of several offices, the one that is named first


@dataclass(frozen=True, slots=True)
class Called:
    """A person in words on a day.

    ``label``: function and organisation ("alderman, Tilburg"), or what else is known; ``name`` may
    be empty. ``held``: whether the office is held on that day; else it was the last one before.
    """

    person_id: int
    key: str
    label: str
    name: str
    organisation_id: int | None = None
    held: bool = False

    def __str__(self) -> str:
        return f"{self.label} ({self.name})" if self.name else self.label


def people_called(
    ids: Iterable[int], day: date, known: datetime | None = None
) -> dict[int, Called]:
    """How people are called on a day. Four queries, whatever the number."""
    wanted = set(ids)
    offices = _offices(wanted, day, known)
    places = names_on({o.office.organisation_id for o in offices.values()}, day, known)
    facts: dict[int, PersonFact] = {}
    for fact in PersonFact.objects.filter(person__in=wanted).known(known).order_by("pk"):
        if day in fact.period or fact.person_id not in facts:
            facts[fact.person_id] = fact
    return {
        person.pk: _called(person, offices.get(person.pk), places, facts.get(person.pk), day)
        for person in Person.objects.filter(pk__in=wanted)
    }


def _offices(wanted: set[int], day: date, known: datetime | None) -> dict[int, OfficeFact]:
    rows = (
        OfficeFact.objects.filter(office__person__in=wanted)
        .known(known)
        .select_related("office__organisation")
        .order_by("valid_from", "pk")
    )
    best: dict[int, OfficeFact] = {}
    for row in rows:
        standing = best.get(row.office.person_id)
        if standing is None or _rank(row, day) >= _rank(standing, day):
            best[row.office.person_id] = row
    return best


def _rank(row: OfficeFact, day: date) -> tuple[bool, bool, int]:
    held = day in row.period
    order = -FIRST.index(row.office.function) if held else 0
    return held, not row.period.is_future(day), order


def _called(
    person: Person,
    office: OfficeFact | None,
    places: dict[int, OrganisationFact],
    fact: PersonFact | None,
    day: date,
) -> Called:
    name = fact.name if fact else ""
    if office is None:
        summary = fact.summary if fact else ""
        return Called(
            person.pk, person.key, summary or name or person.key, "" if not summary else name
        )
    place = places.get(office.office.organisation_id)
    where = (place.abbreviation or name_of(place)) if place else office.office.organisation.key
    return Called(
        person.pk,
        person.key,
        f"{office.office.get_function_display()}, {where}",
        name,
        office.office.organisation_id,
        day in office.period,
    )
