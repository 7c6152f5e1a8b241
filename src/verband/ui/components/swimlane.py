"""Who sat when: one lane per seat, one bar per sitting, the stand line through all."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from verband.core.period import Period, add_months
from verband.ui import wording
from verband.ui.component import Component
from verband.ui.components.bars import PeriodBar, Span, cap, spans
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import Gap, Tag
from verband.ui.query import Query
from verband.ui.scale import TimeScale

WIDTH, LABELS, TOP, LANE, BAR = 1180.0, 330.0, 54.0, 38.0, 24.0
# Widths of a letter in the drawing: of plain and of bold text.
LETTER, BOLD = 6.2, 7.3
LONGEST_MONTHS_AXIS = 20


@dataclass(frozen=True)
class Sitting:
    """Somebody (``who``: function and member) in a seat for a period; ``empty``: nobody."""

    period: Period
    who: str = ""
    empty: bool = False
    href: str = ""


@dataclass(frozen=True)
class Lane:
    """One seat, with everyone who sat in it."""

    seat: str
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True)
class Mark:
    """A day that matters to all lanes: a review, the end."""

    day: date
    words: str


@dataclass(frozen=True)
class Words:
    """A text in the drawing."""

    x: str
    y: str
    text: str
    css: str
    anchor: str = "start"
    ground: str = ""


@dataclass(frozen=True)
class Block:
    """A rectangle in the drawing."""

    css: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Rule:
    """An upright line in the drawing."""

    x: str
    css: str


@dataclass(frozen=True)
class Swimlane(Component):
    """The seats of a body through time, and the same as a table below it.

    ``summary`` is the one sentence that says what is to be seen. Months on the axis up to twenty
    months, quarters up to five years, years beyond.
    """

    title: str
    summary: str
    lanes: tuple[Lane, ...]
    scale: TimeScale
    day: date
    marks: tuple[Mark, ...] = ()
    name: str = ""
    query: Query | None = None

    @property
    def id(self) -> str:
        """A name for the parts that refer to each other."""
        return self.name or "swimlane"

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return int(TOP + LANE * len(self.lanes) + 30)

    @property
    def foot(self) -> str:
        """Where the lanes end."""
        return _n(TOP + LANE * len(self.lanes) + 4)

    @property
    def axis(self) -> list[Words]:
        """The names on the axis."""
        words = []
        for i, first in enumerate(self._steps()):
            x = _n(self._x(first) + 4)
            if self._months() <= LONGEST_MONTHS_AXIS * 3:
                words.append(Words(x, "40", wording.month_short(first.month), "c-lab"))
            if first.month == 1 or (i == 0 and first.month < 11):
                words.append(Words(x, "22", str(first.year), "c-txt c-b"))
        return self._clear_of_stand(words)

    @property
    def rules(self) -> list[Rule]:
        """The lines of the axis."""
        return [Rule(_n(self._x(first)), "c-grid") for first in self._steps()]

    @property
    def separators(self) -> list[str]:
        """The lines between the lanes."""
        return [_n(TOP + LANE * i) for i in range(len(self.lanes) + 1)]

    @property
    def labels(self) -> list[Words]:
        """The names of the seats, clipped; in full in the table."""
        room = int((LABELS - 12) / 7.4)
        return [
            Words("0", _n(TOP + LANE * i + 24), clipped(lane.seat, room), "c-txt c-b")
            for i, lane in enumerate(self.lanes)
        ]

    @property
    def blocks(self) -> list[Block]:
        """The bars."""
        found = []
        for i, lane in enumerate(self.lanes):
            top = TOP + LANE * i + (LANE - BAR) / 2
            for sitting in lane.sittings:
                bar = PeriodBar(sitting.period, sitting.empty)
                for span in spans(bar, self.scale, self.day):
                    x, wide = LABELS + span.start * self._unit, span.width * self._unit
                    found.append(Block(span.kind, _n(x), _n(top), _n(wide), _n(BAR)))
                end = cap(bar, self.scale, self.day)
                if end:
                    x = LABELS + float(end.rstrip("%")) * self._unit - 3
                    found.append(Block("c-cap", _n(x), _n(top - 1), "6", _n(BAR + 2)))
        return found

    @property
    def names(self) -> list[Words]:
        """Who sat, where there is room for it."""
        found = []
        for i, lane in enumerate(self.lanes):
            for sitting in lane.sittings:
                words = self._name(sitting, TOP + LANE * i + 24)
                if words is not None:
                    found.append(words)
        return found

    @property
    def stand(self) -> str:
        """Where the stand line lies; empty when the day is off the scale."""
        return _n(self._x(self.day)) if self.scale.holds(self.day) else ""

    @property
    def stand_words(self) -> Words:
        """The day of the stand line, on the side where there is room."""
        x = self._x(self.day)
        left = x > WIDTH - 110
        return Words(
            _n(x - 10 if left else x + 10),
            "8",
            wording.day_short(self.day),
            "c-txt c-b",
            "end" if left else "start",
        )

    @property
    def mark_rules(self) -> list[Rule]:
        """The upright lines of the marks."""
        return [Rule(_n(self._x(m.day)), "c-mark") for m in self.marks if self.scale.holds(m.day)]

    @property
    def mark_words(self) -> list[Words]:
        """The words of the marks, left out where they would run into each other."""
        found: list[Words] = []
        reached = 0.0
        y = _n(TOP + LANE * len(self.lanes) + 22)
        for mark in sorted(self.marks, key=lambda m: m.day):
            half = len(mark.words) * BOLD / 2
            x = min(max(self._x(mark.day), LABELS + half), WIDTH - half)
            if self.scale.holds(mark.day) and x - half > reached:
                found.append(Words(_n(x), y, mark.words, "c-gapt", "middle"))
                reached = x + half + 6
        return found

    @property
    def table(self) -> Ledger:
        """The same sittings as a table."""
        return Ledger(
            caption=_("%(title)s, as a table") % {"title": self.title},
            columns=(
                Column(_("Seat")),
                Column(_("Who (function)")),
                Column(_("From")),
                Column(_("Until")),
                Column(_("State")),
            ),
            rows=tuple(
                Row(
                    (
                        lane.seat,
                        Gap(_("nobody")) if sitting.empty else sitting.who,
                        sitting.period.start,
                        sitting.period.until,
                        Tag(_("empty"), "gap")
                        if sitting.empty
                        else Tag.of(sitting.period, self.day),
                    )
                )
                for lane in self.lanes
                for sitting in lane.sittings
            ),
            name=self.name,
            query=self.query,
        )

    @property
    def _unit(self) -> float:
        return (WIDTH - LABELS) / 100

    def _x(self, day: date) -> float:
        return LABELS + self.scale.at(day) * self._unit

    def _months(self) -> int:
        first, until = self.scale.first, self.scale.until
        return (until.year - first.year) * 12 + until.month - first.month

    def _steps(self) -> list[date]:
        """The first days that the axis names."""
        months = self._months()
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

    def _clear_of_stand(self, words: list[Words]) -> list[Words]:
        """The axis without the names that the stand line would cross or the edge would cut."""
        stand = self._x(self.day)
        ends = [(w, float(w.x), float(w.x) + len(w.text) * 8) for w in words]
        return [w for w, x, end in ends if end <= WIDTH and not x - 2 < stand < end]

    def _name(self, sitting: Sitting, y: float) -> Words | None:
        bar = PeriodBar(sitting.period, sitting.empty)
        parts = spans(bar, self.scale, self.day)
        if not parts:
            return None
        text = sitting.who or (_("empty") if sitting.empty else "")
        if sitting.empty and len(parts) == 1 and self.scale.holds(self.day):
            return self._beside_stand(parts[0].start, parts[0].width, text, y)
        rooms = [(self._letters(part), part) for part in parts]
        letters, part = next((r for r in rooms if r[0] >= len(text)), max(rooms, key=_first))
        shown = clipped(text, letters)
        css = {"c-cur": "c-white", "c-gapr": "c-gapt"}.get(part.kind, "c-txt-s c-dark")
        x = LABELS + part.start * self._unit + 9
        ground = _n(len(shown) * LETTER + 8) if part.kind == "c-past" and shown else ""
        return Words(_n(x), _n(y), shown, css, ground=ground) if shown else None

    def _letters(self, part: Span) -> int:
        """How many letters fit in a stretch of a bar."""
        wide = BOLD if part.kind in {"c-cur", "c-gapr"} else LETTER
        return max(int((part.width * self._unit - 16) / wide), 0)

    def _beside_stand(self, start: float, width: float, text: str, y: float) -> Words | None:
        """The words of an empty seat on the wider side of the stand line."""
        left, right = LABELS + start * self._unit, LABELS + (start + width) * self._unit
        stand = min(max(self._x(self.day), left), right)
        x, room = (stand, right - stand) if right - stand >= stand - left else (left, stand - left)
        shown = clipped(text, int((room - 16) / BOLD))
        return Words(_n(x + 9), _n(y), shown, "c-gapt c-halo") if shown else None


def clipped(text: str, room: int) -> str:
    """The text, cut with an ellipsis to ``room`` letters; nothing when fewer than five fit."""
    if len(text) <= room:
        return text
    return f"{text[: room - 1].rstrip(' ,')}…" if room >= 5 else ""


def _n(value: float) -> str:
    return f"{value:.1f}"


def _first(pair: tuple[int, object]) -> int:
    return pair[0]
