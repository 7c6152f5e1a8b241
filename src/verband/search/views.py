"""Get what is asked, hand over, done."""

from django.http import HttpRequest, HttpResponse

from verband.search.pages import search_page
from verband.ui.page import render


def find(request: HttpRequest) -> HttpResponse:
    """Search the register."""
    return render(request, search_page(request))
