"""How good a hexagon layout is, in figures that anyone can recompute."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from verband.core.cartogram.grid import Cell, centre, pieces, steps_between
from verband.core.cartogram.places import Ground, Place, neighbour_pairs, positions
from verband.core.cartogram.spread import Points


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one layout; water does not count.

    ``neighbours``: pairs of true neighbours; ``kept``: those whose hexagons touch. The layout is
    laid over the true places with the scale and the middle that fit best (least squares):
    ``cell_km`` is then the width of a cell, and the shifts say how far a hexagon lies from the true
    place. ``torn``: regions of mainland in more than one piece. The inversions are the shares of
    all pairs of members whose order is reversed, north to south and east to west.
    """

    members: int
    neighbours: int
    kept: int
    cell_km: float
    mean_shift_km: float
    largest_shift_km: float
    torn: tuple[str, ...]
    north_south_inversions: float
    east_west_inversions: float

    @property
    def kept_share(self) -> float:
        """The share of true neighbours whose hexagons touch."""
        return self.kept / self.neighbours

    @property
    def mean_shift_cells(self) -> float:
        """The mean shift in widths of a cell."""
        return self.mean_shift_km / self.cell_km


@dataclass(frozen=True, slots=True)
class Stability:
    """What a reader must find again: members of two layouts, and how many kept their cell."""

    shared: int
    stayed: int
    mean_steps: float
    most_steps: int


def measure(places: Sequence[Place], cells: Mapping[str, Cell]) -> Quality:
    """The quality of a layout.

    >>> row = [Place("a", "r", 0, 0), Place("b", "r", 9, 0), Place("c", "r", 18, 1)]
    >>> good = measure(row, {"a": (0, 0), "b": (1, 0), "c": (2, 0)})
    >>> good.neighbours, good.kept, good.torn
    (3, 2, ())
    """
    members = [place for place in places if place.ground is not Ground.WATER]
    pairs = neighbour_pairs(members)
    true = positions(members) * np.array([1.0, -1.0])
    drawn = np.array([centre(cells[place.code]) for place in members])
    cell_km, shift = _shifts(true, drawn)
    return Quality(
        members=len(members),
        neighbours=len(pairs),
        kept=sum(
            steps_between(cells[members[a].code], cells[members[b].code]) == 1 for a, b in pairs
        ),
        cell_km=cell_km,
        mean_shift_km=float(shift.mean()),
        largest_shift_km=float(shift.max()),
        torn=torn_regions(members, cells),
        north_south_inversions=_inversions(true[:, 1], drawn[:, 1]),
        east_west_inversions=_inversions(true[:, 0], drawn[:, 0]),
    )


def torn_regions(places: Sequence[Place], cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """The regions whose mainland places are not in one piece.

    >>> two = [Place("a", "r", 0, 0), Place("b", "r", 9, 0)]
    >>> torn_regions(two, {"a": (0, 0), "b": (2, 0)})
    ('r',)
    """
    of_region: dict[str, list[Cell]] = defaultdict(list)
    for place in places:
        if place.ground is Ground.MAINLAND:
            of_region[place.region].append(cells[place.code])
    return tuple(region for region, own in sorted(of_region.items()) if len(pieces(own)) > 1)


def compare(before: Mapping[str, Cell], after: Mapping[str, Cell]) -> Stability:
    """How many of the members of both layouts kept their cell, and how far the others went.

    >>> compare({"a": (0, 0), "b": (1, 0)}, {"a": (0, 0), "b": (3, 0), "c": (1, 0)})
    Stability(shared=2, stayed=1, mean_steps=1.0, most_steps=2)
    """
    steps = [steps_between(before[code], after[code]) for code in sorted(before) if code in after]
    return Stability(
        shared=len(steps),
        stayed=steps.count(0),
        mean_steps=sum(steps) / max(len(steps), 1),
        most_steps=max(steps, default=0),
    )


def _shifts(true: Points, drawn: Points) -> tuple[float, Points]:
    true = true - true.mean(axis=0)
    drawn = drawn - drawn.mean(axis=0)
    cell_km = float((true * drawn).sum() / (drawn * drawn).sum())
    return cell_km, np.linalg.norm(true - cell_km * drawn, axis=1)


def _inversions(true: Points, drawn: Points) -> float:
    """Share of pairs in reversed order; pairs in the same row or column are not reversed."""
    reversed_pairs = np.subtract.outer(true, true) * np.subtract.outer(drawn, drawn) < -1e-9
    return float(reversed_pairs.sum() / max(len(true) * (len(true) - 1), 1))
