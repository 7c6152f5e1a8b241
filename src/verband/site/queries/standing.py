"""What the register gives somebody today: roles, offices and seats, and what those allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from verband.bodies.kinds import BodyKind
from verband.bodies.models import Body
from verband.bodies.permissions import OFFICERS, is_board_member
from verband.bodies.queries.names import name_of
from verband.bodies.queries.seats import SeatHeld, seats_of_people
from verband.core.period import Period
from verband.kernel.permissions import Predicate, labels
from verband.kernel.use_case import REGISTER, UseCase
from verband.members.models import OfficeFact, Organisation, OrganisationFact
from verband.members.people_labels import Called, people_called
from verband.members.queries import names_on
from verband.people.models import Account, Role
from verband.people.permissions import is_own_account


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register of a day says of the person behind an account."""

    account: Account
    called: Called
    roles: tuple[Role, ...]
    offices: tuple[OfficeFact, ...]
    seats: tuple[SeatHeld, ...]
    places: dict[int, OrganisationFact]

    @property
    def municipality(self) -> OrganisationFact | None:
        """Where the person holds the first of their offices."""
        return self.places.get(self.called.organisation_id or 0) if self.called.held else None


@dataclass(frozen=True, slots=True)
class Ground:
    """Why somebody may do something: a role, an office or a seat, and for how long."""

    why: str
    period: Period
    where: Body | Organisation | None = None
    name: str = ""


def standing_on(account: Account, day: date) -> Standing:
    """Roles, offices and seats on a day. Eleven queries, whatever the number."""
    person = account.person_id
    offices = tuple(
        OfficeFact.objects.filter(office__person=person)
        .at(day)
        .known(None)
        .select_related("office", "office__organisation")
        .order_by("office__function", "pk")
    )
    seats = tuple(s for s in seats_of_people([person], day) if day in s.tenure.period)
    return Standing(
        account,
        people_called([person], day)[person],
        tuple(Role.objects.filter(person=person).at(day).known(None).order_by("kind", "pk")),
        offices,
        seats,
        names_on({o.office.organisation_id for o in offices}, day),
    )


def given_to(standing: Standing, day: date, now: datetime) -> dict[str, list[Ground]]:
    """Which use cases the register gives, by name, and on which grounds.

    A ground is asked once for each role, office and seat, however many use cases rest on it.
    """
    answers: dict[int, list[Ground]] = {}
    for use_case in REGISTER.values():
        key = id(use_case.allowed)
        if key not in answers:
            answers[key] = list(_grounds(use_case.allowed, standing, day, now))
    found = {name: answers[id(use_case.allowed)] for name, use_case in REGISTER.items()}
    return {name: grounds for name, grounds in found.items() if grounds}


def _grounds(allowed: Predicate, standing: Standing, day: date, now: datetime) -> Iterator[Ground]:
    asked: dict[str, Any] = {"actor": standing.account, "today": day, "now": now}
    if allowed(**asked):
        yield from _of_themselves(allowed, standing)
        return
    if allowed(**asked, account=standing.account):
        yield Ground(str(is_own_account.label), Period())
    for seat in standing.seats:
        if seat.fact.role in OFFICERS and allowed(**asked, body=seat.body.body):
            role = seat.fact.title or str(seat.fact.get_role_display())
            yield Ground(role, seat.tenure.period, seat.body.body, name_of(seat.body))
    for office in standing.offices:
        place = office.office.organisation
        if allowed(**asked, organisation=place):
            known = standing.places.get(place.pk)
            name = known.name if known else place.key
            function = str(office.office.get_function_display())
            yield Ground(function, office.period, place, name)


def _of_themselves(allowed: Predicate, standing: Standing) -> Iterator[Ground]:
    """Grounds that ask for no particular thing: a role, or a seat in the board."""
    named = set(labels(allowed))
    for role in standing.roles:
        if str(role.get_kind_display()) in named:
            yield Ground(str(role.get_kind_display()), role.period)
    for seat in standing.seats:
        if str(is_board_member.label) in named and seat.body.kind == BodyKind.BOARD:
            why = str(is_board_member.label)
            yield Ground(why, seat.tenure.period, seat.body.body, name_of(seat.body))


def use_cases() -> list[UseCase[Any]]:
    """Every use case of the register, by its name."""
    return [REGISTER[name] for name in sorted(REGISTER)]
