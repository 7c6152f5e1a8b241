"""What bodies are called on a day."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import get_language

from verband.bodies.models import BodyFact


def bodies_called(
    ids: Iterable[int], day: date, known: datetime | None = None
) -> dict[int, BodyFact]:
    """The description of bodies on a day; for one that ended or has to begin, the nearest known.

    One query, whatever the number.
    """
    rows = (
        BodyFact.objects.filter(body__in=set(ids))
        .known(known)
        .select_related("body")
        .order_by("body_id", "valid_from", "pk")
    )
    found: dict[int, BodyFact] = {}
    for row in rows:
        standing = found.get(row.body_id)
        if standing is None or day in row.period or row.period.is_past(day):
            found[row.body_id] = row
    return found


def name_of(fact: BodyFact) -> str:
    """The name in the reader's language."""
    english = (get_language() or "nl").startswith("en")
    return fact.name_en if english and fact.name_en else fact.name


def purpose_of(fact: BodyFact) -> str:
    """The purpose in the reader's language."""
    english = (get_language() or "nl").startswith("en")
    return fact.purpose_en if english and fact.purpose_en else fact.purpose
