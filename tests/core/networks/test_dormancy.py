"""Which bodies are silent against their own rhythm."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import gammaln

from verband.core.networks.dormancy import (
    Activity,
    DormancyRefused,
    Prior,
    chance_of_silence,
    counted_days,
    dormancy,
    fit,
)
from verband.core.period import Period

DAY = date(2017, 10, 30)


def every(days, until, count=30):
    return tuple(until - timedelta(days=days * i) for i in range(count))


def one(activities, body, **options):
    return next(r for r in dormancy(activities, DAY, **options) if r.body == body)


WEEKLY = Activity("weekly", every(7, date(2017, 10, 23)))
YEARLY = Activity("yearly", every(365, date(2017, 1, 10), 6))
STOPPED = Activity("stopped", every(14, date(2017, 3, 1)))


def test_a_body_that_met_every_fortnight_sleeps_and_one_that_meets_yearly_does_not():
    found = {r.body: r for r in dormancy([WEEKLY, YEARLY, STOPPED], DAY)}

    assert {body: r.state for body, r in found.items()} == {
        "weekly": "active",
        "yearly": "active",
        "stopped": "possibly dormant",
    }
    assert found["stopped"].last == date(2017, 3, 1)
    assert found["stopped"].cadence == pytest.approx(14)
    assert found["stopped"].silent == (DAY - date(2017, 3, 1)).days
    assert found["yearly"].silent > 180


def test_half_a_year_of_silence_is_needed_however_busy_the_body_was():
    recent = Activity("recent", every(7, DAY - timedelta(days=180)))
    longer = Activity("longer", every(7, DAY - timedelta(days=181)))

    assert one([recent], "recent").chance < 0.001
    assert one([recent], "recent").state == "active"
    assert one([longer], "longer").state == "possibly dormant"


@pytest.mark.parametrize(
    ("mandate", "liaison", "state", "why"),
    [
        (None, True, "possibly dormant", ()),
        (DAY, True, "sunset", ("mandate_over",)),
        (DAY + timedelta(days=1), True, "possibly dormant", ()),
        (None, False, "sunset", ("no_liaison",)),
        (None, None, "possibly dormant", ()),
        (date(2017, 1, 1), False, "sunset", ("mandate_over", "no_liaison")),
    ],
)
def test_a_sleeping_body_is_ready_to_end_without_a_mandate_or_a_liaison(
    mandate, liaison, state, why
):
    body = Activity("x", STOPPED.events, mandate_until=mandate, liaison=liaison)

    found = one([body, WEEKLY], "x")

    assert (found.state, found.why_sunset) == (state, why)


def test_a_busy_body_whose_mandate_is_over_is_not_dormant_but_it_shows():
    body = Activity("x", WEEKLY.events, mandate_until=date(2017, 1, 1), liaison=False)

    found = one([body], "x")

    assert (found.state, found.mandate_is_over) == ("active", True)


def test_the_summer_and_the_formation_do_not_count_as_silence():
    silent = Period(date(2017, 3, 15), date(2017, 10, 26))

    assert one([STOPPED], "stopped").state == "possibly dormant"
    assert one([STOPPED], "stopped", silences=[silent]).state == "active"
    assert one([STOPPED], "stopped", silences=[silent]).silent == 18


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 40),
    st.integers(0, 40),
    st.lists(st.tuples(st.integers(-10, 50), st.integers(1, 30)), max_size=4),
)
def test_counted_days_agree_with_looking_at_every_day(start, length, spans):
    first = date(2017, 1, 1)
    silences = [Period(first + timedelta(days=a), first + timedelta(days=a + n)) for a, n in spans]
    begin = first + timedelta(days=start)

    counted = sum(
        not any(begin + timedelta(days=i) in silence for silence in silences) for i in range(length)
    )

    assert counted_days(begin, begin + timedelta(days=length), silences) == counted


def test_what_has_not_happened_yet_is_not_known_on_the_day():
    later = Activity("stopped", (*STOPPED.events, DAY + timedelta(days=1)))

    assert one([later], "stopped") == one([STOPPED], "stopped")


def test_only_bodies_that_exist_on_the_day_are_judged():
    ended = Activity("ended", STOPPED.events, Period(date(2016, 1, 1), DAY))
    coming = Activity("coming", (), Period(DAY + timedelta(days=1)))

    assert dormancy([ended, coming], DAY) == []


def test_a_body_that_never_did_anything_is_silent_since_it_began_or_unknown():
    since = Activity("since", (), Period(date(2012, 1, 1)))
    unknown = Activity("unknown", ())

    found = {r.body: r for r in dormancy([since, unknown, WEEKLY, STOPPED], DAY)}

    assert found["since"].state == "possibly dormant"
    assert found["since"].last is None
    assert (found["unknown"].state, found["unknown"].chance) == ("unknown", None)


def test_nobody_with_a_history_leaves_the_usual_prior():
    assert fit([(0, 0), (0, 400)]) == Prior(1.0, 91.0)
    assert dormancy([], DAY) == []


def test_the_chance_is_the_poisson_silence_under_the_gamma_posterior():
    prior = Prior(2.0, 60.0)
    shape, days = 2.0 + 12, 60.0 + 365

    def density(rate):
        logs = shape * np.log(days) + (shape - 1) * np.log(rate) - days * rate - gammaln(shape)
        return np.exp(logs)

    expected = quad(lambda rate: np.exp(-rate * 80) * density(rate), 1e-9, 1)[0]

    assert chance_of_silence(prior, 12, 365, 80) == pytest.approx(expected, rel=1e-6)


def test_the_prior_of_made_histories_is_found_back():
    generator = np.random.default_rng(2)
    rates = generator.gamma(3.0, 1 / 120.0, size=4000)
    days = generator.integers(200, 1500, size=4000)
    events = generator.poisson(rates * days)

    found = fit(list(zip(events.tolist(), days.tolist(), strict=True)))

    assert found.events == pytest.approx(3.0, rel=0.1)
    assert found.days == pytest.approx(120.0, rel=0.1)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 100), st.integers(0, 2000), st.integers(0, 2000), st.integers(1, 500))
def test_a_longer_silence_is_never_more_likely(events, days, silent, more):
    prior = Prior(1.5, 90.0)
    shorter, longer = (chance_of_silence(prior, events, days, d) for d in (silent, silent + more))

    assert 0 <= longer <= shorter <= 1
    assert chance_of_silence(prior, events, days, 0) == 1


@pytest.mark.parametrize(
    "options", [{"chance": Fraction(0)}, {"chance": Fraction(1)}, {"least_days": 0}]
)
def test_limits_without_meaning_are_refused(options):
    with pytest.raises(DormancyRefused):
        dormancy([WEEKLY], DAY, **options)


def test_with_a_known_start_every_event_counts_and_without_one_the_first_opens_the_history():
    events = every(30, date(2017, 9, 1), 10)
    known = Activity("known", events, Period(events[-1] - timedelta(days=30)))

    assert one([known], "known").events == 10
    assert one([known], "known").cadence == pytest.approx(30)
    assert one([Activity("unknown", events)], "unknown").events == 9
    assert one([Activity("unknown", events)], "unknown").cadence == pytest.approx(30)
