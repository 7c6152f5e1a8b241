"""Who may vote for a member: who was named, who stands in, whose proxy it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, Q, QuerySet

from verband.consultations.kinds import Capacity, VoterRank
from verband.consultations.models import Consultation, Designation, Proxy, VotingRuleFact
from verband.kernel.journal import ask_once
from verband.kernel.remembered import Compiled, Kept
from verband.members.models import Function, OfficeFact, Succession


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
    terms = OfficeFact.objects.at(day).known(None).filter(office__organisation__in=wanted)
    offices: dict[int, set[int]] = {pk: set() for pk in wanted}
    secretaries: dict[int, list[int]] = {pk: [] for pk in wanted}
    for member, person, function in terms.values_list(
        "office__organisation_id", "office__person_id", "office__function"
    ):
        offices[member].add(person)
        if function == Function.SECRETARY:
            secretaries[member].append(person)
    _let_successors_stand_in(secretaries, {pk for pk in wanted if not offices[pk]}, day)
    namings = Designation.objects.at(day).known(None).filter(member__in=wanted)
    which = Q(consultation__isnull=True)
    if consultation is not None:
        which |= Q(consultation=consultation)
    found: dict[tuple[int, str], Designation] = {}
    for row in namings.filter(which).order_by(F("consultation").asc(nulls_first=True)):
        if row.person_id in offices[row.member_id]:
            found[row.member_id, row.rank] = row
    given = () if consultation is None else proxies_in(consultation).filter(member__in=wanted)
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


def voters_for(consultation: Consultation, member_id: int, day: date) -> Voters:
    """Who votes for one member. What was read before is used as long as the same rows stand."""
    return ask_once(
        ("voters", consultation.pk, member_id, day),
        lambda: _remembered(consultation, member_id, day),
    )


def _remembered(consultation: Consultation, member_id: int, day: date) -> Voters:
    def standing() -> tuple[Any, ...]:
        return (
            OFFICES.rows(member=member_id, day=day),
            NAMINGS.rows(member=member_id, day=day, consultation=consultation.pk),
            tuple(proxies_in(consultation).filter(member=member_id).values_list("pk"))
            if may_hold
            else (),
        )

    def read() -> Voters:
        return voters_of(consultation, [member_id], day)[member_id]

    may_hold = bool(PROXIES.rows(member=member_id))
    stands = standing()
    if not stands[0]:  # a successor stands in, which these rows do not tell
        return read()
    key = (consultation.pk, member_id, day, stands)
    return _KEPT.get(key, read, lambda _: standing() == stands)


def _offices(member: int, day: date) -> QuerySet[Any, Any]:
    terms = OfficeFact.objects.at(day).known(None).filter(office__organisation=member)
    return terms.order_by("pk").values_list("pk")


def _namings(member: int, day: date, consultation: int) -> QuerySet[Any, Any]:
    which = Q(consultation__isnull=True) | Q(consultation=consultation)
    namings = Designation.objects.at(day).known(None).filter(which, member=member)
    return namings.order_by("pk").values_list("pk")


def _proxies(member: int) -> QuerySet[Any, Any]:
    return Proxy.objects.known(None).filter(member=member).values_list("pk")


OFFICES = Compiled(_offices, member=int, day=date)
NAMINGS = Compiled(_namings, member=int, day=date, consultation=int)
PROXIES = Compiled(_proxies, member=int)
_KEPT: Kept[Voters] = Kept(2_000)


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
    here = Q(consultation=consultation)
    if consultation.sitting_id is not None:
        allows = VotingRuleFact.objects.known(None).filter(
            voting_rule=consultation.rule_id, proxy_members__gt=0
        )
        here |= Q(sitting=consultation.sitting_id) & Exists(allows)
    return Proxy.objects.known(None).filter(here).order_by(F("consultation").asc(nulls_first=True))


def members_for(person_id: int, day: date) -> list[int]:
    """The members at which a person holds an office. One query."""
    terms = OfficeFact.objects.at(day).known(None).filter(office__person_id=person_id)
    return sorted(set(terms.values_list("office__organisation_id", flat=True)))
