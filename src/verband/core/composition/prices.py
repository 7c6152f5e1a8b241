"""What each rule costs: how much better the team could be without it.

Exact, by solving again without the rule; the duals of the relaxation only show which rules need no
search, because a bound without the rule that does not exceed the optimum proves a price of zero.
Duals are never shown as prices: they can be wrong in both directions. A price of zero today is not
zero after the next resignation, so the room that is left stands beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from verband.core.composition.choosing import Team
from verband.core.composition.problem import Problem
from verband.core.composition.program import Program, Stage
from verband.core.composition.scores import Count
from verband.core.composition.solver import MOST_NODES


@dataclass(frozen=True)
class Price:
    """The price of a hard rule.

    ``goal`` is the first goal that could be better without the rule, ``gain`` by how much (for
    balance: how many groups more would reach the ratio); ``None`` and 0 when the rule costs
    nothing. ``room`` is how many people may still come or go before the rule is broken; ``exact``
    is false when the search ended at its limit, and then ``gain`` is at least this.
    """

    rule: str
    goal: str | None
    gain: int
    room: int
    exact: bool = True


def prices(problem: Problem, team: Team, *, nodes: int = MOST_NODES) -> tuple[Price, ...]:
    """The price of every hard rule for ``team``, the best team of ``problem``.

    >>> from verband.core.composition.choosing import choose
    >>> from verband.core.composition.problem import Candidate, Rule
    >>> people = (Candidate("anna", traits={"sex": ("f",)}, expertise={"water": 2}),
    ...           Candidate("bram", traits={"sex": ("m",)}, expertise={"water": 5}),
    ...           Candidate("coen", traits={"sex": ("m",)}, expertise={"water": 4}))
    >>> problem = Problem(2, people, (Rule("a woman", {"sex": ("f",)}, at_least=1),))
    >>> prices(problem, choose(problem))
    (Price(rule='a woman', goal='depth', gain=2, room=0, exact=True),)
    """
    count = Count(problem)
    program = Program(count, nodes=nodes)
    chosen = frozenset(count.places[id] for id in team.members)
    rows: dict[str, list[int]] = {}
    for line, row in zip(count.hard, program.row_of, strict=True):
        rows.setdefault(line.rule, []).append(row)
    found: dict[str, Price] = {}
    for stage in program.stages(problem.goals):
        value = program.known(stage, chosen)
        if value < stage.most:
            for rule in [rule for rule in rows if rule not in found]:
                gain, exact = _gain(program, stage, value, rows[rule])
                if gain or not exact:
                    found[rule] = Price(rule, stage.goal, gain, _room(count, rule, chosen), exact)
        program.freeze(stage, value)
    free = {rule: Price(rule, None, 0, _room(count, rule, chosen)) for rule in rows}
    return tuple({**free, **found}.values())


def _gain(program: Program, stage: Stage, value: int, rows: Iterable[int]) -> tuple[int, bool]:
    model = program.model
    for row in rows:
        model.relax(row)
    try:
        bound = model.bound(stage.costs)
        if bound is not None and bound <= value:
            return 0, True
        answer = model.maximise(stage.costs)
        if answer is None:
            return 0, True
        return max(0, answer.value - value), answer.proven or answer.value == bound
    finally:
        for row in rows:
            model.restore(row)


def _room(count: Count, rule: str, chosen: frozenset[int]) -> int:
    return min(abs(line.count(chosen) - line.bound) for line in count.hard if line.rule == rule)
