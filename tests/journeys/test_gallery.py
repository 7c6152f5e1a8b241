"""Every component in a real browser: rules of accessibility, of the browser, of the phone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from journeys.looking import HEIGHT, WATCH, faults_at, scrolls_sideways

TESTS = Path(__file__).parents[1]
PLACES = (
    "/words/",
    "/register/",
    "/register/?on=2016-03-01&known=2017-06-01",
    "/register/?on=2018-05-01",
    "/register/?on=31-02-2017",
    "/forms/",
    "/forms/file/",
    "/body/",
    "/body/?on=2012-01-01",
    "/map/",
    "/empty/",
    "/nowhere/",
)
REFUSED = {"/register/?on=31-02-2017": 400, "/nowhere/": 404}


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """The address of the gallery, served by a process of its own."""
    path = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
    server = subprocess.Popen(
        [sys.executable, "-m", "ui.gallery.serve"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "ui.gallery.settings"},
        text=True,
    )
    yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    server.terminate()
    server.wait()
    server.stdout.close()


@pytest.mark.parametrize("place", PLACES)
def test_every_component_can_be_used_by_everyone(page: Page, gallery: str, place: str) -> None:
    page.add_init_script(WATCH)
    elsewhere: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(gallery) else elsewhere.append(r.url))
    answer = page.goto(gallery + place)
    assert answer.status == REFUSED.get(place, 200)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")

    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert not scrolls_sideways(page), width
        assert width == 320 or faults_at(page, width) == [], width

    assert page.evaluate("__refused") == []
    assert elsewhere == []


@pytest.mark.parametrize("width", [640, 800, 1000, 1100])
def test_no_width_in_between_scrolls_sideways(page: Page, gallery: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for place in ("/register/?on=2016-03-01", "/words/", "/body/"):
        page.goto(gallery + place)
        assert not scrolls_sideways(page), place


def test_the_ribbon_moves_by_keys_and_goes_there_on_enter(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(gallery + "/register/?kind=a")
    ribbon = page.locator(".vb-axis input")

    ribbon.focus()
    for key in ("PageDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    said = ribbon.get_attribute("aria-valuetext")
    address = page.url
    page.keyboard.press("Enter")
    page.wait_for_url("**on=*")

    assert said == "1 december 2016"
    assert address.endswith("?kind=a")
    assert "kind=a" in page.url and "on=01-12-2016" in page.url
    assert page.locator(".vb-then").is_visible()


def test_every_link_of_another_day_keeps_that_day(page: Page, gallery: str) -> None:
    page.goto(gallery + "/register/?on=2016-03-01")

    places = page.locator(".vb-nav a, tbody th a, .vb-foot__in a").evaluate_all(
        "links => links.map(link => link.href)"
    )

    assert len(places) > 15
    assert all("on=2016-03-01" in place for place in places)


def test_on_a_phone_the_calendar_opens_the_date_field_without_script(
    browser, gallery: str, browser_context_args: dict
) -> None:
    context = browser.new_context(
        **{**browser_context_args, "viewport": {"width": 390, "height": 800}},
        java_script_enabled=False,
    )
    page = context.new_page()
    page.goto(gallery + "/register/")

    assert not page.locator("#day").is_visible()
    page.locator(".vb-time__more").click()
    page.fill("#day", "1-3-2016")
    page.keyboard.press("Enter")
    page.wait_for_url("**on=*")

    assert page.locator(".vb-then").is_visible()
    assert page.locator(".vb-time__day strong").inner_text() == "1 maart 2016"
    context.close()


def test_the_form_says_what_is_wrong_where_the_reader_is(page: Page, gallery: str) -> None:
    page.goto(gallery + "/forms/")

    page.fill("#id_start", "31-02-2017")
    page.click("main form button[type=submit]")

    assert page.evaluate("document.activeElement.className") == "vb-error"
    page.click("text=Eerste dag: ")
    assert page.evaluate("document.activeElement.id") == "id_start"
    assert page.input_value("#id_start") == "31-02-2017"


def test_the_printed_page_carries_its_day_and_nothing_to_click(page: Page, gallery: str) -> None:
    page.goto(gallery + "/register/?on=2016-03-01")
    page.emulate_media(media="print")

    assert page.locator(".vb-time__day strong").is_visible()
    for gone in (".vb-nav", ".vb-filterform", ".vb-time__form", ".vb-time__more", ".vb-tablefoot"):
        assert not page.locator(gone).is_visible(), gone


def test_focus_is_never_hidden_under_the_bottom_bar(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(gallery + "/forms/")
    top = page.locator(".vb-bar").bounding_box()["y"]

    for _ in range(25):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                const it = document.activeElement, box = it.getBoundingClientRect();
                return [Boolean(it.closest('.vb-bar')), box.top, box.bottom];
            }"""
        )
        in_bar, _start, end = place
        assert in_bar or end <= top + 1, place
