"""Signing in: a code by mail, too many wrong codes, a passkey."""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from journeys.looking import NARROW, WIDE, shortcomings
from journeys.places import OFFICIAL
from journeys.site import Site

CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


def ask_for_a_code(page: Page, site: Site, address: str) -> None:
    """Type a mail address and go on."""
    page.goto(site.at("account_login"))
    page.fill("[name=login]", address)
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirm/")


def code_in(mailbox: list[Any], number: int) -> str:
    """The code in a mail; it is sent after the page was answered."""
    ends = time.monotonic() + 10
    while len(mailbox) < number and time.monotonic() < ends:
        time.sleep(0.05)
    found = CODE.search(mailbox[number - 1].body)
    assert found is not None
    return found[0]


def test_an_official_signs_in_with_the_code_from_the_mail(
    own_site: Site, visit: Callable, mailoutbox: list[Any]
) -> None:
    page = visit(own_site)

    ask_for_a_code(page, own_site, OFFICIAL)
    assert shortcomings(page, "nl", WIDE) == []
    page.fill("[name=code]", "AAAA-AAAA")
    page.keyboard.press("Enter")
    page.locator(".vb-errtext").wait_for()
    assert shortcomings(page, "nl", NARROW) == []
    page.fill("[name=code]", code_in(mailoutbox, 1))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{own_site.home}/")
    page.goto(own_site.at("my_account"))

    assert mailoutbox[0].to == [OFFICIAL]
    assert "Wethouder, Tilburg" in page.locator("main").inner_text()


def test_too_many_wrong_codes_rest_and_the_page_says_until_when(
    own_site: Site, visit: Callable, mailoutbox: list[Any]
) -> None:
    page = visit(own_site)

    for _mail in range(2):
        ask_for_a_code(page, own_site, OFFICIAL)
        for attempt in range(3):
            page.fill("[name=code]", f"AAAA-AAA{attempt}")
            with page.expect_navigation():
                page.keyboard.press("Enter")
    page.goto(own_site.at("account_login"))
    page.fill("[name=login]", OFFICIAL)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert re.search(r"\d\d:\d\d", page.locator("main").inner_text())
    assert shortcomings(page, "nl", WIDE) == []


def test_a_passkey_signs_in_without_a_mail_and_can_be_removed(
    own_site: Site, visit: Callable, mailoutbox: list[Any]
) -> None:
    page = visit(own_site)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    abilities = dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified"), True)
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **abilities}})
    own_site.sign_in(page, OFFICIAL)
    page.goto(own_site.at("mfa_add_webauthn"))
    page.fill("[name=name]", "Mijn telefoon")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(own_site.at("mfa_list_webauthn"))
    page.context.clear_cookies()

    page.goto(own_site.at("account_login"))
    page.click("#passkey_login")
    page.wait_for_url(f"{own_site.home}/")
    page.goto(own_site.at("mfa_list_webauthn"))
    listed = page.locator("main").inner_text()
    assert shortcomings(page, "nl", NARROW) == []
    page.click("text=Verwijder Mijn telefoon")
    page.wait_for_url("**/remove/")
    assert shortcomings(page, "nl", WIDE) == []
    page.click("main form button[type=submit]")
    page.wait_for_url(own_site.at("mfa_list_webauthn"))

    assert "Mijn telefoon" in listed
    assert mailoutbox == []
    assert "Verwijder Mijn telefoon" not in page.locator("main").inner_text()
