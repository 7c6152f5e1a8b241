"""Of which day a page speaks, and what was known when: read once per request."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings

from verband.core.errors import DomainError
from verband.kernel.clock import local_day, start_of, zone

FIRST_YEAR = "1000"  # an earlier year is a slip of the keyboard, such as 0017 for 2017
LAST_YEAR = 2100


class UnreadableDay(DomainError):
    """What was typed is not a day."""

    code = "unreadable_day"
    template = "Write the day as 30-10-2017."


class BeforeTheRegister(DomainError):
    """The day lies before the first day of the register."""

    code = "before_the_register"
    template = "The register begins on %(day)s. Choose a later day."


class TooFarAhead(DomainError):
    """The day lies beyond what the register reads."""

    code = "too_far_ahead"
    template = "Choose a day before %(day)s."


@dataclass(frozen=True)
class Reading:
    """The day that is read, and the instant whose knowledge is read (``None``: all we know now).

    >>> from datetime import UTC
    >>> now = datetime(2017, 10, 30, 9, tzinfo=UTC)
    >>> reading = Reading(date(2017, 10, 30), now, date(2016, 3, 1), None)
    >>> reading.is_past, reading.changes_allowed, reading.query
    (True, False, '?on=2016-03-01')
    >>> reading.link("/bodies/?kind=team#seats")
    '/bodies/?kind=team&on=2016-03-01#seats'
    """

    today: date
    now: datetime
    day: date
    known: datetime | None = None

    @property
    def is_today(self) -> bool:
        """Whether the day is today."""
        return self.day == self.today

    @property
    def is_past(self) -> bool:
        """Whether the day lies before today."""
        return self.day < self.today

    @property
    def is_future(self) -> bool:
        """Whether the day lies after today."""
        return self.day > self.today

    @property
    def changes_allowed(self) -> bool:
        """Whether something may be changed: only today, with all we know now."""
        return self.is_today and self.known is None

    @property
    def moment(self) -> datetime:
        """The instant whose stand is read: now; of another day its end, or what was known earlier.

        >>> from datetime import UTC
        >>> now = datetime(2017, 10, 30, 9, tzinfo=UTC)
        >>> moment = Reading(date(2017, 10, 30), now, date(2016, 3, 1)).moment
        >>> moment.astimezone(UTC).isoformat()  # midnight in Amsterdam
        '2016-03-01T23:00:00+00:00'
        """
        end = self.now if self.is_today else start_of(self.day + timedelta(days=1))
        return end if self.known is None else min(end, self.known)

    @property
    def params(self) -> dict[str, str]:
        """The day and the knowledge as query parameters; empty for today."""
        found = {} if self.is_today else {"on": self.day.isoformat()}
        if self.known is not None:
            found["known"] = self.known.isoformat()
        return found

    @cached_property
    def query(self) -> str:
        """The parameters with their question mark, or nothing."""
        return f"?{urlencode(self.params)}" if self.params else ""

    def link(self, path: str) -> str:
        """``path`` with the day that is read, unless it names one itself."""
        if path[:1] == "/" and path[1:2] != "/" and "?" not in path and "#" not in path:
            return f"{path}{self.query}"  # as most are, a hundred on a page
        parts = urlsplit(path)
        if not self.params or parts.netloc:
            return path
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        pairs += [(name, value) for name, value in self.params.items() if name not in given]
        return urlunsplit(parts._replace(query=urlencode(pairs)))

    def on(self, day: date) -> "Reading":
        """The same reading of another day."""
        return replace(self, day=day)


def reading_of(params: Mapping[str, str], now: datetime) -> Reading:
    """The reading that ``?on=`` and ``?known=`` ask for.

    Raises:
        UnreadableDay: what was typed is not a day.
        BeforeTheRegister: the day lies before the first day of the register.
        TooFarAhead: the day lies after the year 2100.
    """
    today = local_day(now)
    on, known = params.get("on", "").strip(), params.get("known", "").strip()
    day = _within_the_register(parse_day(on)) if on else today
    instant = parse_instant(known) if known else None
    return Reading(today, now, day, None if instant is None or instant >= now else instant)


def register_begins() -> date:
    """The first day of the register."""
    begins: date = settings.VERBAND_REGISTER_BEGINS
    return begins


def parse_day(text: str) -> date:
    """A day written as 30-10-2017, 30/10/2017 or 2017-10-30.

    Raises:
        UnreadableDay: it is none of these, or no day of the calendar.
    """
    parts = text.strip().replace("/", "-").split("-")
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts):
        raise UnreadableDay()
    if len(parts[0]) != 4:
        parts.reverse()
    if len(parts[0]) != 4 or parts[0] < FIRST_YEAR:
        raise UnreadableDay()
    try:
        return date(*(int(part) for part in parts))
    except ValueError as error:
        raise UnreadableDay() from error


def parse_instant(text: str) -> datetime:
    """An instant; a day alone means its end, in the association's zone.

    Raises:
        UnreadableDay: it is neither an instant nor a day.
    """
    try:
        day = parse_day(text)
    except UnreadableDay:
        return _iso_instant(text)
    if day == date.max:
        raise UnreadableDay()
    return start_of(day + timedelta(days=1))


def _iso_instant(text: str) -> datetime:
    # A plus sign in a query string that was not escaped arrives as a space.
    try:
        instant = datetime.fromisoformat(text.replace(" ", "+"))
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=zone())
        # Near the year 1 or 9999 a zone leads out of the calendar.
        for there in (UTC, zone()):
            instant.astimezone(there)
    except (ValueError, OverflowError) as error:
        raise UnreadableDay() from error
    return instant


def _within_the_register(day: date) -> date:
    if day < register_begins():
        raise BeforeTheRegister(day=register_begins())
    if day.year > LAST_YEAR:
        raise TooFarAhead(day=date(LAST_YEAR + 1, 1, 1))
    return day
