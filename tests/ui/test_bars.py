"""Periods as bars, and the words beside them."""

from datetime import date

import pytest
from django.utils import translation

from verband.core.period import Period
from verband.ui.components.bars import PeriodBar, PeriodColumn, as_bars, cap, spans
from verband.ui.components.words import Tag
from verband.ui.scale import EmptyScale, TimeScale

SCALE = TimeScale(date(2017, 1, 1), date(2018, 1, 1))
DAY = date(2017, 7, 2)


def drawn(start, until, day=DAY, **more):
    period = Period(*(date.fromisoformat(d) if d else None for d in (start, until)))
    bar = PeriodBar(period, **more)
    return [span.kind for span in spans(bar, SCALE, day)], cap(bar, SCALE, day)


def test_a_running_period_is_solid_until_the_day_and_pale_after_it():
    assert drawn("2017-02-01", "2018-06-01")[0] == ["c-cur", "c-rest"]


def test_an_end_within_six_months_gets_an_ochre_cap():
    assert drawn("2017-02-01", "2017-12-31")[1] == "99.73%"
    assert drawn("2017-02-01", "2017-12-31", day=date(2017, 6, 30))[1] == ""


def test_a_period_that_ended_is_hatched_on_its_first_day_after():
    assert drawn("2017-02-01", "2017-07-02") == (["c-past"], "")
    assert drawn("2017-02-01", "2017-07-03")[0] == ["c-cur", "c-rest"]


def test_a_period_that_has_not_begun_is_dashed():
    assert drawn("2017-07-03", None)[0] == ["c-fut"]


def test_a_period_without_end_fades():
    assert drawn("2017-02-01", None)[0] == ["c-cur", "c-open"]


def test_an_empty_seat_is_dotted():
    assert drawn("2017-02-01", "2017-12-31", empty=True) == (["c-gapr"], "")


def test_a_period_off_the_scale_is_not_drawn():
    assert drawn("2015-02-01", "2016-01-01") == ([], "")
    assert drawn("2018-02-01", None) == ([], "")


def test_a_period_of_unknown_beginning_starts_at_the_edge():
    assert spans(PeriodBar(Period(None, date(2017, 7, 2))), SCALE, DAY)[0].x == "0.00%"


def test_the_bar_is_also_told_in_words():
    bar = PeriodBar(Period(date(2017, 3, 1), date(2018, 3, 1)), review=date(2017, 12, 1))

    with translation.override("nl"):
        html = PeriodColumn(SCALE, DAY, (bar,)).show()

    assert "1 mrt 2017 – 1 mrt 2018; toets 1 dec 2017" in html
    assert 'aria-hidden="true"' in html


def test_coordinates_keep_their_point_in_dutch():
    with translation.override("nl"):
        html = PeriodColumn(SCALE, DAY, as_bars(Period(date(2017, 2, 1), None))).show()

    assert 'x="8.49%"' in html


def test_what_is_no_period_is_no_bar():
    with pytest.raises(TypeError):
        as_bars(3)


def test_a_scale_that_ends_before_it_begins_is_refused():
    with pytest.raises(EmptyScale):
        TimeScale(date(2018, 1, 1), date(2018, 1, 1))


def test_a_scale_around_a_day_is_no_wider_than_asked():
    far = [Period(date(1990, 1, 1), date(2050, 1, 1))]

    assert TimeScale.around(DAY, far) == TimeScale(date(2014, 1, 1), date(2020, 1, 1))
    assert TimeScale.around(DAY) == TimeScale(date(2017, 1, 1), date(2018, 1, 1))


def test_many_years_are_thinned():
    labels = [t.label for t in TimeScale(date(1950, 1, 1), date(2050, 1, 1)).years(8) if t.label]

    assert len(labels) <= 8
    assert labels[0] == "1950"


@pytest.mark.parametrize(
    ("start", "until", "words", "state"),
    [
        ("2017-01-01", None, "loopt", "now"),
        ("2017-01-01", "2019-01-01", "loopt", "now"),
        ("2017-01-01", "2017-12-31", "eindigt 31 dec 2017", "ending"),
        ("2017-01-01", "2017-07-02", "geëindigd 2 jul 2017", "past"),
        ("2017-07-03", None, "begint 3 jul 2017", "future"),
    ],
)
def test_the_state_of_a_period_in_a_word(start, until, words, state):
    period = Period(date.fromisoformat(start), date.fromisoformat(until) if until else None)

    with translation.override("nl"):
        assert Tag.of(period, DAY) == Tag(words, state)
