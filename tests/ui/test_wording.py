"""Days, periods and numbers in the reader's language."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils import translation

from verband.core.errors import DomainError
from verband.core.period import Period
from verband.core.voting.outcome import Line
from verband.ui import wording

DAY = date(2017, 10, 30)


class Late(DomainError):
    """A refusal with values of every kind."""

    code = "late"
    template = "%(who)s closed on %(day)s with %(votes)s votes, %(period)s."


def in_language(code, template, **values):
    with translation.override(code):
        return Template("{% load ui %}" + template).render(Context(values))


@pytest.mark.parametrize(
    ("template", "dutch", "english"),
    [
        ("{{ it|day }}", "30 oktober 2017", "30 October 2017"),
        ("{{ it|day_short }}", "30 okt 2017", "30 Oct 2017"),
        ("{{ it|until }}", "tot 30 oktober 2017", "until 30 October 2017"),
    ],
)
def test_a_day_in_two_languages(template, dutch, english):
    assert in_language("nl", template, it=DAY) == dutch
    assert in_language("en", template, it=DAY) == english


def test_numbers_and_shares_follow_the_language():
    assert in_language("nl", "{{ a|number }} {{ b|percent }}", a=12821, b=Fraction(762, 1000)) == (
        "12.821 76,2%"
    )
    assert in_language("en", "{{ a|number }} {{ b|percent }}", a=12821, b=0.762) == "12,821 76.2%"


def test_a_share_is_rounded_half_up_and_exactly():
    with translation.override("nl"):
        assert wording.percent(Fraction(1, 3), 2) == "33,33%"
        assert wording.percent(Fraction(5, 1000)) == "0,5%"
        assert wording.number(Fraction(5, 2), 0) == "3"
        assert wording.number(0.1 + 0.2, 2) == "0,30"


def test_the_end_of_a_period_is_the_first_day_that_no_longer_counts():
    year = Period(date(2017, 1, 1), date(2018, 1, 1))

    with translation.override("nl"):
        assert wording.until(year) == "tot 1 januari 2018"
        assert wording.period(year) == "1 jan 2017 – 1 jan 2018"


def test_open_periods_say_so():
    with translation.override("nl"):
        assert wording.period(Period(DAY, None)) == "30 okt 2017 – geen einde"
        assert wording.period(Period(None, DAY)) == "tot 30 okt 2017"
        assert wording.period(Period()) == "sinds voor het begin van het register"
        assert wording.until(Period(DAY, None)) == "geen einddatum"


def test_an_hour_is_told_in_the_zone_of_the_association():
    closes = datetime(2017, 11, 3, 11, tzinfo=UTC)

    with translation.override("nl"):
        assert wording.moment(closes) == "vr 3 nov 2017, 12.00 uur"
        assert wording.moment(closes, near=closes) == "vr 3 nov, 12.00 uur"
    with translation.override("en"):
        assert wording.moment(closes) == "Fri 3 Nov 2017, 12:00"


def test_durations_grow_from_days_to_years():
    with translation.override("nl"):
        words = [wording.duration(days) for days in (1, 4, 59, 120, 800)]

    assert words == ["1 dag", "4 dagen", "59 dagen", "3 maanden", "2 jaar"]


def test_a_refusal_speaks_the_readers_language():
    refusal = Late(who="Tilburg", day=DAY, votes=12821, period=Period(DAY, None))

    with translation.override("en"):
        assert wording.sentence(refusal) == (
            "Tilburg closed on 30 October 2017 with 12,821 votes, 30 Oct 2017 – no end."
        )


@pytest.mark.parametrize(
    ("members", "dutch", "english"),
    [
        (1, "Geen stem: 1 lid met 1 stem.", "No ballot: 1 member with 1 vote."),
        (2, "Geen stem: 2 leden met 2 stemmen.", "No ballot: 2 members with 2 votes."),
        (0, "Geen stem: 0 leden met 0 stemmen.", "No ballot: 0 members with 0 votes."),
    ],
)
def test_one_member_is_told_as_one_in_the_reckoning(members: int, dutch: str, english: str) -> None:
    line = Line("silent", {"members": members, "votes": members})

    for code, words in (("nl", dutch), ("en", english)):
        with translation.override(code):
            assert line.say(translation.gettext) == words
