"""Of which day a page speaks."""

from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.utils import translation

from verband.ui.middleware import ReadingMiddleware
from verband.ui.reading import (
    BeforeTheRegister,
    Reading,
    TooFarAhead,
    UnreadableDay,
    parse_day,
    reading_of,
)

NOW = datetime(2017, 10, 30, 9, 30, tzinfo=UTC)
TODAY = date(2017, 10, 30)
BARE = {"VERBAND_SHELL": "", "VERBAND_TODAY": TODAY}


def test_without_a_day_the_register_of_today_is_read():
    reading = reading_of({}, NOW)

    assert (reading.day, reading.known, reading.query) == (TODAY, None, "")
    assert reading.changes_allowed


@pytest.mark.parametrize(
    "typed", ["01-03-2016", "1-3-2016", "2016-03-01", "01/03/2016", " 1-3-2016 "]
)
def test_a_day_is_read_in_dutch_and_in_iso_order(typed):
    assert reading_of({"on": typed}, NOW).day == date(2016, 3, 1)


@pytest.mark.parametrize(
    "typed", ["31-02-2017", "gisteren", "2017", "1-3-16", "03-2016", "1-3-2016-4", "²-3-2016", "--"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(UnreadableDay):
        parse_day(typed)


def test_a_day_before_the_register_is_refused():
    with pytest.raises(BeforeTheRegister):
        reading_of({"on": "31-12-2011"}, NOW)

    assert reading_of({"on": "01-01-2012"}, NOW).day == date(2012, 1, 1)


def test_a_day_of_another_century_is_refused():
    with pytest.raises(TooFarAhead):
        reading_of({"on": "01-01-2101"}, NOW)


def test_on_another_day_nothing_may_be_changed():
    past, future = reading_of({"on": "2016-03-01"}, NOW), reading_of({"on": "2018-05-01"}, NOW)

    assert past.is_past and not past.changes_allowed
    assert future.is_future and not future.changes_allowed


def test_knowledge_of_a_day_includes_that_whole_day_in_the_netherlands():
    reading = reading_of({"known": "2017-06-30"}, NOW)

    # Midnight in Amsterdam in summer is ten in the evening UTC.
    assert reading.known == datetime(2017, 6, 30, 22, tzinfo=UTC)
    assert reading.is_today and not reading.changes_allowed


def test_knowledge_of_an_instant_survives_a_plus_sign_that_was_not_escaped():
    reading = reading_of({"known": "2017-06-30T12:00:00 02:00"}, NOW)

    assert reading.known == datetime(2017, 6, 30, 10, tzinfo=UTC)


def test_an_instant_without_a_zone_is_read_in_the_zone_of_the_association():
    reading = reading_of({"known": "2017-06-30T12:00:30"}, NOW)

    assert reading.known == datetime(2017, 6, 30, 10, 0, 30, tzinfo=UTC)


def test_knowledge_of_today_is_all_we_know_now():
    assert reading_of({"known": "2017-10-30"}, NOW).known is None


def test_a_link_keeps_day_and_knowledge_and_reads_back_the_same():
    reading = reading_of({"on": "2016-03-01", "known": "2017-06-30"}, NOW)
    target = reading.link("/bodies/?kind=team")

    request = RequestFactory().get(target)

    assert request.GET["kind"] == "team"
    assert reading_of(request.GET, NOW) == reading


def test_a_link_that_names_a_day_keeps_its_own():
    reading = Reading(TODAY, NOW, date(2016, 3, 1))

    assert reading.link("/bodies/?on=2015-01-01") == "/bodies/?on=2015-01-01"
    assert reading.link("https://example.org/") == "https://example.org/"


def answer(address):
    """What the middleware answers, with a view that tells the day."""
    request = RequestFactory().get(address)

    def view(request):
        refused = middleware.process_view(request, None, (), {})
        return refused or HttpResponse(request.reading.day.isoformat())

    middleware = ReadingMiddleware(view)
    return middleware(request)


@override_settings(**BARE)
def test_the_day_is_read_once_and_put_on_the_request():
    response = answer("/?on=01-03-2016")

    assert response.content == b"2016-03-01"


@override_settings(**BARE)
def test_a_wrong_day_is_answered_with_what_to_write_and_what_was_typed():
    with translation.override("nl"):
        response = answer("/bodies/?kind=team&on=31-02-2016")

    assert response.status_code == 400
    text = response.content.decode()
    assert "Schrijf de dag als 30-10-2017." in text
    assert 'value="31-02-2016"' in text
    assert '<input type="hidden" name="kind" value="team">' in text


@override_settings(**BARE)
def test_what_was_typed_as_a_day_is_never_read_as_markup():
    text = answer("/?on=%3Cscript%3Ealert(1)%3C/script%3E").content.decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


@override_settings(**BARE)
def test_a_day_before_the_register_is_answered_with_its_first_day():
    with translation.override("nl"):
        response = answer("/?on=1-1-2000")

    assert response.status_code == 400
    assert (
        "Het register begint op 1 januari 2012. Kies een latere dag." in response.content.decode()
    )


@pytest.mark.parametrize("known", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_an_instant_outside_the_calendar_is_refused(known):
    with pytest.raises(UnreadableDay):
        reading_of({"known": known}, NOW)


@pytest.mark.parametrize("known", ["2017-03-26T02:30:00", "2016-10-30T02:30:00"])
def test_an_hour_that_the_clock_skips_or_repeats_is_an_instant(known):
    assert reading_of({"known": known}, NOW).known is not None


def test_a_year_with_a_slip_of_the_keyboard_is_no_day():
    with pytest.raises(UnreadableDay):
        parse_day("30-10-0017")
