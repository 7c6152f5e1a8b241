"""Get the thing, hand over, done."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse

from verband.site.authority import sees_details
from verband.site.pages.account import my_account_page
from verband.site.pages.authority import authority_page
from verband.site.pages.changes import changes_page
from verband.site.things import thing_asked
from verband.ui.page import Page, render


def _titled(request: Any, title: str) -> HttpResponse:
    return render(request, Page(title=title, reading=request.reading), "ui/base.html")


def home(request: Any) -> HttpResponse:
    """Today."""
    return _titled(request, "Verband")


as_known = audit = audit_lines = verify_script = home


def changes(request: Any) -> HttpResponse:
    """What changed between two days."""
    thing = thing_asked(request.GET.get("thing", ""))
    page = changes_page(request, thing, sees_reasons=sees_details(request))
    return render(request, page, status=400 if page.errors else 200)


def authority(request: Any) -> HttpResponse:
    """Who may do what."""
    return render(request, authority_page(request))


def my_account(request: Any) -> HttpResponse:
    """Who acts, in the register of today."""
    if request.actor is None:
        return redirect_to_login(request.get_full_path())
    return render(request, my_account_page(request))


accessibility = privacy = open_data = home


def audit_thing(request: Any, table: str, pk: int) -> HttpResponse:
    """The trail of a thing."""
    return _titled(request, "Verband")
