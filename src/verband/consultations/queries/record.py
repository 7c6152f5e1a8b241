"""What the roll-call shows of a ballot, and the leaf that seals it."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from verband.consultations.models import Ballot, RollLine
from verband.core.merkle import leaf_hash
from verband.kernel.journal import canonical


def record_of(ballot: Ballot, line: RollLine) -> Mapping[str, Any]:
    """One ballot as the public roll-call shows it: no person, only the member and the capacity."""
    return {
        "consultation": ballot.consultation.key,
        "member": ballot.member.key,
        "votes": line.votes,
        "number": ballot.number,
        "answers": ballot.answers,
        "reason": ballot.reason,
        "capacity": str(ballot.capacity),
        "by": ballot.by_member.key if ballot.by_member is not None else None,
        "at": ballot.recorded_from.astimezone(UTC).isoformat(),
        "nonce": ballot.nonce,
    }


def leaf_of(ballot: Ballot, line: RollLine) -> str:
    """The leaf of a ballot in the tree of its vote, in hex: the voter's receipt."""
    return leaf_hash(canonical(record_of(ballot, line))).hex()
