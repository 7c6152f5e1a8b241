"""Every change about people: who is in the register, under which name, in which role."""

from datetime import date, datetime
from typing import Any

from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor, any_of
from verband.kernel.two_times import add_thing, change, correct, end, record, withdraw
from verband.kernel.use_case import use_case
from verband.people.models import Account, Person, PersonFact, Role, RoleKind
from verband.people.permissions import (
    administers,
    is_founding,
    is_own_account,
    keeps_the_register,
)


class KeyTaken(DomainError):
    """Two things cannot share an address."""

    code = "key_taken"
    template = "%(key)s is already in use. Choose another key."


class MailAddressTaken(DomainError):
    """A mail address belongs to one account."""

    code = "mail_address_taken"
    template = "%(email)s already belongs to an account."


class AccountExists(DomainError):
    """A person signs in with one account."""

    code = "account_exists"
    template = "This person already has an account. Open that one again if it was closed."


class AccountClosed(DomainError):
    """A closed account stays closed until it is opened again."""

    code = "account_closed"
    template = "This account is closed already."


class AccountOpen(DomainError):
    """Only a closed account can be opened again."""

    code = "account_open"
    template = "This account is open already."


class LastAdministrator(DomainError):
    """Somebody must be able to hand out roles."""

    code = "last_administrator"
    template = "This is the last administrator. Give the role to somebody else first."


@use_case(allowed=is_founding)
def found_register(*, actor: Actor, now: datetime, email: str, summary: str, day: date) -> Account:
    """Begin an empty register: the first administrator, who gives all other roles.

    Raises:
        MailAddressTaken: never on an empty register.
    """
    person = _add_person(now=now, key="administrator", name="", summary=summary, day=day)
    record(
        Role(person=person, kind=RoleKind.ADMINISTRATOR, valid_from=day),
        now=now,
    )
    return _open_account(person=person, email=email)


@use_case(allowed=keeps_the_register)
def add_person(
    *,
    actor: Actor,
    now: datetime,
    key: str,
    day: date | None,
    name: str = "",
    gender: str = "",
    summary: str = "",
    source: str = "",
    certainty: str = "certain",
) -> Person:
    """Enter a person, known by name or only by function.

    Raises:
        KeyTaken: the key belongs to somebody else.
    """
    return _add_person(
        now=now,
        key=key,
        name=name,
        gender=gender,
        summary=summary,
        day=day,
        source=source,
        certainty=certainty,
    )


@use_case(allowed=keeps_the_register)
def rename_person(
    *, actor: Actor, now: datetime, fact: PersonFact, day: date, name: str, summary: str = ""
) -> PersonFact:
    """From ``day`` on the person is called otherwise."""
    return change(fact, day=day, now=now, name=name, summary=summary or fact.summary)


@use_case(allowed=keeps_the_register)
def correct_person(
    *, actor: Actor, now: datetime, fact: PersonFact, reason: str, **values: Any
) -> PersonFact:
    """The particulars were never so."""
    return correct(fact, now=now, **values)


@use_case(allowed=any_of(administers))
def give_role(
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    kind: RoleKind,
    valid_from: date,
    valid_until: date | None = None,
) -> Role:
    """A person acts for the whole association in a role.

    Raises:
        RoleAlreadyHeld: the person holds it already in that period.
    """
    role = Role(person=person, kind=kind, valid_from=valid_from, valid_until=valid_until)
    return record(role, now=now)


@use_case(allowed=administers)
def end_role(*, actor: Actor, now: datetime, role: Role, day: date) -> Role:
    """A person stops acting in a role; access ends that day by itself.

    Raises:
        LastAdministrator: nobody would be left to give roles.
    """
    if role.kind == RoleKind.ADMINISTRATOR and not _other_administrators(role.person_id, day):
        raise LastAdministrator
    return end(role, day=day, now=now)


@use_case(allowed=administers)
def withdraw_role(*, actor: Actor, now: datetime, role: Role, reason: str) -> None:
    """The role was never given.

    Raises:
        LastAdministrator: nobody would be left to give roles.
    """
    today = local_day(now)
    if role.kind == RoleKind.ADMINISTRATOR and not _other_administrators(role.person_id, today):
        raise LastAdministrator
    withdraw(role, now=now)


@use_case(allowed=administers)
def open_account(*, actor: Actor, now: datetime, person: Person, email: str) -> Account:
    """Let a person sign in.

    Raises:
        AccountExists: the person has an account, open or closed.
        MailAddressTaken: the address belongs to another account.
    """
    return _open_account(person=person, email=email)


@use_case(allowed=administers)
def close_account(*, actor: Actor, now: datetime, account: Account, reason: str) -> Account:
    """The account can no longer sign in, and is signed out everywhere at once.

    What it did stays in the audit lines.

    Raises:
        AccountClosed: it was closed before.
        LastAdministrator: nobody would be left who can sign in and give roles.
    """
    if not account.is_active:
        raise AccountClosed
    if _is_last_administrator(account, local_day(now)):
        raise LastAdministrator
    account.is_active = False
    return _renew(account)


@use_case(allowed=administers)
def reopen_account(*, actor: Actor, now: datetime, account: Account) -> Account:
    """A closed account can sign in again.

    Raises:
        AccountOpen: it was not closed.
    """
    if account.is_active:
        raise AccountOpen
    account.is_active = True
    return _renew(account)


@use_case(allowed=any_of(is_own_account, administers))
def sign_out_everywhere(*, actor: Actor, now: datetime, account: Account) -> Account:
    """End every session of an account, on every machine."""
    return _renew(account)


def _renew(account: Account) -> Account:
    account.end_sessions()
    account.save(update_fields=["is_active", "password"])
    return account


def _is_last_administrator(account: Account, day: date) -> bool:
    held = Role.objects.filter(kind=RoleKind.ADMINISTRATOR, person_id=account.person_id)
    holds = held.at(day).known(None).exists()
    return holds and not _other_administrators(account.person_id, day)


def _other_administrators(person_id: int, day: date) -> bool:
    """Whether somebody else can sign in and give roles on a day."""
    others = Role.objects.filter(kind=RoleKind.ADMINISTRATOR).exclude(person_id=person_id)
    return others.at(day).known(None).filter(person__account__is_active=True).exists()


def _add_person(
    *, now: datetime, key: str, name: str, summary: str, day: date | None, **fields: str
) -> Person:
    if Person.objects.filter(key=key).exists():
        raise KeyTaken(key=key)
    person = add_thing(Person(key=key), now=now)
    record(PersonFact(person=person, name=name, summary=summary, valid_from=day, **fields), now=now)
    return person


def _open_account(*, person: Person, email: str) -> Account:
    if Account.objects.filter(person=person).exists():
        raise AccountExists
    if Account.objects.filter(email__iexact=email).exists():
        raise MailAddressTaken(email=email)
    return Account.objects.create_user(email, person=person)
