"""Who can pass a motion together, and who can stop one: the smallest sets.

Smallest in two meanings: the fewest members, or the fewest inhabitants behind them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from verband.core.errors import DomainError
from verband.core.power.game import WeightedGame

MOST_CELLS = 2 * 10**8  # members times votes: one bit-sized cell each, about two seconds
MOST_INHABITANTS = 2**53  # sums stay exact far below the range of 64 bits


class InhabitantsDoNotFit(DomainError):
    """Inhabitants per member are whole, not negative, not all zero, and one for each member."""

    code = "inhabitants_do_not_fit"
    template = (
        "The inhabitants of member %(place)s are %(inhabitants)s. Give every member a whole number "
        "of inhabitants, 0 or more, and at least one member more than 0."
    )


class TooManyVotesToSearch(DomainError):
    """The search for the fewest inhabitants goes over all votes, and there are too many."""

    code = "too_many_votes_to_search"
    template = (
        "The search over %(members)s members and %(votes)s votes is too large. Count votes in a "
        "larger unit, or leave the inhabitants out to see only the fewest members."
    )


@dataclass(frozen=True)
class SmallestSet:
    """A set of members (by place in the game, ascending), its votes and its inhabitants."""

    members: tuple[int, ...]
    votes: int
    inhabitants: int | None


@dataclass(frozen=True)
class Blocking:
    """The smallest sets that pass and that block; by inhabitants only when these are known.

    ``outvoted`` is the largest share of the inhabitants whose members can all be against while the
    motion passes: one less the share of the smallest passing set.
    """

    fewest_to_pass: SmallestSet
    fewest_to_block: SmallestSet
    least_inhabitants_to_pass: SmallestSet | None = None
    least_inhabitants_to_block: SmallestSet | None = None
    share_to_pass: Fraction | None = None
    share_to_block: Fraction | None = None

    @property
    def outvoted(self) -> Fraction | None:
        """See the class."""
        return None if self.share_to_pass is None else 1 - self.share_to_pass


def blocking(game: WeightedGame, inhabitants: Sequence[int] | None = None) -> Blocking:
    """The smallest passing and blocking sets; exact.

    ``inhabitants`` per member, in the order of the votes. Among sets with as few members, the one
    with the largest members is named; there may be many others.

    Raises: ``InhabitantsDoNotFit``, ``TooManyVotesToSearch``.
    Source: blocking coalitions as in Coleman (1971); the least inhabitants are a covering knapsack,
    solved by dynamic programming (Kellerer, Pferschy & Pisinger 2004, Knapsack Problems, ch. 13.3).

    >>> found = blocking(WeightedGame((4, 4, 4, 2, 2, 1), quota=12), (55, 45, 50, 11, 9, 1))
    >>> found.fewest_to_pass.members, found.fewest_to_block.members, found.share_to_block
    ((0, 1, 2), (1, 2), Fraction(6, 19))
    """
    people = None if inhabitants is None else _checked(game, inhabitants)
    to_pass = _fewest(game, game.quota, people)
    to_block = _fewest(game, game.enough_to_block, people)
    if people is None:
        return Blocking(to_pass, to_block)
    total = sum(people)
    passing = _least(game, game.quota, people)
    stopping = _least(game, game.enough_to_block, people)
    return Blocking(
        to_pass,
        to_block,
        passing,
        stopping,
        Fraction(passing.inhabitants or 0, total),
        Fraction(stopping.inhabitants or 0, total),
    )


def _checked(game: WeightedGame, inhabitants: Sequence[int]) -> tuple[int, ...]:
    for place, count in enumerate(inhabitants, start=1):
        if not isinstance(count, int) or count < 0:
            raise InhabitantsDoNotFit(place=place, inhabitants=count)
    if len(inhabitants) != len(game.votes) or not 0 < sum(inhabitants) < MOST_INHABITANTS:
        raise InhabitantsDoNotFit(place=len(inhabitants), inhabitants=sum(inhabitants))
    return tuple(inhabitants)


def _set(game: WeightedGame, members: Sequence[int], people: Sequence[int] | None) -> SmallestSet:
    return SmallestSet(
        tuple(sorted(members)),
        sum(game.votes[member] for member in members),
        None if people is None else sum(people[member] for member in members),
    )


def _fewest(game: WeightedGame, target: int, people: Sequence[int] | None) -> SmallestSet:
    """Take the members with most votes first; of equals, the one with fewest inhabitants."""
    order = sorted(
        range(len(game.votes)), key=lambda i: (-game.votes[i], people[i] if people else 0, i)
    )
    votes, upto = 0, 0
    while votes < target:
        votes += game.votes[order[upto]]
        upto += 1
    return _set(game, order[:upto], people)


def _least(game: WeightedGame, target: int, people: Sequence[int]) -> SmallestSet:
    """Column v of the search: the fewest inhabitants behind at least v votes."""
    voters = [member for member, votes in enumerate(game.votes) if votes]
    if len(voters) * (target + 1) > MOST_CELLS:
        raise TooManyVotesToSearch(members=len(voters), votes=target)
    fewest = np.full(target + 1, 2 * MOST_INHABITANTS, dtype=np.int64)
    fewest[0] = 0
    taken = np.zeros((len(voters), target + 1), dtype=np.bool_)
    for row, member in enumerate(voters):
        votes = min(game.votes[member], target)
        with_member = np.empty_like(fewest)
        with_member[votes:] = fewest[: target + 1 - votes]
        with_member[:votes] = 0
        with_member += people[member]
        np.less(with_member, fewest, out=taken[row])
        np.minimum(fewest, with_member, out=fewest)
    left, chosen = target, []
    for row in range(len(voters) - 1, -1, -1):
        if left and taken[row, left]:
            chosen.append(voters[row])
            left = max(0, left - game.votes[voters[row]])
    return _set(game, chosen, people)
