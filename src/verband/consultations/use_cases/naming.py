"""Naming voters: a member says who votes for it, lastingly or in one consultation."""

from datetime import date, datetime, timedelta

from verband.consultations.events import VoterNamed, VoterRevoked
from verband.consultations.kinds import NamedBy, StepKind
from verband.consultations.models import Consultation, Designation, RollLine
from verband.consultations.permissions import names_voters, speaks_for_voters
from verband.consultations.queries.naming import (
    BY_MEMBERS,
    ENDED,
    deadline_of,
    deadlines,
    holders,
)
from verband.consultations.use_cases.casting import NotOnTheRoll
from verband.consultations.use_cases.preparing import AlreadyClosed
from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.announce import announce
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import end, record, withdraw
from verband.kernel.use_case import use_case
from verband.members.models import Membership, OfficeFact, Organisation
from verband.members.people_labels import people_called
from verband.members.queries import names_on
from verband.people.models import Person


class NamingClosed(DomainError):
    """The other members must know in time who votes."""

    code = "naming_closed"
    template = (
        "Who votes in %(consultation)s could be changed until %(moment)s. %(holder)s holds the vote"
        " of %(member)s there."
    )


class NamingClosedMeanwhile(DomainError):
    """A lasting naming must not reach into a vote for which naming has closed."""

    code = "naming_closed_meanwhile"
    template = (
        "Who votes in %(consultation)s could be changed until %(moment)s. %(holder)s holds the vote"
        " of %(member)s there. Let your change begin on %(day)s or later."
    )


class NoOfficeThere(DomainError):
    """Whoever votes for a member holds an office there."""

    code = "no_office_there"
    template = (
        "%(person)s holds no office at %(member)s on %(day)s. Name somebody who holds one then."
    )


class NoMemberThen(DomainError):
    """Only members vote."""

    code = "no_member_then"
    template = "%(member)s is no member of the association on %(day)s."


class NamedTwice(DomainError):
    """A substitute is somebody else."""

    code = "named_twice"
    template = "%(person)s is named as %(rank)s in that period already. Name two different people."


class PeopleAnswer(DomainError):
    """In some questions nobody votes for a member."""

    code = "people_answer"
    template = "In this question people answer for themselves; nobody is named for it."


class OnlyByLetter(DomainError):
    """The bureau writes down what a member wrote."""

    code = "only_by_letter"
    template = (
        "The bureau names nobody: it records the letter of a member. Choose “by letter” and say who"
        " decided."
    )


class NamedInThePast(DomainError):
    """Who could vote yesterday is not changed today."""

    code = "named_in_the_past"
    template = "A naming begins today or later, not on %(day)s."


@use_case(allowed=speaks_for_voters)
def name_voter(
    *,
    actor: Actor,
    now: datetime,
    member: Organisation,
    rank: str,
    person: Person,
    consultation: Consultation | None = None,
    how: str = NamedBy.FORM,
    decided_by: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Designation:
    """Name who votes for a member: lastingly, or in one consultation.

    An earlier naming of the same rank ends where this one begins.

    Raises:
        NamingClosed, NamingClosedMeanwhile, NoOfficeThere, NoMemberThen, NamedTwice, PeopleAnswer,
        OnlyByLetter, NamedInThePast, NotOnTheRoll, AlreadyClosed.
    """
    today = local_day(now)
    starts = valid_from or today
    if starts < today:
        raise NamedInThePast(day=starts)
    if how != NamedBy.LETTER and not names_voters(actor=actor, today=today, member=member):
        raise OnlyByLetter
    period = Period(starts, valid_until)
    _refuse_stranger(member, person, starts)
    if consultation is not None:
        refuse_late(member, consultation, now)
    else:
        refuse_reaching_in(member, now, starts)
    same = Designation.objects.known(None).filter(member=member, consultation=consultation)
    meanwhile = same.during(period)
    other = meanwhile.exclude(rank=rank).filter(person=person).first()
    if other is not None:
        raise NamedTwice(person=_person(person, starts), rank=other.get_rank_display())
    replaced = tuple(_give_way(row, starts, now) for row in meanwhile.filter(rank=rank))
    made = record(
        Designation(
            member=member,
            consultation=consultation,
            rank=rank,
            person=person,
            how=how,
            decided_by=decided_by,
            valid_from=starts,
            valid_until=valid_until,
        ),
        now=now,
    )
    announce(VoterNamed(designation=made.pk, replaced=replaced))
    return made


@use_case(allowed=speaks_for_voters)
def revoke_naming(
    *,
    actor: Actor,
    now: datetime,
    designation: Designation,
    reason: str,
    day: date | None = None,
) -> Designation:
    """A member takes a naming back, from a day on; the next in line holds the vote then.

    Raises:
        NamingClosed, NamingClosedMeanwhile, NamedInThePast, AlreadyClosed, EndOutsidePeriod.
    """
    starts = max(day or local_day(now), designation.valid_from or date.min)
    if starts < local_day(now):
        raise NamedInThePast(day=starts)
    if designation.consultation is not None:
        refuse_late(designation.member, designation.consultation, now)
    else:
        refuse_reaching_in(designation.member, now, starts)
    closed = designation.pk
    _give_way(designation, starts, now)
    announce(VoterRevoked(designation=closed))
    return designation


def _give_way(row: Designation, day: date, now: datetime) -> int:
    """End a naming on a day; one that was to begin then or later never was."""
    closed: int = row.pk
    if row.valid_from is not None and row.valid_from >= day:
        withdraw(row, now=now)
    else:
        end(row, day=day, now=now)
    return closed


def refuse_late(member: Organisation, consultation: Consultation, now: datetime) -> None:
    """Refuse a naming for one vote after its deadline, and say who holds the vote.

    Raises: ``PeopleAnswer``, ``AlreadyClosed``, ``NotOnTheRoll``, ``NamingClosed``.
    """
    if consultation.kind not in BY_MEMBERS:
        raise PeopleAnswer
    deadline = deadline_of(consultation)
    standing = deadline.standing
    if set(ENDED) & set(standing.steps) or standing.is_over(now):
        raise AlreadyClosed
    lines = RollLine.objects.filter(consultation=consultation, member=member)
    if StepKind.OPENED in standing.steps and not lines.exists():
        raise NotOnTheRoll
    if deadline.has_passed(now):
        raise NamingClosed(**_closed(member, consultation, now), moment=deadline.until)


def refuse_reaching_in(member: Organisation, now: datetime, starts: date) -> None:
    """Refuse a lasting change that would count in a vote for which naming has closed.

    Raises: ``NamingClosedMeanwhile``.
    """
    for deadline in deadlines(now, member):
        closes = deadline.standing.fact.closes_at
        if not deadline.has_passed(now) or (closes is not None and local_day(closes) < starts):
            continue
        after = local_day(closes or now) + timedelta(days=1)
        if closes is None and starts >= after:
            continue
        consultation = deadline.standing.consultation
        told = _closed(member, consultation, now)
        raise NamingClosedMeanwhile(**told, moment=deadline.until, day=after)


def _closed(member: Organisation, consultation: Consultation, now: datetime) -> dict[str, str]:
    day = local_day(now)
    holder = holders(consultation, [member.pk], day)[member.pk]
    return {
        "consultation": consultation.key,
        "member": _member(member, day),
        "holder": holder.words or "–",
    }


def _refuse_stranger(member: Organisation, person: Person, day: date) -> None:
    if not Membership.objects.at(day).known(None).filter(organisation=member).exists():
        raise NoMemberThen(member=_member(member, day), day=day)
    terms = OfficeFact.objects.at(day).known(None)
    if not terms.filter(office__person=person, office__organisation=member).exists():
        raise NoOfficeThere(person=_person(person, day), member=_member(member, day), day=day)


def _member(member: Organisation, day: date) -> str:
    fact = names_on([member.pk], day).get(member.pk)
    return fact.name if fact is not None else member.key


def _person(person: Person, day: date) -> str:
    return str(people_called([person.pk], day)[person.pk])
