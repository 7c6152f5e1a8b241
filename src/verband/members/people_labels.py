"""How a person is called on a day: by function and organisation first, then by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from verband.core.period import Period
from verband.members.models import Function, OfficeFact
from verband.members.queries import labels_on
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


class _Office(NamedTuple):
    person_id: int
    organisation_id: int
    organisation_key: str
    function: str
    valid_from: date | None
    valid_until: date | None

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_until)


def people_called(
    ids: Iterable[int], day: date, known: datetime | None = None
) -> dict[int, Called]:
    """How people are called on a day. Four queries, whatever the number."""
    wanted = set(ids)
    if not wanted:
        return {}
    offices = _offices(wanted, day, known)
    places = labels_on({office.organisation_id for office in offices.values()}, day, known)
    facts: dict[int, tuple[str, str]] = {}
    rows = PersonFact.objects.filter(person__in=wanted).known(known).order_by("pk")
    columns = ("person_id", "name", "summary", "valid_from", "valid_until")
    for pk, name, summary, start, until in rows.values_list(*columns):
        if day in Period(start, until) or pk not in facts:
            facts[pk] = (name, summary)
    people = Person.objects.filter(pk__in=wanted).values_list("pk", "key")
    return {
        pk: _called(pk, key, offices.get(pk), places, facts.get(pk, ("", "")), day)
        for pk, key in people
    }


def _offices(wanted: set[int], day: date, known: datetime | None) -> dict[int, _Office]:
    rows = OfficeFact.objects.filter(office__person__in=wanted).known(known)
    columns = ("person_id", "organisation_id", "organisation__key", "function")
    best: dict[int, _Office] = {}
    for found in rows.order_by("valid_from", "pk").values_list(
        *(f"office__{column}" for column in columns), "valid_from", "valid_until"
    ):
        row = _Office(*found)
        standing = best.get(row.person_id)
        if standing is None or _rank(row, day) >= _rank(standing, day):
            best[row.person_id] = row
    return best


def _rank(row: _Office, day: date) -> tuple[bool, bool, int]:
    held = day in row.period
    order = -FIRST.index(row.function) if held else 0
    return held, not row.period.is_future(day), order


def _called(
    pk: int,
    key: str,
    office: _Office | None,
    places: dict[int, str],
    fact: tuple[str, str],
    day: date,
) -> Called:
    name, summary = fact
    if office is None:
        return Called(pk, key, summary or name or key, "" if not summary else name)
    where = places.get(office.organisation_id) or office.organisation_key
    label = f"{Function(office.function).label}, {where}"
    return Called(pk, key, label, name, office.organisation_id, day in office.period)
