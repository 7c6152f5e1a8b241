"""Layer 3: does the answer depend on the segment?"""

from itertools import permutations as orders

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.special import gammaincc

from verband.core.divergence import permutation as module
from verband.core.divergence.association import chi_square_p, cramers_v, holm, phi_squared
from verband.core.divergence.permutation import permutation_tests

tables = arrays.arrays(
    np.int64, st.tuples(st.integers(2, 4), st.integers(2, 4)), elements=st.integers(1, 30)
)


def groups(labels):
    return np.equal.outer(np.unique(labels), np.asarray(labels))


@settings(max_examples=40, deadline=None)
@given(tables)
def test_chi_square_agrees_with_the_textbook(table):
    rows, columns = table.shape
    statistic = 0.0
    for i in range(rows):
        for j in range(columns):
            expected = table[i].sum() * table[:, j].sum() / table.sum()
            statistic += (table[i, j] - expected) ** 2 / expected

    assert phi_squared(table) * table.sum() == pytest.approx(statistic, abs=1e-8)
    upper_tail = gammaincc((rows - 1) * (columns - 1) / 2, statistic / 2)
    assert chi_square_p(table) == pytest.approx(upper_tail, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_the_corrected_v_lies_between_zero_and_one_and_ignores_the_order(table):
    raw, corrected = cramers_v(table)

    assert 0 <= corrected <= 1
    assert 0 <= raw <= 1
    assert cramers_v(table[::-1].T) == pytest.approx((raw, corrected), abs=1e-9)


def test_one_segment_or_one_answer_has_nothing_to_depend_on():
    assert cramers_v([[5, 6]]) == (0.0, 0.0)
    assert cramers_v([[5], [6]]) == (0.0, 0.0)
    assert cramers_v([[5, 0], [6, 0]]) == (0.0, 0.0)
    assert cramers_v([[0, 0], [0, 0]]) == (0.0, 0.0)


def test_many_small_segments_no_longer_look_divided_by_chance():
    generator = np.random.default_rng(5)
    found = []
    for _ in range(300):
        table = np.zeros((12, 2))
        np.add.at(table, (generator.integers(0, 12, 211), generator.integers(0, 2, 211)), 1)
        found.append(cramers_v(table))
    raw, corrected = np.mean(found, axis=0)

    assert raw > 0.19
    assert corrected < 0.07


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=8))
def test_holm_never_lowers_a_p_value_and_keeps_their_order(p_values):
    corrected = holm(p_values)

    assert all(before <= after <= 1 for before, after in zip(p_values, corrected, strict=True))
    by_size = sorted(zip(p_values, corrected, strict=True))
    assert [after for _, after in by_size] == sorted(corrected)
    assert min(corrected) == pytest.approx(min(1, len(p_values) * min(p_values)))


def every_order(answers, votes, labels):
    """Exact p-values over all orders of the members."""
    rows, codes = groups(labels), np.eye(max(answers) + 1)[answers]
    weights = np.asarray(votes)[:, None]

    def sizes(order):
        order = list(order)
        return (phi_squared(rows @ codes[order]), phi_squared(rows @ (codes * weights)[order]))

    shown = sizes(range(len(answers)))
    found = np.array([sizes(order) for order in orders(range(len(answers)))])
    return (found >= np.array(shown) - 1e-9).mean(axis=0)


def test_shuffling_agrees_with_every_order_of_seven_members():
    answers, votes = [0, 0, 1, 0, 1, 1, 1], [1, 2, 9, 1, 4, 3, 2]
    labels = ["a", "a", "b", "a", "b", "b", "a"]

    members, weighted = every_order(answers, votes, labels)
    (got,) = permutation_tests(
        np.array(answers), np.array(votes), [groups(labels)], permutations=9_999, seed=4
    )

    assert got.members == pytest.approx(members, abs=0.02)
    assert got.votes == pytest.approx(weighted, abs=0.02)


def test_three_answers_in_three_segments_agree_with_every_order():
    answers, votes = [0, 1, 2, 0, 1, 2, 0], [5, 5, 1, 1, 7, 2, 2]
    labels = ["a", "b", "c", "a", "b", "a", "b"]

    members, weighted = every_order(answers, votes, labels)
    (got,) = permutation_tests(
        np.array(answers), np.array(votes), [groups(labels)], permutations=9_999, seed=4
    )

    assert got.members == pytest.approx(members, abs=0.02)
    assert got.votes == pytest.approx(weighted, abs=0.02)


@pytest.mark.parametrize("answers", [2, 3])
def test_large_associations_are_judged_alike_by_drawing_tables(monkeypatch, answers):
    generator = np.random.default_rng(11)
    labels = generator.integers(0, 5, 600)
    given_answers = np.where(
        (labels == 0) & (generator.random(600) < 0.25), 0, generator.integers(0, answers, 600)
    )
    votes = generator.integers(1, 76, 600)
    ask = {"permutations": 4000, "seed": 2}

    (shuffled,) = permutation_tests(given_answers, votes, [groups(labels)], **ask)
    monkeypatch.setattr(module, "MOST_SHUFFLED", 10)
    (drawn,) = permutation_tests(given_answers, votes, [groups(labels)], **ask)

    assert drawn.members == pytest.approx(shuffled.members, abs=0.03)
    assert drawn.votes == pytest.approx(shuffled.votes, abs=0.03)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(1, 75), st.integers(0, 3)), min_size=2, max_size=40
    )
)
def test_a_p_value_is_never_zero_and_equal_votes_count_as_members(rows):
    answers, votes, labels = (np.array(column) for column in zip(*rows, strict=True))
    ask = {"permutations": 99, "seed": 1}

    (weighted,) = permutation_tests(answers, votes, [groups(labels)], **ask)
    (equal,) = permutation_tests(answers, np.full(len(rows), 7), [groups(labels)], **ask)

    assert 1 / 100 <= weighted.members <= 1
    assert 1 / 100 <= weighted.votes <= 1
    assert equal.members == equal.votes == weighted.members


def test_when_nobody_differs_every_regrouping_looks_the_same():
    same = np.zeros(10, dtype=np.int64)

    (got,) = permutation_tests(
        same, np.arange(1, 11), [groups([0, 1] * 5)], permutations=99, seed=1
    )

    assert (got.members, got.votes) == (1.0, 1.0)


def test_one_test_does_not_change_another():
    generator = np.random.default_rng(1)
    answers, votes = generator.integers(0, 2, 50), generator.integers(1, 9, 50)
    first, second = groups(generator.integers(0, 3, 50)), groups(generator.integers(0, 6, 50))
    ask = {"permutations": 500, "seed": 3}

    together = permutation_tests(answers, votes, [first, second], **ask)

    assert together[0] == permutation_tests(answers, votes, [first], **ask)[0]
    assert together[1] == permutation_tests(answers, votes, [second], **ask)[0]


def test_holm_of_three():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


@pytest.mark.parametrize("limit", [2_000, 10])
def test_what_no_regrouping_equals_has_one_chance_in_all_tried(monkeypatch, limit):
    monkeypatch.setattr(module, "MOST_SHUFFLED", limit)
    answers = np.repeat([0, 1], 30)

    (got,) = permutation_tests(
        answers, np.arange(1, 61), [groups(answers)], permutations=99, seed=1
    )

    assert (got.members, got.votes) == (0.01, 0.01)
