"""What one use case wrote: every row added, every row whose knowledge was closed.

The journal is what ties the data to the audit tree. A row can only be written while a journal is
open, and only a use case opens one.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from verband.core.errors import DomainError

T = TypeVar("T")


class OutsideUseCase(DomainError):
    """A row was about to be written without permission, transaction and audit line."""

    code = "outside_use_case"
    template = "%(table)s can only be changed by a use case."


@dataclass(frozen=True, slots=True)
class Change:
    """One row that a use case added or closed; ``verb`` says how."""

    verb: str
    row: models.Model
    digest: str

    @property
    def table(self) -> str:
        """The row's table."""
        return self.row._meta.db_table


@dataclass(slots=True)
class Journal:
    """The changes of one use case, in the order in which they were made.

    ``salt`` keeps the digests from being guessed by whoever sees only the sealed record.
    ``answers`` holds what the register said to ``ask_once`` since the last change.
    """

    changes: list[Change] = field(default_factory=list)
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    answers: dict[Hashable, Any] = field(default_factory=dict)

    def note(self, verb: str, row: models.Model) -> None:
        """Remember one change."""
        self.answers.clear()
        self.changes.append(Change(verb, row, digest(self.salt, content(row))))

    def subjects(self) -> list[str]:
        """The things that the changes are about, as ``table:id``, each once, sorted."""
        found: set[str] = set()
        for change in self.changes:
            found.update(subjects_of(change.row))
        return sorted(found)


_journal: ContextVar[Journal | None] = ContextVar("journal", default=None)


def current_journal(table: str) -> Journal:
    """The open journal.

    Raises:
        OutsideUseCase: no use case is running.
    """
    journal = _journal.get()
    if journal is None:
        raise OutsideUseCase(table=table)
    return journal


@contextmanager
def open_journal() -> Iterator[Journal]:
    """Open a journal for the length of one use case."""
    journal = Journal()
    token = _journal.set(journal)
    try:
        yield journal
    finally:
        _journal.reset(token)


def ask_once(question: Hashable, find: Callable[[], T]) -> T:
    """What ``find`` says, asked once within a use case until it changes something.

    So the permission and the step may ask the register the same thing, and it is read once.
    """
    journal = _journal.get()
    if journal is None:
        return find()
    if question not in journal.answers:
        journal.answers[question] = find()
    found: T = journal.answers[question]
    return found


def answered(question: Hashable, answer: object) -> None:
    """Let ``ask_once`` know what was read together with something else."""
    journal = _journal.get()
    if journal is not None:
        journal.answers[question] = answer


_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces, as UTF-8 (RFC 8785 for our strings and integers)."""
    return _encode(value).encode()


def content(row: models.Model) -> dict[str, str | None]:
    """The columns of a row, each as text; how it was closed only once it is closed.

    So the digest of a closing seals its instant too, and the digest of an addition holds for ever.
    """
    columns = columns_of(type(row))
    # As the database will give it back: 0 is false, "3" is 3.
    values = [column.to_python(getattr(row, column.attname)) for column in columns]
    return as_content(type(row), columns, values)


def columns_of(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    """The columns that a digest speaks of."""
    return [column for column in model._meta.concrete_fields if not column.generated]


def as_content(
    model: type[models.Model], columns: list["models.Field[Any, Any]"], values: Iterable[Any]
) -> dict[str, str | None]:
    """The content of a row from the values of its columns."""
    found: dict[str, str | None] = {"table": model._meta.db_table}
    for column, value in zip(columns, values, strict=True):
        found[column.attname] = as_text(column, value)
    if found.get("recorded_until", "") is None:
        for name in getattr(model, "CLOSING", ()):
            del found[name]
    return found


def as_added(model: type[models.Model], found: dict[str, str | None]) -> dict[str, str | None]:
    """The content as it was when the row was written, before it was closed."""
    closing = getattr(model, "CLOSING", ())
    return {name: value for name, value in found.items() if name not in closing}


def as_text(column: "models.Field[Any, Any]", value: object) -> str | None:
    """One value as text, the same before writing and after reading back."""
    if value is None:
        return None
    if isinstance(column, models.DecimalField):
        return f"{Decimal(str(value)):.{column.decimal_places}f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return canonical(value).decode()
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return str(value)


def digest(salt: bytes, value: object) -> str:
    """SHA-256 of ``salt`` and the value, in hex: proves it later, tells nothing now."""
    return hashlib.sha256(salt + canonical(value)).hexdigest()


def subjects_of(row: models.Model) -> Iterator[str]:
    """The things that a row is or speaks of: itself when a thing, else the things it points to."""
    if getattr(row, "IS_THING", False):
        yield f"{row._meta.db_table}:{row.pk}"
    for column in row._meta.concrete_fields:
        target = column.related_model
        if isinstance(target, type) and getattr(target, "IS_THING", False):
            key = getattr(row, column.attname)
            if key is not None:
                yield f"{target._meta.db_table}:{key}"
