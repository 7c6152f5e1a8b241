"""The page of a vote on another day than today, what a live rule shows, and the ways to and fro."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.assembly import election, motion, persons_rule, put_in, sitting_of
from consultations.council import CLOSES, Council, rule_for
from verband.consultations.kinds import ConsultationKind, Verdict
from verband.consultations.models import Consultation
from verband.consultations.use_cases.assembly import adopt_by_acclamation
from verband.consultations.use_cases.objections import raise_objection
from verband.consultations.use_cases.opening import close_vote, publish_result
from verband.consultations.use_cases.outcomes import state_outcome
from verband.consultations.use_cases.preparing import give_argument, withdraw_consultation
from verband.kernel import clock
from verband.kernel.permissions import CLOCK
from verband.people.models import Account
from world import NOW

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NEXT_DAY = CLOSES + timedelta(days=1)
MUCH_LATER = CLOSES + timedelta(days=30)
OPENED_ON = NOW.date().isoformat()


def words(client: Client, path: str, status: int = 200) -> str:
    """What a Dutch reader reads, in one line."""
    answer = client.get(path, headers={"accept-language": "nl"})
    assert answer.status_code == status, path
    text = answer.content.decode().partition("<main")[2]
    return " ".join(unescape(text).split())


def page(vote: Consultation, day: str = "", name: str = "consultation") -> str:
    """The address of a page of a vote, on a day."""
    return reverse(name, args=[vote.key]) + (f"?on={day}" if day else "")


@pytest.fixture(autouse=True)
def it_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock of the pages; at first that of the opening."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_clock(NOW)
    return set_clock


def signed_in(account: Account) -> Client:
    """A browser of somebody who signed in."""
    client = Client()
    client.force_login(account, BACKEND)
    return client


@pytest.fixture
def vote(made: Council) -> Consultation:
    """A vote with a result, an objection to it and an outcome stated a day later."""
    rule = rule_for(made, ConsultationKind.CONSULTATION, key="term", objection_days=7)
    found = made.opened(rule=rule)
    for place in range(6):
        made.cast(found, place)
    close_vote(actor=CLOCK, now=CLOSES + timedelta(hours=20), consultation=found)
    publish_result(actor=made.secretary, now=CLOSES + timedelta(hours=21), consultation=found)
    raise_objection(
        actor=made.accounts["gm0088 secretary"],
        now=CLOSES + timedelta(days=2),
        consultation=found,
        member=made.members[5],
        text="Onze stem is niet geteld.",
    )
    state_outcome(
        actor=made.secretary,
        now=CLOSES + timedelta(days=3),
        question=found.questions.get(),
        verdict=Verdict.POSITION,
        statement="Dit is de inzet van de vereniging.",
    )
    return found


@pytest.mark.django_db
class TestAnotherDay:
    """A vote reads as it stood on the day that is read."""

    def test_before_its_opening_it_was_not_asked_yet(
        self, vote: Consultation, client: Client, it_is: Callable
    ) -> None:
        it_is(MUCH_LATER)
        early = (NOW - timedelta(days=3)).date().isoformat()

        for name in ("consultation", "result", "objections"):
            told = words(client, page(vote, early, name))

            assert "was dit nog niet gevraagd" in told
            assert f"?on={OPENED_ON}" in told
            assert "Opkomst" not in told

    def test_while_it_was_open_nobody_sees_what_came_of_it(
        self, vote: Consultation, client: Client, it_is: Callable
    ) -> None:
        it_is(MUCH_LATER)

        told = words(client, page(vote, OPENED_ON))

        assert "vb-tag" in told and "Zo wordt er geteld" in told
        assert "sluit vr 3 nov" in told
        assert "Opkomst" not in told and "closing.ics" not in told
        assert "ziet niemand een tussenstand" in words(client, page(vote, OPENED_ON, "result"))

    def test_after_its_publication_it_shows_only_what_had_been_said_by_then(
        self, vote: Consultation, client: Client, it_is: Callable
    ) -> None:
        it_is(MUCH_LATER)
        published = NEXT_DAY.date().isoformat()

        then, now = words(client, page(vote, published)), words(client, page(vote))

        assert "Opkomst" in then and "Dit is de inzet van de vereniging." not in then
        assert "Dit is de inzet van de vereniging." in now
        assert "Niemand heeft bezwaar gemaakt" in words(client, page(vote, published, "objections"))
        assert "Onze stem is niet geteld." in words(client, page(vote, name="objections"))

    def test_a_meeting_that_had_not_begun_shows_no_result_and_nobody_there(
        self, made: Council, client: Client, it_is: Callable
    ) -> None:
        sitting = sitting_of(made, starts_at=NOW + timedelta(days=1))
        found = election(made, sitting, persons_rule(made))
        later = NOW + timedelta(days=1, hours=1)
        put_in(made, found, 0, "anna", now=later)
        close_vote(actor=made.secretary, now=later, consultation=found)
        it_is(NOW + timedelta(days=3))
        address = reverse("sitting", args=[sitting.key])

        then, now = words(client, f"{address}?on={OPENED_ON}"), words(client, address)

        assert "nu open" in then and "Wie er" not in then
        assert "gesloten, niet gepubliceerd" in now and "Wie er was" in now

    def test_a_reason_given_later_was_not_there_yet(
        self, made: Council, client: Client, it_is: Callable
    ) -> None:
        found = made.opened()
        give_argument(
            actor=made.accounts["gm0363 secretary"],
            now=NOW + timedelta(days=2),
            consultation=found,
            member=made.members[0],
            side="for",
            text="Dat scheelt ons tijd.",
        )
        it_is(NOW + timedelta(days=3))

        assert "Dat scheelt ons tijd." not in words(client, page(found, OPENED_ON))
        assert "Dat scheelt ons tijd." in words(client, page(found))


@pytest.mark.django_db
class TestClosed:
    """A vote closes at its closing time, whenever the clock comes by."""

    def test_the_result_tells_the_closing_time_and_not_when_the_clock_wrote_it(
        self, vote: Consultation, client: Client, it_is: Callable
    ) -> None:
        it_is(MUCH_LATER)

        assert "tot vr 3 nov 2017, 13.00 uur" in words(client, page(vote))

    def test_a_withdrawn_vote_does_not_close_any_more(
        self, made: Council, client: Client, it_is: Callable
    ) -> None:
        found = made.opened()
        assert "<dt>Sluit</dt>" in words(client, page(found))

        withdraw_consultation(
            actor=made.secretary, now=NOW, consultation=found, reason="De tekst was fout."
        )

        assert "<dt>Sluit</dt>" not in words(client, page(found))


@pytest.mark.django_db
class TestLive:
    """A rule shows the count while the vote is open, or nothing; never who voted what."""

    def live(self, made: Council, **values: Any) -> Consultation:
        rule = rule_for(made, ConsultationKind.CONSULTATION, key="live", shows_interim=True)
        found = made.opened(rule=rule, **values)
        made.cast(found, 0)
        return found

    def test_a_live_vote_leads_to_the_count_so_far_and_says_so_beforehand(
        self, made: Council, client: Client, it_is: Callable
    ) -> None:
        found = self.live(made)
        it_is(NOW + timedelta(hours=2))

        told = words(client, page(found))

        assert "De uitslag is live" in told and page(found, name="result") in told
        count = words(client, page(found, name="result"))
        assert "Opkomst, gewogen" in count and "Dit is een tussenstand" in count

    def test_what_each_member_voted_waits_for_the_result(
        self, made: Council, client: Client, it_is: Callable
    ) -> None:
        found = self.live(made)
        it_is(NOW + timedelta(hours=2))

        count = words(client, page(found, name="result"))

        assert "Wie stemde wat" not in count and "Alle stemmen, per lid" not in count

    def test_of_an_earlier_day_there_is_no_count_so_far(
        self, made: Council, client: Client, it_is: Callable
    ) -> None:
        found = self.live(made)
        it_is(NOW + timedelta(days=1))

        assert "Opkomst" not in words(client, page(found, OPENED_ON, "result"))
        assert "tot nu toe stemden" not in words(client, page(found, OPENED_ON))

    def test_a_secret_vote_is_never_live(
        self, made: Council, client: Client, it_is: Callable
    ) -> None:
        rule = persons_rule(made, key="secret-live", shows_interim=True)
        found = election(made, sitting_of(made), rule)
        put_in(made, found, 0, "anna")
        it_is(NOW + timedelta(minutes=8))

        told = words(client, page(found))

        assert "ziet niemand een tussenstand" in told and "tot nu toe" not in told
        assert "anna" not in words(client, page(found, name="result"))


@pytest.mark.django_db
class TestWays:
    """From a member to its votes, from a vote to its meeting, and no way to a dead end."""

    def test_a_member_leads_to_what_it_voted_and_to_who_votes(
        self, made: Council, client: Client
    ) -> None:
        member = made.members[0]
        address = reverse("organisation", args=[member.key])
        votes = reverse("votes_of", args=[member.key])
        assert votes not in words(client, address)

        made.opened()

        told = words(client, address)
        assert votes in told and reverse("voters_of_member", args=[member.key]) in told

    def test_a_vote_in_a_meeting_leads_back_to_it(self, made: Council, client: Client) -> None:
        sitting = sitting_of(made)
        found = election(made, sitting, persons_rule(made))

        assert reverse("sitting", args=[sitting.key]) in words(client, page(found))

    def test_an_election_shows_who_was_elected_at_its_own_address(
        self, made: Council, client: Client, it_is: Callable
    ) -> None:
        found = election(made, sitting_of(made), persons_rule(made))
        for place in range(4):
            put_in(made, found, place, "anna")
        late = NOW + timedelta(minutes=10)
        close_vote(actor=made.secretary, now=late, consultation=found)
        publish_result(actor=made.secretary, now=late, consultation=found)
        it_is(NOW + timedelta(hours=1))

        assert "Gekozen: wethouder anna" in words(client, page(found))

    def test_what_was_adopted_by_acclamation_says_that_nobody_asked_for_a_vote(
        self, made: Council, client: Client, it_is: Callable
    ) -> None:
        rule = rule_for(
            made,
            ConsultationKind.ASSEMBLY,
            key="calm",
            rule={"name": "calm", "majorities": ["members > 1/2 of valid"], "acclamation": True},
        )
        found = motion(made, sitting_of(made), rule=rule)
        adopt_by_acclamation(actor=made.secretary, now=NOW, consultation=found)
        it_is(NOW + timedelta(hours=1))

        told = words(client, page(found))

        assert "Niemand die er was, vroeg om een stemming." in told and "in de ALV" in told
        assert "Niemand koos." not in told

    def test_without_a_tie_there_is_no_form_to_settle_one(
        self, made: Council, it_is: Callable
    ) -> None:
        sitting = sitting_of(made)
        found = motion(made, sitting)
        client = signed_in(made.secretary)
        it_is(NOW)

        for name in ("sitting_tie", "sitting_lot"):
            answer = client.get(reverse(name, args=[sitting.key, found.key]))

            assert answer.status_code == 302
            assert answer.url.startswith(reverse("sitting_desk", args=[sitting.key]))

    def test_after_the_term_nobody_starts_to_write_an_objection(
        self, made: Council, vote: Consultation, it_is: Callable
    ) -> None:
        client = signed_in(made.accounts["gm0363 secretary"])
        address = reverse("object", args=[vote.key])
        it_is(NEXT_DAY)
        assert "Leden kunnen bezwaar maken tot" in words(client, address)

        it_is(MUCH_LATER)

        assert client.get(address).url == reverse("objections", args=[vote.key])
        sent = client.post(address, {"text": "Onze stem ontbreekt."})
        assert sent.status_code == 422 and "Onze stem ontbreekt." in sent.content.decode()

    def test_whoever_answers_an_objection_reads_it_there(
        self, made: Council, vote: Consultation, it_is: Callable
    ) -> None:
        client = signed_in(made.secretary)
        it_is(CLOSES + timedelta(days=2, hours=1))

        told = words(client, reverse("answer_objection", args=[vote.key, vote.objections.get().pk]))

        assert "Onze stem is niet geteld." in told
        assert reverse("objections", args=[vote.key]) in told
