"""The question: what is like this text, in which order, and by which words and facts.

Three rankers look independently (terms, pieces of words, facts) and their orders are fused by
reciprocal rank fusion: ``score(d) = sum over rankers of 1 / (60 + rank of d)``. Orders can be added
where scores cannot. Source: Cormack, Clarke & Buettcher (2009), "Reciprocal Rank Fusion outperforms
Condorcet and individual rank learning methods", SIGIR '09.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from verband.core.matching.documents import Document, NothingToSearchFor, NothingToSearchIn
from verband.core.matching.duplicates import THRESHOLD
from verband.core.matching.grams import Floats
from verband.core.matching.index import Collection, Figures
from verband.core.matching.matches import Match, matches
from verband.core.matching.words import JOIN

FUSION = 60
DEPTH = 200  # beyond this rank a ranker has nothing to say
TERMS, PIECES, FACTS = "terms", "pieces", "facts"


@dataclass(frozen=True)
class Hit:
    """A document that is like the text.

    ``score`` is the fused score, exact; ``ranks`` the place in the order of each ranker that found
    it; ``cosine`` the likeness of pieces of words (0 to 1); ``matches`` the words it was found by
    and ``facts`` the facts shared; ``likely_duplicate`` when the cosine reaches the threshold: a
    warning to a person, nothing is ever merged.
    """

    document: Document
    score: Fraction
    ranks: Mapping[str, int]
    cosine: float
    matches: tuple[Match, ...]
    facts: Mapping[str, tuple[str, ...]]
    likely_duplicate: bool


def likeness(
    collection: Collection,
    query: Document,
    *,
    kinds: Sequence[str] = (),
    most: int = 10,
    threshold: float = THRESHOLD,
) -> tuple[Hit, ...]:
    """The documents most like ``query``, best first; equal scores in the order of ids.

    ``query`` is a document that need not be in the collection; its own id is never among the hits.
    ``kinds`` narrows to kinds of documents.

    Raises: ``NothingToSearchIn``, ``NothingToSearchFor``.

    >>> collection = Collection([
    ...     Document("social", title="Commissie Zorg, Jeugd en Onderwijs"),
    ...     Document("waste", title="Commissie Milieu", body="Afvalinzameling en grondstoffen.")])
    >>> hits = likeness(collection, Document("", body="Wie helpt ons met de jeugdzorg?"))
    >>> hits[0].document.id, [str(match) for match in hits[0].matches]
    ('social', ['jeugdzorg ~ jeugd (title)'])
    """
    if not len(collection):
        raise NothingToSearchIn()
    words = collection.count(query.texts())
    if not words and not query.facts:
        raise NothingToSearchFor()
    figures = collection.figures
    cosines = figures.grams.scores({w: n for w, n in words.items() if JOIN not in w})
    scores = {
        TERMS: figures.bm25.scores(figures.known_terms(words)),
        PIECES: cosines,
        FACTS: figures.facts.scores(query.facts),
    }
    allowed = _allowed(figures, query, kinds)
    ranks = {name: _ranks(values, allowed, max(DEPTH, most)) for name, values in scores.items()}
    fused = _fused(ranks.values())
    best = nsmallest(most, fused, key=lambda place: (-fused[place], place))
    documents = [collection.documents[figures.ids[place]] for place in best]
    shown = matches(collection, words, documents)
    return tuple(
        Hit(
            document,
            fused[place],
            {name: places[place] for name, places in ranks.items() if place in places},
            float(cosines[place]),
            found,
            _shared(query, document),
            bool(cosines[place] >= threshold),
        )
        for place, document, found in zip(best, documents, shown, strict=True)
    )


@cache
def _reciprocal(rank: int) -> Fraction:
    return Fraction(1, FUSION + rank)


def _fused(ranks: Iterable[Mapping[int, int]]) -> dict[int, Fraction]:
    """The sum of reciprocal ranks, exact, for every place that some ranker found."""
    fused: dict[int, Fraction] = {}
    for places in ranks:
        for place, rank in places.items():
            fused[place] = fused.get(place, Fraction(0)) + _reciprocal(rank)
    return fused


def _allowed(figures: Figures, query: Document, kinds: Sequence[str]) -> NDArray[np.bool_]:
    allowed: NDArray[np.bool_] = np.ones(len(figures.ids), dtype=np.bool_)
    if kinds:
        allowed = np.isin(figures.kinds, list(kinds))
    if query.id in figures.ids:
        allowed[figures.ids.index(query.id)] = False
    return allowed


def _ranks(scores: Floats, allowed: NDArray[np.bool_], depth: int) -> dict[int, int]:
    """Place -> rank from 1; equal scores share a rank; nothing without a score has one."""
    found = np.flatnonzero((scores > 0) & allowed)
    if len(found) > depth:
        worst = np.partition(scores[found], len(found) - depth)[len(found) - depth]
        found = found[scores[found] >= worst]  # those that tie with the last one included
    order = found[np.argsort(-scores[found], kind="stable")]
    ranks: dict[int, int] = {}
    before, rank = None, 0
    for number, place in enumerate(order.tolist(), 1):
        score = round(float(scores[place]), 9)  # below the rounding of two ways to the same sum
        if score != before:
            before, rank = score, number
        ranks[place] = rank
    return ranks


def _shared(query: Document, document: Document) -> dict[str, tuple[str, ...]]:
    shared = {
        name: tuple(sorted(set(values) & set(document.facts.get(name, ()))))
        for name, values in query.facts.items()
    }
    return {name: values for name, values in shared.items() if values}
