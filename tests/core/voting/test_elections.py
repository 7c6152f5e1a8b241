import pytest

from verband.core.voting.elections import (
    BadField,
    BadSeats,
    RoundsRule,
    TooManyNames,
    TooManyRounds,
    UnknownCandidate,
    elect_by_approval,
    elect_in_rounds,
)
from verband.core.voting.roll import Ballot, Roll, UnknownChoice
from verband.core.voting.rules import Rule, majority, quorum

RULE = Rule(name="elections", majorities=(majority("votes > 1/2 of valid"),))


def elect(votes, *rounds, candidates=("Bos", "Kok", "Smit"), lot=(), rule=RULE, **fields):
    """``rounds`` are the names the members choose, in the order of the roll."""
    roll = Roll.from_votes({str(i): number for i, number in enumerate(votes)})
    cast = [[Ballot(str(i), name) for i, name in enumerate(names) if name] for names in rounds]
    return elect_in_rounds(RoundsRule(rule=rule, **fields), roll, candidates, cast, lot=lot)


def test_an_absolute_majority_elects_in_the_first_round():
    outcome = elect([3, 2], ["Bos", "Kok"])

    assert (outcome.verdict, outcome.elected) == ("elected", ("Bos",))


def test_without_a_majority_the_two_largest_go_to_a_run_off():
    first = ["Bos", "Kok", "Smit"]

    assert elect([4, 3, 2], first).field == ("Bos", "Kok")
    assert elect([4, 3, 2], first, ["Bos", "Kok", "Kok"]).elected == ("Kok",)


def test_a_second_free_round_keeps_all_candidates():
    again = elect([4, 3, 2], ["Bos", "Kok", "Smit"], free_rounds=2)

    assert (again.verdict, again.field) == ("next_round", ("Bos", "Kok", "Smit"))


def test_equal_second_places_are_separated_by_lot():
    first = ["Bos", "Kok", "Smit"]

    needed = elect([4, 3, 3], first)
    assert (needed.verdict, needed.field) == ("lot_needed", ("Kok", "Smit"))
    assert elect([4, 3, 3], first, lot=["Smit", "Kok"]).field == ("Bos", "Smit")


def test_a_tied_run_off_is_settled_by_lot():
    rounds = (["Bos", "Kok", "Smit"], ["Bos", "Kok", None])

    assert elect([3, 3, 1], *rounds).verdict == "lot_needed"
    assert elect([3, 3, 1], *rounds, lot=["Kok"]).elected == ("Kok",)


def test_a_run_off_that_nobody_wins_against_none_elects_nobody():
    outcome = elect([4, 3, 2], ["Bos", "Kok", "Smit"], ["Bos", "none", "Kok"])

    assert outcome.verdict == "nobody"


def test_the_lowest_can_be_dropped_round_by_round():
    four = ("Bos", "Kok", "Smit", "Vos")
    rounds = (["Bos", "Kok", "Smit", "Vos"], ["Bos", "Kok", "Smit", "Smit"])

    first = elect([5, 4, 3, 2], rounds[0], candidates=four, then="drop_lowest")
    second = elect([5, 4, 3, 2], *rounds, candidates=four, then="drop_lowest", lot=["Smit"])

    assert first.field == ("Bos", "Kok", "Smit")
    assert second.field == ("Bos", "Smit")


def test_a_lone_candidate_must_reach_the_majority_too():
    assert elect([3, 2], ["Bos", "none"], candidates=("Bos",)).elected == ("Bos",)
    assert elect([2, 3], ["Bos", "none"], candidates=("Bos",)).verdict == "nobody"


def test_nobody_is_elected_without_votes_or_without_a_quorum():
    assert elect([1, 1], []).verdict == "nobody"
    needs = Rule(name="r", majorities=RULE.majorities, quorums=(quorum("members >= 2"),))
    assert elect([1, 1], ["Bos", None], rule=needs).verdict == "no_quorum"


def test_an_election_refuses_what_cannot_be():
    with pytest.raises(TooManyRounds, match="ended in round 1"):
        elect([3, 2], ["Bos", "Kok"], ["Bos", "Kok"])
    with pytest.raises(UnknownChoice):
        elect([3, 2, 4], ["Bos", "Kok", "Smit"], ["Bos", "Kok", "Kok"], ["Smit"])
    for candidates in ((), ("Bos", "Bos"), ("Bos", "none"), ("blank",)):
        with pytest.raises(BadField):
            elect([1], ["Bos"], candidates=candidates)


ROLL = Roll.from_votes({"A": 4, "B": 3, "C": 2})


def approve(ballots, seats=2, **fields):
    return elect_by_approval(RULE, ROLL, ["Bos", "Kok", "Smit"], ballots, seats=seats, **fields)


def test_those_approved_by_most_votes_fill_the_seats():
    outcome = approve({"A": ["Bos", "Kok"], "B": ["Kok", "Smit"], "C": ["Smit", "Bos"]})

    assert outcome.elected == ("Kok", "Bos")


def test_a_seat_stays_empty_when_nobody_else_has_a_majority():
    outcome = approve({"A": ["Bos"], "B": ["Bos", "Kok"], "C": ["Kok"]})

    assert outcome.elected == ("Bos", "Kok")
    assert approve({"A": ["Bos"], "B": ["Bos"], "C": ["Kok"]}).elected == ("Bos",)
    assert approve({"A": [], "B": []}).verdict == "nobody"


def test_equal_approval_at_the_last_seat_needs_a_lot():
    ballots = {"A": ["Bos", "Kok"], "B": ["Bos", "Kok"]}

    assert approve(ballots, seats=1).verdict == "lot_needed"
    assert approve(ballots, seats=1, lot=["Kok"]).elected == ("Kok",)


def test_a_ballot_without_names_is_blank():
    outcome = approve({"A": [], "B": ["Kok"], "C": ["Bos"]}, seats=1)

    assert outcome.elected == ("Kok",)


def test_an_approval_ballot_is_checked():
    with pytest.raises(UnknownCandidate, match="A names “Vos”"):
        approve({"A": ["Vos"]})
    with pytest.raises(TooManyNames):
        approve({"A": ["Bos", "Kok"]}, most=1)
    with pytest.raises(TooManyNames):
        approve({"A": ["Bos", "Bos"]})
    with pytest.raises(BadSeats):
        approve({}, seats=0)


def test_approval_needs_its_quorum():
    needs = Rule(name="r", majorities=RULE.majorities, quorums=(quorum("members >= 2"),))

    assert elect_by_approval(needs, ROLL, ["Bos"], {"A": ["Bos"]}, seats=1).verdict == "no_quorum"
