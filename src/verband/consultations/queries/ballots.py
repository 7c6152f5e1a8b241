"""The ballots that count: of every member the latest, with its line on the roll."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verband.consultations.models import Ballot, Consultation, RollLine


@dataclass(frozen=True, slots=True)
class Line:
    """A member on the frozen roll."""

    member_id: int
    key: str
    name: str
    votes: int
    inhabitants: int | None
    segments: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """A member's latest ballot with its line on the roll; ``by`` is who held its proxy."""

    member_id: int
    key: str
    name: str
    votes: int
    inhabitants: int | None
    segments: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, Any]
    reason: str
    capacity: str
    by: str | None
    at: datetime
    number: int


def roll_of(consultation: Consultation) -> list[Line]:
    """The frozen roll, by name. One query."""
    rows = RollLine.objects.filter(consultation=consultation).order_by("name", "member__key")
    fields = ("member_id", "member__key", "name", "votes", "inhabitants", "segments")
    return [
        Line(
            pk, key, name, votes, inhabitants, {of: tuple(codes) for of, codes in segments.items()}
        )
        for pk, key, name, votes, inhabitants, segments in rows.values_list(*fields)
    ]


def counted_ballots(
    consultation: Consultation, roll: list[Line] | None = None, until: datetime | None = None
) -> list[Counted]:
    """The latest ballot of every member that voted, by name.

    ``roll``: the roll, when it was read already. ``until``: as it was before that instant. One
    query, and one more for the roll.
    """
    ballots = Ballot.objects.filter(consultation=consultation)
    if until is not None:
        ballots = ballots.filter(recorded_from__lt=until)
    latest = ballots.order_by("member_id", "-number").distinct("member_id")
    fields = ("answers", "reason", "capacity", "by_member__key", "recorded_from", "number")
    cast = {pk: said for pk, *said in latest.values_list("member_id", *fields)}
    lines = roll_of(consultation) if roll is None else roll
    return [
        Counted(
            line.member_id,
            line.key,
            line.name,
            line.votes,
            line.inhabitants,
            line.segments,
            *cast[line.member_id],
        )
        for line in lines
        if line.member_id in cast
    ]
