"""The kernel's only tables: the audit line and its seal."""

from verband.kernel.audit import AuditLine

__all__ = ["AuditLine"]
