"""Who would stand on the roll of a day, with votes, figures and segments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from verband.bodies.kinds import BodyKind
from verband.bodies.models import Body, BodyFact, SeatFact, Tenure
from verband.consultations.audience import Audience
from verband.consultations.kinds import Weighing
from verband.core.errors import DomainError
from verband.members.models import OfficeFact, Organisation, OrganisationFact
from verband.members.queries import Inhabitants, members_on

# Size classes in inhabitants, as CBS counts them, joined where the association speaks of one group.
SIZES = (10_000, 20_000, 50_000, 100_000, 250_000)


class NobodyAsked(DomainError):
    """The choice from the register is empty on that day."""

    code = "nobody_asked"
    template = "Nobody in the register fits this choice on %(day)s. Choose another group."


class VotesUnknown(DomainError):
    """A member has no votes, because no key is in force or no figure is known."""

    code = "votes_unknown"
    template = (
        "The votes of %(member)s are not known on %(day)s. Enter its number of inhabitants first."
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as it would stand on the roll."""

    member_id: int
    key: str
    name: str
    votes: int
    inhabitants: Inhabitants
    segments: Mapping[str, tuple[str, ...]]


def roll_on(
    day: date, audience: Audience, weighing: str, dimensions: Iterable[str] = ()
) -> list[Entry]:
    """The members of an audience on a day with what they weigh, by name. Nine queries at most.

    Raises: ``NobodyAsked``, ``VotesUnknown``.
    """
    members = members_on(day)
    networks = seats_in_networks(day)
    provinces = dict(Organisation.objects.filter(kind="province").values_list("pk", "key"))
    inside = _inside(audience, day)
    found = []
    for row in members:
        pk, number = row.organisation.pk, row.inhabitants.number
        province = provinces.get(row.fact.province_id or 0, "")
        if not _fits(audience, pk, province, number, inside):
            continue
        votes = row.votes if weighing == Weighing.VOTES else 1
        if votes is None:
            raise VotesUnknown(member=row.fact.name, day=day)
        stands = {
            "size": size_of(number),
            "province": (province,) if province else (),
            "network": tuple(sorted(networks.get(pk, ()))),
        }
        segments = {name: stands[name] for name in dimensions}
        found.append(
            Entry(pk, row.organisation.key, row.fact.name, votes, row.inhabitants, segments)
        )
    if not found:
        raise NobodyAsked(day=day)
    return found


def size_of(inhabitants: int | None) -> tuple[str, ...]:
    """The size class of a member, as ``"20000-50000"``.

    >>> size_of(213_804), size_of(900), size_of(None)
    (('100000-250000',), ('0-10000',), ())
    """
    if inhabitants is None:
        return ()
    start = 0
    for until in SIZES:
        if inhabitants < until:
            return (f"{start}-{until}",)
        start = until
    return (f"{start}-",)


def seats_in_networks(day: date) -> dict[int, set[str]]:
    """The municipal networks in which each organisation holds a seat on a day. Two queries."""
    networks = BodyFact.objects.at(day).known(None).filter(kind=BodyKind.MUNICIPAL_NETWORK)
    keys = dict(networks.values_list("body_id", "body__key"))
    seats = (
        Tenure.objects.at(day).known(None).filter(organisation__isnull=False, seat__body__in=keys)
    )
    found: dict[int, set[str]] = {}
    for member, body in seats.values_list("organisation_id", "seat__body_id"):
        found.setdefault(member, set()).add(keys[body])
    return found


def _inside(audience: Audience, day: date) -> frozenset[int]:
    """The organisations in the body that is asked: by a seat of their own, or by somebody's."""
    if audience.of != "body":
        return frozenset()
    body = Body.objects.filter(key=audience.key).first()
    if body is None:
        return frozenset()
    tenures = Tenure.objects.at(day).known(None).filter(seat__body=body)
    own = set(tenures.filter(organisation__isnull=False).values_list("organisation", flat=True))
    behalf = (
        SeatFact.objects.at(day)
        .known(None)
        .filter(seat__body=body, on_behalf_of__isnull=False, seat__in=tenures.values("seat"))
    )
    own |= set(behalf.values_list("on_behalf_of", flat=True))
    people = tenures.filter(person__isnull=False).values("person")
    offices = OfficeFact.objects.at(day).known(None).filter(office__person__in=people)
    return frozenset(own | set(offices.values_list("office__organisation", flat=True)))


def _fits(
    audience: Audience, member: int, province: str, inhabitants: int | None, inside: frozenset[int]
) -> bool:
    if audience.of == "body":
        return member in inside
    if audience.of == "province":
        return province == audience.key
    if audience.of == "size":
        number = inhabitants or 0
        return audience.start <= number and (audience.until is None or number < audience.until)
    return True


def people_asked(day: date, audience: Audience, members: Iterable[int]) -> list[tuple[int, int]]:
    """The people of these members that a flash question goes to, each once, with the member.

    In a body: whoever sits there; elsewhere whoever holds an office, in the functions asked.
    Someone with offices at two members answers for the first. Three queries at most.
    """
    wanted = set(members)
    terms = OfficeFact.objects.at(day).known(None).filter(office__organisation__in=wanted)
    if audience.functions:
        terms = terms.filter(office__function__in=audience.functions)
    if audience.of == "body":
        seated = Tenure.objects.at(day).known(None).filter(seat__body__key=audience.key)
        terms = terms.filter(office__person__in=seated.values("person"))
    found: dict[int, int] = {}
    rows = terms.order_by("office__person_id", "office_id")
    for person, member in rows.values_list("office__person_id", "office__organisation_id"):
        found.setdefault(person, member)
    return sorted(found.items())


def names_of_segments(day: date, lines: Iterable[Any]) -> dict[str, dict[str, str]]:
    """The names of provinces and networks that occur in the segments of roll lines. Two queries."""
    codes: dict[str, set[str]] = {"province": set(), "network": set()}
    for line in lines:
        for dimension, found in codes.items():
            found.update(line.segments.get(dimension, ()))
    provinces = (
        OrganisationFact.objects.at(day).known(None).filter(organisation__key__in=codes["province"])
    )
    networks = BodyFact.objects.at(day).known(None).filter(body__key__in=codes["network"])
    return {
        "province": dict(provinces.values_list("organisation__key", "name")),
        "network": dict(networks.values_list("body__key", "name")),
    }
