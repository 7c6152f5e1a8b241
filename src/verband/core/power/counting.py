"""Exact counts of winning coalitions and swings, by one generating function in one whole number.

The number of coalitions with s votes is the coefficient of x^s in the product of (1 + x^w) over all
members (Mann & Shapley 1962; Bilbao et al. 2000, TOP 8:191-213). All coefficients stand side by
side in one Python integer, a fixed number of bytes each, wide enough for 2^n, so that multiplying
by (1 + x^w) is one shift and one addition. Nothing is rounded, ever.

Three things make it fast without any library. Only coalitions that lose are counted, and of a rule
and its dual (quota q against total - q + 1, whose swings are the same) the one with fewer of them.
Members are taken from small to large, so that the number stays short for long. And a member is
never divided out: if F(t) counts the coalitions of at most t votes with the member and G(t) those
without, then F(t) = G(t) + G(t - w), so that G(t) = F(t) - F(t - w) + F(t - 2w) - ...
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from verband.core.errors import DomainError
from verband.core.power.game import WeightedGame

MOST_MEMBERS = 10_000  # beyond, the swings of one member have more than 3,000 digits
MOST_BYTES = 24 * 2**20  # one table; four copies of it are alive at the peak
MOST_WORK = 16 * 2**30  # bytes added; about ten seconds


class GameTooLarge(DomainError):
    """An exact count that would take minutes or more memory than a laptop has."""

    code = "game_too_large"
    template = (
        "An exact count for %(members)s members and %(votes)s votes is too large. Count in a "
        "larger unit (one vote for each 1,000 inhabitants, say) or join members that vote alike."
    )


@dataclass(frozen=True)
class Counts:
    """Coalitions of a game, exactly.

    ``winning`` (omega) counts the sets of members that pass a motion. ``swings`` (eta) gives, for
    each number of votes a member can have, the number of sets of other members that lose without
    that member and win with it. ``members`` is n, so that there are 2^n sets.
    """

    members: int
    winning: int
    swings: Mapping[int, int]

    @property
    def power_to_act(self) -> Fraction:
        """Coleman's A = omega / 2^n: the share of all sets that can pass a motion."""
        return Fraction(self.winning, 2**self.members)

    def absolute(self, votes: int) -> Fraction:
        """Absolute Banzhaf (Penrose) b = eta / 2^(n-1): how often this member is decisive."""
        return Fraction(self.swings[votes], 2 ** (self.members - 1))

    def prevent(self, votes: int) -> Fraction:
        """Coleman's power to prevent: the share of winning sets that this member can break."""
        return Fraction(self.swings[votes], self.winning)

    def initiate(self, votes: int) -> Fraction:
        """Coleman's power to initiate: the share of losing sets that win once it joins."""
        return Fraction(self.swings[votes], 2**self.members - self.winning)


def count_coalitions(game: WeightedGame) -> Counts:
    """Winning coalitions and swings, exact for every member.

    Raises: ``GameTooLarge`` above 10,000 members or about ten seconds of work.
    Source: Banzhaf (1965), Rutgers Law Review 19:317-343; Coleman (1971); dual games: Felsenthal &
    Machover (1998), ch. 3.

    >>> counts = count_coalitions(WeightedGame((4, 4, 4, 2, 2, 1), quota=12))
    >>> counts.winning, counts.swings[4], counts.swings[2], counts.swings[1]
    (14, 10, 6, 0)
    """
    unit = gcd(*game.votes)
    scaled = sorted(votes // unit for votes in game.votes if votes)
    quota, total = -(-game.quota // unit), sum(scaled)
    slots = min(quota, total - quota + 1)
    width = len(scaled) // 8 + 1  # bytes for numbers up to 2^n
    _refuse_what_is_too_large(game, slots, width)
    table = _at_most(scaled, slots, width).to_bytes(slots * width, "little")
    idle = len(game.votes) - len(scaled)  # members without votes double every count
    losing = _slot(table, slots - 1, width)
    winning = (1 << len(scaled)) - losing if slots == quota else losing
    swings = {
        votes: _swings(table, slots, width, votes // unit) << idle if votes else 0
        for votes in set(game.votes)
    }
    return Counts(len(game.votes), winning << idle, swings)


def _refuse_what_is_too_large(game: WeightedGame, slots: int, width: int) -> None:
    members, size = len(game.votes), slots * width
    to_add = members - game.votes.count(min(votes for votes in game.votes if votes))
    if members > MOST_MEMBERS or size > MOST_BYTES or to_add * size > MOST_WORK:
        raise GameTooLarge(members=members, votes=game.total)


def _at_most(votes: list[int], slots: int, width: int) -> int:
    """Slot t holds the number of coalitions of at most t votes, for t below ``slots``."""
    bits = 8 * width
    smallest = votes[0]
    alike = votes.count(smallest)
    packed = _alike(smallest, alike, slots, width)
    reach = smallest * alike
    for weight in votes[alike:]:
        room = (slots - weight) * bits
        if reach + weight < slots:
            packed += packed << (weight * bits)
        elif room > 0:
            packed += (packed & ((1 << room) - 1)) << (weight * bits)
        reach += weight
    everything = (1 << (slots * bits)) - 1
    step = 1
    while step < slots:  # running totals by doubling
        packed = (packed + (packed << (step * bits))) & everything
        step *= 2
    return packed


def _alike(weight: int, members: int, slots: int, width: int) -> int:
    """The product for members with equal votes: binomial coefficients, no additions at all."""
    places = bytearray(slots * width)
    sets = 1
    for chosen in range(min(members, (slots - 1) // weight) + 1):
        start = chosen * weight * width
        places[start : start + width] = sets.to_bytes(width, "little")
        sets = sets * (members - chosen) // (chosen + 1)
    return int.from_bytes(places, "little")


def _slot(table: bytes, place: int, width: int) -> int:
    return int.from_bytes(table[place * width : (place + 1) * width], "little")


def _swings(table: bytes, slots: int, width: int, weight: int) -> int:
    """G(slots-1) - G(slots-1-w), where G counts coalitions without the member."""
    swings = _slot(table, slots - 1, width)
    sign = -2
    for place in range(slots - 1 - weight, -1, -weight):
        swings += sign * _slot(table, place, width)
        sign = -sign
    return swings
