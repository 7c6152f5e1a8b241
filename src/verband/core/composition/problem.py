"""What is asked: how many people, from whom, under which rules, towards which goals, in what order.

Everything here is data. A rule is a named count: at least and at most so many people for whom
something is true. All rules of an association that choose people (functions, provinces, size
classes, networks, parties, one per municipality, nominated people, a linking pin, seats of
partners) have this one form.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verband.core.errors import DomainError

SOFT, KEEP, COVERAGE, BALANCE, DEPTH, ROTATION = (
    "soft",
    "keep",
    "coverage",
    "balance",
    "depth",
    "rotation",
)
GOALS = (SOFT, KEEP, COVERAGE, BALANCE, DEPTH, ROTATION)
DEFAULT_GOALS = (SOFT, COVERAGE, BALANCE, DEPTH, ROTATION)
LARGEST = 10_000  # of any count, level or weight: beyond it a solver's arithmetic is not exact


class TeamTooSmall(DomainError):
    """A team has at least one person."""

    code = "team_too_small"
    template = "A team has at least 1 person; %(size)s were asked."


class TeamLargerThanPool(DomainError):
    """There are fewer candidates than seats."""

    code = "team_larger_than_pool"
    template = "A team of %(size)s cannot be chosen from %(pool)s candidates. Invite more people."


class DoubleCandidate(DomainError):
    """Two candidates carry one id."""

    code = "double_candidate"
    template = "The candidate id “%(id)s” occurs twice. Give everyone an id of their own."


class DoubleRule(DomainError):
    """Two rules carry one name."""

    code = "double_rule"
    template = "Two rules are called “%(rule)s”. Give each rule a name of its own."


class UnknownCandidate(DomainError):
    """A rule names a person who is not a candidate."""

    code = "unknown_candidate_for_team"
    template = "“%(id)s”, named in “%(rule)s”, is not among the candidates."


class UnknownTrait(DomainError):
    """A rule looks at something that no candidate has."""

    code = "unknown_trait"
    template = "No candidate has a “%(trait)s”, which “%(rule)s” looks at. Check the spelling."


class UnknownExpertise(DomainError):
    """A demand asks for an expertise that no candidate has."""

    code = "unknown_expertise"
    template = "No candidate has the expertise “%(expertise)s”. Check the spelling."


class BoundsCrossed(DomainError):
    """A rule asks for more than it allows."""

    code = "bounds_crossed"
    template = "“%(rule)s” asks at least %(at_least)s and allows at most %(at_most)s."


class EmptyRule(DomainError):
    """A rule has no bound, or does not say whom it counts."""

    code = "empty_rule"
    template = "“%(rule)s” needs whom it counts and a bound (at least or at most)."


class OutOfRange(DomainError):
    """A number is negative or far too large."""

    code = "out_of_range"
    template = "%(what)s is %(value)s; it must lie between %(low)s and %(high)s."


class UnknownGoal(DomainError):
    """A goal is not one of the goals this package knows, or is named twice."""

    code = "unknown_goal"
    template = "“%(goal)s” is not a goal, or is named twice. Goals are: %(goals)s."


@dataclass(frozen=True)
class Candidate:
    """A person who may be chosen.

    ``traits`` holds what rules look at, each with one or more values (``province``, ``function``,
    ``network``); ``expertise`` a level per subject (1 to 5 by custom); ``seats`` how many seats
    the person holds now.
    """

    id: str
    name: str = ""
    traits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    expertise: Mapping[str, int] = field(default_factory=dict)
    seats: int = 0

    @property
    def shown(self) -> str:
        """The name for a reader; the id when there is no name."""
        return self.name or self.id


@dataclass(frozen=True)
class Rule:
    """At least and at most so many people of a kind.

    ``where`` counts those who have one of the values of every trait named; ``people`` counts the
    named people; ``each`` makes one count for every value of a trait (those in ``where`` when it
    names the same trait, else all that occur). ``hard`` rules are never broken; a soft rule is
    broken as little as possible, each step at cost ``weight``. ``weight`` is also the cost of one
    step when a repair is sought; ``may_give`` is false for a rule that no repair may touch.
    """

    name: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    each: str | None = None
    at_least: int | None = None
    at_most: int | None = None
    hard: bool = True
    weight: int = 1
    may_give: bool = True


@dataclass(frozen=True)
class Demand:
    """``count`` people with ``expertise`` at ``level`` or higher, each worth ``weight``."""

    expertise: str
    level: int = 1
    count: int = 1
    weight: int = 1


@dataclass(frozen=True)
class Balance:
    """Groups that should each get their share: ``shares`` per value of ``trait``, in any unit."""

    trait: str
    shares: Mapping[str, Fraction]


@dataclass(frozen=True)
class Problem:
    """Choose ``size`` people from ``candidates``.

    ``goals`` are pursued in their order, each without giving up anything of the ones before;
    what is still open after the last is decided by lot with ``seed``. ``current`` are the people
    of the body as it is (the goal ``keep`` keeps as many of them as possible).

    Raises: ``TeamTooSmall``, ``TeamLargerThanPool``, ``DoubleCandidate``, ``DoubleRule``,
    ``UnknownCandidate``, ``UnknownTrait``, ``UnknownExpertise``, ``BoundsCrossed``, ``EmptyRule``,
    ``OutOfRange``, ``UnknownGoal``.

    >>> Problem(size=3, candidates=(Candidate("a"), Candidate("b")))
    Traceback (most recent call last):
    verband.core.composition.problem.TeamLargerThanPool: A team of 3 cannot be chosen from 2 \
candidates. Invite more people.
    """

    size: int
    candidates: tuple[Candidate, ...]
    rules: tuple[Rule, ...] = ()
    demands: tuple[Demand, ...] = ()
    goals: tuple[str, ...] = DEFAULT_GOALS
    balance: Balance | None = None
    seed: str = "0"
    current: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(sorted(self.candidates, key=lambda c: c.id)))
        if self.size < 1:
            raise TeamTooSmall(size=self.size)
        _check_candidates(self)
        if self.size > len(self.candidates):
            raise TeamLargerThanPool(size=self.size, pool=len(self.candidates))
        _check_rules(self)
        _check_goals(self)

    def hash(self) -> str:
        """SHA-256 over the whole problem, the same whatever the order of the candidates.

        >>> a, b = Candidate("a"), Candidate("b")
        >>> Problem(1, (a, b)).hash() == Problem(1, (b, a)).hash() != Problem(2, (a, b)).hash()
        True
        """
        text = json.dumps(_plain(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Fraction):
        return str(value)
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _between(what: str, value: int, low: int = 0) -> None:
    if not low <= value <= LARGEST:
        raise OutOfRange(what=what, value=value, low=low, high=LARGEST)


def _check_candidates(problem: Problem) -> None:
    for one, next_one in zip(problem.candidates, problem.candidates[1:], strict=False):
        if one.id == next_one.id:
            raise DoubleCandidate(id=one.id)
    for candidate in problem.candidates:
        _between(f"The number of seats of {candidate.shown}", candidate.seats)
        for subject, level in candidate.expertise.items():
            _between(f"The level of {candidate.shown} in {subject}", level)


def _check_rules(problem: Problem) -> None:
    ids = {candidate.id for candidate in problem.candidates}
    traits = {trait for candidate in problem.candidates for trait in candidate.traits}
    names: set[str] = set()
    for rule in problem.rules:
        if rule.name in names:
            raise DoubleRule(rule=rule.name)
        names.add(rule.name)
        scoped = bool(rule.where or rule.people or rule.each)
        if not scoped or (rule.at_least is None and rule.at_most is None):
            raise EmptyRule(rule=rule.name)
        for trait in (*rule.where, *([rule.each] if rule.each else [])):
            if trait not in traits:
                raise UnknownTrait(trait=trait, rule=rule.name)
        for person in rule.people:
            if person not in ids:
                raise UnknownCandidate(id=person, rule=rule.name)
        _check_bounds(rule)


def _check_bounds(rule: Rule) -> None:
    for bound in (rule.at_least, rule.at_most):
        if bound is not None:
            _between(f"A bound of “{rule.name}”", bound)
    _between(f"The weight of “{rule.name}”", rule.weight, low=1)
    if rule.at_least is not None and rule.at_most is not None and rule.at_least > rule.at_most:
        raise BoundsCrossed(rule=rule.name, at_least=rule.at_least, at_most=rule.at_most)


def _check_goals(problem: Problem) -> None:
    for place, goal in enumerate(problem.goals):
        if goal not in GOALS or goal in problem.goals[:place]:
            raise UnknownGoal(goal=goal, goals=", ".join(GOALS))
    known = {subject for candidate in problem.candidates for subject in candidate.expertise}
    for demand in problem.demands:
        if demand.expertise not in known:
            raise UnknownExpertise(expertise=demand.expertise)
        for what, number in (("level", demand.level), ("count", demand.count)):
            _between(f"The {what} of {demand.expertise}", number, low=1)
        _between(f"The weight of {demand.expertise}", demand.weight, low=1)
    if problem.balance:
        trait = problem.balance.trait
        if not any(trait in candidate.traits for candidate in problem.candidates):
            raise UnknownTrait(trait=trait, rule="balance")
        for value, share in problem.balance.shares.items():
            if share <= 0:
                raise OutOfRange(what=f"The share of {value}", value=share, low=0, high="any")
