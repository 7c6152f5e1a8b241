"""What is asked of whom now: the same as the rules of voting say, in a fixed number of queries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.council import CLOSES, Council, rule_for
from verband.consultations.clockwork import turn
from verband.consultations.kinds import Capacity, VoterRank
from verband.consultations.models import Consultation
from verband.consultations.queries.duties import Duty, duties_of
from verband.consultations.queries.mandates import mandates_of
from verband.consultations.use_cases.casting import answer_question
from verband.consultations.use_cases.naming import name_voter
from verband.consultations.use_cases.opening import close_vote
from verband.consultations.use_cases.proxies import give_proxy
from verband.kernel.permissions import CLOCK
from world import NOW, TODAY

SOON = NOW + timedelta(hours=1)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def asked_of(made: Council, who: str, now: object = SOON) -> list[Duty]:
    """What is asked of somebody."""
    return duties_of(made.accounts[who].person_id, TODAY, now)  # type: ignore[arg-type]


def name(made: Council, who: str, rank: str, vote: Consultation | None = None) -> None:
    """A municipality names one of its officials."""
    key = who.split(maxsplit=1)[0]
    name_voter(
        actor=made.accounts[f"{key} secretary"],
        now=NOW,
        member=next(member for member in made.members if member.key == key),
        rank=rank,
        person=made.accounts[who].person,
        consultation=vote,
    )


def test_an_alderman_is_asked_what_was_asked_of_aldermen(made: Council) -> None:
    made.opened("flash")
    made.opened("flash", audience={"of": "members", "functions": ["secretary"]})
    made.opened()

    [duty] = asked_of(made, "gm0363 alderman")

    assert (duty.text, duty.questions, duty.answers) == ("Stemt u in?", 1, 3)
    assert duty.asker is not None
    assert not duty.is_done


def test_a_secretary_votes_when_nobody_was_named(made: Council) -> None:
    made.opened()

    [duty] = asked_of(made, "gm0363 secretary")

    assert duty.vote is not None
    assert (duty.vote.capacity, duty.vote.line.votes) == (Capacity.SECRETARY, 75)


def test_the_voter_and_the_substitute_are_asked_and_know_of_each_other(made: Council) -> None:
    name(made, "gm0363 alderman", VoterRank.VOTER)
    name(made, "gm0363 secretary", VoterRank.SUBSTITUTE)
    made.opened(now=SOON)

    [voter], [substitute] = asked_of(made, "gm0363 alderman"), asked_of(made, "gm0363 secretary")

    assert voter.vote is not None and substitute.vote is not None
    assert (voter.vote.capacity, voter.vote.other_function) == (
        Capacity.VOTER,
        "gemeentesecretaris",
    )
    assert (substitute.vote.capacity, substitute.vote.other_function) == (
        Capacity.SUBSTITUTE,
        "wethouder",
    )


def test_a_naming_for_one_vote_counts_in_that_vote_only(made: Council) -> None:
    here = made.prepare(opens_at=SOON)
    made.opened()
    name(made, "gm0363 alderman", VoterRank.VOTER, here)
    close = SOON + timedelta(minutes=1)

    turn(close)

    [mine] = asked_of(made, "gm0363 alderman", close)
    [other] = asked_of(made, "gm0363 secretary", close)
    assert mine.standing.consultation == here
    assert other.standing.consultation != here


def test_a_proxy_asks_the_holder_and_no_longer_the_giver(made: Council) -> None:
    rule = rule_for(made, "consultation", key="with-proxies", proxy_members=2)
    vote = made.opened(rule=rule)
    give_proxy(
        actor=made.accounts["gm0363 secretary"],
        now=NOW,
        consultation=vote,
        member=made.members[0],
        holder=made.members[1],
    )

    assert asked_of(made, "gm0363 secretary") == []
    own, held = sorted(
        asked_of(made, "gm0344 secretary"),
        key=lambda duty: duty.vote.by is not None,  # type: ignore[union-attr]
    )
    assert own.vote is not None and held.vote is not None
    assert own.vote.line.name == "gm0344"
    assert (held.vote.line.name, held.vote.capacity) == ("gm0363", Capacity.PROXY)
    assert held.vote.by is not None and held.vote.by.name == "gm0344"


def test_what_is_done_comes_last_and_says_by_whom(made: Council) -> None:
    vote = made.opened()
    made.opened(closes_at=CLOSES + HOUR)
    made.cast(vote, 0)

    todo, done = asked_of(made, "gm0363 secretary", SOON + HOUR)

    assert not todo.is_done
    assert (done.is_done, done.by_me, done.done_by) == (True, True, "gemeentesecretaris")
    assert done.standing.consultation == vote


def test_an_answer_to_a_flash_question_is_done(made: Council) -> None:
    vote = made.opened("flash")
    account = made.accounts["gm0363 alderman"]
    answer_question(actor=account, now=SOON, consultation=vote, choice="yes", token=uuid4())

    [duty] = asked_of(made, "gm0363 alderman", SOON + HOUR)

    assert (duty.is_done, duty.done_at) == (True, SOON)


def test_what_is_closed_asks_nothing_though_no_clock_ran(made: Council) -> None:
    vote = made.opened()
    made.opened(closes_at=SOON)

    assert len(asked_of(made, "gm0363 secretary", SOON)) == 1
    close_vote(actor=CLOCK, now=CLOSES, consultation=vote)
    assert asked_of(made, "gm0363 secretary", CLOSES) == []


def test_it_says_the_same_as_the_page_of_each_vote(made: Council) -> None:
    rule = rule_for(made, "consultation", key="with-proxies", proxy_members=2)
    votes = [made.prepare(rule=rule, opens_at=SOON) for _ in range(3)]
    name(made, "gm0363 alderman", VoterRank.VOTER)
    name(made, "gm0344 alderman", VoterRank.SUBSTITUTE, votes[0])
    for giver, holder, vote in ((2, 0, votes[1]), (3, 1, votes[2])):
        give_proxy(
            actor=made.accounts[f"{made.members[giver].key} secretary"],
            now=NOW,
            consultation=vote,
            member=made.members[giver],
            holder=made.members[holder],
        )

    turn(SOON)

    for account in made.accounts.values():
        listed = {
            (duty.standing.consultation.key, duty.vote.line.name, duty.vote.capacity)
            for duty in duties_of(account.person_id, TODAY, SOON)
            if duty.vote is not None
        }
        paged = {
            (vote.key, one.line.name, one.capacity)
            for vote in votes
            for one in mandates_of(vote, account.person_id, TODAY)
            if one.may_vote
        }
        assert listed == paged


def test_many_votes_take_the_queries_of_a_few(made: Council) -> None:
    counts = []
    for more in (1, 6):
        for _ in range(more):
            made.opened()
            made.opened("flash")
        with CaptureQueriesContext(connection) as caught:
            asked_of(made, "gm0363 secretary")
        counts.append(len(caught))

    assert counts[0] == counts[1] <= 30
