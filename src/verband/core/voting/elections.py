"""Elections of persons: by majority in rounds, and by approval for several seats."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from verband.core.errors import DomainError
from verband.core.voting.decide import add_quorums
from verband.core.voting.outcome import Line, count_lines, majority_line
from verband.core.voting.roll import Ballot, Roll, Tally, count
from verband.core.voting.rules import Rule, Unit

NONE = "none"  # against every candidate in the field


class BadField(DomainError):
    """Candidates must be there, once each, and not be called what a ballot already says."""

    code = "bad_field"
    template = "These candidates cannot stand: %(reason)s."


class TooManyRounds(DomainError):
    """Ballots for a round that is not held."""

    code = "too_many_rounds"
    template = "The election ended in round %(round)s; there is no round %(given)s."


class BadSeats(DomainError):
    """There must be a seat to fill."""

    code = "bad_seats"
    template = "The number of seats must be 1 or more, not %(seats)s."


class TooManyNames(DomainError):
    """A ballot names more candidates than allowed, or one twice."""

    code = "too_many_names"
    template = "%(member)s names %(names)s candidates; at most %(most)s different names count."


class UnknownCandidate(DomainError):
    """A ballot names someone who does not stand."""

    code = "unknown_candidate"
    template = "%(member)s names “%(name)s”, who is not a candidate."


ElectionVerdict = Literal["elected", "next_round", "lot_needed", "nobody", "no_quorum"]


@dataclass(frozen=True, kw_only=True)
class RoundsRule:
    """Rounds with a majority: ``free_rounds`` with all candidates, then narrowing.

    ``then``: ``run_off`` keeps the two with the most votes for one last round; ``drop_lowest``
    drops one candidate after each round. The majority is that of ``rule``, measured first in the
    unit of its first majority. Two equal candidates in the last round are settled by lot.
    """

    rule: Rule
    free_rounds: int = 1
    then: Literal["run_off", "drop_lowest"] = "run_off"


@dataclass(frozen=True)
class ElectionOutcome:
    """``verdict``, who is ``elected``, the ``field`` of a next round or of a lot, and why."""

    verdict: ElectionVerdict
    elected: tuple[str, ...]
    field: tuple[str, ...]
    lines: tuple[Line, ...]
    rounds: tuple[Tally, ...] = ()


def check_candidates(candidates: Sequence[str]) -> None:
    """Raises: ``BadField`` when nobody stands, one stands twice, or a name is a choice."""
    taken = {NONE, "abstain", "blank", "invalid"} & set(candidates)
    if not candidates:
        raise BadField(reason="there are none")
    if len(set(candidates)) < len(candidates):
        raise BadField(reason="one stands twice")
    if taken:
        raise BadField(reason=f"“{min(taken)}” is another choice on the ballot")


def elect_in_rounds(
    rounds_rule: RoundsRule,
    roll: Roll,
    candidates: Sequence[str],
    rounds: Sequence[Iterable[Ballot]],
    *,
    lot: Sequence[str] = (),
) -> ElectionOutcome:
    """One person, by majority, after the rounds held so far.

    A ballot names a candidate in the field, or ``none`` (against all of them; it is a valid vote),
    or ``abstain``, ``blank``, ``invalid``. ``lot``: names in the order drawn, used only when equal
    votes must be separated; without it the verdict is ``lot_needed`` and ``field`` names the
    equals. A lone candidate must reach the majority too.

    Raises: ``BadField``, ``TooManyRounds``, and what ``count`` refuses.

    >>> from verband.core.voting.rules import majority
    >>> rule = RoundsRule(rule=Rule(name="r", majorities=(majority("votes > 1/2 of valid"),)))
    >>> roll = Roll.from_votes({"A": 4, "B": 3, "C": 2})
    >>> first = [Ballot("A", "Jansen"), Ballot("B", "Smit"), Ballot("C", "Bos")]
    >>> elect_in_rounds(rule, roll, ["Jansen", "Smit", "Bos"], [first]).field
    ('Jansen', 'Smit')
    """
    check_candidates(candidates)
    field: tuple[str, ...] = tuple(candidates)
    lines: list[Line] = []
    tallies: list[Tally] = []
    outcome = ElectionOutcome("next_round", (), field, ())
    for number, ballots in enumerate(rounds, 1):
        if outcome.verdict != "next_round":
            raise TooManyRounds(round=number - 1, given=number)
        tally = count(rounds_rule.rule, roll, ballots, (*outcome.field, NONE), NONE)
        tallies.append(tally)
        verdict, elected, field = _round(rounds_rule, tally, outcome.field, number, lot, lines)
        outcome = ElectionOutcome(verdict, elected, field, tuple(lines), tuple(tallies))
    return outcome


def _round(
    rounds_rule: RoundsRule,
    tally: Tally,
    field: tuple[str, ...],
    number: int,
    lot: Sequence[str],
    lines: list[Line],
) -> tuple[ElectionVerdict, tuple[str, ...], tuple[str, ...]]:
    rule = rounds_rule.rule
    lines += count_lines(tally)
    if add_quorums(rule, tally, lines):
        return "no_quorum", (), field
    reckoned = {name: [majority_line(m, tally, name) for m in rule.majorities] for name in field}
    for of_name in reckoned.values():
        lines += of_name
    winners = [name for name in field if all(line.reached for line in reckoned[name])]
    if len(winners) == 1:
        return "elected", (winners[0],), ()
    votes = {name: tally.amount(rule.majorities[0].unit, name) for name in field}
    if not any(votes.values()):
        return "nobody", (), ()
    last = number > rounds_rule.free_rounds and len(field) <= 2
    if last or (len(field) == 1 and number >= rounds_rule.free_rounds):
        return _last_round(field, votes, reckoned, lot)
    if number < rounds_rule.free_rounds or len(field) <= 2:
        return "next_round", (), field
    keep = 2 if rounds_rule.then == "run_off" else len(field) - 1
    kept, tied = _most(votes, keep, lot)
    return ("lot_needed", (), tied) if tied else ("next_round", (), kept)


def _last_round(
    field: tuple[str, ...],
    votes: Mapping[str, Fraction],
    reckoned: Mapping[str, list[Line]],
    lot: Sequence[str],
) -> tuple[ElectionVerdict, tuple[str, ...], tuple[str, ...]]:
    level = [
        name
        for name in field
        if all(ln.reached or ln.values["have"] == ln.values["threshold"] for ln in reckoned[name])
    ]
    if len(field) < 2 or len(level) < 2 or len(set(votes.values())) > 1:
        return "nobody", (), ()
    drawn = [name for name in lot if name in field]
    return ("elected", (drawn[0],), ()) if drawn else ("lot_needed", (), field)


def _most(
    votes: Mapping[str, Fraction], keep: int, lot: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ``keep`` names with the most votes, or the names only a lot can separate."""
    if keep >= len(votes):
        return tuple(votes), ()
    border = sorted(votes.values(), reverse=True)[keep - 1]
    above = [name for name in votes if votes[name] > border]
    level = [name for name in votes if votes[name] == border]
    places = keep - len(above)
    if len(level) > places:
        drawn = [name for name in lot if name in level]
        if len(drawn) < places:
            return (), tuple(level)
        level = drawn[:places]
    return tuple(name for name in votes if name in {*above, *level}), ()


def elect_by_approval(
    rule: Rule,
    roll: Roll,
    candidates: Sequence[str],
    ballots: Mapping[str, Collection[str]],
    *,
    seats: int,
    most: int | None = None,
    lot: Sequence[str] = (),
) -> ElectionOutcome:
    """Several seats at once: every member names whom it approves of, with all its votes for each.

    ``most``: the largest number of names on one ballot (``None``: as many as one likes). Elected
    are those who reach the rule's majorities, the most votes first, as far as there are seats; a
    ballot without names is blank. Equal votes at the last seat are settled by ``lot`` or give
    ``lot_needed``. Seats for which nobody reaches the majority stay empty.

    Raises: ``BadField``, ``BadSeats``, ``UnknownCandidate``, ``TooManyNames``, and what ``count``
    refuses.
    Source: Brams and Fishburn (1978), American Political Science Review 72(3):831-847.

    >>> from verband.core.voting.rules import majority
    >>> rule = Rule(name="r", majorities=(majority("votes > 1/2 of valid"),))
    >>> elect_by_approval(rule, Roll.from_votes({"A": 3, "B": 2}), ["Bos", "Smit"],
    ...                   {"A": ["Bos"], "B": ["Bos", "Smit"]}, seats=2).elected
    ('Bos',)
    """
    check_candidates(candidates)
    if seats < 1:
        raise BadSeats(seats=seats)
    _check_names(candidates, ballots, most)
    lines: list[Line] = []
    votes: dict[str, Fraction] = {}
    tallies = []
    unit: Unit = rule.majorities[0].unit
    for name in candidates:
        said = [Ballot(m, _approves(names, name)) for m, names in ballots.items()]
        tally = count(rule, roll, said, (name, NONE), NONE)
        tallies.append(tally)
        if not votes and add_quorums(rule, tally, lines):
            return ElectionOutcome("no_quorum", (), tuple(candidates), tuple(lines))
        reckoned = [majority_line(majority, tally, name) for majority in rule.majorities]
        lines += reckoned
        votes[name] = tally.raw(unit, [name]) if all(ln.reached for ln in reckoned) else Fraction(0)
    reached = {name: amount for name, amount in votes.items() if amount}
    chosen, tied = _most(reached, seats, lot) if reached else ((), ())
    rounds = tuple(tallies)
    if tied:
        return ElectionOutcome("lot_needed", (), tied, tuple(lines), rounds)
    ranked = tuple(sorted(chosen, key=lambda name: (-votes[name], candidates.index(name))))
    return ElectionOutcome("elected" if ranked else "nobody", ranked, (), tuple(lines), rounds)


def _approves(names: Collection[str], name: str) -> str:
    return name if name in names else NONE if names else "blank"


def _check_names(
    candidates: Sequence[str], ballots: Mapping[str, Collection[str]], most: int | None
) -> None:
    standing = set(candidates)
    for member, names in ballots.items():
        for name in names:
            if name not in standing:
                raise UnknownCandidate(member=member, name=name)
        limit = len(standing) if most is None else most
        if len(names) > limit or len(set(names)) < len(names):
            raise TooManyNames(member=member, names=len(names), most=limit)
