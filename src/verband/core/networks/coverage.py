"""What is not covered, what hangs by one thread, and the fewest people who could cover all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from verband.core.errors import DomainError
from verband.core.networks.register import ALWAYS, Seat, incidence
from verband.core.period import Period


class NotProven(DomainError):
    """The solver stopped before it could prove that nothing smaller exists."""

    code = "not_proven"
    template = "No smallest group was proven: %(reason)s."


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be covered, and by whom it is during a period; ``None`` is by nobody."""

    item: str
    by: str | None
    period: Period = ALWAYS


@dataclass(frozen=True)
class Coverage:
    """The items on a day: covered by nobody, by one only (named), and by how many each."""

    uncovered: tuple[str, ...]
    by_one: tuple[tuple[str, str], ...]
    counts: Mapping[str, int]


def coverage(needs: Iterable[Need], on: date) -> Coverage:
    """Which items are not covered on a day. An item exists when it is named in any row.

    >>> got = coverage([Need("housing", "An"), Need("water", None),
    ...                 Need("care", "Bo", Period(None, date(2017, 1, 1)))], date(2017, 1, 1))
    >>> got.uncovered, got.by_one
    (('care', 'water'), (('housing', 'An'),))
    """
    found: dict[str, set[str]] = {}
    for need in needs:
        own = found.setdefault(need.item, set())
        if need.by is not None and on in need.period:
            own.add(need.by)
    return Coverage(
        uncovered=tuple(sorted(item for item, own in found.items() if not own)),
        by_one=tuple(sorted((item, min(own)) for item, own in found.items() if len(own) == 1)),
        counts={item: len(found[item]) for item in sorted(found)},
    )


def fewest_liaisons(
    seats: Iterable[Seat],
    on: date,
    *,
    fixed: Sequence[str] = (),
    excluded: Sequence[str] = (),
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fewest people who together sit in every body, and the bodies nobody allowed can reach.

    Among equally few, those with the fewest seats in all, so that the choice does not add to the
    heaviest load; then the first by name, in a register of up to a thousand people (beyond that the
    solver cannot tell such small differences apart, and only its own order decides). ``fixed`` are
    chosen anyway, ``excluded`` never. Proven smallest (set cover by HiGHS). Raises: ``NotProven``.

    >>> people = [Seat(p, b) for p, bodies in {"An": "xy", "Bo": "yz", "Cas": "z"}.items()
    ...           for b in bodies]
    >>> fewest_liaisons(people, date(2017, 1, 1))
    (('An', 'Cas'), ())
    """
    found = incidence(seats, on)
    allowed = np.array([person not in set(excluded) for person in found.persons], dtype=bool)
    chosen = np.array([person in set(fixed) for person in found.persons], dtype=bool) & allowed
    by_body = found.matrix.T.tocsr()
    reach = np.asarray(by_body @ allowed.astype(np.int64))
    unreached = tuple(found.bodies[i] for i in np.flatnonzero(reach == 0))
    if not (reach > 0).any():
        return tuple(found.persons[i] for i in np.flatnonzero(chosen)), unreached
    limits = Bounds(chosen.astype(float), allowed.astype(float))
    needed = LinearConstraint(by_body[np.flatnonzero(reach > 0)], 1.0, np.inf)
    people = len(found.persons)
    first = _solve(np.ones(people), limits, [needed])
    as_few = LinearConstraint(csr_array(np.ones((1, people))), 0.0, float(first.sum()))
    seats_held = np.asarray(found.matrix.sum(axis=1)).ravel()
    by_name = np.arange(people) / (people * people + 1)
    second = _solve(seats_held + by_name, limits, [needed, as_few])
    return tuple(found.persons[i] for i in np.flatnonzero(second)), unreached


def _solve(
    costs: npt.NDArray[np.float64], limits: Bounds, rules: Sequence[LinearConstraint]
) -> npt.NDArray[np.int64]:
    result = milp(
        costs,
        integrality=np.ones(len(costs)),
        bounds=limits,
        constraints=list(rules),
        options={"mip_rel_gap": 0.0},
    )
    if result.status != 0 or result.x is None:
        raise NotProven(reason=str(result.message).rstrip("."))
    chosen: npt.NDArray[np.int64] = np.rint(result.x).astype(np.int64)
    return chosen
