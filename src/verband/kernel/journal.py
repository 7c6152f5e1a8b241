"""What one use case wrote: every row added, every row whose knowledge was closed.

The journal is what ties the data to the audit tree. A row can only be written while a journal is
open, and only a use case opens one.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from verband.core.errors import DomainError


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
    """The changes of one use case, in the order in which they were made."""

    changes: list[Change] = field(default_factory=list)

    def note(self, verb: str, row: models.Model) -> None:
        """Remember one change."""
        self.changes.append(Change(verb, row, digest(row)))

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


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces, as UTF-8 (RFC 8785 for our strings and integers)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content(row: models.Model) -> dict[str, str | None]:
    """The columns of a row that never change after it was written, each as text."""
    closing: tuple[str, ...] = getattr(row, "CLOSING", ())
    values: dict[str, str | None] = {"table": row._meta.db_table}
    for column in row._meta.concrete_fields:
        if column.generated or column.attname in closing:
            continue
        values[column.attname] = as_text(column, getattr(row, column.attname))
    return values


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
    return str(value)


def digest(row: models.Model) -> str:
    """SHA-256 of a row's lasting content, in hex."""
    return hashlib.sha256(canonical(content(row))).hexdigest()


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
