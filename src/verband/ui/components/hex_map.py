"""Every member as one hexagon of the same size, in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from django.utils.translation import gettext as _

from verband.ui.component import Component
from verband.ui.components.hex_labels import RegionLabel, region_labels
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.query import Query

SIZE = 10.0
WIDE, STEP = SIZE * sqrt(3), SIZE * 1.5
# Axial directions of a pointy hexagon, beginning east, with the corners each side lies between.
SIDES = ((1, 0, 0, 1), (0, 1, 1, 2), (-1, 1, 2, 3), (-1, 0, 3, 4), (0, -1, 4, 5), (1, -1, 5, 0))
CORNERS = (
    (WIDE / 2, -SIZE / 2),
    (WIDE / 2, SIZE / 2),
    (0.0, SIZE),
    (-WIDE / 2, SIZE / 2),
    (-WIDE / 2, -SIZE / 2),
    (0.0, -SIZE),
)


@dataclass(frozen=True)
class Hex:
    """One member: axial place (``q``, ``r``; rows go down, pointy top), name, region, class.

    ``kind`` is a CSS class of ``charts.css``: "n-0" to "n-4", "h-for", "h-against", "h-second",
    "h-abstain", "h-silent". ``value`` is the same in words, for the table. ``labelled`` writes the
    name.
    """

    q: int
    r: int
    name: str
    kind: str
    value: object = ""
    region: str = ""
    labelled: bool = False

    @property
    def x(self) -> float:
        """Centre, to the right."""
        return WIDE * (self.q + self.r / 2)

    @property
    def y(self) -> float:
        """Centre, down."""
        return STEP * self.r


@dataclass(frozen=True)
class Key:
    """One entry of the legend."""

    kind: str
    label: str
    count: int | None = None

    @property
    def mark(self) -> str:
        """The mark that stands on hexagons of this class."""
        return stroke(Hex(0, 0, "", self.kind))

    @property
    def dotted(self) -> bool:
        """Whether hexagons of this class have a dot."""
        return self.kind == DOTTED


# Beside its colour a vote has a mark: a minus, a bar, or a dot.
STROKES = {"h-against": "M{x0:.1f} {y:.1f}h6.8", "h-second": "M{x:.1f} {y0:.1f}v6.8"}
DOTTED = "h-abstain"


@dataclass(frozen=True)
class Shape:
    """Many hexagons of one class, as one path."""

    css: str
    d: str


@dataclass(frozen=True)
class Label:
    """A name in the map."""

    x: str
    y: str
    text: str
    d: str


@dataclass(frozen=True)
class HexMap(Component):
    """The map, its legend, and the same values as a table.

    With ``regions`` the name of each region stands at its outer side.
    """

    title: str
    summary: str
    hexes: tuple[Hex, ...]
    legend: tuple[Key, ...]
    value_label: str
    name: str = ""
    query: Query | None = None
    table_open: bool = False
    regions: bool = False

    @property
    def id(self) -> str:
        """A name for the parts that refer to each other."""
        return self.name or "hexmap"

    @property
    def view_box(self) -> str:
        """The part of the plane that the members take."""
        xs, ys = [h.x for h in self.hexes], [h.y for h in self.hexes]
        boxes = [label.box for label in self.region_labels]
        left = min([min(xs, default=0) - WIDE, *(box.left for box in boxes)])
        top = min([min(ys, default=0) - SIZE * 1.5, *(box.top for box in boxes)])
        right = max(xs, default=0) + WIDE + self._room_for_labels()
        right = max([right, *(box.right for box in boxes)])
        bottom = max([max(ys, default=0) + SIZE * 1.5, *(box.bottom for box in boxes)])
        return f"{left:.1f} {top:.1f} {right - left:.1f} {bottom - top:.1f}"

    @cached_property
    def region_labels(self) -> tuple[RegionLabel, ...]:
        """The names of the regions, where they are asked for."""
        if not self.regions or not self.hexes:
            return ()
        return region_labels(tuple((h.x, h.y, h.region) for h in self.hexes))

    @property
    def shapes(self) -> list[Shape]:
        """The hexagons, one path per class, in the order of the legend."""
        kinds = [key.kind for key in self.legend]
        kinds += sorted({h.kind for h in self.hexes} - set(kinds))
        found = [(kind, [h for h in self.hexes if h.kind == kind]) for kind in kinds]
        return [Shape(f"h {kind}", outline(group)) for kind, group in found if group]

    @property
    def strokes(self) -> str:
        """The minuses and bars of the votes that have one, as one path."""
        return "".join(stroke(h) for h in self.hexes)

    @property
    def dots(self) -> list[tuple[str, str]]:
        """The centres of the dots."""
        return [(f"{h.x:.1f}", f"{h.y:.1f}") for h in self.hexes if h.kind == DOTTED]

    @property
    def borders(self) -> str:
        """The sides between members of different regions, as one path."""
        region = {(h.q, h.r): h.region for h in self.hexes}
        lines = []
        for h in self.hexes:
            for dq, dr, a, b in SIDES[:3]:
                beside = region.get((h.q + dq, h.r + dr))
                if beside is not None and beside != h.region:
                    (ax, ay), (bx, by) = CORNERS[a], CORNERS[b]
                    lines.append(f"M{h.x + ax:.1f} {h.y + ay:.1f}L{h.x + bx:.1f} {h.y + by:.1f}")
        return "".join(lines)

    @property
    def labels(self) -> list[Label]:
        """The chosen members: outlined, with their name."""
        return [
            Label(f"{h.x + WIDE * 0.75:.1f}", f"{h.y + 3:.1f}", h.name, outline([h]))
            for h in self.hexes
            if h.labelled
        ]

    @property
    def key_shape(self) -> str:
        """One hexagon for the legend."""
        return outline([Hex(0, 0, "", "")])

    @property
    def table(self) -> Ledger:
        """The same values as a table."""
        return Ledger(
            caption=_("%(title)s, as a table") % {"title": self.title},
            columns=(Column(_("Member")), Column(_("Region")), Column(self.value_label)),
            rows=tuple(
                Row((h.name, h.region or None, h.value))
                for h in sorted(self.hexes, key=lambda h: h.name)
            ),
            name=self.name,
            query=self.query,
            dense=True,
        )

    def _room_for_labels(self) -> float:
        right = max((h.x for h in self.hexes), default=0.0)
        ends = [h.x + len(h.name) * 5.2 - right for h in self.hexes if h.labelled]
        return max([0.0, *ends])


def stroke(h: Hex) -> str:
    """The mark of one hexagon, if its class has one."""
    drawn = STROKES.get(h.kind, "")
    return drawn.format(x=h.x, y=h.y, x0=h.x - 3.4, y0=h.y - 3.4)


def outline(hexes: Iterable[Hex]) -> str:
    """The hexagons as one SVG path."""
    parts = []
    for h in hexes:
        points = [f"{h.x + dx:.1f} {h.y + dy:.1f}" for dx, dy in CORNERS]
        parts.append(f"M{'L'.join(points)}Z")
    return "".join(parts)
