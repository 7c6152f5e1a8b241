"""The chair's desk: one form for what comes next, a part that stays fresh, hands and lots."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.forms.sittings import HandsForm, LotForm, TieForm
from verband.consultations.kinds import StepKind
from verband.consultations.models import Ballot, Consultation, Participation, Sitting
from verband.consultations.pages.choice_words import choice_label, choices_of
from verband.consultations.pages.desk import (
    COUNTDOWN,
    chosen_of,
    desk_page,
    now_of,
)
from verband.consultations.pages.desk_notes import choices_in, ties_of
from verband.consultations.pages.sitting import crumbs_of
from verband.consultations.queries.elections import elections_of
from verband.consultations.queries.sitting import agenda_of, fact_of, hall_of, version_of
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.assembly import (
    adopt_by_acclamation,
    count_down,
    record_show_of_hands,
)
from verband.consultations.use_cases.elections import enter_lot, hold_next_round
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.sittings import change_sitting
from verband.consultations.views.sittings import sitting_or_404
from verband.core.errors import DomainError
from verband.kernel.use_case import UseCase
from verband.ui.act import Consequence, act, gate
from verband.ui.components.words import Tag
from verband.ui.page import Page, render
from verband.ui.wording import number, sentence

STEPS: dict[str, UseCase[Any]] = {
    "open": open_vote,
    "close": close_vote,
    "publish": publish_result,
    "acclaim": adopt_by_acclamation,
    "next_round": hold_next_round,
}


def desk(request: Any, key: str) -> HttpResponse:
    """The desk; a POST does what its button says."""
    sitting = sitting_or_404(key)
    refused = gate(request, change_sitting, sitting=sitting)
    if refused is not None:
        return refused
    if request.method != "POST":
        return render(request, desk_page(request, sitting))
    vote = get_object_or_404(
        sitting.votes.select_related("body", "rule", "sitting", "round_of"),
        key=request.POST.get("vote", ""),
    )
    try:
        vote = _do(request, vote)
    except DomainError as refusal:
        messages.error(request, sentence(refusal))
    path = reverse("sitting_desk", args=[key])
    return HttpResponseRedirect(f"{path}?vote={vote.key}#now")


def _do(request: Any, vote: Consultation) -> Consultation:
    """Do it, and say which vote is at hand afterwards."""
    given = {"actor": request.actor, "now": request.reading.now, "consultation": vote}
    done = request.POST.get("do", "")
    if done == "count_down":
        seconds = request.POST.get("seconds", "")
        count_down(seconds=int(seconds) if seconds.isdigit() else COUNTDOWN, **given)
    elif done in STEPS:
        made = STEPS[done](**given)
        if isinstance(made, Consultation):
            return made
    return vote


def desk_live(request: Any, key: str) -> HttpResponse:
    """The vote at hand, for the desk to refresh itself; nothing when nothing changed."""
    sitting = sitting_or_404(key)
    refused = gate(request, change_sitting, sitting=sitting)
    if refused is not None:
        return HttpResponse(status=403)
    now = request.reading.now
    version, _pk = version_of(key, now) or ("", 0)
    agenda = agenda_of(sitting, now)
    item = chosen_of(agenda, request.GET.get("vote", ""))
    if item is None:
        return HttpResponse(status=204)
    consultation = item.standing.consultation
    last = consultation.ballots.order_by("-pk").values_list("pk", flat=True).first()
    boxed = Participation.objects.filter(question__consultation=consultation).count()
    tag = f'"{version}-{consultation.pk}-{last or 0}-{boxed}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        shown = now_of(sitting, item, agenda, fact_of(sitting).call, request.reading)
        context = {"now": shown, "key": key}
        html = get_template("consultations/parts/desk_now.html").render(context, request)
        response = HttpResponse(html)
    return fresh(response, tag, now)


def fresh(response: HttpResponse, tag: str, now: Any) -> HttpResponse:
    """With its tag and the association's time, for the clock on the page."""
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    response["X-Now"] = now.isoformat()
    return response


def hands(request: Any, key: str, vote: str) -> HttpResponse:
    """Record a show of hands: all present alike, except those that are named."""
    sitting = sitting_or_404(key)
    consultation = _vote(sitting, vote)
    now = request.reading.now
    item = chosen_of(agenda_of(sitting, now), vote)
    fact = fact_of(sitting)
    hall = hall_of(sitting, item, fact.call, now)
    done = set(consultation.ballots.values_list("member_id", flat=True))
    members = [(one.key, one.name) for one in hall.present if one.member_id not in done]
    asked = [one for one in (item.asked if item else ()) if not one.fact.is_withdrawn]
    questions = [
        (one.key, one.fact.text, [(choice.code, choice.label) for choice in choices_of(one)])
        for one in asked
    ]
    return act(
        request,
        use_case=record_show_of_hands,
        form_class=HandsForm,
        form_kwargs={"questions": questions, "members": members},
        consultation=consultation,
        template="consultations/hands.html",
        page=_page(
            request, sitting, _("Record a show of hands"), item.title if item is not None else ""
        ),
        button=_("Record the show of hands"),
        tell=lambda found: _told(found.result, questions),
        done=lambda _made: f"{reverse('sitting_desk', args=[key])}?vote={vote}#now",
        message=_("The show of hands has been recorded."),
    )


def _told(
    ballots: list[Ballot], questions: list[tuple[str, str, list[tuple[str, str]]]]
) -> list[Consequence]:
    """How many members are written down for each choice."""
    found = []
    for key, text, choices in questions:
        for code, label in choices:
            members = [one for one in ballots if one.answers[key] == code]
            if members:
                words = ngettext("%(members)s member", "%(members)s members", len(members))
                said = words % {"members": number(len(members))}
                more = f"{text} {said}" if len(questions) > 1 else said
                found.append(Consequence(Tag(label, "now"), more))
    return found


def lot(request: Any, key: str, vote: str) -> HttpResponse:
    """Enter the lot that people drew."""
    sitting = sitting_or_404(key)
    consultation = _vote(sitting, vote)
    standing = standing_of(consultation)
    counts = elections_of(standing) if StepKind.CLOSED in standing.steps else []
    needed = [one for one in counts if one.verdict == "lot_needed"]
    candidates = [(code, needed[0].name(code)) for code in needed[0].field] if needed else []
    if not needed and _only_looks(request, enter_lot, consultation):
        messages.warning(request, _("There is no lot to enter: no election here ended equally."))
        return HttpResponseRedirect(f"{reverse('sitting_desk', args=[key])}?vote={vote}")
    return act(
        request,
        use_case=enter_lot,
        form_class=LotForm,
        form_kwargs={"candidates": candidates},
        consultation=consultation,
        page=_page(
            request,
            sitting,
            _("Enter the lot that was drawn"),
            _("The machine never draws. Draw the names in the meeting, and enter the order."),
        ),
        button=_("Enter the lot"),
        done=lambda _made: f"{reverse('sitting_desk', args=[key])}?vote={vote}#now",
    )


def tie(request: Any, key: str, vote: str) -> HttpResponse:
    """Settle a tie as the rule says: by the chair's vote or by lot; and publish the result."""
    sitting = sitting_or_404(key)
    consultation = _vote(sitting, vote)
    item = chosen_of(agenda_of(sitting, request.reading.now), vote)
    ties = ties_of(item) if item is not None else []
    if not ties and _only_looks(request, publish_result, consultation):
        messages.warning(request, _("There is no tie here for the chair or the lot to settle."))
        return HttpResponseRedirect(f"{reverse('sitting_desk', args=[key])}?vote={vote}")
    return act(
        request,
        use_case=publish_result,
        form_class=TieForm,
        form_kwargs={
            "ties": [
                (
                    one.asked.key,
                    one.asked.fact.text,
                    [(code, choice_label(one.asked, code)) for code in choices_in(one)],
                )
                for one in ties
            ]
        },
        consultation=consultation,
        page=_page(
            request,
            sitting,
            _("Settle the tie and publish"),
            _("Enter what the chair decided, or what the lot was, as the rule says."),
        ),
        button=_("Publish the result"),
        done=lambda _made: f"{reverse('sitting_desk', args=[key])}?vote={vote}#now",
    )


def _only_looks(request: Any, use_case: UseCase[Any], consultation: Consultation) -> bool:
    """Whether somebody who may do it opens the form; what was sent is refused with its text."""
    may = gate(request, use_case, consultation=consultation) is None
    return may and request.method == "GET"


def _vote(sitting: Sitting, key: str) -> Consultation:
    votes = sitting.votes.select_related("body", "rule", "sitting", "round_of")
    found: Consultation = get_object_or_404(votes, key=key)
    return found


def _page(request: Any, sitting: Sitting, title: str, lead: str) -> Page:
    fact = fact_of(sitting)
    return Page(title, request.reading, crumbs_of(request.reading, sitting, fact.title), lead)
