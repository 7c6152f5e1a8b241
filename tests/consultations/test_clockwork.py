"""The clock opens and closes votes: once, also when it was down, also in a strange night."""

import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from consultations.council import CLOSES, Council, council
from consultations.together import at_once
from verband.consultations import clockwork
from verband.consultations.clockwork import turn
from verband.consultations.kinds import State, StepKind
from verband.consultations.models import Ballot, RollLine, Step
from verband.consultations.queries.due import missed, to_close, to_open
from verband.consultations.queries.standing import standing_of
from verband.consultations.tasks import turn_the_clock
from verband.consultations.use_cases.casting import TooLate
from verband.consultations.use_cases.preparing import withdraw_consultation
from verband.kernel import clock
from verband.kernel.audit import AuditLine
from verband.members.models import Membership
from verband.members.use_cases import end_membership
from world import NOW

SOON = NOW + timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
class TestClock:
    """One association for each test, and a clock that is moved by hand."""

    def test_a_vote_opens_at_its_time_and_not_before(self, made: Council) -> None:
        vote = made.prepare(opens_at=SOON)

        assert turn(SOON - MINUTE).done == []
        assert turn(SOON).done == [("open", vote.key)]
        assert standing_of(vote).state(SOON) == State.OPEN

    def test_a_vote_closes_at_its_time_and_not_before(self, made: Council) -> None:
        vote = made.opened()

        assert turn(CLOSES - MINUTE).done == []
        assert turn(CLOSES).done == [("close", vote.key)]
        assert turn(CLOSES + MINUTE).done == []

    def test_what_the_clock_did_stands_on_record_as_its_doing(self, made: Council) -> None:
        vote = made.prepare(opens_at=SOON)
        turn(SOON)
        turn(CLOSES)

        lines = AuditLine.objects.filter(use_case__startswith="consultations.").order_by("-pk")[:2]

        assert [(line.use_case, line.actor) for line in lines] == [
            ("consultations.close_vote", "system:clock"),
            ("consultations.open_vote", "system:clock"),
        ]
        assert lines[0].details["consultation"]["name"] == vote.key

    def test_a_worker_that_was_down_opens_with_the_roll_of_the_planned_day(
        self, made: Council
    ) -> None:
        vote = made.prepare(opens_at=SOON)
        leaving = Membership.objects.known(None).get(organisation=made.members[5])
        made.world.do(end_membership, membership=leaving, day=date(2017, 10, 31), reason="x")

        late = SOON + timedelta(days=2)
        turn(late)

        standing = standing_of(vote)
        assert standing.frozen["day"] == "2017-10-30"
        assert RollLine.objects.filter(consultation=vote).count() == 6
        assert standing.at_step(StepKind.OPENED) == late

    def test_a_worker_that_was_down_closes_late_and_no_late_vote_counts(
        self, made: Council
    ) -> None:
        vote = made.opened()
        made.cast(vote, 0, now=CLOSES - MINUTE)
        with pytest.raises(TooLate):
            made.cast(vote, 1, now=CLOSES + MINUTE)

        turn(CLOSES + timedelta(hours=5))

        assert Ballot.objects.filter(consultation=vote).count() == 1
        assert standing_of(vote).steps[StepKind.CLOSED].data["early"] is False

    def test_a_vote_whose_whole_time_passed_is_not_opened_but_reported(self, made: Council) -> None:
        vote = made.prepare(opens_at=SOON)
        after = CLOSES + MINUTE

        assert turn(after).done == []
        assert missed(after) == [vote]
        assert missed(CLOSES - MINUTE) == []

    def test_both_moments_passed_while_open_closes_in_one_turn(self, made: Council) -> None:
        first, second = made.opened(), made.prepare(opens_at=CLOSES - MINUTE)
        assert turn(CLOSES).done == [("close", first.key)]
        assert missed(CLOSES) == [second]

    def test_what_was_withdrawn_is_left_alone(self, made: Council) -> None:
        planned, opened = made.prepare(opens_at=SOON), made.opened()
        for vote in (planned, opened):
            withdraw_consultation(actor=made.secretary, now=NOW, consultation=vote, reason="x")

        assert to_open(CLOSES - MINUTE) == []
        assert to_close(CLOSES) == []

    def test_a_draft_without_a_time_waits_for_people(self, made: Council) -> None:
        made.prepare()

        assert turn(CLOSES - MINUTE).done == []

    def test_one_vote_that_fails_stops_no_other(
        self, made: Council, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.WARNING, logger="verband")
        empty = made.prepare(opens_at=SOON, questions=[])
        good = made.prepare(opens_at=SOON)

        result = turn(SOON)

        assert result.done == [("open", good.key)]
        assert [(code, key) for code, key, _why in result.failed] == [("open", empty.key)]
        assert "There is no question on the paper yet." in result.failed[0][2]
        assert empty.key in caplog.text

    def test_a_fault_of_ours_in_one_vote_stops_no_other(
        self, made: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken, good = made.prepare(opens_at=SOON), made.prepare(opens_at=SOON)
        real = clockwork.open_vote

        def opening(**given: Any) -> Step:
            if given["consultation"] == broken:
                raise ZeroDivisionError
            return real(**given)

        chore = clockwork.Chore("open", to_open, opening)  # type: ignore[arg-type]
        monkeypatch.setattr(clockwork, "CHORES", [chore])

        result = turn(SOON)

        assert result.done == [("open", good.key)]
        assert result.failed == [("open", broken.key, "ZeroDivisionError")]

    def test_the_night_in_which_the_clock_goes_back_has_two_half_past_twos(
        self, made: Council
    ) -> None:
        # 29 October 2017: at three summer time it becomes two again, winter time.
        zone = clock.zone()
        first = datetime(2017, 10, 29, 2, 30, tzinfo=zone)
        second = first.replace(fold=1)
        now = datetime(2017, 10, 28, 12, tzinfo=UTC)
        early = made.opened(now=now, closes_at=first.astimezone(UTC))
        late = made.opened(now=now, closes_at=second.astimezone(UTC))

        at_first = datetime(2017, 10, 29, 0, 30, tzinfo=UTC)
        assert turn(at_first - MINUTE).done == []
        assert turn(at_first).done == [("close", early.key)]
        assert turn(at_first + timedelta(minutes=59)).done == []
        assert turn(at_first + timedelta(hours=1)).done == [("close", late.key)]

    def test_a_wrong_clock_of_a_phone_does_not_matter(self, made: Council) -> None:
        vote = made.opened()
        # The phone says an hour earlier; the request is read at the edge of this machine.
        with time_machine.travel(CLOSES - timedelta(hours=1), tick=False):
            with pytest.raises(TooLate):
                made.cast(vote, 0, now=CLOSES + MINUTE)
            made.cast(vote, 1, now=CLOSES - MINUTE)

    def test_the_job_of_every_minute_takes_its_instant_from_the_clock_of_the_demo(
        self, made: Council, settings: Any
    ) -> None:
        vote = made.prepare(opens_at=SOON - timedelta(hours=3))
        settings.VERBAND_TODAY = date(2017, 10, 30)

        turn_the_clock(timestamp=0)

        assert standing_of(vote).steps.keys() == {StepKind.OPENED}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_open_and_close_once() -> None:
    made = council()
    votes = [made.prepare(opens_at=SOON) for _ in range(3)]
    turns: list[clockwork.Turn] = []

    at_once(lambda: turns.append(turn(SOON)), workers=2)
    at_once(lambda: turns.append(turn(CLOSES)), workers=2)

    assert [len(t.failed) for t in turns] == [0, 0, 0, 0]
    done = sorted(what for t in turns for what in t.done)
    expected = sorted((code, vote.key) for code in ("open", "close") for vote in votes)
    assert done == expected
    assert Step.objects.filter(consultation__in=votes).count() == 6
    assert RollLine.objects.filter(consultation__in=votes).count() == 18
