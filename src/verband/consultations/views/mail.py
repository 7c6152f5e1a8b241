"""Choices about mail, with and without signing in, and the closing time for an agenda."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from verband.consultations.closing import closing_calendar
from verband.consultations.forms.mail import MailChoiceForm
from verband.consultations.kinds import StepKind
from verband.consultations.mail.unsubscribing import read_token
from verband.consultations.models import Consultation
from verband.consultations.pages.mail import dead_link_page, my_mail_page, unsubscribe_page
from verband.consultations.queries.mail import wants
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.mail import choose_mail
from verband.core.errors import DomainError
from verband.ui.act import act
from verband.ui.page import render


@require_safe
def closing_ics(request: Any, key: str) -> HttpResponse:
    """When it closes, as a file for somebody's agenda; nothing before it opens."""
    standing = standing_of(get_object_or_404(Consultation, key=key))
    if StepKind.OPENED not in standing.steps or standing.fact.closes_at is None:
        raise Http404
    address = f"{settings.VERBAND_BASE_URL}{reverse('consultation', args=[key])}"
    response = HttpResponse(
        closing_calendar(standing, address), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="closing-{key}.ics"'
    return response


@csrf_exempt  # the mail program of the receiver sends it, with no page of ours (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: Any, token: str) -> HttpResponse:
    """A button that stops a kind of mail; the link itself says for whom."""
    found = read_token(token)
    if found is None:
        return render(request, dead_link_page(request.reading), status=404)
    person, kind = found
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "yes"
        try:
            choose_mail(
                actor=person.account,
                now=request.reading.now,
                person=person,
                choices={kind: wanted},
            )
        except DomainError:
            return render(request, unsubscribe_page(request.reading, person, kind), status=422)
    return render(request, unsubscribe_page(request.reading, person, kind))


def my_mail(request: Any) -> HttpResponse:
    """Which mail somebody who signed in wants."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    return act(
        request,
        use_case=choose_mail,
        form_class=MailChoiceForm,
        page=my_mail_page(request),
        initial=wants(request.actor.person_id, request.reading.today),
        preview=False,
        button=_("Save"),
        done=lambda _made: reverse("my_account"),
        message=_("Your choice about mail is saved."),
        person=request.actor.person,
    )
