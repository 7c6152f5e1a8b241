"""What a visitor can do at a result: state the outcome, object, answer, download."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.pages.result_outcome import StatementShown
from verband.consultations.queries.count import QuestionCount
from verband.consultations.queries.finality import Finality
from verband.consultations.queries.roll_call import has_roll_call
from verband.consultations.queries.standing import Standing
from verband.consultations.use_cases.objections import make_final, raise_objection
from verband.consultations.use_cases.outcomes import correct_outcome, state_outcome
from verband.consultations.voters import members_for
from verband.members.models import Organisation
from verband.people.permissions import person_of
from verband.ui.component import Link
from verband.ui.wording import number

# Names of addresses with the words of their link; only what is there is shown.
FILES = (("roll_call_csv", "CSV"), ("roll_call_json", "JSON"), ("decision_pdf", "PDF"))


def actions_of(request: Any, standing: Standing, finality: Finality) -> tuple[Link, ...]:
    """Objecting, the objections, and making the result final."""
    reading, key = request.reading, standing.consultation.key
    found = []
    if finality.objections:
        words = ngettext("%(count)s objection", "%(count)s objections", len(finality.objections))
        text = words % {"count": number(len(finality.objections))}
        found.append(Link(text, reading.link(reverse("objections", args=[key]))))
    if request.actor is None or not reading.changes_allowed:
        return tuple(found)
    if finality.may_object(reading.today) and objecting_member(request, standing) is not None:
        found.append(Link(_("Object to this result"), reverse("object", args=[key])))
    done = finality.term_until is not None and reading.today >= finality.term_until
    waiting = finality.awaits_objections and not finality.open_objections and not finality.upheld
    about = {"actor": request.actor, "now": reading.now, "consultation": standing.consultation}
    if done and waiting and make_final.may(**about):
        found.append(Link(_("Make this result final"), reverse("make_final", args=[key])))
    return tuple(found)


def objecting_member(request: Any, standing: Standing) -> Organisation | None:
    """The first member on the roll for which the visitor may object."""
    person = person_of(request.actor)
    if person is None:
        return None
    on_roll = standing.consultation.roll.filter(
        member__in=members_for(person.pk, request.reading.today)
    )
    for line in on_roll.select_related("member"):
        member: Organisation = line.member
        if raise_objection.may(
            actor=request.actor,
            now=request.reading.now,
            consultation=standing.consultation,
            member=member,
        ):
            return member
    return None


def statement_actions(
    request: Any, question: QuestionCount, stated: StatementShown | None
) -> tuple[Link, ...]:
    """Stating or correcting the outcome, for its owner."""
    if request.actor is None or not request.reading.changes_allowed:
        return ()
    asked = question.asked.question
    about = {"actor": request.actor, "now": request.reading.now}
    href = reverse("outcome", args=[asked.consultation.key, asked.order])
    if stated is None:
        may = state_outcome.may(**about, question=asked)
        return (Link(_("State the outcome"), href),) if may else ()
    may = correct_outcome.may(**about, outcome=stated.statement)
    return (Link(_("Correct this statement"), href),) if may else ()


def downloads_of(request: Any, standing: Standing) -> tuple[Link, ...]:
    """The files of a published vote of members."""
    if not standing.is_published or not has_roll_call(standing):
        return ()
    found = []
    for name, words in FILES:
        try:
            href = reverse(name, args=[standing.consultation.key])
        except NoReverseMatch:
            continue
        found.append(Link(words, request.reading.link(href)))
    return tuple(found)
