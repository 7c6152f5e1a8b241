"""Power against the square-root law: does every citizen have the same influence?

Penrose (1946): a citizen decides inside its own member with a chance that falls as the square root
of the inhabitants, so equal influence asks for power in proportion to that square root. Slomczynski
and Zyczkowski (2006, Acta Physica Polonica B 37:3133; arXiv:physics/0610271): votes that are the
square root of the inhabitants, with the quota given here, bring it about almost exactly. Both
suppose that citizens decide independently; councils that vote as parties do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, pi, sqrt

from verband.core.power.blocking import InhabitantsDoNotFit
from verband.core.power.counting import count_coalitions
from verband.core.power.game import WeightedGame


@dataclass(frozen=True)
class SquareRoot:
    """The comparison per member, in the order of the votes.

    ``ideal`` is each member's share of all square roots; ``influence`` its share of power divided
    by that share: 1 is the square-root law, 2 twice the influence per citizen. ``jagiellonian`` is
    the same under square-root votes and ``quota`` (a share of those votes); ``approximate_quota``
    is 1/2 + 1/sqrt(pi n), the value for members of any size (arXiv:1104.5213).
    """

    ideal: tuple[float, ...]
    influence: tuple[float, ...]
    jagiellonian_votes: tuple[int, ...]
    jagiellonian: tuple[float, ...]
    quota: float
    approximate_quota: float


def square_root_votes(inhabitants: int) -> int:
    """The square root of the inhabitants, rounded to the nearest whole number of votes.

    >>> square_root_votes(10000), square_root_votes(90), square_root_votes(91)
    (100, 9, 10)
    """
    return (isqrt(4 * inhabitants) + 1) // 2


def jagiellonian_quota(inhabitants: Sequence[int]) -> float:
    """The share of the votes at which square-root votes give square-root power.

    1/2 (1 + sqrt(sum N) / sum sqrt(N)).

    >>> jagiellonian_quota([400, 100, 100, 25])
    0.7777777777777778
    """
    return (1 + sqrt(sum(inhabitants)) / sum(map(sqrt, inhabitants))) / 2


def square_root_comparison(game: WeightedGame, inhabitants: Sequence[int]) -> SquareRoot:
    """Power under the rule, and under the Jagiellonian compromise, against the square-root law.

    ``inhabitants`` per member (whole, above 0). Power is the normalised Banzhaf index.

    Raises: ``InhabitantsDoNotFit``, ``GameTooLarge``.

    >>> found = square_root_comparison(WeightedGame((4, 1, 1), quota=4), (400, 100, 100))
    >>> [round(value, 2) for value in found.influence]
    [2.0, 0.0, 0.0]
    """
    for place, count in enumerate(inhabitants, start=1):
        if not isinstance(count, int) or count < 1:
            raise InhabitantsDoNotFit(place=place, inhabitants=count)
    if len(inhabitants) != len(game.votes):
        raise InhabitantsDoNotFit(place=len(inhabitants) + 1, inhabitants="missing")
    roots = [sqrt(count) for count in inhabitants]
    every_root = sum(roots)
    ideal = tuple(root / every_root for root in roots)
    quota = jagiellonian_quota(inhabitants)
    votes = tuple(map(square_root_votes, inhabitants))
    compromise = WeightedGame(votes, max(1, -int(-quota * sum(votes) // 1)))
    return SquareRoot(
        ideal=ideal,
        influence=_against(game, ideal),
        jagiellonian_votes=votes,
        jagiellonian=_against(compromise, ideal),
        quota=quota,
        approximate_quota=0.5 + 1 / sqrt(pi * len(votes)),
    )


def _against(game: WeightedGame, ideal: Sequence[float]) -> tuple[float, ...]:
    counts = count_coalitions(game)
    every = sum(counts.swings[votes] for votes in game.votes)
    return tuple(
        float(Fraction(counts.swings[votes], every)) / share
        for votes, share in zip(game.votes, ideal, strict=True)
    )
