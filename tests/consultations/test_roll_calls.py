"""Roll-calls of every kind of vote: in a meeting, with proxies, of persons, secret."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

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
from consultations.council import CLOSES, Council, rule_for
from consultations.published import READING, verified
from verband.consultations.documents.decision import decision_data, decision_pdf
from verband.consultations.documents.ori import ori_of
from verband.consultations.documents.popolo import popolo_of
from verband.consultations.kinds import StepKind, Weighing
from verband.consultations.models import Consultation
from verband.consultations.queries.published import roll_call_file, rows_of
from verband.consultations.queries.result import result_data, result_of
from verband.consultations.queries.roll_call import roll_call
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.opening import close_vote, publish_result
from verband.consultations.use_cases.proxies import give_proxy
from verband.consultations.use_cases.sittings import mark_absent
from verband.kernel.sealing import seal
from world import NOW

pytestmark = pytest.mark.django_db


def file_of(vote: Consultation) -> bytes:
    """The public file, sealed."""
    seal(AFTER)
    return roll_call_file(standing_of(vote))


def test_a_vote_in_a_meeting_keeps_who_was_there(
    made: Council, signing_key: Path, tmp_path: Path, capsys: Any
) -> None:
    made.rules["assembly"] = rule_for(
        made,
        "assembly",
        key="quorum",
        rule={
            "name": "quorum",
            "majorities": ["votes > 1/2 of valid"],
            "quorums": ["members present >= 2/3 of all"],
        },
    )
    sitting = sitting_of(made, present=4)
    vote = opened(made, motion(made, sitting))
    made.cast(vote, 0, now=NOW)
    file = file_of(closed(made, vote))
    mark_absent(actor=made.secretary, now=AFTER, sitting=sitting, member=made.members[0])

    code, said = verified(capsys, tmp_path, [file])

    assert code == 0
    assert "members present >= 2/3 of all: 4 (needed: 4) reached" in said
    assert "By this rule: adopted" in said
    assert file_of(vote) == file


def test_proxies_stand_in_the_roll_call_as_they_were_at_the_closing(
    made: Council, signing_key: Path, tmp_path: Path, capsys: Any
) -> None:
    made.rules["consultation"] = rule_for(made, "consultation", key="met-volmacht", proxy_members=2)
    vote = made.opened()
    give_proxy(
        actor=made.accounts["gm0014 secretary"],
        now=NOW,
        member=made.members[2],
        holder=made.members[0],
        consultation=vote,
    )
    made.cast(
        vote,
        2,
        actor=made.accounts["gm0363 secretary"],
        by_member=made.members[0],
    )
    close_vote(actor=made.secretary, now=CLOSES, consultation=vote)

    code, said = verified(capsys, tmp_path, [file_of(vote)])

    assert code == 0, said
    records = roll_call(standing_of(vote)).records
    assert {"record": "proxy", "member": "gm0014", "holder": "gm0363"} in records
    [ballot] = [record for record in records if "record" not in record]
    assert (ballot["capacity"], ballot["by"]) == ("proxy", "gm0363")


def test_an_election_by_name_can_be_added_up_too(
    made: Council, signing_key: Path, tmp_path: Path, capsys: Any
) -> None:
    rule = persons_rule(made, "approval", is_secret=False, weighing=Weighing.VOTES, key="by-name")
    vote = election(made, sitting_of(made), rule, seats=2)
    made.cast(vote, 0, answers={"1": ["anna", "bert"]}, now=NOW)
    made.cast(vote, 1, answers={"1": ["bert"]}, now=NOW)
    made.cast(vote, 2, answers={"1": []}, now=NOW)

    code, said = verified(capsys, tmp_path, [file_of(closed(made, vote))])

    assert code == 0, said
    assert "wethouder anna: members 1, votes 75" in said
    assert "wethouder bert: members 2, votes 125" in said
    assert [row[8] for row in rows_of(standing_of(vote))][:3] == ["anna", "bert", "bert"]


def test_documents_of_an_election_by_name_are_made(made: Council, signing_key: Path) -> None:
    rule = persons_rule(made, is_secret=False, key="rounds-by-name")
    vote = election(made, sitting_of(made), rule)
    made.cast(vote, 0, answers={"1": ["anna"]}, now=NOW)
    publish_result(actor=made.secretary, now=AFTER, consultation=closed(made, vote))

    result = result_of(standing_of(vote))

    rows = decision_data(result, READING)["roll"]["rows"]
    assert ["gm0363", "1", "wethouder anna"] in rows
    assert {len(row) for row in rows} == {3}
    assert decision_pdf(result, READING).startswith(b"%PDF-")
    assert popolo_of(result)["vote_events"] == []
    assert ori_of(result)["@graph"] == []


def test_a_secret_vote_leaves_nothing_to_read(
    made: Council, signing_key: Path, client: Client
) -> None:
    vote = election(made, sitting_of(made), persons_rule(made))
    put_in(made, vote, 0, "anna")
    publish_result(actor=made.secretary, now=AFTER, consultation=closed(made, vote))

    step = standing_of(vote).steps[StepKind.CLOSED]

    assert step.data == {"early": False}
    assert result_data(standing_of(vote))["questions"] == []
    for name in ("roll_call_json", "roll_call_csv", "result_json", "popolo_vote", "ori_vote"):
        assert client.get(reverse(name, args=[vote.key])).status_code == 404
    assert step.recorded_from == LATER


def test_the_decision_of_a_secret_election_says_who_was_elected_and_not_by_whom(
    made: Council, signing_key: Path, client: Client
) -> None:
    vote = election(made, sitting_of(made), persons_rule(made))
    for place, name in enumerate(("anna", "anna", "anna", "bert")):
        put_in(made, vote, place, name)
    publish_result(actor=made.secretary, now=AFTER, consultation=closed(made, vote))

    data = decision_data(result_of(standing_of(vote)), READING)

    [told] = data["elections"]
    assert "wethouder anna" in told["verdict"]
    assert ["wethouder anna", "3"] in told["tables"][0]["rows"]
    assert (data["roll"], data["verify"], data["questions"]) == (None, [], [])
    response = client.get(reverse("decision_pdf", args=[vote.key]))
    assert response.content.startswith(b"%PDF-")
