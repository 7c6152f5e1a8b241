"""The public part of the audit tree: signed roots, and the proof that a line is in it."""

from collections.abc import Sequence

from verband.integrations.listings import Listing
from verband.integrations.problems import UnknownKey
from verband.integrations.shapes import CheckpointShape, Shape
from verband.kernel.audit import AuditLine
from verband.kernel.export import receipt
from verband.kernel.sealing import Checkpoint
from verband.ui.reading import Reading


class CheckpointListing(Listing):
    """Signed roots, the newest first; none that was signed after what is known."""

    def __init__(self, reading: Reading) -> None:
        rows = Checkpoint.objects.order_by("-size")
        self.rows = rows if reading.known is None else rows.filter(at__lte=reading.known)

    def total(self) -> int:
        """How many there are. One query."""
        return self.rows.count()

    def part(self, start: int, stop: int) -> Sequence[Shape]:
        """One query."""
        return [_given(row) for row in self.rows[start:stop]]


def _given(row: Checkpoint) -> CheckpointShape:
    return CheckpointShape(
        size=row.size,
        at=row.at,
        root=bytes(row.root).hex(),
        origin=row.origin,
        key_id=bytes(row.key_id).hex(),
        note=row.note.text,
    )


def proof_of(number: int) -> bytes:
    """The proof that an audit line is in the tree of the newest checkpoint, as JSON.

    It holds the sealed record, which names no one: who acted and what was typed stand in it only as
    salted hashes.

    Raises:
        UnknownKey: there is no line of this number.
        NothingSealed, NotSealed: the line is not in the tree yet.
        NoSigningKey: the public key cannot be read.
    """
    line = AuditLine.objects.filter(pk=number).only("id", "record").first()
    if line is None:
        raise UnknownKey
    return receipt(line)
