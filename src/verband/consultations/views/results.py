"""The result of a vote, the outcome statement, objections, and the votes of one member."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.forms.leading import PressForm
from verband.consultations.forms.outcome import ObjectionAnswerForm, ObjectionForm, OutcomeForm
from verband.consultations.kinds import ConsultationKind, QuestionForm
from verband.consultations.models import Objection, OutcomeStatement, Question
from verband.consultations.pages.elected import elected_page
from verband.consultations.pages.flash_result import flash_result_page
from verband.consultations.pages.objections import (
    about_result,
    objections_page,
    term_words,
    too_late_words,
)
from verband.consultations.pages.outcome import outcome_page, segments_to_tell
from verband.consultations.pages.result import result_page
from verband.consultations.pages.result_actions import objecting_member
from verband.consultations.pages.statements_result import statements_result_page
from verband.consultations.pages.votes_of import votes_of_page
from verband.consultations.queries.elections import elections_of
from verband.consultations.queries.finality import finality_of
from verband.consultations.queries.standing import Standing
from verband.consultations.queries.suggestion import suggestion_for
from verband.consultations.use_cases.objections import (
    answer_objection,
    make_final,
    raise_objection,
)
from verband.consultations.use_cases.outcomes import correct_outcome, state_outcome
from verband.consultations.views.shown import read_then, refused, standing_shown
from verband.members.models import Organisation
from verband.ui.act import act
from verband.ui.page import Page, render


@read_then
def result(request: Any, key: str) -> HttpResponse:
    """What came of it, or why there is no result to see."""
    return shown_result(request, standing_shown(request, key))


def shown_result(request: Any, standing: Standing) -> HttpResponse:
    """The result; where persons were elected and nothing else was asked, who they are."""
    forms = set(standing.consultation.questions.values_list("form", flat=True))
    if standing.is_published and forms == {QuestionForm.PERSONS}:
        return render(request, elected_page(request.reading, standing, elections_of(standing)))
    return render(request, page_of_result(request, standing))


def page_of_result(request: Any, standing: Standing) -> Page:
    """The result as its kind shows it."""
    if standing.consultation.kind == ConsultationKind.FLASH:
        return flash_result_page(request, standing)
    if standing.consultation.kind == ConsultationKind.STATEMENTS:
        return statements_result_page(request, standing)
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
    finality = finality_of(standing)
    asks = member is not None and request.method == "GET"  # what was typed is not thrown away
    if asks and not finality.may_object(request.reading.today):
        messages.warning(request, too_late_words(finality))
        return HttpResponseRedirect(reverse("objections", args=[key]))
    return act(
        request,
        use_case=raise_objection,
        form_class=ObjectionForm,
        page=about_result(
            request,
            standing,
            _("Object to this result"),
            "" if member is None else term_words(finality, request.reading.today),
        ),
        button=_("Object"),
        done=lambda _made: reverse("objections", args=[key]),
        message=_("Your objection has been registered."),
        consultation=standing.consultation,
        member=member,
    )


@read_then
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
        page=about_result(
            request,
            standing_shown(request, key),
            _("Answer this objection"),
            _("The member reads your answer and its reason; everybody can read them."),
            objection,
        ),
        template="consultations/answer_objection.html",
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
        page=about_result(
            request,
            standing,
            _("Make this result final"),
            term_words(finality_of(standing), request.reading.today),
        ),
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
