"""The forms about people, organisations, offices, inhabitants and votes; and what they refuse."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db.models import F

from filling import FORMS, Filling, typed, words_of
from verband.kernel.use_case import REGISTER
from verband.members.models import (
    Function,
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    OrganisationKind,
    PopulationFigure,
    VotingKeyFact,
)
from verband.members.use_cases import add_organisation, set_voting_key
from verband.people.models import Person, PersonFact
from world import BEGIN, TODAY, found

pytestmark = pytest.mark.django_db(transaction=True)
START = date(2014, 1, 1)
NEW_YEAR = date(2018, 1, 1)
# The layout of the map is a command's; sign-in providers have their forms with the accounts.
ELSEWHERE = {"members.lay_out_members", "members.set_up_provider", "members.change_provider"}


@pytest.fixture
def world(settings) -> SimpleNamespace:
    """A municipality in a province, its secretary and an alderman."""
    settings.VERBAND_TODAY = TODAY
    settings.VERBAND_SHELL = ""
    world = found()
    world.do(
        add_organisation,
        key="pv30",
        kind=OrganisationKind.PROVINCE,
        name="Noord-Brabant",
        valid_from=None,
    )
    tilburg = world.municipality("gm0855", "Tilburg", inhabitants=210_000)
    secretary = world.official("secretaris", tilburg, Function.SECRETARY).office.person
    return SimpleNamespace(
        register=world,
        keeper=world.keeper,
        tilburg=tilburg,
        term=world.official("wethouder", tilburg, Function.ALDERMAN),
        secretary=world.account(secretary),
    )


def current(model, **of):
    return model.objects.filter(**of).known(None).order_by(F("valid_from").asc(nulls_first=True))


def test_every_use_case_of_the_register_has_a_form_or_is_known_to_have_none():
    with_form = {changing.use_case.name for changing in FORMS.values()}
    of_the_register = {name for name in REGISTER if name.startswith(("members.", "bodies."))}
    imports = {name for name in of_the_register if ".import_" in name}

    assert of_the_register - with_form - imports - ELSEWHERE == set()
    assert len({changing.route for changing in FORMS.values()}) == len(FORMS) == len(with_form)


def test_a_person_is_added_by_function_with_a_key_that_says_nothing(world):
    filling = Filling(world.keeper, "add_person")

    answer = filling.confirmed(summary="member of the search team", certainty="certain")

    person = Person.objects.exclude(key__in=("administrator", "secretaris", "wethouder")).get()
    assert answer["Location"] == f"/en/people/{person.key}/"
    assert person.key.startswith("p-")


def test_a_person_of_whom_nothing_is_known_is_refused(world):
    answer = Filling(world.keeper, "add_person").sent(certainty="certain", key="wethouder")

    assert answer.status_code == 422
    assert "Fill in a name, or what the person is known as." in words_of(answer)


def test_a_key_of_somebody_else_is_refused(world):
    answer = Filling(world.keeper, "add_person").sent(
        certainty="certain", key="wethouder", summary="alderman"
    )

    assert "wethouder is already in use." in words_of(answer)


def test_a_person_is_called_otherwise_and_corrected(world):
    fact = PersonFact.objects.get(person__key="wethouder")
    Filling(world.keeper, "rename_person", fact.pk).confirmed(
        day=typed(TODAY), summary="alderman of housing"
    )
    fact = current(PersonFact, person__key="wethouder").last()

    told = Filling(world.keeper, "correct_person", fact.pk).sent(
        summary="alderman of water", reason="Read wrongly."
    )

    assert fact.valid_from == TODAY
    assert "known as: alderman of housing → alderman of water" in words_of(told)


def a_municipality(world: SimpleNamespace, **data: str) -> Filling:
    filling = Filling(world.keeper, "add_organisation")
    filling.data.update(
        kind="municipality",
        name="Meierijstad",
        code="GM1948",
        province="brabant",
        is_member="on",
        valid_from="01-01-2017",
        certainty="certain",
    )
    filling.data.update(data)
    return filling


def test_a_municipality_is_added_as_a_member_in_its_province(world):
    answer = a_municipality(world).confirmed()

    assert answer["Location"] == "/en/organisations/gm1948/"
    assert current(Membership, organisation__key="gm1948").get().valid_from == date(2017, 1, 1)
    assert OrganisationFact.objects.get(name="Meierijstad").province.key == "pv30"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"code": "gm0855"}, "gm0855 is already in use."),
        ({"key": "new"}, "Choose another key: this one cannot be an address."),
        ({"province": "Tilburg"}, "Nothing in the register fits “Tilburg”."),
        ({"latitude": "91"}, "less than or equal to 90"),
        ({"name": ""}, "This field is required."),
        ({"valid_until": "01-01-2017"}, "must lie after the start"),
    ],
)
def test_what_is_wrong_with_a_new_organisation_is_said(world, data, sentence):
    answer = a_municipality(world, **data).sent()

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert not Organisation.objects.filter(key="gm1948").exists()


def test_an_organisation_is_called_otherwise_from_a_day_and_corrected(world):
    fact = current(OrganisationFact, organisation=world.tilburg).get()
    Filling(world.keeper, "change_organisation", fact.pk).confirmed(
        day=typed(NEW_YEAR), name="Tilburg en Goirle"
    )
    fact = current(OrganisationFact, organisation=world.tilburg).last()

    Filling(world.keeper, "correct_organisation", fact.pk).confirmed(
        name="Groot-Tilburg", valid_from=typed(NEW_YEAR), reason="The law reads so."
    )

    names = [
        f.name for f in OrganisationFact.objects.filter(organisation=world.tilburg).known(None)
    ]
    assert sorted(names) == ["Groot-Tilburg", "Tilburg"]


def test_an_organisation_ends_with_its_membership_and_offices(world):
    filling = Filling(world.keeper, "end_organisation", "gm0855")

    told = words_of(filling.sent(day=typed(NEW_YEAR), reason="Merged."))
    filling.sent("confirm")

    assert "Tilburg is no longer a member of the association" in told
    assert current(OfficeFact, office=world.term.office).get().valid_until == NEW_YEAR


def test_what_has_ended_cannot_end_once_more(world):
    Filling(world.keeper, "end_organisation", "gm0855").confirmed(day=typed(START), reason="Gone.")

    answer = Filling(world.keeper, "end_organisation", "gm0855").sent(
        form_key="2", day=typed(TODAY), reason="Again."
    )

    assert "cannot end on that day" in words_of(answer)


def test_a_membership_ends_is_corrected_and_begins_anew(world):
    membership = current(Membership, organisation=world.tilburg).get()
    Filling(world.keeper, "end_membership", membership.pk).confirmed(
        day=typed(START), reason="Left."
    )
    ended = current(Membership, organisation=world.tilburg).get()
    Filling(world.keeper, "correct_membership", ended.pk).confirmed(
        valid_until=typed(date(2015, 1, 1)), reason="A year later."
    )

    Filling(world.keeper, "admit_member", "gm0855").confirmed(
        valid_from=typed(TODAY), certainty="certain"
    )

    ends = [m.valid_until for m in current(Membership, organisation=world.tilburg)]
    assert date(2015, 1, 1) in ends and None in ends


def test_a_member_is_not_admitted_twice(world):
    answer = Filling(world.keeper, "admit_member", "gm0855").sent(
        valid_from=typed(TODAY), certainty="certain"
    )

    assert "already a member in that period" in words_of(answer)


def test_inhabitants_are_entered_corrected_and_withdrawn(world):
    Filling(world.keeper, "enter_population", "gm0855").confirmed(
        reference_date="01-01-2017", inhabitants="213804", source="CBS", certainty="certain"
    )
    figure = current(PopulationFigure, organisation=world.tilburg).last()
    Filling(world.keeper, "correct_population", figure.pk).confirmed(
        inhabitants="213805", source="CBS", certainty="certain", reason="Definitive."
    )
    figure = current(PopulationFigure, organisation=world.tilburg).last()

    Filling(world.keeper, "withdraw_population", figure.pk).confirmed(reason="Never published.")

    assert figure.inhabitants == 213_805
    assert current(PopulationFigure, organisation=world.tilburg).count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"reference_date": "01-01-2013"}, "There is already a figure for that reference date."),
        ({"inhabitants": "-1"}, "greater than or equal to 0"),
        ({"inhabitants": "many"}, "Enter a whole number."),
        ({"source": ""}, "This field is required."),
    ],
)
def test_a_wrong_number_of_inhabitants_is_refused(world, data, sentence):
    typed_in = {
        "reference_date": "01-01-2017",
        "inhabitants": "213804",
        "source": "CBS",
        "certainty": "certain",
    }

    answer = Filling(world.keeper, "enter_population", "gm0855").sent(**{**typed_in, **data})

    assert answer.status_code == 422
    assert sentence in words_of(answer)


def a_key(**data: str) -> dict[str, str]:
    typed_in = {
        "valid_from": typed(NEW_YEAR),
        "per": "1000",
        "rounding": "up",
        "minimum": "1",
        "article": "art. 12",
        "certainty": "certain",
    }
    return {**typed_in, **data}


def test_a_voting_key_follows_another_and_is_corrected(world):
    Filling(world.keeper, "set_voting_key").confirmed(**a_key(valid_from=typed(BEGIN)))
    Filling(world.keeper, "set_voting_key").confirmed(form_key="2", **a_key(per="2000"))
    key = current(VotingKeyFact).last()
    Filling(world.keeper, "correct_voting_key", key.pk).confirmed(
        per="2500", rounding="down", minimum="1", article="art. 12", reason="Misread."
    )

    assert [(k.per, k.valid_until) for k in current(VotingKeyFact)] == [
        (1000, NEW_YEAR),
        (2500, None),
    ]


def test_a_voting_key_of_which_nobody_can_have_votes_is_refused(world):
    answer = Filling(world.keeper, "set_voting_key").sent(**a_key(minimum="5", cap="4"))

    assert "At most cannot be lower than at least." in words_of(answer)


def test_a_voting_key_beside_a_later_one_is_refused(world):
    world.register.do(
        set_voting_key,
        valid_from=NEW_YEAR,
        per=1000,
        rounding="down",
        minimum=1,
        cap=None,
        article="art. 12",
    )

    answer = Filling(world.keeper, "set_voting_key").sent(**a_key(valid_from=typed(TODAY)))

    assert "Another voting key is in force in that period." in words_of(answer)


def an_office(account, **data: str) -> Filling:
    filling = Filling(account, "take_office", "gm0855")
    filling.data.update(
        person="secretaris",
        function="clerk",
        valid_from=typed(TODAY),
        certainty="certain",
        portfolios="",
    )
    filling.data.update(data)
    return filling


def test_the_secretary_of_a_municipality_keeps_its_own_offices(world):
    answer = an_office(world.secretary).confirmed()

    assert answer["Location"] == "/en/organisations/gm0855/"
    assert current(OfficeFact, office__function="clerk").get().valid_from == TODAY
    for name in ("change_office", "end_office", "correct_office", "withdraw_office"):
        assert Filling(world.secretary, name, world.term.pk).opened().status_code == 200


def test_an_alderman_does_not_keep_offices_nor_a_secretary_those_elsewhere(world):
    alderman = world.register.account(world.term.office.person)
    breda = world.register.municipality("gm0758", "Breda")
    elsewhere = world.register.official("wethouder-breda", breda, Function.ALDERMAN)

    assert an_office(alderman).opened().status_code == 403
    assert Filling(world.secretary, "end_office", elsewhere.pk).opened().status_code == 403
    assert Filling(world.secretary, "take_office", "gm0758").opened().status_code == 403


def test_an_office_that_is_held_or_outlives_its_organisation_is_refused(world):
    held = an_office(world.keeper, person="wethouder", function="alderman").sent()
    Filling(world.keeper, "end_organisation", "gm0855").confirmed(
        day=typed(NEW_YEAR), reason="Merged."
    )
    outlives = an_office(world.keeper, valid_until=typed(date(2019, 1, 1))).sent()

    assert "This office is already held in that period." in words_of(held)
    assert "Shorten the period." in words_of(outlives)


def test_an_office_changes_ends_and_is_corrected_and_withdrawn(world):
    Filling(world.keeper, "change_office", world.term.pk).confirmed(
        day=typed(date(2016, 1, 1)), portfolios="water"
    )
    term = current(OfficeFact, office=world.term.office).last()
    Filling(world.keeper, "end_office", term.pk).confirmed(day=typed(TODAY), reason="Left.")
    term = current(OfficeFact, office=world.term.office).last()
    Filling(world.keeper, "correct_office", term.pk).confirmed(
        valid_from=typed(date(2016, 1, 1)),
        valid_until=typed(TODAY),
        portfolios="housing",
        reason="Misread.",
    )
    term = current(OfficeFact, office=world.term.office).last()
    assert (term.portfolios, term.valid_until) == ("housing", TODAY)

    Filling(world.keeper, "withdraw_office", term.pk).confirmed(reason="Never held.")

    assert current(OfficeFact, office=world.term.office).count() == 1


@pytest.mark.parametrize("name", ["keep_organisation", "keep_person", "voting_keys"])
def test_the_pages_to_keep_things_are_for_those_who_may(world, name):
    of = {"keep_organisation": "gm0855", "keep_person": "wethouder"}.get(name)
    outsider = world.register.account(world.term.office.person)

    assert Filling(world.keeper, name, of).opened().status_code == 200
    assert Filling(outsider, name, of).opened().status_code == 403
    assert Filling(None, name, of).opened().status_code == 302


def test_a_secretary_sees_only_the_offices_to_keep(world):
    told = words_of(Filling(world.secretary, "keep_organisation", "gm0855").opened())

    assert "Add an office" in told
    assert "Enter inhabitants" not in told


def test_the_person_page_leads_keepers_to_what_can_be_changed(world):
    assert "Name, offices and seats" in words_of(
        Filling(world.keeper, "person", "wethouder").opened()
    )
    assert "Name, offices and seats" not in words_of(
        Filling(world.secretary, "person", "wethouder").opened()
    )
