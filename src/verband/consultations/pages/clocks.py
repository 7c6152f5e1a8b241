"""Closing times and moments in words; the zone is said once on a page."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.kinds import StepKind
from verband.consultations.queries.standing import Standing
from verband.ui import wording
from verband.ui.components.time import Clock


def closing_clock(standing: Standing, now: datetime, *, zone: bool = True) -> Clock | None:
    """What is left until the closing time; nothing when the chair closes it.

    ``zone``: with the hours and the zone, where it is the one clock of a page.
    """
    closes = standing.fact.closes_at
    if closes is None:
        return None
    clock = Clock.until(closes, now, standing.at_step(StepKind.OPENED))
    left = closes - now
    if zone and timedelta(days=2) <= left < timedelta(days=14):
        clock = replace(clock, words=_days_and_hours(left))
    if zone:
        return replace(clock, when=in_zone(clock.when))
    return replace(clock, when=clock.when.replace(" uur", "\N{NO-BREAK SPACE}uur"))


def opening_clock(standing: Standing, now: datetime) -> Clock | None:
    """When it opens."""
    opens = standing.fact.opens_at
    if opens is None:
        return None
    return Clock(_("not open yet"), in_zone(_("opens %(moment)s") % {"moment": at(opens, now)}))


def _days_and_hours(left: timedelta) -> str:
    hours = left.seconds // 3600
    if not hours:
        return _("%(duration)s left") % {"duration": wording.duration(left.days)}
    spoken = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return _("%(days)s and %(hours)s left") % {
        "days": wording.duration(left.days),
        "hours": spoken,
    }


def in_zone(words: str) -> str:
    """A moment with its zone."""
    return _("%(moment)s (Dutch time)") % {"moment": words}


def at(value: datetime, now: datetime) -> str:
    """A moment, the year left out in this year."""
    return wording.moment(value, near=now)


def at_or_today(value: datetime, now: datetime) -> str:
    """The hour when it was today, else day and hour."""
    if localtime(value).date() == localtime(now).date():
        return wording.clock_time(value)
    return wording.moment(value, near=now)


def span(start: datetime, end: datetime) -> tuple[str, str]:
    """Both ends of a stretch of time: the day once when it is one day, the year once in a year."""
    if localtime(start).date() == localtime(end).date():
        return wording.moment(start), wording.clock_time(end)
    return wording.moment(start, near=end), wording.moment(end)


def to_the_second(value: datetime) -> str:
    """Day and hour to the second: "ma 30 oktober 2017, 09.14.07 uur"."""
    local = localtime(value)
    weekday = wording.weekday(local.date()).split()[0]
    day = f"{weekday} {wording.day(local.date())}"
    if wording.language() == "nl":
        return f"{day}, {local.hour:02}.{local.minute:02}.{local.second:02} uur"
    return f"{day}, {local.hour}:{local.minute:02}:{local.second:02}"
