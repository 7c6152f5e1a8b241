"""What a team is worth, goal by goal, counted in whole numbers and without the solver.

A score is a tuple of tuples of whole numbers, one per goal, higher is better; scores compare from
left to right, so that an earlier goal always outweighs a later one. A board can defend an order,
not a set of weights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from verband.core.composition.lines import Line, has, lines_of
from verband.core.composition.problem import (
    BALANCE,
    COVERAGE,
    DEPTH,
    KEEP,
    ROTATION,
    SOFT,
    Demand,
    Problem,
)

Score = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Group:
    """A group with its fair number of seats: ``size`` x share / sum of shares."""

    name: str
    fair: Fraction
    members: tuple[int, ...]

    def needed(self, ratio: Fraction) -> int:
        """The fewest seats with which the group has at least ``ratio`` of its fair number."""
        return -((-ratio * self.fair) // 1)


class Count:
    """A problem prepared for counting; candidates are known by their place in the order of ids.

    >>> from verband.core.composition.problem import Candidate
    >>> pool = (Candidate("a", expertise={"housing": 4}), Candidate("b", expertise={"housing": 2}))
    >>> count = Count(Problem(1, pool, demands=(Demand("housing", level=3),)))
    >>> count.score({0}), count.score({1})
    (((0,), (1,), (), (4,), (0,)), ((0,), (0,), (), (2,), (0,)))
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.lines = lines_of(problem)
        self.places = {candidate.id: i for i, candidate in enumerate(problem.candidates)}

    @cached_property
    def hard(self) -> tuple[Line, ...]:
        """The lines that may not be broken."""
        return tuple(line for line in self.lines if line.hard)

    @cached_property
    def soft(self) -> tuple[Line, ...]:
        """The lines that are broken as little as possible."""
        return tuple(line for line in self.lines if not line.hard)

    @cached_property
    def current(self) -> tuple[int, ...]:
        """Places of the current members who are still candidates."""
        return tuple(self.places[id] for id in self.problem.current if id in self.places)

    @cached_property
    def depth(self) -> tuple[int, ...]:
        """Per candidate the sum of levels in the subjects demanded (all, if none is demanded)."""
        wanted = {demand.expertise for demand in self.problem.demands}
        return tuple(
            sum(level for subject, level in c.expertise.items() if not wanted or subject in wanted)
            for c in self.problem.candidates
        )

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups to balance; empty without a balance."""
        balance = self.problem.balance
        if balance is None:
            return ()
        total = sum(balance.shares.values(), Fraction(0))
        return tuple(
            Group(
                name,
                self.problem.size * Fraction(share) / total,
                tuple(
                    i
                    for i, c in enumerate(self.problem.candidates)
                    if has(c, balance.trait, [name])
                ),
            )
            for name, share in sorted(balance.shares.items())
        )

    @cached_property
    def ratios(self) -> tuple[Fraction, ...]:
        """Every ratio of seats to fair seats that some group can have, above 0, ascending."""
        size = self.problem.size
        return tuple(
            sorted(
                {
                    seats / group.fair
                    for group in self.groups
                    for seats in range(1, min(size, len(group.members)) + 1)
                }
            )
        )

    def able(self, demand: Demand) -> tuple[int, ...]:
        """Places of the candidates who meet the level of a demand."""
        return tuple(
            i
            for i, c in enumerate(self.problem.candidates)
            if c.expertise.get(demand.expertise, 0) >= demand.level
        )

    def goal(self, name: str, team: frozenset[int]) -> tuple[int, ...]:
        """The value of one goal, higher is better.

        ``soft``: minus the weighted breaches. ``keep``: current members kept. ``coverage``: weight
        of the demands met. ``balance``: for each possible ratio, ascending, minus the number of
        groups below it (so the worst-off group counts first, then the next: leximin). ``depth``:
        sum of levels. ``rotation``: minus the seats held now.
        """
        if name == SOFT:
            return (-sum(line.weight * line.broken_by(line.count(team)) for line in self.soft),)
        if name == KEEP:
            return (sum(place in team for place in self.current),)
        if name == COVERAGE:
            return (
                sum(
                    demand.weight
                    * min(demand.count, sum(place in team for place in self.able(demand)))
                    for demand in self.problem.demands
                ),
            )
        if name == BALANCE:
            seats = [(g, sum(place in team for place in g.members)) for g in self.groups]
            return tuple(-sum(n < g.needed(ratio) for g, n in seats) for ratio in self.ratios)
        if name == DEPTH:
            return (sum(self.depth[place] for place in team),)
        if name == ROTATION:
            return (-sum(self.problem.candidates[place].seats for place in team),)
        raise AssertionError(name)

    def score(self, team: Iterable[int]) -> Score:
        """The values of all goals, in the order of the problem."""
        chosen = frozenset(team)
        return tuple(self.goal(name, chosen) for name in self.problem.goals)

    def breaches(self, team: Iterable[int]) -> tuple[Line, ...]:
        """The hard lines a team breaks."""
        chosen = frozenset(team)
        return tuple(line for line in self.hard if line.broken_by(line.count(chosen)))
