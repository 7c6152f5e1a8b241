"""What changed between two days, over every kind of fact; and what was put right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.db.models import F, Q, Value

from verband.core.period import Period
from verband.kernel.changing_days import changing_days, fact_models
from verband.kernel.two_times import Closing, ThingModel, TwoTimesModel, TwoTimesQuerySet

Things = ThingModel | Sequence[ThingModel] | None  # what is asked about; ``None`` is everything


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
    if thing is None:
        return changing_days(known).between(period)
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
    kind of fact in the part that is asked for; of the whole register only the days are read on
    which that part lies.
    """
    if thing is None:
        period, part = changing_days(known).holding(period, part)
        keys = _events_of_all(period, known, part)
    else:
        listed = _event_rows(period, known, thing)
        if not listed:
            return []
        ordered = listed[0].union(*listed[1:], all=True)
        keys = list(ordered.order_by("-day", "kind_of_fact", "thing", "begins", "pk")[part])
    rows = _fetch((kind, pk) for _day, kind, _thing, _begins, pk in keys)
    return [Event(day, begins, rows[kind, pk], of) for day, kind, of, begins, pk in keys]


def _events_of_all(period: Period, known: datetime | None, part: slice) -> list[Any]:
    """As ``_event_rows``, of the whole register: in plain SQL, which takes a tenth to write."""
    held, instants = "recorded_until IS NULL", []
    if known is not None:
        held = "recorded_from <= %s AND (recorded_until IS NULL OR recorded_until > %s)"
        instants = [known, known]
    parts, parameters = [], []
    for model in fact_models():
        if not model.ON_RIBBON:
            continue
        table, thing = model._meta.db_table, _column(model)
        for column, begins in (("valid_from", "true"), ("valid_until", "false")):
            parts.append(
                f"SELECT {column} AS day, '{table}' AS kind, {thing} AS thing, {begins} AS begins,"
                f' id AS pk FROM "{table}" WHERE {held} AND {column} >= %s AND {column} < %s'
            )
            parameters += [*instants, period.start or date.min, period.until or date.max]
    return _union(parts, parameters, "day DESC, kind, thing, begins, pk", part)


def _column(model: type[TwoTimesModel]) -> str:
    """The column with the thing that a fact is of."""
    return next(str(c.column) for c in model._meta.concrete_fields if c.name == model.THING)


def _union(parts: list[str], parameters: list[Any], order: str, part: slice) -> list[Any]:
    first, last = part.start or 0, part.stop
    with connection.cursor() as cursor:
        cursor.execute(
            f"{' UNION ALL '.join(parts)} ORDER BY {order} LIMIT %s OFFSET %s",
            [*parameters, max(last - first, 0), first],
        )
        return list(cursor.fetchall())


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
                ).values_list("day", "kind_of_fact", "thing", "begins", "pk")
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
        rows = None if model.OWN_HISTORY else facts_about(model, thing)
        if rows is not None:
            listed.append(
                rows.filter(
                    closed_as__in=(Closing.CORRECTED, Closing.WITHDRAWN),
                    recorded_until__gte=since,
                    recorded_until__lt=until,
                )
                .annotate(kind_of_fact=Value(model._meta.db_table))
                .values_list("recorded_until", "kind_of_fact", "pk")
            )
    return listed


def count_corrections(since: datetime, until: datetime, thing: Things = None) -> int:
    """How many facts were corrected or withdrawn between two instants. One query."""
    if thing is None:
        parts, parameters = _put_right(since, until)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({' UNION ALL '.join(parts)}) AS c", parameters)
            return int(cursor.fetchone()[0])
    return _count(_correction_rows(since, until, thing))


def _put_right(since: datetime, until: datetime) -> tuple[list[str], list[Any]]:
    """As ``_correction_rows``, of the whole register: in plain SQL."""
    tables = [model._meta.db_table for model in fact_models() if not model.OWN_HISTORY]
    wrong = f"'{Closing.CORRECTED.value}', '{Closing.WITHDRAWN.value}'"
    parts = [
        f"SELECT recorded_until AS at, '{table}' AS kind, id AS pk FROM \"{table}\""
        f" WHERE closed_as IN ({wrong}) AND recorded_until >= %s AND recorded_until < %s"
        for table in tables
    ]
    return parts, [since, until] * len(tables)


def corrections(
    since: datetime,
    until: datetime,
    thing: Things = None,
    part: slice = slice(0, 100),
) -> list[Correction]:
    """Facts that were corrected or withdrawn between two instants, the latest first."""
    if thing is None:
        keys = _union(*_put_right(since, until), "at DESC, pk DESC", part)
    else:
        listed = _correction_rows(since, until, thing)
        if not listed:
            return []
        ordered = listed[0].union(*listed[1:], all=True)
        keys = list(ordered.order_by("-recorded_until", "-pk")[part])
    rows = _fetch((kind, pk) for _at, kind, pk in keys)
    replaced: dict[tuple[str, int], TwoTimesModel] = {}
    for model in {type(row) for row in rows.values()}:
        wrong = [row.pk for row in rows.values() if type(row) is model]
        for row in _with_thing(model).filter(replaces__in=wrong).order_by("-pk"):
            replaced[model._meta.db_table, row.replaces_id] = row
    return [Correction(at, rows[kind, pk], replaced.get((kind, pk))) for at, kind, pk in keys]
