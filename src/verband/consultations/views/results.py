"""The result of a vote, the outcome statement, objections, and the votes of one member."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.forms.leading import PressForm
from verband.consultations.forms.outcome import ObjectionAnswerForm, ObjectionForm, OutcomeForm
from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import Objection, OutcomeStatement, Question
from verband.consultations.pages.flash_result import flash_result_page
from verband.consultations.pages.objections import objections_page
from verband.consultations.pages.outcome import outcome_page, segments_to_tell
from verband.consultations.pages.result import result_page
from verband.consultations.pages.result_actions import objecting_member
from verband.consultations.pages.votes_of import votes_of_page
from verband.consultations.queries.standing import Standing
from verband.consultations.queries.suggestion import suggestion_for
from verband.consultations.use_cases.objections import (
    answer_objection,
    make_final,
    raise_objection,
)
from verband.consultations.use_cases.outcomes import correct_outcome, state_outcome
from verband.consultations.views.shown import refused, standing_shown
from verband.members.models import Organisation
from verband.ui.act import act
from verband.ui.page import Page, render


def result(request: Any, key: str) -> HttpResponse:
    """What came of it, or why there is no result to see."""
    return render(request, page_of_result(request, standing_shown(request, key)))


def page_of_result(request: Any, standing: Standing) -> Page:
    """The result as its kind shows it."""
    if standing.consultation.kind == ConsultationKind.FLASH:
        return flash_result_page(request, standing)
    return result_page(request, standing)


def outcome(request: Any, key: str, order: int) -> HttpResponse:
    """The owner states, or corrects, what came of a question."""
    standing = standing_shown(request, key)
    question = get_object_or_404(Question, consultation=standing.consultation, order=order)
    found = suggestion_for(question)
    if found is None:
        raise Http404(key)
    stated = OutcomeStatement.objects.known(None).filter(question=question).first()
    fixed: dict[str, Any] = {"question": question} if stated is None else {"outcome": stated}
    return act(
        request,
        use_case=state_outcome if stated is None else correct_outcome,
        form_class=OutcomeForm,
        form_kwargs={
            "reading": request.reading,
            "suggested": found.suggested,
            "segments": segments_to_tell(standing, question),
            "outcome": stated,
        },
        page=outcome_page(
            request, standing, question, found.suggested, corrects=stated is not None
        ),
        template="consultations/outcome.html",
        button=_("State the outcome") if stated is None else _("Correct this statement"),
        done=lambda _made: _to_result(key, order),
        message=_("The outcome stands on the result page."),
        **fixed,
    )


def object_to_result(request: Any, key: str) -> HttpResponse:
    """A member objects to a result."""
    standing = standing_shown(request, key)
    if not standing.is_published:
        raise Http404(key)
    member = None if request.actor is None else objecting_member(request, standing)
    if request.actor is not None and member is None:
        return refused(
            request,
            _("Only the authorised voter or the secretary of a member on the roll can object."),
        )
    return act(
        request,
        use_case=raise_objection,
        form_class=ObjectionForm,
        title=_("Object to this result"),
        button=_("Object"),
        done=lambda _made: reverse("objections", args=[key]),
        message=_("Your objection has been registered."),
        consultation=standing.consultation,
        member=member,
    )


def objections(request: Any, key: str) -> HttpResponse:
    """All objections to a result, with their answers."""
    standing = standing_shown(request, key)
    if not standing.is_published:
        raise Http404(key)
    return render(request, objections_page(request, standing))


def answer(request: Any, key: str, pk: int) -> HttpResponse:
    """The owner decides about an objection."""
    objection = get_object_or_404(
        Objection.objects.select_related("consultation"), consultation__key=key, pk=pk
    )
    return act(
        request,
        use_case=answer_objection,
        form_class=ObjectionAnswerForm,
        title=_("Answer this objection"),
        button=_("Answer"),
        done=lambda _made: reverse("objections", args=[key]),
        message=_("The answer stands beside the objection."),
        objection=objection,
    )


def final(request: Any, key: str) -> HttpResponse:
    """Whoever leads the vote makes its result final, when the clock has not."""
    standing = standing_shown(request, key)
    return act(
        request,
        use_case=make_final,
        form_class=PressForm,
        title=_("Make this result final"),
        button=_("Make this result final"),
        done=lambda _made: reverse("result", args=[key]),
        message=_("The result is final."),
        consultation=standing.consultation,
    )


def votes_of(request: Any, member: str) -> HttpResponse:
    """What one member voted over time."""
    found = get_object_or_404(Organisation, key=member)
    return render(request, votes_of_page(request, found))


def _to_result(key: str, order: int) -> str:
    return reverse("result", args=[key]) + f"?question={order}"
