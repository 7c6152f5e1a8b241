"""What the clock has to do: what should be open, closed or final by now, and what came too late."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from verband.consultations.kinds import StepKind
from verband.consultations.models import Consultation, ConsultationFact, Step
from verband.consultations.queries.standing import Standing, standings_of

ENDED = (StepKind.CLOSED, StepKind.WITHDRAWN, StepKind.HELD_OVER, StepKind.ACCLAIMED)


def to_open(now: datetime) -> list[Consultation]:
    """What is planned to be open by now and is not. One query.

    What closed before anybody opened it is not opened any more: see ``missed``.
    """
    planned = _never_touched(ConsultationFact.objects.known(None).filter(opens_at__lte=now))
    return _of(planned.exclude(closes_at__lte=now), "opens_at")


def missed(now: datetime) -> list[Consultation]:
    """What was planned, and passed its closing time before it was opened. One query."""
    planned = ConsultationFact.objects.known(None).filter(opens_at__lte=now, closes_at__lte=now)
    return _of(_never_touched(planned), "opens_at")


def to_close(now: datetime) -> list[Consultation]:
    """What is open past its closing time. One query."""
    over = _with(ConsultationFact.objects.known(None).filter(closes_at__lte=now), StepKind.OPENED)
    return _of(_without(over, ENDED), "closes_at")


def open_at(now: datetime) -> list[Standing]:
    """Everything that is open at an instant, the first to close first. Three queries."""
    facts = ConsultationFact.objects.known(None).exclude(closes_at__lte=now)
    return standings_of(_of(_without(_with(facts, StepKind.OPENED), ENDED), "closes_at"))


def steps_between(
    kinds: Iterable[str], since: datetime, until: datetime
) -> list[tuple[Standing, Step]]:
    """What happened from ``since`` until just before ``until``, in order. Three queries."""
    steps = list(
        Step.objects.filter(kind__in=kinds, recorded_from__gte=since, recorded_from__lt=until)
        .select_related("consultation")
        .order_by("recorded_from", "pk")
    )
    found = {step.consultation_id: step.consultation for step in steps}
    standings = {one.consultation.pk: one for one in standings_of(found.values())}
    return [(standings[step.consultation_id], step) for step in steps]


def _steps(kinds: Iterable[str]) -> QuerySet[Step]:
    return Step.objects.filter(consultation=OuterRef("consultation"), kind__in=kinds)


def _never_touched(facts: QuerySet[ConsultationFact]) -> QuerySet[ConsultationFact]:
    return facts.exclude(Exists(Step.objects.filter(consultation=OuterRef("consultation"))))


def _with(facts: QuerySet[ConsultationFact], kind: str) -> QuerySet[ConsultationFact]:
    return facts.filter(Exists(_steps([kind])))


def _without(facts: QuerySet[ConsultationFact], kinds: Iterable[str]) -> QuerySet[ConsultationFact]:
    return facts.exclude(Exists(_steps(kinds)))


def _of(facts: QuerySet[ConsultationFact], moment: str) -> list[Consultation]:
    rows = facts.select_related("consultation").order_by(moment, "consultation_id")
    return [fact.consultation for fact in rows]
