"""The only place that reads the clock; pages and commands call it once, at the edge."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def zone() -> ZoneInfo:
    """The zone in which the association lives."""
    return ZoneInfo(settings.TIME_ZONE)


def instant() -> datetime:
    """What the machine says, aware, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The instant, aware, in UTC; in a demo, today's hour on the demo's day."""
    real = instant()
    demo_day: date | None = getattr(settings, "VERBAND_TODAY", None)
    if demo_day is None:
        return real
    hour = real.astimezone(zone()).timetz().replace(tzinfo=None)
    return datetime.combine(demo_day, hour, tzinfo=zone()).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """The day on which ``moment`` falls in the association's zone."""
    return moment.astimezone(zone()).date()


def start_of(day: date) -> datetime:
    """The first instant of ``day`` in the association's zone."""
    return datetime(day.year, day.month, day.day, tzinfo=zone()).astimezone(UTC)
