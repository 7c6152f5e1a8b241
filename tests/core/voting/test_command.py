import json
from pathlib import Path

import pytest

import verband
from verband.core.compute.__main__ import main

REGISTER = Path(verband.__file__).parent / "reference" / "data" / "municipalities_2017.csv"


@pytest.fixture
def compute(tmp_path, capsys):
    def run(what: str, content: str | bytes | Path, *options: str):
        if isinstance(content, Path):
            path = content
        else:
            path = tmp_path / "file"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        status = main([what, str(path), "--format", "json", *options])
        printed = capsys.readouterr()
        return json.loads(printed.out) if status == 0 else printed.err

    return run


def table(what: str, content: str, tmp_path, capsys, *options: str) -> str:
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")
    assert main([what, str(path), *options]) == 0
    return capsys.readouterr().out


VOTE = "member,votes,choice\nA,6,for\nB,3,against\nC,5,\n"


def test_keys_give_the_votes_of_the_real_register(compute):
    one = compute("keys", REGISTER, "--per", "1000", "--cap", "75", "--minimum", "1")
    assert (one["members"], one["inhabitants"], one["votes"]) == (388, 17_081_507, 12_821)
    assert one["keys"][0]["at_cap"] == 46
    assert {row["member"]: row["votes"] for row in one["rows"]}["Amsterdam"] == 75

    three = compute("keys", REGISTER, "--rounding", "down,nearest,up")
    assert [key["total"] for key in three["keys"]] == [12_821, 12_994, 13_162]
    assert three["rows"][0]["rounding nearest"] == 12


def test_keys_without_cap_and_without_size(compute):
    content = "gemeente;inwoners\nVlieland;1.082\nUtrecht;343.038\n"

    assert compute("keys", content, "--cap", "none")["votes"] == 344
    assert compute("keys", content, "--per", "none", "--cap", "none")["votes"] == 2
    assert compute("keys", content)["keys"][0]["largest_share"] == {
        "exact": "75/76",
        "decimal": 75 / 76,
    }


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--cap", "0"], "The cap of 0 votes lies below the minimum of 1 votes."),
        (["--per", "0"], "per must be a whole number of 1 or more, not 0."),
        (["--rounding", "half"], "“half” is not a way of rounding; choose down, nearest or up."),
        (["--minimum", "none"], "minimum must be a whole number of 0 or more, not None."),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(compute, options, sentence):
    assert compute("keys", "member,inhabitants\nA,10\n", *options).strip() == sentence


def test_a_vote_in_a_table_is_decided_with_its_reckoning(compute):
    result = compute(
        "decide", VOTE, "--majority", "votes >= 2/3 of valid", "--quorum", "members > 1/2 of all"
    )

    assert (result["passed"], result["verdict"]) == (True, "adopted")
    majority = result["reckoning"][-1]
    assert majority["values"] | {"have": 6, "base": 9, "threshold": 6} == majority["values"]
    assert majority["reached"] and majority["values"]["part"] == "2/3"


def test_a_dutch_spreadsheet_is_decided(compute):
    content = "\ufeffGemeente;Stemmen;Inwoners;Keuze;Aanwezig\r\n"
    content += (
        "Utrecht;75;343.038;Voor;ja\r\nBunnik;15;15.097;tegen;ja\r\nDe Bilt;42;42.824;;nee\r\n"
    )

    result = compute("decide", content, "--majority", "inhabitants > 1/2 of all")

    assert result["passed"]
    assert result["reckoning"][1]["values"] == {"members": 2, "votes": 90}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("member,votes,choice\nA,-1,for\n", "Row 2, votes: -1 is below 0."),
        ("member,votes,choice\nA,NaN,for\n", "Row 2, votes: “NaN” is not a number."),
        ("member,votes,choice\nA,veel,for\n", "Row 2, votes: “veel” is not a number."),
        ("member;votes;choice\nA;1,5;voor\n", "Row 2, votes: “1,5” is not a whole number."),
        ("member,votes,choice\nA,1,maybe\n", "Row 2, choice: “maybe” is not known."),
        ("member,votes,present\nA,1,here\n", "Row 2, present: “here” is not known."),
        ("member,votes,choice\nA,1,for\na,1,for\n", "Row 3, member: “a” also stands in row 2."),
        ("member,choice\nA,for\n", "Row 1, votes: This column is missing"),
        ("", "Row 1, file: The file is empty."),
        ("member,votes,choice,present\nA,1,for,no\n", "A cast a ballot but is not present"),
        (b"PK\x03\x04", "is not a text file"),
        ('{"rule": {"majorities": ["votes"]}}', "“votes” is not a majority"),
        ('{"rule": {"majorities": ["votes > 1/2"]}}', "The roll holds no member."),
        ('{"rule": 1}', "In the field “rule”: an object is expected."),
        ('{"rules": {}}', "In the field “rules”: unknown"),
        ('{"rule": {"majorities": ["votes > 1/2"]}, "roll": [{"name": 1}]}', "has the fields"),
        ('{"rule": {"majorities": ["votes > 1/2"]}, "roll": [1]}', "must be an object"),
        ('{"rule": {"majorities": ["votes > 1/2"]}, "roll": {}}', "a list is expected"),
        ('{"rule": {"majorities": ["votes > 1/2"]}, "call": 3}', "it must be 1 or 2"),
        ('{"rule": {"majorities": ["votes > 1/2"]}, "method": "x"}', "it must be own_majority"),
        ('{"rule": {"majorities": ["votes > 1/2"]}, "roll": [{"member": "A", "votes": NaN}]}',
         "The votes of A must be a whole number"),
        ('{"rule": {"majorities": ["votes > 1/2"]}, "tie_break": "x", '
         '"roll": [{"member": "A", "votes": 1}]}', "it must be for or against"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_a_sentence(compute, content, sentence):
    assert sentence in compute("decide", content)


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        ("member,votes,choice\nA,0,for\nB,0,against\n", "rejected"),
        ("member,votes,choice\nA,3,abstain\nB,1,abstain\n", "rejected"),
        ("member,votes,choice\nA,1,for\n", "adopted"),
        ("member,votes\nA,1\n", "rejected"),
    ],
)
def test_extreme_input_gets_the_right_answer(compute, content, verdict):
    assert compute("decide", content)["verdict"] == verdict


def test_a_hundred_thousand_members_in_a_file_are_decided(compute):
    rows = (f"M{i};{i % 75};{'voor' if i % 3 else 'tegen'}" for i in range(100_000))

    result = compute("decide", "lid;stemmen;keuze\n" + "\n".join(rows))

    assert result["passed"]
    for_it = sum(i % 75 for i in range(100_000) if i % 3)
    assert result["reckoning"][2]["values"] == {"choice": "for", "members": 66_666, "votes": for_it}


def test_a_case_in_json_brings_its_rule_its_proxies_and_its_texts(compute):
    case = {
        "rule": {"name": "members", "majorities": ["votes > 1/2 of valid"], "article": "art. 9"},
        "roll": [{"member": m, "votes": v} for m, v in (("A", 6), ("B", 3), ("C", 5))],
        "proxies": [{"principal": "A", "holder": "C"}],
        "proxy_rule": {"max_members": 1},
        "here": ["B", "C"],
        "hands": {"C": {"C": "amended", "A": "proposal"}, "B": "proposal"},
        "texts": ["proposal", "amended"],
        "method": "own_majority",
    }

    result = compute("decide", json.dumps(case))

    assert (result["verdict"], result["option"]) == ("adopted", "proposal")
    assert result["reckoning"][1]["values"] == {"members": 3, "votes": 14}
    standing = compute("decided", json.dumps(case))
    assert (standing["answer"], standing["option"]) == ("adopted", "proposal")
    case["proxies"].append({"principal": "C", "holder": "A"})
    assert "circle: A → C → A" in compute("decide", json.dumps(case))


def test_rows_in_json_are_a_table_too(compute):
    rows = [{"member": "A", "votes": 3, "choice": "for"}]

    assert compute("decide", json.dumps({"rows": rows}))["passed"]
    assert compute("decide", json.dumps(rows))["passed"]


def test_what_is_still_open_is_told(compute):
    result = compute("decided", VOTE)

    assert (result["answer"], result["to_turn"], result["turners"]) == ("open", 1, ["C"])
    assert result["share_needed"]["exact"] == "1/5"
    decided = compute("decided", "member,votes,choice\nA,6,for\nB,3,\n")
    assert decided["answer"] == "adopted"


def test_ranked_ballots_are_counted_from_a_blt_file(compute):
    result = compute("stv", '3 2\n4 1 2 0\n2 3 0\n0\n"Castor" "Pollux" "Helen" "Twins"')

    assert result["elected"] == ["Castor", "Helen"]
    assert result["stages"][1]["transfer_value"]["exact"] == "1/4"
    assert result["stages"][1]["votes"]["Pollux"] == "1.00000"
    even = '2 1\n1 1 0\n1 2 0\n0\n"A" "B" "Even"'
    assert "Draw lots between A, B" in compute("stv", even)
    assert compute("stv", even, "--lot", "B")["elected"] == ["B"]
    assert "Line 1: " in compute("stv", "no blt")


def test_the_secrecy_of_weights_is_told(compute):
    result = compute("secrecy", "member,votes\nA,75\nB,75\nC,7\n", "--floor", "2")
    alone = compute("secrecy", "member,votes\nA,75\n", "--floor", "1")
    assert alone == "A ballot cannot hide in a group of 1; ask for 2 or more.\n"

    assert (result["safe"], result["unique"], result["smallest_class"]) == (False, ["C"], 1)


def test_a_reader_gets_sentences(tmp_path, capsys):
    decided = table("decided", VOTE, tmp_path, capsys)
    assert decided.startswith("It is open.\nStill out: 1 member with 5 votes.")
    assert table("decide", VOTE, tmp_path, capsys).startswith("Adopted.\nOn the roll: 3 members")
    keys = table("keys", "member,inhabitants\nA,1500\n", tmp_path, capsys, "--rounding", "up")
    assert "A              1500      2" in keys
    stv = table("stv", '2 1\n3 1 0\n1 2 0\n0\n"A" "B" "Seat"', tmp_path, capsys)
    assert stv.startswith("Elected: A\nValid votes: 4; seats: 1; quota: 3\n")
    assert "unique" in table("secrecy", "member,votes\nA,1\n", tmp_path, capsys)


def test_a_number_on_the_command_line_is_checked(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["keys", str(tmp_path), "--cap", "many"])
    assert "is not a list of whole numbers" in capsys.readouterr().err
