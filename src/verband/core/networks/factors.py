"""The factors of the role adviser from what a network can fill in: ratings, goals, four items."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from verband.core.divergence.polarisation import agreement
from verband.core.errors import DomainError

Ratings = Mapping[tuple[str, str], int]

TRUSTED = 4  # on a scale of 1 to 5


class RatingRefused(DomainError):
    """Trust is rated from 1 to 5, by one party of another."""

    code = "rating_refused"
    template = "A rating of %(value)s by %(source)s of %(target)s is not possible."


class ItemsRefused(DomainError):
    """The need for network competencies has four items."""

    code = "items_refused"
    template = "Four items from 0 to 1 are needed, not: %(items)s."


def _trusted(ratings: Ratings) -> set[tuple[str, str]]:
    for (source, target), value in ratings.items():
        if value not in range(1, 6) or source == target:
            raise RatingRefused(source=source, target=target, value=value)
    return {pair for pair, value in ratings.items() if value >= TRUSTED}


def trust_density(ratings: Ratings) -> Fraction | None:
    """The share of rated pairs at four out of five or more; ``None`` without ratings.

    Raises: ``RatingRefused``.

    >>> trust_density({("A", "B"): 5, ("B", "A"): 4, ("A", "C"): 2})
    Fraction(2, 3)
    """
    trusted = _trusted(ratings)
    return Fraction(len(trusted), len(ratings)) if ratings else None


def centralisation(ratings: Ratings, parties: Iterable[str]) -> Fraction | None:
    """Freeman's degree centralisation of the trusted pairs: 1 a star, 0 all alike.

    sum(max - d_i) / ((n-1)(n-2)); a pair counts when either trusts the other. ``None`` with fewer
    than three parties. Source: Freeman (1979), Social Networks 1:215-239.

    >>> centralisation({("A", "B"): 5, ("A", "C"): 4, ("A", "D"): 5}, "ABCD")
    Fraction(1, 1)
    """
    pairs = {frozenset(pair) for pair in _trusted(ratings)}
    everyone = set(parties).union(*pairs) if pairs else set(parties)
    count = len(everyone)
    if count < 3:
        return None
    degrees = [sum(party in pair for pair in pairs) for party in everyone]
    return Fraction(sum(max(degrees) - degree for degree in degrees), (count - 1) * (count - 2))


def goal_consensus(counts: Sequence[int]) -> Fraction:
    """Agreement on a goal, from how many parties give it each importance: van der Eijk, 0 to 1.

    >>> goal_consensus([0, 0, 1, 2, 9]), goal_consensus([6, 0, 0, 0, 6])
    (Fraction(11, 12), Fraction(0, 1))
    """
    return (agreement(counts) + 1) / 2


def need(items: Sequence[Fraction]) -> Fraction:
    """The need for competencies of the network as a whole: the mean of four items from 0 to 1.

    Interdependent tasks, demands from outside, shared money, shared data.
    Raises: ``ItemsRefused``.

    >>> need([Fraction(1), Fraction(1, 2), Fraction(0), Fraction(1, 2)])
    Fraction(1, 2)
    """
    if len(items) != 4 or not all(0 <= item <= 1 for item in items):
        raise ItemsRefused(items=", ".join(map(str, items)))
    return sum(items, Fraction(0)) / 4
