"""Who sits where: the seats of a body through the years, and the seats of a person or a member."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from verband.bodies.models import Body, BodyFact, SeatFact, Tenure
from verband.bodies.queries.names import bodies_called
from verband.core.period import Period, gaps
from verband.members.models import OrganisationFact
from verband.members.names import name_of
from verband.members.people_labels import Called, people_called
from verband.members.queries import names_on


@dataclass(frozen=True, slots=True)
class SeatHistory:
    """One seat with everybody who sat on it, in order, and the days on which it was empty."""

    fact: SeatFact
    exists: Period
    tenures: tuple[Tenure, ...]
    empty: tuple[Period, ...]

    def holder_on(self, day: date) -> Tenure | None:
        """Who holds the seat on a day."""
        return next((tenure for tenure in self.tenures if day in tenure.period), None)


@dataclass(frozen=True, slots=True)
class Names:
    """The names that belong to a set of seats on a day."""

    people: dict[int, Called]
    organisations: dict[int, OrganisationFact]

    def holder(self, tenure: Tenure) -> str:
        """The holder in words; the key of an organisation of which nothing was known yet."""
        if tenure.person_id is not None:
            return str(self.people[tenure.person_id])
        fact = self.organisations.get(tenure.organisation_id or 0)
        if fact is not None:
            return name_of(fact)
        return str(tenure.organisation.key if tenure.organisation else "")


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """A seat that somebody holds, held or will hold."""

    tenure: Tenure
    fact: SeatFact
    body: BodyFact


def seats_of_body(body: Body, day: date, known: datetime | None = None) -> list[SeatHistory]:
    """Every seat of a body that exists, existed or is planned, by number. Two queries."""
    facts: dict[int, list[SeatFact]] = defaultdict(list)
    rows = SeatFact.objects.filter(seat__body=body).known(known)
    for row in rows.select_related("seat").order_by("seat__number", "valid_from", "pk"):
        facts[row.seat_id].append(row)
    tenures: dict[int, list[Tenure]] = defaultdict(list)
    held = Tenure.objects.filter(seat__body=body).known(known)
    for tenure in held.select_related("organisation").order_by("valid_from", "pk"):
        tenures[tenure.seat_id].append(tenure)
    return [_history(facts[pk], tenures[pk], day) for pk in facts]


def _history(facts: list[SeatFact], tenures: list[Tenure], day: date) -> SeatHistory:
    on_day = [fact for fact in facts if day in fact.period]
    before = [fact for fact in facts if fact.period.is_past(day)]
    exists = Period(facts[0].valid_from, facts[-1].valid_until)
    ordered = sorted(tenures, key=lambda t: t.valid_from or date.min)
    empty = gaps((tenure.period for tenure in ordered), within=exists)
    return SeatHistory(
        (on_day or before or facts)[-1 if on_day or before else 0],
        exists,
        tuple(ordered),
        tuple(empty),
    )


def names_for(tenures: Iterable[Tenure], day: date, known: datetime | None = None) -> Names:
    """The names of everybody who holds these tenures. Six queries, whatever the number."""
    listed = list(tenures)
    people = {t.person_id for t in listed if t.person_id is not None}
    organisations = {t.organisation_id for t in listed if t.organisation_id is not None}
    return Names(people_called(people, day, known), names_on(organisations, day, known))


def seats_of_people(ids: Iterable[int], day: date, known: datetime | None = None) -> list[SeatHeld]:
    """Every seat that these people hold, held or will hold. Three queries."""
    return _held(Tenure.objects.filter(person__in=set(ids)).known(known), day, known)


def seats_of_organisations(
    ids: Iterable[int], day: date, known: datetime | None = None
) -> list[SeatHeld]:
    """Every seat that these organisations themselves hold, held or will hold. Three queries."""
    return _held(Tenure.objects.filter(organisation__in=set(ids)).known(known), day, known)


def _held(tenures: Iterable[Tenure], day: date, known: datetime | None) -> list[SeatHeld]:
    listed = list(tenures.select_related("seat"))  # type: ignore[attr-defined]
    described: dict[int, SeatFact] = {}
    rows = SeatFact.objects.filter(seat__in={t.seat_id for t in listed}).known(known)
    for row in rows.order_by("valid_from", "pk"):
        standing = described.get(row.seat_id)
        if standing is None or day in row.period or row.period.is_past(day):
            described[row.seat_id] = row
    bodies = bodies_called({t.seat.body_id for t in listed}, day, known)
    found = [
        SeatHeld(tenure, described[tenure.seat_id], bodies[tenure.seat.body_id])
        for tenure in listed
        if tenure.seat_id in described and tenure.seat.body_id in bodies
    ]
    return sorted(found, key=lambda h: (h.body.name, h.tenure.valid_from or date.min, h.tenure.pk))
