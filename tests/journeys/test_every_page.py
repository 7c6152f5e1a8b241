"""Every page: for everyone, at every width, in both languages, on other days, on paper."""

from collections.abc import Callable

import pytest

from journeys.looking import HEIGHT, NARROW, WIDE, scrolls_sideways, shortcomings
from journeys.places import NO_PAGE, OFFICIAL, PLACES, READ, REGISTRAR, TEAM, named_addresses
from journeys.site import Site

REGISTER = ("bodies", "body", "members", "organisation", "person", "changes", "home")
DAYS = ("?on=2014-03-01", "?on=2018-06-01", "?on=2017-03-01&known=2017-04-01")


def test_every_page_has_an_example() -> None:
    asked = set(named_addresses())

    assert asked - PLACES.keys() - NO_PAGE.keys() == set()
    assert (PLACES.keys() | NO_PAGE.keys()) - asked == set()


@pytest.mark.parametrize("name", PLACES)
def test_everyone_can_use_the_page(site: Site, visit: Callable, name: str) -> None:
    place = PLACES[name]
    page = visit(site, place.who)
    args = place.args()

    for language, width in (("nl", WIDE), ("en", NARROW)):
        answer = page.goto(site.at(name, *args, language=language) + place.query)

        assert answer.status == 200, page.url
        assert shortcomings(page, language, width) == [], page.url


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", REGISTER)
def test_the_page_of_another_day_says_which_day(
    site: Site, visit: Callable, name: str, day: str
) -> None:
    page = visit(site)

    answer = page.goto(site.at(name, *READ[name].args()) + day)

    assert answer.status == 200
    assert page.locator(".vb-then").is_visible()
    assert shortcomings(page, "nl", NARROW) == []


@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("/register/nowhere/", "", 404),
        ("/register/?on=31-02-2017", "", 400),
        (f"/register/{TEAM}/end/", "ipo@verband.example", 403),
        (f"/register/{TEAM}/end/?on=2016-03-01", REGISTRAR, 403),
        ("/audit/lines/", OFFICIAL, 403),
    ],
)
def test_a_refusal_is_a_page_too(
    site: Site, visit: Callable, path: str, who: str, status: int
) -> None:
    page = visit(site, who)

    for prefix, language in (("", "nl"), ("/en", "en")):
        answer = page.goto(site.home + prefix + path)

        assert answer.status == status
        assert shortcomings(page, language, WIDE) == []


@pytest.mark.parametrize("name", READ)
def test_every_page_of_the_register_is_whole_without_script(
    site: Site, visit: Callable, name: str
) -> None:
    scripted, plain = visit(site), visit(site, java_script_enabled=False)
    address = site.at(name, *READ[name].args())

    scripted.goto(address)
    plain.goto(address)

    assert plain.locator("h1").inner_text() == scripted.locator("h1").inner_text()
    assert plain.locator("main a").count() == scripted.locator("main a").count()
    assert plain.locator("main tr").count() == scripted.locator("main tr").count()


@pytest.mark.parametrize("name", ["body", "organisation"])
def test_on_paper_stands_the_register_with_its_day_and_nothing_to_click(
    site: Site, visit: Callable, name: str
) -> None:
    page = visit(site)
    page.goto(site.at(name, *READ[name].args()))
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert page.locator(".vb-time__day strong").is_visible()
    for gone in (".vb-nav", ".vb-time__form", ".vb-foot__in a", ".vb-skip"):
        for part in page.locator(gone).all():
            assert not part.is_visible(), gone


@pytest.mark.parametrize("name", REGISTER)
def test_no_width_in_between_scrolls_sideways(site: Site, visit: Callable, name: str) -> None:
    page = visit(site)
    page.goto(site.at(name, *READ[name].args()))

    for width in (360, 390, 600, 768, 1024):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert not scrolls_sideways(page), width


def test_at_four_hundred_percent_the_page_is_that_of_320_pixels(
    site: Site, visit: Callable
) -> None:
    zoomed = visit(site, width=NARROW, device_scale_factor=4)

    for name in REGISTER:
        zoomed.goto(site.at(name, *READ[name].args()))
        zoomed.set_viewport_size({"width": NARROW, "height": HEIGHT})
        assert not scrolls_sideways(zoomed), name
