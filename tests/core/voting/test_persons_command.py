import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.voting.test_nothing_breaks import ANYTHING, answers_or_refuses, changed, places
from verband.core.compute.__main__ import main

RULE = {"name": "r", "majorities": ["votes > 1/2 of valid"], "acclamation": True}
ROLL = [{"member": name, "votes": votes} for name, votes in (("A", 4), ("B", 3), ("C", 2))]
FIELD = ["Jansen", "Smit", "Bos"]


def said(**choices: str) -> list[dict[str, str]]:
    return [{"member": member, "choice": choice} for member, choice in choices.items()]


ROUNDS = {
    "rule": RULE,
    "roll": ROLL,
    "method": "rounds",
    "candidates": FIELD,
    "rounds": [said(A="Jansen", B="Smit", C="Bos")],
}
APPROVAL = {
    "rule": RULE,
    "roll": ROLL,
    "method": "approval",
    "candidates": FIELD,
    "seats": 2,
    "ballots": {"A": ["Jansen", "Bos"], "B": ["Smit"], "C": ["Bos"]},
}
PARTS = {
    "rule": RULE,
    "roll": ROLL,
    "parts": {"1": said(A="for", B="against"), "2": {"held_over": "the meeting of 24 May"}},
}
ACCLAIM = {"rule": RULE, "roll": ROLL, "present": ["A", "B"]}
RANKINGS = {
    "roll": ROLL,
    "candidates": FIELD,
    "seats": 1,
    "title": "Chair",
    "rankings": {"A": ["Jansen", "Bos"], "B": ["Smit"]},
}


@pytest.fixture
def compute(tmp_path, capsys):
    def run(what: str, case: object, form: str = "json"):
        path = tmp_path / "case.json"
        path.write_text(json.dumps(case), encoding="utf-8")
        status = main([what, str(path), "--format", form])
        printed = capsys.readouterr()
        if status:
            return printed.err.strip()
        return json.loads(printed.out) if form == "json" else printed.out

    return run


def test_two_rounds_elect_a_chair(compute):
    first = compute("elect", ROUNDS)
    assert (first["verdict"], first["field"]) == ("next_round", ["Jansen", "Smit"])

    both = ROUNDS | {"rounds": [*ROUNDS["rounds"], said(A="Jansen", B="Smit", C="Smit")]}
    assert compute("elect", both)["elected"] == ["Smit"]
    assert compute("elect", both, "table").startswith("Elected: Smit.\nOn the roll: 3 members")


def test_approval_fills_as_many_seats_as_reach_the_majority(compute):
    found = compute("elect", APPROVAL)

    assert (found["verdict"], found["elected"]) == ("elected", ["Bos"])
    assert found["reckoning"][0]["values"]["have"] == 4


def test_equal_candidates_wait_for_a_lot_that_was_drawn(compute):
    equal = ROUNDS | {
        "roll": [*ROLL[:1], {"member": "B", "votes": 4}],
        "candidates": ["Jansen", "Smit"],
        "rounds": [said(A="Jansen", B="Smit")] * 2,
    }

    waiting = "Equal votes: draw lots between Jansen, Smit, and give the order as “lot”."
    assert compute("elect", equal, "table").splitlines()[0] == waiting
    assert compute("elect", equal | {"lot": ["Smit"]})["elected"] == ["Smit"]


def test_a_motion_is_adopted_in_part(compute):
    found = compute("parts", PARTS)

    assert (found["verdict"], found["adopted"]) == ("adopted_in_part", ["1"])
    assert found["parts"]["2"]["reckoning"][0]["text"] == "Held over until the meeting of 24 May."


def test_a_final_vote_can_sink_the_whole(compute):
    found = compute("parts", PARTS | {"whole": said(A="against", B="for", C="against")})

    assert (found["verdict"], found["adopted"]) == ("rejected", [])
    assert "What remains was put to a final vote: rejected." in compute(
        "parts", PARTS | {"whole": said(A="against", B="for")}, "table"
    )


def test_nobody_asked_for_a_vote(compute):
    assert compute("acclaim", ACCLAIM)["passed"] is True
    assert compute("acclaim", ACCLAIM | {"vote_asked_by": ["B"]}) == (
        "A vote was asked for by B, so there is no acclamation."
    )


def test_rankings_leave_as_a_blt_file_that_counts(compute, tmp_path, capsys):
    text = compute("rankings", RANKINGS, "table")
    assert text == '3 1\n4 1 3 0\n3 2 0\n0\n"Jansen"\n"Smit"\n"Bos"\n"Chair"\n'

    path = tmp_path / "chair.blt"
    path.write_text(text, encoding="utf-8")
    main(["stv", str(path), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["elected"] == ["Jansen"]


@pytest.mark.parametrize(
    ("what", "case", "sentence"),
    [
        ("elect", [], "In the field “file”: an object is expected."),
        ("elect", ROUNDS | {"method": "lot"}, "it must be rounds or approval"),
        ("elect", ROUNDS | {"seats": 2}, "it means nothing when the method is rounds"),
        ("elect", ROUNDS | {"then": "x"}, "it must be run_off or drop_lowest"),
        ("elect", ROUNDS | {"rounds": ["A"]}, "a list of ballots is expected"),
        ("elect", ROUNDS | {"candidates": [1]}, "every entry must be text"),
        ("elect", APPROVAL | {"seats": 0}, "it must be a whole number of 1 or more"),
        ("elect", APPROVAL | {"ballots": {"A": ["Vos"]}}, "“Vos”, who is not a candidate"),
        ("elect", APPROVAL | {"roll": []}, "The roll holds no member."),
        ("parts", PARTS | {"parts": {}}, "A divided motion needs at least one part."),
        ("parts", PARTS | {"parts": {"1": {"lost": "x"}}}, "or held_over, or withdrawn"),
        ("acclaim", ACCLAIM | {"present": None}, "Only members who are present"),
        ("rankings", RANKINGS | {"title": 3}, "In the field “title”: it must be text."),
        ("rankings", RANKINGS | {"colour": 3}, "unknown; known are"),
    ],
)
def test_a_spoiled_case_is_refused_in_a_sentence(compute, what, case, sentence):
    assert sentence in compute(what, case)


@pytest.mark.parametrize(
    ("what", "case"),
    [
        ("elect", ROUNDS),
        ("elect", APPROVAL | {"most": 2, "lot": ["Bos"]}),
        ("parts", PARTS | {"whole": said(A="against", B="for")}),
        ("acclaim", ACCLAIM | {"vote_asked_by": []}),
        ("rankings", RANKINGS),
    ],
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_is_changed_in_a_case_it_is_answered_or_refused(tmp_path, what, case, data):
    place = data.draw(st.sampled_from(list(places(case))))
    path = tmp_path / "case.json"
    path.write_text(json.dumps(changed(case, place, data.draw(ANYTHING))), encoding="utf-8")

    answers_or_refuses(what, path)
