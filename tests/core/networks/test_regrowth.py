"""Does something that was ended grow back under another name?"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.networks.register import Seat
from verband.core.networks.regrowth import Life, regrowths, trigrams
from verband.core.period import Period

DAY = date(2017, 10, 30)
END = date(2016, 1, 1)
OLD = Life("Subcommittee Decentralisation", Period(date(2012, 1, 1), END), "care and youth")
CROWD = [Seat(f"crowd{i}", "assembly") for i in range(300)]


def seats(life, people):
    return [Seat(person, life.body, life.period) for person in people]


def test_the_same_people_under_another_name_are_shown_with_who_returned():
    new = Life("Taskforce Transformation", Period(date(2016, 9, 1)), "new ways of working")

    (found,) = regrowths([OLD, new], seats(OLD, "abcdef") + seats(new, "abcdxyz") + CROWD, DAY)

    assert (found.ended, found.began, found.days) == (OLD.body, new.body, 244)
    assert found.returned == ("a", "b", "c", "d")
    assert found.people == Fraction(2, 3)
    assert found.p < 0.01
    assert found.because == ("people",)


def test_the_same_words_with_other_people_are_shown_too():
    new = Life("Committee Decentralisation", Period(date(2017, 1, 1)), "youth and care")

    (found,) = regrowths([OLD, new], seats(OLD, "abc") + seats(new, "xyz") + CROWD, DAY)

    assert found.because == ("words",)
    assert (found.people, found.p) == (0, 1.0)


def test_half_of_each_together_is_enough_and_nothing_alike_is_not():
    new = Life("Youth desk", Period(date(2017, 1, 1)), "youth and care")
    other = Life("Road safety", Period(date(2017, 1, 1)), "bridges")
    people = seats(OLD, "abcdefgh") + seats(new, "abcxyzuvw") + seats(other, "qrst") + CROWD

    (found,) = regrowths([OLD, new, other], people, DAY)

    assert (found.began, found.because) == (new.body, ("people_and_words",))
    assert Fraction(1, 4) <= found.people < Fraction(1, 2)
    assert Fraction(1, 4) <= found.words < Fraction(1, 2)


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        (date(2015, 6, 30), False),
        (date(2015, 7, 1), True),
        (date(2019, 1, 1), True),
        (date(2019, 1, 2), False),
    ],
)
def test_only_a_beginning_near_the_end_counts(start, shown):
    new = Life(f"{OLD.body} II", Period(start), OLD.text)
    people = seats(OLD, "abcd") + seats(new, "abcd") + CROWD

    assert bool(regrowths([OLD, new], people, date(2020, 1, 1))) == shown


def test_a_body_that_has_not_ended_or_not_begun_on_the_day_is_not_compared():
    new = Life("New", Period(date(2016, 9, 1)), OLD.text)
    people = seats(OLD, "abcd") + seats(new, "abcd") + CROWD

    assert regrowths([OLD, new], people, date(2015, 12, 31)) == []
    assert regrowths([OLD, new], people, date(2016, 8, 31)) == []
    assert len(regrowths([OLD, new], people, date(2016, 9, 1))) == 1


def test_bodies_that_ran_side_by_side_for_years_are_not_regrowth():
    beside = Life("Beside", Period(date(2010, 1, 1)), OLD.text)

    assert regrowths([OLD, beside], seats(OLD, "abc") + seats(beside, "abc") + CROWD, DAY) == []


def test_only_the_last_year_of_the_old_and_the_first_of_the_new_are_compared():
    new = Life("New", Period(date(2016, 2, 1)))
    early = [Seat(p, OLD.body, Period(date(2012, 1, 1), date(2014, 12, 31))) for p in "abcd"]
    late = [Seat(p, new.body, Period(date(2017, 2, 1))) for p in "efgh"]
    people = early + seats(OLD, "efgh") + seats(new, "abcd") + late + CROWD

    assert regrowths([OLD, new], people, DAY) == []


def test_sitting_together_where_everybody_sits_is_no_sign_of_regrowth():
    new = Life("New", Period(date(2016, 2, 1)), "bridges")

    assert regrowths([OLD, new], seats(OLD, "abcd") + seats(new, "abcd"), DAY) == []


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_of_words_ignores_order_and_case(first, second):
    swapped = trigrams(f"{second} {first}")

    assert trigrams(f"{first} {second}") == swapped
    assert trigrams("Jeugd en zorg") == trigrams("ZORG, en jeugd")


def test_a_body_without_people_or_words_is_like_nothing():
    empty = replace(OLD, body="?", text="")
    new = Life("!", Period(date(2016, 2, 1)))

    assert regrowths([empty, new], [], DAY) == []
