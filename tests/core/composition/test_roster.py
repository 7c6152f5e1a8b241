"""The retirement roster."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.composition.problem import DoubleCandidate, OutOfRange, UnknownCandidate
from verband.core.composition.roster import Member, NobodyToRetire, RosterImpossible, roster

START = date(2018, 7, 1)


def made(members, **options):
    return roster(members, **{"first_day": START, "years": 4, "most_terms": 2, **options})


@given(st.integers(1, 17), st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_the_years_differ_by_at_most_one_member(number, years):
    lines = made([Member(f"m{i}") for i in range(number)], years=years)

    sizes = Counter(line.year for line in lines)
    assert sum(sizes.values()) == number
    assert max(sizes.values()) - min(sizes.get(y, 0) for y in range(1, years + 1)) <= 1


def test_a_province_is_spread_over_the_years():
    members = [Member(f"{p}{i}", group=p) for p in "AB" for i in range(4)]

    lines = made(members)

    for province in "AB":
        assert {line.year for line in lines if line.id.startswith(province)} == {1, 2, 3, 4}


def test_chair_and_deputy_go_in_different_years():
    members = [Member(id) for id in ("chair", "deputy", "x", "y")]

    for seed in ("1", "2", "3", "4", "5"):
        lines = {
            line.id: line.year
            for line in made(members, years=2, seed=seed, apart=[("chair", "deputy")])
        }
        assert lines["chair"] != lines["deputy"]


def test_nobody_stays_beyond_the_last_year():
    members = [Member("old", last_year=1), *(Member(f"m{i}") for i in range(7))]

    assert {line.id: line.year for line in made(members)}["old"] == 1


def test_a_leap_day_retires_on_the_last_day_of_february():
    lines = made([Member("a"), Member("b")], years=2, first_day=date(2020, 2, 29))

    assert [line.day for line in lines] == [date(2020, 2, 29), date(2021, 2, 28)]


def test_the_same_seed_gives_the_same_roster():
    members = [Member(f"m{i}") for i in range(9)]

    assert made(members, seed="a") == made(members[::-1], seed="a")
    assert any(made(members, seed="a") != made(members, seed=s) for s in "bcd")


@pytest.mark.parametrize(
    ("refusal", "members", "options"),
    [
        (NobodyToRetire, [], {}),
        (DoubleCandidate, [Member("a"), Member("a")], {}),
        (UnknownCandidate, [Member("a")], {"apart": [("a", "b")]}),
        (OutOfRange, [Member("a")], {"years": 0}),
        (OutOfRange, [Member("a", last_year=0)], {}),
        (RosterImpossible, [Member("a"), Member("b")], {"years": 1, "apart": [("a", "b")]}),
        (RosterImpossible, [Member(i, last_year=1) for i in "abc"], {}),
    ],
)
def test_a_roster_that_cannot_be_is_refused(refusal, members, options):
    with pytest.raises(refusal):
        made(members, **options)
