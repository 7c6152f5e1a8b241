"""Layer 1: what is certain while answers are still out."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.divergence.bounds import (
    HALF,
    MajorityRefused,
    Standing,
    check_majority,
    fewest_to_flip,
    margin,
)

majorities = st.sampled_from([HALF, Fraction(2, 3), Fraction(3, 5), Fraction(3, 4)])
small = st.integers(0, 12)


def carries(yes, no, majority):
    return yes > majority * (yes + no)


@settings(max_examples=30, deadline=None)
@given(small, small, st.lists(st.integers(1, 5), max_size=6), majorities)
def test_it_is_decided_when_no_completion_of_the_vote_differs(yes, no, out, majority):
    standing = Standing(yes, no, 0, sum(out))

    endings = {
        carries(
            yes + sum(v for v, s in zip(out, sides, strict=True) if s == 1),
            no + sum(v for v, s in zip(out, sides, strict=True) if s == -1),
            majority,
        )
        for sides in product((1, 0, -1), repeat=len(out))
    }

    expected = "open" if len(endings) == 2 else "carried" if endings == {True} else "rejected"
    assert standing.status(majority) == expected


@settings(max_examples=30, deadline=None)
@given(small, small, st.lists(st.integers(1, 5), max_size=7), majorities)
def test_fewest_to_flip_agrees_with_trying_every_group(yes, no, out, majority):
    now = carries(yes, no, majority)
    tried = None
    for size in range(1, len(out) + 1):
        groups = [sum(group) for group in combinations(out, size)]
        if any(
            carries(*((yes, no + g) if now else (yes + g, no)), majority) != now for g in groups
        ):
            tried = size
            break

    assert fewest_to_flip(Standing(yes, no, 0, sum(out)), out, majority) == tried


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([1, -1]), st.integers(0, 6)), max_size=7), majorities)
def test_the_margin_agrees_with_trying_every_group_that_switches(cast, majority):
    yes = sum(votes for side, votes in cast if side == 1)
    no = sum(votes for side, votes in cast if side == -1)
    now = carries(yes, no, majority)
    tried = None
    for size in range(1, len(cast) + 1):
        for group in combinations(cast, size):
            moved = sum(side * votes for side, votes in group)
            if carries(yes - moved, no + moved, majority) != now:
                tried = size
                break
        if tried:
            break

    assert margin(Standing(yes, no, 0, 0), cast, majority) == tried


@settings(max_examples=30, deadline=None)
@given(small, small, small, small, majorities)
def test_support_in_the_end_lies_within_the_bounds(yes, no, neither, out, majority):
    standing = Standing(yes, no, neither, out)

    if standing.bounds is None:
        assert yes + no + out == 0
    else:
        low, high = standing.bounds
        assert 0 <= low <= high <= 1
        assert standing.support is None or low <= standing.support <= high
        assert (low == high) == (out == 0)


def test_the_share_needed_of_the_outstanding_is_exactly_where_it_turns():
    standing = Standing(yes=30, no=20, neither=0, outstanding=50)

    needed = standing.needed(Fraction(2, 3))

    assert needed == Fraction(11, 15)
    assert not carries(30 + 50 * needed, 20 + 50 * (1 - needed), Fraction(2, 3))
    assert carries(30 + 50 * needed + 1, 20 + 50 * (1 - needed) - 1, Fraction(2, 3))


def test_a_tie_is_not_a_majority_and_an_abstention_counts_for_neither():
    assert Standing(yes=10, no=10, neither=0, outstanding=0).status() == "rejected"
    assert Standing(yes=2, no=1, neither=97, outstanding=0).status() == "carried"
    assert Standing(yes=0, no=0, neither=9, outstanding=0).support is None


@pytest.mark.parametrize("majority", [Fraction(1, 3), Fraction(1), Fraction(-1, 2), Fraction(3, 2)])
def test_a_majority_below_half_or_of_everything_is_refused(majority):
    with pytest.raises(MajorityRefused):
        check_majority(majority)
