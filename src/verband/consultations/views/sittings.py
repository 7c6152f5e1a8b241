"""Sittings: the list, one sitting, who is there, the desk, and following it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verband.bodies.kinds import BodyKind
from verband.bodies.models import Body, BodyFact
from verband.bodies.queries.names import name_of
from verband.consultations.forms.sittings import NewSittingForm, SittingForm, VoteForm
from verband.consultations.kinds import ConsultationKind, StepKind
from verband.consultations.models import (
    Consultation,
    ConsultationFact,
    Sitting,
    VotingRuleFact,
)
from verband.consultations.pages.presence import person_at, presence_page
from verband.consultations.pages.sitting import (
    SittingPage,
    crumbs_of,
    sitting_page,
    sittings_page,
)
from verband.consultations.queries.sitting import TO_COME, agenda_of, fact_of
from verband.consultations.use_cases.assembly import ask_for_vote
from verband.consultations.use_cases.preparing import prepare_consultation
from verband.consultations.use_cases.sittings import (
    change_sitting,
    check_in,
    check_out,
    mark_absent,
    mark_present,
    plan_sitting,
)
from verband.core.errors import DomainError
from verband.members.models import Organisation
from verband.ui.act import act, gate
from verband.ui.component import Link
from verband.ui.forms import Option
from verband.ui.page import Page, render
from verband.ui.wording import sentence


def sitting_or_404(key: str) -> Sitting:
    """The sitting at an address."""
    found: Sitting = get_object_or_404(Sitting.objects.select_related("body"), key=key)
    return found


def sittings(request: Any) -> HttpResponse:
    """What is planned and what was held."""
    actions = []
    body = _board(request)
    if body is not None and request.actor is not None and request.reading.changes_allowed:
        may = plan_sitting.may(actor=request.actor, now=request.reading.now, body=body)
        if may:
            actions.append(Link(_("Plan a sitting"), reverse("sitting_new")))
    return render(request, sittings_page(request, tuple(actions)))


def _board(request: Any) -> Body | None:
    """The body whose sitting is planned: named in the address, or the board."""
    key = request.GET.get("body", "")
    if key:
        return Body.objects.filter(key=key).first()
    boards = BodyFact.objects.at(request.reading.today).known(None).filter(kind=BodyKind.BOARD)
    fact = boards.select_related("body").order_by("pk").first()
    return None if fact is None else fact.body


def sitting_new(request: Any) -> HttpResponse:
    """Plan a sitting."""
    body = _board(request)
    if body is None:
        raise Http404
    return act(
        request,
        use_case=plan_sitting,
        form_class=NewSittingForm,
        body=body,
        page=Page(_("Plan a sitting"), request.reading, crumbs_of(request.reading)),
        button=_("Plan the sitting"),
        done=lambda made: reverse("sitting", args=[made.key]),
    )


def sitting_edit(request: Any, key: str) -> HttpResponse:
    """Change when or where it is."""
    sitting = sitting_or_404(key)
    fact = fact_of(sitting)
    names = ("title", "starts_at", "ends_at", "place", "video", "call")
    return act(
        request,
        use_case=change_sitting,
        form_class=SittingForm,
        sitting=sitting,
        initial={name: getattr(fact, name) for name in names},
        page=Page(
            _("Change the sitting"),
            request.reading,
            crumbs_of(request.reading, sitting, fact.title),
        ),
        button=_("Save"),
        done=lambda _made: reverse("sitting", args=[key]),
    )


def sitting_vote(request: Any, key: str) -> HttpResponse:
    """Prepare a vote of a sitting."""
    found = sitting_or_404(key)
    reading = request.reading
    agenda = agenda_of(found, reading.now)
    facts = VotingRuleFact.objects.at(reading.today).known(None)
    rules = facts.filter(kind=ConsultationKind.ASSEMBLY).select_related("voting_rule")
    return act(
        request,
        use_case=prepare_consultation,
        form_class=VoteForm,
        form_kwargs={
            "rules": [
                (rule.voting_rule.key, Option(name_of(rule), rule.article))
                for rule in rules.order_by("name", "voting_rule__key")
            ],
            "motions": [
                (str(asked.question.pk), item.title)
                for item in agenda
                for asked in item.asked
                if item.state in TO_COME and asked.question.amends_id is None
            ],
            "ratifiable": _ratifiable(),
        },
        initial={"order": max((i.standing.consultation.order for i in agenda), default=0) + 1},
        body=found.body,
        sitting=found,
        kind=ConsultationKind.ASSEMBLY,
        audience={"of": "members"},
        page=Page(
            _("Prepare a vote"),
            reading,
            crumbs_of(reading, found, fact_of(found).title),
        ),
        button=_("Prepare the vote"),
        done=lambda _made: reverse("sitting", args=[key]),
    )


def _ratifiable() -> list[tuple[str, str]]:
    """Published positions that no vote of an assembly ratifies yet."""
    published = Consultation.objects.filter(
        kind=ConsultationKind.CONSULTATION,
        steps__kind=StepKind.PUBLISHED,
        ratified_in__isnull=True,
    )
    facts = ConsultationFact.objects.known(None).filter(consultation__in=published)
    rows = facts.select_related("consultation").order_by("consultation__key")
    return [(fact.consultation.key, f"{fact.consultation.key} {fact.title}") for fact in rows]


def sitting(request: Any, key: str) -> HttpResponse:
    """One sitting with its votes."""
    page: SittingPage = sitting_page(request, sitting_or_404(key))
    return render(request, page)


def presence(request: Any, key: str) -> HttpResponse:
    """The list at the desk; a POST marks one member."""
    found = sitting_or_404(key)
    refused = gate(request, change_sitting, sitting=found)
    if refused is not None:
        return refused
    if request.method != "POST":
        return render(request, presence_page(request, found))
    done, at = "", ""
    for name in ("here", "second", "remote", "out"):
        if name in request.POST:
            done, at = name, request.POST[name]
    member = get_object_or_404(Organisation, key=at)
    given = {"actor": request.actor, "now": request.reading.now, "sitting": found}
    try:
        if done == "out":
            mark_absent(member=member, **given)
        else:
            person = person_at(found, member.pk, int(done == "second"), request.reading)
            mark_present(member=member, person=person, remote=done == "remote", **given)
    except DomainError as refusal:
        messages.error(request, sentence(refusal))
    return HttpResponseRedirect(f"{request.get_full_path()}#m-{member.key}")


@require_POST
def checking(request: Any, key: str) -> HttpResponse:
    """Whoever votes for a member checks in or leaves, from a phone."""
    if request.actor is None:
        return redirect_to_login(reverse("sitting", args=[key]))
    found = sitting_or_404(key)
    member = get_object_or_404(Organisation, key=request.POST.get("member", ""))
    given = {
        "actor": request.actor,
        "now": request.reading.now,
        "sitting": found,
        "member": member,
    }
    try:
        if request.POST.get("do") == "out":
            check_out(**given)
            messages.success(request, _("You are no longer present."))
        else:
            check_in(remote=request.POST.get("do") == "remote", **given)
            messages.success(request, _("You are present. As soon as a vote opens you can vote."))
    except DomainError as refusal:
        messages.error(request, sentence(refusal))
    return HttpResponseRedirect(_next(request, reverse("sitting", args=[key])))


@require_POST
def asking(request: Any, key: str) -> HttpResponse:
    """A member that is present asks for a vote instead of acclamation."""
    if request.actor is None:
        return redirect_to_login(reverse("sitting_follow", args=[key]))
    found = sitting_or_404(key)
    vote = get_object_or_404(found.votes, key=request.POST.get("vote", ""))
    member = get_object_or_404(Organisation, key=request.POST.get("member", ""))
    try:
        ask_for_vote(actor=request.actor, now=request.reading.now, consultation=vote, member=member)
        messages.success(request, _("A vote will be held."))
    except DomainError as refusal:
        messages.error(request, sentence(refusal))
    return HttpResponseRedirect(reverse("sitting_follow", args=[key]))


def _next(request: HttpRequest, otherwise: str) -> str:
    wanted = request.POST.get("next", "")
    own = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, own) else otherwise
