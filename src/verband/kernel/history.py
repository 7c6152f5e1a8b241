"""What changed on which day, over every kind of fact: one place for ribbons and differences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from django.apps import apps
from django.core.cache import cache
from django.db import connection, models
from django.db.models import F, Q, Value

from verband.core.period import Period
from verband.kernel.audit import AuditLine
from verband.kernel.two_times import Closing, ThingModel, TwoTimesModel, TwoTimesQuerySet

KEPT_SECONDS = 86_400
Things = ThingModel | Sequence[ThingModel] | None  # what is asked about; ``None`` is everything


def fact_models() -> list[type[TwoTimesModel]]:
    """Every kind of fact in the register, in a lasting order."""
    found = [m for m in apps.get_models() if issubclass(m, TwoTimesModel)]
    return sorted(found, key=lambda model: model._meta.db_table)


def last_line() -> int:
    """The number of the last audit line: what was read before it is still true after it."""
    newest = AuditLine.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def days_with_changes(known: datetime | None) -> Mapping[date, int]:
    """How many facts begin or end on each day, as known at an instant (``None``: now).

    Kept until the next change of the register. Kinds of fact that come by the hundred on one day
    (``ON_RIBBON`` is false) are left out: they would drown the rest.
    """
    return _days_at(last_line(), known)


@lru_cache(maxsize=64)
def _days_at(line: int, known: datetime | None) -> Mapping[date, int]:
    """The counts as they are from audit line ``line`` on, until the next."""
    key = f"days:{line}:{known.isoformat() if known else ''}"
    counts: dict[date, int] | None = cache.get(key)
    if counts is None:
        counts = dict(_count_days(known))
        cache.set(key, counts, KEPT_SECONDS)
    return MappingProxyType(counts)


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


@dataclass(frozen=True, slots=True)
class Event:
    """A fact begins or ends on a day; ``row`` is the fact, ``thing`` the key of what it is of."""

    day: date
    begins: bool
    row: TwoTimesModel
    thing: int

    @property
    def table(self) -> str:
        """The kind of fact."""
        return self.row._meta.db_table


@dataclass(frozen=True, slots=True)
class Correction:
    """The register stopped holding ``was`` for true, and holds ``now`` for it (or nothing)."""

    at: datetime
    was: TwoTimesModel
    now: TwoTimesModel | None

    @property
    def table(self) -> str:
        """The kind of fact."""
        return self.was._meta.db_table


def facts_about(model: type[TwoTimesModel], thing: Things) -> TwoTimesQuerySet | None:
    """The facts of one kind that speak of a thing; ``None`` when that kind never does.

    Of several things: the facts that speak of any of them.
    """
    rows = TwoTimesQuerySet(model)
    if thing is None:
        return rows
    things = [thing] if isinstance(thing, ThingModel) else thing
    wanted = Q()
    for path in model.ABOUT:
        keys = [it.pk for it in things if type(it) is _target(model, path)]
        if keys:
            wanted |= Q(**{f"{path}__in": keys})
    return rows.filter(wanted) if wanted else None


def _target(model: type[models.Model], path: str) -> type[models.Model] | None:
    target: type[models.Model] | None = model
    for name in path.split("__"):
        if target is None:
            return None
        related = target._meta.get_field(name).related_model
        target = related if isinstance(related, type) else None
    return target


def count_events(period: Period, known: datetime | None = None, thing: Things = None) -> int:
    """How many facts begin or end on a day of ``period``. One query."""
    return _count(_event_rows(period, known, thing))


def _count(listed: list[TwoTimesQuerySet]) -> int:
    return listed[0].union(*listed[1:], all=True).count() if listed else 0


def events(
    period: Period,
    known: datetime | None = None,
    thing: Things = None,
    part: slice = slice(0, 100),
) -> list[Event]:
    """Facts that begin or end on a day of ``period``, the latest day first.

    Endings and beginnings of one thing on one day stand together. One query, and one for each
    kind of fact in the part that is asked for.
    """
    listed = _event_rows(period, known, thing)
    if not listed:
        return []
    keys = list(
        listed[0]
        .union(*listed[1:], all=True)
        .order_by("-day", "kind_of_fact", "thing", "begins", "pk")[part]
    )
    rows = _fetch((key["kind_of_fact"], key["pk"]) for key in keys)
    return [
        Event(key["day"], key["begins"], rows[key["kind_of_fact"], key["pk"]], key["thing"])
        for key in keys
    ]


def _event_rows(period: Period, known: datetime | None, thing: Things) -> list[TwoTimesQuerySet]:
    listed = []
    for model in fact_models():
        rows = facts_about(model, thing) if model.ON_RIBBON else None
        if rows is None:
            continue
        for column, begins in (("valid_from", True), ("valid_until", False)):
            chosen = rows.known(known).filter(**{f"{column}__isnull": False})
            if period.start is not None:
                chosen = chosen.filter(**{f"{column}__gte": period.start})
            if period.until is not None:
                chosen = chosen.filter(**{f"{column}__lt": period.until})
            listed.append(
                chosen.annotate(
                    day=F(column),
                    kind_of_fact=Value(model._meta.db_table),
                    begins=Value(begins),
                    thing=F(model.THING),
                ).values("day", "kind_of_fact", "thing", "begins", "pk")
            )
    return listed


def _fetch(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], TwoTimesModel]:
    wanted: dict[str, list[int]] = {}
    for table, pk in keys:
        wanted.setdefault(table, []).append(pk)
    by_table = {model._meta.db_table: model for model in fact_models()}
    return {
        (table, row.pk): row
        for table, pks in wanted.items()
        for row in _with_thing(by_table[table]).filter(pk__in=pks)
    }


def _with_thing(model: type[TwoTimesModel]) -> TwoTimesQuerySet:
    """The facts of one kind, each with the thing it is of."""
    rows = TwoTimesQuerySet(model)
    return rows.select_related(model.THING) if _target(model, model.THING) else rows


def _correction_rows(since: datetime, until: datetime, thing: Things) -> list[TwoTimesQuerySet]:
    listed = []
    for model in fact_models():
        rows = facts_about(model, thing)
        if rows is not None:
            listed.append(
                rows.filter(
                    closed_as__in=(Closing.CORRECTED, Closing.WITHDRAWN),
                    recorded_until__gte=since,
                    recorded_until__lt=until,
                )
                .annotate(kind_of_fact=Value(model._meta.db_table))
                .values("recorded_until", "kind_of_fact", "pk")
            )
    return listed


def count_corrections(since: datetime, until: datetime, thing: Things = None) -> int:
    """How many facts were corrected or withdrawn between two instants. One query."""
    return _count(_correction_rows(since, until, thing))


def corrections(
    since: datetime,
    until: datetime,
    thing: Things = None,
    part: slice = slice(0, 100),
) -> list[Correction]:
    """Facts that were corrected or withdrawn between two instants, the latest first."""
    listed = _correction_rows(since, until, thing)
    if not listed:
        return []
    ordered = listed[0].union(*listed[1:], all=True).order_by("-recorded_until", "-pk")
    keys = list(ordered[part])
    rows = _fetch((key["kind_of_fact"], key["pk"]) for key in keys)
    replaced: dict[tuple[str, int], TwoTimesModel] = {}
    for model in {type(row) for row in rows.values()}:
        wrong = [row.pk for row in rows.values() if type(row) is model]
        for row in _with_thing(model).filter(replaces__in=wrong).order_by("-pk"):
            replaced[model._meta.db_table, row.replaces_id] = row
    return [
        Correction(
            key["recorded_until"],
            rows[key["kind_of_fact"], key["pk"]],
            replaced.get((key["kind_of_fact"], key["pk"])),
        )
        for key in keys
    ]
