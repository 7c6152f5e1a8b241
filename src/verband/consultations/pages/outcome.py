"""What stands beside the form in which the outcome is stated."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.kinds import Verdict
from verband.consultations.models import Question
from verband.consultations.pages.result import frame_of
from verband.consultations.pages.result_grounds import all_grounds, widest
from verband.consultations.pages.result_parts import GroundList
from verband.consultations.pages.result_words import segment_name
from verband.consultations.queries.count import count_of
from verband.consultations.queries.difference import difference_of
from verband.consultations.queries.roll_call import has_roll_call
from verband.consultations.queries.standing import Standing
from verband.ui.component import Link
from verband.ui.components.words import Note
from verband.ui.page import Page


@dataclass(frozen=True)
class OutcomePage(Page):
    """The suggestion and its grounds."""

    suggestion: Note | None = None
    grounds: GroundList | None = None


def outcome_page(
    request: Any,
    standing: Standing,
    question: Question,
    suggested: Verdict | None,
    *,
    corrects: bool,
) -> OutcomePage:
    """What the owner reads before stating the outcome."""
    reading, frame = request.reading, frame_of(request, standing)
    key = standing.consultation.key
    crumb = Link(standing.fact.title, reading.link(reverse("result", args=[key])))
    title = _("Correct this statement") if corrects else _("State the outcome")
    page = OutcomePage(**{**frame, "title": title, "crumbs": (*frame["crumbs"], crumb)})
    if suggested is None:
        return page
    count = count_of(standing)
    counted = count.by_key[str(question.order)]
    difference = difference_of(count, counted) if count.ballots else None
    words = _("Count and difference suggest: %(verdict)s.") % {"verdict": suggested.label}
    return OutcomePage(
        **{**frame, "title": title, "crumbs": (*frame["crumbs"], crumb)},
        lead=counted.asked.fact.text,
        suggestion=Note(words),
        grounds=GroundList(all_grounds(count, counted, difference)),
    )


def segments_to_tell(standing: Standing, question: Question) -> tuple[tuple[str, str, str], ...]:
    """The segments whose position can be told: those of the dimension in which they lie apart."""
    if not has_roll_call(standing):
        return ()
    count = count_of(standing)
    counted = count.by_key.get(str(question.order))
    if counted is None or not count.ballots:
        return ()
    difference = difference_of(count, counted)
    dimension = widest(difference)[0]
    return tuple(
        (dimension, one.code, segment_name(standing.frozen, dimension, one.code))
        for one in difference.of(dimension)
        if one.code
    )
