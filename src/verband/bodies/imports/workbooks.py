"""The first sheet of an XLSX workbook, read with care: it is a zip file from outside."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900, from_excel

from verband.bodies.imports.refusals import UnsafeWorkbook, refuse_file

Cell = str | int | float | bool | date | None
UNPACKED = 400 * 1024 * 1024  # bytes; 200,000 rows of twenty columns stay well below it
PARTS = 2_000
SERIALS = (1, 2_958_465)  # 1900-01-01 to 9999-12-31 as a spreadsheet counts days


def cells_of_workbook(name: str, content: bytes) -> Iterator[list[Cell]]:
    """The rows of the first sheet.

    Raises:
        UnsafeWorkbook: damaged, declares entities, or unpacks to far more than a table needs.
        FileRefused: a cell holds a formula or an error; nobody would know what was taken in.
    """
    _inspect(name, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
    except Exception as error:  # the reader raises whatever a damaged part makes it raise
        raise UnsafeWorkbook(name=name) from error
    rows = sheet.iter_rows()
    while True:
        try:
            cells = next(rows, None)
        except Exception as error:  # as above
            raise UnsafeWorkbook(name=name) from error
        if cells is None:
            return
        yield [_value(cell) for cell in cells]


def _inspect(name: str, content: bytes) -> None:
    """What the workbook unpacks to, measured by unpacking and not by what it says of itself."""
    left = UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
            if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
                raise UnsafeWorkbook(name=name)
            for entry in entries:
                with parts.open(entry) as part:
                    start = part.read(4096)
                    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                        raise UnsafeWorkbook(name=name)
                    left -= len(start)
                    while chunk := part.read(1 << 20):
                        left -= len(chunk)
                        if left < 0:
                            raise UnsafeWorkbook(name=name)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnsafeWorkbook(name=name) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]  # a damaged part
        raise UnsafeWorkbook(name=name) from error


def _value(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        refuse_file(
            _("Cell %(cell)s holds a formula.") % {"cell": cell.coordinate},
            _("Copy the sheet and paste it as values only."),
            cell.row,
        )
    if cell.data_type == "e":
        refuse_file(
            _("Cell %(cell)s holds an error of the spreadsheet.") % {"cell": cell.coordinate},
            _("Fill in what should stand there."),
            cell.row,
        )
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, (str, int, float, date)) else str(value)


def day_of_serial(number: int | float) -> date | None:
    """The day of a date that a sheet holds as a plain number; ``None`` when it is none.

    >>> day_of_serial(43038)
    datetime.date(2017, 10, 30)
    """
    if not SERIALS[0] <= number <= SERIALS[1]:
        return None
    found = from_excel(number, CALENDAR_WINDOWS_1900)
    return found.date() if isinstance(found, datetime) else None
