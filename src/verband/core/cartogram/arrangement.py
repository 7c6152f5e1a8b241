"""Who stands on which cell, what that costs, and the moves that keep every region in one piece."""

from collections.abc import Sequence
from dataclasses import dataclass

from verband.core.cartogram.grid import Board

FREE = -1


@dataclass(frozen=True)
class Costs:
    """What a place on the board costs, and what a neighbour there is worth.

    ``cell[m][c]``: cost of member ``m`` on cell ``c``. ``beside[m][n]``: worth of ``m`` and ``n``
    standing side by side; the last column stands for an empty cell. ``gap[k]``: cost of an empty
    cell with ``k`` occupied neighbours; ``open[c]``: cost of leaving cell ``c`` empty, besides.
    ``region[m]``: number of the region that must stay in one
    piece, or ``FREE``.
    """

    cell: Sequence[Sequence[float]]
    beside: Sequence[Sequence[float]]
    gap: Sequence[float]
    open: Sequence[float]
    region: Sequence[int]


class Arrangement:
    """Members on a board, one per cell. A move is done first, and undone when it is refused."""

    def __init__(self, board: Board, costs: Costs, cell_of: Sequence[int]) -> None:
        self.board, self.costs = board, costs
        self.cell_of = list(cell_of)
        self.empty = len(costs.region)
        self.on = [self.empty] * (len(board.cells) + 1)
        for member, cell in enumerate(self.cell_of):
            self.on[cell] = member
        self.around = board.around
        self.inner = [board.is_inner(cell) for cell in range(len(board.cells))]
        self.pieces = {r: self.count_pieces(r) for r in sorted(set(costs.region)) if r != FREE}

    def cost(self) -> float:
        """The whole cost of the arrangement."""
        everyone = range(self.empty)
        return self._local(everyone, set(range(len(self.board.cells))))

    def put(self, moves: Sequence[tuple[int, int]]) -> None:
        """Set each member down on its cell; the cells left are empty unless taken again."""
        on, cell_of, empty = self.on, self.cell_of, self.empty
        for member, _ in moves:
            on[cell_of[member]] = empty
        for member, cell in moves:
            on[cell] = member
            cell_of[member] = cell

    def swap_delta(self, a: int, b: int) -> float:
        """Swap two members; the change in cost. The swap is done."""
        on, around, cell_of = self.on, self.around, self.cell_of
        at_a, at_b = cell_of[a], cell_of[b]
        worth_a, worth_b = self.costs.beside[a], self.costs.beside[b]
        near_a, near_b = around[at_a], around[at_b]
        worth = 0.0
        for n in near_a:
            worth += worth_a[on[n]]
        for n in near_b:
            worth += worth_b[on[n]]
        on[at_a], on[at_b] = b, a
        cell_of[a], cell_of[b] = at_b, at_a
        for n in near_b:
            worth -= worth_a[on[n]]
        for n in near_a:
            worth -= worth_b[on[n]]
        cost_a, cost_b = self.costs.cell[a], self.costs.cell[b]
        return worth + cost_a[at_b] - cost_a[at_a] + cost_b[at_a] - cost_b[at_b]

    def shift_delta(self, moves: Sequence[tuple[int, int]]) -> float:
        """Do moves that use an empty cell; the change in cost."""
        cells = {self.cell_of[member] for member, _ in moves} | {cell for _, cell in moves}
        members = [member for member, _ in moves]
        before = self._local(members, cells)
        self.put(moves)
        return self._local(members, cells) - before

    def _local(self, members: Sequence[int], cells: set[int]) -> float:
        on, around, empty, gap = self.on, self.around, self.empty, self.costs.gap
        moving = set(members)
        total = 0.0
        for m in members:
            worth = self.costs.beside[m]
            here = self.cell_of[m]
            total += self.costs.cell[m][here]
            for n in around[here]:
                other = on[n]
                total -= worth[other] / 2 if other in moving else worth[other]
        near = set(cells)
        for cell in cells:
            near.update(around[cell])
        near.discard(len(around))
        for cell in near:
            if on[cell] == empty:
                total += gap[6 - [on[n] for n in around[cell]].count(empty)] + self.costs.open[cell]
        return total

    def keeps_together(self, moves: Sequence[tuple[int, int]]) -> bool:
        """Whether no region falls into more pieces, after moves ``(member, cell it left)``."""
        region = self.costs.region
        # A look at the ring suffices when a region loses one cell and takes one: up to two moves.
        doubtful = {
            region[member]
            for member, left in moves
            if region[member] != FREE and (len(moves) > 2 or not self._safe(member, left))
        }
        counted = {r: self.count_pieces(r) for r in doubtful}
        if any(count > self.pieces[r] for r, count in counted.items()):
            return False
        self.pieces.update(counted)
        return True

    def _safe(self, member: int, left: int) -> bool:
        """Sufficient: the cell left is ringed by one arc of the region, the new cell touches it."""
        region, mine = self.costs.region, self.costs.region[member]
        on, empty = self.on, self.empty
        if on[left] != empty and region[on[left]] == mine:
            ring_whole = True
        else:
            ring = [on[n] != empty and region[on[n]] == mine for n in self.around[left]]
            ring_whole = sum(ring[i] and not ring[i - 1] for i in range(6)) == 1
        return ring_whole and any(
            on[n] != empty and region[on[n]] == mine for n in self.around[self.cell_of[member]]
        )

    def count_pieces(self, region: int) -> int:
        """In how many pieces the members of a region stand."""
        left = {self.cell_of[m] for m, r in enumerate(self.costs.region) if r == region}
        count = 0
        while left:
            count += 1
            front = [left.pop()]
            while front:
                for n in self.around[front.pop()]:
                    if n in left:
                        left.remove(n)
                        front.append(n)
        return count
