"""Taking part in a deliberation: voting, adding a statement, looking back. Twice is harmless."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.documents.statements_file import (
    COLUMNS,
    statement_rows,
    statements_data,
)
from verband.consultations.kinds import ConsultationKind, State, StepKind
from verband.consultations.models import Consultation, Invitation
from verband.consultations.pages.flash import not_asked_page
from verband.consultations.pages.own_statements import add_statement_page, my_statements_page
from verband.consultations.pages.statement_list import statement_list_page
from verband.consultations.pages.statements import Taking, round_over_page, statements_page
from verband.consultations.queries.alike import alike
from verband.consultations.queries.standing import Standing, standing_of
from verband.consultations.queries.statements import (
    Put,
    judgements_of,
    left_for,
    next_for,
    statements_of,
    voters_by_statement,
    votes_by,
)
from verband.consultations.use_cases.casting import NotOpenYet, TooLate, refuse_unless_open
from verband.consultations.use_cases.statements import (
    Opinion,
    SaidAlready,
    checked_text,
    propose_statement,
    same_words,
    vote_on_statement,
)
from verband.consultations.views.documents import JSON, attached, table
from verband.consultations.views.shown import read_then, refused_other_day, standing_shown
from verband.core.errors import DomainError
from verband.kernel.journal import canonical
from verband.members.people_labels import people_called
from verband.ui.page import render
from verband.ui.wording import moment
from verband.ui.wording import sentence as in_words

MOST_TYPED = 2000  # more than a statement may have, so that what was typed comes back


def statements(request: Any, key: str) -> HttpResponse:
    """The next statement with its three buttons; a POST of one of them is the vote."""
    taking = _taking(request, key)
    if isinstance(taking, HttpResponse):
        return taking
    over = _over(request, taking)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(taking, asked.get("statement", ""))
    if request.method == "POST":
        return over or _vote(request, taking, chosen)
    return over or render(request, statements_page(taking, chosen or _next(taking)))


def _taking(request: Any, key: str) -> Taking | HttpResponse:
    """The participant with what was said so far, or why there is none."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    other_day = refused_other_day(request)
    if other_day is not None:
        return other_day
    consultation = get_object_or_404(Consultation, key=key, kind=ConsultationKind.STATEMENTS)
    standing = standing_of(consultation)
    if not standing.frozen:
        raise Http404(key)
    person = request.actor.person_id
    if not Invitation.objects.filter(consultation=consultation, person=person).exists():
        return render(request, not_asked_page(request.reading, standing), status=403)
    who = people_called([person], request.reading.today)[person]
    return Taking(
        request.reading,
        standing,
        person,
        str(who),
        statements_of(consultation),
        votes_by(consultation, person),
    )


def _over(request: Any, taking: Taking, typed: str = "") -> HttpResponse | None:
    try:
        refuse_unless_open(taking.standing, request.reading.now)
    except (TooLate, NotOpenYet) as refusal:
        words = in_words(refusal)
        if request.method == "GET" and isinstance(refusal, TooLate):
            words = _("This closed on %(moment)s.") % {"moment": moment(refusal.params["closed"])}
        status = 200 if request.method == "GET" else 422
        return render(request, round_over_page(taking, words, typed), status=status)
    return None


def _chosen(taking: Taking, given: str) -> Put | None:
    """The statement that the address or the form names, when it is one to vote on."""
    return next(
        (
            one
            for one in taking.puts
            if str(one.statement.pk) == given and one.statement.author_id != taking.person_id
        ),
        None,
    )


def _next(taking: Taking) -> Put | None:
    left = left_for(taking.puts, taking.person_id, taking.said)
    return next_for(left, taking.person_id, voters_by_statement(taking.standing.consultation))


def _vote(request: Any, taking: Taking, chosen: Put | None) -> HttpResponse:
    if chosen is None:
        raise Http404(request.POST.get("statement", ""))
    choice, seen = request.POST.get("choice", ""), request.POST.get("seen", "")
    try:
        vote_on_statement(
            actor=request.actor,
            now=request.reading.now,
            statement=chosen.statement,
            opinion=Opinion(choice),
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0,
        )
    except DomainError as refusal:
        said = votes_by(taking.standing.consultation, taking.person_id)
        last = said.get(chosen.statement.pk)
        if last is None or last.choice != choice:
            return _not_kept(request, taking, chosen, refusal)
    return HttpResponseRedirect(request.path)


def _not_kept(request: Any, taking: Taking, chosen: Put, refusal: DomainError) -> HttpResponse:
    """Say why, with the statement as it stands now, or the next when it is no longer there."""
    fresh = _taking(request, taking.standing.consultation.key)
    if isinstance(fresh, HttpResponse):
        return fresh
    over = _over(request, fresh)
    if over is not None:
        return over
    same = _chosen(fresh, str(chosen.statement.pk))
    shown = same if same is not None and same.is_open else _next(fresh)
    return render(request, statements_page(fresh, shown, in_words(refusal)), status=422)


def add(request: Any, key: str) -> HttpResponse:
    """A statement of one's own; what looks like it is shown before it is sent."""
    taking = _taking(request, key)
    if isinstance(taking, HttpResponse):
        return taking
    typed = request.POST.get("text", "")[:MOST_TYPED]
    over = _over(request, taking, typed)
    if over is not None:
        return over
    if request.method != "POST":
        return render(request, add_statement_page(taking, ""))
    shown = [
        one for one in taking.puts if one.is_open and one.statement.author_id != taking.person_id
    ]
    try:
        text = checked_text(typed, taking.puts)
        similar = alike(text, shown)
        if similar and request.POST.get("step") != "send":
            return render(request, add_statement_page(taking, typed, similar))
        propose_statement(
            actor=request.actor,
            now=request.reading.now,
            consultation=taking.standing.consultation,
            text=typed,
        )
    except SaidAlready as refusal:
        there = same_words(typed, statements_of(taking.standing.consultation))
        if there is None or there.statement.author_id != taking.person_id:
            known = [there] if there is not None and there.is_open else []
            page = add_statement_page(taking, typed, known, in_words(refusal))
            return render(request, page, status=422)
    except DomainError as refusal:
        page = add_statement_page(taking, typed, refusal=in_words(refusal))
        return render(request, page, status=422)
    messages.success(request, _("Your statement waits for the moderator."))
    return HttpResponseRedirect(reverse("my_statements", args=[key]))


def mine(request: Any, key: str) -> HttpResponse:
    """What the reader said, and what became of the reader's own statements."""
    taking = _taking(request, key)
    if isinstance(taking, HttpResponse):
        return taking
    own = [one.statement.pk for one in taking.puts if one.statement.author_id == taking.person_id]
    is_open = taking.standing.state(request.reading.now) == State.OPEN
    return render(request, my_statements_page(taking, judgements_of(own), is_open=is_open))


@read_then
def listed(request: Any, key: str) -> HttpResponse:
    """All statements in the order of admission, and those not put to the vote, for everybody."""
    standing = standing_shown(request, key)
    if standing.consultation.kind != ConsultationKind.STATEMENTS:
        raise Http404(key)
    return render(request, statement_list_page(request, standing))


def _published(request: Any, key: str) -> Standing:
    standing = standing_shown(request, key)
    known, published = request.reading.known, standing.at_step(StepKind.PUBLISHED)
    seen = published is not None and (known is None or published <= known)
    if standing.consultation.kind != ConsultationKind.STATEMENTS or not seen:
        raise Http404(key)
    return standing


def as_json(request: Any, key: str) -> HttpResponse:
    """Every statement with its figures, for programs; once it is published."""
    content = canonical(statements_data(_published(request, key)))
    return attached(content, JSON, f"statements-{key}.json")


def as_csv(request: Any, key: str) -> HttpResponse:
    """The same as a table."""
    rows = statement_rows(_published(request, key))
    return table((COLUMNS, *rows), f"statements-{key}.csv")
