"""The fewest members whose weights together reach, or sink, a bound."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from verband.core.errors import DomainError
from verband.core.voting.rules import Unit

Weigh = Callable[[str], int]
MIXTURES = 2**20  # finer mixtures only make a search shorter, they do not change the answer
NEAR = 600  # members on each side of the border tried for an exchange before a search
MOST_CELLS = 4 * 10**9  # bits to remember in a search: half a gigabyte


class TooManyToSearch(DomainError):
    """Votes and inhabitants pull apart for so many members that no exact search is possible."""

    code = "too_many_to_search"
    template = "The fewest of %(members)s members cannot be found exactly in two units at once."


def fewest_sinking(
    members: Sequence[str], weigh: Weigh, slack: Fraction, effect: Fraction, strict: bool
) -> Sequence[str] | None:
    """The shortest list that brings a slack below what its bound asks; heaviest members first.

    ``effect`` (negative) is what each unit of weight adds. ``None`` when all together cannot.

    >>> fewest_sinking("ABC", {"A": 1, "B": 5, "C": 3}.__getitem__, Fraction(6), Fraction(-1), True)
    ['B', 'C']
    """
    chosen: list[str] = []
    for member in sorted(members, key=weigh, reverse=True):
        slack += effect * weigh(member)
        chosen.append(member)
        if slack < 0 or (slack == 0 and strict):
            return chosen
    return None


def fewest_reaching(
    members: Sequence[str], wanted: Mapping[Unit, tuple[Weigh, int]]
) -> Sequence[str] | None:
    """The shortest list that reaches every wanted amount, in one, two or three units at once.

    In one unit the heaviest come first. In votes and inhabitants at once, members are ordered by
    mixtures of both: each order gives a list that is enough, and a number that no list can go
    below. When the two meet the answer is exact; otherwise the numbers between are searched.
    ``None`` when all together cannot.

    Raises: ``TooManyToSearch``.

    >>> by_votes, by_size = {"A": 5, "B": 4, "C": 0}, {"A": 1, "B": 2, "C": 9}
    >>> sorted(fewest_reaching("ABC", {"votes": (by_votes.__getitem__, 5),
    ...                                "inhabitants": (by_size.__getitem__, 10)}))
    ['A', 'C']
    """
    for weigh, need in wanted.values():
        if sum(map(weigh, members)) < need:
            return None
    at_least = wanted["members"][1] if "members" in wanted else 0
    pairs = [pair for unit, pair in wanted.items() if unit != "members" and pair[1] > 0]
    if len(pairs) < 2:
        order = sorted(members, key=pairs[0][0], reverse=True) if pairs else list(members)
        return order[: max(at_least, _prefix(order, pairs))]
    return _fewest_in_two(members, pairs, at_least)


def _fewest_in_two(
    members: Sequence[str], pairs: Sequence[tuple[Weigh, int]], at_least: int
) -> Sequence[str]:
    tried: dict[int, _Mixture] = {}

    def mixture(part: int) -> _Mixture:
        if part not in tried:
            tried[part] = _Mixture(members, pairs, part)
        return tried[part]

    size = max(at_least, *(mixture(part).bound for part in (0, MIXTURES // 2, MIXTURES)))
    while size < min(len(tried[part].enough(at_least)) for part in tried):
        low, high = 0, MIXTURES  # what is spare is convex in the part: walk to its lowest point
        while low < high:
            middle = (low + high) // 2
            if mixture(middle).spare(size) <= mixture(middle + 1).spare(size):
                high = middle
            else:
                low = middle + 1
        found = mixture(low).exchange(size) or mixture(low).search(size)
        if found is not None:
            return found
        size += 1
    return min((tried[part].enough(at_least) for part in tried), key=len)


def _prefix(order: Sequence[str], pairs: Sequence[tuple[Weigh, int]]) -> int:
    """How many members from the front reach all amounts."""
    left = [need for _, need in pairs]
    for number, member in enumerate(order):
        if all(need <= 0 for need in left):
            return number
        left = [need - weigh(member) for need, (weigh, _) in zip(left, pairs, strict=True)]
    return len(order)


class _Mixture:
    """Members ordered by part x votes + rest x inhabitants, each measured in what is needed.

    Reaching both amounts implies reaching ``goal`` in the mixture; so the heaviest ``size`` members
    of the mixture must reach it, and what they have to spare limits who can be exchanged.
    """

    def __init__(
        self, members: Sequence[str], pairs: Sequence[tuple[Weigh, int]], part: int
    ) -> None:
        (first, need), (second, target) = pairs
        self.pairs, self.goal = pairs, MIXTURES * need * target
        mixed = [part * first(m) * target + (MIXTURES - part) * second(m) * need for m in members]
        ranked = sorted(zip(mixed, members, strict=True), key=lambda pair: -pair[0])
        self.weights = [weight for weight, _ in ranked]
        self.order = [member for _, member in ranked]
        self.sums = [0]
        for weight in self.weights:
            self.sums.append(self.sums[-1] + weight)

    @property
    def bound(self) -> int:
        return next(size for size, total in enumerate(self.sums) if total >= self.goal)

    def enough(self, at_least: int) -> Sequence[str]:
        return self.order[: max(at_least, _prefix(self.order, self.pairs))]

    def spare(self, size: int) -> Fraction:
        """What the heaviest ``size`` have above the goal, as a part of the goal."""
        return Fraction(self.sums[size] - self.goal, self.goal)

    def exchange(self, size: int) -> Sequence[str] | None:
        """The heaviest ``size``, one exchanged for a next one when that reaches both amounts."""
        start = max(0, size - NEAR)
        inside, outside = self.order[start:size], self.order[size : size + NEAR]
        enough = np.ones((len(inside), len(outside)), dtype=bool)
        for weigh, need in self.pairs:
            short = need - sum(map(weigh, self.order[:size]))
            gained = np.array([weigh(m) for m in outside], dtype=np.int64)
            lost = np.array([weigh(m) for m in inside], dtype=np.int64)
            enough &= gained[None, :] - lost[:, None] >= short
        if not enough.any():
            return None
        out, in_ = divmod(int(enough.argmax()), len(outside))
        return [*self.order[:start], *inside[:out], *inside[out + 1 :], outside[in_]]

    def search(self, size: int) -> Sequence[str] | None:
        """A list of exactly ``size`` members that reaches both amounts, or ``None``."""
        spare = self.sums[size] - self.goal
        if spare < 0:
            return None
        inside, outside = self.weights[size - 1], (*self.weights, 0)[size]
        fixed = sum(weight - outside > spare for weight in self.weights[:size])
        open_ = [m for m, w in zip(self.order, self.weights, strict=True) if inside - w <= spare]
        chosen = _choose(
            open_[fixed:],
            [(weigh, need - sum(map(weigh, self.order[:fixed]))) for weigh, need in self.pairs],
            size - fixed,
        )
        return None if chosen is None else [*self.order[:fixed], *chosen]


def _choose(
    members: Sequence[str], pairs: Sequence[tuple[Weigh, int]], size: int
) -> Sequence[str] | None:
    """best[k, v]: the largest second weight of k members that weigh exactly v in the first."""
    (first, need), (second, target) = pairs
    widest = sum(sorted(map(first, members), reverse=True)[:size])
    if len(members) * (size + 1) * (widest + 1) > MOST_CELLS:
        raise TooManyToSearch(members=len(members))
    best = np.full((size + 1, widest + 1), -1, dtype=np.int64)
    best[0, 0] = 0
    taken = []
    for member in members:
        step = first(member)
        moved = np.full_like(best, -1)
        if step <= widest:
            before = best[:-1, : widest + 1 - step]
            moved[1:, step:] = np.where(before >= 0, before + second(member), -1)
        taken.append(np.packbits(moved > best, axis=1))
        np.maximum(best, moved, out=best)
    start = max(0, need)
    reached = best[size, start:]
    if reached.max(initial=-1) < max(0, target):
        return None
    left, weight = size, start + int(reached.argmax())
    chosen: list[str] = []
    for member, bits in zip(reversed(members), reversed(taken), strict=True):
        if left and bits[left, weight // 8] >> (7 - weight % 8) & 1:
            chosen.append(member)
            left, weight = left - 1, weight - first(member)
    return chosen[::-1]
