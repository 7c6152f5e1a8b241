"""Get the thing, hand over, done."""

from typing import Any

from django.http import HttpResponse

from verband.ui.page import Page, render


def _titled(request: Any, title: str) -> HttpResponse:
    return render(request, Page(title=title, reading=request.reading), "ui/base.html")


def home(request: Any) -> HttpResponse:
    """Today."""
    return _titled(request, "Verband")


changes = as_known = authority = audit = audit_lines = verify_script = my_account = home
accessibility = privacy = open_data = home


def audit_thing(request: Any, table: str, pk: int) -> HttpResponse:
    """The trail of a thing."""
    return _titled(request, "Verband")
