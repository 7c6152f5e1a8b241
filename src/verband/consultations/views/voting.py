"""What is open, one consultation, the ballot and its receipt."""

from typing import Any

from django.http import HttpResponse

from verband.consultations.pages.index import consultations_page
from verband.ui.page import render


def consultations(request: Any) -> HttpResponse:
    """What is open, planned, closed and published."""
    return render(request, consultations_page(request))
