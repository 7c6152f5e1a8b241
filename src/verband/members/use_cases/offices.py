"""Changes about the offices that people hold at members and partners."""

from datetime import date, datetime
from typing import Any

from verband.core.period import Period
from verband.kernel.permissions import Actor, any_of
from verband.kernel.two_times import add_thing, change, correct, end, record, withdraw
from verband.kernel.use_case import use_case
from verband.members.existence import OrganisationDoesNotExist, existence_of, refuse_outside
from verband.members.models import Office, OfficeFact, Organisation
from verband.members.permissions import is_staff_of_organisation
from verband.people.models import Person
from verband.people.permissions import keeps_the_register

keeps_offices = any_of(keeps_the_register, is_staff_of_organisation)


@use_case(allowed=keeps_offices)
def take_office(
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    organisation: Organisation,
    function: str,
    valid_from: date | None,
    valid_until: date | None = None,
    portfolios: str = "",
    party: str = "",
    party_is_local: bool = False,
    acting: bool = False,
    source: str = "",
    certainty: str = "certain",
) -> OfficeFact:
    """A person begins an office at an organisation; it ends at the latest with that organisation.

    Raises:
        OrganisationDoesNotExist: the organisation does not exist during the whole period.
        OfficeAlreadyHeld: the person holds this office already in that period.
    """
    existence = existence_of(organisation, valid_from)
    valid_until = existence.until if valid_until is None else valid_until
    if not existence.covers(Period(valid_from, valid_until)):
        raise OrganisationDoesNotExist(name=organisation)
    office = Office.objects.filter(
        person=person, organisation=organisation, function=function
    ).first()
    if office is None:
        office = add_thing(
            Office(person=person, organisation=organisation, function=function), now=now
        )
    return record(
        OfficeFact(
            office=office,
            valid_from=valid_from,
            valid_until=valid_until,
            portfolios=portfolios,
            party=party,
            party_is_local=party_is_local,
            acting=acting,
            source=source,
            certainty=certainty,
        ),
        now=now,
    )


@use_case(allowed=keeps_offices)
def change_office(
    *, actor: Actor, now: datetime, fact: OfficeFact, day: date, **values: Any
) -> OfficeFact:
    """From ``day`` on the portfolios or the party are others."""
    return change(fact, day=day, now=now, **values)


@use_case(allowed=keeps_offices)
def end_office(
    *, actor: Actor, now: datetime, fact: OfficeFact, day: date, reason: str
) -> OfficeFact:
    """The office ends on ``day``; what followed from it ends with it."""
    return end(fact, day=day, now=now)


@use_case(allowed=keeps_offices)
def correct_office(
    *, actor: Actor, now: datetime, fact: OfficeFact, reason: str, **values: Any
) -> OfficeFact:
    """The term of office was never so.

    Raises:
        OrganisationDoesNotExist: the organisation is not there in the whole corrected period.
    """
    corrected = Period(
        values.get("valid_from", fact.valid_from), values.get("valid_until", fact.valid_until)
    )
    if corrected != fact.period:
        refuse_outside(fact.office.organisation, corrected)
    return correct(fact, now=now, **values)


@use_case(allowed=keeps_offices)
def withdraw_office(*, actor: Actor, now: datetime, fact: OfficeFact, reason: str) -> None:
    """The office was never held."""
    withdraw(fact, now=now)
