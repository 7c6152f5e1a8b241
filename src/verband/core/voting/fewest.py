"""The fewest members whose weights together reach, or sink, a bound."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from verband.core.voting.rules import Unit

Weigh = Callable[[str], int]


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

    In one unit the heaviest come first. In votes and inhabitants at once the order by votes usually
    settles it; when it does not, all combinations are searched by dynamic programming over votes.
    ``None`` when all together cannot.

    >>> by_votes, by_size = {"A": 5, "B": 4, "C": 0}, {"A": 1, "B": 2, "C": 9}
    >>> fewest_reaching("ABC", {"votes": (by_votes.__getitem__, 5),
    ...                         "inhabitants": (by_size.__getitem__, 10)})
    ['A', 'C']
    """
    for weigh, need in wanted.values():
        if sum(map(weigh, members)) < need:
            return None
    at_least = wanted["members"][1] if "members" in wanted else 0
    pairs = [pair for unit, pair in wanted.items() if unit != "members" and pair[1] > 0]
    orders = [sorted(members, key=weigh, reverse=True) for weigh, _ in pairs] or [list(members)]
    prefixes = [_prefix(order, [pair]) for order, pair in zip(orders, pairs, strict=False)]
    bound = max([at_least, *prefixes])
    for order in orders:
        enough = max(at_least, _prefix(order, pairs))
        if enough == bound or len(pairs) < 2:
            return order[:enough]
    most = min(max(at_least, _prefix(order, pairs)) for order in orders)
    return _search(members, pairs, bound, most)


def _prefix(order: Sequence[str], pairs: Sequence[tuple[Weigh, int]]) -> int:
    """How many members from the front reach all amounts."""
    left = [need for _, need in pairs]
    for number, member in enumerate(order):
        if all(need <= 0 for need in left):
            return number
        left = [need - weigh(member) for need, (weigh, _) in zip(left, pairs, strict=True)]
    return len(order)


def _search(
    members: Sequence[str], pairs: Sequence[tuple[Weigh, int]], bound: int, most: int
) -> Sequence[str]:
    """best[k, v]: the largest second weight of k members that weigh exactly v in the first."""
    (first, need), (second, target) = pairs
    widest = sum(sorted(map(first, members), reverse=True)[:most])
    best = np.full((most + 1, widest + 1), -1, dtype=np.int64)
    best[0, 0] = 0
    taken = []  # one bit for each member and state: 60 MB for 388 members and 12,821 votes
    for member in members:
        step = first(member)
        moved = np.full_like(best, -1)
        if step <= widest:
            before = best[:-1, : widest + 1 - step]
            moved[1:, step:] = np.where(before >= 0, before + second(member), -1)
        taken.append(np.packbits(moved > best, axis=1))
        np.maximum(best, moved, out=best)
    size, votes = next(
        (k, need + int(best[k, need:].argmax()))
        for k in range(bound, most + 1)
        if best[k, need:].max(initial=-1) >= target
    )
    chosen: list[str] = []
    for member, bits in zip(reversed(members), reversed(taken), strict=True):
        if size and bits[size, votes // 8] >> (7 - votes % 8) & 1:
            chosen.append(member)
            size, votes = size - 1, votes - first(member)
    return chosen[::-1]
