"""Get the thing, hand over, done."""

from pathlib import Path
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import get_template

from verband.core.errors import DomainError
from verband.kernel.audit import AuditLine
from verband.kernel.export import receipt
from verband.kernel.offline import verify_bundle
from verband.site.authority import forbidden, sees_details
from verband.site.pages.account import my_account_page
from verband.site.pages.as_known import as_known_page
from verband.site.pages.audit import audit_page
from verband.site.pages.authority import authority_page
from verband.site.pages.changes import changes_page
from verband.site.pages.health import health_page
from verband.site.pages.home import home_page
from verband.site.pages.statements import accessibility_page, open_data_page, privacy_page
from verband.site.pages.trail import all_lines_page, trail_page
from verband.site.things import thing_asked, thing_or_404
from verband.ui.page import Page, render
from verband.ui.wording import sentence


def home(request: Any) -> HttpResponse:
    """What asks attention today, for whoever reads."""
    return render(request, home_page(request))


def changes(request: Any) -> HttpResponse:
    """What changed between two days."""
    thing = thing_asked(request.GET.get("thing", ""))
    page = changes_page(request, thing, sees_reasons=sees_details(request))
    return _refused(request, page) if page.errors else render(request, page)


def authority(request: Any) -> HttpResponse:
    """Who may do what."""
    return render(request, authority_page(request))


def my_account(request: Any) -> HttpResponse:
    """Who acts, in the register of today."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    return render(request, my_account_page(request))


def audit(request: Any) -> HttpResponse:
    """The audit tree and the proof of one line."""
    page = audit_page(request)
    return render(request, page, status=400 if page.refused else 200)


def audit_lines(request: Any) -> HttpResponse:
    """Every audit line, for the auditor and those who keep the register."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    if not sees_details(request):
        return forbidden(request)
    return render(request, all_lines_page(request))


def health(request: Any) -> HttpResponse:
    """Whether the clock and the mail do their work."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    if not sees_details(request):
        return forbidden(request)
    return render(request, health_page(request))


def audit_thing(request: Any, table: str, pk: int) -> HttpResponse:
    """What was done with one thing."""
    thing = thing_or_404(table, pk)
    return render(request, trail_page(request, thing, details=sees_details(request)))


def audit_proof(request: Any, pk: int) -> HttpResponse:
    """The proof of one line, as ``verify_bundle.py`` reads it."""
    try:
        content = receipt(get_object_or_404(AuditLine, pk=pk))
    except DomainError as refusal:
        raise Http404(sentence(refusal)) from refusal
    return _attached(content, "application/json", f"line-{pk}.json")


def verify_script(request: Any) -> HttpResponse:
    """The script that verifies a bundle without this site."""
    content = Path(verify_bundle.__file__).read_bytes()
    return _attached(content, "text/x-python; charset=utf-8", "verify_bundle.py")


def _refused(request: Any, page: Page) -> HttpResponse:
    """The page that says what to mend, also when a file was asked for."""
    html = get_template(page.template_name()).render({"page": page}, request)
    return HttpResponse(html, status=400)


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_known(request: Any) -> HttpResponse:
    """The two times, explained."""
    page = as_known_page(request)
    return render(request, page, status=400 if page.errors else 200)


def accessibility(request: Any) -> HttpResponse:
    """The accessibility statement."""
    return render(request, accessibility_page(request))


def privacy(request: Any) -> HttpResponse:
    """The privacy statement."""
    return render(request, privacy_page(request))


def open_data(request: Any) -> HttpResponse:
    """What may be downloaded and reused."""
    return render(request, open_data_page(request))
