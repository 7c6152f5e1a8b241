"""Two times, modelled once: when a fact is true, and when the register knew it.

*Valid time* (days, half-open) says when a fact holds in the world; *recorded time* (instants,
half-open) says when the register held it for true. A row is written once. An ending, a change or a
correction closes the recorded time of the old row and writes a new one, in one transaction. So "the
register of 1 March as we knew it on 15 March" is ``Fact.objects.at(day).known(instant)``.

A *thing* (organisation, person, body, seat) is an identity that never changes; foreign keys point
to things, never to a version of a fact, so that superseding breaks nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.choices import choice_in_words
from verband.kernel.journal import current_journal
from verband.kernel.remembered import insert

MICROSECOND = timedelta(microseconds=1)
REFUSALS: dict[str, type[DomainError]] = {}  # constraint in the database -> what it means


class AlreadySuperseded(DomainError):
    """Somebody else changed this fact in the meantime."""

    code = "already_superseded"
    template = "Somebody changed this in the meantime. Open the page again and repeat your change."


class EndOutsidePeriod(DomainError):
    """A fact cannot end or change on a day outside its own period."""

    code = "end_outside_period"
    template = "%(day)s does not lie within the period of this fact. Choose a day within it."


class Certainty(models.TextChoices):
    """How sure the source is of a fact."""

    CERTAIN = "certain", _("certain")
    STATED = "stated", _("stated in the source")
    PROBABLE = "probable", _("probable")
    INFERRED = "inferred", _("inferred")
    UNCERTAIN = "uncertain", _("uncertain")
    PROVISIONAL = "provisional", _("provisional")
    ASSUMED = "assumed", _("assumed")
    FICTIONAL = "fictional", _("fictional")


class Closing(models.TextChoices):
    """Why the register stopped holding a row for true."""

    OPEN = "", _("still held")
    ENDED = "ended", _("ended")
    CHANGED = "changed", _("changed")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class _Contains(Func):
    """``range @> value``."""

    template = "%(expressions)s"
    arg_joiner = " @> "
    output_field = models.BooleanField()


class _Overlaps(Func):
    """``range && range``."""

    template = "%(expressions)s"
    arg_joiner = " && "
    output_field = models.BooleanField()


def valid_range() -> Func:
    """The days on which a row is true, as a range."""
    return Func(
        F("valid_from"), F("valid_until"), function="daterange", output_field=DateRangeField()
    )


def recorded_range() -> Func:
    """The instants at which the register held a row for true, as a range."""
    return Func(
        F("recorded_from"),
        F("recorded_until"),
        function="tstzrange",
        output_field=DateTimeRangeField(),
    )


def one_at_a_time(
    *things: str, name: str, refusal: type[DomainError], condition: Q | None = None
) -> ExclusionConstraint:
    """Refuse, in the database, two rows for the same ``things`` whose periods share a day.

    Only rows of current knowledge count. Core PostgreSQL only: a key becomes the range
    ``[key, key]``, so that no extension is needed. ``refusal`` is the sentence that the use case
    raises when the database refuses.
    """
    REFUSALS[name] = refusal
    expressions: list[tuple[Any, str]] = [
        (Func(F(thing), F(thing), Value("[]"), function="int8range"), RangeOperators.OVERLAPS)
        for thing in things
    ]
    expressions.append((valid_range(), RangeOperators.OVERLAPS))
    return ExclusionConstraint(
        name=name,
        expressions=expressions,
        condition=Q(recorded_until__isnull=True) & (condition or Q()),
        violation_error_code="overlap",
    )


class ThingModel(models.Model):
    """An identity that never changes; what is true of it stands in facts."""

    IS_THING: ClassVar[bool] = True
    _get_FIELD_display = choice_in_words  # noqa: N815 - Django's name

    id = models.BigAutoField(primary_key=True)
    recorded_from = models.DateTimeField(editable=False)

    class Meta:
        abstract = True


class TwoTimesQuerySet(models.QuerySet[Any]):
    """Rows by the two times; the only query forms for periods."""

    def at(self, day: date, *, by_index: bool = True) -> Self:
        """Rows that are true on ``day``; not ``by_index`` where nearly all rows are read anyway."""
        if not by_index:
            begun = Q(valid_from=None) | Q(valid_from__lte=day)
            return self.filter(begun, Q(valid_until=None) | Q(valid_until__gt=day))
        return self.filter(_Contains(valid_range(), Value(day, models.DateField())))

    def during(self, period: Period) -> Self:
        """Rows that are true on some day of ``period``."""
        other = Func(
            Value(period.start, models.DateField()),
            Value(period.until, models.DateField()),
            function="daterange",
            output_field=DateRangeField(),
        )
        return self.filter(_Overlaps(valid_range(), other))

    def known(self, instant: datetime | None) -> Self:
        """Rows the register held for true at ``instant``; ``None`` is current knowledge."""
        if instant is None:
            return self.filter(recorded_until__isnull=True)
        return self.filter(recorded_from__lte=instant).filter(
            Q(recorded_until__isnull=True) | Q(recorded_until__gt=instant)
        )


class TwoTimesModel(models.Model):
    """A fact with its valid and its recorded time, its source and how sure that is."""

    CLOSING: ClassVar[tuple[str, ...]] = ("recorded_until", "closed_as")
    ON_RIBBON: ClassVar[bool] = True
    OWN_HISTORY: ClassVar[bool] = False  # corrected on pages of its own, not among the register's
    THING: ClassVar[str] = ""  # the column that tells of which one thing this is a fact
    ABOUT: ClassVar[tuple[str, ...]] = ()  # paths to every thing that the fact speaks of
    _get_FIELD_display = choice_in_words  # noqa: N815 - Django's name

    id = models.BigAutoField(primary_key=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    recorded_from = models.DateTimeField(editable=False)
    recorded_until = models.DateTimeField(null=True, editable=False)
    closed_as = models.CharField(
        max_length=10, choices=Closing.choices, default=Closing.OPEN, blank=True, editable=False
    )
    replaces = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        editable=False,
        db_constraint=False,
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    certainty = models.CharField(
        _("certainty"), max_length=11, choices=Certainty.choices, default=Certainty.CERTAIN
    )

    if TYPE_CHECKING:
        replaces_id: int | None

    objects = TwoTimesQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lt=F("valid_until")),
                name="%(app_label)s_%(class)s_valid",
            ),
            models.CheckConstraint(
                condition=Q(recorded_until__isnull=True) | Q(recorded_from__lt=F("recorded_until")),
                name="%(app_label)s_%(class)s_recorded",
            ),
        ]
        indexes = [
            GistIndex(valid_range(), name="%(app_label)s_%(class)s_days"),
            models.Index(fields=["valid_from"], name="%(app_label)s_%(class)s_from"),
            models.Index(fields=["valid_until"], name="%(app_label)s_%(class)s_until"),
            models.Index(fields=["recorded_from"], name="%(app_label)s_%(class)s_known"),
        ]

    @property
    def period(self) -> Period:
        """The days on which this fact is true."""
        return Period(self.valid_from, self.valid_until)

    def refuse_empty(self) -> None:
        """Refuse an end that does not lie after the start.

        Raises:
            EmptyPeriod: in a sentence, before the database would.
        """
        Period(self.valid_from, self.valid_until)

    def runs_into(self, day: date) -> bool:
        """Whether the fact is true just before ``day`` and was not to end by then."""
        begun = self.valid_from is None or self.valid_from < day
        return begun and not self.period.is_past(day)


ThingT = TypeVar("ThingT", bound=ThingModel)
FactT = TypeVar("FactT", bound=TwoTimesModel)


def add_thing(thing: ThingT, *, now: datetime) -> ThingT:
    """Write a new identity."""
    journal = current_journal(thing._meta.db_table)
    thing.recorded_from = now
    insert(thing)
    journal.note("added", thing)
    return thing


def add_things(things: Sequence[ThingT], *, now: datetime) -> list[ThingT]:
    """Write many new identities at once."""
    return _write_all(things, now=now)


def record(fact: FactT, *, now: datetime) -> FactT:
    """Write a new fact."""
    return record_all([fact], now=now)[0]


def record_all(facts: Sequence[FactT], *, now: datetime) -> list[FactT]:
    """Write many new facts of one kind at once."""
    for fact in facts:
        fact.refuse_empty()
    return _write_all(facts, now=now)


RowT = TypeVar("RowT", bound=ThingModel | TwoTimesModel)


def _write_all(rows: Sequence[RowT], *, now: datetime) -> list[RowT]:
    if not rows:
        return []
    model = type(rows[0])
    journal = current_journal(model._meta.db_table)
    for row in rows:
        row.recorded_from = now
    manager: models.Manager[Any] = model._default_manager
    written: list[RowT] = manager.bulk_create(rows, batch_size=2000)
    for row in written:
        journal.note("added", row)
    return written


def end(fact: FactT, *, day: date, now: datetime, **values: Any) -> FactT:
    """The fact stops being true on ``day``; ``day`` itself no longer counts.

    ``values`` say what becomes known with the ending, such as where the work goes.

    Raises:
        EndOutsidePeriod: ``day`` is not after the start, or after the end that stands.
    """
    inside = fact.valid_from is None or fact.valid_from < day
    if not inside or (fact.valid_until is not None and day > fact.valid_until):
        raise EndOutsidePeriod(day=day)
    return _supersede(fact, Closing.ENDED, now, valid_until=day, **values)


def prolong(fact: FactT, *, until: date | None, now: datetime, **values: Any) -> FactT:
    """The fact stays true longer than was known; ``until`` is its new end."""
    return _supersede(fact, Closing.CHANGED, now, valid_until=until, **values)


def change(fact: FactT, *, day: date, now: datetime, **values: Any) -> FactT:
    """From ``day`` on the fact reads otherwise; before that day it stays as it was.

    Raises:
        EndOutsidePeriod: ``day`` does not lie within the period.
    """
    if day not in fact.period:
        raise EndOutsidePeriod(day=day)
    if fact.valid_from == day:
        return _supersede(fact, Closing.CHANGED, now, **values)
    before = _supersede(fact, Closing.CHANGED, now, valid_until=day)
    after = _copy(before, **{"valid_until": fact.valid_until, **values, "valid_from": day})
    after.replaces_id = fact.pk
    return record(after, now=before.recorded_from)


def correct(fact: FactT, *, now: datetime, **values: Any) -> FactT:
    """The fact was never so: from ``now`` on the register reads it otherwise, for all days."""
    return _supersede(fact, Closing.CORRECTED, now, **values)


def withdraw(fact: TwoTimesModel, *, now: datetime) -> None:
    """The fact was never so, and nothing takes its place."""
    _close(fact, Closing.WITHDRAWN, now)


def _supersede(fact: FactT, closing: Closing, now: datetime, **values: Any) -> FactT:
    new = _copy(fact, **values)
    new.replaces_id = fact.pk
    new.refuse_empty()
    return record(new, now=_close(fact, closing, now))


def _close(fact: TwoTimesModel, closing: Closing, now: datetime) -> datetime:
    """Close the recorded time of a row; two rows of one instant stay in order.

    Raises:
        AlreadySuperseded: the row was closed by somebody else since it was read.
    """
    journal = current_journal(fact._meta.db_table)
    instant = max(now, fact.recorded_from + MICROSECOND)
    open_row = type(fact)._default_manager.filter(pk=fact.pk, recorded_until__isnull=True)
    if not open_row.update(recorded_until=instant, closed_as=closing):
        raise AlreadySuperseded
    fact.recorded_until, fact.closed_as = instant, closing
    journal.note(closing.value, fact)
    return instant


def _copy(fact: FactT, **values: Any) -> FactT:
    kept = {
        column.attname: getattr(fact, column.attname)
        for column in fact._meta.concrete_fields
        if not column.primary_key
        and not column.generated
        and column.attname not in ("recorded_from", "recorded_until", "closed_as", "replaces_id")
    }
    columns = {column.name: column.attname for column in fact._meta.concrete_fields}
    for name, value in values.items():
        kept[columns[name]] = value.pk if isinstance(value, models.Model) else value
    return type(fact)(**kept)
