"""Likely duplicates: a threshold that was tuned on pairs that people judged, and the pairs above.

A warning costs somebody's attention and a missed duplicate costs double work, so the threshold is
the lowest at which at least nine in ten warnings are right. Nothing is merged by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from verband.core.errors import DomainError
from verband.core.matching.index import Collection
from verband.core.matching.words import JOIN

# Tuned with ``tune`` on the judged pairs of tests/core/matching: 15 of 16 warnings right, 15 of 38
# duplicates warned for. The sample is small; an association tunes on its own judgements.
THRESHOLD = 0.76


class NoDuplicatesJudged(DomainError):
    """Without a judged duplicate there is nothing to tune on."""

    code = "no_duplicates_judged"
    template = "A threshold needs at least one pair that was judged to be a duplicate."


class NoSuchThreshold(DomainError):
    """No threshold reaches the precision asked."""

    code = "no_such_threshold"
    template = "No threshold makes %(precision)s of the warnings right on these pairs."


@dataclass(frozen=True)
class Tuned:
    """``precision``: right warnings / warnings; ``recall``: right warnings / duplicates."""

    threshold: float
    precision: Fraction
    recall: Fraction


@dataclass(frozen=True)
class Pair:
    """Two documents that are likely the same matter."""

    one: str
    other: str
    cosine: float


def tune(judged: Iterable[tuple[float, bool]], precision: Fraction = Fraction(9, 10)) -> Tuned:
    """The lowest threshold whose warnings are right often enough.

    ``judged`` are cosines with the judgement (a duplicate or not).

    Raises: ``NoDuplicatesJudged``, ``NoSuchThreshold``.

    >>> tune([(0.9, True), (0.7, True), (0.6, False), (0.5, True)])
    Tuned(threshold=0.7, precision=Fraction(1, 1), recall=Fraction(2, 3))
    """
    pairs = list(judged)
    duplicates = sum(same for _, same in pairs)
    if not duplicates:
        raise NoDuplicatesJudged()
    best: Tuned | None = None
    for threshold in sorted({cosine for cosine, _ in pairs}):
        above = [same for cosine, same in pairs if cosine >= threshold]
        reached = Fraction(sum(above), len(above))
        if reached >= precision and sum(above):
            best = Tuned(threshold, reached, Fraction(sum(above), duplicates))
            break
    if best is None:
        raise NoSuchThreshold(precision=precision)
    return best


def likely_duplicates(collection: Collection, threshold: float = THRESHOLD) -> Iterator[Pair]:
    """Every pair of documents whose cosine reaches the threshold, in the order of ids."""
    figures = collection.figures
    for place, id in enumerate(figures.ids):
        words = collection.count(collection.documents[id].texts())
        cosines = figures.grams.scores({w: n for w, n in words.items() if JOIN not in w})
        for other in np.flatnonzero(cosines[place + 1 :] >= threshold) + place + 1:
            yield Pair(id, figures.ids[other], float(cosines[other]))
