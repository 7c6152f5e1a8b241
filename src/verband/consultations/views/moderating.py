"""Moderating a deliberation: the queue, and one statement at a time."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.forms.statements import MergeForm, PutForm, WhyForm
from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import Consultation
from verband.consultations.pages.moderating import (
    moderate_page,
    moderating_crumbs,
    moderating_page,
)
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.queries.standing import Standing, standing_of
from verband.consultations.queries.statements import Put, statements_of
from verband.consultations.use_cases.moderating import (
    RUNNING,
    admit_statement,
    merge_statement,
    park_statement,
    put_statement,
    reopen_statement,
)
from verband.core.errors import DomainError
from verband.ui.act import act, gate
from verband.ui.page import Page, render
from verband.ui.wording import sentence

WORDS = ("park", "merge", "reopen")


def queue(request: Any, key: str) -> HttpResponse:
    """What waits and what stands; a POST admits one statement."""
    standing = _standing(key)
    refused = gate(request, admit_statement, consultation=standing.consultation)
    if refused is not None:
        return refused
    if request.method == "POST":
        return _admit(request, standing)
    return _shown(request, standing)


def _standing(key: str) -> Standing:
    found = get_object_or_404(Consultation, key=key, kind=ConsultationKind.STATEMENTS)
    return standing_of(found)


def _shown(request: Any, standing: Standing, refusal: str = "") -> HttpResponse:
    puts = statements_of(standing.consultation)
    over = standing.state(request.reading.now) not in RUNNING
    page = moderating_page(request.reading, standing, puts, is_over=over, refusal=refusal)
    return render(request, page, status=422 if refusal else 200)


def _admit(request: Any, standing: Standing) -> HttpResponse:
    one = _put(statements_of(standing.consultation), request.POST.get("statement", ""))
    seen = request.POST.get("seen", "")
    try:
        admit_statement(
            actor=request.actor,
            now=request.reading.now,
            statement=one.statement,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0,
        )
    except DomainError as refusal:
        fresh = _put(statements_of(standing.consultation), str(one.statement.pk))
        if not fresh.is_open:
            return _shown(request, standing, sentence(refusal))
    messages.success(request, _("“%(text)s” is put to the vote.") % {"text": one.statement.text})
    return HttpResponseRedirect(reverse("moderate_statements", args=[standing.consultation.key]))


def _put(puts: Sequence[Put], given: str) -> Put:
    for one in puts:
        if str(one.statement.pk) == given:
            return one
    raise Http404(given)


def judge(request: Any, key: str, pk: int, word: str) -> HttpResponse:
    """Park, merge or judge anew, with a reason."""
    standing = _standing(key)
    puts = statements_of(standing.consultation)
    one = _put(puts, str(pk))
    others = [it for it in puts if it.is_open and it.statement.pk != pk]
    if word not in WORDS:
        raise Http404(word)
    use_case, title, button = {
        "park": (park_statement, _("Park this statement"), _("Park it")),
        "merge": (merge_statement, _("Merge this statement into another"), _("Merge them")),
        "reopen": (reopen_statement, _("Judge this statement again"), _("Let it wait again")),
    }[word]
    return act(
        request,
        use_case=use_case,
        form_class=MergeForm if word == "merge" else WhyForm,
        form_kwargs={"puts": others} if word == "merge" else None,
        initial={"seen": one.seen},
        page=moderate_page(request, standing, one, title),
        template="consultations/moderate.html",
        button=button,
        preview=False,
        done=lambda _made: reverse("moderate_statements", args=[key]),
        message=_("Done. The author and everybody else can read your reason."),
        statement=one.statement,
    )


def put(request: Any, key: str) -> HttpResponse:
    """Put a statement on behalf of whoever asks."""
    standing = _standing(key)
    return act(
        request,
        use_case=put_statement,
        form_class=PutForm,
        page=Page(
            title=_("Put a statement to the vote"),
            reading=request.reading,
            crumbs=moderating_crumbs(request.reading, standing, queue=True),
            kind=kind_words(standing),
        ),
        button=_("Put it to the vote"),
        preview=False,
        done=lambda _made: reverse("moderate_statements", args=[key]),
        message=_("The statement is put to the vote."),
        consultation=standing.consultation,
    )
