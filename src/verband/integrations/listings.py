"""Rows of a list: how many there are, a part of them, all of them in chunks of bounded size."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q

from verband.bodies.models import BodyTerm
from verband.integrations.names import names_of
from verband.integrations.shapes import MemberShape, PersonShape, Shape
from verband.integrations.tables import BODIES, Table, key_of
from verband.integrations.uris import tooi_uri
from verband.kernel.two_times import TwoTimesQuerySet
from verband.members.models import Membership, OfficeFact, OrganisationFact
from verband.members.people_labels import Called, people_called
from verband.members.queries import MemberVotes, names_on, sort_key, votes_of
from verband.people.models import Person
from verband.ui.reading import Reading

CHUNK = 1000


class Listing(ABC):
    """Rows in a total order."""

    @abstractmethod
    def total(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def part(self, start: int, stop: int) -> Sequence[Shape]:
        """The rows from ``start`` up to ``stop``."""

    def chunks(self) -> Iterator[Sequence[Shape]]:
        """All rows, at most ``CHUNK`` at a time."""
        for start in range(0, self.total(), CHUNK):
            yield self.part(start, start + CHUNK)


class FactListing(Listing):
    """Facts of one kind: true on the day, as known at the instant, unless more is asked for."""

    def __init__(
        self,
        table: Table,
        reading: Reading,
        *,
        validity: Literal["on", "all"] = "on",
        versions: Literal["known", "all"] = "known",
        where: Q | Mapping[str, object] = Q(),  # noqa: B008 - a Q is never changed
    ) -> None:
        self.table, self.reading = table, reading
        rows = TwoTimesQuerySet(table.model)
        if versions == "known":
            rows = rows.known(reading.known)
        elif reading.known is not None:
            rows = rows.filter(recorded_from__lte=reading.known)
        if validity == "on":
            rows = rows.at(reading.day)
            if table is BODIES:  # a body is there on the days of its terms
                terms = BodyTerm.objects.at(reading.day).known(reading.known)
                rows = rows.filter(Exists(terms.filter(body=OuterRef("body"))))
        self.rows = rows.filter(where if isinstance(where, Q) else Q(**where))

    def ordered(self) -> TwoTimesQuerySet:
        """The rows with their things, in a total order."""
        return self.rows.select_related(*self.table.related).order_by(*self.table.order)

    def total(self) -> int:
        """How many facts there are. One query."""
        return self.rows.count()

    def part(self, start: int, stop: int) -> Sequence[Shape]:
        """Seven queries at most, whatever the number of facts."""
        return self._given(list(self.ordered()[start:stop]))

    def chunks(self) -> Iterator[Sequence[Shape]]:
        """All facts from one query; the names with six queries for each chunk."""
        found = self.ordered().iterator(CHUNK)
        while rows := list(islice(found, CHUNK)):
            yield self._given(rows)

    def everything(self) -> list[Shape]:
        """All rows at once, for the few facts of one thing."""
        return list(self._given(list(self.ordered())))

    def _given(self, rows: Sequence[Any]) -> list[Shape]:
        names = names_of(rows, self.table.named, self.reading)
        return [self.table.given(row, names) for row in rows]


class MemberListing(Listing):
    """The members on the day, by name, with inhabitants and votes. Six queries."""

    def __init__(self, reading: Reading, where: Mapping[str, object]) -> None:
        self.reading = reading
        day, known = reading.day, reading.known
        self.memberships = Membership.objects.at(day).known(known)
        names = OrganisationFact.objects.at(day).known(known)
        members = names.filter(organisation__in=self.memberships.values("organisation"), **where)
        found = members.values_list("organisation_id", "name")
        self.ids = [pk for pk, name in sorted(found, key=lambda row: (sort_key(row[1]), row[0]))]

    def total(self) -> int:
        """How many members there are."""
        return len(self.ids)

    def part(self, start: int, stop: int) -> Sequence[Shape]:
        """Members with their votes."""
        wanted = self.ids[start:stop]
        facts = {
            row.organisation_id: row for row in self.memberships.filter(organisation__in=wanted)
        }
        found = votes_of(wanted, self.reading.day, self.reading.known)
        return [self._given(row, facts[row.organisation.pk]) for row in found]

    def _given(self, row: MemberVotes, fact: Membership) -> MemberShape:
        inhabitants = row.inhabitants
        return MemberShape(
            id=fact.pk,
            valid_from=fact.valid_from,
            valid_until=fact.valid_until,
            recorded_from=fact.recorded_from,
            recorded_until=None,
            source=fact.source,
            certainty=fact.certainty,
            organisation=row.organisation.key,
            name=row.fact.name,
            uri=tooi_uri(row.organisation),
            province=key_of(row.fact.province),
            inhabitants=inhabitants.number,
            inhabitants_basis=inhabitants.basis,
            reference_date=inhabitants.reference_date,
            votes=row.votes,
        )


class PersonListing(Listing):
    """Everyone in the register at the instant that is read, by key."""

    def __init__(self, reading: Reading, where: Mapping[str, object]) -> None:
        self.reading = reading
        rows = Person.objects.all()
        if reading.known is not None:
            rows = rows.filter(recorded_from__lte=reading.known)
        offices = {f"office__{name}": value for name, value in where.items()}
        if offices:
            held = OfficeFact.objects.at(reading.day).known(reading.known).filter(**offices)
            rows = rows.filter(Exists(held.filter(office__person=OuterRef("pk"))))
        self.rows = rows.order_by("key")

    def total(self) -> int:
        """How many people there are. One query."""
        return self.rows.count()

    def part(self, start: int, stop: int) -> Sequence[Shape]:
        """People by function. Seven queries, whatever the number."""
        return given_people(list(self.rows[start:stop]), self.reading)


def given_people(people: Sequence[Person], reading: Reading) -> list[PersonShape]:
    """People by function on the day that is read. Six queries, whatever the number."""
    day, known = reading.day, reading.known
    called = people_called([person.pk for person in people], day, known)
    ids = {words.organisation_id for words in called.values() if words.organisation_id}
    places = names_on(ids, day, known)
    return [_person(person, called[person.pk], places) for person in people]


def _person(person: Person, words: Called, places: Mapping[int, OrganisationFact]) -> PersonShape:
    place = places.get(words.organisation_id or 0)
    return PersonShape(
        key=person.key,
        label=words.label,
        name=words.name,
        organisation=key_of(place.organisation if place else None),
        organisation_name=place.name if place else None,
        holds_office=words.held,
        recorded_from=person.recorded_from,
    )
