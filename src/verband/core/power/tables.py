"""Counts of sets of members that stay within three budgets at once: votes, units, members.

A motion under a double or triple rule passes when the members that do NOT support it stay within a
budget of votes, of inhabitants (in units, thousands say) and of members. Counting them instead of
the supporters has two gains: at a majority or more the tables are half as long in each direction,
and the counts only grow with the budgets, which keeps taking one member out accurate
(``majorities.py``). All table entries are sums of positive whole numbers in floating point: exact
up to 52 members, and beyond with a relative error of at most one rounding per member.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from verband.core.errors import DomainError

Floats = npt.NDArray[np.float64]

MOST_CELLS = 12 * 10**6  # of one table: 96 megabytes
MOST_MEMBERS = 1000  # 2^1000 still fits in a float


class RuleTooLarge(DomainError):
    """A double or triple rule whose tables would not fit."""

    code = "rule_too_large"
    template = (
        "Several majorities at once for %(members)s members with these votes and units are too "
        "large to count. Count inhabitants in the unit that gives one vote, so that only members "
        "at the maximum have more units than votes, or use larger units."
    )


class Budget(NamedTuple):
    """How many votes, units and members may be missing from a motion that still passes."""

    votes: int
    units: int
    members: int

    def less(self, taken: "Budget", times: int) -> "Budget":
        """What is left after ``times`` times ``taken``."""
        return Budget(*(have - times * one for have, one in zip(self, taken, strict=True)))


class Table(Protocol):
    """Counts the sets of members within a budget."""

    def within(self, budget: Budget) -> float:
        """The number of sets of members that together stay within the budget."""


def table_for(votes: Sequence[int], units: Sequence[int], largest: Budget) -> Table:
    """The table that answers every budget up to ``largest``.

    Raises: ``RuleTooLarge``.

    >>> table = table_for((1, 1, 2), (1, 1, 5), Budget(4, 7, 3))
    >>> table.within(Budget(4, 7, 3)), table.within(Budget(2, 4, 1))
    (8.0, 3.0)
    """
    largest = Budget(
        min(largest.votes, sum(votes)),
        min(largest.units, sum(units)),
        min(largest.members, len(votes)),
    )
    apart = {v for v, u in zip(votes, units, strict=True) if v != u}
    if len(votes) > MOST_MEMBERS:
        raise RuleTooLarge(members=len(votes))
    if len(set(votes)) == 1:
        return _Even.build(votes[0], units, largest)
    if len(apart) <= 1:
        return _Split.build(votes, units, largest)
    return _Dense.build(votes, units, largest)


@dataclass(frozen=True)
class _Split:
    """Members with as many units as votes in one table, the others (all at one number) in another.

    ``alike[c, v]`` counts sets of at most c members with at most v votes among the first.
    ``apart[k, r - e]`` counts sets of exactly k of the others with exactly e units above k times
    ``least``, the fewest units any of them has; ``upto[k, e]`` those with at most e; r is the last
    place (backwards, so that products run along memory); ``each`` is their votes.
    """

    alike: Floats
    apart: Floats
    upto: Floats
    each: int
    least: int

    @classmethod
    def build(cls, votes: Sequence[int], units: Sequence[int], largest: Budget) -> "_Split":
        pairs = list(zip(votes, units, strict=True))
        same = sorted(v for v, u in pairs if v == u)
        others = [(v, u) for v, u in pairs if v != u]
        each = others[0][0] if others else 0
        least = min((u for _, u in others), default=0)
        excess = sorted(u - least for _, u in others)
        span = min(max(largest.votes, largest.units), sum(same))
        rows = min(largest.members, len(same))
        room = min(largest.units, sum(excess))
        if max((rows + 1) * (span + 1), (len(others) + 1) * (room + 1)) > MOST_CELLS:
            raise RuleTooLarge(members=len(votes))
        alike = _sets(same, rows, span)
        np.cumsum(alike, axis=0, out=alike)
        np.cumsum(alike, axis=1, out=alike)
        apart = _sets(excess, min(largest.members, len(excess)), room)
        backwards = np.ascontiguousarray(apart[:, ::-1])
        return cls(alike, backwards, np.cumsum(apart, axis=1), each, least)

    def within(self, budget: Budget) -> float:
        rows, span, room = (size - 1 for size in (*self.alike.shape, self.apart.shape[1]))
        found = 0.0
        for k in range(min(budget.members + 1, len(self.apart))):
            votes = budget.votes - k * self.each
            units = budget.units - k * self.least
            if votes < 0 or units < 0:
                break
            alike = self.alike[min(budget.members - k, rows)]
            # While the excess stays below ``bends``, votes bind and not units (or nothing does).
            top = min(votes, span)
            bends = min(max(units - top, -1), room)
            if bends >= 0:
                found += alike[top] * self.upto[k, bends]
            last = min(units, room)
            if last > bends:
                apart = self.apart[k, room - last : room - bends]
                found += apart @ alike[units - last : units - bends]
        return float(found)


@dataclass(frozen=True)
class _Even:
    """All members have ``each`` votes: ``counts[c, u]`` sets of at most c members and u units."""

    counts: Floats
    each: int

    @classmethod
    def build(cls, each: int, units: Sequence[int], largest: Budget) -> "_Even":
        if (largest.members + 1) * (largest.units + 1) > MOST_CELLS:
            raise RuleTooLarge(members=len(units))
        counts = _sets(sorted(units), largest.members, largest.units)
        for axis in range(2):
            np.cumsum(counts, axis=axis, out=counts)
        return cls(counts, each)

    def within(self, budget: Budget) -> float:
        if min(budget) < 0:
            return 0.0
        rows, room = (size - 1 for size in self.counts.shape)
        members = min(budget.members, budget.votes // self.each, rows)
        return float(self.counts[members, min(budget.units, room)])


@dataclass(frozen=True)
class _Dense:
    """``counts[c, v, u]``: sets of at most c members, v votes and u units. For small bodies."""

    counts: Floats

    @classmethod
    def build(cls, votes: Sequence[int], units: Sequence[int], largest: Budget) -> "_Dense":
        shape = (largest.members + 1, largest.votes + 1, largest.units + 1)
        if shape[0] * shape[1] * shape[2] > MOST_CELLS:
            raise RuleTooLarge(members=len(votes))
        counts = np.zeros(shape)
        counts[0, 0, 0] = 1
        for v, u in zip(votes, units, strict=True):
            if v < shape[1] and u < shape[2]:
                counts[1:, v:, u:] += counts[:-1, : shape[1] - v, : shape[2] - u]
        for axis in range(3):
            np.cumsum(counts, axis=axis, out=counts)
        return cls(counts)

    def within(self, budget: Budget) -> float:
        if min(budget) < 0:
            return 0.0
        asked = (budget.members, budget.votes, budget.units)
        place = tuple(
            min(have, size - 1) for have, size in zip(asked, self.counts.shape, strict=True)
        )
        return float(self.counts[place])


def _sets(amounts: Sequence[int], rows: int, span: int) -> Floats:
    """Cell [c, a]: the number of sets of exactly c members whose amounts add up to a."""
    table = np.zeros((rows + 1, span + 1))
    table[0, 0] = 1
    reach = 0
    for members, amount in enumerate(amounts):
        reach = min(span, reach + amount)
        upto = reach + 1 - amount
        if upto > 0:
            for row in range(min(members + 1, rows), 0, -1):
                table[row, amount : reach + 1] += table[row - 1, :upto]
    return table
