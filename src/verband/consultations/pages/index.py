"""What the list of consultations may show."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from verband.ui.page import Page


@dataclass(frozen=True)
class ConsultationsPage(Page):
    """What is open, planned, closed and published."""


def consultations_page(request: Any) -> ConsultationsPage:
    """The list of consultations."""
    return ConsultationsPage(title=_("What the members are asked"), reading=request.reading)
