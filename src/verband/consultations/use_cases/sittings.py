"""Sittings: planning a meeting in which is voted, and who is there."""

from datetime import datetime
from typing import Any

from verband.bodies.models import Body
from verband.consultations.models import Attendance, Sitting, SittingFact
from verband.consultations.permissions import leads_the_vote, votes_in_sitting
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing, correct, record
from verband.kernel.use_case import use_case
from verband.members.models import Membership, Organisation
from verband.members.queries import names_on
from verband.people.models import Person
from verband.people.permissions import person_of


class EndsBeforeItStarts(DomainError):
    """A meeting takes time."""

    code = "ends_before_it_starts"
    template = "The meeting must end after it starts. Choose a later end."


class NotAMember(DomainError):
    """Only members are present to vote."""

    code = "not_a_member"
    template = "%(member)s is no member of the association today, so it is not present to vote."


def _refuse_times(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise EndsBeforeItStarts


@use_case(allowed=leads_the_vote)
def plan_sitting(
    *,
    actor: Actor,
    now: datetime,
    body: Body,
    key: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: str = "",
    video: str = "",
    call: int = 1,
) -> Sitting:
    """Plan a meeting in which is voted. ``call``: 2 after a first meeting without a quorum.

    Raises:
        EndsBeforeItStarts: the end does not lie after the start.
    """
    _refuse_times(starts_at, ends_at)
    sitting = add_thing(Sitting(key=key, body=body), now=now)
    record(
        SittingFact(
            sitting=sitting,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            video=video,
            call=call,
        ),
        now=now,
    )
    return sitting


@use_case(allowed=leads_the_vote)
def change_sitting(*, actor: Actor, now: datetime, sitting: Sitting, **values: Any) -> SittingFact:
    """Change what the sitting is called, when and where it is, or which call it is."""
    fact: SittingFact = SittingFact.objects.known(None).get(sitting=sitting)
    _refuse_times(values.get("starts_at", fact.starts_at), values.get("ends_at", fact.ends_at))
    return correct(fact, now=now, **values)


@use_case(allowed=leads_the_vote)
def mark_present(
    *,
    actor: Actor,
    now: datetime,
    sitting: Sitting,
    member: Organisation,
    person: Person | None = None,
    remote: bool = False,
) -> Attendance:
    """The desk notes that a member is there, in the hall or (``remote``) from elsewhere.

    Raises:
        NotAMember: it is no member of the association on this day.
    """
    _refuse_stranger(member, now)
    return _note(sitting, member, now, is_present=True, person=person, remote=remote)


@use_case(allowed=leads_the_vote)
def mark_absent(
    *, actor: Actor, now: datetime, sitting: Sitting, member: Organisation
) -> Attendance:
    """The desk notes that a member went out, or is not there."""
    return _note(sitting, member, now, is_present=False, person=None, remote=False)


@use_case(allowed=votes_in_sitting)
def check_in(
    *, actor: Actor, now: datetime, sitting: Sitting, member: Organisation, remote: bool = False
) -> Attendance:
    """Whoever votes for a member says to be there.

    Raises:
        NotAMember: it is no member of the association on this day.
    """
    _refuse_stranger(member, now)
    person = person_of(actor)
    return _note(sitting, member, now, is_present=True, person=person, remote=remote)


@use_case(allowed=votes_in_sitting)
def check_out(*, actor: Actor, now: datetime, sitting: Sitting, member: Organisation) -> Attendance:
    """Whoever votes for a member leaves."""
    return _note(sitting, member, now, is_present=False, person=person_of(actor), remote=False)


def _refuse_stranger(member: Organisation, now: datetime) -> None:
    memberships = Membership.objects.at(local_day(now)).known(None)
    if not memberships.filter(organisation=member).exists():
        facts = names_on([member.pk], local_day(now))
        raise NotAMember(member=facts[member.pk].name if facts else member.key)


def _note(
    sitting: Sitting,
    member: Organisation,
    now: datetime,
    *,
    is_present: bool,
    person: Person | None,
    remote: bool,
) -> Attendance:
    """Write the next line of a member; a second click on the same button writes nothing."""
    lines = Attendance.objects.filter(sitting=sitting, member=member)
    last = lines.order_by("-number").first()
    before = (last.is_present, last.remote) if last is not None else (False, False)
    if last is not None and before == (is_present, remote):
        return last
    number = 1 if last is None else last.number + 1
    return add_thing(
        Attendance(
            sitting=sitting,
            member=member,
            person=person,
            number=number,
            is_present=is_present,
            remote=remote,
        ),
        now=now,
    )
