"""A whole list as a file: CSV or XLSX, with the field names of the interface as column names.

Rows are written as they are read, into a file that stays in memory only while it is small.
"""

import csv
import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.http import FileResponse
from openpyxl import Workbook

from verband.integrations.listings import Listing
from verband.integrations.problems import TooManyRows
from verband.integrations.shapes import Shape
from verband.kernel.verify import snapshot
from verband.ui.download import TYPES, harmless
from verband.ui.reading import Reading

IN_MEMORY = 2_000_000  # bytes; a larger file goes to disk
LONGEST_SHEET = 1_048_575  # rows of a sheet beside its head


def as_file(
    listing: Listing, shape: type[Shape], name: str, kind: str, reading: Reading
) -> FileResponse:
    """All rows as one file, from one view of the database.

    Raises:
        TooManyRows: more rows than a sheet holds.
    """
    columns = [field.alias or key for key, field in shape.model_fields.items()]
    # Closed by the response, when the last byte is sent.
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    with snapshot():
        rows = (row for chunk in listing.chunks() for row in chunk)
        if kind == "csv":
            _write_csv(file, columns, rows)
        else:
            _write_sheet(file, columns, rows, listing.total())
    file.seek(0)
    label = f"{name}-{reading.day.isoformat()}.{kind}"
    return FileResponse(file, as_attachment=True, filename=label, content_type=TYPES[kind])


def _write_csv(file: IO[bytes], columns: list[str], rows: Iterable[Shape]) -> None:
    # The mark at the beginning tells a spreadsheet that this is UTF-8.
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for _name, value in row] for row in rows)
    text.detach()


def _write_sheet(file: IO[bytes], columns: list[str], rows: Iterable[Shape], total: int) -> None:
    if total > LONGEST_SHEET:
        raise TooManyRows(limit=LONGEST_SHEET)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(columns)
    for row in rows:
        sheet.append([_cell(value) for _name, value in row])
    book.save(file)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return harmless(value)
