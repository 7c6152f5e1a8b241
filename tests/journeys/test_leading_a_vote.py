"""From asking the members to a result that anyone counts again, on a phone, as the days pass."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from journeys.looking import NARROW, shortcomings
from journeys.places import CHAIR, REGISTRAR, TILBURG, VOTER
from journeys.places import OPEN_VOTE as VOTE
from journeys.site import Site
from verband.consultations.kinds import StepKind
from verband.consultations.models import Ballot, Consultation, Step
from verband.consultations.use_cases.opening import close_vote, publish_result
from verband.kernel import clock
from verband.kernel.permissions import CLOCK
from verband.people.models import Account
from verband.site.launch.paths import SOURCE

PHONE = 390
CLOSED = date(2017, 11, 4)
WHY = "De raad sprak hier op 23 oktober over."


def to_the_check(page: Page, site: Site) -> None:
    """Read how is counted, choose, give a reason, and go on."""
    page.goto(site.at("vote", VOTE))
    page.locator("[name=q-1][value=for]").check()
    page.fill("#reason", WHY)
    page.click("[name=step][value=check]")
    page.locator("[name=step][value=cast]").wait_for()


def confirmed(page: Page) -> None:
    """Send a form, read what follows from it, say yes."""
    page.click("main form button[type=submit]")
    yes = page.locator("[name=form_step][value=confirm]")
    if yes.count() or page.locator(".vb-error").count() == 0:
        yes.click()


@pytest.fixture
def key(settings: LazySettings, tmp_path: Path) -> None:
    """A signing key of this journey's own."""
    path = tmp_path / "key.pem"
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(Ed25519PrivateKey.generate().private_bytes(*form))
    settings.VERBAND_SIGNING_KEY = path


def verify(folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """``./verband verify-vote``, on files alone."""
    run = [sys.executable, "-m", "verband.site.launch", "verify-vote", *files, "--language", "nl"]
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    return subprocess.run(run, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_a_voter_reads_the_rule_votes_and_counts_the_result_again(
    own_site: Site, visit: Callable, key: None, settings: LazySettings, tmp_path: Path
) -> None:
    page = visit(own_site, VOTER, PHONE)
    page.goto(own_site.at("vote", VOTE))
    rule = page.get_by_role("heading", name="Zo wordt er geteld")
    choice = page.locator("[name=q-1]").first

    assert rule.bounding_box()["y"] < choice.bounding_box()["y"]
    to_the_check(page, own_site)
    page.click("[name=step][value=cast]")
    page.wait_for_url("**/receipt/**")
    receipt = page.url
    settings.VERBAND_TODAY = CLOSED
    vote, chair = Consultation.objects.get(key=VOTE), Account.objects.get(email=CHAIR)
    close_vote(actor=CLOCK, now=clock.now(), consultation=vote)
    publish_result(actor=chair, now=clock.now(), consultation=vote)

    page.goto(receipt)
    with page.expect_download() as proof:
        page.click("main a[download]")
    page.goto(own_site.at("result", VOTE))
    with page.expect_download() as roll_call:
        page.click("a[href$='roll-call.json']")
    proof.value.save_as(tmp_path / "receipt.json")
    roll_call.value.save_as(tmp_path / "roll-call.json")
    right = verify(tmp_path, "roll-call.json", "receipt.json")
    text = (tmp_path / "roll-call.json").read_text()
    (tmp_path / "altered.json").write_text(text.replace(WHY, "De raad sprak hier niet over."))
    wrong = verify(tmp_path, "altered.json", "receipt.json")

    assert right.returncode == 0, right.stdout + right.stderr
    assert wrong.returncode == 1
    assert TILBURG in wrong.stdout + wrong.stderr


def test_a_vote_after_closing_is_refused_with_the_time_and_keeps_what_was_typed(
    own_site: Site, visit: Callable, settings: LazySettings
) -> None:
    page = visit(own_site, VOTER, PHONE)
    to_the_check(page, own_site)

    settings.VERBAND_TODAY = CLOSED  # the page lay open for five days
    page.click("[name=step][value=cast]")
    told = page.locator(".vb-error").first
    told.wait_for()

    assert "vr 3 nov 2017, 12.00 uur" in told.inner_text()
    assert page.locator("textarea").input_value() == WHY
    assert not Ballot.objects.filter(consultation__key=VOTE, member__key=TILBURG).exists()
    assert shortcomings(page, "nl", NARROW) == []


def test_staff_prepare_open_close_and_publish_a_consultation(
    own_site: Site, visit: Callable, settings: LazySettings
) -> None:
    page = visit(own_site, REGISTRAR, PHONE)
    page.goto(own_site.at("new_consultation") + "?kind=consultation")
    page.fill("[name=title]", "Een loket voor warmtenetten")
    page.fill("[name=closes_at]", "03-11-2017 12:00")
    confirmed(page)
    page.wait_for_url("**/consultations/2017-07/edit/")
    page.goto(own_site.at("add_question", "2017-07") + "?form=yes_no")
    page.fill("[name=text]", "Wilt u één loket bij het Rijk?")
    confirmed(page)
    page.wait_for_url("**/edit/")

    page.goto(own_site.at("open_vote", "2017-07"))
    confirmed(page)
    page.wait_for_url("**/consultations/2017-07/")
    expect(page.locator("main")).to_contain_text("nog 3 dagen")
    settings.VERBAND_TODAY = CLOSED
    for step in ("close_vote", "publish_result"):
        page.goto(own_site.at(step, "2017-07"))
        confirmed(page)
        page.wait_for_url("**/consultations/2017-07/")

    vote = Consultation.objects.get(key="2017-07")
    steps = Step.objects.filter(consultation=vote).order_by("pk").values_list("kind", flat=True)
    assert list(steps) == [StepKind.OPENED, StepKind.CLOSED, StepKind.PUBLISHED]
    assert vote.roll.count() == 388
    assert "Niets besloten" in page.locator("main").inner_text()
