"""Which bodies share people, who links them, and what everyone carries."""

from datetime import date
from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.networks.overlap import at_least, interlocks, loads, overlaps
from verband.core.networks.register import Seat, incidence
from verband.core.period import Period

DAY = date(2017, 10, 30)
registers = st.lists(
    st.builds(Seat, person=st.sampled_from("abcdefg"), body=st.sampled_from(["x", "y", "z", "w"])),
    max_size=25,
)


@settings(max_examples=30, deadline=None)
@given(registers)
def test_overlaps_agree_with_comparing_sets(seats):
    people = {}
    for seat in seats:
        people.setdefault(seat.body, set()).add(seat.person)
    everybody = len({seat.person for seat in seats})

    found = {(one.first, one.second): one for one in overlaps(incidence(seats, DAY))}

    for first, second in combinations(sorted(people), 2):
        a, b = people[first], people[second]
        if not a & b:
            assert (first, second) not in found
            continue
        one = found.pop((first, second))
        assert one.jaccard == Fraction(len(a & b), len(a | b))
        assert one.coefficient == Fraction(len(a & b), min(len(a), len(b)))
        ways = sum(
            comb(len(a), x) * comb(everybody - len(a), len(b) - x)
            for x in range(len(a & b), len(b) + 1)
        )
        assert one.p == pytest.approx(ways / comb(everybody, len(b)))
    assert not found


def test_the_chance_agrees_with_counting_ways_in_a_large_register():
    generator = np.random.default_rng(1)
    first, second = generator.integers(2, 60, 60), generator.integers(2, 60, 60)
    shared = np.minimum(np.minimum(first, second), generator.integers(1, 8, 60))

    got = at_least(shared, first, second, 900)

    for c, a, b, chance in zip(*(x.tolist() for x in (shared, first, second, got)), strict=True):
        ways = sum(comb(a, x) * comb(900 - a, b - x) for x in range(c, min(a, b) + 1))
        assert chance == pytest.approx(float(Fraction(ways, comb(900, b))), rel=1e-9, abs=1e-15)


def test_a_seat_counts_from_its_first_day_until_the_day_before_its_last():
    term = Period(date(2017, 1, 1), date(2018, 1, 1))
    seats = [Seat("An", "board", term), Seat("An", "care", term), Seat("Bo", "care", term)]

    assert len(overlaps(incidence(seats, date(2017, 12, 31)))) == 1
    assert overlaps(incidence(seats, date(2018, 1, 1))) == []
    assert loads(seats, date(2016, 12, 31)) == []


def test_someone_with_two_seats_in_one_body_is_one_person_there():
    seats = [
        Seat("An", "board", hours=Fraction(3)),
        Seat("An", "board", hours=Fraction(1, 2)),
        Seat("An", "care"),
        Seat("Bo", "board"),
    ]

    heaviest, lightest = loads(seats, DAY)

    assert (heaviest.person, heaviest.seats, heaviest.hours) == ("An", 2, Fraction(7, 2))
    assert heaviest.unknown_hours == 1
    assert lightest.bodies == ("board",)
    assert [one.person for one in interlocks(seats, DAY)] == ["An"]


@settings(max_examples=30, deadline=None)
@given(registers)
def test_everyone_is_loaded_once_and_links_are_those_with_two_seats(seats):
    found = loads(seats, DAY)

    assert {(one.person, body) for one in found for body in one.bodies} == {
        (seat.person, seat.body) for seat in seats
    }
    assert interlocks(seats, DAY) == [one for one in found if one.seats >= 2]


def test_only_pairs_that_share_enough_are_listed():
    seats = [Seat(p, b) for b, people in {"x": "abc", "y": "abd", "z": "a"}.items() for p in people]

    assert [(one.first, one.second) for one in overlaps(incidence(seats, DAY), least_shared=2)] == [
        ("x", "y")
    ]
