"""Changes about organisations and their membership of the association."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.existence import follow, stop
from verband.kernel.permissions import Actor
from verband.kernel.two_times import TwoTimesModel, add_thing, change, correct, end, record
from verband.kernel.use_case import use_case
from verband.members.models import (
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    OrganisationKind,
)
from verband.people.permissions import keeps_the_register
from verband.people.use_cases import KeyTaken

# What else ends with an organisation, told by the apps that know it: its seats in networks.
ENDS_TOO: list[Callable[[Organisation], Iterable[TwoTimesModel]]] = []


class NotAProvince(DomainError):
    """A municipality lies in a province."""

    code = "not_a_province"
    template = "%(name)s is not a province. Choose a province."


class HasEnded(DomainError):
    """What has ended cannot end once more."""

    code = "has_ended"
    template = "%(name)s does not exist on %(day)s, so it cannot end on that day."


@use_case(allowed=keeps_the_register)
def add_organisation(
    *,
    actor: Actor,
    now: datetime,
    key: str,
    kind: OrganisationKind,
    name: str,
    valid_from: date | None,
    valid_until: date | None = None,
    code: str = "",
    name_en: str = "",
    abbreviation: str = "",
    province: Organisation | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    purpose: str = "",
    is_member: bool = False,
    source: str = "",
    certainty: str = "certain",
) -> Organisation:
    """Enter an organisation, as a member of the association or not.

    Raises:
        KeyTaken: another organisation has this key.
        NotAProvince: ``province`` is another kind of organisation.
        EmptyPeriod: the end does not lie after the start.
    """
    if Organisation.objects.filter(key=key).exists():
        raise KeyTaken(key=key)
    if province is not None and province.kind != OrganisationKind.PROVINCE:
        raise NotAProvince(name=province)
    organisation = add_thing(Organisation(key=key, kind=kind, code=code), now=now)
    period: dict[str, Any] = {
        "valid_from": valid_from,
        "valid_until": valid_until,
        "source": source,
        "certainty": certainty,
    }
    record(
        OrganisationFact(
            organisation=organisation,
            name=name,
            name_en=name_en,
            abbreviation=abbreviation,
            province=province,
            latitude=latitude,
            longitude=longitude,
            purpose=purpose,
            **period,
        ),
        now=now,
    )
    if is_member:
        record(Membership(organisation=organisation, **period), now=now)
    return organisation


@use_case(allowed=keeps_the_register)
def change_organisation(
    *, actor: Actor, now: datetime, fact: OrganisationFact, day: date, **values: Any
) -> OrganisationFact:
    """From ``day`` on the organisation is called, or lies, otherwise.

    Raises:
        EndOutsidePeriod: ``day`` lies outside the period of ``fact``.
    """
    return change(fact, day=day, now=now, **values)


@use_case(allowed=keeps_the_register)
def correct_organisation(
    *, actor: Actor, now: datetime, fact: OrganisationFact, reason: str, **values: Any
) -> OrganisationFact:
    """The particulars were never so; ``reason`` says how we know.

    Where the organisation existed longer or shorter than was known, membership follows, and
    offices and seats stay within.

    Raises:
        LeftOutside: an office or seat would lie wholly outside the corrected period.
    """
    organisation = fact.organisation
    old = _lifetime(organisation)
    corrected = correct(fact, now=now, **values)
    new = _lifetime(organisation)
    if new != old:
        memberships = Membership.objects.filter(organisation=organisation).known(None)
        follow(memberships, old=old, new=new, now=now, longer=True)
        offices = OfficeFact.objects.filter(office__organisation=organisation).known(None)
        others = [row for rows_of in ENDS_TOO for row in rows_of(organisation)]
        follow([*offices, *others], old=old, new=new, now=now, longer=False)
    return corrected


def _lifetime(organisation: Organisation) -> Period:
    periods = [
        f.period for f in OrganisationFact.objects.filter(organisation=organisation).known(None)
    ]
    starts = [p.start for p in periods if p.start is not None]
    untils = [p.until for p in periods if p.until is not None]
    return Period(
        min(starts) if len(starts) == len(periods) else None,
        max(untils) if len(untils) == len(periods) else None,
    )


@use_case(allowed=keeps_the_register)
def end_organisation(
    *, actor: Actor, now: datetime, organisation: Organisation, day: date, reason: str
) -> Organisation:
    """The organisation ceases to exist on ``day``, and with it membership, offices and seats.

    Raises:
        HasEnded: it does not exist on the day before ``day``, or had to end by ``day`` already.
    """
    facts = list(OrganisationFact.objects.filter(organisation=organisation).known(None))
    lasting = [f for f in facts if not f.period.is_past(day)]
    just_before = [f for f in facts if f.runs_into(day) or f.valid_until == day]
    if not lasting or not just_before:
        raise HasEnded(name=organisation, day=day)
    memberships = Membership.objects.filter(organisation=organisation).known(None)
    offices = OfficeFact.objects.filter(office__organisation=organisation).known(None)
    others = [row for rows_of in ENDS_TOO for row in rows_of(organisation)]
    stop([*lasting, *memberships, *offices, *others], day=day, now=now)
    return organisation


@use_case(allowed=keeps_the_register)
def admit_member(
    *,
    actor: Actor,
    now: datetime,
    organisation: Organisation,
    valid_from: date | None,
    valid_until: date | None = None,
    source: str = "",
    certainty: str = "certain",
) -> Membership:
    """The organisation becomes a member of the association.

    Raises:
        AlreadyMember: it is one already in that period.
    """
    return record(
        Membership(
            organisation=organisation,
            valid_from=valid_from,
            valid_until=valid_until,
            source=source,
            certainty=certainty,
        ),
        now=now,
    )


@use_case(allowed=keeps_the_register)
def end_membership(
    *, actor: Actor, now: datetime, membership: Membership, day: date, reason: str
) -> Membership:
    """The organisation leaves the association on ``day``."""
    return end(membership, day=day, now=now)


@use_case(allowed=keeps_the_register)
def correct_membership(
    *, actor: Actor, now: datetime, membership: Membership, reason: str, **values: Any
) -> Membership:
    """The membership was never in that period."""
    return correct(membership, now=now, **values)
