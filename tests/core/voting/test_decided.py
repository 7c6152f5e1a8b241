from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.voting.strategies import CHOICES, rules
from verband.core.voting.decide import decide
from verband.core.voting.decided import standing
from verband.core.voting.fewest import TooManyToSearch, _choose, fewest_reaching
from verband.core.voting.roll import Ballot, Elector, Roll
from verband.core.voting.rules import Rule, majority, quorum


def rule(*majorities: str, quorums: tuple[str, ...] = (), **fields) -> Rule:
    return Rule(
        name="r",
        majorities=tuple(majority(text) for text in majorities or ["votes > 1/2 of valid"]),
        quorums=tuple(quorum(text) for text in quorums),
        **fields,
    )


def at(tested: Rule, votes: dict[str, int], present=None, **choices: str):
    ballots = [Ballot(member, choice) for member, choice in choices.items()]
    return standing(tested, Roll.from_votes(votes, present), ballots)


def test_a_lead_larger_than_what_is_out_is_decided():
    assert at(rule(), {"A": 6, "B": 2, "C": 3}, A="for", B="against").answer == "adopted"
    assert at(rule(), {"A": 6, "B": 2, "C": 3}, A="against", B="for").answer == "not_adopted"


def test_a_lead_that_can_become_a_tie_is_open():
    stand = at(rule(), {"A": 5, "B": 2, "C": 3}, A="for", B="against")

    assert (stand.answer, stand.to_turn, stand.turners) == ("open", 1, ("C",))


def test_the_fewest_that_can_turn_it_are_the_heaviest():
    votes = {"A": 50, "B": 20, "C": 20, "D": 10, "E": 5, "F": 1}

    stand = at(rule(), votes, A="for")

    assert (stand.answer, stand.to_turn, stand.turners) == ("open", 3, ("B", "C", "D"))
    assert stand.share_needed == Fraction(3, 56)


def test_a_missed_quorum_can_be_the_only_thing_that_stops_it():
    tested = rule(quorums=("members >= 3",))

    stand = at(tested, {"A": 9, "B": 1, "C": 1, "D": 1}, A="for", B="against")

    assert stand.now.verdict == "no_quorum"
    assert (stand.answer, stand.only_quorum, stand.to_turn) == ("open", True, 1)
    against = at(tested, {"A": 9, "B": 1, "C": 1, "D": 1}, A="for", B="against", C="against")
    assert against.answer == "adopted"


def test_a_quorum_out_of_reach_is_decided():
    tested = rule(quorums=("members > 1/2 of all",))

    stand = at(tested, {"A": 9, "B": 1, "C": 1}, present={"A"}, A="for")

    assert stand.answer == "not_adopted"


def test_who_is_not_in_the_hall_is_not_out():
    stand = at(rule(), {"A": 1, "B": 9, "C": 1}, present={"A", "C"}, A="for")

    assert (stand.outstanding, stand.outstanding_votes) == (("C",), 1)


def test_a_tie_left_to_the_chair_is_open_with_nothing_out():
    stand = at(rule(tie="casting_vote"), {"A": 1, "B": 1}, A="for", B="against")

    assert (stand.answer, stand.to_turn) == ("open", None)


def test_how_many_would_have_to_change_sides():
    votes = {"A": 10, "B": 4, "C": 3, "D": 3}

    assert at(rule(), votes, A="for", B="for", C="against", D="against").to_switch == 1
    lost = at(rule(), votes, A="against", B="for", C="for", D="against")
    assert lost.to_switch == 1
    assert at(rule("votes >= 1"), votes, A="for", B="against", C="against").to_switch == 2


def test_two_units_at_once_are_searched_when_no_order_settles_it():
    votes = {"A": 5, "B": 4, "C": 4, "D": 0, "E": 3}
    people = {"A": 0, "B": 1, "C": 2, "D": 9, "E": 6}

    found = fewest_reaching(
        "ABCDE", {"votes": (votes.__getitem__, 8), "inhabitants": (people.__getitem__, 9)}
    )

    assert sum(votes[m] for m in found) >= 8 and sum(people[m] for m in found) >= 9
    assert len(found) == 3


def test_thousands_of_unlike_members_are_answered_exactly_or_refused():
    def weights(factor: int) -> dict[int, int]:
        return {i: i * factor % 7919 % 997 + 1 for i in range(2000)}

    votes, people = weights(31), weights(7877)
    wanted = {
        "votes": (votes.__getitem__, sum(votes.values()) // 2),
        "inhabitants": (people.__getitem__, sum(people.values()) // 2),
    }

    found = fewest_reaching(range(2000), wanted)

    assert all(sum(map(weigh, found)) >= need for weigh, need in wanted.values())
    heaviest = sorted(range(2000), key=lambda i: -votes[i] - people[i])[: len(found) - 1]
    assert sum(votes[i] + people[i] for i in heaviest) < sum(need for _, need in wanted.values())
    with pytest.raises(TooManyToSearch):
        _choose(range(2000), list(wanted.values()), 700)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=7),
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(0, 4),
)
def test_the_fewest_members_are_those_of_a_full_search(weights, votes, people, members):
    names = range(len(weights))
    wanted = {
        "votes": (lambda i: weights[i][0], votes),
        "inhabitants": (lambda i: weights[i][1], people),
        "members": (lambda i: 1, members),
    }
    enough = [
        sum(inside)
        for inside in product((0, 1), repeat=len(weights))
        if all(sum(w(i) for i in names if inside[i]) >= need for w, need in wanted.values())
    ]

    found = fewest_reaching(names, wanted)

    assert (found is None) == (not enough)
    if found is not None:
        assert len(set(found)) == len(found) == min(enough)
        assert all(sum(map(w, found)) >= need for w, need in wanted.values())


@st.composite
def open_votes(draw):
    written = draw(st.booleans())
    weights = draw(
        st.lists(st.tuples(st.integers(0, 6), st.integers(0, 20)), min_size=2, max_size=6)
    )
    electors = [Elector(str(i), *pair) for i, pair in enumerate(weights)]
    out = draw(st.integers(0, min(3, len(weights))))
    ballots = [Ballot(str(i), draw(st.sampled_from(CHOICES[:5]))) for i in range(out, len(weights))]
    away = set() if written else {str(i) for i in range(out) if draw(st.booleans())}
    present = None if written else [e.member for e in electors if e.member not in away]
    return Roll(electors, present), ballots


@settings(max_examples=80, deadline=None)
@given(rules(), open_votes())
def test_what_is_certain_is_what_every_completion_gives(tested, case):
    roll, ballots = case
    stand = standing(tested, roll, ballots)
    verdicts = []
    for choices in product(CHOICES, repeat=len(stand.outstanding)):
        more = [Ballot(m, c) for m, c in zip(stand.outstanding, choices, strict=True) if c]
        outcome = decide(tested, roll, [*ballots, *more])
        verdicts.append((outcome.verdict, len(more)))
    adopted = {verdict == "adopted" for verdict, _ in verdicts}
    turned = [n for verdict, n in verdicts if (verdict == "adopted") != stand.now.passed]

    expected = "open" if len(adopted) == 2 else "adopted" if adopted == {True} else "not_adopted"

    assert stand.answer == expected
    assert stand.to_turn == min(turned, default=None)
    if stand.only_quorum:
        assert {verdict for verdict, _ in verdicts} == {"adopted", "no_quorum"}


@settings(max_examples=60, deadline=None)
@given(rules(), open_votes())
def test_the_fewest_that_change_sides_are_those_of_a_full_search(tested, case):
    roll, ballots = case
    stand = standing(tested, roll, ballots)
    if stand.now.verdict == "no_quorum":
        assert stand.to_switch is None
        return
    side, other = ("for", "against") if stand.now.passed else ("against", "for")
    movers = [i for i, ballot in enumerate(ballots) if ballot.choice == side]
    enough = []
    for moves in product((False, True), repeat=len(movers)):
        moved = dict(zip(movers, moves, strict=True))
        changed = [Ballot(b.member, other) if moved.get(i) else b for i, b in enumerate(ballots)]
        if decide(tested, roll, changed).passed != stand.now.passed:
            enough.append(sum(moves))

    assert stand.to_switch == min(enough, default=None)


def test_a_large_association_is_answered_at_once():
    votes = {f"M{i}": 1 + i % 75 for i in range(20_000)}
    ballots = {f"M{i}": "for" if i % 4 else "against" for i in range(0, 20_000, 2)}

    stand = at(rule(), votes, **ballots)

    assert stand.answer == "open"
    assert len(stand.outstanding) == 10_000
