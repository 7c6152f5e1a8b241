import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import verband
from verband.core.voting.keys import (
    CapBelowMinimum,
    InhabitantsUnknown,
    NotAWholeNumber,
    UnknownKeyField,
    UnknownRounding,
    VotingKey,
    apply_key,
    compare_keys,
    fixed_votes,
    one_member_one_vote,
)

REGISTER = Path(verband.__file__).parent / "reference" / "data" / "municipalities_2017.csv"


@pytest.fixture(scope="module")
def municipalities() -> dict[str, int]:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return {row["name"]: int(row["population"]) for row in csv.DictReader(file)}


def key(rounding: str) -> VotingKey:
    return VotingKey(per=1000, rounding=rounding, minimum=1, cap=75)


def test_the_register_of_2017_gives_the_known_totals(municipalities):
    down, nearest, up = compare_keys({r: key(r) for r in ("down", "nearest", "up")}, municipalities)

    assert (len(municipalities), sum(municipalities.values())) == (388, 17_081_507)
    assert (down.total, nearest.total, up.total) == (12_821, 12_994, 13_162)
    assert sum(votes == 75 for votes in down.votes.values()) == 46


def test_amsterdam_and_the_smallest_islands_show_cap_and_minimum(municipalities):
    result = apply_key(key("down"), municipalities)

    assert (result.votes["Amsterdam"], result.votes["Schiermonnikoog"]) == (75, 1)
    assert result.lifted == 1
    assert result.largest_share == Fraction(75, 12_821)


@pytest.mark.parametrize(
    ("rounding", "inhabitants", "votes"),
    [
        ("down", 1_999, 1),
        ("down", 2_000, 2),
        ("nearest", 1_499, 1),
        ("nearest", 1_500, 2),
        ("up", 1_000, 1),
        ("up", 1_001, 2),
        ("up", 0, 1),
    ],
)
def test_a_thousand_is_completed_rounded_or_started(rounding, inhabitants, votes):
    assert key(rounding).votes(inhabitants) == votes


def test_an_odd_unit_still_lifts_only_from_the_half():
    assert [VotingKey(per=3, rounding="nearest", minimum=0).votes(n) for n in range(7)] == [
        0, 0, 1, 1, 1, 2, 2,
    ]  # fmt: skip


@given(
    st.integers(1, 5000),
    st.sampled_from(["down", "nearest", "up"]),
    st.integers(0, 5),
    st.integers(5, 99),
    st.integers(0, 10**7),
)
def test_more_inhabitants_never_give_fewer_votes_and_bounds_hold(per, rounding, low, cap, people):
    tested = VotingKey(per, rounding, low, cap)

    assert low <= tested.votes(people) <= cap
    assert tested.votes(people) <= tested.votes(people + 1) <= tested.votes(people) + 1
    assert tested.votes(people) == max(
        low, min(cap, {"down": people // per, "up": -(-people // per)}.get(
            rounding, int(Fraction(people, per) + Fraction(1, 2))
        ))
    )  # fmt: skip


def test_fixed_votes_and_one_member_one_vote_need_no_inhabitants():
    assert one_member_one_vote().votes(None) == 1
    assert fixed_votes({"Utrecht": 3}).votes(None, "Utrecht") == 3
    assert VotingKey(per=1000, cap=75, fixed={"Guest": 0}).votes(90_000, "Guest") == 0


def test_fixed_votes_are_not_counted_as_capped_or_lifted():
    result = apply_key(VotingKey(per=1000, cap=5, fixed={"A": 1}), {"A": 9000, "B": 9000, "C": 10})

    assert (result.at_cap, result.lifted, result.votes) == (1, 1, {"A": 1, "B": 5, "C": 1})


def test_a_key_is_data_and_comes_back_the_same():
    stored = VotingKey(per=1000, rounding="up", minimum=1, cap=75, fixed={"A": 2})

    assert VotingKey.from_mapping(stored.as_mapping()) == stored
    assert hash(stored) == hash(VotingKey.from_mapping(stored.as_mapping()))


def test_a_key_reads_as_a_sentence():
    assert str(one_member_one_vote()) == "1 vote per member"
    assert str(fixed_votes({"A": 3})) == "0 votes per member, 1 fixed by name"
    assert str(VotingKey(per=1000)) == "1 vote per 1,000 inhabitants (completed), at least 1"


@pytest.mark.parametrize(
    ("parts", "refusal", "sentence"),
    [
        ({"per": 0}, NotAWholeNumber, "per must be a whole number of 1 or more, not 0."),
        ({"per": 1e3}, NotAWholeNumber, "per must be a whole number of 1 or more, not 1000.0."),
        ({"minimum": -1}, NotAWholeNumber, "minimum must be a whole number of 0 or more"),
        ({"minimum": True}, NotAWholeNumber, "minimum must be a whole number of 0 or more"),
        ({"cap": -5}, NotAWholeNumber, "cap must be a whole number of 0 or more, not -5."),
        ({"minimum": 3, "cap": 2}, CapBelowMinimum, "The cap of 2 votes lies below the minimum"),
        ({"rounding": "half"}, UnknownRounding, "“half” is not a way of rounding; choose down"),
        ({"fixed": {"A": -1}}, NotAWholeNumber, "fixed votes of A must be a whole number of 0"),
        ({"weight": 1}, UnknownKeyField, "A voting key has no field “weight”; it has: per,"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused_in_a_sentence(parts, refusal, sentence):
    with pytest.raises(refusal) as caught:
        VotingKey.from_mapping(parts)

    assert str(caught.value).startswith(sentence)


def test_unknown_or_negative_inhabitants_are_refused():
    with pytest.raises(InhabitantsUnknown, match="Bunnik"):
        key("down").votes(None, "Bunnik")
    with pytest.raises(NotAWholeNumber):
        key("down").votes(-1)
    with pytest.raises(NotAWholeNumber):
        key("down").votes(float("nan"))
