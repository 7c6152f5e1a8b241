"""Bring every region together before the improving begins."""

from collections.abc import Sequence

from verband.core.cartogram.arrangement import FREE, Arrangement
from verband.core.cartogram.grid import Board, Cell, pieces, steps_between


def call_home(board: Board, region: Sequence[int], cell_of: Sequence[int]) -> list[int]:
    """Walk every member of a stray piece to the largest piece of its region, over the shortest way.

    Whoever stands on the way moves one cell back. That may put another region in two, so that the
    walk is repeated between rounds of annealing until all are whole.

    >>> board = Board.covering([(0.0, 0.0), (4.0, 0.0)], margin=1)
    >>> row = [board.number[(q, 0)] for q in range(4)]
    >>> home = call_home(board, region=[1, 1, 2, 1], cell_of=row)
    >>> [board.cells[cell] for cell in home]
    [(0, 0), (1, 0), (3, 0), (2, 0)]
    """
    now = list(cell_of)
    for own in sorted(set(region) - {FREE}):
        standing = {board.cells[now[m]]: m for m, r in enumerate(region) if r == own}
        largest, *stray = pieces(standing)
        goals = sorted(largest)
        for cell in sorted(cell for piece in stray for cell in piece):
            _walk(board, now, standing[cell], goals)
            goals.append(board.cells[now[standing[cell]]])
    return now


def _walk(board: Board, now: list[int], member: int, goals: Sequence[Cell]) -> None:
    here = board.cells[now[member]]
    goal = min(goals, key=lambda cell: (steps_between(here, cell), cell))
    while steps_between(here, goal) > 1:
        number = min(
            (n for n in board.around[now[member]] if n < len(board.cells)),
            key=lambda n: (steps_between(board.cells[n], goal), n),
        )
        if number in now:
            now[now.index(number)] = now[member]
        now[member] = number
        here = board.cells[number]


def is_whole(arrangement: Arrangement) -> bool:
    """Whether every region stands in one piece."""
    return max(arrangement.pieces.values(), default=1) == 1
