"""The time ribbon, the other-day bar, the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, pi, sin
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.kernel.clock import local_day
from verband.ui import wording
from verband.ui.component import Component, Link
from verband.ui.reading import Reading
from verband.ui.scale import Tick, TimeScale

BASE_LINE = 34.0
HIGHEST = 20.0


@dataclass(frozen=True)
class Stroke:
    """One upright stroke on the axis: the changes of one month."""

    x: str
    top: str
    kind: str


@dataclass(frozen=True)
class TimeRibbon(Component):
    """Which day is read. ``changes``: number of changes per month (its first day).

    ``path`` and ``kept`` are the address and the other parameters of this page, so that a filter
    survives another day. ``previous`` and ``next`` are the days of the nearest changes.
    """

    reading: Reading
    scale: TimeScale
    path: str = ""
    changes: Mapping[date, int] | None = None
    previous: date | None = None
    next: date | None = None
    kept: tuple[tuple[str, str], ...] = ()
    typed: str = ""

    @property
    def value(self) -> str:
        """What stands in the date field."""
        return self.typed or wording.typed(self.reading.day)

    @property
    def known(self) -> str:
        """The knowledge that is read, carried along to another day."""
        return self.reading.params.get("known", "")

    @property
    def stand(self) -> str:
        """Where the stand line lies."""
        return self.scale.percent(self.reading.day)

    @property
    def years(self) -> list[Tick]:
        """The years under the axis; half of the names give way on a narrow screen."""
        return self.scale.years(14)

    @property
    def today(self) -> str:
        """Where today lies."""
        return self.scale.percent(self.reading.today)

    @property
    def strokes(self) -> list[Stroke]:
        """Number of changes per month, as strokes up from the axis."""
        found: dict[date, int] = {}
        for changed, n in (self.changes or {}).items():
            if self.scale.holds(changed):
                month = changed.replace(day=1)
                found[month] = found.get(month, 0) + n
        most = max(found.values(), default=1)
        ahead = self.reading.today.replace(day=1)
        return [
            Stroke(
                x=self.scale.percent(d),
                top=f"{BASE_LINE - 4 - (HIGHEST - 4) * n / most:.1f}",
                kind="c-tickf" if d > ahead else "c-tick",
            )
            for d, n in sorted(found.items())
        ]

    @property
    def months(self) -> int:
        """Highest value of the range input."""
        return self._index(self.scale.until - timedelta(days=1))

    @property
    def month(self) -> int:
        """Value of the range input."""
        return min(max(self._index(self.reading.day), 0), self.months)

    @property
    def back(self) -> Link | None:
        """The step to the nearest earlier change."""
        if self.previous is None:
            return None
        words = _("Previous change: %(day)s") % {"day": wording.day(self.previous)}
        return Link(words, self.href(self.previous))

    @property
    def forth(self) -> Link | None:
        """The step to the nearest later change."""
        if self.next is None:
            return None
        return Link(
            _("Next change: %(day)s") % {"day": wording.day(self.next)}, self.href(self.next)
        )

    def href(self, day: date) -> str:
        """This page on another day."""
        return page_on(self.reading.on(day), self.path, self.kept)

    def _index(self, day: date) -> int:
        return (day.year - self.scale.first.year) * 12 + day.month - self.scale.first.month


@dataclass(frozen=True)
class OtherDayBar(Component):
    """Says that another day, or earlier knowledge, is read, and the way back.

    ``fact`` is what that day was like: "Toen telde de vereniging 390 gemeenten."
    """

    reading: Reading
    back: str
    fact: str = ""
    compare: str = ""

    @property
    def label(self) -> str:
        """The name of the bar."""
        if self.reading.is_today:
            return _("Read as known on %(day)s") % {"day": self._last_known}
        return _("Read as of %(day)s") % {"day": wording.day(self.reading.day)}

    @property
    def heading(self) -> str:
        """What is read."""
        day = {"day": wording.day(self.reading.day)}
        if self.reading.is_today:
            return _("You read today, %(day)s, with what was known earlier.") % day
        if self.reading.is_future:
            return _("You read what would hold on %(day)s if nothing changes.") % day
        return _("You read the register of %(day)s.") % day

    @property
    def knowledge(self) -> str:
        """As it was known when."""
        if self.reading.known is None:
            return ""
        return _("As it was known on %(day)s, without later corrections.") % {
            "day": self._last_known
        }

    @property
    def _last_known(self) -> str:
        known = self.reading.known or self.reading.now
        return wording.day(local_day(known - timedelta(seconds=1)))

    @property
    def compare_label(self) -> str:
        """What the second link leads to: the other day beside today, or the two times."""
        return _("Compare what was known") if self.reading.is_today else _("Compare with today")

    @property
    def back_label(self) -> str:
        """The way back, with its date; on the day itself only the knowledge is another."""
        if self.reading.is_today:
            return _("To all that is known now")
        return _("Back to today, %(day)s") % {"day": wording.day(self.reading.today)}


def page_on(reading: Reading, path: str, kept: tuple[tuple[str, str], ...] = ()) -> str:
    """A page's address with its other parameters, on the day of ``reading``."""
    return reading.link(f"{path}?{urlencode(kept)}" if kept else path)


@dataclass(frozen=True)
class Clock(Component):
    """What is left of a term: a face and, always, words.

    ``share``: the part that is left, 0 to 1; ``words``: "nog 4 dagen"; ``when``: the absolute time;
    ``state``: "", "ending" or "late".
    """

    words: str
    when: str
    share: float = 1.0
    state: str = ""

    @classmethod
    def until(cls, closes: datetime, now: datetime, opened: datetime | None = None) -> "Clock":
        """The clock of a closing time; ochre in the last two days, red when it has passed."""
        when = _("closes %(moment)s") % {"moment": wording.moment(closes, near=now)}
        left = closes - now
        if left <= timedelta(0):
            return cls(_("closed"), wording.moment(closes, near=now), 0.0, "late")
        whole = closes - (opened or min(now, closes - timedelta(days=30)))
        soon = left <= timedelta(days=2)
        return cls(_left(left), when, left / whole, "ending" if soon else "")

    @classmethod
    def on(cls, term: date, today: date, begun: date | None = None) -> "Clock":
        """The clock of a day: "nog 9 dagen, uiterlijk wo 8 nov"."""
        left = (term - today).days
        when = _("by %(day)s") % {"day": wording.weekday(term)}
        if left < 0:
            words = _("%(duration)s too late") % {"duration": wording.duration(-left)}
            return cls(words, when, 0.0, "late")
        whole = max((term - (begun or term - timedelta(days=30))).days, 1)
        words = _left(timedelta(days=left)) if left else _("today")
        return cls(words, when, left / whole, "ending" if left <= 2 else "")

    @property
    def face(self) -> str:
        """The slice of the face that is left, as an SVG path."""
        share = min(max(self.share, 0.0), 0.9999)
        angle = 2 * pi * share
        x, y = 14 - 9 * sin(angle), 14 - 9 * cos(angle)
        if share < 0.005:
            return ""
        return f"M14 14L{x:.2f} {y:.2f}A9 9 0 {int(share > 0.5)} 1 14 5Z"


def _left(left: timedelta) -> str:
    hours = int(left.total_seconds() // 3600)
    if hours < 1:
        minutes = max(int(left.total_seconds() // 60), 1)
        return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {
            "count": minutes
        }
    if hours < 48:
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
    return _("%(duration)s left") % {"duration": wording.duration(left.days)}
