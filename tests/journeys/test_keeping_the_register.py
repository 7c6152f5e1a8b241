"""A registrar seats somebody, ends it, corrects it; two windows, two clicks, the wrong person."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from journeys.looking import NARROW, WIDE, shortcomings
from journeys.places import REGISTRAR, TEAM
from journeys.site import Site
from verband.bodies.models import Seat, Tenure
from verband.kernel.audit import AuditLine

TODAY = date(2017, 10, 30)


def empty_seat() -> Seat:
    """The seat of the four largest in the team, which is empty since 1 October 2017."""
    left = Tenure.objects.known(None).get(
        seat__body__key=TEAM, person__key="alderman-gm0344-1", valid_until=date(2017, 10, 1)
    )
    return left.seat


def held_by(seat: Seat) -> list[str]:
    """Who holds a seat today, as we know it now."""
    held = Tenure.objects.filter(seat=seat).at(TODAY).known(None)
    return [tenure.person.key for tenure in held if tenure.person]


def go_on(page: Page) -> None:
    """Send the form."""
    page.click("main form.vb-flow button[type=submit]")


def confirm(page: Page) -> None:
    """Say yes to what would change."""
    page.click("[name=form_step][value=confirm]")
    page.locator(".vb-msg, .vb-messages, [role=status]").first.wait_for()


def seat_somebody(page: Page, site: Site, seat: Seat) -> None:
    """Up to the check: one of the aldermen of Utrecht is chosen."""
    page.goto(site.at("seat_someone", seat.pk))
    page.fill("[name=person]", "wethouder Utrecht")
    page.fill("[name=valid_until]", "01-03-2018")
    go_on(page)
    if page.locator("[name=person_pick]").count():
        page.locator("[name=person_pick]").first.check()
        go_on(page)
    page.locator("[name=form_step][value=confirm]").wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_a_registrar_seats_somebody_after_seeing_what_changes(
    own_site: Site, visit: Callable, script: bool
) -> None:
    seat = empty_seat()
    page = visit(own_site, REGISTRAR, java_script_enabled=script)

    seat_somebody(page, own_site, seat)
    before = held_by(seat)
    told = page.locator(".vb-consequences").inner_text()
    confirm(page)

    assert before == []
    assert "begint als Lid, G4 in Klimaat en Energie" in told
    assert len(held_by(seat)) == 1
    assert f"/register/{TEAM}/" in page.url


def test_who_left_is_ended_and_what_was_wrong_corrected_with_the_old_knowledge_kept(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, REGISTRAR)
    seat = Seat.objects.get(tenures__person__key="alderman-gm0855-1", body__key=TEAM)
    tenure = Tenure.objects.filter(seat=seat).at(TODAY).known(None).get()

    page.goto(own_site.at("end_tenure", tenure.pk))
    go_on(page)
    refused = page.locator(".vb-error").inner_text()
    page.fill("[name=reason]", "Verhuisd.")
    go_on(page)
    confirm(page)
    ended = Tenure.objects.filter(seat=seat).known(None).get()
    page.goto(own_site.at("correct_tenure", ended.pk))
    page.fill("[name=valid_until]", "15-10-2017")
    page.fill("[name=reason]", "De brief van 12 oktober noemt de 15e.")
    go_on(page)
    confirm(page)

    assert "Schrijf waarom." in refused
    now = Tenure.objects.filter(seat=seat).known(None).get()
    assert now.valid_until == date(2017, 10, 15)
    old = Tenure.objects.get(pk=ended.pk)
    address = own_site.at("body", TEAM)
    page.goto(f"{address}?on=2017-10-20")
    as_we_know_now = page.locator("main").inner_text()
    page.goto(f"{address}?on=2017-10-20&known={old.recorded_from.isoformat().replace('+', '%2B')}")
    as_known_then = page.locator("main").inner_text()
    assert as_we_know_now != as_known_then
    assert "Tilburg" in as_known_then


def test_two_clicks_seat_one_person_once(own_site: Site, visit: Callable) -> None:
    seat = empty_seat()
    page = visit(own_site, REGISTRAR)
    seat_somebody(page, own_site, seat)
    before = AuditLine.objects.count()

    page.dblclick("[name=form_step][value=confirm]")
    page.wait_for_url(f"**/register/{TEAM}/**")

    assert len(held_by(seat)) == 1
    assert AuditLine.objects.count() == before + 1


def test_of_two_windows_the_second_hears_that_the_seat_is_taken(
    own_site: Site, visit: Callable
) -> None:
    seat = empty_seat()
    first, second = visit(own_site, REGISTRAR), visit(own_site, REGISTRAR)
    seat_somebody(first, own_site, seat)
    seat_somebody(second, own_site, seat)

    confirm(first)
    second.click("[name=form_step][value=confirm]")
    second.locator(".vb-error").wait_for()

    assert len(held_by(seat)) == 1
    assert "Utrecht" in second.input_value("[name=person]")
    assert second.input_value("[name=valid_until]") == "01-03-2018"
    assert shortcomings(second, "nl", WIDE) == []


@pytest.mark.parametrize("who", ["ipo@verband.example", "groot@verband.example"])
def test_whoever_has_no_authority_reads_who_has(site: Site, visit: Callable, who: str) -> None:
    page = visit(site, who)

    answer = page.goto(site.at("end_body", TEAM))

    assert answer.status == 403
    sentence = page.locator("main").inner_text()
    assert "registerbeheerder" in sentence and "functioneel beheerder" in sentence
    assert page.locator("main form").count() == 0


def test_a_merger_on_the_day_tells_its_consequences_and_leaves_its_questions(
    own_site: Site, visit: Callable
) -> None:
    page = visit(own_site, REGISTRAR)
    page.goto(own_site.at("record_succession"))
    page.fill("[name=day]", "30-10-2017")
    page.check("[name=kind][value=merger]")
    page.fill("[name=predecessors]", "Schiermonnikoog")
    page.fill("[name=successors]", "Ameland")
    page.fill("[name=source]", "Wet van 2017")
    go_on(page)
    told = page.locator(".vb-consequences").inner_text()
    faults = shortcomings(page, "nl", NARROW)

    confirm(page)
    page.goto(own_site.at("members"))
    members = page.locator("main").inner_text()
    page.goto(own_site.at("organisation", "gm0088"))

    assert "Schiermonnikoog" in told and "Ameland" in told and "stem" in told
    assert faults == []
    assert "387" in members
    assert "Ameland" in page.locator("main").inner_text()
