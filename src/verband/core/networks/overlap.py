"""Do two bodies duplicate each other? Who links bodies, and how loaded are people?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from scipy.sparse import triu
from scipy.special import gammaln

from verband.core.networks.register import Incidence, Integers, Seat

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Overlap:
    """Two bodies that share people.

    ``jaccard`` = shared / (a + b - shared); ``coefficient`` = shared / min(a, b), 1 when the
    smaller body lies within the larger; ``p`` the chance of sharing this many or more if both had
    been drawn from everybody (hypergeometric). It is for one pair: among 1,000 pairs ten are under
    .01 by chance.
    """

    first: str
    second: str
    size_first: int
    size_second: int
    shared: int
    jaccard: Fraction
    coefficient: Fraction
    p: float


def overlaps(found: Incidence, *, least_shared: int = 1) -> list[Overlap]:
    """Every pair of bodies that shares at least so many people, most alike first.

    >>> from verband.core.networks.register import incidence
    >>> seats = [Seat(p, b) for b, people in
    ...          {"board": "abcd", "finance": "cd", "sport": "xyz"}.items() for p in people]
    >>> (pair,) = overlaps(incidence(seats, date(2017, 1, 1)))
    >>> pair.first, pair.second, pair.jaccard, pair.coefficient, round(pair.p, 4)
    ('board', 'finance', Fraction(1, 2), Fraction(1, 1), 0.2857)
    """
    shared = triu(found.matrix.T @ found.matrix, k=1).tocoo()
    sizes = np.asarray(found.matrix.sum(axis=0)).ravel().astype(np.int64)
    kept = shared.data >= max(1, least_shared)
    rows, columns = shared.row[kept], shared.col[kept]
    both = shared.data[kept].astype(np.int64)
    chances = at_least(both, sizes[rows], sizes[columns], len(found.persons))
    pairs = [
        Overlap(
            found.bodies[i],
            found.bodies[j],
            a,
            b,
            c,
            Fraction(c, a + b - c),
            Fraction(c, min(a, b)),
            p,
        )
        for i, j, a, b, c, p in zip(
            rows.tolist(),
            columns.tolist(),
            sizes[rows].tolist(),
            sizes[columns].tolist(),
            both.tolist(),
            chances.tolist(),
            strict=True,
        )
    ]
    return sorted(pairs, key=lambda one: (-one.jaccard, -one.shared, one.first, one.second))


def at_least(shared: Integers, first: Integers, second: Integers, everybody: int) -> Floats:
    """P(X >= shared) for X hypergeometric: bodies of these sizes out of ``everybody``.

    >>> at_least(np.array([2]), np.array([2]), np.array([2]), 4).round(6).tolist()
    [0.166667]
    """
    mean = first * second / max(1, everybody)
    chances = np.zeros(len(shared))
    upper = shared > mean
    chances[upper] = _tail(shared[upper], first[upper], second[upper], everybody, step=1)
    lower = ~upper
    chances[lower] = 1 - _tail(shared[lower] - 1, first[lower], second[lower], everybody, step=-1)
    clipped: Floats = np.clip(chances, 0.0, 1.0)
    return clipped


def _tail(x: Integers, first: Integers, second: Integers, everybody: int, step: int) -> Floats:
    """P(X = x) and beyond, away from the mean, each term from the one before.

    The terms only shrink in that direction, so that nothing is lost by underflow.
    """
    term, x = _exactly(x, first, second, everybody), x.astype(np.float64)
    total = term.copy()
    while (term > total * 1e-17).any():
        if step > 0:
            term = (
                term * (first - x) * (second - x) / ((x + 1) * (everybody - first - second + x + 1))
            )
        else:
            term = (
                term * x * (everybody - first - second + x) / ((first - x + 1) * (second - x + 1))
            )
        x = x + step
        total += term
    return total


def _exactly(x: Integers, first: Integers, second: Integers, everybody: int) -> Floats:
    chance = np.zeros(len(x))
    ok = (x >= np.maximum(0, first + second - everybody)) & (x <= np.minimum(first, second))
    chance[ok] = np.exp(
        _log_choose(first[ok], x[ok])
        + _log_choose(everybody - first[ok], second[ok] - x[ok])
        - _log_choose(np.full(int(ok.sum()), everybody), second[ok])
    )
    return chance


def _log_choose(n: Integers, k: Integers) -> Floats:
    logs: Floats = gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)
    return logs


@dataclass(frozen=True)
class Load:
    """What one person carries on a day: the bodies, and the hours where they are known.

    ``unknown_hours`` counts seats without hours, so that a low sum is not taken for a light load.
    """

    person: str
    bodies: tuple[str, ...]
    hours: Fraction
    unknown_hours: int

    @property
    def seats(self) -> int:
        """The number of bodies."""
        return len(self.bodies)


def loads(seats: Iterable[Seat], on: date) -> list[Load]:
    """The load of every person on a day, heaviest first. A person counts once per body.

    >>> [(one.person, one.seats) for one in loads(
    ...     [Seat("An", "board"), Seat("Bo", "board"), Seat("Bo", "sport")], date(2017, 1, 1))]
    [('Bo', 2), ('An', 1)]
    """
    held: dict[str, dict[str, Fraction | None]] = {}
    for seat in seats:
        if on in seat.period:
            own = held.setdefault(seat.person, {})
            before = own.get(seat.body)
            own[seat.body] = before if seat.hours is None else (before or 0) + seat.hours
    found = [
        Load(
            person,
            tuple(sorted(own)),
            sum((hours for hours in own.values() if hours is not None), Fraction(0)),
            sum(hours is None for hours in own.values()),
        )
        for person, own in held.items()
    ]
    return sorted(found, key=lambda one: (-one.seats, -one.hours, one.person))


def interlocks(seats: Iterable[Seat], on: date) -> list[Load]:
    """The people who link bodies: those with two seats or more.

    >>> interlocks([Seat("An", "board"), Seat("Bo", "board")], date(2017, 1, 1))
    []
    """
    return [one for one in loads(seats, on) if one.seats > 1]
