"""The pages of a round of statements: one tap, one's own statement, the moderator's queue."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.council import CLOSES, Council
from consultations.deliberating import (
    SOON,
    proposed,
    round_of,
    seen,
    statement,
    vote,
)
from filling import words_of
from verband.consultations.models import Statement, StatementVote
from verband.consultations.queries.statements import judgement_of, statements_of
from verband.consultations.use_cases.moderating import park_statement, put_statement
from verband.kernel import clock

pytestmark = pytest.mark.django_db
ALDERMAN, OTHER = "gm0363 alderman", "gm0344 alderman"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour after the opening."""
    monkeypatch.setattr(clock, "now", lambda: SOON)


def at(made: Council, who: str = ALDERMAN) -> Client:
    client = Client()
    client.force_login(made.accounts[who])
    return client


def leading(made: Council) -> Client:
    client = Client()
    client.force_login(made.secretary)
    return client


def path(opened: Any, rest: str = "") -> str:
    return f"/en/consultations/{opened.key}/statements/{rest}"


class TestVoting:
    """One statement at a time."""

    def test_a_tap_votes_and_leads_to_the_next(self, made: Council) -> None:
        opened = round_of(made)
        client = at(made)
        first = client.get(path(opened))
        assert "3 of 3 statements left" in words_of(first)
        pk = first.context["page"].statement

        answer = client.post(path(opened), {"statement": pk, "choice": "agree", "seen": "0"})
        next_ = client.get(path(opened))

        assert answer.status_code == 302
        assert next_.context["page"].statement != pk
        assert "2 of 3 statements left" in words_of(next_)
        assert "Before this you said “agree”" in words_of(next_)

    def test_a_double_tap_is_one_vote(self, made: Council) -> None:
        opened = round_of(made)
        client, pk = at(made), statement(opened).pk
        sent = {"statement": pk, "choice": "agree", "seen": "0"}

        answers = [client.post(path(opened), sent).status_code for _each in range(2)]

        assert answers == [302, 302]
        assert StatementVote.objects.count() == 1

    def test_another_window_is_told_what_stands(self, made: Council) -> None:
        opened = round_of(made)
        vote(made, ALDERMAN, statement(opened), "agree")
        sent = {"statement": statement(opened).pk, "choice": "disagree", "seen": "0"}

        answer = at(made).post(path(opened), sent)

        assert answer.status_code == 422
        told = words_of(answer)
        assert "You voted on this statement in another window just now." in told
        assert "You said “agree”" in told
        assert StatementVote.objects.count() == 1

    def test_one_goes_back_and_changes_it(self, made: Council) -> None:
        opened = round_of(made)
        vote(made, ALDERMAN, statement(opened), "agree")
        client, pk = at(made), statement(opened).pk

        shown = client.get(path(opened, f"?statement={pk}"))
        client.post(path(opened), {"statement": pk, "choice": "pass", "seen": "1"})

        assert shown.context["page"].seen == 1
        assert statement(opened).votes.order_by("number").last().choice == "pass"

    @pytest.mark.parametrize("sent", [{}, {"choice": ""}, {"choice": "maybe"}])
    def test_without_a_choice_it_stays_on_the_statement(
        self, made: Council, sent: dict[str, str]
    ) -> None:
        opened = round_of(made)
        pk = statement(opened).pk

        answer = at(made).post(path(opened), {"statement": pk, "seen": "0", **sent})

        assert answer.status_code == 422
        assert "Choose: agree, disagree or pass." in words_of(answer)
        assert answer.context["page"].statement == pk

    def test_what_was_parked_meanwhile_is_said_and_the_next_is_shown(self, made: Council) -> None:
        opened = round_of(made)
        one = statement(opened)
        park_statement(
            actor=made.secretary, now=SOON, statement=one, reason="Te breed.", seen=seen(one)
        )

        answer = at(made).post(path(opened), {"statement": one.pk, "choice": "agree", "seen": "0"})

        assert answer.status_code == 422
        assert "took “Elke gemeente telt mee.” out of the vote" in words_of(answer)
        assert answer.context["page"].statement != one.pk

    def test_after_the_closing_and_uninvited_nobody_votes(
        self, made: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = round_of(made)
        elsewhere = round_of(made, audience={"of": "members", "functions": ["secretary"]})
        sent = {"statement": statement(opened).pk, "choice": "agree", "seen": "0"}

        assert at(made).get(path(elsewhere)).status_code == 403
        assert Client().get(path(opened)).status_code == 302
        monkeypatch.setattr(clock, "now", lambda: CLOSES)
        assert "This closed on" in words_of(at(made).get(path(opened)))
        late = at(made).post(path(opened), sent)
        assert late.status_code == 422 and "does not count" in words_of(late)
        assert at(made).post(path(opened), {**sent, "statement": "9" * 30}).status_code == 422
        assert not StatementVote.objects.exists()

    def test_a_statement_that_is_not_there_is_not_found(self, made: Council) -> None:
        opened = round_of(made)

        assert at(made).post(path(opened), {"choice": "agree"}).status_code == 404

    def test_all_seen_is_said(self, made: Council) -> None:
        opened = round_of(made, "Eén stelling.")
        vote(made, ALDERMAN, statement(opened), "agree")

        assert "You have seen all statements" in words_of(at(made).get(path(opened)))

    def test_the_number_of_queries_does_not_grow_with_statements(self, made: Council) -> None:
        few, many = round_of(made), round_of(made, *(f"Stelling {n}." for n in range(15)))
        asked = []
        for opened in (few, many):
            for who in (ALDERMAN, OTHER):
                vote(made, who, statement(opened), "agree")
            client = at(made)
            client.get(path(opened))
            with CaptureQueriesContext(connection) as caught:
                client.get(path(opened))
            asked.append(len(caught))

        assert asked[0] == asked[1]


class TestAdding:
    """Near duplicates first; what was typed is never lost."""

    def test_what_looks_like_it_is_shown_before_it_is_sent(self, made: Council) -> None:
        opened = round_of(made)
        client, typed = at(made), "Op zondag moet de bus ook rijden"

        first = client.post(path(opened, "add/"), {"text": typed})
        before = Statement.objects.count()
        second = client.post(path(opened, "add/"), {"text": typed, "step": "send"})

        assert before == 3
        told = words_of(first)
        assert "De bus rijdt ook op zondag." in told and "Vote on that one instead" in told
        assert typed in first.content.decode()
        assert second.status_code == 302
        assert Statement.objects.count() == 4
        assert "waits for the moderator" in words_of(client.get(path(opened, "mine/")))

    def test_sending_twice_adds_it_once(self, made: Council) -> None:
        opened = round_of(made)
        client = at(made)

        answers = [
            client.post(path(opened, "add/"), {"text": "Iets heel nieuws over belasting."})
            for _each in range(2)
        ]

        assert [answer.status_code for answer in answers] == [302, 302]
        assert Statement.objects.count() == 4

    @pytest.mark.parametrize("typed", ["", "a" * 141, "x" * 500_000, "Nul\x00len", "Bel\x07"])
    def test_what_was_typed_stays_when_it_is_refused(self, made: Council, typed: str) -> None:
        opened = round_of(made)

        answer = at(made).post(path(opened, "add/"), {"text": typed})

        assert answer.status_code == 422
        assert "Your statement was not sent." in words_of(answer)
        assert answer.context["page"].text == typed[:2000]
        assert Statement.objects.count() == 3

    def test_after_the_closing_what_was_typed_stays(
        self, made: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = round_of(made)
        monkeypatch.setattr(clock, "now", lambda: CLOSES)

        answer = at(made).post(path(opened, "add/"), {"text": "Te laat bedacht."})

        assert answer.status_code == 422
        assert "Te laat bedacht." in words_of(answer)


class TestModerating:
    """The queue: one tap to admit, a reason for everything else."""

    def test_the_moderator_admits_in_one_tap_and_sees_no_author(self, made: Council) -> None:
        opened = round_of(made)
        added = proposed(made, ALDERMAN, opened, "De bus rijdt ook op zondag en zaterdag.")
        client = leading(made)

        queue = words_of(client.get(path(opened, "queue/")))
        answers = [
            client.post(path(opened, "queue/"), {"statement": added.pk, "seen": "0"}).status_code
            for _each in range(2)
        ]

        assert "1 statement waits for you" in queue and "Looks like 3" in queue
        assert "alderman" not in queue and "gm0363" not in queue
        assert answers == [302, 302]
        assert statements_of(opened)[3].statement == added

    def test_a_reason_reaches_the_author_and_the_public_list(self, made: Council) -> None:
        opened = round_of(made)
        added = proposed(made, ALDERMAN, opened, "Mijn buurman maakt lawaai.")
        client, form = leading(made), path(opened, f"{added.pk}/park/")

        nothing = client.post(form, {"reason": "", "seen": "0", "form_key": "a"})
        done = client.post(form, {"reason": "Gaat over één mens.", "seen": "0", "form_key": "a"})

        assert nothing.status_code == 422 and done.status_code == 302
        assert "Gaat over één mens." in words_of(at(made).get(path(opened, "mine/")))
        assert "Gaat over één mens." in words_of(Client().get(path(opened, "list/")))

    def test_the_second_moderator_hears_that_another_was_first(self, made: Council) -> None:
        opened = round_of(made)
        added = proposed(made, ALDERMAN, opened, "Treinen ook.")
        park_statement(actor=made.secretary, now=SOON, statement=added, reason="Dubbel.")
        client = leading(made)

        admit = client.post(path(opened, "queue/"), {"statement": added.pk, "seen": "0"})
        merge = client.post(
            path(opened, f"{added.pk}/merge/"),
            {"into": statement(opened).pk, "reason": "Zelfde.", "seen": "0", "form_key": "b"},
        )

        for answer in (admit, merge):
            assert answer.status_code == 422
            assert "Another moderator handled this statement just now" in words_of(answer)
        last = judgement_of(added)
        assert last is not None and last.reason == "Dubbel."

    def test_merging_and_judging_again(self, made: Council) -> None:
        opened = round_of(made)
        added = proposed(made, ALDERMAN, opened, "Treinen ook.")
        client = leading(made)

        client.post(
            path(opened, f"{added.pk}/merge/"),
            {"into": statement(opened).pk, "reason": "Zelfde.", "seen": "0", "form_key": "c"},
        )
        listed = words_of(Client().get(path(opened, "list/")))
        client.post(
            path(opened, f"{added.pk}/reopen/"),
            {"reason": "Toch niet.", "seen": seen(added), "form_key": "d"},
        )

        assert "merged into “Elke gemeente telt mee.”" in listed
        history = words_of(at(made).get(path(opened, "mine/")))
        assert "Zelfde." in history and "Toch niet." in history
        assert client.get(path(opened, f"{added.pk}/burn/")).status_code == 404

    def test_participants_and_visitors_have_no_queue(self, made: Council) -> None:
        opened = round_of(made)

        assert at(made).get(path(opened, "queue/")).status_code == 403
        assert Client().get(path(opened, "queue/")).status_code == 302
        assert at(made).post(path(opened, "queue/"), {"statement": 1}).status_code == 403


class TestTheWayThere:
    """The list, the home page and the page of the round lead to it, and say what it binds."""

    def test_every_way_leads_to_the_next_statement(self, made: Council) -> None:
        opened = round_of(made)
        client = at(made)

        for page in ("/en/", "/en/consultations/", f"/en/consultations/{opened.key}/"):
            assert path(opened) in client.get(page).content.decode(), page
        told = words_of(client.get(f"/en/consultations/{opened.key}/"))
        assert "It is advice: it binds nobody." in told
        assert "3 statements wait for your vote." in told
        assert "no question on the paper" not in told
        assert client.get(f"/en/consultations/{opened.key}/vote/").headers["Location"] == path(
            opened
        )

    def test_on_another_day_the_list_is_that_of_the_day(
        self, made: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = round_of(made)
        later = SOON + timedelta(days=1)
        one = statement(opened)
        act = {"actor": made.secretary, "now": later}
        park_statement(**act, statement=one, reason="Toch te breed.", seen=seen(one))
        put_statement(**act, consultation=opened, text="Pas een dag later.")
        monkeypatch.setattr(clock, "now", lambda: later + timedelta(days=1))

        then = words_of(Client().get(path(opened, f"list/?on={SOON.date()}")))
        before = words_of(Client().get(path(opened, "list/?on=2017-01-01")))
        now = words_of(Client().get(path(opened, "list/")))

        assert "3 statements are put to the vote" in then
        assert "Pas een dag later." not in then and "Toch te breed." not in then
        assert "Pas een dag later." in now and "Toch te breed." in now
        assert "Elke gemeente telt mee." not in before

    def test_who_leads_it_finds_the_queue(self, made: Council) -> None:
        opened = round_of(made)
        proposed(made, ALDERMAN, opened, "Treinen ook.")

        told = leading(made).get(f"/en/consultations/{opened.key}/").content.decode()

        assert path(opened, "queue/") in told and "(1 waiting)" in told
