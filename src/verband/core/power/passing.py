"""How easily a motion passes, read in three ways that must not be confused.

Coleman's power to act lets every member toss a coin; at two thirds that chance is nearly zero for
any large body, which says nothing about real motions. If members agree more or less (every support
from 0 to 1 as likely as any other) a motion passes about as often as the quota leaves room for.
With the support that past motions got, the third reading is about this body.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from verband.core.errors import DomainError
from verband.core.power.counting import GameTooLarge, count_coalitions
from verband.core.power.game import WeightedGame
from verband.core.power.orderings import MOST_STEPS, ROWS, Floats, smooth_nodes, votes_in_favour


class SupportOutOfRange(DomainError):
    """Support is a chance."""

    code = "support_out_of_range"
    template = "A support of %(support)s is impossible. Give a number from 0 to 1."


@dataclass(frozen=True)
class Passing:
    """The chance that a motion passes: by coin tosses, with any support alike, with one support."""

    coins: float
    any_support: float
    given_support: float | None


def chance_to_pass(game: WeightedGame, support: float | None = None) -> Passing:
    """The three readings; ``support`` is the chance that a member votes in favour, all alike.

    Raises: ``SupportOutOfRange``, ``GameTooLarge``.
    Source: Coleman (1971) for coins; Straffin (1977), Public Choice 30:107-118, for any support.

    >>> found = chance_to_pass(WeightedGame((1, 1, 1), quota=3), support=0.9)
    >>> found.coins, round(found.any_support, 12), round(found.given_support, 12)
    (0.125, 0.25, 0.729)
    """
    if support is not None and not (isfinite(support) and 0 <= support <= 1):
        raise SupportOutOfRange(support=support)
    votes = sorted(votes for votes in game.votes if votes)
    if len(votes) ** 1.5 * game.total > MOST_STEPS:
        raise GameTooLarge(members=len(game.votes), votes=game.total)
    coins = float(count_coalitions(game).power_to_act)
    given = None if support is None else _at(votes, game, np.array([support]))[0]
    points, shares = np.polynomial.legendre.leggauss(smooth_nodes(len(votes)))
    any_support = float(shares @ _at(votes, game, (points + 1) / 2) / 2)
    return Passing(coins, any_support, None if given is None else float(given))


def _at(votes: list[int], game: WeightedGame, support: Floats) -> Floats:
    """The chance to pass for each support; above 1/2 the members that are against are counted."""
    found = np.empty(len(support))
    for start in range(0, len(support), ROWS):
        for mirrored in (False, True):
            here = np.arange(start, min(start + ROWS, len(support)))
            here = here[(support[here] > 0.5) == mirrored]
            if not len(here):
                continue
            p = np.where(mirrored, 1 - support[here], support[here])[:, np.newaxis]
            slots = game.enough_to_block if mirrored else game.quota
            below = votes_in_favour(votes, slots, p).sum(axis=1)
            found[here] = below if mirrored else 1 - below
    return found
