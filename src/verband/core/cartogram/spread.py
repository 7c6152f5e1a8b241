"""Spread places to an even density, so that one hexagon each fits without tearing."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from verband.core.cartogram.places import Ground, Place, neighbour_pairs, positions

Points = npt.NDArray[np.float64]

# Strengths found by trying on the Dutch municipalities of 2017: a smaller cell or a stronger
# anchor keeps places nearer to the truth, until the sparse north tears off from the rest.
CELL_SHARE = 0.85
ANCHOR = 0.012
PULL = 0.2
PUSH = 0.15
STRAIT = 1.9


def spread(places: Sequence[Place], *, rounds: int = 800) -> Points:
    """Places in cell widths (``x`` east, ``y`` south), each about 1 from its neighbours.

    Neighbours further apart than 1 pull at each other, any two places nearer than 1 push each other
    away, and a weak spring pulls each back to its true place. Crowded regions grow, empty ones
    shrink, and who lies beside whom is kept. A cell is ``CELL_SHARE`` of the mean distance between
    neighbours wide; an island rests ``STRAIT`` from the land, so that a strip of sea stays free.
    Source: force-directed placement, Fruchterman and Reingold, Software: Practice and Experience 21
    (1991), 1129-1164.

    >>> row = [Place("a", "r", 0, 0), Place("b", "r", 1, 0), Place("c", "r", 9, 1)]
    >>> a, b, c = spread(row)
    >>> bool(np.linalg.norm(a - b) > 0.5), bool(a[0] < b[0] < c[0])
    (True, True)
    """
    pairs = np.array(neighbour_pairs(places), dtype=np.int64).reshape(-1, 2)
    true = positions(places) * np.array([1.0, -1.0])
    cell = np.linalg.norm(true[pairs[:, 0]] - true[pairs[:, 1]], axis=1).mean() * CELL_SHARE
    island = np.array([place.ground is Ground.ISLAND for place in places])
    rest = np.where(island[pairs[:, 0]] != island[pairs[:, 1]], STRAIT, 1.0)
    home: Points = true / cell
    now = home.copy()
    for _ in range(rounds):
        force: Points = ANCHOR * (home - now)
        across, length = _between(now, pairs)
        _apply(force, pairs, PULL * np.maximum(length - rest, 0.0) / length, across)
        near = KDTree(now).query_pairs(1.0, output_type="ndarray")
        across, length = _between(now, near)
        _apply(force, near, PUSH * (length - 1.0) / length, across)
        now += force
    return now


def _between(now: Points, pairs: npt.NDArray[np.int64]) -> tuple[Points, Points]:
    across: Points = now[pairs[:, 1]] - now[pairs[:, 0]]
    length: Points = np.maximum(np.linalg.norm(across, axis=1), 1e-9)
    return across, length


def _apply(force: Points, pairs: npt.NDArray[np.int64], share: Points, across: Points) -> None:
    np.add.at(force, pairs[:, 0], share[:, None] * across)
    np.add.at(force, pairs[:, 1], -share[:, None] * across)
