import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.voting.strategies import rules, votes
from verband.core.voting.decide import NoSecondCall, decide
from verband.core.voting.outcome import TEMPLATES, Line
from verband.core.voting.roll import (
    BadWeight,
    Ballot,
    DoubleMember,
    Elector,
    EmptyRoll,
    InhabitantsMissing,
    NotPresent,
    Roll,
    SplitNotAllowed,
    SplitTooLarge,
    UnknownChoice,
    UnknownVoter,
    VotedTwice,
)
from verband.core.voting.rules import Rule, majority, quorum


def rule(*majorities: str, quorums: tuple[str, ...] = (), **fields) -> Rule:
    return Rule(
        name="statutes",
        majorities=tuple(majority(text) for text in majorities),
        quorums=tuple(quorum(text) for text in quorums),
        **fields,
    )


SIMPLE = rule("votes > 1/2 of valid")


def cast(**choices: str) -> list[Ballot]:
    return [Ballot(member, choice) for member, choice in choices.items()]


def test_nobody_voting_adopts_nothing_under_any_rule():
    roll = Roll.from_votes({"A": 1, "B": 1})

    for text in ("votes > 1/2 of valid", "votes >= 2/3 of cast", "members >= 1/2 of all"):
        assert decide(rule(text), roll, []).verdict == "rejected"


def test_all_abstaining_adopts_nothing():
    outcome = decide(SIMPLE, Roll.from_votes({"A": 3, "B": 1}), cast(A="abstain", B="abstain"))

    assert outcome.verdict == "rejected"
    assert outcome.lines[-1].code == "nobody"


def test_a_roll_without_any_votes_adopts_nothing():
    outcome = decide(SIMPLE, Roll.from_votes({"A": 0, "B": 0}), cast(A="for", B="for"))

    assert outcome.verdict == "rejected"


def test_one_member_can_decide_alone():
    assert decide(SIMPLE, Roll.from_votes({"A": 1}), cast(A="for")).passed


@pytest.mark.parametrize(
    ("bound", "passed"),
    [
        ("votes >= 2/3 of valid", True),
        ("votes > 2/3 of valid", False),
        ("votes >= 667/1000 of valid", False),
    ],
)
def test_two_thirds_of_nine_is_exactly_six(bound, passed):
    roll = Roll.from_votes({"A": 6, "B": 3})

    assert decide(rule(bound), roll, cast(A="for", B="against")).passed is passed


def test_a_large_exact_threshold_is_not_lost_in_rounding():
    roll = Roll.from_votes({"A": 2 * 10**17, "B": 10**17})
    just_below = Roll.from_votes({"A": 2 * 10**17, "B": 10**17 + 1})

    assert decide(rule("votes >= 2/3"), roll, cast(A="for", B="against")).passed
    assert not decide(rule("votes >= 2/3"), just_below, cast(A="for", B="against")).passed


def test_every_base_gives_its_own_answer():
    roll = Roll.from_votes({"A": 5, "B": 4, "C": 1, "D": 4}, present={"A", "B", "C"})
    ballots = cast(A="for", B="against", C="abstain")

    bases = {
        of: decide(rule(f"votes > 1/2 of {of}", abstention="cast"), roll, ballots).lines[-1]
        for of in ("valid", "cast", "present", "all")
    }

    assert {of: line.values["base"] for of, line in bases.items()} == {
        "valid": 9,
        "cast": 10,
        "present": 10,
        "all": 14,
    }
    assert [of for of, line in bases.items() if line.reached] == ["valid"]


@pytest.mark.parametrize(
    ("treatment", "verdict"), [("nothing", "adopted"), ("cast", "adopted"), ("against", "rejected")]
)
def test_abstention_counts_as_the_rule_says(treatment, verdict):
    roll = Roll.from_votes({"A": 5, "B": 3, "C": 2})

    outcome = decide(
        rule("votes > 1/2 of valid", abstention=treatment),
        roll,
        cast(A="for", B="against", C="abstain"),
    )

    assert outcome.verdict == verdict


def test_blank_and_invalid_ballots_can_count_apart():
    roll = Roll.from_votes({"A": 5, "B": 3, "C": 2})
    ballots = cast(A="for", B="blank", C="invalid")

    assert decide(rule("votes > 1/2 of cast", blank="cast"), roll, ballots).lines[-1].values[
        "base"
    ] == 8  # fmt: skip
    assert not decide(rule("votes > 1/2", blank="against", invalid="against"), roll, ballots).passed


def test_absence_against_makes_staying_away_a_vote_against():
    roll = Roll.from_votes({"A": 5, "B": 5})

    assert decide(SIMPLE, roll, cast(A="for")).passed
    assert not decide(rule("votes > 1/2", absence="against"), roll, cast(A="for")).passed


def test_a_quorum_just_met_and_just_missed():
    roll = Roll.from_votes({"A": 1, "B": 1, "C": 1, "D": 1})
    ballots = cast(A="for", B="for")

    assert decide(rule("votes > 1/2", quorums=("members >= 1/2 of all",)), roll, ballots).passed
    missed = decide(rule("votes > 1/2", quorums=("members > 1/2 of all",)), roll, ballots)
    assert missed.verdict == "no_quorum"
    assert missed.tally.base("members", "present") == 2


def test_a_quorum_in_votes_and_one_in_members_must_both_be_met():
    both = rule("votes > 1/2", quorums=("members > 1/2 of all", "votes > 1/2 of all"))
    roll = Roll.from_votes({"A": 10, "B": 1, "C": 1})

    assert decide(both, roll, cast(A="for")).verdict == "no_quorum"
    assert decide(both, roll, cast(B="for", C="for")).verdict == "no_quorum"
    assert decide(both, roll, cast(A="for", B="against")).passed


def test_a_quorum_can_ask_a_number_or_a_part_of_those_present():
    roll = Roll.from_votes(dict.fromkeys("ABCD", 1), present=set("ABC"))

    assert decide(rule("votes > 1/2", quorums=("members >= 3",)), roll, cast(A="for")).passed
    half = rule("votes > 1/2", quorums=("members cast >= 1/2 of present",))
    assert decide(half, roll, cast(A="for")).verdict == "no_quorum"
    assert decide(half, roll, cast(A="for", B="against", C="for")).passed


def test_absence_that_counts_against_does_not_make_a_quorum():
    against = rule("votes > 1/2", quorums=("members cast > 1/2 of all",), absence="against")

    assert decide(against, Roll.from_votes({"A": 9, "B": 1}), cast(A="for")).verdict == "no_quorum"


def test_a_second_meeting_decides_under_its_own_rule():
    strict = rule(
        "votes >= 2/3",
        quorums=("members > 1/2 of all",),
        second_call=rule("votes >= 2/3", article="art. 31.3"),
    )
    roll = Roll.from_votes({"A": 2, "B": 1, "C": 9, "D": 9})

    first = decide(strict, roll, cast(A="for", B="against"))
    second = decide(strict, roll, cast(A="for", B="against"), call=2)

    assert (first.verdict, second.verdict) == ("no_quorum", "adopted")
    assert "A second meeting may decide" in str(first) and "(art. 31.3)" in str(first)
    with pytest.raises(NoSecondCall):
        decide(SIMPLE, roll, [], call=2)


@pytest.mark.parametrize(
    ("tie", "tie_break", "verdict"),
    [
        ("rejected", None, "rejected"),
        ("rejected", "for", "rejected"),
        ("held_over", None, "held_over"),
        ("casting_vote", None, "tied"),
        ("casting_vote", "for", "adopted"),
        ("casting_vote", "against", "rejected"),
        ("lot", "for", "adopted"),
    ],
)
def test_a_tie_is_settled_as_the_rule_says(tie, tie_break, verdict):
    roll = Roll.from_votes({"A": 2, "B": 2})

    outcome = decide(
        rule("votes > 1/2", tie=tie), roll, cast(A="for", B="against"), tie_break=tie_break
    )

    assert outcome.verdict == verdict


def test_a_casting_vote_never_rescues_what_was_not_a_tie():
    chair = rule("votes >= 2/3", "members > 1/2", tie="casting_vote")
    roll = Roll.from_votes({"A": 2, "B": 2})

    assert decide(chair, roll, cast(A="for", B="against"), tie_break="for").verdict == "rejected"
    assert decide(chair, roll, cast(), tie_break="for").verdict == "rejected"


def test_a_double_majority_needs_votes_and_members():
    double = rule("votes > 1/2", "members > 1/2")
    roll = Roll.from_votes({"Amsterdam": 75, "B": 10, "C": 10})

    assert not decide(double, roll, cast(Amsterdam="for", B="against", C="against")).passed
    assert decide(double, roll, cast(Amsterdam="for", B="for", C="against")).passed


def test_a_triple_majority_counts_inhabitants_too():
    triple = rule("votes > 1/2", "members > 1/2", "inhabitants > 1/2")
    roll = Roll(
        [Elector("Amsterdam", 75, 844_947), Elector("B", 60, 60_000), Elector("C", 60, 60_000)]
    )

    outcome = decide(triple, roll, cast(Amsterdam="against", B="for", C="for"))

    assert [line.reached for line in outcome.lines[-3:]] == [True, True, False]
    assert not outcome.passed


def test_inhabitants_that_are_missing_are_refused_only_when_they_count():
    roll = Roll([Elector("A", 1), Elector("B", 1, 10)])

    assert decide(SIMPLE, roll, cast(A="for")).passed
    with pytest.raises(InhabitantsMissing, match="those of A are unknown"):
        decide(rule("inhabitants > 1/2"), roll, cast(A="for"))


def test_a_divided_vote_counts_as_parts_of_a_member():
    split = rule("votes > 1/2", "members > 1/2", split=True)
    roll = Roll.from_votes({"A": 100, "B": 30})
    ballots = [Ballot("A", "for", 70), Ballot("A", "against", 30), Ballot("B", "against")]

    outcome = decide(split, roll, ballots)

    assert outcome.tally.amount("votes", "for") == 70
    assert outcome.tally.amount("members", "for") == Fraction(7, 10)
    assert [line.reached for line in outcome.lines[-2:]] == [True, False]


def test_the_rest_of_a_divided_vote_is_silent():
    split = rule("votes > 1/2 of all", split=True)

    tally = decide(split, Roll.from_votes({"A": 10}), [Ballot("A", "for", 4)]).tally

    assert (tally.silent("votes"), tally.silent("members")) == (6, Fraction(3, 5))


@pytest.mark.parametrize(
    ("ballots", "refusal"),
    [
        ([Ballot("Z", "for")], UnknownVoter),
        ([Ballot("A", "for"), Ballot("A", "for")], VotedTwice),
        ([Ballot("A", "for", 1), Ballot("A", "against")], SplitNotAllowed),
        ([Ballot("A", "maybe")], UnknownChoice),
        ([Ballot("A", "for", 1)], SplitNotAllowed),
        ([Ballot("B", "for")], NotPresent),
    ],
)
def test_a_ballot_that_cannot_count_is_refused(ballots, refusal):
    with pytest.raises(refusal):
        decide(SIMPLE, Roll.from_votes({"A": 2, "B": 1}, present={"A"}), ballots)


def test_a_divided_vote_may_not_exceed_the_whole_or_be_negative():
    split, roll = rule("votes > 1/2", split=True), Roll.from_votes({"A": 2})

    with pytest.raises(SplitTooLarge, match="A casts 3 votes but has 2"):
        decide(split, roll, [Ballot("A", "for", 2), Ballot("A", "against", 1)])
    with pytest.raises(BadWeight):
        decide(split, roll, [Ballot("A", "for", -1)])


@pytest.mark.parametrize("votes", [-1, 1.5, float("nan"), True, "3", None])
def test_votes_that_are_no_whole_number_are_refused(votes):
    with pytest.raises(BadWeight, match="The votes of A must be a whole number of 0 or more"):
        Elector("A", votes)


def test_a_roll_holds_somebody_and_everybody_once():
    with pytest.raises(EmptyRoll):
        Roll([])
    with pytest.raises(DoubleMember):
        Roll([Elector("A", 1), Elector("A", 2)])
    with pytest.raises(UnknownVoter):
        Roll.from_votes({"A": 1}, present={"B"})


def test_the_reckoning_is_a_text_a_clerk_can_check():
    text = str(
        decide(
            rule("votes >= 2/3", quorums=("members > 1/2 of all",), article="art. 12"),
            Roll.from_votes({"A": 6, "B": 4, "C": 5}),
            cast(A="for", B="against"),
        )
    )

    assert (
        "6 of 10 valid (60.00 %); at least 2/3 is needed, that is at least 6 2/3: not reached."
        in text
    )
    assert (
        "2 present of 3 on the roll (66.67 %); more than 1/2 is needed, that is more than 1 1/2"
        in text
    )
    assert text.count("(art. 12)") == 2


def test_the_reckoning_can_be_read_in_another_language():
    dutch = {
        TEMPLATES["majority"]: "Meerderheid in %(unit)s “%(option)s”: %(have)s van %(base)s "
        "%(of)s (%(share)s); nodig is %(bound)s %(part)s, dat is %(bound)s %(threshold)s: "
        "%(reached)s.",
        "votes": "stemmen",
        "for": "voor",
        "valid": "geldig",
        "at least": "minstens",
        "not reached": "niet gehaald",
    }
    outcome = decide(
        rule("votes >= 2/3"), Roll.from_votes({"A": 6, "B": 4}), cast(A="for", B="against")
    )

    assert outcome.lines[-1].say(dutch.__getitem__, ",") == (
        "Meerderheid in stemmen “voor”: 6 van 10 geldig (60,00 %); nodig is minstens 2/3, "
        "dat is minstens 6 2/3: niet gehaald."
    )


def test_every_line_of_every_kind_of_outcome_is_a_sentence():
    for code, template in TEMPLATES.items():
        values = dict.fromkeys(re.findall(r"%\((\w+)\)s", template), Fraction(1, 3))
        assert str(Line(code, values, True)).endswith("."), code


def twin(tested: Rule, roll: Roll, ballots: list[Ballot]) -> str:
    """The same decision, member by member, in the plainest way."""
    said = {ballot.member: ballot.choice for ballot in ballots}
    counts_as = {
        "for": "for",
        "against": "against",
        "abstain": tested.abstention,
        "blank": tested.blank,
        "invalid": tested.invalid,
        None: tested.absence,
    }
    sums: dict[tuple[str, str], int] = {}
    for member, elector in roll.electors.items():
        choice = said.get(member)
        here = member in roll.present if roll.present is not None else choice is not None
        role = counts_as[choice]
        in_bases = {
            "all": True,
            "present": here,
            "valid": role in {"for", "against"},
            "cast": role in {"for", "against", "cast"},
            "for": role == "for",
            "quorum present": here,
            "quorum cast": choice is not None and role in {"for", "against", "cast"},
        }
        for unit, weight in (
            ("members", 1),
            ("votes", elector.votes),
            ("inhabitants", elector.inhabitants),
        ):
            for base, counted in in_bases.items():
                sums[unit, base] = sums.get((unit, base), 0) + weight * counted
    for asked in tested.quorums:
        have, whole = sums[asked.unit, f"quorum {asked.counts}"], sums[asked.unit, "all"]
        left, right = have * asked.part.denominator, whole * asked.part.numerator
        if have == 0 or left < right or (asked.strict and left == right):
            return "no_quorum"
    for asked in tested.majorities:
        have, whole = sums[asked.unit, "for"], sums[asked.unit, asked.of]
        left, right = have * asked.part.denominator, whole * asked.part.numerator
        if have == 0 or left < right or (asked.strict and left == right):
            return "rejected"
    return "adopted"


@given(rules(), votes())
def test_the_decision_equals_that_of_a_plain_recount(tested, case):
    roll, ballots = case

    assert decide(tested, roll, ballots).verdict == twin(tested, roll, ballots)


@given(rules(), votes())
def test_turning_a_vote_in_favour_never_rejects_what_was_adopted(tested, case):
    roll, ballots = case
    if decide(tested, roll, ballots).passed:
        turned = [Ballot(ballot.member, "for") for ballot in ballots]

        assert decide(tested, roll, turned).passed


@given(rules(), votes(), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_does_not_matter(tested, case, random):
    roll, ballots = case
    shuffled = random.sample(ballots, len(ballots))

    assert decide(tested, roll, shuffled).verdict == decide(tested, roll, ballots).verdict
