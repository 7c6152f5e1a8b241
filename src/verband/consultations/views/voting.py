"""What is open, one consultation, and the reasons that members give."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.forms.argue import ArgueForm
from verband.consultations.kinds import ConsultationKind, State
from verband.consultations.pages.argue import argue_page
from verband.consultations.pages.consultation import consultation_page
from verband.consultations.pages.index import consultations_page
from verband.consultations.pages.leading import actions_of
from verband.consultations.pages.mine import mine_panel
from verband.consultations.queries.asking import bodies_for
from verband.consultations.queries.mandates import offices_on_roll
from verband.consultations.queries.standing import questions_of
from verband.consultations.use_cases.preparing import give_argument
from verband.consultations.views.results import shown_result
from verband.consultations.views.shown import read_then, refused, standing_shown
from verband.ui.act import act
from verband.ui.page import render

TO_PEOPLE = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)


def consultations(request: Any) -> HttpResponse:
    """What is open, planned, closed and published."""
    asks = request.reading.changes_allowed and bodies_for(request.actor, request.reading.today)
    return render(request, consultations_page(request, asks=bool(asks)))


@read_then
def consultation(request: Any, key: str) -> HttpResponse:
    """One consultation; its result once that is published."""
    standing = standing_shown(request, key)
    if standing.is_published:
        return shown_result(request, standing)
    panel = mine_panel(request.reading, standing, request.actor)
    actor = request.actor
    lines = offices_on_roll(standing, actor.person_id, request.reading.today) if actor else []
    actions = actions_of(request, standing)
    page = consultation_page(request, standing, mine=panel, may_argue=bool(lines), actions=actions)
    return render(request, page)


def argue(request: Any, key: str) -> HttpResponse:
    """A member gives a reason for or against, for all to read."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    standing = standing_shown(request, key)
    if standing.consultation.kind in TO_PEOPLE:
        raise Http404(key)
    lines = offices_on_roll(standing, request.actor.person_id, request.reading.today)
    if not lines:
        return refused(request, _("Only officials of a municipality on the roll give reasons."))
    if standing.state(request.reading.now) != State.OPEN:
        return refused(request, _("This vote is closed; reasons no longer help anybody to choose."))
    chosen = request.POST.get("member", "")
    line = next((it for it in lines if it.member.key == chosen), lines[0])
    return act(
        request,
        use_case=give_argument,
        form_class=ArgueForm,
        form_kwargs={"questions": questions_of(standing.consultation), "lines": lines},
        page=argue_page(request.reading, standing, lines),
        button=_("Give this reason"),
        done=lambda _made: reverse("consultation", args=[key]) + "#reasons",
        message=_("Your reason stands on this page."),
        consultation=standing.consultation,
        member=line.member,
    )
