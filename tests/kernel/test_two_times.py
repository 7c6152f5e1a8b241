"""The two times: what is true on a day, and what the register knew at an instant."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verband.bodies.models import Body, SeatTaken, Tenure
from verband.bodies.use_cases import (
    correct_tenure,
    end_tenure,
    seat_someone,
    withdraw_tenure,
)
from verband.core.errors import DomainError
from verband.core.period import EmptyPeriod
from verband.kernel.journal import OutsideUseCase
from verband.kernel.two_times import AlreadySuperseded, EndOutsidePeriod, record
from verband.people.models import Person
from world import NOW, World, found, noon

pytestmark = pytest.mark.django_db
HANDOVER = date(2016, 3, 1)


@pytest.fixture
def world() -> World:
    return found()


def holders(seat: object, day: date, known: datetime | None = None) -> list[str]:
    rows = Tenure.objects.filter(seat=seat).at(day).known(known)
    return sorted(row.person.key for row in rows.select_related("person"))


def test_handover_day_belongs_to_the_successor(world: World) -> None:
    seat = world.seat(world.body("board"))
    first, second = world.person("first"), world.person("second")
    world.tenure(seat, first, date(2014, 1, 1), valid_until=HANDOVER)
    world.tenure(seat, second, HANDOVER)

    assert holders(seat, HANDOVER - timedelta(days=1)) == ["first"]
    assert holders(seat, HANDOVER) == ["second"]


def test_a_seat_has_one_holder_on_a_day(world: World) -> None:
    seat = world.seat(world.body("board"))
    world.tenure(seat, world.person("first"), date(2014, 1, 1))

    with pytest.raises(SeatTaken):
        world.tenure(seat, world.person("second"), HANDOVER)


def test_an_ending_is_known_from_the_day_it_was_recorded(world: World) -> None:
    seat = world.seat(world.body("board"))
    tenure = world.tenure(seat, world.person("first"), date(2014, 1, 1))
    recorded = noon(date(2016, 2, 20))

    world.do(end_tenure, tenure=tenure, day=HANDOVER, reason="stepped down", now=recorded)

    assert holders(seat, HANDOVER) == []
    assert holders(seat, HANDOVER, recorded - timedelta(seconds=1)) == ["first"]
    assert holders(seat, HANDOVER, recorded) == []


def test_a_correction_leaves_what_was_known_before_unchanged(world: World) -> None:
    seat = world.seat(world.body("board"))
    tenure = world.tenure(seat, world.person("first"), date(2014, 1, 1))

    world.do(
        correct_tenure,
        tenure=tenure,
        valid_from=date(2014, 2, 1),
        reason="misread",
        now=NOW,
    )

    january = date(2014, 1, 15)
    assert holders(seat, january, NOW - timedelta(seconds=1)) == ["first"]
    assert holders(seat, january) == []
    assert Tenure.objects.known(None).get().replaces_id == tenure.pk


def test_a_withdrawn_fact_was_never_so(world: World) -> None:
    seat = world.seat(world.body("board"))
    tenure = world.tenure(seat, world.person("first"), date(2014, 1, 1))

    world.do(withdraw_tenure, tenure=tenure, reason="mistaken identity", now=NOW)

    assert holders(seat, date(2015, 1, 1)) == []
    assert holders(seat, date(2015, 1, 1), NOW - timedelta(seconds=1)) == ["first"]


def test_two_people_who_change_one_fact_are_told_so(world: World) -> None:
    seat = world.seat(world.body("board"))
    tenure = world.tenure(seat, world.person("first"), date(2014, 1, 1))
    in_the_other_tab = Tenure.objects.get(pk=tenure.pk)
    world.do(end_tenure, tenure=tenure, day=HANDOVER, reason="stepped down", now=NOW)

    with pytest.raises(AlreadySuperseded):
        world.do(end_tenure, tenure=in_the_other_tab, day=HANDOVER, reason="again", now=NOW)


@pytest.mark.parametrize("day", [date(2013, 12, 31), date(2014, 1, 1), date(2018, 1, 1)])
def test_a_fact_ends_within_its_own_period(world: World, day: date) -> None:
    seat = world.seat(world.body("board"))
    period = {"valid_until": date(2017, 1, 1)}
    tenure = world.tenure(seat, world.person("first"), date(2014, 1, 1), **period)

    with pytest.raises(EndOutsidePeriod):
        world.do(end_tenure, tenure=tenure, day=day, reason="stepped down", now=NOW)


def test_an_end_before_the_start_is_refused_in_a_sentence(world: World) -> None:
    seat = world.seat(world.body("board"))
    person = world.person("first")

    with pytest.raises(EmptyPeriod, match="must lie after the start"):
        world.tenure(seat, person, HANDOVER, valid_until=HANDOVER)


def test_nothing_is_written_outside_a_use_case(world: World) -> None:
    seat = world.seat(world.body("board"))
    stray = Tenure(seat=seat, person=world.person("first"), valid_from=HANDOVER)

    with pytest.raises(OutsideUseCase):
        record(stray, now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bodies_tenure SET valid_until = '2015-01-01'",
        "UPDATE bodies_tenure SET recorded_until = now(), decision = 'other'",
        "DELETE FROM bodies_tenure",
        "UPDATE people_person SET key = 'other'",
        "UPDATE kernel_auditline SET actor = 'other'",
        "DELETE FROM kernel_auditline",
    ],
)
def test_the_database_itself_keeps_rows_as_they_were_written(world: World, statement: str) -> None:
    world.tenure(world.seat(world.body("board")), world.person("first"), date(2014, 1, 1))

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_row_is_superseded_once(world: World) -> None:
    seat = world.seat(world.body("board"))
    tenure = world.tenure(seat, world.person("first"), date(2014, 1, 1))
    world.do(end_tenure, tenure=tenure, day=HANDOVER, reason="stepped down", now=NOW)

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE bodies_tenure SET recorded_until = NULL WHERE id = %s", [tenure.pk])


DAYS = st.dates(date(2014, 1, 1), date(2017, 12, 31))
STEPS = st.lists(
    st.tuples(st.sampled_from(["seat", "end", "correct", "withdraw"]), DAYS, DAYS),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, probe=DAYS)
def test_what_was_known_at_an_instant_never_changes_afterwards(
    world: World, steps: list[tuple[str, date, date]], probe: date
) -> None:
    seat = world.seat(world.body(f"board-{Body.objects.count()}"))
    people = [world.person(f"p{number}-{seat.pk}") for number in range(3)]
    instant = datetime(2018, 1, 1, tzinfo=UTC)
    seen: list[tuple[datetime, list[str]]] = []
    for number, step in enumerate(steps):
        instant += timedelta(hours=1)
        attempt(world, seat, people[number % 3], step, instant)
        seen.append((instant, holders(seat, probe, instant)))
        assert len(seen[-1][1]) <= 1  # no seat has two holders on one day

    for at, known_then in seen:
        assert holders(seat, probe, at) == known_then
    assert holders(seat, probe) == seen[-1][1]


def attempt(
    world: World, seat: object, person: Person, step: tuple[str, date, date], instant: datetime
) -> None:
    verb, one, other = step
    tenure = Tenure.objects.filter(seat=seat).known(None).order_by("-pk").first()
    try:
        if verb == "seat":
            period = {"valid_from": min(one, other), "valid_until": max(one, other)}
            world.do(seat_someone, seat=seat, person=person, now=instant, **period)
        elif tenure is None:
            return
        elif verb == "end":
            world.do(end_tenure, tenure=tenure, day=one, reason="moved", now=instant)
        elif verb == "correct":
            period = {"valid_from": min(one, other), "valid_until": max(one, other)}
            world.do(correct_tenure, tenure=tenure, reason="misread", now=instant, **period)
        else:
            world.do(withdraw_tenure, tenure=tenure, reason="never", now=instant)
    except DomainError:
        return


@pytest.mark.django_db(transaction=True)
def test_of_twenty_writers_at_once_one_gets_the_seat() -> None:
    world = found()
    seat = world.seat(world.body("board"))
    people = [world.person(f"p{number}") for number in range(20)]
    start, refused, lock = threading.Barrier(20), [], threading.Lock()

    def write(person: Person) -> None:
        start.wait()
        try:
            world.do(seat_someone, seat=seat, person=person, valid_from=HANDOVER, now=NOW)
        except SeatTaken as refusal:
            with lock:
                refused.append(refusal)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(person,)) for person in people]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(refused) == 19
    assert len(holders(seat, HANDOVER)) == 1
