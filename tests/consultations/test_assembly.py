"""Voting in a meeting: countdown, show of hands, acclamation, amendments before the motion."""

from datetime import timedelta

import pytest

from consultations.assembly import LATER, SOON, closed, motion, opened, sitting_of
from consultations.council import ORDINARY, Council, rule_for
from verband.consultations.kinds import Capacity, ConsultationKind, QuestionForm, State, StepKind
from verband.consultations.models import Ballot, Consultation, Proxy, Question, VotingRule
from verband.consultations.queries.count import count_of
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.admission import AmendmentsFirst
from verband.consultations.use_cases.assembly import (
    BadCountdown,
    NobodyPresent,
    NoQuorumHere,
    NotCountedHere,
    NotInASitting,
    adopt_by_acclamation,
    ask_for_vote,
    count_down,
    record_show_of_hands,
)
from verband.consultations.use_cases.casting import TooLate
from verband.consultations.use_cases.opening import NotOpen, close_vote, open_vote, publish_result
from verband.consultations.use_cases.preparing import AlreadyOpened
from verband.consultations.use_cases.sittings import mark_present
from verband.core.voting.procedures import AcclamationNotAllowed, VoteAskedFor
from verband.kernel.audit import AuditLine
from verband.kernel.journal import open_journal
from verband.kernel.permissions import NotAllowed
from verband.kernel.two_times import record
from world import NOW

QUORUM = {**ORDINARY, "quorums": ["votes present >= 1/2 of all"]}


def acclaiming(made: Council) -> VotingRule:
    """A rule that lets the meeting adopt by acclamation, with half the votes present."""
    return rule_for(
        made, ConsultationKind.ASSEMBLY, key="acclaim", rule={**QUORUM, "acclamation": True}
    )


def giving_proxies(made: Council) -> VotingRule:
    """A rule under which a member may hold two proxies."""
    return rule_for(made, ConsultationKind.ASSEMBLY, key="with-proxies", proxy_members=2)


@pytest.mark.django_db
class TestCountdown:
    """One association for each test."""

    def test_a_vote_closes_when_the_countdown_ends_and_can_be_given_more_time(
        self, made: Council
    ) -> None:
        vote = opened(made, motion(made, sitting_of(made)))
        led = {"actor": made.secretary, "consultation": vote}

        count_down(now=NOW, **led)
        fact = count_down(now=NOW + timedelta(seconds=30), seconds=30, **led)

        assert fact.closes_at == NOW + timedelta(seconds=90)
        made.cast(vote, 0, now=NOW + timedelta(seconds=89))
        with pytest.raises(TooLate):
            made.cast(vote, 1, now=NOW + timedelta(seconds=90))
        with pytest.raises(NotOpen):
            count_down(now=NOW + timedelta(seconds=90), **led)

    def test_a_countdown_is_for_a_vote_in_a_meeting_and_not_endless(self, made: Council) -> None:
        written = made.opened()
        vote = opened(made, motion(made, sitting_of(made)))

        with pytest.raises(NotInASitting):
            count_down(actor=made.secretary, now=NOW, consultation=written)
        with pytest.raises(BadCountdown):
            count_down(actor=made.secretary, now=NOW, consultation=vote, seconds=0)


@pytest.mark.django_db
class TestShowOfHands:
    """One association for each test."""

    def hands(self, made: Council, vote: Consultation, choice: str, **exceptions: str) -> list:
        return record_show_of_hands(
            actor=made.secretary,
            now=SOON,
            consultation=vote,
            answers={"1": choice},
            exceptions={key: {"1": said} if said else {} for key, said in exceptions.items()},
        )

    def test_all_present_for_except_two_in_one_audit_line(self, made: Council) -> None:
        vote = opened(made, motion(made, sitting_of(made, 5)))
        before = AuditLine.objects.count()

        self.hands(made, vote, "for", gm0344="against", gm0014="")

        said = {b.member.key: b.answers["1"] for b in Ballot.objects.filter(consultation=vote)}
        assert said == {"gm0363": "for", "gm0344": "against", "gm0009": "for", "gm0010": "for"}
        assert {b.capacity for b in vote.ballots.all()} == {Capacity.DESK}
        assert AuditLine.objects.count() == before + 1

    def test_who_voted_by_itself_keeps_its_vote(self, made: Council) -> None:
        vote = opened(made, motion(made, sitting_of(made)))
        made.cast(vote, 0, "against", now=SOON)

        self.hands(made, vote, "for")

        [question] = count_of(standing_of(closed(made, vote))).questions
        assert (question.amount("against"), question.amount("for")) == (75, 84)
        with pytest.raises(NotOpen):
            self.hands(made, vote, "for")

    def test_an_exception_for_who_is_not_there_or_has_voted_is_refused(self, made: Council) -> None:
        vote = opened(made, motion(made, sitting_of(made, 2)))
        made.cast(vote, 0, now=SOON)

        for key in ("gm0363", "gm0088"):
            with pytest.raises(NotCountedHere):
                self.hands(made, vote, "for", **{key: "against"})

    def test_represented_members_are_counted_with_who_holds_their_proxy(
        self, made: Council
    ) -> None:
        sitting = sitting_of(made, 1)
        with open_journal():
            record(Proxy(sitting=sitting, member=made.members[1], holder=made.members[0]), now=NOW)
        vote = opened(made, motion(made, sitting, rule=giving_proxies(made)))

        ballots = self.hands(made, vote, "for")

        assert {(b.member.key, b.by_member and b.by_member.key) for b in ballots} == {
            ("gm0363", None),
            ("gm0344", "gm0363"),
        }

    def test_hands_of_nobody_are_not_counted(self, made: Council) -> None:
        vote = opened(made, motion(made, sitting_of(made, 0)))

        with pytest.raises(NobodyPresent):
            self.hands(made, vote, "for")

    def test_hands_in_a_written_consultation_are_refused(self, made: Council) -> None:
        with pytest.raises(NotInASitting):
            self.hands(made, made.opened(), "for")


@pytest.mark.django_db
class TestAcclamation:
    """One association for each test."""

    def test_adopted_when_the_rule_allows_and_nobody_asks_for_a_vote(self, made: Council) -> None:
        vote = motion(made, sitting_of(made, 2), rule=acclaiming(made))

        adopt_by_acclamation(actor=made.secretary, now=SOON, consultation=vote)

        standing = standing_of(vote)
        assert standing.state(SOON) == State.PUBLISHED
        [question] = count_of(standing).questions
        assert question.passed

    def test_what_the_meeting_adopts_by_acclamation_it_ratifies_too(self, made: Council) -> None:
        position = made.opened()
        for place in range(6):
            made.cast(position, place)
        led = {"actor": made.secretary, "consultation": position}
        close_vote(now=LATER, **led)
        publish_result(now=LATER, **led)
        vote = motion(made, sitting_of(made), rule=acclaiming(made), ratifies=position)

        adopt_by_acclamation(actor=made.secretary, now=LATER, consultation=vote)

        assert StepKind.RATIFIED in standing_of(position).steps

    def test_one_member_that_asks_for_a_vote_is_enough(self, made: Council) -> None:
        vote = motion(made, sitting_of(made, 2), rule=acclaiming(made))

        ask_for_vote(
            actor=made.accounts["gm0344 secretary"],
            now=NOW,
            consultation=vote,
            member=made.members[1],
        )
        with pytest.raises(VoteAskedFor) as refused:
            adopt_by_acclamation(actor=made.secretary, now=SOON, consultation=vote)

        assert refused.value.params == {"members": "gm0344"}
        assert standing_of(vote).state(SOON) == State.DRAFT

    def test_a_member_that_is_not_there_cannot_ask_nor_can_an_alderman(self, made: Council) -> None:
        vote = motion(made, sitting_of(made, 2), rule=acclaiming(made))
        asking = {"now": NOW, "consultation": vote}

        with pytest.raises(NotAllowed):
            ask_for_vote(actor=made.accounts["gm0363 alderman"], member=made.members[0], **asking)
        opened(made, vote)
        with pytest.raises(AlreadyOpened):
            ask_for_vote(actor=made.accounts["gm0363 secretary"], member=made.members[0], **asking)

    def test_without_the_rule_or_the_quorum_there_is_no_acclamation(self, made: Council) -> None:
        sitting = sitting_of(made, 0)
        strict = motion(made, sitting)
        vote = motion(made, sitting, rule=acclaiming(made))
        by = {"actor": made.secretary, "now": SOON}

        with pytest.raises(NobodyPresent):
            adopt_by_acclamation(consultation=vote, **by)
        mark_present(actor=made.secretary, now=NOW, sitting=sitting, member=made.members[5])
        with pytest.raises(NoQuorumHere):
            adopt_by_acclamation(consultation=vote, **by)
        with pytest.raises(AcclamationNotAllowed):
            adopt_by_acclamation(consultation=strict, **by)


@pytest.mark.django_db
class TestAmendments:
    """One association for each test."""

    def test_an_amendment_is_voted_on_before_what_it_amends(self, made: Council) -> None:
        sitting = sitting_of(made)
        whole = motion(made, sitting, order=2)
        amended = Question.objects.get(consultation=whole)
        change = {"form": QuestionForm.YES_NO, "text": "Schrap punt 3", "amends": amended}
        first = motion(made, sitting, order=1, questions=[change])

        with pytest.raises(AmendmentsFirst) as refused:
            open_vote(actor=made.secretary, now=NOW, consultation=whole)
        assert refused.value.params == {"amendment": "Schrap punt 3"}

        closed(made, opened(made, first))
        publish_result(actor=made.secretary, now=LATER, consultation=first)
        open_vote(actor=made.secretary, now=LATER, consultation=whole)
        assert standing_of(whole).state(LATER) == State.OPEN
