"""What the clock and the mail did not get done, for those who keep the register running."""

from datetime import timedelta

import pytest
from django.test import Client

from consultations.council import Council, council
from verband.consultations.clockwork import turn
from verband.consultations.kinds import DeliveryState
from verband.consultations.mail.promising import promise_due
from verband.consultations.models import Delivery
from verband.kernel import clock
from world import NOW

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Council:
    """An association that votes, an hour after noon."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return council()


def read(client: Client, made: Council) -> str:
    """The page, read by whoever keeps the register."""
    client.force_login(made.world.keeper, BACKEND)
    answer = client.get("/en/health/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_when_all_is_well_it_says_so(made: Council, client: Client) -> None:
    made.prepare(opens_at=LATER)

    page = read(client, made)

    assert "<h1>Everything runs in time</h1>" in page
    assert "Everything was opened and closed in time." in page


def test_a_vote_that_could_not_open_is_shown_with_the_reason(made: Council, client: Client) -> None:
    made.prepare(opens_at=NOW, questions=[], title="Zonder vraag")

    page = read(client, made)

    assert "<h1>One vote is late</h1>" in page
    assert "Zonder vraag" in page
    assert "There is no question on the paper yet." in page


def test_what_the_worker_did_not_close_is_shown_until_it_does(
    made: Council, client: Client
) -> None:
    made.opened(closes_at=NOW + timedelta(minutes=30))

    assert "to be closed" in read(client, made)
    turn(LATER)
    assert "to be closed" not in read(client, made)


def test_a_vote_whose_time_passed_unopened_is_shown(made: Council, client: Client) -> None:
    made.prepare(opens_at=NOW, closes_at=NOW + timedelta(minutes=10))

    page = read(client, made)

    assert "never opened; its time has passed" in page
    assert "Plan it anew." in page


def test_looking_opens_nothing(made: Council, client: Client) -> None:
    vote = made.prepare(opens_at=NOW)

    read(client, made)

    assert vote.steps.count() == 0


def test_mail_that_waits_or_was_refused_is_shown_without_addresses(
    made: Council, client: Client
) -> None:
    made.opened("flash")
    promise_due(NOW)
    first, second, *_others = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=first.pk).update(attempts=3, answer="451 Try again")
    Delivery.objects.filter(pk=second.pk).update(
        state=DeliveryState.REFUSED, answer="550 No such user", done_at=NOW
    )

    page = read(client, made)

    assert "11 mails wait</h1>" in page
    assert "451 Try again" in page
    assert "550 No such user" in page
    assert "@verband.example" not in page


def test_only_those_who_keep_the_register_see_it(made: Council, client: Client) -> None:
    assert client.get("/health/").status_code == 302
    client.force_login(made.accounts["gm0363 alderman"], BACKEND)

    assert client.get("/health/").status_code == 403
