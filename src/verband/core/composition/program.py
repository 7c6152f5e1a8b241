"""The problem as rows and columns, and its goals solved one after the other.

Column ``i`` is 1 when candidate ``i`` is in the team. Each goal is one stage (balance: one stage
for each ratio), and the value it reaches is frozen as a row before the next stage begins.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from verband.core.composition.problem import (
    BALANCE,
    COVERAGE,
    DEPTH,
    KEEP,
    ROTATION,
    SOFT,
    Problem,
)
from verband.core.composition.scores import Count
from verband.core.composition.solver import MOST_NODES, UNBOUNDED, Answer, Model, Whole

LOTS = 1_000_000


@dataclass(frozen=True)
class Stage:
    """One objective to be made as large as possible.

    ``most`` is a bound known beforehand; ``part`` the place of the stage within its goal.
    """

    goal: str
    costs: Whole
    most: int = UNBOUNDED
    part: int = 0


class Program:
    """Rows for the size and every hard line; rows and columns for goals come with their stage.

    ``row_of`` gives the row of each hard line, by its place in ``count.hard``. ``inside`` and
    ``outside`` are places of people forced in and out.
    """

    def __init__(
        self,
        count: Count,
        *,
        inside: Iterable[int] = (),
        outside: Iterable[int] = (),
        nodes: int = MOST_NODES,
    ) -> None:
        self.count = count
        self.problem: Problem = count.problem
        self.model = Model(nodes)
        self.people = self.model.add_columns([1] * len(self.problem.candidates))
        self._reached = 0
        size = self.problem.size
        self.size_row = self.model.add_row(self.people, [1] * len(self.people), size, size)
        self.row_of = [
            self.model.add_row(
                line.members,
                [1] * len(line.members),
                line.bound if line.lower else 0,
                UNBOUNDED if line.lower else line.bound,
            )
            for line in count.hard
        ]
        for place in inside:
            self.model.fix(place, 1, 1)
        for place in outside:
            self.model.fix(place, 0, 0)

    def stages(self, goals: Sequence[str]) -> Iterator[Stage]:
        """The stages of these goals, in order; columns and rows are added when a stage is asked."""
        makers: dict[str, Callable[[], Iterator[Stage]]] = {
            SOFT: self._soft,
            KEEP: lambda: self._sum(KEEP, dict.fromkeys(self.count.current, 1)),
            COVERAGE: self._coverage,
            BALANCE: self._balance,
            DEPTH: lambda: self._sum(DEPTH, dict(enumerate(self.count.depth))),
            ROTATION: lambda: self._sum(
                ROTATION, {i: -c.seats for i, c in enumerate(self.problem.candidates) if c.seats}
            ),
        }
        for goal in goals:
            yield from makers[goal]()

    def known(self, stage: Stage, team: frozenset[int]) -> int:
        """What a team is worth in a stage of a goal, counted without the solver."""
        return self.count.goal(stage.goal, team)[stage.part]

    def freeze(self, stage: Stage, value: int) -> int:
        """Keep what a stage reached; the row."""
        self._reached = value
        places = np.flatnonzero(stage.costs)
        if value == 0 and stage.goal == BALANCE:
            for place in places.tolist():
                self.model.fix(place, 0, 0)
        return self.model.add_row(places.tolist(), stage.costs[places].tolist(), value)

    def lot(self, seed: str) -> Whole:
        """The draw among what is still tied: everybody a number, the highest sum wins."""
        return self._costs({i: lot(seed, c.id) for i, c in enumerate(self.problem.candidates)})

    def nearest(self, team: Iterable[int]) -> Whole:
        """As many of ``team`` as possible: the smallest change."""
        return self._costs(dict.fromkeys(team, 1))

    def anything(self) -> Whole:
        """No goal: any team will do."""
        return self._costs({})

    def team(self, answer: Answer) -> frozenset[int]:
        """The places of the people chosen."""
        return frozenset(np.flatnonzero(answer.values[: len(self.people)]).tolist())

    def _costs(self, values: dict[int, int]) -> Whole:
        costs = np.zeros(self.model.columns, dtype=np.int64)
        for place, value in values.items():
            costs[place] = value
        return costs

    def _sum(self, goal: str, values: dict[int, int]) -> Iterator[Stage]:
        if any(values.values()):
            ranked = sorted(values.get(place, 0) for place in self.people)
            yield Stage(goal, self._costs(values), sum(ranked[-self.problem.size :]))

    def _soft(self) -> Iterator[Stage]:
        lines = self.count.soft
        if not lines:
            return
        slack = self.model.add_columns([max(line.bound, len(line.members)) for line in lines])
        for place, line in zip(slack, lines, strict=True):
            ones = [1] * len(line.members)
            if line.lower:
                self.model.add_row([*line.members, place], [*ones, 1], line.bound)
            else:
                self.model.add_row([*line.members, place], [*ones, -1], -UNBOUNDED, line.bound)
        weights = {place: -line.weight for place, line in zip(slack, lines, strict=True)}
        yield Stage(SOFT, self._costs(weights), 0)

    def _coverage(self) -> Iterator[Stage]:
        demands = self.problem.demands
        if not demands:
            return
        able = [self.count.able(demand) for demand in demands]
        most = [min(d.count, len(a)) for d, a in zip(demands, able, strict=True)]
        met = self.model.add_columns(most)
        for place, members in zip(met, able, strict=True):
            self.model.add_row([*members, place], [*[1] * len(members), -1], 0)
        weights = {place: demand.weight for place, demand in zip(met, demands, strict=True)}
        total = sum(d.weight * m for d, m in zip(demands, most, strict=True))
        yield Stage(COVERAGE, self._costs(weights), total)

    def _balance(self) -> Iterator[Stage]:
        groups = self.count.groups
        self._reached, sure = 0, [0] * len(groups)
        for part, ratio in enumerate(self.count.ratios):
            if self._reached == -len(groups):  # all are below this ratio: nothing left to gain
                return
            below = self.model.add_columns([1] * len(groups))
            needed = [group.needed(ratio) for group in groups]
            for place, group, seats in zip(below, groups, needed, strict=True):
                self.model.add_row(
                    [*group.members, place], [*[1] * len(group.members), seats], seats
                )
            most = self._most_at(needed, sure) - len(groups)
            yield Stage(BALANCE, self._costs(dict.fromkeys(below, -1)), most, part)
            if self._reached == 0:
                sure = needed

    def _most_at(self, needed: Sequence[int], sure: Sequence[int]) -> int:
        """No more groups than this can have what they need when all have what is sure.

        Groups that share people are not counted out against each other.
        """
        groups = self.count.groups
        extra = sorted(
            n - s
            for n, s, group in zip(needed, sure, groups, strict=True)
            if n <= len(group.members)
        )
        people = [place for group in groups for place in group.members]
        if len(set(people)) < len(people):
            return len(extra)
        left, most = self.problem.size - sum(sure), 0
        for seats in extra:
            left -= seats
            most += left >= 0
        return most


def lot(seed: str, id: str) -> int:
    """The lot number of a person, 1 to 1,000,000: the first 8 bytes of SHA-256 of seed and id.

    Anyone can recompute it from the published seed.

    >>> lot("27 November 2017", "anna") == lot("27 November 2017", "anna")
    True
    """
    digest = hashlib.sha256(f"{seed}\n{id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % LOTS + 1
