"""A merger, split, rename or boundary change, with all that follows from it.

What follows by rule is done: names, membership and offices end, the successor becomes a member,
seats held by a municipality in a network pass to its main successor, seats on its behalf end where
nobody can hold them, and nothing covers a ministry that is gone. What people must decide is
returned as proposals, in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from verband.bodies.models import Coverage, SeatFact, Tenure
from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.existence import stop, unbroken
from verband.kernel.permissions import Actor
from verband.kernel.two_times import end, record, withdraw
from verband.kernel.use_case import use_case
from verband.members.models import (
    OfficeFact,
    Organisation,
    OrganisationFact,
    Succession,
    SuccessionKind,
)
from verband.members.succession import Part, end_ceasing, refuse_impossible, write_successions
from verband.members.use_cases import add_organisation
from verband.people.permissions import keeps_the_register


class NoPredecessor(DomainError):
    """A successor takes the place of somebody."""

    code = "no_predecessor"
    template = "Name at least one predecessor."


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something people must decide because the rules cannot: ``code`` names the question."""

    code: str
    tenure: Tenure


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a succession did and what it leaves to people.

    ``successions``: who follows whom; ``passed_on``: seats that passed to the main successor;
    ``ended``: tenures that ended; ``proposals``: questions for people.
    """

    successions: tuple[Succession, ...]
    passed_on: tuple[Tenure, ...]
    ended: tuple[Tenure, ...]
    proposals: tuple[Proposal, ...]


@use_case(allowed=keeps_the_register)
def record_succession(
    *,
    actor: Actor,
    now: datetime,
    parts: Sequence[Part],
    day: date,
    source: str = "",
    certainty: str = "certain",
) -> Consequences:
    """Record who follows whom from ``day`` on, and carry out what follows by rule.

    Raises:
        SuccessorMissing, PredecessorMissing, OneMainSuccessor, SucceedsItself,
        SucceededAlready: as ``members.succession`` says.
    """
    refuse_impossible(parts, day)
    offices = _offices_that_end(parts, day)
    written = write_successions(parts, day=day, now=now, source=source, certainty=certainty)
    end_ceasing(parts, day=day, now=now)
    ceasing = [part.predecessor for part in parts if part.ceases]
    stop(Coverage.objects.filter(ministry__in=ceasing).known(None), day=day, now=now)
    passed, ended, proposals = _pass_on_seats(parts, day, now)
    for tenure in _held_by_people(offices, day):
        proposals.append(Proposal("holder_lost_office", tenure))
    return Consequences(tuple(written), tuple(passed), tuple(ended), tuple(proposals))


@use_case(allowed=keeps_the_register)
def found_successor(
    *,
    actor: Actor,
    now: datetime,
    predecessors: Sequence[Organisation],
    kind: SuccessionKind,
    day: date,
    key: str,
    name: str,
    code: str = "",
    province: Organisation | None = None,
    source: str = "",
    certainty: str = "certain",
) -> Consequences:
    """Predecessors cease and an organisation that is new on ``day`` takes their place.

    It is of the kind of its predecessors; all that follows is done as in ``record_succession``.

    Raises:
        NoPredecessor: nobody is succeeded.
        KeyTaken, NotAProvince: as ``members.add_organisation`` says.
        PredecessorMissing: as ``members.succession`` says.
    """
    if not predecessors:
        raise NoPredecessor
    successor = add_organisation.step(
        actor=actor,
        now=now,
        key=key,
        kind=predecessors[0].kind,
        name=name,
        code=code,
        province=province,
        valid_from=day,
        source=source,
        certainty=certainty,
    )
    parts = [Part(one, successor, kind, ceases=True, is_main=True) for one in predecessors]
    return record_succession.step(
        actor=actor, now=now, parts=parts, day=day, source=source, certainty=certainty
    )


def _offices_that_end(parts: Sequence[Part], day: date) -> set[int]:
    ceasing = [p.predecessor for p in parts if p.ceases]
    terms = OfficeFact.objects.filter(office__organisation__in=ceasing).known(None)
    return {term.office.person_id for term in terms.select_related("office") if term.runs_into(day)}


def _held_by_people(person_ids: set[int], day: date) -> list[Tenure]:
    rows = Tenure.objects.filter(person__in=person_ids).at(day).known(None)
    return list(rows.select_related("seat__body", "person").order_by("pk"))


def _pass_on_seats(
    parts: Sequence[Part], day: date, now: datetime
) -> tuple[list[Tenure], list[Tenure], list[Proposal]]:
    heirs = {p.predecessor.pk: p.successor for p in parts if p.ceases and p.is_main}
    passed: list[Tenure] = []
    ended: list[Tenure] = []
    proposals: list[Proposal] = []
    ceasing = [p.predecessor for p in parts if p.ceases]
    tenures = Tenure.objects.filter(organisation__in=ceasing).known(None)
    for tenure in tenures.select_related("seat__body").order_by("seat_id", "pk"):
        if tenure.period.is_past(day):
            continue
        if tenure.runs_into(day):
            ended.append(end(tenure, day=day, now=now))
        else:
            withdraw(tenure, now=now)
        heir = heirs.get(tenure.organisation_id or 0)
        first = max(day, tenure.valid_from or day)
        lasting = _existence(heir, first)
        if heir is None or lasting is None:
            proposals.append(Proposal("no_main_successor", tenure))
        elif _sits_already(heir, tenure, day):
            _end_seat(tenure, day, now)
        else:
            passed.append(record(_successor(tenure, heir, first, lasting.until), now=now))
            proposals.append(Proposal("confirm_network_membership", passed[-1]))
    return passed, ended, proposals


def _sits_already(heir: Organisation, tenure: Tenure, day: date) -> bool:
    seats = Tenure.objects.filter(organisation=heir, seat__body=tenure.seat.body_id)
    return seats.at(day).known(None).exists()


def _end_seat(tenure: Tenure, day: date, now: datetime) -> None:
    stop(SeatFact.objects.filter(seat=tenure.seat_id).known(None), day=day, now=now)


def _existence(heir: Organisation | None, start: date) -> Period | None:
    if heir is None:
        return None
    return unbroken(OrganisationFact.objects.filter(organisation=heir).known(None), start)


def _successor(tenure: Tenure, heir: Organisation, day: date, last: date | None) -> Tenure:
    until = tenure.valid_until if tenure.valid_until != day else None
    return Tenure(
        seat_id=tenure.seat_id,
        organisation=heir,
        valid_from=day,
        valid_until=min(filter(None, (until, last)), default=None),
        decision=tenure.decision,
        source=tenure.source,
        certainty=tenure.certainty,
    )
