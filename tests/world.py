"""A small association for tests, built through use cases so that it obeys every rule."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import Body, Seat, Tenure
from verband.bodies.use_cases import add_seat, seat_someone, set_up_body
from verband.kernel.permissions import FOUNDING
from verband.members.models import Function, OfficeFact, Organisation, OrganisationKind
from verband.members.use_cases import add_organisation, enter_population, take_office
from verband.people.models import Account, Person
from verband.people.use_cases import add_person, found_register, open_account

BEGIN = date(2012, 1, 1)


def noon(day: date) -> datetime:
    """The instant at which tests act on a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


TODAY = date(2017, 10, 30)
NOW = noon(TODAY)
RECORDED = noon(date(2014, 1, 1))


@dataclass
class World:
    """The register with its first administrator, and short ways to fill it.

    Everything is recorded at ``recorded`` unless a test says otherwise.
    """

    keeper: Account
    recorded: datetime = RECORDED

    def do(self, use_case: Any, **arguments: Any) -> Any:
        """Carry out a use case as the keeper of the register."""
        arguments.setdefault("now", self.recorded)
        return use_case(actor=self.keeper, **arguments)

    def municipality(
        self, key: str, name: str = "", inhabitants: int | None = None, **fields: Any
    ) -> Organisation:
        """A municipality that is a member."""
        fields.setdefault("valid_from", None)
        made: Organisation = self.do(
            add_organisation,
            key=key,
            kind=OrganisationKind.MUNICIPALITY,
            code=key.upper(),
            name=name or key,
            is_member=True,
            **fields,
        )
        if inhabitants is not None:
            self.do(
                enter_population,
                organisation=made,
                reference_date=date(2013, 1, 1),
                inhabitants=inhabitants,
                source="CBS",
            )
        return made

    def person(self, key: str, summary: str = "") -> Person:
        """A person known by function."""
        made: Person = self.do(add_person, key=key, day=None, summary=summary)
        return made

    def official(self, key: str, organisation: Organisation, function: Function) -> OfficeFact:
        """A person in an office since 2014."""
        made: OfficeFact = self.do(
            take_office,
            person=self.person(key),
            organisation=organisation,
            function=function,
            valid_from=date(2014, 1, 1),
        )
        return made

    def account(self, person: Person) -> Account:
        """An account for a person."""
        made: Account = self.do(open_account, person=person, email=f"{person.key}@verband.example")
        return made

    def body(self, key: str, kind: str = BodyKind.STANDING_COMMITTEE, **fields: Any) -> Body:
        """A body that exists since the register began."""
        fields.setdefault("valid_from", BEGIN)
        fields.setdefault("name", key)
        made: Body = self.do(set_up_body, key=key, kind=kind, **fields)
        return made

    def seat(self, body: Body, role: str = SeatRole.MEMBER, **fields: Any) -> Seat:
        """A seat in a body."""
        fields.setdefault("valid_from", BEGIN)
        made: Seat = self.do(add_seat, body=body, role=role, **fields)
        return made

    def tenure(self, seat: Seat, person: Person, start: date, **fields: Any) -> Tenure:
        """Somebody takes a seat."""
        made: Tenure = self.do(seat_someone, seat=seat, person=person, valid_from=start, **fields)
        return made


def found() -> World:
    """An empty register with its first administrator."""
    keeper = found_register(
        actor=FOUNDING,
        now=noon(BEGIN),
        email="keeper@verband.example",
        summary="administrator",
        day=BEGIN,
    )
    return World(keeper)
