"""The forms about seats: seat somebody, end, correct with a reason; and what they refuse."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from filling import Filling, typed, words_of
from verband.bodies.kinds import SeatRole
from verband.bodies.models import Seat, SeatFact, Tenure
from verband.bodies.use_cases import end_tenure
from verband.kernel.audit import AuditLine
from verband.members.models import Function
from verband.people.models import Account, Person, RoleKind
from verband.people.use_cases import end_role, give_role
from world import NOW, TODAY, found

pytestmark = pytest.mark.django_db(transaction=True)
START = date(2016, 1, 1)


@pytest.fixture
def world(settings) -> SimpleNamespace:
    """A team with one seat, two aldermen, and its secretary."""
    settings.VERBAND_TODAY = TODAY
    settings.VERBAND_SHELL = ""
    world = found()
    tilburg = world.municipality("gm0855", "Tilburg")
    breda = world.municipality("gm0758", "Breda")
    team = world.body("klimaat", name="Climate and Energy")
    secretary = world.person("secretaris", "secretary of the team")
    world.tenure(world.seat(team, SeatRole.SECRETARY), secretary, START)
    return SimpleNamespace(
        register=world,
        keeper=world.keeper,
        team=team,
        seat=world.seat(team),
        tilburg=world.official("wethouder-een", tilburg, Function.ALDERMAN).office.person,
        breda=world.official("wethouder-twee", breda, Function.ALDERMAN).office.person,
        secretary=world.account(secretary),
    )


def holders(seat: Seat) -> list[tuple[str, date | None]]:
    rows = Tenure.objects.filter(seat=seat).known(None).select_related("person")
    return [(row.person.key, row.valid_until) for row in rows.order_by("valid_from")]


def seated(world: SimpleNamespace, person: Person, start: date = START, **fields) -> Tenure:
    return world.register.tenure(world.seat, person, start, **fields)


def a_seating(world: SimpleNamespace, account: Account | None = None) -> Filling:
    filling = Filling(account or world.keeper, "seat_someone", world.seat.pk)
    filling.data.update(
        person="alderman Tilburg", valid_from=typed(TODAY), certainty="certain", organisation=""
    )
    return filling


def test_the_consequence_is_told_before_somebody_is_seated(world):
    checked = a_seating(world).sent()

    assert "Alderman, Tilburg begins as member in Climate and Energy" in words_of(checked)
    assert holders(world.seat) == []


def test_a_confirmed_form_seats_somebody_and_leads_to_the_body(world):
    answer = a_seating(world).confirmed()

    assert answer["Location"] == "/en/register/klimaat/"
    assert holders(world.seat) == [("wethouder-een", None)]


def test_sent_twice_somebody_is_seated_once(world):
    filling = a_seating(world)
    before = AuditLine.objects.count()

    filling.confirmed()
    again = filling.sent("confirm")

    assert again["Location"] == "/en/register/klimaat/"
    assert holders(world.seat) == [("wethouder-een", None)]
    assert AuditLine.objects.count() == before + 1


def test_of_several_matches_one_is_chosen_and_nothing_typed_is_lost(world):
    filling = a_seating(world)

    asked = filling.sent(person="alderman", decision="meeting of 12 October")
    chosen = filling.sent(person_words="alderman", person_pick="wethouder-twee")

    assert asked.status_code == 422
    assert "Choose whom or what you mean below." in words_of(asked)
    assert 'value="wethouder-twee"' in asked.content.decode()
    assert 'value="meeting of 12 October"' in asked.content.decode()
    assert "Alderman, Breda begins as member" in words_of(chosen)


def test_a_choice_made_for_other_words_does_not_count(world):
    filling = a_seating(world)

    checked = filling.sent(
        person="alderman Tilburg", person_words="alderman", person_pick="wethouder-twee"
    )

    assert "Alderman, Tilburg begins" in words_of(checked)


def test_words_that_fit_nobody_are_said_and_kept(world):
    answer = a_seating(world).sent(person="alderman Zürich\0")

    assert answer.status_code == 422
    assert "Nothing in the register fits “alderman Zürich”" in words_of(answer)
    assert 'value="alderman Zürich"' in answer.content.decode()


@pytest.mark.parametrize("organisation", ["Breda", ""])
def test_a_seat_is_for_a_person_or_an_organisation_and_not_for_both(world, organisation):
    person = "alderman Tilburg" if organisation else ""

    answer = a_seating(world).sent(person=person, organisation=organisation)

    assert answer.status_code == 422
    assert "Choose a person or an organisation, and not both." in words_of(answer)


def test_a_seat_that_is_held_is_not_given_away(world):
    seated(world, world.breda)

    answer = a_seating(world).sent()

    assert answer.status_code == 422
    assert "This seat has a holder in that period." in words_of(answer)
    assert 'value="alderman Tilburg"' in answer.content.decode()


def test_an_end_before_the_start_is_said_beside_the_end(world):
    answer = a_seating(world).sent(valid_until=typed(START))

    assert answer.status_code == 422
    assert 'href="#id_valid_until"' in answer.content.decode()
    assert "must lie after the start" in words_of(answer)


def test_the_secretary_of_the_body_seats_somebody(world):
    assert a_seating(world, world.secretary).confirmed().status_code == 302


def test_somebody_without_a_part_in_the_body_hears_at_once_whom_to_ask(world):
    outsider = world.register.account(world.breda)

    shown = a_seating(world, outsider).opened()
    sent = a_seating(world, outsider).sent("confirm")

    assert (shown.status_code, sent.status_code) == (403, 403)
    assert "chair or secretary of the body itself" in words_of(shown)
    assert holders(world.seat) == []


def test_a_secretary_whose_seat_ended_may_no_longer_seat_anybody(world):
    own = Tenure.objects.get(person=world.secretary.person)
    world.register.do(end_tenure, tenure=own, day=TODAY, reason="left", now=NOW)

    answer = a_seating(world, world.secretary).sent("confirm")

    assert answer.status_code == 403
    assert holders(world.seat) == []


def test_a_register_keeper_whose_role_ended_may_no_longer_seat_anybody(world):
    role = world.register.do(
        give_role, person=world.breda, kind=RoleKind.REGISTRAR, valid_from=START
    )
    registrar = world.register.account(world.breda)
    before = a_seating(world, registrar).opened()
    world.register.do(end_role, role=role, day=TODAY, now=NOW)

    assert before.status_code == 200
    assert a_seating(world, registrar).opened().status_code == 403


def test_on_another_day_than_today_nothing_is_changed(world):
    answer = a_seating(world).opened("?on=2016-03-01")

    assert answer.status_code == 403
    assert "You read the register of 1 March 2016." in words_of(answer)


def test_whoever_is_not_signed_in_signs_in_first(world):
    filling = Filling(None, "seat_someone", world.seat.pk)

    answer = filling.opened()

    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_a_tenure_ends_with_a_reason(world):
    tenure = seated(world, world.tilburg)
    filling = Filling(world.keeper, "end_tenure", tenure.pk)

    shown = filling.opened()
    checked = filling.sent(day=typed(TODAY), reason="Stepped down.")
    filling.sent("confirm")

    assert 'value="30-10-2017"' in shown.content.decode()
    assert "Alderman, Tilburg stops as member in Climate and Energy" in words_of(checked)
    assert holders(world.seat) == [("wethouder-een", TODAY)]


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_ending_without_a_reason_is_refused(world, reason):
    tenure = seated(world, world.tilburg)

    answer = Filling(world.keeper, "end_tenure", tenure.pk).sent(day=typed(TODAY), reason=reason)

    assert answer.status_code == 422
    assert "Write why. Your reason becomes part of the register." in words_of(answer)
    assert holders(world.seat) == [("wethouder-een", None)]


def test_an_ending_before_the_beginning_is_refused(world):
    tenure = seated(world, world.tilburg)

    answer = Filling(world.keeper, "end_tenure", tenure.pk).sent(day=typed(START), reason="wrong")

    assert "1 January 2016 does not lie within the period of this fact." in words_of(answer)


def correction(world: SimpleNamespace, tenure: Tenure) -> Filling:
    filling = Filling(world.keeper, "correct_tenure", tenure.pk)
    filling.data.update(
        person="Alderman, Tilburg",
        person_words="Alderman, Tilburg",
        person_pick="wethouder-een",
        valid_from=typed(START),
        reason="The list of 2016 was read wrongly.",
    )
    return filling


def test_a_correction_tells_old_and_new_and_keeps_what_was_known(world):
    tenure = seated(world, world.tilburg)
    filling = correction(world, tenure)

    checked = filling.sent(valid_from=typed(date(2016, 2, 1)))
    filling.sent("confirm")

    assert "from: 1 January 2016 → 1 February 2016" in words_of(checked)
    now = Tenure.objects.filter(seat=world.seat).known(None).get()
    assert now.valid_from == date(2016, 2, 1)
    before = Tenure.objects.filter(seat=world.seat).known(NOW - timedelta(days=1)).get()
    assert before.valid_from == START


def test_another_holder_can_be_named_in_a_correction(world):
    tenure = seated(world, world.tilburg)

    correction(world, tenure).confirmed(person="alderman Breda")

    assert holders(world.seat) == [("wethouder-twee", None)]


def test_a_correction_that_corrects_nothing_is_refused(world):
    answer = correction(world, seated(world, world.tilburg)).sent()

    assert answer.status_code == 422
    assert "Nothing reads otherwise than it did." in words_of(answer)


def test_a_correction_in_a_second_tab_keeps_what_was_typed(world):
    tenure = seated(world, world.tilburg)
    correction(world, tenure).confirmed(valid_from=typed(date(2016, 2, 1)))

    second = correction(world, tenure)
    second.data["form_key"] = "another-key"
    answer = second.sent(valid_from=typed(date(2016, 3, 1)))

    assert answer.status_code == 422
    assert "Somebody changed this in the meantime." in words_of(answer)
    assert 'value="01-03-2016"' in answer.content.decode()


def test_an_old_address_of_a_form_leads_to_what_is_known_now(world):
    tenure = seated(world, world.tilburg)
    correction(world, tenure).confirmed(valid_from=typed(date(2016, 2, 1)))

    answer = correction(world, tenure).opened()

    current = Tenure.objects.filter(seat=world.seat).known(None).get()
    assert answer["Location"] == f"/en/tenures/{current.pk}/correct/"


def test_a_withdrawn_tenure_was_never_there_and_its_form_is_gone(world):
    tenure = seated(world, world.tilburg)
    filling = Filling(world.keeper, "withdraw_tenure", tenure.pk)

    filling.confirmed(reason="Never appointed.")

    assert holders(world.seat) == []
    assert filling.opened().status_code == 404


def test_a_body_gets_a_seat_that_stands_in_for_another(world):
    filling = Filling(world.keeper, "add_seat", world.team.key)

    filling.confirmed(
        role="member",
        title="Substitute",
        certainty="certain",
        valid_from=typed(START),
        substitute_of=str(world.seat.pk),
    )

    assert SeatFact.objects.get(title="Substitute").substitute_of_id == world.seat.pk


def test_a_seat_of_another_body_is_no_choice_for_a_substitute(world):
    other = world.register.seat(world.register.body("energie"))

    answer = Filling(world.keeper, "add_seat", world.team.key).sent(
        role="member", certainty="certain", substitute_of=str(other.pk)
    )

    assert answer.status_code == 422


def test_a_seat_changes_its_role_from_a_day_on(world):
    fact = SeatFact.objects.get(seat=world.seat)
    filling = Filling(world.keeper, "change_seat", fact.pk)

    checked = filling.sent(day=typed(TODAY), role="vice_chair", is_voting="on")
    filling.sent("confirm")

    assert "role: member → vice-chair" in words_of(checked)
    facts = SeatFact.objects.filter(seat=world.seat).known(None).order_by("valid_from")
    assert [(fact.role, fact.valid_from) for fact in facts][1] == ("vice_chair", TODAY)


def test_a_seat_that_is_abolished_takes_its_holder_along(world):
    seated(world, world.tilburg)

    Filling(world.keeper, "end_seat", world.seat.pk).confirmed(day=typed(TODAY), reason="Smaller.")

    assert holders(world.seat) == [("wethouder-een", TODAY)]


def test_the_page_of_a_body_offers_changes_only_to_those_who_may(world):
    outsider = world.register.account(world.breda)

    def words(account):
        return words_of(Filling(account, "body", world.team.key).opened())

    assert "Add a seat" in words(world.keeper) and "End this body" in words(world.keeper)
    assert "Add a seat" in words(world.secretary) and "End this body" not in words(world.secretary)
    assert "Add a seat" not in words(outsider) and "Add a seat" not in words(None)


def test_the_page_to_keep_a_body_names_every_row_in_its_links(world):
    seated(world, world.tilburg)

    text = words_of(Filling(world.secretary, "keep_body", world.team.key).opened())

    assert "End : Alderman, Tilburg as member in Climate and Energy" in text
    assert "Withdraw the description" not in text
