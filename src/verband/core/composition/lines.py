"""From rules to lines: one count, one side, one number.

A rule "2 to 4 mayors" is two lines, "at least 2" and "at most 4"; a rule for each province has
lines for each province. A clash or a repair names lines, so that it says exactly which number of
which rule is meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from verband.core.composition.problem import Candidate, Problem, Rule


@dataclass(frozen=True)
class Line:
    """At least (``lower``) or at most ``bound`` of the people at the places ``members``.

    ``group`` is the value when the rule holds for each value of a trait, otherwise empty.
    """

    rule: str
    group: str
    lower: bool
    bound: int
    members: tuple[int, ...] = field(repr=False)
    hard: bool = True
    weight: int = 1
    may_give: bool = True

    @property
    def label(self) -> str:
        """The rule, with its group when it has several.

        >>> Line("at most two per province", "Utrecht", False, 2, ()).label
        'at most two per province: Utrecht'
        """
        return f"{self.rule}: {self.group}" if self.group else self.rule

    def count(self, team: frozenset[int]) -> int:
        """How many of these people are in ``team`` (places)."""
        return sum(1 for place in self.members if place in team)

    def broken_by(self, count: int) -> int:
        """How many people too few or too many ``count`` is; 0 when the line holds."""
        return max(0, self.bound - count if self.lower else count - self.bound)


def has(candidate: Candidate, trait: str, values: Sequence[str]) -> bool:
    """Whether the candidate has one of the values of the trait."""
    return any(value in values for value in candidate.traits.get(trait, ()))


def lines_of(problem: Problem) -> tuple[Line, ...]:
    """All lines of all rules, in the order of the rules.

    >>> pool = tuple(Candidate(str(i), traits={"province": (p,)}) for i, p in enumerate("AAB"))
    >>> rule = Rule("one each", each="province", at_most=1)
    >>> [(line.label, line.members) for line in lines_of(Problem(2, pool, (rule,)))]
    [('one each: A', (0, 1)), ('one each: B', (2,))]
    """
    return tuple(line for rule in problem.rules for line in _lines_of(rule, problem))


def _lines_of(rule: Rule, problem: Problem) -> Iterator[Line]:
    for group, members in _groups(rule, problem.candidates):
        for lower, bound in ((True, rule.at_least), (False, rule.at_most)):
            if bound is None or (lower and bound == 0):
                continue
            yield Line(
                rule.name, group, lower, bound, members, rule.hard, rule.weight, rule.may_give
            )


def _groups(rule: Rule, candidates: tuple[Candidate, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    named = set(rule.people)
    fixed = {trait: values for trait, values in rule.where.items() if trait != rule.each}
    counted = [
        (place, candidate)
        for place, candidate in enumerate(candidates)
        if (not named or candidate.id in named)
        and all(has(candidate, trait, values) for trait, values in fixed.items())
    ]
    if rule.each is None:
        yield "", tuple(place for place, _ in counted)
        return
    found: dict[str, list[int]] = {value: [] for value in rule.where.get(rule.each, ())}
    closed = bool(found)
    for place, candidate in counted:
        for value in dict.fromkeys(candidate.traits.get(rule.each, ())):
            if value in found or not closed:
                found.setdefault(value, []).append(place)
    for value in found if closed else sorted(found):
        yield value, tuple(found[value])
