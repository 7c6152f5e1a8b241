"""A round of statements: who votes on what, who adds what, and what a moderator does with it."""

import json
from datetime import timedelta

import pytest

from consultations.council import CLOSES, Council
from consultations.deliberating import (
    SOON,
    admitted,
    proposed,
    round_of,
    seen,
    statement,
    vote,
)
from verband.consultations.clockwork import turn
from verband.consultations.kinds import State
from verband.consultations.models import Moderation, Statement, StatementVote
from verband.consultations.models.statements import OneJudgementAtATime, VotedOnStatement
from verband.consultations.queries.alike import alike
from verband.consultations.queries.mail import not_reminded
from verband.consultations.queries.silence import silent_in
from verband.consultations.queries.standing import standing_of
from verband.consultations.queries.statements import (
    judgements_of,
    left_for,
    next_for,
    statements_of,
    voters_by_statement,
    votes_by,
)
from verband.consultations.use_cases.casting import NotOpenYet, TooLate
from verband.consultations.use_cases.moderating import (
    NotMergeable,
    ReasonNeeded,
    StandsSo,
    admit_statement,
    merge_statement,
    park_statement,
    put_statement,
    reopen_statement,
)
from verband.consultations.use_cases.opening import AnnouncedLonger, close_vote
from verband.consultations.use_cases.preparing import AlreadyClosed
from verband.consultations.use_cases.statements import (
    MOST_WAITING,
    ManyWaiting,
    NothingChosen,
    NothingWritten,
    NotPutToVote,
    OwnStatement,
    SaidAlready,
    StatementTooLong,
    StrangeSigns,
)
from verband.core.errors import DomainError
from verband.kernel.audit import AuditLine
from verband.kernel.permissions import NotAllowed

pytestmark = pytest.mark.django_db
ALDERMAN, OTHER = "gm0363 alderman", "gm0344 alderman"


class TestVoting:
    """One vote of each person on each statement; the last counts, all are kept."""

    def test_a_later_vote_takes_the_place_of_an_earlier_and_both_are_kept(
        self, made: Council
    ) -> None:
        on = statement(round_of(made))

        vote(made, ALDERMAN, on, "agree")
        vote(made, ALDERMAN, on, "disagree", seen=1)

        rows = StatementVote.objects.filter(statement=on).order_by("number")
        assert [row.choice for row in rows] == ["agree", "disagree"]
        person = made.accounts[ALDERMAN].person_id
        assert votes_by(on.consultation, person)[on.pk].choice == "disagree"

    def test_what_somebody_chose_stands_in_no_audit_line(self, made: Council) -> None:
        vote(made, ALDERMAN, statement(round_of(made)), "disagree")

        line = AuditLine.objects.get(use_case="consultations.vote_on_statement")
        told = json.dumps([line.details, line.record])

        assert line.details["opinion"] == "(not shown)"
        assert "disagree" not in told

    @pytest.mark.parametrize(
        ("choice", "number", "refusal"),
        [
            ("", 0, NothingChosen),
            ("perhaps", 0, NothingChosen),
            ("agree", 1, VotedOnStatement),
        ],
    )
    def test_a_vote_that_says_nothing_or_was_overtaken_is_refused(
        self, made: Council, choice: str, number: int, refusal: type[DomainError]
    ) -> None:
        on = statement(round_of(made))

        with pytest.raises(refusal):
            vote(made, ALDERMAN, on, choice, seen=number)

        assert not StatementVote.objects.exists()

    def test_before_the_opening_and_after_the_closing_nobody_votes(self, made: Council) -> None:
        planned = made.prepare("statements", questions=())
        put_statement(actor=made.secretary, now=SOON, consultation=planned, text="Later.")
        on = statement(round_of(made))

        with pytest.raises(NotAllowed):
            vote(made, ALDERMAN, statement(planned), "agree")
        with pytest.raises(TooLate):
            vote(made, ALDERMAN, on, "agree", now=CLOSES)

    def test_whoever_was_not_asked_does_not_vote(self, made: Council) -> None:
        on = statement(round_of(made, audience={"of": "members", "functions": ["secretary"]}))

        with pytest.raises(NotAllowed):
            vote(made, ALDERMAN, on, "agree")

    def test_what_was_parked_meanwhile_takes_no_vote(self, made: Council) -> None:
        on = statement(round_of(made))
        park_statement(
            actor=made.secretary, now=SOON, statement=on, reason="Te breed.", seen=seen(on)
        )

        with pytest.raises(NotPutToVote, match="telt mee"):
            vote(made, ALDERMAN, on, "agree")


class TestTheNextStatement:
    """The least voted first, another one for each person, the same one until they vote."""

    def test_those_with_the_fewest_votes_come_first(self, made: Council) -> None:
        opened = round_of(made)
        for who in (ALDERMAN, OTHER):
            vote(made, who, statement(opened, 0), "agree")
            vote(made, who, statement(opened, 1), "agree")
        puts, votes = statements_of(opened), voters_by_statement(opened)

        first = {next_for(puts, person, votes) for person in range(20)}

        assert {one.statement.text for one in first if one} == {"De bus rijdt ook op zondag."}

    def test_people_who_come_together_get_different_statements(self, made: Council) -> None:
        puts = statements_of(round_of(made))

        first = [next_for(puts, person, {}) for person in range(20)]

        assert len({one.statement.pk for one in first if one}) == 3
        assert first == [next_for(puts, person, {}) for person in range(20)]

    def test_what_one_said_and_what_one_wrote_is_not_asked_again(self, made: Council) -> None:
        opened = round_of(made)
        vote(made, ALDERMAN, statement(opened), "pass")
        admitted(made, ALDERMAN, opened, "Treinen ook.")
        person = made.accounts[ALDERMAN].person_id

        left = left_for(statements_of(opened), person, votes_by(opened, person))

        assert [one.statement.text for one in left] == [
            "Wij delen wat wij weten.",
            "De bus rijdt ook op zondag.",
        ]


class TestAdding:
    """A statement of a participant waits for the moderator, and counts as agree."""

    def test_whoever_writes_it_agrees_with_it(self, made: Council) -> None:
        opened = round_of(made)

        added = proposed(made, ALDERMAN, opened, "  Treinen\n ook. ")

        assert added.text == "Treinen ook."
        assert added.member == made.members[0]
        assert [row.choice for row in added.votes.all()] == ["agree"]
        assert statements_of(opened)[-1].state == Moderation.State.WAITING
        admit_statement(actor=made.secretary, now=SOON, statement=added)
        with pytest.raises(OwnStatement):
            vote(made, ALDERMAN, added, "disagree", seen=1)

    @pytest.mark.parametrize(
        ("text", "refusal"),
        [
            ("   \n ", NothingWritten),
            ("a" * 141, StatementTooLong),
            ("wij " * 300_000, StatementTooLong),
            ("Stil\x07le trom", StrangeSigns),
            ("Nul\x00len", StrangeSigns),
            ("Omge\u202ekeerd", StrangeSigns),
            ("ELKE gemeente, telt mee!", SaidAlready),
        ],
    )
    def test_what_cannot_be_a_statement_is_refused(
        self, made: Council, text: str, refusal: type[DomainError]
    ) -> None:
        opened = round_of(made)

        with pytest.raises(refusal):
            proposed(made, ALDERMAN, opened, text)

        assert Statement.objects.count() == 3

    def test_a_hundred_and_forty_signs_of_any_script_fit(self, made: Council) -> None:
        assert len(proposed(made, ALDERMAN, round_of(made), "é" * 140).text) == 140

    def test_nobody_floods_the_moderator(self, made: Council) -> None:
        opened = round_of(made)
        for place in range(MOST_WAITING):
            proposed(made, ALDERMAN, opened, f"Stelling {place} van mij.")

        with pytest.raises(ManyWaiting):
            proposed(made, ALDERMAN, opened, "Nog een.")

        proposed(made, OTHER, opened, "Een van een ander.")

    def test_after_the_closing_and_outside_the_audience_nobody_adds(self, made: Council) -> None:
        opened = round_of(made, audience={"of": "members", "functions": ["secretary"]})

        with pytest.raises(NotAllowed):
            proposed(made, ALDERMAN, opened, "Treinen ook.")
        turn(CLOSES)
        with pytest.raises((TooLate, NotOpenYet)):
            proposed(made, "gm0363 secretary", opened, "Treinen ook.")

    def test_what_looks_like_it_is_found_before_it_is_sent(self, made: Council) -> None:
        puts = statements_of(round_of(made))

        found = alike("Op zondag moet de bus ook rijden", puts)

        assert [one.statement.text for one in found] == ["De bus rijdt ook op zondag."]
        assert alike("Iets heel anders: belasting", puts) == []
        assert alike("Iets", []) == []


class TestModerating:
    """Every judgement is a row with its reason; two at once is one too many."""

    def test_every_judgement_stays_readable_with_its_reason(self, made: Council) -> None:
        opened = round_of(made)
        added = admitted(made, ALDERMAN, opened, "Treinen ook.")
        later = SOON + timedelta(days=1)
        act = {"actor": made.secretary, "statement": added}

        park_statement(**act, now=later, reason="Te kort.", seen=seen(added))
        reopen_statement(**act, now=later, reason="Toch goed.", seen=seen(added))
        admit_statement(**act, now=later, seen=seen(added))

        rows = judgements_of([added.pk])[added.pk]
        assert [(row.state, row.reason) for row in rows] == [
            ("admitted", ""),
            ("parked", "Te kort."),
            ("waiting", "Toch goed."),
            ("admitted", ""),
        ]
        assert next(one for one in statements_of(opened) if one.statement == added).number == 4

    def test_the_second_of_two_moderators_is_told_to_look_again(self, made: Council) -> None:
        opened = round_of(made)
        added = proposed(made, ALDERMAN, opened, "Treinen ook.")
        park_statement(actor=made.secretary, now=SOON, statement=added, reason="Dubbel.")

        with pytest.raises(OneJudgementAtATime, match="Another moderator"):
            admit_statement(actor=made.secretary, now=SOON, statement=added)

        assert statements_of(opened)[-1].state == "parked"

    @pytest.mark.parametrize("reason", ["", " \n "])
    def test_without_a_reason_nothing_is_kept_out(self, made: Council, reason: str) -> None:
        opened = round_of(made)
        on, other = statement(opened), statement(opened, 1)
        act = {"actor": made.secretary, "now": SOON, "statement": on, "reason": reason}

        with pytest.raises(ReasonNeeded):
            park_statement(**act, seen=seen(on))
        with pytest.raises(ReasonNeeded):
            merge_statement(**act, into=other, seen=seen(on))
        with pytest.raises(ReasonNeeded):
            reopen_statement(**act, seen=seen(on))

    def test_a_statement_goes_only_into_another_that_is_put_to_the_vote(
        self, made: Council
    ) -> None:
        opened, elsewhere = round_of(made), round_of(made)
        on = statement(opened)
        waiting = proposed(made, ALDERMAN, opened, "Treinen ook.")
        act = {"actor": made.secretary, "now": SOON, "reason": "Zelfde.", "statement": on}

        for into in (on, waiting, statement(elsewhere)):
            with pytest.raises(NotMergeable):
                merge_statement(**act, into=into, seen=seen(on))

    def test_what_stands_so_already_is_not_done_again(self, made: Council) -> None:
        on = statement(round_of(made))

        with pytest.raises(StandsSo):
            admit_statement(actor=made.secretary, now=SOON, statement=on, seen=seen(on))

    def test_only_who_leads_moderates_and_only_until_the_closing(self, made: Council) -> None:
        opened = round_of(made)
        added = proposed(made, ALDERMAN, opened, "Treinen ook.")

        with pytest.raises(NotAllowed):
            admit_statement(actor=made.accounts[ALDERMAN], now=SOON, statement=added)
        with pytest.raises(AlreadyClosed):
            admit_statement(actor=made.secretary, now=CLOSES, statement=added)
        with pytest.raises(AlreadyClosed):
            put_statement(actor=made.secretary, now=CLOSES, consultation=opened, text="Nog.")


class TestClosing:
    """As every question to people: by the clock, or early when all have spoken."""

    def test_whoever_voted_on_nothing_is_silent(self, made: Council) -> None:
        opened = round_of(made)
        vote(made, ALDERMAN, statement(opened), "pass")
        proposed(made, OTHER, opened, "Treinen ook.")

        assert silent_in(opened) == 10

    def test_it_closes_early_only_when_everybody_spoke(self, made: Council) -> None:
        opened = round_of(made)
        for who in made.accounts:
            with pytest.raises(AnnouncedLonger):
                close_vote(actor=made.secretary, now=SOON, consultation=opened)
            vote(made, who, statement(opened), "agree")

        close_vote(actor=made.secretary, now=SOON, consultation=opened)

        assert standing_of(opened).state(SOON) == State.CLOSED

    def test_the_clock_opens_and_closes_it(self, made: Council) -> None:
        planned = made.prepare("statements", questions=(), opens_at=SOON)

        turn(SOON)
        opened = standing_of(planned).state(SOON)
        turn(CLOSES)

        assert opened == State.OPEN
        assert "closed" in standing_of(planned).steps

    def test_only_whoever_has_not_voted_is_reminded(self, made: Council) -> None:
        opened = round_of(made)
        vote(made, ALDERMAN, statement(opened), "agree")

        people = not_reminded(standing_of(opened), CLOSES - timedelta(hours=23))

        assert made.accounts[ALDERMAN].person_id not in people
        assert made.accounts[OTHER].person_id in people
