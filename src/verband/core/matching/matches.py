"""By which words a document was found: the asked word, the word there, the fields, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from verband.core.matching.documents import Document
from verband.core.matching.grams import Floats
from verband.core.matching.index import Collection
from verband.core.matching.words import JOIN, NOTION
from verband.core.wording import gettext_noop

SPELLING = 0.5  # cosine of pieces from which two words are shown as alike
SHOWN = 3  # words of a document beside one asked word
SAME, STEM = gettext_noop("same word"), gettext_noop("same stem")
PART, SYNONYM, ALIKE = gettext_noop("same part"), gettext_noop("synonym"), gettext_noop("alike")


@dataclass(frozen=True)
class Match:
    """``asked`` was found as ``found`` in ``fields``; ``by`` (a message id) says how they meet."""

    asked: str
    found: str
    fields: tuple[str, ...]
    by: str

    def __str__(self) -> str:
        words = self.asked if self.asked == self.found else f"{self.asked} ~ {self.found}"
        return f"{words} ({', '.join(self.fields)})".replace("_", " ")


def matches(
    collection: Collection, words: Mapping[str, float], documents: Sequence[Document]
) -> list[tuple[Match, ...]]:
    """For each document the words it shares with the query, in the order of the query.

    Words that share nothing are compared by their pieces, so that a typing error is shown too.
    """
    listed = [_fields(collection, document) for document in documents]
    alike = Alike(collection, {word for fields in listed for word in fields if JOIN not in word})
    return [_matches(collection, words, fields, alike) for fields in listed]


class Alike:
    """Which word of the documents is most like an asked word; each is asked once."""

    def __init__(self, collection: Collection, words: Iterable[str]) -> None:
        self._places = {word: place for place, word in enumerate(words)}
        ids = [collection.words.ids[word] for word in self._places]
        self._nearby = collection.figures.grams.nearby(ids)
        self._cosines: dict[str, Floats] = {}

    def to(self, asked: str, words: Sequence[str]) -> tuple[str, float]:
        """The most alike of these words, and how alike it is; the first of equals."""
        if asked not in self._cosines:
            self._cosines[asked] = self._nearby.alike(asked)
        cosines = self._cosines[asked][[self._places[word] for word in words]]
        best = int(np.argmax(cosines))
        return words[best], float(cosines[best])


def _matches(
    collection: Collection,
    words: Mapping[str, float],
    fields: Mapping[str, tuple[str, ...]],
    alike: Alike,
) -> tuple[Match, ...]:
    by_term: dict[str, list[str]] = {}
    for word in fields:
        for term in collection.figures.vocabulary.terms(word):
            by_term.setdefault(term, []).append(word)
    found: list[Match] = []
    for asked in words:
        met: dict[str, str] = {}
        for term in collection.figures.vocabulary.terms(asked):
            for word in by_term.get(term, ()):
                met.setdefault(word, term)
        if asked in met:
            met = {asked: met[asked]}
        nearest = list(met.items())[:SHOWN]  # the stem comes first, then notions, then parts
        told = [
            Match(asked, word, fields[word], _why(collection, asked, word, term))
            for word, term in nearest
        ]
        found += told or _alike(asked, fields, alike)
    return tuple(found)


def _fields(collection: Collection, document: Document) -> dict[str, tuple[str, ...]]:
    places: dict[str, dict[str, None]] = {}
    for name, text in document.texts().items():
        for word in collection.language.words(text):
            places.setdefault(word, {})[name] = None
    return {word: tuple(names) for word, names in places.items()}


def _why(collection: Collection, asked: str, found: str, term: str) -> str:
    """How two words meet in a term."""
    if asked == found:
        return SAME
    if term.startswith(NOTION):
        return SYNONYM
    stem = collection.language.stem
    return STEM if stem(asked) == stem(found) == term else PART


def _alike(asked: str, fields: Mapping[str, tuple[str, ...]], alike: Alike) -> list[Match]:
    """The one word most like the asked one, if it is like it at all."""
    names = [word for word in fields if JOIN not in word]
    if not names or JOIN in asked:
        return []
    best, cosine = alike.to(asked, names)
    return [Match(asked, best, fields[best], ALIKE)] if cosine >= SPELLING else []
