"""The commands, as a clerk or another program calls them."""

import json

import pytest

from core.power.games import EEC_1958, inhabitants_2017, register_2017
from verband.core.compute.__main__ import main

EEC = "member,votes,inhabitants\n" + "".join(
    f"{name},{votes},{people}\n"
    for name, votes, people in zip(
        ("Germany", "France", "Italy", "Belgium", "Netherlands", "Luxembourg"),
        EEC_1958,
        (54_292, 44_789, 49_041, 9_053, 11_187, 310),
        strict=True,
    )
)


@pytest.fixture
def ask(tmp_path, capsys):
    """Run a command on a file with this text; returns the JSON, or the refusal."""

    def run(what, text, *options):
        file = tmp_path / "file.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        status = main([what, str(file), *options, "--format", "json"])
        written = capsys.readouterr()
        return json.loads(written.out) if status == 0 else written.err

    return run


def test_the_power_of_the_eec_in_the_form_that_was_agreed(ask):
    found = ask("power", EEC, "--quota", "12")

    assert list(found) == ["members", "votes", "quota", "winning", "power_to_act", "rows"]
    assert (found["members"], found["votes"], found["quota"]) == (6, 17, 12)
    assert (found["winning"], found["power_to_act"]) == ("14", 14 / 64)
    assert found["rows"][3] == {
        "member": "Belgium",
        "votes": 2,
        "swings": "6",
        "banzhaf": 1 / 7,
        "banzhaf_absolute": 6 / 32,
        "shapley_shubik": 0.15,
        "prevent": 6 / 14,
        "initiate": 6 / 50,
    }
    assert found["rows"][5]["swings"] == "0"


def test_the_association_of_2017_from_a_dutch_spreadsheet(ask):
    rows = zip(register_2017(), inhabitants_2017(), strict=True)
    text = "Lid;Stemmen;Inwoners\n" + "".join(
        f"Gemeente {place};{votes};{people:,}\n".replace(",", ".")
        for place, (votes, people) in enumerate(rows)
    )

    found = ask("power", "\ufeff" + text, "--quota", "1/2+")

    assert (found["members"], found["votes"], found["quota"]) == (388, 12821, 6411)
    assert found["winning"] == str(2**387)


def test_the_smallest_sets_are_named(ask):
    found = ask("blocking", EEC, "--quota", "12")

    sets = {row["set"]: row for row in found["rows"]}
    assert found["enough_to_block"] == 6
    assert sets["fewest members to pass"]["names"] == ["Germany", "France", "Italy"]
    assert sets["fewest members to block"]["members"] == 2
    assert sets["fewest inhabitants to block"]["names"] == ["France", "Belgium"]
    assert sets["fewest inhabitants to block"]["exact"] == "26921/84336"


def test_blocking_without_inhabitants_names_members_only(ask):
    found = ask("blocking", "member,votes\nA,2\nB,1\n", "--quota", "2")

    assert [row["set"] for row in found["rows"]] == [
        "fewest members to pass",
        "fewest members to block",
    ]


def test_a_double_majority_names_its_parts_and_how_often_they_disagree(ask):
    found = ask("majorities", EEC, "--votes", "12", "--members", "4", "--inhabitants", "1/2+")

    assert found["quota"]["votes"] == 12 and found["quota"]["members"] == 4
    assert [part["majorities"] for part in found["parts"]][
        -1
    ] == "votes and inhabitants and members"
    assert found["parts"][0]["winning"] == "14"
    assert int(found["winning"]) <= 14
    assert [row["between"] for row in found["disagreement"]] == [
        "votes and inhabitants",
        "votes and members",
        "inhabitants and members",
    ]
    assert sum(row["shapley_shubik"] for row in found["rows"]) == pytest.approx(1)


def test_who_pays_against_who_decides(ask):
    text = 'member,votes,pays,province\nA,3,"10,5",North\nB,1,"31,5",South\n'

    found = ask("pays", text, "--quota", "3")

    assert found["moved"] == {"exact": "1/2", "decimal": 0.5}
    assert found["moved_to_power"] == {"exact": "3/4", "decimal": 0.75}
    assert [row["exact"] for row in found["rows"]] == ["3/1", "1/3"]
    assert [group["group"] for group in found["groups"]] == ["North", "South"]
    assert found["theil_within"] == 0


def test_payment_by_inhabitants_is_shown_by_size_class(ask):
    found = ask("pays", "member,votes,inhabitants\nA,75,821752\nB,20,20400\n")

    assert [group["group"] for group in found["size_classes"]] == [
        "250,000 or more",
        "20,000 to 50,000",
    ]


def test_power_against_the_square_root_of_the_inhabitants(ask):
    found = ask("square-root", EEC, "--quota", "12")

    assert found["rows"][5]["influence"] == 0
    assert sum(row["ideal"] for row in found["rows"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("what", "text", "options", "words"),
    [
        ("power", EEC, ("--quota", "18"), "Use 1 to 17"),
        ("power", EEC, ("--quota", "NaN"), "is not a quota"),
        ("power", "member,votes\nA,0\nB,0\n", ("--quota", "1"), "0 votes"),
        ("power", "member,votes\nA,3\nB,-1\n", ("--quota", "2"), "Row 3, votes"),
        ("power", "member,votes\nA,3\nB,NaN\n", ("--quota", "2"), "Row 3, votes"),
        ("power", "member,votes\nA,3\nA,1\n", ("--quota", "2"), "Row 3, member"),
        (
            "blocking",
            "member,votes,inhabitants\nA,1,9\nB,1,\n",
            ("--quota", "2"),
            "of B are missing",
        ),
        ("majorities", EEC, (), "asks for nothing"),
        ("majorities", EEC, ("--votes", "9", "--unit", "0"), "Use 1 or more"),
        ("majorities", "member,votes\nA,1\n", ("--inhabitants", "1/2"), "of A are missing"),
        (
            "majorities",
            "member,votes,inhabitants\nA,5,100\n",
            ("--inhabitants", "1/2+"),
            "no whole unit of 1000",
        ),
        ("pays", "member,votes\nA,1\nB,1\n", (), "of A are missing"),
        ("pays", "member,votes,pays\nA,1,0\nB,1,2\n", (), "pays 0"),
        ("square-root", "member,votes,inhabitants\nA,1,0\n", ("--quota", "1"), "are 0"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(ask, what, text, options, words):
    assert words in ask(what, text, *options)


@pytest.mark.parametrize(
    ("what", "options"),
    [
        ("power", ("--quota", "12")),
        ("blocking", ("--quota", "12")),
        ("majorities", ("--votes", "12", "--members", "4")),
        ("pays", ()),
        ("square-root", ("--quota", "12")),
    ],
)
def test_every_answer_can_be_read_as_a_table(tmp_path, capsys, what, options):
    file = tmp_path / "eec.csv"
    file.write_text(EEC, encoding="utf-8")

    status = main([what, str(file), *options])

    assert status == 0
    assert "Belgium" in capsys.readouterr().out


def test_a_table_leaves_out_counts_that_fill_the_screen(tmp_path, capsys):
    file = tmp_path / "many.csv"
    file.write_text("member,votes\n" + "".join(f"M{i},1\n" for i in range(120)), encoding="utf-8")

    main(["power", str(file), "--quota", "1/2+"])

    assert "swings" not in capsys.readouterr().out
