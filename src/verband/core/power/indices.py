"""The power of every member under one rule, in all the ways the literature measures it."""

from dataclasses import dataclass
from fractions import Fraction

from verband.core.power.counting import Counts, count_coalitions
from verband.core.power.game import WeightedGame
from verband.core.power.orderings import shapley_shubik


@dataclass(frozen=True)
class MemberPower:
    """One member: its votes and what they are worth.

    ``swings`` is the number of sets of other members that lose without it and win with it;
    ``banzhaf`` its share of all swings; ``banzhaf_absolute`` its chance to be decisive when the
    others toss coins; ``shapley_shubik`` its chance to be the pivot in a random order (a float when
    the game is large); ``prevent`` and ``initiate`` are Coleman's.
    """

    votes: int
    swings: int
    banzhaf: Fraction
    banzhaf_absolute: Fraction
    shapley_shubik: Fraction | float
    prevent: Fraction
    initiate: Fraction


@dataclass(frozen=True)
class Power:
    """The power under one rule; ``members`` in the order of the votes of the game."""

    game: WeightedGame
    counts: Counts
    members: tuple[MemberPower, ...]


def power(game: WeightedGame) -> Power:
    """All indices for all members; counts and fractions exact.

    Raises: ``GameTooLarge``.
    Source: Banzhaf (1965); Penrose (1946), JRSS 109:53-57; Coleman (1971); Shapley & Shubik (1954);
    all in Felsenthal & Machover (1998), The Measurement of Voting Power, ch. 3 and 6.

    Luxembourg had a vote but no power in the EEC of 1958:

    >>> found = power(WeightedGame((4, 4, 4, 2, 2, 1), quota=12))
    >>> [str(member.banzhaf) for member in found.members]
    ['5/21', '5/21', '5/21', '1/7', '1/7', '0']
    """
    counts = count_coalitions(game)
    pivots = shapley_shubik(game)
    all_swings = sum(counts.swings[votes] for votes in game.votes)
    by_votes = {
        votes: MemberPower(
            votes=votes,
            swings=swings,
            banzhaf=Fraction(swings, all_swings),
            banzhaf_absolute=counts.absolute(votes),
            shapley_shubik=pivots[votes],
            prevent=counts.prevent(votes),
            initiate=counts.initiate(votes),
        )
        for votes, swings in counts.swings.items()
    }
    return Power(game, counts, tuple(by_votes[votes] for votes in game.votes))
