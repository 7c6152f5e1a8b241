"""Where one person's leaving cuts bodies off from each other: articulation points and bridges.

Tarjan's depth-first search, iterative (a register has more people than Python has stack), linear in
people and seats. Source: Tarjan (1972), SIAM J. Computing 1:146-160.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import connected_components

from verband.core.networks.register import Incidence, Integers

Run = tuple[int, int]


@dataclass(frozen=True)
class Cuts:
    """The weak places of an undirected graph, as places in the matrix.

    ``order`` lists the nodes as the search found them, so that a subtree is a run within it.
    ``points`` holds for each articulation point the runs that hang on it, and the run of its whole
    component; ``bridges`` for each edge whose end splits its component the run on the far side.
    """

    order: Integers
    points: Mapping[int, tuple[list[Run], Run]]
    bridges: Mapping[tuple[int, int], Run]

    def pieces(self, node: int) -> list[Integers]:
        """What a component falls into when this articulation point leaves."""
        runs, (first, last) = self.points[node]
        own = int(np.flatnonzero(self.order == node)[0])
        edges = [first, own, own + 1, *(edge for run in sorted(runs) for edge in run), last]
        kept = zip(edges[::2], edges[1::2], strict=True)
        rest = np.concatenate([self.order[start:stop] for start, stop in kept])
        found = [self.order[start:stop] for start, stop in runs]
        return [*found, rest] if len(rest) else found

    def sides(self, edge: tuple[int, int], component: Integers) -> tuple[Integers, Integers]:
        """What a component falls into when this bridge ends; ``component`` labels the nodes."""
        start, stop = self.bridges[edge]
        far = self.order[start:stop]
        everyone = np.flatnonzero(component == component[edge[0]])
        return far, np.setdiff1d(everyone, far, assume_unique=True)


class _Search:
    """Depth-first numbers: ``order`` lists nodes as found, a subtree is a run within it."""

    def __init__(self, graph: csr_array) -> None:
        self.starts = graph.indptr.tolist()
        self.targets = graph.indices.tolist()
        size = graph.shape[0]
        self.found = [-1] * size
        self.low = [0] * size
        self.until = [0] * size
        self.order: list[int] = []
        self.pieces: dict[int, list[Run]] = {}
        self.points: dict[int, tuple[list[Run], Run]] = {}
        self.bridges: dict[tuple[int, int], Run] = {}

    def enter(self, node: int) -> None:
        self.found[node] = self.low[node] = len(self.order)
        self.order.append(node)

    def walk(self, root: int) -> None:
        first = len(self.order)
        self.enter(root)
        stack = [(root, -1, self.starts[root])]
        while stack:
            node, parent, place = stack[-1]
            if place < self.starts[node + 1]:
                stack[-1] = (node, parent, place + 1)
                target = self.targets[place]
                if self.found[target] < 0:
                    self.enter(target)
                    stack.append((target, node, self.starts[target]))
                elif target != parent:
                    self.low[node] = min(self.low[node], self.found[target])
                continue
            stack.pop()
            self.until[node] = len(self.order)
            if parent >= 0:
                self._leave(node, parent)
        whole = (first, len(self.order))
        for node in self.order[first:]:
            # a root with one branch holds nothing together
            if len(self.pieces.get(node, [])) > (node == root):
                self.points[node] = (self.pieces[node], whole)

    def _leave(self, node: int, parent: int) -> None:
        self.low[parent] = min(self.low[parent], self.low[node])
        run = (self.found[node], self.until[node])
        if self.low[node] >= self.found[parent]:
            self.pieces.setdefault(parent, []).append(run)
        if self.low[node] > self.found[parent]:
            self.bridges[parent, node] = run


def cuts(graph: csr_array) -> Cuts:
    """Articulation points and bridges of an undirected graph (a symmetric matrix, no loops).

    >>> path = csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
    >>> weak = cuts(path)
    >>> [(node, [piece.tolist() for piece in weak.pieces(node)]) for node in weak.points]
    [(1, [[2], [0]])]
    >>> sorted(weak.bridges)
    [(0, 1), (1, 2)]
    """
    search = _Search(csr_array(graph))
    for node in range(graph.shape[0]):
        if search.found[node] < 0:
            search.walk(node)
    return Cuts(np.array(search.order, dtype=np.int64), search.points, search.bridges)


@dataclass(frozen=True)
class SinglePoint:
    """A person without whom bodies are cut off: ``cut_off`` from the largest group that remains."""

    person: str
    bodies: tuple[str, ...]
    cut_off: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SingleSeat:
    """A seat whose end would do the same, though the person stays elsewhere."""

    person: str
    body: str
    cut_off: tuple[str, ...]


def single_points(found: Incidence) -> tuple[list[SinglePoint], list[SingleSeat]]:
    """The people and the seats that alone hold bodies together, most bodies cut off first.

    Bodies are joined when someone sits in both. A body in which only this person sits is cut off
    too, when they sit elsewhere as well.

    >>> from datetime import date
    >>> from verband.core.networks.register import Seat, incidence
    >>> seats = [Seat(p, b) for b, people in {"board": "ab", "care": "bc", "sport": "cd",
    ...          "water": "cd"}.items() for p in people]
    >>> people, _ = single_points(incidence(seats, date(2017, 1, 1)))
    >>> [(one.person, one.cut_off) for one in people]
    [('c', (('sport', 'water'),)), ('b', (('board',),))]
    """
    persons = len(found.persons)
    if not persons:
        return [], []
    graph = csr_array(block_array([[None, found.matrix], [found.matrix.T, None]]))
    weak = cuts(graph)
    points = [
        SinglePoint(found.persons[node], _own(found, node), cut_off)
        for node in weak.points
        if node < persons and (cut_off := _cut_off(found, weak.pieces(node)))
    ]
    _, component = connected_components(graph, directed=False)
    seats = []
    for edge in weak.bridges:
        sides = weak.sides(edge, component)
        if all((side >= persons).any() for side in sides):
            (smaller,) = _cut_off(found, sides)
            body = found.bodies[max(edge) - persons]
            seats.append(SingleSeat(found.persons[min(edge)], body, smaller))
    points.sort(key=lambda one: (-sum(map(len, one.cut_off)), one.person))
    seats.sort(key=lambda one: (-len(one.cut_off), one.person, one.body))
    return points, seats


def _own(found: Incidence, person: int) -> tuple[str, ...]:
    start, stop = found.matrix.indptr[person : person + 2]
    return tuple(sorted(found.bodies[body] for body in found.matrix.indices[start:stop]))


def _cut_off(found: Incidence, pieces: Sequence[Integers]) -> tuple[tuple[str, ...], ...]:
    """The bodies of every piece but the largest, pieces without bodies left out."""
    persons = len(found.persons)
    groups = [piece[piece >= persons] - persons for piece in pieces]
    groups = sorted((g for g in groups if len(g)), key=lambda g: (-len(g), int(g.min())))
    return tuple(tuple(sorted(found.bodies[body] for body in g)) for g in groups[1:])
