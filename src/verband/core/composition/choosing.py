"""The choice: the best team in the order of the goals, and by lot among equals."""

from collections.abc import Iterable
from dataclasses import dataclass

from verband.core.composition.problem import Problem
from verband.core.composition.program import Program
from verband.core.composition.scores import Count, Score
from verband.core.composition.solver import MOST_NODES, SolverUnreliable, Whole, solver_name
from verband.core.errors import DomainError


class NoTeamPossible(DomainError):
    """The hard rules clash; ``verband.core.composition.clashes`` says which and why."""

    code = "no_team_possible"
    template = "No team of %(size)s keeps all hard rules."


@dataclass(frozen=True)
class Team:
    """A team and its score.

    ``members`` are ids in order; ``score`` has one tuple per goal, higher is better; ``proven`` is
    whether the search excluded every better team; ``seed``, ``solver`` and ``problem_hash`` let
    anyone repeat the choice.
    """

    members: tuple[str, ...]
    goals: tuple[str, ...]
    score: Score
    proven: bool
    seed: str
    solver: str
    problem_hash: str

    def value(self, goal: str) -> tuple[int, ...]:
        """The value of one goal."""
        return self.score[self.goals.index(goal)]


@dataclass(frozen=True)
class Found:
    """What the solver found, in places."""

    team: frozenset[int]
    score: Score
    proven: bool


def choose(problem: Problem, *, nodes: int = MOST_NODES) -> Team:
    """The best team: goal after goal, each frozen before the next, then the lot.

    ``nodes`` limits the search of each stage; a stage that ends at the limit gives a good team
    with ``proven`` false. The lot gives everybody a number drawn from the seed, and of all tied
    teams the one with the highest sum is taken: two people who are the same to all rules and goals
    have the same chance; teams as a whole need not have exactly equal chances.

    Raises: ``NoTeamPossible``, ``SearchTooLong``.

    >>> from verband.core.composition.problem import Candidate, Demand, Rule
    >>> people = (Candidate("anna", traits={"province": ("Utrecht",)}, expertise={"housing": 4}),
    ...           Candidate("bram", traits={"province": ("Utrecht",)}, expertise={"care": 3}),
    ...           Candidate("carla", traits={"province": ("Zeeland",)}, expertise={"care": 3}))
    >>> choose(Problem(2, people, (Rule("one each", each="province", at_most=1),),
    ...                (Demand("housing", 3), Demand("care", 3)))).members
    ('anna', 'carla')
    """
    count = Count(problem)
    found = solve(Program(count, nodes=nodes), last=problem.seed)
    if found is None:
        raise NoTeamPossible(size=problem.size)
    return team_of(count, found)


def team_of(count: Count, found: Found) -> Team:
    """What was found, with what is needed to repeat it."""
    problem = count.problem
    return Team(
        members=tuple(problem.candidates[place].id for place in sorted(found.team)),
        goals=problem.goals,
        score=found.score,
        proven=found.proven,
        seed=problem.seed,
        solver=solver_name(),
        problem_hash=problem.hash(),
    )


def solve(program: Program, *, last: str | Iterable[int] | None) -> Found | None:
    """The stages of all goals, then the last one: a lot (a seed) or the nearest to a team.

    ``None`` when no team keeps the rules. The team is counted again without the solver.
    """
    count = program.count
    team: frozenset[int] | None = None
    proven, value = True, 0
    for stage in program.stages(program.problem.goals):
        most = min(stage.most, value) if stage.part else stage.most  # groups below: never fewer
        if team is None or program.known(stage, team) < most:
            answer = program.model.maximise(stage.costs)
            if answer is None:
                return None
            team = program.team(answer)
            proven = proven and (answer.proven or answer.value == most)
        value = program.known(stage, team)
        program.freeze(stage, value)
        program.model.settle(stage.costs, value)
    answer = program.model.maximise(_last_costs(program, last))
    if answer is None:
        return None
    team = program.team(answer)
    if count.breaches(team) or len(team) != program.problem.size:
        raise SolverUnreliable()
    return Found(team, count.score(team), proven and answer.proven)


def _last_costs(program: Program, last: str | Iterable[int] | None) -> Whole:
    if last is None:
        return program.anything()
    return program.lot(last) if isinstance(last, str) else program.nearest(last)
