"""Search: whole words, stems, beginnings, tails of compounds, slips, other days."""

from datetime import date, timedelta

import pytest

from verband.bodies.kinds import BodyKind, CoverKind, SeatRole
from verband.bodies.models import Body
from verband.bodies.use_cases import change_body, cover
from verband.kernel.announce import unannounced
from verband.members.models import Function, Organisation
from verband.members.use_cases import correct_organisation, end_office
from verband.people.models import Person
from verband.search.index import rebuild, sync
from verband.search.models import Entry, EntryKind
from verband.search.queries import found_on_other_days, search
from world import NOW, World, found

pytestmark = pytest.mark.django_db
DAY = date(2016, 1, 1)


@pytest.fixture
def world() -> World:
    """A register with a team, two municipalities and two officials; search in step."""
    made = found()
    tilburg = made.municipality("gm0855", name="Tilburg")
    sudwest = made.municipality("gm1900", name="Súdwest-Fryslân")
    made.official("alderman-tilburg", tilburg, Function.ALDERMAN)
    made.official("mayor-sudwest", sudwest, Function.MAYOR)
    team = made.body(
        "woningbouw",
        kind=BodyKind.EXPERTISE_TEAM,
        name="Woningbouwafspraken",
        purpose="Regionale afspraken over verstedelijking.",
    )
    made.do(cover, body=team, kind=CoverKind.TASK_FIELD, label="wonen", valid_from=None)
    seat = made.seat(team, role=SeatRole.SECRETARY)
    made.tenure(seat, Person.objects.get(key="mayor-sudwest"), date(2014, 1, 1))
    sync()
    return made


def keys(text: str, day: date = DAY, known: object = None) -> list[str]:
    models = {
        EntryKind.ORGANISATION: Organisation,
        EntryKind.BODY: Body,
        EntryKind.PERSON: Person,
    }
    hits = search(text, day, known).hits  # type: ignore[arg-type]
    return [models[hit.kind].objects.get(pk=hit.thing).key for hit in hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Tilburg", "gm0855"),
        ("tilb", "gm0855"),
        ("GM0855", "gm0855"),
        ("sudwest fryslan", "gm1900"),
        ("SÚDWEST", "gm1900"),
        ("wethouder Tilburg", "alderman-tilburg"),
        ("alderman tilburg", "alderman-tilburg"),
        ("burgemeester", "mayor-sudwest"),
        ("woningbouw", "woningbouw"),
        ("afspraken", "woningbouw"),
        ("afspraak", "woningbouw"),
        ("wonen", "woningbouw"),
        ("expertiseteam", "woningbouw"),
        ("secretaris woningbouwafspraken", "mayor-sudwest"),
    ],
)
def test_what_a_reader_types_finds_what_they_mean(world: World, text: str, first: str) -> None:
    assert keys(text)[0] == first


@pytest.mark.parametrize(
    ("typed", "read"), [("Tilbrug", "tilburg"), ("fryslann", "fryslan"), ("wethuoder", "wethouder")]
)
def test_a_slip_is_forgiven_and_told(world: World, typed: str, read: str) -> None:
    result = search(typed, DAY)

    assert result.hits
    assert read in result.read_as[typed.lower()]


def test_a_short_word_is_read_as_typed(world: World) -> None:
    assert search("tib", DAY).read_as == {}


@pytest.mark.parametrize("text", ["", " ", "!?", "'", "\\", ":*", "& |", "x" * 5000, "\u0000"])
def test_nothing_sensible_finds_nothing_and_breaks_nothing(world: World, text: str) -> None:
    assert search(text, DAY).hits == ()


def test_every_word_must_be_spoken_of(world: World) -> None:
    assert keys("wethouder Fryslân") == []


def test_words_may_stand_in_different_facts_of_one_person(world: World) -> None:
    assert keys("burgemeester secretaris") == ["mayor-sudwest"]


def test_who_left_office_is_not_found_there_any_more(world: World) -> None:
    fact = Person.objects.get(key="alderman-tilburg").offices.get().facts.get()
    world.do(end_office, fact=fact, day=DAY, reason="moved", now=NOW)
    sync()

    assert keys("wethouder tilburg", DAY) == []
    assert keys("wethouder tilburg", DAY - timedelta(days=1)) == ["alderman-tilburg"]
    assert found_on_other_days("wethouder tilburg") == 1


def test_a_correction_leaves_what_was_found_before_unchanged(world: World) -> None:
    fact = Organisation.objects.get(key="gm0855").facts.get()
    world.do(correct_organisation, fact=fact, name="Goirle", reason="misread", now=NOW)
    sync()

    before = NOW - timedelta(seconds=1)
    assert keys("goirle") == ["gm0855"]
    assert keys("goirle", known=before) == []
    assert keys("tilburg", known=before)[0] == "gm0855"


def test_a_change_is_found_right_after_its_commit(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    fact = Body.objects.get(key="woningbouw").facts.get()

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        world.do(change_body, fact=fact, day=DAY, name="Bouwen en wonen", now=NOW)

    assert keys("bouwen")[0] == "woningbouw"


def test_what_was_not_announced_is_taken_in_later(world: World) -> None:
    with unannounced():
        world.municipality("gm0002", name="Zwolle")
    assert keys("zwolle") == []

    sync()

    assert keys("zwolle") == ["gm0002"]


def test_taking_in_twice_changes_nothing(world: World) -> None:
    before = list(Entry.objects.order_by("pk").values())

    sync()

    assert list(Entry.objects.order_by("pk").values()) == before


def test_made_anew_it_finds_the_same(world: World) -> None:
    before = set(Entry.objects.values_list("fact_table", "fact", "names", "recorded_until"))

    rebuild()

    after = set(Entry.objects.values_list("fact_table", "fact", "names", "recorded_until"))
    assert after == before


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_takes_the_same_queries_for_few_and_many(
    world: World, count: int, client: object, django_assert_max_num_queries: object
) -> None:
    for number in range(count):
        world.municipality(f"gm5{number:03}", name=f"Zandvoort {number}")
    sync()

    with django_assert_max_num_queries(24):  # type: ignore[operator]
        response = client.get("/search/?q=zandvoort")  # type: ignore[attr-defined]

    assert response.status_code == 200
