"""Values that the literature, or an exact count by other means, gives for known games."""

from fractions import Fraction

import pytest

from core.power.games import (
    COLLEGE_1970,
    COLLEGE_2000,
    EEC_1958,
    MADE_UP_388,
    NICE,
    SECURITY_COUNCIL,
    fingerprint,
    register_2017,
)
from verband.core.power.counting import count_coalitions
from verband.core.power.game import WeightedGame, quota_of
from verband.core.power.indices import power
from verband.core.power.orderings import shapley_shubik
from verband.core.power.passing import chance_to_pass


def test_luxembourg_had_no_power_in_the_eec_of_1958():
    found = power(WeightedGame(EEC_1958, quota=12))

    assert found.counts.winning == 14
    assert [member.swings for member in found.members] == [10, 10, 10, 6, 6, 0]
    assert found.members[0].banzhaf == Fraction(5, 21)
    assert found.members[3].banzhaf == Fraction(1, 7)
    assert found.members[0].shapley_shubik == Fraction(7, 30)
    assert found.members[3].shapley_shubik == Fraction(3, 20)
    assert found.members[5].shapley_shubik == 0


def test_the_permanent_five_hold_a_veto_in_the_security_council():
    found = power(WeightedGame(SECURITY_COUNCIL, quota=39))
    permanent, elected = found.members[0], found.members[-1]

    assert found.counts.winning == 848
    assert (permanent.swings, elected.swings) == (848, 84)
    assert sum(member.swings for member in found.members) == 5080
    assert permanent.prevent == 1
    assert permanent.banzhaf_absolute == Fraction(53, 1024)
    assert elected.banzhaf_absolute == Fraction(21, 4096)
    assert (permanent.banzhaf, elected.banzhaf) == (Fraction(106, 635), Fraction(21, 1270))
    assert permanent.shapley_shubik == Fraction(421, 2145)
    assert elected.shapley_shubik == Fraction(4, 2145)


def test_votes_alone_under_the_treaty_of_nice():
    found = power(WeightedGame(NICE, quota=255))
    by_votes = {member.votes: member for member in found.members}

    assert found.counts.winning == 2_718_774
    assert float(found.counts.power_to_act) == pytest.approx(0.020256, abs=5e-7)
    assert {votes: by_votes[votes].swings for votes in (29, 27, 14, 3)} == {
        29: 2_193_664,
        27: 2_091_380,
        14: 1_200_504,
        3: 265_568,
    }
    assert sum(member.swings for member in found.members) == 28_186_428
    assert float(by_votes[29].prevent) == pytest.approx(0.806858, abs=5e-7)
    assert float(by_votes[29].shapley_shubik) == pytest.approx(0.086738, abs=5e-7)


def test_california_in_the_electoral_college_after_the_census_of_2000():
    found = power(WeightedGame(COLLEGE_2000, quota=270))
    california, wyoming = found.members[0], found.members[-1]

    assert found.game.total == 538
    assert found.counts.winning == 1_117_371_186_219_798
    assert california.swings == 534_842_887_446_796
    assert float(california.banzhaf_absolute) == pytest.approx(0.475036, abs=5e-7)
    assert float(california.banzhaf) == pytest.approx(0.114021, abs=5e-7)
    assert float(california.shapley_shubik) == pytest.approx(0.110358, abs=5e-7)
    assert float(wyoming.banzhaf_absolute) == pytest.approx(0.022730, abs=5e-7)
    assert float(wyoming.banzhaf) == pytest.approx(0.005456, abs=5e-7)
    assert float(wyoming.shapley_shubik) == pytest.approx(0.005404, abs=5e-7)
    assert sum(member.shapley_shubik for member in found.members) == 1


def test_the_electoral_college_that_owen_studied_in_1975():
    found = power(WeightedGame(COLLEGE_1970, quota=270))

    assert float(found.members[0].banzhaf) == pytest.approx(0.088817, abs=5e-7)
    assert float(found.members[0].shapley_shubik) == pytest.approx(0.088310, abs=5e-7)
    assert float(found.members[-1].banzhaf) == pytest.approx(0.005477, abs=5e-7)
    assert float(found.members[-1].shapley_shubik) == pytest.approx(0.005413, abs=5e-7)


def test_388_made_up_members_by_simple_majority():
    found = power(WeightedGame(MADE_UP_388, quota=6524))
    largest = max(found.members, key=lambda member: member.votes)
    smallest = min(found.members, key=lambda member: member.votes)

    assert float(found.counts.power_to_act) == pytest.approx(0.499500865146, abs=5e-13)
    assert fingerprint(found.counts.winning) == "d9f78037d9a8ac42"
    assert fingerprint(largest.swings) == "dcb054dc1798d12b"
    assert float(largest.banzhaf_absolute) == pytest.approx(0.0750916098895, abs=5e-14)
    assert float(smallest.banzhaf_absolute) == pytest.approx(0.000998269708158, abs=5e-16)
    assert float(largest.banzhaf) == pytest.approx(0.00575715653982, abs=5e-15)
    assert float(smallest.banzhaf) == pytest.approx(7.65357805923e-05, rel=1e-11)
    assert largest.shapley_shubik == pytest.approx(0.00576048116879, rel=2e-12)
    assert smallest.shapley_shubik == pytest.approx(7.63714374941e-05, rel=2e-12)
    assert sum(member.shapley_shubik for member in found.members) == pytest.approx(1, abs=1e-12)


def test_388_made_up_members_by_two_thirds():
    found = power(WeightedGame(MADE_UP_388, quota=8698))
    largest = max(found.members, key=lambda member: member.votes)

    assert float(found.counts.power_to_act) == pytest.approx(1.62508513045e-08, rel=1e-11)
    assert fingerprint(found.counts.winning) == "49c39af6809d73b6"
    assert fingerprint(largest.swings) == "b2c673eb135ba87b"
    assert float(largest.banzhaf) == pytest.approx(0.00550208695734, rel=1e-11)
    assert largest.shapley_shubik == pytest.approx(0.00576048116879, rel=2e-12)


def test_a_simple_majority_of_the_association_passes_every_second_coin_toss_exactly():
    counts = count_coalitions(WeightedGame(tuple(register_2017()), quota=6411))

    assert counts.winning == 2**387  # an odd total: no ties
    assert fingerprint(counts.winning) == "b76fa5730b796a18"
    assert float(counts.absolute(75)) == pytest.approx(0.0777004322, abs=5e-11)
    assert float(counts.absolute(1)) == pytest.approx(0.001032735284, abs=5e-13)
    assert counts.prevent(75) == counts.initiate(75) == counts.absolute(75)


@pytest.mark.parametrize(
    ("quota", "coins", "any_support", "largest", "seven", "one"),
    [
        ("1/2+", 0.5, 0.500, 1.002, 0.999, 0.999),
        ("60%", 4.2e-4, 0.400, 0.983, 1.015, 1.015),
        ("2/3", 9.3e-9, 0.334, 0.949, 1.047, 1.048),
        ("3/4", 3.0e-18, 0.251, 0.877, 1.122, 1.124),
        ("0.9", 1.1e-51, 0.101, 0.652, 1.506, 1.527),
    ],
)
def test_a_higher_quota_gives_small_members_more_power(
    quota, coins, any_support, largest, seven, one
):
    votes = tuple(register_2017())
    game = WeightedGame(votes, quota_of(quota, sum(votes)))

    counts = count_coalitions(game)
    passing = chance_to_pass(game)

    every = sum(counts.swings[each] for each in votes)
    share = {w: counts.swings[w] / every / (w / game.total) for w in (75, 7, 1)}
    assert passing.coins == pytest.approx(coins, rel=0.03)
    assert passing.any_support == pytest.approx(any_support, abs=6e-4)
    assert share == pytest.approx({75: largest, 7: seven, 1: one}, abs=6e-4)


@pytest.mark.parametrize("quota", ["1/2+", "3/4"])
def test_shapley_shubik_cannot_show_a_qualified_majority(quota):
    votes = tuple(register_2017())

    found = shapley_shubik(WeightedGame(votes, quota_of(quota, sum(votes))))

    share = {w: found[w] * sum(votes) / w for w in (75, 7, 1)}
    assert share == pytest.approx({75: 1.0022, 7: 0.9969, 1: 0.9965}, abs=6e-5)
