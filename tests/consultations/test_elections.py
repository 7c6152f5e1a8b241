"""Elections of persons: in rounds, by approval, by ranking; lots are drawn by people."""

import pytest

from consultations.assembly import (
    AFTER,
    LATER,
    closed,
    election,
    motion,
    opened,
    persons_rule,
    put_in,
    sitting_of,
)
from consultations.council import Council
from verband.consultations.kinds import Weighing
from verband.consultations.models import Consultation
from verband.consultations.queries.elections import ElectionCount, blt_of, elections_of
from verband.consultations.queries.standing import questions_of, standing_of
from verband.consultations.use_cases.admission import (
    NotOneOfThem,
    OneSeatInRounds,
    SecretAsksForPersons,
)
from verband.consultations.use_cases.elections import (
    NoLotNeeded,
    NoNextRound,
    NotSecret,
    enter_lot,
    hold_next_round,
)
from verband.core.voting.blt import parse_blt
from verband.core.voting.elections import BadField
from world import NOW


def counted(made: Council, vote: Consultation) -> ElectionCount:
    """The vote closed, and its one election counted."""
    [found] = elections_of(standing_of(closed(made, vote)))
    return found


@pytest.mark.django_db
class TestRounds:
    """One association for each test."""

    def test_who_has_more_than_half_is_elected(self, made: Council) -> None:
        vote = election(made, sitting_of(made), persons_rule(made))
        for place, name in enumerate(("anna", "anna", "anna", "bert", "cees")):
            put_in(made, vote, place, name)
        put_in(made, vote, 5)

        found = counted(made, vote)

        assert (found.verdict, found.elected) == ("elected", ("anna",))
        assert found.votes == {"anna": 3, "bert": 1, "cees": 1}
        assert (found.took_part, found.blank) == (6, 1)

    def test_the_next_round_is_a_vote_of_its_own_between_the_two_with_most(
        self, made: Council
    ) -> None:
        vote = election(made, sitting_of(made), persons_rule(made))
        for place, name in enumerate(("anna", "anna", "anna", "bert", "bert", "cees")):
            put_in(made, vote, place, name)
        assert counted(made, vote).verdict == "next_round"

        second = hold_next_round(actor=made.secretary, now=LATER, consultation=vote)
        with pytest.raises(NoNextRound):
            hold_next_round(actor=made.secretary, now=LATER, consultation=vote)

        assert (second.key, second.round_of) == (f"{vote.key}-r2", vote)
        [asked] = questions_of(second)
        assert asked.choices == ("anna", "bert")
        opened(made, second)
        for place in range(6):
            put_in(made, second, place, ("anna", "bert")[place % 2])
        found = counted(made, second)
        assert (found.verdict, found.field, found.round) == ("lot_needed", ("anna", "bert"), 2)

        enter_lot(actor=made.secretary, now=AFTER, consultation=second, order=["bert", "anna"])
        [drawn] = elections_of(standing_of(second))
        assert (drawn.verdict, drawn.elected) == ("elected", ("bert",))

    def test_a_lot_is_entered_only_where_one_is_needed_and_between_those(
        self, made: Council
    ) -> None:
        vote = election(made, sitting_of(made), persons_rule(made))
        for place in range(3):
            put_in(made, vote, place, "anna")
        closed(made, vote)

        with pytest.raises(NoLotNeeded):
            enter_lot(actor=made.secretary, now=AFTER, consultation=vote, order=["anna"])
        with pytest.raises(NoNextRound):
            hold_next_round(actor=made.secretary, now=AFTER, consultation=vote)

    def test_against_all_is_a_vote_and_two_names_are_not(self, made: Council) -> None:
        vote = election(made, sitting_of(made), persons_rule(made))

        with pytest.raises(NotOneOfThem):
            put_in(made, vote, 0, "anna", "bert")
        with pytest.raises(NotOneOfThem):
            put_in(made, vote, 0, "dirk")
        for place in range(4):
            put_in(made, vote, place, "none")

        found = counted(made, vote)
        assert (found.verdict, found.against) == ("nobody", 4)

    def test_rounds_fill_one_seat_and_candidates_are_no_choices(self, made: Council) -> None:
        sitting, rule = sitting_of(made), persons_rule(made)

        with pytest.raises(OneSeatInRounds):
            election(made, sitting, rule, seats=2)
        question = {"form": "persons", "text": "Wie?", "options": [{"code": "none"}]}
        with pytest.raises(BadField):
            election(made, sitting, rule, questions=[question])

    def test_a_secret_vote_is_about_persons(self, made: Council) -> None:
        with pytest.raises(SecretAsksForPersons):
            opened(made, motion(made, sitting_of(made), rule=persons_rule(made)))


@pytest.mark.django_db
class TestSeveralSeats:
    """One association for each test."""

    def test_by_approval_those_with_a_majority_are_elected(self, made: Council) -> None:
        vote = election(made, sitting_of(made), persons_rule(made, "approval"), seats=2)
        for place, names in enumerate(("ab", "ab", "ac", "ab", "c")):
            put_in(made, vote, place, *({"a": "anna", "b": "bert", "c": "cees"}[n] for n in names))

        found = counted(made, vote)

        assert found.elected == ("anna", "bert")
        assert found.votes == {"anna": 4, "bert": 3, "cees": 2}

    def test_ranked_ballots_fill_the_seats_and_leave_as_a_file(self, made: Council) -> None:
        vote = election(made, sitting_of(made), persons_rule(made, "stv"), seats=2)
        for place in range(4):
            put_in(made, vote, place, "anna", "bert")
        put_in(made, vote, 4, "cees")
        put_in(made, vote, 5)

        found = counted(made, vote)

        assert found.elected == ("anna", "bert")
        assert (found.quota, found.blank) == (2, 1)
        profile = parse_blt(blt_of(standing_of(vote), "1") or "")
        assert profile.ballots == ((4, (1, 2)), (1, (3,)))
        assert profile.candidates[0] == "wethouder anna"

    def test_equals_at_every_stage_wait_for_the_lot(self, made: Council) -> None:
        vote = election(made, sitting_of(made), persons_rule(made, "stv"), seats=1)
        for place in range(4):
            put_in(made, vote, place, ("anna", "bert")[place % 2])

        assert counted(made, vote).verdict == "lot_needed"
        enter_lot(
            actor=made.secretary, now=AFTER, consultation=vote, order=["bert", "anna", "cees"]
        )

        [found] = elections_of(standing_of(vote))
        assert found.elected == ("bert",)

    def test_an_election_by_name_weighs_votes_and_keeps_ballots(self, made: Council) -> None:
        rule = persons_rule(
            made, "approval", is_secret=False, weighing=Weighing.VOTES, key="by-name"
        )
        vote = election(made, sitting_of(made), rule, seats=2)
        made.cast(vote, 0, answers={"1": ["anna", "bert"]}, now=NOW)
        made.cast(vote, 1, answers={"1": ["bert"]}, now=NOW)
        with pytest.raises(NotSecret):
            put_in(made, vote, 2, "anna")

        found = counted(made, vote)
        assert found.votes == {"anna": 75, "bert": 125, "cees": 0}
        assert found.elected == ("bert", "anna")
