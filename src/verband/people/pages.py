"""Pages about accounts and roles, for whoever administers them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.core.period import Period
from verband.people.models import Account, Person, Role
from verband.people.permissions import administers
from verband.people.queries import (
    AccountLine,
    account_lines,
    accounts_found,
    people_named,
)
from verband.ui.component import Link
from verband.ui.components.filters import Choice, ChoiceField, FilterForm, SearchField
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Fact, Facts, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import moment, number, period


@dataclass(frozen=True)
class AccountsPage(Page):
    """Everybody who can sign in, or could."""

    form: FilterForm | None = None
    ledger: Ledger | None = None


@dataclass(frozen=True)
class AccountPage(Page):
    """The account and the roles of one person."""

    facts: Facts | None = None
    roles: Ledger | None = None
    account_actions: tuple[Link, ...] = ()
    role_actions: tuple[Link, ...] = ()


def account_actions(request: Any, person: Person) -> tuple[Link, ...]:
    """What the page of a person offers to an administrator; nothing to anybody else."""
    actor, reading = request.actor, request.reading
    if actor is None or not reading.changes_allowed:
        return ()
    if not administers(actor=actor, today=reading.today):
        return ()
    return (Link(_("Account and roles"), reverse("person_account", args=[person.key])),)


def accounts_page(request: Any) -> AccountsPage:
    """The list of accounts; it shows mail addresses, so that it is no download."""
    reading, query = request.reading, Query.of(request)
    state = query.get("state")
    closed = {"closed": True, "open": False}.get(state)
    found = accounts_found(query.get("q"), closed)
    pager = Pager.of(query, total=found.count())
    lines = account_lines(found[pager.slice], reading.day)
    words = ngettext("%(count)s account", "%(count)s accounts", pager.total)
    return AccountsPage(
        title=_("Accounts"),
        reading=reading,
        lead=_("Who can sign in. What somebody may do follows from roles, offices and seats."),
        form=_filter(request.path, query, state),
        ledger=Ledger(
            caption=words % {"count": number(pager.total)},
            columns=(
                Column(_("Person")),
                Column(_("Mail address")),
                Column(_("Roles")),
                Column(_("State")),
                Column(_("Last signed in"), kind="quiet"),
            ),
            rows=tuple(_row(line) for line in lines),
            query=query,
            pager=pager,
            empty=EmptyState(_("No account was found."), request.path, _("Show all accounts")),
        ),
    )


def _filter(path: str, query: Query, state: str) -> FilterForm:
    states = (
        Choice("", _("all")),
        Choice("open", _("can sign in")),
        Choice("closed", _("closed")),
    )
    return FilterForm(
        path,
        (
            SearchField("q", _("Mail address, name or function"), query.get("q")),
            ChoiceField("state", _("State"), states, state),
        ),
        query.kept("q", "state", "page"),
    )


def _row(line: AccountLine) -> Row:
    account = line.account
    return Row(
        (
            Link(capfirst(line.called), reverse("person_account", args=[line.person.key])),
            account.email,
            ", ".join(role.get_kind_display() for role in line.roles) or None,
            _state(account),
            moment(account.last_login) if account.last_login else None,
        )
    )


def _state(account: Account) -> Tag:
    return Tag(_("can sign in"), "now") if account.is_active else Tag(_("closed"), "past")


def account_page(request: Any, person: Person) -> AccountPage:
    """The account of a person, the roles, and what can be done with them."""
    reading: Reading = request.reading
    changes = reading.changes_allowed
    unnamed = str(Person._meta.verbose_name)
    called = people_named({person.pk}, reading.day).get(person.pk, unnamed)
    account = Account.objects.filter(person=person).first()
    return AccountPage(
        title=_("Account and roles"),
        reading=reading,
        kind=capfirst(called),
        crumbs=(
            Link(_("Accounts"), reverse("accounts")),
            Link(capfirst(called), reverse("person", args=[person.key])),
        ),
        facts=_facts(account),
        roles=_roles(person, reading),
        account_actions=_account_actions(person, account) if changes else (),
        role_actions=(Link(_("Give a role"), reverse("give_role", args=[person.key])),)
        if changes
        else (),
    )


def _facts(account: Account | None) -> Facts:
    if account is None:
        return Facts((Fact(_("Account"), _("none")),), "s")
    last = moment(account.last_login) if account.last_login else _("never")
    return Facts(
        (
            Fact(_("Mail address"), account.email),
            Fact(_("State"), _state(account)),
            Fact(_("Last signed in"), last),
        ),
        "s",
    )


def _account_actions(person: Person, account: Account | None) -> tuple[Link, ...]:
    def link(words: str, name: str) -> Link:
        return Link(words, reverse(name, args=[person.key]))

    if account is None:
        return (link(_("Open an account"), "open_account"),)
    if not account.is_active:
        return (link(_("Open the account again"), "reopen_account"),)
    return (
        link(_("Close the account"), "close_account"),
        link(_("Sign out everywhere"), "end_sessions"),
    )


def _roles(person: Person, reading: Reading) -> Ledger:
    now_or_later = Role.objects.filter(person=person).during(Period(reading.day, None)).known(None)
    held = now_or_later.order_by("valid_from", "kind", "pk")
    return Ledger(
        caption=_("Roles for the association"),
        columns=(Column(_("Role")), Column(_("Period")), Column(_("Change"))),
        rows=tuple(_role_row(role, reading) for role in held),
        empty=EmptyState(_("This person holds no role for the whole association.")),
    )


def _role_row(role: Role, reading: Reading) -> Row:
    return Row(
        (
            capfirst(role.get_kind_display()),
            period(role.period),
            _role_links(role) if reading.changes_allowed else None,
        )
    )


def _role_links(role: Role) -> tuple[Link, ...]:
    name = {"role": role.get_kind_display()}
    return (
        Link(_("End: %(role)s") % name, reverse("end_role", args=[role.pk])),
        Link(_("Never given: %(role)s") % name, reverse("withdraw_role", args=[role.pk])),
    )
