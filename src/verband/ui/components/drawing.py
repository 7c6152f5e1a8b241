"""What a drawing is made of: words, rectangles, upright lines; and the axis of time."""

from dataclasses import dataclass
from datetime import date

from verband.core.period import add_months
from verband.ui import wording
from verband.ui.component import escaped
from verband.ui.scale import TimeScale

LONGEST_MONTHS_AXIS = 20


@dataclass(frozen=True)
class Words:
    """A text in the drawing."""

    x: str
    y: str
    text: str
    css: str
    anchor: str = "start"
    ground: str = ""

    @property
    def svg(self) -> str:
        """The text, on a ground of its own where it needs one."""
        anchor = f' text-anchor="{self.anchor}"' if self.anchor != "start" else ""
        place = f'class="{self.css}" x="{self.x}" y="{self.y}"{anchor}'
        words = f"<text {place}>{escaped(self.text)}</text>"
        if not self.ground:
            return words
        return (
            f'<rect class="c-ground" x="{self.x}" y="{self.y}" width="{self.ground}" height="16"'
            f' transform="translate(-4 -12)"/>{words}'
        )


@dataclass(frozen=True)
class Block:
    """A rectangle in the drawing."""

    css: str
    x: str
    y: str
    width: str
    height: str

    @property
    def svg(self) -> str:
        """The rectangle."""
        return (
            f'<rect class="{self.css}" x="{self.x}" y="{self.y}"'
            f' width="{self.width}" height="{self.height}"/>'
        )


@dataclass(frozen=True)
class Rule:
    """An upright line in the drawing."""

    x: str
    css: str

    def svg(self, top: str, foot: str) -> str:
        """The line between two heights."""
        return f'<line class="{self.css}" x1="{self.x}" x2="{self.x}" y1="{top}" y2="{foot}"/>'


def clipped(text: str, room: int) -> str:
    """The text, cut with an ellipsis to ``room`` letters; nothing when fewer than five fit."""
    if len(text) <= room:
        return text
    return f"{text[: room - 1].rstrip(' ,')}…" if room >= 5 else ""


def n(value: float) -> str:
    """A coordinate: one decimal, always with a point."""
    return f"{value:.1f}"


@dataclass(frozen=True)
class TimeAxis:
    """Days between ``left`` and ``right``, with their names.

    Months are named up to twenty months, quarters up to five years, years beyond.
    """

    scale: TimeScale
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day lies."""
        return self.left + self.scale.at(day) * self.unit

    @property
    def unit(self) -> float:
        """Width of one per cent of the scale."""
        return (self.right - self.left) / 100

    @property
    def rules(self) -> list[Rule]:
        """The lines of the axis."""
        return [Rule(n(self.x(first)), "c-grid") for first in self.steps()]

    def words(self, stand: date) -> list[Words]:
        """The names, without those that the stand line would cross or the edge would cut."""
        words = []
        for i, first in enumerate(self.steps()):
            x = n(self.x(first) + 4)
            if self.months <= LONGEST_MONTHS_AXIS * 3:
                words.append(Words(x, "40", wording.month_short(first.month), "c-lab"))
            if first.month == 1 or (i == 0 and first.month < 11):
                words.append(Words(x, "22", str(first.year), "c-txt c-b"))
        line = self.x(stand)
        ends = [(w, float(w.x), float(w.x) + len(w.text) * 8) for w in words]
        return [w for w, x, end in ends if end <= self.right and not x - 2 < line < end]

    @property
    def months(self) -> int:
        """Length of the scale in months."""
        first, until = self.scale.first, self.scale.until
        return (until.year - first.year) * 12 + until.month - first.month

    def steps(self) -> list[date]:
        """The first days that the axis names."""
        months = self.months
        if months <= LONGEST_MONTHS_AXIS:
            step = 1
        elif months <= LONGEST_MONTHS_AXIS * 3:
            step = 3
        else:
            step = 12 * max(1, -(-months // (12 * 16)))
        first = self.scale.first.replace(day=1)
        if step >= 12:
            first = first.replace(month=1)
        elif step == 3:
            first = first.replace(month=first.month - (first.month - 1) % 3)
        steps = [add_months(first, i * step) for i in range(months // step + 2)]
        return [day for day in steps if self.scale.first <= day < self.scale.until]
