"""Which consultation a visitor sees: one that was opened, or that the visitor prepares."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.utils.translation import gettext as _

from verband.consultations.kinds import StepKind
from verband.consultations.models import Consultation
from verband.consultations.pages.not_yet import not_yet_page
from verband.consultations.permissions import asks_members
from verband.consultations.queries.standing import Standing, standing_of, standing_then
from verband.ui import wording
from verband.ui.page import render


class NotOpenThen(Http404):
    """What was not asked yet on the day that is read; ``standing`` is that of now."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(standing.consultation.key)
        self.standing = standing


def standing_shown(request: Any, key: str) -> Standing:
    """A consultation as it stood on the day that is read; today, as it stands.

    Raises:
        Http404: it is not for this visitor to see.
        NotOpenThen: it was opened later than the day that is read.
    """
    consultation = get_object_or_404(Consultation.objects.select_related("body", "author"), key=key)
    now, reading = standing_of(consultation), request.reading
    if StepKind.OPENED not in now.steps and not prepares(request, consultation):
        raise Http404(key)
    if reading.changes_allowed:
        return now
    then = standing_then(consultation, reading.moment)
    if then is None or (StepKind.OPENED in now.steps and StepKind.OPENED not in then.steps):
        raise NotOpenThen(now)
    return then


def read_then(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a vote; on a day before it was opened, that it was not."""

    @wraps(view)
    def answer(request: Any, key: str) -> HttpResponse:
        try:
            return view(request, key)
        except NotOpenThen as early:
            return render(request, not_yet_page(request.reading, early.standing))

    return answer


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
