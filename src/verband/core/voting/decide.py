"""Decide a question: passed or not, and why, exactly."""

from collections.abc import Iterable
from typing import Literal

from verband.core.errors import DomainError
from verband.core.voting.outcome import (
    Line,
    Outcome,
    Verdict,
    count_lines,
    majority_line,
    quorum_line,
)
from verband.core.voting.roll import Ballot, Roll, Tally, count
from verband.core.voting.rules import Rule


class NoSecondCall(DomainError):
    """The rule knows no second meeting."""

    code = "no_second_call"
    template = "The rule “%(rule)s” has no second call."


def rule_of_call(rule: Rule, call: int) -> Rule:
    """The rule itself at the first call, its second-call rule at the second.

    Raises: ``NoSecondCall``.
    """
    if call == 1:
        return rule
    if rule.second_call is None or call != 2:
        raise NoSecondCall(rule=rule.name)
    return rule.second_call


def decide(
    rule: Rule,
    roll: Roll,
    ballots: Iterable[Ballot],
    *,
    call: int = 1,
    tie_break: Literal["for", "against"] | None = None,
) -> Outcome:
    """Whether a question passes under a rule.

    ``ballots``: at most one for each member (several when votes may be split), choices ``for``,
    ``against``, ``abstain``, ``blank``, ``invalid``; who has no ballot kept silent. ``call``: 2 in
    the second meeting. ``tie_break``: the chair's casting vote or the lot, used only when the rule
    leaves a tie to it.

    Raises: what ``count`` refuses; ``NoSecondCall``.
    Source: a rule passes when every quorum and every majority is reached; comparisons are of exact
    fractions, so two thirds of 9 is 6 and not a little more.

    >>> from verband.core.voting.rules import Rule, majority
    >>> rule = Rule(name="statutes", majorities=(majority("votes >= 2/3 of valid"),))
    >>> roll = Roll.from_votes({"A": 6, "B": 3, "C": 5})
    >>> decide(rule, roll, [Ballot("A", "for"), Ballot("B", "against")]).passed
    True
    """
    active = rule_of_call(rule, call)
    tally = count(active, roll, ballots)
    lines = count_lines(tally)
    missed = add_quorums(active, tally, lines)
    majorities = [majority_line(majority, tally, "for") for majority in active.majorities]
    lines += majorities
    if missed:
        return Outcome("no_quorum", tuple(lines), tally)
    if all(line.reached for line in majorities):
        return Outcome("adopted", tuple(lines), tally)
    if not any(line.values["have"] for line in majorities):
        lines.append(Line("nobody", {"option": "for"}))
        return Outcome("rejected", tuple(lines), tally)
    if not all(line.reached or is_tie(line, tally) for line in majorities):
        return Outcome("rejected", tuple(lines), tally)
    verdict = settle(active, lines, None if tie_break is None else tie_break == "for")
    return Outcome(verdict, tuple(lines), tally)


def add_quorums(rule: Rule, tally: Tally, lines: list[Line]) -> bool:
    """Add the quorum lines; whether one was missed."""
    quorums = [quorum_line(quorum, tally) for quorum in rule.quorums]
    lines += quorums
    missed = not all(line.reached for line in quorums)
    if missed and rule.second_call is not None:
        second = rule.second_call
        lines.append(Line("second_call", {"rule": second.name}, None, second.article))
    return missed


def is_tie(line: Line, tally: Tally) -> bool:
    """Whether a majority is missed only because for and against are equal."""
    unit, have = line.values["unit"], line.values["have"]
    against = tally.amount(unit, tally.negative)
    return bool(have > 0 and have == against and have == line.values["threshold"])


def settle(rule: Rule, lines: list[Line], in_favour: bool | None, choice: str = "") -> Verdict:
    """What the rule makes of a tie; ``in_favour`` is how chair or lot decided, if they did."""
    lines.append(Line("tie", {"tie": rule.tie}, None, rule.article))
    if rule.tie == "held_over":
        return "held_over"
    if rule.tie == "rejected":
        return "rejected"
    if in_favour is None:
        return "tied"
    named = choice or ("for" if in_favour else "against")
    lines.append(Line("tie_break", {"choice": named, "by": rule.tie}, None, rule.article))
    return "adopted" if in_favour else "rejected"
