"""Addresses of outside servers, given as one line in the environment, as Django wants them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MAIL = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "window": "verband.site.mail.WindowBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
}


# Short reads on fast storage: compiling a plan costs more than running it, and an index page
# costs hardly more to read than the next page of a table.
PLANNER = "-c jit=off -c random_page_cost=1.1"


def database(url: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """The database of ``DATABASE_URL``; without it, the one that libpq's own variables name.

    Connections are kept between requests: a web process has a fixed number of threads, each with
    one connection, so that a pool would hold as many and add a queue.

    >>> database("postgresql://anna:s%40y@db.example:5433/register?sslmode=require", {})["OPTIONS"]
    {'options': '-c jit=off -c random_page_cost=1.1', 'sslmode': 'require'}
    """
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - not needed to read settings

    given: dict[str, Any] = conninfo_to_dict(url) if url else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.pop("dbname", None) or environment.get("PGDATABASE", "verband"),
        "USER": given.pop("user", None) or environment.get("PGUSER", "verband"),
        "PASSWORD": given.pop("password", None) or "",
        "HOST": given.pop("host", None) or environment.get("PGHOST", ""),
        "PORT": given.pop("port", None) or "",
        "OPTIONS": {"options": PLANNER, **given},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings of ``EMAIL_URL``.

    Raises: ImproperlyConfigured, when the first word is not one of ours.

    >>> mail("smtp://post:secret@mail.example:587?tls=1")["EMAIL_HOST"]
    'mail.example'
    """
    parts = urlsplit(url)
    if parts.scheme not in MAIL:
        raise ImproperlyConfigured(
            f"EMAIL_URL begins with '{parts.scheme}'; begin with one of {', '.join(MAIL)}."
        )
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "EMAIL_BACKEND": MAIL[parts.scheme],
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and asked.get("tls") in {"1", "true", "yes"},
        "EMAIL_FILE_PATH": unquote(parts.path) if parts.scheme == "file" else None,
        "EMAIL_TIMEOUT": 20,
    }
