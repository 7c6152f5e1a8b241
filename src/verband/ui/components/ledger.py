"""The ledger: a dense register that sorts, groups, shows periods, stacks on a phone, downloads."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from verband.ui.component import Component, Link, drawn, escaped
from verband.ui.components.bars import PeriodColumn, PeriodHead, as_bars
from verband.ui.components.words import EmptyState, shown
from verband.ui.query import FORMATS, Query
from verband.ui.scale import TimeScale

ROW_HEAD = 'th scope="row"'


@dataclass(frozen=True)
class Column:
    """``kind``: "text", "number", "period" (bars) or "quiet" (secondary text).

    ``sort`` is the public name of its order: its head becomes a link.
    """

    label: str
    kind: str = "text"
    sort: str = ""

    @property
    def css(self) -> str:
        """The class of its cells."""
        return {"number": "vb-num", "period": "vb-tl", "quiet": "vb-meta"}.get(self.kind, "")


@dataclass(frozen=True)
class Row:
    """The cells of one row, in the order of the columns; rows with the same ``group`` together.

    A cell is text, a number, a day, a ``Period``, ``None`` ("–") or a component; in a period column
    a ``Period``, a ``PeriodBar`` or several.
    """

    cells: tuple[object, ...]
    group: str = ""


@dataclass(frozen=True)
class Head:
    """A column's head with its link."""

    column: Column
    href: str = ""
    sorted: str = ""
    period: PeriodHead | None = None


@dataclass(frozen=True)
class Cell:
    """A cell as it is drawn."""

    column: Column
    value: object
    is_head: bool = False
    unbroken: bool = False

    @property
    def css(self) -> str:
        """The classes of the cell; a day is not broken over two lines."""
        return f"{self.column.css} vb-nowrap".strip() if self.unbroken else self.column.css

    def show(self, around: dict[str, Any] | None = None) -> str:
        """The cell as HTML; on a phone it carries the name of its column."""
        inside = drawn(self.value, around)
        if self.is_head:
            return f"{_opening(ROW_HEAD, self.css, '')}{inside}</th>"
        label = "" if self.column.kind == "period" else self.column.label
        return f"{_opening('td', self.css, label)}{inside}</td>"


@dataclass(frozen=True)
class Group:
    """Rows under one name; without a name when the ledger has no groups."""

    name: str
    lines: list[list[Cell]]


@lru_cache(maxsize=512)
def _opening(tag: str, css: str, label: str) -> str:
    """The opening tag of a cell, the same for a whole column."""
    css = f' class="{css}"' if css else ""
    return f'<{tag}{css} data-l="{escaped(label)}">' if label else f"<{tag}{css}>"


def _group_head(name: str, width: int) -> str:
    inside = f'<th colspan="{width}" scope="rowgroup">{escaped(name)}</th>'
    return f'<tr class="vb-group">{inside}</tr>'


@dataclass(frozen=True)
class Pager(Component):
    """Which rows of how many, and the way to the others."""

    query: Query
    page: int
    pages: int
    total: int
    per_page: int

    @classmethod
    def of(cls, query: Query, total: int, per_page: int = 50) -> "Pager":
        """The page that ``?page=`` asks for, kept within what there is; a download has one page."""
        if query.format:
            return cls(query, 1, 1, total, max(total, 1))
        pages = max(-(-total // per_page), 1)
        asked = query.get("page")
        page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        return cls(query, min(max(page, 1), pages), pages, total, per_page)

    @property
    def slice(self) -> slice:
        """The rows of this page."""
        return slice((self.page - 1) * self.per_page, self.page * self.per_page)

    @property
    def first(self) -> int:
        """Number of the first row shown."""
        return min((self.page - 1) * self.per_page + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.page * self.per_page, self.total)

    @property
    def back(self) -> str:
        """The page before this one."""
        return self.query.with_(page=self.page - 1 if self.page > 2 else None)

    @property
    def forth(self) -> str:
        """The page after this one."""
        return self.query.with_(page=self.page + 1)


@dataclass(frozen=True)
class Downloads(Component):
    """The same rows as a file."""

    links: tuple[Link, ...]


@dataclass(frozen=True)
class Ledger(Component):
    """A table with a name.

    ``caption`` says what the rows are, of which day. ``name`` (unique on the page) makes it
    downloadable: ``render`` answers ``?format=csv&table=<name>`` from the same rows. ``query``
    gives the links of sorting and paging. ``scale`` and ``day`` are needed for period columns.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: EmptyState | None = None
    name: str = ""
    query: Query | None = None
    scale: TimeScale | None = None
    day: date | None = None
    foot: tuple[object, ...] = field(default=())
    pager: Pager | None = None
    dense: bool = False
    stacks: bool = True
    caption_shown: bool = False

    @property
    def heads(self) -> list[Head]:
        """The column heads."""
        return [self._head(column) for column in self.columns]

    @property
    def groups(self) -> list[Group]:
        """The rows as they are drawn, group by group in the order given."""
        found: list[Group] = []
        for row in self.rows:
            if not found or found[-1].name != row.group:
                found.append(Group(row.group, []))
            found[-1].lines.append(
                [
                    Cell(column, self._value(column, value), i == 0, isinstance(value, date))
                    for i, (column, value) in enumerate(zip(self.columns, row.cells, strict=True))
                ]
            )
        return found

    def show_rows(self, around: dict[str, Any] | None = None) -> SafeString:
        """The rows as HTML, drawn without a template: there are hundreds, of many cells each."""
        parts = []
        for group in self.groups:
            parts.append("<tbody>")
            if group.name:
                parts.append(_group_head(group.name, self.width))
            for line in group.lines:
                parts.append("\n<tr>")
                parts += [cell.show(around) for cell in line]
                parts.append("</tr>")
            parts.append("</tbody>")
        return SafeString("".join(parts))

    @property
    def totals(self) -> list[Cell]:
        """The last row: totals."""
        pairs = zip(self.columns, self.foot, strict=bool(self.foot))
        return [
            Cell(column, "" if value == "" else self._value(column, value), i == 0)
            for i, (column, value) in enumerate(pairs)
        ]

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.columns)

    @property
    def nothing(self) -> EmptyState:
        """What is said when there are no rows."""
        return self.empty or EmptyState(_("Nothing found."))

    @property
    def downloads(self) -> Downloads | None:
        """The links to the same rows as a file."""
        if not self.name or self.query is None or not self.rows:
            return None
        query = self.query
        return Downloads(
            tuple(
                Link(kind.upper(), query.with_(format=kind, table=self.name, page=None))
                for kind in FORMATS
            )
        )

    def _head(self, column: Column) -> Head:
        if column.kind == "period":
            return Head(column, period=PeriodHead(self._scale(), self._day(), column.label))
        if not column.sort or self.query is None:
            return Head(column)
        asked = self.query.get("sort")
        state = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(asked, "")
        turned = f"-{column.sort}" if state == "ascending" else column.sort
        return Head(column, self.query.with_(sort=turned, page=None), state)

    def _value(self, column: Column, value: object) -> object:
        if column.kind == "period":
            return PeriodColumn(self._scale(), self._day(), as_bars(value))
        return shown(value)

    def _scale(self) -> TimeScale:
        if self.scale is None:
            raise ValueError(f"the ledger {self.caption!r} has a period column but no scale")
        return self.scale

    def _day(self) -> date:
        if self.day is None:
            raise ValueError(f"the ledger {self.caption!r} has a period column but no day")
        return self.day
