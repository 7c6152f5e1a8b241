"""Pieces of words: three to five characters, so that compounds, names and typing errors meet.

A word is taken with a mark at both ends. The rows of texts are never written out: the likeness of
a text with a query is (words of the text) x (pieces of the words) x (pieces of the query), and
the product is taken from the right, over words instead of texts. That makes a query two small
sparse products instead of one over ten million entries, and it is the same number.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
SHORTEST, LONGEST = 3, 5
CHUNK = 500  # texts at a time when lengths are counted: keeps the memory small


def pieces(word: str) -> list[str]:
    """All pieces of a word, marked at both ends; a very short word is its own piece.

    >>> pieces("zorg")
    ['_zo', 'zor', 'org', 'rg_', '_zor', 'zorg', 'org_', '_zorg', 'zorg_']
    """
    marked = f"_{word}_"
    return [
        marked[at : at + length]
        for length in range(SHORTEST, LONGEST + 1)
        for at in range(len(marked) - length + 1)
    ]


class Pieces:
    """The pieces of a growing list of words, as one sparse matrix (words x pieces)."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._columns: list[int] = []
        self._ends: list[int] = [0]

    def add(self, word: str) -> None:
        """The next word."""
        ids = self._ids
        self._columns.extend(ids.setdefault(piece, len(ids)) for piece in pieces(word))
        self._ends.append(len(self._columns))

    def matrix(self) -> Any:
        """How often each word holds each piece."""
        shape = (len(self._ends) - 1, len(self._ids))
        ones = np.ones(len(self._columns))
        columns = np.array(self._columns, dtype=np.int32)
        made = sparse.csr_matrix((ones, columns, np.array(self._ends, dtype=np.int32)), shape)
        made.sum_duplicates()
        return made

    def counts(self, words: Mapping[str, float]) -> "Asked":
        """The pieces of a query."""
        known: dict[int, float] = {}
        unknown: dict[str, float] = {}
        for word, weight in words.items():
            for piece in pieces(word):
                place = self._ids.get(piece)
                if place is None:
                    unknown[piece] = unknown.get(piece, 0.0) + weight
                else:
                    known[place] = known.get(place, 0.0) + weight
        return Asked(
            np.fromiter(known.keys(), dtype=np.int64, count=len(known)),
            np.fromiter(known.values(), dtype=np.float64, count=len(known)),
            sum(weight**2 for weight in unknown.values()),
            len(self._ids),
        )


class Asked(NamedTuple):
    """Pieces of a query that are known, by number, with their weights.

    ``unknown``: the summed squares of the weights of the others; ``size``: how many are known.
    """

    places: NDArray[np.int64]
    weights: Floats
    unknown: float
    size: int

    def row(self, weights: Floats) -> Floats:
        """Weights of the pieces asked for as a row over all known pieces."""
        made: Floats = np.zeros(self.size)
        made[self.places] = weights
        return made


class GramRanker:
    """Cosine of TF-IDF over pieces of words, between 0 and 1.

    ``idf = ln((1 + texts) / (1 + texts with the piece)) + 1``, so that a piece in every text still
    counts for one, and unseen pieces count for most.
    """

    def __init__(self, counts: Any, pieces_of_words: Pieces) -> None:
        self._pieces = pieces_of_words
        self._counts = counts  # texts x words
        self._matrix = pieces_of_words.matrix()
        texts = counts.shape[0]
        with_piece: Floats = np.zeros(self._matrix.shape[1])
        for part in _chunks(counts):
            with_piece += np.bincount((part @ self._matrix).indices, minlength=len(with_piece))
        self._idf: Floats = np.log((1 + texts) / (1 + with_piece)) + 1
        self._rarest = float(np.log(1 + texts) + 1)
        weighted = self._matrix.multiply(self._idf[None, :]).tocsr()
        lengths = [_row_lengths(part @ weighted) for part in _chunks(counts)]
        self._word_lengths = _row_lengths(self._matrix)
        self._lengths: Floats = np.concatenate(lengths) if lengths else np.zeros(0)

    def scores(self, words: Mapping[str, float]) -> Floats:
        """The cosine of every text with the words of a query."""
        asked = self._pieces.counts(words)
        rarity = self._idf[asked.places]
        weighted = asked.weights * rarity
        length = np.sqrt(float(np.sum(weighted**2)) + asked.unknown * self._rarest**2)
        by_word = self._matrix @ asked.row(weighted * rarity)
        cosines: Floats = self._counts @ by_word
        normal: Floats = np.divide(
            cosines,
            self._lengths * length,
            out=np.zeros_like(cosines),
            where=self._lengths * length > 0,
        )
        return normal

    def nearby(self, places: Sequence[int]) -> "Nearby":
        """These of the known words (by number), to ask which of them is like another word."""
        rows = np.asarray(places, dtype=np.int32)
        return Nearby(self._pieces, self._matrix[rows], self._word_lengths[rows])


class Nearby:
    """Some of the known words: a few documents hold far fewer than the whole collection."""

    def __init__(self, pieces_of_words: Pieces, matrix: Any, lengths: Floats) -> None:
        self._pieces, self._matrix, self._lengths = pieces_of_words, matrix, lengths

    def alike(self, word: str) -> Floats:
        """How alike each of them is to this word: cosine over plain counts of pieces."""
        asked = self._pieces.counts({word: 1.0})
        length = np.sqrt(float(np.sum(asked.weights**2)) + asked.unknown)
        cosines: Floats = (self._matrix @ asked.row(asked.weights)) / (self._lengths * length)
        return cosines


def _row_lengths(matrix: Any) -> Floats:
    """The Euclidean length of each row of a sparse matrix."""
    sums = np.concatenate([[0.0], np.cumsum(matrix.data**2)])
    squares: Floats = sums[matrix.indptr[1:]] - sums[matrix.indptr[:-1]]
    return np.sqrt(squares)


def _chunks(counts: Any) -> Iterable[Any]:
    for start in range(0, counts.shape[0], CHUNK):
        yield counts[start : start + CHUNK]
