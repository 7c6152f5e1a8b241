"""A reader moves through time, by keyboard; an official looks up the table from a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from journeys.places import OFFICIAL, TEAM
from journeys.site import Site


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["ArrowLeft"], "1 september 2017"),
        (["PageUp"], "1 oktober 2018"),
        (["PageDown", "PageDown", "ArrowRight"], "1 november 2015"),
        (["Home"], "1 januari 2012"),
        (["Home", "End", "PageDown", "Home"], "1 januari 2012"),
    ],
)
def test_a_reader_moves_through_time_by_keyboard(
    site: Site, visit: Callable, keys: list[str], said: str
) -> None:
    page = visit(site)
    page.goto(site.at("bodies"))
    ribbon = page.locator(".vb-axis input[type=range]")

    ribbon.focus()
    for key in keys:
        page.keyboard.press(key)
    told = ribbon.get_attribute("aria-valuetext")
    page.keyboard.press("Enter")
    page.wait_for_url("**on=*")

    assert told == said
    assert page.locator(".vb-time__day strong").inner_text() == said
    assert page.locator(".vb-then").is_visible()


def whole_text(page: Page) -> str:
    """What a reader sees of the register itself."""
    return page.locator("main").inner_text()


def test_a_permanent_link_shows_everybody_the_same(site: Site, visit: Callable) -> None:
    here, elsewhere = visit(site), visit(site, OFFICIAL)
    here.goto(site.at("as_known"))
    example = here.locator("[aria-labelledby=examples-title] a[href*='known=']").first

    example.click()
    here.wait_for_url("**known=*")
    elsewhere.goto(here.url)

    assert here.locator(".vb-then").is_visible()
    assert whole_text(here) == whole_text(elsewhere)


def test_the_members_of_2012_are_not_those_of_today(site: Site, visit: Callable) -> None:
    page = visit(site)
    page.goto(site.at("members"))
    today = page.locator("h1").inner_text()

    page.goto(site.at("members") + "?on=2012-01-01")
    then = page.locator("h1").inner_text()

    assert today == "388 gemeenten"
    assert "415 gemeenten" in then


def test_an_official_finds_on_a_phone_who_speaks_for_us_and_until_when(
    site: Site, visit: Callable
) -> None:
    page = visit(site, OFFICIAL, width=390)

    page.goto(site.home)
    row = page.locator("main tr", has_text="Lid, G32").inner_text()
    page.locator("main").get_by_role("link", name="Klimaat en Energie").first.click()
    page.wait_for_url(f"**/register/{TEAM}/**")
    page.click("text=Bekijk als tabel")
    seat = page.locator("main tr", has_text="Lid, G32").first

    assert "wethouder, Tilburg" in row and "eindigt 1 mrt 2018" in row
    assert seat.is_visible()
    assert "ilburg" in seat.inner_text() and "1 mrt 2018" in seat.inner_text()


def test_a_member_is_found_by_search_with_its_tables(site: Site, visit: Callable) -> None:
    page = visit(site)
    page.goto(site.at("search"))

    page.fill("main [name=q]", "wethouder Tilbrug")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")

    assert page.locator("main").get_by_text("Tilburg").first.is_visible()
