"""What the owner states about a question, in words, as a list of term and text."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from verband.bodies.models import BodyFact
from verband.consultations.kinds import Verdict
from verband.consultations.models import OutcomeStatement
from verband.consultations.pages.result_words import segment_name
from verband.ui.wording import day


def statement_data(frozen: Mapping[str, Any], one: OutcomeStatement | None) -> list[list[str]]:
    """The statement; nothing when the owner has stated nothing yet."""
    if one is None:
        return []
    rows = [
        (_("Outcome"), str(one.get_verdict_display())),
        (_("Statement"), one.statement),
        (_("Reasons"), one.reasons),
        *((_("Position"), _position(frozen, position)) for position in one.positions),
    ]
    if one.suggested and one.suggested != one.verdict:
        rows.append((_("Suggested by the count"), str(Verdict(one.suggested).label)))
        rows.append((_("Why it differs"), one.why_other))
    if one.goes_to is not None:
        fact = BodyFact.objects.known(None).filter(body=one.goes_to).order_by("-valid_from").first()
        rows.append((_("Goes on to"), one.goes_to.key if fact is None else fact.name))
    rows.append((_("What happens now"), one.next_steps))
    if one.review_on is not None:
        rows.append((_("Looked at again on"), day(one.review_on)))
    return [[term, text] for term, text in rows if text]


def _position(frozen: Mapping[str, Any], position: Mapping[str, Any]) -> str:
    dimension, code = str(position.get("dimension", "")), str(position.get("segment", ""))
    return f"{segment_name(frozen, dimension, code)}: {position.get('text', '')}"
