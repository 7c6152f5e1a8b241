import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import verband
from verband.core.voting.keys import VotingKey, apply_key
from verband.core.voting.roll import BadWeight
from verband.core.voting.secrecy import explanations, secrecy

REGISTER = Path(verband.__file__).parent / "reference" / "data" / "municipalities_2017.csv"


@pytest.fixture(scope="module")
def votes() -> dict[str, int]:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        people = {row["name"]: int(row["population"]) for row in csv.DictReader(file)}
    return dict(apply_key(VotingKey(per=1000, minimum=1, cap=75), people).votes)


def test_seven_municipalities_sign_their_secret_ballot_with_their_weight(votes):
    check = secrecy(votes, floor=5)

    assert len(check.unique) == 7
    assert len(check.exposed) == 88
    assert (check.smallest, len(check.classes)) == (1, 65)
    assert check.classes[75] == 46 and not check.safe


def test_equal_votes_hide_everybody():
    check = secrecy(dict.fromkeys("ABCDE", 1))

    assert check.safe and check.smallest == 5 and check.unique == ()


def test_members_without_votes_are_not_counted_and_nobody_is_safe_in_nothing():
    assert secrecy({"A": 0}).classes == {}
    with pytest.raises(BadWeight):
        secrecy({"A": -1})


def test_a_total_of_the_register_has_many_explanations(votes):
    assert explanations(votes, sum(votes.values())) == 1
    assert explanations(votes, 6411) > 10**100


@given(st.lists(st.integers(0, 6), max_size=8), st.integers(-1, 50))
def test_explanations_are_those_of_a_full_search(weights, total):
    heavy = [weight for weight in weights if weight]
    expected = sum(
        sum(chosen) == total
        for size in range(len(heavy) + 1)
        for chosen in combinations(heavy, size)
    )

    assert explanations({str(i): w for i, w in enumerate(weights)}, total) == expected
