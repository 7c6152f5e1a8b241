"""Handing promised mails to the mail server: at least once, in batches, without a transaction.

Each mail is written down as handed over right after the server took it. A process that is killed
between the two hands that one mail over again, with the same Message-ID (docs/adr/0011). One
process sends at a time, guarded by a lock of its database session, which ends with the process.
"""

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import translation

from verband.consultations.kinds import DeliveryState
from verband.consultations.mail.gathering import gather
from verband.consultations.mail.letters import Letter
from verband.consultations.mail.message import message_of
from verband.consultations.models import Delivery

log = logging.getLogger(__name__)
LOCK = 0x6D61696C73  # "mails"
BATCH = 100
SLICE = 20.0  # seconds; then other work of the worker gets its turn
LONGEST_WAIT = timedelta(minutes=30)
GONE = 500  # from here on a server says: never


class MailServerDown(Exception):
    """The mail server cannot be reached or takes nothing; nothing more is tried now."""


@dataclass
class Sent:
    """What one run did. ``more``: mail is left that could go out now."""

    handed_over: int = 0
    lapsed: int = 0
    delayed: int = 0
    refused: int = 0
    more: bool = False


def send_promised(now: datetime) -> Sent:
    """Hand over what waits, for some seconds.

    Raises: ``MailServerDown``.
    """
    done = Sent()
    with _alone() as alone:
        if not alone:
            return done
        started, after = monotonic(), 0
        server = _Server()
        try:
            while batch := _waiting(now, after):
                after = batch[-1].pk
                for letter in _letters(batch, now):
                    _one(server, letter, now, done)
                    if monotonic() - started > SLICE:
                        done.more = True
                        return done
        finally:
            server.close()
    return done


def _waiting(now: datetime, after: int) -> list[Delivery]:
    rows = Delivery.objects.filter(
        state=DeliveryState.WAITING, next_try__lte=now, notice_id__gt=after
    )
    rows = rows.select_related("notice__consultation", "notice__person")
    return list(rows.order_by("notice_id")[:BATCH])


def _letters(batch: list[Delivery], now: datetime) -> Iterator[Letter]:
    with translation.override(settings.LANGUAGE_CODE):
        post = gather([delivery.notice for delivery in batch], now)
        letters = [post.letter(delivery.notice) for delivery in batch]
    yield from letters


def _one(server: "_Server", letter: Letter, now: datetime, done: Sent) -> None:
    delivery = letter.notice.delivery
    if letter.lapsed:
        done.lapsed += 1
        _end(delivery, DeliveryState.LAPSED, letter.lapsed, now)
        return
    with translation.override(settings.LANGUAGE_CODE):
        message = message_of(letter)
    try:
        server.send(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, answer = next(iter(refusal.recipients.values()), (0, b""))
        if code >= GONE:
            done.refused += 1
            _end(delivery, DeliveryState.REFUSED, _text(code, answer, letter), now)
        else:
            done.delayed += 1
            _later(delivery, _text(code, answer, letter), now)
    except smtplib.SMTPDataError as refusal:
        done.delayed += 1
        _later(delivery, _text(refusal.smtp_code, refusal.smtp_error, letter), now)
    except (smtplib.SMTPException, OSError) as error:
        _later(delivery, f"{type(error).__name__}: {error}", now)
        raise MailServerDown(str(error)) from error
    else:
        done.handed_over += 1
        _end(delivery, DeliveryState.SENT, "", now)


def _end(delivery: Delivery, state: DeliveryState, answer: str, now: datetime) -> None:
    rows = Delivery.objects.filter(pk=delivery.pk)
    rows.update(state=state, answer=answer[:300], done_at=now, attempts=delivery.attempts + 1)


def _later(delivery: Delivery, answer: str, now: datetime) -> None:
    wait = min(timedelta(minutes=1) * 2 ** min(delivery.attempts, 10), LONGEST_WAIT)
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=delivery.attempts + 1, next_try=now + wait, answer=answer[:300]
    )
    log.warning("Mail %s waits for %s: %s", delivery.pk, wait, answer)


def _text(code: int, answer: Any, letter: Letter) -> str:
    """What the server said, without the address: more people see this than may see addresses."""
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    return f"{code} {said.replace(letter.to, '…')}"


class _Server:
    """The mail server, over one connection that is opened when the first mail goes out."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._last = 0.0

    def send(self, message: Any) -> None:
        """Hand over one mail, not faster than the rate; a line that was cut is laid once more."""
        self._wait()
        try:
            self._open().send_messages([message])
        except smtplib.SMTPServerDisconnected:
            self.close()
            self._open().send_messages([message])

    def close(self) -> None:
        """Hang up; a line that is dead already is no matter."""
        if self._backend is not None:
            backend, self._backend = self._backend, None
            try:
                backend.close()
            except (smtplib.SMTPException, OSError):
                log.debug("The line to the mail server was cut")

    def _open(self) -> Any:
        if self._backend is None:
            self._backend = mail.get_connection()
            self._backend.open()
        return self._backend

    def _wait(self) -> None:
        pause = self._last + 1 / settings.VERBAND_MAIL_RATE - monotonic()
        if pause > 0:
            sleep(pause)
        self._last = monotonic()


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else is sending now; the database frees the lock of a process that dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
