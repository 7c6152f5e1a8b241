"""A grid of pointy-top hexagons in axial coordinates.

``q`` runs to the east, ``r`` to the south-east. The centre of a cell lies at
``x = q + r / 2`` (east) and ``y = r * sqrt(3) / 2`` (south), in widths of a cell: the centres of
two neighbours are exactly 1 apart. Source: the axial system is the usual one for hexagonal
lattices, e.g. Her, "Geometric transformations on the hexagonal grid", IEEE Transactions on Image
Processing 4 (1995), 1213-1222.
"""

import math
from collections.abc import Iterable, Set
from dataclasses import dataclass

Cell = tuple[int, int]
DIRECTIONS: tuple[Cell, ...] = ((1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1))
ROW_HEIGHT = math.sqrt(3) / 2


def centre(cell: Cell) -> tuple[float, float]:
    """The middle of a cell, ``x`` to the east and ``y`` to the south, in cell widths.

    >>> centre((2, 0)), centre((0, 2))
    ((2.0, 0.0), (1.0, 1.7320508075688772))
    """
    q, r = cell
    return q + r / 2, r * ROW_HEIGHT


def neighbours(cell: Cell) -> tuple[Cell, ...]:
    """The six cells around a cell, in turning order.

    >>> neighbours((0, 0))
    ((1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1))
    """
    q, r = cell
    return tuple((q + dq, r + dr) for dq, dr in DIRECTIONS)


def steps_between(one: Cell, other: Cell) -> int:
    """The least number of steps from one cell to another.

    >>> steps_between((0, 0), (2, -1))
    2
    """
    dq, dr = other[0] - one[0], other[1] - one[1]
    return (abs(dq) + abs(dr) + abs(dq + dr)) // 2


def pieces(cells: Iterable[Cell]) -> list[Set[Cell]]:
    """The connected pieces of a set of cells, largest first, then by their least cell.

    >>> [sorted(piece) for piece in pieces([(0, 0), (1, 0), (5, 5)])]
    [[(0, 0), (1, 0)], [(5, 5)]]
    """
    left = set(cells)
    found: list[Set[Cell]] = []
    while left:
        reached = {min(left)}
        front = list(reached)
        while front:
            new = [n for n in neighbours(front.pop()) if n in left and n not in reached]
            reached.update(new)
            front.extend(new)
        left -= reached
        found.append(reached)
    return sorted(found, key=lambda piece: (-len(piece), min(piece)))


@dataclass(frozen=True)
class Board:
    """The cells that may be used, numbered; ``around[i]`` are the numbers of the six neighbours.

    A cell at the rim has neighbours outside the board: those carry the number ``len(cells)``,
    which is always empty, and no member may be put on the rim.
    """

    cells: tuple[Cell, ...]
    around: tuple[tuple[int, ...], ...]
    number: dict[Cell, int]

    @classmethod
    def covering(cls, points: Iterable[tuple[float, float]], *, margin: int) -> "Board":
        """The board that holds all points (``x`` east, ``y`` south) and ``margin`` cells more."""
        xs, ys = zip(*points, strict=True)
        top, bottom = math.floor(min(ys) / ROW_HEIGHT), math.ceil(max(ys) / ROW_HEIGHT)
        cells = tuple(
            (q, r)
            for r in range(top - margin, bottom + margin + 1)
            for q in range(
                math.floor(min(xs) - r / 2) - margin, math.ceil(max(xs) - r / 2) + margin + 1
            )
        )
        number = {cell: i for i, cell in enumerate(cells)}
        outside = len(cells)
        around = tuple(tuple(number.get(n, outside) for n in neighbours(c)) for c in cells)
        return cls(cells, around, number)

    def is_inner(self, number: int) -> bool:
        """Whether all six neighbours of the cell are on the board."""
        return len(self.cells) not in self.around[number]
