"""How divided an answer on a scale is, with and without regard to segments.

Agreement below zero with a small eta squared means: divided, but not along the known segments. A
large eta squared means: the segments themselves stand apart.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import log2

import numpy as np
import numpy.typing as npt

from verband.core.errors import DomainError


class NoDistribution(DomainError):
    """Agreement needs at least two categories and at least one answer."""

    code = "no_distribution"
    template = (
        "Agreement cannot be measured over %(categories)s categories and %(answers)s answers."
    )


def _checked(counts: Sequence[int | Fraction]) -> list[Fraction]:
    numbers = [Fraction(count) for count in counts]
    if len(numbers) < 2 or sum(numbers) <= 0 or min(numbers) < 0:
        raise NoDistribution(categories=len(numbers), answers=sum(numbers))
    return numbers


def agreement(counts: Sequence[int | Fraction]) -> Fraction:
    """Van der Eijk's A for an ordered scale: 1 all in one category, 0 evenly spread, -1 two ends.

    The counts are peeled into layers of equal height; a layer with pattern of S filled categories
    out of K has A = U (1 - (S-1)/(K-1)), where U weighs triples 110 and 011 against 101. With two
    categories there are no triples and A is the share by which the layers agree. Exact.
    Source: van der Eijk (2001), Quality & Quantity 35:325-341.
    Raises: ``NoDistribution``.

    >>> float(agreement([30, 40, 210, 130, 530, 50, 10]))
    0.6113333333333333
    >>> agreement([50, 0, 0, 0, 50]), agreement([7, 7, 7]), agreement([0, 9, 0])
    (Fraction(-1, 1), Fraction(0, 1), Fraction(1, 1))
    """
    left = _checked(counts)
    total = sum(left)
    found = Fraction(0)
    while any(left):
        height = min(count for count in left if count)
        filled = [count > 0 for count in left]
        found += height * sum(filled) / total * _layer_agreement(filled)
        left = [count - height if count else count for count in left]
    return found


def _layer_agreement(filled: Sequence[bool]) -> Fraction:
    size, used = len(filled), sum(filled)
    if used == size:
        return Fraction(0)
    if used == 1:
        return Fraction(1)
    patterns = [tuple(trio) for trio in combinations(filled, 3)]
    joined = patterns.count((True, True, False)) + patterns.count((False, True, True))
    split = patterns.count((True, False, True))
    unity = Fraction((size - 2) * joined - (size - 1) * split, (size - 2) * (joined + split))
    return unity * (1 - Fraction(used - 1, size - 1))


def consensus(counts: Sequence[int | Fraction]) -> float:
    """Tastle and Wierman's Cns: 1 all in one category, 0 half at either end.

    Cns = 1 + sum p_i log2(1 - |X_i - mu| / d), d the width of the scale.
    Source: Tastle & Wierman (2007), Int. J. Approximate Reasoning 45:531-545.

    >>> round(consensus([30, 40, 210, 130, 530, 50, 10]), 6), consensus([50, 0, 0, 0, 50])
    (0.725688, 0.0)
    """
    numbers = _checked(counts)
    total, width = sum(numbers), len(numbers) - 1
    mean = sum(place * count for place, count in enumerate(numbers)) / total
    return 1 + sum(
        float(count / total) * log2(1 - abs(place - mean) / width)
        for place, count in enumerate(numbers)
        if count
    )


def esteban_ray(shares: Sequence[float], places: Sequence[float], *, alpha: float = 1.3) -> float:
    """Esteban and Ray's polarisation: identification within, alienation between groups.

    P = sum_i sum_j pi_i^(1+alpha) pi_j |y_i - y_j|. Highest for two equal groups at the ends.
    Source: Esteban & Ray (1994), Econometrica 62:819-851.

    >>> round(esteban_ray([0.5, 0.5], [0, 1]), 6)
    0.203063
    """
    weights = np.asarray(shares, dtype=np.float64)
    apart = np.abs(np.subtract.outer(np.asarray(places, float), np.asarray(places, float)))
    return float((weights ** (1 + alpha)) @ apart @ weights)


def eta_squared(scores: npt.NDArray[np.float64], membership: npt.NDArray[np.bool_]) -> float:
    """The share of the variance in scores that lies between segments, from 0 to 1.

    ``membership[s, m]``: member m stands in segment s; each member stands in exactly one.
    0 when all scores are equal.

    >>> eta_squared(np.array([1.0, 1, 5, 5]), np.array([[1, 1, 0, 0], [0, 0, 1, 1]], dtype=bool))
    1.0
    """
    sizes = membership.sum(axis=1)
    told = sizes > 0
    if not told.any():
        return 0.0
    means = (membership[told] @ scores) / sizes[told]
    total = float(((scores - scores.mean()) ** 2).sum())
    between = float((sizes[told] * (means - scores.mean()) ** 2).sum())
    return min(1.0, between / total) if total > 0 else 0.0
