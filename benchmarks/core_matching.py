"""Likeness against 10,000 documents of 80 words: time per query and memory.

Run: ``PYTHONPATH=src python benchmarks/core_matching.py``. Prints figures, asserts nothing.
"""

import resource
import statistics
import time
from random import Random
from typing import Any

from verband.core.matching.documents import Document
from verband.core.matching.index import Collection
from verband.core.matching.likeness import likeness

WORDS = (
    "jeugd zorg hulp woning bouw water beheer energie transitie afval inzameling raad bestuur "
    "veilig heid markt werk bijstand school onderwijs verkeer vervoer haven krimp groei klimaat "
    "akkoord fonds belasting toezicht handhaving vergunning omgeving ruimte natuur landbouw "
    "digitaal gegevens register archief inwoner wijk buurt dorp centrum winkel sport cultuur "
    "museum bibliotheek zwembad asiel opvang ouderen kind gezin armoede schuld sanering"
)
PARTS = WORDS.split()


def vocabulary(words: int = 30_000) -> list[str]:
    """Invented Dutch-looking compounds of one to three parts, frequent ones first."""
    chance = Random(7)
    made = dict.fromkeys(PARTS)
    while len(made) < words:
        made["".join(chance.choice(PARTS) for _ in range(chance.choice((2, 2, 3))))] = None
    return list(made)


def documents(number: int = 10_000, words: int = 80) -> list[Document]:
    """Documents whose words follow Zipf's law."""
    chance = Random(8)
    names = vocabulary()
    weights = [1 / (rank + 10) for rank in range(len(names))]
    drawn = chance.choices(names, weights, k=number * (words + 6))
    made = []
    for place in range(number):
        text = drawn[place * (words + 6) : (place + 1) * (words + 6)]
        made.append(
            Document(
                f"d{place:05}",
                title=" ".join(text[:4]),
                tags=tuple(text[4:6]),
                body=" ".join(text[6:]),
                facts={"ministry": (f"m{place % 12}",), "theme": (f"t{place % 9}",)},
            )
        )
    return made


def figures() -> list[dict[str, Any]]:
    """One row for each question: question, who, seconds, outcome, promise."""
    found = documents()
    before = time.perf_counter()
    collection = Collection(found)
    taken = time.perf_counter() - before
    queries = [
        Document("", body=document.body, facts=document.facts) for document in documents(40, 60)
    ]
    first, *times = (_seconds(collection, query) for query in queries)
    collection.remove("d00000")
    again = _seconds(collection, queries[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    what = "likeness, 10,000 documents of 80 words"
    return [
        _row(f"{what}: take in", taken),
        _row(f"{what}: first query, counts everything", first),
        _row(f"{what}: a query of 60 words, median of 39", statistics.median(times), "< 0.1 s"),
        _row(f"{what}: the slowest of them", max(times), "< 0.1 s"),
        _row(f"{what}: first query after a document went", again),
        {**_row("peak memory of all of the above, MB", None, "< 300"), "outcome": peak},
    ]


def _seconds(collection: Collection, query: Document) -> float:
    before = time.perf_counter()
    likeness(collection, query)
    return time.perf_counter() - before


def _row(question: str, seconds: float | None, promise: str = "") -> dict[str, Any]:
    return {
        "question": question,
        "who": "verband",
        "seconds": seconds,
        "outcome": "",
        "promise": promise,
    }


if __name__ == "__main__":
    for row in figures():
        print(row)
