"""For which members somebody votes in a consultation, and what stands already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from verband.consultations.kinds import Capacity
from verband.consultations.models import Ballot, Consultation, Proxy, RollLine
from verband.consultations.queries.standing import Standing
from verband.consultations.voters import Voters, members_for, proxies_in, voters_of
from verband.members.models import OfficeFact, Succession


@dataclass(frozen=True)
class Mandate:
    """One member as it concerns a person: its line on the roll and who votes for it.

    ``capacity``: in which the person votes; none when somebody else does. ``by``: the line of the
    member through whose proxy the person votes. ``last``: the ballot that stands.
    """

    line: RollLine
    voters: Voters
    capacity: Capacity | None
    by: RollLine | None = None
    proxy: Proxy | None = None
    last: Ballot | None = None

    @property
    def may_vote(self) -> bool:
        """Whether the person votes for this member here."""
        return self.capacity is not None and (self.by is not None or self.voters.proxy is None)


def mandates_of(consultation: Consultation, person_id: int, day: date) -> list[Mandate]:
    """The members on the roll that concern a person: its own first, then those by proxy.

    Own are those at which the person holds an office, and those that went up in such a member
    while they stood on the roll. Eleven queries at most, whatever the number.
    """
    own = set(members_for(person_id, day))
    merged = Succession.objects.at(day).known(None).filter(successor__in=own, ceases=True)
    own |= set(merged.values_list("predecessor_id", flat=True))
    voters = voters_of(consultation, own, day)
    voting = {pk for pk, found in voters.items() if found.capacity_of(person_id)}
    given = {proxy.member_id: proxy for proxy in proxies_in(consultation)} if voting else {}
    held = {pk: proxy for pk, proxy in given.items() if proxy.holder_id in voting}
    lines = lines_of(consultation, own | set(held))
    last = last_ballots(consultation, lines)
    found = [
        Mandate(lines[pk], voters[pk], voters[pk].capacity_of(person_id), None, None, last.get(pk))
        for pk in own
        if pk in lines
    ]
    by_proxy = [
        Mandate(
            lines[pk],
            Voters(pk, proxy=proxy),
            Capacity.PROXY,
            lines[proxy.holder_id],
            proxy,
            last.get(pk),
        )
        for pk, proxy in held.items()
        if pk in lines and proxy.holder_id in lines and pk not in voting
    ]
    return sorted(found, key=_order) + sorted(by_proxy, key=_order)


def _order(mandate: Mandate) -> tuple[bool, str]:
    return not mandate.may_vote, mandate.line.name


def lines_of(consultation: Consultation, members: Iterable[int]) -> dict[int, RollLine]:
    """The lines of these members on the roll, with their members. One query."""
    rows = RollLine.objects.filter(consultation=consultation, member__in=set(members))
    return {line.member_id: line for line in rows.select_related("member")}


def last_ballots(consultation: Consultation, members: Iterable[int]) -> dict[int, Ballot]:
    """The ballot that stands for each of these members. One query."""
    rows = (
        Ballot.objects.filter(consultation=consultation, member__in=set(members))
        .order_by("member_id", "-number")
        .distinct("member_id")
    )
    return {ballot.member_id: ballot for ballot in rows.select_related("by_member")}


def functions_of(
    people: Iterable[int | None], members: Iterable[int], day: date
) -> dict[tuple[int, int], str]:
    """The function of these people at these members on a day; of several, one. One query.

    Someone who left keeps the last function known, so that what was done stays told by function.
    """
    rows = (
        OfficeFact.objects.known(None)
        .filter(office__person__in=set(people) - {None}, office__organisation__in=set(members))
        .select_related("office")
        .order_by("valid_from", "pk")
    )
    found: dict[tuple[int, int], tuple[bool, str]] = {}
    for row in rows:
        where = (row.office.person_id, row.office.organisation_id)
        held = day in row.period
        if where not in found or held or not found[where][0]:
            found[where] = (held, str(row.office.get_function_display()))
    return {where: function for where, (_held, function) in found.items()}


def offices_on_roll(standing: Standing, person_id: int, day: date) -> list[RollLine]:
    """The lines of the members at which somebody holds an office, by name. Two queries."""
    lines = lines_of(standing.consultation, members_for(person_id, day))
    return sorted(lines.values(), key=lambda line: line.name)
