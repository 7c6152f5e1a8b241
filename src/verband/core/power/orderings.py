"""Shapley-Shubik: the share of all orderings of the members in which this one is the pivot.

Small games are counted exactly, by the size of the coalition. Larger ones use Owen's integral
(1972, Management Science 18:64-79): phi_i is the mean, over all p between 0 and 1, of the chance
that member i is decisive when every other member votes yes with chance p. Only positive numbers
are added, and a member is taken out by a recursion that shrinks its own rounding errors.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import factorial, gcd, sqrt

import numpy as np
import numpy.typing as npt

from verband.core.power.counting import GameTooLarge
from verband.core.power.game import WeightedGame

Floats = npt.NDArray[np.float64]

EXACT_BITS = 2**25  # one exact table of 4 megabytes; at most about half a second
MOST_STEPS = 6 * 10**9  # additions of the integral; about twenty seconds
ROWS = 6  # nodes in one go: their tables fit in the cache of a small processor
KEEP_IN_RANGE = 256  # members between two rescalings, far within what a float can hold
AGREES = 1e-12
NOTHING = 1e-25  # a node adds at most twice the chance to end within one member of the quota


def shapley_shubik(game: WeightedGame) -> Mapping[int, Fraction | float]:
    """The index for each number of votes a member can have; over all members they sum to 1.

    An exact ``Fraction`` when the exact table is small (the electoral college of the United States
    is), else a float with a relative error below 1e-12.

    Raises: ``GameTooLarge`` beyond about twenty seconds of work.
    Source: Shapley & Shubik (1954), APSR 48:787-792.

    >>> shapley_shubik(WeightedGame((4, 4, 4, 2, 2, 1), quota=12))[4]
    Fraction(7, 30)
    """
    unit = gcd(*game.votes)
    votes = sorted(v // unit for v in game.votes if v)  # members without votes change nothing
    quota, total = -(-game.quota // unit), sum(votes)
    slots = min(quota, total - quota + 1)  # a game and its dual have the same index
    members = len(votes)
    found: dict[int, Fraction | float] = {0: Fraction(0)} if 0 in game.votes else {}
    if votes[0] == votes[-1]:
        return found | {votes[0] * unit: Fraction(1, members)}
    if slots * (members + 1) * (8 * (members // 8 + 1)) <= EXACT_BITS:
        exact = _by_size(votes, slots)
        return found | {weight * unit: exact[weight] for weight in exact}
    if members * total * sqrt(members) > MOST_STEPS:
        raise GameTooLarge(members=len(game.votes), votes=game.total)
    near = _by_integral(votes, quota)
    return found | {weight * unit: near[weight] for weight in near}


def _by_size(votes: list[int], slots: int) -> dict[int, Fraction]:
    """Exact: slot t of the table is itself a row of slots, one for each size of a coalition."""
    members = len(votes)
    width = members // 8 + 1
    size_bits = 8 * width
    row_bits = size_bits * (members + 1)
    everything = (1 << (slots * row_bits)) - 1
    packed = 1
    for weight in votes:
        packed += (packed << (weight * row_bits + size_bits)) & everything
    step = 1
    while step < slots:
        packed = (packed + (packed << (step * row_bits))) & everything
        step *= 2
    row_bytes = row_bits // 8
    table = packed.to_bytes(slots * row_bytes, "little")

    def row(place: int) -> int:
        if place < 0:
            return 0
        return int.from_bytes(table[place * row_bytes : (place + 1) * row_bytes], "little")

    orders = [factorial(k) * factorial(members - 1 - k) for k in range(members)]
    found = {}
    for weight in set(votes):
        swings, turn = 0, 0
        for place in range(slots - 1, -1, -weight):
            block = (row(place) - row(place - weight)) << (turn * size_bits)
            swings += -block if turn % 2 else block
            turn += 1
        by_size = swings.to_bytes((turn + members + 1) * width, "little")
        pivots = sum(
            orders[k] * int.from_bytes(by_size[k * width : (k + 1) * width], "little")
            for k in range(members)
        )
        found[weight] = Fraction(pivots, factorial(members))
    return found


def smooth_nodes(members: int) -> int:
    """The nodes at which an integral over the support of ``members`` members is exact to rounding.

    >>> smooth_nodes(10), smooth_nodes(388)
    (6, 96)
    """
    return min(members // 2 + 1, 20 + 4 * int(sqrt(members)))


def _by_integral(votes: list[int], quota: int) -> dict[int, float]:
    """Gauss-Legendre, with more nodes until the indices of all members sum to 1.

    The integrand is a polynomial of degree n - 1, so that n / 2 nodes are exact; it is smooth on a
    scale of 1 / sqrt(n), so that a multiple of sqrt(n) nodes is already exact to rounding.
    """
    enough = len(votes) // 2 + 1
    nodes = smooth_nodes(len(votes))
    while True:
        found = _quadrature(votes, quota, nodes + nodes % 2)
        if nodes >= enough or abs(sum(found[weight] for weight in votes) - 1) < AGREES / 10:
            return found
        nodes = min(enough, 2 * nodes)


def _quadrature(votes: list[int], quota: int, nodes: int) -> dict[int, float]:
    """Nodes p and 1 - p share one table: absent members under the one are present under the other.

    So every table is made with p below 1/2, for which the recursion is stable, and holds both the
    quota and the quota of the dual game.
    """
    points, shares = np.polynomial.legendre.leggauss(nodes)
    half = nodes // 2
    chance, share = (points[:half] + 1) / 2, shares[:half] / 2
    quotas = (quota, sum(votes) - quota + 1)
    found = dict.fromkeys(votes, 0.0)
    for start in range(0, half, ROWS):
        p = chance[start : start + ROWS, np.newaxis]
        table = votes_in_favour(votes, max(quotas), p)
        table *= share[start : start + ROWS, np.newaxis] / (1 - p)
        for each in set(quotas):
            near = table[:, max(0, each - votes[-1]) : each].sum(axis=1) > NOTHING
            below = np.ascontiguousarray(table[near, :each][:, ::-1]) * quotas.count(each)
            for weight in found if near.any() else ():
                found[weight] += _decisive(below, weight, (p / (1 - p))[near])
    return found


def votes_in_favour(votes: list[int], slots: int, p: Floats) -> Floats:
    """Column t holds the chance that exactly t votes are cast in favour, for t below ``slots``."""
    odds, reach = p / (1 - p), 1
    table = np.zeros((len(p), slots))
    table[:, 0] = 1.0
    for place, weight in enumerate(votes, start=1):
        upto = min(slots, reach + weight)
        if upto > weight:
            table[:, weight:upto] += table[:, : upto - weight] * odds
        reach = upto
        if place % KEEP_IN_RANGE == 0:
            table[:, :reach] *= (1 - p) ** KEEP_IN_RANGE
    table *= (1 - p) ** (len(votes) % KEEP_IN_RANGE)
    return table


def _decisive(below: Floats, weight: int, odds: Floats) -> float:
    """The chance that the others reach the last ``weight`` votes below the quota, over all nodes.

    ``below`` runs down from one vote below the quota. With S the chance of a block of ``weight``
    votes for all members and G that without this member, G_m = (S_m - p G_(m-1)) / (1 - p), block
    by block; written out, a sum with alternating signs.
    """
    blocks = np.add.reduceat(below, np.arange(0, below.shape[1], weight), axis=1)
    turns = (-odds) ** np.arange(blocks.shape[1])
    return float(np.einsum("ij,ij->", blocks, turns))
