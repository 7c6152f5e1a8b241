"""Everything the register knows of one person on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from verband.bodies.models import BodyFact, LinkFact
from verband.bodies.queries.names import bodies_called
from verband.bodies.queries.seats import SeatHeld, seats_of_people
from verband.core.period import Period
from verband.members.models import OfficeFact, OrganisationFact
from verband.members.people_labels import Called, people_called
from verband.members.queries import names_on
from verband.people.models import Person, Role


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two seats that one person holds at the same time, and since when until when."""

    one: SeatHeld
    other: SeatHeld
    period: Period


@dataclass(frozen=True, slots=True)
class PersonOnDay:
    """One person on a day, as known at an instant."""

    person: Person
    called: Called
    offices: tuple[OfficeFact, ...]
    roles: tuple[Role, ...]
    seats: tuple[SeatHeld, ...]
    links: tuple[LinkFact, ...]
    organisations: dict[int, OrganisationFact]
    bodies: dict[int, BodyFact]

    def overlaps(self) -> Iterator[Overlap]:
        """Every pair of seats in different bodies that are held on the same days."""
        for i, one in enumerate(self.seats):
            for other in self.seats[i + 1 :]:
                if one.body.body_id != other.body.body_id:
                    shared = one.tenure.period.intersection(other.tenure.period)
                    if shared is not None:
                        yield Overlap(one, other, shared)

    def seats_on(self, day: date) -> list[SeatHeld]:
        """The seats held on a day."""
        return [seat for seat in self.seats if day in seat.tenure.period]


def person_on(person: Person, day: date, known: datetime | None = None) -> PersonOnDay | None:
    """One person on a day; ``None`` when the register did not know them at that instant.

    Thirteen queries, whatever the number of offices and seats.
    """
    if known is not None and person.recorded_from > known:
        return None
    offices = tuple(
        OfficeFact.objects.filter(office__person=person)
        .known(known)
        .select_related("office__organisation")
        .order_by("-valid_from", "pk")
    )
    links = tuple(
        LinkFact.objects.filter(person=person)
        .known(known)
        .select_related("link")
        .order_by("-valid_from", "pk")
    )
    ends = {pk for fact in links for pk in (fact.link.from_body_id, fact.link.to_body_id)}
    return PersonOnDay(
        person=person,
        called=people_called([person.pk], day, known)[person.pk],
        offices=offices,
        roles=tuple(Role.objects.filter(person=person).known(known).order_by("-valid_from", "pk")),
        seats=tuple(seats_of_people([person.pk], day, known)),
        links=links,
        organisations=names_on({o.office.organisation_id for o in offices}, day, known),
        bodies=bodies_called(ends, day, known),
    )
