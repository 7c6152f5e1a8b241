"""Words as search knows them: without case and accents, with the tails of Dutch compounds.

The Dutch stemmer of the database joins *woning* and *woningen*, but does not see *afspraken* in
*woningbouwafspraken*. Therefore the tails of long words are indexed too; a word that begins a tail
is found by prefix. Nothing here asks for an extension of the database.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONG = 9  # letters from which a word may be a compound
HEAD, TAIL = 4, 5  # a tail begins after this many letters and has at least this many
_WORD = re.compile(r"[a-z0-9]+")


def bare(text: str) -> str:
    """The text in small letters without accents.

    >>> bare("Súdwest-Fryslân")
    'sudwest-fryslan'
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def words_of(text: str) -> list[str]:
    """The words of a text, in order.

    >>> words_of("'s-Gravenhage (Z.H.)")
    ['s', 'gravenhage', 'z', 'h']
    """
    return _WORD.findall(bare(text))


def tails(words: Iterable[str]) -> Iterator[str]:
    """The tails of long words, where the last part of a compound may begin.

    >>> "afspraken" in set(tails(["woningbouwafspraken"])), list(tails(["wethouder"]))[:2]
    (True, ['ouder'])
    """
    for word in words:
        if len(word) >= LONG and word.isalpha():
            for start in range(HEAD, len(word) - TAIL + 1):
                yield word[start:]


def trigrams(word: str) -> set[str]:
    """Runs of three letters, with the ends marked.

    >>> sorted(trigrams("ede"))
    [' ed', 'de ', 'ede']
    """
    marked = f" {word} "
    return {marked[i : i + 3] for i in range(len(marked) - 2)}


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, drop or swap with a neighbour (optimal string alignment).

    Stops early above ``most`` and answers ``most + 1``. Source: Damerau (1964), CACM 7(3).

    >>> distance("tilbrug", "tilburg", 2), distance("assen", "zwolle", 2)
    (1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, above = above, row
    return above[-1]


def allowed(word: str) -> int:
    """How many slips are forgiven in a word: none in short ones, one, or two in long ones."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2
