"""Changes about seats and about who holds them."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max

from verband.bodies.kinds import SeatRole
from verband.bodies.models import Body, Seat, SeatFact, Tenure
from verband.bodies.permissions import keeps_the_body
from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.existence import stop, unbroken
from verband.kernel.permissions import Actor
from verband.kernel.two_times import (
    TwoTimesQuerySet,
    add_thing,
    change,
    correct,
    end,
    record,
    withdraw,
)
from verband.kernel.use_case import use_case
from verband.members.existence import existence_of, refuse_outside
from verband.members.models import Organisation
from verband.members.use_cases.organisations import ENDS_TOO
from verband.people.models import Person


class OneHolder(DomainError):
    """A seat is held by a person or by an organisation."""

    code = "one_holder"
    template = "Choose a person or an organisation as holder of this seat, not both."


class SeatDoesNotExist(DomainError):
    """Nobody sits on a seat that is not there."""

    code = "seat_does_not_exist"
    template = "This seat does not exist during that whole period. Shorten the period."


class SubstituteElsewhere(DomainError):
    """A substitute stands in for a seat of the same body."""

    code = "substitute_elsewhere"
    template = "A substitute stands in for a seat in the same body. Choose one of those."


@use_case(allowed=keeps_the_body)
def add_seat(
    *,
    actor: Actor,
    now: datetime,
    body: Body,
    role: SeatRole,
    valid_from: date | None,
    valid_until: date | None = None,
    title: str = "",
    on_behalf_of: Organisation | None = None,
    on_behalf_of_body: Body | None = None,
    is_voting: bool = True,
    substitute_of: Seat | None = None,
    profile: str = "",
    source: str = "",
    certainty: str = "certain",
) -> Seat:
    """Give a body a seat; it is empty until somebody is seated.

    Raises:
        SubstituteElsewhere: ``substitute_of`` is a seat of another body.
    """
    if substitute_of is not None and substitute_of.body_id != body.pk:
        raise SubstituteElsewhere
    highest = Seat.objects.filter(body=body).aggregate(highest=Max("number"))["highest"] or 0
    seat = add_thing(Seat(body=body, number=highest + 1), now=now)
    record(
        SeatFact(
            seat=seat,
            role=role,
            title=title,
            on_behalf_of=on_behalf_of,
            on_behalf_of_body=on_behalf_of_body,
            is_voting=is_voting,
            substitute_of=substitute_of,
            profile=profile,
            valid_from=valid_from,
            valid_until=valid_until,
            source=source,
            certainty=certainty,
        ),
        now=now,
    )
    return seat


@use_case(allowed=keeps_the_body)
def change_seat(
    *, actor: Actor, now: datetime, fact: SeatFact, day: date, **values: Any
) -> SeatFact:
    """From ``day`` on the seat has another role, title or profile."""
    return change(fact, day=day, now=now, **values)


@use_case(allowed=keeps_the_body)
def end_seat(*, actor: Actor, now: datetime, seat: Seat, day: date, reason: str) -> Seat:
    """The seat is abolished on ``day``; whoever holds it leaves it that day."""
    stop(SeatFact.objects.filter(seat=seat).known(None), day=day, now=now)
    stop(Tenure.objects.filter(seat=seat).known(None), day=day, now=now)
    return seat


@use_case(allowed=keeps_the_body)
def seat_someone(
    *,
    actor: Actor,
    now: datetime,
    seat: Seat,
    valid_from: date | None,
    valid_until: date | None = None,
    person: Person | None = None,
    organisation: Organisation | None = None,
    acting: bool = False,
    holds_over: bool = False,
    decision: str = "",
    source: str = "",
    certainty: str = "certain",
) -> Tenure:
    """Somebody takes a seat. Without an end, the tenure ends with the seat or with its holder.

    Raises:
        OneHolder: both or neither of person and organisation.
        SeatDoesNotExist: the seat is not there during the whole period.
        OrganisationDoesNotExist: the organisation does not exist during the whole period.
        SeatTaken: the seat has a holder on some day of the period.
    """
    if (person is None) == (organisation is None):
        raise OneHolder
    existence = _existence(seat, valid_from)
    if valid_until is None:
        valid_until = existence.until
        if organisation is not None:
            lasting = existence_of(organisation, valid_from).until
            valid_until = min(filter(None, (valid_until, lasting)), default=None)
    if not existence.covers(Period(valid_from, valid_until)):
        raise SeatDoesNotExist
    if organisation is not None:
        refuse_outside(organisation, Period(valid_from, valid_until))
    return record(
        Tenure(
            seat=seat,
            person=person,
            organisation=organisation,
            acting=acting,
            holds_over=holds_over,
            decision=decision,
            valid_from=valid_from,
            valid_until=valid_until,
            source=source,
            certainty=certainty,
        ),
        now=now,
    )


def _existence(seat: Seat, start: date | None) -> Period:
    found = unbroken(SeatFact.objects.filter(seat=seat).known(None), start)
    if found is None:
        raise SeatDoesNotExist
    return found


def _held_by(organisation: Organisation) -> TwoTimesQuerySet:
    return Tenure.objects.filter(organisation=organisation).known(None)


ENDS_TOO.append(_held_by)


@use_case(allowed=keeps_the_body)
def end_tenure(*, actor: Actor, now: datetime, tenure: Tenure, day: date, reason: str) -> Tenure:
    """The holder leaves the seat on ``day``; access that followed from it ends that day."""
    return end(tenure, day=day, now=now)


@use_case(allowed=keeps_the_body)
def correct_tenure(
    *, actor: Actor, now: datetime, tenure: Tenure, reason: str, **values: Any
) -> Tenure:
    """It was never so; ``reason`` says how we know. What we knew before stays readable.

    Raises:
        SeatDoesNotExist: the seat is not there during the whole corrected period.
        OneHolder: both or neither of person and organisation.
        OrganisationDoesNotExist: the organisation does not exist during the whole period.
    """
    corrected = Period(
        values.get("valid_from", tenure.valid_from), values.get("valid_until", tenure.valid_until)
    )
    if not _existence(tenure.seat, corrected.start).covers(corrected):
        raise SeatDoesNotExist
    holders = {name: values.get(name, getattr(tenure, name)) for name in ("person", "organisation")}
    if (holders["person"] is None) == (holders["organisation"] is None):
        raise OneHolder
    if holders["organisation"] is not None:
        refuse_outside(holders["organisation"], corrected)
    return correct(tenure, now=now, **values)


@use_case(allowed=keeps_the_body)
def withdraw_tenure(*, actor: Actor, now: datetime, tenure: Tenure, reason: str) -> None:
    """The seat was never held by them."""
    withdraw(tenure, now=now)
