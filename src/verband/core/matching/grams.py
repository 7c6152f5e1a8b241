"""Pieces of words: three to five characters, so that compounds, names and typing errors meet.

A word is taken with a mark at both ends. The rows of texts are never written out: the likeness of
a text with a query is (words of the text) x (pieces of the words) x (pieces of the query), and
the product is taken from the right, over words instead of texts. That makes a query two small
sparse products instead of one over ten million entries, and it is the same number.
"""

from collections.abc import Iterable, Mapping
from typing import Any

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

    def counts(self, words: Mapping[str, float]) -> tuple[Floats, float]:
        """Known pieces of a query, weighted, and the summed squares of the unknown ones."""
        known: Floats = np.zeros(len(self._ids))
        unknown: dict[str, float] = {}
        for word, weight in words.items():
            for piece in pieces(word):
                place = self._ids.get(piece)
                if place is None:
                    unknown[piece] = unknown.get(piece, 0.0) + weight
                else:
                    known[place] += weight
        return known, sum(weight**2 for weight in unknown.values())


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
        known, unknown = self._pieces.counts(words)
        weighted = known * self._idf
        length = np.sqrt(float(weighted @ weighted) + unknown * self._rarest**2)
        by_word = self._matrix @ (weighted * self._idf)
        cosines: Floats = self._counts @ by_word
        normal: Floats = np.divide(
            cosines,
            self._lengths * length,
            out=np.zeros_like(cosines),
            where=self._lengths * length > 0,
        )
        return normal

    def alike(self, word: str) -> Floats:
        """How alike every known word is to this one: cosine over plain counts of pieces."""
        known, unknown = self._pieces.counts({word: 1.0})
        cosines: Floats = (self._matrix @ known) / (
            self._word_lengths * np.sqrt(known @ known + unknown)
        )
        return cosines


def _row_lengths(matrix: Any) -> Floats:
    """The Euclidean length of each row of a sparse matrix."""
    sums = np.concatenate([[0.0], np.cumsum(matrix.data**2)])
    squares: Floats = sums[matrix.indptr[1:]] - sums[matrix.indptr[:-1]]
    return np.sqrt(squares)


def _chunks(counts: Any) -> Iterable[Any]:
    for start in range(0, counts.shape[0], CHUNK):
        yield counts[start : start + CHUNK]
