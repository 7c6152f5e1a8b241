"""What members read and do on the voting pages."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.council import CLOSES, Council, rule_for
from verband.bodies.use_cases.successions import found_successor
from verband.consultations.kinds import NamedBy, Side, VoterRank
from verband.consultations.models import Answer, Ballot, Consultation
from verband.consultations.use_cases.naming import name_voter
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.preparing import (
    add_question,
    give_argument,
    withdraw_consultation,
)
from verband.consultations.use_cases.proxies import give_proxy
from verband.kernel import clock
from verband.members.models import SuccessionKind
from verband.members.use_cases import take_office
from verband.people.models import Account
from world import NOW

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SOON = NOW + timedelta(hours=1)
THREE_WAY = {"form": "three_way", "text": "Welke tekst neemt u aan?", "advice": "proposal"}


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock of the pages."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_clock(SOON)
    return set_clock


@pytest.fixture
def voter(made: Council, it_is: object) -> Client:
    """The secretary of the largest municipality, who votes because nobody was named."""
    return signed_in(made.accounts["gm0363 secretary"])


def signed_in(account: Account) -> Client:
    """A browser of somebody who signed in."""
    client = Client()
    client.force_login(account, BACKEND)
    return client


def words(response: HttpResponse) -> str:
    """A page as it is read, on one line."""
    html = response.content.decode()
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def carried(response: HttpResponse) -> dict[str, str]:
    """What a form carries along unseen, and the answers that stand in it."""
    html = response.content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in hidden if name != "next"}


def address(vote: Consultation, page: str = "vote") -> str:
    """A page of a consultation."""
    return f"/consultations/{vote.key}/{page}/"


def cast(client: Client, vote: Consultation, choice: str = "for", **more: str) -> HttpResponse:
    """Choose, check and cast."""
    paper = client.get(address(vote))
    answers = {f"q-{q.order}": choice for q in vote.questions.all()}
    check = client.post(address(vote), {**carried(paper), **answers, **more, "step": "check"})
    assert check.status_code == 200
    return client.post(address(vote), {**carried(check), "step": "cast"})


class TestBallot:
    """One ballot, from the paper to the receipt."""

    def test_a_voter_chooses_checks_and_gets_a_receipt(self, made: Council, voter: Client) -> None:
        vote = made.opened()

        paper = words(voter.get(address(vote)))
        answer = cast(voter, vote, "for", reason="De regio kiest.")
        receipt = words(voter.get(answer["Location"]))

        assert "Stemt u in?" in paper and "75 stemmen brengt gm0363 uit." in paper
        assert "Aangenomen als van de stemmen voor en tegen meer dan de helft vóór is." in paper
        assert "Niet stemmen telt niet als instemming." in paper
        assert "gemeentesecretaris, omdat niemand is aangewezen" in paper
        ballot = Ballot.objects.get(consultation=vote)
        assert (ballot.answers, ballot.reason) == ({"1": "for"}, "De regio kiest.")
        assert ballot.leaf in receipt and ballot.leaf[:4].upper() in receipt
        assert "ma 30 oktober 2017, 14.00.00 uur (Nederlandse tijd)" in receipt
        assert "Voor, 75 stemmen" in receipt

    def test_without_a_choice_each_question_says_what_to_do(
        self, made: Council, voter: Client
    ) -> None:
        vote = made.opened(questions=[{"form": "yes_no", "text": "Een?"}, THREE_WAY])
        paper = voter.get(address(vote))

        answer = voter.post(address(vote), {**carried(paper), "q-1": "for", "step": "check"})

        assert answer.status_code == 422
        html = answer.content.decode()
        assert "U heeft nog niet overal gekozen." in words(answer)
        assert '<a href="#q-2-0">Vraag 2: Kies een van de antwoorden.</a>' in html
        assert 'id="q-1-0" name="q-1" value="for" checked' in html
        assert html.count("<fieldset") == 2
        assert html.count("autofocus") == 1

    def test_a_double_click_leads_to_one_receipt(self, made: Council, voter: Client) -> None:
        vote = made.opened()
        sent = {
            **carried(voter.get(address(vote))),
            "q-1": "for",
            "step": "cast",
        }

        first = voter.post(address(vote), sent)
        second = voter.post(address(vote), sent)

        assert first["Location"] == second["Location"]
        assert Ballot.objects.filter(consultation=vote).count() == 1

    def test_a_second_window_sees_the_vote_that_stands(self, made: Council, voter: Client) -> None:
        vote = made.opened()
        paper = carried(voter.get(address(vote)))
        cast(voter, vote, "for")

        answer = voter.post(address(vote), {**paper, "q-1": "against", "step": "cast"})

        assert answer.status_code == 422
        told = words(answer)
        assert "Iemand stemde voor uw gemeente terwijl u deze pagina open had." in told
        assert "U stemde om 14.00 uur: voor. U kunt die stem wijzigen tot de sluiting." in told
        assert 'value="against" checked' in answer.content.decode()
        again = voter.post(address(vote), {**carried(answer), "q-1": "against", "step": "cast"})
        assert again.status_code == 302
        assert Ballot.objects.latest("number").answers == {"1": "against"}

    def test_a_vote_can_be_changed_and_the_old_receipt_says_so(
        self, made: Council, voter: Client
    ) -> None:
        vote = made.opened()
        first = cast(voter, vote, "for")
        second = cast(voter, vote, "against")

        assert "Een latere stem kwam hiervoor in de plaats" in words(voter.get(first["Location"]))
        assert "Een latere stem" not in words(voter.get(second["Location"]))

    def test_what_was_typed_stands_again_after_changing_something(
        self, made: Council, voter: Client
    ) -> None:
        vote = made.opened()
        paper = carried(voter.get(address(vote)))
        filled = {**paper, "q-1": "against", "reason": "Geen geld."}
        check = voter.post(address(vote), {**filled, "step": "check"})

        back = voter.post(address(vote), {**carried(check), "step": "choose"})

        html = back.content.decode()
        assert 'value="against" checked' in html and "Geen geld.</textarea>" in html

    def test_late_is_refused_with_both_times_and_the_text_is_kept(
        self, made: Council, voter: Client, it_is: Callable
    ) -> None:
        vote = made.opened()
        filled = {
            **carried(voter.get(address(vote))),
            "q-1": "for",
            "reason": "Lang over nagedacht.",
        }
        it_is(CLOSES + timedelta(minutes=3))

        for step in ("check", "cast"):
            answer = voter.post(address(vote), {**filled, "step": step})
            told = words(answer)
            assert answer.status_code == 422
            assert "sloot op vr 3 nov 2017, 13.00 uur" in told
            assert "Uw stem van vr 3 nov 2017, 13.03 uur telt niet mee." in told
            assert "Lang over nagedacht." in told
        assert not Ballot.objects.filter(consultation=vote).exists()
        assert voter.get(address(vote))["Location"] == f"/consultations/{vote.key}/"

    def test_the_first_sending_counts_when_the_second_comes_after_closing(
        self, made: Council, voter: Client, it_is: Callable
    ) -> None:
        vote = made.opened()
        sent = {**carried(voter.get(address(vote))), "q-1": "for", "step": "cast"}
        voter.post(address(vote), sent)
        it_is(CLOSES + timedelta(minutes=3))

        again = voter.post(address(vote), sent)

        assert again.status_code == 302 and sent["token"] in again["Location"]

    def test_a_rule_that_lets_nothing_change_shows_no_way_to_change(
        self, made: Council, voter: Client
    ) -> None:
        made.rules["consultation"] = rule_for(made, "consultation", key="vast", may_change=False)
        vote = made.opened()

        answer = cast(voter, vote)

        assert "Wijzig uw stem" not in words(voter.get(answer["Location"]))
        told = words(voter.get(address(vote)))
        assert "Volgens deze regel kan een stem niet worden gewijzigd." in told


class TestWhoVotes:
    """The voter, the substitute, the holder of a proxy, and everybody else."""

    def test_who_is_not_the_voter_reads_who_is(self, made: Council, it_is: Callable) -> None:
        vote = made.prepare(opens_at=NOW + timedelta(days=5), closes_at=NOW + timedelta(days=9))
        alderman = made.accounts["gm0363 alderman"]
        name_voter(
            actor=made.accounts["gm0363 secretary"],
            now=NOW,
            member=made.members[0],
            rank=VoterRank.VOTER,
            person=alderman.person,
            how=NamedBy.LETTER,
            decided_by="het college",
            valid_from=date(2017, 10, 30),
            valid_until=date(2017, 11, 30),
        )
        open_vote(actor=made.secretary, now=NOW + timedelta(days=5), consultation=vote)
        it_is(NOW + timedelta(days=6))

        refused = signed_in(made.accounts["gm0363 secretary"]).get(address(vote))
        shown = words(signed_in(alderman).get(address(vote)))

        assert refused.status_code == 403
        told = words(refused)
        assert "U bent niet de aangewezen stemmer van gm0363" in told
        assert "Dat is de wethouder, tot 30 november 2017." in told
        assert "U stemt als wethouder, aangewezen door het college op 30 oktober 2017." in shown

    def test_a_colleague_reads_who_voted_before_by_function(
        self, made: Council, it_is: Callable
    ) -> None:
        vote = made.opened()
        made.cast(vote, 0, "for")
        alderman = made.accounts["gm0363 alderman"]
        made.world.do(
            take_office,
            person=alderman.person,
            organisation=made.members[0],
            function="secretary",
            valid_from=date(2014, 1, 1),
        )

        told = words(signed_in(alderman).get(address(vote)))

        assert "De gemeentesecretaris stemde om 14.00 uur: voor." in told
        assert "U kunt die stem wijzigen tot de sluiting." in told

    def test_a_holder_votes_by_proxy_as_instructed(self, made: Council, it_is: Callable) -> None:
        made.rules["consultation"] = rule_for(made, "consultation", key="volmacht", proxy_members=2)
        vote = made.opened()
        give_proxy(
            actor=made.accounts["gm0344 secretary"],
            now=NOW,
            member=made.members[1],
            holder=made.members[0],
            consultation=vote,
            instruction={"1": "against"},
        )
        holder = signed_in(made.accounts["gm0363 secretary"])

        own = holder.get(address(vote))
        paper = holder.get(f"{address(vote)}?for=gm0344")
        html = paper.content.decode()
        giver = signed_in(made.accounts["gm0344 secretary"]).get(address(vote))
        sent = {**carried(paper), "q-1": "against", "step": "cast"}
        answer = holder.post(f"{address(vote)}?for=gm0344", sent)

        assert "U stemt ook voor gm0344 (met volmacht, heeft nog niet gestemd)" in words(own)
        assert "De volmacht schrijft deze stem voor." in words(paper)
        assert 'value="against" checked' in html and 'value="for" disabled' in html
        assert giver.status_code == 403
        assert "gm0344 gaf een volmacht aan gm0363." in words(giver)
        assert answer.status_code == 302
        ballot = Ballot.objects.get(consultation=vote)
        assert (ballot.member, ballot.by_member) == (made.members[1], made.members[0])

    def test_the_way_back_to_the_receipt_stands_with_the_vote(
        self, made: Council, voter: Client
    ) -> None:
        vote = made.opened()
        receipt = cast(voter, vote)["Location"]

        assert receipt in voter.get(f"/consultations/{vote.key}/").content.decode()

    def test_a_stranger_sees_no_receipt(self, made: Council, voter: Client) -> None:
        vote = made.opened()
        receipt = cast(voter, vote)["Location"]
        other = signed_in(made.accounts["gm0344 secretary"])

        assert other.get(receipt).status_code == 404
        assert Client().get(receipt)["Location"].startswith("/accounts/login/")

    def test_somebody_else_cannot_cast_for_a_member(self, made: Council, voter: Client) -> None:
        vote = made.opened()
        paper = carried(voter.get(address(vote)))
        other = signed_in(made.accounts["gm0344 alderman"])

        answer = other.post(address(vote), {**paper, "q-1": "for", "step": "cast"})

        assert answer.status_code == 403
        assert not Ballot.objects.filter(consultation=vote).exists()

    def test_another_day_lets_nobody_vote(self, made: Council, voter: Client) -> None:
        vote = made.opened()

        assert voter.get(f"{address(vote)}?on=2016-03-01").status_code == 403


class TestConsultation:
    """The page of a consultation, and the list."""

    def test_a_visitor_reads_the_question_the_rule_and_the_roll(
        self, made: Council, it_is: Callable
    ) -> None:
        vote = made.opened()
        for place, side, text in ((0, Side.FOR, "Het helpt."), (1, Side.AGAINST, "Te duur.")):
            member = made.members[place]
            give_argument(
                actor=made.accounts[f"{member.key} alderman"],
                now=NOW,
                consultation=vote,
                member=member,
                side=side,
                text=text,
            )

        answer = Client().get(f"/consultations/{vote.key}/")
        told = words(answer)

        assert "Redenen voor Het helpt. wethouder, gm0363" in told
        assert "Redenen tegen Te duur. wethouder, gm0344" in told
        assert "6 leden met 159 stemmen, zoals op 30 oktober 2017" in told
        assert "Als voor en tegen gelijk zijn, is het verworpen. art. 14" in told
        assert "art. 14 lid 2" in told and "art. 9 lid 1" in told
        assert "800.000" in told and "CBS" in told
        roll = Client().get(f"/consultations/{vote.key}/?format=csv&table=roll")
        assert roll.content.decode().count("\n") >= 7

    def test_nothing_of_the_count_is_seen_before_publication(
        self, made: Council, it_is: Callable
    ) -> None:
        vote = made.opened()
        made.cast(vote, 0)
        page = f"/consultations/{vote.key}/"

        while_open = words(Client().get(page))
        it_is(CLOSES + timedelta(hours=1))
        after = words(Client().get(page))

        assert "tot nu toe" not in while_open
        assert "De uitslag volgt als die wordt gepubliceerd." in after
        assert "gesloten, niet gepubliceerd" in after

    def test_turnout_is_shown_where_the_rule_lets_it(self, made: Council, it_is: Callable) -> None:
        made.rules["consultation"] = rule_for(made, "consultation", key="open", shows_interim=True)
        vote = made.opened()
        made.cast(vote, 0)
        made.cast(vote, 0, "against", seen=1)

        told = words(Client().get(f"/consultations/{vote.key}/"))

        assert "Leden die tot nu toe stemden 1 van 6" in told
        assert "Tot nu toe uitgebrachte stemmen 75 van 159" in told

    def test_a_merger_meanwhile_leaves_the_roll_as_it_was(
        self, made: Council, it_is: Callable
    ) -> None:
        vote = made.opened(closes_at=NOW + timedelta(days=90))
        made.world.do(
            found_successor,
            now=NOW + timedelta(days=40),
            kind=SuccessionKind.MERGER,
            day=date(2018, 1, 1),
            predecessors=made.members[4:],
            key="gm1999",
            code="GM1999",
            name="Samen",
        )
        it_is(NOW + timedelta(days=70))

        told = words(Client().get(f"/consultations/{vote.key}/"))

        assert "gm0010 ging op in Samen" in told and "gm0088 ging op in Samen" in told
        assert "Het stemregister blijft zoals het was op 30 oktober 2017, met 6 leden." in told

    def test_amendments_stand_below_what_they_amend(self, made: Council, it_is: Callable) -> None:
        vote = made.prepare()
        first = vote.questions.get()
        for text in ("Schrap punt 3.", "Voeg punt 9 toe."):
            add_question(
                actor=made.secretary,
                now=NOW,
                consultation=vote,
                form="yes_no",
                text=text,
                amends=first,
                proposer=made.members[1],
            )
        open_vote(actor=made.secretary, now=NOW, consultation=vote)

        page = Client().get(f"/consultations/{vote.key}/").content.decode()
        paper = signed_in(made.accounts["gm0363 secretary"]).get(address(vote))

        assert page.count('class="vb-plain vb-amendments"') == 1
        assert page.index("Stemt u in?") < page.index("Schrap punt 3.")
        assert words(paper).count("Amendement op vraag 1") == 2

    def test_what_is_prepared_is_seen_only_by_who_prepares_it(
        self, made: Council, it_is: Callable
    ) -> None:
        vote = made.prepare(opens_at=NOW + timedelta(days=1))
        page = f"/consultations/{vote.key}/"

        mine = signed_in(made.secretary)

        assert Client().get(page).status_code == 404
        assert "Alleen wie deze raadpleging voorbereidt" in words(mine.get(page))
        assert vote.key in mine.get("/consultations/").content.decode()
        assert vote.key not in Client().get("/consultations/").content.decode()

    def test_the_list_tells_how_each_stands(self, made: Council, it_is: Callable) -> None:
        open_one = made.opened(title="Open vraag")
        flash = made.opened("flash", title="Snelle vraag")
        closed = made.opened(title="Gesloten vraag", closes_at=NOW + timedelta(minutes=30))
        early = NOW + timedelta(minutes=10)
        published = made.opened(title="Klare vraag", closes_at=early)
        close_vote(actor=made.secretary, now=early, consultation=published)
        publish_result(actor=made.secretary, now=early, consultation=published)
        stopped = made.opened(title="Gestopte vraag")
        withdraw_consultation(
            actor=made.secretary, now=NOW, consultation=stopped, reason="Niet meer nodig"
        )
        made.cast(open_one, 0)

        told = words(signed_in(made.accounts["gm0363 secretary"]).get("/consultations/"))
        fast = words(Client().get("/consultations/?kind=flash"))

        assert "2 vragen aan de leden zijn open" in told
        assert "gm0363 heeft gestemd." in told
        assert "U heeft nog niet geantwoord." in told
        assert told.index("Gesloten, nog niet gepubliceerd") < told.index("Gesloten vraag")
        assert told.index("Wat eerder is gevraagd") < told.index("Klare vraag")
        assert "nog niet vastgesteld" in told and "ingetrokken" in told
        assert "Snelle vraag" in fast and "Open vraag" not in fast
        assert {closed.key, flash.key} <= set(re.findall(r"2017-\d\d", told))

    def test_the_list_of_an_earlier_day_knows_nothing_of_later(
        self, made: Council, it_is: Callable
    ) -> None:
        made.opened(title="Van vandaag")

        told = words(Client().get("/consultations/?on=2017-10-01"))

        assert "Van vandaag" not in told and "Er is nu niets open." in told

    def test_queries_do_not_grow_with_what_is_listed(self, made: Council, it_is: Callable) -> None:
        client = signed_in(made.accounts["gm0363 secretary"])

        def count(address: str) -> int:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        first = made.opened()
        made.cast(first, 0)
        list_before, page_before = count("/consultations/"), count(f"/consultations/{first.key}/")
        for place in range(4):
            other = made.opened()
            made.cast(other, place)
            made.cast(first, place + 1)
            give_argument(
                actor=made.accounts[f"{made.members[place].key} alderman"],
                now=NOW,
                consultation=first,
                member=made.members[place],
                side=Side.FOR,
                text="Goed.",
            )

        assert count("/consultations/") <= list_before
        assert count(f"/consultations/{first.key}/") <= page_before + 2  # names and functions

    def test_a_member_gives_a_reason_on_the_page(self, made: Council, it_is: Callable) -> None:
        vote = made.opened()
        alderman = signed_in(made.accounts["gm0363 alderman"])
        page = address(vote, "argue")
        form = carried(alderman.get(page))

        check = alderman.post(page, {**form, "side": "against", "text": "Te vroeg."})
        done = alderman.post(page, {**carried(check), "form_step": "confirm"})

        assert done.status_code == 302
        assert "Te vroeg. wethouder, gm0363" in words(Client().get(f"/consultations/{vote.key}/"))
        assert signed_in(made.secretary).get(page).status_code == 403


class TestFlash:
    """One tap on an answer."""

    def test_one_tap_answers_and_a_sentence_is_added_afterwards(
        self, made: Council, it_is: Callable
    ) -> None:
        vote = made.opened("flash")
        client = signed_in(made.accounts["gm0363 alderman"])
        page = address(vote, "answer")

        shown = client.get(page)
        sent = {**carried(shown), "choice": "yes", "sentence": ""}
        client.post(page, sent)
        client.post(page, sent)
        answered = client.get(page)
        client.post(page, {**carried(answered), "choice": "yes", "sentence": "Graag snel."})

        assert "U antwoordt als: wethouder, gm0363." in words(shown)
        assert "U antwoordde “Ja” om 14.00 uur." in words(answered)
        said = Answer.objects.filter(consultation=vote).order_by("number")
        assert [(one.choice, one.sentence) for one in said] == [("yes", ""), ("yes", "Graag snel.")]

    def test_a_second_window_sees_the_answer_that_stands(
        self, made: Council, it_is: Callable
    ) -> None:
        vote = made.opened("flash")
        client = signed_in(made.accounts["gm0363 alderman"])
        page = address(vote, "answer")
        first, second = carried(client.get(page)), carried(client.get(page))
        client.post(page, {**first, "choice": "yes"})

        answer = client.post(page, {**second, "choice": "no", "sentence": "Toch niet."})

        assert answer.status_code == 422
        told = words(answer)
        assert "Uw antwoord is niet bewaard." in told and "U antwoordde “Ja”" in told
        assert "Toch niet." in told

    def test_who_was_not_asked_reads_who_was(self, made: Council, it_is: Callable) -> None:
        vote = made.opened("flash", audience={"of": "members", "functions": ["mayor", "alderman"]})

        answer = signed_in(made.accounts["gm0363 secretary"]).get(address(vote, "answer"))

        assert answer.status_code == 403
        assert "daarvan: burgemeester" in words(answer) or "daarvan: wethouder" in words(answer)

    def test_late_is_refused_and_the_sentence_is_kept(self, made: Council, it_is: Callable) -> None:
        vote = made.opened("flash")
        client = signed_in(made.accounts["gm0363 alderman"])
        page = address(vote, "answer")
        form = carried(client.get(page))
        it_is(CLOSES + timedelta(minutes=1))

        answer = client.post(page, {**form, "choice": "yes", "sentence": "Net te laat."})

        assert answer.status_code == 422 and "Net te laat." in words(answer)
        assert "Deze vraag is gesloten" in words(client.get(page))

    def test_the_link_in_the_mail_leads_back_after_signing_in(
        self, made: Council, it_is: Callable
    ) -> None:
        vote = made.opened("flash")
        page = address(vote, "answer")

        assert Client().get(page)["Location"] == f"/accounts/login/?next={page}"

    def test_a_ballot_of_a_flash_question_is_its_answer(self, made: Council, voter: Client) -> None:
        vote = made.opened("flash")

        assert voter.get(address(vote))["Location"] == address(vote, "answer")


def test_an_unreadable_token_casts_once_all_the_same(made: Council, voter: Client) -> None:
    vote = made.opened()
    sent = {**carried(voter.get(address(vote))), "q-1": "for", "step": "cast", "token": "x"}

    assert voter.post(address(vote), sent).status_code == 302
    assert voter.post(address(vote), sent).status_code == 422
    assert Ballot.objects.filter(consultation=vote).count() == 1


def test_a_member_off_the_roll_is_not_voted_for(made: Council, voter: Client) -> None:
    vote = made.opened()
    sent = {**carried(voter.get(address(vote))), "q-1": "for", "step": "cast", "member": "nobody"}

    assert voter.post(address(vote), sent).status_code in (403, 404)
    sent |= {"token": str(uuid4()), "member": "gm0344"}
    assert voter.post(address(vote), sent).status_code == 403
    assert not Ballot.objects.filter(consultation=vote).exists()


def test_casting_asks_few_questions_of_the_database(made: Council, voter: Client) -> None:
    vote = made.opened()
    sent = {**carried(voter.get(address(vote))), "q-1": "for", "step": "cast"}
    cast(signed_in(made.accounts["gm0344 secretary"]), vote)

    with CaptureQueriesContext(connection) as queries:
        voter.post(address(vote), sent)

    assert len(queries) <= 30, [query["sql"][:120] for query in queries.captured_queries]
