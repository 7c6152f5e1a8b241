from fractions import Fraction

import pytest

from verband.core.voting.choices import BadTexts, NoParts, decide_between, decide_parts, shares
from verband.core.voting.procedures import (
    AcclamationNeedsMeeting,
    AcclamationNotAllowed,
    TooLateToWithdraw,
    VoteAskedFor,
    acclamation,
    held_over,
    withdrawn,
)
from verband.core.voting.roll import Ballot, Roll, UnknownChoice, UnknownVoter
from verband.core.voting.rules import Rule, majority, quorum


def rule(*majorities: str, **fields) -> Rule:
    bounds = tuple(majority(text) for text in majorities or ["votes > 1/2 of valid"])
    return Rule(name="statutes", majorities=bounds, **fields)


def between(votes: dict[str, int], *, method="own_majority", tested=None, **fields):
    """Each member is called by what it chooses, with a number behind it."""
    ballots = [Ballot(member, member.rstrip("0123456789")) for member in votes]
    return decide_between(
        tested or rule(), Roll.from_votes(votes), ballots, method=method, **fields
    )


def test_the_consultation_of_2020_adopted_the_proposal_of_the_board():
    outcome = between({"proposal": 62, "amended": 34, "neither": 4})

    assert (outcome.verdict, outcome.option) == ("adopted", "proposal")
    assert shares(outcome.tally) == {
        "proposal": Fraction(31, 50),
        "amended": Fraction(17, 50),
        "neither": Fraction(1, 25),
    }


def test_a_text_that_leads_without_a_majority_depends_on_the_method():
    votes = {"proposal": 45, "amended": 35, "neither": 20}

    assert between(votes).verdict == "rejected"
    assert between(votes, method="two_steps").option == "proposal"


def test_neither_wins_when_the_texts_together_are_a_minority():
    votes = {"proposal": 30, "amended": 19, "neither": 51}

    assert between(votes, method="two_steps").verdict == "rejected"
    assert between(votes).verdict == "rejected"


def test_equal_texts_are_settled_by_the_chair_or_not_at_all():
    votes = {"proposal": 40, "amended": 40, "neither": 20}
    chair = rule(tie="casting_vote")

    assert between(votes, method="two_steps").verdict == "rejected"
    assert between(votes, method="two_steps", tested=chair).verdict == "tied"
    settled = between(votes, method="two_steps", tested=chair, tie_break="amended")
    assert (settled.verdict, settled.option) == ("adopted", "amended")
    assert between(votes, tested=chair, tie_break="amended").verdict == "rejected"


def test_two_texts_with_half_each_are_a_tie():
    votes = {"proposal": 50, "amended": 50}
    chair = rule(tie="casting_vote")

    assert between(votes, tested=chair).verdict == "tied"
    assert between(votes, tested=chair, tie_break="proposal").option == "proposal"
    assert between(votes, tested=chair, tie_break="neither").verdict == "rejected"
    assert between(votes, tested=rule("votes >= 1/2")).verdict == "rejected"


def test_a_text_and_neither_with_half_each_are_a_tie():
    votes = {"proposal": 50, "neither": 50}
    chair = rule(tie="casting_vote")

    for method in ("own_majority", "two_steps"):
        assert between(votes, tested=chair, method=method).verdict == "tied"
        assert between(votes, tested=chair, method=method, tie_break="proposal").passed
        rejected = between(votes, tested=chair, method=method, tie_break="neither")
        assert rejected.verdict == "rejected"
    assert between({"proposal": 50, "neither": 25, "neither2": 25}).verdict == "rejected"


def test_texts_that_lead_in_different_units_are_not_chosen_between():
    double = rule("votes > 1/2", "members > 1/2")
    votes = {"proposal": 75, "amended1": 10, "amended2": 10}

    assert between(votes, method="two_steps", tested=double).verdict == "rejected"
    assert between(votes, tested=double).verdict == "rejected"


def test_a_choice_of_texts_needs_its_quorum_and_somebody_who_wants_one():
    needs = rule(quorums=(quorum("members >= 3"),))

    assert between({"proposal": 1, "amended": 1}, tested=needs).verdict == "no_quorum"
    for method in ("own_majority", "two_steps"):
        nobody = decide_between(rule(), Roll.from_votes({"A": 1}), [], method=method)
        assert nobody.verdict == "rejected"
    with pytest.raises(UnknownChoice):
        decide_between(rule(), Roll.from_votes({"A": 1}), [Ballot("A", "for")], method="two_steps")


ROLL = Roll.from_votes({"A": 3, "B": 2}, present={"A", "B"})
FOR = [Ballot("A", "for"), Ballot("B", "against")]
AGAINST = [Ballot("A", "against"), Ballot("B", "for")]


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (FOR, FOR, "adopted"),
        (FOR, AGAINST, "adopted_in_part"),
        (AGAINST, AGAINST, "rejected"),
        (FOR, held_over(until="May"), "adopted_in_part"),
        (AGAINST, held_over(until="May"), "held_over"),
        (
            withdrawn(by="A", voting_opened=False),
            withdrawn(by="A", voting_opened=False),
            "withdrawn",
        ),
    ],
)
def test_a_motion_in_parts_is_adopted_as_far_as_its_parts_are(first, second, verdict):
    assert decide_parts(rule(), ROLL, {"1": first, "2": second}).verdict == verdict


def test_what_remains_of_a_divided_motion_can_still_fail_as_a_whole():
    parts = {"1": FOR, "2": AGAINST}

    assert decide_parts(rule(), ROLL, parts, whole=FOR).adopted == ("1",)
    failed = decide_parts(rule(), ROLL, parts, whole=AGAINST)
    assert (failed.verdict, failed.adopted) == ("rejected", ())


def test_a_tied_part_keeps_the_whole_open_and_no_quorum_is_named():
    even = Roll.from_votes({"A": 1, "B": 1})
    assert decide_parts(rule(tie="casting_vote"), even, {"1": FOR, "2": FOR[:1]}).verdict == "tied"

    many = rule(quorums=(quorum("members >= 3"),))
    assert decide_parts(many, even, {"1": FOR}).verdict == "no_quorum"
    with pytest.raises(NoParts):
        decide_parts(rule(), even, {})


def test_acclamation_needs_a_rule_a_meeting_and_nobody_who_asks_for_a_vote():
    allowed = rule(acclamation=True, article="art. 14")

    assert acclamation(allowed, ROLL).passed
    with pytest.raises(AcclamationNotAllowed):
        acclamation(rule(), ROLL)
    with pytest.raises(AcclamationNeedsMeeting):
        acclamation(allowed, Roll.from_votes({"A": 1}))
    with pytest.raises(AcclamationNeedsMeeting):
        acclamation(allowed, Roll.from_votes({"A": 1}, present=()))
    with pytest.raises(VoteAskedFor, match="asked for by B"):
        acclamation(allowed, ROLL, vote_asked_by={"B"})
    with pytest.raises(UnknownVoter):
        acclamation(allowed, ROLL, vote_asked_by={"Z"})


def test_acclamation_does_not_excuse_a_missed_quorum():
    allowed = rule(acclamation=True, quorums=(quorum("members > 1/2 of all"),))
    empty_hall = Roll.from_votes({"A": 1, "B": 1}, present={"A"})

    assert acclamation(allowed, empty_hall).verdict == "no_quorum"


def test_a_proposal_can_be_withdrawn_until_the_voting_opens():
    assert not withdrawn(by="Bunnik", voting_opened=False).passed
    with pytest.raises(TooLateToWithdraw, match="Bunnik can no longer withdraw"):
        withdrawn(by="Bunnik", voting_opened=True)


@pytest.mark.parametrize("texts", [(), ("a", "a"), ("a", "neither"), ("blank",)])
def test_texts_that_cannot_be_told_apart_are_refused(texts):
    with pytest.raises(BadTexts):
        decide_between(rule(), Roll.from_votes({"A": 1}), [], texts, method="own_majority")
