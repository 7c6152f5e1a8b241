"""What bodies are called on a day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import get_language

from verband.bodies.kinds import BodyKind
from verband.bodies.models import BodyFact
from verband.core.period import Period
from verband.kernel.two_times import TwoTimesQuerySet
from verband.members.names import name_of

__all__ = [
    "Description",
    "bodies_called",
    "bodies_described",
    "described",
    "name_of",
    "purpose_of",
    "told_in_the_other_language",
]


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


class Description(NamedTuple):
    """A body as a list of many needs it: the columns of ``BodyFact``, without the row itself."""

    body_id: int
    key: str
    kind: str
    name: str
    name_en: str
    abbreviation: str
    purpose: str
    purpose_en: str
    member_count: int | None
    period: Period

    def get_kind_display(self) -> str:
        """The kind in words."""
        return str(BodyKind(self.kind).label)


def bodies_described(day: date, known: datetime | None = None) -> dict[int, Description]:
    """Every body as ``bodies_called`` calls it. One query."""
    found: dict[int, Description] = {}
    for row in described(BodyFact.objects.known(known).order_by("body_id", "valid_from", "pk")):
        standing = found.get(row.body_id)
        if standing is None or day in row.period or row.period.is_past(day):
            found[row.body_id] = row
    return found


def described(rows: TwoTimesQuerySet) -> Iterator[Description]:
    """Rows of ``BodyFact``, of which only the description is read."""
    plain = [name if name != "key" else "body__key" for name in Description._fields[:-1]]
    for *columns, start, until in rows.values_list(*plain, "valid_from", "valid_until"):
        yield Description._make((*columns, Period(start, until)))


def told_in_the_other_language(old: Any, new: Any) -> frozenset[str]:
    """Columns of a text whose twin in the reader's language changed as well: told once."""
    english = (get_language() or "nl").startswith("en")
    told: set[str] = set()
    for column in new._meta.concrete_fields:
        dutch = column.name.removesuffix("_en")
        twins = (dutch, column.name)
        if dutch == column.name or any(getattr(old, it) == getattr(new, it) for it in twins):
            continue
        if not english or getattr(new, column.name):
            told.add(dutch if english else column.name)
    return frozenset(told)


def purpose_of(fact: BodyFact | Description) -> str:
    """The purpose in the reader's language."""
    english = (get_language() or "nl").startswith("en")
    return fact.purpose_en if english and fact.purpose_en else fact.purpose
