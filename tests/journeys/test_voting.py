"""Members vote on a phone: three taps, a receipt, a connection that drops, two windows, keys."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from journeys.looking import NARROW, WIDE, shortcomings
from journeys.places import OFFICIAL, VOTER
from journeys.places import OPEN_FLASH as FLASH
from journeys.places import OPEN_VOTE as VOTE
from journeys.site import Site
from verband.consultations.models import Answer, Ballot

PHONE = 390
OFFLINE = (
    "U bent niet verbonden. Uw stem is niet verstuurd."
    " Wij proberen het opnieuw zodra u verbinding heeft."
)


def to_the_check(page: Page, site: Site, choice: str = "for", language: str = "nl") -> None:
    """Choose, and go on."""
    page.goto(site.at("vote", VOTE, language=language))
    page.locator(f"[name=q-1][value={choice}]").check()
    page.click("[name=step][value=check]")
    page.locator("[name=step][value=cast]").wait_for()


def send(page: Page) -> None:
    """Cast it, and wait for the receipt."""
    page.click("[name=step][value=cast]")
    page.wait_for_url("**/receipt/**")


def ballots() -> list[Ballot]:
    """What Tilburg cast, the first first."""
    found = Ballot.objects.filter(consultation__key=VOTE, member__key="gm0855")
    return list(found.order_by("number"))


def is_focused(page: Page, selector: str) -> bool:
    """Whether the keyboard is there."""
    return bool(page.evaluate("it => document.activeElement?.matches(it)", selector))


def test_an_alderman_answers_a_flash_question_in_three_taps(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, OFFICIAL, PHONE)

    page.goto(own_site.at("answer", FLASH))  # the first tap, on the link in the mail
    assert page.locator(".vb-bar").count() == 0
    page.click("[name=choice][value=yes] >> nth=0")  # the second: answered
    page.locator("#said").wait_for()
    after_two = list(Answer.objects.filter(person__account__email=OFFICIAL).values("choice"))
    page.fill("#sentence", "Begin bij de riolering.")
    page.get_by_role("button", name="Bewaar de zin").click()  # the third, if wanted
    page.locator("#sentence", has_text="Begin bij de riolering.").wait_for()

    assert {"choice": "yes"} in after_two
    last = Answer.objects.filter(consultation__key=FLASH, person__account__email=OFFICIAL).latest(
        "number"
    )
    assert (last.choice, last.sentence) == ("yes", "Begin bij de riolering.")
    assert shortcomings(page, "nl", WIDE, NARROW) == []


def test_whoever_follows_the_link_signed_out_comes_back_to_the_question(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, width=PHONE)

    page.goto(own_site.at("answer", FLASH))
    page.click(f"[value='{OFFICIAL}']")

    page.wait_for_url(own_site.at("answer", FLASH))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_voter_casts_changes_and_keeps_the_receipt(
    own_site: Site, visit: Callable, language: str
) -> None:
    page = visit(own_site, VOTER, PHONE)
    page.goto(own_site.at("vote", VOTE, language=language))
    targets = [box.bounding_box() for box in page.locator(".vb-opt").all()]
    wrong = shortcomings(page, language, WIDE, NARROW)
    page.set_viewport_size({"width": PHONE, "height": 900})

    to_the_check(page, own_site, "for", language)
    wrong += shortcomings(page, language, WIDE, NARROW)
    page.set_viewport_size({"width": PHONE, "height": 900})
    send(page)
    wrong += shortcomings(page, language, WIDE, NARROW)
    first = page.url
    page.get_by_role(
        "link", name="Wijzig uw stem" if language == "nl" else "Change your vote"
    ).click()
    page.locator("[name=q-1][value=against]").check()
    page.click("[name=step][value=check]")
    send(page)

    assert wrong == []
    assert all(box is not None and box["height"] >= 56 for box in targets)
    assert [ballot.answers for ballot in ballots()] == [{"1": "for"}, {"1": "against"}]
    assert page.locator("#leaf").inner_text() == ballots()[-1].leaf
    page.goto(first)
    replaced = {"nl": "Een latere stem kwam", "en": "A later vote took"}[language]
    assert replaced in page.locator("main").inner_text()


def test_nothing_chosen_brings_the_keyboard_to_what_must_be_mended(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, VOTER, PHONE)
    page.goto(own_site.at("vote", VOTE))

    page.click("[name=step][value=check]")
    page.locator(".vb-error").wait_for()

    assert is_focused(page, ".vb-error")
    assert "U heeft nog niet gekozen." in page.locator(".vb-error").first.inner_text()
    page.locator(".vb-error a").click()
    assert is_focused(page, "#q-1-0")
    assert shortcomings(page, "nl", WIDE, NARROW) == []


def test_a_connection_that_drops_is_told_and_the_vote_is_sent_when_it_is_back(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, VOTER, PHONE)
    to_the_check(page, own_site)

    page.context.set_offline(True)
    page.click("[name=step][value=cast]")
    told = page.locator("[data-sending]")
    told.filter(has_text=OFFLINE).wait_for()
    focused, cast = is_focused(page, "[data-sending]"), ballots()
    page.context.set_offline(False)
    page.wait_for_url("**/receipt/**")

    assert focused and cast == []
    assert told.count() == 0
    assert len(ballots()) == 1


def test_what_was_filled_in_stays_when_the_connection_drops_before_the_check(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, VOTER, PHONE)
    page.goto(own_site.at("vote", VOTE))
    page.locator("[name=q-1][value=for]").check()
    page.fill("#reason", "De regio kiest zelf.")

    page.context.set_offline(True)
    page.click("[name=step][value=check]")
    page.locator("[data-sending]").filter(has_text="Er is niets verstuurd").wait_for()
    page.context.set_offline(False)
    page.locator("[data-sending]").filter(has_text="U bent weer verbonden").wait_for()
    page.click("[name=step][value=check]")
    page.locator("[name=step][value=cast]").wait_for()

    assert "De regio kiest zelf." in page.locator("main").inner_text()


def test_an_answer_that_is_lost_on_its_way_back_counts_once(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, VOTER, PHONE)
    to_the_check(page, own_site)
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    page.route("**/vote/", lose_the_first)
    page.click("[name=step][value=cast]")
    page.locator("[data-sending]").filter(has_text="zonder ontvangstbewijs").wait_for()
    page.wait_for_url("**/receipt/**", timeout=20_000)

    assert lost == [302]
    assert len(ballots()) == 1


def test_of_two_windows_the_second_sees_the_vote_that_stands(
    own_site: Site, visit: Callable
) -> None:
    first, second = visit(own_site, VOTER, PHONE), visit(own_site, VOTER, PHONE)
    to_the_check(first, own_site, "for")
    to_the_check(second, own_site, "against")

    send(first)
    second.click("[name=step][value=cast]")
    second.locator(".vb-error").first.wait_for()

    assert "Iemand stemde voor uw gemeente" in second.locator(".vb-error").first.inner_text()
    assert second.locator("[name=q-1][value=against]").is_checked()
    assert len(ballots()) == 1
    assert shortcomings(second, "nl", WIDE, NARROW) == []


def test_two_clicks_cast_one_ballot(own_site: Site, visit: Callable) -> None:
    page = visit(own_site, VOTER, PHONE)
    to_the_check(page, own_site)

    page.dblclick("[name=step][value=cast]")
    page.wait_for_url("**/receipt/**")

    assert len(ballots()) == 1


@pytest.mark.parametrize("more", [{"java_script_enabled": False}, {}])
def test_a_vote_is_cast_with_keys_alone(
    own_site: Site, visit: Callable, more: dict[str, Any]
) -> None:
    page = visit(own_site, VOTER, PHONE, **more)
    page.goto(own_site.at("vote", VOTE))

    page.focus("#q-1-0")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Te weinig mensen.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[name=step][value=cast]").wait_for()
    page.focus("[name=step][value=cast]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/**")

    [ballot] = ballots()
    assert (ballot.answers, ballot.reason) == ({"1": "against"}, "Te weinig mensen.")


@pytest.mark.parametrize(("name", "args"), [("consultations", []), ("consultation", [VOTE])])
def test_what_is_asked_can_be_read_by_everyone(
    site: Site, visit: Callable, name: str, args: list[str]
) -> None:
    for language in ("nl", "en"):
        page = visit(site, VOTER)
        page.goto(site.at(name, *args, language=language))

        assert shortcomings(page, language, WIDE, NARROW) == []
