"""What a search finds on a day, as known at an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Max

from verband.search.models import Entry, EntryKind, Trigram, Word
from verband.search.words import allowed, distance, trigrams, words_of

MOST_WORDS = 8
MOST_ENTRIES = 4_000  # a word that everybody has is ranked among this many
NEAREST = 3
FEW = 500  # of which the other words are asked one by one


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    kind: EntryKind
    thing: int
    rank: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the hits by rank, and the words it read otherwise than typed."""

    hits: tuple[Hit, ...]
    read_as: dict[str, tuple[str, ...]]

    def of(self, kind: EntryKind) -> list[Hit]:
        """The hits of one kind."""
        return [hit for hit in self.hits if hit.kind == kind]


def search(text: str, day: date, known: datetime | None = None) -> Found:
    """Things that all the words of ``text`` speak of, on ``day``.

    A word is found whole, by its stem, by its beginning, and as the last part of a compound. A
    word that the register does not know is read as the nearest ones that it does. Words may stand
    in different facts of one thing (function in one, table in another).
    """
    words = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if not words:
        return Found((), {})
    read_as = _read_as(words)
    asked = [tuple(read_as.get(word, (word,))) for word in words]
    ranked = _ranked(asked, day, known)
    if not ranked and len(asked) > 1:
        ranked = _over_facts(asked, day, known)
    return Found(tuple(ranked), read_as)


def found_on_other_days(text: str, known: datetime | None = None) -> int:
    """How many things the words speak of on any day at all."""
    words = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if not words:
        return 0
    read_as = _read_as(words)
    query = _all_of([tuple(read_as.get(word, (word,))) for word in words])
    rows = Entry.objects.known(known).filter(vector=query)
    return int(rows.values("kind", "thing").distinct().count())


def _ranked(asked: list[tuple[str, ...]], day: date, known: datetime | None) -> list[Hit]:
    query = _all_of(asked)
    near = Entry.objects.at(day).known(known).filter(vector=query)
    first = near.order_by().values("pk")[:MOST_ENTRIES]
    rows = (
        Entry.objects.filter(pk__in=first)
        .values("kind", "thing")
        .annotate(rank=Max(SearchRank(F("vector"), query)), facts=Count("pk"))
        .order_by("-rank", "kind", "thing")
    )
    return [Hit(EntryKind(row["kind"]), row["thing"], row["rank"]) for row in rows[:500]]


def _over_facts(asked: list[tuple[str, ...]], day: date, known: datetime | None) -> list[Hit]:
    """Things of which each word stands in some fact: "wethouder Klimaat".

    The rarest word first: of the others only the facts of what it found are read.
    """
    near = Entry.objects.at(day).known(known)
    queries = [_any_of(alternatives) for alternatives in asked]
    queries.sort(key=lambda query: len(Entry.objects.filter(vector=query).values_list("pk")[:FEW]))
    found: dict[tuple[str, int], float] | None = None
    for query in queries:
        rows = near.filter(vector=query)
        if found is not None and len(found) <= FEW:
            kinds, things = ({key[place] for key in found} for place in (0, 1))
            rows = rows.filter(kind__in=kinds, thing__in=things)
        pairs = rows.annotate(rank=SearchRank(F("vector"), query)).values_list(
            "kind", "thing", "rank"
        )
        here: dict[tuple[str, int], float] = {}
        for kind, thing, rank in pairs[:20_000]:
            here[kind, thing] = max(rank, here.get((kind, thing), 0.0))
        found = (
            here
            if found is None
            else {key: found[key] + rank for key, rank in here.items() if key in found}
        )
        if not found:
            return []
    ordered = sorted((found or {}).items(), key=lambda item: (-item[1], item[0]))
    return [Hit(EntryKind(kind), thing, rank) for (kind, thing), rank in ordered[:500]]


def _all_of(asked: Iterable[tuple[str, ...]]) -> SearchQuery:
    return reduce(and_, (_any_of(alternatives) for alternatives in asked))


def _any_of(words: tuple[str, ...]) -> SearchQuery:
    queries = []
    for word in words:
        queries.append(SearchQuery(f"{word}:*", config="simple", search_type="raw"))
        queries.append(SearchQuery(word, config="dutch", search_type="plain"))
    return reduce(or_, queries)


def _read_as(words: list[str]) -> dict[str, tuple[str, ...]]:
    """For words that nothing in the register begins or ends with: the nearest known words."""
    unknown = [word for word in words if allowed(word) and not _is_known(word)]
    found = {word: _nearest(word) for word in unknown}
    return {word: nearest for word, nearest in found.items() if nearest}


def _is_known(word: str) -> bool:
    if Word.objects.filter(word__startswith=word).exists():
        return True
    query = SearchQuery(f"{word}:*", config="simple", search_type="raw")
    stem = SearchQuery(word, config="dutch", search_type="plain")
    return bool(Entry.objects.filter(vector=query | stem).exists())


def _nearest(word: str) -> tuple[str, ...]:
    most = allowed(word)
    candidates = (
        Trigram.objects.filter(trigram__in=trigrams(word))
        .values("word_id")
        .annotate(shared=Count("trigram"))
        .order_by("-shared", "word_id")
        .values_list("word_id", flat=True)[:60]
    )
    near = [(distance(word, other, most), other) for other in candidates]
    best = min((d for d, _ in near), default=most + 1)
    if best > most:
        return ()
    return tuple(sorted(other for d, other in near if d == best)[:NEAREST])
