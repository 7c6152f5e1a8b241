"""What things have in common besides words: ministry, theme, region, members."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from verband.core.matching.documents import Document

Floats = NDArray[np.float64]
# What a shared fact says; a region or a member in common says less than a ministry or a theme.
WEIGHTS = {"ministry": 2.0, "theme": 2.0}


class Facts:
    """The facts of all documents, ready to be compared.

    For each fact the part of all values that is shared (Jaccard 1901), weighted, and summed.

    >>> facts = Facts([Document("a", facts={"theme": ("care", "youth")}), Document("b")])
    >>> [float(score) for score in facts.scores({"theme": ("youth",)})]
    [1.0, 0.0]
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._places: dict[tuple[str, str], list[int]] = {}
        self._numbers: dict[str, NDArray[np.int64]] = {}
        self._documents = len(documents)
        for place, document in enumerate(documents):
            for name, values in document.facts.items():
                numbers = self._numbers.setdefault(name, np.zeros(len(documents), dtype=np.int64))
                for value in set(values):
                    self._places.setdefault((name, value), []).append(place)
                    numbers[place] += 1

    def scores(self, facts: Mapping[str, tuple[str, ...]]) -> Floats:
        """The score of every document; 0 when nothing is shared."""
        total: Floats = np.zeros(self._documents)
        for name, values in facts.items():
            if name not in self._numbers:
                continue
            asked = set(values)
            shared = np.zeros(self._documents, dtype=np.int64)
            for value in asked:
                shared[self._places.get((name, value), [])] += 1
            all_values = np.maximum(self._numbers[name] + len(asked) - shared, 1)
            total += WEIGHTS.get(name, 1.0) * shared / all_values
        return total
