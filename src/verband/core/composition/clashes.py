"""Which rules clash: a smallest set that cannot hold together, and the sum that shows it.

Every line in the set matters: leave out any one and a team exists. Found by a deletion filter over
named lines (Chinneck & Dravnieks 1991, "Locating minimal infeasible constraint sets in linear
programs", ORSA Journal on Computing 3(2), with blocks in the manner of Junker 2004, QuickXplain,
AAAI). The oracle asks the linear relaxation first, and searches only when that does not settle it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from verband.core.composition.lines import Line
from verband.core.composition.problem import Problem
from verband.core.composition.program import Program
from verband.core.composition.proofs import Forced, Proof, possible, prove
from verband.core.composition.scores import Count
from verband.core.composition.solver import MOST_NODES, Whole


@dataclass(frozen=True)
class Clash:
    """Lines that cannot hold together in a team of ``size``, and why."""

    size: int
    lines: tuple[Line, ...]
    proof: Proof

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules in it, in their order, each once."""
        return tuple(dict.fromkeys(line.rule for line in self.lines))


class Oracle:
    """Answers whether some lines can hold together; the other lines are left out."""

    def __init__(self, count: Count, nodes: int = MOST_NODES) -> None:
        self.count = count
        self.forced = Forced()
        self.program = Program(count, nodes=nodes)
        self.nothing: Whole = np.zeros(self.program.model.columns, dtype=np.int64)
        self._in = set(range(len(count.hard)))

    def force(self, forced: Forced) -> None:
        """Have these people in and out from now on, and nobody else."""
        for place in (*self.forced.inside, *self.forced.outside):
            self.program.model.fix(place, 0, 1)
        for place in forced.inside:
            self.program.model.fix(place, 1, 1)
        for place in forced.outside:
            self.program.model.fix(place, 0, 0)
        self.forced = forced

    def refuted(self, lines: Iterable[int]) -> bool:
        """Whether the relaxation alone shows that no team keeps these lines."""
        self._only(set(lines))
        return self.program.model.bound(self.nothing) is None

    def impossible(self, lines: Iterable[int]) -> bool:
        """Whether no team keeps these lines (places in ``count.hard``)."""
        return self.refuted(lines) or self.program.model.maximise(self.nothing) is None

    def narrowed(self, lines: Sequence[int]) -> list[int]:
        """The lines of a proof by the relaxation, when there is one; else ``lines`` again."""
        if not self.refuted(lines):
            return list(lines)
        rows = set(self.program.model.refuting_rows() or self.program.row_of)
        kept = [place for place in lines if self.program.row_of[place] in rows]
        return kept if self.impossible(kept) else list(lines)

    def _only(self, lines: set[int]) -> None:
        for place in self._in - lines:
            self.program.model.relax(self.program.row_of[place])
        for place in lines - self._in:
            self.program.model.restore(self.program.row_of[place])
        self._in = lines


def find_clash(problem: Problem, *, nodes: int = MOST_NODES) -> Clash | None:
    """A smallest set of hard lines that no team keeps; ``None`` when a team exists.

    Raises: ``SearchTooLong``.

    >>> from verband.core.composition.problem import Candidate, Rule
    >>> people = tuple(Candidate(p + i, traits={"province": (p,)}) for p in "ABC" for i in "123")
    >>> rule = Rule("two per province", each="province", at_most=2)
    >>> print(find_clash(Problem(7, people, (rule,))).proof)
    “two per province” (3×) leaves room for at most 6 of 7: 3 × 2 = 6 < 7.
    """
    return next(iter(find_clashes(problem, 1, nodes=nodes)), None)


def find_clashes(problem: Problem, most: int = 3, *, nodes: int = MOST_NODES) -> tuple[Clash, ...]:
    """Up to ``most`` different clashes; each of them has to be solved before a team exists."""
    return clashes_of(Oracle(Count(problem), nodes), most)


def clashes_of(oracle: Oracle, most: int) -> tuple[Clash, ...]:
    """Clashes with the people the oracle forces in and out."""
    count = oracle.count
    found: list[tuple[int, ...]] = []
    waiting = [tuple(range(len(count.hard)))]
    while waiting and len(found) < most:
        lines = waiting.pop(0)
        if not oracle.impossible(lines):
            continue
        smallest = tuple(_smallest(oracle.impossible, oracle.narrowed(lines)))
        if smallest not in found:
            found.append(smallest)
            waiting += [tuple(place for place in lines if place != out) for out in smallest]
    return tuple(told(count, lines, oracle.forced) for lines in found)


def clash_like(oracle: Oracle, known: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """A smallest clash (places of lines), sought first within clashes that are ``known``.

    Many people are excluded by the same few lines; the oracle holds the person in question.
    """
    count, forced = oracle.count, oracle.forced

    def impossible(lines: Sequence[int]) -> bool:
        return not possible(count, [count.hard[place] for place in lines], forced)

    for lines in known:
        if impossible(lines):
            return tuple(_smallest(impossible, lines))
    everything = range(len(count.hard))
    return tuple(_smallest(oracle.impossible, oracle.narrowed(everything)))


def _smallest(impossible: Callable[[Sequence[int]], bool], lines: Sequence[int]) -> list[int]:
    """Take out blocks that are not needed, half as large each round, down to single lines."""
    kept, block = list(lines), max(1, len(lines) // 2)
    while True:
        start = 0
        while start < len(kept):
            rest = kept[:start] + kept[start + block :]
            if impossible(rest):
                kept = rest
            else:
                start += block
        if block == 1:
            return kept
        block //= 2


def told(count: Count, places: Sequence[int], forced: Forced) -> Clash:
    """A clash with the sum that shows it."""
    lines = tuple(count.hard[place] for place in places)
    return Clash(count.problem.size, lines, prove(count, lines, forced))
