"""Single transferable vote by the Scottish rules, stage by stage.

Source: The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to
52. Every paper carries a value; a surplus is passed on by all papers of the elected candidate, at
surplus times value divided by the candidate's votes, cut off after five decimals (rule 48(3)).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from verband.core.errors import DomainError
from verband.core.voting.blt import Profile

SCALE = 10**5  # rule 48(3): five decimal places, any remainder being ignored


Action = Literal["first preferences", "surplus", "exclusion"]
Best = Callable[[Iterable[int]], int]
Paper = tuple[int, int, tuple[int, ...]]  # votes, value in 0.00001, preferences left


class LotNeeded(DomainError):
    """Equal at all stages: the returning officer draws (rules 49(3) and 51(2)(b))."""

    code = "lot_needed"
    template = "Draw lots between %(names)s (%(purpose)s) and count again with the order drawn."


class NoCandidates(DomainError):
    """Everyone withdrew."""

    code = "no_candidates"
    template = "No candidate is left to elect."


@dataclass(frozen=True)
class Stage:
    """One stage. Amounts are exact multiples of 0.00001 vote.

    ``transfers``: what each continuing candidate received; ``votes``: what each candidate has at
    the end; ``not_transferable`` and ``cut_off``: what was lost so far to papers without a next
    preference and to the five decimals; ``elected``: who was deemed elected at the end of it.
    """

    number: int
    action: Action
    candidate: str | None
    transfer_value: Fraction | None
    transfers: Mapping[str, Fraction]
    votes: Mapping[str, Fraction]
    not_transferable: Fraction
    cut_off: Fraction
    elected: tuple[str, ...]


@dataclass(frozen=True)
class StvResult:
    """Who was elected, in order, at which quota, and every stage of the count."""

    elected: tuple[str, ...]
    quota: int
    valid: int
    seats: int
    stages: tuple[Stage, ...]


def count_stv(profile: Profile, lot: Sequence[str] = ()) -> StvResult:
    """Fill the seats from ranked ballots.

    ``lot``: candidates in the order drawn, needed only when candidates were equal at all stages;
    who is drawn first is transferred first and excluded last. A ballot without a candidate who
    stands is not valid.

    Raises: ``LotNeeded`` with the names; ``NoCandidates``.

    >>> from verband.core.voting.blt import parse_blt
    >>> result = count_stv(parse_blt('''3 2
    ... 4 1 2 0
    ... 2 3 0
    ... 0
    ... "Castor" "Pollux" "Helen" "Twins"'''), lot=["Helen"])
    >>> result.quota, result.elected, result.stages[1].transfers["Pollux"]
    (3, ('Castor', 'Helen'), Fraction(1, 1))
    """
    counting = _Count(profile, lot)
    if not counting.continuing:
        raise NoCandidates()
    return counting.run()


class _Count:
    """The papers on the table, as they lie with each candidate."""

    def __init__(self, profile: Profile, lot: Sequence[str]) -> None:
        self.names = profile.candidates
        self.seats = profile.seats
        self.lot = {name: place for place, name in enumerate(lot)}
        self.continuing = [
            number for number in range(1, len(self.names) + 1) if number not in profile.withdrawn
        ]
        self.papers: dict[int, list[Paper]] = {number: [] for number in self.continuing}
        self.votes = dict.fromkeys(self.continuing, 0)
        self.valid = 0
        self.lost = self.cut_off = 0
        self.elected: list[int] = []
        self.surplus_due: list[int] = []
        self.stages: list[Stage] = []
        self.history: list[dict[int, int]] = []
        for votes, ranking in profile.ballots:
            preferences = tuple(c for c in ranking if c in self.papers)
            if preferences:
                self.valid += votes
                self._give(preferences[0], (votes, SCALE, preferences))
        self.quota = self.valid // (self.seats + 1) + 1  # rule 46

    def _give(self, to: int, paper: Paper) -> None:
        self.papers[to].append(paper)
        self.votes[to] += paper[0] * paper[1]

    def run(self) -> StvResult:
        self._close_stage("first preferences", None, None, {})
        while len(self.elected) < self.seats and self.continuing:
            if self.surplus_due:
                self._transfer_surplus()
            else:
                self._exclude()
        return StvResult(
            tuple(self.names[number - 1] for number in self.elected),
            self.quota,
            self.valid,
            self.seats,
            tuple(self.stages),
        )

    def _transfer_surplus(self) -> None:
        """Rules 48 and 49: the highest surplus first, every paper at surplus x value / votes."""
        highest = max(self.votes[number] for number in self.surplus_due)
        level = [number for number in self.surplus_due if self.votes[number] == highest]
        number = self._separate(level, max, "whose surplus is transferred first")
        self.surplus_due.remove(number)
        surplus = highest - self.quota * SCALE
        papers = [
            (votes, surplus * value // highest, preferences)
            for votes, value, preferences in self.papers.pop(number)
        ]
        received = self._pass_on(papers)
        self.cut_off += surplus - sum(votes * value for votes, value, _ in papers)
        self.votes[number] = self.quota * SCALE
        self._close_stage("surplus", number, Fraction(surplus, highest), received)

    def _exclude(self) -> None:
        """Rules 50 and 51: the lowest goes, its papers keep their value."""
        lowest = min(self.votes[number] for number in self.continuing)
        level = [number for number in self.continuing if self.votes[number] == lowest]
        number = self._separate(level, min, "who is excluded")
        self.continuing.remove(number)
        received: dict[int, int] = {}
        if len(self.continuing) > self.seats - len(self.elected):  # else rule 52(2): no transfer
            received = self._pass_on(self.papers.pop(number))
            self.votes[number] = 0
        self._close_stage("exclusion", number, None, received)

    def _pass_on(self, papers: Iterable[Paper]) -> dict[int, int]:
        """Give each paper to its next continuing candidate; what each candidate received."""
        received = dict.fromkeys(self.continuing, 0)
        for votes, value, preferences in papers:
            left = tuple(c for c in preferences if c in received)
            if left:
                self._give(left[0], (votes, value, left))
                received[left[0]] += votes * value
            else:
                self.lost += votes * value
        return received

    def _separate(self, level: list[int], best: Best, purpose: str) -> int:
        """Rules 49(2) and 51(2): the most recent stage at which they differed, else the lot."""
        for earlier in reversed(self.history):
            wanted = best(earlier[number] for number in level)
            level = [number for number in level if earlier[number] == wanted]
        if len(level) == 1:
            return level[0]
        names = [self.names[number - 1] for number in level]
        drawn = sorted((name for name in names if name in self.lot), key=self.lot.__getitem__)
        undrawn = [name for name in names if name not in self.lot]
        if (best is max and not drawn) or (best is min and len(undrawn) > 1):
            raise LotNeeded(names=", ".join(names), purpose=purpose)
        order = drawn + undrawn
        return self.names.index(order[0] if best is max else order[-1]) + 1

    def _close_stage(
        self,
        action: Action,
        number: int | None,
        transfer_value: Fraction | None,
        received: Mapping[int, int],
    ) -> None:
        reached = [c for c in self.continuing if self.votes[c] >= self.quota * SCALE]  # rule 47
        reached.sort(key=lambda c: -self.votes[c])
        self._elect(reached)
        self.surplus_due += [c for c in reached if self.votes[c] > self.quota * SCALE]
        self.history.append(dict(self.votes))
        vacancies = self.seats - len(self.elected)
        last: list[int] = []
        if vacancies and len(self.continuing) <= vacancies:  # rule 52(1)
            last = sorted(self.continuing, key=lambda c: -self.votes[c])
            self._elect(last)
        self.stages.append(
            Stage(
                number=len(self.stages) + 1,
                action=action,
                candidate=None if number is None else self.names[number - 1],
                transfer_value=transfer_value,
                transfers=self._named(received),
                votes=self._named(self.votes),
                not_transferable=Fraction(self.lost, SCALE),
                cut_off=Fraction(self.cut_off, SCALE),
                elected=tuple(self.names[c - 1] for c in [*reached, *last]),
            )
        )

    def _elect(self, numbers: Sequence[int]) -> None:
        self.elected += numbers
        self.continuing = [c for c in self.continuing if c not in numbers]

    def _named(self, amounts: Mapping[int, int]) -> dict[str, Fraction]:
        return {self.names[c - 1]: Fraction(amount, SCALE) for c, amount in amounts.items()}
