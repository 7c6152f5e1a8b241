"""The days on which facts begin or end: counted now, read from the log for earlier knowledge."""

from collections import Counter
from datetime import date, timedelta

import pytest

from verband.bodies.models import Tenure
from verband.bodies.use_cases import correct_tenure, end_tenure, withdraw_tenure
from verband.core.period import Period
from verband.kernel import changing_days
from verband.kernel.changing_days import ChangingDays, fact_models
from verband.kernel.two_times import TwoTimesQuerySet
from world import World, found, noon

pytestmark = pytest.mark.django_db
FIRST = noon(date(2014, 1, 1))
STEPS = [FIRST + timedelta(days=30 * step) for step in range(6)]
NEVER = noon(date(2013, 1, 1))


@pytest.fixture
def world() -> World:
    """A seat whose tenures were recorded, ended, corrected and withdrawn, a month after another."""
    changing_days.PAST.log = None
    made = found()
    seat = made.seat(made.body("team"))
    made.recorded = STEPS[1]
    anna = made.tenure(seat, made.person("anna"), date(2014, 2, 1))
    first = made.do(end_tenure, tenure=anna, day=date(2014, 9, 1), reason="left", now=STEPS[2])
    made.recorded = STEPS[3]
    ben = made.tenure(seat, made.person("ben"), date(2014, 9, 1))
    made.do(withdraw_tenure, tenure=ben, reason="never so", now=STEPS[4])
    made.do(
        correct_tenure,
        tenure=first,
        reason="a slip",
        valid_from=date(2014, 3, 1),
        valid_until=date(2014, 9, 1),
        now=STEPS[5],
    )
    made.recorded = noon(date(2016, 1, 1))
    made.person("carl")
    return made


def counted(known: object) -> Counter[date]:
    """The same by the facts themselves."""
    facts = [f for m in fact_models() if m.ON_RIBBON for f in TwoTimesQuerySet(m).known(known)]  # type: ignore[arg-type]
    days = (day for fact in facts for day in (fact.valid_from, fact.valid_until))
    return Counter(day for day in days if day is not None)


def told(known: object) -> Counter[date]:
    """What the ribbon is told."""
    found = changing_days.changing_days(known)  # type: ignore[arg-type]
    one = timedelta(days=1)
    return Counter({day: found.between(Period(day, day + one)) for day in found.days})


def test_each_instant_has_the_days_that_were_known_then(world: World) -> None:
    for known in (None, NEVER, *STEPS, *(step - timedelta(microseconds=1) for step in STEPS)):
        assert told(known) == counted(known), known
    assert changing_days.PAST.log is not None


def test_what_is_recorded_now_about_earlier_knowledge_is_seen_at_once(world: World) -> None:
    before = told(STEPS[5])
    world.recorded = STEPS[2]
    world.body("late", valid_from=date(2014, 5, 5))
    assert told(STEPS[5]) == counted(STEPS[5]) != before


def test_the_log_is_read_anew_when_the_register_has_grown_a_month_beyond_it(world: World) -> None:
    told(STEPS[1])
    log = changing_days.PAST.log
    world.recorded = noon(date(2017, 1, 1))
    world.person("dora")
    assert told(STEPS[2]) == counted(STEPS[2])
    assert changing_days.PAST.log is log
    later = noon(date(2016, 6, 1))
    assert told(later) == counted(later)
    assert changing_days.PAST.log is not log


def test_a_part_of_the_changes_is_found_on_its_own_days() -> None:
    days = tuple(date(2017, 1, day) for day in (1, 2, 5, 9))
    found = ChangingDays(days, (0, 2, 5, 6, 10), {})
    january = Period(date(2017, 1, 1), date(2017, 2, 1))
    assert found.between(january) == 10
    assert found.between(Period(date(2017, 1, 2), date(2017, 1, 6))) == 4
    assert found.holding(january, slice(0, 4)) == (
        Period(date(2017, 1, 9), date(2017, 1, 10)),
        slice(0, 4),
    )
    assert found.holding(january, slice(4, 6)) == (
        Period(date(2017, 1, 2), date(2017, 1, 6)),
        slice(0, 2),
    )
    assert found.holding(january, slice(9, 50)) == (
        Period(date(2017, 1, 1), date(2017, 1, 2)),
        slice(1, 42),
    )
    assert found.holding(january, slice(10, 50))[1] == slice(0, 0)


def test_the_tenure_that_was_withdrawn_counts_until_then(world: World) -> None:
    assert Tenure.objects.known(None).count() == 1
    assert told(STEPS[3])[date(2014, 9, 1)] == 2
    assert told(STEPS[4])[date(2014, 9, 1)] == 1
