"""A registrar takes in a file: all errors first, then the differences, then a yes."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page

from journeys.looking import NARROW, WIDE, shortcomings
from journeys.places import REGISTRAR
from journeys.site import Site
from verband.members.models import PopulationFigure

DAY = date(2017, 7, 1)
HEADER = "gemeente;peildatum;inwoners\n"
WRONG = HEADER + "Tilbrug;01-07-2017;213.000\nGM1859;31-02-2017;44.500\nGM0088;01-07-2017;veel\n"
RIGHT = HEADER + "Tilburg;01-07-2017;213.000\nGM1859;01-07-2017;44.500\nGM0088;01-07-2017;940\n"


def send(page: Page, site: Site, text: str) -> None:
    """Hand in a file of inhabitants."""
    page.goto(site.at("import"))
    page.check("[name=kind][value=population]")
    file = {"name": "inwoners.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("[name=file]", files=[file])
    page.click("main form button[type=submit]")


def figures() -> int:
    """How many figures of the first of July 2017 the register holds."""
    return PopulationFigure.objects.known(None).filter(valid_from=DAY).count()


def test_a_file_with_errors_takes_in_nothing_and_a_right_one_what_was_shown(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, REGISTRAR)

    send(page, own_site, WRONG)
    errors = page.locator("#wrong").inner_text()
    assert shortcomings(page, "nl", NARROW) == []
    send(page, own_site, RIGHT)
    page.wait_for_url("**/import/*/")
    shown = page.locator("main").inner_text()
    assert shortcomings(page, "nl", WIDE) == []
    before = figures()
    page.click("[name=step][value=confirm]")
    page.wait_for_load_state()
    after = figures()
    send(page, own_site, RIGHT)

    assert "Tilburg" in errors  # the nearest name
    assert "31-02-2017" in errors and "veel" in errors
    assert "213.000" in shown and "940" in shown
    assert (before, after) == (0, 3)
    assert page.url.endswith("/import/")
    assert figures() == 3
