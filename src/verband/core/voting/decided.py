"""Is it decided already? What the votes that are still out can do, exactly.

A majority can only be helped by a vote in favour and only be hurt by another one, so for every
single condition the extreme is reached when all who are still out do the same. A quorum breaks the
monotony: a vote against can create it. Therefore every uniform completion is tried: all in favour
for the best case; all silent, all against, all abstaining, all blank, all invalid for the worst.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from verband.core.voting.decide import decide, rule_of_call
from verband.core.voting.fewest import fewest_reaching, fewest_sinking
from verband.core.voting.outcome import Line, Outcome, needed
from verband.core.voting.roll import SILENT_CHOICES, Ballot, Roll, Tally
from verband.core.voting.rules import Majority, Quorum, Rule, Unit

Answer = Literal["adopted", "not_adopted", "open"]


@dataclass(frozen=True)
class Standing:
    """Where a vote stands before it closes.

    ``now``: the outcome if it closed this moment. ``answer``: what is certain, or ``open``.
    ``only_quorum``: the only thing that can still stop it is a missed quorum; opponents then do
    more by staying away than by voting against. ``outstanding``: members that can still vote, with
    ``outstanding_votes``. ``to_turn``: the fewest of them that can turn the outcome of this moment
    (``None`` when they cannot), and ``turners``, an example. ``share_needed``: the least part of
    everything outstanding that must vote in favour when all vote for or against (``None`` when no
    part is enough). ``to_switch``: the fewest members that already voted for or against and would
    have to change sides to turn it (``None`` when that cannot turn it).
    """

    now: Outcome
    answer: Answer
    only_quorum: bool
    outstanding: tuple[str, ...]
    outstanding_votes: int
    to_turn: int | None
    turners: tuple[str, ...]
    share_needed: Fraction | None
    to_switch: int | None


def standing(
    rule: Rule,
    roll: Roll,
    ballots: Iterable[Ballot],
    *,
    call: int = 1,
) -> Standing:
    """Whether the ballots still out can change the outcome, and how few could.

    Out are the members without a ballot: those present in a meeting, all of the roll in a written
    consultation. A tie that the rule leaves to chair or lot is open. A member that has cast part of
    a divided vote is not counted as out.

    Raises: what ``decide`` refuses.
    Source: worst-case bounds, Manski (2003), Partial Identification of Probability Distributions.

    >>> from verband.core.voting.rules import majority
    >>> rule = Rule(name="r", majorities=(majority("votes > 1/2 of valid"),))
    >>> roll = Roll.from_votes({"A": 5, "B": 3, "C": 2, "D": 1})
    >>> at = standing(rule, roll, [Ballot("A", "for"), Ballot("D", "against")])
    >>> at.answer, at.to_turn
    ('open', 2)
    """
    cast = list(ballots)
    out = out_of(roll, cast)

    def completed(choice: str | None) -> Outcome:
        more = [Ballot(member, choice) for member in out] if choice else []
        return decide(rule, roll, [*cast, *more], call=call)

    now = completed(None)
    best = completed("for")
    worst = [completed(choice) for choice in (None, "against", *SILENT_CHOICES)]
    can_pass = best.verdict in {"adopted", "tied"}
    failures = [outcome for outcome in worst if not outcome.passed]
    answer: Answer = "open" if can_pass and failures else "adopted" if can_pass else "not_adopted"
    question = _Question(rule_of_call(rule, call), roll, now)
    turners = question.turners(out) if answer == "open" else None
    return Standing(
        now=now,
        answer=answer,
        only_quorum=answer == "open" and all(o.verdict == "no_quorum" for o in failures),
        outstanding=tuple(out),
        outstanding_votes=roll.total("votes", out),
        to_turn=None if turners is None else len(turners),
        turners=tuple(turners or ()),
        share_needed=question.share_needed(out),
        to_switch=question.to_switch(cast),
    )


def out_of(roll: Roll, ballots: Iterable[Ballot]) -> list[str]:
    """The members that can still vote, the most votes first."""
    voted = {ballot.member for ballot in ballots}
    able = roll.electors if roll.present is None else roll.present
    out = [member for member in able if member not in voted]
    return sorted(out, key=lambda member: (-roll.weight(member, "votes"), member))


Way = tuple[Line, Quorum | Majority, Fraction]  # a condition and what a unit of weight adds to it


def _slack(line: Line) -> Fraction:
    return Fraction(line.values["have"] - line.values["threshold"])


@dataclass(frozen=True)
class _Question:
    """The conditions of a rule as inequalities: slack > 0 (strict) or slack >= 0."""

    rule: Rule
    roll: Roll
    now: Outcome

    @property
    def tally(self) -> Tally:
        if self.now.tally is None:
            raise AssertionError("decide() always counts")
        return self.now.tally

    def _lines(self) -> list[tuple[Quorum | Majority, Line]]:
        quorums = [line for line in self.now.lines if line.code in {"quorum", "quorum_number"}]
        majorities = [line for line in self.now.lines if line.code == "majority"]
        return [
            *zip(self.rule.quorums, quorums, strict=True),
            *zip(self.rule.majorities, majorities, strict=True),
        ]

    def _joins(self, choice: str) -> dict[str, int]:
        """By how much a base grows, per unit of weight, when a silent member makes this choice."""
        treated = {
            "abstain": self.rule.abstention,
            "blank": self.rule.blank,
            "invalid": self.rule.invalid,
        }
        valid = choice in {"for", "against"} or treated[choice] == "against"
        cast = valid or treated.get(choice) == "cast"
        written = self.roll.present is None
        return {"all": 0, "present": int(written), "cast": int(cast), "valid": int(valid)}

    def effect(self, bound: Quorum | Majority, choice: str) -> Fraction:
        """What one vote, inhabitant or member adds to the slack by making this choice."""
        joins = self._joins(choice)
        if isinstance(bound, Quorum):
            return joins[bound.counts] - bound.part * joins[bound.of]
        absent = int(self.rule.absence == "against" and bound.of in {"cast", "valid"})
        return int(choice == "for") - bound.part * (joins[bound.of] - absent)

    def turners(self, out: Sequence[str]) -> Sequence[str] | None:
        """The fewest members out that turn the outcome of this moment, all others silent."""
        if self.now.passed:
            ways = [
                (line, bound, self.effect(bound, choice))
                for bound, line in self._lines()
                for choice in ("against", *SILENT_CHOICES)
            ]
            return self._sink(out, ways)
        return self._reach(
            out, [(line, bound, self.effect(bound, "for")) for bound, line in self._lines()]
        )

    def to_switch(self, cast: Sequence[Ballot]) -> int | None:
        """The fewest members that must change sides; quorums stay as they are."""
        if self.now.verdict == "no_quorum":
            return None
        side = "for" if self.now.passed else "against"
        movers = [b.member for b in cast if b.choice == side and b.votes is None]
        effect = Fraction(-1 if self.now.passed else 1)
        ways = [
            (line, bound, effect) for bound, line in self._lines() if isinstance(bound, Majority)
        ]
        found = self._sink(movers, ways) if self.now.passed else self._reach(movers, ways)
        return None if found is None else len(found)

    def _sink(self, members: Sequence[str], ways: Sequence[Way]) -> Sequence[str] | None:
        found = [
            fewest_sinking(members, self._weigh(bound.unit), _slack(line), effect, bound.strict)
            for line, bound, effect in ways
            if effect < 0
        ]
        return min((members for members in found if members is not None), key=len, default=None)

    def _reach(self, members: Sequence[str], ways: Sequence[Way]) -> Sequence[str] | None:
        wanted: dict[Unit, int] = {}
        for line, bound, effect in ways:
            missing = -_slack(line)
            need = int(line.values["have"] == 0)  # what nobody wants is never adopted
            if missing > 0 or (missing == 0 and bound.strict):
                if effect <= 0:
                    return None
                need = max(need, needed(missing / effect, bound.strict))
            wanted[bound.unit] = max(wanted.get(bound.unit, 0), need)
        return fewest_reaching(members, {u: (self._weigh(u), n) for u, n in wanted.items()})

    def _weigh(self, unit: Unit) -> Callable[[str], int]:
        return lambda member: self.roll.weight(member, unit)

    def share_needed(self, out: Sequence[str]) -> Fraction | None:
        """The least part in favour of what is out, when everybody votes for or against."""
        least = Fraction(0)
        for bound, line in self._lines():
            slack = _slack(line)
            weight = self.roll.total(bound.unit, out)
            against = slack + weight * self.effect(bound, "against")
            in_favour = slack + weight * self.effect(bound, "for")
            if in_favour < 0 or (in_favour == 0 and bound.strict):
                return None
            if against < 0 and in_favour > against:
                least = max(least, -against / (in_favour - against))
        return least
