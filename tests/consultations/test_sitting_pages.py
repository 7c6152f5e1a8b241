"""The pages of a sitting: the desk, the list of who is there, and what everybody follows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.assembly import CANDIDATES, election, motion, persons_rule, sitting_of
from consultations.council import ORDINARY, Council, rule_for
from verband.consultations.hall import present_members
from verband.consultations.kinds import ConsultationKind, State
from verband.consultations.models import Ballot, Consultation, Participation, SecretBallot, Sitting
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.sittings import mark_present
from verband.kernel import clock
from verband.people.models import Account
from world import NOW

pytestmark = pytest.mark.django_db


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are read at the hour at which the tests act."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def browser(account: Account | None = None) -> Client:
    """Somebody's browser."""
    client = Client()
    if account is not None:
        client.force_login(account, backend=BACKEND)
    return client


def at(name: str, sitting: Sitting, *more: str) -> str:
    return reverse(name, args=[sitting.key, *more])


def state(vote: Consultation) -> State:
    return standing_of(vote).state(NOW)


def test_the_chair_opens_counts_down_closes_and_publishes(made: Council) -> None:
    sitting = sitting_of(made)
    vote, desk = motion(made, sitting, order=1), browser(made.secretary)
    path = at("sitting_desk", sitting)

    def press(do: str) -> None:
        answer = desk.post(path, {"vote": vote.key, "do": do})
        assert answer.status_code == 302

    press("open")
    assert state(vote) == State.OPEN
    press("count_down")
    assert (standing_of(vote).fact.closes_at - NOW).total_seconds() == 60
    assert b"1:00" in desk.get(path).content
    made.cast(vote, 0, now=NOW)
    page = desk.get(path).content.decode()
    assert "1 van 6 aanwezige leden hebben gestemd" in page
    assert "gm0344" in page
    press("close")
    press("publish")
    assert state(vote) == State.PUBLISHED
    assert "100,0%" in browser().get(at("sitting", sitting)).content.decode()


def test_a_refusal_is_said_at_the_desk(made: Council) -> None:
    sitting = sitting_of(made)
    vote = motion(made, sitting)
    answer = browser(made.secretary).post(
        at("sitting_desk", sitting), {"vote": vote.key, "do": "publish"}, follow=True
    )

    assert "vb-note--error" in answer.content.decode()
    assert state(vote) == State.DRAFT


def test_the_desk_is_for_who_leads_the_sitting(made: Council) -> None:
    sitting = sitting_of(made)
    vote = motion(made, sitting)

    assert browser().get(at("sitting_desk", sitting)).status_code == 302
    other = browser(made.accounts["gm0363 secretary"])
    for name, more in (
        ("sitting_desk", ()),
        ("sitting_desk_live", ()),
        ("sitting_presence", ()),
        ("sitting_edit", ()),
        ("sitting_hands", (vote.key,)),
        ("sitting_lot", (vote.key,)),
        ("sitting_tie", (vote.key,)),
        ("sitting_vote", ()),
    ):
        assert other.get(at(name, sitting, *more)).status_code == 403, name


def test_the_desk_marks_who_comes_and_goes(made: Council) -> None:
    sitting, desk = sitting_of(made, 0), browser(made.secretary)
    path = at("sitting_presence", sitting)

    desk.post(path, {"remote": "gm0363"})
    desk.post(path, {"here": "gm0344"})
    desk.post(path, {"out": "gm0344"})

    assert present_members(sitting) == {made.members[0].pk}
    page = desk.get(path + "?q=0363").content.decode()
    assert "van elders" in page
    assert "gm0344" not in page


def test_a_voter_checks_in_on_the_page_and_is_told_so(made: Council) -> None:
    sitting = sitting_of(made, 0)
    phone = browser(made.accounts["gm0363 secretary"])
    follow = at("sitting_follow", sitting)

    assert "Zonder aanmelden" in phone.get(follow).content.decode()
    answer = phone.post(
        at("sitting_check_in", sitting), {"member": "gm0363", "do": "remote", "next": follow}
    )

    assert answer.headers["Location"] == follow
    assert present_members(sitting) == {made.members[0].pk}
    elsewhere = {"member": "gm0363", "do": "out", "next": "https://elsewhere.example/"}
    assert phone.post(at("sitting_check_in", sitting), elsewhere).headers["Location"] == at(
        "sitting", sitting
    )


def test_hands_are_recorded_from_the_form_after_a_look(made: Council) -> None:
    sitting = sitting_of(made, 3)
    parts = [{"form": "yes_no", "text": text} for text in ("Deel 1?", "Deel 2?")]
    vote = motion(made, sitting, questions=parts)
    desk = browser(made.secretary)
    desk.post(at("sitting_desk", sitting), {"vote": vote.key, "do": "open"})
    path = at("sitting_hands", sitting, vote.key)
    given = {"common-1": "for", "common-2": "against", "form_key": "k"}
    given |= {"m-2-gm0344": "abstain", "m-1-gm0014": "-"}

    check = desk.post(path, given)
    done = desk.post(path, {**given, "form_step": "confirm"})

    assert (check.status_code, done.status_code) == (200, 302)
    assert "Deel 2? 1 lid" in check.content.decode()
    said = {ballot.member.key: ballot.answers for ballot in Ballot.objects.all()}
    assert said == {
        "gm0363": {"1": "for", "2": "against"},
        "gm0344": {"1": "for", "2": "abstain"},
    }


def test_following_costs_one_query_while_nothing_changes(made: Council) -> None:
    sitting = sitting_of(made, 2)
    vote = motion(made, sitting)
    browser(made.secretary).post(at("sitting_desk", sitting), {"vote": vote.key, "do": "open"})
    path, viewer = at("sitting_follow_live", sitting), browser()

    first = viewer.get(path)
    tag = {"If-None-Match": first.headers["ETag"]}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = viewer.get(path, headers=tag)
    with CaptureQueriesContext(connection) as others:
        other = browser().get(path)

    assert (again.status_code, len(asked)) == (304, 1)
    assert again.headers["X-Now"] == NOW.isoformat()
    assert (other.content, len(others)) == (first.content, 1)
    mark_present(actor=made.secretary, now=NOW, sitting=sitting, member=made.members[3])
    changed = viewer.get(path, headers=tag)
    assert changed.status_code == 200
    assert "3 van 6" in changed.content.decode()


def test_following_shows_a_countdown_that_ended(
    made: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = sitting_of(made)
    vote, desk = motion(made, sitting), browser(made.secretary)
    for do in ("open", "count_down"):
        desk.post(at("sitting_desk", sitting), {"vote": vote.key, "do": do})
    path = at("sitting_follow_live", sitting)
    open_now = browser().get(path)
    later = standing_of(vote).fact.closes_at
    monkeypatch.setattr(clock, "now", lambda: later)

    ended = browser().get(path, headers={"If-None-Match": open_now.headers["ETag"]})

    assert "vote-now" in open_now.content.decode()
    assert ended.status_code == 200
    assert "vote-now" not in ended.content.decode()


def test_the_pages_ask_no_more_when_there_is_more(made: Council) -> None:
    sitting = sitting_of(made, 2)
    motion(made, sitting)
    desk = browser(made.secretary)
    paths = [at(name, sitting) for name in ("sitting", "sitting_desk", "sitting_presence")]
    paths += [at("sitting_follow", sitting), reverse("sittings")]

    def asked() -> list[int]:
        found = []
        for path in paths:
            desk.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(path).status_code == 200
            found.append(len(queries))
        return found

    few = asked()
    for order in range(2, 6):
        motion(made, sitting, order=order)
    for member in made.members[2:]:
        mark_present(actor=made.secretary, now=NOW, sitting=sitting, member=member)
    for number in range(3):
        sitting_of(made, 0, key=f"volgende-{number}")

    assert asked() == few


def test_one_member_that_asks_for_a_vote_takes_acclamation_away(made: Council) -> None:
    rule = rule_for(
        made,
        ConsultationKind.ASSEMBLY,
        key="acclaim",
        rule={**ORDINARY, "quorums": [], "acclamation": True},
    )
    sitting = sitting_of(made)
    vote, desk = motion(made, sitting, rule=rule), browser(made.secretary)
    path = at("sitting_desk", sitting)
    assert "acclaim" in desk.get(path).content.decode()

    phone = browser(made.accounts["gm0363 secretary"])
    assert "Vraag stemming namens" in phone.get(at("sitting_follow", sitting)).content.decode()
    phone.post(at("sitting_ask", sitting), {"vote": vote.key, "member": "gm0363"})

    page = desk.get(path).content.decode()
    assert "do-acclaim" not in page
    assert "gm0363" in page


def test_a_sitting_is_planned_and_moved_through_its_forms(made: Council) -> None:
    desk = browser(made.secretary)
    given = {
        "title": "Najaarsvergadering",
        "key": "alv-najaar",
        "starts_at": "29-11-2017 10:00",
        "place": "Utrecht",
        "call": "1",
        "form_key": "k",
        "form_step": "confirm",
    }

    made_at = desk.post(reverse("sitting_new"), given)
    sitting = Sitting.objects.get(key="alv-najaar")
    moved = {**given, "starts_at": "29-11-2017 11:00", "form_key": "l"}
    desk.post(at("sitting_edit", sitting), moved)

    assert made_at.headers["Location"] == at("sitting", sitting)
    assert "11.00 uur" in browser().get(at("sitting", sitting)).content.decode()
    assert "Najaarsvergadering" in browser().get(reverse("sittings")).content.decode()


def test_an_amendment_and_an_election_are_prepared_from_the_form(made: Council) -> None:
    sitting = sitting_of(made)
    whole = motion(made, sitting, order=2)
    persons_rule(made)
    desk, path = browser(made.secretary), at("sitting_vote", sitting)
    sent = {"form_step": "confirm", "rule": "rule-assembly"}
    asked = whole.questions.get()
    amendment = {"title": "Punt 3", "form": "yes_no", "text": "Schrappen?", "order": "1"}
    chosen = {"title": "Bestuur", "form": "persons", "text": "Wie?", "order": "3", "seats": "1"}
    names = {"rule": "persons-rounds", "candidates": "wethouder, Utrecht\nburgemeester, Urk\n"}

    desk.post(path, {**sent, **amendment, "amends": str(asked.pk), "form_key": "a"})
    desk.post(path, {**sent, **chosen, **names, "form_key": "b"})
    nobody = desk.post(path, {**sent, **chosen, "rule": "persons-rounds", "form_key": "c"})

    first, _whole, last = sitting.votes.order_by("order")
    assert first.questions.get().amends == asked
    labels = [option["label"] for option in last.questions.get().facts.get().options]
    assert labels == ["wethouder, Utrecht", "burgemeester, Urk"]
    assert nobody.status_code == 422
    page = browser().get(at("sitting", sitting)).content.decode()
    assert "Amendement op:" in page


def test_the_chair_settles_a_tie_where_the_rule_leaves_it_to_the_chair(made: Council) -> None:
    rule = rule_for(
        made,
        ConsultationKind.ASSEMBLY,
        key="chair",
        rule={**ORDINARY, "quorums": [], "tie": "casting_vote"},
        weighing="members",
    )
    sitting = sitting_of(made)
    vote, desk = motion(made, sitting, rule=rule), browser(made.secretary)
    path = at("sitting_desk", sitting)
    desk.post(path, {"vote": vote.key, "do": "open"})
    made.cast(vote, 0, "for", now=NOW)
    made.cast(vote, 1, "against", now=NOW)
    desk.post(path, {"vote": vote.key, "do": "close"})
    page = desk.get(path).content.decode()
    settle = at("sitting_tie", sitting, vote.key)
    assert settle in page
    assert "do-publish" not in page

    answer = desk.post(settle, {"tie-1": "for", "form_key": "k", "form_step": "confirm"})

    assert answer.status_code == 302
    assert state(vote) == State.PUBLISHED
    assert "Aangenomen" in browser().get(at("sitting", sitting)).content.decode()


class TestPaper:
    """The paper with candidates."""

    def paper(self, made: Council, how: str = "rounds") -> tuple[Client, str, Consultation]:
        """The paper of the first municipality in an election that is open."""
        vote = election(made, sitting_of(made), persons_rule(made, how))
        client = browser(made.accounts["gm0363 secretary"])
        return client, reverse("vote_persons", args=[vote.key]), vote

    def test_choose_check_and_into_the_box(self, made: Council) -> None:
        client, path, _vote = self.paper(made)
        given = {"member": "gm0363", "q-1": "anna", "step": "check"}

        check = client.post(path, given)
        cast = client.post(path, {**given, "step": "cast"})
        again = client.post(path, {**given, "step": "cast"})

        listed = client.get(reverse("consultations")).content.decode()
        assert "gm0363 heeft gestemd" in listed
        assert "Doe in de stembus" in check.content.decode()
        assert cast.status_code == 302
        assert "ligt in de stembus" in again.content.decode()
        assert "no-store" in check.headers["Cache-Control"]
        assert (Participation.objects.count(), SecretBallot.objects.count()) == (1, 1)

    def test_places_are_given_once_and_without_a_gap(self, made: Council) -> None:
        client, path, _vote = self.paper(made, "stv")
        given = {"member": "gm0363", "ranked": "1", "step": "check"}

        twice = client.post(path, {**given, "r-1-anna": "1", "r-1-bert": "1"})
        gap = client.post(path, {**given, "r-1-anna": "1", "r-1-bert": "3"})
        good = client.post(path, {**given, "r-1-bert": "1", "r-1-anna": "2"})

        assert (twice.status_code, gap.status_code, good.status_code) == (422, 422, 200)
        page = good.content.decode()
        assert page.index('value="bert"') < page.index('value="anna"')

    def test_who_does_not_vote_sees_no_paper(self, made: Council) -> None:
        _client, path, vote = self.paper(made)

        assert browser().get(path).status_code == 302
        assert browser(made.accounts["gm0363 alderman"]).get(path).status_code == 403
        page = browser().get(reverse("consultation_secret", args=[vote.key]))
        assert "Wie de database beheert" in page.content.decode()

    def test_the_result_is_for_all_once_published_and_lists_no_candidate_as_voter(
        self, made: Council
    ) -> None:
        client, path, vote = self.paper(made)
        sitting = vote.sitting
        assert sitting is not None
        for place, name in enumerate(CANDIDATES):
            key = made.members[place].key
            voter = browser(made.accounts[f"{key} secretary"])
            voter.post(path, {"member": key, "q-1": name, "step": "cast"})
        result = reverse("elected", args=[vote.key])
        assert client.get(result).status_code == 404
        desk = browser(made.secretary)
        for do in ("close", "publish", "next_round"):
            desk.post(at("sitting_desk", sitting), {"vote": vote.key, "do": do})

        page = browser().get(result).content.decode()

        assert "wethouder anna" in page
        assert "gm0363, gm0344" in page or "gm0014" in page
        assert not Consultation.objects.filter(round_of=vote).exists()
