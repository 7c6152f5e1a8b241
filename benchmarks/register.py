"""How fast the register is read and filled at synthetic scale: any page, any day, any instant.

    .venv/bin/python benchmarks/register.py

Makes a database server and a database of its own, fills it (``synthetic.py``), measures, and takes
it away. Server time of a request is measured in the process, without a network, and beside a bare
page of the same framework in the same run, so that figures of two machines can be compared as
ratios. Processor time is given too, because a machine may have other work: that of this process,
request by request, and the mean of the database's session. Queries are counted in rounds of their
own, since counting costs time.
"""

import importlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psutil

SOURCE = Path(__file__).resolve().parents[1] / "src"
sys.path.insert(0, str(SOURCE))

SEED = 2017
WARMING, ROUNDS, COUNTED = 5, 100, 10
TODAY = date(2023, 12, 31)
FIRST, LAST = date(2012, 1, 1), TODAY
MEGABYTE = 1024 * 1024
PAGE, SEARCH, YEAR = 100, 80, 500  # promised: the slowest but five of a hundred, in milliseconds


def addresses(chance: random.Random) -> Iterator[tuple[str, Callable[[], str], int]]:
    """Each kind of page, an address of it for a random thing, and what was promised."""

    def place() -> str:
        return f"/organisations/gm{chance.randint(13, 10000)}/"

    def year() -> str:
        start = FIRST + timedelta(days=chance.randint(0, (LAST - FIRST).days - 366))
        return f"/changes/?from={start}&until={start + timedelta(days=365)}"

    yield "register", lambda: "/register/", PAGE
    yield "register, filtered", lambda: f"/register/?q=orgaan+{chance.randint(1, 1000)}", PAGE
    yield "body", lambda: f"/register/body-{chance.randint(1, 1000)}/", PAGE
    yield "members", lambda: f"/members/?page={chance.randint(1, 90)}", PAGE
    yield "organisation", place, PAGE
    yield "person", lambda: f"/people/person-{chance.randint(1, 60000)}/", PAGE
    yield "changes of three months", lambda: "/changes/", PAGE
    yield "trail of a body", lambda: f"/audit/bodies_body/{chance.randint(1, 1000)}/", PAGE
    yield "home", lambda: "/", PAGE
    yield "two days a year apart", year, YEAR
    yield "search", lambda: f"/search/?q=gemeente+{chance.randint(13, 9999)}a", SEARCH
    yield "search, a slip", lambda: f"/search/?q=wethuoder+{chance.randint(13, 9999)}a", SEARCH
    yield "search, a word all have", lambda: "/search/?q=burgemeester", SEARCH


def moment(chance: random.Random) -> str:
    """A random day, half of the time as known at a random instant."""
    day = FIRST + timedelta(days=chance.randint(0, (LAST - FIRST).days))
    known = datetime(2014, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randint(0, 259_200_000))
    return f"on={day}" + (f"&known={known:%Y-%m-%dT%H:%M:%SZ}" if chance.random() < 0.5 else "")


def main() -> None:
    """Make the server, and let a process of its own do each part, as the site's would."""
    if len(sys.argv) > 1:
        PARTS[sys.argv[1]]()
        return
    from verband.site.launch.postgres import Cluster

    with tempfile.TemporaryDirectory(prefix="verband-") as folder:
        Path(folder).chmod(0o755)  # the server may run as another user
        cluster = Cluster(Path(folder))
        with cluster.in_use():
            names = {
                "DATABASE_URL": cluster.url("postgres"),
                "DJANGO_SETTINGS_MODULE": "verband.site.settings",
                "VERBAND_DATA": folder,
                "VERBAND_TODAY": TODAY.isoformat(),
                "VERBAND_SECRET_KEY": "for the benchmark only",
            }
            for part in PARTS:
                words = [sys.executable, __file__, part]
                subprocess.run(words, env={**os.environ, **names}, check=True)


def start() -> None:
    """As the web server does."""
    importlib.import_module("verband.site.wsgi")


def fill() -> None:
    """The tables, the synthetic register and its search."""
    import django

    django.setup()  # before anything is imported that needs the settings
    from django.core.management import call_command

    import synthetic
    import synthetic_search

    begun = time.perf_counter()
    call_command("prepare", verbosity=0)
    synthetic.build()
    synthetic_search.build()
    print(f"filled in {time.perf_counter() - begun:.0f} s (by the database, not measured)\n")


class Meter:
    """Wall clock and processor time of requests, in milliseconds."""

    def __init__(self) -> None:
        from django.db import connection
        from django.test import Client

        self.connection, self.client = connection, Client(SERVER_NAME="localhost")

    def get(self, address: str) -> None:
        """One request; it must be answered with a page, or nothing was known at that instant."""
        status = self.client.get(address).status_code
        if status not in (200, 404):
            raise SystemExit(f"{address}: {status}")

    def timed(self, addresses: list[str]) -> tuple[list[float], list[float], float]:
        """Wall clock and own processor time of each, sorted, and the database's mean."""
        self.get(addresses[0])
        session = psutil.Process(self.connection.connection.info.backend_pid)
        before, wall, own = sum(session.cpu_times()[:2]), [], []
        for address in addresses:
            clock, processor = time.perf_counter(), time.process_time()
            self.get(address)
            wall.append((time.perf_counter() - clock) * 1e3)
            own.append((time.process_time() - processor) * 1e3)
        spent = (sum(session.cpu_times()[:2]) - before) * 1e3
        return sorted(wall), sorted(own), spent / len(addresses)

    def queries(self, addresses: list[str]) -> int:
        """The most queries that one of them takes."""
        from django.test.utils import CaptureQueriesContext

        most = 0
        for address in addresses:
            with CaptureQueriesContext(self.connection) as captured:
                self.get(address)
            most = max(most, len(captured))
        return most


def most(figures: list[float]) -> float:
    """What nineteen of twenty do not exceed."""
    return figures[int(len(figures) * 0.95)]


def read() -> None:
    """Every kind of page, in one process."""
    import logging

    start()
    logging.disable()  # a page of something not yet known is no news here
    chance, meter = random.Random(SEED), Meter()
    wall, own, _database = meter.timed(["/accessibility/"] * 50)
    bare, bare_own = statistics.median(wall), statistics.median(own)
    begun = time.perf_counter()
    meter.get("/accessibility/?known=2014-06-01")
    first = (time.perf_counter() - begun) * 1e3
    heads = "| page | p50 ms | p95 ms | most | processor: own p95 + database | queries"
    print(f"{heads} | x bare | in processor time | promise | kept | in processor time |")
    print(f"|{'---|' * 11}")
    for name, address, promised in addresses(chance):
        paths = []
        for _ in range(WARMING + ROUNDS + COUNTED):
            path = address()
            paths.append(path + ("&" if "?" in path else "?") + moment(chance))
        meter.timed(paths[:WARMING])
        wall, own, database = meter.timed(paths[WARMING:-COUNTED])
        queries = meter.queries(paths[-COUNTED:])
        p50, p95, spent = statistics.median(wall), most(wall), most(own) + database
        shown = f"{p50:.0f} | {p95:.0f} | {wall[-1]:.0f} | {most(own):.0f} + {database:.0f}"
        ratios = f"{p50 / bare:.1f} | {statistics.median(own) / bare_own:.1f}"
        kept = " | ".join("yes" if figure <= promised else "NO" for figure in (p95, spent))
        print(f"| {name} | {shown} | {queries} | {ratios} | {promised} ms | {kept} |", flush=True)
    memory = psutil.Process().memory_info().rss / MEGABYTE
    load = os.getloadavg()[0]
    print(f"\nbare page {bare:.1f} ms (processor {bare_own:.1f}); load {load:.2f};", end=" ")
    print(f"the first page of a process with earlier knowledge {first:.0f} ms, once")
    print(f"memory of the process {memory:.0f} MB, at most {peak():.0f} (promise 250)")


def peak() -> float:
    """The most memory that this process held, in megabytes."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE


def take_in() -> None:
    """A file of ten thousand new members, beside the ten thousand that are there."""
    start()
    from verband.bodies.imports.plan import Terms
    from verband.bodies.imports.running import read_file
    from verband.bodies.use_cases import import_members
    from verband.kernel import clock
    from verband.kernel.permissions import FOUNDING
    from verband.people.use_cases import found_register

    now = clock.now()
    keeper = found_register(
        actor=FOUNDING, now=now, email="keeper@verband.example", summary="keeper", day=FIRST
    )
    rows = "".join(f"GM{20_000 + i};Nieuw {i};2024-01-01\n" for i in range(10_000))
    begun, processor = time.perf_counter(), time.process_time()
    terms = Terms(TODAY, "", False)
    read = read_file("members", "members.csv", f"code;name;from\n{rows}".encode(), terms)
    done = import_members(
        actor=keeper, now=now, rows=read, file_name="members.csv",
        sha256="0" * 64, day=terms.day,
    )  # fmt: skip
    seconds, own = time.perf_counter() - begun, time.process_time() - processor
    assert done.new == 10_000
    kept = "yes" if seconds < 30 else "NO"
    print(f"import of 10,000 members, search included: {seconds:.1f} s (own processor {own:.1f} s;")
    print(f"promise 30 s: {kept}); memory at most {peak():.0f} MB")


PARTS: dict[str, Callable[[], None]] = {"fill": fill, "read": read, "take-in": take_in}

if __name__ == "__main__":
    main()
