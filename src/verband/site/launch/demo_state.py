"""What the demo has in its data folder: the database, its keys, and how far its load came."""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

from verband.site.launch.paths import ROOT, SOURCE
from verband.site.launch.postgres import Cluster
from verband.site.launch.progress import Progress
from verband.site.launch.words import Unable, cannot_write

DATABASE = "verband"
FIRST_DAY = date(2017, 10, 30)  # the day of the report

# One row. Not a model: it must be readable without Django, and before the first migration.
TABLE = """
CREATE TABLE IF NOT EXISTS verband_demo (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    begun timestamptz NOT NULL,
    loaded timestamptz,
    day date NOT NULL,
    schema text NOT NULL DEFAULT '',
    accounts text NOT NULL DEFAULT '[]'
)
"""


@dataclass(frozen=True)
class State:
    """How far the load came; ``loaded`` None: it was begun and not finished."""

    loaded: datetime | None
    day: date
    schema: str


class Demo:
    """The demo of one data folder; its cluster must be in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder)

    @contextlib.contextmanager
    def alone(self, output: TextIO = sys.stdout) -> Iterator[None]:
        """Let one process make and load the database while others wait."""
        lock = os.open(self.folder / "load.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Another start is loading the data; waiting for it.", file=output, flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def set_environment(self, *, day: date | None = None, address: str = "") -> None:
        """Set what the settings read, for this process and its children.

        ``day`` is the demo's day; without it, the day it had before.
        """
        self.make_database()
        state = self.state()
        today = day or day_of_environment() or (state.day if state else FIRST_DAY)
        values: Mapping[str, str] = {
            "DJANGO_SETTINGS_MODULE": "verband.site.settings",
            "DATABASE_URL": self.cluster.url(DATABASE),
            "VERBAND_DATA": str(self.folder),
            "VERBAND_DEMO": "true",
            "VERBAND_TODAY": today.isoformat(),
            "VERBAND_SECRET_KEY": self._secret(),
            "VERBAND_SIGNING_KEY": str(self._signing_key()),
            "VERBAND_AUDIT_NAME": "verband.demo/audit",
            "VERBAND_BASE_URL": address or "http://localhost:8000",
            "EMAIL_URL": os.environ.get("EMAIL_URL") or "window:",
        }
        os.environ.update(values)

    def make_database(self) -> None:
        """Make the empty database, if there is none."""
        import psycopg  # noqa: PLC0415 - part of the environment

        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [DATABASE]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")

    def drop_database(self) -> None:
        """Remove the database with all that was done in it."""
        import psycopg  # noqa: PLC0415 - part of the environment

        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")

    def state(self) -> State | None:
        """How far the load came; None when it was never begun."""
        import psycopg  # noqa: PLC0415 - part of the environment

        with psycopg.connect(self.cluster.url(DATABASE)) as connection:
            if connection.execute("SELECT to_regclass('verband_demo')").fetchone() == (None,):
                return None
            row = connection.execute("SELECT loaded, day, schema FROM verband_demo").fetchone()
        return State(*row) if row else None

    def prepare(self, output: TextIO = sys.stdout) -> None:
        """Bring the database to where it can be used: migrated, and loaded to the end once."""
        state = self.state()
        if state is not None and state.loaded is None:
            print("The first load was interrupted; starting over.", file=output, flush=True)
            self.drop_database()
            self.make_database()
            state = None
        today = date.fromisoformat(os.environ["VERBAND_TODAY"])
        schema = schema_fingerprint()
        if state is None:
            self._load(output, today)
        elif state.schema != schema:
            print("Bringing the database up to date.", file=output, flush=True)
            run_command("prepare")
        elif static_is_old():
            run_command("prepare", "--static-only")
        self._mark("UPDATE verband_demo SET day = %s, schema = %s", today, schema)

    def accounts(self) -> list[tuple[str, str]]:
        """The demo's accounts: what kind of user, and the address to sign in with."""
        import psycopg  # noqa: PLC0415 - part of the environment

        with psycopg.connect(self.cluster.url(DATABASE)) as connection:
            row = connection.execute("SELECT accounts FROM verband_demo").fetchone()
        return [(label, email) for label, email in json.loads(row[0])] if row else []

    def _load(self, output: TextIO, today: date) -> None:
        print("Loading the reference association; this happens once.", file=output, flush=True)
        self._mark(TABLE)
        self._mark(
            "INSERT INTO verband_demo (begun, day) VALUES (%s, %s)", datetime.now(UTC), today
        )
        progress = Progress(output)
        progress("the tables of the database", 0, 1)
        run_command("prepare")
        progress("the tables of the database", 1, 1)
        import django  # noqa: PLC0415 - set up by run_command

        django.setup()
        from django.db import connection  # noqa: PLC0415 - needs the settings

        from verband.reference import story  # noqa: PLC0415 - needs the apps
        from verband.reference.story.accounts import DEMO_ACCOUNTS  # noqa: PLC0415

        with answering():
            with connection.cursor() as cursor:  # losing the last second of a load is no loss
                cursor.execute("SET synchronous_commit = off")
            story.load(progress, today)
        progress.finish()
        accounts = json.dumps([(it.label_en, it.email) for it in DEMO_ACCOUNTS])
        finished = "UPDATE verband_demo SET loaded = %s, accounts = %s"
        self._mark(finished, datetime.now(UTC), accounts)

    def _mark(self, statement: str, *values: object) -> None:
        import psycopg  # noqa: PLC0415 - part of the environment

        with psycopg.connect(self.cluster.url(DATABASE)) as connection:
            connection.execute(statement, values or None)

    def _secret(self) -> str:
        path = self.folder / "secret"
        if not path.exists():
            write_private(path, secrets.token_urlsafe(48).encode())
        return path.read_text()

    def _signing_key(self) -> Path:
        path = self.folder / "signing-key.pem"
        if not path.exists():
            write_private(path, new_signing_key())
        return path


def day_of_environment() -> date | None:
    """The day that ``VERBAND_TODAY`` names. Raises: Unable, when it is not a day."""
    text = os.environ.get("VERBAND_TODAY")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unable(f"VERBAND_TODAY is '{text}', not a day; write it as 2017-10-30.") from None


def new_signing_key() -> bytes:
    """A private Ed25519 key for the checkpoints of the audit tree, as PEM."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - slow to import
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def write_private(path: Path, content: bytes) -> None:
    """Write a file only we may read, whole or not at all."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        aside.rename(path)
    except OSError as error:
        raise cannot_write(error, path.parent) from error


def schema_fingerprint() -> str:
    """Changes when a migration of ours or a library's version does."""
    found = hashlib.sha256((ROOT / "requirements" / "base.lock").read_bytes())
    for path in sorted((SOURCE / "verband").glob("*/migrations/*.py")):
        found.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return found.hexdigest()


def static_is_old() -> bool:
    """Whether a style sheet, script or picture changed since they were collected."""
    collected = Path(
        os.environ.get("VERBAND_STATIC") or Path(os.environ["VERBAND_DATA"]) / "static"
    )
    try:
        since = (collected / "staticfiles.json").stat().st_mtime
    except FileNotFoundError:
        return True
    ours = (SOURCE / "verband").glob("*/static/**/*")
    return any(path.stat().st_mtime > since for path in ours)


def run_command(*words: str) -> None:
    """Run a management command in this process, as quiet as it can be."""
    import django  # noqa: PLC0415 - part of the environment
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    with answering():
        call_command(*words, verbosity=0)


@contextlib.contextmanager
def answering() -> Iterator[None]:
    """Close our connections afterwards. Raises: Unable, when the server gives up."""
    from django.db import OperationalError, connections  # noqa: PLC0415 - part of the environment

    try:
        yield
    except OperationalError as error:
        reason = str(error).splitlines()[0]
        raise Unable(f"The database gave up: {reason}.") from error
    finally:
        connections.close_all()
