"""Signing in, in a real browser: passkeys, accessibility, and what the browser refuses."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page

from journeys.looking import NARROW, WATCH, WIDE, shortcomings
from verband.members.use_cases import set_up_provider
from verband.members.use_cases.providers import Secret
from verband.people.models import Account
from world import NOW, TODAY, World, found

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _start(settings, monkeypatch):
    # A connection that a thread of the live server keeps would hold the database at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    settings.VERBAND_TODAY = TODAY
    settings.DEMO = True
    cache.clear()


@pytest.fixture
def world() -> World:
    return found()


@pytest.fixture
def anna(world: World) -> Account:
    person = world.person("anna", "wethouder, Tilburg")
    return Account.objects.create_user("groot@verband.example", person=person)


@pytest.fixture
def key(page: Page) -> Iterator[Any]:
    """A device that holds passkeys and asks nobody."""
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield lambda name, **more: tool.send(
        f"WebAuthn.{name}", {"authenticatorId": made["authenticatorId"], **more}
    )


def at(live_server: Any, name: str, *args: Any) -> str:
    return live_server.url + reverse(name, args=args)


def sign_in(page: Page, live_server: Any) -> None:
    page.goto(at(live_server, "account_login"))
    page.click("text=wethouder van een grote gemeente (Tilburg)")
    page.wait_for_url(f"{live_server.url}/")


def add_passkey(page: Page, live_server: Any, name: str) -> None:
    page.goto(at(live_server, "mfa_add_webauthn"))
    page.fill("[name=name]", name)
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/passkeys/")


def test_a_passkey_signs_in_by_itself_until_it_is_removed(page, live_server, anna, key) -> None:
    sign_in(page, live_server)
    add_passkey(page, live_server, "Mijn telefoon")
    assert page.locator("text=Mijn telefoon").first.is_visible()
    page.context.clear_cookies()

    page.goto(at(live_server, "account_login") + "?next=/privacy/")
    page.click("#passkey_login")
    page.wait_for_url(f"{live_server.url}/privacy/")
    page.goto(at(live_server, "mfa_list_webauthn"))
    assert page.locator("text=Laatst gebruikt").is_visible()

    page.click("text=Verwijder Mijn telefoon")
    page.click("main button[type=submit]")
    page.wait_for_url("**/passkeys/")
    assert page.locator("text=U hebt nog geen passkey.").is_visible()
    page.context.clear_cookies()
    page.goto(at(live_server, "account_login"))
    page.click("#passkey_login")
    page.locator("text=Deze passkey is hier niet bekend.").wait_for()
    page.goto(at(live_server, "mfa_list_webauthn"))
    assert "/login/" in page.url


def test_a_passkey_of_a_closed_account_opens_nothing(page, live_server, anna, key) -> None:
    sign_in(page, live_server)
    add_passkey(page, live_server, "Mijn telefoon")
    page.context.clear_cookies()
    Account.objects.update(is_active=False)

    page.goto(at(live_server, "account_login"))
    page.click("#passkey_login")

    page.locator("text=Dit account is gesloten").first.wait_for()


def test_a_passkey_that_is_not_given_is_said(page, live_server, anna, key) -> None:
    told: list[str] = []
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    key("setUserVerified", isUserVerified=False)

    page.goto(at(live_server, "account_login"))
    page.click("#passkey_login")

    page.locator("text=De passkey is niet gegeven").wait_for()
    assert told == []


def test_passkeys_are_changed_only_by_whoever_signed_in_just_now(
    page, live_server, anna, client, key
) -> None:
    client.force_login(anna)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )

    page.goto(at(live_server, "mfa_add_webauthn"))
    assert page.locator("h1").inner_text() == "Log eerst opnieuw in"
    page.click("main button[type=submit]")
    page.click("text=wethouder van een grote gemeente (Tilburg)")

    page.wait_for_url("**/passkeys/new/")


def test_a_code_by_mail_works_without_script(browser, live_server, anna) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(at(live_server, "account_login"))
    assert not page.locator("#passkey_login").is_visible()

    page.fill("[name=login]", anna.email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirm/")
    page.fill("[name=code]", re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", mail.outbox[0].body)[0])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")

    page.goto(at(live_server, "mfa_list_webauthn"))
    assert page.locator("h1").inner_text() == "Mijn passkeys"
    context.close()


def look(page: Page, address: str, language: str) -> None:
    """One page: for everyone, without anything the browser refuses; narrow in English."""
    answer = page.goto(address)
    assert answer is not None and answer.status < 500, address
    assert shortcomings(page, language, NARROW if language == "en" else WIDE) == [], address
    assert page.evaluate("__refused") == [], address


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everyone_can_use_the_pages_of_signing_in(page, live_server, world, anna, language) -> None:
    tilburg = world.municipality("gm0855", "Tilburg")
    world.do(
        set_up_provider,
        now=NOW,
        organisation=tilburg,
        domains=["tilburg.example"],
        issuer="https://tilburg.example",
        client_id="verband",
        secret=Secret("s"),
    )
    page.add_init_script(WATCH)
    base = live_server.url + ("" if language == "nl" else "/en")

    look(page, f"{base}/accounts/login/", language)
    look(page, f"{base}/accounts/login/with/gm0855/", language)
    page.goto(f"{base}/accounts/login/")
    page.fill("[name=login]", "somebody@verband.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirm/")
    look(page, page.url, language)
    page.fill("[name=code]", "WRONG")
    page.keyboard.press("Enter")
    page.locator(".vb-errtext").wait_for()
    assert shortcomings(page, language, NARROW if language == "en" else WIDE) == []
