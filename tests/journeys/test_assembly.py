"""A vote in a meeting: the chair at the desk, a voter with a phone, the page that follows."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from journeys.looking import NARROW, WIDE, shortcomings
from journeys.places import ADMINISTRATOR, TILBURG
from journeys.site import Site
from verband.bodies.models import Body
from verband.consultations.kinds import Binding, ConsultationKind, Weighing
from verband.consultations.models import Ballot, Consultation, Participation, SecretBallot, Sitting
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.preparing import prepare_consultation
from verband.consultations.use_cases.rules import enter_rule
from verband.consultations.use_cases.sittings import mark_present, plan_sitting
from verband.kernel import clock
from verband.members.models import Organisation
from verband.people.models import Account

CHAIR, VOTER, PHONE = "voorzitter@verband.example", "stemmer@verband.example", 390
MOTION = "Geld moet met de taak meekomen"
PEOPLE = [{"code": "a", "label": "wethouder, Utrecht"}, {"code": "b", "label": "burgemeester, Urk"}]


def keeper() -> dict[str, Any]:
    """Who prepares everything."""
    return {"actor": Account.objects.get(email=ADMINISTRATOR), "now": clock.now()}


def rule(key: str, **values: Any) -> Any:
    """A rule of the assembly."""
    text = {"name": key, "majorities": ["members > 1/2 of valid"]}
    values.setdefault("weighing", Weighing.VOTES)
    return enter_rule(
        key=key,
        kind=ConsultationKind.ASSEMBLY,
        name=key,
        article="art. 14",
        rule=text,
        binding=Binding.DECISION,
        valid_from=None,
        **values,
        **keeper(),
    )


def prepared(sitting: Sitting, key: str, order: int, by: Any, **question: Any) -> Consultation:
    """A vote of the sitting."""
    question.setdefault("form", "yes_no")
    question.setdefault("text", f"Neemt u dit aan: {key}?")
    return prepare_consultation(
        body=Body.objects.get(key="bestuur"),
        kind=ConsultationKind.ASSEMBLY,
        key=key,
        rule=by,
        title=MOTION if order == 1 else "Een lid van het bestuur",
        audience={"of": "members"},
        questions=[question],
        sitting=sitting,
        order=order,
        **keeper(),
    )


@pytest.fixture
def meeting(own_site: Site) -> Sitting:
    """A sitting with a motion and an election; three members are there."""
    sitting = plan_sitting(
        body=Body.objects.get(key="bestuur"),
        key="alv-2017",
        title="Algemene ledenvergadering",
        starts_at=clock.now(),
        place="Utrecht",
        **keeper(),
    )
    prepared(sitting, "alv-1", 1, rule("gewoon"))
    election = rule("personen", weighing=Weighing.MEMBERS, is_secret=True, election="rounds")
    prepared(sitting, "alv-2", 2, election, form="persons", text="Wie kiest u?", options=PEOPLE)
    for key in ("gm0344", "gm0363", "gm0599"):
        mark_present(sitting=sitting, member=Organisation.objects.get(key=key), **keeper())
    return sitting


def press(page: Page, name: str) -> None:
    """Find a control with the Tab key alone, and press it."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the Tab key does not reach {name}")


def test_a_vote_in_the_meeting_from_opening_to_result(
    own_site: Site, meeting: Sitting, visit: Callable
) -> None:
    chair, phone = visit(own_site, CHAIR), visit(own_site, VOTER, PHONE)
    hall = visit(own_site)
    hall.goto(own_site.at("sitting_follow", meeting.key) + "?screen=1")
    phone.goto(own_site.at("sitting_follow", meeting.key))
    phone.click("[name=do][value=remote]")
    phone.wait_for_load_state()
    chair.goto(own_site.at("sitting_desk", meeting.key))

    press(chair, "do-open")

    expect(phone.locator("#vote-now")).to_be_visible(timeout=15_000)
    expect(hall.locator("#now")).to_have_text(MOTION, timeout=15_000)
    expect(phone.get_by_role("status").filter(has_text=MOTION)).to_be_attached()
    assert phone.evaluate("document.activeElement.tagName") == "BODY"

    phone.click("#vote-now")
    phone.check("input[type=radio][value=for]")
    phone.click("[name=step][value=check]")
    phone.click("[name=step][value=cast]")
    phone.wait_for_url("**/receipt/**")
    assert Ballot.objects.get(consultation__key="alv-1").member.key == TILBURG
    expect(chair.locator(".vb-desk__big")).to_contain_text("1", timeout=15_000)

    press(chair, "do-count_down")
    expect(hall.locator("[data-left]")).to_be_visible(timeout=15_000)
    press(chair, "do-close")
    press(chair, "do-publish")

    expect(hall.locator(".vb-follow__r")).to_be_visible(timeout=15_000)
    assert "100,0%" in (hall.locator(".vb-follow__r").text_content() or "")
    expect(hall.get_by_role("status").filter(has_text=MOTION)).to_be_attached()


def test_the_focus_stays_where_it_is_while_the_page_refreshes(
    own_site: Site, meeting: Sitting, visit: Callable
) -> None:
    vote = Consultation.objects.get(key="alv-1")
    open_vote(consultation=vote, **keeper())
    page = visit(own_site, "", PHONE)
    page.goto(own_site.at("sitting_follow", meeting.key))
    page.focus("#vote-now")

    member = Organisation.objects.get(key="gm0518")
    mark_present(sitting=meeting, member=member, **keeper())

    expect(page.locator(".vb-follow__there")).to_contain_text("4 van", timeout=15_000)
    assert page.evaluate("document.activeElement.id") == "vote-now"


def test_a_secret_vote_from_a_phone_leaves_no_name_on_the_ballot(
    own_site: Site, meeting: Sitting, visit: Callable
) -> None:
    vote = Consultation.objects.get(key="alv-2")
    tilburg = Organisation.objects.get(key=TILBURG)
    mark_present(sitting=meeting, member=tilburg, **keeper())
    open_vote(consultation=vote, **keeper())
    phone = visit(own_site, VOTER, PHONE)

    phone.goto(own_site.at("vote_persons", vote.key))
    phone.check("input[value=a]")
    phone.click("[name=step][value=check]")
    phone.click("[name=step][value=cast]")
    phone.wait_for_url(f"**/vote/persons/?for={TILBURG}")

    assert Participation.objects.get(question__consultation=vote).member == tilburg
    assert SecretBallot.objects.get(question__consultation=vote).choices == ["a"]
    phone.goto(own_site.at("vote_persons", vote.key))
    assert phone.locator("[name=step]").count() == 0
    close_vote(consultation=vote, **keeper())
    publish_result(consultation=vote, **keeper())
    phone.goto(own_site.at("elected", vote.key))
    expect(phone.locator(".vb-outcome__t")).to_contain_text("wethouder, Utrecht")
    assert phone.locator("table").count() == 0
    assert shortcomings(phone, "nl", WIDE, NARROW) == []
