"""Layer 2: what a segment will say once all have answered."""

from fractions import Fraction
from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from verband.core.divergence import estimate as module
from verband.core.divergence.estimate import (
    beta_nodes,
    carries_in_votes,
    estimate,
    pooled_mean,
    strength,
)

HALF = Fraction(1, 2)
counts = st.integers(0, 30)


def one(yes, no, out, mean=0.5, prior=4.0, majority=HALF):
    return estimate(
        np.array([yes]), np.array([no]), np.array([out]), mean=mean, prior=prior, majority=majority
    )


def rising(start, steps):
    value = Fraction(1)
    for step in range(steps):
        value *= start + step
    return value


def exactly(yes, no, out, mean, prior):
    """The chances of 0, 1, ... more yeses as fractions: a Polya urn, drawn one by one."""
    a, b = prior * mean + yes, prior * (1 - mean) + no
    return [
        comb(out, j) * rising(a, j) * rising(b, out - j) / rising(a + b, out)
        for j in range(out + 1)
    ]


@settings(max_examples=30, deadline=None)
@given(counts, counts, st.integers(0, 12), st.sampled_from([HALF, Fraction(2, 3)]))
def test_the_chance_of_a_majority_agrees_with_exact_fractions(yes, no, out, majority):
    mean, prior = Fraction(3, 5), Fraction(4)

    chances = exactly(yes, no, out, mean, prior)
    expected = sum(
        chance for more, chance in enumerate(chances) if yes + more > majority * (yes + no + out)
    )
    short = sum(
        chance for more, chance in enumerate(chances) if yes + more < majority * (yes + no + out)
    )
    got = one(yes, no, out, float(mean), float(prior), majority)

    assert got.carries[0] == pytest.approx(float(expected), abs=1e-11)
    assert got.rejects[0] == pytest.approx(float(short), abs=1e-11)


@settings(max_examples=30, deadline=None)
@given(counts, counts, st.integers(0, 12))
def test_the_interval_holds_ninety_percent_and_leaves_at_most_five_on_each_side(yes, no, out):
    got = one(yes, no, out)
    chances = [float(c) for c in exactly(yes, no, out, HALF, Fraction(4))]
    size = max(1, yes + no + out)
    low, high = round(got.low[0] * size) - yes, round(got.high[0] * size) - yes

    assert 0 <= low <= high <= out
    assert sum(chances[:low]) <= 0.05 + 1e-9
    assert sum(chances[high + 1 :]) <= 0.05 + 1e-9
    assert sum(chances[low : high + 1]) >= 0.9 - 1e-9


@settings(max_examples=30, deadline=None)
@given(counts, counts)
def test_with_nobody_out_the_segment_is_a_certainty(yes, no):
    got = one(yes, no, 0)

    assert got.carries[0] == float(yes > no)
    assert got.rejects[0] == float(yes < no)
    assert got.low[0] == got.high[0] == (yes / (yes + no) if yes + no else 0)


def test_a_small_segment_is_drawn_towards_the_whole():
    got = one(3, 0, 5, mean=0.4, prior=4.0)

    assert got.support[0] == pytest.approx((3 + 4 * 0.4) / 7)


def test_strength_is_small_where_segments_differ_and_full_where_they_do_not():
    apart = strength(np.array([18, 2, 17, 3]), np.array([2, 18, 3, 17]))
    alike = strength(np.array([40, 41, 39, 40]), np.array([60, 59, 61, 60]))

    assert apart == 2.0
    assert alike == 200.0


def test_strength_recovers_the_prior_that_made_the_segments():
    generator = np.random.default_rng(7)
    shares = generator.beta(6.0, 4.0, size=3000)
    yes = generator.binomial(25, shares)

    assert strength(yes, 25 - yes) == pytest.approx(10, rel=0.12)


def test_three_early_answers_are_not_taken_for_two_hundred():
    assert strength(np.array([1, 1, 1]), np.array([0, 0, 0])) == 3.0
    assert 0 < one(3, 0, 100, mean=pooled_mean(3, 0), prior=3.0).carries[0] < 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(0, 20), st.integers(0, 20))
def test_the_chance_in_votes_agrees_with_every_way_to_answer(votes, yes, no):
    total = yes + no + sum(votes)
    expected = Fraction(0)
    for answers in product((0, 1), repeat=len(votes)):
        said = sum(answers)
        chance = rising(Fraction(3), said) * rising(Fraction(2), len(votes) - said)
        if 2 * (yes + sum(v for v, a in zip(votes, answers, strict=True) if a)) > total:
            expected += chance / rising(Fraction(5), len(votes))

    got = carries_in_votes(3.0, 2.0, votes_out=np.array(votes), yes=yes, total=total)

    assert got == pytest.approx(float(expected), abs=1e-10)


def test_one_vote_each_gives_the_same_chance_as_counting_members():
    got = carries_in_votes(6 + 2.0, 4 + 2.0, votes_out=np.ones(15, dtype=np.int64), yes=6, total=25)

    assert got == pytest.approx(float(one(6, 4, 15).carries[0]), abs=1e-10)


@pytest.mark.parametrize("unit", [1, 2, 7])
def test_beyond_the_exact_work_the_normal_sum_stays_within_a_thousandth(monkeypatch, unit):
    votes = unit * np.random.default_rng(3).integers(1, 76, size=90)
    ask = {"votes_out": votes, "yes": 900 * unit, "total": 1800 * unit + int(votes.sum())}

    monkeypatch.setattr(module, "EXACT_WORK", 10**9)
    exact = carries_in_votes(30.0, 28.0, **ask)
    monkeypatch.setattr(module, "EXACT_WORK", 0)
    normal = carries_in_votes(30.0, 28.0, **ask)

    assert 0.2 < exact < 0.9
    assert normal != exact
    assert normal == pytest.approx(exact, abs=0.001)


def test_the_normal_sum_lies_between_whole_votes(monkeypatch):
    ask = {"votes_out": np.full(60, 2), "yes": 30, "total": 177}

    monkeypatch.setattr(module, "EXACT_WORK", 10**9)
    exact = carries_in_votes(30.0, 28.0, **ask)
    monkeypatch.setattr(module, "EXACT_WORK", 0)

    assert carries_in_votes(30.0, 28.0, **ask) == pytest.approx(exact, abs=0.001)


def test_the_integral_over_the_unknown_share_is_that_of_the_beta_distribution():
    expected = quad(  # more than 10 of 20 needs 7 of 5 + 3 + 2: all three, 5 + 3, or 5 + 2
        lambda p: (p**3 + 2 * p**2 * (1 - p)) * 12 * p * (1 - p) ** 2, 0, 1
    )[0]

    got = carries_in_votes(2.0, 3.0, votes_out=np.array([5, 3, 2]), yes=4, total=20)

    assert got == pytest.approx(expected, abs=1e-9)


def test_thousands_of_answers_leave_no_room_for_doubt():
    got = carries_in_votes(
        67_000.0, 33_000.0, votes_out=np.ones(400, dtype=np.int64), yes=0, total=400
    )

    assert got == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize(("alpha", "beta"), [(0.5, 0.5), (3.2, 1.1), (200.0, 300.0)])
def test_the_nodes_reproduce_the_moments_of_the_beta_distribution(alpha, beta):
    shares, weights = beta_nodes(8, alpha, beta)

    moment = 1.0
    for power in range(16):
        assert float(weights @ shares**power) == pytest.approx(moment, rel=1e-12)
        moment *= (alpha + power) / (alpha + beta + power)
