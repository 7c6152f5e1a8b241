import json
from fractions import Fraction

import pytest

from verband.core.compute import __main__ as program
from verband.core.compute.command import Command
from verband.core.compute.reading import Column, read_table
from verband.core.compute.writing import as_json, as_text, both, columns, exact, percent


def total(path, options):
    rows = read_table(path, [Column("member", "text"), Column("votes", "int", minimum=0)]).rows
    votes = sum(row["votes"] for row in rows)
    return {"votes": exact(votes * options.times), "rows": [dict(row.values) for row in rows]}


TOTAL = Command(
    "total",
    "Add up the votes.",
    lambda parser: parser.add_argument("--times", type=int, default=1),
    total,
)


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(program, "commands", lambda: iter([TOTAL]))

    def call(content: str, *arguments: str):
        path = tmp_path / "file.csv"
        path.write_text(content, encoding="utf-8")
        name, *rest = arguments
        status = program.main([name, str(path), *rest])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def test_a_command_prints_json_or_a_table(run):
    status, out, err = run("member,votes\nA,1\nBb,20\n", "total", "--format", "json")
    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "votes": "21",
        "rows": [{"member": "A", "votes": 1}, {"member": "Bb", "votes": 20}],
    }

    _, out, _ = run("member,votes\nA,1\nBb,20\n", "total", "--times", "2")
    assert out == "votes  42\n\nrows\nmember  votes\nA           1\nBb         20\n"


def test_a_refusal_is_printed_by_row_and_ends_with_status_2(run):
    status, out, err = run("member,votes\nA,x\nB,-1\n", "total")

    assert (status, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == ["Row 2, votes", "Row 3, votes"]


def test_only_the_first_fifty_rows_of_a_bad_file_are_printed(run):
    _, _, err = run("member,votes\n" + "".join(f"M{i},x\n" for i in range(80)), "total")

    assert len(err.splitlines()) == 51
    assert err.endswith("And 30 more rows with an error.\n")


def test_a_command_that_does_not_exist_is_refused_with_the_nearest(run):
    status, _, err = run("member,votes\n", "totl")

    assert status == 2
    assert err == "There is no computation “totl”. Did you mean “total”?\n"


def test_without_a_command_the_list_is_shown(run, capsys):
    assert program.main([]) == 0
    assert "total  Add up the votes." in capsys.readouterr().out


def test_every_package_offers_commands_with_names_of_their_own():
    names = [command.name for command in program.commands()]

    assert len(names) == len(set(names))


def test_exact_numbers_stand_beside_decimals():
    assert both(Fraction(2, 3)) == {"exact": "2/3", "decimal": 2 / 3}
    assert exact(2**70) == "1180591620717411303424"


def test_json_never_holds_nan_and_always_holds_fractions_as_text():
    assert json.loads(as_json({"part": Fraction(1, 3), "who": ("A", "B"), "set": {2, 1}})) == {
        "part": "1/3",
        "who": ["A", "B"],
        "set": [1, 2],
    }
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json({"x": float("nan")})
    with pytest.raises(TypeError, match="not ready for JSON"):
        as_json({"x": object()})


def test_a_percentage_never_rounds_a_minority_into_everybody():
    assert percent(Fraction(9961, 10000)) == "99.61 %"
    assert percent(Fraction(99_999, 100_000)) == ">99.99 %"
    assert percent(Fraction(1, 10**6)) == "<0.01 %"
    assert percent(Fraction(0)) == "0.00 %"
    assert percent(Fraction(1, 8), digits=0) == "13 %"


def test_columns_put_numbers_right_and_words_left():
    assert columns(["a", "b"], [["x", 1], ["yy", Fraction(1, 2)]]) == "a     b\nx     1\nyy  1/2"
    assert columns(["a"], []) == "a"
    assert as_text(
        {"passed": True, "lines": [{"text": "x", "n": None}, {"text": "y", "n": 2}]}
    ) == ("passed  yes\n\nlines\ntext  n\nx\ny     2")
