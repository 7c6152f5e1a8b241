"""The closing time of a vote: in words with its zone, and as a file for somebody's own agenda."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from verband.consultations.kinds import StepKind
from verband.consultations.queries.standing import Standing
from verband.ui import wording

PRODUCT = "-//Verband//Consultations//NL"
# Central European Summer Time and Central European Time, as strftime names them.
SEASONS = {"CEST": "summer", "CET": "winter"}


def in_zone(moment: datetime) -> str:
    """A moment with its zone: "di 31 okt 2017, 10.00 uur (Nederlandse tijd)".

    In the night in which the clock goes back an hour comes twice; then it says which is meant.
    """
    words = {"moment": wording.moment(moment)}
    local = localtime(moment)
    if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
        return _("%(moment)s (Dutch time)") % words
    if SEASONS.get(local.tzname() or "") == "summer":
        return _("%(moment)s (Dutch summer time)") % words
    return _("%(moment)s (Dutch winter time)") % words


def closing_calendar(standing: Standing, href: str) -> bytes:
    """An iCalendar file (RFC 5545) with one event: it closes then.

    The same vote always gives the same UID, so that an agenda that has it is brought up to date
    when it closes later. SEQUENCE counts the minutes from opening to that change.
    """
    closes, opened = standing.fact.closes_at, standing.at_step(StepKind.OPENED)
    if closes is None:
        raise ValueError("a vote without a closing time has no place in an agenda")
    known = standing.fact.recorded_from
    later = (known - opened).total_seconds() // 60 if opened is not None else 0
    event = Event()
    event.add("uid", f"closing-{standing.consultation.key}@{host()}")
    event.add("dtstamp", max(known, opened or known).astimezone(UTC))
    event.add("sequence", max(int(later), 0))
    event.add("dtstart", closes.astimezone(UTC))
    event.add("dtend", closes.astimezone(UTC))
    event.add("summary", _("Closes: %(title)s") % {"title": standing.fact.title})
    event.add(
        "description",
        _("Until %(moment)s. %(address)s") % {"moment": in_zone(closes), "address": href},
    )
    event.add("url", href)
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def host() -> str:
    """The name of this site, as identifiers carry it."""
    return urlsplit(settings.VERBAND_BASE_URL).hostname or "localhost"
