"""What a voter gets in hand, what the closing seals, and what everybody gets to count again."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from consultations.council import CLOSES, Council
from consultations.published import Published, verified
from verband.consultations.kinds import StepKind
from verband.consultations.queries.published import COLUMNS, roll_call_file, rows_of
from verband.consultations.queries.receipts import receipt_of, witness
from verband.consultations.queries.roll_call import NoRollCall, roll_call
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.opening import close_vote
from verband.core.merkle import check_inclusion, leaf_hash
from verband.kernel.journal import canonical
from verband.kernel.sealing import seal
from verband.kernel.verify import Verification
from world import NOW

pytestmark = pytest.mark.django_db


def test_the_closing_seals_one_root_over_paper_roll_and_every_ballot(published: Published) -> None:
    standing = standing_of(published.consultation)
    made, closed = roll_call(standing), standing.steps[StepKind.CLOSED].data

    assert closed["root"] == made.root.hex()
    assert (closed["size"], closed["ballots"]) == (13, 5)
    kinds = [record.get("record", "ballot") for record in made.records]
    assert kinds == ["header", *["roll"] * 6, *["ballot"] * 5, "closing"]


def test_a_ballot_has_the_same_code_in_the_tree_as_on_the_receipt(published: Published) -> None:
    made = roll_call(standing_of(published.consultation))

    for ballot in published.ballots:
        assert made.leaves[made.index_of(ballot)].hex() == ballot.leaf


def test_every_ballot_is_proved_to_stand_under_the_root(published: Published) -> None:
    made = roll_call(standing_of(published.consultation))

    for ballot in published.ballots:
        index = made.index_of(ballot)
        leaf = bytes.fromhex(ballot.leaf)
        check_inclusion(leaf, index=index, size=13, proof=made.proof(index), root=made.root)


def test_the_public_file_is_the_same_for_ever(published: Published) -> None:
    seal(CLOSES + timedelta(days=3))

    assert roll_call_file(standing_of(published.consultation)) == published.file


def test_the_file_and_all_receipts_verify_without_us(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    code, said = verified(capsys, tmp_path, [published.file, *published.receipts])

    assert said.count("stands in the roll-call") == 5
    assert "ballot 1 of gm0363 stands in the roll-call and was replaced by ballot 2" in said
    assert "for: members 1, votes 20" in said
    assert "against: members 2, votes 125" in said
    assert "By this rule: rejected" in said
    assert code == 0


def test_a_receipt_before_the_closing_leads_to_a_signed_checkpoint(
    made: Council, signing_key: Path
) -> None:
    ballot = made.cast(made.opened(), 0)

    fresh = receipt_of(ballot.token)
    seal(NOW)
    sealed = receipt_of(ballot.token)

    assert fresh is not None and sealed is not None
    assert fresh["audit"] is None and fresh["vote"] is None and sealed["vote"] is None
    assert fresh["leaf"] == ballot.leaf == leaf_hash(canonical(fresh["record"])).hex()
    line = sealed["audit"]["lines"]["ballot"]
    assert line["row"]["leaf"] == ballot.leaf


def test_a_receipt_says_nothing_of_other_ballots(published: Published) -> None:
    text = published.receipts[2].decode()

    others = [one for one in published.ballots if one.pk != published.ballots[2].pk]
    assert published.ballots[2].leaf in text
    for other in others:
        assert other.nonce not in text
        assert str(other.token) not in text


def test_an_unknown_token_gives_no_receipt(published: Published) -> None:
    assert receipt_of(uuid4()) is None


def test_there_is_no_roll_call_before_the_closing(made: Council) -> None:
    with pytest.raises(NoRollCall):
        roll_call(standing_of(made.opened()))


def test_a_question_to_people_has_no_roll_call(made: Council) -> None:
    vote = made.opened("flash")

    step = close_vote(actor=made.secretary, now=CLOSES, consultation=vote)

    assert step.data == {"early": False}
    with pytest.raises(NoRollCall):
        roll_call(standing_of(vote))


def test_no_proof_is_given_of_what_is_not_sealed(made: Council) -> None:
    ballot = made.cast(made.opened(), 0)

    assert witness({"ballot": ballot}) is None


def test_the_table_names_every_member_also_the_silent_ones(published: Published) -> None:
    rows = [
        dict(zip(COLUMNS, row, strict=True)) for row in rows_of(standing_of(published.consultation))
    ]

    assert len(rows) == 7
    assert [row["counts"] for row in rows if row["member"] == "gm0363"] == ["false", "true"]
    assert {row["member"] for row in rows if row["choice"] is None} == {"gm0010", "gm0088"}


def test_the_file_is_made_with_nine_queries_whatever_the_number_of_ballots(
    published: Published, django_assert_num_queries: Any
) -> None:
    standing = standing_of(published.consultation)

    with django_assert_num_queries(9):
        roll_call_file(standing)
    assert len(published.ballots) == 5


def test_the_file_holds_no_name_of_a_person(published: Published) -> None:
    value = json.loads(published.file)

    ballots = [record for record in value["records"] if "record" not in record]
    assert {record["capacity"] for record in ballots} == {"secretary"}
    assert "person" not in json.dumps(value["records"])


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_closes_is_signed_at_once(made: Council, signing_key: Path) -> None:
    vote = made.opened()
    made.cast(vote, 0)

    close_vote(actor=made.secretary, now=CLOSES, consultation=vote)

    standing = standing_of(vote)
    assert witness({"closed": standing.steps[StepKind.CLOSED]}) is not None


def test_the_whole_register_still_verifies_after_a_vote(published: Published) -> None:
    seal(CLOSES + timedelta(days=1))
    looked = Verification()

    assert list(looked.findings()) == []
    assert looked.unsealed == 0
