"""What a command writes: JSON in which exact numbers are text, or plain columns for a reader."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction


def exact(value: Fraction | int) -> str:
    """An exact number as text: a fraction as ``p/q``, a whole number as its digits.

    Programs that read JSON lose whole numbers above 2^53, so counts that can grow beyond are
    written with this function; small counts may stay numbers.

    >>> exact(Fraction(2, 3)), exact(Fraction(4, 2)), exact(2**60)
    ('2/3', '2/1', '1152921504606846976')
    """
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value)


def both(value: Fraction) -> dict[str, object]:
    """An exact fraction beside the nearest decimal.

    >>> both(Fraction(1, 3))
    {'exact': '1/3', 'decimal': 0.3333333333333333}
    """
    return {"exact": exact(value), "decimal": float(value)}


def percent(value: Fraction, digits: int = 2) -> str:
    """A share for a reader, rounded half up and never rounded onto 0 % or 100 % by accident.

    >>> percent(Fraction(1, 3)), percent(Fraction(199999, 200000)), percent(Fraction(1))
    ('33.33 %', '>99.99 %', '100.00 %')
    """
    scale = 10**digits
    hundredths = (value * 100 * scale + Fraction(1, 2)).__floor__()
    if value < 1 and hundredths >= 100 * scale:
        return f">{_fixed(100 * scale - 1, digits)} %"
    if value > 0 and hundredths == 0:
        return f"<{_fixed(1, digits)} %"
    return f"{_fixed(hundredths, digits)} %"


def _fixed(scaled: int, digits: int) -> str:
    sign, scaled = ("-" if scaled < 0 else ""), abs(scaled)
    whole, part = divmod(scaled, 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


def as_json(result: Mapping[str, object]) -> str:
    """A result as JSON; fractions become ``p/q``, days ISO 8601; NaN is an error, never written."""
    return json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return exact(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (tuple, set, frozenset)):
        return sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    raise TypeError(f"{type(value).__name__} is not ready for JSON.")


def columns(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Plain columns: numbers to the right, text to the left, two spaces between.

    >>> print(columns(["member", "votes"], [["Bunnik", 15], ["Utrecht", 75]]))
    member   votes
    Bunnik      15
    Utrecht     75
    """
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headers, *cells, strict=True)]
    right = [
        bool(rows) and all(isinstance(row[i], (int, float, Fraction, type(None))) for row in rows)
        for i in range(len(headers))
    ]

    def line(values: Sequence[str]) -> str:
        placed = (
            text.rjust(width) if to_right else text.ljust(width)
            for text, width, to_right in zip(values, widths, right, strict=True)
        )
        return "  ".join(placed).rstrip()

    return "\n".join(line(row) for row in [list(headers), *cells])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return exact(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def as_text(result: Mapping[str, object]) -> str:
    """A plain rendering of any result: single values first, then each list of rows as columns."""
    single = [(key, value) for key, value in result.items() if not _is_rows(value)]
    parts = []
    if single:
        width = max(len(key) for key, _ in single)
        parts.append("\n".join(f"{key.ljust(width)}  {_inline(value)}" for key, value in single))
    for key, value in result.items():
        if _is_rows(value) and isinstance(value, (list, tuple)):
            headers = list(dict.fromkeys(name for row in value for name in row))
            body = [[_inline_or_number(row.get(name)) for name in headers] for row in value]
            parts.append(f"{key}\n{columns(headers, body)}")
    return "\n\n".join(parts)


def _is_rows(value: object) -> bool:
    return (
        isinstance(value, (list, tuple))
        and bool(value)
        and all(isinstance(row, Mapping) for row in value)
    )


def _inline_or_number(value: object) -> object:
    return value if isinstance(value, (int, float, Fraction, type(None))) else _inline(value)


def _inline(value: object) -> str:
    if isinstance(value, Mapping) and value.keys() == {"exact", "decimal"}:
        number, part = value["exact"], value["decimal"]
        return number.removesuffix("/1") if number.endswith("/1") else f"{part:.6g} = {number}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_inline(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(_inline(item) for item in value)
    return _cell(value)
