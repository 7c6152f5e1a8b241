"""Answers about members on a day, as known at an instant: who, how many people, how many votes."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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


class Basis(StrEnum):
    """Where a number of inhabitants comes from."""

    OWN = "own"
    DERIVED = "derived"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Inhabitants:
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

    A member without a figure of its own takes the sum of its wholly absorbed predecessors. Three
    queries, whatever the number of members. ``ids`` of ``None`` means all.
    """
    figures = {
        row.organisation_id: row
        for row in PopulationFigure.objects.at(day)
        .known(known)
        .order_by("organisation_id", "valid_from")
    }
    before: dict[int, list[Succession]] = {}
    heirs: dict[int, set[int]] = {}
    for row in Succession.objects.at(day).known(known).order_by("valid_from", "pk"):
        if row.kind != SuccessionKind.BOUNDARY:
            before.setdefault(row.successor_id, []).append(row)
            heirs.setdefault(row.predecessor_id, set()).add(row.successor_id)
    wanted = set(figures) | set(before) if ids is None else set(ids)
    return {pk: _inhabitants(pk, figures, before, heirs, frozenset()) for pk in wanted}


def _inhabitants(
    pk: int,
    figures: Mapping[int, PopulationFigure],
    before: Mapping[int, list[Succession]],
    heirs: Mapping[int, set[int]],
    seen: frozenset[int],
) -> Inhabitants:
    own = figures.get(pk)
    if own is not None:
        return Inhabitants(own.inhabitants, Basis.OWN, own.valid_from, own.source, own.certainty)
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


def members_on(day: date, known: datetime | None = None) -> list[MemberVotes]:
    """Every member on a day with its votes, by name. Five queries, whatever the number."""
    ids = list(Membership.objects.at(day).known(known).values_list("organisation_id", flat=True))
    return votes_of(ids, day, known)


def votes_of(ids: Iterable[int], day: date, known: datetime | None = None) -> list[MemberVotes]:
    """Organisations with their inhabitants and votes on a day, by name."""
    wanted = set(ids)
    names = names_on(wanted, day, known)
    inhabitants = inhabitants_on(wanted, day, known)
    statute = voting_key_on(day, known)
    key = key_of(statute) if statute else None
    rows = []
    for pk, fact in names.items():
        number = inhabitants[pk].number
        votes = key.votes(number, fact.name) if key and number is not None else None
        rows.append(MemberVotes(fact.organisation, fact, inhabitants[pk], votes))
    return sorted(rows, key=lambda row: (sort_key(row.fact.name), row.organisation.pk))


def sort_key(name: str) -> str:
    """Names in the order of a Dutch list: 's-Gravenhage under G, case and accents ignored.

    >>> sorted(["Utrecht", "'s-Gravenhage", "Ede"], key=sort_key)
    ['Ede', "'s-Gravenhage", 'Utrecht']
    """
    bare = name.removeprefix("'s-").removeprefix("'t ").lower()
    return "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
