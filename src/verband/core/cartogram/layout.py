"""Give each member a hexagon: spread, assign, gather the regions, then improve."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from verband.core.cartogram.annealing import anneal
from verband.core.cartogram.arrangement import Arrangement, Costs
from verband.core.cartogram.gathering import call_home, is_whole
from verband.core.cartogram.grid import Board, Cell, centre
from verband.core.cartogram.places import Place
from verband.core.cartogram.spread import Points, spread
from verband.core.cartogram.wishes import Wishes, costs
from verband.core.errors import DomainError

GATHERINGS = 6


class RegionTornApart(DomainError):
    """The search ended before every region was in one piece."""

    code = "region_torn_apart"
    template = "The hexagons of %(regions)s are not in one piece. Allow more steps."


@dataclass(frozen=True, slots=True)
class Effort:
    """How long the annealing searches, how often, and at which temperatures it starts and ends."""

    steps: int = 2_000_000
    tries: int = 1
    warm: float = 1.2
    cold: float = 0.05


@dataclass(frozen=True, slots=True)
class Neighbouring:
    """The layout this one follows: ``cells`` of those that stay, ``homes`` near which others begin.

    A home is a point in cell widths (``x`` east, ``y`` south): the middle of the predecessors of a
    merged member, or the cell of the successor of one that is no more. ``territory`` holds every
    cell of land and lake: a hole there costs more the further it lies inland.
    """

    cells: Mapping[str, Cell]
    homes: Mapping[str, tuple[float, float]]
    territory: frozenset[Cell] = frozenset()


NOTHING_BEFORE = Neighbouring(cells={}, homes={})


def lay_out(
    places: Sequence[Place],
    *,
    seed: int,
    follows: Neighbouring = NOTHING_BEFORE,
    wishes: Wishes | None = None,
    effort: Effort | None = None,
) -> dict[str, Cell]:
    """A cell for each place, one place per cell, every region of mainland in one piece.

    Of ``effort.tries`` searches, with seeds ``seed``, ``seed + 1`` and so on, the one with the
    least cost is given; the same input gives the same cells. Water gets cells too: it stays free.

    Raises: RegionTornApart.

    Source: the first assignment is the linear assignment of Crouse, IEEE Transactions on Aerospace
    and Electronic Systems 52 (2016), 1679-1696; one tile per unit of a map as in McNeill and Hale,
    Computer Graphics Forum 36 (2017), 435-445.

    >>> corner = [Place("a", "r", 0, 0), Place("b", "r", 9, 0), Place("c", "r", 4, 9)]
    >>> cells = lay_out(corner, seed=1, effort=Effort(steps=500))
    >>> len(set(cells.values()))
    3
    """
    wishes, effort = wishes or Wishes(), effort or Effort()
    targets = spread(places)
    known = [centre(cell) for cell in (*follows.cells.values(), *follows.territory)]
    board = Board.covering([*((float(x), float(y)) for x, y in targets), *known], margin=3)
    start = _nearest_cells(board, _homes(places, targets, follows))

    def tables(together: float) -> Costs:
        weighed = replace(wishes, together=wishes.together * together)
        return costs(
            places,
            board,
            targets=targets,
            before=follows.cells,
            territory=follows.territory,
            wishes=weighed,
        )

    searches = range(seed, seed + effort.tries)
    found = [_search(board, tables, start, effort=effort, seed=attempt) for attempt in searches]
    whole = [arrangement for arrangement in found if is_whole(arrangement)]
    if not whole:
        raise RegionTornApart(regions=", ".join(_torn(places, found[0])))
    best = min(whole, key=Arrangement.cost)
    return {place.code: board.cells[c] for place, c in zip(places, best.cell_of, strict=True)}


def _search(
    board: Board,
    tables: Callable[[float], Costs],
    start: Sequence[int],
    *,
    effort: Effort,
    seed: int,
) -> Arrangement:
    """Gather the regions with ever more weight on holding together, then improve at leisure."""
    cell_of = list(start)
    for time in range(1, GATHERINGS + 1):
        arrangement = Arrangement(board, tables(3.0**time), cell_of)
        if is_whole(arrangement):
            break
        anneal(
            arrangement,
            steps=effort.steps // 8,
            warm=effort.warm,
            cold=effort.warm / 2,
            seed=seed + time,
        )
        cell_of = call_home(board, arrangement.costs.region, arrangement.cell_of)
    return anneal(
        Arrangement(board, tables(1.0), cell_of),
        steps=effort.steps,
        warm=effort.warm,
        cold=effort.cold,
        seed=seed,
    )


def _torn(places: Sequence[Place], arrangement: Arrangement) -> list[str]:
    region = arrangement.costs.region
    return sorted(
        {p.region for p, r in zip(places, region, strict=True) if arrangement.pieces.get(r, 1) > 1}
    )


def _homes(places: Sequence[Place], targets: Points, follows: Neighbouring) -> Points:
    homes = targets.copy()
    for i, place in enumerate(places):
        if place.code in follows.cells:
            homes[i] = centre(follows.cells[place.code])
        elif place.code in follows.homes:
            homes[i] = follows.homes[place.code]
    return homes


def _nearest_cells(board: Board, homes: Points) -> list[int]:
    inner = [number for number in range(len(board.cells)) if board.is_inner(number)]
    centres = np.array([centre(board.cells[number]) for number in inner])
    squared = ((homes[:, None] - centres[None]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(squared)
    return [inner[int(i)] for i in chosen]
