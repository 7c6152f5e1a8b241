"""The pages of results: what stands there in each state, and who can do what."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.council import CLOSES, Council, council, rule_for
from verband.consultations.kinds import ConsultationKind, Verdict
from verband.consultations.models import Consultation, ObjectionAnswer, OutcomeStatement
from verband.consultations.use_cases.casting import answer_question
from verband.consultations.use_cases.objections import raise_objection
from verband.consultations.use_cases.opening import close_vote, publish_result
from verband.consultations.use_cases.outcomes import state_outcome
from verband.consultations.use_cases.preparing import withdraw_consultation
from verband.kernel import clock
from verband.kernel.permissions import CLOCK
from verband.people.models import Account
from world import NOW

AFTER = CLOSES + timedelta(hours=2)
LATER = CLOSES + timedelta(days=3)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
YES_NO = {"form": "yes_no", "text": "Stemt u in?"}
THREE_WAY = {"form": "three_way", "text": "Welke tekst neemt u aan?"}


@pytest.fixture(autouse=True)
def it_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock of the pages; at first three days after the closing."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_clock(LATER)
    return set_clock


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, BACKEND)
    return client


def words(client: Client, path: str, status: int = 200) -> str:
    """A page in English, as it is read: without markup."""
    response = client.get(f"/en/consultations/{path}")
    assert response.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def publish(made: Council, vote: Consultation, choices: dict[int, Any]) -> Consultation:
    for place, choice in choices.items():
        answers = {"answers": choice} if isinstance(choice, dict) else {"choice": choice}
        made.cast(vote, place, **answers)
    close_vote(actor=CLOCK, now=CLOSES, consultation=vote)
    publish_result(actor=made.secretary, now=AFTER, consultation=vote)
    return vote


def answered(made: Council, vote: Consultation, who: str, choice: str, sentence: str = "") -> None:
    answer_question(
        actor=made.accounts[who],
        now=NOW + timedelta(hours=1),
        consultation=vote,
        choice=choice,
        sentence=sentence,
        token=uuid4(),
    )


@pytest.mark.django_db
class TestStates:
    """Nothing is seen before its time."""

    def test_an_open_vote_shows_no_interim_result(
        self, made: Council, client: Client, it_is: Callable[[datetime], None]
    ) -> None:
        vote = made.opened()
        made.cast(vote, 0)
        it_is(NOW + timedelta(hours=2))

        page = words(client, f"{vote.key}/result/")

        assert "nobody sees an interim result" in page
        assert "Turnout" not in page

    def test_closed_is_not_published(self, made: Council, client: Client) -> None:
        vote = made.opened()
        made.cast(vote, 0)
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)

        page = words(client, f"{vote.key}/result/")

        assert "The result has not been published yet" in page
        assert "Turnout" not in page

    def test_past_its_closing_time_nothing_shows_though_no_clock_ran(
        self, made: Council, client: Client
    ) -> None:
        rule = rule_for(made, ConsultationKind.CONSULTATION, key="live", shows_interim=True)
        vote = made.opened(rule=rule)
        made.cast(vote, 0)

        assert "Turnout" not in words(client, f"{vote.key}/result/")

    def test_a_rule_may_show_interim_results_and_the_page_says_they_are(
        self, made: Council, client: Client, it_is: Callable[[datetime], None]
    ) -> None:
        rule = rule_for(made, ConsultationKind.CONSULTATION, key="live", shows_interim=True)
        vote = made.opened(rule=rule)
        made.cast(vote, 0)
        it_is(NOW + timedelta(hours=2))

        page = words(client, f"{vote.key}/result/")

        assert "This is an interim result" in page
        assert "75 of 159 votes" in page
        assert "Why this is the outcome" not in page

    def test_a_withdrawn_vote_says_why(self, made: Council, client: Client) -> None:
        vote = made.opened()
        withdraw_consultation(
            actor=made.secretary, now=NOW, consultation=vote, reason="De tekst was fout."
        )

        assert "De tekst was fout." in words(client, f"{vote.key}/result/")

    def test_a_draft_is_for_who_prepares_it(self, made: Council, client: Client) -> None:
        vote = made.prepare()

        assert client.get(f"/en/consultations/{vote.key}/result/").status_code == 404

    def test_a_vote_without_any_ballot_still_has_a_page(
        self, made: Council, client: Client
    ) -> None:
        vote = publish(made, made.opened(), {})

        page = words(client, f"{vote.key}/result/")

        assert "Nothing decided" in page
        assert "Nobody chose." in page


@pytest.mark.django_db
class TestResult:
    """The outcome, why, the count both ways, who voted what."""

    def test_the_outcome_stands_with_its_grounds_and_articles(
        self, made: Council, client: Client
    ) -> None:
        vote = publish(made, made.opened(), {0: "for", 1: "for", 2: "against", 3: "abstain"})

        page = words(client, f"{vote.key}/result/")

        assert "Adopted" in page
        assert "145 of 159 votes. Needed: 80, at least half." in page  # abstentions are not valid
        assert "125 for, 20 against: 86.2%. Needed: 73. Abstentions (9) do not count here." in page
        assert "art. 14 lid 2" in page
        assert "2 members did not vote. Their 5 votes count nowhere as for." in page

    def test_weight_and_number_that_disagree_are_said_in_a_sentence(
        self, made: Council, client: Client
    ) -> None:
        choices = {0: "for", 1: "for", 2: "against", 3: "against", 4: "against", 5: "against"}
        vote = publish(made, made.opened(), choices)

        page = words(client, f"{vote.key}/result/")

        assert "Weight and number point different ways" in page
        assert "4 of the 6 members that chose." in page

    def test_silence_is_a_group_of_its_own_in_the_list_of_all_votes(
        self, made: Council, client: Client
    ) -> None:
        vote = publish(made, made.opened(), {0: "for", 1: "for"})

        csv = client.get(f"/en/consultations/{vote.key}/result/?format=csv&table=votes")

        text = csv.content.decode("utf-8-sig")
        assert text.count("did not vote") == 4
        assert len(text.strip().splitlines()) == 7

    def test_several_questions_have_an_overview_and_each_a_page(
        self, made: Council, client: Client
    ) -> None:
        answers = {"1": "for", "2": "amended"}
        vote = made.opened(questions=[YES_NO, THREE_WAY])
        publish(made, vote, dict.fromkeys(range(6), answers))

        first = words(client, f"{vote.key}/result/")
        second = words(client, f"{vote.key}/result/?question=2")

        assert "1. Stemt u in?" in first
        assert "Adopted: The amended proposal" in first
        assert "“The amended proposal” has 100.0% of the votes that chose." in second

    def test_reasons_are_read_with_the_choice_and_the_number_of_times(
        self, made: Council, client: Client
    ) -> None:
        vote = made.opened()
        for place, choice in ((0, "for"), (1, "for"), (2, "against")):
            made.cast(vote, place, choice, reason="Geld moet met de taak meekomen.")
        publish(made, vote, {})

        page = words(client, f"{vote.key}/result/")

        assert "3 of 3 members gave a reason." in page
        assert "3 times Geld moet met de taak meekomen. For 2, against 1." in page.replace(
            "Against", "against"
        )

    def test_what_people_wrote_is_shown_as_text(self, made: Council, client: Client) -> None:
        vote = made.opened()
        made.cast(vote, 0, reason="<script>alert(1)</script>")
        publish(made, vote, {})

        html = client.get(f"/en/consultations/{vote.key}/result/").content.decode()

        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_the_number_of_queries_does_not_grow_with_the_members(self, client: Client) -> None:
        made = council({f"gm{place:04}": 30_000 for place in range(1, 13)})
        seen = []
        for size in (3, 12):
            vote = publish(made, made.opened(), dict.fromkeys(range(size), "for"))
            client.get(f"/en/consultations/{vote.key}/result/")  # reads the difference, once
            with CaptureQueriesContext(connection) as caught:
                client.get(f"/en/consultations/{vote.key}/result/")
            seen.append(len(caught))

        assert seen[0] == seen[1]
        assert seen[1] < 30


@pytest.mark.django_db
class TestFlash:
    """By person, and read per municipality."""

    def test_a_municipality_reads_as_most_of_its_people_or_is_divided(
        self, made: Council, client: Client
    ) -> None:
        vote = made.opened(ConsultationKind.FLASH)
        answered(made, vote, "gm0363 secretary", "yes", "Graag snel.")
        answered(made, vote, "gm0363 alderman", "yes")
        answered(made, vote, "gm0344 secretary", "yes")
        answered(made, vote, "gm0344 alderman", "no")
        answered(made, vote, "gm0014 alderman", "no")
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)
        publish_result(actor=made.secretary, now=AFTER, consultation=vote)

        page = words(client, f"{vote.key}/result/")

        assert "“Yes” has 60.0% of the answers." in page
        assert "5 of 12 people" in page
        assert "3 of 6 municipalities" in page
        assert "Divided 1" in page
        assert "Graag snel." in page

    def test_only_the_last_answer_of_a_person_counts(self, made: Council, client: Client) -> None:
        vote = made.opened(ConsultationKind.FLASH)
        answered(made, vote, "gm0363 secretary", "yes")
        answer_question(
            actor=made.accounts["gm0363 secretary"],
            now=NOW + timedelta(hours=2),
            consultation=vote,
            choice="no",
            token=uuid4(),
            seen=1,
        )
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)
        publish_result(actor=made.secretary, now=AFTER, consultation=vote)

        page = words(client, f"{vote.key}/result/")

        assert "“No” has 100.0% of the answers." in page
        assert "1 of 12 people" in page


@pytest.mark.django_db
class TestOwner:
    """Stating the outcome on the page."""

    def test_the_owner_states_it_and_the_page_shows_it_beside_the_suggestion(
        self, made: Council, client: Client
    ) -> None:
        vote = publish(made, made.opened(), dict.fromkeys(range(6), "for"))
        state_outcome(
            actor=made.secretary,
            now=LATER,
            question=vote.questions.get(),
            verdict=Verdict.NO_POSITION,
            statement="Wij spreken hier niet namens allen.",
            why_other="Twee leden kwamen erop terug.",
            next_steps="De commissie bespreekt het.",
        )

        page = words(client, f"{vote.key}/result/")

        assert "No common position" in page
        assert "Wij spreken hier niet namens allen." in page
        assert "Suggested by count and difference Position" in page
        assert "Why it differs: Twee leden kwamen erop terug." in page
        assert "De commissie bespreekt het." in page

    def test_only_the_owner_is_offered_the_form(self, made: Council, client: Client) -> None:
        vote = publish(made, made.opened(), dict.fromkeys(range(6), "for"))
        form = f"{vote.key}/outcome/1/"
        alderman = signed_in(made.accounts["gm0363 alderman"])
        owner = signed_in(made.secretary)

        assert "State the outcome" in words(owner, f"{vote.key}/result/")
        assert "State the outcome" not in words(alderman, f"{vote.key}/result/")
        assert "Position (suggested)" in words(owner, form)
        words(alderman, form, status=403)
        assert client.get(f"/en/consultations/{form}").status_code == 302

    def test_the_form_states_the_outcome(self, made: Council) -> None:
        vote = publish(made, made.opened(), dict.fromkeys(range(6), "for"))
        owner, path = signed_in(made.secretary), f"/en/consultations/{vote.key}/outcome/1/"
        typed = {"verdict": "position", "statement": "Wij willen dit.", "review_on": "01-11-2018"}

        wrong = owner.post(path, {**typed, "verdict": "no_position"})
        owner.post(path, {**typed, "form_step": "confirm", "form_key": "k" * 20})

        assert wrong.status_code == 422
        assert "Write why the outcome is" in wrong.content.decode()
        assert OutcomeStatement.objects.get().statement == "Wij willen dit."

    def test_there_is_no_form_before_publication(self, made: Council) -> None:
        vote = made.opened()

        words(signed_in(made.secretary), f"{vote.key}/outcome/1/", status=404)


@pytest.mark.django_db
class TestObjecting:
    """A member objects on the page, the owner answers there."""

    @pytest.fixture
    def vote(self, made: Council) -> Consultation:
        rule = rule_for(made, ConsultationKind.CONSULTATION, key="with-term", objection_days=7)
        return publish(made, made.opened(rule=rule), dict.fromkeys(range(6), "for"))

    def test_the_result_is_provisional_and_says_until_when(
        self, vote: Consultation, client: Client
    ) -> None:
        page = words(client, f"{vote.key}/result/")

        assert "term until 11 November 2017; provisional until each has been answered" in page

    def test_a_secretary_objects_and_the_owner_answers(
        self, made: Council, vote: Consultation, client: Client
    ) -> None:
        secretary = signed_in(made.accounts["gm0088 secretary"])
        owner = signed_in(made.secretary)
        assert "Object to this result" in words(secretary, f"{vote.key}/result/")

        sent = {"text": "Onze stem ontbreekt.", "form_step": "confirm", "form_key": "o" * 20}
        secretary.post(f"/en/consultations/{vote.key}/object/", sent)
        objection = vote.objections.get()
        assert "Onze stem ontbreekt." in words(client, f"{vote.key}/objections/")
        assert "Answer this objection" in words(owner, f"{vote.key}/objections/")
        assert "Answer this objection" not in words(secretary, f"{vote.key}/objections/")

        answer = {"is_upheld": "no", "reason": "Zij staat er.", "form_step": "confirm"}
        path = f"/en/consultations/{vote.key}/objections/{objection.pk}/"
        owner.post(path, {**answer, "form_key": "a" * 20})

        assert ObjectionAnswer.objects.get().is_upheld is False
        assert "Zij staat er." in words(client, f"{vote.key}/objections/")

    def test_whoever_does_not_vote_for_a_member_cannot_object(
        self, made: Council, vote: Consultation
    ) -> None:
        alderman = signed_in(made.accounts["gm0088 alderman"])

        assert "Object to this result" not in words(alderman, f"{vote.key}/result/")
        words(alderman, f"{vote.key}/object/", status=403)

    def test_the_owner_may_make_it_final_when_the_clock_has_not(
        self, made: Council, vote: Consultation, it_is: Callable[[datetime], None]
    ) -> None:
        owner = signed_in(made.secretary)
        assert "Make this result final" not in words(owner, f"{vote.key}/result/")
        it_is(AFTER + timedelta(days=10))

        assert "Make this result final" in words(owner, f"{vote.key}/result/")
        sent = {"form_step": "confirm", "form_key": "f" * 20}
        owner.post(f"/en/consultations/{vote.key}/final/", sent)

        assert "the result is final" in words(owner, f"{vote.key}/result/")

    def test_an_open_objection_is_counted_on_the_page(
        self, made: Council, vote: Consultation, client: Client
    ) -> None:
        raise_objection(
            actor=made.accounts["gm0088 secretary"],
            now=LATER,
            consultation=vote,
            member=made.members[5],
            text="Nee.",
        )

        assert "1 objection waits for an answer" in words(client, f"{vote.key}/result/")


@pytest.mark.django_db
class TestVotesOf:
    """Who voted what over time."""

    def test_a_member_sees_its_votes_with_and_against_the_most(
        self, made: Council, client: Client
    ) -> None:
        publish(made, made.opened(), {0: "for", 1: "for", 5: "against"})
        publish(made, made.opened(), {0: "for", 5: "for"})
        publish(made, made.opened(), {0: "for"})

        page = words(client, "votes-of/gm0088/")

        assert "2 of 3 questions" in page  # voted
        assert "1 of 2 questions" in page  # with the most votes
        assert "For, this member not" in page
        assert "For, this member too" in page
        assert "did not vote" in page

    def test_what_is_not_published_does_not_stand_there(
        self, made: Council, client: Client
    ) -> None:
        vote = made.opened()
        made.cast(vote, 5)
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)

        page = words(client, "votes-of/gm0088/")

        assert "No vote of this member has been published yet." in page

    def test_an_unknown_member_has_no_page(self, db: None, client: Client) -> None:
        assert client.get("/en/consultations/votes-of/gm9999/").status_code == 404

    def test_its_queries_do_not_grow_with_the_votes(self, made: Council, client: Client) -> None:
        seen = []
        for _more in range(2):
            for _one in range(1 + 2 * len(seen)):
                publish(made, made.opened(), {0: "for", 5: "against"})
            client.get("/en/consultations/votes-of/gm0088/")
            with CaptureQueriesContext(connection) as caught:
                client.get("/en/consultations/votes-of/gm0088/")
            seen.append(len(caught))

        assert seen[0] == seen[1]
