"""Clashes, repairs, prices, reasons and who can never be chosen, each against trying everything."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from core.composition.pools import association, problems
from core.composition.test_choosing import every_team
from verband.core.composition.choosing import NoTeamPossible, choose
from verband.core.composition.clashes import find_clash, find_clashes
from verband.core.composition.prices import prices
from verband.core.composition.problem import Candidate, Problem, Rule
from verband.core.composition.proofs import Forced, possible
from verband.core.composition.reasons import NotACandidate, first_loss, never_chosen, why
from verband.core.composition.repairs import find_repairs, mend
from verband.core.composition.scores import Count


def kept_by_some_team(count, lines):
    """Whether some team keeps these lines, by trying every team."""
    bare = replace(count.problem, rules=())
    return any(
        all(not line.broken_by(line.count(frozenset(team))) for line in lines)
        for team in every_team(bare)
    )


def pool(*people):
    """Candidates as ``"anna function=mayor province=Utrecht"``."""
    made = []
    for person in people:
        id, *traits = person.split()
        pairs = (trait.split("=") for trait in traits)
        made.append(Candidate(id, traits={key: (value,) for key, value in pairs}))
    return tuple(made)


@given(problems())
@settings(max_examples=25, deadline=None)
def test_a_clash_is_minimal_every_line_in_it_is_needed(problem):
    count = Count(problem)
    clash = find_clash(problem)
    if clash is None:
        assert every_team(problem)
        return

    assert not kept_by_some_team(count, clash.lines)
    for out in clash.lines:
        assert kept_by_some_team(count, [line for line in clash.lines if line != out])
    assert str(clash.proof).endswith(".")


@given(problems())
@settings(max_examples=10, deadline=None)
def test_repairs_are_enough_and_the_first_is_the_cheapest(problem):
    assume(not every_team(problem))
    count = Count(problem)

    repairs = find_repairs(problem)

    assert repairs
    assert [r.cost for r in repairs] == sorted(r.cost for r in repairs)
    bare = replace(problem, rules=())
    cheapest = min(
        sum(line.weight * line.broken_by(line.count(frozenset(team))) for line in count.hard)
        for team in every_team(bare)
    )
    assert repairs[0].cost == cheapest
    for repair in repairs:
        changed = {change.line: change.bound for change in repair.changes}
        lines = [replace(line, bound=changed.get(line, line.bound)) for line in count.hard]
        assert kept_by_some_team(count, lines)


@given(problems())
@settings(max_examples=10, deadline=None)
def test_the_price_of_a_rule_is_what_choosing_again_without_it_gains(problem):
    try:
        team = choose(problem)
    except NoTeamPossible:
        return

    for price in prices(problem, team):
        without = replace(problem, rules=tuple(r for r in problem.rules if r.name != price.rule))
        best = max(every_team(without).values())
        assert (price.goal, price.gain) == first_loss(problem.goals, best, team.score)
        assert price.exact


@given(problems())
@settings(max_examples=10, deadline=None)
def test_forcing_a_person_in_or_out_tells_the_true_loss(problem):
    teams = every_team(problem)
    assume(teams)
    team = choose(problem)
    person = problem.candidates[0]

    answer = why(problem, team, person.id)

    others = {t: s for t, s in teams.items() if (0 in t) == answer.inside}
    assert answer.inside == (person.id not in team.members)
    if not others:
        assert answer.clash is not None
        return
    assert answer.score == max(others.values())
    assert (answer.goal, answer.loss) == first_loss(problem.goals, team.score, answer.score)
    assert len(answer.joins) == len(answer.leaves)
    chosen = {problem.candidates.index(c) for c in problem.candidates if c.id in team.members}
    fewest = min(len(set(t) - chosen) for t, s in others.items() if s == answer.score)
    assert len(answer.joins) == fewest


@given(problems())
@settings(max_examples=10, deadline=None)
def test_who_is_never_chosen_is_in_no_team_at_all(problem):
    teams = every_team(problem)
    assume(teams)
    count = Count(problem)

    found = never_chosen(problem)

    seen = {place for team in teams for place in team}
    unseen = set(range(len(problem.candidates))) - seen
    assert {count.places[never.person] for never in found} == unseen
    for never in found:
        forced = Forced(inside=(count.places[never.person],))
        assert not possible(count, never.clash.lines, forced)
        for out in never.clash.lines:
            rest = [line for line in never.clash.lines if line != out]
            assert possible(count, rest, forced)


def test_twelve_provinces_with_two_each_cannot_fill_twenty_five_seats():
    problem = association(extra=(Rule("two per province", each="province", at_most=2),))

    clash = find_clash(problem)

    assert len(clash.lines) == 12
    assert clash.rules == ("two per province",)
    assert str(clash.proof) == (
        "“two per province” (12×) leaves room for at most 24 of 25: 12 × 2 = 24 < 25."
    )


def test_demands_that_exceed_the_seats_are_added_up():
    people = pool("a f=x", "b f=x", "c f=y", "d f=y", "e f=z")
    rules = (
        Rule("x", {"f": ("x",)}, at_least=2),
        Rule("y", {"f": ("y",)}, at_least=2),
        Rule("z", {"f": ("z",)}, at_least=1),
    )

    clash = find_clash(Problem(4, people, rules))

    assert str(clash.proof) == (
        "“x”, “y”, “z” together ask for at least 5, and there are 4 seats: 2 × 2 + 1 = 5 > 4."
    )


def test_too_few_candidates_of_a_kind_are_told_as_such():
    people = pool("a f=mayor", "b f=clerk", "c f=clerk")

    clash = find_clash(Problem(2, people, (Rule("mayors", {"f": ("mayor",)}, at_least=2),)))

    assert str(clash.proof) == "“mayors” asks for at least 2; among the candidates there are 1."


def test_a_clash_that_only_whole_people_show_is_found():
    # Three people, each pair at most one: half of each would do (3 x 1/2), whole people give 1.
    people = pool("a", "b", "c", "d")
    rules = tuple(
        Rule(f"{one}{other}", people=(one, other), at_most=1)
        for one, other in (("a", "b"), ("b", "c"), ("a", "c"))
    )
    problem = Problem(2, people, (*rules, Rule("no d", people=("d",), at_most=0)))

    clash = find_clash(problem)

    assert set(clash.rules) == {"ab", "bc", "ac", "no d"}
    assert "leave room for at most 1 of 2: 1 < 2" in str(clash.proof)


def test_several_clashes_are_found_and_each_stands_by_itself():
    people = pool("a f=mayor", "b f=clerk", "c f=clerk", "d f=clerk")
    rules = (
        Rule("two mayors", {"f": ("mayor",)}, at_least=2),
        Rule("four clerks", {"f": ("clerk",)}, at_least=4),
    )

    clashes = find_clashes(Problem(3, people, rules))

    assert {clash.rules for clash in clashes} == {("two mayors",), ("four clerks",)}


def test_a_repair_leaves_alone_what_may_not_give():
    people = pool("a p=A", "b p=A", "c p=B", "d p=B")
    statute = Rule("statute", {"p": ("A",)}, at_most=1, may_give=False)
    custom = Rule("custom", {"p": ("B",)}, at_most=1, weight=5)

    repairs = find_repairs(Problem(3, people, (statute, custom)))

    assert [str(c) for r in repairs for c in r.changes] == ["“custom”: at most 2 instead of 1"]
    assert repairs[0].cost == 5


def test_no_repair_is_offered_when_a_team_exists():
    assert find_repairs(Problem(1, pool("a", "b"))) == ()
    assert find_clash(Problem(1, pool("a", "b"))) is None


def test_somebody_who_cannot_be_missed_is_told_why():
    people = pool("anna f=clerk", "bram f=mayor", "coen f=mayor")
    problem = Problem(2, people, (Rule("a clerk", {"f": ("clerk",)}, at_least=1),))

    answer = why(problem, choose(problem), "anna")

    assert str(answer.clash.proof) == (
        "Without anna: “a clerk” asks for at least 1; among the candidates there are 0."
    )


def test_a_question_about_a_stranger_is_refused():
    problem = Problem(1, pool("a", "b"))

    with pytest.raises(NotACandidate):
        why(problem, choose(problem), "z")


def test_a_body_is_mended_with_the_fewest_changes():
    people = pool("a s=m", "b s=m", "c s=m", "d s=f", "e s=f")
    rules = (Rule("two women", {"s": ("f",)}, at_least=2),)

    mended = mend(Problem(3, people, rules, current=("a", "b", "d", "left")))

    assert mended.joins == ("e",)
    assert len(mended.leaves) == 1 and set(mended.leaves) < {"a", "b"}
    assert mended.gone == ("left",)
    assert [line.label for line in mended.broken] == ["two women"]


def test_the_association_can_be_explained_whole():
    problem = association(people=400)
    team = choose(problem)

    never = never_chosen(problem)
    priced = prices(problem, team)

    colleagues = {
        c.id
        for c in problem.candidates
        for nominated in ("c0005", "c0077", "c0301")
        for n in problem.candidates
        if n.id == nominated != c.id and n.traits["municipality"] == c.traits["municipality"]
    }
    assert colleagues <= {one.person for one in never}
    assert any(price.gain for price in priced)
