"""Layer 4: which texts can carry everyone?"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from verband.core.divergence.consensus import (
    DrawsRefused,
    GroupsMissing,
    NoStatements,
    VoteUnknown,
    group_aware_consensus,
    statements,
)


def test_the_published_rule_of_two_groups():
    product = group_aware_consensus([8, 3], [10, 9])

    assert product == Fraction(3, 11)
    assert float(product) == pytest.approx(0.272727, abs=5e-7)
    assert float(product) ** 0.5 == pytest.approx(0.522233, abs=5e-7)


sheets = arrays.arrays(
    np.int8, st.tuples(st.integers(1, 12), st.integers(1, 4)), elements=st.integers(-2, 1)
)


@settings(max_examples=30, deadline=None)
@given(sheets, st.randoms())
def test_the_columns_agree_with_counting_by_hand(votes, chance):
    groups = [chance.choice("ab") for _ in votes]
    names = [f"s{i}" for i in range(votes.shape[1])]

    for one in statements(votes, groups, names, draws=99):
        column = votes[:, names.index(one.name)]
        expected = Fraction(1)
        for group in sorted(set(groups)):
            own = [int(v) for v, g in zip(column, groups, strict=True) if g == group]
            expected *= Fraction(own.count(1) + 1, sum(v != -2 for v in own) + 2)
        assert one.product == expected
        assert one.consensus == pytest.approx(float(expected) ** (1 / len(set(groups))))


def test_a_statement_one_group_rejects_scores_below_a_lukewarm_one():
    large, little = ["large"] * 90, ["little"] * 10
    split = np.array([[1]] * 90 + [[-1]] * 10, dtype=np.int8)
    lukewarm = np.array([[1 if i % 5 < 3 else -1] for i in range(100)], dtype=np.int8)

    found = statements(np.hstack([split, lukewarm]), large + little, ["split", "lukewarm"])

    assert [one.name for one in found] == ["lukewarm", "split"]
    assert found[1].p == pytest.approx(0.002)
    assert {view.group: view.stands_out for view in found[1].views} == {
        "large": "agree",
        "little": "disagree",
    }
    assert all(view.stands_out is None for view in found[0].views)


def test_groups_of_different_number_compare_by_the_geometric_mean():
    votes = np.array([[1], [1], [1], [1], [1], [1]], dtype=np.int8)

    two = statements(votes, list("aaabbb"), ["s"], draws=99)[0]
    three = statements(votes, list("aabbcc"), ["s"], draws=99)[0]

    assert two.product == Fraction(16, 25)
    assert three.product == Fraction(27, 64)
    assert (two.consensus, three.consensus) == (pytest.approx(0.8), pytest.approx(0.75))


def test_a_group_that_has_not_seen_a_statement_counts_as_undecided():
    votes = np.array([[1], [1], [-2]], dtype=np.int8)

    (one,) = statements(votes, ["a", "a", "b"], ["s"], draws=99)

    assert one.views[1].share == Fraction(1, 2)
    assert one.p == 1.0


def test_without_drawing_there_is_no_p_value():
    votes = np.array([[1], [-1]], dtype=np.int8)

    (one,) = statements(votes, ["a", "b"], ["s"], draws=0)

    assert one.p is None
    assert one.product == Fraction(2, 9)


def test_what_cannot_be_compared_is_refused():
    votes = np.array([[1], [0]], dtype=np.int8)

    with pytest.raises(GroupsMissing, match="1 of 2"):
        statements(votes, ["a", ""], ["s"])
    with pytest.raises(GroupsMissing):
        statements(votes, ["a"], ["s"])
    with pytest.raises(NoStatements):
        statements(np.zeros((2, 0), dtype=np.int8), ["a", "b"], [])
    with pytest.raises(VoteUnknown):
        statements(votes + 1, ["a", "b"], ["s"])
    with pytest.raises(DrawsRefused):
        statements(votes, ["a", "b"], ["s"], draws=1)


def test_a_single_group_stands_out_from_nobody():
    (one,) = statements(np.ones((9, 1), dtype=np.int8), ["a"] * 9, ["s"], draws=0)

    assert one.views[0].stands_out is None
