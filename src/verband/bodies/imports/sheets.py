"""The cells of an uploaded file, before any meaning: CSV as offices write it, or a workbook."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from verband.bodies.imports.refusals import FileTooLarge, NotATable, refuse_file
from verband.bodies.imports.workbooks import Cell, cells_of_workbook

ZIP = b"PK\x03\x04"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Sheet:
    """Headers and records as they stand in the file; a record has its row number.

    ``comma`` says whether numbers without other proof are read with a decimal comma.
    """

    headers: tuple[str, ...]
    records: tuple[tuple[int, tuple[Cell, ...]], ...]
    comma: bool


def read_sheet(name: str, content: bytes) -> Sheet:
    """The cells of a file.

    Raises:
        FileTooLarge, NotATable, UnsafeWorkbook: the file is not read at all.
        FileRefused: it has no rows, too many, or a row that cannot be read.
    """
    if len(content) > most_megabytes() * MEGABYTE:
        raise FileTooLarge(megabytes=most_megabytes())
    if content.startswith(ZIP):
        return _sheet(cells_of_workbook(name, content), comma=False)
    text = _text(name, content)
    text, separator = _separated(text)
    return _sheet(_csv(text, separator), comma=separator == ";")


def most_megabytes() -> int:
    """The size of the largest file that is read."""
    return int(settings.VERBAND_IMPORT_MEGABYTES)


def _text(name: str, content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return re.sub(r"\r\n?", "\n", text)
    raise NotATable(name=name)


def _separated(text: str) -> tuple[str, str]:
    """The text and its separator: declared by a spreadsheet, else the most used in the header."""
    declared = re.match(r"sep=([,;\t])\n", text, re.IGNORECASE)
    if declared:
        return text[declared.end() :], declared[1]
    header = next((line for line in text.split("\n") if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", header)
    return text, max(",;\t", key=bare.count)


def _csv(text: str, separator: str) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    line = 0
    try:
        for cells in reader:
            line += 1
            yield list(cells)
    except csv.Error:
        refuse_file(
            _("This row cannot be read: a quotation mark is missing, or a cell is far too long."),
            _("Check the quotation marks in this row."),
            line + 1,
        )


def _sheet(rows: Iterable[list[Cell]], *, comma: bool) -> Sheet:
    most = settings.VERBAND_IMPORT_ROWS
    headers: tuple[str, ...] = ()
    records: list[tuple[int, tuple[Cell, ...]]] = []
    for line, cells in enumerate(rows, 1):
        if all(_blank(cell) for cell in cells):
            continue
        if not headers:
            headers = _headers(cells, line)
            continue
        if any(not _blank(cell) for cell in cells[len(headers) :]):
            refuse_file(
                _("This row has more cells than the header."),
                _("Put a cell that holds the separator between quotation marks."),
                line,
            )
        kept = tuple(cells[: len(headers)])
        records.append((line, kept + (None,) * (len(headers) - len(kept))))
        if len(records) > most:
            refuse_file(
                _("The file has more than %(most)s rows.") % {"most": most},
                _("Divide it over several files."),
            )
    if not headers:
        refuse_file(_("The file is empty."), _("Fill in a header and at least one row."))
    if not records:
        refuse_file(_("The file has a header but no rows."), _("Fill in at least one row."))
    return Sheet(headers, tuple(records), comma)


def _headers(cells: list[Cell], line: int) -> tuple[str, ...]:
    names = [str("" if cell is None else cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not all(names):
        refuse_file(_("A column has no name."), _("Give every column a name."), line)
    return tuple(names)


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
