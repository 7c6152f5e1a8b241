"""The names that a page of facts needs, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from verband.bodies.models import BodyFact
from verband.bodies.queries.names import bodies_called
from verband.members.models import OrganisationFact
from verband.members.people_labels import Called, people_called
from verband.members.queries import names_on
from verband.ui.reading import Reading


@dataclass(frozen=True, slots=True)
class Named:
    """Which columns of a fact point to things that have a name."""

    organisations: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What the things are called on the day that is read, as known then."""

    reading: Reading
    organisations: dict[int, OrganisationFact] = field(default_factory=dict)
    bodies: dict[int, BodyFact] = field(default_factory=dict)
    people: dict[int, Called] = field(default_factory=dict)

    def organisation(self, pk: int | None) -> str | None:
        """The name of an organisation; ``None`` when none is known."""
        found = self.organisations.get(pk or 0)
        return found.name if found else None

    def body(self, pk: int | None) -> str | None:
        """The name of a body; ``None`` when none is known."""
        found = self.bodies.get(pk or 0)
        return found.name if found else None

    def person(self, pk: int | None) -> str | None:
        """A person by function."""
        found = self.people.get(pk or 0)
        return found.label if found else None


def names_of(rows: Sequence[Any], named: Named, reading: Reading) -> Names:
    """The names that these facts need: six queries at most, however many facts."""
    day, known = reading.day, reading.known
    organisations = _ids(rows, named.organisations)
    bodies = _ids(rows, named.bodies)
    people = _ids(rows, named.people)
    return Names(
        reading,
        names_on(organisations, day, known) if organisations else {},
        bodies_called(bodies, day, known) if bodies else {},
        people_called(people, day, known) if people else {},
    )


def _ids(rows: Iterable[Any], paths: Sequence[str]) -> set[int]:
    getters = [attrgetter(path) for path in paths]
    return {pk for row in rows for get in getters if (pk := get(row)) is not None}
