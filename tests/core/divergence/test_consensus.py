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
    from_counts,
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


@given(sheets, st.data())
@settings(max_examples=60)
def test_counted_elsewhere_it_comes_to_the_same(votes, data):
    groups = data.draw(st.lists(st.sampled_from("abc"), min_size=len(votes), max_size=len(votes)))
    labels = sorted(set(groups))
    names = [f"s{place}" for place in range(votes.shape[1])]
    tables = np.array(
        [
            [
                [int(((column == said) & (np.array(groups) == label)).sum()) for said in (1, 0, -1)]
                for label in labels
            ]
            for column in votes.T
        ]
    )

    assert from_counts(tables, labels, names) == statements(votes, groups, names, draws=0)


def test_where_groups_overlap_the_others_are_all_but_the_group():
    everyone = np.array([[60, 0, 60]])
    overlapping = np.array([[[50, 0, 0], [45, 0, 5]]])  # forty stand in both

    (apart,) = from_counts(overlapping, ["g4", "p10"], ["s"], everyone=everyone)
    (summed,) = from_counts(overlapping, ["g4", "p10"], ["s"])

    assert [view.stands_out for view in apart.views] == ["agree", "agree"]
    assert [view.stands_out for view in summed.views] == ["agree", None]


def test_counts_that_do_not_fit_their_groups_are_refused():
    with pytest.raises(GroupsMissing):
        from_counts(np.zeros((1, 2, 3), dtype=np.int64), ["a"], ["s"])
    with pytest.raises(NoStatements):
        from_counts(np.zeros((0, 0, 3), dtype=np.int64), [], [])
