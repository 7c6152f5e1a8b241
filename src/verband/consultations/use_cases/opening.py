"""Opening, closing and publishing a vote: by whoever leads it, or by the clock."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from verband.consultations.audience import Audience
from verband.consultations.kinds import ConsultationKind, StepKind, Weighing
from verband.consultations.models import Consultation, Invitation, RollLine, Step, VotingRuleFact
from verband.consultations.permissions import leads_or_clock, leads_the_vote
from verband.consultations.queries.at_hand import LOCKS
from verband.consultations.queries.roll import (
    Entry,
    NobodyAsked,
    names_of_segments,
    people_asked,
    roll_on,
)
from verband.consultations.queries.roll_call import closing_data
from verband.consultations.queries.silence import silent_in
from verband.consultations.queries.standing import (
    Standing,
    questions_of,
    remembered_standing,
    standing_of,
)
from verband.consultations.use_cases.admission import refuse_paper
from verband.consultations.use_cases.box import shuffle_box
from verband.consultations.use_cases.preparing import AlreadyClosed, rule_on, take_step
from verband.consultations.use_cases.ratifying import ratify_if_adopted, refuse_unless_tied
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.journal import canonical
from verband.kernel.permissions import CLOCK, Actor
from verband.kernel.two_times import add_things
from verband.kernel.use_case import use_case
from verband.members.models import VotingKeyFact
from verband.members.queries import voting_key_on

TO_PEOPLE = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)


class NothingAsked(DomainError):
    """A paper without a question."""

    code = "nothing_asked"
    template = "There is no question on the paper yet. Add one first."


class NoClosingTime(DomainError):
    """Outside a meeting people must know until when they can answer."""

    code = "no_closing_time"
    template = "Choose until when can be answered, in the future."


class NotOpen(DomainError):
    """Only what is open can be closed."""

    code = "not_open"
    template = "This vote is not open."


class AnnouncedLonger(DomainError):
    """Members count on the closing time they were told."""

    code = "announced_longer"
    template = (
        "It was announced that this closes on %(moment)s; %(silent)s have not answered yet. Wait"
        " until then, or withdraw it with a reason."
    )


class NotYet(DomainError):
    """The clock came too early."""

    code = "not_yet"
    template = "It is not time yet: this is planned for %(moment)s."


class NotClosed(DomainError):
    """Only what is closed can be published."""

    code = "not_closed"
    template = "This vote is still open. Close it first; then publish the result."


@use_case(allowed=leads_or_clock)
def open_vote(*, actor: Actor, now: datetime, consultation: Consultation) -> Step:
    """Open it: from here on roll, rule, segments and text are frozen.

    The roll is that of the day on which it was to open, also when the worker was late.

    Raises:
        AlreadyOpened, NothingAsked, NoClosingTime, NotYet, RuleNotInForce, NobodyAsked.
    """
    standing = locked(consultation)
    if standing.steps:
        raise AlreadyClosed
    planned = standing.fact.opens_at
    if actor is CLOCK and (planned is None or now < planned):
        raise NotYet(moment=planned)
    stands = [asked for asked in questions_of(consultation) if not asked.fact.is_withdrawn]
    if not stands and consultation.kind != ConsultationKind.STATEMENTS:
        raise NothingAsked
    closes = standing.fact.closes_at
    if consultation.kind != ConsultationKind.ASSEMBLY and (closes is None or closes <= now):
        raise NoClosingTime
    moment = min(planned, now) if planned is not None else now
    rule = rule_on(consultation.rule, consultation.kind, moment)
    refuse_paper(consultation, questions_of(consultation), rule)
    roll = freeze_roll(standing, rule, moment, now)
    return take_step(consultation, StepKind.OPENED, now=now, **frozen(rule, moment, roll))


def freeze_roll(
    standing: Standing, rule: VotingRuleFact, moment: datetime, now: datetime
) -> list[RollLine]:
    """Write the roll of that day, and for a question to people whom it goes to."""
    consultation, day = standing.consultation, local_day(moment)
    audience = Audience.read(standing.fact.audience)
    entries = roll_on(day, audience, rule.weighing, rule.dimensions)
    lines = add_things([_line(consultation, entry) for entry in entries], now=now)
    if rule.weighing == Weighing.PERSONS:
        people = people_asked(day, audience, [entry.member_id for entry in entries])
        if not people:
            raise NobodyAsked(day=day)
        add_things(
            [
                Invitation(consultation=consultation, person_id=person, member_id=member)
                for person, member in people
            ],
            now=now,
        )
    return lines


def _line(consultation: Consultation, entry: Entry) -> RollLine:
    return RollLine(
        consultation=consultation,
        member_id=entry.member_id,
        name=entry.name,
        votes=entry.votes,
        inhabitants=entry.inhabitants.number,
        figure_day=entry.inhabitants.reference_date,
        figure_source=entry.inhabitants.source,
        segments={name: list(codes) for name, codes in entry.segments.items()},
    )


def frozen(rule: VotingRuleFact, moment: datetime, roll: list[RollLine]) -> dict[str, Any]:
    """All by which this vote will be counted, as plain data."""
    day = local_day(moment)
    key = voting_key_on(day)
    return {
        "day": day.isoformat(),
        "rule": rule.rule,
        "rule_name": rule.name,
        "rule_name_en": rule.name_en,
        "article": rule.article,
        "binding": rule.binding,
        "weighing": rule.weighing,
        "is_secret": rule.is_secret,
        "election": rule.election,
        "shows_interim": rule.shows_interim,
        "may_change": rule.may_change,
        "needs_ratification": rule.needs_ratification,
        "naming_hours": rule.naming_hours,
        "objection_days": rule.objection_days,
        "proxy_members": rule.proxy_members,
        "proxy_votes": rule.proxy_votes,
        "dimensions": rule.dimensions,
        "thresholds": rule.thresholds,
        "segment_names": names_of_segments(day, roll),
        "key": _key(key) if key is not None and rule.weighing == Weighing.VOTES else None,
        "members": len(roll),
        "votes": sum(line.votes for line in roll),
        "roll": roll_digest(roll),
    }


def _key(key: VotingKeyFact) -> dict[str, Any]:
    names = ("per", "rounding", "minimum", "cap", "article")
    return {name: getattr(key, name) for name in names}


def roll_digest(roll: list[RollLine]) -> str:
    """SHA-256 of the roll: members, votes, inhabitants, in the order of their keys."""
    rows = sorted([line.member.key, line.votes, line.inhabitants] for line in roll)
    return hashlib.sha256(canonical(rows)).hexdigest()


@use_case(allowed=leads_or_clock)
def close_vote(
    *, actor: Actor, now: datetime, consultation: Consultation, reason: str = ""
) -> Step:
    """Close it: no ballot is taken any more. Closed is not published.

    A meeting closes its votes when it likes; elsewhere a vote closes early only when everybody who
    was asked has answered.

    Raises:
        NotOpen: it was not open. NotYet: the clock came before the closing time.
        AnnouncedLonger: somebody may still count on the announced time.
    """
    standing = locked(consultation)
    if StepKind.OPENED not in standing.steps or {
        StepKind.CLOSED,
        StepKind.WITHDRAWN,
        StepKind.HELD_OVER,
    } & set(standing.steps):
        raise NotOpen
    closes = standing.fact.closes_at
    if actor is CLOCK and (closes is None or now < closes):
        raise NotYet(moment=closes)
    early = closes is not None and now < closes
    silent = silent_in(consultation) if early else 0
    if silent and consultation.kind != ConsultationKind.ASSEMBLY:
        raise AnnouncedLonger(moment=closes, silent=silent)
    if standing.frozen["is_secret"]:
        shuffle_box(consultation)
    data = closing_data(standing, now, early=early) | ({"reason": reason} if reason else {})
    return take_step(consultation, StepKind.CLOSED, now=now, **data)


@use_case(allowed=leads_the_vote)
def publish_result(
    *,
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    ties: Mapping[str, str] | None = None,
) -> Step:
    """Let everybody see the result; a vote that ratifies another does so now, when adopted.

    ``ties`` maps the key of a question to how the chair or the lot settled its tie, where the rule
    leaves it to them: a choice on the paper.

    Raises:
        NotClosed: it is still open. NoTie: there was nothing to settle.
    """
    standing = standing_of(consultation)
    if StepKind.CLOSED not in standing.steps:
        raise NotClosed
    if ties:
        refuse_unless_tied(standing, ties)
    step = take_step(consultation, StepKind.PUBLISHED, now=now, **({"ties": ties} if ties else {}))
    ratify_if_adopted(consultation, now=now)
    return step


def locked(consultation: Consultation, *, shared: bool = False) -> Standing:
    """The standing of a consultation that nobody opens or closes meanwhile.

    Who votes takes the lock together with other voters (``shared``); who opens or closes, alone. So
    a ballot is either before the closing and counted, or after it and refused.
    """
    lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s, %s)", [LOCKS, consultation.pk])
    return remembered_standing(consultation) if shared else standing_of(consultation)
