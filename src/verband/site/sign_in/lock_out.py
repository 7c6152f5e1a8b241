"""Lock-out: after too many wrong codes a mail address rests, known or unknown, on every machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Max, Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from verband.people.models import SignInFailure

ALLOWED = 6  # wrong codes within the hour: those of two mails
COUNTED = timedelta(hours=1)
REST = timedelta(minutes=15)


def digest(address: str) -> str:
    """What is kept of an address, so that the table tells nobody which addresses were tried."""
    return salted_hmac("verband.sign_in", address.strip().lower(), algorithm="sha256").hexdigest()


@contextmanager
def one_attempt_at_a_time(address: str) -> Iterator[None]:
    """Let the attempts for one address wait for each other, so that none escapes the count."""
    number = int(digest(address)[:15], 16)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        yield


def locked_until(address: str) -> datetime | None:
    """When signing in with this address is possible again; ``None`` when it is now."""
    counted = SignInFailure.objects.filter(address=digest(address), at__gt=Now() - COUNTED)
    found = counted.aggregate(count=Count("pk"), last=Max("at", filter=Q(at__gt=Now() - REST)))
    if found["count"] < ALLOWED or found["last"] is None:
        return None
    until: datetime = found["last"] + REST
    return until


def remember_failure(address: str) -> None:
    """Count one wrong code, and forget what no longer counts."""
    SignInFailure.objects.filter(at__lte=Now() - COUNTED).delete()
    SignInFailure.objects.create(address=digest(address))


def forget_failures(address: str) -> None:
    """Whoever gave the right code begins anew."""
    SignInFailure.objects.filter(address=digest(address)).delete()
