"""Numbers as people type them: Dutch and English decimal marks, thousands marks, refused exactly.

The decimal mark is a property of a whole file, not of a cell: ``1.234`` is a thousand and some in a
Dutch spreadsheet and a little over one elsewhere. ``decimal_mark`` looks for proof in all number
cells; without proof a semicolon file is Dutch and any other file is not.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from verband.core.errors import DomainError

Mark = Literal[",", "."]

LONGEST = 40  # characters; no inhabitants, votes or euros need more, and conversion stays instant
SPACES = " \u00a0\u202f"  # space, no-break space, narrow no-break space


class NotANumber(DomainError):
    """A cell in a number column holds something else."""

    code = "not_a_number"
    template = "“%(text)s” is not a number."


class NotWhole(DomainError):
    """A cell in a column of whole numbers holds a fraction."""

    code = "not_whole"
    template = "“%(text)s” is not a whole number."


class TwoDecimalMarks(DomainError):
    """The same file writes decimals with a comma and with a point."""

    code = "two_decimal_marks"
    template = (
        "The file writes decimals both with a comma (“%(comma)s”) and with a point (“%(point)s”)."
    )


def _grammar(mark: Mark) -> re.Pattern[str]:
    other = "." if mark == "," else ","
    return re.compile(
        rf"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:[{re.escape(other)}{SPACES}][0-9]{{3}})+)"
        rf"(?:{re.escape(mark)}(?P<part>[0-9]+))?"
    )


GRAMMAR: dict[Mark, re.Pattern[str]] = {",": _grammar(","), ".": _grammar(".")}


def _sign_and_body(text: str) -> tuple[int, str]:
    body = text.strip().replace("−", "-")
    if body[:1] in {"-", "+"}:
        return (-1 if body[0] == "-" else 1), body[1:]
    return 1, body


def decimal_mark(cells: Iterable[str], *, unless_proved: Mark) -> Mark:
    """The decimal mark of a file, proved by the cells that can be read in one way only.

    Raises: ``TwoDecimalMarks`` when the proofs contradict each other.

    >>> decimal_mark(["1.234", "12,5"], unless_proved="."), decimal_mark(["7"], unless_proved=".")
    (',', '.')
    """
    proof: dict[Mark, str] = {}
    for cell in cells:
        _, body = _sign_and_body(cell)
        comma, point = (bool(GRAMMAR[mark].fullmatch(body)) for mark in (",", "."))
        if comma != point:
            proof.setdefault("," if comma else ".", cell.strip())
        if len(proof) == 2:
            raise TwoDecimalMarks(comma=proof[","], point=proof["."])
    return next(iter(proof), unless_proved)


def parse_decimal(text: str, mark: Mark) -> Decimal:
    """The exact value of a cell; infinity, NaN and exponents are not numbers here.

    >>> parse_decimal("1.234,50", ","), parse_decimal("-0.5", ".")
    (Decimal('1234.50'), Decimal('-0.5'))
    >>> parse_decimal("NaN", ".")
    Traceback (most recent call last):
    verband.core.compute.numbers.NotANumber: “NaN” is not a number.
    """
    sign, body = _sign_and_body(text)
    found = GRAMMAR[mark].fullmatch(body) if len(body) <= LONGEST else None
    if found is None:
        raise NotANumber(text=text.strip()[:LONGEST])
    whole = re.sub(r"[^0-9]", "", found["whole"])
    value = Decimal(f"{whole}.{found['part'] or 0}" if found["part"] else whole)
    return value.copy_negate() if sign < 0 and value else value


def parse_int(text: str, mark: Mark) -> int:
    """A whole number; ``12,00`` is whole, ``12,5`` is refused, never rounded.

    >>> parse_int("17.081.507", ","), parse_int(" 75 ", ".")
    (17081507, 75)
    >>> parse_int("1.234", ".")
    Traceback (most recent call last):
    verband.core.compute.numbers.NotWhole: “1.234” is not a whole number.
    """
    if text.isascii() and text.isdigit() and len(text) <= LONGEST:
        return int(text)
    value = parse_decimal(text, mark)
    if value != value.to_integral_value():
        raise NotWhole(text=text.strip())
    return int(value)


def parse_fraction(text: str, mark: Mark) -> Fraction:
    """``2/3``, ``66,5 %`` or a decimal, as an exact fraction.

    >>> parse_fraction("2/3", "."), parse_fraction("12,5 %", ","), parse_fraction("0.1", ".")
    (Fraction(2, 3), Fraction(1, 8), Fraction(1, 10))
    """
    body = text.strip()
    if body.endswith("%"):
        return Fraction(parse_decimal(body[:-1], mark)) / 100
    above, slash, below = body.partition("/")
    if not slash:
        return Fraction(parse_decimal(body, mark))
    divisor = parse_int(below, mark)
    if divisor == 0:
        raise NotANumber(text=body)
    return Fraction(parse_int(above, mark), divisor)
