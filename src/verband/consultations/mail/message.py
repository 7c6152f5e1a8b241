"""A letter as a mail: text and HTML, the headers that machines read, the closing time attached."""

import hashlib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from verband.consultations.closing import host
from verband.consultations.mail.letters import Letter
from verband.consultations.models import Notice


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The mail of a letter, in the language that is active."""
    context = {"letter": letter}
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split())[:200],
        body=render_to_string("consultations/mail/letter.txt", context),
        to=[letter.to],
        reply_to=[settings.VERBAND_MAIL_REPLY_TO],
        headers=_headers(letter),
    )
    message.attach_alternative(
        render_to_string("consultations/mail/letter.html", context), "text/html"
    )
    if letter.calendar:
        name = f"closing-{_key(letter.notice)}.ics"
        message.attach(name, letter.calendar.decode(), "text/calendar; method=PUBLISH")
    return message


def message_id(notice: Notice) -> str:
    """The same for the same promise, so that a mail that was handed over twice is seen as one."""
    parts = (_key(notice), notice.person.key, notice.kind, notice.about)
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"<{digest[:40]}@{host()}>"


def _headers(letter: Letter) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(letter.notice),
        "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's holiday answers it
        "X-Auto-Response-Suppress": "All",
    }
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return headers


def _key(notice: Notice) -> str:
    return "" if notice.consultation is None else notice.consultation.key
