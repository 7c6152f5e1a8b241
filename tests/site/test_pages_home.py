"""The first page, for a visitor, an official and whoever keeps the register."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.council import Council, council
from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import Body
from verband.kernel import clock
from verband.members.models import Function, Organisation
from verband.people.models import Person, RoleKind
from verband.people.use_cases import give_role
from verband.site.queries.today import today_on
from world import NOW, TODAY, World, found

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def today(settings: object) -> None:
    """The demo day."""
    settings.VERBAND_TODAY = TODAY  # type: ignore[attr-defined]


@pytest.fixture
def world() -> World:
    """Two municipalities, one at a team that ends in March 2018 and at a lasting committee."""
    made = found()
    tilburg = made.municipality("gm0855", name="Tilburg")
    made.municipality("gm0228", name="Ede")
    anna = made.official("anna", tilburg, Function.ALDERMAN).office.person
    team = made.body(
        "klimaat",
        kind=BodyKind.EXPERTISE_TEAM,
        name="Klimaat",
        is_temporary=True,
        valid_from=date(2016, 3, 1),
        valid_until=date(2018, 3, 1),
    )
    chair = made.seat(team, role=SeatRole.CHAIR, valid_from=date(2016, 3, 1))
    made.tenure(chair, anna, date(2017, 9, 1), valid_until=date(2018, 3, 1))
    committee = made.body("financien", name="Financiën")
    made.tenure(made.seat(committee), anna, date(2015, 1, 1))
    return made


def read(client: Client, address: str = "/") -> str:
    """A page in English."""
    response = client.get(f"/en{address}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def sign_in(client: Client, world: World, key: str, role: RoleKind | None = None) -> None:
    """Somebody with an account, and a role where one is given."""
    person = Person.objects.filter(key=key).first() or world.person(key, summary=key)
    if role is not None:
        world.do(give_role, person=person, kind=role, valid_from=date(2014, 1, 1))
    client.force_login(world.account(person), BACKEND)


def test_a_visitor_reads_the_association_in_one_heading(world: World, client: Client) -> None:
    page = read(client)

    assert "<h1>2 municipalities at 2 tables; one ends within half a year</h1>" in page
    assert "4 months left" in page
    assert "Tables where" not in page


def test_a_register_that_is_empty_says_so(client: Client) -> None:
    page = read(client)

    assert "0 municipalities at 0 tables; nothing ends within half a year" in page
    assert "Nothing is entered in the register for this day yet." in page


def test_an_official_reads_the_tables_of_their_own_municipality(
    world: World, client: Client
) -> None:
    sign_in(client, world, "anna")

    page = read(client)

    assert "<h1>Tilburg sits at two tables; one ends within half a year</h1>" in page
    assert "Your seat as chair ends on 1 March 2018." in page
    assert "begins as chair in" in page


def test_a_table_that_ends_itself_ends_for_whoever_sits_there(world: World, client: Client) -> None:
    ben = world.official("ben", Organisation.objects.get(key="gm0228"), Function.MAYOR)
    team = Body.objects.get(key="klimaat")
    world.tenure(world.seat(team, valid_from=date(2016, 3, 1)), ben.office.person, TODAY)
    sign_in(client, world, "ben")

    assert "Ede sits at one table; one ends within half a year" in read(client)


def test_what_the_register_lacks_is_for_those_who_keep_it(world: World, client: Client) -> None:
    assert "goal not stated" not in read(client)
    sign_in(client, world, "keeper-two", RoleKind.REGISTRAR)

    page = read(client)

    assert "goal not stated" in page
    assert "ask attention</h1>" in page
    assert "end soon" in page
    assert "ends within 6 months" not in page


def test_another_day_has_its_own_answer(world: World, client: Client) -> None:
    assert "2 municipalities at 1 table;" in read(client, "/?on=2015-06-01")
    assert "2 municipalities at 1 table;" in read(client, "/?on=2018-03-01")


def test_knowledge_from_before_the_register_was_filled_knows_nothing(
    world: World, client: Client
) -> None:
    assert "0 municipalities at 0 tables" in read(client, "/?known=2013-01-01")


def test_today_as_it_was_known_is_no_other_day(world: World, client: Client) -> None:
    page = read(client, "/?known=2016-03-01")

    assert "You read today, 30 October 2017, with what was known earlier." in page
    assert "As it was known on 1 March 2016, without later corrections." in page
    assert "By that knowledge the association has 2 municipalities." in page
    assert re.search(r'href="/en/"[^>]*>To all that is known now<', page)
    assert "Then the association" not in page
    assert "Back to today" not in page
    assert "Compare with today" not in page


def test_a_past_day_leads_back_to_today(world: World, client: Client) -> None:
    page = read(client, "/?on=2016-03-01&known=2017-01-01")

    assert "You read the register of 1 March 2016." in page
    assert "As it was known on 1 January 2017, without later corrections." in page
    assert "Then the association had 2 municipalities." in page
    assert re.search(r'href="/en/"[^>]*>Back to today, 30 October 2017<', page)


def test_a_body_that_ends_on_the_last_day_of_the_half_year_ends_soon(world: World) -> None:
    assert [e.day for e in today_on(date(2017, 9, 1)).ending] == [date(2018, 3, 1)]
    assert today_on(date(2017, 8, 31)).ending == ()
    assert today_on(date(2018, 3, 1)).ending == ()


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_takes_the_same_queries_for_few_and_many(
    world: World, client: Client, count: int, django_assert_max_num_queries: object
) -> None:
    for number in range(count):
        body = world.body(f"b{number}", name=f"B {number}", valid_until=date(2018, 1, 1))
        world.tenure(world.seat(body), world.person(f"p{number}"), date(2017, 9, 9))

    with django_assert_max_num_queries(30):  # type: ignore[operator]
        read(client)


@pytest.mark.parametrize("count", [1, 12])
def test_an_official_takes_the_same_queries_for_few_and_many(
    world: World, client: Client, count: int, django_assert_max_num_queries: object
) -> None:
    anna = Person.objects.get(key="anna")
    for number in range(count):
        body = world.body(f"b{number}", name=f"B {number}")
        world.tenure(world.seat(body), anna, date(2017, 9, 9))
    sign_in(client, world, "anna")

    with django_assert_max_num_queries(50):  # type: ignore[operator]
        page = read(client)

    assert "Tables where Tilburg sits" in page


class TestAsked:
    """The first block: what is asked of whoever reads."""

    @pytest.fixture
    def made(self) -> Council:
        """An association that votes."""
        return council()

    @pytest.fixture(autouse=True)
    def afternoon(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """An hour after the votes opened."""
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))

    def read_as(self, client: Client, made: Council, who: str, address: str = "/") -> str:
        """The first page, read by an official."""
        client.force_login(made.accounts[who], BACKEND)
        return read(client, address)

    def test_an_alderman_reads_what_is_asked_and_until_when(
        self, made: Council, client: Client
    ) -> None:
        vote = made.opened("flash")

        page = self.read_as(client, made, "gm0363 alderman")

        assert "<h1>One thing is asked of gm0363 by the association</h1>" in page
        assert "Flash question of bestuur. One question, three answers." in page
        assert "3 days left" in page
        assert f'href="/en/consultations/{vote.key}/answer/"' in page

    def test_two_things_are_counted_in_words(self, made: Council, client: Client) -> None:
        made.opened("flash")
        vote = made.opened()

        page = self.read_as(client, made, "gm0363 secretary")

        assert "<h1>Two things are asked of gm0363 by the association</h1>" in page
        assert "gm0363 casts 75 votes. Nobody was named, so you vote as secretary." in page
        assert f'href="/en/consultations/{vote.key}/vote/?for=gm0363"' in page

    def test_the_heading_in_dutch(self, made: Council, client: Client) -> None:
        made.opened("flash")
        client.force_login(made.accounts["gm0363 alderman"], BACKEND)

        assert "Eén ding vraagt de vereniging van gm0363" in client.get("/").content.decode()

    def test_what_is_done_says_by_whom_and_asks_nothing(
        self, made: Council, client: Client
    ) -> None:
        vote = made.opened()
        made.cast(vote, 0, now=NOW)

        page = self.read_as(client, made, "gm0363 secretary")

        assert "is asked of" not in page.split("</h1>")[0]
        assert "Nothing is asked of you today." in page
        assert "You voted for gm0363:" in page
        assert "You can change that vote until closing." in page

    def test_an_official_of_whom_nothing_is_asked_reads_so(
        self, made: Council, client: Client
    ) -> None:
        made.opened()

        page = self.read_as(client, made, "gm0363 alderman")

        assert "Nothing is asked of you today." in page
        assert "gm0363 sits at no table" in page

    def test_a_visitor_and_another_day_ask_nothing(self, made: Council, client: Client) -> None:
        made.opened("flash")

        assert "Asked of you" not in read(client)
        page = self.read_as(client, made, "gm0363 alderman", "/?on=2017-10-29")
        assert "Asked of you" not in page

    def test_many_votes_take_the_queries_of_a_few(self, made: Council, client: Client) -> None:
        counts = []
        client.force_login(made.accounts["gm0363 secretary"], BACKEND)
        read(client)  # the first page of a session writes when it began
        for more in (1, 5):
            for _ in range(more):
                made.opened()
                made.opened("flash")
            with CaptureQueriesContext(connection) as caught:
                read(client)
            counts.append(len(caught))

        assert counts[0] == counts[1]
