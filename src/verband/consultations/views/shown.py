"""Which consultation a visitor sees: one that was opened, or that the visitor prepares."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.utils.translation import gettext as _

from verband.consultations.kinds import StepKind
from verband.consultations.models import Consultation
from verband.consultations.permissions import asks_members
from verband.consultations.queries.standing import Standing, standing_of
from verband.ui import wording


def standing_shown(request: Any, key: str) -> Standing:
    """A consultation as it stands. Raises: ``Http404`` when it is not for this visitor to see."""
    consultation = get_object_or_404(Consultation.objects.select_related("body", "author"), key=key)
    standing = standing_of(consultation)
    if StepKind.OPENED not in standing.steps and not prepares(request, consultation):
        raise Http404(key)
    return standing


def prepares(request: Any, consultation: Consultation) -> bool:
    """Whether the visitor prepares this consultation."""
    return request.actor is not None and asks_members(
        actor=request.actor, today=request.reading.today, consultation=consultation
    )


def refused(request: Any, reason: str) -> HttpResponse:
    """Somebody may not do this; why."""
    return HttpResponse(get_template("403.html").render({"reason": reason}, request), status=403)


def refused_other_day(request: Any) -> HttpResponse | None:
    """Votes are cast today, not on the day that somebody reads."""
    if request.reading.changes_allowed:
        return None
    day = wording.day(request.reading.day)
    return refused(
        request,
        _("You read the register of %(day)s. Go back to today to change something.") % {"day": day},
    )
