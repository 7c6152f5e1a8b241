"""For what is asked a hundred times a second: SQL that is made once, and rows that never change.

Facts are never edited, only closed; so whoever holds the ids of the current rows knows whether
what was read before still holds. ``Compiled`` asks for those ids cheaply, ``Kept`` holds what was
made of them. The key of what is kept names the database, because a copy of one has the same ids.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models

V = TypeVar("V")
M = TypeVar("M", bound=models.Model)
SENTINELS: Mapping[type, Callable[[int], Any]] = {
    int: lambda place: -1_000_000_007 - place,
    date: lambda place: date(1001, 1, 1) + timedelta(days=place),
}


class Compiled:
    """A query of which the SQL is made once; only what is asked differs.

    ``build`` makes the query from values of the named kinds, which must each come back as they are
    among the query's parameters.

    Raises: LookupError, when a value does not.
    """

    def __init__(self, build: Callable[..., "models.QuerySet[Any, Any]"], **kinds: type) -> None:
        self._build = build
        self._kinds = kinds

    @cached_property
    def _made(self) -> tuple[str, tuple[tuple[str, Any], ...]]:
        """The SQL, and for each of its parameters the name of a value, or the value itself."""
        asked = {
            name: SENTINELS[kind](place) for place, (name, kind) in enumerate(self._kinds.items())
        }
        names = {value: name for name, value in asked.items()}
        sql, parameters = self._build(**asked).query.sql_with_params()
        if set(names) - set(parameters):
            raise LookupError(sql)
        return sql, tuple((names.get(value, ""), value) for value in parameters)

    def rows(self, **given: Any) -> tuple[tuple[Any, ...], ...]:
        """The rows of the query with these values."""
        sql, parameters = self._made
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[name] if name else value for name, value in parameters])
            return tuple(cursor.fetchall())

    def objects(self, model: type[M], **given: Any) -> list[M]:
        """The rows as objects of the model that the query selects whole."""
        columns = model._meta.concrete_fields
        names = [column.attname for column in columns]
        found = []
        for row in self.rows(**given):
            values = [_read(column, value) for column, value in zip(columns, row, strict=True)]
            found.append(model.from_db(connection.alias, names, values))
        return found


def _read(column: "models.Field[Any, Any]", value: Any) -> Any:
    """A value as the column reads it; JSON comes as text."""
    if isinstance(column, models.JSONField):
        return column.from_db_value(value, column.get_col(column.model._meta.db_table), connection)
    return value


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
