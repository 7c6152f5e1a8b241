"""Layer 4: which texts can carry everyone? Consensus over statements that knows the groups.

The groups are the known segments, not clusters found in the answers: a board can see and contest a
segment. A statement that one group rejects scores low, however large the other groups are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from verband.core.divergence.association import cramers_v, holm
from verband.core.divergence.permutation import Floats, fixed_margins
from verband.core.errors import DomainError

Votes = npt.NDArray[np.int8]
Integers = npt.NDArray[np.int64]

AGREE, PASS, DISAGREE, UNSEEN = 1, 0, -1, -2
ONE_SIDED_90 = float(ndtri(0.9))  # 1.2816


class GroupsMissing(DomainError):
    """Consensus between groups needs groups, with everybody in one."""

    code = "groups_missing"
    template = "Every respondent needs one group; %(without)s of %(all)s have none."


class NoStatements(DomainError):
    """There is nothing to agree on."""

    code = "no_statements"
    template = "There are no statements with respondents."


class VoteUnknown(DomainError):
    """A vote on a statement that is none of the four."""

    code = "statement_vote_unknown"
    template = "A vote on a statement is 1 (agree), 0 (pass), -1 (disagree) or -2 (not seen)."


class DrawsRefused(DomainError):
    """Tables are drawn a number of times, from a seed."""

    code = "draws_refused"
    template = (
        "Use 99 to 100000 draws, or 0 for no test, and a seed of 0 or up; "
        "not %(draws)s draws and seed %(seed)s."
    )


@dataclass(frozen=True)
class GroupView:
    """How one group sees one statement.

    ``seen`` answered it in any way. ``share`` is the smoothed (agree + 1) / (seen + 2).
    ``stands_out`` is "agree" or "disagree" when the group does so more than the others, and more
    than half of it, both at 90 % one-sided.
    """

    group: str
    agree: int
    disagree: int
    seen: int
    share: Fraction
    stands_out: str | None


@dataclass(frozen=True)
class Statement:
    """One statement: ``consensus`` per group (geometric mean), ``divisive`` likewise for dissent.

    ``product`` is the group-aware consensus itself. ``v`` and ``p`` say whether the answer depends
    on the group (p corrected by Holm over the statements, ``None`` without a test).
    """

    name: str
    consensus: float
    dissent: float
    product: Fraction
    v: float
    p: float | None
    views: tuple[GroupView, ...]


def group_aware_consensus(agree: Sequence[int], seen: Sequence[int]) -> Fraction:
    """The product over groups of (A_g + 1) / (S_g + 2), exact.

    Source: the Polis software (``conversation.clj``). Its G-th root compares different G.

    >>> gac = group_aware_consensus([8, 3], [10, 9])
    >>> gac, round(float(gac) ** (1 / 2), 6)
    (Fraction(3, 11), 0.522233)
    """
    product = Fraction(1)
    for agreed, voted in zip(agree, seen, strict=True):
        product *= Fraction(agreed + 1, voted + 2)
    return product


def statements(
    votes: Votes,
    groups: Sequence[str],
    names: Sequence[str],
    *,
    draws: int = 999,
    seed: int = 1,
) -> list[Statement]:
    """All statements, the one that can carry everyone first.

    ``votes[respondent, statement]`` is 1, 0, -1 or -2 (agree, pass, disagree, not seen).
    The p-value draws ``draws`` tables with both margins fixed; 0 is no test.
    Raises: ``GroupsMissing``, ``NoStatements``, ``VoteUnknown``, ``DrawsRefused``.

    >>> votes = np.array([[1, 1], [1, 1], [1, -1], [1, -1]], dtype=np.int8)
    >>> found = statements(votes, ["city", "city", "land", "land"], ["parks", "roads"], draws=99)
    >>> [(one.name, one.product) for one in found]
    [('parks', Fraction(9, 16)), ('roads', Fraction(3, 16))]
    """
    if votes.size == 0 or not len(names):
        raise NoStatements()
    without = sum(not group for group in groups)
    if without or len(groups) != len(votes):
        raise GroupsMissing(without=without or abs(len(votes) - len(groups)), all=len(votes))
    if votes.min() < UNSEEN or votes.max() > AGREE:
        raise VoteUnknown()
    labels = sorted(set(groups))
    number = {label: place for place, label in enumerate(labels)}
    codes = np.array([number[group] for group in groups])
    return from_counts(_tables(votes, codes, len(labels)), labels, names, draws=draws, seed=seed)


def from_counts(
    tables: Integers,
    groups: Sequence[str],
    names: Sequence[str],
    *,
    everyone: Integers | None = None,
    draws: int = 0,
    seed: int = 1,
) -> list[Statement]:
    """The same from ``tables[statement, group, (agree, pass, disagree)]``, counted elsewhere.

    ``everyone[statement, (agree, pass, disagree)]`` counts each respondent once, for groups that
    overlap or leave some out: the others of a group are then everyone but that group.
    Raises: ``NoStatements``, ``GroupsMissing``, ``DrawsRefused``.

    >>> counted = np.array([[[2, 0, 0], [2, 0, 0]], [[2, 0, 0], [0, 0, 2]]])
    >>> found = from_counts(counted, ["city", "land"], ["parks", "roads"])
    >>> [(one.name, one.product) for one in found]
    [('parks', Fraction(9, 16)), ('roads', Fraction(3, 16))]
    """
    if not len(names) or tables.size == 0:
        raise NoStatements()
    if tables.shape[1] != len(groups):
        raise GroupsMissing(without=abs(tables.shape[1] - len(groups)), all=tables.shape[1])
    if not (draws == 0 or 99 <= draws <= 100_000) or seed < 0:
        raise DrawsRefused(draws=draws, seed=seed)
    stand = _standing_out(tables, tables.sum(axis=1) if everyone is None else everyone)
    generator = np.random.default_rng(seed)
    p_values: list[float | None] = [None] * len(names)
    if draws:
        p_values = [*holm([_draw_p(table, draws, generator) for table in tables])]
    found = [
        _statement(name, tables[place], groups, stand[place], p_values[place])
        for place, name in enumerate(names)
    ]
    return sorted(found, key=lambda one: (-one.consensus, one.name))


def _tables(votes: Votes, codes: Integers, groups: int) -> Integers:
    """Counts [statement, group, (agree, pass, disagree)], in one pass over the votes."""
    names = votes.shape[1]
    place = (np.arange(names)[None, :] * groups + codes[:, None]) * 4 + (votes + 2)
    counts = np.bincount(place.ravel(), minlength=names * groups * 4).reshape(names, groups, 4)
    tables: Integers = counts[:, :, [AGREE + 2, PASS + 2, DISAGREE + 2]]
    return tables


def _statement(
    name: str, table: Integers, groups: Sequence[str], stand: Sequence[str | None], p: float | None
) -> Statement:
    agree, disagree = table[:, 0].tolist(), table[:, 2].tolist()
    seen = table.sum(axis=1).tolist()
    return Statement(
        name=name,
        consensus=_geometric_mean(agree, seen),
        dissent=_geometric_mean(disagree, seen),
        product=group_aware_consensus(agree, seen),
        v=cramers_v(table)[1],
        p=p,
        views=tuple(
            GroupView(
                group, agree[i], disagree[i], seen[i], Fraction(agree[i] + 1, seen[i] + 2), stand[i]
            )
            for i, group in enumerate(groups)
        ),
    )


def _geometric_mean(chosen: Sequence[int], seen: Sequence[int]) -> float:
    """The G-th root of the product, by logarithms: a product over many groups may underflow."""
    shares = (np.asarray(chosen) + 1) / (np.asarray(seen) + 2)
    return float(np.exp(np.log(shares).mean()))


def _standing_out(tables: Integers, everyone: Integers) -> list[list[str | None]]:
    seen, all_seen = tables.sum(axis=2), everyone.sum(axis=1)
    agree = _stands(tables[:, :, 0], seen, everyone[:, 0], all_seen)
    disagree = _stands(tables[:, :, 2], seen, everyone[:, 2], all_seen)
    return [
        [
            "agree" if agree[s, g] else "disagree" if disagree[s, g] else None
            for g in range(tables.shape[1])
        ]
        for s in range(tables.shape[0])
    ]


def _stands(
    chosen: Integers, seen: Integers, all_chosen: Integers, all_seen: Integers
) -> npt.NDArray[np.bool_]:
    """More than the others (two-proportion z) and more than half (one-proportion z)."""
    others_chosen = all_chosen[:, None] - chosen
    others_seen = all_seen[:, None] - seen
    inside, outside = (chosen + 1) / (seen + 1), (others_chosen + 1) / (others_seen + 1)
    pooled = (chosen + others_chosen + 2) / (seen + others_seen + 2)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (others_seen + 1)))
    apart = np.divide(inside - outside, spread, out=np.zeros_like(inside), where=spread > 0)
    majority = 2 * np.sqrt(seen + 1) * (inside - 0.5)
    stands: npt.NDArray[np.bool_] = (apart > ONE_SIDED_90) & (majority > ONE_SIDED_90)
    return stands


def _draw_p(table: Integers, draws: int, generator: np.random.Generator) -> float:
    filled = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(filled.shape) < 2:
        return 1.0
    rows, columns = filled.sum(axis=1), filled.sum(axis=0)
    drawn = fixed_margins(rows, columns, draws, generator)
    expected = rows[:, None] * columns[None, :]
    shown = float((filled**2 / expected).sum())
    found: Floats = (drawn**2 / expected).sum(axis=(1, 2))
    return float(((found >= shown * (1 - 1e-9)).sum() + 1) / (draws + 1))
