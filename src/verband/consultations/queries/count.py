"""The count of a vote: what became of each question, by the rule and the roll as frozen.

Nothing here looks at the register of today: rule, roll, votes and segments are those of the
opening, so that the count is the same for ever.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verband.consultations.kinds import QuestionForm, StepKind
from verband.consultations.models import Attendance, SittingFact
from verband.consultations.queries.ballots import Counted, Line, counted_ballots, roll_of
from verband.consultations.queries.standing import Asked, Standing, questions_of
from verband.consultations.voters import proxies_in
from verband.core.voting.choices import NEITHER, PartsOutcome, decide_between, decide_parts
from verband.core.voting.decide import decide
from verband.core.voting.outcome import Outcome
from verband.core.voting.procedures import acclamation, held_over, withdrawn
from verband.core.voting.roll import SILENT_CHOICES, Ballot, Elector, Roll, Tally
from verband.core.voting.roll import count as tally_of
from verband.core.voting.rules import Rule, Unit

FOR_AGAINST = ("for", "against")


@dataclass(frozen=True)
class QuestionCount:
    """One question counted: the outcome with its reckoning, and every choice in every unit.

    ``parts``: of a motion in parts, what became of each and of the whole. ``amended_by``: the
    amendments that were adopted. ``falls``: an amendment to what was not adopted itself.
    """

    asked: Asked
    outcome: Outcome
    tally: Tally
    parts: PartsOutcome | None = None
    amended_by: tuple[str, ...] = ()
    falls: bool = False

    @property
    def verdict(self) -> str:
        """What became of it, in a word of the core."""
        return self.outcome.verdict if self.parts is None else self.parts.verdict

    @property
    def passed(self) -> bool:
        """Whether it, or a part of it, was adopted."""
        return self.verdict in ("adopted", "adopted_in_part")

    @property
    def sides(self) -> tuple[str, ...]:
        """The choices that take a side, in the order of the paper."""
        return tuple(code for code in self.asked.choices if code not in SILENT_CHOICES)

    def amount(self, choice: str, unit: Unit = "votes") -> Fraction:
        """What was literally cast for a choice."""
        return self.tally.choices[choice][unit] if choice in self.tally.choices else Fraction(0)

    def chose(self, unit: Unit = "votes") -> Fraction:
        """All that took a side."""
        return self.tally.raw(unit, self.sides)

    def share(self, choice: str, unit: Unit = "votes") -> Fraction | None:
        """The part of all that took a side; nothing when nobody did."""
        whole = self.chose(unit)
        return self.amount(choice, unit) / whole if whole else None

    def leaders(self, unit: Unit = "votes") -> tuple[str, ...]:
        """The choices with the most; several when they are equal, none when nobody chose."""
        most = max((self.amount(choice, unit) for choice in self.sides), default=Fraction(0))
        return tuple(c for c in self.sides if most and self.amount(c, unit) == most)

    @property
    def points_two_ways(self) -> bool:
        """Whether votes and members have different leaders."""
        votes, members = self.leaders("votes"), self.leaders("members")
        return bool(votes and members) and not set(votes) & set(members)


@dataclass(frozen=True)
class Count:
    """A whole vote counted. ``present``: who was in the hall or represented; none when written."""

    standing: Standing
    rule: Rule
    lines: tuple[Line, ...]
    ballots: tuple[Counted, ...]
    present: frozenset[str] | None
    questions: tuple[QuestionCount, ...]

    @property
    def by_key(self) -> Mapping[str, QuestionCount]:
        """The questions by the key that ballots name them with."""
        return {question.asked.key: question for question in self.questions}

    @property
    def silent(self) -> tuple[Line, ...]:
        """The members that cast no ballot."""
        cast = {ballot.member_id for ballot in self.ballots}
        return tuple(line for line in self.lines if line.member_id not in cast)

    def on_roll(self, unit: Unit) -> int:
        """How much stands on the roll."""
        return sum(weight(line, unit) for line in self.lines)

    def took_part(self, unit: Unit) -> int:
        """How much cast a ballot, abstentions included."""
        return sum(weight(ballot, unit) for ballot in self.ballots)

    def turnout(self, unit: Unit) -> Fraction:
        """The part of the roll that cast a ballot."""
        whole = self.on_roll(unit)
        return Fraction(self.took_part(unit), whole) if whole else Fraction(0)


def weight(line: Line | Counted, unit: Unit) -> int:
    """What a member weighs in a unit; unknown inhabitants weigh nothing."""
    if unit == "members":
        return 1
    return line.votes if unit == "votes" else line.inhabitants or 0


def count_of(standing: Standing, *, present: frozenset[str] | None = None) -> Count:
    """Count a vote that was opened, by member key. Five queries at most.

    ``present``: the keys of who was there or represented; by default, for a vote in a sitting, as
    the attendance says at the closing. Whoever cast a ballot was there.

    Raises: ``KeyError`` when it was never opened.
    """
    consultation = standing.consultation
    lines = roll_of(consultation)
    ballots = counted_ballots(consultation, lines)
    if present is None and consultation.sitting_id is not None:
        present = present_at(standing, lines)
    if present is not None:
        present = (present | {ballot.key for ballot in ballots}) & {line.key for line in lines}
    rule = rule_for(standing)
    roll = Roll([Elector(one.key, one.votes, one.inhabitants) for one in lines], present)
    asked = [
        one
        for one in questions_of(consultation)
        if one.question.form != QuestionForm.PERSONS  # counted by rounds, from secret ballots
    ]
    counter = _Counter(standing, rule, roll, lines, ballots, asked)
    return Count(standing, rule, tuple(lines), tuple(ballots), present, counter.all())


def rule_for(standing: Standing) -> Rule:
    """The frozen rule; at the second call of a sitting what the rule says of that."""
    rule = Rule.from_mapping(standing.frozen["rule"])
    sitting = standing.consultation.sitting_id
    if rule.second_call is None or sitting is None:
        return rule
    call = SittingFact.objects.known(None).filter(sitting=sitting).values_list("call", flat=True)
    return rule.second_call if (call.first() or 1) > 1 else rule


def present_at(standing: Standing, lines: Iterable[Line]) -> frozenset[str]:
    """Who was in the hall, or represented there, when the vote closed (or is, while it is open).

    The closing wrote it down; presence and proxies may have changed since.
    """
    consultation = standing.consultation
    written = _closing(standing).get("present")
    if written is not None:
        return frozenset(written)
    seen = Attendance.objects.filter(sitting=consultation.sitting_id)
    ended = standing.at_step(StepKind.CLOSED) or standing.at_step(StepKind.ACCLAIMED)
    if ended is not None:
        seen = seen.filter(recorded_from__lte=ended)
    last = seen.order_by("member_id", "-number").distinct("member_id")
    there = {pk for pk, here in last.values_list("member_id", "is_present") if here}
    given = dict(proxies_in(consultation).values_list("member_id", "holder_id"))
    there |= {member for member, holder in given.items() if holder in there}
    return frozenset(line.key for line in lines if line.member_id in there)


def _closing(standing: Standing) -> Mapping[str, Any]:
    step = standing.steps.get(StepKind.CLOSED)
    return {} if step is None else step.data


@dataclass(frozen=True)
class _Counter:
    standing: Standing
    rule: Rule
    roll: Roll
    lines: list[Line]
    ballots: list[Counted]
    asked: list[Asked]

    def all(self) -> tuple[QuestionCount, ...]:
        """Every question; amendments are decided before what they amend."""
        outcomes = {asked.question.pk: self.outcome(asked) for asked in self.asked}
        wholes = {asked.question.pk: self.parts(asked, outcomes) for asked in self.asked}
        verdicts = {
            pk: whole.verdict if (whole := wholes[pk]) is not None else outcomes[pk].verdict
            for pk in outcomes
        }
        return tuple(
            QuestionCount(
                asked,
                outcomes[asked.question.pk],
                self.tally(asked),
                wholes[asked.question.pk],
                self.amendments(asked, outcomes),
                self.falls(asked, verdicts),
            )
            for asked in self.asked
        )

    def cast(self, asked: Asked) -> list[Ballot]:
        """The ballots for one question; a divided one stands there as often as it was divided."""
        found: list[Ballot] = []
        for ballot in self.ballots:
            found += _cast(ballot.key, ballot.answers.get(asked.key))
        return found

    def tally(self, asked: Asked) -> Tally:
        options, negative = _options(asked)
        return tally_of(self.rule, self.roll, self.cast(asked), options, negative)

    def outcome(self, asked: Asked) -> Outcome:
        steps = self.standing.steps
        if asked.fact.is_withdrawn:
            proposer = asked.question.proposer_id
            by = next((line.name for line in self.lines if line.member_id == proposer), "–")
            return withdrawn(by=by, voting_opened=False)
        if StepKind.HELD_OVER in steps:
            return held_over(until=str(steps[StepKind.HELD_OVER].data.get("until") or "–"))
        if StepKind.ACCLAIMED in steps:
            return acclamation(self.rule, self.roll)
        tie = steps[StepKind.PUBLISHED].data.get("ties", {}) if self.standing.is_published else {}
        return self.decided(asked, tie.get(asked.key))

    def decided(self, asked: Asked, tie: str | None) -> Outcome:
        cast = self.cast(asked)
        options, _negative = _options(asked)
        if options == FOR_AGAINST:
            broken: Any = tie if tie in FOR_AGAINST else None
            return decide(self.rule, self.roll, cast, tie_break=broken)
        texts = [code for code in options if code != NEITHER]
        return decide_between(
            self.rule, self.roll, cast, texts, method="own_majority", tie_break=tie
        )

    def parts(self, asked: Asked, outcomes: Mapping[int, Outcome]) -> PartsOutcome | None:
        pk = asked.question.pk
        parts = {one.key: outcomes[one.question.pk] for one in self.of(pk, "part_of_id")}
        if not parts or outcomes[pk].tally is None:
            return None
        return decide_parts(self.rule, self.roll, parts, whole=self.cast(asked))

    def amendments(self, asked: Asked, outcomes: Mapping[int, Outcome]) -> tuple[str, ...]:
        amends = self.of(asked.question.pk, "amends_id")
        return tuple(one.key for one in amends if outcomes[one.question.pk].passed)

    def falls(self, asked: Asked, verdicts: Mapping[int, str]) -> bool:
        amends = asked.question.amends_id
        return amends is not None and verdicts.get(amends) in ("rejected", "withdrawn")

    def of(self, pk: int, field: str) -> list[Asked]:
        """The parts of a motion, or the amendments to it."""
        return [one for one in self.asked if getattr(one.question, field) == pk]


def _options(asked: Asked) -> tuple[tuple[str, ...], str]:
    """The choices that say something, and the one that says no."""
    if asked.question.form == QuestionForm.YES_NO:
        return FOR_AGAINST, "against"
    texts = tuple(c for c in asked.choices if c not in SILENT_CHOICES and c != NEITHER)
    return (*texts, NEITHER), NEITHER


def _cast(member: str, answer: Any) -> Collection[Ballot]:
    if answer is None:
        return ()
    if isinstance(answer, Mapping):
        return [Ballot(member, choice, votes) for choice, votes in answer.items()]
    return [Ballot(member, answer)]
