"""Who pays against who decides: how far the shares of votes lie from the shares of payment."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import fsum, lcm, log, sqrt

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
    voted = whole_votes(votes)
    paid = _in_whole_parts(_checked(payments, len(voted)))
    pays, decides = shares(paid), shares(voted)
    advantage = tuple(vote / pay for vote, pay in zip(decides, pays, strict=True))
    lorenz = _lorenz(paid, voted)
    names = tuple(groups) if groups is not None else ("all",) * len(pays)
    grouped = _by_group(paid, voted, names)
    every, votes_cast = sum(paid), sum(voted)
    apart = [p * votes_cast - v * every for p, v in zip(paid, voted, strict=True)]
    return PaysAndDecides(
        pays=pays,
        decides=decides,
        advantage=advantage,
        moved=Fraction(sum(map(abs, apart)), 2 * every * votes_cast),
        gallagher=sqrt(Fraction(sum(each**2 for each in apart), 2 * (every * votes_cast) ** 2)),
        gini=_gini(lorenz, every * votes_cast),
        lorenz=tuple((Fraction(x, every), Fraction(y, votes_cast)) for x, y in lorenz),
        theil=fsum(map(_theil, decides, pays)),
        theil_between=fsum(group.between for group in grouped.values()),
        theil_within=fsum(group.within for group in grouped.values()),
        groups=grouped,
    )


def group_shares(
    payments: Sequence[int | Fraction], votes: Sequence[int], groups: Sequence[Hashable]
) -> dict[Hashable, Group]:
    """What each group pays and decides, as in ``pays_and_decides``, which says what is refused.

    >>> group_shares((90, 10), (75, 25), ("city", "village"))["village"].decides
    Fraction(1, 4)
    """
    voted = whole_votes(votes)
    return _by_group(_in_whole_parts(_checked(payments, len(voted))), voted, groups)


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


def shares(amounts: Sequence[int]) -> tuple[Fraction, ...]:
    """Each amount as a share of all.

    >>> shares((1, 3))
    (Fraction(1, 4), Fraction(3, 4))
    """
    total = sum(amounts)
    return tuple(Fraction(amount, total) for amount in amounts)


def _in_whole_parts(payments: Sequence[int | Fraction]) -> tuple[int, ...]:
    """The payments in a unit so small that all are whole; sums of whole numbers are fast."""
    parts = lcm(*(payment.denominator for payment in payments))
    return tuple(int(payment * parts) for payment in payments)


def _checked(payments: Sequence[int | Fraction], members: int) -> Sequence[int | Fraction]:
    for place, payment in enumerate(payments, start=1):
        if not isinstance(payment, (int, Fraction)) or payment <= 0:
            raise PaymentsDoNotFit(place=place, payment=payment)
    if len(payments) != members:
        raise PaymentsDoNotFit(place=min(len(payments), members) + 1, payment="nothing")
    return payments


def _lorenz(paid: Sequence[int], voted: Sequence[int]) -> list[tuple[int, int]]:
    fine = max(paid) ** 2  # unequal votes per payment are at least 1 / fine apart
    order = sorted(range(len(paid)), key=lambda member: voted[member] * fine // paid[member])
    across = accumulate((paid[member] for member in order), initial=0)
    up = accumulate((voted[member] for member in order), initial=0)
    return list(zip(across, up, strict=True))


def _gini(lorenz: Sequence[tuple[int, int]], square: int) -> Fraction:
    """One less twice the area under the curve, as a share of the whole ``square``."""
    twice = sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(lorenz))
    return 1 - Fraction(twice, square)


def _theil(decides: Fraction, pays: Fraction) -> float:
    return float(decides) * log(decides / pays) if decides else 0.0


def _by_group(
    paid: Sequence[int], voted: Sequence[int], names: Sequence[Hashable]
) -> dict[Hashable, Group]:
    every, votes_cast = sum(paid), sum(voted)
    inside: dict[Hashable, list[int]] = {}
    for member, name in enumerate(names):
        inside.setdefault(name, []).append(member)
    grouped = {}
    for name, members in inside.items():
        pay = Fraction(sum(paid[member] for member in members), every)
        vote = Fraction(sum(voted[member] for member in members), votes_cast)
        between = _theil(vote, pay)
        parts = fsum(
            _theil(Fraction(voted[member], votes_cast), Fraction(paid[member], every))
            for member in members
        )
        grouped[name] = Group(len(members), pay, vote, between, parts - between)
    return grouped
