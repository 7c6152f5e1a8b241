"""Who sat when: one lane per seat, one bar per sitting, the stand line through all."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from verband.core.period import Period
from verband.ui import wording
from verband.ui.component import Component
from verband.ui.components.bars import PeriodBar, Span, cap, spans
from verband.ui.components.drawing import Block, Rule, TimeAxis, Words, clipped, n
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import Gap, Tag
from verband.ui.query import Query
from verband.ui.scale import TimeScale

WIDTH, LABELS, TOP, LANE, BAR = 1180.0, 330.0, 54.0, 38.0, 24.0
# Widths of a letter in the drawing: of plain and of bold text.
LETTER, BOLD = 6.2, 7.3


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
    def drawing(self) -> SafeString:
        """All that the drawing shows, drawn without a template: a body has hundreds of bars."""
        foot = self.foot
        parts = [rule.svg("46", foot) for rule in self.rules]
        parts += [words.svg for words in self.axis]
        parts += self._between
        parts += [block.svg for block in self.blocks]
        parts += [rule.svg("52", foot) for rule in self.mark_rules]
        parts += [words.svg for words in (*self.names, *self.mark_words)]
        if self.stand:
            parts.append(Rule(self.stand, "c-stand").svg("-4", foot))
            parts.append(f'<circle class="c-stand-f" cx="{self.stand}" cy="-4" r="5"/>')
            parts.append(self.stand_words.svg)
        return SafeString("".join(parts))

    @property
    def names_drawing(self) -> SafeString:
        """The names of the seats: a drawing of its own, that stays in sight beside the bars."""
        return SafeString("".join([*self._between, *(words.svg for words in self.labels)]))

    @property
    def _between(self) -> list[str]:
        return [
            f'<line class="c-grid" x1="0" x2="1180" y1="{y}" y2="{y}"/>' for y in self.separators
        ]

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return int(TOP + LANE * len(self.lanes) + 54)

    @property
    def foot(self) -> str:
        """Where the lanes end."""
        return n(TOP + LANE * len(self.lanes) + 4)

    @property
    def axis(self) -> list[Words]:
        """The names on the axis."""
        return self._axis.words(self.day)

    @property
    def rules(self) -> list[Rule]:
        """The lines of the axis."""
        return self._axis.rules

    @property
    def separators(self) -> list[str]:
        """The lines between the lanes."""
        return [n(TOP + LANE * i) for i in range(len(self.lanes) + 1)]

    @property
    def labels(self) -> list[Words]:
        """The names of the seats, clipped; in full in the table."""
        room = int((LABELS - 12) / 7.4)
        return [
            Words("0", n(TOP + LANE * i + 24), clipped(lane.seat, room), "c-txt c-b")
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
                    x, wide = LABELS + span.start * self._axis.unit, span.width * self._axis.unit
                    found.append(Block(span.kind, n(x), n(top), n(wide), n(BAR)))
                end = cap(bar, self.scale, self.day)
                if end:
                    x = LABELS + float(end.rstrip("%")) * self._axis.unit - 3
                    found.append(Block("c-cap", n(x), n(top - 1), "6", n(BAR + 2)))
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
        return n(self._x(self.day)) if self.scale.holds(self.day) else ""

    @property
    def stand_words(self) -> Words:
        """The day of the stand line, on the side where there is room."""
        x = self._x(self.day)
        left = x > WIDTH - 110
        return Words(
            n(x - 10 if left else x + 10),
            "1",
            wording.day_short(self.day),
            "c-txt c-b",
            "end" if left else "start",
        )

    @property
    def mark_rules(self) -> list[Rule]:
        """The upright lines of the marks."""
        return [Rule(n(self._x(m.day)), "c-mark") for m in self.marks if self.scale.holds(m.day)]

    @property
    def mark_words(self) -> list[Words]:
        """The words of the marks, on a second row where they would run into each other."""
        found: list[Words] = []
        reached = [0.0, 0.0]
        bottom = TOP + LANE * len(self.lanes)
        for mark in sorted(self.marks, key=lambda m: m.day):
            half = len(mark.words) * BOLD / 2
            x = min(max(self._x(mark.day), LABELS + half), WIDTH - half)
            row = next((r for r in (0, 1) if x - half > reached[r]), None)
            if self.scale.holds(mark.day) and row is not None:
                y = n(bottom + 22 + row * 16)
                found.append(Words(n(x), y, mark.words, "c-gapt", "middle"))
                reached[row] = x + half + 6
        return found

    @property
    def mark_text(self) -> str:
        """All marks in words, for whoever does not see the drawing."""
        return "; ".join(f"{m.words} ({wording.day(m.day)})" for m in self.marks)

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
    def _axis(self) -> TimeAxis:
        return TimeAxis(self.scale, LABELS, WIDTH)

    def _x(self, day: date) -> float:
        return self._axis.x(day)

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
        x = LABELS + part.start * self._axis.unit + 9
        ground = n(len(shown) * LETTER + 8) if part.kind == "c-past" and shown else ""
        return Words(n(x), n(y), shown, css, ground=ground) if shown else None

    def _letters(self, part: Span) -> int:
        """How many letters fit in a stretch of a bar."""
        wide = BOLD if part.kind in {"c-cur", "c-gapr"} else LETTER
        return max(int((part.width * self._axis.unit - 16) / wide), 0)

    def _beside_stand(self, start: float, width: float, text: str, y: float) -> Words | None:
        """The words of an empty seat on the wider side of the stand line."""
        left, right = LABELS + start * self._axis.unit, LABELS + (start + width) * self._axis.unit
        stand = min(max(self._x(self.day), left), right)
        x, room = (stand, right - stand) if right - stand >= stand - left else (left, stand - left)
        shown = clipped(text, int((room - 16) / BOLD))
        return Words(n(x + 9), n(y), shown, "c-gapt c-halo") if shown else None


def _first(pair: tuple[int, object]) -> int:
    return pair[0]
