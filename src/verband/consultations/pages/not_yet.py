"""A vote on a day before it was opened."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.kinds import StepKind
from verband.consultations.pages.paper_words import crumbs_to, kind_words
from verband.consultations.queries.standing import Standing
from verband.kernel.clock import local_day
from verband.ui.components.words import EmptyState
from verband.ui.page import Page
from verband.ui.reading import Reading
from verband.ui.wording import day


@dataclass(frozen=True, kw_only=True)
class NotYetPage(Page):
    """That nothing was asked yet on the day that is read, and the way to when it was."""

    empty: EmptyState


def not_yet_page(reading: Reading, standing: Standing) -> NotYetPage:
    """``standing`` is that of now: it was opened after the day that is read."""
    opened = local_day(standing.steps[StepKind.OPENED].recorded_from)
    sentence = _("On %(day)s this was not asked yet. It was opened on %(opened)s.")
    key = standing.consultation.key
    return NotYetPage(
        title=standing.fact.title,
        reading=reading,
        crumbs=crumbs_to(standing, reading),
        kind=kind_words(standing),
        empty=EmptyState(
            sentence % {"day": day(reading.day), "opened": day(opened)},
            reading.on(opened).link(reverse("consultation", args=[key])),
            _("Read %(day)s") % {"day": day(opened)},
        ),
    )
