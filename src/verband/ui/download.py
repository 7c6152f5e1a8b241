"""The rows of a page's ledgers as CSV, XLSX or JSON: the same figures, from the same response."""

import csv
import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from verband.core.period import Period
from verband.ui.component import Component, Link
from verband.ui.components.bars import as_bars
from verband.ui.components.ledger import Column, Ledger
from verband.ui.query import Query

Value = str | int | float | None
# A spreadsheet reads a text that begins like this as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(request: HttpRequest, page: object) -> HttpResponse | None:
    """The ledger that ``?format=&table=`` asks for, as a file; ``None`` when none is asked for.

    Raises:
        Http404: the page has no ledger of that name.
    """
    query = Query.of(request)
    if not query.format or not query.get("table"):
        return None
    for ledger in ledgers(page):
        if ledger.name == query.get("table"):
            return as_file(ledger, query.format, request)
    raise Http404(_("This page has no table of that name."))


def ledgers(part: object) -> list[Ledger]:
    """Every ledger in a page, wherever it stands."""
    if isinstance(part, Ledger):
        return [part]
    if isinstance(part, (list, tuple)):
        return [ledger for item in part for ledger in ledgers(item)]
    if isinstance(part, Component) or (is_dataclass(part) and not isinstance(part, type)):
        names = [f.name for f in fields(part)]
        found = [ledger for name in names for ledger in ledgers(getattr(part, name))]
        twin = getattr(part, "table", None)
        return found + ([twin] if isinstance(twin, Ledger) else [])
    return []


def as_file(ledger: Ledger, kind: str, request: Any) -> HttpResponse:
    """The ledger as a file that is named after it and the day."""
    heads, rows = grid(ledger)
    content = {"csv": _csv, "xlsx": _xlsx, "json": _json}[kind](heads, rows)
    response = HttpResponse(content, content_type=TYPES[kind])
    day = request.reading.day.isoformat()
    response["Content-Disposition"] = f'attachment; filename="{ledger.name}-{day}.{kind}"'
    return response


def grid(ledger: Ledger) -> tuple[list[str], list[list[Value]]]:
    """Heads and rows as plain values; a period becomes two columns."""
    heads: list[str] = [_("Group")] if any(row.group for row in ledger.rows) else []
    grouped = bool(heads)
    for column in ledger.columns:
        heads += _heads(column)
    rows = []
    for row in ledger.rows:
        values: list[Value] = [row.group] if grouped else []
        for column, cell in zip(ledger.columns, row.cells, strict=True):
            values += _values(column, cell)
        rows.append(values)
    return heads, rows


def _heads(column: Column) -> list[str]:
    if column.kind == "period":
        return [f"{column.label}: {_('from')}", f"{column.label}: {_('until')}"]
    return [str(column.label)]


def _values(column: Column, cell: object) -> list[Value]:
    if column.kind == "period":
        bars = as_bars(cell)
        starts = [b.period.start.isoformat() if b.period.start else "" for b in bars]
        untils = [b.period.until.isoformat() if b.period.until else "" for b in bars]
        return ["; ".join(starts), "; ".join(untils)]
    return [plain(cell)]


def plain(cell: object) -> Value:
    """A cell as text or number; days as 2017-10-30, a period as 2017-03-01/2018-03-01."""
    if cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool)):
        return cell
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, (Fraction, Decimal)):
        return float(cell)
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    if isinstance(cell, Period):
        return "/".join(d.isoformat() if d else ".." for d in (cell.start, cell.until))
    if isinstance(cell, Link):
        return f"{cell.label} ({cell.sub})" if cell.sub else str(cell.label)
    if isinstance(cell, Component):
        words = getattr(cell, "words", None)
        return str(words) if words is not None else " ".join(strip_tags(cell.show()).split())
    if isinstance(cell, (list, tuple)):
        return "; ".join(str(plain(part)) for part in cell)
    return str(cell)


def _csv(heads: list[str], rows: list[list[Value]]) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([[harmless(value) for value in row] for row in rows])
    # The mark at the beginning tells a spreadsheet that this is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(heads: list[str], rows: list[list[Value]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([harmless(head) for head in heads])
    for row in rows:
        sheet.append([harmless(value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _json(heads: list[str], rows: list[list[Value]]) -> bytes:
    listed = [dict(zip(heads, row, strict=True)) for row in rows]
    return json.dumps(listed, ensure_ascii=False, indent=1).encode()


def harmless(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula or refuses; other values as they are."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(FORMULA) else text
