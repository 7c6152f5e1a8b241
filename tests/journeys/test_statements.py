"""An alderman votes on statements on a phone and adds one; the moderator admits it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from journeys.looking import NARROW, shortcomings
from journeys.places import CHAIR, OFFICIAL, OPEN_ROUND, PAST_ROUND
from journeys.site import Site
from verband.consultations.models import Statement, StatementVote

PHONE = 390
TYPED = "In het buitengebied is snel internet een basisvoorziening."


def looked_at(page: Page, language: str = "nl") -> list[str]:
    """What is wrong with the page, and the phone's width again."""
    found = shortcomings(page, language, NARROW)
    page.set_viewport_size({"width": PHONE, "height": 900})
    return found


def votes() -> list[Any]:
    """What the alderman said, the first first."""
    rows = StatementVote.objects.filter(person__account__email=OFFICIAL).order_by("pk")
    return list(rows.values_list("statement_id", "number", "choice"))


def test_an_alderman_votes_in_one_tap_each_and_goes_back(own_site: Site, visit: Callable) -> None:
    page = visit(own_site, OFFICIAL, PHONE)
    page.goto(own_site.at("statements", OPEN_ROUND))
    first = page.locator("h1").inner_text()
    targets = [box.bounding_box() for box in page.locator("button.vb-opt").all()]
    wrong = looked_at(page)

    page.click("[name=choice][value=agree]")
    page.locator("h1", has_not_text=first).wait_for()
    page.locator("[name=choice][value=pass]").focus()
    page.keyboard.press("Enter")  # by keyboard too
    page.get_by_text("nog 9 van 11").wait_for()
    page.get_by_role("link", name="Ga terug en wijzig dat").click()
    page.locator("[aria-pressed=true][value=pass]").wait_for()
    wrong += looked_at(page)
    page.click("[name=choice][value=disagree]")
    page.get_by_text("Hiervoor koos u “oneens”").wait_for()

    assert wrong == []
    assert all(box is not None and box["height"] >= 44 for box in targets)
    assert [(number, choice) for _pk, number, choice in votes()] == [
        (1, "agree"),
        (1, "pass"),
        (2, "disagree"),
    ]


def test_a_connection_that_drops_keeps_the_vote_until_it_is_back(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, OFFICIAL, PHONE)
    page.goto(own_site.at("statements", OPEN_ROUND))

    page.context.set_offline(True)
    page.click("[name=choice][value=agree]")
    page.locator("[data-sending]", has_text="U bent niet verbonden.").wait_for()
    before = votes()
    page.context.set_offline(False)
    page.get_by_text("nog 10 van 11").wait_for()

    assert before == []
    assert len(votes()) == 1


def test_a_statement_of_ones_own_goes_by_what_is_there_and_by_the_moderator(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, OFFICIAL, PHONE)
    page.goto(own_site.at("add_statement", OPEN_ROUND))

    page.fill("#text", "x" * 143)
    page.get_by_text("3 tekens te veel").first.wait_for()
    page.get_by_role("button", name="Verstuur de stelling").click()
    page.locator(".vb-error", has_text="heeft er 143").wait_for()
    wrong = looked_at(page)
    page.fill("#text", TYPED)
    page.get_by_role("button", name="Verstuur de stelling").click()
    page.locator("#alike").wait_for()
    wrong += looked_at(page)
    page.get_by_role("button", name="Verstuur die van mij toch").click()
    page.locator("#own + ul", has_text="wacht op de moderator").wait_for()

    chair = visit(own_site, CHAIR)
    chair.goto(own_site.at("moderate_statements", OPEN_ROUND))
    chair.locator("li", has_text=TYPED).get_by_role("button").click()
    chair.get_by_text(f"“{TYPED}” ligt voor.").wait_for()
    page.reload()

    assert wrong == []
    assert "ligt voor" in page.locator("#own + ul").inner_text()
    made = Statement.objects.get(text=TYPED)
    assert list(made.votes.values_list("choice", flat=True)) == ["agree"]


def test_everybody_reads_what_all_groups_can_carry(site: Site, visit: Callable) -> None:
    page = visit(site, width=PHONE)

    page.goto(site.at("result", PAST_ROUND, language="en") + "?by=province")

    assert page.locator("#carried").inner_text() == "What every group can carry"
    assert page.locator("#carried, #divides").count() == 2
    assert shortcomings(page, "en", NARROW) == []
