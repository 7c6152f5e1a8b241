"""Verification of the rows of the register against what the audit lines say was written.

Lines and rows are both read in order of table and id and compared side by side.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models

from verband.kernel.findings import (
    ClosedWithoutLine,
    ClosingAltered,
    ColumnAltered,
    Finding,
    LinesContradict,
    Reopened,
    RowAltered,
    RowMissing,
    RowWithoutLine,
    TableUnknown,
)
from verband.kernel.journal import as_added, as_content, columns_of, digest
from verband.kernel.suspects import what_it_was
from verband.kernel.two_times import Closing, ThingModel, TwoTimesModel

CHUNK = 2_000
SEARCHES = 20  # rows in which the changed column is searched for
CLOSINGS = {closing.value for closing in Closing if closing.value}
Model = type[models.Model]

_MENTIONS = """
SELECT entry.row->>0, (entry.row->>1)::bigint, line.id, entry.row->>2, entry.row->>3, line.salt
FROM kernel_auditline line
CROSS JOIN LATERAL jsonb_array_elements(
    CASE jsonb_typeof(line.record->'rows') WHEN 'array' THEN line.record->'rows' ELSE '[]' END
) WITH ORDINALITY entry(row, place)
WHERE jsonb_typeof(entry.row->1) = 'number'
ORDER BY (entry.row->>0) COLLATE "C", (entry.row->>1)::bigint, line.id, entry.place
"""


class Mention(NamedTuple):
    """What a line says of a row: how it was changed, and the digest it then had."""

    table: str
    id: int
    line: int
    verb: str
    digest: str
    salt: bytes


class RowVerification:
    """One run over all rows; lines in ``altered`` are not believed."""

    def __init__(self, altered: set[int]) -> None:
        self.rows = 0
        self.altered = altered
        self.searches = SEARCHES

    def findings(self) -> Iterator[Finding]:
        """Every row that is not what the lines say."""
        tables = register_tables()
        known = {model._meta.db_table: model for model in apps.get_models()}
        for table, said in groupby(mentions(), key=attrgetter("table")):
            tables.pop(table, None)
            if table in known:
                yield from self._table(known[table], said)
            else:
                yield TableUnknown(table=table, line=next(said).line)
        for model in tables.values():
            yield from self._table(model, iter(()))

    def _table(self, model: Model, said: Iterator[Mention]) -> Iterator[Finding]:
        table, rows = model._meta.db_table, self._rows(model)
        row = next(rows, None)
        for key, group in groupby(said, key=attrgetter("id")):
            while row is not None and row[0] < key:
                yield RowWithoutLine(table=table, id=row[0])
                row = next(rows, None)
            history = list(group)
            if row is None or row[0] != key:
                yield RowMissing(table=table, id=key, line=history[-1].line)
                continue
            if not any(mention.line in self.altered for mention in history):
                yield from self._row(model, row[1], history)
            row = next(rows, None)
        while row is not None:
            yield RowWithoutLine(table=table, id=row[0])
            row = next(rows, None)

    def _rows(self, model: Model) -> Iterator[tuple[int, dict[str, str | None]]]:
        columns = columns_of(model)
        key = [column.primary_key for column in columns].index(True)
        names = [column.attname for column in columns]
        for values in model._base_manager.order_by("pk").values_list(*names).iterator(CHUNK):
            self.rows += 1
            yield values[key], as_content(model, columns, values)

    def _row(
        self, model: Model, content: dict[str, str | None], history: list[Mention]
    ) -> Iterator[Finding]:
        first, *closings = history
        where: dict[str, Any] = {"table": first.table, "id": first.id}
        wrong = [mention for mention in closings if mention.verb not in CLOSINGS] + closings[1:]
        if first.verb in CLOSINGS or wrong:
            yield LinesContradict(**where, line=(wrong or history)[0].line)
            return
        added = as_added(model, content)
        is_closed = content.get("recorded_until") is not None
        if digest(first.salt, added) != first.digest:
            yield self._altered(model, added, first)
        elif closings and is_closed and digest(closings[0].salt, content) != closings[0].digest:
            wrong_kind = content["closed_as"] != closings[0].verb
            column = "closed_as" if wrong_kind else "recorded_until"
            yield ClosingAltered(**where, line=closings[0].line, column=column)
        if closings and not is_closed:
            yield Reopened(**where, line=closings[0].line)
        if is_closed and not closings:
            yield ClosedWithoutLine(**where, line=first.line)

    def _altered(self, model: Model, added: dict[str, str | None], said: Mention) -> Finding:
        where: dict[str, Any] = {"table": said.table, "id": said.id, "line": said.line}
        self.searches -= 1
        found = what_it_was(model, added, said.salt, said.digest) if self.searches >= 0 else None
        if found is None:
            return RowAltered(**where)
        return ColumnAltered(**where, column=found[0], was=found[1])


def register_tables() -> dict[str, Model]:
    """The tables in which every row must be spoken of: things and facts."""
    return {
        model._meta.db_table: model
        for model in apps.get_models()
        if issubclass(model, (ThingModel, TwoTimesModel))
    }


def mentions() -> Iterator[Mention]:
    """Everything that the lines say of rows, in order of table, id and time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_MENTIONS)
        while chunk := cursor.fetchmany(CHUNK):
            for table, key, line, verb, value, salt in chunk:
                yield Mention(table, key, line, verb, value, bytes(salt))
