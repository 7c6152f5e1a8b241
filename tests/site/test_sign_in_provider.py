"""Signing in with the provider of a member."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from fake_provider import FakeProvider, running
from verband.kernel.audit import AuditLine
from verband.kernel.permissions import NotAllowed
from verband.members.models import SignInProvider
from verband.members.sealed import unseal
from verband.members.use_cases import change_provider, set_up_provider
from verband.members.use_cases.providers import (
    DomainTaken,
    IssuerNotSecure,
    NoMailDomain,
    ProviderExists,
    Secret,
    SecretTooLong,
)
from verband.people.models import Account
from world import NOW, TODAY, found

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _start(settings):
    settings.VERBAND_SHELL = ""
    cache.clear()


@pytest.fixture
def fake():
    with running() as provider:
        yield provider


@pytest.fixture
def world():
    return found()


@pytest.fixture
def tilburg(world, fake) -> SignInProvider:
    return world.do(
        set_up_provider,
        now=NOW,
        organisation=world.municipality("gm0855", "Tilburg"),
        domains=["tilburg.example"],
        issuer=fake.issuer,
        client_id=fake.client_id,
        secret=Secret(fake.secret),
    )


@pytest.fixture
def anna(world, fake) -> Account:
    fake.userinfo = {"email": "anna@tilburg.example", "email_verified": True}
    return Account.objects.create_user("anna@tilburg.example", person=world.person("anna"))


def back(client, fake: FakeProvider, **query: str):
    """Go to the provider, sign in there, come back."""
    there = client.get(reverse("openid_connect_login", args=["gm0855"]), query)
    return client.get(fake.authorize(there.url))


def who(client):
    return client.get(reverse("account_login")).wsgi_request.user


def refusal(client, fake: FakeProvider) -> str:
    answer = back(client, fake)
    assert answer.status_code == 403
    assert not who(client).is_authenticated
    return answer.content.decode()


def test_an_address_of_the_member_leads_to_its_provider(client, tilburg, anna):
    form = {"login": "Anna@Tilburg.example", "next": "/members/"}
    answer = client.post(reverse("account_login"), form, follow=True)

    text = answer.content.decode()
    assert "Log in bij Tilburg" in text
    assert 'href="/accounts/oidc/gm0855/login/?next=%2Fmembers%2F"' in text
    assert mail.outbox == []


def test_the_way_to_the_provider_does_not_tell_who_has_an_account(client, tilburg):
    form = {"login": "nobody@tilburg.example"}

    assert "Tilburg" in client.post(reverse("account_login"), form, follow=True).content.decode()


def test_whoever_the_provider_vouches_for_is_signed_in(client, fake, tilburg, anna):
    assert back(client, fake, next="/members/").url == "/members/"
    assert who(client) == anna
    assert fake.tokens[0]["client_secret"] == fake.secret


def test_the_provider_sends_english_readers_back_to_the_same_address(client, fake, tilburg, anna):
    client.cookies["language"] = "en"
    there = client.get(reverse("openid_connect_login", args=["gm0855"])).url

    assert "redirect_uri=http%3A%2F%2Ftestserver%2Faccounts%2Foidc%2Fgm0855%2Fcallback" in there
    assert client.get(fake.authorize(there)).url == "/en/"


def test_the_provider_does_not_lead_to_another_site(client, fake, tilburg, anna):
    assert back(client, fake, next="https://evil.example/").url == "/"


def test_an_address_that_is_not_verified_is_refused(client, fake, tilburg, anna):
    for value in (False, "false", None, "yes"):
        fake.userinfo["email_verified"] = value
        assert "geen gecontroleerd mailadres" in refusal(client, fake)


def test_a_provider_that_is_trusted_need_not_say_verified(world, client, fake, tilburg, anna):
    del fake.userinfo["email_verified"]
    world.do(
        change_provider,
        now=NOW,
        provider=tilburg,
        domains=["tilburg.example"],
        issuer=fake.issuer,
        client_id=fake.client_id,
        trusts_addresses=True,
    )

    assert back(client, fake).status_code == 302
    assert who(client) == anna


def test_a_provider_speaks_only_for_its_own_domains(world, client, fake, tilburg):
    fake.userinfo = {"email": world.keeper.email, "email_verified": True}

    text = refusal(client, fake)

    assert "hoort niet bij Tilburg" in text
    assert world.keeper.email in text


def test_a_provider_makes_no_accounts(client, fake, tilburg, anna):
    fake.userinfo["email"] = "new@tilburg.example"

    assert "Niemand in het register" in refusal(client, fake)
    assert not Account.objects.filter(email="new@tilburg.example").exists()


def test_two_answers_about_two_people_are_refused(client, fake, tilburg, anna):
    fake.userinfo["sub"] = "somebody else"

    assert "twee verschillende mensen" in refusal(client, fake)


def test_a_token_of_another_issuer_is_refused(client, fake, tilburg, anna):
    fake.said_issuer = "https://evil.example"

    assert "niet bevestigd wie u bent" in refusal(client, fake)


def test_a_token_for_another_client_is_refused(client, fake, tilburg, anna):
    fake.claims = {"aud": "another"}

    assert "niet bevestigd wie u bent" in refusal(client, fake)


def test_a_closed_account_is_refused(client, fake, tilburg, anna):
    Account.objects.update(is_active=False)

    assert "Dit account is gesloten" in refusal(client, fake)


def test_a_callback_that_nobody_asked_for_is_refused(client, fake, tilburg, anna):
    there = client.get(reverse("openid_connect_login", args=["gm0855"])).url
    other = type(client)()

    answer = other.get(fake.authorize(there))

    assert answer.status_code == 403
    assert not who(other).is_authenticated


def test_turning_back_at_the_provider_is_said(client, fake, tilburg):
    there = client.get(reverse("openid_connect_login", args=["gm0855"])).url
    state = there.partition("state=")[2].partition("&")[0]
    at = reverse("openid_connect_callback", args=["gm0855"])

    answer = client.get(at, {"error": "access_denied", "state": state}, follow=True)

    assert "U bent niet ingelogd" in answer.content.decode()
    assert not who(client).is_authenticated


def test_a_provider_that_does_not_answer_is_said(world, client, fake, tilburg):
    fake.garbled = True

    answer = client.get(reverse("openid_connect_login", args=["gm0855"]))

    assert answer.status_code == 502
    assert "geen antwoord" in answer.content.decode()


def test_a_provider_that_stops_half_way_is_said(client, fake, tilburg, anna):
    there = client.get(reverse("openid_connect_login", args=["gm0855"]))
    home = fake.authorize(there.url)
    fake.garbled = True

    answer = client.get(home)

    assert answer.status_code == 502
    assert not who(client).is_authenticated


def test_a_provider_that_is_not_in_use_signs_nobody_in(world, client, fake, tilburg, anna):
    change = {"domains": ["tilburg.example"], "issuer": fake.issuer, "client_id": "verband"}
    world.do(change_provider, now=NOW, provider=tilburg, is_active=False, **change)

    assert client.get(reverse("openid_connect_login", args=["gm0855"])).status_code == 404
    assert client.get(reverse("sign_in_provider", args=["gm0855"])).status_code == 404
    client.post(reverse("account_login"), {"login": anna.email})
    assert mail.outbox[0].to == [anna.email]


def test_the_audit_line_does_not_tell_the_secret(tilburg, fake):
    line = AuditLine.objects.get(use_case="members.set_up_provider")

    assert fake.secret not in str(line.details)
    assert line.details["client_id"] == fake.client_id


def test_the_secret_lies_sealed_in_the_database(tilburg, fake, settings):
    assert fake.secret not in tilburg.app.secret
    assert unseal(tilburg.app.secret) == fake.secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert unseal(tilburg.app.secret) == fake.secret
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(tilburg.app.secret) == ""


def test_the_secret_stays_when_none_is_given(world, fake, tilburg):
    change = {"domains": ["tilburg.example"], "issuer": fake.issuer, "client_id": "other"}
    changed = world.do(change_provider, now=NOW, provider=tilburg, **change)

    assert (unseal(changed.app.secret), changed.app.client_id) == (fake.secret, "other")


def test_refusals_of_setting_up_a_provider(world, tilburg):
    breda = world.municipality("gm0758", "Breda")
    good = {
        "now": NOW,
        "organisation": breda,
        "domains": ["breda.example"],
        "issuer": "https://breda.example",
        "client_id": "verband",
        "secret": Secret("s"),
    }

    with pytest.raises(ProviderExists):
        world.do(set_up_provider, **{**good, "organisation": tilburg.organisation})
    with pytest.raises(DomainTaken, match=r"tilburg\.example"):
        world.do(set_up_provider, **{**good, "domains": ["Tilburg.example"]})
    for wrong in ("breda", "a@breda.example", "*.example", ""):
        with pytest.raises(NoMailDomain):
            world.do(set_up_provider, **{**good, "domains": [wrong]})
    with pytest.raises(IssuerNotSecure):
        world.do(set_up_provider, **{**good, "issuer": "http://breda.example"})
    with pytest.raises(SecretTooLong):
        world.do(set_up_provider, **{**good, "secret": Secret("s" * 80)})
    assert world.do(set_up_provider, **{**good, "secret": Secret("s" * 79)}).is_active


def test_only_an_administrator_sets_up_a_provider(world, tilburg, anna):
    with pytest.raises(NotAllowed):
        change_provider(
            actor=anna, now=NOW, provider=tilburg, domains=[], issuer="https://x.nl", client_id="x"
        )


@pytest.fixture
def admin(world, client, settings):
    settings.VERBAND_TODAY = TODAY
    client.force_login(world.keeper)
    return client


def form(**changes: str) -> dict[str, str]:
    return {
        "organisation": "GM0855",
        "domains": "tilburg.example, ook.tilburg.example",
        "issuer": "https://tilburg.example",
        "client_id": "verband",
        "secret": "between us",
        "is_active": "on",
        **changes,
    }


def test_an_administrator_sets_up_a_provider(world, admin):
    world.municipality("gm0855", "Tilburg")

    answer = admin.post(reverse("set_up_provider"), form(), follow=True)

    text = answer.content.decode()
    made = SignInProvider.objects.get()
    assert "Tilburg" in text and "ook.tilburg.example" in text
    assert "between us" not in text
    assert [it.domain for it in made.domains.all()] == ["ook.tilburg.example", "tilburg.example"]


def test_what_was_typed_stays_but_the_secret_is_not_shown(world, admin):
    world.municipality("gm0855", "Tilburg")

    answer = admin.post(reverse("set_up_provider"), form(domains="tilburg"))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "tilburg is geen maildomein" in text
    assert 'value="https://tilburg.example"' in text
    assert "between us" not in text


def test_an_unknown_organisation_is_said_beside_its_field(admin):
    answer = admin.post(reverse("set_up_provider"), form(organisation="gm9999"))

    assert "Er is geen organisatie gm9999" in answer.content.decode()


def test_an_administrator_changes_a_provider_without_its_secret(admin, tilburg, fake):
    address = reverse("change_provider", args=["gm0855"])
    text = admin.get(address).content.decode()
    values = form(secret="", issuer=fake.issuer, client_id="other")
    del values["is_active"]

    admin.post(address, values)

    tilburg.refresh_from_db()
    assert fake.secret not in text and tilburg.app.secret not in text
    assert "http://testserver/accounts/oidc/gm0855/callback/" in text
    assert (tilburg.is_active, tilburg.app.client_id) == (False, "other")
    assert unseal(tilburg.app.secret) == fake.secret


@pytest.mark.parametrize("name", ["providers", "set_up_provider", "change_provider"])
def test_only_administrators_see_providers(client, tilburg, anna, name):
    address = reverse(name, args=["gm0855"] if name == "change_provider" else [])

    assert client.get(address).status_code == 302
    client.force_login(anna)
    assert client.get(address).status_code == 403
    assert client.post(address, form()).status_code == 403
