"""Members, inhabitants and votes on a day: own figures, derived ones, incomplete ones."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from verband.bodies.use_cases import record_succession
from verband.members.models import Organisation, SuccessionKind
from verband.members.queries import Basis, inhabitants_on, members_on, names_on, sort_key
from verband.members.succession import (
    OneMainSuccessor,
    Part,
    PredecessorMissing,
    SuccessorMissing,
)
from verband.members.use_cases import (
    change_organisation,
    correct_population,
    enter_population,
    set_voting_key,
)
from world import NOW, World, found

pytestmark = pytest.mark.django_db
MERGER = date(2018, 1, 1)
KEY = {"per": 1000, "rounding": "down", "minimum": 1, "cap": 75, "article": "art. 9"}


@pytest.fixture
def world() -> World:
    made = found()
    made.do(set_voting_key, valid_from=None, **KEY)
    return made


def part(one: Organisation, other: Organisation, kind: str = "merger", **fields: bool) -> Part:
    fields = {"ceases": True, "is_main": True, **fields}
    return Part(one, other, SuccessionKind(kind), **fields)


def succeed(world: World, parts: Sequence[Part], day: date = MERGER) -> None:
    world.do(record_succession, parts=tuple(parts), day=day, now=NOW)


def votes_on(day: date) -> dict[str, int | None]:
    return {member.organisation.key: member.votes for member in members_on(day)}


@pytest.mark.parametrize(
    ("inhabitants", "votes"),
    [(0, 1), (941, 1), (1_000, 1), (1_999, 1), (2_000, 2), (75_999, 75), (844_947, 75)],
)
def test_votes_are_rounded_down_at_least_one_at_most_seventy_five(
    world: World, inhabitants: int, votes: int
) -> None:
    world.municipality("gm0001", inhabitants=inhabitants)

    assert votes_on(date(2017, 1, 1)) == {"gm0001": votes}


def test_the_latest_figure_on_or_before_the_day_applies(world: World) -> None:
    town = world.municipality("gm0001", inhabitants=5_000)
    figure = {"organisation": town, "source": "CBS", "inhabitants": 9_000}
    world.do(enter_population, reference_date=date(2016, 1, 1), **figure)

    assert votes_on(date(2015, 12, 31)) == {"gm0001": 5}
    assert votes_on(date(2016, 1, 1)) == {"gm0001": 9}


def test_a_corrected_figure_leaves_the_votes_known_before_unchanged(world: World) -> None:
    town = world.municipality("gm0001", inhabitants=5_000)
    figure = town.population_figures.get()
    world.do(correct_population, figure=figure, inhabitants=7_000, reason="misread", now=NOW)

    day = date(2016, 1, 1)
    assert [m.votes for m in members_on(day)] == [7]
    assert [m.votes for m in members_on(day, NOW - timedelta(seconds=1))] == [5]


def test_a_member_without_any_figure_has_no_known_votes(world: World) -> None:
    world.municipality("gm0001")

    (member,) = members_on(date(2016, 1, 1))

    assert (member.votes, member.inhabitants.basis) == (None, Basis.UNKNOWN)


def test_a_new_member_takes_the_sum_of_what_it_absorbed(world: World) -> None:
    one = world.municipality("gm0001", inhabitants=10_500)
    two = world.municipality("gm0002", inhabitants=20_500)
    new = world.municipality("gm0003", valid_from=MERGER)

    succeed(world, [part(one, new), part(two, new)])

    assert votes_on(MERGER - timedelta(days=1)) == {"gm0001": 10, "gm0002": 20}
    assert votes_on(MERGER) == {"gm0003": 31}
    derived = inhabitants_on([new.pk], MERGER)[new.pk]
    assert (derived.number, derived.basis) == (31_000, Basis.DERIVED)
    assert set(derived.parts) == {one.pk, two.pk}


def test_a_figure_of_its_own_ends_the_derivation(world: World) -> None:
    one = world.municipality("gm0001", inhabitants=10_500)
    new = world.municipality("gm0003", valid_from=MERGER)
    succeed(world, [part(one, new, "rename")])
    entered = {"organisation": new, "inhabitants": 12_000, "source": "CBS"}
    world.do(enter_population, reference_date=date(2019, 1, 1), **entered)

    assert inhabitants_on([new.pk], date(2018, 6, 1))[new.pk].basis == Basis.DERIVED
    assert inhabitants_on([new.pk], date(2019, 1, 1))[new.pk].basis == Basis.OWN


def test_part_of_a_divided_predecessor_is_unknown(world: World) -> None:
    whole = world.municipality("gm0001", inhabitants=10_000)
    divided = world.municipality("gm0002", inhabitants=6_000)
    new = world.municipality("gm0003", valid_from=MERGER)
    neighbour = world.municipality("gm0004", inhabitants=8_000)

    succeed(
        world,
        [
            part(whole, new),
            part(divided, new, "split"),
            part(divided, neighbour, "split", is_main=False),
        ],
    )

    found_ = inhabitants_on(None, MERGER)
    assert (found_[new.pk].number, found_[new.pk].basis) == (10_000, Basis.INCOMPLETE)
    assert (found_[neighbour.pk].number, found_[neighbour.pk].basis) == (8_000, Basis.OWN)


def test_a_member_that_only_has_unknown_parts_has_no_number(world: World) -> None:
    divided = world.municipality("gm0002", inhabitants=6_000)
    one = world.municipality("gm0003", valid_from=MERGER)
    two = world.municipality("gm0004", valid_from=MERGER)

    succeed(world, [part(divided, one, "split"), part(divided, two, "split", is_main=False)])

    assert votes_on(MERGER) == {"gm0003": None, "gm0004": None}


def test_a_member_that_absorbs_another_keeps_its_own_figure(world: World) -> None:
    large = world.municipality("gm0001", inhabitants=50_000)
    small = world.municipality("gm0002", inhabitants=5_000)

    succeed(world, [part(small, large)])

    assert votes_on(MERGER) == {"gm0001": 50}


def test_derivation_goes_back_through_several_mergers(world: World) -> None:
    one = world.municipality("gm0001", inhabitants=4_000)
    two = world.municipality("gm0002", valid_from=date(2015, 1, 1))
    three = world.municipality("gm0003", valid_from=MERGER)
    succeed(world, [part(one, two, "rename")], date(2015, 1, 1))

    succeed(world, [part(two, three)])

    assert votes_on(MERGER) == {"gm0003": 4}


def test_a_boundary_change_moves_no_votes(world: World) -> None:
    one = world.municipality("gm0001", inhabitants=4_000)
    two = world.municipality("gm0002", inhabitants=9_000)

    succeed(world, [part(one, two, "boundary", ceases=False, is_main=False)])

    assert votes_on(MERGER) == {"gm0001": 4, "gm0002": 9}


def test_who_takes_over_must_exist_on_the_day(world: World) -> None:
    one = world.municipality("gm0001")
    late = world.municipality("gm0002", valid_from=date(2019, 1, 1))

    with pytest.raises(SuccessorMissing):
        succeed(world, [part(one, late)])


def test_only_what_exists_can_be_succeeded(world: World) -> None:
    gone = world.municipality("gm0001", valid_until=date(2015, 1, 1))
    two = world.municipality("gm0002")

    with pytest.raises(PredecessorMissing):
        succeed(world, [part(gone, two)])


def test_a_predecessor_has_one_main_successor(world: World) -> None:
    one, two, three = (world.municipality(f"gm000{n}") for n in (1, 2, 3))

    with pytest.raises(OneMainSuccessor):
        succeed(world, [part(one, two, "split"), part(one, three, "split")])


def test_another_key_counts_from_its_own_day(world: World) -> None:
    world.municipality("gm0001", inhabitants=10_999)
    world.do(set_voting_key, valid_from=MERGER, **{**KEY, "rounding": "up", "per": 500})

    assert votes_on(MERGER - timedelta(days=1)) == {"gm0001": 10}
    assert votes_on(MERGER) == {"gm0001": 22}


def test_an_organisation_is_called_as_it_was_on_the_day(world: World) -> None:
    town = world.municipality("gm0001", name="Menaldumadeel")
    fact = town.facts.get()
    world.do(change_organisation, fact=fact, day=date(2011, 1, 1), name="Menameradiel", now=NOW)

    assert names_on([town.pk], date(2010, 12, 31))[town.pk].name == "Menaldumadeel"
    assert names_on([town.pk], date(2012, 1, 1))[town.pk].name == "Menameradiel"
    before = names_on([town.pk], date(2012, 1, 1), NOW - timedelta(seconds=1))
    assert before[town.pk].name == "Menaldumadeel"


def test_names_are_ordered_as_a_dutch_reader_looks_for_them() -> None:
    names = ["Zwolle", "'s-Gravenhage", "Fryslân", "Gouda", "'t Hof", "Ede"]

    ordered = sorted(names, key=sort_key)

    assert ordered == ["Ede", "Fryslân", "Gouda", "'s-Gravenhage", "'t Hof", "Zwolle"]


@pytest.mark.parametrize("count", [2, 12])
def test_the_members_of_a_day_take_four_queries(
    world: World, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        world.municipality(f"gm{number:04}", inhabitants=1_000 * number)

    with django_assert_num_queries(4):  # type: ignore[operator]
        members_on(date(2016, 1, 1))
