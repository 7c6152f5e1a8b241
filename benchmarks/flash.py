"""How fast the results of questions to people are: a flash question, and a round of statements.

    .venv/bin/python benchmarks/flash.py

Makes a database server and a database of its own with 388 municipalities, opens, closes and
publishes both questions through the use cases, and lets the database itself fill in who was asked
and what they said: 100,000 people who answered a flash question (one in twenty twice, one in ten
with a sentence), and 2,000 people who each voted on 60 statements. Then a process of its own asks
for each result page, as a visitor and signed in, and says how much memory it held. Server time is
measured in the process, without a network, beside a bare page of the same framework; processor time
too, of this process and of the database's session, because a machine may have other work.
"""

import importlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

SOURCE = Path(__file__).resolve().parents[1] / "src"
sys.path.insert(0, str(SOURCE))

PEOPLE, PARTICIPANTS, STATEMENTS = 100_000, 2_000, 60
TODAY = date(2012, 12, 31)
NOW = datetime(2012, 12, 20, 9, tzinfo=UTC)
CLOSES = datetime(2012, 12, 21, 9, tzinfo=UTC)
KEEPER = "keeper@verband.example"
WARMING, ROUNDS, COUNTED = 3, 40, 10
MEGABYTE = 1024 * 1024
FLASH, ROUND = 200, 300  # promised, in milliseconds
MEMORY = 300  # promised, in megabytes
MAP = """INSERT INTO members_mapcell (organisation_id, q, r, valid_from, recorded_from, closed_as,
        source, certainty)
    SELECT i, i % 20, i / 20, NULL, TIMESTAMPTZ '2004-01-01', '', 'synthetic', 'certain'
    FROM generate_series(13, 400) i"""
ASKED = """WITH person AS (
        INSERT INTO people_person (key, recorded_from)
        SELECT %(prefix)s || i, %(now)s FROM generate_series(1, %(people)s) i RETURNING id
    )
    INSERT INTO consult_invitation (consultation_id, person_id, member_id, recorded_from)
    SELECT %(consultation)s, id, 13 + id %% 388, %(now)s FROM person"""
ANSWERS = """INSERT INTO consult_answer (consultation_id, person_id, member_id, number, choice,
        sentence, token, recorded_from)
    SELECT consultation_id, person_id, member_id, number,
        (ARRAY['yes', 'no', 'later'])[1 + (person_id * 7 + number + member_id) %% 3],
        CASE WHEN person_id %% 10 = 0 THEN 'Begin bij de riolering, ' || person_id ELSE '' END,
        gen_random_uuid(), %(now)s
    FROM consult_invitation, generate_series(1, 2) number
    WHERE consultation_id = %(consultation)s AND (number = 1 OR person_id %% 20 = 0)"""
VOTES = """INSERT INTO consult_statementvote (statement_id, person_id, number, choice,
        recorded_from)
    SELECT statement.id, invitation.person_id, number,
        CASE WHEN (person_id * 31 + statement.id * 17 + number) %% 10 = 0 THEN 'pass'
            WHEN (person_id * 13 + statement.id * 7 + invitation.member_id) %% 100
                < 30 + (statement.id * 11) %% 60
                + (invitation.member_id %% 3) * ((statement.id %% 5) - 2) * 8
            THEN 'agree' ELSE 'disagree' END, %(now)s
    FROM consult_statement statement
    JOIN consult_invitation invitation USING (consultation_id), generate_series(1, 2) number
    WHERE consultation_id = %(consultation)s AND (number = 1 OR person_id %% 20 = 0)"""


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


def fill() -> None:
    """The register, both questions, and what people said."""
    import django

    django.setup()  # before anything is imported that needs the settings
    from django.core.management import call_command

    import synthetic
    from verband.kernel.permissions import FOUNDING
    from verband.people.use_cases import found_register

    begun = time.perf_counter()
    call_command("prepare", verbosity=0)
    synthetic.build(400)
    _run(MAP)
    keeper = found_register(
        actor=FOUNDING, now=NOW, email=KEEPER, summary="keeper", day=date(2004, 1, 1)
    )
    _flash_question(keeper)
    _round_of_statements(keeper)
    print(f"filled in {time.perf_counter() - begun:.0f} s (by the database, not measured)\n")


def _run(statement: str, **values: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _opened(keeper: Any, kind: str, key: str, questions: list[dict[str, Any]]) -> Any:
    from verband.bodies.models import Body
    from verband.consultations.kinds import Binding, Weighing
    from verband.consultations.use_cases.opening import open_vote
    from verband.consultations.use_cases.preparing import prepare_consultation
    from verband.consultations.use_cases.rules import enter_rule

    told = {"actor": keeper, "now": NOW}
    rule = enter_rule(
        **told,
        key=key,
        kind=kind,
        name=key,
        article="art. 3",
        rule={"name": "meeste stemmen", "majorities": ["members > 1/2 of valid"]},
        binding=Binding.ADVICE,
        weighing=Weighing.PERSONS,
        valid_from=None,
    )
    made = prepare_consultation(
        **told,
        body=Body.objects.order_by("pk").first(),
        kind=kind,
        rule=rule,
        title=f"Bench: {key}",
        key=key,
        audience={"of": "members", "functions": ["alderman"]},
        closes_at=CLOSES,
        questions=questions,
    )
    open_vote(**told, consultation=made)
    return made


def _published(keeper: Any, made: Any) -> None:
    from verband.consultations.use_cases.opening import close_vote, publish_result
    from verband.kernel.permissions import CLOCK

    close_vote(actor=CLOCK, now=CLOSES, consultation=made)
    publish_result(actor=keeper, now=CLOSES + timedelta(hours=1), consultation=made)
    _run("ANALYZE")


def _flash_question(keeper: Any) -> None:
    options = [{"code": code} for code in ("yes", "no", "later")]
    question = {"form": "choice", "text": "Doen wij mee?", "options": options}
    made = _opened(keeper, "flash", "flash", [question])
    about = {"consultation": made.pk, "now": NOW}
    _run(ASKED, prefix="asked-", people=PEOPLE - made.invitations.count(), **about)
    _run(ANSWERS, **about)
    _published(keeper, made)


def _round_of_statements(keeper: Any) -> None:
    from verband.consultations.models import Moderation, Statement
    from verband.consultations.use_cases.moderating import merge_statement, put_statement

    made = _opened(keeper, "statements", "statements", [])
    told = {"actor": keeper, "now": NOW}
    for place in range(STATEMENTS + 2):
        put_statement(**told, consultation=made, text=f"Stelling {place} over wat wij delen.")
    about = {"consultation": made.pk, "now": NOW}
    _run(ASKED, prefix="takes-part-", people=PARTICIPANTS - made.invitations.count(), **about)
    _run(VOTES, **about)
    first, *_others, one, other = Statement.objects.filter(consultation=made).order_by("pk")
    for twin in (one, other):
        seen = Moderation.objects.get(statement=twin).pk
        merge_statement(**told, statement=twin, into=first, reason="Zelfde.", seen=seen)
    _published(keeper, made)


class Meter:
    """Wall clock of requests, as a visitor and signed in, in milliseconds."""

    def __init__(self) -> None:
        importlib.import_module("verband.site.wsgi")  # as the web server does
        from django.test import Client

        from verband.people.models import Account

        self.visitor, self.member = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
        self.member.force_login(
            Account.objects.get(email=KEEPER),
            "allauth.account.auth_backends.AuthenticationBackend",
        )

    def time(self, client: Any, address: str, rounds: int) -> list[float]:
        """How long each request took, in order."""
        wall = []
        for _each in range(rounds):
            begun = time.perf_counter()
            answer = client.get(address)
            wall.append((time.perf_counter() - begun) * 1e3)
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code}")
        return wall

    def processor(self, client: Any, address: str, rounds: int) -> tuple[float, float]:
        """The mean processor time of this process and of the database's session."""
        from django.db import connection

        self.time(client, address, 1)
        session = psutil.Process(connection.connection.info.backend_pid)
        before, own = sum(session.cpu_times()[:2]), time.process_time()
        self.time(client, address, rounds)
        spent = sum(session.cpu_times()[:2]) - before
        return (time.process_time() - own) * 1e3 / rounds, spent * 1e3 / rounds

    def queries(self, address: str) -> int:
        """How many queries one request takes."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            self.visitor.get(address)
        return len(captured)


def _read(name: str, addresses: dict[str, str], promised: int) -> None:
    meter = Meter()
    bare = statistics.median(meter.time(meter.visitor, "/accessibility/", 30))
    print(f"{name}; a bare page takes {bare:.1f} ms")
    print("| page | who | first | p50 ms | p95 ms | processor: own + database | queries", end="")
    print(" | x bare | promise | kept | in processor time |")
    print(f"|{'---|' * 11}")
    for page, address in addresses.items():
        for who, client in (("visitor", meter.visitor), ("signed in", meter.member)):
            [first] = meter.time(client, address, 1)
            meter.time(client, address, WARMING)
            wall = sorted(meter.time(client, address, ROUNDS))
            p50, p95 = statistics.median(wall), wall[int(ROUNDS * 0.95)]
            own, database = meter.processor(client, address, COUNTED)
            kept = ["yes" if figure < promised else "NO" for figure in (p95, own + database)]
            shown = f"{first:.0f} | {p50:.0f} | {p95:.0f} | {own:.0f} + {database:.0f}"
            ratio = f"{meter.queries(address)} | {p50 / bare:.1f}"
            print(f"| {page} | {who} | {shown} | {ratio} | {promised} ms | {' | '.join(kept)} |")
    held = peak()
    load = os.getloadavg()[0]
    kept = "yes" if held < MEMORY else "NO"
    print(f"\nmemory of the process at most {held:.0f} MB (promise {MEMORY}: {kept});", end=" ")
    print(f"load {load:.2f}\n")


def peak() -> float:
    """The most memory that this process held, in megabytes."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE


def flash() -> None:
    """The result of the flash question."""
    pages = {
        "result": "/consultations/flash/result/",
        "result, English": "/en/consultations/flash/result/",
        "result, 100th page of sentences": "/consultations/flash/result/?page=100",
    }
    _read(f"Flash question, {PEOPLE:,} people answered", pages, FLASH)


def deliberation() -> None:
    """The result of the round of statements."""
    pages = {
        "by size": "/consultations/statements/result/",
        "by province": "/consultations/statements/result/?by=province",
        "by network": "/consultations/statements/result/?by=network",
    }
    name = f"Statements, {PARTICIPANTS:,} people voted on {STATEMENTS}"
    _read(name, pages, ROUND)


PARTS: dict[str, Callable[[], None]] = {"fill": fill, "flash": flash, "statements": deliberation}

if __name__ == "__main__":
    main()
