"""True places of members, and which of them are neighbours."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.spatial import Delaunay

EARTH_RADIUS_KM = 6371.0


class Ground(StrEnum):
    """What stands on a place: land that must hold together, an island, or water kept free."""

    MAINLAND = "mainland"
    ISLAND = "island"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class Place:
    """A member (or a piece of water) at its true place.

    ``x`` runs to the east and ``y`` to the north, in kilometres. All mainland places of one
    ``region`` must form one piece.
    """

    code: str
    region: str
    x: float
    y: float
    ground: Ground = Ground.MAINLAND


def kilometres(lat: float, lon: float, *, lat_0: float, lon_0: float) -> tuple[float, float]:
    """Degrees (WGS84) to kilometres east and north of a middle, by the sinusoidal projection.

    Areas are kept; within 2.5 degrees of the middle meridian distances are wrong by less than 3 %,
    which is far less than the width of a hexagon. Source: Snyder, Map Projections: A Working Manual
    (1987), USGS Professional Paper 1395, p. 243-248.

    >>> x, y = kilometres(52.09, 5.12, lat_0=52.09, lon_0=5.12)
    >>> x, y
    (0.0, 0.0)
    """
    x = math.radians(lon - lon_0) * math.cos(math.radians(lat)) * EARTH_RADIUS_KM
    return x, math.radians(lat - lat_0) * EARTH_RADIUS_KM


def positions(places: Sequence[Place]) -> npt.NDArray[np.float64]:
    """The places as rows (``x`` east, ``y`` north)."""
    return np.array([(place.x, place.y) for place in places], dtype=np.float64).reshape(-1, 2)


def neighbour_pairs(places: Sequence[Place], *, within_km: float = 30.0) -> list[tuple[int, int]]:
    """The pairs of places that count as neighbours, as indices ``(i, j)`` with ``i < j``.

    Two places are neighbours when an edge of the Delaunay triangulation of all places joins them
    and they lie less than ``within_km`` apart; the limit drops the edges across open water and
    foreign land. Source: Delaunay (1934); the limit of 30 km fits Dutch municipalities.

    >>> square = [Place("a", "r", 0, 0), Place("b", "r", 9, 0), Place("c", "r", 0, 9.5)]
    >>> neighbour_pairs(square), neighbour_pairs(square, within_km=10)
    ([(0, 1), (0, 2), (1, 2)], [(0, 1), (0, 2)])
    """
    points = positions(places)
    corners = Delaunay(points).simplices
    sides = {
        (int(min(a, b)), int(max(a, b)))
        for triangle in corners
        for a, b in (
            (triangle[0], triangle[1]),
            (triangle[1], triangle[2]),
            (triangle[2], triangle[0]),
        )
    }
    return sorted((a, b) for a, b in sides if math.dist(points[a], points[b]) < within_km)
