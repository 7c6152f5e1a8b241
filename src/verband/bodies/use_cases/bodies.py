"""Changes about bodies: set up, describe, prolong, end; their goals and what they cover."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from verband.bodies.kinds import BodyKind
from verband.bodies.models import (
    Body,
    BodyFact,
    BodyTerm,
    Coverage,
    GoalFact,
    LinkFact,
    SeatFact,
    TemporaryNeedsEnd,
    Tenure,
)
from verband.bodies.permissions import keeps_the_body
from verband.core.errors import DomainError
from verband.core.period import Period, add_months
from verband.kernel.existence import follow, stop
from verband.kernel.permissions import Actor
from verband.kernel.two_times import (
    TwoTimesModel,
    add_thing,
    change,
    correct,
    end,
    prolong,
    record,
    withdraw,
)
from verband.kernel.use_case import use_case
from verband.members.models import Organisation
from verband.people.permissions import keeps_the_register
from verband.people.use_cases import KeyTaken

LONGEST_MONTHS = 24  # a temporary body lives two years at most, unless prolonged by a decision


class TemporaryTooLong(DomainError):
    """A temporary body ends within two years."""

    code = "temporary_too_long"
    template = "A temporary body ends at most two years after its start: by %(latest)s."


class DoesNotExist(DomainError):
    """A body that does not exist on a day cannot change on that day."""

    code = "body_does_not_exist"
    template = "%(body)s does not exist on %(day)s. Choose a day on which it does."


class NotAfterEnd(DomainError):
    """Prolonging moves the end to a later day."""

    code = "not_after_end"
    template = "The new end must lie after %(until)s, the end that stands."


class NothingToProlong(DomainError):
    """What has no end goes on by itself."""

    code = "nothing_to_prolong"
    template = "This body has no end, so there is nothing to prolong."


class ReasonNeeded(DomainError):
    """Prolonging and correcting are explained."""

    code = "reason_needed"
    template = "Write why. Your reason becomes part of the register."


@use_case(allowed=keeps_the_register)
def set_up_body(
    *,
    actor: Actor,
    now: datetime,
    key: str,
    kind: BodyKind,
    name: str,
    valid_from: date | None,
    valid_until: date | None = None,
    is_temporary: bool = False,
    review_on: date | None = None,
    decision: str = "",
    after_end: str = "",
    organisation: Organisation | None = None,
    source: str = "",
    certainty: str = "certain",
    **description: Any,
) -> Body:
    """Set up a body or enter a network.

    Raises:
        KeyTaken: another body has this key.
        TemporaryNeedsEnd: a temporary body without an end (R3).
        TemporaryTooLong: a temporary body of more than two years.
    """
    if Body.objects.filter(key=key).exists():
        raise KeyTaken(key=key)
    if is_temporary:
        _refuse_endless(valid_from, valid_until)
    body = add_thing(Body(key=key, organisation=organisation), now=now)
    provenance = {"source": source, "certainty": certainty}
    record(
        BodyTerm(
            body=body,
            valid_from=valid_from,
            valid_until=valid_until,
            is_temporary=is_temporary,
            review_on=review_on,
            decision=decision,
            after_end=after_end,
            **provenance,
        ),
        now=now,
    )
    record(
        BodyFact(
            body=body,
            kind=kind,
            name=name,
            valid_from=valid_from,
            valid_until=valid_until,
            **provenance,
            **description,
        ),
        now=now,
    )
    return body


def _refuse_endless(valid_from: date | None, valid_until: date | None) -> None:
    if valid_until is None:
        raise TemporaryNeedsEnd
    if valid_from is not None and valid_until > add_months(valid_from, LONGEST_MONTHS):
        raise TemporaryTooLong(latest=add_months(valid_from, LONGEST_MONTHS))


@use_case(allowed=keeps_the_body)
def change_body(
    *, actor: Actor, now: datetime, fact: BodyFact, day: date, **values: Any
) -> BodyFact:
    """From ``day`` on the body is called, or works, otherwise."""
    return change(fact, day=day, now=now, **values)


@use_case(allowed=keeps_the_register)
def correct_body(
    *, actor: Actor, now: datetime, fact: BodyFact, reason: str, **values: Any
) -> BodyFact:
    """The description was never so."""
    return correct(fact, now=now, **values)


@use_case(allowed=keeps_the_register)
def withdraw_body_fact(*, actor: Actor, now: datetime, fact: BodyFact, reason: str) -> None:
    """The description never held, and nothing takes its place."""
    withdraw(fact, now=now)


@use_case(allowed=keeps_the_register)
def correct_term(
    *, actor: Actor, now: datetime, term: BodyTerm, reason: str, **values: Any
) -> BodyTerm:
    """The period, review or decision was never so; seats, tenures and links follow the period.

    Raises:
        TemporaryNeedsEnd: a temporary body without an end (R3).
        TemporaryTooLong: it would live longer than two years and than was decided.
        LeftOutside: a seat or tenure would lie wholly outside the corrected period.
    """
    old, new = (
        term.period,
        Period(
            values.get("valid_from", term.valid_from), values.get("valid_until", term.valid_until)
        ),
    )
    if values.get("is_temporary", term.is_temporary):
        decided = old.days if term.is_temporary else None
        if decided is None or new.days is None or new.days > decided:
            _refuse_endless(new.start, new.until)
    if new != old:
        rows = list(_all_of(term.body))
        tenures = [row for row in rows if isinstance(row, Tenure)]
        others = [row for row in rows if not isinstance(row, Tenure)]
        follow(others, old=old, new=new, now=now, longer=True)
        follow(tenures, old=old, new=new, now=now, longer=False)
    return correct(term, now=now, **values)


@use_case(allowed=keeps_the_register)
def prolong_body(
    *,
    actor: Actor,
    now: datetime,
    term: BodyTerm,
    until: date,
    decision: str,
    reason: str,
    review_on: date | None = None,
) -> BodyTerm:
    """A temporary body goes on until a later day, by a decision and with a reason (R3).

    Its description goes on with it, and so do the seats and links that were to end with it;
    tenures do not: their holders are appointed anew. Without ``review_on`` the review that was
    planned stays.

    Raises:
        ReasonNeeded: no decision or no reason.
        NothingToProlong: the body has no end.
        NotAfterEnd: ``until`` is not later than the end that stands.
    """
    if not decision.strip() or not reason.strip():
        raise ReasonNeeded
    if term.valid_until is None:
        raise NothingToProlong
    if until <= term.valid_until:
        raise NotAfterEnd(until=term.valid_until)
    for row in _ending_with(term):
        prolong(row, until=until, now=now)
    review_on = review_on or term.review_on
    return prolong(term, until=until, now=now, review_on=review_on, decision=decision)


def _ending_with(term: BodyTerm) -> Iterator[TwoTimesModel]:
    body = term.body_id
    last = {"valid_until": term.valid_until}
    yield from BodyFact.objects.filter(body=body, **last).known(None)
    yield from Coverage.objects.filter(body=body, **last).known(None)
    yield from GoalFact.objects.filter(goal__body=body, **last).known(None)
    yield from SeatFact.objects.filter(seat__body=body, **last).known(None)
    yield from LinkFact.objects.filter(link__from_body=body, **last).known(None)
    yield from LinkFact.objects.filter(link__to_body=body, **last).known(None)


@use_case(allowed=keeps_the_register)
def end_body(
    *, actor: Actor, now: datetime, body: Body, day: date, reason: str, after_end: str = ""
) -> Body:
    """The body ends on ``day``, and with it its seats, tenures, links and goals.

    Raises:
        DoesNotExist: the body does not exist just before ``day``.
    """
    terms = [t for t in BodyTerm.objects.filter(body=body).known(None) if t.runs_into(day)]
    if not terms:
        raise DoesNotExist(body=body, day=day)
    ending = [row for row in _all_of(body) if any(row.period.overlaps(t.period) for t in terms)]
    stop(ending, day=day, now=now)
    for term in terms:
        end(term, day=day, now=now, after_end=after_end or term.after_end)
    return body


def _all_of(body: Body) -> Iterator[TwoTimesModel]:
    yield from BodyFact.objects.filter(body=body).known(None)
    yield from Coverage.objects.filter(body=body).known(None)
    yield from GoalFact.objects.filter(goal__body=body).known(None)
    yield from SeatFact.objects.filter(seat__body=body).known(None)
    yield from Tenure.objects.filter(seat__body=body).known(None)
    yield from LinkFact.objects.filter(link__from_body=body).known(None)
    yield from LinkFact.objects.filter(link__to_body=body).known(None)
