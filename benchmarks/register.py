"""How fast the register is read: any page, any day, any known instant, at synthetic scale.

    python benchmarks/register.py            (on an empty database of its own, see RESULTS.md)

Server time of a request is measured in the process, without a network, and beside a bare page of
the same framework in the same run, so that figures of two machines can be compared as ratios.
"""

import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import django

SEED = 2017
ROUNDS = 60
FIRST, LAST = date(2012, 1, 1), date(2023, 12, 31)


def addresses(chance: random.Random) -> Iterator[tuple[str, Callable[[], str]]]:
    """Each kind of page, with an address of it for a random thing."""
    yield "register", lambda: "/register/"
    yield "register, filtered", lambda: f"/register/?q=orgaan+{chance.randint(1, 1000)}"
    yield "body", lambda: f"/register/body-{chance.randint(1, 1000)}/"
    yield "members", lambda: f"/members/?page={chance.randint(1, 90)}"
    yield "organisation", lambda: f"/organisations/gm{chance.randint(13, 10000)}/"
    yield "person", lambda: f"/people/person-{chance.randint(1, 60000)}/"
    yield "changes", lambda: "/changes/"
    yield "trail of a body", lambda: f"/audit/bodies_body/{chance.randint(1, 1000)}/"
    yield "home", lambda: "/"
    yield "search", lambda: f"/search/?q=gemeente+{chance.randint(13, 9999)}a"
    yield "search, a slip", lambda: f"/search/?q=wethuoder+{chance.randint(13, 9999)}a"
    yield "search, a word all have", lambda: "/search/?q=burgemeester"


def moment(chance: random.Random) -> str:
    """A random day, half of the time as known at a random instant."""
    day = FIRST + timedelta(days=chance.randint(0, (LAST - FIRST).days))
    known = datetime(2014, 1, 1, tzinfo=UTC) + timedelta(days=chance.randint(0, 3000))
    return f"on={day}" + (f"&known={known:%Y-%m-%d}" if chance.random() < 0.5 else "")


def timed(get: Callable[[str], int], address: str) -> float:
    """Seconds of one request; it must be answered with a page."""
    begun = time.perf_counter()
    status = get(address)
    seconds = time.perf_counter() - begun
    if status not in (200, 404):  # 404: not yet known at that instant
        raise SystemExit(f"{address}: {status}")
    return seconds


def main() -> None:
    """Measure and print."""
    django.setup()
    from django.db import connection, reset_queries
    from django.test import Client

    chance = random.Random(SEED)
    client = Client()

    def get(address: str) -> int:
        return client.get(address).status_code

    get("/healthz")
    bare = statistics.median(timed(get, "/accessibility/") for _ in range(20))
    print(f"{'page':<26}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}{'queries':>9}{'x bare':>8}")
    for name, address in addresses(chance):
        seconds, queries = [], 0
        for _ in range(ROUNDS):
            path = address()
            path += ("&" if "?" in path else "?") + moment(chance)
            connection.force_debug_cursor = True
            reset_queries()
            seconds.append(timed(get, path))
            queries = max(queries, len(connection.queries))
        seconds.sort()
        p50, p95 = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
        figures = f"{p50 * 1e3:>8.0f}{p95 * 1e3:>8.0f}{seconds[-1] * 1e3:>8.0f}"
        print(f"{name:<26}{figures}{queries:>9}{p50 / bare:>8.1f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"bare page {bare * 1e3:.1f} ms; memory of the process {memory:.0f} MB")


if __name__ == "__main__":
    main()
