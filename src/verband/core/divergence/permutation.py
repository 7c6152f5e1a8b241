"""Permutation tests: would a random regrouping of the members look as divided as this one?

The pairs (answer, votes) are shuffled over the members, all tests on the same shuffles, so weights
stay with their answers and every dimension is judged alike. p = (b + 1) / (B + 1) with b the
shuffles at least as far apart (Phipson & Smyth 2010), never zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verband.core.divergence.replies import Flags, Integers

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

TOLERANCE = 1e-9  # equal tables may differ in the last digits; equal counts as "as far apart"
BLOCK_CELLS = 400_000  # shuffled members held at once
MOST_SHUFFLED = 2_000  # above this many members the tables are drawn, not the members
ONE_PROCESSOR = 250_000  # multiplications below which the linear algebra library uses no threads
SINGLE_EXACT = 2**24  # whole numbers a single-precision float still tells apart


@dataclass(frozen=True)
class Pair:
    """The p-values of one test: counting members, and counting votes."""

    members: float
    votes: float


def permutation_tests(
    category: Integers,
    votes: Integers,
    groupings: Sequence[Flags],
    *,
    permutations: int,
    seed: int,
) -> list[Pair]:
    """One pair of p-values for each grouping (rows: segments, which divide the columns: members).

    Only members who answered are to be given. Up to 2,000 members are shuffled as they are. Beyond
    that the table of members is drawn from its exact distribution with both margins fixed, and the
    table of votes from its normal limit with exact mean and covariance (Hoeffding 1951).

    >>> answers = np.array([0] * 10 + [1] * 10)
    >>> halves = np.array([[True] * 10 + [False] * 10, [False] * 10 + [True] * 10])
    >>> permutation_tests(answers, np.ones(20, dtype=np.int64), [halves],
    ...                   permutations=999, seed=1)
    [Pair(members=0.001, votes=0.001)]
    """
    _, codes = np.unique(category, return_inverse=True)
    columns = int(codes.max(initial=-1)) + 1
    if columns < 2 or not groupings:
        return [Pair(1.0, 1.0) for _ in groupings]
    cast = _Cast(codes, votes, columns)
    kept = [rows[rows.any(axis=1)] for rows in groupings]
    generator = np.random.default_rng(seed)
    if len(codes) > MOST_SHUFFLED:
        return [_drawn(cast, rows, permutations, generator) for rows in kept]
    return _shuffled(cast, kept, permutations, generator)


@dataclass(frozen=True)
class _Cast:
    """What is shuffled: the answers as 0, 1, ..., ``columns`` - 1, and the votes with each."""

    codes: Integers
    votes: Integers
    columns: int

    @property
    def is_weighted(self) -> bool:
        return bool((self.votes != self.votes[0]).any())


@dataclass(frozen=True)
class _Rows:
    """The segments of all tests side by side (members x segments), and the test of each."""

    membership: npt.NDArray[np.floating]
    tests: Floats


def _shuffled(
    cast: _Cast, groupings: Sequence[Flags], permutations: int, generator: np.random.Generator
) -> list[Pair]:
    kind = np.float32 if int(cast.votes.sum()) < SINGLE_EXACT else np.float64
    members = len(cast.codes)
    rows = _Rows(
        np.concatenate(groupings).T.astype(kind, order="C"),
        np.repeat(np.eye(len(groupings)), [len(group) for group in groupings], axis=0),
    )
    shown = _statistics(np.arange(members)[None, :], cast, rows)
    beyond = np.zeros((2, len(groupings)), dtype=np.int64)
    for order in _orders(members, permutations, generator):
        beyond += (_statistics(order, cast, rows) >= shown * (1 - TOLERANCE)).sum(axis=2)
    p = (beyond + 1) / (permutations + 1)
    return [Pair(float(p[0, place]), float(p[1, place])) for place in range(len(groupings))]


def _orders(members: int, permutations: int, generator: np.random.Generator) -> Iterator[Integers]:
    step = max(1, BLOCK_CELLS // members)
    for start in range(0, permutations, step):
        count = min(step, permutations - start)
        rows = np.tile(np.arange(members, dtype=np.int16), (count, 1))
        yield generator.permuted(rows, axis=1, out=rows)


def _statistics(order: Integers, cast: _Cast, rows: _Rows) -> Floats:
    """Sum of O^2 / (R C), by members and by votes: [2, tests, shuffles].

    The chi-square is an increasing function of it, so comparing it is comparing chi-squares.
    """
    shuffled = cast.codes.astype(np.int8)[order]
    by_members = _sums(shuffled, None, rows, cast.columns)
    if not cast.is_weighted:
        return np.stack([by_members, by_members])
    weights = cast.votes.astype(rows.membership.dtype)[order]
    return np.stack([by_members, _sums(shuffled, weights, rows, cast.columns)])


def _sums(
    shuffled: npt.NDArray[np.int8],
    weights: npt.NDArray[np.floating] | None,
    rows: _Rows,
    columns: int,
) -> Floats:
    found = np.zeros((len(shuffled), rows.tests.shape[1]))
    if weights is None:
        sizes = rows.membership.sum(axis=0, dtype=np.float64)[None, :]
    else:
        sizes = _product(weights, rows.membership).astype(np.float64)
    share = np.divide(1.0, sizes, out=np.zeros_like(sizes), where=sizes > 0)
    rest = np.broadcast_to(sizes, (len(shuffled), rows.membership.shape[1]))
    for code in range(columns):
        if code < columns - 1:
            chosen = (shuffled == code).astype(rows.membership.dtype)
            cells = _product(chosen if weights is None else chosen * weights, rows.membership)
            rest = rest - cells
        else:
            cells = rest  # what the other answers leave of each row
        column = cells @ rows.tests
        total = (cells.astype(np.float64) ** 2 * share) @ rows.tests
        found += np.divide(total, column, out=np.zeros_like(total), where=column > 0)
    return found.T


def _product(
    left: npt.NDArray[np.floating], right: npt.NDArray[np.floating]
) -> npt.NDArray[np.floating]:
    """``left @ right`` in slices that one processor finishes.

    A product spread over processors waits for the slowest; on a busy server that costs more than
    it gains (measured: 9 ms against 0.3 ms for a block).
    """
    height = max(1, ONE_PROCESSOR // max(1, right.size))
    whole = len(left) - len(left) % height
    sliced = left[:whole].reshape(-1, height, left.shape[1]) @ right
    return np.concatenate([sliced.reshape(whole, right.shape[1]), left[whole:] @ right])


def _drawn(cast: _Cast, rows: Flags, permutations: int, generator: np.random.Generator) -> Pair:
    sizes, codes = rows.sum(axis=1), cast.codes
    answers = np.eye(cast.columns)[codes]
    drawn = fixed_margins(
        sizes, np.bincount(codes, minlength=cast.columns), permutations, generator
    )
    by_members = _share_beyond(rows.astype(np.float64) @ answers, drawn)
    if not cast.is_weighted:
        return Pair(by_members, by_members)
    weighted = answers * cast.votes[:, None]
    drawn = _normal_tables(sizes, weighted, permutations, generator)
    return Pair(by_members, _share_beyond(rows.astype(np.float64) @ weighted, drawn))


def _share_beyond(shown: Floats, drawn: Floats) -> float:
    beyond = _spread(drawn) >= _spread(shown[None])[0] * (1 - TOLERANCE)
    return float((beyond.sum() + 1) / (len(drawn) + 1))


def _spread(tables: Floats) -> Floats:
    expected = tables.sum(axis=2)[:, :, None] * tables.sum(axis=1)[:, None, :]
    cells = np.divide(tables**2, expected, out=np.zeros_like(tables), where=expected > 0)
    spread: Floats = cells.sum(axis=(1, 2))
    return spread


def fixed_margins(
    rows: Integers, columns: Integers, count: int, generator: np.random.Generator
) -> Floats:
    """Random tables with these row and column totals, as shuffling the members would give them.

    >>> got = fixed_margins(np.array([3, 2]), np.array([1, 4]), 2, np.random.default_rng(1))
    >>> got.shape, got.sum(axis=2).tolist(), got.sum(axis=1).tolist()
    ((2, 2, 2), [[3.0, 2.0], [3.0, 2.0]], [[1.0, 4.0], [1.0, 4.0]])
    """
    tables = np.zeros((count, len(rows), len(columns)))
    free = np.broadcast_to(rows, (count, len(rows))).copy()
    for column, total in enumerate(columns[:-1]):
        left = np.full(count, int(total))
        others = free.sum(axis=1)
        for row in range(len(rows)):
            others = others - free[:, row]
            drawn = generator.hypergeometric(free[:, row], others, left)
            tables[:, row, column] = drawn
            left = left - drawn
        free = free - tables[:, :, column].astype(np.int64)
    tables[:, :, -1] = free
    return tables


def _normal_tables(
    sizes: Integers, cast: Floats, count: int, generator: np.random.Generator
) -> Floats:
    """Tables of votes under shuffling.

    Cov(S_gk, S_hl) = (d_gh n_g - n_g n_h / n) C_kl, C the covariance of (answer, votes).
    """
    n = len(cast)
    mean = cast.mean(axis=0)
    spread = (cast - mean).T @ (cast - mean) / (n - 1)
    values, vectors = np.linalg.eigh(spread)
    root = vectors * np.sqrt(np.maximum(values, 0))
    normal = generator.standard_normal((count, len(sizes), cast.shape[1])) @ root.T
    share = np.sqrt(sizes / n)
    centred = normal - share[None, :, None] * np.einsum("g,bgk->bk", share, normal)[:, None, :]
    tables: Floats = sizes[None, :, None] * mean + np.sqrt(sizes)[None, :, None] * centred
    return tables
