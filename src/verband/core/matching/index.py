"""A collection of documents that can be searched by a text, and that says what it found by.

Documents come and go one by one. The figures that depend on all of them (how rare a term is, which
compounds can be taken apart) are counted again at the next question, from the words of each
document, so that a changed collection gives exactly the answers of a fresh one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from verband.core.matching.bm25 import Bm25Ranker
from verband.core.matching.documents import (
    FIELDS,
    Document,
    DoubleDocument,
    UnknownDocument,
)
from verband.core.matching.facts import Facts
from verband.core.matching.grams import GramRanker, Pieces
from verband.core.matching.words import JOIN, Compounds, Language

MOST_CHANGED = 100  # words that became or ceased to be parts, up to which terms are kept


class Words:
    """All words ever seen, numbered, with their pieces."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.names: list[str] = []
        self.pieces = Pieces()

    def id(self, word: str) -> int:
        """The number of a word; a new word gets the next."""
        place = self.ids.get(word)
        if place is None:
            place = self.ids[word] = len(self.names)
            self.names.append(word)
            self.pieces.add(word)
        return place


@dataclass(frozen=True)
class Counted:
    """A document as counts: which words, how often (title three times, tags twice)."""

    words: Any
    counts: Any


class Collection:
    """The documents, in the order of their ids.

    >>> collection = Collection([Document("a", title="Jeugdzorg"), Document("b", title="Afval")])
    >>> len(collection), collection.ids
    (2, ('a', 'b'))
    """

    def __init__(
        self, documents: Iterable[Document] = (), language: Language | None = None
    ) -> None:
        self.language = language or Language()
        self.words = Words()
        self.documents: dict[str, Document] = {}
        self._counted: dict[str, Counted] = {}
        self._figures: Figures | None = None
        self._vocabulary = Vocabulary(self.language, Compounds({}))
        for document in documents:
            self.add(document)

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, sorted."""
        return tuple(sorted(self.documents))

    def add(self, document: Document) -> None:
        """Take a document in.

        Raises: ``DoubleDocument``.
        """
        if document.id in self.documents:
            raise DoubleDocument(id=document.id)
        counts = {
            self.words.id(word): count for word, count in self.count(document.texts()).items()
        }
        self._counted[document.id] = Counted(
            np.fromiter(counts.keys(), dtype=np.int32, count=len(counts)),
            np.fromiter(counts.values(), dtype=np.float32, count=len(counts)),
        )
        self.documents[document.id] = document
        self._figures = None

    def remove(self, id: str) -> None:
        """Take a document out.

        Raises: ``UnknownDocument``.
        """
        if id not in self.documents:
            raise UnknownDocument(id=id)
        del self.documents[id], self._counted[id]
        self._figures = None

    def count(self, texts: Mapping[str, str]) -> dict[str, float]:
        """The words of texts per field, weighted by field."""
        counts: Counter[str] = Counter()
        for name, text in texts.items():
            for word in self.language.words(text):
                counts[word] += FIELDS[name]
        return dict(counts)

    @property
    def figures(self) -> "Figures":
        """What is counted over all documents, counted again after a change."""
        if self._figures is None:
            self._figures = Figures(self, [self._counted[id] for id in self.ids])
        return self._figures

    def vocabulary(self, in_texts: Mapping[str, int]) -> "Vocabulary":
        """Terms of words; after a change only those that can have become other compounds."""
        before = self._vocabulary
        compounds = Compounds(in_texts)
        changed = compounds.known ^ before.compounds.known
        if len(changed) > MOST_CHANGED:
            self._vocabulary = Vocabulary(self.language, compounds)
        elif changed:
            touched = re.compile("|".join(sorted(changed)))
            kept = {w: terms for w, terms in before.known.items() if not touched.search(w)}
            self._vocabulary = Vocabulary(self.language, compounds, kept)
        return self._vocabulary


class Vocabulary:
    """From a word to the terms by which it is found."""

    def __init__(
        self,
        language: Language,
        compounds: Compounds,
        known: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.language = language
        self.compounds = compounds
        self.known = dict(known or {})

    def terms(self, word: str) -> tuple[str, ...]:
        """Everything a word is found by: stem, notions, and the same of its parts."""
        known = self.known.get(word)
        if known is None:
            found = dict.fromkeys(self.language.terms(word))
            if JOIN not in word:
                for part in self.compounds.parts(word):
                    found.update(dict.fromkeys(self.language.terms(part)))
            known = self.known[word] = tuple(found)
        return known


class Figures:
    """Counts over all documents at one moment."""

    def __init__(self, collection: Collection, counted: list[Counted]) -> None:
        self.ids = collection.ids
        self._names = collection.words.names
        self._pieces = collection.words.pieces
        ends = np.cumsum([0, *(len(one.words) for one in counted)])
        columns: Any = np.concatenate([one.words for one in counted]) if counted else []
        values: Any = np.concatenate([one.counts for one in counted]) if counted else []
        self.counts = sparse.csr_matrix(
            (values, columns, ends), shape=(len(counted), len(self._names)), dtype=np.float64
        )
        self.counts.sort_indices()
        in_texts = np.bincount(self.counts.indices, minlength=len(self._names))
        self._used = np.flatnonzero(in_texts).tolist()
        self.vocabulary = collection.vocabulary(
            {self._names[word]: int(in_texts[word]) for word in self._used}
        )
        documents = [collection.documents[id] for id in self.ids]
        self.kinds = np.array([document.kind for document in documents])
        self.facts = Facts(documents)

    @cached_property
    def term_ids(self) -> dict[str, int]:
        """The terms in use, numbered."""
        names = (term for word in self._used for term in self.vocabulary.terms(self._names[word]))
        return {term: place for place, term in enumerate(dict.fromkeys(names))}

    @cached_property
    def bm25(self) -> Bm25Ranker:
        """The ranker over terms."""
        pairs = [
            (word, self.term_ids[term])
            for word in self._used
            for term in self.vocabulary.terms(self._names[word])
        ]
        rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
        shape = (len(self._names), max(1, len(self.term_ids)))
        ones = np.ones(len(rows))
        return Bm25Ranker(self.counts @ sparse.csr_matrix((ones, (rows, columns)), shape=shape))

    @cached_property
    def grams(self) -> GramRanker:
        """The ranker over pieces of words; phrases are left out, their words are in already."""
        single = np.array([JOIN not in name for name in self._names], dtype=np.float64)
        return GramRanker((self.counts @ sparse.diags(single)).tocsr(), self._pieces)

    def known_terms(self, words: Mapping[str, float]) -> dict[int, float]:
        """Terms of a query by number, with how often the query holds them."""
        found: dict[int, float] = {}
        for word, weight in words.items():
            for term in self.vocabulary.terms(word):
                place = self.term_ids.get(term)
                if place is not None:
                    found[place] = found.get(place, 0.0) + weight
        return found
