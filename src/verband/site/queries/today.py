"""What the first page tells: how many, what ends, where a municipality sits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from verband.bodies.models import Body, BodyTerm
from verband.bodies.queries.names import bodies_called, name_of
from verband.bodies.queries.seats import SeatHeld, seats_of_organisations, seats_of_people
from verband.core.period import Period, add_months
from verband.members.models import Membership, OfficeFact, Organisation, OrganisationFact
from verband.members.people_labels import Called, people_called

SOON_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Ending:
    """A body that ends soon, with its name on the day."""

    term: BodyTerm
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class Today:
    """The association in numbers on a day, and what ends within half a year."""

    members: int
    bodies: int
    ending: tuple[Ending, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A seat of a municipality, and who holds it; nobody when the municipality itself does."""

    seat: SeatHeld
    holder: Called | None


def today_on(day: date, known: datetime | None = None) -> Today:
    """The association on a day. Four queries, whatever the number."""
    terms = BodyTerm.objects.at(day).known(known)
    later = BodyTerm.objects.at(add_months(day, SOON_MONTHS)).known(known)
    ending = list(terms.exclude(body__in=later.values("body")).select_related("body"))
    names = bodies_called({term.body_id for term in ending}, day, known)
    told = [
        Ending(term, name_of(names[term.body_id]), term.valid_until)
        for term in ending
        if term.valid_until is not None and term.body_id in names
    ]
    return Today(
        Membership.objects.at(day).known(known).count(),
        terms.count(),
        tuple(sorted(told, key=lambda it: (it.day, it.name))),
    )


def tables_of(place: OrganisationFact, day: date, known: datetime | None = None) -> list[Table]:
    """Where a municipality sits, sat last year or will sit. Eleven queries, whatever the number.

    The seats of its officials count while they hold office there; its own seats always.
    """
    shown = Period(add_months(day, -12), None)
    rows = OfficeFact.objects.filter(office__organisation=place.organisation_id).known(known)
    terms: dict[int, list[Period]] = {}
    for office in rows.during(shown).select_related("office"):
        terms.setdefault(office.office.person_id, []).append(office.period)
    seats = [
        seat
        for seat in seats_of_people(terms, day, known)
        if any(seat.tenure.period.overlaps(p) for p in terms.get(seat.tenure.person_id or 0, ()))
    ]
    seats += seats_of_organisations([place.organisation_id], day, known)
    seats = [seat for seat in seats if seat.tenure.period.overlaps(shown)]
    people = people_called(
        {s.tenure.person_id for s in seats if s.tenure.person_id is not None}, day, known
    )
    tables = [Table(seat, people.get(seat.tenure.person_id or 0)) for seat in seats]
    return sorted(
        tables,
        key=lambda t: (day not in t.seat.tenure.period, t.seat.body.name, t.seat.tenure.pk),
    )


def concerned(
    place: OrganisationFact, tables: Sequence[Table], day: date
) -> list[Organisation | Body]:
    """The municipality and the bodies in which it sits: what changes there concerns it."""
    bodies = {t.seat.body.body_id: t.seat.body.body for t in tables if day in t.seat.tenure.period}
    return [place.organisation, *bodies.values()]
