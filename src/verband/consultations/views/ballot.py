"""Casting a ballot: choose, check, cast, receipt. Sending twice is harmless."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from verband.consultations.kinds import ConsultationKind, QuestionForm, State
from verband.consultations.models import Ballot, Consultation, RollLine
from verband.consultations.pages.ballot import (
    Frame,
    Given,
    check_page,
    choose_page,
    missing,
    standing_given,
    too_late_page,
)
from verband.consultations.pages.not_your_vote import not_your_vote_page, other_votes
from verband.consultations.pages.receipt import receipt_page
from verband.consultations.queries.frozen import consultation_named, on_roll
from verband.consultations.queries.mandates import Mandate, functions_of, mandates_of
from verband.consultations.queries.standing import Standing, questions_of, standing_of
from verband.consultations.use_cases.casting import TooLate, cast_ballot, refuse_unless_open
from verband.consultations.views.shown import refused_other_day
from verband.core.errors import DomainError
from verband.kernel.permissions import NotAllowed
from verband.members.models import Organisation
from verband.ui.page import render
from verband.ui.wording import sentence

TO_PEOPLE = {ConsultationKind.FLASH: "answer", ConsultationKind.STATEMENTS: "statements"}
MOST_LETTERS = 2000


def vote(request: Any, key: str) -> HttpResponse:
    """The ballot of a member; ``?for=`` names the member when it is not the voter's own."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    other_day = refused_other_day(request)
    if other_day is not None:
        return other_day
    consultation = consultation_named(key)
    if consultation is None:
        raise Http404(key)
    if consultation.kind in TO_PEOPLE:
        here = reverse("consultation", args=[key])
        return HttpResponseRedirect(f"{here}{TO_PEOPLE[ConsultationKind(consultation.kind)]}/")
    if request.method == "POST":
        sent = _Sent.of(request)
        if sent.step == "cast":
            return _cast(request, consultation, sent)
        return _show(request, standing_of(consultation), sent)
    return _show(request, standing_of(consultation), None)


@dataclass(frozen=True)
class _Sent:
    """What came with the form."""

    step: str
    member: str
    by: str
    given: Given

    @classmethod
    def of(cls, request: Any) -> "_Sent":
        post = request.POST
        answers = {name[2:]: post[name] for name in post if name.startswith("q-")}
        seen = post.get("seen", "")
        return cls(
            post.get("step", ""),
            post.get("member", ""),
            post.get("by", ""),
            Given(
                answers,
                post.get("reason", "")[:MOST_LETTERS],
                str(_token(post.get("token", ""))),
                int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0,
            ),
        )


def _token(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _cast(request: Any, consultation: Consultation, sent: _Sent) -> HttpResponse:
    """Cast it; a second sending leads to the receipt of the first."""
    given, token = sent.given, UUID(sent.given.token)
    member, by_member = _place(consultation, sent.member), _place(consultation, sent.by)
    try:
        if member is None:
            raise Http404(sent.member)
        cast_ballot(
            actor=request.actor,
            now=request.reading.now,
            consultation=consultation,
            member=member,
            answers=given.answers,
            token=token,
            seen=given.seen,
            reason=given.reason,
            by_member=by_member,
        )
    except DomainError as refusal:
        first = Ballot.objects.filter(
            consultation=consultation, token=token, person=request.actor.person_id
        )
        if not first.exists():
            return _refuse(request, standing_of(consultation), sent, refusal)
    return HttpResponseRedirect(reverse("receipt", args=[consultation.key, token]))


def _place(consultation: Consultation, key: str) -> Organisation | None:
    if not key:
        return None
    return on_roll(consultation, key) or Organisation.objects.filter(key=key).first()


def _frame(request: Any, standing: Standing, sent: _Sent | None) -> Frame | None:
    """The paper of the member that was asked for, or of the first for which the actor votes."""
    person, day = request.actor.person_id, request.reading.today
    mandates = mandates_of(standing.consultation, person, day)
    asked = sent.member if sent else request.GET.get("for", "")
    fitting = [it for it in mandates if not asked or it.line.member.key == asked]
    if not fitting:
        return None
    mandate = fitting[0]
    return Frame(
        request.reading,
        standing,
        questions_of(standing.consultation),
        mandate,
        functions_of(_people(mandate, person), _members(mandate), day),
        person,
        other_votes(request.reading, standing, mandates, mandate),
    )


def _people(mandate: Mandate, person: int) -> set[int | None]:
    voters = mandate.voters
    named = {it.person_id for it in (voters.named, voters.substitute) if it is not None}
    return {person, *named, mandate.last.person_id if mandate.last else None}


def _members(mandate: Mandate) -> set[int]:
    last = mandate.last.by_member_id if mandate.last else None
    return (
        {mandate.line.member_id}
        | ({mandate.by.member_id} if mandate.by else set())
        | ({last} if last else set())
    )


def _show(request: Any, standing: Standing, sent: _Sent | None) -> HttpResponse:
    """The first or the second step; a paper with candidates, or a secret one, has its own page."""
    if standing.state(request.reading.now) in (State.DRAFT, State.PLANNED):
        raise Http404(standing.consultation.key)
    frame = _frame(request, standing, sent)
    if frame is None or not frame.mandate.may_vote:
        return render(request, not_your_vote_page(request.reading, standing, frame), status=403)
    persons = any(it.question.form == QuestionForm.PERSONS for it in frame.questions)
    if persons or standing.frozen["is_secret"]:
        path = reverse("vote_persons", args=[standing.consultation.key])
        return HttpResponseRedirect(f"{path}?for={frame.line.member.key}")
    try:
        refuse_unless_open(standing, request.reading.now)
    except TooLate as refusal:
        if sent is None:
            here = reverse("consultation", args=[standing.consultation.key])
            return HttpResponseRedirect(request.reading.link(here))
        return _too_late(request, frame, sent.given, refusal)
    if sent is None:
        page = choose_page(frame, standing_given(frame.mandate, str(uuid4())))
        return render(request, page)
    if sent.step == "check":
        if not missing(frame, sent.given):
            return render(request, check_page(frame, sent.given))
        return render(request, choose_page(frame, sent.given, show_missing=True), status=422)
    return render(request, choose_page(frame, sent.given))


def _refuse(request: Any, standing: Standing, sent: _Sent, refusal: DomainError) -> HttpResponse:
    """Say why it was not cast, with all that was filled in."""
    frame = _frame(request, standing, sent)
    if frame is None or not frame.mandate.may_vote or isinstance(refusal, NotAllowed):
        return render(request, not_your_vote_page(request.reading, standing, frame), status=403)
    if isinstance(refusal, TooLate):
        return _too_late(request, frame, sent.given, refusal)
    last = frame.mandate.last
    again = Given(sent.given.answers, sent.given.reason, str(uuid4()), last.number if last else 0)
    wanting = bool(missing(frame, again))
    page = choose_page(
        frame, again, refusal="" if wanting else sentence(refusal), show_missing=wanting
    )
    return render(request, page, status=422)


def _too_late(request: Any, frame: Frame, given: Given, refusal: TooLate) -> HttpResponse:
    href = reverse("consultation", args=[frame.standing.consultation.key])
    page = too_late_page(frame, given, sentence(refusal), request.reading.link(href))
    return render(request, page, status=422)


def receipt(request: Any, key: str, token: UUID) -> HttpResponse:
    """The proof of a ballot, for whoever cast it and whoever votes for that member."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    ballot = get_object_or_404(
        Ballot.objects.select_related("consultation", "member", "by_member"),
        consultation__key=key,
        token=token,
    )
    standing = standing_of(ballot.consultation)
    person, day = request.actor.person_id, request.reading.today
    mandates = mandates_of(ballot.consultation, person, day)
    mandate = next((it for it in mandates if it.line.member_id == ballot.member_id), None)
    if ballot.person_id != person and (mandate is None or not mandate.may_vote):
        raise Http404(key)
    line = RollLine.objects.get(consultation=ballot.consultation, member=ballot.member)
    last = Ballot.objects.filter(consultation=ballot.consultation, member=ballot.member)
    page = receipt_page(
        request.reading,
        standing,
        questions_of(ballot.consultation),
        ballot,
        line,
        last.latest("number"),
        may_change=mandate is not None and mandate.may_vote,
    )
    return render(request, page)
