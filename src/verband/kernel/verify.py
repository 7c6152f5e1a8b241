"""Verification of the whole register against its audit tree.

First the tree: each line gives its leaf, the leaves give the stored nodes and the signed roots.
Then the rows: each row of the register is what an audit line says was written and closed, and no
row stands there that no line speaks of. Everything is read in one snapshot and as a stream, so that
memory does not grow with the register.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL

from verband.core.merkle import NotIncluded, NotInTree, Tree, check_inclusion, leaf_hash
from verband.kernel.audit import sealed_subjects
from verband.kernel.findings import (
    CheckpointGone,
    Finding,
    LeafAltered,
    LineAltered,
    LineMissing,
    LinesGone,
    NodeAltered,
    RootDiffers,
    SignatureWrong,
)
from verband.kernel.journal import canonical, digest
from verband.kernel.sealing import (
    Checkpoint,
    MerkleNode,
    SealedLeaf,
    proof_at,
    unsealed,
)
from verband.kernel.signing import trusted_keys
from verband.kernel.verify_rows import RowVerification

CHUNK = 2_000
PARTS = ("id", "at", "use_case", "actor", "actor_label", "details", "salt", "subjects", "record")


class Line(NamedTuple):
    """The columns of an audit line, in the order of ``PARTS``."""

    id: int
    at: datetime
    use_case: str
    actor: str
    actor_label: str
    details: Any
    salt: bytes
    subjects: list[str]
    record: Any


class Verification:
    """One run; ``findings`` yields what is wrong, the counts say how much was looked at."""

    def __init__(self) -> None:
        self.lines = self.unsealed = self.checkpoints = self.rows = 0
        self.altered: set[int] = set()

    def findings(self, *, rows: bool = True) -> Iterator[Finding]:
        """Everything that is not as it was sealed; ``rows`` to look at the data too.

        Raises:
            NoSigningKey: without the key no signature can be judged.
        """
        keys = trusted_keys()
        with snapshot():
            yield from self._tree(keys)
            for values in unsealed().values_list(*PARTS).iterator(CHUNK):
                self.unsealed += 1
                yield from self._parts(Line(*values))
            if rows:
                looked = RowVerification(self.altered)
                yield from looked.findings()
                self.rows = looked.rows

    def _tree(self, keys: list[bytes]) -> Iterator[Finding]:
        tree, before, whole = Tree(), 0, True
        nodes = _Nodes()
        checkpoints = Checkpoint.objects.order_by("size").iterator(CHUNK)
        following = next(checkpoints, None)
        for index, stored, *values in _leaves():
            self.lines += 1
            line = Line(*values)
            if whole and index != tree.size:
                whole = False
                yield LineMissing(index=tree.size)
            leaf = bytes(stored)
            computed = leaf_hash(canonical(line.record))
            if leaf != computed and _leads_to_root(computed, index):
                leaf = computed
                yield LeafAltered(line=line.id)
            elif leaf != computed:
                self.altered.add(line.id)
                yield LineAltered(line=line.id, column="record")
            else:
                yield from self._parts(line)
            if not whole:
                continue
            for (level, place), value in tree.add(leaf)[1:]:
                yield from nodes.compare(tree.size, level, place, value)
            if following is not None and following.size == tree.size:
                yield from self._checkpoint(following, keys, tree.root(), before)
                before, following = following.size, next(checkpoints, None)
        if whole:
            yield from nodes.rest()
            if before != tree.size:
                yield CheckpointGone(lines=tree.size, size=before)
        while following is not None:
            yield from self._checkpoint(following, keys, None, before)
            if following.size > self.lines:
                yield LinesGone(size=following.size, lines=self.lines)
            following = next(checkpoints, None)

    def _checkpoint(
        self, found: Checkpoint, keys: list[bytes], root: bytes | None, before: int
    ) -> Iterator[Finding]:
        self.checkpoints += 1
        if not any(found.note.is_signed_by(key) for key in keys):
            yield SignatureWrong(size=found.size)
        elif root is not None and root != bytes(found.root):
            yield RootDiffers(size=found.size, before=before)

    def _parts(self, line: Line) -> Iterator[Finding]:
        """What stands beside the sealed record must be what the record commits to."""
        salt, record = bytes(line.salt), line.record if isinstance(line.record, dict) else {}
        who = {"key": line.actor, "label": line.actor_label}
        said = {
            "at": _instant(record.get("at")) == line.at,
            "use_case": record.get("use_case") == line.use_case,
            "actor": record.get("actor") == digest(salt, who),
            "details": record.get("details") == digest(salt, line.details),
            "subjects": record.get("subjects") == sealed_subjects(line.subjects),
        }
        if not said["actor"] and not said["details"]:
            said = {**said, "actor": True, "details": True, "salt": False}
            self.altered.add(line.id)
        for column, holds in said.items():
            if not holds:
                yield LineAltered(line=line.id, column=column)


class _Nodes:
    """The stored nodes, in the order in which the tree completes them."""

    def __init__(self) -> None:
        end = RawSQL('(("index" + 1) << level)', [], output_field=models.BigIntegerField())
        self.stored = (
            MerkleNode.objects.annotate(end=end)
            .order_by("end", "level")
            .values_list("end", "level", "index", "hash")
            .iterator(CHUNK)
        )
        self.next = next(self.stored, None)

    def compare(self, end: int, level: int, place: int, value: bytes) -> Iterator[Finding]:
        while self.next is not None and self.next[:2] < (end, level):
            yield from self._wrong()
        if self.next is None or self.next[:2] != (end, level):
            yield NodeAltered(level=level, index=place)
            return
        if bytes(self.next[3]) != value:
            yield NodeAltered(level=level, index=place)
        self.next = next(self.stored, None)

    def rest(self) -> Iterator[Finding]:
        while self.next is not None:
            yield from self._wrong()

    def _wrong(self) -> Iterator[Finding]:
        if self.next is not None:
            yield NodeAltered(level=self.next[1], index=self.next[2])
        self.next = next(self.stored, None)


def _instant(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _leaves() -> Iterator[tuple[Any, ...]]:
    parts = [f"line__{name}" for name in PARTS]
    leaves = SealedLeaf.objects.order_by("index").values_list("index", "hash", *parts)
    return leaves.iterator(CHUNK)


def _leads_to_root(leaf: bytes, index: int) -> bool:
    """Whether the stored tree leads from ``leaf`` to the next signed root."""
    signed = Checkpoint.objects.filter(size__gt=index).order_by("size").first()
    if signed is None:
        return False
    try:
        proof = proof_at(index, signed.size)
        check_inclusion(leaf, index=index, size=signed.size, proof=proof, root=bytes(signed.root))
    except (NotIncluded, NotInTree, KeyError):
        return False
    return True


@contextmanager
def snapshot() -> Iterator[None]:
    """One consistent view of the database, also while others write; read only."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
