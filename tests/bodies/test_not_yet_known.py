"""A page of an earlier knowledge that speaks of what was not known yet: told by its key."""

from datetime import date, timedelta

import pytest
from django.test import Client

from verband.bodies.kinds import BodyKind
from verband.bodies.models import Tenure
from verband.members.models import (
    Function,
    Office,
    OfficeFact,
    Organisation,
    Succession,
    SuccessionKind,
)
from world import RECORDED, TODAY, found

pytestmark = pytest.mark.django_db
EARLIER = RECORDED - timedelta(days=100)
KNOWN = f"on={TODAY}&known={EARLIER.date()}"
LONG_AGO = {"recorded_from": EARLIER - timedelta(days=1)}


@pytest.fixture
def world():
    made = found()
    made.recorded = EARLIER - timedelta(days=50)
    made.municipality("gm0855", "Tilburg", 200_000)
    body = made.body("p10", BodyKind.MUNICIPAL_NETWORK)
    seat, other = made.seat(body), made.seat(body)
    person = made.person("wethouder-ede")
    made.recorded = RECORDED
    ede = made.municipality("gm0228", "Ede")
    office = Office.objects.create(
        person=person, organisation=ede, function=Function.ALDERMAN, **LONG_AGO
    )
    OfficeFact.objects.create(office=office, valid_from=date(2013, 1, 1), **LONG_AGO)
    Tenure.objects.create(seat=seat, organisation=ede, valid_from=date(2013, 1, 1), **LONG_AGO)
    Tenure.objects.create(seat=other, person=person, valid_from=date(2013, 1, 1), **LONG_AGO)
    Succession.objects.create(
        predecessor=ede,
        successor=Organisation.objects.get(key="gm0855"),
        kind=SuccessionKind.BOUNDARY,
        ceases=False,
        is_main=False,
        valid_from=date(2013, 1, 1),
        **LONG_AGO,
    )
    return made


@pytest.mark.parametrize(
    "address",
    [
        "/people/wethouder-ede/?",
        "/organisations/gm0855/?",
        "/register/p10/?",
        "/register/?",
        "/members/?",
        "/changes/?from=2012-06-01&until=2014-01-01&",
        "/changes/?from=2012-06-01&until=2014-01-01&format=csv&table=changes&",
    ],
)
def test_an_organisation_that_was_not_known_yet_is_told_by_its_key(world, address):
    answer = Client().get(f"{address}{KNOWN}")
    assert answer.status_code == 200
    content = answer.content.decode()
    assert "Ede" not in content.replace("wethouder-ede", "")
    if address not in ("/register/?", "/members/?"):
        assert "gm0228" in content


def test_today_the_same_pages_tell_its_name(world):
    for address in ("/people/wethouder-ede/", "/organisations/gm0855/", "/register/p10/"):
        assert "Ede" in Client().get(f"{address}?on={TODAY}").content.decode()
