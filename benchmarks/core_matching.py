"""Likeness against 10,000 documents of 80 words: time per query and memory.

Run: ``PYTHONPATH=src python benchmarks/core_matching.py``. Prints figures, asserts nothing.
"""

import resource
import statistics
import time
from random import Random

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


def figures() -> list[dict[str, object]]:
    """Building, asking and changing; seconds, and megabytes at the peak of this process."""
    started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = documents()
    before = time.perf_counter()
    collection = Collection(found)
    taken = time.perf_counter() - before
    queries = [
        Document("", body=document.body, facts=document.facts) for document in documents(40, 60)
    ]
    before = time.perf_counter()
    likeness(collection, queries[0])
    first = time.perf_counter() - before
    times = []
    for query in queries[1:]:
        before = time.perf_counter()
        likeness(collection, query)
        times.append(time.perf_counter() - before)
    collection.remove("d00000")
    before = time.perf_counter()
    likeness(collection, queries[0])
    again = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    what = "likeness, 10,000 documents of 80 words"
    return [
        {"what": f"{what}: take in", "seconds": taken},
        {"what": f"{what}: first query (counts everything)", "seconds": first},
        {"what": f"{what}: query, median", "seconds": statistics.median(times), "bar": 0.1},
        {"what": f"{what}: query, slowest of 39", "seconds": max(times), "bar": 0.1},
        {"what": f"{what}: query after a change", "seconds": again},
        {"what": f"{what}: peak memory", "megabytes": peak, "bar_megabytes": 300},
        {"what": "memory of this process before", "megabytes": started},
    ]


if __name__ == "__main__":
    for row in figures():
        print(row)
