"""Accounts and roles on the pages of an administrator."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from verband.core.errors import DomainError
from verband.kernel.audit import AuditLine
from verband.people.models import Account, Role, RoleKind
from verband.people.use_cases import (
    AccountClosed,
    AccountExists,
    AccountOpen,
    LastAdministrator,
    MailAddressTaken,
    close_account,
    end_role,
    give_role,
    open_account,
    reopen_account,
    withdraw_role,
)
from world import NOW, TODAY, found

pytestmark = pytest.mark.django_db(transaction=True)
FORMS = ("open_account", "close_account", "reopen_account", "end_sessions", "give_role")


@pytest.fixture(autouse=True)
def _start(settings):
    settings.VERBAND_SHELL = ""
    settings.VERBAND_TODAY = TODAY
    cache.clear()


@pytest.fixture
def world():
    return found()


@pytest.fixture
def admin(world, client) -> Client:
    client.force_login(world.keeper)
    return client


@pytest.fixture
def anna(world) -> Account:
    return world.account(world.person("anna", "wethouder, Tilburg"))


def send(client: Client, name: str, key, **values: str):
    """Fill in a form and confirm what it shows."""
    address = reverse(name, args=[key])
    return client.post(address, {"form_step": "confirm", "form_key": name, **values})


def test_an_administrator_opens_an_account_for_a_person(admin, world):
    world.person("bert", "griffier, Zwolle")

    answer = send(admin, "open_account", "bert", email="Bert@Zwolle.example")

    assert answer.url == reverse("person_account", args=["bert"])
    assert Account.objects.get(person__key="bert").email == "bert@zwolle.example"
    assert "Sluit het account" in admin.get(answer.url).content.decode()


def test_what_was_typed_stays_when_an_address_is_taken(admin, world, anna):
    world.person("bert")

    answer = send(admin, "open_account", "bert", email=anna.email)

    assert answer.status_code == 422
    assert f'value="{anna.email}"' in answer.content.decode()


def test_closing_an_account_asks_a_reason(admin, anna):
    assert send(admin, "close_account", "anna", reason="").status_code == 422
    assert send(admin, "close_account", "anna", reason="left").status_code == 302

    anna.refresh_from_db()
    assert not anna.is_active
    line = AuditLine.objects.get(use_case="people.close_account")
    assert line.details["reason"] == "left"


def test_an_account_is_opened_again(admin, world, anna):
    world.do(close_account, account=anna, reason="left", now=NOW)

    send(admin, "reopen_account", "anna")

    anna.refresh_from_db()
    assert anna.is_active


def test_an_administrator_signs_somebody_out(admin, anna):
    other = Client()
    other.force_login(anna)

    send(admin, "end_sessions", "anna")

    assert not other.get(reverse("account_login")).wsgi_request.user.is_authenticated


def test_a_role_is_given_until_and_with_its_last_day(admin, anna):
    send(admin, "give_role", "anna", kind="auditor", start="01-11-2017", last="31-12-2017")

    role = Role.objects.known(None).get(person=anna.person)
    assert (role.valid_from, role.valid_until) == (date(2017, 11, 1), date(2018, 1, 1))


def test_the_check_shows_the_role_before_it_is_given(admin, anna):
    form = {"kind": "auditor", "start": "01-11-2017"}

    text = admin.post(reverse("give_role", args=["anna"]), form).content.decode()

    assert "Rol: auditor" in text
    assert not Role.objects.filter(person=anna.person).exists()


def test_a_role_ends_after_its_last_day(admin, world, anna):
    start = date(2017, 1, 1)
    role = world.do(give_role, person=anna.person, kind=RoleKind.INTAKE, valid_from=start, now=NOW)
    page = admin.get(reverse("person_account", args=["anna"])).content.decode()

    send(admin, "end_role", role.pk, last="30-10-2017")

    assert reverse("end_role", args=[role.pk]) in page
    ended = Role.objects.known(None).get(person=anna.person)
    assert ended.valid_until == date(2017, 10, 31)


def test_a_role_that_was_never_given_leaves_the_register(admin, world, anna):
    start = date(2017, 1, 1)
    role = world.do(give_role, person=anna.person, kind=RoleKind.INTAKE, valid_from=start, now=NOW)

    send(admin, "withdraw_role", role.pk, reason="another person was meant")

    assert not Role.objects.filter(person=anna.person).known(None).exists()


@pytest.mark.parametrize("name", [*FORMS, "person_account", "accounts"])
def test_only_administrators_see_accounts(client, world, anna, name):
    address = reverse(name, args=[] if name == "accounts" else ["anna"])
    signed_out = client.get(address)
    client.force_login(anna)
    wrong_role = client.get(address)

    assert signed_out.status_code == 302
    assert signed_out.url.startswith(reverse("account_login"))
    assert wrong_role.status_code == 403
    assert anna.email not in wrong_role.content.decode()
    assert client.post(address, {"form_step": "confirm"}).status_code == 403


def test_the_list_finds_by_address_and_by_function(admin, world, anna):
    world.account(world.person("bert", "griffier, Zwolle"))

    def listed(**query: str) -> str:
        return admin.get(reverse("accounts"), query).content.decode()

    assert "bert@" in listed(q="zwolle") and "anna@" not in listed(q="zwolle")
    assert "anna@" in listed(q="ANNA@")
    assert "anna@" not in listed(state="closed")
    assert "Er is geen account gevonden" in listed(q="niemand")


def test_on_another_day_there_is_nothing_to_change(admin, anna):
    address = reverse("person_account", args=["anna"])

    past = admin.get(address, {"on": "2016-03-01"}).content.decode()

    assert reverse("give_role", args=["anna"]) not in past
    assert reverse("close_account", args=["anna"]) not in past
    assert admin.get(reverse("give_role", args=["anna"]), {"on": "2016-03-01"}).status_code == 403


def test_the_list_is_no_download(admin, anna):
    text = admin.get(reverse("accounts"), {"format": "csv", "table": "accounts"})

    assert text["Content-Type"].startswith("text/html")


def test_the_list_asks_as_many_questions_for_many_accounts(
    admin, world, anna, django_assert_max_num_queries
):
    def count() -> int:
        with django_assert_max_num_queries(50) as asked:
            admin.get(reverse("accounts"))
        return len(asked)

    admin.get(reverse("accounts"))
    few = count()
    for number in range(12):
        world.account(world.person(f"p{number}", "lid"))

    assert count() == few


def test_refusals_about_accounts(world, anna):
    bert = world.person("bert")

    def refused(refusal: type[DomainError], use_case, **arguments) -> None:
        with pytest.raises(refusal):
            world.do(use_case, now=NOW, **arguments)

    refused(AccountExists, open_account, person=anna.person, email="new@verband.example")
    refused(MailAddressTaken, open_account, person=bert, email=anna.email.upper())
    refused(AccountOpen, reopen_account, account=anna)
    refused(LastAdministrator, close_account, account=world.keeper, reason="x")
    role = Role.objects.get(kind=RoleKind.ADMINISTRATOR)
    refused(LastAdministrator, end_role, role=role, day=TODAY)
    refused(LastAdministrator, withdraw_role, role=role, reason="x")
    world.do(close_account, account=anna, reason="x", now=NOW)
    refused(AccountClosed, close_account, account=anna, reason="x")


def test_an_administrator_who_cannot_sign_in_does_not_count(world, anna):
    start = date(2017, 1, 1)
    kind = RoleKind.ADMINISTRATOR
    world.do(give_role, person=anna.person, kind=kind, valid_from=start, now=NOW)
    world.do(close_account, account=anna, reason="x", now=NOW)
    role = Role.objects.get(person=world.keeper.person)

    with pytest.raises(LastAdministrator):
        world.do(end_role, role=role, day=TODAY, now=NOW)


def test_an_administrator_may_leave_when_another_can_sign_in(world, anna):
    start = date(2017, 1, 1)
    kind = RoleKind.ADMINISTRATOR
    world.do(give_role, person=anna.person, kind=kind, valid_from=start, now=NOW)

    world.do(close_account, account=world.keeper, reason="x", now=NOW)

    world.keeper.refresh_from_db()
    assert not world.keeper.is_active
