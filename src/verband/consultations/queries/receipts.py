"""Proof that a row of a vote was sealed, and the receipt of one ballot.

A receipt holds what the voter needs to show later that this ballot was cast: its public record, the
row as the audit line sealed it with the salt of that line, and the way to a signed checkpoint. It
says nothing of other ballots. Whoever has the receipt can check who acted against a name, because
of the salt; so a receipt is the voter's own.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from verband.consultations.kinds import StepKind
from verband.consultations.models import Ballot, Consultation, RollLine
from verband.consultations.queries.record import record_of
from verband.consultations.queries.roll_call import roll_call
from verband.consultations.queries.standing import Standing, standing_of
from verband.core.merkle import leaf_hash
from verband.kernel.audit import AuditLine
from verband.kernel.export import keys_of
from verband.kernel.journal import canonical, content
from verband.kernel.sealing import Checkpoint, SealedLeaf, proof_at
from verband.kernel.two_times import ThingModel

RECEIPT = "verband-receipt-1"
Proof = dict[str, Any]


def witness(rows: Mapping[str, ThingModel]) -> Proof | None:
    """Proof that rows were written, each by its audit line, under one signed checkpoint.

    It is the first checkpoint that holds them all, so that the proof stays the same for ever;
    nothing until they are sealed. Four queries and two for each row.
    """
    lines = {name: line_that_wrote(row) for name, row in rows.items()}
    found = {name: line for name, line in lines.items() if line is not None}
    places = dict(
        SealedLeaf.objects.filter(line__in=found.values()).values_list("line_id", "index")
    )
    if len(found) < len(rows) or len(places) < len({line.pk for line in found.values()}):
        return None
    newest = max(places.values())
    checkpoint = Checkpoint.objects.filter(size__gt=newest).order_by("size").first()
    if checkpoint is None:
        return None
    return {
        "checkpoint": checkpoint.note.text,
        "keys": keys_of(checkpoint),
        "lines": {
            name: {
                "record": line.record,
                "index": places[line.pk],
                "proof": _hex(proof_at(places[line.pk], checkpoint.size)),
                "salt": bytes(line.salt).hex(),
                "row": content(rows[name]),
            }
            for name, line in found.items()
        },
    }


def line_that_wrote(row: ThingModel) -> AuditLine | None:
    """The audit line of the use case that added a row. One query."""
    subject = f"{row._meta.db_table}:{row.pk}"
    return AuditLine.objects.filter(subjects__contains=[subject]).order_by("id").first()


def receipt_of(token: UUID) -> Proof | None:
    """The receipt of the ballot cast with this token, as far as there is proof by now."""
    ballot = (
        Ballot.objects.filter(token=token)
        .select_related("consultation", "member", "by_member")
        .first()
    )
    if ballot is None:
        return None
    standing = standing_of(ballot.consultation)
    line = RollLine.objects.get(consultation=ballot.consultation, member=ballot.member_id)
    record = record_of(ballot, line)
    return {
        "format": RECEIPT,
        "consultation": ballot.consultation.key,
        "leaf": leaf_hash(canonical(record)).hex(),
        "record": record,
        "audit": witness({"ballot": ballot}),
        "vote": _place(standing, ballot),
    }


def _place(standing: Standing, ballot: Ballot) -> Proof | None:
    """Where the ballot stands in the tree of its vote, once that is closed."""
    closed = standing.steps.get(StepKind.CLOSED)
    if closed is None or "root" not in closed.data:
        return None
    made = roll_call(standing)
    index = made.index_of(ballot)
    return {
        "index": index,
        "size": closed.data["size"],
        "root": closed.data["root"],
        "proof": _hex(made.proof(index)),
    }


def published_ballot(code: str) -> tuple[Standing, Ballot] | None:
    """The ballot whose receipt code begins so, if its vote is published. Three queries."""
    ballots = Ballot.objects.filter(leaf__startswith=code, consultation__steps__kind="published")
    for ballot in ballots.select_related("consultation", "member")[:1]:
        standing = standing_of(ballot.consultation)
        if standing.is_published:
            return standing, ballot
    return None


def latest_number(consultation: Consultation, member: int) -> int:
    """The number of the ballot that counts for a member."""
    rows = Ballot.objects.filter(consultation=consultation, member=member)
    return rows.order_by("-number").values_list("number", flat=True).first() or 0


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in hashes]
