"""What changed on which day, over every kind of fact."""

from datetime import date, timedelta

import pytest

from verband.bodies.models import Tenure
from verband.bodies.use_cases import correct_tenure, end_tenure, withdraw_tenure
from verband.core.period import Period
from verband.kernel.changing_days import changing_days
from verband.kernel.history import (
    corrections,
    count_corrections,
    count_events,
    events,
)
from verband.people.models import Person
from world import NOW, RECORDED, World, found, noon

pytestmark = pytest.mark.django_db
HANDOVER = date(2016, 5, 1)
MAY = Period(date(2016, 5, 1), date(2016, 6, 1))


@pytest.fixture
def world() -> World:
    """A seat that passes from one person to another on the first of May 2016."""
    made = found()
    team = made.body("team")
    seat = made.seat(team)
    anna, ben = made.person("anna", "Anna"), made.person("ben", "Ben")
    first = made.tenure(seat, anna, date(2015, 1, 1))
    made.do(end_tenure, tenure=first, day=HANDOVER, reason="left", now=RECORDED + timedelta(days=1))
    made.tenure(seat, ben, HANDOVER)
    return made


def tenure_of(key: str) -> Tenure:
    """The tenure that the register now holds for true."""
    return Tenure.objects.known(None).get(person__key=key)


def test_an_ending_and_the_beginning_after_it_stand_together(world: World) -> None:
    found_events = events(MAY)

    assert [(e.table, e.begins) for e in found_events] == [
        ("bodies_tenure", False),
        ("bodies_tenure", True),
    ]
    assert {e.thing for e in found_events} == {tenure_of("ben").seat_id}


def test_the_first_day_counts_and_the_day_after_the_last_does_not(world: World) -> None:
    one = timedelta(days=1)

    assert count_events(Period(HANDOVER, HANDOVER + one)) == 2
    assert count_events(Period(HANDOVER - one, HANDOVER)) == 0


def test_what_was_recorded_later_is_not_told_as_known_before(world: World) -> None:
    assert count_events(MAY, known=RECORDED - timedelta(seconds=1)) == 0
    assert count_events(MAY, known=RECORDED + timedelta(days=2)) == 2


def test_events_of_one_thing_leave_out_the_others(world: World) -> None:
    anna, ben = (Person.objects.get(key=key) for key in ("anna", "ben"))

    assert [e.begins for e in events(MAY, thing=anna)] == [False]
    assert [e.begins for e in events(MAY, thing=ben)] == [True]
    assert count_events(MAY, thing=(anna, ben)) == 2
    assert events(MAY, thing=()) == []


def test_a_part_of_the_events_continues_where_the_part_before_stopped(world: World) -> None:
    whole = Period(date(2012, 1, 1), date(2017, 1, 1))
    every = events(whole)

    parts = [*events(whole, part=slice(0, 2)), *events(whole, part=slice(2, 100))]

    assert [(e.table, e.row.pk, e.begins) for e in parts] == [
        (e.table, e.row.pk, e.begins) for e in every
    ]
    assert len(every) == count_events(whole)


def test_a_correction_is_no_event_and_an_ending_is_no_correction(world: World) -> None:
    before = count_events(MAY)
    world.do(
        correct_tenure,
        tenure=tenure_of("ben"),
        valid_from=date(2016, 5, 9),
        reason="wrong day",
        now=noon(date(2017, 2, 1)),
    )

    (mended,) = corrections(noon(date(2012, 1, 1)), NOW)

    assert count_corrections(noon(date(2012, 1, 1)), NOW) == 1
    assert (mended.was.valid_from, mended.now and mended.now.valid_from) == (
        HANDOVER,
        date(2016, 5, 9),
    )
    assert count_events(MAY) == before


def test_a_withdrawn_fact_has_nothing_in_its_place(world: World) -> None:
    world.do(withdraw_tenure, tenure=tenure_of("ben"), reason="never", now=noon(date(2017, 2, 1)))

    (mended,) = corrections(noon(date(2017, 2, 1)), NOW)

    assert mended.now is None
    assert corrections(noon(date(2017, 2, 2)), NOW) == []


def test_the_ribbon_counts_each_day_once_and_forgets_nothing(world: World) -> None:
    day = Period(HANDOVER, HANDOVER + timedelta(days=1))
    assert changing_days(None).between(day) == 2
    assert HANDOVER not in changing_days(RECORDED - timedelta(seconds=1)).days


def test_a_part_of_the_events_takes_the_same_queries_for_few_and_many(
    world: World, django_assert_max_num_queries: object
) -> None:
    seat = tenure_of("ben").seat
    for number in range(12):
        other = world.seat(seat.body)
        world.tenure(other, world.person(f"p{number}"), date(2016, 5, 2))

    changing_days(None)
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        found_events = events(MAY)
        _ = [event.row.seat.body_id for event in found_events if event.table == "bodies_tenure"]

    assert len(found_events) == 14
