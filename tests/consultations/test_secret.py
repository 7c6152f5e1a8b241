"""A secret ballot: nothing that is kept ties a ballot to a voter."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from consultations.assembly import (
    AFTER,
    CANDIDATES,
    SOON,
    closed,
    election,
    persons_rule,
    put_in,
    sitting_of,
)
from consultations.council import Council, rule_for
from verband.consultations.hall import NotInTheHall
from verband.consultations.models import (
    Consultation,
    Participation,
    Proxy,
    SecretBallot,
    TookPartAlready,
)
from verband.consultations.queries.elections import (
    BoxDoesNotMatch,
    blt_of,
    elections_of,
    took_part_in,
)
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.casting import NoProxy, ProxyStands, SecretPaper, TooLate
from verband.consultations.use_cases.rules import SecretAndWeighted
from verband.kernel.audit import AuditLine
from verband.kernel.journal import open_journal
from verband.kernel.two_times import record
from world import NOW

TRACER = "cees"  # only gm0014 votes for this candidate


def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def voted(made: Council) -> Consultation:
    """Six members voted, one of them for a candidate nobody else chose."""
    vote = election(made, sitting_of(made), persons_rule(made))
    for place, name in enumerate(("anna", "anna", TRACER, "bert", "anna", "anna")):
        put_in(made, vote, place, name)
    return vote


@pytest.mark.django_db
class TestSecret:
    """One association for each test."""

    def test_the_box_knows_no_voter_no_time_and_no_order(self, made: Council) -> None:
        voted(made)

        columns = {column.name for column in SecretBallot._meta.concrete_fields}
        numbered = rows(
            "SELECT column_default FROM information_schema.columns"
            " WHERE table_name = 'consult_secretballot' AND column_default IS NOT NULL"
        )

        assert columns == {"id", "question", "round", "choices"}
        assert numbered == []

    def test_no_table_but_the_box_holds_a_choice(self, made: Council) -> None:
        vote = voted(made)
        closed(made, vote)

        holding = {
            model._meta.db_table
            for model in apps.get_models()
            for row in model._default_manager.all().values()
            if TRACER in json.dumps(row, default=str)
        }

        # The paper itself names the candidates, and the line of who prepared it.
        assert holding == {"consult_secretballot", "consult_questionfact", "kernel_auditline"}
        lines = AuditLine.objects.filter(use_case="consultations.cast_secret_ballot")
        assert len(lines) == 6
        for line in lines:
            told = json.dumps([line.details, line.record, line.subjects])
            assert not any(name in told for name in CANDIDATES)
            assert line.details["sealed"] == "(secret)"
            assert {row[0] for row in line.record["rows"]} == {"consult_participation"}
            assert not any("secretballot" in subject for subject in line.subjects)

    def test_after_closing_one_transaction_wrote_all_ballots(self, made: Council) -> None:
        vote = voted(made)
        keys = set(SecretBallot.objects.values_list("pk", flat=True))

        closed(made, vote)

        box = rows("SELECT xmin::text FROM consult_secretballot")
        parts = {one for (one,) in rows("SELECT xmin::text FROM consult_participation")}
        assert len(box) == 6
        assert len(set(box)) == 1
        assert keys.isdisjoint(SecretBallot.objects.values_list("pk", flat=True))
        assert sorted(c for (c,) in SecretBallot.objects.values_list("choices")) == [
            *[["anna"]] * 4,
            ["bert"],
            ["cees"],
        ]
        assert {one for (one,) in box}.isdisjoint(parts) or len(parts) == 1

    def test_the_order_in_the_box_is_made_by_chance(
        self, made: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        vote = voted(made)
        seen = []

        class Turned:
            def shuffle(self, taken: list[Any]) -> None:
                seen.append(len(taken))
                taken.reverse()

        monkeypatch.setattr("random.SystemRandom", Turned)
        before = rows("SELECT choices FROM consult_secretballot ORDER BY ctid")
        closed(made, vote)

        assert seen == [6]
        assert rows("SELECT choices FROM consult_secretballot ORDER BY ctid") == before[::-1]

    def test_a_member_votes_once(self, made: Council) -> None:
        vote = voted(made)

        with pytest.raises(TookPartAlready):
            put_in(made, vote, 0, "bert")
        with pytest.raises(SecretPaper):
            made.cast(vote, 0, now=SOON)

        assert SecretBallot.objects.count() == Participation.objects.count() == 6

    def test_who_is_not_there_or_too_late_puts_nothing_in_the_box(self, made: Council) -> None:
        vote = election(made, sitting_of(made, 1), persons_rule(made))

        with pytest.raises(NotInTheHall):
            put_in(made, vote, 1, "anna")
        closed(made, vote)
        with pytest.raises(TooLate):
            put_in(made, vote, 0, "anna", now=AFTER)

        assert SecretBallot.objects.count() == 0

    def test_a_proxy_votes_in_secret_for_who_gave_it(self, made: Council) -> None:
        sitting = sitting_of(made, 1)
        with open_journal():
            record(Proxy(sitting=sitting, member=made.members[1], holder=made.members[0]), now=NOW)
        vote = election(made, sitting, persons_rule(made, proxy_members=2))
        holder = {
            "actor": made.accounts["gm0363 secretary"],
            "by_member": made.members[0],
        }

        put_in(made, vote, 1, "anna", **holder)
        with pytest.raises(NoProxy):
            put_in(made, vote, 2, "anna", **holder)

        assert Participation.objects.get().member == made.members[1]

    def test_who_gave_its_vote_away_does_not_vote_too(self, made: Council) -> None:
        sitting = sitting_of(made, 2)
        with open_journal():
            record(Proxy(sitting=sitting, member=made.members[1], holder=made.members[0]), now=NOW)
        vote = election(made, sitting, persons_rule(made, proxy_members=2))

        with pytest.raises(ProxyStands):
            put_in(made, vote, 1, "anna")

    def test_who_took_part_is_told_after_closing_and_never_of_two(self, made: Council) -> None:
        sitting, rule = sitting_of(made), persons_rule(made)
        few, many = election(made, sitting, rule), election(made, sitting, rule)
        for place in range(3):
            put_in(made, many, place, "anna")
        for place in range(2):
            put_in(made, few, place, "anna")

        assert took_part_in(standing_of(many)) is None
        closed(made, few)
        closed(made, many)

        assert took_part_in(standing_of(many)) == ["gm0014", "gm0344", "gm0363"]
        assert took_part_in(standing_of(few)) is None

    def test_of_two_ballots_only_who_was_elected_is_told(self, made: Council) -> None:
        vote = election(made, sitting_of(made), persons_rule(made, "stv"))
        for place in range(2):
            put_in(made, vote, place, "anna")
        closed(made, vote)

        [found] = elections_of(standing_of(vote))

        assert found.elected == ("anna",)
        assert (found.votes, found.lines, found.stages) == ({}, (), ())
        assert blt_of(standing_of(vote), "1") is None

    def test_a_ballot_taken_from_the_box_is_noticed(self, made: Council) -> None:
        vote = voted(made)
        closed(made, vote)
        SecretBallot.objects.filter(choices=["bert"]).delete()

        with pytest.raises(BoxDoesNotMatch) as refused:
            elections_of(standing_of(vote))

        assert refused.value.params == {"papers": 5, "members": 6}

    def test_secret_and_weighted_is_refused(self, made: Council) -> None:
        with pytest.raises(SecretAndWeighted):
            rule_for(made, "assembly", key="both", is_secret=True)
