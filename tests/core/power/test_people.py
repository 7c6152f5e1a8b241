"""Blocking sets, payment, the square-root law: the figures of the register of 2017."""

from fractions import Fraction
from itertools import combinations
from math import ceil, isqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.power.games import MADE_UP_388, inhabitants_2017, register_2017
from verband.core.power.blocking import InhabitantsDoNotFit, TooManyVotesToSearch, blocking
from verband.core.power.counting import count_coalitions
from verband.core.power.game import WeightedGame
from verband.core.power.pays import PaymentsDoNotFit, pays_and_decides, size_class
from verband.core.power.square_root import jagiellonian_quota, square_root_comparison

ROUNDINGS = {
    "floor": lambda people: people // 1000,
    "round": lambda people: (people + 500) // 1000,
    "ceil": lambda people: ceil(people / 1000),
}


@pytest.mark.parametrize(
    ("quota", "to_pass", "to_block", "share_to_pass", "share_to_block"),
    [
        (6411, 101, 101, 0.379, 0.379),
        (8548, 159, 59, 0.507, 0.252),
        (9616, 197, 43, 0.573, 0.189),
    ],
)
def test_who_can_pass_and_block_in_the_association(
    quota, to_pass, to_block, share_to_pass, share_to_block
):
    game = WeightedGame(tuple(register_2017()), quota)

    found = blocking(game, inhabitants_2017())

    assert len(found.fewest_to_pass.members) == to_pass
    assert len(found.fewest_to_block.members) == to_block
    assert float(found.share_to_pass) == pytest.approx(share_to_pass, abs=5e-4)
    assert float(found.share_to_block) == pytest.approx(share_to_block, abs=5e-4)
    assert found.outvoted == 1 - found.share_to_pass
    assert found.least_inhabitants_to_pass.votes >= quota
    assert found.least_inhabitants_to_block.votes >= game.enough_to_block


@pytest.mark.parametrize(
    ("rounding", "quota", "members", "share_to_pass", "share_to_block"),
    [
        ("round", "1/2", 102, 0.378, 0.378),
        ("ceil", "1/2", 103, 0.376, 0.376),
        ("round", "2/3", 161, 0.506, 0.251),
        ("ceil", "2/3", 162, 0.504, 0.250),
    ],
)
def test_how_votes_are_rounded_hardly_moves_the_blocking_sets(
    rounding, quota, members, share_to_pass, share_to_block
):
    votes = tuple(register_2017(ROUNDINGS[rounding]))
    enough = sum(votes) // 2 + 1 if quota == "1/2" else -(-2 * sum(votes) // 3)

    found = blocking(WeightedGame(votes, enough), inhabitants_2017())

    assert len(found.fewest_to_pass.members) == members
    assert float(found.share_to_pass) == pytest.approx(share_to_pass, abs=6e-4)
    assert float(found.share_to_block) == pytest.approx(share_to_block, abs=6e-4)


@pytest.mark.parametrize(("quota", "to_pass", "to_block"), [(6524, 96, 96), (8698, 149, 59)])
def test_fewest_of_388_made_up_members(quota, to_pass, to_block):
    found = blocking(WeightedGame(MADE_UP_388, quota))

    assert len(found.fewest_to_pass.members) == to_pass
    assert len(found.fewest_to_block.members) == to_block
    assert found.share_to_pass is None and found.outvoted is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), min_size=1, max_size=8),
    st.data(),
)
def test_the_smallest_sets_are_those_of_looking_at_every_set(members, data):
    votes, people = zip(*members, strict=True)
    assume(any(votes) and any(people))
    game = WeightedGame(votes, data.draw(st.integers(1, sum(votes))))

    found = blocking(game, people)

    for target, fewest, least in (
        (game.quota, found.fewest_to_pass, found.least_inhabitants_to_pass),
        (game.enough_to_block, found.fewest_to_block, found.least_inhabitants_to_block),
    ):
        enough = [
            chosen
            for size in range(len(votes) + 1)
            for chosen in combinations(range(len(votes)), size)
            if sum(votes[i] for i in chosen) >= target
        ]
        assert len(fewest.members) == min(map(len, enough))
        assert least.inhabitants == min(sum(people[i] for i in chosen) for chosen in enough)
        assert least.members in enough and fewest.members in enough


@pytest.mark.parametrize("people", [(1,), (1, -2), (1, 2.5), (0, 0), (1, 2, 3)])
def test_inhabitants_that_do_not_fit_are_refused(people):
    with pytest.raises(InhabitantsDoNotFit):
        blocking(WeightedGame((1, 1), 2), people)


def test_a_search_over_millions_of_votes_is_refused():
    with pytest.raises(TooManyVotesToSearch, match="larger unit"):
        blocking(WeightedGame((1_000_000,) * 300, 200_000_000), (1,) * 300)


@pytest.mark.parametrize(
    ("rounding", "moved", "gallagher", "gini", "theil", "lowest", "highest"),
    [
        ("floor", 0.185, 0.0455, 0.217, 0.116, 0.118, 1.42),
        ("round", 0.188, 0.0457, 0.219, 0.118, 0.117, 1.45),
        ("ceil", 0.190, 0.0458, 0.222, 0.121, 0.115, 2.39),
    ],
)
def test_inhabitants_pay_and_capped_votes_decide(
    rounding, moved, gallagher, gini, theil, lowest, highest
):
    people, votes = inhabitants_2017(), register_2017(ROUNDINGS[rounding])

    found = pays_and_decides(people, votes)

    assert float(found.moved) == pytest.approx(moved, abs=6e-4)
    assert found.gallagher == pytest.approx(gallagher, abs=6e-5)
    assert float(found.gini) == pytest.approx(gini, abs=6e-4)
    assert found.theil == pytest.approx(theil, abs=6e-4)
    assert float(min(found.advantage)) == pytest.approx(lowest, abs=6e-4)
    assert float(max(found.advantage)) == pytest.approx(highest, abs=6e-3)
    assert found.lorenz[0] == (0, 0) and found.lorenz[-1] == (1, 1)


def test_power_adds_nothing_to_weight_at_a_simple_majority():
    people, votes = inhabitants_2017(), tuple(register_2017())
    swings = count_coalitions(WeightedGame(votes, 6411)).swings

    found = pays_and_decides(people, [swings[each] for each in votes])

    assert float(found.moved) == pytest.approx(0.185, abs=6e-4)


def test_the_middle_sizes_decide_more_than_they_pay():
    people, votes = inhabitants_2017(), register_2017()

    found = pays_and_decides(people, votes, [size_class(each) for each in people])

    table = {
        name: (group.members, round(float(group.pays), 3), round(float(group.decides), 3))
        for name, group in found.groups.items()
    }
    assert table == {
        "below 20,000": (118, 0.091, 0.117),
        "20,000 to 50,000": (191, 0.351, 0.460),
        "50,000 to 100,000": (48, 0.192, 0.242),
        "100,000 to 250,000": (27, 0.229, 0.158),
        "250,000 or more": (4, 0.137, 0.023),
    }
    assert found.theil_between + found.theil_within == pytest.approx(found.theil, abs=1e-14)
    assert all(group.within > -1e-15 for group in found.groups.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 9)), min_size=1, max_size=8))
def test_payment_in_step_with_votes_is_no_difference_and_no_measure_leaves_its_range(members):
    payments, votes = zip(*members, strict=True)
    assume(any(votes))

    found = pays_and_decides(payments, votes)
    even = pays_and_decides([v + 1 for v in votes], [v + 1 for v in votes])

    assert 0 <= found.moved <= 1 and 0 <= found.gini < 1 and found.theil > -1e-12
    assert 0 <= found.gallagher <= 1
    assert (even.moved, even.gini, even.gallagher, even.theil) == (0, 0, 0, 0)


@pytest.mark.parametrize("payments", [(1,), (1, 0), (1, -1), (1, 2.0), (1, float("nan"))])
def test_a_payment_of_nothing_is_refused(payments):
    with pytest.raises(PaymentsDoNotFit):
        pays_and_decides(payments, (1, 1))


def test_the_jagiellonian_quota_of_the_association():
    found = square_root_comparison(WeightedGame(tuple(register_2017()), 6411), inhabitants_2017())

    assert found.quota == pytest.approx(0.5285, abs=5e-5)
    assert found.approximate_quota == pytest.approx(0.5286, abs=5e-5)
    # Whole votes round the smallest member, a root of 30.5, by more than one in a hundred.
    assert max(abs(each - 1) for each in found.jagiellonian) < 0.02
    assert min(found.influence) < 0.2 and max(found.influence) > 1.5


def test_square_root_votes_with_the_jagiellonian_quota_give_square_root_power():
    roots = [300 + 7 * place for place in range(60)]

    found = square_root_comparison(WeightedGame((1,) * 60, 31), [root * root for root in roots])

    assert list(found.jagiellonian_votes) == roots
    assert all(isqrt(root * root) == root for root in roots)
    assert found.quota == (1 + sum(root * root for root in roots) ** 0.5 / sum(roots)) / 2
    assert max(abs(each - 1) for each in found.jagiellonian) < 2e-3


def test_equal_members_need_the_quota_of_equal_members():
    assert jagiellonian_quota([100] * 16) == Fraction(5, 8)


@pytest.mark.parametrize("people", [(0, 1), (1,), (1, 2.5)])
def test_a_member_without_inhabitants_has_no_square_root_law(people):
    with pytest.raises(InhabitantsDoNotFit):
        square_root_comparison(WeightedGame((1, 1), 2), people)
