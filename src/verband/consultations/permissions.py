"""Who may ask the members, open and close a vote, name a voter, and vote."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from verband.bodies.models import Body
from verband.bodies.permissions import OFFICERS, seats_held
from verband.consultations.hall import standing_for
from verband.consultations.kinds import Capacity
from verband.consultations.models import Consultation, Question, Sitting
from verband.consultations.voters import voters_for, voters_of
from verband.kernel.permissions import Actor, any_of, is_clock, predicate
from verband.members.models import Function, Organisation
from verband.members.permissions import functions_at
from verband.people.models import RoleKind
from verband.people.permissions import administers, holds_role, keeps_the_register, person_of


def consultation_in(arguments: dict[str, Any]) -> Consultation | None:
    """The consultation that the arguments of a use case speak of."""
    for name in ("consultation", "question", "outcome", "objection", "statement", "proxy"):
        value = arguments.get(name)
        for path in ("", "consultation", "question.consultation"):
            found = value
            for part in path.split(".") if path else ():
                found = getattr(found, part, None)
            if isinstance(found, Consultation):
                return found
    return None


def body_in(arguments: dict[str, Any]) -> Body | None:
    """The body that asks, or whose sitting it is."""
    consultation = consultation_in(arguments)
    if consultation is not None:
        return consultation.body
    for name in ("body", "sitting"):
        value = arguments.get(name)
        found = value if isinstance(value, Body) else getattr(value, "body", None)
        if isinstance(found, Body):
            return found
    return None


@predicate(_("chair or secretary of the body that asks"))
def is_officer_of_asker(*, actor: Actor, today: date, **arguments: Any) -> bool:
    """Whoever chairs the body that asks, or is its secretary."""
    person, body = person_of(actor), body_in(arguments)
    if person is None or body is None:
        return False
    officers = {role.value for role in OFFICERS}
    return any(pk == body.pk and role in officers for pk, role in seats_held(person.pk, today))


@predicate(_("authorised voter of the member, its substitute, or its secretary when none is named"))
def votes_for_member(
    *,
    actor: Actor,
    today: date,
    member: Organisation | None = None,
    by_member: Organisation | None = None,
    **arguments: Any,
) -> bool:
    """Whoever votes for the member itself, or for the member that holds its proxy."""
    person, consultation = person_of(actor), consultation_in(arguments)
    voting = by_member or member
    if person is None or consultation is None or voting is None:
        return False
    found = voters_for(consultation, voting.pk, today)
    return found.capacity_of(person.pk) in set(Capacity)


@predicate(_("whoever stands for the member in the sitting"))
def votes_in_sitting(
    *,
    actor: Actor,
    today: date,
    sitting: Sitting | None = None,
    member: Organisation | None = None,
    **arguments: Any,
) -> bool:
    """Whoever was named for the member; its secretary when nobody was."""
    person = person_of(actor)
    if person is None or sitting is None or member is None:
        return False
    return person.pk in standing_for(sitting, [member.pk], today)[member.pk]


@predicate(_("secretary or mayor of the member"))
def names_voters(
    *, actor: Actor, today: date, member: Organisation | None = None, **arguments: Any
) -> bool:
    """Whoever says for a member who votes."""
    fact = arguments.get("designation") or arguments.get("proxy")
    member = member or getattr(fact, "member", None)
    person = person_of(actor)
    if person is None or member is None:
        return False
    held = functions_at(person.pk, member, today)
    return bool(held & {Function.SECRETARY.value, Function.MAYOR.value})


@predicate(_("authorised voter of the member, its substitute, or its secretary when none is named"))
def holds_the_vote(
    *, actor: Actor, today: date, member: Organisation | None = None, **arguments: Any
) -> bool:
    """Whoever votes for the member: in the consultation that is meant, or in general."""
    person, consultation = person_of(actor), consultation_in(arguments)
    member = member or getattr(arguments.get("proxy"), "member", None)
    if person is None or member is None:
        return False
    return voters_of(consultation, [member.pk], today)[member.pk].capacity_of(person.pk) is not None


@predicate(_("secretary, mayor or authorised voter of the member that proposed it"))
def proposed_it(
    *, actor: Actor, today: date, question: Question | None = None, **_arguments: Any
) -> bool:
    """Whoever speaks for the member that moved a motion or an amendment."""
    proposer = None if question is None else question.proposer
    if question is None or proposer is None:
        return False
    about = {"actor": actor, "today": today, "member": proposer}
    return names_voters(**about) or holds_the_vote(**about, consultation=question.consultation)


@predicate(_("official of a member"))
def is_official(
    *, actor: Actor, today: date, member: Organisation | None = None, **_arguments: Any
) -> bool:
    """Whoever holds an office at the member."""
    person = person_of(actor)
    return (
        person is not None and member is not None and bool(functions_at(person.pk, member, today))
    )


@predicate(_("secretary of the member"))
def is_secretary_of_member(
    *, actor: Actor, today: date, member: Organisation | None = None, **_arguments: Any
) -> bool:
    """Whoever is the secretary of the municipality, also when it named somebody else to vote."""
    person = person_of(actor)
    if person is None or member is None:
        return False
    return Function.SECRETARY.value in functions_at(person.pk, member, today)


@predicate(_("whoever was asked"))
def was_asked(*, actor: Actor, **arguments: Any) -> bool:
    """Whoever was on the list when the question opened."""
    person, consultation = person_of(actor), consultation_in(arguments)
    if person is None or consultation is None:
        return False
    return consultation.invitations.filter(person=person).exists()


asks_members = any_of(
    is_officer_of_asker, holds_role(RoleKind.INTAKE, RoleKind.DIRECTORATE), keeps_the_register
)
leads_the_vote = any_of(is_officer_of_asker, keeps_the_register)
leads_or_clock = any_of(is_officer_of_asker, keeps_the_register, is_clock)
speaks_for_voters = any_of(names_voters, keeps_the_register)
gives_votes = any_of(names_voters, holds_the_vote)
withdraws_questions = any_of(proposed_it, is_officer_of_asker, keeps_the_register)
objects_for_member = any_of(votes_for_member, is_secretary_of_member)
keeps_rules = any_of(administers, keeps_the_register)
