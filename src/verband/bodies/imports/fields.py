"""The columns an import knows, and cells made into values; every error of a file at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import override

from verband.bodies.imports.refusals import wrong
from verband.bodies.imports.sheets import Sheet
from verband.bodies.imports.workbooks import Cell, day_of_serial
from verband.core.compute.numbers import (
    Mark,
    NotANumber,
    NotWhole,
    TwoDecimalMarks,
    decimal_mark,
    parse_decimal,
    parse_int,
)
from verband.core.errors import DomainError, FileRefused, RowError
from verband.ui.reading import UnreadableDay, parse_day
from verband.ui.wording import sentence

YEARS = (1000, 2100)
SHOWN = 60  # characters of a wrong cell that a sentence repeats
YES = frozenset({"ja", "j", "yes", "y", "true", "waar", "1", "x"})
NO = frozenset({"nee", "n", "no", "false", "onwaar", "0"})
Row = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One column. ``nl`` is its Dutch header; ``also`` are other headers for it.

    ``kind``: "text", "whole", "decimal", "day", "yes" or "choice" (one of ``choices``, by value or
    by its name in either language). ``most`` is the longest text or the largest number.
    """

    name: str
    nl: str
    label: Any
    kind: Literal["text", "whole", "decimal", "day", "yes", "choice"] = "text"
    required: bool = False
    most: int = 200
    also: tuple[str, ...] = ()
    choices: Any = None

    @property
    def headers(self) -> set[str]:
        """Every header that means this column, folded."""
        return {folded(name) for name in (self.name, self.nl, *self.also)}


def folded(header: str) -> str:
    """A header or choice without regard to case, dashes and double spaces."""
    return " ".join(header.casefold().replace("_", " ").replace("-", " ").split())


def read_rows(
    sheet: Sheet, fields: Sequence[Field], unique: Sequence[str]
) -> tuple[list[Row], list[RowError]]:
    """The rows of a sheet as values, each with its ``line``, and what is wrong in them.

    An empty cell gives ``None``.

    Raises:
        FileRefused: the columns are not those of this kind of file.
    """
    columns = _columns(sheet, fields)
    mark = _mark(sheet, columns)
    choices = {field.name: _choices(field) for field in fields if field.kind == "choice"}
    errors: list[RowError] = []
    rows: list[Row] = []
    for line, cells in sheet.records:
        row: Row = {"line": line}
        for field, cell in zip(columns, cells, strict=True):
            try:
                row[field.name] = _value(field, cell, mark, choices.get(field.name, {}))
            except _Wrong as found:
                row[field.name] = None
                errors.append(wrong(line, str(field.label), found.problem, found.remedy))
        errors.extend(_reversed(row))
        rows.append(row)
    errors.extend(_doubles(rows, fields, unique))
    return rows, errors


class _Wrong(Exception):
    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def _columns(sheet: Sheet, fields: Sequence[Field]) -> list[Field]:
    """The field of each column of the sheet."""
    known = {folded(str(field.label)): field for field in fields}  # in the reader's language
    known |= {header: field for field in fields for header in field.headers}
    names = ", ".join(str(field.label) for field in fields)
    found: list[Field] = []
    errors: list[RowError] = []
    for header in sheet.headers:
        field = known.get(folded(header))
        if field is None:
            problem = _("This column is not known.")
            remedy = _("Take it out, or use one of these: %(names)s.") % {"names": names}
            errors.append(wrong(1, header[:SHOWN], problem, remedy))
        elif field in found:
            problem = _("Two columns mean the same.")
            errors.append(wrong(1, header[:SHOWN], problem, _("Keep one of the two.")))
        else:
            found.append(field)
    for field in fields:
        if field.required and field not in found:
            remedy = _("Add a column with the header “%(name)s”.") % {"name": field.label}
            errors.append(wrong(1, str(field.label), _("This column is missing."), remedy))
    if errors:
        raise FileRefused(errors)
    return found


def _mark(sheet: Sheet, columns: Sequence[Field]) -> Mark:
    """The decimal mark of the file: proved by its cells, else by its separator."""
    numeric = [i for i, field in enumerate(columns) if field.kind in ("whole", "decimal")]
    cells = [
        cell
        for _line, record in sheet.records
        for i in numeric
        if isinstance(cell := record[i], str)
    ]
    try:
        return decimal_mark(cells, unless_proved="," if sheet.comma else ".")
    except TwoDecimalMarks as both:
        remedy = _("Use one decimal mark in the whole file.")
        raise FileRefused([wrong(1, _("file"), sentence(both), remedy)]) from both


def _choices(field: Field) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("nl", "en"):
        with override(language):
            found.update({folded(str(label)): value for value, label in field.choices.choices})
    found.update({folded(value): value for value in field.choices.values})
    return found


def _value(field: Field, cell: Cell, mark: Mark, choices: Mapping[str, str]) -> Any:
    text = "" if cell is None else str(cell).strip()
    if not text:
        if field.required:
            raise _Wrong(_("Nothing is filled in."), _("Fill it in, or take the row out."))
        return None
    if any(not (sign.isprintable() or sign in "\n\t") for sign in text):
        raise _Wrong(_("This cell holds signs that cannot be read."), _("Type the cell again."))
    if field.kind == "text":
        return _text(field, text)
    if field.kind == "day":
        return _day(cell, text)
    if field.kind == "yes":
        return _yes(text)
    if field.kind == "choice":
        return _choice(field, text, choices)
    return _number(field, cell, text, mark)


def _text(field: Field, text: str) -> str:
    if len(text) > field.most:
        raise _Wrong(
            _("This text has %(count)s characters; %(most)s is the most.")
            % {"count": len(text), "most": field.most},
            _("Make it shorter."),
        )
    return text


def _day(cell: Cell, text: str) -> date:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        found = day_of_serial(cell)
    else:
        try:
            found = cell if isinstance(cell, date) else parse_day(text)
        except UnreadableDay:
            found = None
    if found is None or not YEARS[0] <= found.year <= YEARS[1]:
        problem = _("“%(text)s” is not a day.") % {"text": text[:SHOWN]}
        raise _Wrong(problem, _("Write the day as 30-10-2017 or 2017-10-30."))
    return found


def _yes(text: str) -> bool:
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    problem = _("“%(text)s” is neither yes nor no.") % {"text": text[:SHOWN]}
    raise _Wrong(problem, _("Fill in yes or no."))


def _choice(field: Field, text: str, choices: Mapping[str, str]) -> str:
    try:
        return choices[folded(text)]
    except KeyError:
        names = ", ".join(str(label) for value, label in field.choices.choices if value)
        problem = _("“%(text)s” is not one of the choices.") % {"text": text[:SHOWN]}
        remedy = _("Choose one of these: %(names)s.") % {"names": names}
        raise _Wrong(problem, remedy) from None


def _number(field: Field, cell: Cell, text: str, mark: Mark) -> int | Decimal:
    try:
        used: Mark = mark if isinstance(cell, str) else "."
        value = parse_int(text, used) if field.kind == "whole" else parse_decimal(text, used)
    except NotWhole as refused:
        raise _Wrong(_refusal(refused), _("Fill in a whole number.")) from refused
    except NotANumber as refused:
        raise _Wrong(_refusal(refused), _("Write a number with digits only.")) from refused
    lowest = 0 if field.kind == "whole" else -field.most
    if not lowest <= value <= field.most:
        problem = _("%(value)s lies outside %(lowest)s to %(most)s.")
        span = {"value": text, "lowest": lowest, "most": field.most}
        raise _Wrong(problem % span, _("Check the number."))
    return value


def _refusal(refused: DomainError) -> str:
    return sentence(refused)


def _reversed(row: Row) -> list[RowError]:
    start, until = row.get("from"), row.get("until")
    if start is None or until is None or start < until:
        return []
    problem = _("The period ends on or before the day on which it begins.")
    remedy = _("Fill in the first day that no longer counts, after the start.")
    return [wrong(row["line"], _("until"), problem, remedy)]


def _doubles(rows: Sequence[Row], fields: Sequence[Field], unique: Sequence[str]) -> list[RowError]:
    labels = {field.name: str(field.label) for field in fields}
    seen: dict[tuple[str, ...], int] = {}
    errors = []
    for row in rows:
        key = tuple(str(row.get(name) or "").casefold() for name in unique)
        first = seen.setdefault(key, row["line"])
        if first != row["line"] and any(key):
            problem = _("Row %(row)s is about the same.") % {"row": first}
            errors.append(
                wrong(row["line"], labels[unique[0]], problem, _("Keep one of the two rows."))
            )
    return errors
