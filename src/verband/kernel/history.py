"""What changed between two days, over every kind of fact; and what was put right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
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
        rows = None if model.OWN_HISTORY else facts_about(model, thing)
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
