"""Who pays against who decides: how far the shares of votes lie from the shares of payment."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import fsum, log, sqrt

from verband.core.errors import DomainError
from verband.core.power.game import whole_votes

# Inhabitants; the last class is that of the four large cities (G4) in 2017.
SIZE_BOUNDS = (20_000, 50_000, 100_000, 250_000)


class PaymentsDoNotFit(DomainError):
    """Payments (or inhabitants) are exact, not negative, above zero in all, one for each member."""

    code = "payments_do_not_fit"
    template = (
        "Member %(place)s pays %(payment)s. Give every member a payment (or its inhabitants) above "
        "0, as a whole number or a fraction."
    )


@dataclass(frozen=True)
class Group:
    """One size class, province or other group: shares of members' pay and votes, both of 1.

    ``within`` is this group's part of the Theil index inside the group; ``between`` its part of the
    difference between groups.
    """

    members: int
    pays: Fraction
    decides: Fraction
    between: float
    within: float


@dataclass(frozen=True)
class PaysAndDecides:
    """The distance between paying and deciding, by five measures, and per member.

    ``moved`` (Loosemore-Hanby) is the share of the votes that would have to move to make votes
    follow payment. ``gallagher`` is the least-squares distance. ``gini`` and ``lorenz`` (points
    from (0, 0) to (1, 1): share of payment, share of votes, members with fewest votes for their
    payment first) tell how unequally votes are spread over what is paid. ``theil`` is exactly
    ``theil_between`` + ``theil_within`` the groups. ``advantage`` is, per member, its share of the
    votes over its share of the payment: 1 is even.
    """

    pays: tuple[Fraction, ...]
    decides: tuple[Fraction, ...]
    advantage: tuple[Fraction, ...]
    moved: Fraction
    gallagher: float
    gini: Fraction
    lorenz: tuple[tuple[Fraction, Fraction], ...]
    theil: float
    theil_between: float
    theil_within: float
    groups: Mapping[Hashable, Group]


def pays_and_decides(
    payments: Sequence[int | Fraction],
    votes: Sequence[int],
    groups: Sequence[Hashable] | None = None,
) -> PaysAndDecides:
    """Compare shares of payment (or inhabitants) with shares of votes (or swings), per member.

    ``groups`` names the group of each member; without it all are in one group.

    Raises: ``PaymentsDoNotFit``, and ``NoMembers``, ``VotesNotWhole``, ``NegativeVotes``,
    ``NoVotes`` for the votes.
    Source: Loosemore & Hanby (1971), BJPS 1:467-477; Gallagher (1991), Electoral Studies 10:33-51;
    Theil (1967), Economics and Information Theory, ch. 4.

    >>> found = pays_and_decides((90, 10), (75, 25))
    >>> found.moved, found.advantage, found.gini
    (Fraction(3, 20), (Fraction(5, 6), Fraction(5, 2)), Fraction(3, 20))
    """
    decides = shares(whole_votes(votes))
    pays = shares(_checked(payments, len(decides)))
    advantage = tuple(vote / pay for vote, pay in zip(decides, pays, strict=True))
    lorenz = _lorenz(pays, decides, advantage)
    names = tuple(groups) if groups is not None else ("all",) * len(pays)
    grouped = _by_group(pays, decides, names)
    return PaysAndDecides(
        pays=pays,
        decides=decides,
        advantage=advantage,
        moved=sum((abs(p - d) for p, d in zip(pays, decides, strict=True)), Fraction(0)) / 2,
        gallagher=sqrt(sum((p - d) ** 2 for p, d in zip(pays, decides, strict=True)) / 2),
        gini=_gini(lorenz),
        lorenz=lorenz,
        theil=fsum(map(_theil, decides, pays)),
        theil_between=fsum(group.between for group in grouped.values()),
        theil_within=fsum(group.within for group in grouped.values()),
        groups=grouped,
    )


def size_class(inhabitants: int, bounds: Sequence[int] = SIZE_BOUNDS) -> str:
    """The size class as words; a bound belongs to the class above it.

    >>> size_class(19_999), size_class(20_000), size_class(821_752)
    ('below 20,000', '20,000 to 50,000', '250,000 or more')
    """
    place = sum(bound <= inhabitants for bound in bounds)
    if place == 0:
        return f"below {bounds[0]:,}"
    if place == len(bounds):
        return f"{bounds[-1]:,} or more"
    return f"{bounds[place - 1]:,} to {bounds[place]:,}"


def shares(amounts: Sequence[int | Fraction]) -> tuple[Fraction, ...]:
    """Each amount as a share of all.

    >>> shares((1, 3))
    (Fraction(1, 4), Fraction(3, 4))
    """
    total = sum(amounts)
    return tuple(Fraction(amount) / total for amount in amounts)


def _checked(payments: Sequence[int | Fraction], members: int) -> Sequence[int | Fraction]:
    for place, payment in enumerate(payments, start=1):
        if not isinstance(payment, (int, Fraction)) or payment <= 0:
            raise PaymentsDoNotFit(place=place, payment=payment)
    if len(payments) != members:
        raise PaymentsDoNotFit(place=min(len(payments), members) + 1, payment="nothing")
    return payments


def _lorenz(
    pays: Sequence[Fraction], decides: Sequence[Fraction], advantage: Sequence[Fraction]
) -> tuple[tuple[Fraction, Fraction], ...]:
    points = [(Fraction(0), Fraction(0))]
    for member in sorted(range(len(pays)), key=lambda i: (advantage[i], i)):
        across, up = points[-1]
        points.append((across + pays[member], up + decides[member]))
    return tuple(points)


def _gini(lorenz: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """One less twice the area under the curve."""
    steps = (((x2 - x1) * (y2 + y1)) for (x1, y1), (x2, y2) in pairwise(lorenz))
    return 1 - sum(steps, Fraction(0))


def _theil(decides: Fraction, pays: Fraction) -> float:
    return float(decides) * log(decides / pays) if decides else 0.0


def _by_group(
    pays: Sequence[Fraction], decides: Sequence[Fraction], names: Sequence[Hashable]
) -> dict[Hashable, Group]:
    grouped = {}
    for name in dict.fromkeys(names):
        inside = [member for member, other in enumerate(names) if other == name]
        pay = sum((pays[member] for member in inside), Fraction(0))
        vote = sum((decides[member] for member in inside), Fraction(0))
        between = _theil(vote, pay)
        parts = fsum(_theil(decides[member], pays[member]) for member in inside)
        grouped[name] = Group(len(inside), pay, vote, between, parts - between)
    return grouped
