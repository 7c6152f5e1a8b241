"""The start-up check of production: everything that is missing, in one list."""

import os
from collections.abc import Mapping
from pathlib import Path

from verband.site.launch.words import Unable

REQUIRED = {
    "DATABASE_URL": "the database, as postgresql://user:password@host/name",
    "VERBAND_SECRET_KEY": "a long random text that signs sessions; at least 40 characters",
    "VERBAND_HOSTS": "the host names the site answers to, with commas",
    "VERBAND_BASE_URL": "the address people use, as https://verband.example",
    "VERBAND_SIGNING_KEY": "the file with the Ed25519 key that signs the audit tree",
    "VERBAND_MAIL_FROM": "the address mail is sent from",
    "EMAIL_URL": "the mail server, as smtp://user:password@host:587?tls=1",
}


def check() -> None:
    """Refuse to start while something is missing. Raises: Unable, with the whole list."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verband.site.settings")
    found = missing(os.environ) or wrong_in_use()
    if found:
        lines = "\n".join(f"  - {line}" for line in found)
        raise Unable(f"Verband cannot start yet:\n{lines}\nSee docs/deploy.md.")


def missing(environment: Mapping[str, str]) -> list[str]:
    """What the environment lacks, a line each.

    >>> missing({name: "x" * 40 for name in REQUIRED})[-1]
    'EMAIL_URL: mail goes by smtp://, smtps://, console:, file: or memory:.'
    """
    found = [
        f"{name} is not set: {meaning}."
        for name, meaning in REQUIRED.items()
        if not environment.get(name)
    ]
    for name, problem in (
        ("VERBAND_SECRET_KEY", short_secret),
        ("VERBAND_BASE_URL", no_address),
        ("VERBAND_SIGNING_KEY", no_key),
        ("EMAIL_URL", no_mail),
    ):
        value = environment.get(name)
        complaint = problem(value) if value else ""
        if complaint:
            found.append(f"{name}: {complaint}")
    return found


def short_secret(value: str) -> str:
    """A secret that can be guessed."""
    return "" if len(value) >= 40 else "it is shorter than 40 characters."


def no_address(value: str) -> str:
    """An address without its beginning."""
    return "" if value.startswith(("https://", "http://")) else "it does not begin with https://."


def no_mail(value: str) -> str:
    """A mail server we cannot address."""
    from verband.site.addresses import MAIL  # noqa: PLC0415 - needs the environment

    if value.split(":", maxsplit=1)[0] in MAIL:
        return ""
    return "mail goes by smtp://, smtps://, console:, file: or memory:."


def no_key(value: str) -> str:
    """A file that is no private Ed25519 key."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - slow to import
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    try:
        key = serialization.load_pem_private_key(Path(value).read_bytes(), password=None)
    except OSError as error:
        return f"the file cannot be read ({error.strerror})."
    except (ValueError, TypeError):
        key = None
    return "" if isinstance(key, ed25519.Ed25519PrivateKey) else "it holds no Ed25519 private key."


def wrong_in_use() -> list[str]:
    """What shows only when the database is asked: its version, its tables; the static files."""
    import django  # noqa: PLC0415 - reads the settings
    from django.conf import settings  # noqa: PLC0415
    from django.db import Error, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    django.setup()
    found = []
    try:
        if connection.get_database_version() < (15,):
            found.append("The database is older than PostgreSQL 15.")
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        tables = connection.introspection.table_names()
        if waiting or settings.CACHES["default"]["LOCATION"] not in tables:
            found.append("The database is not ready for this version: ./verband manage prepare")
    except Error as error:
        found.append(f"DATABASE_URL: the database does not answer ({str(error).strip()}).")
    finally:
        connection.close()
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        found.append("The static files are not collected: ./verband manage prepare")
    return found
