"""Who has an English name is called by it on English pages, wherever that name stands."""

from datetime import date

import pytest
from django.test import Client

from verband.bodies.kinds import CoverKind
from verband.bodies.use_cases import cover, seat_someone
from verband.members.models import Function, Organisation, OrganisationKind
from verband.members.use_cases import add_organisation, take_office
from verband.search.index import sync
from world import BEGIN, TODAY, World, found

pytestmark = pytest.mark.django_db
START = date(2015, 1, 1)
DUTCH, ENGLISH = "Ministerie van Algemene Zaken", "Ministry of General Affairs"


@pytest.fixture(autouse=True)
def today(settings) -> None:
    settings.VERBAND_TODAY = TODAY


@pytest.fixture
def ministry() -> Organisation:
    """A ministry that a table covers, that holds a seat there and where somebody works."""
    world: World = found()
    made: Organisation = world.do(
        add_organisation,
        key="ministerie-az",
        kind=OrganisationKind.MINISTRY,
        name=DUTCH,
        name_en=ENGLISH,
        valid_from=None,
    )
    table = world.body("tafel", name="Tafel", name_en="Table")
    world.do(cover, body=table, kind=CoverKind.MINISTRY, ministry=made, valid_from=BEGIN)
    seat = world.seat(table, on_behalf_of=made)
    world.do(seat_someone, seat=seat, organisation=made, valid_from=START)
    person = world.person("minister")
    office = {"organisation": made, "function": Function.MINISTER, "valid_from": START}
    world.do(take_office, person=person, **office)
    world.tenure(world.seat(table, on_behalf_of=made), person, START)
    sync()
    return made


@pytest.mark.parametrize(
    "address",
    [
        "/register/tafel/",
        "/organisations/ministerie-az/",
        "/people/minister/",
        "/register/",
        "/search/?q=algemene",
        "/changes/?from=01-01-2014&until=30-10-2017",
    ],
)
def test_a_ministry_has_its_english_name_on_english_pages(
    ministry: Organisation, client: Client, address: str
) -> None:
    dutch = client.get(address).content.decode()
    english = client.get(f"/en{address}").content.decode()

    assert DUTCH in dutch
    assert ENGLISH in english
    beside = {"/organisations/ministerie-az/": 1}  # the fact that says what it is called in Dutch
    assert english.count(DUTCH) == beside.get(address, 0)
