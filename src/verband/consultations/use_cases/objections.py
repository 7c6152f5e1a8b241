"""Objections to a result, and the result becoming final when none stands."""

from datetime import datetime

from verband.consultations.kinds import StepKind
from verband.consultations.models import Consultation, Objection, ObjectionAnswer, RollLine, Step
from verband.consultations.permissions import (
    is_officer_of_asker,
    leads_or_clock,
    objects_for_member,
)
from verband.consultations.queries.finality import Finality, finality_of
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.casting import NotOnTheRoll
from verband.consultations.use_cases.preparing import take_step
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import REFUSALS, add_thing
from verband.kernel.use_case import use_case
from verband.members.models import Organisation
from verband.people.permissions import person_of


class NotPublished(DomainError):
    """There is no result yet."""

    code = "not_published"
    template = "The result has not been published yet."


class NoObjections(DomainError):
    """The rule knows no term in which to object."""

    code = "no_objections"
    template = "The rule of this vote has no term for objections."


class ObjectionTooLate(DomainError):
    """The term is over."""

    code = "objection_too_late"
    template = "You could object until %(day)s. The result stands."


class AnsweredAlready(DomainError):
    """An objection is answered once."""

    code = "objection_answered"
    template = "This objection has been answered already."


class TermRuns(DomainError):
    """Members can still object."""

    code = "objection_term_runs"
    template = "Members can object until %(day)s. The result cannot become final before that day."


class ObjectionOpen(DomainError):
    """An objection waits for an answer."""

    code = "objection_open"
    template = "%(count)s objections wait for an answer. Answer them first."


class ObjectionUpheld(DomainError):
    """The result was found to be wrong."""

    code = "objection_upheld"
    template = "An objection was upheld, so this result does not become final. Hold the vote again."


def finality_on_record(consultation: Consultation) -> Finality:
    """How far the result is final. Raises: ``NotPublished``, ``NoObjections``."""
    standing = standing_of(consultation)
    if StepKind.PUBLISHED not in standing.steps:
        raise NotPublished
    finality = finality_of(standing)
    if finality.term_until is None:
        raise NoObjections
    return finality


@use_case(allowed=objects_for_member)
def raise_objection(
    *, actor: Actor, now: datetime, consultation: Consultation, member: Organisation, text: str
) -> Objection:
    """A member objects to the result, before it is final; everybody can read it.

    Raises:
        NotPublished, NoObjections, ObjectionTooLate, NotOnTheRoll.
    """
    finality = finality_on_record(consultation)
    if not finality.may_object(local_day(now)):
        raise ObjectionTooLate(day=finality.term_until)
    if not RollLine.objects.filter(consultation=consultation, member=member).exists():
        raise NotOnTheRoll
    person = person_of(actor)
    return add_thing(
        Objection(consultation=consultation, member=member, person=person, text=text.strip()),
        now=now,
    )


@use_case(allowed=is_officer_of_asker)
def answer_objection(
    *, actor: Actor, now: datetime, objection: Objection, is_upheld: bool, reason: str
) -> ObjectionAnswer:
    """Say whether the objection is right, and why; once.

    Raises:
        AnsweredAlready.
    """
    if ObjectionAnswer.objects.filter(objection=objection).exists():
        raise AnsweredAlready
    answer = ObjectionAnswer(objection=objection, is_upheld=is_upheld, reason=reason.strip())
    return add_thing(answer, now=now)


@use_case(allowed=leads_or_clock)
def make_final(*, actor: Actor, now: datetime, consultation: Consultation) -> Step:
    """The term is over and no objection stands: the result is final.

    Raises:
        NotPublished, NoObjections, TermRuns, ObjectionOpen, ObjectionUpheld; AlreadyDone.
    """
    finality = finality_on_record(consultation)
    if finality.term_until is not None and local_day(now) < finality.term_until:
        raise TermRuns(day=finality.term_until)
    if finality.open_objections:
        raise ObjectionOpen(count=len(finality.open_objections))
    if finality.upheld:
        raise ObjectionUpheld
    return take_step(consultation, StepKind.FINAL, now=now)


REFUSALS["consult_objectionanswer_objection_id_key"] = AnsweredAlready
