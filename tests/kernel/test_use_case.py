"""A use case: permission, one transaction, one audit line, one announcement."""

from datetime import date

import pytest

from verband.bodies.models import Body, TemporaryNeedsEnd
from verband.bodies.use_cases import set_up_body
from verband.kernel.announce import RegisterChanged, listens_to
from verband.kernel.audit import AuditLine
from verband.kernel.journal import content
from verband.kernel.permissions import FOUNDING, NotAllowed
from verband.members.models import Function, OrganisationFact
from verband.people.models import Role, RoleKind
from verband.people.use_cases import end_role, found_register, give_role
from world import NOW, World, found, noon

pytestmark = pytest.mark.django_db
TEAM = {"key": "team", "kind": "expertise_team", "name": "Team", "valid_from": date(2017, 1, 1)}
heard: list[RegisterChanged] = []


@pytest.fixture
def world() -> World:
    return found()


@listens_to(RegisterChanged)
def _hear(event: RegisterChanged) -> None:
    heard.append(event)


def test_one_use_case_writes_one_line_with_every_row_it_wrote(world: World) -> None:
    before = AuditLine.objects.count()

    body = world.do(set_up_body, now=NOW, **TEAM)

    line = AuditLine.objects.get(pk=AuditLine.objects.latest("pk").pk)
    assert AuditLine.objects.count() == before + 1
    assert line.use_case == "bodies.set_up_body"
    assert [row[0] for row in line.record["rows"]] == [
        "bodies_body",
        "bodies_bodyterm",
        "bodies_bodyfact",
    ]
    assert line.record["rows"][0][1] == body.pk
    assert f"bodies_body:{body.pk}" in line.subjects
    assert line.details["name"] == "Team"
    assert "Team" not in str(line.record)  # what was typed is sealed as a commitment only


def test_a_row_reads_the_same_before_writing_and_after_reading_back(world: World) -> None:
    fact = OrganisationFact(name="Appingedam", latitude="53.3", valid_from=date(2014, 1, 1))
    organisation = world.municipality(
        "gm0001", name="Appingedam", latitude="53.3", valid_from=date(2014, 1, 1)
    )

    read_back = content(organisation.facts.get())

    assert read_back["latitude"] == content(fact)["latitude"] == "53.30000"
    assert read_back["valid_from"] == content(fact)["valid_from"] == "2014-01-01"


def test_a_refusal_changes_nothing_and_writes_no_line(world: World) -> None:
    lines, bodies = AuditLine.objects.count(), Body.objects.count()

    with pytest.raises(TemporaryNeedsEnd):
        world.do(set_up_body, is_temporary=True, now=NOW, **TEAM)

    assert (AuditLine.objects.count(), Body.objects.count()) == (lines, bodies)


def test_a_preview_shows_the_changes_and_undoes_them(world: World) -> None:
    bodies = Body.objects.count()

    preview = set_up_body.preview(actor=world.keeper, now=NOW, **TEAM)

    assert [change.verb for change in preview.changes] == ["added"] * 3
    assert Body.objects.count() == bodies


def test_others_hear_after_the_commit(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    heard.clear()

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        world.do(set_up_body, now=NOW, **TEAM)
        assert heard == []

    assert [event.use_case for event in heard] == ["bodies.set_up_body"]


def test_authority_ends_with_the_role(world: World) -> None:
    person = world.person("registrar")
    account = world.account(person)
    role = world.do(give_role, person=person, kind=RoleKind.REGISTRAR, valid_from=date(2014, 1, 1))
    world.do(end_role, role=role, day=date(2017, 1, 1), now=noon(date(2016, 12, 1)))

    set_up_body(actor=account, now=noon(date(2016, 12, 31)), **TEAM)
    with pytest.raises(NotAllowed, match="registerbeheerder"):
        set_up_body(actor=account, now=noon(date(2017, 1, 1)), **{**TEAM, "key": "other"})


def test_a_blocked_account_has_no_authority(world: World) -> None:
    world.keeper.is_active = False
    world.keeper.save()

    with pytest.raises(NotAllowed):
        world.do(set_up_body, now=NOW, **TEAM)


def test_an_official_has_no_authority_over_bodies(world: World) -> None:
    town = world.municipality("gm0001")
    account = world.account(world.official("mayor", town, Function.MAYOR).office.person)

    with pytest.raises(NotAllowed):
        set_up_body(actor=account, now=NOW, **TEAM)


def test_a_register_is_founded_once(world: World) -> None:
    with pytest.raises(NotAllowed):
        found_register(
            actor=FOUNDING, now=NOW, email="other@verband.example", summary="", day=NOW.date()
        )

    assert Role.objects.count() == 1
