"""Organisations, membership, offices: what may be done, and every refusal."""

from datetime import date, timedelta
from typing import Any

import pytest

from verband.core.errors import DomainError
from verband.core.voting.keys import CapBelowMinimum, NotAWholeNumber, UnknownRounding
from verband.kernel.permissions import NotAllowed
from verband.members.existence import OrganisationDoesNotExist
from verband.members.models import (
    AlreadyMember,
    CellTaken,
    FigureExists,
    Function,
    MapCell,
    Membership,
    OfficeAlreadyHeld,
    OfficeFact,
    OneKeyAtATime,
    OrganisationFact,
    OrganisationKind,
)
from verband.members.use_cases import (
    add_organisation,
    admit_member,
    change_office,
    correct_office,
    correct_voting_key,
    end_office,
    end_organisation,
    enter_population,
    lay_out_members,
    set_voting_key,
    take_office,
)
from verband.members.use_cases.organisations import HasEnded, NotAProvince
from verband.people.models import RoleAlreadyHeld, RoleKind
from verband.people.use_cases import (
    KeyTaken,
    LastAdministrator,
    MailAddressTaken,
    add_person,
    end_role,
    give_role,
    open_account,
)
from world import NOW, World, found

pytestmark = pytest.mark.django_db
DAY = date(2016, 1, 1)
KEY = {"per": 1000, "rounding": "down", "minimum": 1, "cap": 75, "article": "art. 9"}


@pytest.fixture
def world() -> World:
    return found()


class TestOrganisations:
    def test_two_organisations_cannot_share_an_address(self, world: World) -> None:
        world.municipality("gm0001")

        with pytest.raises(KeyTaken):
            world.municipality("gm0001")

    def test_a_municipality_lies_in_a_province(self, world: World) -> None:
        town = world.municipality("gm0001")
        province = world.do(
            add_organisation,
            key="pv20",
            kind=OrganisationKind.PROVINCE,
            name="Groningen",
            valid_from=None,
        )
        world.municipality("gm0002", province=province)

        with pytest.raises(NotAProvince):
            world.municipality("gm0003", province=town)

    def test_an_organisation_ends_with_its_membership_and_offices(self, world: World) -> None:
        town = world.municipality("gm0001")
        world.official("mayor", town, Function.MAYOR)

        world.do(end_organisation, organisation=town, day=DAY, reason="merged", now=NOW)

        for model in (OrganisationFact, Membership, OfficeFact):
            assert not model.objects.at(DAY).known(None).exists()
            assert model.objects.at(DAY - timedelta(days=1)).known(None).exists()

    def test_what_has_ended_cannot_end_again(self, world: World) -> None:
        town = world.municipality("gm0001", valid_until=date(2015, 1, 1))

        with pytest.raises(HasEnded):
            world.do(end_organisation, organisation=town, day=DAY, reason="again")

    def test_an_organisation_is_a_member_once(self, world: World) -> None:
        town = world.municipality("gm0001")

        with pytest.raises(AlreadyMember):
            world.do(admit_member, organisation=town, valid_from=DAY)


class TestFigures:
    def test_there_is_one_figure_for_a_reference_date(self, world: World) -> None:
        town = world.municipality("gm0001", inhabitants=5_000)
        figure = {"organisation": town, "inhabitants": 6_000, "source": "CBS"}
        world.do(enter_population, reference_date=DAY, **figure)

        with pytest.raises(FigureExists):
            world.do(enter_population, reference_date=DAY, **figure)

    def test_a_new_key_ends_the_one_before_it(self, world: World) -> None:
        first = world.do(set_voting_key, valid_from=None, **KEY)

        world.do(set_voting_key, valid_from=DAY, now=NOW, **KEY)

        first.refresh_from_db()
        assert first.closed_as == "ended"

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"per": 0}, NotAWholeNumber),
            ({"minimum": -1}, NotAWholeNumber),
            ({"minimum": 5, "cap": 4}, CapBelowMinimum),
            ({"rounding": "sideways"}, UnknownRounding),
        ],
    )
    def test_a_key_of_which_no_votes_can_be_made_is_refused(
        self, world: World, wrong: dict[str, Any], refusal: type[DomainError]
    ) -> None:
        key = world.do(set_voting_key, valid_from=None, **KEY)

        with pytest.raises(refusal):
            world.do(set_voting_key, valid_from=DAY, **{**KEY, **wrong})
        with pytest.raises(refusal):
            world.do(correct_voting_key, key=key, reason="misread", **{**KEY, **wrong})

    def test_a_key_before_a_known_one_must_end(self, world: World) -> None:
        world.do(set_voting_key, valid_from=DAY, **KEY)

        with pytest.raises(OneKeyAtATime):
            world.do(set_voting_key, valid_from=date(2015, 1, 1), **KEY)


class TestOffices:
    def test_an_office_ends_with_the_organisation(self, world: World) -> None:
        town = world.municipality("gm0001", valid_until=DAY)

        office = world.official("mayor", town, Function.MAYOR)

        assert office.valid_until == DAY

    @pytest.mark.parametrize("start", [DAY, DAY + timedelta(days=1)])
    def test_nobody_takes_office_where_there_is_nothing(self, world: World, start: date) -> None:
        town = world.municipality("gm0001", valid_until=DAY)
        person = world.person("mayor")

        with pytest.raises(OrganisationDoesNotExist):
            world.do(
                take_office,
                person=person,
                organisation=town,
                function=Function.MAYOR,
                valid_from=start,
            )

    def test_a_person_holds_an_office_once_and_may_return(self, world: World) -> None:
        town = world.municipality("gm0001")
        fact = world.official("mayor", town, Function.MAYOR)
        again = {"person": fact.office.person, "organisation": town, "function": Function.MAYOR}
        with pytest.raises(OfficeAlreadyHeld):
            world.do(take_office, valid_from=DAY, **again)

        world.do(end_office, fact=fact, day=DAY, reason="leave", now=NOW)
        back = world.do(take_office, valid_from=date(2017, 1, 1), now=NOW, **again)

        assert back.office_id == fact.office_id

    def test_portfolios_change_from_a_day(self, world: World) -> None:
        fact = world.official("alderman", world.municipality("gm0001"), Function.ALDERMAN)
        world.do(change_office, fact=fact, day=DAY, portfolios="energie", now=NOW)

        held = [
            OfficeFact.objects.at(day).known(None).get().portfolios
            for day in (DAY - timedelta(days=1), DAY)
        ]

        assert held == ["", "energie"]

    def test_the_clerk_keeps_the_offices_of_the_own_municipality(self, world: World) -> None:
        own, other = world.municipality("gm0001"), world.municipality("gm0002")
        clerk = world.account(world.official("clerk", own, Function.CLERK).office.person)
        mayor, elsewhere = (
            world.official(f"mayor-{town.key}", town, Function.MAYOR) for town in (own, other)
        )
        given = {"actor": clerk, "now": NOW, "reason": "misread", "portfolios": "veiligheid"}

        correct_office(fact=mayor, **given)
        with pytest.raises(NotAllowed):
            correct_office(fact=elsewhere, **given)

    def test_a_mayor_changes_no_offices(self, world: World) -> None:
        fact = world.official("mayor", world.municipality("gm0001"), Function.MAYOR)
        account = world.account(fact.office.person)

        assert not end_office.may(actor=account, now=NOW, fact=fact)


class TestTheMap:
    def test_a_member_that_stays_keeps_its_row(self, world: World) -> None:
        one, two = world.municipality("gm0001"), world.municipality("gm0002")
        world.do(lay_out_members, cells={one.pk: (0, 0), two.pk: (1, 0)}, day=date(2012, 1, 1))

        moved = world.do(lay_out_members, cells={one.pk: (0, 0), two.pk: (2, 0)}, day=DAY, now=NOW)

        assert moved == 1
        places = {c.organisation_id: c.q for c in MapCell.objects.at(DAY).known(None)}
        assert places == {one.pk: 0, two.pk: 2}

    def test_a_cell_has_one_member(self, world: World) -> None:
        one, two = world.municipality("gm0001"), world.municipality("gm0002")

        with pytest.raises(CellTaken):
            world.do(lay_out_members, cells={one.pk: (0, 0), two.pk: (0, 0)}, day=DAY)


class TestPeople:
    def test_two_people_cannot_share_an_address(self, world: World) -> None:
        world.person("one")

        with pytest.raises(KeyTaken):
            world.do(add_person, key="one", day=None)

    def test_a_mail_address_belongs_to_one_account(self, world: World) -> None:
        one, two = world.person("one"), world.person("two")
        world.do(open_account, person=one, email="One@verband.example")

        with pytest.raises(MailAddressTaken):
            world.do(open_account, person=two, email="one@VERBAND.example")

    def test_a_role_is_held_once_at_a_time(self, world: World) -> None:
        person = world.person("one")
        role = {"person": person, "kind": RoleKind.AUDITOR}
        world.do(give_role, valid_from=DAY, **role)
        world.do(give_role, valid_from=DAY, person=person, kind=RoleKind.INTAKE)

        with pytest.raises(RoleAlreadyHeld):
            world.do(give_role, valid_from=date(2017, 1, 1), **role)

    def test_the_last_administrator_stays(self, world: World) -> None:
        role = world.keeper.person.roles.get()

        with pytest.raises(LastAdministrator):
            world.do(end_role, role=role, day=NOW.date(), now=NOW)
