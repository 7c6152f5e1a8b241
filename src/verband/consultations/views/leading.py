"""Leading a vote: open, close, publish, let it close later, withdraw, hold over."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from verband.consultations.forms.leading import (
    ExtendForm,
    HoldOverForm,
    PressForm,
    PublishForm,
    ReasonForm,
)
from verband.consultations.kinds import ConsultationKind, StepKind
from verband.consultations.models import Consultation
from verband.consultations.pages import leading
from verband.consultations.queries.count import QuestionCount, count_of
from verband.consultations.queries.standing import Standing, standing_of
from verband.consultations.use_cases.leading import extend_closing
from verband.consultations.use_cases.opening import (
    TO_PEOPLE,
    close_vote,
    open_vote,
    publish_result,
)
from verband.consultations.use_cases.preparing import hold_over, withdraw_consultation
from verband.consultations.views.preparing import about, to_consultation
from verband.kernel.use_case import UseCase
from verband.ui.act import act


@dataclass(frozen=True)
class Leading:
    """One step with its form and words. ``tell`` gets how it stands and now."""

    use_case: UseCase[Any]
    form: Any
    title: Any
    button: Any
    tell: Callable[[Standing, Any], leading.Tell]


def lead(request: Any, key: str, step: str) -> HttpResponse:
    """Open, close, publish, let close later, withdraw or hold over."""
    consultation = get_object_or_404(Consultation, key=key)
    standing, now = standing_of(consultation), request.reading.now
    chosen = _steps()[step]
    form = chosen.form
    in_meeting = consultation.kind == ConsultationKind.ASSEMBLY
    over = standing.is_over(now)
    if step == "close_vote" and (over or in_meeting):
        form = PressForm
    first = {"closes_at": standing.fact.closes_at} if step == "extend_closing" else None
    if step == "publish_result" and StepKind.CLOSED in standing.steps:
        form = partial(PublishForm, tied=tied_in(standing))
    return act(
        request,
        use_case=chosen.use_case,
        form_class=form,
        initial=first,
        page=about(request, consultation, chosen.title),
        template="consultations/leading.html",
        button=chosen.button,
        tell=chosen.tell(standing, now),
        done=lambda result: to_consultation(consultation),
        consultation=consultation,
    )


def tied_in(standing: Standing) -> list[QuestionCount]:
    """The questions whose tie the chair or the lot has to settle before publication."""
    if standing.consultation.kind in TO_PEOPLE or standing.frozen.get("is_secret"):
        return []
    return [one for one in count_of(standing).questions if one.outcome.verdict == "tied"]


def _steps() -> dict[str, Leading]:
    return {
        "open_vote": Leading(
            open_vote,
            PressForm,
            _("Open this now"),
            _("Open it"),
            lambda standing, now: leading.telling_opened(standing.consultation, now),
        ),
        "extend_closing": Leading(
            extend_closing,
            ExtendForm,
            _("Let this close later"),
            _("Change the time"),
            leading.telling_later,
        ),
        "close_vote": Leading(
            close_vote,
            ReasonForm,
            _("Close this vote"),
            _("Close it"),
            lambda standing, now: leading.telling_closed(standing.consultation),
        ),
        "publish_result": Leading(
            publish_result,
            PressForm,
            _("Publish the result"),
            _("Publish it"),
            lambda standing, now: leading.telling_published(standing.consultation, now),
        ),
        "withdraw_consultation": Leading(
            withdraw_consultation,
            ReasonForm,
            _("Withdraw this vote"),
            _("Withdraw it"),
            leading.telling_stopped,
        ),
        "hold_over": Leading(
            hold_over,
            HoldOverForm,
            _("Hold this vote over"),
            _("Hold it over"),
            leading.telling_stopped,
        ),
    }
