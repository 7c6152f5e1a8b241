"""How divided an answer on a scale is."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.divergence.polarisation import (
    NoDistribution,
    agreement,
    consensus,
    esteban_ray,
    eta_squared,
)

counts = st.lists(st.integers(0, 20), min_size=3, max_size=7).filter(any)


def unity(pattern):
    """Van der Eijk's U straight from its definition, over the positions of three categories."""
    size, joined, split = len(pattern), 0, 0
    for i in range(size):
        for j in range(i + 1, size):
            for k in range(j + 1, size):
                trio = (pattern[i], pattern[j], pattern[k])
                joined += trio in {(1, 1, 0), (0, 1, 1)}
                split += trio == (1, 0, 1)
    if joined + split == 0:
        return Fraction(1 if sum(pattern) == 1 else 0)
    return Fraction((size - 2) * joined - (size - 1) * split, (size - 2) * (joined + split))


def by_single_answers(numbers):
    """A by peeling one answer per category at a time instead of whole layers."""
    left, total, found = list(numbers), sum(numbers), Fraction(0)
    while any(left):
        pattern = [int(count > 0) for count in left]
        used = sum(pattern)
        part = unity(pattern) * (1 - Fraction(used - 1, len(pattern) - 1))
        found += part * Fraction(used, total)
        left = [max(0, count - 1) for count in left]
    return found


@settings(max_examples=30, deadline=None)
@given(counts)
def test_agreement_agrees_with_peeling_one_answer_at_a_time(numbers):
    assert agreement(numbers) == by_single_answers(numbers)


@settings(max_examples=30, deadline=None)
@given(counts)
def test_agreement_reads_the_scale_from_either_end(numbers):
    assert -1 <= agreement(numbers) <= 1
    assert agreement(numbers) == agreement(numbers[::-1])
    assert agreement([3 * count for count in numbers]) == agreement(numbers)


def test_published_values_of_agreement():
    assert float(agreement([30, 40, 210, 130, 530, 50, 10])) == pytest.approx(0.6113333, abs=5e-8)
    assert agreement([50, 0, 0, 0, 50]) == -1
    assert agreement([5, 5, 5, 5, 5]) == 0
    assert agreement([0, 0, 8]) == 1


def test_two_categories_agree_by_how_much_one_outweighs_the_other():
    assert agreement([50, 50]) == 0
    assert agreement([75, 25]) == Fraction(1, 2)


@pytest.mark.parametrize("numbers", [[], [5], [0, 0], [3, -1]])
def test_no_answers_have_no_agreement(numbers):
    with pytest.raises(NoDistribution):
        agreement(numbers)


def test_consensus_has_its_reference_values():
    assert consensus([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.725688, abs=5e-7)
    assert consensus([50, 0, 0, 0, 50]) == 0
    assert consensus([0, 7, 0]) == 1


@settings(max_examples=30, deadline=None)
@given(counts)
def test_consensus_lies_between_zero_and_one(numbers):
    assert -1e-12 <= consensus(numbers) <= 1 + 1e-12


def test_polarisation_is_greatest_for_two_equal_camps():
    halves = esteban_ray([0.5, 0.5], [0, 1], alpha=1.3)

    assert halves == pytest.approx(0.203063, abs=5e-7)
    assert esteban_ray([0.4, 0.6], [0, 1]) < halves
    assert esteban_ray([0.25, 0.5, 0.25], [0, 0.5, 1]) < halves
    assert esteban_ray([1.0], [0.5]) == 0


def test_variance_between_segments_tells_camps_from_scatter():
    scores = np.array([1.0, 1, 2, 4, 5, 5])
    camps = np.array([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], dtype=bool)
    mixed = np.array([[1, 0, 0, 0, 0, 1], [0, 1, 1, 1, 1, 0]], dtype=bool)

    assert eta_squared(scores, camps) == pytest.approx(50 / 3 / 18)
    assert eta_squared(scores, mixed) == pytest.approx(0)
    assert eta_squared(np.full(6, 3.0), camps) == 0
