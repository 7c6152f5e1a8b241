"""Who is in the hall: members that came in and did not go out, and whom they stand for."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from verband.consultations.kinds import VoterRank
from verband.consultations.models import (
    Attendance,
    Consultation,
    Designation,
    Proxy,
    RollLine,
    Sitting,
)
from verband.consultations.voters import proxies_in
from verband.core.errors import DomainError
from verband.members.models import Function, OfficeFact


class NotInTheHall(DomainError):
    """In a meeting votes who is there."""

    code = "not_in_the_hall"
    template = (
        "%(member)s is not present in this sitting. Choose “Check in” on the page of the sitting,"
        " or go to the desk; then vote."
    )


def attendance_in(sitting: Sitting | int, until: datetime | None = None) -> dict[int, Attendance]:
    """Of each member that was ever marked, how it is: its last line. One query."""
    lines = Attendance.objects.filter(sitting=sitting)
    if until is not None:
        lines = lines.filter(recorded_from__lte=until)
    last = lines.order_by("member_id", "-number").distinct("member_id")
    return {line.member_id: line for line in last}


def present_members(sitting: Sitting | int, until: datetime | None = None) -> frozenset[int]:
    """The members that are there themselves. One query."""
    found = attendance_in(sitting, until)
    return frozenset(pk for pk, line in found.items() if line.is_present)


def represented_by(where: Consultation | Sitting, there: Iterable[int]) -> dict[int, int]:
    """Members that are not there, with the member there that holds their proxy. One query."""
    present = set(there)
    if isinstance(where, Consultation):
        proxies = proxies_in(where)
    else:
        proxies = Proxy.objects.known(None).filter(sitting=where)
    pairs = proxies.values_list("member_id", "holder_id")
    return {pk: holder for pk, holder in pairs if holder in present and pk not in present}


def refuse_absent(consultation: Consultation, voting_id: int) -> None:
    """Refuse a vote in a sitting by a member that is not there.

    ``voting_id``: the member whose person votes, so the holder of a proxy.

    Raises: ``NotInTheHall``.
    """
    if consultation.sitting_id is None:
        return
    lines = Attendance.objects.filter(sitting=consultation.sitting_id, member=voting_id)
    last = lines.order_by("-number").first()
    if last is None or not last.is_present:
        roll = RollLine.objects.filter(consultation=consultation, member=voting_id)
        line = roll.first()
        raise NotInTheHall(member="?" if line is None else line.name)


def standing_for(
    sitting: Sitting | int, members: Iterable[int], day: date
) -> dict[int, tuple[int, ...]]:
    """The people who may stand for each member in a sitting, the first in line first.

    Whoever was named for the votes of this sitting or for all votes, and holds an office there; the
    secretary of the municipality when nobody was. Two queries.
    """
    wanted = set(members)
    terms = OfficeFact.objects.at(day).known(None).filter(office__organisation__in=wanted)
    offices: dict[int, dict[int, str]] = {pk: {} for pk in wanted}
    for member, person, function in terms.values_list(
        "office__organisation_id", "office__person_id", "office__function"
    ):
        offices[member][person] = function
    here = Q(consultation__isnull=True) | Q(consultation__sitting=sitting)
    namings = Designation.objects.at(day).known(None).filter(here, member__in=wanted)
    named: dict[int, list[tuple[bool, bool, int]]] = {pk: [] for pk in wanted}
    for row in namings:
        if row.person_id in offices[row.member_id]:
            rank = (row.rank != VoterRank.VOTER, row.consultation_id is None, row.person_id)
            named[row.member_id].append(rank)
    found = {}
    for pk in wanted:
        people = [person for _rank, _lasting, person in sorted(named[pk])]
        if not people:
            secretary = Function.SECRETARY
            people = sorted(p for p, held in offices[pk].items() if held == secretary)
        found[pk] = tuple(dict.fromkeys(people))
    return found
