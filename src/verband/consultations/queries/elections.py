"""Elections of persons counted: from secret papers or from ballots by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from verband.consultations.kinds import ElectionMethod, QuestionForm, StepKind
from verband.consultations.models import Consultation, Participation, SecretBallot
from verband.consultations.queries.ballots import Line, counted_ballots, roll_of
from verband.consultations.queries.count import present_at, rule_for
from verband.consultations.queries.standing import Asked, Standing, questions_of
from verband.core.errors import DomainError
from verband.core.voting.blt import Profile, profile_of, write_blt
from verband.core.voting.decide import add_quorums
from verband.core.voting.elections import (
    NONE,
    RoundsRule,
    elect_by_approval,
    elect_in_rounds,
)
from verband.core.voting.outcome import Line as Reckoned
from verband.core.voting.outcome import count_lines
from verband.core.voting.roll import Ballot, Elector, Roll
from verband.core.voting.roll import count as tally_of
from verband.core.voting.rules import Rule
from verband.core.voting.stv import LotNeeded, Stage, count_stv


class BoxDoesNotMatch(DomainError):
    """Papers were put in or taken out."""

    code = "box_does_not_match"
    template = (
        "The box holds %(papers)s papers, but %(members)s members took part. Do not use this"
        " result; let the auditor find out what happened."
    )


FLOOR = 3  # fewer ballots than this hide nobody: then only who was elected is told


def method_of(election: str) -> ElectionMethod:
    """How a rule elects persons; in rounds when it says nothing."""
    return ElectionMethod(election or ElectionMethod.ROUNDS)


def as_codes(value: object) -> list[str]:
    """The candidates on one paper, from stored data: one name or several."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        return []
    return [str(code) for code in value]


@dataclass(frozen=True)
class ElectionCount:
    """One election counted.

    ``verdict``: elected, next_round, lot_needed, nobody, no_quorum. ``elected`` and ``field`` (of
    the next round, or those between whom a lot is needed) name candidates by code. ``votes`` of
    each candidate (first preferences when ranked), ``against`` all, ``blank``; none of these when
    the vote was secret and too few took part.
    """

    asked: Asked
    method: ElectionMethod
    round: int
    verdict: str
    elected: tuple[str, ...]
    field: tuple[str, ...]
    took_part: int
    on_roll: int
    is_secret: bool
    votes: Mapping[str, int]
    against: int = 0
    blank: int = 0
    lines: tuple[Reckoned, ...] = ()
    stages: tuple[Stage, ...] = ()
    quota: int | None = None

    @property
    def hides(self) -> bool:
        """Whether so few took part that numbers would tell who voted how."""
        return self.is_secret and self.took_part < FLOOR

    def name(self, code: str) -> str:
        """What a candidate is called on the paper."""
        labels = {option["code"]: option.get("label") for option in self.asked.fact.options}
        return labels.get(code) or code


@dataclass(frozen=True)
class Reckoning:
    """What the core made of the papers."""

    verdict: str
    elected: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    lines: tuple[Reckoned, ...] = ()
    stages: tuple[Stage, ...] = ()
    quota: int | None = None


@dataclass(frozen=True)
class _Election:
    standing: Standing
    asked: Asked
    rule: Rule
    roll: Roll
    papers: Mapping[str, Sequence[str]]
    round: int
    lot: tuple[str, ...]

    @property
    def method(self) -> ElectionMethod:
        return method_of(self.standing.frozen.get("election", ""))

    def weigh(self, members: Sequence[str]) -> int:
        return self.roll.total("votes", members)

    def count(self) -> ElectionCount:
        first = {m: names[0] if names else "" for m, names in self.papers.items()}
        if self.method == ElectionMethod.APPROVAL:
            named = {c: [m for m, n in self.papers.items() if c in n] for c in self.asked.choices}
        else:
            named = {c: [m for m in first if first[m] == c] for c in self.asked.choices}
        done = self.outcome()
        found = ElectionCount(
            asked=self.asked,
            method=self.method,
            round=self.round,
            verdict=done.verdict,
            elected=done.elected,
            field=done.field,
            took_part=len(self.papers),
            on_roll=len(self.roll.electors),
            is_secret=bool(self.standing.frozen.get("is_secret")),
            votes={code: self.weigh(members) for code, members in named.items()},
            against=self.weigh([m for m in first if first[m] == NONE]),
            blank=self.weigh([m for m in first if not first[m]]),
            lines=done.lines,
            stages=done.stages,
            quota=done.quota,
        )
        return _without_numbers(found) if found.hides else found

    def outcome(self) -> Reckoning:
        if self.method == ElectionMethod.STV:
            return self.ranked()
        if self.method == ElectionMethod.APPROVAL:
            done = elect_by_approval(
                self.rule,
                self.roll,
                self.asked.choices,
                self.papers,
                seats=self.asked.fact.seats,
                lot=self.lot,
            )
        else:
            # Earlier rounds are votes of their own: what was free then is narrowed now.
            rounds = RoundsRule(rule=self.rule, free_rounds=2 - self.round)
            cast = [Ballot(m, names[0] if names else "blank") for m, names in self.papers.items()]
            done = elect_in_rounds(rounds, self.roll, self.asked.choices, [cast], lot=self.lot)
        return Reckoning(done.verdict, done.elected, done.field, done.lines)

    def ranked(self) -> Reckoning:
        cast = [Ballot(m, NONE if names else "blank") for m, names in self.papers.items()]
        tally = tally_of(self.rule, self.roll, cast, (NONE,), NONE)
        lines = count_lines(tally)[:2]
        if add_quorums(self.rule, tally, lines):
            return Reckoning("no_quorum", lines=tuple(lines))
        profile = self.profile()
        if not any(ranking for _votes, ranking in profile.ballots):
            return Reckoning("nobody", lines=tuple(lines))
        try:
            result = count_stv(profile, self.lot)
        except LotNeeded:
            return Reckoning("lot_needed", (), self.asked.choices, tuple(lines))
        return Reckoning("elected", result.elected, (), tuple(lines), result.stages, result.quota)

    def profile(self) -> Profile:
        return profile_of(
            self.roll,
            self.asked.choices,
            self.papers,
            seats=self.asked.fact.seats,
            title=self.asked.fact.text,
        )


def _without_numbers(found: ElectionCount) -> ElectionCount:
    return replace(found, votes={}, against=0, blank=0, lines=(), stages=(), quota=None)


def elections_of(standing: Standing) -> list[ElectionCount]:
    """The elections in a vote that was opened and closed, counted. A fixed number of queries.

    Raises: ``KeyError`` when it was never opened.
    """
    return [election.count() for election in _elections(standing)]


def blt_of(standing: Standing, key: str) -> str | None:
    """The ranked papers of one election as a BLT file; equal papers together, in a fixed order.

    Nothing when they are not ranked, or too few took part in secret.
    """
    for election in _elections(standing):
        if election.asked.key != key or election.method != ElectionMethod.STV:
            continue
        if standing.frozen.get("is_secret") and len(election.papers) < FLOOR:
            return None
        whole = election.profile()
        papers: dict[tuple[int, ...], int] = {}
        for votes, ranking in whole.ballots:
            if ranking:
                papers[ranking] = papers.get(ranking, 0) + votes
        together = tuple((votes, ranking) for ranking, votes in sorted(papers.items()))
        codes = {o["code"]: o.get("label") or o["code"] for o in election.asked.fact.options}
        names = tuple(codes[code] for code in whole.candidates)
        return write_blt(Profile(whole.seats, names, together, frozenset(), whole.title))
    return None


def _elections(standing: Standing) -> list[_Election]:
    consultation = standing.consultation
    asked = [
        one
        for one in questions_of(consultation)
        if one.question.form == QuestionForm.PERSONS and not one.fact.is_withdrawn
    ]
    if not asked:
        return []
    lines = roll_of(consultation)
    papers = _secret(asked, lines) if standing.frozen["is_secret"] else _open(consultation, lines)
    present = None
    if consultation.sitting_id is not None:
        took_part = {member for of_one in papers.values() for member in of_one}
        present = (present_at(standing, lines) | took_part) & {line.key for line in lines}
    electors = [Elector(line.key, line.votes, line.inhabitants) for line in lines]
    drawn = standing.steps[StepKind.LOT].data["order"] if StepKind.LOT in standing.steps else {}
    number, rule = round_of(consultation), rule_for(standing)
    return [
        _Election(
            standing,
            one,
            rule,
            Roll(electors, present),
            papers.get(one.key, {}),
            number,
            tuple(drawn.get(one.key, ())),
        )
        for one in asked
    ]


def _open(consultation: Consultation, lines: list[Line]) -> dict[str, dict[str, list[str]]]:
    papers: dict[str, dict[str, list[str]]] = {}
    for ballot in counted_ballots(consultation, lines):
        for key, answer in ballot.answers.items():
            papers.setdefault(key, {})[ballot.key] = as_codes(answer)
    return papers


def _secret(asked: Sequence[Asked], lines: list[Line]) -> dict[str, dict[str, list[str]]]:
    """Each paper under the name of somebody who took part: any order does, all weigh the same."""
    keys = {line.member_id: line.key for line in lines}
    questions = {one.question.pk: one.key for one in asked}
    members: dict[int, list[str]] = {pk: [] for pk in questions}
    for question, member in Participation.objects.filter(question__in=questions).values_list(
        "question_id", "member_id"
    ):
        members[question].append(keys[member])
    said: dict[int, list[list[str]]] = {pk: [] for pk in questions}
    for question, choices in SecretBallot.objects.filter(question__in=questions).values_list(
        "question_id", "choices"
    ):
        said[question].append(as_codes(choices))
    for pk, papers in said.items():
        if len(papers) != len(members[pk]):
            raise BoxDoesNotMatch(papers=len(papers), members=len(members[pk]))
    return {
        key: dict(zip(sorted(members[pk]), sorted(said[pk]), strict=True))
        for pk, key in questions.items()
    }


def round_of(consultation: Consultation) -> int:
    """Which round this is: one more than the rounds before it. One query for each."""
    number = 1
    while consultation.round_of is not None:
        number, consultation = number + 1, consultation.round_of
    return number


def took_part_in(standing: Standing) -> list[str] | None:
    """The members that took part in a secret vote, by name; nothing before closing or too few."""
    if StepKind.CLOSED not in standing.steps:
        return None
    rows = Participation.objects.filter(question__consultation=standing.consultation)
    members = set(rows.values_list("member_id", flat=True))
    if len(members) < FLOOR:
        return None
    return [line.name for line in roll_of(standing.consultation) if line.member_id in members]
