"""What a good hexagon layout is, as costs that can be weighed against each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from verband.core.cartogram.arrangement import FREE, Costs
from verband.core.cartogram.grid import Board, Cell, centre
from verband.core.cartogram.places import Ground, Place, neighbour_pairs, positions
from verband.core.cartogram.spread import Points


@dataclass(frozen=True, slots=True)
class Wishes:
    """How much each wish weighs; the unit is one pair of true neighbours side by side.

    ``shift``: cost per squared cell width from the spread place (``island_shift`` for an island).
    ``touch``: worth of any two members side by side, so that the country does not fray.
    ``together``: extra worth of a pair of the same region. ``stranger``: cost of a pair side by
    side that lies more than ``far_km`` apart. ``shore``: the most that water beside land is worth.
    ``sea``: cost of an island beside land. ``stay`` and ``stray``: cost of leaving the cell of the
    layout before, once and per squared cell width. ``fill``: cost of a hole per step that it lies
    inland in the layout before, so that holes travel to the coast. ``gap[k]``: cost of an empty
    cell with ``k`` occupied neighbours.
    """

    shift: float = 0.2
    island_shift: float = 0.8
    touch: float = 0.5
    together: float = 0.35
    stranger: float = 0.5
    far_km: float = 45.0
    shore: float = 0.6
    sea: float = 1.5
    stay: float = 0.65
    stray: float = 0.2
    fill: float = 2.0
    gap: tuple[float, ...] = (0.0, 0.0, 0.0, 0.2, 0.8, 1.8, 4.0)


def costs(
    places: Sequence[Place],
    board: Board,
    *,
    targets: Points,
    before: Mapping[str, Cell],
    territory: Iterable[Cell],
    wishes: Wishes,
) -> Costs:
    """The wishes as tables of costs for these places on this board.

    ``targets``: where each place wants to be, in cell widths. ``before``: the cells of the layout
    this one follows, by code; a place without one is new and has nothing to stay at.
    ``territory``: the cells of that layout that should not become holes.
    """
    regions = sorted({place.region for place in places})
    return Costs(
        cell=_of_cells(places, board, targets=targets, before=before, wishes=wishes).tolist(),
        beside=_of_pairs(places, wishes).tolist(),
        gap=wishes.gap,
        open=[wishes.fill * depth for depth in _inland(board, territory)],
        region=[FREE if p.ground is Ground.ISLAND else regions.index(p.region) for p in places],
    )


def _inland(board: Board, territory: Iterable[Cell]) -> list[int]:
    """How many steps each cell lies behind the coast of a territory; 0 on it and outside."""
    inner = {board.number[cell] for cell in territory}
    depth = [0] * len(board.cells)
    while inner := {cell for cell in inner if inner.issuperset(board.around[cell])}:
        for cell in inner:
            depth[cell] += 1
    return depth


def _of_cells(
    places: Sequence[Place],
    board: Board,
    *,
    targets: Points,
    before: Mapping[str, Cell],
    wishes: Wishes,
) -> Points:
    centres = np.array([centre(cell) for cell in board.cells])
    island = np.array([place.ground is Ground.ISLAND for place in places])
    weight = np.where(island, wishes.island_shift, wishes.shift)
    cost: Points = weight[:, None] * ((targets[:, None] - centres[None]) ** 2).sum(axis=2)
    for i, place in enumerate(places):
        if place.code in before:
            moved = ((centres - np.array(centre(before[place.code]))) ** 2).sum(axis=1)
            cost[i] += wishes.stay * (moved > 0) + wishes.stray * moved
    return cost


def _of_pairs(places: Sequence[Place], wishes: Wishes) -> Points:
    points = positions(places)
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    region = np.array([place.region for place in places])
    water = np.array([place.ground is Ground.WATER for place in places])
    island = np.array([place.ground is Ground.ISLAND for place in places])
    worth = np.where(apart > wishes.far_km, -wishes.stranger, wishes.touch)
    for a, b in neighbour_pairs(places):
        worth[a, b] = worth[b, a] = 1.0 + wishes.touch
    worth += wishes.together * (region[:, None] == region[None])
    shore = water[:, None] != water[None]
    worth = np.where(shore, np.minimum(worth, wishes.shore), worth)
    strait = island[:, None] != island[None]
    worth = np.where(strait, -wishes.sea, worth)
    beside_empty = np.zeros((len(places), 1))
    joined: Points = np.hstack([worth, beside_empty])
    return joined
