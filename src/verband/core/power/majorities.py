"""Several majorities at once: of votes, of inhabitants, of members; and how often they disagree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from verband.core.errors import DomainError
from verband.core.power.game import QuotaOutOfRange, whole_votes
from verband.core.power.tables import Budget, RuleTooLarge, Table, table_for

EXACT_MEMBERS = 52  # whole numbers up to 2^53 are exact in floating point
NEGLIGIBLE = 1e-18
LEAST = 1e-5  # of the winning sets; the error of a swing is some 1e-15 of them
MOST_QUESTIONS = 3 * 10**8  # kinds of members times members twice; about a minute


class NoMajorityAsked(DomainError):
    """A rule asks for at least one majority."""

    code = "no_majority_asked"
    template = "The rule asks for nothing. Name a quota of votes, of inhabitants or of members."


class UnitsDoNotFit(DomainError):
    """Units per member are whole and not negative, one number for each member."""

    code = "units_do_not_fit"
    template = "Member %(place)s has %(units)s units of inhabitants. Give a whole number."


class PowerTooSmallToTell(DomainError):
    """Nearly every motion passes, and a member's part in it drowns in rounding."""

    code = "power_too_small_to_tell"
    template = (
        "Member %(place)s makes a difference so seldom under this rule that its power cannot be "
        "told apart from rounding. Reckon the power by votes alone, which is counted exactly."
    )


@dataclass(frozen=True)
class Electorate:
    """Members with votes and with inhabitants counted in units (thousands, say).

    Raises: ``UnitsDoNotFit``, and for the votes ``NoMembers``, ``VotesNotWhole``,
    ``NegativeVotes``, ``NoVotes``.

    >>> Electorate((1, 1, 2), (1, 1, 5)).totals
    Budget(votes=4, units=7, members=3)
    """

    votes: tuple[int, ...]
    units: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "votes", whole_votes(self.votes))
        for place, count in enumerate(self.units, start=1):
            if not isinstance(count, int) or count < 0:
                raise UnitsDoNotFit(place=place, units=count)
        if len(self.units) != len(self.votes):
            raise UnitsDoNotFit(place=len(self.units) + 1, units="no")

    @property
    def totals(self) -> Budget:
        """All votes, all units, all members."""
        return Budget(sum(self.votes), sum(self.units), len(self.votes))


@dataclass(frozen=True)
class Majorities:
    """What a motion needs, all at once; ``None`` asks nothing.

    Quotas are the fewest votes, units and members that are enough.
    """

    votes: int | None = None
    units: int | None = None
    members: int | None = None

    def budget(self, electorate: Electorate) -> Budget:
        """What may be missing from a motion that passes.

        Raises: ``NoMajorityAsked``, ``QuotaOutOfRange``.
        """
        quotas = (self.votes, self.units, self.members)
        if quotas == (None, None, None):
            raise NoMajorityAsked()
        for quota, total in zip(quotas, electorate.totals, strict=True):
            if quota is not None and not 1 <= quota <= total:
                raise QuotaOutOfRange(quota=quota, total=total)
        votes, units, members = (
            total - (quota or 0) for quota, total in zip(quotas, electorate.totals, strict=True)
        )
        return Budget(votes, units, members)


@dataclass(frozen=True)
class JointMember:
    """A member under a joint rule; fields as in ``indices.MemberPower``.

    ``swings`` and ``shapley_shubik`` are exact, and ``None`` above 52 members.
    """

    swings: int | None
    banzhaf: float
    banzhaf_absolute: float
    shapley_shubik: Fraction | None
    prevent: float
    initiate: float


@dataclass(frozen=True)
class Joint:
    """What a joint rule comes to: how often coins pass it, exactly up to 52 members."""

    power_to_act: float
    winning: int | None


def count_joint(electorate: Electorate, rules: Sequence[Majorities]) -> tuple[Joint, ...]:
    """For each rule how many sets of members pass it; one table serves all rules.

    Raises: ``NoMajorityAsked``, ``QuotaOutOfRange``, ``RuleTooLarge``.
    Source: rules as intersections of weighted games: Taylor & Zwicker (1999), Simple Games, ch. 1;
    Algaba et al. (2003), Computers & Operations Research 30:1773-1786.

    >>> body = Electorate((1, 1, 1), (1, 1, 4))
    >>> votes, both = count_joint(body, [Majorities(votes=2), Majorities(votes=2, units=4)])
    >>> votes.winning, both.winning
    (4, 3)
    """
    body = _asked(electorate, rules)
    budgets = [rule.budget(body) for rule in rules]
    table = _table(body, budgets)
    everything = 2.0 ** len(electorate.votes)
    found = []
    for budget in budgets:
        winning = table.within(budget)
        found.append(Joint(winning / everything, _whole(winning, electorate)))
    return tuple(found)


def joint_power(electorate: Electorate, rule: Majorities) -> tuple[JointMember, ...]:
    """The power of each member under one joint rule, in the order of the votes.

    Counts are exact up to 52 members; beyond, relative errors stay below 1e-9.

    Raises: as ``count_joint``; ``PowerTooSmallToTell`` above 52 members.
    Source: Banzhaf and Coleman as in ``counting.py``.

    >>> [member.swings for member in joint_power(Electorate((1, 1, 1), (1, 1, 4)),
    ...                                          Majorities(votes=2, units=4))]
    [1, 1, 3]
    """
    body = _asked(electorate, [rule])
    budget = rule.budget(body)
    table = _table(body, [budget])
    winning = table.within(budget)
    members = len(body.votes)
    kinds = [Budget(v, u, 1) for v, u in zip(body.votes, body.units, strict=True)]
    if len(set(kinds)) * members * members > MOST_QUESTIONS:
        raise RuleTooLarge(members=members)
    swings = {kind: _swings(table, budget, kind, rule) for kind in set(kinds)}
    if members > EXACT_MEMBERS:
        _refuse_rounding(kinds, swings, winning)
    pivots = {
        kind: _pivots(table, budget, kind, members) if members <= EXACT_MEMBERS else None
        for kind in set(kinds)
    }
    every = sum(swings[kind] for kind in kinds)
    return tuple(
        JointMember(
            swings=_whole(swings[kind], electorate),
            banzhaf=swings[kind] / every,
            banzhaf_absolute=swings[kind] / 2.0 ** (members - 1),
            shapley_shubik=pivots[kind],
            prevent=swings[kind] / winning,
            initiate=swings[kind] / (2.0**members - winning),
        )
        for kind in kinds
    )


def chance_of_disagreement(electorate: Electorate, votes: int, units: int) -> float:
    """How often, by coin tosses, votes and inhabitants point different ways.

    The chance that one of the two majorities is reached and the other is not.

    Raises: as ``count_joint``.

    >>> chance_of_disagreement(Electorate((1, 1, 1), (1, 1, 4)), votes=2, units=4)
    0.25
    """
    rules = [Majorities(votes=votes), Majorities(units=units), Majorities(votes=votes, units=units)]
    by_votes, by_units, by_both = (found.power_to_act for found in count_joint(electorate, rules))
    return by_votes + by_units - 2 * by_both


def units_of(votes: Sequence[int], inhabitants: Sequence[int], unit: int) -> tuple[int, ...]:
    """Inhabitants in units, rounded as the votes were.

    A member below the maximum number of votes has as many units as votes when that is within one
    unit of its inhabitants (this is how the votes came about); any other is rounded down, and a
    member at the maximum has no fewer units than votes.

    >>> units_of((75, 20, 1), (821752, 19600, 930), unit=1000)
    (821, 20, 1)
    """
    most = max(votes)
    found = []
    for have, people in zip(votes, inhabitants, strict=True):
        short = Fraction(people, unit) - have  # 0 or more when votes are rounded down
        as_votes = abs(short) <= 1 if have < most else -1 <= short <= 0
        found.append(have if as_votes else people // unit)
    return tuple(found)


def _asked(electorate: Electorate, rules: Sequence[Majorities]) -> Electorate:
    """Votes or units that no rule asks about are made as simple as can be, for small tables."""
    votes, units = electorate.votes, electorate.units
    if all(rule.votes is None for rule in rules):
        votes = (1,) * len(units)
    if all(rule.units is None for rule in rules):
        units = votes
    return Electorate(votes, units)


def _table(electorate: Electorate, budgets: Sequence[Budget]) -> Table:
    largest = Budget(*(max(parts) for parts in zip(*budgets, strict=True)))
    return table_for(electorate.votes, electorate.units, largest)


def _whole(count: float, electorate: Electorate) -> int | None:
    return int(count) if len(electorate.votes) <= EXACT_MEMBERS else None


def _swings(table: Table, budget: Budget, own: Budget, rule: Majorities) -> float:
    """Twice the sets within the budget that lack the member, less all sets within it."""
    asked = (rule.votes, rule.units, rule.members)
    if not any(part for part, quota in zip(own, asked, strict=True) if quota is not None):
        return 0.0
    return 2 * _without(table, budget, own) - table.within(budget)


def _refuse_rounding(
    kinds: Sequence[Budget], swings: Mapping[Budget, float], winning: float
) -> None:
    for place, kind in enumerate(kinds, start=1):
        if swings[kind] != 0 and swings[kind] < LEAST * winning:
            raise PowerTooSmallToTell(place=place)


def _without(table: Table, budget: Budget, own: Budget) -> float:
    """The sets within the budget that lack one member, whose share of each budget is ``own``.

    F(b) = G(b) + G(b - own), so G(b) = F(b) - F(b - own) + F(b - 2 own) - ...; the terms only
    become smaller and G is at least half of the first, so no precision is lost.
    """
    first = without = table.within(budget)
    times = 1
    while min(left := budget.less(own, times)) >= 0:
        term = table.within(left)
        without += -term if times % 2 else term
        if term <= NEGLIGIBLE * first:
            break
        times += 1
    return without


def _pivots(table: Table, budget: Budget, own: Budget, members: int) -> Fraction:
    """Shapley-Shubik, from whole numbers: swings by the number of members that are missing."""
    upto = [budget._replace(members=missing) for missing in range(budget.members + 1)]
    within = _steps([int(table.within(each)) for each in upto])
    without = _steps([int(_without(table, each, own)) for each in upto])
    swings = (
        lacking - (every - other)
        for lacking, every, other in zip(without, [*within[1:], 0], [*without[1:], 0], strict=True)
    )
    orders = (
        Fraction(count, members * comb(members - 1, missing))
        for missing, count in enumerate(swings)
        if missing < members
    )
    return sum(orders, Fraction(0))


def _steps(totals: Sequence[int]) -> list[int]:
    return [later - earlier for later, earlier in zip(totals, [0, *totals], strict=False)]
