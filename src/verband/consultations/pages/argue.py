"""What stands above the form with which a member gives a reason."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.models import RollLine
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.queries.standing import Standing
from verband.ui.component import Link
from verband.ui.page import Page
from verband.ui.reading import Reading


def argue_page(reading: Reading, standing: Standing, lines: Sequence[RollLine]) -> Page:
    """The frame of the form."""
    path = reverse("consultation", args=[standing.consultation.key])
    lead = _("On behalf of %(member)s, for all to read before they vote.")
    return Page(
        title=_("Give a reason for or against"),
        reading=reading,
        crumbs=(
            Link(_("Consultations"), reading.link(reverse("consultations"))),
            Link(standing.fact.title, reading.link(path)),
        ),
        kind=kind_words(standing),
        lead=lead % {"member": lines[0].name} if len(lines) == 1 else "",
    )
