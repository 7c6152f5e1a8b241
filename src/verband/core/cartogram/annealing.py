"""Simulated annealing: many small moves, fewer and fewer of which may make things worse."""

import math
from collections.abc import Iterator

import numpy as np

from verband.core.cartogram.arrangement import Arrangement

BATCH = 65_536


def anneal(
    arrangement: Arrangement, *, steps: int, warm: float, cold: float, seed: int
) -> Arrangement:
    """Improve an arrangement in place; the same seed gives the same result.

    A step swaps a member with a neighbour, moves it to an empty cell beside it, or pushes a row of
    members one cell up into a gap. A worse arrangement is taken with chance ``exp(-worse / T)``,
    with ``T`` falling geometrically from ``warm`` to ``cold``. A step after which a region lies in
    more pieces is never taken. Source: Kirkpatrick, Gelatt and Vecchi, Science 220 (1983), 671-680.
    """
    chances = _chances(np.random.default_rng(seed))
    members = arrangement.empty
    cooling = (cold / warm) ** (1 / max(steps, 1))
    heat = warm
    around, on, cell_of = arrangement.around, arrangement.on, arrangement.cell_of
    for _ in range(steps):
        heat *= cooling
        member = int(next(chances) * members)
        turn = int(next(chances) * 6)
        left = cell_of[member]
        to = around[left][turn]
        allowance = -heat * math.log(next(chances) or 1e-300)
        other = on[to]
        if other != arrangement.empty:
            if arrangement.swap_delta(member, other) > allowance or not _whole_after_swap(
                arrangement, member, other
            ):
                on[left], on[to] = member, other
                cell_of[member], cell_of[other] = left, to
        elif arrangement.inner[to]:
            row = _row(arrangement, member, turn, next(chances))
            back = [(m, cell_of[m]) for m, _ in row]
            if arrangement.shift_delta(row) > allowance or not arrangement.keeps_together(back):
                arrangement.put(back)
    return arrangement


def _whole_after_swap(arrangement: Arrangement, one: int, other: int) -> bool:
    region = arrangement.costs.region
    if region[one] == region[other]:
        return True
    return arrangement.keeps_together(
        [(one, arrangement.cell_of[other]), (other, arrangement.cell_of[one])]
    )


def _row(arrangement: Arrangement, member: int, turn: int, chance: float) -> list[tuple[int, int]]:
    """``member`` and, half of the times, all that stand in line behind it, each one cell on."""
    around, on, empty = arrangement.around, arrangement.on, arrangement.empty
    here = arrangement.cell_of[member]
    row = [(member, around[here][turn])]
    if chance < 0.5:
        return row
    behind = (turn + 3) % 6
    while on[around[here][behind]] != empty:
        row.append((on[around[here][behind]], here))
        here = around[here][behind]
    return row


def _chances(generator: np.random.Generator) -> Iterator[float]:
    while True:
        yield from generator.random(BATCH).tolist()
