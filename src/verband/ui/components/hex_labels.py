"""Where the name of a region stands on a map of hexagons: outside it, over no hexagon.

Around every hexagon of the region that has a side free, places are tried. The best one takes least
room outside the frame of the map, and then lies nearest to the middle of the region; what lies
nearest to a name is its own region. A region for which no place is free, because it lies in the
middle, has its name over itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot, sqrt

# In units of the drawing, whose hexagons are 20 high; the letters as they are on a narrow screen.
WIDE, STEP = 10 * sqrt(3), 15.0  # from one hexagon to the next, across and down
LETTER, LINE = 6.6, 13.0
NEAR_X, NEAR_Y = 9.5, 9.0  # from the middle of a hexagon to where a letter may stand
OUTSIDE = 3.0  # how much worse room outside the frame is than distance to the region

Place = tuple[float, float, str]  # of one hexagon: its middle, and its region


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a name takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether both take the same room somewhere."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class RegionLabel:
    """The name of a region: where its middle stands, and the room that it takes."""

    text: str
    x: float
    y: float
    box: Box
    over: bool = False

    @property
    def at(self) -> tuple[str, str]:
        """The middle of its base line, as the drawing writes it."""
        return f"{self.x:.1f}", f"{self.y + LINE / 3:.1f}"


@lru_cache(maxsize=64)
def region_labels(places: tuple[Place, ...]) -> tuple[RegionLabel, ...]:
    """A label for each region, by name; hexagons without one have none.

    >>> here = tuple((17.3 * n, 0.0, "East" if n > 2 else "West") for n in range(6))
    >>> [(label.text, label.over) for label in region_labels(here)]
    [('East', False), ('West', False)]
    """
    regions: dict[str, list[Place]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    for x, y, region in places:
        rows[y].append(x)
        if region:
            regions[region].append((x, y, region))
    frame = _frame(places)
    taken: list[RegionLabel] = []
    # Who has the fewest sides to choose from chooses first.
    for region, own in sorted(regions.items(), key=lambda it: (len(it[1]), it[0])):
        taken.append(_best(region, own, places, rows, frame, taken))
    return tuple(sorted(taken, key=lambda label: label.text))


def _frame(places: Iterable[Place]) -> Box:
    xs, ys = zip(*((x, y) for x, y, _region in places), strict=True)
    return Box(min(xs) - NEAR_X, min(ys) - NEAR_Y, max(xs) + NEAR_X, max(ys) + NEAR_Y)


def _best(
    text: str,
    own: Sequence[Place],
    places: Sequence[Place],
    rows: dict[float, list[float]],
    frame: Box,
    taken: Sequence[RegionLabel],
) -> RegionLabel:
    middle = sum(x for x, _y, _r in own) / len(own), sum(y for _x, y, _r in own) / len(own)
    tried = [_label(text, x, y) for x, y in _around(text, _rim(own, rows))]
    for label in sorted(tried, key=lambda label: _price(label, middle, frame)):
        if any(label.box.meets(it.box) for it in taken) or _covers(label.box, rows):
            continue
        if _nearest(label.box, places) == text:
            return label
    return _label(text, *middle, over=True)


def _rim(own: Iterable[Place], rows: dict[float, list[float]]) -> Iterator[Place]:
    """The hexagons of a region that lack a neighbour."""
    middles = {(round(x), round(y)) for y, xs in rows.items() for x in xs}
    for x, y, region in own:
        around = ((2, 0), (-2, 0), (1, 3), (-1, 3), (1, -3), (-1, -3))
        beside = ((round(x + WIDE / 2 * dx), round(y + STEP / 3 * dy)) for dx, dy in around)
        if not all(it in middles for it in beside):
            yield x, y, region


def _label(text: str, x: float, y: float, *, over: bool = False) -> RegionLabel:
    half = len(text) * LETTER / 2
    return RegionLabel(text, x, y, Box(x - half, y - LINE / 2, x + half, y + LINE / 2), over)


def _around(text: str, own: Iterable[Place]) -> Iterator[tuple[float, float]]:
    """Middles of a name beside, above and below each hexagon."""
    half = len(text) * LETTER / 2
    for x, y, _region in own:
        for step in (half + NEAR_X + 2, half + 2 * NEAR_X + 8):
            for down in (-LINE, 0.0, LINE):
                yield x - step, y + down
                yield x + step, y + down
        for away in (NEAR_Y + LINE / 2 + 2, 2 * NEAR_Y + LINE):
            for across in (-half, 0.0, half):
                yield x + across, y - away
                yield x + across, y + away


def _price(label: RegionLabel, middle: tuple[float, float], frame: Box) -> float:
    box = label.box
    outside = max(0.0, frame.left - box.left) + max(0.0, box.right - frame.right)
    outside += max(0.0, frame.top - box.top) + max(0.0, box.bottom - frame.bottom)
    return OUTSIDE * outside + hypot(label.x - middle[0], label.y - middle[1])


def _nearest(box: Box, places: Iterable[Place]) -> str:
    """The region of the hexagon that lies nearest to a name."""

    def away(place: Place) -> float:
        x, y, _region = place
        return hypot(max(box.left - x, 0, x - box.right), max(box.top - y, 0, y - box.bottom))

    return min(places, key=away)[2]


def _covers(box: Box, rows: dict[float, list[float]]) -> bool:
    return any(
        box.left - NEAR_X < x < box.right + NEAR_X
        for y, xs in rows.items()
        if box.top - NEAR_Y < y < box.bottom + NEAR_Y
        for x in xs
    )
