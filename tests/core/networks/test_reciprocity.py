"""We sit at their table; do they sit at ours?"""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.networks.reciprocity import TieWithItself, reciprocity
from verband.core.networks.register import Tie
from verband.core.period import Period

DAY = date(2017, 10, 30)
names = st.sampled_from("abcde")
pairs = st.sets(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]))


@settings(max_examples=30, deadline=None)
@given(pairs)
def test_reciprocity_agrees_with_counting_pairs(found):
    got = reciprocity([Tie(*pair) for pair in found], DAY, also="abcde")

    mutual = {pair for pair in found if pair[::-1] in found}
    assert set(got.one_sided) == found - mutual
    assert set(got.mutual_pairs) == {pair for pair in mutual if pair[0] < pair[1]}
    assert got.plain == (Fraction(len(mutual), len(found)) if found else None)
    assert got.density == Fraction(len(found), 20)
    if found and len(found) < 20:
        assert got.corrected == (got.plain - got.density) / (1 - got.density)
    else:
        assert got.corrected is None


@settings(max_examples=30, deadline=None)
@given(pairs)
def test_reciprocity_is_the_correlation_of_the_matrix_with_its_mirror(found):
    cells = [(a, b) for a in "abcde" for b in "abcde" if a != b]
    mean = Fraction(len(found), 20)
    spread = sum(((cell in found) - mean) ** 2 for cell in cells)
    together = sum(((cell in found) - mean) * ((cell[::-1] in found) - mean) for cell in cells)

    got = reciprocity([Tie(*pair) for pair in found], DAY, also="abcde")

    assert got.corrected == (together / spread if spread else None)


def test_a_tie_that_has_ended_is_no_longer_answered():
    ties = [Tie("VNG", "IPO"), Tie("IPO", "VNG", Period(date(2016, 1, 1), date(2017, 10, 30)))]

    assert reciprocity(ties, date(2017, 10, 29)).plain == 1
    assert reciprocity(ties, DAY).one_sided == (("VNG", "IPO"),)


def test_without_ties_or_parties_nothing_is_claimed():
    nothing = reciprocity([], DAY)

    assert (nothing.plain, nothing.density, nothing.corrected) == (None, None, None)
    assert reciprocity([], DAY, also=["a", "b"]).density == 0


def test_a_party_cannot_sit_at_its_own_table():
    with pytest.raises(TieWithItself, match="VNG"):
        reciprocity([Tie("VNG", "VNG")], DAY)
