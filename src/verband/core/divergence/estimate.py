"""Layer 2: what a segment will say once all its members have answered.

The segments are finite and known, so nothing is inferred about a wider population: the only
uncertainty is in the members who are still out. Assumption, to be printed beside every number:
within a segment, who is still out does not differ from who answered ("missing at random").
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh_tridiagonal
from scipy.special import betaln, gammaln, ndtr

from verband.core.divergence.bounds import HALF
from verband.core.divergence.replies import Integers

Floats = npt.NDArray[np.float64]

WEAKEST, STRONGEST = 2.0, 200.0  # bounds on the strength of the prior, in answers
TAIL = 0.05  # each side of the 90 % interval
EXACT_WORK = 4_000_000  # multiplications; above it the sum of votes is taken as normal
MOST_NODES = 64
BLOCK = 2_000_000  # cells of a table of probabilities held at once


@dataclass(frozen=True)
class Estimates:
    """Per segment, in the order given.

    ``mean`` and ``strength`` are those of the prior, ``alpha`` and ``beta`` of the posterior.
    ``support``: expected share of yes among those who take a side, shrunk towards the whole.
    ``carries``: probability that the final yes exceeds the majority of the segment's members;
    ``rejects`` that it falls short of it. Exactly half takes neither side, nor do members who all
    abstained.
    ``low``, ``high``: 90 % interval of the final share; equal when nobody is out.
    """

    mean: float
    strength: Floats
    alpha: Floats
    beta: Floats
    support: Floats
    carries: Floats
    rejects: Floats
    low: Floats
    high: Floats


def pooled_mean(yes: int, no: int) -> float:
    """The prior mean: the share of yes among all, drawn half an answer to the middle.

    The half keeps the prior open: three early yeses do not make every other member a certain yes.

    >>> pooled_mean(3, 0), pooled_mean(0, 0)
    (0.875, 0.5)
    """
    return (yes + 0.5) / (yes + no + 1)


def strength(yes: Integers, no: Integers) -> float:
    """How many answers the prior is worth: empirical Bayes over the segments of a dimension.

    From the intra-class correlation r by analysis of variance (moment estimator for the
    beta-binomial, Kleinman 1973): K = (1 - r) / r, between 2 and 200. Segments that do not differ
    more than chance give the upper bound. The prior is never worth more than the answers it came
    from, so with three answers in all it counts for three.

    >>> strength(np.array([10, 0]), np.array([0, 10]))
    2.0
    >>> strength(np.array([50, 50, 50, 50, 50]), np.array([50, 50, 50, 50, 50]))
    200.0
    """
    sizes = (yes + no).astype(np.float64)
    told = sizes > 0
    sizes, shares = sizes[told], yes[told] / np.maximum(sizes[told], 1)
    total, groups = float(sizes.sum()), len(sizes)
    upper = min(STRONGEST, max(WEAKEST, total))
    if groups < 2 or total <= groups:
        return upper
    mean = float((sizes * shares).sum()) / total
    between = float((sizes * (shares - mean) ** 2).sum()) / (groups - 1)
    within = float((sizes * shares * (1 - shares)).sum()) / (total - groups)
    typical = (total - float((sizes**2).sum()) / total) / (groups - 1)
    denominator = between + (typical - 1) * within
    if between <= within or denominator <= 0:
        return upper
    correlation = (between - within) / denominator
    return float(min(upper, max(WEAKEST, (1 - correlation) / correlation)))


def estimate(
    yes: Integers,
    no: Integers,
    outstanding: Integers,
    *,
    mean: float,
    prior: float | Floats,
    majority: Fraction = HALF,
) -> Estimates:
    """Beta-binomial prediction per segment, counting members.

    ``prior`` is the strength K (one, or one for each segment), ``mean`` the pooled share p: final
    yes T = k + BetaBinomial(out; K p + k, K (1 - p) + no). With nobody out the result is a
    certainty (exact finite-population correction).

    >>> got = estimate(np.array([6]), np.array([4]), np.array([0]), mean=0.5, prior=4.0)
    >>> float(got.carries[0]), float(got.low[0]), round(float(got.support[0]), 6)
    (1.0, 0.6, 0.571429)
    """
    alpha: Floats = np.asarray(yes + prior * mean, dtype=np.float64)
    beta: Floats = np.asarray(no + prior * (1 - mean), dtype=np.float64)
    final = yes + no + outstanding
    carries, rejects, low, high = (np.zeros(len(yes)) for _ in range(4))
    width = int(outstanding.max(initial=0)) + 1
    step = max(1, BLOCK // width)
    for start in range(0, len(yes), step):
        part = slice(start, start + step)
        below = np.cumsum(_chances(outstanding[part], alpha[part], beta[part], width), axis=1)
        bars = [majority * size for size in final[part].tolist()]
        more = np.array([floor(bar) + 1 for bar in bars], dtype=np.int64) - yes[part]
        equal = np.array([ceil(bar) for bar in bars], dtype=np.int64) - yes[part]
        carries[part] = _at_least(below, more, outstanding[part])
        rejects[part] = 1 - _at_least(below, equal, outstanding[part])
        sizes = np.maximum(final[part], 1)
        low[part] = (yes[part] + (below < TAIL - 1e-12).sum(axis=1)) / sizes
        high[part] = (yes[part] + (below < 1 - TAIL - 1e-12).sum(axis=1)) / sizes
    worth = np.broadcast_to(np.asarray(prior, dtype=np.float64), len(yes))
    return Estimates(mean, worth, alpha, beta, alpha / (alpha + beta), carries, rejects, low, high)


def _chances(outstanding: Integers, alpha: Floats, beta: Floats, width: int) -> Floats:
    """Beta-binomial probabilities of 0, 1, ... more yeses, one row per segment."""
    out = outstanding[:, None].astype(np.float64)
    more = np.minimum(np.arange(width, dtype=np.float64)[None, :], out)
    logs = (
        gammaln(out + 1)
        - gammaln(more + 1)
        - gammaln(out - more + 1)
        + betaln(more + alpha[:, None], out - more + beta[:, None])
        - betaln(alpha, beta)[:, None]
    )
    chances: Floats = np.where(np.arange(width)[None, :] <= out, np.exp(logs), 0.0)
    return chances


def _at_least(below: Floats, wanted: Integers, outstanding: Integers) -> Floats:
    """The chance of ``wanted`` or more, from cumulative chances of that many or fewer."""
    rows = np.arange(len(wanted))
    place = np.clip(wanted - 1, 0, below.shape[1] - 1)
    chance: Floats = np.clip(1 - below[rows, place], 0.0, 1.0)
    chance[wanted <= 0] = 1.0
    chance[wanted > outstanding] = 0.0
    return chance


def carries_in_votes(
    alpha: float,
    beta: float,
    *,
    votes_out: Integers,
    yes: int,
    total: int,
    majority: Fraction = HALF,
) -> float:
    """Probability that the segment's votes, not its members, exceed the majority.

    ``votes_out`` are the votes of the members still out, ``yes`` the votes cast in favour,
    ``total`` all votes except those of who took no side. Given the unknown share p, members vote
    independently, so the sum is exact by convolution; p is integrated out by Gauss-Jacobi, exact
    for up to 128 members out. Beyond four million multiplications the sum given p is taken as
    normal (then there are hundreds of members, and the error is below a percent).

    >>> round(carries_in_votes(3.0, 3.0, votes_out=np.array([4, 1]), yes=3, total=10), 12)
    0.5
    """
    needed = floor(majority * total) + 1 - yes
    votes_out = votes_out[votes_out > 0]
    if needed <= 0 or needed > int(votes_out.sum()):
        return float(needed <= 0)
    unit = int(np.gcd.reduce(votes_out))
    votes_out, needed = votes_out // unit, ceil(Fraction(needed, unit))
    nodes = min(MOST_NODES, ceil((len(votes_out) + 1) / 2))
    shares, weights = beta_nodes(nodes, alpha, beta)
    if len(votes_out) * int(votes_out.sum()) * nodes > EXACT_WORK:
        spread = np.sqrt(shares * (1 - shares) * float((votes_out.astype(np.float64) ** 2).sum()))
        above = ndtr((shares * float(votes_out.sum()) - needed + 0.5) / spread)
        return float(weights @ above)
    return float(weights @ _tail(shares, votes_out, needed))


def beta_nodes(number: int, alpha: float, beta: float) -> tuple[Floats, Floats]:
    """Shares and weights that integrate polynomials exactly under Beta(alpha, beta).

    The shares are the eigenvalues of the Jacobi matrix; the weights, first components squared, sum
    to one by themselves, so that no factor overflows after thousands of answers.
    Source: Golub & Welsch (1969), Mathematics of Computation 23:221-230.

    >>> shares, weights = beta_nodes(3, 2.0, 1.0)
    >>> round(float(weights @ shares), 12), round(float(weights @ shares**4), 12)
    (0.666666666667, 0.333333333333)
    """
    total = alpha + beta
    degree = np.arange(1, number, dtype=np.float64)
    twice = 2 * degree + total - 2
    middle = np.full(number, alpha / total)
    middle[1:] = (1 + (alpha - beta) * (total - 2) / (twice * (twice + 2))) / 2
    side = np.full(number - 1, alpha * beta / (total**2 * (total + 1)))
    more, double = degree[1:], twice[1:]
    above = more * (more + alpha - 1) * (more + beta - 1) * (more + total - 2)
    side[1:] = above / (double**2 * (double + 1) * (double - 1))
    shares, vectors = eigh_tridiagonal(middle, np.sqrt(side))
    return np.clip(shares, 0.0, 1.0), vectors[0] ** 2


def _tail(shares: Floats, votes_out: Integers, needed: int) -> Floats:
    """P(sum of votes >= needed) for each share, by convolution; sums from needed up are pooled."""
    chance = np.zeros((len(shares), needed + 1))
    chance[:, 0] = 1.0
    yes = shares[:, None]
    for votes in votes_out.tolist():
        moved = yes * chance
        chance *= 1 - yes
        reached = min(votes, needed)
        chance[:, reached:needed] += moved[:, : needed - reached]
        chance[:, needed] += moved[:, max(0, needed - votes) :].sum(axis=1)
    tail: Floats = chance[:, needed]
    return tail
