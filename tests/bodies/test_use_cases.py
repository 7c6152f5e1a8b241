"""Bodies, seats, tenures and links: what may be done, and every refusal."""

from datetime import date, timedelta

import pytest

from verband.bodies.kinds import BodyKind, CoverKind, LinkKind, SeatRole
from verband.bodies.models import (
    Body,
    BodyFact,
    BodyTerm,
    Coverage,
    Goal,
    GoalFact,
    LinkFact,
    LinkToItself,
    OneLinkAtATime,
    ReviewAfterEnd,
    Seat,
    SeatFact,
    SeatTaken,
    TemporaryNeedsEnd,
    Tenure,
)
from verband.bodies.use_cases import (
    add_goal,
    add_seat,
    change_body,
    change_goal,
    correct_tenure,
    cover,
    end_body,
    end_coverage,
    end_link,
    end_seat,
    end_tenure,
    link_bodies,
    prolong_body,
    seat_someone,
    set_up_body,
)
from verband.bodies.use_cases.bodies import (
    DoesNotExist,
    NotAfterEnd,
    ReasonNeeded,
    TemporaryTooLong,
)
from verband.bodies.use_cases.seats import OneHolder, SeatDoesNotExist, SubstituteElsewhere
from verband.kernel.permissions import NotAllowed
from verband.people.use_cases import KeyTaken
from world import NOW, World, found

pytestmark = pytest.mark.django_db
START, END = date(2017, 3, 1), date(2018, 3, 1)
LATER = date(2018, 9, 1)


@pytest.fixture
def world() -> World:
    return found()


@pytest.fixture
def team(world: World) -> Body:
    """A temporary team of a year."""
    return world.body(
        "team",
        kind=BodyKind.EXPERTISE_TEAM,
        valid_from=START,
        valid_until=END,
        is_temporary=True,
        review_on=date(2017, 12, 1),
    )


def term_of(body: Body) -> BodyTerm:
    term: BodyTerm = BodyTerm.objects.filter(body=body).known(None).get()
    return term


class TestSettingUp:
    def test_a_temporary_body_without_an_end_is_refused(self, world: World) -> None:
        with pytest.raises(TemporaryNeedsEnd, match="needs an end date"):
            world.body("team", valid_from=START, is_temporary=True)

    def test_a_temporary_body_lives_two_years_at_most(self, world: World) -> None:
        world.body("two", valid_from=START, valid_until=date(2019, 3, 1), is_temporary=True)

        with pytest.raises(TemporaryTooLong):
            world.body("more", valid_from=START, valid_until=date(2019, 3, 2), is_temporary=True)

    def test_a_body_set_up_on_a_leap_day_ends_on_the_last_of_february(self, world: World) -> None:
        leap = {"valid_from": date(2016, 2, 29), "is_temporary": True}
        world.body("two", valid_until=date(2018, 2, 28), **leap)

        with pytest.raises(TemporaryTooLong):
            world.body("more", valid_until=date(2018, 3, 1), **leap)

    def test_two_bodies_cannot_share_an_address(self, world: World, team: Body) -> None:
        with pytest.raises(KeyTaken):
            world.body(team.key)

    def test_a_review_comes_before_the_end(self, world: World) -> None:
        with pytest.raises(ReviewAfterEnd):
            world.body(
                "team",
                valid_from=START,
                valid_until=END,
                is_temporary=True,
                review_on=END + timedelta(days=1),
            )


class TestChanging:
    def test_a_new_name_counts_from_its_day(self, world: World) -> None:
        body = world.body("committee", name="Milieu")
        fact = BodyFact.objects.get(body=body)
        world.do(change_body, fact=fact, day=START, name="Klimaat", now=NOW)

        names = {
            day: BodyFact.objects.filter(body=body).at(day).known(None).get().name
            for day in (START - timedelta(days=1), START)
        }

        assert list(names.values()) == ["Milieu", "Klimaat"]

    def test_a_goal_that_is_reached_was_running_before(self, world: World, team: Body) -> None:
        goal: Goal = world.do(add_goal, body=team, text="Advies", valid_from=START)
        fact = GoalFact.objects.get(goal=goal)
        reached = GoalFact.State.REACHED
        world.do(change_goal, fact=fact, day=date(2017, 9, 1), state=reached, now=NOW)

        states = [
            GoalFact.objects.filter(goal=goal).at(day).known(None).get().state
            for day in (date(2017, 8, 31), date(2017, 9, 1))
        ]

        assert states == ["running", "reached"]

    def test_a_body_covers_a_field_for_a_period(self, world: World, team: Body) -> None:
        field = {"kind": CoverKind.TASK_FIELD, "label": "energie"}
        coverage = world.do(cover, body=team, valid_from=START, **field)

        world.do(end_coverage, coverage=coverage, day=date(2017, 6, 1), reason="moved", now=NOW)

        assert Coverage.objects.at(date(2017, 5, 31)).known(None).count() == 1
        assert Coverage.objects.at(date(2017, 6, 1)).known(None).count() == 0


class TestProlonging:
    def test_everything_that_would_end_with_it_goes_on_but_its_people(
        self, world: World, team: Body
    ) -> None:
        seat = world.seat(team, valid_from=START, valid_until=END)
        world.tenure(seat, world.person("one"), START)

        world.do(
            prolong_body,
            term=term_of(team),
            until=LATER,
            decision="board 2018-02",
            reason="not finished",
            now=NOW,
        )

        assert term_of(team).valid_until == LATER
        assert BodyFact.objects.filter(body=team).known(None).get().valid_until == LATER
        assert SeatFact.objects.filter(seat=seat).known(None).get().valid_until == LATER
        assert Tenure.objects.filter(seat=seat).known(None).get().valid_until == END

    @pytest.mark.parametrize(("decision", "reason"), [("", "why"), ("board", ""), ("board", " ")])
    def test_it_needs_a_decision_and_a_reason(
        self, world: World, team: Body, decision: str, reason: str
    ) -> None:
        with pytest.raises(ReasonNeeded):
            world.do(
                prolong_body, term=term_of(team), until=LATER, decision=decision, reason=reason
            )

    def test_the_new_end_lies_after_the_old_one(self, world: World, team: Body) -> None:
        with pytest.raises(NotAfterEnd):
            world.do(prolong_body, term=term_of(team), until=END, decision="b", reason="r")


class TestEnding:
    def test_seats_tenures_goals_and_links_end_with_the_body(self, world: World) -> None:
        body, other = world.body("committee"), world.body("board")
        seat = world.seat(body)
        world.tenure(seat, world.person("one"), date(2014, 1, 1))
        world.do(add_goal, body=body, text="Advies", valid_from=START)
        report = {"kind": LinkKind.REPORTS_TO, "valid_from": START}
        world.do(link_bodies, body=body, to_body=other, **report)

        world.do(end_body, body=body, day=END, reason="done", after_end="to the board", now=NOW)

        for model in (BodyTerm, BodyFact, SeatFact, Tenure, GoalFact, LinkFact):
            about_other = {"body": other} if model in (BodyTerm, BodyFact) else {}
            rows = model.objects.at(END).known(None).exclude(**about_other)
            assert not rows.exists(), model
        assert term_of(body).after_end == "to the board"

    def test_a_body_that_does_not_exist_cannot_end(self, world: World, team: Body) -> None:
        with pytest.raises(DoesNotExist):
            world.do(end_body, body=team, day=START, reason="never mind", now=NOW)


class TestSeats:
    def test_a_tenure_without_an_end_ends_with_the_seat(self, world: World, team: Body) -> None:
        seat = world.seat(team, valid_from=START, valid_until=END)

        tenure = world.tenure(seat, world.person("one"), START)

        assert tenure.valid_until == END

    def test_nobody_sits_on_a_seat_before_it_is_there(self, world: World, team: Body) -> None:
        seat = world.seat(team, valid_from=START, valid_until=END)

        with pytest.raises(SeatDoesNotExist):
            world.tenure(seat, world.person("one"), START - timedelta(days=1))

    def test_a_correction_stays_within_the_seat(self, world: World, team: Body) -> None:
        seat = world.seat(team, valid_from=START, valid_until=END)
        tenure = world.tenure(seat, world.person("one"), START)

        with pytest.raises(SeatDoesNotExist):
            world.do(correct_tenure, tenure=tenure, valid_until=LATER, reason="typo")

    def test_a_seat_is_held_by_a_person_or_by_a_municipality(self, world: World) -> None:
        seat = world.seat(world.body("g4", kind=BodyKind.MUNICIPAL_NETWORK))
        town, person = world.municipality("gm0001"), world.person("one")
        world.do(seat_someone, seat=seat, organisation=town, valid_from=START, valid_until=END)

        with pytest.raises(OneHolder):
            world.do(seat_someone, seat=seat, person=person, organisation=town, valid_from=END)
        with pytest.raises(OneHolder):
            world.do(seat_someone, seat=seat, valid_from=END)

    def test_an_abolished_seat_is_left_that_day(self, world: World) -> None:
        seat = world.seat(world.body("board"))
        world.tenure(seat, world.person("one"), START)

        world.do(end_seat, seat=seat, day=END, reason="smaller board", now=NOW)

        assert Tenure.objects.filter(seat=seat).known(None).get().valid_until == END
        with pytest.raises(SeatDoesNotExist):
            world.tenure(seat, world.person("two"), END)

    def test_a_substitute_stands_in_within_the_same_body(self, world: World) -> None:
        board, other = world.body("board"), world.body("other")
        seat = world.seat(board)
        world.seat(board, substitute_of=seat)

        with pytest.raises(SubstituteElsewhere):
            world.seat(other, substitute_of=seat)

    def test_seats_are_numbered_within_their_body(self, world: World) -> None:
        board, other = world.body("board"), world.body("other")

        numbers = [world.seat(body).number for body in (board, board, other)]

        assert numbers == [1, 2, 1]

    def test_who_left_early_makes_room_at_once(self, world: World) -> None:
        seat = world.seat(world.body("board"))
        tenure = world.tenure(seat, world.person("one"), START)
        with pytest.raises(SeatTaken):
            world.tenure(seat, world.person("two"), LATER)

        world.do(end_tenure, tenure=tenure, day=LATER, reason="moved", now=NOW)

        assert world.tenure(seat, world.person("three"), LATER).pk


class TestLinks:
    def test_a_body_is_not_linked_to_itself(self, world: World) -> None:
        board = world.body("board")

        with pytest.raises(LinkToItself):
            world.do(
                link_bodies, body=board, to_body=board, kind=LinkKind.LIAISON, valid_from=START
            )

    def test_a_link_holds_once_on_a_day_and_may_come_back(self, world: World) -> None:
        board, g4 = world.body("board"), world.body("g4")
        tie = {"body": board, "to_body": g4, "kind": LinkKind.LIAISON}
        fact = world.do(link_bodies, valid_from=START, **tie)
        with pytest.raises(OneLinkAtATime):
            world.do(link_bodies, valid_from=END, **tie)

        world.do(end_link, fact=fact, day=END, reason="moved", now=NOW)
        again = world.do(link_bodies, valid_from=END, now=NOW, **tie)

        assert again.link_id == fact.link_id


class TestAuthority:
    def test_the_secretary_keeps_the_page_of_the_own_body_only(self, world: World) -> None:
        own, other = world.body("own"), world.body("other")
        person = world.person("secretary")
        seat = world.seat(own, role=SeatRole.SECRETARY)
        world.tenure(seat, person, date(2014, 1, 1))
        account = world.account(person)
        given = {"actor": account, "now": NOW, "role": SeatRole.MEMBER, "valid_from": START}

        assert isinstance(add_seat(body=own, **given), Seat)
        with pytest.raises(NotAllowed):
            add_seat(body=other, **given)

    def test_authority_ends_with_the_seat(self, world: World) -> None:
        body, person = world.body("own"), world.person("secretary")
        seat = world.seat(body, role=SeatRole.SECRETARY)
        world.tenure(seat, person, date(2014, 1, 1), valid_until=NOW.date())
        account = world.account(person)

        with pytest.raises(NotAllowed):
            add_seat(actor=account, now=NOW, body=body, role=SeatRole.MEMBER, valid_from=START)

    def test_a_member_of_the_body_may_not_change_it(self, world: World) -> None:
        body, person = world.body("own"), world.person("member")
        world.tenure(world.seat(body), person, date(2014, 1, 1))

        assert not end_seat.may(actor=world.account(person), now=NOW, seat=body.seats.get())

    def test_the_secretary_sets_up_no_bodies(self, world: World) -> None:
        body, person = world.body("own"), world.person("secretary")
        world.tenure(world.seat(body, role=SeatRole.SECRETARY), person, date(2014, 1, 1))

        assert not set_up_body.may(actor=world.account(person), now=NOW)
