"""What changed on which day, over every kind of fact: one place for ribbons and differences."""

from collections.abc import Iterator
from datetime import date, datetime

from django.apps import apps
from django.core.cache import cache
from django.db import connection

from verband.kernel.audit import AuditLine
from verband.kernel.two_times import TwoTimesModel

KEPT_SECONDS = 86_400


def fact_models() -> list[type[TwoTimesModel]]:
    """Every kind of fact in the register, in a lasting order."""
    found = [m for m in apps.get_models() if issubclass(m, TwoTimesModel)]
    return sorted(found, key=lambda model: model._meta.db_table)


def last_line() -> int:
    """The number of the last audit line: what was read before it is still true after it."""
    newest = AuditLine.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def days_with_changes(known: datetime | None) -> dict[date, int]:
    """How many facts begin or end on each day, as known at an instant (``None``: now).

    Kept in the cache until the next change of the register. Kinds of fact that come by the hundred
    on one day (``ON_RIBBON`` is false) are left out: they would drown the rest.
    """
    key = f"days:{last_line()}:{known.isoformat() if known else ''}"
    counts: dict[date, int] | None = cache.get(key)
    if counts is None:
        counts = dict(_count_days(known))
        cache.set(key, counts, KEPT_SECONDS)
    return counts


def _count_days(known: datetime | None) -> Iterator[tuple[date, int]]:
    held = "recorded_until IS NULL"
    parameters: list[datetime] = []
    parts = []
    if known is not None:
        held = "recorded_from <= %s AND (recorded_until IS NULL OR recorded_until > %s)"
    for model in fact_models():
        if not model.ON_RIBBON:
            continue
        table = model._meta.db_table
        for column in ("valid_from", "valid_until"):
            parts.append(
                f'SELECT {column} AS day FROM "{table}" WHERE {column} IS NOT NULL AND {held}'
            )
            if known is not None:
                parameters += [known, known]
    union = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT day, count(*) FROM ({union}) AS days GROUP BY day ORDER BY day", parameters
        )
        yield from cursor.fetchall()
