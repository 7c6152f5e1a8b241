"""The solver, narrowed to what this package needs: whole numbers, one thread, a fixed seed.

HiGHS (Huangfu & Hall 2018, "Parallelizing the dual revised simplex method", Mathematical
Programming Computation 10) works in floating point. Every answer is therefore rounded and checked
against every row in whole numbers before anybody sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from verband.core.errors import DomainError

Whole = NDArray[np.int64]
HIGHS: Any = highspy  # its own type hints cover only a part of it
UNBOUNDED = 1 << 40
MOST_NODES = 5_000  # a limit in steps and not in seconds, so that it does not depend on the machine
TOLERANCE = 1e-6
SAFE = 1e-3  # far above the error of a reduced cost in a model with whole numbers


class SearchTooLong(DomainError):
    """The search ended at its limit before any team was found, and none was excluded."""

    code = "search_too_long"
    template = "No team was found within %(nodes)s search steps, and none was excluded either."


class SolverUnreliable(DomainError):
    """The solver's answer does not keep the rules when it is checked in whole numbers."""

    code = "solver_unreliable"
    template = "The answer of the solver did not pass the check in whole numbers."


@dataclass(frozen=True)
class Answer:
    """Values of all columns, and the value of what was maximised; ``proven`` the best or not."""

    values: Whole
    value: int
    proven: bool


class Model:
    """Columns (whole numbers between bounds) and rows (sums between bounds)."""

    def __init__(self, nodes: int = MOST_NODES) -> None:
        self.nodes = nodes
        self.rows: list[tuple[Whole, Whole, int, int]] = []
        self.relaxed: set[int] = set()
        self._highs = silent_solver()
        for option, value in (
            ("threads", 1),
            ("random_seed", 1),
            ("presolve", "off"),  # measured: twice as fast without, until most columns are settled
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.999),  # all objectives are whole numbers
            ("mip_max_nodes", nodes),
        ):
            self._highs.setOptionValue(option, value)
        self._columns = 0

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return self._columns

    def add_columns(self, uppers: Sequence[int]) -> range:
        """New whole-number columns from 0 to each upper bound; their places."""
        count = len(uppers)
        places = range(self._columns, self._columns + count)
        if count:
            self._highs.addVars(count, np.zeros(count), np.array(uppers, dtype=np.float64))
            kinds = np.array([highspy.HighsVarType.kInteger] * count)
            self._highs.changeColsIntegrality(count, np.array(places, dtype=np.int32), kinds)
        self._columns += count
        return places

    def add_row(
        self, places: Sequence[int], values: Sequence[int], low: int, high: int = UNBOUNDED
    ) -> int:
        """A new row ``low <= sum of values * columns <= high``; its place."""
        where, what = np.array(places, dtype=np.int64), np.array(values, dtype=np.int64)
        self.rows.append((where, what, low, high))
        self._highs.addRow(
            _bound(low), _bound(high), len(where), where.astype(np.int32), what.astype(np.float64)
        )
        return len(self.rows) - 1

    def relax(self, row: int) -> None:
        """Take a row out; ``restore`` puts it back."""
        self.relaxed.add(row)
        self._highs.changeRowBounds(row, -highspy.kHighsInf, highspy.kHighsInf)

    def restore(self, row: int) -> None:
        """Put a row back that was taken out."""
        self.relaxed.discard(row)
        _, _, low, high = self.rows[row]
        self._highs.changeRowBounds(row, _bound(low), _bound(high))

    def fix(self, column: int, low: int, high: int) -> None:
        """Bound one column."""
        self._highs.changeColBounds(column, float(low), float(high))

    def maximise(self, costs: Whole) -> Answer | None:
        """The best values; ``None`` when no values keep all rows.

        Raises: ``SearchTooLong``, ``SolverUnreliable``.
        """
        self._run(costs, relaxation=False)
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        info = self._highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise SearchTooLong(nodes=self.nodes)
        values = np.rint(np.asarray(self._highs.getSolution().col_value)).astype(np.int64)
        self._check(values)
        value = int(values[: len(costs)] @ costs)
        return Answer(values, value, status == highspy.HighsModelStatus.kOptimal)

    def bound(self, costs: Whole) -> int | None:
        """No whole-number answer exceeds this; ``None`` when even fractions keep not all rows.

        The linear relaxation, solved from the last basis: milliseconds instead of a search.
        """
        self._run(costs, relaxation=True)
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            return UNBOUNDED
        value = -float(self._highs.getInfo().objective_function_value)
        return int(np.floor(value + TOLERANCE * max(1.0, abs(value))))

    def settle(self, costs: Whole, value: int) -> None:
        """Fix every column that cannot change as long as ``costs`` must reach ``value``.

        Reduced-cost fixing (Dantzig, Fulkerson & Johnson 1954): moving a column away from its
        bound in the relaxation costs at least its reduced cost; when that is more than the
        distance between the relaxation and ``value``, the column stays. Makes later stages small.
        """
        self._run(costs, relaxation=True)
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return
        solution = self._highs.getSolution()
        slack = -float(self._highs.getInfo().objective_function_value) - value
        duals, values = np.asarray(solution.col_dual), np.asarray(solution.col_value)
        stays = np.flatnonzero(np.abs(duals) > max(slack, 0.0) + SAFE)
        places = stays[np.abs(values[stays] - np.rint(values[stays])) < TOLERANCE]
        bounds = np.rint(values[places])
        if 2 * len(places) > self._columns:
            self._highs.setOptionValue("presolve", "on")
        self._highs.changeColsBounds(len(places), places.astype(np.int32), bounds, bounds)

    def refuting_rows(self) -> list[int] | None:
        """Rows that are impossible together, after ``bound`` found ``None``.

        The support of a dual ray (Farkas 1902): not minimal, and to be checked by the caller.
        ``None`` when the solver gives no ray.
        """
        _, has_ray, ray = self._highs.getDualRay()
        if not has_ray:
            return None
        return [int(row) for row in np.flatnonzero(np.abs(np.asarray(ray)) > TOLERANCE)]

    def _run(self, costs: Whole, *, relaxation: bool) -> None:
        padded = np.zeros(self._columns)
        padded[: len(costs)] = -costs
        places = np.arange(self._columns, dtype=np.int32)
        self._highs.changeColsCost(self._columns, places, padded)
        self._highs.setOptionValue("solve_relaxation", relaxation)
        self._highs.run()

    def _check(self, values: Whole) -> None:
        for row, (where, what, low, high) in enumerate(self.rows):
            if row not in self.relaxed and not low <= int(values[where] @ what) <= high:
                raise SolverUnreliable()


def _bound(value: int) -> float:
    if abs(value) >= UNBOUNDED:
        return float(np.copysign(highspy.kHighsInf, value))
    return float(value)


def silent_solver() -> Any:
    """A solver that prints nothing.

    The constructor prints a banner when it prepares callbacks, before any option can be set; the
    output is switched off at that moment, and callbacks are not used here.
    """
    return _silent_kind()()


@cache
def _silent_kind() -> Any:
    def enable_callbacks(solver: Any) -> None:
        solver.setOptionValue("output_flag", False)

    return type("SilentHighs", (HIGHS.Highs,), {"enableCallbacks": enable_callbacks})


@cache
def solver_name() -> str:
    """Name and version, for the record of a choice.

    >>> solver_name().split()[0]
    'HiGHS'
    """
    return f"HiGHS {silent_solver().version()}"
