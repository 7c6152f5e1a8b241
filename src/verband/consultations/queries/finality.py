"""Whether a published result is provisional still: objections, their term, and ratification."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch

from verband.consultations.kinds import StepKind
from verband.consultations.models import Consultation, Objection, ObjectionAnswer, Step
from verband.consultations.queries.count import count_of
from verband.consultations.queries.standing import Standing, as_of, standings_of
from verband.kernel.clock import local_day


@dataclass(frozen=True)
class Ratification:
    """The assembly vote that is to ratify a result. ``adopted``: unknown until it is published."""

    vote: Consultation
    title: str
    adopted: bool | None


@dataclass(frozen=True)
class Finality:
    """What still stands between a published result and its being final.

    ``term_until``: the first day on which nobody can object any more; none when the rule knows no
    objections. ``ratifications``: the assembly votes on it, in their order.
    """

    term_until: date | None
    objections: tuple[Objection, ...]
    is_final: bool
    needs_ratification: bool
    is_ratified: bool
    ratifications: tuple[Ratification, ...]

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Objections that nobody has answered."""
        return tuple(one for one in self.objections if not hasattr(one, "answer"))

    @property
    def upheld(self) -> tuple[Objection, ...]:
        """Objections that were found right: they keep the result from becoming final."""
        return tuple(
            one for one in self.objections if hasattr(one, "answer") and one.answer.is_upheld
        )

    @property
    def awaits_objections(self) -> bool:
        """Whether the result is provisional because of objections or their term."""
        return self.term_until is not None and not self.is_final

    @property
    def awaits_ratification(self) -> bool:
        """Whether the assembly must still ratify it."""
        return self.needs_ratification and not self.is_ratified

    @property
    def is_provisional(self) -> bool:
        """Whether anything still stands in the way."""
        return self.awaits_objections or self.awaits_ratification

    def may_object(self, day: date) -> bool:
        """Whether a member can object on this day."""
        return self.awaits_objections and self.term_until is not None and day < self.term_until


def term_until(standing: Standing) -> date | None:
    """The first day after the term: it holds so many whole days after the day of publication."""
    days = standing.frozen.get("objection_days", 0)
    published = standing.at_step(StepKind.PUBLISHED)
    if not days or published is None:
        return None
    return local_day(published) + timedelta(days=days + 1)


def finality_of(standing: Standing) -> Finality:
    """How far a published result is final. Three queries, and a count for each vote on it."""
    consultation = standing.consultation
    objections = (
        Objection.objects.filter(consultation=consultation, **_by(standing.then))
        .select_related("member")
        .prefetch_related(Prefetch("answer", ObjectionAnswer.objects.filter(**_by(standing.then))))
        .order_by("pk")
    )
    return Finality(
        term_until=term_until(standing),
        objections=tuple(objections),
        is_final=StepKind.FINAL in standing.steps,
        needs_ratification=bool(standing.frozen.get("needs_ratification")),
        is_ratified=StepKind.RATIFIED in standing.steps,
        ratifications=tuple(_ratifications(consultation, standing.then)),
    )


def _by(then: datetime | None) -> dict[str, datetime]:
    """Only what had been written by then."""
    return {} if then is None else {"recorded_from__lte": then}


def _ratifications(consultation: Consultation, then: datetime | None) -> Iterable[Ratification]:
    votes = Consultation.objects.filter(ratifies=consultation, **_by(then)).order_by("pk")
    for now in standings_of(votes):
        standing = now if then is None else as_of(now, then)
        adopted = is_adopted(standing) if standing.is_published else None
        yield Ratification(standing.consultation, standing.fact.title, adopted)


def is_adopted(standing: Standing) -> bool:
    """Whether every question of a vote was adopted."""
    questions = count_of(standing).questions
    return bool(questions) and all(question.verdict == "adopted" for question in questions)


def due_to_become_final(now: datetime) -> list[Consultation]:
    """The results whose term is over, without an objection that is open or upheld. Four queries."""
    published = Step.objects.filter(kind=StepKind.PUBLISHED)
    waiting = Consultation.objects.filter(pk__in=published.values("consultation"))
    waiting = waiting.exclude(steps__kind=StepKind.FINAL)
    waiting = waiting.exclude(objections__in=Objection.objects.filter(answer__isnull=True))
    waiting = waiting.exclude(objections__answer__is_upheld=True)
    today = local_day(now)
    return [
        standing.consultation
        for standing in standings_of(waiting.order_by("pk"))
        if (until := term_until(standing)) is not None and until <= today
    ]
