"""The commands: a problem from a file, an answer ready for JSON."""

import json

import pytest

from verband.core.composition.reading import problem_of, read_problem
from verband.core.compute.__main__ import main
from verband.core.errors import FileRefused

PEOPLE = [
    {"id": "anna", "name": "Anna", "function": "mayor", "province": "Utrecht",
     "network": ["G4", "P10"], "expertise": {"housing": 4}, "seats": 1},
    {"id": "bram", "function": "clerk", "province": "Utrecht", "expertise": {"care": 3}},
    {"id": "carla", "function": "mayor", "province": "Zeeland", "expertise": {"care": 3}},
]  # fmt: skip
PROBLEM = {
    "size": 2,
    "seed": "27 November 2017",
    "candidates": PEOPLE,
    "rules": [
        {"name": "one per province", "each": "province", "at_most": 1},
        {"name": "mayors", "where": {"function": "mayor"}, "at_least_share": "1/3"},
    ],
    "expertise": [{"expertise": "housing", "level": 3}, {"expertise": "care", "level": 3}],
    "balance": {"trait": "province"},
    "current": ["anna", "bram"],
}


def run(tmp_path, capsys, problem, *options):
    path = tmp_path / "problem.json"
    path.write_text("\ufeff" + json.dumps(problem), encoding="utf-8")
    status = main(["team", str(path), "--format", "json", *options])
    written = capsys.readouterr()
    return status, json.loads(written.out) if written.out else None, written.err


def test_a_team_comes_with_its_reasons(tmp_path, capsys):
    options = ["--prices", "--why", "bram", "--why", "anna", "--never"]

    status, result, _ = run(tmp_path, capsys, PROBLEM, *options)

    assert status == 0
    assert [member["id"] for member in result["members"]] == ["anna", "carla"]
    assert result["feasible"] and result["proven"]
    assert result["seed"] == "27 November 2017" and len(result["problem_hash"]) == 64
    assert result["solver"].startswith("HiGHS ")
    assert {p["rule"]: p["gain"] for p in result["prices"]} == {"one per province": 0, "mayors": 0}
    bram, anna = result["why"]
    assert (bram["if"], bram["goal"], bram["loss"]) == ("in", "coverage", 1)
    assert bram["leaves"] == ["anna"]
    assert anna["if"] == "out" and anna["joins"] == ["bram"]
    assert result["never_chosen"] == []


def test_a_body_is_mended_from_the_command(tmp_path, capsys):
    _, result, _ = run(tmp_path, capsys, PROBLEM, "--mend", "--prices", "--why", "bram")

    assert result["broken_before"] == ["one per province: Utrecht"]
    assert len(result["stays"]) == len(result["leaves"]) == len(result["joins"]) == 1
    assert result["goals"][0]["goal"] == "keep"


def test_a_clash_is_an_answer_with_repairs(tmp_path, capsys):
    status, result, _ = run(tmp_path, capsys, {**PROBLEM, "fixed": ["anna", "bram"]})

    assert status == 0
    assert not result["feasible"]
    assert result["clashes"][0]["rules"] == ["one per province", "fixed: anna", "fixed: bram"]
    assert len(result["repairs"]) == 3
    assert all(repair["cost"] == 1 for repair in result["repairs"])


def test_the_table_is_readable(tmp_path, capsys):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(PROBLEM))

    assert main(["team", str(path)]) == 0
    assert "Anna" in capsys.readouterr().out


def test_shares_become_whole_numbers_of_the_team():
    rule = {"name": "local", "where": {"function": ["mayor"]}, "at_least_share": "20 %"}
    rule["at_most_share"] = "2/3"

    made = problem_of({**PROBLEM, "rules": [rule]}).rules[0]

    assert (made.at_least, made.at_most) == (1, 1)


def test_fixed_and_excluded_people_are_rules():
    problem = problem_of({**PROBLEM, "fixed": ["anna"], "excluded": ["bram"]})

    assert [(r.name, r.at_least, r.at_most) for r in problem.rules[2:]] == [
        ("fixed: anna", 1, None),
        ("excluded: bram", None, 0),
    ]


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        ({**PROBLEM, "size": 9}, "A team of 9 cannot be chosen from 3 candidates."),
        ({**PROBLEM, "fixed": ["zoe"]}, "“zoe”, named in “fixed: zoe”, is not among"),
        ({**PROBLEM, "candidates": [*PEOPLE, PEOPLE[0]]}, "The candidate id “anna” occurs twice."),
        ({**PROBLEM, "siez": 1}, "Row 1, siez: This key is unknown."),
        ({**PROBLEM, "rules": [{"name": "x", "people": ["anna"], "at_most": "one"}]},
         "Row 1, at_most: This is not a whole number."),
        ({**PROBLEM, "rules": [{"name": "x", "people": ["anna"], "at_most_share": "much"}]},
         "Row 1, at_most_share: “much” is not a"),
        ({**PROBLEM, "rules": [{"name": "x", "people": ["anna"], "at_least_share": "-1/2"}]},
         "Row 1, at_least_share: A share is not below 0."),
        ({**PROBLEM, "candidates": [PEOPLE[0], {"id": "c", "expertise": {"x": "high"}}]},
         "Row 2, x: This is not a whole number."),
        ({**PROBLEM, "candidates": [{"name": "nobody"}]}, "Row 1, id: This is missing"),
        ({**PROBLEM, "candidates": [{"id": "a", "seats": True}]}, "Row 1, seats:"),
        ({**PROBLEM, "rules": {"name": "x"}}, "Row 1, rules: This is not a list."),
        ([], "Row 1, problem: This is not an object."),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_the_place(tmp_path, capsys, problem, sentence):
    status, result, told = run(tmp_path, capsys, problem)

    assert status == 2
    assert result is None
    assert sentence in told


def test_every_mistake_is_told_at_once(tmp_path):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps({"size": "x", "candidates": [{"id": 5}, {}], "goals": 7}))

    with pytest.raises(FileRefused) as caught:
        read_problem(path)

    assert [error.params["field"] for error in caught.value.errors] == ["size", "id"]


def test_a_roster_comes_from_a_dutch_spreadsheet(tmp_path, capsys):
    path = tmp_path / "leden.csv"
    path.write_text("member;group;terms;last_year\nanna;U;2;\nbram;U;1;1\ncarla;Z;;\n", "cp1252")

    status = main(["roster", str(path), "--first-day", "2018-07-01", "--years", "3",
                   "--format", "json"])  # fmt: skip

    rows = json.loads(capsys.readouterr().out)["rows"]
    assert status == 0
    assert rows[0] == {"member": "bram", "year": 1, "day": "2018-07-01", "may_return": True}
    assert {row["member"]: row["may_return"] for row in rows}["anna"] is False
    assert {row["day"] for row in rows} == {"2018-07-01", "2019-07-01", "2020-07-01"}


def test_a_chair_and_a_deputy_are_kept_apart(tmp_path, capsys):
    path = tmp_path / "members.csv"
    path.write_text("member\nchair\ndeputy\n")
    options = ["--first-day", "2018-07-01", "--years", "1", "--apart", "chair,deputy"]

    assert main(["roster", str(path), *options]) == 2
    assert "No roster spreads 2 members evenly over 1 years" in capsys.readouterr().err
