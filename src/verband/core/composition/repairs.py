"""The cheapest ways out of a clash, and the smallest change to a body that has drifted.

A repair loosens as few rules as little as possible, counted at the cost each rule carries
(``weight`` for each step); rules with ``may_give`` false are left alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from verband.core.composition.choosing import Team, choose
from verband.core.composition.lines import Line
from verband.core.composition.problem import KEEP, Problem
from verband.core.composition.scores import Count
from verband.core.composition.solver import MOST_NODES, UNBOUNDED, Model, Whole
from verband.core.wording import gettext_noop

LESS_ASKED = gettext_noop("“%(rule)s”: at least %(bound)s instead of %(old)s")
MORE_ROOM = gettext_noop("“%(rule)s”: at most %(bound)s instead of %(old)s")


@dataclass(frozen=True)
class Change:
    """One line with another number."""

    line: Line
    bound: int

    @property
    def template(self) -> str:
        """The English message id of the sentence, for ``params``."""
        return LESS_ASKED if self.line.lower else MORE_ROOM

    @property
    def params(self) -> dict[str, object]:
        """The values in the sentence."""
        return {"rule": self.line.label, "bound": self.bound, "old": self.line.bound}

    def __str__(self) -> str:
        return self.template % self.params


@dataclass(frozen=True)
class Repair:
    """Changes that together make a team possible, at their total cost."""

    changes: tuple[Change, ...]
    cost: int


@dataclass(frozen=True)
class Mended:
    """A body after the fewest changes: who stays, who leaves, who joins, and what was wrong.

    ``gone`` are ids of current members who are no longer candidates; ``broken`` the hard lines
    that the body broke as it was.
    """

    team: Team
    stays: tuple[str, ...]
    leaves: tuple[str, ...]
    joins: tuple[str, ...]
    gone: tuple[str, ...]
    broken: tuple[Line, ...]


class Elastic:
    """Every hard line that may give, with a column for how much it gives."""

    def __init__(self, count: Count, nodes: int) -> None:
        self.lines = [line for line in count.hard if line.may_give]
        self.model = Model(nodes)
        people = self.model.add_columns([1] * len(count.problem.candidates))
        size = count.problem.size
        self.model.add_row(people, [1] * len(people), size, size)
        self.most = [line.bound if line.lower else size for line in self.lines]
        self.gives = self.model.add_columns(self.most)
        sign = dict(zip(self.lines, self.gives, strict=True))
        for line in count.hard:
            places, values = list(line.members), [1] * len(line.members)
            if line in sign:
                places.append(sign[line])
                values.append(1 if line.lower else -1)
            low, high = (line.bound, UNBOUNDED) if line.lower else (-UNBOUNDED, line.bound)
            self.model.add_row(places, values, low, high)

    def cheapest(self) -> Repair | None:
        """The cheapest repair that was not forbidden."""
        costs: Whole = np.zeros(self.model.columns, dtype=np.int64)
        for column, line in zip(self.gives, self.lines, strict=True):
            costs[column] = -line.weight
        answer = self.model.maximise(costs)
        if answer is None:
            return None
        changes = []
        for column, line in zip(self.gives, self.lines, strict=True):
            step = int(answer.values[column])
            if step:
                changes.append(Change(line, line.bound - step if line.lower else line.bound + step))
        return Repair(tuple(changes), -answer.value)

    def forbid(self, lines: Iterable[Line]) -> None:
        """Not all of these lines together again: at least one of them does not give at all."""
        used = [self.lines.index(line) for line in lines]
        marks = self.model.add_columns([1] * len(used))
        for mark, place in zip(marks, used, strict=True):  # gives <= most * mark
            self.model.add_row([self.gives[place], mark], [1, -self.most[place]], -UNBOUNDED, 0)
        self.model.add_row(marks, [1] * len(marks), 0, len(marks) - 1)


def find_repairs(problem: Problem, most: int = 3, *, nodes: int = MOST_NODES) -> tuple[Repair, ...]:
    """Up to ``most`` repairs, cheapest first, none containing the lines of an earlier one.

    Empty when a team exists already, and when no repair of rules that may give is enough.

    Raises: ``SearchTooLong``.

    >>> from verband.core.composition.problem import Candidate, Rule
    >>> people = tuple(Candidate(p + i, traits={"province": (p,)}) for p in "AB" for i in "123")
    >>> rules = (Rule("at most one of A", {"province": ("A",)}, at_most=1),
    ...          Rule("at most one of B", {"province": ("B",)}, at_most=1))
    >>> [str(repair.changes[0]) for repair in find_repairs(Problem(3, people, rules))]
    ['“at most one of A”: at most 2 instead of 1', '“at most one of B”: at most 2 instead of 1']
    """
    elastic = Elastic(Count(problem), nodes)
    found: list[Repair] = []
    while len(found) < most:
        repair = elastic.cheapest()
        if repair is None or not repair.changes:
            break
        found.append(repair)
        elastic.forbid(change.line for change in repair.changes)
    return tuple(found)


def mend(problem: Problem, *, nodes: int = MOST_NODES) -> Mended:
    """The body ``problem.current`` with as few changes as the hard rules allow, then the goals.

    Raises: ``NoTeamPossible``, ``SearchTooLong``.

    >>> from verband.core.composition.problem import Candidate, Rule
    >>> people = tuple(Candidate(id, traits={"sex": (s,)}) for id, s in ("am", "bm", "cf", "df"))
    >>> rules = (Rule("a woman", {"sex": ("f",)}, at_least=1),)
    >>> mended = mend(Problem(2, people, rules, current=("a", "b")))
    >>> len(mended.stays), len(mended.joins), [line.label for line in mended.broken]
    (1, 1, ['a woman'])
    """
    goals = (KEEP, *(goal for goal in problem.goals if goal != KEEP))
    team = choose(replace(problem, goals=goals), nodes=nodes)
    count = Count(problem)
    before = [id for id in problem.current if id in count.places]
    return Mended(
        team=team,
        stays=tuple(id for id in team.members if id in before),
        leaves=tuple(id for id in before if id not in team.members),
        joins=tuple(id for id in team.members if id not in before),
        gone=tuple(id for id in problem.current if id not in count.places),
        broken=count.breaches(count.current),
    )
