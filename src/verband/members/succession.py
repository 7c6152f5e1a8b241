"""What follows, for members themselves, when municipalities merge, split or move a border.

These are steps inside the use case ``bodies.record_succession``, which answers for permission and
audit and lets seats and networks follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from verband.core.errors import DomainError
from verband.kernel.existence import stop
from verband.kernel.two_times import TwoTimesQuerySet, record, record_all
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


class SucceedsItself(DomainError):
    """Nobody takes its own place."""

    code = "succeeds_itself"
    template = "%(name)s cannot be its own successor. Choose another successor."


class SucceededAlready(DomainError):
    """Who follows whom on a day is recorded once."""

    code = "succeeded_already"
    template = "It is already recorded that %(name)s is succeeded on %(day)s by %(successor)s."


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
    """Refuse a succession of what does not exist, twice, or with two main successors.

    Whoever else records a succession of the same predecessors waits until this one is done.

    Raises:
        SuccessorMissing, PredecessorMissing, OneMainSuccessor, SucceedsItself, SucceededAlready.
    """
    mains = _recorded(parts, day)
    for part in parts:
        if part.predecessor.pk == part.successor.pk:
            raise SucceedsItself(name=part.predecessor)
        if not _facts(part.successor).at(day).exists():
            raise SuccessorMissing(name=part.successor, day=day)
        before = [f for f in _facts(part.predecessor) if f.valid_from is None or f.valid_from < day]
        if not any(f.valid_until is None or f.valid_until >= day for f in before):
            raise PredecessorMissing(name=part.predecessor, day=day)
        if part.is_main and mains.setdefault(part.predecessor.pk, part.successor.pk) != (
            part.successor.pk
        ):
            raise OneMainSuccessor(name=part.predecessor)


def _recorded(parts: Sequence[Part], day: date) -> dict[int, int]:
    """The main successors on ``day`` that are known already, after a look for the same pairs."""
    keys = {part.predecessor.pk for part in parts}
    list(Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    pairs = {(part.predecessor.pk, part.successor.pk) for part in parts}
    rows = Succession.objects.filter(predecessor__in=keys, valid_from=day).known(None)
    mains: dict[int, int] = {}
    for row in rows.select_related("predecessor", "successor"):
        if (row.predecessor_id, row.successor_id) in pairs:
            raise SucceededAlready(name=row.predecessor, day=day, successor=row.successor)
        if row.is_main:
            mains[row.predecessor_id] = row.successor_id
    return mains


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
        stop(rows, day=day, now=now)
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
