"""Why this person and not that one, and who can never be chosen.

Each answer is found by doing it: the person is forced in (or out), everything is chosen again, and
the difference is told: which goal loses how much, and who would have to leave.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verband.core.composition.choosing import Team, solve
from verband.core.composition.clashes import Clash, Oracle, clash_like, clashes_of, told
from verband.core.composition.problem import Problem
from verband.core.composition.program import Program
from verband.core.composition.proofs import Forced
from verband.core.composition.scores import Count, Score
from verband.core.composition.solver import MOST_NODES
from verband.core.errors import DomainError


class NotACandidate(DomainError):
    """A question about somebody who is not in the pool."""

    code = "not_a_candidate_for_team"
    template = "“%(id)s” is not among the candidates."


@dataclass(frozen=True)
class Alternative:
    """The best team with the person the other way round (in instead of out, or out).

    ``goal`` is the first goal that loses, by ``loss``; ``None`` and 0 when the two are equally
    good and the lot decided. ``joins`` and ``leaves`` are the smallest change among the best.
    When it is impossible, ``clash`` says why and the rest is empty.
    """

    person: str
    inside: bool
    goal: str | None = None
    loss: int = 0
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    score: Score = ()
    proven: bool = True
    clash: Clash | None = None


@dataclass(frozen=True)
class NeverChosen:
    """A candidate who is in no team that keeps the hard rules, and why."""

    person: str
    clash: Clash


def why(problem: Problem, team: Team, person: str, *, nodes: int = MOST_NODES) -> Alternative:
    """What it would cost to have ``person`` in when out of ``team``, or out when in.

    Raises: ``NotACandidate``, ``SearchTooLong``.

    >>> from verband.core.composition.choosing import choose
    >>> from verband.core.composition.problem import Candidate
    >>> anna = Candidate("anna", expertise={"water": 5})
    >>> problem = Problem(1, (anna, Candidate("bram", expertise={"water": 3})))
    >>> answer = why(problem, choose(problem), "bram")
    >>> answer.goal, answer.loss, answer.joins, answer.leaves
    ('depth', 2, ('bram',), ('anna',))
    """
    count = Count(problem)
    if person not in count.places:
        raise NotACandidate(id=person)
    place, chosen = count.places[person], frozenset(count.places[id] for id in team.members)
    inside = place not in chosen
    forced = Forced(inside=(place,)) if inside else Forced(outside=(place,))
    program = Program(count, inside=forced.inside, outside=forced.outside, nodes=nodes)
    found = solve(program, last=chosen)
    if found is None:
        oracle = Oracle(count, nodes)
        oracle.force(forced)
        return Alternative(person, inside, clash=clashes_of(oracle, 1)[0])
    goal, loss = first_loss(problem.goals, team.score, found.score)
    return Alternative(
        person,
        inside,
        goal,
        loss,
        joins=_ids(problem, found.team - chosen),
        leaves=_ids(problem, chosen - found.team),
        score=found.score,
        proven=found.proven,
    )


def first_loss(goals: tuple[str, ...], better: Score, worse: Score) -> tuple[str | None, int]:
    """The first goal in which two scores differ, and by how much.

    >>> first_loss(("coverage", "depth"), ((8,), (20,)), ((8,), (17,)))
    ('depth', 3)
    """
    for goal, one, other in zip(goals, better, worse, strict=True):
        for high, low in zip(one, other, strict=True):
            if high != low:
                return goal, high - low
    return None, 0


def never_chosen(problem: Problem, *, nodes: int = MOST_NODES) -> tuple[NeverChosen, ...]:
    """Everybody who is in no team that keeps the hard rules, each with the clash that excludes.

    Nobody at all can be chosen when the rules clash among themselves; then the answer is empty,
    because ``find_clash`` is the answer to that question.

    Raises: ``SearchTooLong``.

    >>> from verband.core.composition.problem import Candidate, Rule
    >>> people = tuple(Candidate(id, traits={"municipality": (m,)})
    ...                for id, m in [("anna", "Ede"), ("bram", "Ede"), ("carla", "Oss")])
    >>> rules = (Rule("one per municipality", each="municipality", at_most=1),
    ...          Rule("nominated: anna", people=("anna",), at_least=1))
    >>> for never in never_chosen(Problem(2, people, rules)):
    ...     print(never.person, "-", never.clash.proof)
    bram - With bram in the team: “one per municipality: Ede” allows at most 1; “nominated: anna” \
and 2 seats bring at least 2: 2 > 1.
    """
    count = Count(problem)
    left = _unreached(count, Program(count, nodes=nodes))
    oracle = Oracle(count, nodes)
    known: dict[tuple[int, ...], None] = {}
    answers = []
    for place in sorted(left):
        oracle.force(Forced(inside=(place,)))
        lines = clash_like(oracle, known)
        known[lines] = None
        answers.append(NeverChosen(problem.candidates[place].id, told(count, lines, oracle.forced)))
    return tuple(answers)


def _unreached(count: Count, program: Program) -> set[int]:
    """Who is in no team: everybody else is seen in a team, or in one with a single exchange."""
    matrix, low, high = _matrix(count)
    model, costs = program.model, program.anything()
    left, never = set(range(len(count.problem.candidates))), set()
    answer = model.maximise(costs)
    while answer is not None:
        team = program.team(answer)
        left -= team | _swapped_in(team, matrix, low, high)
        answer = None
        while left and answer is None:
            place = min(left)
            model.fix(place, 1, 1)
            if model.bound(costs) is not None:
                answer = model.maximise(costs)
            model.fix(place, 0, 1)
            if answer is None:
                never.add(place)
                left.remove(place)
    return never


def _matrix(count: Count) -> tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int64]]:
    people, lines = len(count.problem.candidates), count.hard
    matrix = np.zeros((len(lines), people), dtype=np.int8)
    for row, line in enumerate(lines):
        matrix[row, list(line.members)] = 1
    low = np.array([line.bound if line.lower else 0 for line in lines], dtype=np.int64)
    high = np.array([people if line.lower else line.bound for line in lines], dtype=np.int64)
    return matrix, low, high


def _swapped_in(
    team: frozenset[int],
    matrix: NDArray[np.int8],
    low: NDArray[np.int64],
    high: NDArray[np.int64],
) -> set[int]:
    """Everybody who can take the place of one member while all lines hold."""
    seated = matrix[:, sorted(team)].sum(axis=1, dtype=np.int64)
    found = np.zeros(matrix.shape[1], dtype=bool)
    for place in team:
        after = (seated - matrix[:, place])[:, None] + matrix
        fits = (low[:, None] <= after) & (after <= high[:, None])
        found |= fits.all(axis=0)
    return set(np.flatnonzero(found).tolist())


def _ids(problem: Problem, places: frozenset[int]) -> tuple[str, ...]:
    return tuple(problem.candidates[place].id for place in sorted(places))
