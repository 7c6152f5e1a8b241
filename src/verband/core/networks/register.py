"""Seats and ties with a period, and the sparse matrices they make on one day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from verband.core.period import Period

Integers = npt.NDArray[np.int64]
ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in a body during a period; ``hours`` is what it asks, in any unit per period."""

    person: str
    body: str
    period: Period = ALWAYS
    hours: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """``source`` is represented at, or sends to, ``target`` during a period."""

    source: str
    target: str
    period: Period = ALWAYS


@dataclass(frozen=True)
class Incidence:
    """Who sits where on a day: ``matrix[person, body]`` is 1 for a seat; names in order."""

    persons: tuple[str, ...]
    bodies: tuple[str, ...]
    matrix: csr_array


def incidence(seats: Iterable[Seat], on: date) -> Incidence:
    """The seats that are filled on a day. Two seats of a person in the same body count once.

    >>> found = incidence([Seat("An", "board"), Seat("Bo", "board"), Seat("Bo", "board"),
    ...                    Seat("Bo", "finance", Period(date(2018, 1, 1)))], date(2017, 6, 1))
    >>> found.persons, found.bodies, found.matrix.toarray().tolist()
    (('An', 'Bo'), ('board',), [[1], [1]])
    """
    pairs = sorted({(seat.person, seat.body) for seat in seats if on in seat.period})
    persons, rows = _places([person for person, _ in pairs])
    bodies, columns = _places([body for _, body in pairs])
    ones = np.ones(len(pairs), dtype=np.int64)
    shape = (len(persons), len(bodies))
    return Incidence(persons, bodies, csr_array((ones, (rows, columns)), shape=shape))


def adjacency(
    ties: Iterable[Tie], on: date, also: Sequence[str] = ()
) -> tuple[tuple[str, ...], csr_array]:
    """Names and the directed matrix of the ties on a day; ``also`` names nodes without ties.

    >>> names, matrix = adjacency([Tie("VNG", "IPO")], date(2017, 1, 1), also=["UvW"])
    >>> names, matrix.toarray().tolist()
    (('IPO', 'UvW', 'VNG'), [[0, 0, 0], [0, 0, 0], [1, 0, 0]])
    """
    pairs = sorted({(tie.source, tie.target) for tie in ties if on in tie.period})
    names = tuple(sorted({name for pair in pairs for name in pair} | set(also)))
    place = {name: index for index, name in enumerate(names)}
    rows = np.array([place[source] for source, _ in pairs], dtype=np.int64)
    columns = np.array([place[target] for _, target in pairs], dtype=np.int64)
    ones = np.ones(len(pairs), dtype=np.int64)
    return names, csr_array((ones, (rows, columns)), shape=(len(names), len(names)))


def _places(names: Sequence[str]) -> tuple[tuple[str, ...], Integers]:
    ordered = sorted(set(names))
    place = {name: index for index, name in enumerate(ordered)}
    return tuple(ordered), np.array([place[name] for name in names], dtype=np.int64)
