"""Why a row of the verdict applies: a sentence to translate, with its values still exact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

Value = str | Fraction | float

SHARES = frozenset({"response", "load", "support"})
DECIMALS = {"v": 3, "agreement": 3, "p": 4}


@dataclass(frozen=True)
class Reason:
    """One fact that made a row apply.

    ``template`` is the English sentence, the message that pages translate; ``params`` holds values
    (exact shares are fractions), so that each language writes its own percent and decimal marks.

    >>> print(Reason("response_low", "Only %(response)s answered.", {"response": Fraction(1, 3)}))
    Only 33.3 % answered.
    """

    code: str
    template: str
    params: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % {name: _shown(name, value) for name, value in self.params.items()}


def _shown(name: str, value: Value) -> str:
    if isinstance(value, str):
        return value
    if name in SHARES:
        return f"{float(100 * value):.1f} %"
    decimals = DECIMALS[name]
    return _rounded(float(value), decimals)


def _rounded(value: float, decimals: int) -> str:
    """Rounded, but never up to certainty or down to nothing.

    >>> _rounded(0.9998, 2), _rounded(0.00001, 4), _rounded(1.0, 2), _rounded(-0.25, 3)
    ('>0.99', '<0.0001', '1.00', '-0.250')
    """
    step = 10.0**-decimals
    if 0 < value < step:
        return f"<{step:.{decimals}f}"
    if 1 - step < value < 1:
        return f">{floor((1 - step / 2) / step) * step:.{decimals}f}"
    return f"{value:.{decimals}f}"
