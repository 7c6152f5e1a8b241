"""Answers about members on a day, as known at an instant: who, how many people, how many votes."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from verband.core.period import Period
from verband.core.voting.keys import Rounding, VotingKey
from verband.members.models import (
    Membership,
    Organisation,
    OrganisationFact,
    PopulationFigure,
    Succession,
    SuccessionKind,
    VotingKeyFact,
)
from verband.members.names import name_of


class Basis(StrEnum):
    """Where a number of inhabitants comes from."""

    OWN = "own"
    DERIVED = "derived"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


class Inhabitants(NamedTuple):
    """Inhabitants that apply to a member on a day.

    ``derived``: the sum of wholly absorbed predecessors; ``incomplete``: a predecessor was divided
    and its part is unknown. ``parts`` are the predecessors whose figures were summed.
    """

    number: int | None
    basis: Basis
    reference_date: date | None = None
    source: str = ""
    certainty: str = ""
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberVotes:
    """One member with its name, inhabitants and votes on a day."""

    organisation: Organisation
    fact: OrganisationFact
    inhabitants: Inhabitants
    votes: int | None


class OrganisationKey(NamedTuple):
    """An organisation as a list of many needs it."""

    pk: int
    key: str
    code: str
    kind: str


class MemberName(NamedTuple):
    """What a member is called, and the province it lies in."""

    name: str
    name_en: str
    abbreviation: str
    province_id: int | None


class Member(NamedTuple):
    """One of many members: as ``MemberVotes``, without the rows themselves."""

    pk: int
    key: str
    code: str
    kind: str
    name: str
    name_en: str
    abbreviation: str
    province_id: int | None
    inhabitants: Inhabitants
    votes: int | None

    @property
    def organisation(self) -> OrganisationKey:
        """The organisation itself."""
        return OrganisationKey(self.pk, self.key, self.code, self.kind)

    @property
    def fact(self) -> MemberName:
        """What it is called on the day."""
        return MemberName(self.name, self.name_en, self.abbreviation, self.province_id)


def names_on(
    ids: Iterable[int], day: date, known: datetime | None = None
) -> dict[int, OrganisationFact]:
    """The particulars of organisations on a day; for one that ended, the last ones known."""
    rows = (
        OrganisationFact.objects.filter(organisation_id__in=set(ids))
        .known(known)
        .select_related("organisation", "province")
        .order_by("organisation_id", "valid_from", "pk")
    )
    found: dict[int, OrganisationFact] = {}
    for row in rows:
        standing = found.get(row.organisation_id)
        if standing is None or day in row.period or day not in standing.period:
            found[row.organisation_id] = row
    return found


def labels_on(ids: Iterable[int], day: date, known: datetime | None = None) -> dict[int, str]:
    """What organisations are called in short on a day, chosen as ``names_on`` does. One query."""
    rows = OrganisationFact.objects.filter(organisation_id__in=set(ids)).known(known)
    columns = ("organisation_id", *MemberName._fields, "valid_from", "valid_until")
    found: dict[int, tuple[MemberName, bool]] = {}
    for pk, *named, start, until in rows.order_by(
        "organisation_id", "valid_from", "pk"
    ).values_list(*columns):
        holds = day in Period(start, until)
        if pk not in found or holds or not found[pk][1]:
            found[pk] = (MemberName._make(named), holds)
    return {pk: fact.abbreviation or name_of(fact) for pk, (fact, _) in found.items()}


def voting_key_on(day: date, known: datetime | None = None) -> VotingKeyFact | None:
    """The statute that makes votes of inhabitants on a day."""
    key: VotingKeyFact | None = VotingKeyFact.objects.at(day).known(known).first()
    return key


def key_of(statute: VotingKeyFact) -> VotingKey:
    """A statute as the key that the core computes with."""
    rounding: Rounding = statute.rounding  # type: ignore[assignment]
    return VotingKey(statute.per, rounding, statute.minimum, statute.cap)


def inhabitants_on(
    ids: Iterable[int] | None, day: date, known: datetime | None = None
) -> dict[int, Inhabitants]:
    """Inhabitants that apply on a day: the latest reference date on or before the day.

    A member without a figure of its own takes the sum of its wholly absorbed predecessors. Two
    queries, whatever the number of members. ``ids`` of ``None`` means all.
    """
    before: dict[int, list[Succession]] = {}
    heirs: dict[int, set[int]] = {}
    for row in Succession.objects.at(day).known(known).order_by("valid_from", "pk"):
        if row.kind != SuccessionKind.BOUNDARY:
            before.setdefault(row.successor_id, []).append(row)
            heirs.setdefault(row.predecessor_id, set()).add(row.successor_id)
    asked = None if ids is None else set(ids)
    figures = _figures(None if asked is None else _with_predecessors(asked, before), day, known)
    found = dict(figures) if asked is None else {}
    for pk in set(before) - set(figures) if asked is None else asked:
        found[pk] = _inhabitants(pk, figures, before, heirs, frozenset())
    return found


def _with_predecessors(ids: set[int], before: Mapping[int, list[Succession]]) -> set[int]:
    found, waiting = set(ids), list(ids)
    while waiting:
        for row in before.get(waiting.pop(), ()):
            if row.predecessor_id not in found:
                found.add(row.predecessor_id)
                waiting.append(row.predecessor_id)
    return found


def _figures(ids: set[int] | None, day: date, known: datetime | None) -> dict[int, Inhabitants]:
    """The figures that organisations have of their own."""
    rows = PopulationFigure.objects.at(day, by_index=ids is not None).known(known)
    if ids is not None:
        rows = rows.filter(organisation__in=ids)
    # Both downwards, so that an index on both is read backwards instead of sorting.
    latest = rows.order_by("-organisation_id", "-valid_from").distinct("organisation_id")
    columns = ("organisation_id", "inhabitants", "valid_from", "source", "certainty")
    own = Basis.OWN
    return {
        pk: Inhabitants(number, own, reference_date, source, certainty)
        for pk, number, reference_date, source, certainty in latest.values_list(*columns)
    }


def _inhabitants(
    pk: int,
    figures: Mapping[int, Inhabitants],
    before: Mapping[int, list[Succession]],
    heirs: Mapping[int, set[int]],
    seen: frozenset[int],
) -> Inhabitants:
    own = figures.get(pk)
    if own is not None:
        return own
    if pk not in before or pk in seen:
        return Inhabitants(None, Basis.UNKNOWN)
    total, dates, parts, whole = 0, [], [], True
    for succession in before[pk]:
        if not succession.ceases or heirs[succession.predecessor_id] != {pk}:
            whole = False
            continue
        part = _inhabitants(succession.predecessor_id, figures, before, heirs, seen | {pk})
        whole = whole and part.basis in (Basis.OWN, Basis.DERIVED)
        if part.number is not None:
            total += part.number
            parts.append(succession.predecessor_id)
            if part.reference_date is not None:
                dates.append(part.reference_date)
    basis = Basis.DERIVED if whole else Basis.INCOMPLETE
    number = total if parts else None
    return Inhabitants(number, basis, min(dates, default=None), parts=tuple(parts))


def members_on(
    day: date, known: datetime | None = None, *, statute: VotingKeyFact | None = None
) -> list[Member]:
    """Every member on a day with its votes, by name. Four queries, whatever the number.

    ``statute``: the voting key of that day, when it was read already.
    """
    members = Membership.objects.at(day, by_index=False).known(known).values("organisation")
    names = OrganisationFact.objects.at(day, by_index=False).known(known)
    rows = names.filter(organisation__in=members).values_list(
        "organisation_id",
        "organisation__key",
        "organisation__code",
        "organisation__kind",
        *MemberName._fields,
    )
    inhabitants = inhabitants_on(None, day, known)
    votes = _votes(statute or voting_key_on(day, known))
    unknown = Inhabitants(None, Basis.UNKNOWN)
    found = []
    for row in rows.order_by("organisation_id"):
        own = inhabitants.get(row[0], unknown)
        found.append(Member._make((*row, own, votes(own.number))))
    found.sort(key=lambda member: sort_key(member.name))  # stable: of one name by number
    return found


def _votes(statute: VotingKeyFact | None) -> Callable[[int | None], int | None]:
    if statute is None:
        return lambda number: None
    key = key_of(statute)
    return cache(lambda number: None if number is None else key.votes(number))


def votes_of(ids: Iterable[int], day: date, known: datetime | None = None) -> list[MemberVotes]:
    """Organisations with their inhabitants and votes on a day, by name. Four queries."""
    names = names_on(ids, day, known)
    inhabitants = inhabitants_on(names, day, known)
    votes = _votes(voting_key_on(day, known))
    rows = [
        MemberVotes(fact.organisation, fact, inhabitants[pk], votes(inhabitants[pk].number))
        for pk, fact in names.items()
    ]
    return sorted(rows, key=lambda row: (sort_key(row.fact.name), row.organisation.pk))


@lru_cache(maxsize=32_768)
def sort_key(name: str) -> str:
    """Names in the order of a Dutch list: 's-Gravenhage under G, case and accents ignored.

    >>> sorted(["Utrecht", "'s-Gravenhage", "Ede"], key=sort_key)
    ['Ede', "'s-Gravenhage", 'Utrecht']
    """
    bare = name.removeprefix("'s-").removeprefix("'t ").lower()
    if bare.isascii():
        return bare
    return "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
