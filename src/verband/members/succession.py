"""What follows, for members themselves, when municipalities merge, split or move a border.

These are steps inside the use case ``bodies.record_succession``, which answers for permission and
audit and lets seats and networks follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from verband.core.errors import DomainError
from verband.kernel.two_times import TwoTimesQuerySet, end, record, record_all
from verband.members.models import (
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    Succession,
    SuccessionKind,
)


class SuccessorMissing(DomainError):
    """Whoever takes over must exist on the day."""

    code = "successor_missing"
    template = "%(name)s does not exist on %(day)s. Add it to the register first."


class PredecessorMissing(DomainError):
    """Only what exists can be succeeded."""

    code = "predecessor_missing"
    template = "%(name)s does not exist just before %(day)s."


class OneMainSuccessor(DomainError):
    """A predecessor has at most one main successor."""

    code = "one_main_successor"
    template = "%(name)s has more than one main successor. Choose one."


@dataclass(frozen=True, slots=True)
class Part:
    """``successor`` takes over (part of) ``predecessor``; ``ceases``: the predecessor ends."""

    predecessor: Organisation
    successor: Organisation
    kind: SuccessionKind
    ceases: bool
    is_main: bool

    def __str__(self) -> str:
        return f"{self.predecessor.key} {self.kind} {self.successor.key}"


def refuse_impossible(parts: Sequence[Part], day: date) -> None:
    """Refuse a succession of what does not exist, or with two main successors.

    Raises:
        SuccessorMissing, PredecessorMissing, OneMainSuccessor.
    """
    mains: dict[int, int] = {}
    for part in parts:
        if not _facts(part.successor).at(day).exists():
            raise SuccessorMissing(name=part.successor, day=day)
        before = [f for f in _facts(part.predecessor) if f.valid_from is None or f.valid_from < day]
        if not any(f.valid_until is None or f.valid_until >= day for f in before):
            raise PredecessorMissing(name=part.predecessor, day=day)
        if part.is_main and mains.setdefault(part.predecessor.pk, part.successor.pk) != (
            part.successor.pk
        ):
            raise OneMainSuccessor(name=part.predecessor)


def write_successions(
    parts: Sequence[Part], *, day: date, now: datetime, source: str, certainty: str
) -> list[Succession]:
    """Write who follows whom from ``day`` on."""
    rows = [
        Succession(
            predecessor=p.predecessor,
            successor=p.successor,
            kind=p.kind,
            ceases=p.ceases,
            is_main=p.is_main,
            valid_from=day,
            source=source,
            certainty=certainty,
        )
        for p in parts
    ]
    return record_all(rows, now=now)


def end_ceasing(parts: Sequence[Part], *, day: date, now: datetime) -> None:
    """End name, membership and offices of who ceases; admit who follows a member.

    What was already known to end on or before ``day`` is left alone.
    """
    was_member = _members_among((p.predecessor for p in parts), day - timedelta(days=1))
    for organisation in {p.predecessor.pk: p.predecessor for p in parts if p.ceases}.values():
        rows: list[OrganisationFact | Membership | OfficeFact] = [
            *_facts(organisation),
            *Membership.objects.filter(organisation=organisation).known(None),
            *OfficeFact.objects.filter(office__organisation=organisation).known(None),
        ]
        for row in rows:
            if row.runs_into(day):
                end(row, day=day, now=now)
    heirs = {p.successor.pk: p.successor for p in parts if p.predecessor.pk in was_member}
    members = _members_among(heirs.values(), day)
    for pk, organisation in heirs.items():
        if pk not in members:
            record(Membership(organisation=organisation, valid_from=day), now=now)


def _members_among(organisations: Iterable[Organisation], day: date) -> set[int]:
    rows = Membership.objects.filter(organisation__in=list(organisations)).at(day).known(None)
    return set(rows.values_list("organisation_id", flat=True))


def _facts(organisation: Organisation) -> TwoTimesQuerySet:
    return OrganisationFact.objects.filter(organisation=organisation).known(None)
