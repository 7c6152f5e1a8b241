"""An auditor verifies and reads; an administrator gives a role and ends it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import Page

from journeys.looking import NARROW, WIDE, shortcomings
from journeys.places import ADMINISTRATOR, ALDERMAN, AUDITOR, REGISTRAR, TEAM
from journeys.site import Site
from journeys.story import TODAY
from verband.bodies.models import Body
from verband.kernel.audit import AuditLine
from verband.kernel.sealing import seal
from verband.people.models import Role
from world import noon


@pytest.fixture
def key(settings, tmp_path: Path) -> None:
    """A signing key of this journey's own."""
    path = tmp_path / "key.pem"
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(Ed25519PrivateKey.generate().private_bytes(*form))
    settings.VERBAND_SIGNING_KEY = path


def test_an_auditor_proves_a_line_without_believing_the_site(
    own_site: Site, visit: Callable, key: None, tmp_path: Path
) -> None:
    seal(noon(TODAY))
    line = AuditLine.objects.latest("pk")
    page = visit(own_site, AUDITOR)

    page.goto(own_site.at("audit"))
    page.fill("#line", str(line.pk))
    page.keyboard.press("Enter")
    page.wait_for_url("**line=*")
    assert shortcomings(page, "nl", NARROW) == []
    with page.expect_download() as proof:
        page.click("main a[href*='proof.json']")
    with page.expect_download() as script:
        page.click("a[href$='verify_bundle.py']")
    proof.value.save_as(tmp_path / "proof.json")
    script.value.save_as(tmp_path / "verify.py")
    public = json.loads((tmp_path / "proof.json").read_text())["keys"][0]
    run = [sys.executable, "verify.py", "--proof", "proof.json", "--key", public]
    ran = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_an_auditor_reads_the_trail_of_a_body(site: Site, visit: Callable) -> None:
    page, visitor = visit(site, AUDITOR), visit(site)
    trail = site.at("audit_thing", "bodies_body", Body.objects.get(key=TEAM).pk)

    page.goto(trail)
    visitor.goto(trail)

    told, public = page.locator("main").inner_text(), visitor.locator("main").inner_text()
    assert "Orgaan instellen of netwerk invoeren" in told
    assert "Orgaan instellen of netwerk invoeren" in public
    assert f"sleutel: {TEAM}" in told
    assert f"sleutel: {TEAM}" not in public


def confirm(page: Page) -> None:
    """Send the form, look, and say yes."""
    page.click("main form.vb-flow button[type=submit]")
    page.click("[name=form_step][value=confirm]")
    page.wait_for_load_state()


def test_an_administrator_gives_a_role_and_ends_it(own_site: Site, visit: Callable) -> None:
    page, official = visit(own_site, ADMINISTRATOR), visit(own_site, "groot@verband.example")
    lines = own_site.at("audit_lines")
    before = official.goto(lines)

    page.goto(own_site.at("give_role", ALDERMAN))
    page.check("[name=kind][value=auditor]")
    page.fill("[name=start]", "30-10-2017")
    confirm(page)
    given = official.goto(lines)
    role = Role.objects.at(TODAY).known(None).get(person__key=ALDERMAN)
    assert shortcomings(page, "nl", WIDE) == []
    page.goto(own_site.at("end_role", role.pk))
    page.fill("[name=last]", "30-10-2017")
    confirm(page)

    assert (before.status, given.status) == (403, 200)
    ended = Role.objects.known(None).get(person__key=ALDERMAN)
    assert ended.valid_until is not None


def test_signed_in_as_one_and_then_as_another_the_page_says_who_one_is(
    site: Site, visit: Callable
) -> None:
    for email, words in ((REGISTRAR, "registerbeheerder"), (AUDITOR, "auditor")):
        page = visit(site, email)
        page.goto(site.at("my_account"))

        assert words in page.locator("main").inner_text()
