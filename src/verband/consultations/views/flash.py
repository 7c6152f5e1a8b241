"""Answering a flash question in one tap. Sending twice is harmless."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import Answer, Consultation, Invitation
from verband.consultations.pages.flash import (
    MOST_LETTERS,
    Asking,
    flash_page,
    not_asked_page,
    over_page,
)
from verband.consultations.queries.standing import Standing, questions_of, standing_of
from verband.consultations.use_cases.casting import (
    NotOpenYet,
    TooLate,
    answer_question,
    refuse_unless_open,
)
from verband.consultations.views.shown import refused_other_day
from verband.core.errors import DomainError
from verband.members.people_labels import people_called
from verband.ui.page import render
from verband.ui.wording import moment
from verband.ui.wording import sentence as in_words


def answer(request: Any, key: str) -> HttpResponse:
    """The question with its answers as large buttons; a POST of one of them is the answer."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    other_day = refused_other_day(request)
    if other_day is not None:
        return other_day
    consultation = get_object_or_404(Consultation, key=key, kind=ConsultationKind.FLASH)
    if request.method == "POST":
        return _answer(request, consultation)
    standing = standing_of(consultation)
    asking = _asking(request, standing)
    if asking is None:
        return render(request, not_asked_page(request.reading, standing), status=403)
    try:
        refuse_unless_open(standing, request.reading.now)
    except TooLate as refusal:
        return render(request, over_page(asking, _closed(refusal), ""))
    return render(request, flash_page(asking))


def _asking(request: Any, standing: Standing) -> Asking | None:
    person = request.actor.person_id
    if not standing.frozen:
        raise Http404(standing.consultation.key)
    invited = Invitation.objects.filter(consultation=standing.consultation, person=person)
    if not invited.exists():
        return None
    [asked] = questions_of(standing.consultation)
    given = Answer.objects.filter(consultation=standing.consultation, person=person)
    who = people_called([person], request.reading.today)[person]
    last = given.order_by("-number").first()
    return Asking(request.reading, standing, asked, str(who), last)


def _answer(request: Any, consultation: Consultation) -> HttpResponse:
    post = request.POST
    seen = post.get("seen", "")
    typed = post.get("sentence", "")[:MOST_LETTERS]
    token = _token(post.get("token", ""))
    try:
        answer_question(
            actor=request.actor,
            now=request.reading.now,
            consultation=consultation,
            choice=post.get("choice", ""),
            token=token,
            sentence=typed,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0,
        )
    except DomainError as refusal:
        first = Answer.objects.filter(
            consultation=consultation, token=token, person=request.actor.person_id
        )
        if not first.exists():
            return _refuse(request, consultation, refusal, typed)
    messages.success(request, _("Your answer has been received."))
    return HttpResponseRedirect(request.path)


def _token(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _refuse(
    request: Any, consultation: Consultation, refusal: DomainError, typed: str
) -> HttpResponse:
    standing = standing_of(consultation)
    asking = _asking(request, standing)
    if asking is None or isinstance(refusal, NotOpenYet):
        return render(request, not_asked_page(request.reading, standing), status=403)
    if isinstance(refusal, TooLate):
        return render(request, over_page(asking, in_words(refusal), typed), status=422)
    page = flash_page(asking, sentence=typed, refusal=in_words(refusal))
    return render(request, page, status=422)


def _closed(refusal: TooLate) -> str:
    words = _("This closed on %(moment)s.")
    return words % {"moment": moment(refusal.params["closed"])}
