"""How a consultation stands at an instant: its text, its steps, its questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from verband.consultations.kinds import State, StepKind
from verband.consultations.models import (
    Consultation,
    ConsultationFact,
    Question,
    QuestionFact,
    SittingFact,
    Step,
    VotingRuleFact,
)
from verband.core.voting.rules import Rule
from verband.kernel.clock import local_day
from verband.kernel.remembered import Compiled, Kept

AFTER = (
    (StepKind.WITHDRAWN, State.WITHDRAWN),
    (StepKind.HELD_OVER, State.HELD_OVER),
    (StepKind.FINAL, State.FINAL),
    (StepKind.PUBLISHED, State.PUBLISHED),
    (StepKind.ACCLAIMED, State.PUBLISHED),
    (StepKind.CLOSED, State.CLOSED),
    (StepKind.OPENED, State.OPEN),
)


@dataclass(frozen=True)
class Asked:
    """A question with its text."""

    question: Question
    fact: QuestionFact

    @property
    def key(self) -> str:
        """How ballots name this question."""
        return str(self.question.order)

    @property
    def choices(self) -> tuple[str, ...]:
        """The codes on the paper, in order."""
        return tuple(option["code"] for option in self.fact.options)


@dataclass(frozen=True)
class Standing:
    """A consultation with its text and what happened to it; as it was ``then``, else as it is."""

    consultation: Consultation
    fact: ConsultationFact
    steps: Mapping[str, Step]
    then: datetime | None = None

    def at_step(self, kind: StepKind) -> datetime | None:
        """When a step happened."""
        step = self.steps.get(kind)
        return None if step is None else step.recorded_from

    def state(self, now: datetime) -> State:
        """How it stands; past its closing time it is closed, whether or not the clock ran."""
        for kind, state in AFTER:
            if kind in self.steps:
                if state == State.OPEN and self.is_over(now):
                    return State.CLOSED
                return state
        return State.DRAFT if self.fact.opens_at is None else State.PLANNED

    def is_over(self, now: datetime) -> bool:
        """Whether the closing time has passed."""
        return self.fact.closes_at is not None and now >= self.fact.closes_at

    @property
    def closed_at(self) -> datetime | None:
        """From when votes came too late: the closing time, or earlier when somebody closed it.

        The clock may write the closing later, when it was down at that moment.
        """
        closed, closes = self.at_step(StepKind.CLOSED), self.fact.closes_at
        return closed if closed is None or closes is None else min(closed, closes)

    @property
    def frozen(self) -> Mapping[str, Any]:
        """Rule, key and segments as frozen at the opening; empty before."""
        step = self.steps.get(StepKind.OPENED)
        return {} if step is None else step.data

    @cached_property
    def rule(self) -> Rule | None:
        """The rule as frozen at the opening."""
        stored = self.frozen.get("rule")
        return Rule.from_mapping(stored) if stored else None

    @property
    def was_stopped(self) -> bool:
        """Whether it was withdrawn or held over, so that it never closes."""
        return StepKind.WITHDRAWN in self.steps or StepKind.HELD_OVER in self.steps

    @property
    def is_live(self) -> bool:
        """Whether the rule lets the result be seen while it is open; never of a secret vote."""
        return live(self.frozen)

    @property
    def is_published(self) -> bool:
        """Whether the result may be seen by all."""
        return StepKind.PUBLISHED in self.steps or StepKind.ACCLAIMED in self.steps


def live(frozen: Mapping[str, Any]) -> bool:
    """Whether a rule, frozen or as it would be, lets the result be seen while the vote is open."""
    return bool(frozen.get("shows_interim")) and not frozen.get("is_secret")


def standing_of(consultation: Consultation) -> Standing:
    """One consultation as it stands. Two queries."""
    fact = ConsultationFact.objects.known(None).get(consultation=consultation)
    steps = {step.kind: step for step in Step.objects.filter(consultation=consultation)}
    return Standing(consultation, fact, steps)


def as_of(standing: Standing, moment: datetime) -> Standing:
    """A consultation with only the steps that had been taken by then."""
    steps = {kind: step for kind, step in standing.steps.items() if step.recorded_from <= moment}
    return replace(standing, steps=steps)


def standing_then(consultation: Consultation, then: datetime) -> Standing | None:
    """One consultation as it stood at an instant; nothing before it was written. Two queries."""
    fact = ConsultationFact.objects.known(then).filter(consultation=consultation).first()
    if fact is None:
        return None
    taken = Step.objects.filter(consultation=consultation, recorded_from__lte=then)
    return Standing(consultation, fact, {step.kind: step for step in taken}, then)


def remembered_standing(consultation: Consultation) -> Standing:
    """One consultation as it stands, read anew only when something happened to it."""
    asked = {"consultation": consultation.pk}
    stands = (_ids(TEXTS.rows(**asked)), _ids(STEPS.rows(**asked)))
    return standing_with(consultation, *stands)


def standing_with(
    consultation: Consultation, texts: tuple[int, ...], steps: tuple[int, ...]
) -> Standing:
    """The standing of which these are the rows; rows never change, so it is read once."""

    def holds(made: Standing) -> bool:
        return (made.fact.pk,) == texts and {step.pk for step in made.steps.values()} == set(steps)

    key = (consultation.pk, texts, steps)
    return _KEPT.get(key, lambda: standing_of(consultation), holds)


def _ids(rows: Iterable[tuple[Any, ...]]) -> tuple[int, ...]:
    return tuple(pk for (pk,) in rows)


TEXTS = Compiled(
    lambda consultation: (
        ConsultationFact.objects.known(None).filter(consultation=consultation).values_list("pk")
    ),
    consultation=int,
)
STEPS = Compiled(
    lambda consultation: (
        Step.objects.filter(consultation=consultation).order_by("pk").values_list("pk")
    ),
    consultation=int,
)
_KEPT: Kept[Standing] = Kept(64)


def standings_of(consultations: Iterable[Consultation]) -> list[Standing]:
    """Several consultations as they stand, in the given order. Two queries, whatever the number."""
    asked = list(consultations)
    ids = [consultation.pk for consultation in asked]
    facts = {
        fact.consultation_id: fact
        for fact in ConsultationFact.objects.known(None).filter(consultation__in=ids)
    }
    steps: dict[int, dict[str, Step]] = {pk: {} for pk in ids}
    for step in Step.objects.filter(consultation__in=ids):
        steps[step.consultation_id][step.kind] = step
    return [Standing(one, facts[one.pk], steps[one.pk]) for one in asked]


def questions_of(consultation: Consultation, then: datetime | None = None) -> list[Asked]:
    """The questions with their texts, as known ``then`` or now, in order. One query."""
    facts = QuestionFact.objects.known(then).filter(question__consultation=consultation)
    rows = facts.select_related("question").order_by("question__order")
    return [Asked(fact.question, fact) for fact in rows]


def naming_closes(standing: Standing) -> datetime | None:
    """Until when a member can name who votes for it; nothing when it is not known yet."""
    return naming_deadlines([standing])[standing.consultation.pk]


def naming_deadlines(standings: Iterable[Standing]) -> dict[int, datetime | None]:
    """Until when members can name who votes, of several consultations. Two queries at most.

    The hours of the rule before the closing time; in a meeting, before it begins. The rule is that
    frozen at the opening, and before that the one in force on the day of opening.
    """
    asked = list(standings)
    rules: dict[int, list[VotingRuleFact]] = {}
    for fact in VotingRuleFact.objects.known(None).filter(
        voting_rule__in={one.consultation.rule_id for one in asked if not one.frozen}
    ):
        rules.setdefault(fact.voting_rule_id, []).append(fact)
    sittings = {one.consultation.sitting_id for one in asked} - {None}
    starts = dict(
        SittingFact.objects.known(None)
        .filter(sitting__in=sittings)
        .values_list("sitting_id", "starts_at")
    )
    found: dict[int, datetime | None] = {}
    for one in asked:
        term = starts.get(one.consultation.sitting_id) or one.fact.closes_at
        hours = None if term is None else _naming_hours(one, term, rules)
        if term is not None and hours is not None:
            found[one.consultation.pk] = term - timedelta(hours=hours)
        else:
            found[one.consultation.pk] = None
    return found


def _naming_hours(
    standing: Standing, term: datetime, rules: Mapping[int, list[VotingRuleFact]]
) -> int | None:
    if standing.frozen:
        return int(standing.frozen.get("naming_hours", 0))
    day = local_day(standing.fact.opens_at or term)
    in_force = (f for f in rules.get(standing.consultation.rule_id, ()) if day in f.period)
    return next((fact.naming_hours for fact in in_force), None)
