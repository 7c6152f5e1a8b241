"""What came of a round of statements: by group, with what too few people said left out."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.council import CLOSES, Council, council, rule_for
from consultations.deliberating import (
    SOON,
    admitted,
    proposed,
    published,
    round_of,
    seen,
    statement,
    vote,
)
from filling import words_of
from verband.consultations.models import Consultation
from verband.consultations.queries.common_ground import read_by
from verband.consultations.queries.deliberation import (
    Deliberation,
    Tally,
    deliberation_of,
    pooled_groups,
)
from verband.consultations.use_cases.moderating import merge_statement, park_statement
from verband.kernel import clock

pytestmark = pytest.mark.django_db
SIZES = ("size",)
# Two sizes with six people each: three municipalities with a secretary and an alderman.
PLACES = {
    **{f"gm01{n}": 5_000 + n for n in range(1, 4)},
    **{f"gm02{n}": 30_000 + n for n in range(1, 4)},
}


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Council:
    """Three small and three middle-sized municipalities; it is three days after the closing."""
    monkeypatch.setattr(clock, "now", lambda: CLOSES + timedelta(days=3))
    return council(PLACES)


def everybody(
    made: Council, consultation: Consultation, place: int, small: str, large: str
) -> None:
    """All people of small members say one thing of a statement, the others another."""
    for who in made.accounts:
        vote(made, who, statement(consultation, place), small if "gm01" in who else large)


def counted(consultation: Consultation) -> Deliberation:
    return deliberation_of(consultation, SIZES)


def readings(consultation: Consultation) -> list[tuple[int, str]]:
    """The number of each statement with how it reads, in the order of the page."""
    return [(one.counted.put.number, one.reading) for one in read_by(counted(consultation), "size")]


def page(path: str, status: int = 200) -> str:
    answer = Client().get(f"/en/consultations/{path}")
    assert answer.status_code == status
    return words_of(answer)


class TestCounting:
    """The database counts the latest vote of each person."""

    def test_votes_are_counted_by_the_groups_of_the_opening(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "disagree")

        found = counted(opened)

        assert [(group.code, group.people) for group in found.groups["size"]] == [
            ("0-10000", 6),
            ("20000-50000", 6),
        ]
        first = found.counted[0]
        assert first.whole == Tally(6, 0, 6)
        assert first.cells["size"] == (Tally(6, 0, 0), Tally(0, 0, 6))
        assert first.members == Tally(3, 0, 3)
        assert (found.people, found.municipalities, found.invited) == (12, 6, 12)

    def test_only_the_last_vote_of_a_person_counts(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "agree")
        for number in (1, 2):
            vote(
                made,
                "gm011 alderman",
                statement(opened),
                ("disagree", "pass")[number - 1],
                seen=number,
            )

        assert counted(opened).counted[0].whole == Tally(11, 1, 0)

    def test_a_vote_on_what_was_merged_counts_only_where_there_is_none_on_the_other(
        self, made: Council
    ) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "agree")
        twin = admitted(made, "gm011 alderman", opened, "Iedere gemeente telt.")
        people = [who for who in made.accounts if who != "gm011 alderman"]
        for who in people:
            vote(made, who, twin, "disagree")
            vote(made, who, statement(opened, 1), "disagree")
        into = statement(opened, 1)
        merge_statement(
            actor=made.secretary, now=SOON, statement=twin, into=into, reason="Dubbel.",
            seen=seen(twin),
        )  # fmt: skip

        tallies = [one.whole for one in counted(opened).counted]

        # The author agreed with the twin and said nothing of the other: that goes along.
        assert tallies == [Tally(12, 0, 0), Tally(1, 0, 11), Tally(0, 0, 0)]

    def test_merged_twice_in_a_row_the_votes_go_on_to_the_last(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "disagree")
        act = {"actor": made.secretary, "now": SOON, "reason": "Dubbel."}
        for at, to in ((0, 1), (1, 2)):
            one = statement(opened, at)
            merge_statement(**act, statement=one, into=statement(opened, to), seen=seen(one))

        [left] = counted(opened).counted

        assert left.whole == Tally(6, 0, 6)

    def test_what_was_parked_counts_nowhere(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "agree")
        one = statement(opened)
        park_statement(
            actor=made.secretary, now=SOON, statement=one, reason="Te breed.", seen=seen(one)
        )

        found = counted(opened)

        assert (found.people, [one.whole for one in found.counted]) == (0, [Tally(), Tally()])


class TestReading:
    """First what all groups can carry, then what divides them."""

    def test_a_large_majority_does_not_carry_what_one_group_rejects(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "disagree", "agree")
        everybody(made, opened, 1, "agree", "agree")
        everybody(made, opened, 2, "disagree", "disagree")

        assert readings(opened) == [(2, "carried"), (1, "divides"), (3, "rejected")]
        [divides] = [one for one in read_by(counted(opened), "size") if one.reading == "divides"]
        assert [group.code for group in divides.pro] == ["20000-50000"]
        assert [group.code for group in divides.contra] == ["0-10000"]
        assert [group.code for group in divides.more_for] == ["20000-50000"]

    def test_where_most_pass_there_is_no_clear_answer(self, made: Council) -> None:
        opened = round_of(made, "Wij meten.")
        everybody(made, opened, 0, "pass", "pass")

        assert readings(opened) == [(1, "unclear")]

    def test_without_statements_there_is_nothing_to_read(self, made: Council) -> None:
        opened = made.opened("statements", questions=())

        assert read_by(counted(opened), "size") == []


class TestWhatIsNotShown:
    """Fewer than five people are nobody's business."""

    def test_small_groups_are_taken_together_until_they_are_large_enough(self) -> None:
        assert pooled_groups({"a": 9, "b": 7, "c": 1}, overlap=False) == (
            ("a", 9, ("a",)),
            ("small", 8, ("b", "c")),
        )
        assert pooled_groups({"a": 4}, overlap=False) == ()
        assert pooled_groups({"a": 9, "b": 4}, overlap=True) == (("a", 9, ("a",)),)

    def test_a_group_that_could_be_worked_out_is_left_out_too(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "agree")
        for who in list(made.accounts)[:2] + list(made.accounts)[6:]:
            vote(made, who, statement(opened, 1), "disagree")

        first, second, third = counted(opened).counted

        assert second.whole == Tally(0, 0, 8)
        assert second.cells["size"] == (None, None)  # two small ones, so six would give them away
        assert None not in first.cells["size"]
        assert third.whole == Tally()

    def test_what_fewer_than_five_said_in_all_is_not_shown_at_all(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "agree")
        for who in list(made.accounts)[:4]:
            vote(made, who, statement(opened, 1), "disagree")
        published(made, opened, CLOSES)

        second = counted(opened).counted[1]

        assert (second.whole, second.cells["size"][0]) == (None, None)
        assert "too few people to show" in page(f"{opened.key}/result/")


class TestThePage:
    """What a visitor reads, and downloads."""

    def test_before_publication_nobody_sees_a_figure(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "disagree")

        told = page(f"{opened.key}/result/")

        assert "What every group can carry" not in told
        assert Client().get(f"/en/consultations/{opened.key}/statements.json").status_code == 404
        assert Client().get(f"/en/consultations/{opened.key}/statements.csv").status_code == 404

    def test_the_page_leads_with_what_all_groups_can_carry(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "disagree", "agree")
        everybody(made, opened, 1, "agree", "agree")
        added = proposed(made, "gm011 alderman", opened, "Mijn buurman maakt lawaai.")
        park_statement(
            actor=made.secretary, now=SOON, statement=added, reason="Gaat over één mens."
        )
        published(made, opened, CLOSES)

        told = page(opened.key + "/")

        assert told.index("Wij delen wat wij weten.") < told.index("What divides the groups")
        assert told.index("What divides the groups") < told.index("1. Elke gemeente telt mee.")
        assert (
            "1 statement can be carried by every group by number of inhabitants; 1 divides" in told
        )
        assert "For: 20,000–50,000. Against: up to 10,000." in told
        assert "Read per municipality: 3 agree, 3 disagree, 0 are divided." in told
        assert "Mijn buurman maakt lawaai." in told and "Gaat over één mens." in told
        assert "it binds nobody" in told
        assert "alderman" not in told

    @pytest.mark.parametrize("by", ["province", "network", "nonsense"])
    def test_it_reads_by_each_dimension(self, made: Council, by: str) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "agree")
        published(made, opened, CLOSES)

        assert "What every group can carry" in page(f"{opened.key}/result/?by={by}")

    def test_the_files_tell_the_same(self, made: Council) -> None:
        opened = round_of(made)
        everybody(made, opened, 0, "agree", "disagree")
        published(made, opened, CLOSES)
        client = Client()

        told = json.loads(client.get(f"/consultations/{opened.key}/statements.json").content)
        text = client.get(f"/consultations/{opened.key}/statements.csv").content.decode("utf-8-sig")

        first = told["statements"][0]
        assert told["kind"] == "statements" and told["floor"] == 5
        assert first["all"] == {"agree": 6, "pass": 0, "disagree": 6}
        assert first["by"]["size"]["0-10000"] == {"agree": 6, "pass": 0, "disagree": 0}
        assert first["reading"]["size"] == "divides"
        rows = list(csv.DictReader(StringIO(text)))
        assert {row["agree"] for row in rows if row["group"] == "0-10000"} == {"6", "0"}

    def test_the_number_of_queries_does_not_grow_with_votes_or_statements(
        self, made: Council
    ) -> None:
        few, many = round_of(made), round_of(made, *(f"Stelling {n}." for n in range(12)))
        everybody(made, few, 0, "agree", "agree")
        for place in range(12):
            everybody(made, many, place, "agree", "disagree")
        asked = []
        for opened in (few, many):
            published(made, opened, CLOSES)
            page(f"{opened.key}/result/")
            with CaptureQueriesContext(connection) as caught:
                page(f"{opened.key}/result/")
            asked.append(len(caught))

        assert asked[0] == asked[1]
        assert asked[0] <= 25

    def test_a_rule_that_is_live_shows_it_while_it_is_open(
        self, made: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rule = rule_for(made, "statements", key="live", shows_interim=True)
        opened = round_of(made, rule=rule)
        everybody(made, opened, 0, "agree", "agree")
        monkeypatch.setattr(clock, "now", lambda: SOON)

        told = page(f"{opened.key}/result/")

        assert "This is an interim result" in told
        assert "Elke gemeente telt mee." in told
