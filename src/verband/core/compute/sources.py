"""The raw cells of a file: its encoding, its separator and its records, before any meaning."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from verband.core.errors import DomainError, FileRefused, RowError

ZIP = b"PK\x03\x04"  # a workbook (.xlsx, .ods) is a zip file


class FileUnreadable(DomainError):
    """There is no such file, or it may not be read."""

    code = "file_unreadable"
    template = "The file %(path)s cannot be opened: %(reason)s."


class NotATextFile(DomainError):
    """The file holds something other than CSV or JSON text."""

    code = "not_a_text_file"
    template = "The file %(path)s is not a text file. Save the sheet as CSV (UTF-8) and try again."


class NotJson(DomainError):
    """The file should hold JSON and does not."""

    code = "not_json"
    template = "The file %(path)s is not valid JSON: %(reason)s (line %(line)s)."


@dataclass(frozen=True)
class Source:
    """Headers and records as they stand in the file; ``separator`` is ``None`` for JSON."""

    headers: tuple[str, ...]
    records: tuple[tuple[int, Mapping[str, Any]], ...]
    separator: str | None


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or Windows-1252.

    Raises: ``FileUnreadable``, ``NotATextFile``.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise FileUnreadable(path=path, reason=reason) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    if not raw.startswith(ZIP):
        for encoding in encodings:
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
    raise NotATextFile(path=path)


def read_json(path: Path) -> Any:
    """The value in a JSON file; decimals are ``Decimal``, NaN and infinity stay text.

    Raises: ``NotJson`` with the line.
    """
    return _parse_json(read_text(path), path)


def read_source(path: Path) -> Source:
    """The cells of a CSV or JSON file; JSON is known by its first character.

    Raises: ``FileUnreadable``, ``NotATextFile``, ``NotJson``, ``FileRefused``.
    """
    text = read_text(path)
    if not text.strip():
        refuse(1, "The file is empty.", "Fill in a header and at least one row.")
    if text.lstrip()[0] in "[{":
        return _json_source(_parse_json(text, path))
    return _csv_source(text)


def refuse(row: int, problem: str, remedy: str, field: str = "file") -> NoReturn:
    """Refuse the whole file for one reason."""
    raise FileRefused([RowError(row=row, field=field, problem=problem, remedy=remedy)])


def _parse_json(text: str, path: Path) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=str)
    except json.JSONDecodeError as error:
        raise NotJson(path=path, reason=error.msg.lower(), line=error.lineno) from error
    except RecursionError as error:
        raise NotJson(path=path, reason="it is nested too deeply", line=1) from error
    except ValueError as error:  # an integer of thousands of digits
        raise NotJson(path=path, reason="it holds a number that is too long", line=1) from error


def _json_source(value: Any) -> Source:
    rows = value.get("rows") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        refuse(1, "There is no list of rows.", "Give a list of objects, or one under “rows”.")
    headers: dict[str, None] = {}
    for place, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            refuse(place, "This is not an object.", "Write every row as {“column”: value}.")
        headers.update(dict.fromkeys(row))
    return Source(tuple(headers), tuple(enumerate(rows, 1)), None)


def _csv_source(text: str) -> Source:
    text = re.sub(r"\r\n?", "\n", text)
    declared = re.match(r"sep=([,;\t])\n", text, re.IGNORECASE)
    if declared:  # the line some spreadsheets write for themselves; they do not count it
        separator, text = declared[1], text[declared.end() :]
    else:
        separator = _separator(text)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    headers: tuple[str, ...] = ()
    records: list[tuple[int, Mapping[str, Any]]] = []
    line = 0
    try:
        for line, cells in enumerate(reader, 1):
            if not any(cell.strip() for cell in cells):
                continue
            if not headers:
                headers = _named_headers(cells)
                continue
            if any(cell.strip() for cell in cells[len(headers) :]):
                problem = f"This row has {len(cells)} cells and the header has {len(headers)}."
                refuse(line, problem, "Put cells that contain the separator between quotes.")
            records.append((line, dict(zip(headers, cells, strict=False))))
    except csv.Error as error:
        refuse(line + 1, f"The row cannot be read ({error}).", "Check the quotation marks.")
    return Source(headers, tuple(records), separator)


def _named_headers(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    doubles = {cell.strip() for cell in cells if cells.count(cell) > 1}
    if doubles:
        name = min(doubles)
        problem = "Two columns have this name." if name else "A column has no name."
        refuse(1, problem, "Give every column a name of its own.", name or "file")
    return tuple(cells)


def _separator(text: str) -> str:
    """The separator that occurs most in the header outside quotes; a comma when there is none."""
    header = next(line for line in text.split("\n") if line.strip())
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t", key=bare.count)
