"""``verband compute divergence`` and ``verband compute statements``."""

import json

import pytest

from verband.core.compute.__main__ import main

DUTCH = """\ufeffgemeente;antwoord;stemmen;grootte;netwerk
Aa;ja;10,5;klein;G4|P10
Bee;nee;3;klein;
Cee;;4;groot;P10
Dee;onthouding;4;groot;P10
Ee;ja;4;groot;
"""


def compute(capsys, tmp_path, text, *options, what="divergence"):
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    status = main([what, str(file), "--format", "json", *options])
    out, err = capsys.readouterr()
    return (json.loads(out) if status == 0 else None), err


def test_a_dutch_spreadsheet_gives_a_verdict_with_its_seed(capsys, tmp_path):
    got, _ = compute(capsys, tmp_path, DUTCH, "--ballots", "public", "--seed", "7")

    assert got["seed"] == 7
    assert got["verdict"]["row"] == 6
    assert got["in_votes"]["yes"] == "29/2"
    assert got["in_votes"]["status"] == "carried"
    assert got["in_members"]["outstanding"] == 1
    assert [s["segment"] for s in got["segments"]] == ["groot", "klein", "G4", "P10"]
    assert got["thresholds"]["opposing_load"]["exact"] == "1/5"


def test_small_segments_are_hidden_unless_ballots_are_public(capsys, tmp_path):
    got, _ = compute(capsys, tmp_path, DUTCH)

    assert got["segments"] == []
    assert {one["dimension"] for one in got["suppressed"]} == {"grootte", "netwerk"}


def test_the_page_names_the_row_the_reasons_and_the_segments(capsys, tmp_path):
    file = tmp_path / "file.csv"
    rows = [
        f"m{i},{'no' if i < 20 else 'yes'},2,{'small' if i < 20 else 'large'}" for i in range(60)
    ]
    file.write_text("member,answer,votes,size\n" + "\n".join(rows), encoding="utf-8")

    assert main(["divergence", str(file), "--permutations", "199"]) == 0
    page = capsys.readouterr().out

    assert page.startswith("Row 2: Divergent")
    assert "By size, segments with 33.3 % of the votes stand on the other side: small." in page
    assert "Within a segment, who is still out is taken to be like who answered." in page


def test_answers_on_a_scale_and_answers_in_own_words(capsys, tmp_path):
    scale = "member,answer,votes\n" + "".join(f"m{i},{1 + 4 * (i % 2)},1\n" for i in range(12))
    words = "member,answer,votes\na,proposal,2\nb,amended,1\nc,neither,1\n"

    camps, _ = compute(capsys, tmp_path, scale, "--scale", "1-5")
    three, _ = compute(capsys, tmp_path, words, "--for", "proposal", "--against", "neither")

    assert camps["polarisation"]["agreement"]["exact"] == "-1/1"
    assert (three["in_votes"]["yes"], three["in_votes"]["neither"]) == (2, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("member,answer,votes\na,yes,many\n", "Row 2, votes"),
        ("member,answer,votes\na,yes,NaN\n", "Row 2, votes"),
        ("member,answer,votes\na,yes,-1\n", "Row 2, votes"),
        ("member,answer,votes\na,yes,\n", "Row 2, votes"),
        ("member,answer,votes\na,yes,0\n", "Together the members have no votes."),
        ("member,answer,votes\na,yes,1\na,no,1\n", "Row 3, member"),
        ("member,answer,votes\na,perhaps,1\nb,4,1\n", "Row 2, answer: “perhaps”"),
        ("member,answer\na,yes\n", "votes: This column is missing"),
        ("member,answer,votes\n", "no rows"),
        ("", "empty"),
    ],
)
def test_bad_rows_are_refused_with_row_and_remedy(capsys, tmp_path, text, said):
    got, refusal = compute(capsys, tmp_path, text)

    assert got is None
    assert said in refusal
    assert refusal.strip().endswith(".")


@pytest.mark.parametrize(
    "options",
    [("--majority", "1/3"), ("--permutations", "1"), ("--seed", "-1"), ("--scale", "5-1")],
)
def test_options_out_of_range_are_refused_in_a_sentence(capsys, tmp_path, options):
    got, refusal = compute(capsys, tmp_path, "member,answer,votes\na,yes,1\n", *options)

    assert got is None
    assert refusal.strip().endswith(".")


@pytest.mark.parametrize("options", [("--majority", "half"), ("--scale", "low-high")])
def test_options_that_are_no_number_name_an_example(capsys, tmp_path, options):
    with pytest.raises(SystemExit):
        compute(capsys, tmp_path, "member,answer,votes\na,yes,1\n", *options)

    assert "for example" in capsys.readouterr().err


def test_statements_are_ranked_by_what_every_group_can_carry(capsys, tmp_path):
    text = "member,group,parks,roads\na,city,eens,agree\nb,city,1,\nc,land,ja,-1\nd,land,1,oneens\n"

    got, _ = compute(capsys, tmp_path, text, what="statements")

    assert [one["statement"] for one in got["statements"]] == ["parks", "roads"]
    assert got["statements"][0]["product"]["exact"] == "9/16"
    roads = [view for view in got["groups"] if view["statement"] == "roads"]
    assert [(view["agree"], view["seen"]) for view in roads] == [(1, 1), (0, 2)]


def test_a_vote_on_a_statement_that_is_not_known_is_refused_by_row(capsys, tmp_path):
    got, refusal = compute(
        capsys, tmp_path, "member,group,parks\na,x,1\nb,y,2\n", what="statements"
    )

    assert got is None
    assert refusal.startswith("Row 3, parks: “2” is not a vote on a statement.")


DIVIDED = "member,answer,votes,size\n" + "".join(
    f"m{i},{'no' if i < 20 else 'yes'},{2 if i < 20 else 3},{'small' if i < 20 else 'large'}\n"
    for i in range(60)
)


def test_a_board_may_adopt_thresholds_of_its_own(capsys, tmp_path):
    own = tmp_path / "own.json"
    own.write_text('{"version": "board 2018-02", "opposing_load": 0.25}', encoding="utf-8")

    proposed, _ = compute(capsys, tmp_path, DIVIDED)
    got, _ = compute(capsys, tmp_path, DIVIDED, "--thresholds", str(own))

    assert proposed["verdict"]["code"] == "divergent"
    assert got["verdict"]["code"] == "generic_with_reservation"
    assert got["thresholds"]["version"] == "board 2018-02"
    assert got["thresholds"]["opposing_load"]["exact"] == "1/4"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"opposing_load": "1/4"}', "need a version"),
        ("[1]", "need a version"),
        ('{"version": "x", "oposing_load": "1/4"}', "“oposing_load”"),
        ('{"version": "x", "response": "3/2"}', "response cannot be 3/2."),
        ('{"version": "x", "response": NaN}', "response cannot be NaN."),
        ('{"version": "x", "response": true}', "response cannot be True."),
        ('{"version": "x", "smallest_segment": 4.5}', "smallest_segment cannot be 9/2."),
        ("{", "not valid JSON"),
    ],
)
def test_thresholds_that_mean_nothing_are_refused(capsys, tmp_path, text, said):
    own = tmp_path / "own.json"
    own.write_text(text, encoding="utf-8")

    got, refusal = compute(capsys, tmp_path, DIVIDED, "--thresholds", str(own))

    assert got is None
    assert said in refusal
