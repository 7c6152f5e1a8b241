"""For what is asked a hundred times a second: SQL that is made once, and rows that never change.

Facts are never edited, only closed; so whoever holds the ids of the current rows knows whether
what was read before still holds. ``Compiled`` asks for those ids cheaply, ``Kept`` holds what was
made of them. The key of what is kept names the database, because a copy of one has the same ids.
"""

import itertools
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from string import Formatter
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection, models

V = TypeVar("V")
M = TypeVar("M", bound=models.Model)
SENTINELS: Mapping[type, Callable[[int], Any]] = {
    int: lambda place: -1_000_000_007 - place,
    date: lambda place: date(1001, 1, 1) + timedelta(days=place),
    datetime: lambda place: datetime(1001, 1, 1 + place, tzinfo=UTC),
    str: lambda place: f"value {place} of a query that is made once",
}
TYPES = {int: "bigint", date: "date", datetime: "timestamptz", str: "text"}
_numbers = itertools.count(1)
_known = threading.local()  # what this thread's connection has prepared


class Statement:
    """A statement that the database plans once for each connection (PREPARE, EXECUTE).

    ``places`` has for each ``%s`` of the ``sql`` the name of a value, or no name and the value that
    is always the same; ``kinds`` are those of the named ones, where their place does not tell.
    Behind a pooler that gives every transaction another connection, ``VERBAND_PREPARE=0`` sends it
    whole each time.
    """

    def __init__(
        self, sql: str, places: Sequence[tuple[str, Any]], kinds: Mapping[str, type] | None = None
    ) -> None:
        self._sql = sql
        self._places = tuple(places)
        self._names = tuple(dict.fromkeys(name for name, _value in places if name))
        self._types = f"({', '.join(TYPES[kinds[name]] for name in self._names)})" if kinds else ""
        self._name = f"verband_{next(_numbers)}"
        self._call = f"EXECUTE {self._name}({', '.join(['%s'] * len(self._names))})"

    def call(self, given: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """What a cursor executes, and with which values."""
        if not settings.VERBAND_PREPARE:
            return self._sql, [given[name] if name else value for name, value in self._places]
        self._prepare()
        return self._call, [given[name] for name in self._names]

    def _prepare(self) -> None:
        """Let the connection of this thread know it; that outlives a transaction undone."""
        connection.ensure_connection()
        raw = connection.connection
        if getattr(_known, "connection", None) is not raw:
            _known.connection, _known.names = raw, set()
        if self._name in _known.names:
            return
        parts = self._sql.split("%s")
        text = parts[0]
        for (name, _value), part in zip(self._places, parts[1:], strict=True):
            text += (f"${self._names.index(name) + 1}" if name else "%s") + part
        constants = [value for name, value in self._places if not name]
        with connection.wrap_database_errors, raw.cursor() as cursor:
            cursor.execute(f"PREPARE {self._name}{self._types} AS {text}", constants)
        _known.names.add(self._name)


class Compiled:
    """A query of which the SQL is made once; only what is asked differs.

    ``build`` makes the query from values of the named kinds, which must each come back as they are
    among the query's parameters.

    Raises: LookupError, when a value does not.
    """

    def __init__(self, build: Callable[..., "models.QuerySet[Any, Any]"], **kinds: type) -> None:
        self._build = build
        self.kinds = kinds

    @cached_property
    def made(self) -> tuple[str, tuple[tuple[str, Any], ...]]:
        """The SQL, and for each of its parameters the name of a value, or the value itself."""
        asked = {
            name: SENTINELS[kind](place) for place, (name, kind) in enumerate(self.kinds.items())
        }
        names = {value: name for name, value in asked.items()}
        sql, parameters = self._build(**asked).query.sql_with_params()
        if set(names) - set(parameters):
            raise LookupError(sql)
        return sql, tuple((names.get(value, ""), value) for value in parameters)

    def rows(self, **given: Any) -> tuple[tuple[Any, ...], ...]:
        """The rows of the query with these values."""
        with connection.cursor() as cursor:
            cursor.execute(*self._statement.call(given))
            return tuple(cursor.fetchall())

    @cached_property
    def _statement(self) -> Statement:
        return Statement(*self.made, self.kinds)

    def objects(self, model: type[M], **given: Any) -> list[M]:
        """The rows as objects of the model that the query selects whole."""
        columns = model._meta.concrete_fields
        names = [column.attname for column in columns]
        found = []
        for row in self.rows(**given):
            values = [_read(column, value) for column, value in zip(columns, row, strict=True)]
            found.append(model.from_db(connection.alias, names, values))
        return found


def insert(row: models.Model) -> None:
    """Write a new row as ``save`` would, and give it the number that the database gives it."""
    columns, statement = _insertion(type(row))
    values = {
        column.attname: column.get_db_prep_save(column.pre_save(row, add=True), connection)
        for column in columns
    }
    with connection.cursor() as cursor:
        cursor.execute(*statement.call(values))
        [row.pk] = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias


@cache
def _insertion(
    model: type[models.Model],
) -> tuple[tuple["models.Field[Any, Any]", ...], Statement]:
    """The columns that we give, and the statement; the database numbers the row itself."""
    columns = tuple(
        column
        for column in model._meta.concrete_fields
        if not column.generated and not isinstance(column, models.AutoField)
    )
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(column.column)) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    table, number = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    sql = f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING {number}"
    return columns, Statement(sql, [(column.attname, None) for column in columns])


def _read(column: "models.Field[Any, Any]", value: Any) -> Any:
    """A value as the column reads it; JSON comes as text."""
    if isinstance(column, models.JSONField):
        return column.from_db_value(value, column.get_col(column.model._meta.db_table), connection)
    return value


class Together:
    """Several queries as one row of one statement.

    ``template`` has each query by its name in braces, and no values of its own. ``before`` is
    executed in the same message, as a statement of its own: what it waits for, the row shows.
    """

    def __init__(self, template: str, before: str = "", **parts: Compiled) -> None:
        self._template = template
        self._before = before
        self._parts = parts

    @cached_property
    def _statement(self) -> Statement:
        pieces: list[str] = []
        places: list[tuple[str, Any]] = []
        kinds: dict[str, type] = {}
        for text, name, _format, _conversion in Formatter().parse(self._template):
            pieces.append(text)
            if name:
                sql, asked = self._parts[name].made
                pieces.append(sql)
                places += asked
                kinds |= self._parts[name].kinds
        return Statement("".join(pieces), places, kinds)

    def row(self, *before: Any, **given: Any) -> tuple[Any, ...]:
        """The row, with ``before`` as the values of the statement before."""
        with connection.cursor() as cursor:
            sql, values = self._statement.call(given)
            cursor.execute(self._before + sql, [*before, *values])
            if self._before:
                cursor.nextset()
            found: tuple[Any, ...] = cursor.fetchone()
            return found


class Kept(Generic[V]):
    """What was made of rows that never change, the latest ``most`` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: dict[Hashable, V] = {}

    def get(
        self, key: Hashable, make: Callable[[], V], holds: Callable[[V], bool] = lambda made: True
    ) -> V:
        """What stands under ``key`` in this database, else what ``make`` makes.

        That is kept when ``holds`` says, afterwards, that it may be: nothing changed meanwhile.
        """
        place = (connection.settings_dict["NAME"], key)
        if place in self._found:
            return self._found[place]
        made = make()
        if holds(made):
            while len(self._found) >= self._most:
                self._found.pop(next(iter(self._found)), None)
            self._found[place] = made
        return made

    def forget(self) -> None:
        """Keep nothing any more: the database went back to what it was, as it does in tests."""
        self._found.clear()
