"""What a file would change: compared with the register first, shown, and then done exactly so."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db import models
from django.utils.translation import gettext as _

from verband.bodies.imports.fields import Row
from verband.bodies.imports.finding import Finder, Unknown
from verband.bodies.imports.kinds import Kind
from verband.bodies.imports.refusals import wrong
from verband.core.errors import FileRefused, RowError
from verband.core.period import EmptyPeriod, Period
from verband.kernel.journal import canonical
from verband.kernel.two_times import (
    ThingModel,
    TwoTimesModel,
    add_things,
    change,
    correct,
    end,
    prolong,
    record_all,
)
from verband.ui.wording import sentence

Verb = Literal["new", "changed", "ended"]


@dataclass(frozen=True)
class Terms:
    """How a file is meant. ``day`` counts where a row gives none.

    With a ``reason`` the register was wrong: what differs is corrected for all days. Without it
    the world changed: what differs holds from the row's day on. ``complete``: what runs on ``day``
    and is not in the file ends on that day.
    """

    day: date
    reason: str = ""
    complete: bool = False


@dataclass(frozen=True)
class Difference:
    """One row that changes something: which columns, from what to what.

    ``line`` is ``None`` for what ends because a complete file leaves it out.
    """

    line: int | None
    verb: Verb
    what: str
    values: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True)
class Step:
    """One change to a fact that stands in the register."""

    verb: Literal["change", "correct", "end", "prolong"]
    fact: TwoTimesModel
    day: date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def do(self, now: datetime) -> None:
        """Write it."""
        if self.verb == "correct":
            correct(self.fact, now=now, **self.values)
        elif self.verb == "prolong":
            prolong(self.fact, until=self.day, now=now, **self.values)
        elif self.day is not None:
            verb = change if self.verb == "change" else end
            verb(self.fact, day=self.day, now=now, **self.values)


@dataclass
class Plan:
    """The differences between a file and the register, and what is written for them."""

    kind: Kind
    terms: Terms
    differences: list[Difference] = field(default_factory=list)
    same: int = 0
    errors: list[RowError] = field(default_factory=list)
    things: list[ThingModel] = field(default_factory=list)
    facts: list[TwoTimesModel] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    touched: set[tuple[type, int]] = field(default_factory=set)
    called: Callable[[Any], str] = str

    def count(self, verb: Verb) -> int:
        """How many differences of one sort."""
        return sum(difference.verb == verb for difference in self.differences)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the differences and the facts they touch: what was shown is what is done."""
        told = [
            [d.line, d.verb, *([n, str(old), str(new)] for n, old, new in d.values)]
            for d in self.differences
        ]
        touched = [[s.verb, s.fact._meta.db_table, s.fact.pk, str(s.day)] for s in self.steps]
        return hashlib.sha256(canonical([told, touched])).hexdigest()

    def differs(self, row: Row | None, verb: Verb, what: str, values: Iterable[Any]) -> None:
        """Note one difference."""
        line = row["line"] if row else None
        self.differences.append(Difference(line, verb, what, tuple(values)))

    def told(self, value: Any) -> Any:
        """A thing is told by its name; every other value as it is."""
        return self.called(value) if isinstance(value, models.Model) else value

    def wrong(self, row: Row, column: str, problem: str, remedy: str) -> None:
        """Note what is wrong in a row."""
        found = self.kind.field(column)
        self.errors.append(
            wrong(row["line"], str(found.label if found else column), problem, remedy)
        )

    def find(self, row: Row, column: str, finder: Finder[Any]) -> Any:
        """The thing that a cell names; ``None`` for an empty cell or, with an error, an unknown."""
        if row.get(column) is None:
            return None
        try:
            return finder.find(row[column])
        except Unknown as unknown:
            self.wrong(row, column, unknown.problem, unknown.remedy)
            return None

    def needs(self, row: Row, *columns: str) -> bool:
        """Whether a row that adds something fills in these columns; else an error for each."""
        missing = [name for name in columns if row.get(name) is None]
        for name in missing:
            problem = _("This is new in the register, and nothing is filled in here.")
            self.wrong(row, name, problem, _("Fill it in, or check the code."))
        return not missing

    def compare(
        self,
        row: Row,
        what: str,
        fact: TwoTimesModel,
        given: Mapping[str, Any],
        others: Sequence[TwoTimesModel] = (),
    ) -> None:
        """Plan what makes ``fact`` read as ``given``; empty values leave it as it is.

        ``others`` are the facts of the same thing, with which the days may not overlap.
        """
        changed = {
            name: value
            for name, value in given.items()
            if value is not None and getattr(fact, name) != value
        }
        if not changed:
            self.same += 1
            return
        step = self._step(row, fact, changed)
        if not self.first(row, fact) or not self._fits(row, fact, step, others):
            return
        self.steps.append(step)
        told = [(n, self.told(getattr(fact, n)), self.told(v)) for n, v in changed.items()]
        ends = set(changed) == {"valid_until"}
        self.differs(row, "ended" if ends else "changed", what, told)

    def _step(self, row: Row, fact: TwoTimesModel, changed: dict[str, Any]) -> Step:
        """The verb for what differs: the register was wrong, or the world changed."""
        if self.terms.reason:
            return Step("correct", fact, values=changed)
        if set(changed) == {"valid_until"}:
            until = changed["valid_until"]
            shorter = fact.valid_until is None or until < fact.valid_until
            return Step("end" if shorter else "prolong", fact, until)
        return Step("change", fact, row.get("from") or self.terms.day, changed)

    def _fits(
        self, row: Row, fact: TwoTimesModel, step: Step, others: Sequence[TwoTimesModel]
    ) -> bool:
        """Whether the days that come out are a period, and free; else an error."""
        start = (
            step.day if step.verb == "change" else step.values.get("valid_from", fact.valid_from)
        )
        until = step.values.get("valid_until", fact.valid_until)
        if step.verb in ("end", "prolong"):
            until = step.day
        period = self.period(row, start, until)
        if period is None:
            return False
        if overlapping([it for it in others if it is not fact], period) is None:
            return True
        problem = _("The register has something else for days of that period.")
        self.wrong(row, "until", problem, _("Let one period end where the next begins."))
        return False

    def period(self, row: Row, start: date | None, until: date | None) -> Period | None:
        """The period of a row; ``None``, with an error, when it has no days."""
        try:
            return Period(start, until)
        except EmptyPeriod as empty:
            remedy = _("Check the days in this row against the register.")
            self.wrong(row, "until", sentence(empty), remedy)
            return None

    def first(self, row: Row, fact: TwoTimesModel) -> bool:
        """Whether no earlier row changes the same fact; else an error."""
        if (type(fact), fact.pk) not in self.touched:
            self.touched.add((type(fact), fact.pk))
            return True
        problem = _("An earlier row changes the same thing in the register.")
        self.wrong(row, "from", problem, _("Take in one of the two rows first, then the other."))
        return False

    def leave_out(self, facts: Iterable[tuple[str, TwoTimesModel]]) -> None:
        """End what a complete file does not name."""
        for what, fact in facts:
            begun = fact.valid_from is None or fact.valid_from < self.terms.day
            if not begun or (type(fact), fact.pk) in self.touched:
                continue
            self.steps.append(Step("end", fact, self.terms.day))
            values = [("valid_until", fact.valid_until, self.terms.day)]
            self.differs(None, "ended", what, values)

    def refuse_errors(self) -> None:
        """Refuse the file when a row is wrong.

        Raises:
            FileRefused: with every error, in row order.
        """
        if self.errors:
            raise FileRefused(sorted(self.errors, key=lambda error: int(error.params["row"])))

    def write(self, now: datetime) -> None:
        """Write all of it; endings before beginnings, because a period has room for one."""
        for things in _by_model(self.things):
            add_things(things, now=now)
        for step in self.steps:
            step.do(now)
        for facts in _by_model(self.facts):
            record_all(facts, now=now)


def running(facts: Sequence[TwoTimesModel], row: Row, terms: Terms) -> tuple[Any, dict[str, Any]]:
    """The fact that a row is about, and what else it says of it.

    That is the fact of the row's day. When there is none and something is corrected, it is the
    only fact there is: then the start was wrong too.
    """
    day = row.get("from") or terms.day
    found = next((fact for fact in facts if day in fact.period), None)
    if found is None and terms.reason and len(facts) == 1 and row.get("from"):
        return facts[0], {"valid_from": row["from"]}
    return found, {}


def overlapping(facts: Iterable[TwoTimesModel], period: Period) -> TwoTimesModel | None:
    """A fact that leaves no room for a new one in ``period``."""
    return next((fact for fact in facts if fact.period.overlaps(period)), None)


def _by_model(rows: Iterable[Any]) -> list[list[Any]]:
    found: dict[type, list[Any]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return list(found.values())
