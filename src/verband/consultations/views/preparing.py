"""Preparing a vote: what is asked, of whom, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.consultations.forms.leading import ReasonForm
from verband.consultations.forms.paper import PaperForm
from verband.consultations.forms.preparing import ConsultationForm, FlashForm, ParticularsForm
from verband.consultations.kinds import ConsultationKind, QuestionForm, StepKind
from verband.consultations.models import Consultation, Question, QuestionFact
from verband.consultations.pages import leading
from verband.consultations.pages.preparing import crumbs, new_page, preparation_page
from verband.consultations.queries.asking import bodies_for
from verband.consultations.queries.numbers import next_number
from verband.consultations.queries.rules import rules_on
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.leading import ask_members, withdraw_question
from verband.consultations.use_cases.preparing import (
    add_question,
    change_consultation,
    change_question,
    prepare_consultation,
)
from verband.kernel.use_case import UseCase
from verband.ui.act import act, gate
from verband.ui.component import Link
from verband.ui.page import Page, render

ASKED = (ConsultationKind.FLASH, ConsultationKind.CONSULTATION, ConsultationKind.STATEMENTS)


@dataclass(frozen=True)
class Somewhere:
    """A use case about a body that the form still has to name.

    The form may be opened by whoever may ask for some body; what is sent is checked for the body
    that was chosen.
    """

    case: UseCase[Any]
    bodies: tuple[Any, ...]

    @property
    def allowed(self) -> Any:
        """The grounds of authority, for the sentence of a refusal."""
        return self.case.allowed

    @property
    def preview(self) -> Callable[..., Any]:
        """What would change."""
        return self.case.preview

    def may(self, **arguments: Any) -> bool:
        """Whether there is a body for which the actor may ask."""
        if "body" in arguments:
            return self.case.may(**arguments)
        return any(self.case.may(**arguments, body=body) for body in self.bodies[:1])

    def __call__(self, **arguments: Any) -> Any:
        """Do it."""
        return self.case(**arguments)


def new(request: Any) -> HttpResponse:
    """Ask the members something."""
    bodies = bodies_for(getattr(request, "actor", None), request.reading.today)
    things = tuple(fact.body for fact in bodies)
    kind = request.GET.get("kind", "")
    flash = kind == ConsultationKind.FLASH
    case = Somewhere(ask_members if flash else prepare_consultation, things)
    if kind not in ASKED:
        refused = gate(request, case)
        return refused or render(request, new_page(request))
    now = request.reading.now
    given = {
        "kind": kind,
        "now": now,
        "bodies": bodies,
        "rules": rules_on(request.reading.today, None, kind),
    }
    number = next_number(kind, request.reading.today.year)
    label = ConsultationKind(kind).label
    return act(
        request,
        use_case=case,
        form_class=FlashForm if flash else partial(ConsultationForm, number=number),
        form_kwargs=given,
        template="consultations/asking.html",
        page=Page(
            title=_("Ask a flash question") if flash else _("Prepare: %(kind)s") % {"kind": label},
            reading=request.reading,
            crumbs=crumbs(),
            kind=f"{capfirst(str(label))} {number}",
            bare=flash,
        ),
        button=_("Ask the question") if flash else _("Save"),
        tell=leading.telling_asked(now),
        done=to_consultation,
    )


def to_consultation(consultation: Consultation) -> str:
    """Where a consultation stands now: its page, or while nobody was asked, its preparation."""
    opened = StepKind.OPENED in standing_of(consultation).steps
    page = "consultation" if opened else "edit_consultation"
    return reverse(page, args=[consultation.key])


def edit(request: Any, key: str) -> HttpResponse:
    """How far a consultation is prepared."""
    consultation = get_object_or_404(Consultation, key=key)
    refused = gate(request, change_consultation, consultation=consultation)
    if refused is not None:
        return refused
    if standing_of(consultation).steps:
        return HttpResponseRedirect(reverse("consultation", args=[key]))
    return render(request, preparation_page(request, consultation))


def particulars(request: Any, key: str) -> HttpResponse:
    """Change title, explanation, whom is asked, or the times."""
    consultation = get_object_or_404(Consultation, key=key)
    refused = gate(request, change_consultation, consultation=consultation)
    if refused is not None:
        return refused
    fact = standing_of(consultation).fact
    names = ("title", "explanation", "opens_at", "closes_at", "audience")
    first = {name: getattr(fact, name) for name in names}
    first["functions"] = fact.audience.get("functions", [])
    return act(
        request,
        use_case=change_consultation,
        form_class=ParticularsForm,
        form_kwargs={
            "kind": consultation.kind,
            "now": request.reading.now,
            "bodies": [],
            "rules": [],
        },
        initial=first,
        page=about(request, consultation, _("Change particulars")),
        button=_("Save"),
        tell=leading.telling_particulars(request.reading.now),
        done=lambda changed: reverse("edit_consultation", args=[key]),
        consultation=consultation,
    )


def about(request: Any, consultation: Consultation, title: str) -> Page:
    """What stands around a form about a consultation."""
    standing = standing_of(consultation)
    page = "consultation" if StepKind.OPENED in standing.steps else "edit_consultation"
    label = capfirst(str(consultation.get_kind_display()))
    return Page(
        title=title,
        reading=request.reading,
        crumbs=(*crumbs(), Link(consultation.key, reverse(page, args=[consultation.key]))),
        kind=f"{label} {consultation.key}",
        lead=standing.fact.title,
    )


def add(request: Any, key: str) -> HttpResponse:
    """Put a question, a part or an amendment on the paper."""
    consultation = get_object_or_404(Consultation, key=key)
    form = request.GET.get("form", "")
    if form not in (QuestionForm.YES_NO, QuestionForm.THREE_WAY, QuestionForm.CHOICE):
        raise Http404(form)
    part_of = _question_named(consultation, request.GET.get("part_of", ""))
    amends = _question_named(consultation, request.GET.get("amends", ""))
    title = _("Add a question")
    if amends is not None:
        title = _("Add an amendment to question %(number)s") % {"number": amends.order}
    elif part_of is not None:
        title = _("Add a part of question %(number)s") % {"number": part_of.order}
    return act(
        request,
        use_case=add_question,
        form_class=PaperForm,
        form_kwargs={
            "form": form,
            "now": request.reading.now,
            "amending": amends is not None,
        },
        page=about(request, consultation, title),
        button=_("Put it on the paper"),
        tell=leading.telling_question,
        done=lambda question: reverse("edit_consultation", args=[key]),
        consultation=consultation,
        form=form,
        part_of=part_of,
        amends=amends,
    )


def _question_named(consultation: Consultation, order: str) -> Question | None:
    if not order:
        return None
    if not order.isascii() or not order.isdigit() or len(order) > 6:
        raise Http404(order)
    return get_object_or_404(Question, consultation=consultation, order=int(order))


def change(request: Any, key: str, order: int) -> HttpResponse:
    """Change how a question reads."""
    question = get_object_or_404(Question, consultation__key=key, order=order)
    fact = QuestionFact.objects.known(None).select_related("question").get(question=question)
    return act(
        request,
        use_case=change_question,
        form_class=PaperForm,
        form_kwargs={"form": question.form, "now": request.reading.now, "fact": fact},
        page=about(
            request,
            question.consultation,
            _("Change question %(number)s") % {"number": order},
        ),
        button=_("Save"),
        tell=leading.telling_question,
        done=lambda changed: reverse("edit_consultation", args=[key]),
        question=question,
    )


def withdraw_one(request: Any, key: str, order: int) -> HttpResponse:
    """Take a question off the paper."""
    question = get_object_or_404(Question, consultation__key=key, order=order)
    title = _("Withdraw question %(number)s") % {"number": order}
    return act(
        request,
        use_case=withdraw_question,
        form_class=ReasonForm,
        page=about(request, question.consultation, title),
        button=_("Withdraw it"),
        tell=leading.telling_withdrawn,
        done=partial(_after_withdrawal, request, question),
        question=question,
    )


def _after_withdrawal(request: Any, question: Question, _changed: Any) -> str:
    """Back to the preparation, or for the proposer to its own page."""
    consultation, actor = question.consultation, request.actor
    prepares = change_consultation.may(
        actor=actor, now=request.reading.now, consultation=consultation
    )
    if prepares or question.proposer is None:
        return reverse("edit_consultation", args=[consultation.key])
    return reverse("voters_of_member", args=[question.proposer.key])
