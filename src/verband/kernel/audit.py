"""Audit lines: who did what, when, and exactly which rows that wrote.

A line is written once and never changed (a trigger in the database refuses it). Its ``record`` is
what the Merkle tree seals. What a person typed (``details``) and who that person is stand in the
tree only as salted commitments, so that they can be erased when the law asks, without breaking the
tree (``4-algorithms``: RFC 6962, and section 7 of docs/algorithms/audit.md).
"""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.kernel.journal import Journal, canonical, digest
from verband.kernel.permissions import Actor
from verband.kernel.remembered import insert

LONG = 40  # a longer list of arguments (a file with rows) is kept as its count and its hash


class AuditLine(models.Model):
    """One use case that was carried out."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("at"), db_index=True)
    use_case = models.CharField(_("use case"), max_length=100)
    actor = models.CharField(_("actor"), max_length=100)
    actor_label = models.CharField(_("actor in words"), max_length=200)
    details = models.JSONField(_("details"))
    salt = models.BinaryField(max_length=16)
    subjects = ArrayField(models.TextField(), verbose_name=_("subjects"))
    record = models.JSONField(_("sealed record"))

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [GinIndex(fields=["subjects"], name="kernel_auditline_subjects")]

    def __str__(self) -> str:
        return f"{self.pk} {self.use_case}"

    @property
    def leaf(self) -> bytes:
        """The bytes that the tree seals."""
        return canonical(self.record)


def sealed_subjects(subjects: list[str]) -> str:
    """SHA-256 over the things that a line is about, so that none can be dropped from its trail."""
    return digest(b"", subjects)


def write_line(
    *, use_case: str, actor: Actor, now: datetime, arguments: dict[str, Any], journal: Journal
) -> AuditLine:
    """Write the audit line of a use case and of the rows in its journal."""
    salt, subjects = journal.salt, journal.subjects()
    details = {name: plain(value) for name, value in sorted(arguments.items())}
    who = {"key": actor.key, "label": str(actor.label)[:200]}
    record = {
        "at": now.isoformat(),
        "use_case": use_case,
        "actor": digest(salt, who),
        "details": digest(salt, details),
        "subjects": sealed_subjects(subjects),
        "rows": [[c.table, c.row.pk, c.verb, c.digest] for c in journal.changes],
    }
    line = AuditLine(
        at=now,
        use_case=use_case,
        actor=actor.key,
        actor_label=who["label"],
        details=details,
        salt=salt,
        subjects=subjects,
        record=record,
    )
    insert(line)
    return line


def plain(value: object) -> object:
    """An argument as JSON: things by their table and key, days and fractions as text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, models.Model):
        return {"table": value._meta.db_table, "id": value.pk, "name": str(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, Fraction, float)):
        return str(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (set, frozenset)):
        return plain(sorted(value))
    if isinstance(value, (list, tuple)):
        if len(value) <= LONG:
            return [plain(item) for item in value]
        text = canonical([plain(item) for item in value])
        return {"count": len(value), "sha256": hashlib.sha256(text).hexdigest()}
    return str(value)
