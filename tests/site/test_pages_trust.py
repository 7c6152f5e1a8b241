"""The pages about trust: who may do what, the audit trail, verification, one's own account."""

import json
import re
import subprocess
import sys
from datetime import date
from inspect import signature
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client
from django.utils.translation import override

from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import Body
from verband.bodies.use_cases import correct_body, end_tenure
from verband.integrations.resources import RESOURCES
from verband.kernel.audit import AuditLine
from verband.kernel.offline import verify_bundle
from verband.kernel.sealing import seal
from verband.kernel.use_case import REGISTER
from verband.members.models import Function
from verband.members.use_cases import lay_out_members
from verband.people.models import Account, Person, RoleKind
from verband.people.use_cases import end_role, give_role
from verband.site.argument_words import WORDS as ARGUMENTS
from verband.site.argument_words import argument_in_words
from verband.site.use_case_words import APPS, WORDS
from world import BEGIN, NOW, TODAY, World, found, noon

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def today(settings: object, tmp_path: Path) -> None:
    """The demo day, and a key of this test's own."""
    key = Ed25519PrivateKey.generate()
    path = tmp_path / "key.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings.VERBAND_TODAY = TODAY  # type: ignore[attr-defined]
    settings.VERBAND_SIGNING_KEY = path  # type: ignore[attr-defined]


@pytest.fixture
def world() -> World:
    """A team with a secretary from Tilburg."""
    made = found()
    tilburg = made.municipality("gm0855", name="Tilburg")
    anna = made.official("anna", tilburg, Function.ALDERMAN).office.person
    team = made.body("klimaat", kind=BodyKind.EXPERTISE_TEAM, name="Klimaat")
    made.tenure(made.seat(team, role=SeatRole.SECRETARY), anna, date(2015, 1, 1))
    return made


def read(client: Client, address: str, status: int = 200) -> str:
    """A page in English."""
    response = client.get(f"/en{address}")
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def sign_in(client: Client, world: World, key: str, role: RoleKind | None = None) -> Account:
    """Somebody with an account, and a role where one is given."""
    person = Person.objects.filter(key=key).first() or world.person(key, summary=key)
    if role is not None:
        world.do(give_role, person=person, kind=role, valid_from=date(2014, 1, 1))
    account = world.account(person)
    client.force_login(account, BACKEND)
    return account


def trail_of_team() -> str:
    """The address of what was done with the team."""
    return f"/audit/bodies_body/{Body.objects.get(key='klimaat').pk}/"


def members(world: World, count: int) -> list[int]:
    """So many members, by number."""
    return [world.municipality(f"gm9{n:03}").pk for n in range(count)]


def rename_team(world: World) -> None:
    """The keeper corrects the name of the team, with a reason."""
    world.do(
        correct_body,
        fact=Body.objects.get(key="klimaat").facts.known(None).get(),
        name="Klimaat en Energie",
        reason="Only for the auditor.",
        now=noon(date(2017, 10, 1)),
    )


def test_every_use_case_has_words_and_no_words_lack_a_use_case() -> None:
    assert set(WORDS) == set(REGISTER)
    assert {name.partition(".")[0] for name in REGISTER} <= set(APPS)


def test_every_argument_of_a_use_case_is_called_something_in_dutch() -> None:
    taken = {
        parameter.name
        for use_case in REGISTER.values()
        for parameter in signature(use_case.step).parameters.values()
        if parameter.kind is not parameter.VAR_KEYWORD
    } - {"actor", "now"}

    with override("nl"):
        bare = {name for name in taken if argument_in_words(name) == name}
    assert bare <= set(ARGUMENTS)
    assert set(ARGUMENTS) <= taken


def test_a_visitor_reads_every_use_case_with_its_grounds(world: World, client: Client) -> None:
    page = read(client, "/authority/")

    assert all(str(words) in page for words in WORDS.values())
    assert "register keeper, administrator, chair or secretary of the body itself" in page
    assert "You, today" not in page


def test_a_secretary_reads_what_the_seat_gives_and_for_how_long(
    world: World, client: Client
) -> None:
    sign_in(client, world, "anna")

    page = read(client, "/authority/")

    assert "as secretary (1 Jan 2015 – no end) in" in page
    assert "acts today" in page


def test_authority_ends_with_the_seat(world: World, client: Client) -> None:
    sign_in(client, world, "anna")
    tenure = Body.objects.get(key="klimaat").seats.get().tenures.get()
    world.do(end_tenure, tenure=tenure, day=TODAY, reason="", now=noon(date(2017, 10, 1)))

    page = read(client, "/authority/")

    assert "as secretary" not in page


def test_a_role_is_named_as_the_reason_until_it_ends(world: World, client: Client) -> None:
    account = sign_in(client, world, "keeper-two", RoleKind.REGISTRAR)
    assert "as register keeper (1 Jan 2014 – no end)" in read(client, "/account/")

    role = account.person.roles.get()
    world.do(end_role, role=role, day=TODAY, now=noon(date(2017, 10, 1)))

    assert "as register keeper" not in read(client, "/account/")


def test_the_account_tells_offices_and_seats_with_their_periods(
    world: World, client: Client
) -> None:
    sign_in(client, world, "anna")

    page = read(client, "/account/")

    assert "Alderman, Tilburg" in page
    assert "anna@verband.example" in page
    assert "1 Jan 2015 – no end" in page


def test_a_visitor_signs_in_before_the_account_and_all_lines(world: World, client: Client) -> None:
    for address in ("/account/", "/audit/lines/"):
        response = client.get(f"/en{address}")

        assert response.status_code == 302
        assert response["Location"] == f"/en/accounts/login/?next=/en{address}"


@pytest.mark.parametrize("role", [RoleKind.AUDITOR, RoleKind.ADMINISTRATOR, RoleKind.REGISTRAR])
def test_whoever_keeps_or_audits_reads_all_lines_with_what_was_given(
    world: World, client: Client, role: RoleKind
) -> None:
    rename_team(world)
    sign_in(client, world, "reader", role)

    assert "Only for the auditor." in read(client, "/audit/lines/")
    assert "Only for the auditor." in read(client, trail_of_team())


def test_the_auditor_reads_in_the_own_language_what_was_given(world: World, client: Client) -> None:
    rename_team(world)
    sign_in(client, world, "checker", RoleKind.AUDITOR)
    world.do(lay_out_members, cells={n: (n, 0) for n in members(world, 7)}, day=BEGIN)

    dutch = " ".join(client.get("/audit/lines/").content.decode().split())
    english = read(client, "/audit/lines/")

    sitting = {
        "zetel: Klimaat en Energie: secretaris; persoon: wethouder, Tilburg": dutch,
        "vanaf: 1 januari 2015": dutch,
        "lid van de vereniging: ja": dutch,
        "soort: gemeente": dutch,
        "plaatsen op de kaart: 7 waarden": dutch,
        "seat: Klimaat en Energie: secretary; person: alderman, Tilburg": english,
        "from: 1 January 2015": english,
        "places on the map: 7 values": english,
    }
    assert [words for words, page in sitting.items() if words not in page] == []
    assert "valid_from" not in dutch + english


@pytest.mark.parametrize("role", [None, RoleKind.INTAKE, RoleKind.DIRECTORATE])
def test_others_are_told_who_may_read_all_lines(
    world: World, client: Client, role: RoleKind | None
) -> None:
    rename_team(world)
    sign_in(client, world, "reader", role)

    page = read(client, "/audit/lines/", status=403)

    assert "auditor, administrator, register keeper" in page
    assert "Only for the auditor." not in read(client, trail_of_team())


def test_the_trail_is_public_newest_first_and_names_a_function(
    world: World, client: Client
) -> None:
    rename_team(world)

    page = read(client, trail_of_team())

    assert "What was done with Klimaat en Energie" in page
    assert page.index("Correct the description of a body") < page.index("Set up a body")
    assert "1 corrected" in page
    assert "Only for the auditor." not in page


def test_the_trail_stops_where_the_knowledge_stops(world: World, client: Client) -> None:
    rename_team(world)

    page = read(client, f"{trail_of_team()}?known=2017-09-01")

    assert "Correct the description of a body" not in page
    assert "Set up a body" in page


@pytest.mark.parametrize("thing", ["nothing/1", "bodies_body/99999", "people_account/1"])
def test_the_trail_of_an_unknown_thing_is_not_found(
    world: World, client: Client, thing: str
) -> None:
    read(client, f"/audit/{thing}/", status=404)


def test_a_number_beyond_every_key_is_not_found(world: World, client: Client) -> None:
    read(client, f"/audit/bodies_body/{10**30}/", status=404)


@pytest.mark.parametrize("count", [1, 20])
def test_the_trail_takes_the_same_queries_for_few_and_many(
    world: World, client: Client, count: int, django_assert_max_num_queries: object
) -> None:
    team = Body.objects.get(key="klimaat")
    for number in range(count):
        world.tenure(world.seat(team), world.person(f"p{number}"), date(2016, 1, 1))

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        read(client, trail_of_team())


def test_anyone_proves_a_line_and_the_script_believes_it(
    world: World, client: Client, tmp_path: Path
) -> None:
    seal(NOW)
    line = AuditLine.objects.order_by("pk").last()
    assert line is not None

    page = read(client, f"/audit/?line={line.pk}")
    proof = client.get(f"/audit/lines/{line.pk}/proof.json")
    (tmp_path / "proof.json").write_bytes(proof.content)
    script = tmp_path / "verify.py"
    script.write_bytes(client.get("/audit/verify_bundle.py").content)
    key = json.loads(proof.content)["keys"][0]
    ran = subprocess.run(
        [sys.executable, script, "--proof", tmp_path / "proof.json", "--key", key],
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"Line {line.pk:,} is in the tree" in page
    assert key.replace("+", "&#x2B;") in page or key in page
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_script_that_is_downloaded_is_the_one_that_is_tested(client: Client) -> None:
    response = client.get("/audit/verify_bundle.py")

    assert response.content == Path(verify_bundle.__file__).read_bytes()
    assert response["Content-Disposition"] == 'attachment; filename="verify_bundle.py"'


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("x", "Write the number of the line in digits"),
        ("-1", "Write the number of the line in digits"),
        ("9" * 30, "Write the number of the line in digits"),
        ("999999", "There is no audit line 999,999."),
        ("1", "Nothing is sealed yet."),
    ],
)
def test_a_line_that_cannot_be_proved_says_why(
    world: World, client: Client, asked: str, sentence: str
) -> None:
    page = read(client, f"/audit/?line={asked}", status=400)

    assert sentence in page
    assert f'value="{asked}"' in page


def test_a_proof_of_what_is_not_sealed_is_not_found(world: World, client: Client) -> None:
    read(client, "/audit/lines/1/proof.json", status=404)


def test_verification_speaks_without_a_key_too(
    world: World, client: Client, settings: object
) -> None:
    settings.VERBAND_SIGNING_KEY = None  # type: ignore[attr-defined]

    page = read(client, "/audit/")

    assert "No audit line is sealed yet" in page
    assert "The public key of this site is not set up." in page


@pytest.mark.parametrize("address", ["/privacy/", "/accessibility/", "/open-data/"])
def test_the_statements_are_read_without_signing_in(client: Client, address: str) -> None:
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}{address}")

        assert response.status_code == 200
        assert response.content.decode().count("<h1>") == 1


def test_open_data_names_its_sources_and_leads_to_every_data_set(client: Client) -> None:
    page = read(client, "/open-data/")

    assert "CBS" in page
    addresses = re.findall(r'href="(/api/v1/[^"]+)"', page)
    assert len(addresses) == len(RESOURCES) + 3
    assert {client.get(address).status_code for address in addresses} == {200}


@pytest.mark.parametrize(
    "address",
    ["/", "/changes/", "/as-known/", "/audit/", "/authority/", "/account/", "/open-data/"],
)
def test_every_link_keeps_the_day_that_is_read(world: World, client: Client, address: str) -> None:
    sign_in(client, world, "anna")

    page = read(client, f"{address}?on=2016-03-01")
    main = page[page.index("<main") : page.index("</main>")]
    ours = re.findall(r'href="(/en/[a-z-]+/[^"]*|/en/)"', main)
    kept = [link for link in ours if "/accounts/" not in link and "verify_bundle" not in link]

    assert [link for link in kept if "on=" not in link and "sign-out" not in link] == []
