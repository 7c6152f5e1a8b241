"""BM25: rare words count more, repeated words ever less, and long texts are not favoured.

    score(d, q) = sum over terms t of q:  idf(t) * f (k1 + 1) / (f + k1 (1 - b + b |d| / mean |d|))
    idf(t) = ln(1 + (N - n + 1/2) / (n + 1/2))

N texts, n of them with the term, f how often it stands in d (title three times, tags twice), |d|
the length of d in the same count. k1 = 1.2, b = 0.75. Source: Robertson & Zaragoza (2009), "The
Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends in Information Retrieval
3(4), section 3; the 1 inside the logarithm keeps the weight of common terms above zero.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
K1 = 1.2
B = 0.75


class Bm25Ranker:
    """``frequencies`` is texts x terms.

    >>> ranker = Bm25Ranker(sparse.csr_matrix([[2.0, 0.0], [1.0, 1.0]]))
    >>> [round(float(score), 4) for score in ranker.scores({1: 1.0})]  # ln(1 + 1.5/1.5) * 2.2/2.2
    [0.0, 0.6931]
    """

    def __init__(self, frequencies: Any) -> None:
        made = sparse.csr_matrix(frequencies, dtype=np.float64)
        texts = made.shape[0]
        with_term = np.bincount(made.indices, minlength=made.shape[1])
        idf = np.log1p((texts - with_term + 0.5) / (with_term + 0.5))
        lengths = np.asarray(made.sum(axis=1)).ravel()
        mean = lengths.mean() if texts and lengths.any() else 1.0
        damping = np.repeat(K1 * (1 - B + B * lengths / mean), np.diff(made.indptr))
        made.data = idf[made.indices] * made.data * (K1 + 1) / (made.data + damping)
        self._columns = made.tocsc()

    def scores(self, terms: Mapping[int, float]) -> Floats:
        """The score of every text for terms (by number) with how often the query holds them."""
        weights = np.fromiter(terms.values(), dtype=np.float64, count=len(terms))
        total: Floats = self._columns[:, list(terms)] @ weights
        return total
