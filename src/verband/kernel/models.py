"""The kernel's only tables: the audit line and its seal."""

from verband.kernel.audit import AuditLine
from verband.kernel.sealing import Checkpoint, MerkleNode, SealedLeaf

__all__ = ["AuditLine", "Checkpoint", "MerkleNode", "SealedLeaf"]
