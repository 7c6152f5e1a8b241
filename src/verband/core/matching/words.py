"""From a text to its words, and from a word to the terms by which it is found."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import snowballstemmer

from verband.core.matching.dutch import DOMAIN_STOP_WORDS, FUNCTION_WORDS, PROTECTED, SYNONYMS

WORD = re.compile(r"[a-z0-9]+")
NOTION = "~"  # before the name of a notion, so that no stem can be mistaken for one
LINKS = ("", "s", "e", "en")  # between the parts of a Dutch compound
JOIN = "_"  # between the words of a phrase


def split(text: str) -> list[str]:
    """The words of a text: lower case, without accents, at least two characters.

    >>> split("Coördinatie van dé jeugd-zorg in 's-Hertogenbosch")
    ['coordinatie', 'van', 'de', 'jeugd', 'zorg', 'in', 'hertogenbosch']
    """
    bare = text.casefold()
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare)
        bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return [word for word in WORD.findall(bare) if len(word) > 1]


@dataclass(frozen=True)
class Language:
    """A stemmer and what it needs to know: words to pass over, exceptions, and synonyms.

    >>> dutch = Language()
    >>> dutch.words("De gemeente wil meer woningen, maatschappelijke ondersteuning")
    ['woningen', 'maatschappelijke', 'ondersteuning', 'maatschappelijke_ondersteuning']
    >>> dutch.terms("jeugdhulp")
    ('jeugdhulp', '~jeugdzorg')
    """

    stemmer: str = "dutch_porter"
    stop: frozenset[str] = FUNCTION_WORDS | DOMAIN_STOP_WORDS
    protected: Mapping[str, str] = field(default_factory=lambda: PROTECTED)
    synonyms: tuple[tuple[str, ...], ...] = SYNONYMS

    def words(self, text: str) -> list[str]:
        """The words that carry meaning, and after them the phrases that have synonyms."""
        found = split(text)
        phrases = [
            JOIN.join(found[place : place + length])
            for place, word in enumerate(found)
            for length in self._lengths.get(word, ())
            if JOIN.join(found[place : place + length]) in self._notions
        ]
        return [word for word in found if word not in self.stop] + phrases

    def stem(self, word: str) -> str:
        """The stem, or the exception made for the word; a phrase has itself."""
        known = self._stems.get(word)
        if known is None:
            known = self.protected.get(word) or (
                word if JOIN in word else self._stemmer.stemWord(word)
            )
            self._stems[word] = known
        return known

    def terms(self, word: str) -> tuple[str, ...]:
        """What a word is found by: its stem, and the notions it stands for."""
        stem = self.stem(word)
        notions = dict.fromkeys((*self._notions.get(word, ()), *self._by_stem.get(stem, ())))
        return (stem, *notions)

    @cached_property
    def _stemmer(self) -> Any:
        return snowballstemmer.stemmer(self.stemmer)

    @cached_property
    def _stems(self) -> dict[str, str]:
        return {}

    @cached_property
    def _notions(self) -> dict[str, tuple[str, ...]]:
        """Word or joined phrase -> names of its notions."""
        found: dict[str, tuple[str, ...]] = {}
        for line in self.synonyms:
            for entry in line:
                word = JOIN.join(split(entry))
                found[word] = (*found.get(word, ()), NOTION + line[0])
        return found

    @cached_property
    def _by_stem(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for word, notions in self._notions.items():
            if JOIN not in word:
                stem = self.stem(word)
                found[stem] = tuple(dict.fromkeys((*found.get(stem, ()), *notions)))
        return found

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """First word of a phrase -> lengths of the phrases that begin with it."""
        found: dict[str, set[int]] = {}
        for phrase in self._notions:
            parts = phrase.split(JOIN)
            if len(parts) > 1:
                found.setdefault(parts[0], set()).add(len(parts))
        return {word: tuple(sorted(lengths)) for word, lengths in found.items()}


class Compounds:
    """Takes compounds apart with words of the collection itself.

    Known are the words that stand in at least ``least`` texts and have at least ``shortest``
    letters. A word is covered with as few known words as possible, and of those ways the one with
    the longest last part (the head of a Dutch compound) is taken; a linking *s*, *e* or *en*
    between parts is dropped. Parts that are compounds themselves are taken apart again.

    >>> Compounds({"jeugd": 9, "zorg": 7, "jeugdzorg": 5, "bestuur": 8}).parts("jeugdzorgbestuur")
    ('jeugd', 'zorg', 'bestuur')
    >>> Compounds({"veiligheid": 9, "regio": 7}).parts("veiligheidsregio")
    ('veiligheid', 'regio')
    >>> Compounds({"jeugd": 9, "zorg": 2}).parts("jeugdzorg")
    ()
    """

    def __init__(self, texts_with: Mapping[str, int], least: int = 5, shortest: int = 4) -> None:
        self.known = frozenset(
            word
            for word, number in texts_with.items()
            if number >= least and len(word) >= shortest and word.isalpha()
        )
        self._shortest = shortest
        self._begins = {word[:shortest] for word in self.known}
        self._ends = {word[-shortest:] for word in self.known}

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts, or nothing when the word is not a compound of known words."""
        short = self._shortest
        if len(word) < 2 * short or word[:short] not in self._begins:
            return ()
        if word[-short:] not in self._ends:
            return ()
        cover = self._cover(word)
        return tuple(deep for part in cover for deep in (self.parts(part) or (part,)))

    def _cover(self, word: str) -> tuple[str, ...]:
        """From the last letter to the first: the best way to cover each ending of the word."""
        best: dict[int, tuple[str, ...]] = {}
        for start in range(len(word) - self._shortest, -1, -1):
            for end in range(start + self._shortest, len(word) + (start > 0)):
                part = word[start:end]
                if part not in self.known:
                    continue
                for rest in self._after(word, end, best):
                    way = (part, *rest)
                    if start not in best or _rank(way) < _rank(best[start]):
                        best[start] = way
        return best.get(0, ())

    @staticmethod
    def _after(
        word: str, end: int, best: Mapping[int, tuple[str, ...]]
    ) -> Iterable[tuple[str, ...]]:
        if end == len(word):
            yield ()
        for link in LINKS:
            if word.startswith(link, end) and end + len(link) in best:
                yield best[end + len(link)]


def _rank(way: tuple[str, ...]) -> tuple[int, list[int]]:
    return len(way), [-len(part) for part in reversed(way)]
