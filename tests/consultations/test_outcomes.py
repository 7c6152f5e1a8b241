"""What the owner states came of a question, beside what count and difference suggest."""

from datetime import date, timedelta
from typing import Any

import pytest

from consultations.council import CLOSES, Council
from verband.consultations.kinds import ConsultationKind, Verdict
from verband.consultations.models import Consultation, OutcomeStatement, Question
from verband.consultations.models.outcomes import OneOutcomeAtATime
from verband.consultations.use_cases.objections import NotPublished
from verband.consultations.use_cases.opening import close_vote, publish_result
from verband.consultations.use_cases.outcomes import (
    DiffersWithoutReason,
    NothingWasDecided,
    PositionsMissing,
    UnknownSegment,
    WasRejected,
    correct_outcome,
    state_outcome,
)
from verband.kernel.permissions import CLOCK, NotAllowed

AFTER = CLOSES + timedelta(hours=2)


def published(
    made: Council, choices: dict[int, str], kind: str = ConsultationKind.CONSULTATION
) -> Consultation:
    """A vote with these ballots, closed and published."""
    vote = made.opened(kind)
    for place, choice in choices.items():
        made.cast(vote, place, choice)
    close_vote(actor=CLOCK, now=CLOSES, consultation=vote)
    publish_result(actor=made.secretary, now=AFTER, consultation=vote)
    return vote


def agreed(made: Council) -> Question:
    return published(made, dict.fromkeys(range(6), "for")).questions.get()


def state(made: Council, question: Question, **values: Any) -> OutcomeStatement:
    values.setdefault("actor", made.secretary)
    values.setdefault("verdict", Verdict.POSITION)
    values.setdefault("statement", "Gemeenten willen dit.")
    return state_outcome(now=AFTER, question=question, **values)


@pytest.mark.django_db
class TestStating:
    """The fixed vocabulary, and what it may rest on."""

    def test_the_suggestion_is_kept_beside_the_outcome(self, made: Council) -> None:
        outcome = state(made, agreed(made), review_on=date(2018, 11, 1), goes_to=made.board)

        assert (outcome.verdict, outcome.suggested) == (Verdict.POSITION, Verdict.POSITION)
        assert outcome.why_other == ""
        assert outcome.goes_to == made.board

    def test_whoever_departs_from_the_suggestion_says_why(self, made: Council) -> None:
        question = agreed(made)

        with pytest.raises(DiffersWithoutReason):
            state(made, question, verdict=Verdict.RESERVATION, why_other="  ")
        outcome = state(
            made, question, verdict=Verdict.RESERVATION, why_other="Twee leden vragen om uitstel."
        )

        assert outcome.suggested == Verdict.POSITION
        assert outcome.why_other == "Twee leden vragen om uitstel."

    @pytest.mark.parametrize(
        "verdict", [Verdict.POSITION, Verdict.RESERVATION, Verdict.PER_SEGMENT]
    )
    def test_no_position_rests_on_a_missed_quorum(self, made: Council, verdict: Verdict) -> None:
        question = published(made, {0: "for"}).questions.get()

        with pytest.raises(NothingWasDecided):
            state(made, question, verdict=verdict, why_other="Het haast.")
        outcome = state(made, question, verdict=Verdict.UNDECIDED)

        assert outcome.suggested == Verdict.UNDECIDED

    def test_what_the_members_rejected_is_no_position(self, made: Council) -> None:
        question = published(made, dict.fromkeys(range(6), "against")).questions.get()

        with pytest.raises(WasRejected):
            state(made, question, why_other="Het bestuur wil het toch.")

    def test_a_position_per_segment_names_segments_of_this_vote(self, made: Council) -> None:
        question = agreed(made)
        about: dict[str, Any] = {"verdict": Verdict.PER_SEGMENT, "why_other": "Op verzoek."}
        small = {"dimension": "size", "segment": "0-10000", "text": "Uitstel."}

        with pytest.raises(PositionsMissing):
            state(made, question, **about)
        with pytest.raises(UnknownSegment):
            state(made, question, **about, positions=[{**small, "segment": "5-6"}])
        outcome = state(made, question, **about, positions=[small])

        assert outcome.positions == [small]

    def test_nothing_is_stated_before_publication(self, made: Council) -> None:
        vote = made.opened()

        with pytest.raises(NotPublished):
            state(made, vote.questions.get())

    def test_a_question_has_one_outcome(self, made: Council) -> None:
        question = agreed(made)
        state(made, question)

        with pytest.raises(OneOutcomeAtATime):
            state(made, question)

    def test_an_alderman_does_not_state_the_outcome(self, made: Council) -> None:
        with pytest.raises(NotAllowed):
            state(made, agreed(made), actor=made.accounts["gm0363 alderman"])

    def test_a_correction_keeps_what_was_said_before(self, made: Council) -> None:
        question = agreed(made)
        outcome = state(made, question)

        better = correct_outcome(
            actor=made.secretary,
            now=AFTER + timedelta(days=1),
            outcome=outcome,
            reason="Schrijffout.",
            statement="De gemeenten willen dit.",
        )

        told = OutcomeStatement.objects.known(None).get(question=question)
        before = OutcomeStatement.objects.known(AFTER).get(question=question)
        assert (told, told.statement) == (better, "De gemeenten willen dit.")
        assert before.statement == "Gemeenten willen dit."

    def test_a_correction_obeys_the_same_rules(self, made: Council) -> None:
        outcome = state(made, agreed(made))

        with pytest.raises(DiffersWithoutReason):
            correct_outcome(
                actor=made.secretary,
                now=AFTER,
                outcome=outcome,
                reason="Toch anders.",
                verdict=Verdict.NO_POSITION,
            )

    def test_a_flash_question_suggests_nothing(self, made: Council) -> None:
        question = published(made, {}, ConsultationKind.FLASH).questions.get()

        outcome = state(made, question, verdict=Verdict.NO_POSITION)

        assert outcome.suggested == ""
