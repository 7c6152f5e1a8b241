"""What follows a merger: seats pass to the main successor, people must decide the rest."""

from datetime import date, timedelta

import pytest

from verband.bodies.kinds import BodyKind
from verband.bodies.models import Body, SeatFact, Tenure
from verband.bodies.use_cases import record_succession, seat_someone
from verband.bodies.use_cases.successions import Consequences
from verband.members.models import (
    Function,
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    SuccessionKind,
)
from verband.members.succession import Part
from world import NOW, World, found

pytestmark = pytest.mark.django_db
MERGER = date(2018, 1, 1)


@pytest.fixture
def world() -> World:
    return found()


@pytest.fixture
def network(world: World) -> Body:
    return world.body("g32", kind=BodyKind.MUNICIPAL_NETWORK)


def join(world: World, network: Body, town: Organisation) -> Tenure:
    tenure: Tenure = world.do(
        seat_someone, seat=world.seat(network), organisation=town, valid_from=date(2014, 1, 1)
    )
    return tenure


def merge(world: World, *parts: Part, now: object = NOW) -> Consequences:
    done: Consequences = world.do(record_succession, parts=parts, day=MERGER, now=now)
    return done


def merger(one: Organisation, other: Organisation, *, is_main: bool = True) -> Part:
    return Part(one, other, SuccessionKind.MERGER, ceases=True, is_main=is_main)


def in_network(network: Body, day: date) -> list[str]:
    rows = Tenure.objects.filter(seat__body=network).at(day).known(None)
    return sorted(row.organisation.key for row in rows.select_related("organisation"))


def test_name_membership_and_offices_end_on_the_day(world: World) -> None:
    town, new = world.municipality("gm0001"), world.municipality("gm0002", valid_from=MERGER)
    world.official("mayor", town, Function.MAYOR)

    merge(world, merger(town, new))

    for model, about in (
        (OrganisationFact, {"organisation": town}),
        (Membership, {"organisation": town}),
        (OfficeFact, {"office__organisation": town}),
    ):
        rows = model.objects.filter(**about).known(None)
        assert rows.at(MERGER - timedelta(days=1)).exists()
        assert not rows.at(MERGER).exists()


def test_the_successor_is_a_member_from_the_day(world: World) -> None:
    town = world.municipality("gm0001")
    new = world.municipality("gm0002", valid_from=MERGER)

    merge(world, merger(town, new))

    assert Membership.objects.filter(organisation=new).at(MERGER).known(None).count() == 1


def test_a_seat_in_a_network_passes_to_the_main_successor(world: World, network: Body) -> None:
    town, new = world.municipality("gm0001"), world.municipality("gm0002", valid_from=MERGER)
    join(world, network, town)

    done = merge(world, merger(town, new))

    assert in_network(network, MERGER - timedelta(days=1)) == ["gm0001"]
    assert in_network(network, MERGER) == ["gm0002"]
    assert [p.code for p in done.proposals] == ["confirm_network_membership"]


def test_a_successor_that_sits_there_already_gets_no_second_seat(
    world: World, network: Body
) -> None:
    small, large = world.municipality("gm0001"), world.municipality("gm0002")
    tenure = join(world, network, small)
    join(world, network, large)

    done = merge(world, merger(small, large))

    assert in_network(network, MERGER) == ["gm0002"]
    assert not SeatFact.objects.filter(seat=tenure.seat).at(MERGER).known(None).exists()
    assert done.passed_on == ()


def test_two_merging_members_of_a_network_keep_one_seat(world: World, network: Body) -> None:
    one, two = world.municipality("gm0001"), world.municipality("gm0002")
    new = world.municipality("gm0003", valid_from=MERGER)
    join(world, network, one)
    join(world, network, two)

    merge(world, merger(one, new), merger(two, new))

    assert in_network(network, MERGER) == ["gm0003"]


def test_without_a_main_successor_people_decide_about_the_seat(world: World, network: Body) -> None:
    town, one, two = (world.municipality(f"gm000{n}") for n in (1, 2, 3))
    join(world, network, town)

    done = merge(
        world,
        Part(town, one, SuccessionKind.SPLIT, ceases=True, is_main=False),
        Part(town, two, SuccessionKind.SPLIT, ceases=True, is_main=False),
    )

    assert in_network(network, MERGER) == []
    assert [p.code for p in done.proposals] == ["no_main_successor"]


def test_whoever_loses_the_office_but_holds_a_seat_is_put_to_people(world: World) -> None:
    town, new = world.municipality("gm0001"), world.municipality("gm0002", valid_from=MERGER)
    mayor = world.official("mayor", town, Function.MAYOR).office.person
    seat = world.seat(world.body("board"))
    world.tenure(seat, mayor, date(2014, 1, 1))

    done = merge(world, merger(town, new))

    assert [(p.code, p.tenure.seat_id) for p in done.proposals] == [("holder_lost_office", seat.pk)]
    assert Tenure.objects.filter(seat=seat).at(MERGER).known(None).exists()


def test_a_boundary_change_ends_nothing(world: World, network: Body) -> None:
    one, two = world.municipality("gm0001"), world.municipality("gm0002")
    join(world, network, one)

    done = merge(world, Part(one, two, SuccessionKind.BOUNDARY, ceases=False, is_main=False))

    assert in_network(network, MERGER) == ["gm0001"]
    assert (done.passed_on, done.ended, done.proposals) == ((), (), ())


def test_before_it_was_recorded_nobody_knew(world: World, network: Body) -> None:
    town, new = world.municipality("gm0001"), world.municipality("gm0002", valid_from=MERGER)
    join(world, network, town)

    merge(world, merger(town, new))

    before = NOW - timedelta(seconds=1)
    rows = Tenure.objects.filter(seat__body=network).at(MERGER).known(before)
    assert [row.organisation.key for row in rows.select_related("organisation")] == ["gm0001"]
