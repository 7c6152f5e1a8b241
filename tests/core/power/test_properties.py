"""Laws that hold for every vote, and brute force for small ones."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.power.games import by_brute_force, reaches, register_2017
from verband.core.power.counting import GameTooLarge, count_coalitions
from verband.core.power.game import (
    NegativeVotes,
    NoMembers,
    NoVotes,
    QuotaOutOfRange,
    QuotaUnreadable,
    VotesNotWhole,
    WeightedGame,
    quota_of,
)
from verband.core.power.indices import power
from verband.core.power.orderings import _by_integral, _quadrature, shapley_shubik
from verband.core.power.passing import SupportOutOfRange, chance_to_pass


@st.composite
def games(draw, members=8, most=12):
    votes = draw(st.lists(st.integers(0, most), min_size=1, max_size=members))
    assume(any(votes))
    return WeightedGame(tuple(votes), draw(st.integers(1, sum(votes))))


@settings(max_examples=60, deadline=None)
@given(games())
def test_counts_are_those_of_looking_at_every_set(game):
    winning, swings, pivots = by_brute_force(
        len(game.votes), lambda chosen: reaches(game.votes, game.quota, chosen)
    )

    found = power(game)

    assert found.counts.winning == winning
    assert [member.swings for member in found.members] == swings
    assert [member.shapley_shubik for member in found.members] == pivots


def test_twelve_members_are_counted_as_by_looking_at_every_set():
    game = WeightedGame((20, 17, 11, 9, 9, 6, 5, 4, 3, 2, 1, 1), quota=59)
    winning, swings, pivots = by_brute_force(
        12, lambda chosen: reaches(game.votes, game.quota, chosen)
    )

    found = power(game)

    assert found.counts.winning == winning
    assert [member.swings for member in found.members] == swings
    assert [member.shapley_shubik for member in found.members] == pivots


@settings(max_examples=60, deadline=None)
@given(games(members=14, most=40))
def test_the_dual_rule_swaps_preventing_and_initiating(game):
    dual = WeightedGame(game.votes, game.enough_to_block)

    here, there = power(game), power(dual)

    for one, other in zip(here.members, there.members, strict=True):
        assert (one.prevent, one.initiate) == (other.initiate, other.prevent)
        assert one.shapley_shubik == other.shapley_shubik
    assert here.counts.winning + there.counts.winning == 2 ** len(game.votes)


@settings(max_examples=60, deadline=None)
@given(games(members=14, most=40))
def test_power_grows_with_votes_and_sums_to_one(game):
    members = sorted(power(game).members, key=lambda member: member.votes)

    for less, more in pairwise(members):
        assert less.swings <= more.swings
        assert less.shapley_shubik <= more.shapley_shubik
        if less.votes == more.votes:
            assert less == more
    assert all(member.swings == 0 for member in members if member.votes == 0)
    assert sum(member.banzhaf for member in members) == 1
    assert sum(member.shapley_shubik for member in members) == 1


@settings(max_examples=60, deadline=None)
@given(games(members=14, most=40))
def test_absolute_banzhaf_is_the_harmonic_mean_of_preventing_and_initiating(game):
    for member in power(game).members:
        if member.swings:
            mean = 2 / (1 / member.prevent + 1 / member.initiate)
            assert member.banzhaf_absolute == mean


@settings(max_examples=40, deadline=None)
@given(games(members=12, most=30))
def test_the_integral_agrees_with_the_exact_shares_of_orderings(game):
    votes = sorted(each for each in game.votes if each)

    exact, near = shapley_shubik(game), _by_integral(votes, game.quota)

    assert {w: near[w] for w in near} == pytest.approx(
        {w: float(exact[w]) for w in near}, abs=1e-13
    )


def test_the_short_integral_is_as_good_as_the_one_that_is_exact_by_degree():
    votes = sorted(register_2017()[::2])
    quota = 2 * sum(votes) // 3

    short, full = _by_integral(votes, quota), _quadrature(votes, quota, 98)

    assert max(abs(short[w] / full[w] - 1) for w in full) < 1e-12


def test_votes_in_thousands_or_in_ones_give_the_same_power():
    small, large = WeightedGame((3, 2, 2), 4), WeightedGame((3000, 2000, 2000), 4000)

    shares = [[member.banzhaf for member in power(game).members] for game in (small, large)]

    assert shares[0] == shares[1]


def test_a_single_member_decides_everything():
    only = power(WeightedGame((7,), quota=7)).members[0]

    assert (only.banzhaf, only.prevent, only.initiate, only.shapley_shubik) == (1, 1, 1, 1)


def test_a_thousand_members_with_one_vote_are_counted_exactly():
    found = power(WeightedGame((1,) * 1001, quota=501))

    assert found.counts.winning == 2**1000
    assert found.members[0].shapley_shubik == Fraction(1, 1001)


@pytest.mark.parametrize(
    ("votes", "quota", "refusal"),
    [
        ((), 1, NoMembers),
        ((3, -1), 1, NegativeVotes),
        ((0, 0), 1, NoVotes),
        ((3, float("nan")), 1, VotesNotWhole),
        ((3, 1.5), 1, VotesNotWhole),
        ((3, "2"), 1, VotesNotWhole),
        ((3, 1), 0, QuotaOutOfRange),
        ((3, 1), 5, QuotaOutOfRange),
    ],
)
def test_an_impossible_vote_is_refused_with_a_remedy(votes, quota, refusal):
    with pytest.raises(refusal) as refused:
        WeightedGame(votes, quota)

    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("text", ["nan", "inf", "", "half", "1/0", "2/3/4", "++", "1e9"])
def test_a_quota_that_cannot_be_read_is_refused(text):
    with pytest.raises(QuotaUnreadable):
        quota_of(text, 100)


@pytest.mark.parametrize("text", ["0", "-5", "101", "3/2", "1/1+", "110%"])
def test_a_quota_that_nobody_can_reach_or_miss_is_refused(text):
    with pytest.raises(QuotaOutOfRange):
        quota_of(text, 100)


@pytest.mark.parametrize(
    ("text", "quota"),
    [("51", 51), ("1/2", 50), ("1/2+", 51), ("50+", 51), ("66,7%", 67), ("0,6", 60), (" 2/3 ", 67)],
)
def test_a_quota_is_read_as_the_statutes_write_it(text, quota):
    assert quota_of(text, 100) == quota


def test_a_hundred_thousand_members_are_refused_with_a_way_out():
    with pytest.raises(GameTooLarge, match="larger unit"):
        count_coalitions(WeightedGame((1, 2) * 50_000, quota=75_001))


@settings(max_examples=30, deadline=None)
@given(games(members=7), st.floats(0, 1))
def test_the_chance_to_pass_is_that_of_looking_at_every_set(game, support):
    found = chance_to_pass(game, support)

    def chance(p):
        total = 0.0
        for place in range(2 ** len(game.votes)):
            chosen = [place >> member & 1 for member in range(len(game.votes))]
            if reaches(game.votes, game.quota, chosen):
                total += p ** sum(chosen) * (1 - p) ** (len(chosen) - sum(chosen))
        return total

    assert found.given_support == pytest.approx(chance(support), abs=1e-12)
    assert found.coins == pytest.approx(chance(0.5), abs=1e-12)


def test_support_beyond_certainty_is_refused():
    with pytest.raises(SupportOutOfRange):
        chance_to_pass(WeightedGame((1, 1), 2), support=1.5)
