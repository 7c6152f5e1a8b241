"""Signing in with a code by mail: what is said, what is counted, what is never told."""

import re
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import F
from django.test import Client
from django.urls import reverse

from verband.people.models import Account, SignInFailure
from verband.people.use_cases import close_account, reopen_account, sign_out_everywhere
from verband.site.sign_in import lock_out
from verband.site.sign_in.mail import AnswerFirst
from verband.site.sign_in.sessions import BEGUN, IDLE, SEEN, WHOLE
from world import NOW, found

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = "nobody@verband.example"


@pytest.fixture(autouse=True)
def _no_counts_from_before(settings):
    settings.VERBAND_SHELL = ""
    cache.clear()


@pytest.fixture
def world():
    return found()


@pytest.fixture
def anna(world) -> Account:
    return world.account(world.person("anna", "wethouder, Tilburg"))


def ask(client: Client, email: str, **more: str):
    return client.post(reverse("account_login"), {"login": email, **more}, follow=True)


def code_of(message) -> str:
    return re.search(r"([A-Z0-9]{4}-[A-Z0-9]{4})", message.body)[1]


def give(client: Client, code: str, **more: str):
    return client.post(reverse("account_confirm_login_code"), {"code": code, **more})


def who(client: Client):
    return client.get(reverse("account_login")).wsgi_request.user


def sign_in(client: Client, account: Account):
    ask(client, account.email)
    return give(client, code_of(mail.outbox[-1]))


def test_a_code_by_mail_signs_in(client, anna):
    answer = ask(client, "Anna@Verband.example")

    assert "Vul de code in" in answer.content.decode()
    assert mail.outbox[0].to == ["anna@verband.example"]
    assert "http" not in mail.outbox[0].body
    assert give(client, code_of(mail.outbox[0])).url == "/"
    assert who(client) == anna


def test_a_code_serves_once(client, anna):
    sign_in(client, anna)
    other = Client()

    assert give(other, code_of(mail.outbox[-1])).status_code == 302
    assert not who(other).is_authenticated


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, anna):
    known = ask(client, anna.email)
    unknown = ask(Client(), NOBODY)

    def told(answer):
        text = re.sub(r'value="[^"]{60,}"', "", answer.content.decode())
        return text.replace(anna.email, "X").replace(NOBODY, "X")

    assert told(known) == told(unknown)
    assert known.redirect_chain == unknown.redirect_chain
    assert [message.to for message in mail.outbox] == [[anna.email]]


def test_the_mail_leaves_after_the_answer(anna):
    waiting = AnswerFirst("/", [EmailMessage("code", "ABC-DEF", to=[anna.email])])
    assert mail.outbox == []

    waiting.close()
    waiting.close()

    assert len(mail.outbox) == 1


def test_a_mail_server_that_refuses_tells_nobody_which_addresses_are_known(caplog, anna):
    class Refused(EmailMessage):
        def send(self, fail_silently=False):
            raise OSError("refused")

    AnswerFirst("/", [Refused()]).close()

    assert "could not be sent" in caplog.text


def test_three_wrong_codes_ask_for_a_new_one(client, anna):
    ask(client, anna.email)
    first = code_of(mail.outbox[0])
    for _ in range(2):
        assert "de laatste mail" in give(client, "WRONG1").content.decode()

    assert give(client, "WRONG1").status_code == 302
    assert "drie keer fout" in client.get(reverse("account_login")).content.decode()
    give(client, first)
    assert not who(client).is_authenticated
    ask(client, anna.email)
    assert give(client, code_of(mail.outbox[1])).url == "/"


@pytest.mark.parametrize("email", ["anna@verband.example", NOBODY])
def test_six_wrong_codes_lock_the_address_out_and_say_until_when(client, anna, email):
    for _ in range(2):
        ask(client, email)
        for _ in range(3):
            give(client, "WRONG1")

    text = client.get(reverse("account_login")).content.decode()
    again = ask(Client(), email).content.decode()
    until = lock_out.locked_until(email)
    assert re.search(r"weer om \d\d:\d\d", text)
    assert re.search(r"weer om \d\d:\d\d", again)
    assert until is not None
    assert len(mail.outbox) <= 2


def test_a_right_code_does_not_help_while_the_address_rests(client, anna):
    ask(client, anna.email)
    for _ in range(lock_out.ALLOWED):
        lock_out.remember_failure(anna.email)

    give(client, code_of(mail.outbox[0]))

    assert not who(client).is_authenticated


def test_the_rest_ends_by_itself(client, anna):
    for _ in range(lock_out.ALLOWED):
        lock_out.remember_failure(anna.email)
    SignInFailure.objects.update(at=F("at") - lock_out.REST)

    assert lock_out.locked_until(anna.email) is None
    assert sign_in(client, anna).url == "/"
    assert not SignInFailure.objects.filter(address=lock_out.digest(anna.email)).exists()


def test_what_no_longer_counts_is_forgotten(anna):
    lock_out.remember_failure(NOBODY)
    SignInFailure.objects.update(at=F("at") - lock_out.COUNTED - timedelta(seconds=1))

    lock_out.remember_failure(anna.email)

    assert list(SignInFailure.objects.values_list("address", flat=True)) == [
        lock_out.digest(anna.email)
    ]


def test_guessing_in_many_windows_at_once_gives_no_more_attempts(anna):
    clients = [Client() for _ in range(4)]
    for each in clients:
        cache.clear()
        ask(each, anna.email)

    def guess(each: Client) -> None:
        for _ in range(2):
            give(each, "WRONG1")
        connection.close()

    threads = [threading.Thread(target=guess, args=[each]) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert SignInFailure.objects.count() == lock_out.ALLOWED


def test_many_codes_in_a_minute_are_not_sent(anna):
    for _ in range(4):
        text = ask(Client(), anna.email).content.decode()

    assert len(mail.outbox) == 3
    assert "Wacht een minuut" in text


def test_one_network_cannot_try_without_end(settings, anna):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "request_login_code": "20/m/key"}
    for _ in range(2):
        ask(Client(), NOBODY)

    answer = ask(Client(), NOBODY)

    assert answer.status_code == 429
    assert "Te veel pogingen" in answer.content.decode()


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client, anna, bad):
    ask(client, anna.email, next=bad)

    assert give(client, code_of(mail.outbox[0]), next=bad).url == "/"


def test_signing_in_leads_back_to_where_one_was(client, anna):
    answer = ask(client, anna.email, next="/members/?on=2016-01-01")

    assert "/members/?on=2016-01-01" in answer.content.decode()
    to = give(client, code_of(mail.outbox[0]), next="/members/?on=2016-01-01").url
    assert to == "/members/?on=2016-01-01"


def test_the_session_is_another_one_after_signing_in(client, anna):
    ask(client, anna.email)
    before = client.cookies["session"].value

    give(client, code_of(mail.outbox[0]))

    assert client.cookies["session"].value != before
    assert client.cookies["session"]["httponly"]
    assert client.cookies["session"]["samesite"] == "Lax"


@pytest.mark.parametrize(("clock", "limit"), [(SEEN, IDLE), (BEGUN, WHOLE)])
def test_a_session_ends_without_use_and_in_the_end(client, anna, clock, limit):
    sign_in(client, anna)
    session = client.session
    session[clock] -= limit + 1
    session.save()

    text = client.get(reverse("account_login")).content.decode()

    assert not who(client).is_authenticated
    assert "sessie was voorbij" in text


def test_a_session_that_is_used_goes_on(client, anna):
    sign_in(client, anna)
    session = client.session
    session[SEEN] -= IDLE - 10
    session.save()

    client.get(reverse("account_login"))

    assert client.session[SEEN] > session[SEEN]
    assert who(client) == anna


def test_a_closed_account_loses_its_session_at_once_and_for_good(client, world, anna):
    sign_in(client, anna)

    world.do(close_account, account=anna, reason="left", now=NOW)
    assert not who(client).is_authenticated
    world.do(reopen_account, account=anna, now=NOW)

    assert not who(client).is_authenticated


def test_a_closed_account_gets_no_code(client, world, anna):
    world.do(close_account, account=anna, reason="left", now=NOW)

    ask(client, anna.email)

    assert mail.outbox == []


def test_an_account_that_closes_between_mail_and_code_does_not_come_in(client, world, anna):
    ask(client, anna.email)
    world.do(close_account, account=anna, reason="left", now=NOW)

    answer = give(client, code_of(mail.outbox[0]))

    assert answer.status_code == 403
    assert "gesloten" in answer.content.decode()
    assert not who(client).is_authenticated


def test_signing_out_everywhere_ends_every_session(client, anna):
    other = Client()
    sign_in(client, anna)
    sign_in(other, anna)

    assert "Overal uitloggen" in client.get(reverse("sign_out_everywhere")).content.decode()
    client.post(reverse("sign_out_everywhere"))

    assert not who(client).is_authenticated
    assert not who(other).is_authenticated


def test_nobody_signs_others_out(world, anna):
    other = world.account(world.person("bert"))

    assert not sign_out_everywhere.may(actor=anna, now=NOW, account=other)
    assert sign_out_everywhere.may(actor=world.keeper, now=NOW, account=other)


def test_signing_out_asks_first(client, anna):
    sign_in(client, anna)

    assert client.get(reverse("account_logout")).status_code == 200
    assert who(client) == anna
    client.post(reverse("account_logout"))
    assert not who(client).is_authenticated


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_confirm_login_code",
        "account_logout",
        "sign_out_everywhere",
        "demo_sign_in",
        "account_reauthenticate",
        "mfa_add_webauthn",
        "mfa_login_webauthn",
    ],
)
def test_another_site_cannot_post_here(anna, name):
    strict = Client(enforce_csrf_checks=True)
    sign_in(Client(), anna)

    assert strict.post(reverse(name), {"login": anna.email}).status_code == 403


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "password/change/", "email/"])
def test_there_is_no_way_in_beside_these(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_the_demo_signs_in_at_once(client, settings, world):
    settings.DEMO = True
    person = world.person("groot", "wethouder, Tilburg")
    account = Account.objects.create_user("groot@verband.example", person=person)
    page = client.get(reverse("account_login")).content.decode()

    answer = client.post(reverse("demo_sign_in"), {"email": account.email, "next": "/members/"})

    assert page.count('name="email"') == 15
    assert "wethouder van een grote gemeente (Tilburg)" in page
    assert answer.url == "/members/"
    assert who(client) == account


def test_the_demo_signs_in_nobody_else(client, settings, anna):
    settings.DEMO = True

    assert client.post(reverse("demo_sign_in"), {"email": anna.email}).status_code == 404
    assert client.get(reverse("demo_sign_in")).status_code == 405


def test_outside_a_demo_there_is_no_such_page(client, settings, world):
    settings.DEMO = False
    person = world.person("groot")
    Account.objects.create_user("groot@verband.example", person=person)

    answer = client.post(reverse("demo_sign_in"), {"email": "groot@verband.example"})

    assert answer.status_code == 404
    assert 'name="email"' not in client.get(reverse("account_login")).content.decode()
    assert not who(client).is_authenticated
