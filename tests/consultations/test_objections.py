"""Objections, the result becoming final, and ratification by the assembly."""

from datetime import date, datetime, timedelta

import pytest

from consultations.council import CLOSES, Council, rule_for
from verband.consultations.kinds import ConsultationKind, State, StepKind
from verband.consultations.models import Consultation, Objection
from verband.consultations.models.consultations import AlreadyDone
from verband.consultations.queries.finality import due_to_become_final, finality_of
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.casting import NotOnTheRoll
from verband.consultations.use_cases.objections import (
    AnsweredAlready,
    NoObjections,
    NotPublished,
    ObjectionOpen,
    ObjectionTooLate,
    ObjectionUpheld,
    TermRuns,
    answer_objection,
    make_final,
    raise_objection,
)
from verband.consultations.use_cases.opening import close_vote, publish_result
from verband.consultations.use_cases.ratifying import NoTie
from verband.kernel.clock import start_of
from verband.kernel.permissions import CLOCK, NotAllowed

# Published on Friday 3 November 2017; seven whole days later, on the 11th, the term is over.
PUBLISHED = CLOSES + timedelta(hours=2)
LAST_MINUTE = start_of(date(2017, 11, 11)) - timedelta(minutes=1)
OVER = start_of(date(2017, 11, 11))


@pytest.fixture
def vote(made: Council) -> Consultation:
    """A published vote with a term of seven days."""
    rule = rule_for(made, ConsultationKind.CONSULTATION, key="with-term", objection_days=7)
    return published(made, made.opened(rule=rule))


def published(made: Council, vote: Consultation, choice: str = "for") -> Consultation:
    for place in range(6):
        made.cast(vote, place, choice)
    close_vote(actor=CLOCK, now=CLOSES, consultation=vote)
    publish_result(actor=made.secretary, now=PUBLISHED, consultation=vote)
    return vote


def object_(
    made: Council, vote: Consultation, now: datetime, who: str = "gm0088 secretary"
) -> Objection:
    return raise_objection(
        actor=made.accounts[who],
        now=now,
        consultation=vote,
        member=made.members[5],
        text="Onze stem is niet geteld.",
    )


@pytest.mark.django_db
class TestTerm:
    """Half-open, in whole local days after the day of publication."""

    def test_the_term_ends_at_midnight_after_its_last_day(
        self, made: Council, vote: Consultation
    ) -> None:
        assert finality_of(standing_of(vote)).term_until == date(2017, 11, 11)

        object_(made, vote, LAST_MINUTE)
        with pytest.raises(ObjectionTooLate) as refused:
            object_(made, vote, OVER)

        assert refused.value.params == {"day": date(2017, 11, 11)}
        assert vote.objections.count() == 1

    def test_nobody_objects_before_publication(self, made: Council) -> None:
        open_vote = made.opened()

        with pytest.raises(NotPublished):
            object_(made, open_vote, PUBLISHED)

    def test_a_rule_without_a_term_knows_no_objections(self, made: Council) -> None:
        without = published(made, made.opened())

        with pytest.raises(NoObjections):
            object_(made, without, PUBLISHED)
        assert not finality_of(standing_of(without)).is_provisional

    def test_an_alderman_who_does_not_vote_does_not_object(
        self, made: Council, vote: Consultation
    ) -> None:
        with pytest.raises(NotAllowed):
            object_(made, vote, PUBLISHED, "gm0088 alderman")

    def test_only_a_member_on_the_roll_objects(self, made: Council) -> None:
        rule = rule_for(made, ConsultationKind.CONSULTATION, key="large", objection_days=7)
        large = made.opened(rule=rule, audience={"of": "size", "from": 10_000})
        made.cast(large, 0)
        close_vote(actor=CLOCK, now=CLOSES, consultation=large)
        publish_result(actor=made.secretary, now=PUBLISHED, consultation=large)

        with pytest.raises(NotOnTheRoll):
            object_(made, large, PUBLISHED)


@pytest.mark.django_db
class TestFinal:
    """The clock makes a result final when no objection stands."""

    def test_a_result_is_provisional_until_the_term_is_over(
        self, made: Council, vote: Consultation
    ) -> None:
        with pytest.raises(TermRuns):
            make_final(actor=CLOCK, now=LAST_MINUTE, consultation=vote)
        assert due_to_become_final(LAST_MINUTE) == []
        assert due_to_become_final(OVER) == [vote]

        make_final(actor=CLOCK, now=OVER, consultation=vote)

        standing = standing_of(vote)
        assert standing.state(OVER) == State.FINAL
        assert not finality_of(standing).is_provisional
        assert due_to_become_final(OVER) == []

    def test_it_becomes_final_once(self, made: Council, vote: Consultation) -> None:
        make_final(actor=CLOCK, now=OVER, consultation=vote)

        with pytest.raises(AlreadyDone):
            make_final(actor=made.secretary, now=OVER, consultation=vote)

    def test_an_open_objection_keeps_it_from_becoming_final(
        self, made: Council, vote: Consultation
    ) -> None:
        objection = object_(made, vote, PUBLISHED)

        assert due_to_become_final(OVER) == []
        with pytest.raises(ObjectionOpen):
            make_final(actor=CLOCK, now=OVER, consultation=vote)

        answer_objection(
            actor=made.secretary,
            now=OVER,
            objection=objection,
            is_upheld=False,
            reason="De stem staat in de lijst.",
        )
        assert due_to_become_final(OVER) == [vote]
        make_final(actor=CLOCK, now=OVER, consultation=vote)

    def test_an_upheld_objection_keeps_it_from_ever_becoming_final(
        self, made: Council, vote: Consultation
    ) -> None:
        objection = object_(made, vote, PUBLISHED)
        answer_objection(
            actor=made.secretary, now=OVER, objection=objection, is_upheld=True, reason="Klopt."
        )

        with pytest.raises(ObjectionUpheld):
            make_final(actor=made.secretary, now=OVER, consultation=vote)
        assert due_to_become_final(OVER) == []

    def test_an_objection_is_answered_once_and_by_the_owner(
        self, made: Council, vote: Consultation
    ) -> None:
        objection = object_(made, vote, PUBLISHED)
        values = {"now": OVER, "objection": objection, "is_upheld": False, "reason": "Nee."}

        with pytest.raises(NotAllowed):
            answer_objection(actor=made.accounts["gm0088 secretary"], **values)
        answer_objection(actor=made.secretary, **values)
        with pytest.raises(AnsweredAlready):
            answer_objection(actor=made.secretary, **values)


@pytest.mark.django_db
class TestRatification:
    """A position of a consultation is provisional until the assembly has ratified it."""

    def position(self, made: Council) -> Consultation:
        rule = rule_for(
            made, ConsultationKind.CONSULTATION, key="to-ratify", needs_ratification=True
        )
        return published(made, made.opened(rule=rule))

    def test_an_assembly_that_adopts_it_ratifies_it_when_published(self, made: Council) -> None:
        position = self.position(made)
        assert finality_of(standing_of(position)).awaits_ratification

        assembly = made.opened(ConsultationKind.ASSEMBLY, ratifies=position, key="2017-v1")
        between = finality_of(standing_of(position)).ratifications
        published(made, assembly)

        step = standing_of(position).steps[StepKind.RATIFIED]
        assert [one.adopted for one in between] == [None]
        assert step.data == {"by": "2017-v1"}
        assert not finality_of(standing_of(position)).is_provisional

    def test_an_assembly_that_rejects_it_leaves_it_provisional_and_is_named(
        self, made: Council
    ) -> None:
        position = self.position(made)
        assembly = made.opened(ConsultationKind.ASSEMBLY, ratifies=position)
        published(made, assembly, "against")

        finality = finality_of(standing_of(position))

        assert finality.awaits_ratification
        assert [one.adopted for one in finality.ratifications] == [False]

    def test_the_chair_settles_a_tie_at_publication_and_only_a_tie(self, made: Council) -> None:
        by_members = {
            "name": "hoofdelijk",
            "majorities": ["members > 1/2 of valid"],
            "tie": "casting_vote",
        }
        rule = rule_for(made, ConsultationKind.ASSEMBLY, key="chair", rule=by_members)
        position = self.position(made)
        tied = made.opened(ConsultationKind.ASSEMBLY, rule=rule, ratifies=position)
        made.cast(tied, 0, "for")
        made.cast(tied, 1, "against")
        close_vote(actor=CLOCK, now=CLOSES, consultation=tied)
        settle = {"actor": made.secretary, "now": PUBLISHED, "consultation": tied}

        with pytest.raises(NoTie):
            publish_result(**settle, ties={"1": "abstain"})
        publish_result(**settle, ties={"1": "for"})

        assert not finality_of(standing_of(position)).awaits_ratification
