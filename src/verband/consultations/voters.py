"""Who may vote for a member: who was named, who stands in, whose proxy it holds."""

import json
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, F, Model, Q, QuerySet

from verband.consultations.kinds import Capacity, VoterRank
from verband.consultations.models import Consultation, Designation, Proxy, VotingRuleFact
from verband.kernel.journal import ask_once
from verband.kernel.remembered import Compiled, Kept, Together
from verband.members.models import Function, OfficeFact, Succession

FactT = TypeVar("FactT", bound=Model)


@dataclass(frozen=True)
class Voters:
    """Who votes for one member on a day. ``named`` and ``substitute`` hold an office there."""

    member_id: int
    named: Designation | None = None
    substitute: Designation | None = None
    secretaries: tuple[int, ...] = field(default=())
    proxy: Proxy | None = None

    def capacity_of(self, person_id: int) -> Capacity | None:
        """In which capacity a person votes for this member; none when it may not."""
        if self.named is not None and self.named.person_id == person_id:
            return Capacity.VOTER
        if self.substitute is not None and self.substitute.person_id == person_id:
            return Capacity.SUBSTITUTE
        if self.named is None and self.substitute is None and person_id in self.secretaries:
            return Capacity.SECRETARY
        return None


def voters_of(
    consultation: Consultation | None, members: Iterable[int], day: date
) -> dict[int, Voters]:
    """Who votes for each of these members. Six queries at most, whatever the number.

    A naming for this consultation goes before a lasting one; it counts only while the person holds
    an office at the member. When none counts, the secretary of the municipality holds the vote; of
    a member that went up in another while it stood on the roll, the secretary of its successor.
    Without a consultation: who votes in general.
    """
    wanted = set(members)
    namings = _namings(day, consultation.pk if consultation is not None else 0)
    given = () if consultation is None else proxies_in(consultation).filter(member__in=wanted)
    return _voters(
        wanted,
        _offices(day).filter(office__organisation__in=wanted),
        namings.filter(member__in=wanted),
        given,
        day,
    )


def voters_for(consultation: Consultation, member_id: int, day: date) -> Voters:
    """Who votes for one member, as ``voters_of``; asked once within a use case, and quickly."""

    def read() -> Voters:
        row = VOTERS.row(**voters_values(consultation, member_id, day))
        return voters_in(row, member_id, day)

    return ask_once(voters_question(consultation, member_id, day), read)


def voters_question(consultation: Consultation, member_id: int, day: date) -> Hashable:
    """What is asked once within a use case."""
    return ("voters", consultation.pk, member_id, day)


def voters_values(consultation: Consultation, member_id: int, day: date) -> dict[str, Any]:
    """The values of the queries in ``VOTERS``."""
    return {
        "day": day,
        "member": member_id,
        "consultation": consultation.pk,
        "sitting": consultation.sitting_id or 0,
        "rule": consultation.rule_id,
    }


def voters_in(row: Sequence[Any], member_id: int, day: date) -> Voters:
    """The voters of a member from a row of ``VOTERS``: offices, and numbers of facts."""
    offices, namings, proxies = row
    terms = ((member_id, person, function) for person, function in json.loads(offices or "[]"))
    return _voters(
        {member_id},
        terms,
        _NAMINGS.get(tuple(namings), lambda: _rows(Designation, namings)),
        _PROXIES.get(tuple(proxies), lambda: _rows(Proxy, proxies)),
        day,
    )[member_id]


def _rows(model: type[FactT], numbers: Sequence[int]) -> tuple[FactT, ...]:
    """The facts with these numbers, in that order; what we read of them never changes."""
    found = model._default_manager.in_bulk(numbers) if numbers else {}
    return tuple(found[number] for number in numbers)


def _voters(
    wanted: set[int],
    terms: Iterable[tuple[int, int, str]],
    namings: Iterable[Designation],
    given: Iterable[Proxy],
    day: date,
) -> dict[int, Voters]:
    offices: dict[int, set[int]] = {pk: set() for pk in wanted}
    secretaries: dict[int, list[int]] = {pk: [] for pk in wanted}
    for member, person, function in terms:
        offices[member].add(person)
        if function == Function.SECRETARY:
            secretaries[member].append(person)
    _let_successors_stand_in(secretaries, {pk for pk in wanted if not offices[pk]}, day)
    found: dict[tuple[int, str], Designation] = {}
    for row in namings:
        if row.person_id in offices[row.member_id]:
            found[row.member_id, row.rank] = row
    proxies = {proxy.member_id: proxy for proxy in given}
    return {
        pk: Voters(
            pk,
            found.get((pk, VoterRank.VOTER)),
            found.get((pk, VoterRank.SUBSTITUTE)),
            tuple(sorted(secretaries[pk])),
            proxies.get(pk),
        )
        for pk in wanted
    }


def _offices(day: date) -> QuerySet[Any, Any]:
    return (
        OfficeFact.objects.at(day)
        .known(None)
        .values_list("office__organisation_id", "office__person_id", "office__function")
    )


def _namings(day: date, consultation: int) -> QuerySet[Any, Any]:
    """Lasting namings, and after them those for this consultation."""
    which = Q(consultation__isnull=True) | Q(consultation=consultation)
    namings = Designation.objects.at(day).known(None).filter(which)
    return namings.order_by(F("consultation").asc(nulls_first=True))


def _proxies(consultation: int, sitting: int, rule: int) -> QuerySet[Any, Any]:
    """Proxies for this consultation last, so that they go first in a mapping."""
    allows = VotingRuleFact.objects.known(None).filter(voting_rule=rule, proxy_members__gt=0)
    here = Q(consultation=consultation) | (Q(sitting=sitting) & Exists(allows))
    return Proxy.objects.known(None).filter(here).order_by(F("consultation").asc(nulls_first=True))


_KEYS = {"member": int, "consultation": int}
OFFICES = Compiled(
    lambda day, member: _offices(day).filter(office__organisation=member), day=date, member=int
)
NAMINGS = Compiled(
    lambda day, member, consultation: (
        _namings(day, consultation).filter(member=member).values_list("pk")
    ),
    day=date,
    **_KEYS,
)
PROXIES = Compiled(
    lambda member, consultation, sitting, rule: (
        _proxies(consultation, sitting, rule).filter(member=member).values_list("pk")
    ),
    **_KEYS,
    sitting=int,
    rule=int,
)
VOTERS_SQL = """
    (SELECT json_agg(json_build_array(held.person, held.function))::text
     FROM ({offices}) held (member, person, function)),
    ARRAY({namings}),
    ARRAY({proxies})
"""
VOTERS = Together(f"SELECT {VOTERS_SQL}", offices=OFFICES, namings=NAMINGS, proxies=PROXIES)
_NAMINGS: Kept[tuple[Designation, ...]] = Kept(512)
_PROXIES: Kept[tuple[Proxy, ...]] = Kept(512)


def _let_successors_stand_in(
    secretaries: dict[int, list[int]], without: set[int], day: date
) -> None:
    """Let the secretary of the main successor hold the vote of a member that is no more."""
    if not without:
        return
    rows = Succession.objects.at(day).known(None).filter(predecessor__in=without, ceases=True)
    heirs = dict(rows.order_by("is_main").values_list("predecessor_id", "successor_id"))
    terms = OfficeFact.objects.at(day).known(None).filter(office__function=Function.SECRETARY)
    held = list(
        terms.filter(office__organisation__in=heirs.values()).values_list(
            "office__organisation_id", "office__person_id"
        )
    )
    for member, heir in heirs.items():
        secretaries[member] += [person for place, person in held if place == heir]


def proxies_in(consultation: Consultation) -> Any:
    """The proxies that count in a consultation: its own last, so that they go first in a mapping.

    A proxy for a sitting counts in every vote of that sitting, also in one that is added later,
    unless the rule of that vote lets nobody hold a proxy.
    """
    return _proxies(consultation.pk, consultation.sitting_id or 0, consultation.rule_id)


def members_for(person_id: int, day: date) -> list[int]:
    """The members at which a person holds an office. One query."""
    terms = OfficeFact.objects.at(day).known(None).filter(office__person_id=person_id)
    return sorted(set(terms.values_list("office__organisation_id", flat=True)))
