"""A vote from opening to closing: the roll, the ballots, and what is refused."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from consultations.council import CLOSES, Council
from verband.consultations.kinds import State
from verband.consultations.models import Ballot, RollLine
from verband.consultations.models.ballots import VotedMeanwhile
from verband.consultations.queries.record import leaf_of
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.casting import (
    NotOnThePaper,
    NotOpenYet,
    TooLate,
    answer_question,
)
from verband.consultations.use_cases.opening import NotYet, close_vote, open_vote
from verband.consultations.use_cases.preparing import AlreadyOpened, change_consultation
from verband.kernel.permissions import CLOCK, NotAllowed
from world import NOW

SOON = NOW + timedelta(hours=1)


@pytest.mark.django_db
class TestVote:
    """One association for each test."""

    def test_the_roll_holds_every_member_with_its_votes(self, made: Council) -> None:
        vote = made.opened()

        lines = RollLine.objects.filter(consultation=vote).order_by("-votes")

        assert [line.votes for line in lines] == [75, 50, 20, 9, 4, 1]
        assert lines[0].segments["size"] == ["250000-"]
        assert standing_of(vote).frozen["votes"] == 159

    def test_a_ballot_counts_once_and_a_later_one_takes_its_place(self, made: Council) -> None:
        vote = made.opened()

        first = made.cast(vote, 0, "for")
        second = made.cast(vote, 0, "against", seen=1)

        assert (first.number, second.number) == (1, 2)
        assert Ballot.objects.filter(consultation=vote).count() == 2
        kept = Ballot.objects.get(pk=second.pk)
        line = RollLine.objects.get(consultation=vote, member=made.members[0])
        assert kept.leaf == leaf_of(kept, line)

    def test_a_second_window_does_not_undo_what_a_colleague_did(self, made: Council) -> None:
        vote = made.opened()
        made.cast(vote, 0, "for")

        with pytest.raises(VotedMeanwhile):
            made.cast(vote, 0, "against", seen=0)

    def test_a_late_vote_is_refused_with_its_time_though_no_clock_ran(self, made: Council) -> None:
        vote = made.opened()

        with pytest.raises(TooLate) as refused:
            made.cast(vote, 0, now=CLOSES)

        assert refused.value.params == {"closed": CLOSES, "now": CLOSES}
        assert standing_of(vote).state(CLOSES) == State.CLOSED

    def test_a_vote_before_opening_is_refused(self, made: Council) -> None:
        vote = made.prepare(opens_at=SOON)

        with pytest.raises(NotOpenYet):
            made.cast(vote, 0, now=NOW)

    def test_an_answer_that_is_not_on_the_paper_is_refused(self, made: Council) -> None:
        vote = made.opened()

        with pytest.raises(NotOnThePaper):
            made.cast(vote, 0, "perhaps")

    def test_an_alderman_who_was_not_named_does_not_vote(self, made: Council) -> None:
        vote = made.opened()

        with pytest.raises(NotAllowed):
            made.cast(vote, 0, actor=made.accounts["gm0363 alderman"])

    def test_what_voters_have_seen_does_not_change(self, made: Council) -> None:
        vote = made.opened()

        with pytest.raises(AlreadyOpened):
            change_consultation(
                actor=made.secretary, now=NOW, consultation=vote, title="Iets anders"
            )

    def test_the_clock_opens_and_closes_in_time_and_once(self, made: Council) -> None:
        vote = made.prepare(opens_at=SOON)

        with pytest.raises(NotYet):
            open_vote(actor=CLOCK, now=NOW, consultation=vote)
        late = SOON + timedelta(days=2)
        open_vote(actor=CLOCK, now=late, consultation=vote)
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)

        standing = standing_of(vote)
        assert standing.frozen["day"] == date(2017, 10, 30).isoformat()
        assert standing.state(CLOSES) == State.CLOSED

    def test_an_alderman_answers_a_flash_question(self, made: Council) -> None:
        vote = made.opened("flash")

        said = answer_question(
            actor=made.accounts["gm0363 alderman"],
            now=SOON,
            consultation=vote,
            choice="yes",
            token=uuid4(),
            sentence="Graag",
        )

        assert said.member == made.members[0]
        assert vote.invitations.count() == 12
