"""What hangs on a body, a seat or a member never outlives it, whatever comes in which order."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from verband.bodies.kinds import BodyKind, CoverKind
from verband.bodies.models import (
    Body,
    BodyFact,
    BodyTerm,
    Coverage,
    CoversOneThing,
    SeatFact,
    TemporaryNeedsEnd,
    Tenure,
)
from verband.bodies.use_cases import (
    change_body,
    change_seat,
    correct_tenure,
    correct_term,
    cover,
    end_body,
    end_seat,
    import_members,
    prolong_body,
    record_succession,
    seat_someone,
    set_up_body,
)
from verband.bodies.use_cases.bodies import NothingToProlong, TemporaryTooLong
from verband.bodies.use_cases.seats import OneHolder, SeatDoesNotExist
from verband.core.errors import DomainError
from verband.kernel.existence import LeftOutside
from verband.kernel.two_times import AlreadySuperseded
from verband.kernel.use_case import DoesNotFit
from verband.members.existence import OrganisationDoesNotExist
from verband.members.models import (
    Function,
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    OrganisationKind,
    Succession,
)
from verband.members.models import SuccessionKind as Kind
from verband.members.succession import OneMainSuccessor, Part, SucceededAlready, SucceedsItself
from verband.members.use_cases import (
    add_organisation,
    change_organisation,
    correct_office,
    correct_organisation,
    end_organisation,
    enter_population,
    take_office,
)
from verband.members.use_cases.organisations import HasEnded
from world import NOW, World, found

START, CHANGED, END = date(2017, 1, 1), date(2017, 9, 1), date(2018, 3, 1)
DAY = date(2017, 6, 1)


@pytest.fixture
def world(db: None) -> World:
    return found()


def a_team(world: World) -> tuple[Body, BodyTerm]:
    """A temporary body with one seat."""
    body = world.body(
        "team", BodyKind.EXPERTISE_TEAM, valid_from=START, valid_until=END, is_temporary=True
    )
    return body, BodyTerm.objects.known(None).get(body=body)


def a_ministry(world: World, key: str = "mnre1034", until: date | None = None) -> Organisation:
    """A ministry since before the register began."""
    kind, name = OrganisationKind.MINISTRY, "Ministry of the Interior"
    given = {"key": key, "kind": kind, "name": name, "valid_from": None, "valid_until": until}
    made: Organisation = world.do(add_organisation, **given)
    return made


def current(model: Any, **having: Any) -> list[tuple[date | None, date | None]]:
    rows = model.objects.known(None).filter(**having).order_by("valid_from")
    return [(row.valid_from, row.valid_until) for row in rows]


def merger(one: Any, other: Any, *, main: bool = True) -> Part:
    return Part(one, other, Kind.MERGER, ceases=True, is_main=main)


class TestEnding:
    def test_a_seat_that_was_to_change_later_does_not_come_back(self, world: World) -> None:
        seat = world.seat(world.body("board"))
        fact = SeatFact.objects.known(None).get(seat=seat)
        world.do(change_seat, fact=fact, day=CHANGED, title="Chair")
        world.tenure(seat, world.person("next"), CHANGED)

        world.do(end_seat, seat=seat, day=DAY, reason="fewer seats", now=NOW)

        assert [until for _start, until in current(SeatFact, seat=seat)] == [DAY]
        assert current(Tenure, seat=seat) == []

    def test_a_body_that_was_to_be_renamed_does_not_come_back(self, world: World) -> None:
        body = world.body("board")
        fact = BodyFact.objects.known(None).get(body=body)
        world.do(change_body, fact=fact, day=CHANGED, name="Council")

        world.do(end_body, body=body, day=DAY, reason="done", now=NOW)

        assert [until for _start, until in current(BodyFact, body=body)] == [DAY]

    def test_an_organisation_that_was_to_be_renamed_does_not_come_back(self, world: World) -> None:
        town = world.municipality("gm0001")
        fact = OrganisationFact.objects.known(None).get(organisation=town)
        world.do(change_organisation, fact=fact, day=CHANGED, name="Other")
        mayor = world.person("mayor")
        office = {"person": mayor, "organisation": town, "function": Function.MAYOR}
        world.do(take_office, **office, valid_from=CHANGED)

        world.do(end_organisation, organisation=town, day=DAY, reason="gone", now=NOW)

        assert [until for _start, until in current(OrganisationFact, organisation=town)] == [DAY]
        assert current(OfficeFact, office__organisation=town) == []

    def test_an_organisation_may_end_on_the_day_of_its_new_name(self, world: World) -> None:
        town = world.municipality("gm0001")
        fact = OrganisationFact.objects.known(None).get(organisation=town)
        world.do(change_organisation, fact=fact, day=DAY, name="Other")

        world.do(end_organisation, organisation=town, day=DAY, reason="gone", now=NOW)

        assert current(OrganisationFact, organisation=town) == [(None, DAY)]
        with pytest.raises(HasEnded):
            world.do(end_organisation, organisation=town, day=DAY, reason="again", now=NOW)

    def test_an_organisation_that_ends_leaves_its_seats(self, world: World) -> None:
        town = world.municipality("gm0001")
        seat = world.seat(world.body("g32", BodyKind.MUNICIPAL_NETWORK))
        world.do(seat_someone, seat=seat, organisation=town, valid_from=START)

        world.do(end_organisation, organisation=town, day=DAY, reason="gone", now=NOW)

        assert current(Tenure, seat=seat) == [(START, DAY)]

    def test_a_seat_that_an_organisation_takes_ends_with_the_organisation(
        self, world: World
    ) -> None:
        town = world.municipality("gm0001", valid_until=END)
        lasting, short = (
            world.seat(world.body("g32")),
            world.seat(world.body("g4"), valid_until=DAY),
        )
        for seat in (lasting, short):
            world.do(seat_someone, seat=seat, organisation=town, valid_from=START)

        assert current(Tenure, seat=lasting) == [(START, END)]
        assert current(Tenure, seat=short) == [(START, DAY)]

    def test_an_organisation_sits_only_while_it_exists(self, world: World) -> None:
        town = world.municipality("gm0001", valid_from=CHANGED, valid_until=END)
        seat = world.seat(world.body("g32"))
        taking = {"seat": seat, "organisation": town}

        for start, until in ((START, None), (START, END), (CHANGED, date(2019, 1, 1)), (END, None)):
            with pytest.raises(OrganisationDoesNotExist):
                world.do(seat_someone, **taking, valid_from=start, valid_until=until)
        tenure = world.do(seat_someone, **taking, valid_from=CHANGED)
        with pytest.raises(OrganisationDoesNotExist):
            world.do(correct_tenure, tenure=tenure, reason="minutes", valid_from=START, now=NOW)
        assert current(Tenure, seat=seat) == [(CHANGED, END)]

    def test_who_sat_since_before_the_register_began_existed_before_it(self, world: World) -> None:
        old = world.municipality("gm0001", valid_from=date(1971, 1, 1), valid_until=END)
        new = world.municipality("gm0002", valid_from=DAY)
        seat = world.seat(world.body("g32", valid_from=None), valid_from=None)

        with pytest.raises(OrganisationDoesNotExist):
            world.do(seat_someone, seat=seat, organisation=new, valid_from=None)
        world.do(seat_someone, seat=seat, organisation=old, valid_from=None)

        assert current(Tenure, seat=seat) == [(None, END)]

    def test_a_seat_is_not_corrected_to_a_holder_that_was_gone(self, world: World) -> None:
        town, gone = world.municipality("gm0001"), world.municipality("gm0002", valid_until=START)
        seat = world.seat(world.body("g32"))
        tenure = world.do(seat_someone, seat=seat, organisation=town, valid_from=START)

        with pytest.raises(OrganisationDoesNotExist):
            world.do(correct_tenure, tenure=tenure, reason="r", organisation=gone, now=NOW)

    def test_a_ministry_is_covered_only_while_it_exists(self, world: World) -> None:
        ministry = a_ministry(world, until=END)
        given = {"body": world.body("table"), "kind": CoverKind.MINISTRY, "ministry": ministry}

        world.do(cover, **given, valid_from=START)

        assert current(Coverage, ministry=ministry) == [(START, END)]
        for start, until in ((START, date(2019, 1, 1)), (END, None)):
            with pytest.raises(OrganisationDoesNotExist):
                world.do(cover, **given, valid_from=start, valid_until=until)

    def test_nothing_covers_a_ministry_that_ends(self, world: World) -> None:
        one, other = a_ministry(world), a_ministry(world, "mnre1130")
        for ministry in (one, other):
            given = {"body": world.body(ministry.key), "kind": CoverKind.MINISTRY}
            world.do(cover, **given, ministry=ministry, valid_from=START)

        world.do(record_succession, parts=[merger(one, other)], day=DAY, now=NOW)
        world.do(end_organisation, organisation=other, day=CHANGED, reason="gone", now=NOW)

        assert current(Coverage, ministry=one) == [(START, DAY)]
        assert current(Coverage, ministry=other) == [(START, CHANGED)]

    def test_a_coverage_follows_the_corrected_period_of_the_ministry(self, world: World) -> None:
        ministry = a_ministry(world)
        given = {"body": world.body("table"), "kind": CoverKind.MINISTRY, "ministry": ministry}
        world.do(cover, **given, valid_from=START)
        fact = OrganisationFact.objects.known(None).get(organisation=ministry)

        world.do(correct_organisation, fact=fact, reason="r", valid_until=DAY, now=NOW)

        assert current(Coverage, ministry=ministry) == [(START, DAY)]

    def test_what_a_member_holds_ends_when_a_file_ends_the_member(self, world: World) -> None:
        town = world.municipality("gm0001")
        seat = world.seat(world.body("g32", BodyKind.MUNICIPAL_NETWORK))
        world.do(seat_someone, seat=seat, organisation=town, valid_from=START)
        rows = [{"line": 2, "code": "GM0001", "until": CHANGED}]
        file = {"file_name": "members.csv", "sha256": "0" * 64}

        world.do(import_members, rows=rows, day=DAY, now=NOW, **file)

        assert current(Tenure, seat=seat) == [(START, CHANGED)]

    def test_nobody_takes_a_seat_after_its_last_day(self, world: World) -> None:
        seat = world.seat(world.body("board"), valid_until=DAY)

        with pytest.raises(SeatDoesNotExist):
            world.tenure(seat, world.person("late"), CHANGED)


class TestCorrecting:
    def test_seats_and_tenures_follow_the_corrected_period(self, world: World) -> None:
        body, term = a_team(world)
        seat = world.seat(body, valid_from=START, valid_until=END)
        world.tenure(seat, world.person("sitter"), START)

        world.do(correct_term, term=term, reason="minutes", valid_until=CHANGED, now=NOW)

        for model, having in ((BodyFact, "body"), (SeatFact, "seat__body"), (Tenure, "seat__body")):
            assert current(model, **{having: body}) == [(START, CHANGED)]

    def test_a_body_that_lasted_longer_does_not_prolong_its_members(self, world: World) -> None:
        body, term = a_team(world)
        seat = world.seat(body, valid_from=START, valid_until=END)
        world.tenure(seat, world.person("sitter"), START)
        later = END + timedelta(days=30)

        world.do(correct_term, term=term, reason="minutes", valid_until=later, now=NOW)

        assert current(SeatFact, seat=seat) == [(START, later)]
        assert current(Tenure, seat=seat) == [(START, END)]

    def test_a_tenure_is_not_silently_lost(self, world: World) -> None:
        body, term = a_team(world)
        seat = world.seat(body, valid_from=START, valid_until=END)
        world.tenure(seat, world.person("late"), CHANGED)

        with pytest.raises(LeftOutside):
            world.do(correct_term, term=term, reason="minutes", valid_until=DAY, now=NOW)

    def test_no_correction_makes_a_temporary_body_endless_or_long(self, world: World) -> None:
        _body, term = a_team(world)
        lasting = BodyTerm.objects.known(None).get(body=world.body("board"))

        with pytest.raises(TemporaryNeedsEnd):
            world.do(correct_term, term=term, reason="r", valid_until=None, now=NOW)
        with pytest.raises(TemporaryTooLong):
            world.do(correct_term, term=term, reason="r", valid_until=date(2025, 1, 1), now=NOW)
        with pytest.raises(TemporaryNeedsEnd):
            world.do(correct_term, term=lasting, reason="r", is_temporary=True, now=NOW)
        with pytest.raises(TemporaryTooLong):
            world.do(
                correct_term,
                term=lasting,
                reason="r",
                is_temporary=True,
                valid_until=END,
                now=NOW,
            )

    def test_a_prolonged_body_can_still_be_corrected(self, world: World) -> None:
        _body, term = a_team(world)
        decided = {"decision": "board", "reason": "work", "until": date(2020, 1, 1)}
        term = world.do(prolong_body, term=term, now=NOW, **decided)

        world.do(correct_term, term=term, reason="typing mistake", decision="college", now=NOW)

        assert current(BodyTerm, body=term.body) == [(START, date(2020, 1, 1))]

    def test_a_review_that_was_planned_stays_when_a_body_is_prolonged(self, world: World) -> None:
        review, later = date(2018, 1, 15), date(2019, 1, 15)
        body = world.body("team", valid_from=START, valid_until=END, review_on=review)
        term = BodyTerm.objects.known(None).get(body=body)
        decided = {"decision": "board", "reason": "work", "now": NOW}

        kept = world.do(prolong_body, term=term, until=date(2019, 3, 1), **decided)
        moved = world.do(
            prolong_body, term=kept, until=date(2020, 3, 1), review_on=later, **decided
        )

        assert (kept.review_on, moved.review_on) == (review, later)

    def test_a_body_without_an_end_is_not_prolonged(self, world: World) -> None:
        term = BodyTerm.objects.known(None).get(body=world.body("board"))
        decided = {"decision": "board", "reason": "work", "until": END, "now": NOW}

        with pytest.raises(NothingToProlong, match="no end"):
            world.do(prolong_body, term=term, **decided)

    def test_membership_and_offices_follow_a_corrected_organisation(self, world: World) -> None:
        town = world.municipality("gm0001")
        world.official("mayor", town, Function.MAYOR)
        fact = OrganisationFact.objects.known(None).get(organisation=town)

        world.do(correct_organisation, fact=fact, reason="r", valid_until=DAY, now=NOW)

        assert current(Membership, organisation=town) == [(None, DAY)]
        assert [until for _start, until in current(OfficeFact)] == [DAY]

    def test_an_office_does_not_outlive_its_organisation(self, world: World) -> None:
        town = world.municipality("gm0001", valid_until=END)
        fact = world.official("mayor", town, Function.MAYOR)

        with pytest.raises(OrganisationDoesNotExist):
            world.do(correct_office, fact=fact, reason="r", valid_until=None, now=NOW)

    def test_a_seat_keeps_one_holder_when_it_is_corrected(self, world: World) -> None:
        seat = world.seat(world.body("board"))
        tenure = world.tenure(seat, world.person("sitter"), START)
        town = world.municipality("gm0001")

        with pytest.raises(OneHolder):
            world.do(correct_tenure, tenure=tenure, reason="r", organisation=town, now=NOW)


class TestSuccession:
    def test_a_merger_is_recorded_once(self, world: World) -> None:
        one, other = world.municipality("gm0001"), world.municipality("gm0002")
        world.do(record_succession, parts=[merger(one, other)], day=DAY, now=NOW)

        with pytest.raises(SucceededAlready):
            world.do(record_succession, parts=[merger(one, other)], day=DAY, now=NOW)

    def test_a_second_main_successor_is_refused_afterwards_too(self, world: World) -> None:
        one, two, three = (world.municipality(f"gm000{n}") for n in (1, 2, 3))
        world.do(record_succession, parts=[merger(one, two)], day=DAY, now=NOW)

        with pytest.raises(OneMainSuccessor):
            world.do(record_succession, parts=[merger(one, three)], day=DAY, now=NOW)

    def test_nobody_succeeds_itself(self, world: World) -> None:
        town = world.municipality("gm0001")

        with pytest.raises(SucceedsItself):
            world.do(record_succession, parts=[merger(town, town)], day=DAY, now=NOW)

    def test_a_seat_that_a_member_was_to_take_goes_to_its_successor(self, world: World) -> None:
        one, other = world.municipality("gm0001"), world.municipality("gm0002")
        seat = world.seat(world.body("g32", BodyKind.MUNICIPAL_NETWORK))
        world.do(seat_someone, seat=seat, organisation=one, valid_from=CHANGED)

        world.do(record_succession, parts=[merger(one, other)], day=DAY, now=NOW)

        assert current(Tenure, organisation=one) == []
        assert current(Tenure, organisation=other) == [(CHANGED, None)]

    def test_a_seat_that_is_passed_on_ends_with_its_new_holder(self, world: World) -> None:
        one, other = world.municipality("gm0001"), world.municipality("gm0002", valid_until=END)
        sitting, waiting = world.seat(world.body("g32")), world.seat(world.body("g4"))
        world.do(seat_someone, seat=sitting, organisation=one, valid_from=START)
        world.do(seat_someone, seat=waiting, organisation=one, valid_from=date(2019, 1, 1))

        done = world.do(record_succession, parts=[merger(one, other)], day=DAY, now=NOW)

        assert current(Tenure, organisation=other) == [(DAY, END)]
        codes = {p.code: p.tenure.seat for p in done.proposals}
        assert codes == {"confirm_network_membership": sitting, "no_main_successor": waiting}


class TestSentences:
    def test_a_coverage_of_nothing_is_refused_in_a_sentence(self, world: World) -> None:
        with pytest.raises(CoversOneThing):
            world.do(cover, body=world.body("b"), kind=CoverKind.THEME, valid_from=START)

    def test_what_is_too_large_to_keep_is_refused_in_a_sentence(self, world: World) -> None:
        town = world.municipality("gm0001")
        figure = {"organisation": town, "reference_date": START, "source": "CBS"}

        with pytest.raises(DoesNotFit):
            world.body("long", name="x" * 201)
        with pytest.raises(DoesNotFit):
            world.do(enter_population, **figure, inhabitants=10**12)

    def test_one_organisation_is_one_body(self, world: World) -> None:
        town = world.municipality("gm0001")
        world.body("first", organisation=town)

        with pytest.raises(AlreadySuperseded):
            world.body("second", organisation=town)


def at_once(count: int, deed: Callable[[int], object]) -> list[DomainError]:
    """Do something in ``count`` threads at the same moment; what was refused."""
    start, refused = threading.Barrier(count), []

    def do(number: int) -> None:
        start.wait()
        try:
            deed(number)
        except DomainError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_two_mergers_of_one_municipality_one_is_recorded(self) -> None:
        world = found()
        one, *others = (world.municipality(f"gm000{n}") for n in range(5))

        refused = at_once(
            4,
            lambda n: world.do(record_succession, parts=[merger(one, others[n])], day=DAY, now=NOW),
        )

        assert len(refused) == 3
        assert Succession.objects.known(None).count() == 1

    def test_of_two_prolongations_one_is_recorded(self) -> None:
        world = found()
        body, term = a_team(world)
        decided = {"decision": "board", "reason": "work", "now": NOW}

        refused = at_once(
            4,
            lambda n: world.do(prolong_body, term=term, until=date(2019, 1, 1 + n), **decided),
        )

        assert [type(one) for one in refused] == [AlreadySuperseded] * 3
        assert len(current(BodyTerm, body=body)) == 1

    def test_one_key_is_given_once_and_seats_are_numbered_once(self) -> None:
        world = found()
        body = world.body("board")

        refused = at_once(
            4,
            lambda n: world.do(
                set_up_body,
                key="same",
                kind=BodyKind.TABLE,
                name=str(n),
                valid_from=START,
                now=NOW,
            ),
        )
        unseated = at_once(4, lambda n: world.seat(body, title=str(n)))

        assert len(refused) == 3
        assert SeatFact.objects.known(None).filter(seat__body=body).count() == 4 - len(unseated)
