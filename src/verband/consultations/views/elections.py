"""Voting for persons, the result of an election, and what its secrecy is worth."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from verband.consultations.kinds import ElectionMethod, State, StepKind
from verband.consultations.models import Ballot, Consultation, Participation
from verband.consultations.pages.elected import elected_page
from verband.consultations.pages.elections import (
    Cast,
    secret_page,
    vote_persons_page,
)
from verband.consultations.pages.not_your_vote import not_your_vote_page
from verband.consultations.queries.elections import blt_of, elections_of, method_of
from verband.consultations.queries.mandates import Mandate, mandates_of
from verband.consultations.queries.standing import Asked, Standing, questions_of, standing_of
from verband.consultations.use_cases.admission import checked_names
from verband.consultations.use_cases.casting import cast_ballot, refuse_unless_open
from verband.consultations.use_cases.elections import Sealed, cast_secret_ballot
from verband.consultations.views.shown import refused_other_day, standing_shown
from verband.core.errors import DomainError
from verband.ui.component import Link
from verband.ui.page import render
from verband.ui.wording import sentence


def _vote(key: str) -> Standing:
    votes = Consultation.objects.select_related("body", "rule", "sitting", "round_of", "author")
    return standing_of(get_object_or_404(votes, key=key))


@never_cache
@sensitive_post_parameters()
def vote_persons(request: Any, key: str) -> HttpResponse:
    """The paper with candidates: choose, check, cast. A secret one gives no receipt."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    refused = refused_other_day(request)
    if refused is not None:
        return refused
    standing = _vote(key)
    if standing.state(request.reading.now) in (State.DRAFT, State.PLANNED):
        raise Http404(key)
    wanted = request.POST.get("member") or request.GET.get("for", "")
    mandates = mandates_of(standing.consultation, request.actor.person_id, request.reading.today)
    mine = [one for one in mandates if one.may_vote]
    fitting = [one for one in mine if not wanted or one.line.member.key == wanted]
    if not fitting:
        return render(request, not_your_vote_page(request.reading, standing, None), status=403)
    return _paper(request, standing, fitting[0], mine)


def _paper(request: Any, standing: Standing, mandate: Mandate, mine: list[Mandate]) -> HttpResponse:
    questions = questions_of(standing.consultation)
    done = _took_part(standing, mandate)
    page: dict[str, Any] = {
        "standing": standing,
        "questions": questions,
        "mandate": mandate,
        "others": _others(standing, mandate, mine),
    }
    if done:
        return render(request, vote_persons_page(request.reading, step="done", **page))
    cast: Cast = Cast()
    errors: dict[str, str] = {}
    if request.method == "POST":
        cast, errors = _read(request, standing, questions)
    token = request.POST.get("token", "") or str(uuid4())
    step = request.POST.get("step", "choose")
    page |= {"cast": cast, "errors": errors, "token": token}
    try:
        refuse_unless_open(standing, request.reading.now)
        if step == "cast" and not errors:
            return _cast(request, standing, mandate, cast, token)
    except DomainError as refusal:
        shown = vote_persons_page(request.reading, refusal=sentence(refusal), **page)
        return render(request, shown, status=422)
    checks = step in ("check", "cast") and not errors
    shown = vote_persons_page(request.reading, step="check" if checks else "choose", **page)
    return render(request, shown, status=422 if errors and step != "choose" else 200)


def _took_part(standing: Standing, mandate: Mandate) -> bool:
    parts = Participation.objects.filter(
        question__consultation=standing.consultation, member=mandate.line.member_id
    )
    return bool(standing.frozen["is_secret"]) and parts.exists()


def _others(standing: Standing, shown: Mandate, mine: list[Mandate]) -> tuple[Link, ...]:
    path = reverse("vote_persons", args=[standing.consultation.key])
    return tuple(
        Link(
            one.line.name,
            f"{path}?for={one.line.member.key}",
            _("by proxy") if one.by else "",
        )
        for one in mine
        if one is not shown
    )


def _read(request: Any, standing: Standing, questions: list[Asked]) -> tuple[Cast, dict[str, str]]:
    """The names on each paper, and what is wrong with it."""
    election = standing.frozen.get("election", "")
    names, errors = {}, {}
    for asked in questions:
        field = f"q-{asked.key}"
        given = [name for name in request.POST.getlist(field) if name]
        if method_of(election) == ElectionMethod.STV and "ranked" in request.POST:
            given, wrong = _ranked(request, asked)
            if wrong:
                errors[asked.key] = wrong
        names[asked.key] = given
        try:
            checked_names(asked, election, given)
        except DomainError as refusal:
            errors.setdefault(asked.key, sentence(refusal))
    return Cast(names), errors


def _ranked(request: Any, asked: Asked) -> tuple[list[str], str]:
    """The candidates in the order of their places; every place once, none left out."""
    places: dict[int, str] = {}
    for code in asked.choices:
        place = request.POST.get(f"r-{asked.key}-{code}", "")
        if not place.isdigit():
            continue
        if int(place) in places:
            return list(places.values()), _("Give each place to one candidate.")
        places[int(place)] = code
    order = sorted(places)
    if order != list(range(1, len(order) + 1)):
        return [places[place] for place in order], _("Begin with 1, and leave out no place.")
    return [places[place] for place in order], ""


def _cast(
    request: Any, standing: Standing, mandate: Mandate, cast: Cast, token: str
) -> HttpResponse:
    key, member = standing.consultation.key, mandate.line.member
    given = {
        "actor": request.actor,
        "now": request.reading.now,
        "consultation": standing.consultation,
        "member": member,
        "by_member": mandate.by.member if mandate.by else None,
    }
    if standing.frozen["is_secret"]:
        cast_secret_ballot(sealed=Sealed(dict(cast.names)), **given)
        path = reverse("vote_persons", args=[key])
        return HttpResponseRedirect(f"{path}?for={member.key}")
    number = mandate.last.number if mandate.last else 0
    sent = UUID(token)
    first = Ballot.objects.filter(consultation=standing.consultation, token=sent)
    if not first.exists():
        cast_ballot(answers=dict(cast.names), token=sent, seen=number, **given)
    return HttpResponseRedirect(reverse("receipt", args=[key, sent]))


def elected(request: Any, key: str) -> HttpResponse:
    """Who was elected, once it is published."""
    standing = standing_shown(request, key)
    if not standing.is_published:
        raise Http404(key)
    page = elected_page(request.reading, standing, elections_of(standing))
    return render(request, page)


def blt(request: Any, key: str, question: str) -> HttpResponse:
    """The ranked papers as a file that other election programs read."""
    standing = _vote(key)
    text = blt_of(standing, question) if standing.is_published else None
    if text is None:
        raise Http404(key)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}-{question}.blt"'
    return response


def secret(request: Any, key: str) -> HttpResponse:
    """What the operator could and could not see of a secret vote."""
    standing = _vote(key)
    if StepKind.OPENED not in standing.steps or not standing.frozen["is_secret"]:
        raise Http404(key)
    return render(request, secret_page(request.reading, standing))
