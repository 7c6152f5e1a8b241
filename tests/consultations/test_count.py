"""What became of a question, against counts made by hand."""

from fractions import Fraction
from typing import Any

import pytest

from consultations.council import CLOSES, Council, council, rule_for
from verband.consultations.kinds import ConsultationKind, QuestionForm, Verdict
from verband.consultations.models import Consultation, VotingRule
from verband.consultations.queries import difference
from verband.consultations.queries.ballots import counted_ballots
from verband.consultations.queries.count import Count, QuestionCount, count_of
from verband.consultations.queries.difference import difference_of
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.opening import close_vote, open_vote
from verband.consultations.use_cases.preparing import add_question
from verband.kernel.permissions import CLOCK
from world import NOW

# The votes of the six members are 75, 50, 20, 9, 4 and 1; together 159.
LARGE, SECOND, THIRD, FOURTH, FIFTH, SMALL = range(6)
YES_NO: dict[str, Any] = {"form": QuestionForm.YES_NO, "text": "Stemt u in?"}


def cast_all(made: Council, vote: Consultation, choices: dict[int, str]) -> None:
    for place, choice in choices.items():
        made.cast(vote, place, choice)


def counted(vote: Consultation) -> Count:
    return count_of(standing_of(vote))


def only(vote: Consultation) -> QuestionCount:
    [question] = counted(vote).questions
    return question


def open_with(made: Council, vote: Consultation, *more: dict[str, Any]) -> None:
    """Put more questions on the paper, and open the vote."""
    for values in more:
        add_question(actor=made.secretary, now=NOW, consultation=vote, **{**YES_NO, **values})
    open_vote(actor=made.secretary, now=NOW, consultation=vote)


def rule(made: Council, majority: str, quorum: str = "", **values: Any) -> VotingRule:
    data = {
        "name": "regel",
        "majorities": [{"bound": majority, "article": "art. 14"}],
        "quorums": [{"bound": quorum, "article": "art. 9"}] if quorum else [],
        **values,
    }
    return rule_for(made, ConsultationKind.CONSULTATION, key="r-test", rule=data)


@pytest.mark.django_db
class TestOutcome:
    """One vote of one question."""

    def test_votes_decide_and_members_are_told_beside_them(self, made: Council) -> None:
        vote = made.opened()
        cast_all(made, vote, {LARGE: "for", SECOND: "for", THIRD: "against", FOURTH: "against"})
        made.cast(vote, FIFTH, "against")

        count = counted(vote)
        question = count.questions[0]

        assert question.verdict == "adopted"
        assert question.amount("for") == 125
        assert question.amount("against") == 33
        assert question.share("for") == Fraction(125, 158)
        assert question.share("for", "members") == Fraction(2, 5)
        assert question.points_two_ways
        assert count.turnout("votes") == Fraction(158, 159)
        assert count.turnout("members") == Fraction(5, 6)
        assert [line.name for line in count.silent] == ["gm0088"]

    def test_only_the_latest_ballot_of_a_member_counts(self, made: Council) -> None:
        vote = made.opened()
        made.cast(vote, LARGE, "for")
        made.cast(vote, LARGE, "against", seen=1)

        [ballot] = counted_ballots(vote)

        assert (ballot.key, ballot.number, ballot.answers) == ("gm0363", 2, {"1": "against"})
        assert only(vote).amount("against") == 75

    def test_exactly_two_thirds_is_at_least_two_thirds(self, made: Council) -> None:
        # For 50, against 20 + 4 + 1 = 25: 50 of 75 is exactly two thirds.
        choices = {SECOND: "for", THIRD: "against", FIFTH: "against", SMALL: "against"}
        vote = made.opened(rule=rule(made, "votes >= 2/3 of valid"))
        cast_all(made, vote, choices)

        assert only(vote).verdict == "adopted"

    def test_exactly_two_thirds_is_not_more_than_two_thirds(self, made: Council) -> None:
        choices = {SECOND: "for", THIRD: "against", FIFTH: "against", SMALL: "against"}
        vote = made.opened(rule=rule(made, "votes > 2/3 of valid"))
        cast_all(made, vote, choices)

        assert only(vote).verdict == "rejected"

    def test_a_tie_left_to_the_chair_decides_nothing_until_the_chair_has_spoken(
        self, made: Council
    ) -> None:
        by_members = rule(made, "members > 1/2 of valid", tie="casting_vote")
        vote = made.opened(rule=by_members)
        cast_all(made, vote, {LARGE: "for", SMALL: "against"})

        assert only(vote).verdict == "tied"

    def test_a_tie_rejects_where_the_rule_says_nothing_else(self, made: Council) -> None:
        vote = made.opened(rule=rule(made, "members > 1/2 of valid"))
        cast_all(made, vote, {LARGE: "for", SMALL: "against"})

        assert only(vote).verdict == "rejected"

    def test_nobody_voting_adopts_nothing(self, made: Council) -> None:
        vote = made.opened(rule=rule(made, "votes > 1/2 of valid"))

        question = only(vote)

        assert question.verdict == "rejected"
        assert question.share("for") is None
        assert not question.points_two_ways

    def test_all_abstaining_adopts_nothing_but_is_a_turnout(self, made: Council) -> None:
        vote = made.opened(rule=rule(made, "votes > 1/2 of valid"))
        cast_all(made, vote, dict.fromkeys(range(6), "abstain"))

        count = counted(vote)

        assert count.questions[0].verdict == "rejected"
        assert count.turnout("votes") == 1
        assert count.questions[0].amount("abstain", "members") == 6

    def test_a_missed_quorum_decides_nothing_however_large_the_majority(
        self, made: Council
    ) -> None:
        # Half of 159 is 79.5; 75 votes are not enough.
        vote = made.opened()
        made.cast(vote, LARGE, "for")

        question = only(vote)
        [quorum] = [line for line in question.outcome.lines if line.code == "quorum"]

        assert question.verdict == "no_quorum"
        assert (quorum.values["have"], quorum.values["needed"], quorum.reached) == (75, 80, False)
        assert quorum.article == "art. 9 lid 1"

    def test_who_is_present_and_silent_counts_for_a_quorum_of_the_meeting(
        self, made: Council
    ) -> None:
        vote = made.opened(rule=rule(made, "votes > 1/2 of valid", "members present >= 1/2 of all"))
        made.cast(vote, LARGE, "for")
        standing = standing_of(vote)

        alone = count_of(standing, present=frozenset({"gm0363"}))
        hall = count_of(standing, present=frozenset({"gm0363", "gm0009", "gm0010"}))

        assert alone.questions[0].verdict == "no_quorum"
        assert hall.questions[0].verdict == "adopted"


@pytest.mark.django_db
class TestMoreThanYesOrNo:
    """Texts against each other, motions in parts, amendments."""

    def test_of_three_ways_a_text_needs_the_whole_majority_by_itself(self, made: Council) -> None:
        vote = made.opened(questions=[{"form": QuestionForm.THREE_WAY, "text": "Welke tekst?"}])
        cast_all(made, vote, {LARGE: "proposal", SECOND: "amended", THIRD: "amended"})
        cast_all(made, vote, {FOURTH: "neither", FIFTH: "abstain"})

        before = only(vote)  # 75 of 154 is not more than half
        made.cast(vote, FOURTH, "proposal", seen=1)
        after = only(vote)  # 84 of 154 is

        assert before.verdict == "rejected"
        assert before.leaders() == ("proposal",)
        assert (after.verdict, after.outcome.option) == ("adopted", "proposal")
        assert after.share("amended") == Fraction(70, 154)

    def test_a_choice_of_one_of_several_answers_is_decided_alike(self, made: Council) -> None:
        options = [{"code": code} for code in ("north", "south", "abstain")]
        question = {"form": QuestionForm.CHOICE, "text": "Waar?", "options": options}
        vote = made.opened(questions=[question])
        cast_all(made, vote, {LARGE: "south", SECOND: "north", THIRD: "abstain", FOURTH: "south"})

        found = only(vote)

        assert (found.verdict, found.outcome.option) == ("adopted", "south")
        assert found.sides == ("north", "south")

    def test_a_motion_in_parts_is_adopted_in_part(self, made: Council) -> None:
        vote = made.prepare(questions=[YES_NO])
        motion = vote.questions.get()
        open_with(made, vote, {"part_of": motion}, {"part_of": motion})
        for place in (LARGE, SECOND):
            made.cast(vote, place, answers={"1": "for", "2": "for", "3": "against"})

        count = counted(vote)

        assert count.by_key["1"].verdict == "adopted_in_part"
        assert count.by_key["1"].parts is not None
        assert count.by_key["1"].parts.adopted == ("2",)
        assert count.by_key["3"].verdict == "rejected"

    def test_an_amendment_is_decided_first_and_falls_with_what_it_amends(
        self, made: Council
    ) -> None:
        vote = made.prepare(questions=[YES_NO, YES_NO])
        kept, lost = vote.questions.order_by("order")
        open_with(made, vote, {"amends": kept}, {"amends": lost})
        answers = {"1": "for", "2": "against", "3": "for", "4": "for"}
        for place in (LARGE, SECOND):
            made.cast(vote, place, answers=answers)

        count = counted(vote)

        assert count.by_key["1"].amended_by == ("3",)
        assert not count.by_key["3"].falls
        assert count.by_key["4"].passed
        assert count.by_key["4"].falls


@pytest.mark.django_db
class TestDifference:
    """Where the members differ, and what that suggests."""

    def test_heavy_yes_against_many_no_is_no_common_position(self) -> None:
        # Four large members with 4 x 75 = 300 votes are for; twenty small ones with 20 x 5 = 100
        # votes: sixteen against, four for. For: 300 + 20 = 320 of 400, that is 80 %; of the
        # members 8 of 24.
        made = many(large=4, small=20)
        vote = made.opened()
        for place in range(4):
            made.cast(vote, place, "for")
        for place in range(4, 24):
            made.cast(vote, place, "for" if place < 8 else "against")
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)

        count = counted(vote)
        question = count.questions[0]
        found = difference_of(count, question)
        small = next(one for one in found.segments if one.code == "0-10000")

        assert question.verdict == "adopted"
        assert question.share("for") == Fraction(320, 400)
        assert question.points_two_ways
        assert found.suggested == Verdict.NO_POSITION
        assert {"inversion", "camps_apart"} <= {reason.code for reason in found.reasons}
        assert small.share == Fraction(20, 100)
        assert small.from_all == Fraction(-3, 5)

    def test_agreement_everywhere_is_a_position(self) -> None:
        made = many(large=4, small=20)
        vote = made.opened()
        for place in range(24):
            made.cast(vote, place, "for")
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)

        found = difference_of(count := counted(vote), count.questions[0])

        assert (found.code, found.suggested) == ("generic", Verdict.POSITION)

    def test_what_the_rule_rejects_is_rejected_whatever_the_segments_say(self) -> None:
        made = many(large=4, small=20)
        vote = made.opened()
        for place in range(24):
            made.cast(vote, place, "for" if place >= 4 else "against")
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)

        found = difference_of(count := counted(vote), count.questions[0])

        assert found.suggested == Verdict.REJECTED

    def test_a_closed_vote_is_read_once(
        self, made: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        vote = made.opened()
        cast_all(made, vote, dict.fromkeys(range(6), "for"))
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)
        count = counted(vote)
        first = difference_of(count, count.questions[0])

        def never(*_arguments: Any, **_values: Any) -> None:
            raise AssertionError("reckoned again")

        monkeypatch.setattr(difference, "read_difference", never)

        assert difference_of(count, count.questions[0]) == first


def many(*, large: int, small: int) -> Council:
    """An association of large members (75 votes) and small ones (5 votes)."""
    places = {f"gm{place:04}": 100_000 for place in range(1, large + 1)}
    places |= {f"gm{place:04}": 5_000 for place in range(large + 1, large + small + 1)}
    return council(places)
