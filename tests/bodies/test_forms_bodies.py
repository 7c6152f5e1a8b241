"""The forms about bodies, goals, what they cover, and links; and what they refuse."""

from datetime import date
from types import SimpleNamespace

import pytest

from filling import Filling, typed, words_of
from verband.bodies.kinds import LinkKind, SeatRole
from verband.bodies.models import Body, BodyFact, BodyTerm, Coverage, GoalFact, LinkFact
from verband.bodies.use_cases import add_goal, link_bodies
from verband.members.models import OrganisationKind
from verband.members.use_cases import add_organisation
from world import BEGIN, TODAY, found

pytestmark = pytest.mark.django_db(transaction=True)
START, END, LATER = date(2017, 3, 1), date(2018, 3, 1), date(2018, 9, 1)


@pytest.fixture
def world(settings) -> SimpleNamespace:
    """A temporary team with its secretary, and a network."""
    settings.VERBAND_TODAY = TODAY
    settings.VERBAND_SHELL = ""
    world = found()
    team = world.body(
        "team", name="Climate team", valid_from=START, valid_until=END, is_temporary=True
    )
    secretary = world.person("secretaris", "secretary of the team")
    seat = world.seat(team, SeatRole.SECRETARY, valid_from=START, valid_until=END)
    world.tenure(seat, secretary, START)
    world.do(
        add_organisation,
        key="ministerie-ez",
        kind=OrganisationKind.MINISTRY,
        name="Economic Affairs",
        valid_from=None,
    )
    return SimpleNamespace(
        register=world,
        keeper=world.keeper,
        team=team,
        network=world.body("p10", name="P10"),
        secretary=world.account(secretary),
        fact=BodyFact.objects.get(body=team),
        term=BodyTerm.objects.get(body=team),
    )


def current(model, **of):
    return model.objects.filter(**of).known(None).order_by("valid_from")


def a_body(world: SimpleNamespace, **data: str) -> Filling:
    filling = Filling(world.keeper, "set_up_body")
    filling.data.update(
        kind="expertise_team",
        name="Team Water",
        valid_from=typed(TODAY),
        valid_until=typed(END),
        is_temporary="on",
        certainty="certain",
        parent="P10",
    )
    filling.data.update(data)
    return filling


def test_a_body_is_set_up_with_a_key_of_its_name(world):
    filling = a_body(world)

    told = words_of(filling.sent())
    answer = filling.sent("confirm")

    assert "Team Water begins 30 Oct 2017 – 1 Mar 2018" in told
    assert answer["Location"] == "/en/register/team-water/"
    fact = current(BodyFact, body__key="team-water").get()
    assert (fact.parent, fact.valid_until) == (world.network, END)


def test_sent_twice_a_body_is_set_up_once(world):
    filling = a_body(world)

    filling.confirmed()
    again = filling.sent("confirm")

    assert again["Location"] == "/en/register/team-water/"
    assert Body.objects.filter(key__startswith="team-water").count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"valid_until": ""}, "A temporary body needs an end date."),
        ({"valid_until": "01-01-2020"}, "A temporary body ends at most two years after its start"),
        ({"review_on": "01-09-2018"}, "The review must lie on or before the end date."),
        ({"key": "p10"}, "p10 is already in use. Choose another key."),
        ({"key": "ends-soon"}, "Choose another key: this one cannot be an address."),
        ({"name": "新"}, "Choose another key: this one cannot be an address."),
        ({"valid_from": "31-02-2018"}, "Write the day as 30-10-2017."),
        ({"kind": "club"}, "Select a valid choice."),
        ({"parent": "Nowhere"}, "Nothing in the register fits “Nowhere”."),
        ({"member_count": "99999999999"}, "less than or equal to 100000000"),
    ],
)
def test_what_is_wrong_with_a_new_body_is_said_and_nothing_is_lost(world, data, sentence):
    answer = a_body(world, **data).sent()

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert 'value="30-10-2017"' in answer.content.decode() or "valid_from" in data
    assert not Body.objects.exclude(key__in=("team", "p10")).exists()


def test_a_body_reads_otherwise_from_a_day_on(world):
    filling = Filling(world.secretary, "change_body", world.fact.pk)

    told = words_of(
        filling.sent(day=typed(TODAY), kind="expertise_team", name="Team Climate and Energy")
    )
    filling.sent("confirm")

    assert "name: Climate team → Team Climate and Energy" in told
    assert [f.name for f in current(BodyFact, body=world.team)] == [
        "Climate team",
        "Team Climate and Energy",
    ]


def test_a_change_that_changes_nothing_is_refused(world):
    filling = Filling(world.keeper, "change_body", world.fact.pk)

    answer = filling.sent(day=typed(TODAY), kind=world.fact.kind, name="Climate team")

    assert "Nothing reads otherwise than it did. Change something." in words_of(answer)


def test_a_change_outside_the_period_is_refused(world):
    filling = Filling(world.keeper, "change_body", world.fact.pk)

    answer = filling.sent(day=typed(LATER), kind=world.fact.kind, name="Other")

    assert "1 September 2018 does not lie within the period" in words_of(answer)


def test_a_description_is_corrected_with_a_reason(world):
    filling = Filling(world.keeper, "correct_body", world.fact.pk)
    filling.data.update(kind="expertise_team", valid_from=typed(START), valid_until=typed(END))

    without = filling.sent(name="Team Climate")
    filling.confirmed(reason="The decision reads so.")

    assert "Write why." in words_of(without)
    assert current(BodyFact, body=world.team).get().name == "Team Climate"


def test_only_keepers_correct_prolong_and_end_a_body(world):
    for name, of in (
        ("correct_body", world.fact.pk),
        ("withdraw_body_fact", world.fact.pk),
        ("correct_term", world.term.pk),
        ("prolong_body", world.term.pk),
        ("end_body", "team"),
    ):
        assert Filling(world.secretary, name, of).opened().status_code == 403
    assert Filling(world.secretary, "change_body", world.fact.pk).opened().status_code == 200


def test_a_withdrawn_description_is_gone(world):
    Filling(world.keeper, "withdraw_body_fact", world.fact.pk).confirmed(reason="Never decided.")

    assert not current(BodyFact, body=world.team).exists()


def test_a_period_is_corrected_and_stays_within_two_times(world):
    filling = Filling(world.keeper, "correct_term", world.term.pk)

    filling.confirmed(
        valid_from=typed(date(2017, 4, 1)),
        valid_until=typed(END),
        is_temporary="on",
        reason="Read wrongly.",
    )

    assert current(BodyTerm, body=world.team).get().valid_from == date(2017, 4, 1)


def test_a_temporary_body_without_an_end_is_refused_in_a_correction_too(world):
    filling = Filling(world.keeper, "correct_term", world.term.pk)

    answer = filling.sent(valid_from=typed(START), is_temporary="on", reason="No end.")

    assert "A temporary body needs an end date." in words_of(answer)


def test_a_body_is_prolonged_with_its_description_and_seats(world):
    filling = Filling(world.keeper, "prolong_body", world.term.pk)

    told = words_of(filling.sent(until=typed(LATER), decision="Board", reason="Not ready."))
    filling.sent("confirm")

    assert "until: 1 March 2018 → 1 September 2018" in told
    assert current(BodyTerm, body=world.team).get().valid_until == LATER


def test_prolonging_to_an_earlier_day_is_refused(world):
    filling = Filling(world.keeper, "prolong_body", world.term.pk)

    answer = filling.sent(until=typed(START), decision="Board", reason="Not ready.")

    assert "The new end must lie after 1 March 2018" in words_of(answer)


def test_a_body_ends_with_everything_in_it(world):
    filling = Filling(world.keeper, "end_body", "team")

    told = words_of(filling.sent(day=typed(TODAY), reason="Done.", after_end="The bureau."))
    filling.sent("confirm")

    assert "Secretary of the team stops as secretary in Climate team" in told
    assert current(BodyTerm, body=world.team).get().after_end == "The bureau."


def test_a_body_that_ended_cannot_end_once_more(world):
    answer = Filling(world.keeper, "end_body", "team").sent(day=typed(LATER), reason="Again.")

    assert "does not exist on 1 September 2018" in words_of(answer)


def test_a_goal_is_added_and_reached(world):
    Filling(world.secretary, "add_goal", "team").confirmed(
        text="Advice on heat", state="running", valid_from=typed(TODAY), certainty="certain"
    )
    goal = current(GoalFact, goal__body=world.team).get()
    filling = Filling(world.secretary, "change_goal", goal.pk)

    told = words_of(filling.sent(day=typed(TODAY), text=goal.text, state="reached"))
    filling.sent("confirm")

    assert "state: running → reached" in told
    assert current(GoalFact, goal__body=world.team).get().state == "reached"


def test_a_goal_without_words_is_refused(world):
    world.register.do(add_goal, body=world.team, text="Old", valid_from=START)

    answer = Filling(world.secretary, "add_goal", "team").sent(text=" ", valid_from=typed(TODAY))

    assert answer.status_code == 422


def test_a_body_covers_a_ministry_until_it_no_longer_does(world):
    filling = Filling(world.secretary, "cover", "team")
    filling.confirmed(
        kind="ministry", ministry="economic", valid_from=typed(START), certainty="certain"
    )
    coverage = current(Coverage, body=world.team).get()

    Filling(world.secretary, "end_coverage", coverage.pk).confirmed(day=typed(TODAY), reason="New.")

    assert current(Coverage, body=world.team).get().valid_until == TODAY


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("ministry", "Choose a ministry."), ("theme", "Write which task field or theme.")],
)
def test_what_is_covered_has_a_name(world, kind, sentence):
    answer = Filling(world.secretary, "cover", "team").sent(kind=kind, certainty="certain")

    assert answer.status_code == 422
    assert sentence in words_of(answer)


def a_link(world: SimpleNamespace, **data: str) -> Filling:
    filling = Filling(world.secretary, "link_bodies", "team")
    filling.data.update(
        kind="liaison",
        to_body="P10",
        person="secretary team",
        valid_from=typed(START),
        certainty="certain",
    )
    filling.data.update(data)
    return filling


def test_a_link_is_laid_corrected_and_ended(world):
    told = words_of(a_link(world).sent())
    a_link(world).confirmed()
    link = current(LinkFact, link__from_body=world.team).get()
    correction = Filling(world.secretary, "correct_link", link.pk)
    correction.confirmed(valid_from=typed(START), note="Weekly", reason="It was agreed.")
    link = current(LinkFact, link__from_body=world.team).get()
    Filling(world.secretary, "end_link", link.pk).confirmed(day=typed(TODAY), reason="Stopped.")

    assert "new link: has a liaison to P10" in told
    ended = current(LinkFact, link__from_body=world.team).get()
    assert (ended.note, ended.person, ended.valid_until) == ("Weekly", None, TODAY)


def test_a_link_to_itself_and_a_second_one_are_refused(world):
    itself = a_link(world, to_body="Climate team").sent()
    world.register.do(
        link_bodies,
        body=world.team,
        to_body=world.network,
        kind=LinkKind.LIAISON,
        valid_from=BEGIN,
    )
    second = a_link(world).sent()

    assert "a body cannot be linked to itself" in words_of(itself)
    assert "This link already exists in that period." in words_of(second)


def test_a_second_tab_that_prolongs_keeps_what_was_typed(world):
    data = {"until": typed(LATER), "decision": "Board of 12 October", "reason": "Not ready."}
    Filling(world.keeper, "prolong_body", world.term.pk).confirmed(**data)

    answer = Filling(world.keeper, "prolong_body", world.term.pk).sent(form_key="2", **data)

    assert "Somebody changed this in the meantime." in words_of(answer)
    assert "Board of 12 October" in answer.content.decode()


def test_the_page_to_keep_a_body_asks_no_more_queries_for_more_seats(
    world, django_assert_max_num_queries
):
    def counted():
        with django_assert_max_num_queries(80) as queries:
            filling = Filling(world.keeper, "keep_body", "team")
            assert filling.opened().status_code == 200
        return len(queries)

    counted()
    few = counted()
    for number in range(6):
        person = world.register.person(f"lid-{number}", f"member {number}")
        seat = world.register.seat(world.team, valid_from=START, valid_until=END)
        world.register.tenure(seat, person, START)

    assert counted() == few


def test_the_buttons_of_a_body_ask_no_more_queries_for_more_seats(
    world, django_assert_max_num_queries
):
    def counted(account):
        filling = Filling(account, "body", "team")
        with django_assert_max_num_queries(80) as queries:
            assert filling.opened().status_code == 200
        return len(queries)

    few = counted(world.secretary)
    for number in range(6):
        person = world.register.person(f"lid-{number}", f"member {number}")
        seat = world.register.seat(world.team, valid_from=START, valid_until=END)
        world.register.tenure(seat, person, START)

    assert counted(world.secretary) == few
