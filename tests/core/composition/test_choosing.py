"""The choice against trying every team."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings

from core.composition.pools import association, problems
from verband.core.composition.choosing import NoTeamPossible, choose
from verband.core.composition.problem import (
    Balance,
    Candidate,
    Demand,
    Problem,
    Rule,
)
from verband.core.composition.scores import Count


def every_team(problem):
    """All teams that keep the hard rules, with their score: the plain twin of the solver."""
    count = Count(problem)
    return {
        team: count.score(team)
        for team in combinations(range(len(problem.candidates)), problem.size)
        if not count.breaches(team)
    }


@given(problems())
@settings(max_examples=25, deadline=None)
def test_no_other_team_is_better_in_the_order_of_the_goals(problem):
    teams = every_team(problem)
    if not teams:
        with pytest.raises(NoTeamPossible):
            choose(problem)
        return

    team = choose(problem)

    assert team.score == max(teams.values())
    assert team.proven


@given(problems())
@settings(max_examples=12, deadline=None)
def test_every_hard_rule_is_kept_and_the_size_is_right(problem):
    try:
        team = choose(problem)
    except NoTeamPossible:
        return

    chosen = [c for c in problem.candidates if c.id in team.members]
    assert len(chosen) == problem.size
    for rule in problem.rules:
        if not rule.hard or rule.each:
            continue
        counted = [
            c
            for c in chosen
            if (not rule.people or c.id in rule.people)
            and all(set(c.traits[t]) & set(v) for t, v in rule.where.items())
        ]
        assert (rule.at_least or 0) <= len(counted) <= (rule.at_most or problem.size) or (
            rule.at_most == 0 and not counted
        )


@given(problems())
@settings(max_examples=6, deadline=None)
def test_the_order_in_which_candidates_are_listed_does_not_matter(problem):
    turned = replace(problem, candidates=problem.candidates[::-1])

    try:
        team = choose(problem)
    except NoTeamPossible:
        return

    assert choose(turned) == team == choose(problem)


def test_the_lot_gives_equals_equal_chances():
    pool = tuple(Candidate(id) for id in "abcd")
    wins = dict.fromkeys("abcd", 0)

    for seed in range(100):
        for id in choose(Problem(1, pool, seed=str(seed))).members:
            wins[id] += 1

    # 100 fair draws of one in four: 25 expected, standard deviation 4.3; 8 is four of them
    assert all(8 <= number <= 42 for number in wins.values())


def test_another_seed_does_not_change_what_was_reached():
    pool = tuple(Candidate(f"c{i:02}", expertise={"water": i % 3}) for i in range(40))
    problem = Problem(8, pool, seed="one")

    one, other = choose(problem), choose(replace(problem, seed="another"))

    assert one.score == other.score
    assert one.members != other.members
    assert one.seed != other.seed and one.problem_hash != other.problem_hash


def test_a_later_goal_never_takes_from_an_earlier_one():
    deep = Candidate("deep", expertise={"water": 5})
    wide = Candidate("wide", expertise={"water": 1, "roads": 1})
    demands = (Demand("water"), Demand("roads"))

    covering = choose(Problem(1, (deep, wide), demands=demands, goals=("coverage", "depth")))
    deepest = choose(Problem(1, (deep, wide), demands=demands, goals=("depth", "coverage")))

    assert covering.members == ("wide",)
    assert deepest.members == ("deep",)


def test_the_worst_off_group_comes_first():
    pool = tuple(Candidate(f"{p}{i}", traits={"province": (p,)}) for p in "ABC" for i in range(4))
    balance = Balance("province", {"A": Fraction(1), "B": Fraction(1), "C": Fraction(2)})

    team = choose(Problem(8, pool, balance=balance))

    assert [sum(id.startswith(p) for id in team.members) for p in "ABC"] == [2, 2, 4]


def test_soft_rules_are_broken_as_little_as_their_weights_allow():
    pool = tuple(Candidate(id, traits={"sex": (id[0],)}) for id in ("f1", "m1", "m2"))
    heavy = Rule("women", {"sex": ("f",)}, at_least=2, hard=False, weight=3)
    light = Rule("men", {"sex": ("m",)}, at_least=2, hard=False, weight=1)

    team = choose(Problem(2, pool, (heavy, light)))

    assert "f1" in team.members
    assert team.value("soft") == (-4,)


def test_twenty_five_of_two_thousand_is_proven_the_best():
    team = choose(association())

    assert team.proven
    assert len(team.members) == 25
    assert team.value("coverage") == (40,)
