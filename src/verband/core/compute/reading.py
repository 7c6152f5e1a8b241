"""Tables from files: CSV in the encodings and separators that offices use, or JSON.

Every error of a file is reported at once, by row, with a remedy; nothing is guessed silently. A row
number is the number a spreadsheet shows (the header is row 1); in JSON it is the place in the list,
counted from 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from verband.core.compute.numbers import (
    LONGEST,
    Mark,
    NotANumber,
    NotWhole,
    TwoDecimalMarks,
    decimal_mark,
    parse_decimal,
    parse_fraction,
    parse_int,
)
from verband.core.compute.sources import Source, read_source
from verband.core.errors import FileRefused, RowError

Kind = Literal["text", "int", "decimal", "fraction"]


@dataclass(frozen=True)
class Column:
    """A column a command asks for.

    ``kind`` is ``text`` (str), ``int`` (int), ``decimal`` (Decimal) or ``fraction`` (Fraction). A
    column that is not required may be absent or empty, and then gives ``None``. ``minimum`` is the
    smallest value allowed. ``aliases`` are other headers for the same column, when there is none
    with its name; headers are compared without regard to case.
    """

    name: str
    kind: Kind
    required: bool = True
    minimum: int | Fraction | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row: the number the reader sees in the file, and the values by column name."""

    line: int
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True)
class Table:
    """The rows of a file; ``extra`` names the kept columns that nobody asked for, in file order."""

    rows: tuple[Row, ...]
    extra: tuple[str, ...] = ()

    def column(self, name: str) -> list[Any]:
        """The values of one column, in row order."""
        return [row.values[name] for row in self.rows]


def read_table(
    path: Path,
    columns: Sequence[Column],
    *,
    extra: Literal["refuse", "keep"] = "refuse",
    unique: Sequence[str] = ("member",),
) -> Table:
    """The rows of a CSV or JSON file, checked and exact.

    CSV: UTF-8 (with or without BOM), UTF-16 with BOM, else Windows-1252; comma, semicolon or tab,
    found by itself; Dutch or English decimals, found by itself (see ``compute.numbers``). JSON: a
    list of objects, or an object whose ``rows`` is such a list. Blank rows are passed over.
    ``extra`` says what happens to columns nobody asked for; kept ones are text. Columns in
    ``unique`` may not hold the same value twice.

    Raises: ``FileUnreadable`` when there is no such file; ``FileRefused`` with every row error.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "votes.csv"
    >>> _ = file.write_text("Gemeente;votes\\nBunnik;15\\nUtrecht;75\\n", encoding="utf-8")
    >>> read_table(file, [Column("member", "text", aliases=("gemeente",)),
    ...                   Column("votes", "int", minimum=0)]).column("votes")
    [15, 75]
    """
    source = read_source(path)
    if not source.records:
        raise FileRefused([_error(1, "file", "The file has no rows.", "Add at least one row.")])
    names = _match_headers(source, columns, extra)
    asked = {column.name for column in columns}
    kept = tuple(header for header, name in names.items() if name not in asked)
    mark = _mark(source, columns, names)
    errors: list[RowError] = []
    rows: list[Row] = []
    seen: dict[str, dict[str, int]] = {name: {} for name in unique if name in asked}
    for line, cells in source.records:
        named = {names[header]: cell for header, cell in cells.items() if header in names}
        values: dict[str, Any] = {name: _as_text(named.get(name)) for name in kept}
        for column in columns:
            try:
                values[column.name] = _value(column, named.get(column.name), mark)
            except _Wrong as wrong:
                errors.append(_error(line, column.name, wrong.problem, wrong.remedy))
        errors.extend(_doubles(line, values, seen))
        rows.append(Row(line, values))
    if errors:
        raise FileRefused(errors)
    return Table(tuple(rows), kept)


class _Wrong(Exception):
    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy


def _error(row: int, field: str, problem: str, remedy: str) -> RowError:
    return RowError(row=row, field=field, problem=problem, remedy=remedy)


def _match_headers(source: Source, columns: Sequence[Column], extra: str) -> dict[str, str]:
    """File header -> column name, for every header that is used."""
    present = {header.strip().casefold() for header in source.headers}
    wanted = {
        known.casefold(): column.name
        for column in columns
        for known in ([column.name] if column.name in present else [column.name, *column.aliases])
    }
    names: dict[str, str] = {}
    errors: list[RowError] = []
    for header in source.headers:
        name = wanted.get(header.strip().casefold(), header.strip())
        if name in names.values():
            errors.append(
                _error(1, name, "Two columns have this name.", "Keep one of the two columns.")
            )
        elif extra == "refuse" and header.strip().casefold() not in wanted:
            known = ", ".join(column.name for column in columns)
            errors.append(
                _error(1, name, "Nobody asked for this column.", f"Use these columns: {known}.")
            )
        names[header] = name
    for column in columns:
        if column.required and column.name not in names.values():
            found = ", ".join(name for name in names.values() if name) or "none"
            errors.append(
                _error(
                    1,
                    column.name,
                    f"This column is missing; the columns found are: {found}.",
                    f"Add a column with the header “{column.name}”.",
                )
            )
    if errors:
        raise FileRefused(errors)
    return names


def _mark(source: Source, columns: Sequence[Column], names: Mapping[str, str]) -> Mark:
    numeric = {column.name for column in columns if column.kind != "text"}
    headers = [header for header, name in names.items() if name in numeric]
    cells = (
        cell
        for _, record in source.records
        for header in headers
        if isinstance(cell := record.get(header), str)
    )
    default: Mark = "," if source.separator == ";" else "."
    try:
        return decimal_mark(cells, unless_proved=default)
    except TwoDecimalMarks as both:
        line = next(
            line
            for line, record in source.records
            for header in headers
            if str(record.get(header)).strip() == both.params["point"]
        )
        remedy = "Use one decimal mark in the whole file."
        raise FileRefused([_error(line, "file", str(both), remedy)]) from both


def _as_text(cell: object) -> str | None:
    if isinstance(cell, Decimal) and abs(cell.adjusted()) < LONGEST:
        return format(cell, "f")  # 1e3 in JSON is a plain number
    text = "" if cell is None else str(cell).strip()
    return text or None


def _value(column: Column, cell: object, mark: Mark) -> str | int | Decimal | Fraction | None:
    text = _as_text(cell)
    if text is None:
        if column.required:
            raise _Wrong("Nothing is filled in.", "Fill in a value, or take the row out.")
        return None
    if column.kind == "text":
        return text
    if isinstance(cell, (bool, list, dict)):
        raise _Wrong(f"“{text}” is not a number.", "Write a number.")
    value = _number(column.kind, text, mark if isinstance(cell, str) else ".")
    if column.minimum is not None and value < column.minimum:
        raise _Wrong(f"{text} is below {column.minimum}.", f"Use {column.minimum} or more.")
    return value


def _number(kind: Kind, text: str, mark: Mark) -> int | Decimal | Fraction:
    try:
        if kind == "int":
            return parse_int(text, mark)
        return parse_decimal(text, mark) if kind == "decimal" else parse_fraction(text, mark)
    except NotWhole as refused:
        remedy = "Use a whole number, without a thousands mark or decimals."
        raise _Wrong(str(refused), remedy) from refused
    except NotANumber as refused:
        raise _Wrong(str(refused), "Write a number with digits only.") from refused


def _doubles(
    line: int, values: Mapping[str, Any], seen: Mapping[str, dict[str, int]]
) -> list[RowError]:
    found = []
    for name, lines in seen.items():
        value = values.get(name)
        if value is None:
            continue
        first = lines.setdefault(str(value).casefold(), line)
        if first != line:
            problem = f"“{value}” also stands in row {first}."
            found.append(_error(line, name, problem, "Keep one of the two rows."))
    return found
