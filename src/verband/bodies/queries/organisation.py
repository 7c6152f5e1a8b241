"""Everything the register knows of one organisation on a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from verband.bodies.models import Body
from verband.bodies.queries.body import nearest
from verband.bodies.queries.seats import SeatHeld, seats_of_organisations, seats_of_people
from verband.core.period import Period
from verband.members.models import (
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    OrganisationKind,
    PopulationFigure,
    Succession,
    VotingKeyFact,
)
from verband.members.people_labels import Called, people_called
from verband.members.queries import (
    Inhabitants,
    inhabitants_on,
    key_of,
    names_on,
    voting_key_on,
)


@dataclass(frozen=True, slots=True)
class OrganisationOnDay:
    """One organisation on a day, as known at an instant.

    ``fact`` is that of the day or the nearest. ``seats`` are those that its officials hold as
    long as they hold office here, ``own_seats`` those that it holds itself.
    """

    organisation: Organisation
    fact: OrganisationFact
    facts: tuple[OrganisationFact, ...]
    memberships: tuple[Membership, ...]
    inhabitants: Inhabitants | None
    statute: VotingKeyFact | None
    figures: tuple[PopulationFigure, ...]
    offices: tuple[OfficeFact, ...]
    people: dict[int, Called]
    seats: tuple[SeatHeld, ...]
    own_seats: tuple[SeatHeld, ...]
    successions: tuple[Succession, ...]
    names: dict[int, OrganisationFact]
    body: Body | None

    @property
    def exists(self) -> Period:
        """From the first start to the last end."""
        return Period(self.facts[0].valid_from, self.facts[-1].valid_until)

    def is_member_on(self, day: date) -> bool:
        """Whether it is a member of the association on a day."""
        return any(day in membership.period for membership in self.memberships)

    @property
    def votes(self) -> int | None:
        """Its votes on the day, when it has inhabitants and a key is in force."""
        if self.statute is None or self.inhabitants is None or self.inhabitants.number is None:
            return None
        return key_of(self.statute).votes(self.inhabitants.number)

    @property
    def predecessors(self) -> list[Succession]:
        """Who it followed, by day."""
        return [s for s in self.successions if s.successor_id == self.organisation.pk]

    @property
    def successors(self) -> list[Succession]:
        """Who followed it, by day."""
        return [s for s in self.successions if s.predecessor_id == self.organisation.pk]


def organisation_on(
    organisation: Organisation, day: date, known: datetime | None = None
) -> OrganisationOnDay | None:
    """One organisation on a day; ``None`` when nothing was known of it at that instant.

    Twenty-five queries at most, whatever the number of offices and seats.
    """
    rows = OrganisationFact.objects.filter(organisation=organisation).known(known)
    facts = list(rows.select_related("province").order_by("valid_from", "pk"))
    facts.sort(key=lambda fact: fact.valid_from or date.min)
    if not facts:
        return None
    offices = _offices(organisation, known)
    successions = _successions(organisation, known)
    inhabitants = _inhabitants(organisation, day, known)
    people = {office.office.person_id for office in offices}
    return OrganisationOnDay(
        organisation=organisation,
        fact=nearest(facts, day),
        facts=tuple(facts),
        memberships=tuple(
            Membership.objects.filter(organisation=organisation).known(known).order_by("valid_from")
        ),
        inhabitants=inhabitants,
        statute=voting_key_on(day, known) if inhabitants else None,
        figures=tuple(
            PopulationFigure.objects.filter(organisation=organisation)
            .known(known)
            .order_by("valid_from", "pk")
        ),
        offices=tuple(offices),
        people=people_called(people, day, known),
        seats=tuple(_held_from_here(seats_of_people(people, day, known), offices)),
        own_seats=tuple(seats_of_organisations([organisation.pk], day, known)),
        successions=tuple(successions),
        names=_names(facts, successions, inhabitants, day, known),
        body=Body.objects.filter(organisation=organisation).first(),
    )


def _offices(organisation: Organisation, known: datetime | None) -> list[OfficeFact]:
    rows = OfficeFact.objects.filter(office__organisation=organisation).known(known)
    return list(rows.select_related("office").order_by("office__function", "valid_from", "pk"))


def _successions(organisation: Organisation, known: datetime | None) -> list[Succession]:
    rows = Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
    rows = rows.known(known).select_related("predecessor", "successor")
    return list(rows.order_by("valid_from", "pk"))


def _inhabitants(
    organisation: Organisation, day: date, known: datetime | None
) -> Inhabitants | None:
    if organisation.kind != OrganisationKind.MUNICIPALITY:
        return None
    return inhabitants_on([organisation.pk], day, known)[organisation.pk]


def _names(
    facts: list[OrganisationFact],
    successions: list[Succession],
    inhabitants: Inhabitants | None,
    day: date,
    known: datetime | None,
) -> dict[int, OrganisationFact]:
    wanted = {s.predecessor_id for s in successions} | {s.successor_id for s in successions}
    wanted |= {fact.province_id for fact in facts if fact.province_id is not None}
    wanted |= set(inhabitants.parts) if inhabitants else set()
    return names_on(wanted, day, known)


def _held_from_here(seats: list[SeatHeld], offices: list[OfficeFact]) -> list[SeatHeld]:
    """The seats that people hold while they hold an office here."""
    terms: dict[int, list[Period]] = {}
    for office in offices:
        terms.setdefault(office.office.person_id, []).append(office.period)
    return [
        seat
        for seat in seats
        if any(seat.tenure.period.overlaps(p) for p in terms.get(seat.tenure.person_id or 0, ()))
    ]
