"""The forms for mergers and splits: the consequences before, the questions after."""

from datetime import date
from types import SimpleNamespace

import pytest

from filling import Filling, typed, words_of
from verband.bodies.kinds import BodyKind
from verband.bodies.models import Tenure
from verband.bodies.use_cases import seat_someone
from verband.members.models import Function, Membership, Organisation, Succession
from verband.members.queries import members_on
from verband.members.use_cases import set_voting_key
from world import BEGIN, TODAY, found

pytestmark = pytest.mark.django_db(transaction=True)
MERGER = date(2018, 1, 1)
NEXT_YEAR = date(2018, 6, 1)


@pytest.fixture
def world(settings) -> SimpleNamespace:
    """Three municipalities, one in a network, an alderman with a seat, a voting key."""
    settings.VERBAND_TODAY = TODAY
    settings.VERBAND_SHELL = ""
    world = found()
    haren = world.municipality("gm0017", "Haren", inhabitants=19_000)
    tynaarlo = world.municipality("gm1730", "Tynaarlo", inhabitants=33_000)
    groningen = world.municipality("gm0014", "Groningen", inhabitants=200_000)
    world.do(
        set_voting_key,
        valid_from=BEGIN,
        per=1000,
        rounding="down",
        minimum=1,
        cap=None,
        article="art. 12",
    )
    network = world.body("regio", BodyKind.MUNICIPAL_NETWORK, name="Region")
    seat = world.seat(network)
    world.do(seat_someone, seat=seat, organisation=haren, valid_from=BEGIN)
    alderman = world.official("wethouder-haren", haren, Function.ALDERMAN).office.person
    team_seat = world.seat(world.body("team", name="Team"))
    held = world.tenure(team_seat, alderman, date(2016, 1, 1))
    return SimpleNamespace(
        register=world,
        keeper=world.keeper,
        haren=haren,
        tynaarlo=tynaarlo,
        groningen=groningen,
        seat=seat,
        held=held,
    )


def a_merger(world: SimpleNamespace, form: str = "record_succession", **data: str) -> Filling:
    filling = Filling(world.keeper, form)
    filling.data.update(
        day=typed(MERGER),
        kind="merger",
        predecessors="Haren",
        certainty="certain",
        source="Law of 2017",
    )
    if form == "record_succession":
        filling.data.update(successors="groningen", ceases="on")
    filling.data.update(data)
    return filling


def test_a_merger_tells_votes_seats_offices_and_what_people_must_decide(world):
    told = words_of(a_merger(world).sent())

    assert "Before: Haren, 19 votes. After: Groningen, 200 votes." in told
    assert "Haren as a member of the association" in told or "Haren is no longer a member" in told
    assert "Haren stops as member in Region" in told
    assert "Groningen begins as member in Region" in told
    assert "Groningen as member in Region: passed on by rule. Does the network agree?" in told
    assert "Alderman, Haren as member in Team: the office ends. Does the seat stay?" in told
    assert not Succession.objects.exists()


def test_a_recorded_merger_leads_to_the_questions_it_leaves(world):
    filling = a_merger(world)

    answer = filling.confirmed()
    page = filling.client.get(answer["Location"])

    assert answer["Location"] == "/en/organisations/gm0014/succession/2018-01-01/"
    assert "2 questions to decide" in words_of(page)
    passed = Tenure.objects.known(None).get(seat=world.seat, organisation=world.groningen)
    assert f'href="/en/tenures/{passed.pk}/withdraw/"' in page.content.decode()
    assert f'href="/en/tenures/{world.held.pk}/end/"' in page.content.decode()
    assert [m.fact.name for m in members_on(MERGER)] == ["Groningen", "Tynaarlo"]


def test_a_question_that_was_decided_is_no_longer_asked(world):
    filling = a_merger(world)
    address = filling.confirmed()["Location"]
    Filling(world.keeper, "end_tenure", world.held.pk).confirmed(
        day=typed(MERGER), reason="The office ended."
    )

    assert "1 question to decide" in words_of(filling.client.get(address))


def test_a_confirmed_seat_and_a_holder_who_stays_are_no_longer_asked_about(world):
    filling = a_merger(world)
    address = filling.confirmed()["Location"]
    passed = Tenure.objects.known(None).get(seat=world.seat, organisation=world.groningen)
    Filling(world.keeper, "correct_tenure", passed.pk).confirmed(
        organisation="gm0014", valid_from=typed(MERGER), decision="Region, 3 May", reason="Agreed."
    )
    Filling(world.keeper, "correct_tenure", world.held.pk).confirmed(
        person="wethouder-haren",
        valid_from=typed(date(2016, 1, 1)),
        holds_over="on",
        reason="Until a successor is there.",
    )

    assert "Nothing is left to decide" in words_of(filling.client.get(address))


def test_sent_twice_a_merger_is_recorded_once(world):
    filling = a_merger(world)

    filling.confirmed()
    filling.sent("confirm")

    assert Succession.objects.count() == 1


def test_a_merger_into_a_new_municipality_founds_it_with_the_sum_of_the_votes(world):
    filling = a_merger(
        world,
        "found_successor",
        predecessors="Haren\nGM1730",
        name="Haren en Tynaarlo",
        code="GM9999",
    )

    told = words_of(filling.sent())
    answer = filling.sent("confirm")

    assert "Haren, 19 votes; Tynaarlo, 33 votes. After: Haren en Tynaarlo, 52 votes." in told
    assert answer["Location"] == "/en/organisations/gm9999/succession/2018-01-01/"
    founded = Organisation.objects.get(key="gm9999")
    assert founded.kind == "municipality"
    assert Membership.objects.at(MERGER).known(None).filter(organisation=founded).exists()


def test_what_a_successor_needs_and_already_is_said_with_all_that_was_typed(world):
    answer = a_merger(world, "found_successor", name="Groningen", code="gm0014").sent()

    assert answer.status_code == 422
    assert "gm0014 is already in use. Choose another key." in words_of(answer)
    assert "Law of 2017" in answer.content.decode()


def test_names_that_fit_nothing_or_more_are_all_said_at_once(world):
    answer = a_merger(world, predecessors="Bedum\nHar\ngm").sent()

    told = words_of(answer)
    assert answer.status_code == 422
    assert "Nothing in the register fits “Bedum”." in told
    assert "\nBedum\nHar\ngm</textarea>" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"successors": "Haren"}, "Whoever goes on is no predecessor of itself."),
        ({"successors": "Groningen\nTynaarlo"}, "A merger has one successor."),
        ({"kind": "split"}, "A split has one predecessor and several successors."),
        (
            {"kind": "rename", "successors": "Groningen\nTynaarlo"},
            "Here one predecessor has one successor.",
        ),
        ({"kind": "boundary"}, "With a boundary change nobody ceases to exist."),
        ({"ceases": ""}, "Here the predecessors cease."),
        ({"main": "Tynaarlo"}, "The main successor is one of the successors."),
        ({"day": ""}, "Fill in a day, as 30-10-2017."),
        ({"day": "01-01-1813"}, "before 1 January 1813"),
        ({"predecessors": ""}, "This field is required."),
    ],
)
def test_what_does_not_belong_to_the_kind_is_refused(world, data, sentence):
    if data.get("day") == "01-01-1813":
        world.register.municipality("gm0018", "Leek", valid_from=date(2015, 1, 1))
        data = {**data, "predecessors": "Leek"}

    answer = a_merger(world, **data).sent()

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert not Succession.objects.exists()


def test_a_split_without_a_main_successor_asks_who_takes_the_seat(world):
    filling = a_merger(world, kind="split", successors="Groningen\nTynaarlo")

    told = words_of(filling.sent())
    page = filling.client.get(filling.sent("confirm")["Location"])

    assert "Haren as member in Region: nobody takes it over. Who does?" in told
    assert f'href="/en/seats/{world.seat.pk}/seat-someone/"' in page.content.decode()


def test_a_main_successor_of_a_split_takes_the_seat(world):
    a_merger(world, kind="split", successors="Groningen\nTynaarlo", main="Tynaarlo").confirmed()

    holder = Tenure.objects.at(NEXT_YEAR).known(None).get(seat=world.seat)
    assert holder.organisation == world.tynaarlo


def test_a_boundary_change_lets_everybody_go_on(world):
    a_merger(world, kind="boundary", ceases="").confirmed()

    assert len(members_on(MERGER)) == 3


def test_only_keepers_of_the_register_record_a_merger(world):
    official = world.register.account(world.held.person)

    for name in ("record_succession", "found_successor"):
        assert Filling(official, name).opened().status_code == 403
    page = Filling(official, "organisation", "gm0014").opened()
    assert "Record a merger" not in words_of(page)


@pytest.mark.parametrize("day", ["2018-01-02", "soon"])
def test_a_day_without_a_succession_has_no_questions(world, day):
    filling = a_merger(world)
    filling.confirmed()

    assert filling.client.get(f"/en/organisations/gm0014/succession/{day}/").status_code == 404
