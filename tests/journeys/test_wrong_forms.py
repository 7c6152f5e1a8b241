"""Forms of the members' voice sent empty: what must be mended comes first, and nothing is lost."""

from collections.abc import Callable

import pytest

from journeys.looking import NARROW, WIDE, shortcomings
from journeys.places import PLACES
from journeys.site import Site

# What is pressed; a form that asks nothing of whoever only agrees is not here.
SEND = "main form:not([role=search]) button[type=submit]"
FORMS = {
    "vote": "[name=step][value=check]",
    "argue": SEND,
    "outcome": SEND,
    "object": SEND,
    "answer_objection": SEND,
    "name_voter": SEND,
    "give_proxy": SEND,
    "give_proxy_for_sitting": SEND,
    "enter_rule": SEND,
    "change_rule": SEND,
    "add_question": SEND,
    "withdraw_consultation": SEND,
    "hold_over": SEND,
    "sitting_new": SEND,
    "sitting_vote": SEND,
    "sitting_hands": SEND,
    "add_statement": SEND,
}


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_form_says_first_what_must_be_mended(
    site: Site, visit: Callable, name: str
) -> None:
    place = PLACES[name]
    page = visit(site, place.who)
    page.goto(site.at(name, *place.args()) + place.query)

    with page.expect_navigation() as answered:
        page.locator(FORMS[name]).first.click()

    assert answered.value.status in (200, 422)
    assert page.evaluate("document.activeElement.classList.contains('vb-error')")
    for link in page.locator(".vb-error a").all():
        assert page.locator(link.get_attribute("href")).count() == 1, link.inner_text()
    assert shortcomings(page, "nl", WIDE, NARROW) == []
