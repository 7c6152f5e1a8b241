"""A form that is sent twice is done once.

Every form carries a key. The answer to its first sending is kept in the session; a second sending
gets that answer. A lock in the database makes a second sending wait for the first, also when they
reach two machines.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection
from django.http import HttpRequest

ANSWERS = "forms_answered"
KEPT = 40


def new_key() -> str:
    """A key for one showing of a form."""
    return secrets.token_urlsafe(16)


@contextmanager
def one_at_a_time(request: HttpRequest, key: str) -> Iterator[None]:
    """Let one sending of this form through; the others wait. Without a database nothing waits."""
    if connection.vendor != "postgresql":
        yield
        return
    owner = request.session.session_key or ""
    number = int.from_bytes(sha256(f"{owner}:{key}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def answered(request: HttpRequest, key: str) -> str:
    """Where the first sending of this form led; empty when it was not sent before."""
    session = request.session
    # Read anew: another request may have answered since this one began.
    stored = type(session)(session.session_key) if session.session_key else session
    return str(stored.get(ANSWERS, {}).get(key, ""))


def remember(request: HttpRequest, key: str, address: str) -> None:
    """Keep where a form led, at once, before the lock is given back."""
    answers = [*request.session.get(ANSWERS, {}).items(), (key, address)]
    request.session[ANSWERS] = dict(answers[-KEPT:])
    request.session.save()
