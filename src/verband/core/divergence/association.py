"""Layer 3: does the answer depend on the segment? The size of the dependence, and its p-value.

Chi-square, bias-corrected Cramer's V, and Holm's correction over everything that was tested.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

Floats = npt.NDArray[np.float64]


def phi_squared(table: npt.ArrayLike) -> float:
    """Chi-square divided by its total: sum of (O - E)^2 / E over shares. Works for weights too.

    >>> phi_squared([[10, 0], [0, 10]])
    1.0
    """
    cells = _filled(table)
    total = cells.sum()
    if total <= 0:
        return 0.0
    shares = cells / total
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    return float(((shares - expected) ** 2 / expected).sum())


def _filled(table: npt.ArrayLike) -> Floats:
    """The table without empty rows and columns: they say nothing about dependence."""
    cells = np.asarray(table, dtype=np.float64)
    filled: Floats = cells[cells.sum(axis=1) > 0][:, cells.sum(axis=0) > 0]
    return filled


def cramers_v(table: npt.ArrayLike, size: float | None = None) -> tuple[float, float]:
    """Cramer's V as it is, and corrected for the bias of small tables (Bergsma 2013).

    phi2~ = max(0, phi2 - (r-1)(c-1)/(n-1)), r~ = r - (r-1)^2/(n-1), c~ alike,
    V~ = sqrt(phi2~ / (min(r~, c~) - 1)). ``size`` is n when the cells are weights: the effective
    number of members. 0 when there is nothing to compare: one segment or one answer.
    Source: Bergsma (2013), Journal of the Korean Statistical Society 42:323-328.

    >>> [round(v, 9) for v in cramers_v([[20, 0], [0, 20]])]
    [1.0, 1.0]
    >>> raw, corrected = cramers_v([[13, 7], [10, 10]])
    >>> round(raw, 4), corrected
    (0.1517, 0.0)
    """
    cells = _filled(table)
    n = float(cells.sum()) if size is None else size
    if min(cells.shape) < 2 or n <= 1:
        return 0.0, 0.0
    rows, columns = cells.shape
    phi2 = phi_squared(cells)
    raw = float(np.sqrt(phi2 / (min(rows, columns) - 1)))
    corrected = max(0.0, phi2 - (rows - 1) * (columns - 1) / (n - 1))
    shrunk = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)) - 1
    v = float(np.sqrt(corrected / shrunk)) if shrunk > 0 else 0.0
    return min(1.0, raw), min(1.0, v)


def chi_square_p(table: npt.ArrayLike) -> float:
    """The p-value of the chi-square distribution: quick, and rough where cells are small.

    >>> round(chi_square_p([[20, 10], [10, 20]]), 4)
    0.0098
    """
    cells = _filled(table)
    freedom = (cells.shape[0] - 1) * (cells.shape[1] - 1)
    if freedom < 1:
        return 1.0
    return float(chdtrc(freedom, phi_squared(cells) * cells.sum()))


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values corrected for testing several things at once (Holm 1979), in the order given.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    corrected = [0.0] * len(p_values)
    reached = 0.0
    for rank, place in enumerate(order):
        reached = max(reached, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = reached
    return corrected
