"""All members on a day: votes, inhabitants, places on the map, seats and networks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from verband.bodies.kinds import BodyKind
from verband.bodies.models import BodyFact, Tenure
from verband.bodies.queries.names import Description, described
from verband.members.models import MapCell, OfficeFact, VotingKeyFact
from verband.members.names import name_of
from verband.members.queries import Member, members_on, names_on, voting_key_on


@dataclass(frozen=True, slots=True)
class MembersOnDay:
    """The members of a day, and by organisation: cell, networks, and seats once asked."""

    members: tuple[Member, ...]
    statute: VotingKeyFact | None
    cells: dict[int, MapCell]
    networks: dict[int, list[int]]
    network_names: dict[int, Description]
    province_names: dict[int, str]
    seats: Counter[int] = field(default_factory=Counter)

    @property
    def population(self) -> int:
        """Inhabitants of all members together, as far as known."""
        return sum(m.inhabitants.number or 0 for m in self.members)

    @property
    def votes(self) -> int:
        """Votes of all members together, as far as known."""
        return sum(m.votes or 0 for m in self.members)


def all_members(day: date, known: datetime | None = None) -> MembersOnDay:
    """All members of a day. Nine queries, whatever the number."""
    statute = voting_key_on(day, known)
    members = tuple(members_on(day, known, statute=statute))
    networks, names = _networks(day, known)
    return MembersOnDay(
        members=members,
        statute=statute,
        cells={c.organisation_id: c for c in MapCell.objects.at(day).known(known)},
        networks=networks,
        network_names=names,
        province_names=_provinces(members, day, known),
    )


def _provinces(members: tuple[Member, ...], day: date, known: datetime | None) -> dict[int, str]:
    ids = {m.province_id for m in members if m.province_id is not None}
    return {pk: name_of(fact) for pk, fact in names_on(ids, day, known).items()}


def seats_filled(
    ids: Iterable[int] | None, day: date, known: datetime | None = None
) -> Counter[int]:
    """Seats held on the day by people who hold an office at these organisations on the day.

    ``ids`` of ``None`` means all. Two queries, whatever the number.
    """
    offices = OfficeFact.objects.at(day).known(known)
    if ids is not None:
        offices = offices.filter(office__organisation__in=set(ids))
    pairs = list(offices.values_list("office__organisation_id", "office__person_id").distinct())
    tenures = Tenure.objects.filter(person__isnull=False).at(day).known(known)
    if ids is not None:
        tenures = tenures.filter(person__in={person for _, person in pairs})
    held = Counter(tenures.values_list("person_id", flat=True))
    counted: Counter[int] = Counter()
    for organisation, person in pairs:
        counted[organisation] += held[person]
    return counted


def _networks(
    day: date, known: datetime | None
) -> tuple[dict[int, list[int]], dict[int, Description]]:
    rows = BodyFact.objects.filter(kind=BodyKind.MUNICIPAL_NETWORK).at(day).known(known)
    names = {row.body_id: row for row in described(rows.order_by("name", "pk"))}
    found: dict[int, list[int]] = {}
    tenures = Tenure.objects.filter(organisation__isnull=False, seat__body__in=names)
    pairs = tenures.at(day).known(known).values_list("organisation_id", "seat__body_id")
    for organisation, body in pairs.order_by("seat__body_id"):
        found.setdefault(organisation, []).append(body)
    return found, names
