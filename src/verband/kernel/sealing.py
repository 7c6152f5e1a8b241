"""Sealing: audit lines get their place in the Merkle tree, and the root is signed.

Writing a line never waits for its seal: the worker seals every minute. Lines get their index in
order of id *among those that are committed*; one that commits later gets a later index. One
transaction under one lock gives indexes, stores nodes and signs, so that two workers do not meet
and a worker that is killed leaves nothing half done.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from verband.core.errors import DomainError
from verband.core.merkle import (
    Place,
    Tree,
    consistency_places,
    fold,
    inclusion_places,
    leaf_hash,
    places,
)
from verband.kernel.audit import AuditLine
from verband.kernel.signing import Note, sign

LOCK = 0x5EA1  # advisory lock of the sealing; the number means nothing
BATCH = 5_000  # lines in one transaction


class NotSealed(DomainError):
    """An audit line has no place in the tree yet."""

    code = "not_sealed"
    template = "Line %(line)s is not sealed yet. The worker seals every minute; try again then."


class NoCheckpoint(DomainError):
    """No checkpoint of this size was signed."""

    code = "no_checkpoint"
    template = "There is no checkpoint of %(size)s lines."


class SealedLeaf(models.Model):
    """The place of an audit line in the tree and the hash of its record."""

    index = models.BigIntegerField(primary_key=True)
    line = models.OneToOneField(AuditLine, on_delete=models.PROTECT, related_name="seal")
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering: ClassVar = ["index"]

    def __str__(self) -> str:
        return str(self.index)


class MerkleNode(models.Model):
    """The root of a complete subtree of two leaves or more; it never changes."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["level", "index"], name="kernel_merklenode_place")
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """The signed root over the first ``size`` lines."""

    size = models.BigIntegerField(_("number of lines"), primary_key=True)
    root = models.BinaryField(_("root"), max_length=32)
    at = models.DateTimeField(_("at"))
    origin = models.CharField(_("origin"), max_length=200)
    key_id = models.BinaryField(_("key"), max_length=4)
    signature = models.BinaryField(_("signature"), max_length=64)

    class Meta:
        ordering: ClassVar = ["size"]

    def __str__(self) -> str:
        return str(self.size)

    @property
    def note(self) -> Note:
        """The checkpoint as a signed note."""
        return Note(
            self.origin, self.size, bytes(self.root), bytes(self.key_id), bytes(self.signature)
        )


def seal(now: datetime) -> int:
    """Seal every committed line that is not sealed yet; returns how many.

    Raises:
        NoSigningKey: there is no readable key; nothing is sealed then.
    """
    total = 0
    while count := _seal_batch(now):
        total += count
    return total


def unsealed() -> models.QuerySet[AuditLine]:
    """The committed lines that have no place in the tree yet, in order of id."""
    return AuditLine.objects.filter(seal__isnull=True).order_by("id")


@transaction.atomic(durable=True)
def _seal_batch(now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    lines = list(unsealed().only("id", "record")[:BATCH])
    if not lines:
        return 0
    tree = current_tree()
    leaves, nodes = [], []
    for line in lines:
        (_place, leaf), *made = tree.add(leaf_hash(line.leaf))
        leaves.append(SealedLeaf(index=tree.size - 1, line=line, hash=leaf))
        nodes += [MerkleNode(level=at[0], index=at[1], hash=value) for at, value in made]
    SealedLeaf.objects.bulk_create(leaves)
    MerkleNode.objects.bulk_create(nodes)
    note = sign(tree.size, tree.root())
    Checkpoint.objects.create(
        size=note.size,
        root=note.root,
        at=now,
        origin=note.origin,
        key_id=note.key_id,
        signature=note.signature,
    )
    return len(lines)


def current_tree() -> Tree:
    """The tree as far as it is sealed, ready to grow."""
    last = SealedLeaf.objects.order_by("-index").values_list("index", flat=True).first()
    size = 0 if last is None else last + 1
    hashes = _hashes([(place,) for place in places(0, size)])
    return Tree(size, hashes)


def latest_checkpoint() -> Checkpoint | None:
    """The newest signed checkpoint, if there is one."""
    return Checkpoint.objects.order_by("-size").first()


def checkpoint(size: int) -> Checkpoint:
    """The checkpoint of ``size`` lines.

    Raises:
        NoCheckpoint: none was signed.
    """
    found = Checkpoint.objects.filter(size=size).first()
    if found is None:
        raise NoCheckpoint(size=size)
    return found


def place_of(line: AuditLine) -> int:
    """The index of ``line`` in the tree.

    Raises:
        NotSealed: it has none yet.
    """
    index = SealedLeaf.objects.filter(line=line).values_list("index", flat=True).first()
    if index is None:
        raise NotSealed(line=line.pk)
    return index


def inclusion_proof(line: AuditLine, size: int) -> list[bytes]:
    """The hashes that lead from ``line`` to the root over the first ``size`` lines.

    Raises:
        NotSealed: the line has no place yet.
        NotInTree: its place lies after ``size``.
    """
    return proof_at(place_of(line), size)


def proof_at(index: int, size: int) -> list[bytes]:
    """The hashes that lead from the line at ``index`` to the root over the first ``size`` lines.

    Raises:
        NotInTree: ``index`` lies after ``size``.
    """
    return _hashes(inclusion_places(index, size))


def consistency_proof(old: int, new: int) -> list[bytes]:
    """The hashes that show that the first ``old`` of ``new`` lines are unchanged.

    Raises:
        NotInTree: ``old`` is none or more than ``new``.
    """
    return _hashes(consistency_places(old, new))


def _hashes(parts: Sequence[Iterable[Place]]) -> list[bytes]:
    """One hash for each part, with two queries whatever the size of the tree."""
    wanted = {place for part in parts for place in part}
    leaves = [index for level, index in wanted if level == 0]
    above = models.Q(pk__in=[])
    for level, index in wanted:
        if level:
            above |= models.Q(level=level, index=index)
    found: dict[Place, bytes] = {
        (0, leaf.index): bytes(leaf.hash) for leaf in SealedLeaf.objects.filter(index__in=leaves)
    }
    for node in MerkleNode.objects.filter(above):
        found[node.level, node.index] = bytes(node.hash)
    return [fold([found[place] for place in part]) for part in parts]
