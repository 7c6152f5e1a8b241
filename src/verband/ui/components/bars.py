"""Periods as bars: solid has passed, pale is to come, hatched is past, dashed has not begun."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from verband.core.period import Period
from verband.ui import wording
from verband.ui.component import Component, escaped
from verband.ui.components.words import ends_soon
from verband.ui.scale import Tick, TimeScale

OPEN_WIDTH = 30.0


@dataclass(frozen=True)
class PeriodBar:
    """One period; ``empty`` draws an empty seat; ``review`` a diamond on its day."""

    period: Period
    empty: bool = False
    review: date | None = None
    words: str = ""

    @property
    def text(self) -> str:
        """The period in words, for whoever does not see the bar."""
        words = wording.period(self.period)
        if self.empty:
            words = _("empty: %(period)s") % {"period": words}
        if self.review:
            words += "; " + _("review %(day)s") % {"day": wording.day_short(self.review)}
        return f"{self.words}: {words}" if self.words else words


@dataclass(frozen=True)
class Span:
    """A stretch of a bar on the scale, 0 to 100; ``kind`` is its CSS class."""

    kind: str
    start: float
    width: float

    @property
    def x(self) -> str:
        """Start as an SVG length."""
        return f"{self.start:.2f}%"

    @property
    def wide(self) -> str:
        """Width as an SVG length."""
        return f"{self.width:.2f}%"


def spans(bar: PeriodBar, scale: TimeScale, day: date) -> list[Span]:
    """The stretches of one bar, read on ``day``; none when it lies outside the scale."""
    period = bar.period
    start = scale.at(period.start) if period.start else 0.0
    end = scale.at(period.until) if period.until else 100.0
    if end <= start:
        return []
    if bar.empty:
        return [Span("c-gapr", start, end - start)]
    if period.is_past(day):
        return [Span("c-past", start, end - start)]
    if period.is_future(day):
        return [Span("c-fut", start, end - start)]
    stand = min(max(scale.at(day), start), end)
    if period.until is None:
        rest = Span("c-open", stand, min(OPEN_WIDTH, 100.0 - stand))
    else:
        rest = Span("c-rest", stand, end - stand)
    return [s for s in (Span("c-cur", start, stand - start), rest) if s.width > 0]


def cap(bar: PeriodBar, scale: TimeScale, day: date) -> str:
    """Where the ochre end of a bar that ends soon lies, or nothing."""
    period = bar.period
    running = not bar.empty and day in period
    if not running or period.until is None or not ends_soon(period, day):
        return ""
    return scale.percent(period.until) if scale.holds(period.until) else ""


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its places on the scale."""

    spans: list[Span]
    cap: str
    review: str


@dataclass(frozen=True)
class PeriodColumn(Component):
    """The bars of one row of a ledger, on the scale that all rows share."""

    scale: TimeScale
    day: date
    bars: tuple[PeriodBar, ...] = field(default=())

    @property
    def stand(self) -> str:
        """Where the stand line lies; empty when the day is off the scale."""
        return self.scale.percent(self.day) if self.scale.holds(self.day) else ""

    @property
    def drawn(self) -> list[DrawnBar]:
        """Every bar with its places."""
        return [
            DrawnBar(
                spans(bar, self.scale, self.day),
                cap(bar, self.scale, self.day),
                self.scale.percent(bar.review) if bar.review else "",
            )
            for bar in self.bars
        ]

    @property
    def text(self) -> str:
        """The periods in words."""
        return "; ".join(bar.text for bar in self.bars)

    def show(self, around: dict[str, Any] | None = None) -> SafeString:
        """The bars as HTML, drawn without a template: a ledger holds hundreds."""
        return SafeString(
            '<svg aria-hidden="true" focusable="false">'
            f"{_grid(self.scale)}{''.join(_rects(bar) for bar in self.drawn)}"
            f"{_upright('c-stand', self.stand) if self.stand else ''}</svg>"
            f'<span class="vb-sr">{escaped(self.text)}</span>'
        )


def _upright(css: str, x: str) -> str:
    return f'<line class="{css}" x1="{x}" x2="{x}" y1="0" y2="100%"/>'


@lru_cache(maxsize=64)
def _grid(scale: TimeScale) -> str:
    return "".join(_upright("c-grid", tick.x) for tick in scale.years(6))


def _rects(bar: DrawnBar) -> str:
    parts = [
        f'<rect class="{span.kind}" x="{span.x}" width="{span.wide}" y="50%" height="12"'
        ' transform="translate(0 -6)"/>'
        for span in bar.spans
    ]
    if bar.cap:
        parts.append(
            f'<rect class="c-cap" x="{bar.cap}" width="6" y="50%" height="16"'
            ' transform="translate(-3 -8)"/>'
        )
    if bar.review:
        path = '<path class="c-review" d="M0-6l6 6-6 6-6-6z"/>'
        parts.append(f'<svg x="{bar.review}" y="50%">{path}</svg>')
    return "".join(parts)


@dataclass(frozen=True)
class PeriodHead(Component):
    """The head of a period column: the years, and the stand line's foot."""

    scale: TimeScale
    day: date
    label: str = ""

    @property
    def stand(self) -> str:
        """Where the stand line lies; empty when the day is off the scale."""
        return self.scale.percent(self.day) if self.scale.holds(self.day) else ""

    @property
    def ticks(self) -> list[Tick]:
        """The years."""
        return self.scale.years(6)


@dataclass(frozen=True)
class PeriodPanel(Component):
    """One period drawn large, with its first and last day and its review."""

    bar: PeriodBar
    day: date
    label: str

    @property
    def column(self) -> PeriodColumn:
        """The bar on a scale of its own."""
        period = self.bar.period
        first = period.start or self.day.replace(month=1, day=1)
        until = period.until or date(max(self.day.year, first.year) + 2, 1, 1)
        return PeriodColumn(TimeScale(first, max(until, self.day)), self.day, (self.bar,))

    @property
    def start(self) -> str:
        """The first day."""
        return wording.day_short(self.bar.period.start) if self.bar.period.start else ""

    @property
    def end(self) -> str:
        """The first day that no longer counts."""
        until = self.bar.period.until
        return wording.day_short(until) if until else _("no end date")


def as_bars(value: object) -> tuple[PeriodBar, ...]:
    """A cell of a period column as bars: a period, a bar, or several of them."""
    if value is None:
        return ()
    if isinstance(value, Period):
        return (PeriodBar(value),)
    if isinstance(value, PeriodBar):
        return (value,)
    if isinstance(value, Iterable):
        return tuple(bar for part in value for bar in as_bars(part))
    raise TypeError(f"not a period: {value!r}")
