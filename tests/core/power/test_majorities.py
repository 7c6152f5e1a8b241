"""Double and triple majorities, against every set of members and against the register of 2017."""

from math import comb

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.power.games import NICE, by_brute_force, inhabitants_2017, reaches, register_2017
from verband.core.power.counting import count_coalitions
from verband.core.power.game import QuotaOutOfRange, WeightedGame
from verband.core.power.majorities import (
    Electorate,
    Majorities,
    NoMajorityAsked,
    PowerTooSmallToTell,
    UnitsDoNotFit,
    chance_of_disagreement,
    count_joint,
    joint_power,
    units_of,
)
from verband.core.power.tables import RuleTooLarge


@pytest.fixture(scope="module")
def association():
    votes = tuple(register_2017())
    return Electorate(votes, units_of(votes, inhabitants_2017(), 1000))


@st.composite
def joint_games(draw):
    """Bodies with a maximum of votes, with equal votes, and others: each has its own table."""
    votes = draw(st.lists(st.integers(0, 5), min_size=1, max_size=7))
    kind = draw(st.sampled_from(["maximum", "equal", "other"]))
    if kind == "equal":
        votes = [draw(st.integers(1, 3))] * len(votes)
    if kind == "maximum":
        units = [v + draw(st.integers(0, 6)) if v == max(votes) else v for v in votes]
    else:
        units = [draw(st.integers(0, 8)) for _ in votes]
    assume(any(votes) and any(units))
    body = Electorate(tuple(votes), tuple(units))
    quotas = [draw(st.none() | st.integers(1, total)) for total in body.totals]
    assume(quotas != [None, None, None])
    return body, Majorities(*quotas)


@settings(max_examples=120, deadline=None)
@given(joint_games())
def test_joint_rules_are_counted_as_by_looking_at_every_set(game):
    body, rule = game
    asked = (
        (weights, quota)
        for weights, quota in (
            (body.votes, rule.votes),
            (body.units, rule.units),
            ((1,) * len(body.votes), rule.members),
        )
        if quota is not None
    )
    needs = list(asked)
    winning, swings, pivots = by_brute_force(
        len(body.votes),
        lambda chosen: all(reaches(weights, quota, chosen) for weights, quota in needs),
    )

    (found,) = count_joint(body, [rule])
    members = joint_power(body, rule)

    assert found.winning == winning
    assert [member.swings for member in members] == swings
    assert [member.shapley_shubik for member in members] == pivots


def test_three_simple_majorities_in_the_association(association):
    votes, units, members = (total // 2 + 1 for total in association.totals)

    by_votes, by_units, by_members, by_all = count_joint(
        association,
        [
            Majorities(votes=votes),
            Majorities(units=units),
            Majorities(members=members),
            Majorities(votes, units, members),
        ],
    )

    assert by_votes.power_to_act == pytest.approx(0.5, abs=1e-12)
    assert by_units.power_to_act == pytest.approx(0.5, abs=1e-12)
    assert by_members.power_to_act == pytest.approx(0.4798, abs=5e-5)
    assert by_members.power_to_act == pytest.approx(
        sum(comb(388, size) for size in range(195, 389)) / 2**388, rel=1e-12
    )
    assert by_all.power_to_act == pytest.approx(0.3042, abs=6e-5)
    assert by_all.winning is None  # 388 members are beyond the exact range of these tables


def test_votes_and_inhabitants_point_different_ways_one_time_in_four(association):
    votes, units, members = (total // 2 + 1 for total in association.totals)

    by_inhabitants = chance_of_disagreement(association, votes, units)

    one, other, together = count_joint(
        association,
        [Majorities(votes=votes), Majorities(members=members), Majorities(votes, None, members)],
    )
    by_members = one.power_to_act + other.power_to_act - 2 * together.power_to_act
    assert by_inhabitants == pytest.approx(0.248, abs=5e-4)
    assert by_members == pytest.approx(0.181, abs=5e-4)


@pytest.mark.parametrize("share", [(1, 2), (3, 4)])
def test_a_joint_rule_of_votes_alone_gives_the_power_of_the_single_rule(association, share):
    quarter = Electorate(association.votes[::4], association.units[::4])
    quota = quarter.totals.votes * share[0] // share[1] + 1
    counts = count_coalitions(WeightedGame(quarter.votes, quota))

    members = joint_power(quarter, Majorities(votes=quota))

    for votes, member in zip(quarter.votes, members, strict=True):
        assert member.banzhaf_absolute == pytest.approx(float(counts.absolute(votes)), rel=1e-11)


def test_one_member_one_vote_beside_inhabitants(association):
    equal = Electorate((1,) * 388, association.units)
    quotas = [total // 2 + 1 for total in equal.totals]

    by_votes, by_members = count_joint(
        equal, [Majorities(quotas[0], quotas[1]), Majorities(None, quotas[1], quotas[2])]
    )
    (capped,) = count_joint(association, [Majorities(None, quotas[1], quotas[2])])

    assert by_votes.power_to_act == pytest.approx(by_members.power_to_act, rel=1e-12)
    assert by_members.power_to_act == pytest.approx(capped.power_to_act, rel=1e-12)


def test_the_power_of_thousands_of_kinds_of_members_is_refused():
    votes = tuple(range(1, 801))

    with pytest.raises(RuleTooLarge):
        joint_power(Electorate(votes, votes), Majorities(members=401, votes=1))


def test_votes_and_members_under_the_treaty_of_nice():
    body = Electorate(NICE, NICE)

    votes, both = count_joint(body, [Majorities(votes=255), Majorities(votes=255, members=14)])

    assert votes.winning == 2_718_774
    assert both.winning <= votes.winning


def test_power_that_drowns_in_rounding_is_refused(association):
    with pytest.raises(PowerTooSmallToTell, match="by votes alone"):
        joint_power(association, Majorities(votes=1200, members=20))


def test_a_member_without_votes_has_no_power_in_a_large_body_either():
    votes = (0,) + (1, 2, 3) * 20

    members = joint_power(Electorate(votes, votes), Majorities(votes=61))

    assert members[0].banzhaf_absolute == 0


def test_units_follow_the_rounding_of_the_votes():
    people = inhabitants_2017()

    for rounding in (lambda x: x // 1000, lambda x: (x + 500) // 1000, lambda x: -(-x // 1000)):
        votes = register_2017(rounding)
        units = units_of(votes, people, 1000)

        assert all(u == v for v, u in zip(votes, units, strict=True) if v < 75)
        assert all(u >= v for v, u in zip(votes, units, strict=True))


def test_a_rule_that_asks_nothing_is_refused():
    with pytest.raises(NoMajorityAsked):
        count_joint(Electorate((1, 1), (1, 1)), [Majorities()])


@pytest.mark.parametrize("rule", [Majorities(votes=3), Majorities(units=0), Majorities(members=9)])
def test_a_majority_out_of_reach_is_refused(rule):
    with pytest.raises(QuotaOutOfRange):
        count_joint(Electorate((1, 1), (1, 1)), [rule])


@pytest.mark.parametrize("units", [(1,), (1, -1), (1, 1.5), (1, 1, 1)])
def test_units_that_do_not_fit_are_refused(units):
    with pytest.raises(UnitsDoNotFit):
        Electorate((1, 1), units)


def test_exact_inhabitants_of_a_large_association_are_refused_with_a_way_out():
    votes, people = tuple(register_2017()), tuple(inhabitants_2017())

    with pytest.raises(RuleTooLarge, match="larger units"):
        count_joint(Electorate(votes, people), [Majorities(6411, sum(people) // 2 + 1)])
