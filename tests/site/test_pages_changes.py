"""The page that tells what changed between two days."""

from datetime import date, timedelta

import pytest
from django.test import Client

from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import Tenure
from verband.bodies.use_cases import correct_tenure, end_tenure, prolong_body, record_succession
from verband.members.models import Function, Organisation, SuccessionKind
from verband.members.succession import Part
from verband.people.models import RoleKind
from verband.people.use_cases import give_role
from world import RECORDED, TODAY, World, found, noon

pytestmark = pytest.mark.django_db
HANDOVER = date(2017, 9, 1)


@pytest.fixture(autouse=True)
def today(settings: object) -> None:
    """The demo day, so that pages read the same every day."""
    settings.VERBAND_TODAY = TODAY  # type: ignore[attr-defined]


@pytest.fixture
def world() -> World:
    """A chair that passes from Tilburg to Ede on the first of September 2017."""
    made = found()
    team = made.body("klimaat", kind=BodyKind.EXPERTISE_TEAM, name="Klimaat", name_en="Climate")
    seat = made.seat(team, role=SeatRole.CHAIR)
    tilburg = made.municipality("gm0855", name="Tilburg", inhabitants=213_804)
    ede = made.municipality("gm0228", name="Ede", inhabitants=113_421)
    anna = made.official("anna", tilburg, Function.ALDERMAN).office.person
    ben = made.official("ben", ede, Function.MAYOR).office.person
    first = made.tenure(seat, anna, date(2015, 1, 1))
    made.do(end_tenure, tenure=first, day=HANDOVER, reason="", now=RECORDED + timedelta(days=1))
    made.tenure(seat, ben, HANDOVER)
    return made


def read(client: Client, address: str, status: int = 200) -> str:
    """A page in English."""
    response = client.get(f"/en{address}")
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def correct_ben(world: World) -> None:
    """The handover was a week later, as we know since October."""
    world.do(
        correct_tenure,
        tenure=Tenure.objects.known(None).get(person__key="ben"),
        valid_from=date(2017, 9, 8),
        reason="The minutes say the eighth.",
        now=noon(date(2017, 10, 2)),
    )


def sign_in(client: Client, world: World, key: str, role: RoleKind | None = None) -> None:
    """Somebody with an account, and a role where one is given."""
    person = world.person(key, summary=key)
    if role is not None:
        world.do(give_role, person=person, kind=role, valid_from=date(2014, 1, 1))
    client.force_login(world.account(person), "allauth.account.auth_backends.AuthenticationBackend")


def test_a_handover_is_one_change_from_old_to_new(world: World, client: Client) -> None:
    page = read(client, "/changes/")

    assert "chair: alderman, Tilburg → mayor, Ede" in page
    assert "1 September 2017" in page


def test_the_change_stays_whole_when_the_page_turns_between_its_two_parts(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verband.site.pages.changes.PER_PAGE", 1)

    first = read(client, "/changes/?from=2017-08-01")
    second = read(client, "/changes/?from=2017-08-01&page=2")

    assert "alderman, Tilburg → mayor, Ede" in first
    assert "mayor, Ede" not in second


def test_the_first_day_asked_is_left_out_and_the_last_day_counts(
    world: World, client: Client
) -> None:
    assert "→" not in read(client, "/changes/?from=2017-09-01&until=2017-10-01")
    assert "→" in read(client, "/changes/?from=2017-08-31&until=2017-09-01")


def test_a_municipality_that_is_followed_ends_and_says_by_whom(
    world: World, client: Client
) -> None:
    heir = world.municipality("gm9000", name="Nieuwland", valid_from=date(2018, 1, 1))
    world.do(
        record_succession,
        day=date(2018, 1, 1),
        parts=_merger(heir, "gm0228"),
        source="Staatsblad",
        now=noon(date(2017, 10, 1)),
    )

    page = read(client, "/changes/?from=2017-12-01&until=2018-02-01")

    assert "ends (merger) and is followed by" in page
    assert "Nieuwland" in page


def _merger(heir: Organisation, key: str) -> list[Part]:
    return [
        Part(
            predecessor=Organisation.objects.get(key=key),
            successor=heir,
            kind=SuccessionKind.MERGER,
            ceases=True,
            is_main=True,
        )
    ]


def test_a_prolonged_body_goes_on(world: World, client: Client) -> None:
    body = world.body(
        "tijdelijk",
        kind=BodyKind.EXPERTISE_TEAM,
        name="Tijdelijk",
        is_temporary=True,
        valid_from=date(2016, 10, 1),
        valid_until=date(2017, 10, 1),
    )
    world.do(
        prolong_body,
        term=body.terms.get(),
        until=date(2018, 10, 1),
        decision="2017-9",
        reason="Not done yet.",
        now=noon(date(2017, 9, 15)),
    )

    page = read(client, "/changes/?from=2018-09-01&until=2018-10-01")

    assert "Tijdelijk" in page
    assert "ends" in page


def test_a_correction_stands_apart_from_what_changed(world: World, client: Client) -> None:
    correct_ben(world)

    page = read(client, "/changes/")

    assert "from: 1 September 2017 → 8 September 2017" in page
    assert "1 correction" in page
    assert "known=2017-10-02T" in page


def test_a_correction_recorded_later_is_not_told_as_known_before(
    world: World, client: Client
) -> None:
    correct_ben(world)

    page = read(client, "/changes/?known=2017-10-01")

    assert "from: 1 September 2017" not in page
    assert "alderman, Tilburg → mayor, Ede" in page


@pytest.mark.parametrize("role", [RoleKind.AUDITOR, RoleKind.ADMINISTRATOR, RoleKind.REGISTRAR])
def test_whoever_keeps_or_audits_the_register_reads_the_reason(
    world: World, client: Client, role: RoleKind
) -> None:
    correct_ben(world)
    sign_in(client, world, "reader", role)

    assert "The minutes say the eighth." in read(client, "/changes/")


@pytest.mark.parametrize("role", [None, RoleKind.INTAKE])
def test_others_do_not_read_the_reason(world: World, client: Client, role: RoleKind | None) -> None:
    correct_ben(world)
    assert "The minutes say the eighth." not in read(client, "/changes/")
    sign_in(client, world, "reader", role)

    assert "The minutes say the eighth." not in read(client, "/changes/")


def test_a_second_day_before_the_first_is_refused_in_a_sentence_and_kept(
    world: World, client: Client
) -> None:
    page = read(client, "/changes/?from=1-2-2017&until=1-1-2017&on=2017-03-01", status=400)

    assert "Choose a day after 1 February 2017" in page
    assert 'value="1-2-2017"' in page
    assert 'value="1-1-2017"' in page
    assert 'name="on" value="2017-03-01"' in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("from=yesterday", "Write the day as 30-10-2017."),
        ("from=31-2-2017", "Write the day as 30-10-2017."),
        ("from=1-1-1900", "The register begins on 1 January 2012."),
        ("until=1-1-3000", "Choose a day before 1 January 2101."),
        ("until=31-12-9999", "Choose a day before 1 January 2101."),
        ("from=x&format=csv&table=changes", "Write the day as 30-10-2017."),
        ("until=0&from=0", "Write the day as 30-10-2017."),
    ],
)
def test_a_wrong_day_is_refused_in_a_sentence(
    world: World, client: Client, asked: str, sentence: str
) -> None:
    assert sentence in read(client, f"/changes/?{asked}", status=400)


def test_one_thing_tells_only_what_changed_there(world: World, client: Client) -> None:
    tilburg = Organisation.objects.get(key="gm0855")
    ben = Tenure.objects.known(None).get(person__key="ben").person

    at_tilburg = read(client, f"/changes/?thing=members_organisation:{tilburg.pk}")
    of_ben = read(client, f"/changes/?thing=people_person:{ben.pk}")

    assert "Nothing changed at Tilburg" in at_tilburg
    assert "begins as chair in" in of_ben


@pytest.mark.parametrize(
    "thing",
    ["x:1", "members_organisation:0", "members_organisation:99", "auth:x", ":", "a:" + "9" * 30],
)
def test_an_unknown_thing_is_not_found(world: World, client: Client, thing: str) -> None:
    read(client, f"/changes/?thing={thing}", status=404)


def test_the_changes_download_with_their_day(world: World, client: Client) -> None:
    text = read(client, "/changes/?format=csv&table=changes")

    assert "2017-09-01,Climate,chair: alderman, Tilburg" in text.replace('"', "")


def test_a_file_of_too_many_changes_is_refused_in_a_sentence(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verband.site.pages.changes.MOST_IN_FILE", 1)

    page = read(client, "/changes/?format=csv&table=changes", status=400)

    assert "A file holds at most 1 changes. Choose fewer days." in page


@pytest.mark.parametrize("count", [1, 15])
def test_the_page_takes_the_same_queries_for_few_and_many(
    world: World, client: Client, count: int, django_assert_max_num_queries: object
) -> None:
    body = Tenure.objects.known(None).get(person__key="ben").seat.body
    for number in range(count):
        person = world.person(f"p{number}")
        world.tenure(world.seat(body), person, date(2017, 8, 1) + timedelta(days=number))
    correct_ben(world)

    with django_assert_max_num_queries(36):  # type: ignore[operator]
        page = read(client, "/changes/")

    assert f"{count + 2} things changed" in page


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        ("2017-09-15", "from=15-09-2017&amp;until=30-10-2017"),
        ("2018-01-15", "from=30-10-2017&amp;until=15-01-2018"),
    ],
)
def test_another_day_is_compared_with_today(
    world: World, client: Client, day: str, asked: str
) -> None:
    assert f"/en/changes/?{asked}&amp;on={day}" in read(client, f"/register/?on={day}")


def test_two_times_are_explained_with_lasting_links(world: World, client: Client) -> None:
    correct_ben(world)

    page = read(client, "/as-known/?day=1-9-2017&seen=20-9-2017")

    assert "Every fact in this register has two times." in page
    assert "?on=2017-09-01&amp;known=2017-09-20" in page
    assert "from: 1 September 2017 → 8 September 2017" in page
    assert "Write the day as 30-10-2017." in read(client, "/as-known/?day=x", status=400)
