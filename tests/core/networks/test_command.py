"""``verband compute`` for the network, as of a day."""

import json

import pytest

from verband.core.compute.__main__ import main

SEATS = """person,body,from,until,hours
An,board,2017-01-01,2018-01-01,4
An,care,2017-01-01,,2
Bo,board,,,
Bo,care,2017-06-01,,
Cas,care,,,1
Cas,youth,,,
"""


def compute(capsys, tmp_path, what, text, *options):
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    status = main([what, str(file), "--format", "json", *options])
    out, err = capsys.readouterr()
    return (json.loads(out) if status == 0 else None), err


def test_overlap_differs_from_day_to_day(capsys, tmp_path):
    spring, _ = compute(capsys, tmp_path, "overlap", SEATS, "--on", "2017-05-31")
    summer, _ = compute(capsys, tmp_path, "overlap", SEATS, "--on", "2017-06-01")
    after, _ = compute(capsys, tmp_path, "overlap", SEATS, "--on", "2018-01-01")

    def jaccard(result):
        return {(r["first"], r["second"]): r["jaccard"]["exact"] for r in result["rows"]}

    assert jaccard(spring)["board", "care"] == "1/3"
    assert jaccard(summer)["board", "care"] == "2/3"
    assert jaccard(after)["board", "care"] == "1/3"
    assert spring["pairs_compared"] == 3


def test_the_day_is_never_guessed(capsys, tmp_path):
    got, refusal = compute(capsys, tmp_path, "overlap", SEATS)

    assert got is None
    assert "--on 2017-10-30" in refusal
    timeless, _ = compute(capsys, tmp_path, "overlap", "person,body\na,x\na,y\n")
    assert len(timeless["rows"]) == 1


def test_days_are_read_as_a_dutch_spreadsheet_writes_them(capsys, tmp_path):
    dutch = "persoon;orgaan;van;tot\nAn;board;1-6-2017;01-01-2018\nAn;care;;\n"

    inside, _ = compute(capsys, tmp_path, "load", dutch, "--on", "31-12-2017")
    outside, _ = compute(capsys, tmp_path, "load", dutch, "--on", "2018-01-01")

    assert (inside["rows"][0]["seats"], outside["rows"][0]["seats"]) == (2, 1)


def test_every_day_that_cannot_be_is_named_at_once(capsys, tmp_path):
    wrong = "person,body,from,until\nAn,board,31-02-2017,\nBo,board,2017-05-01,2017-04-01\n"

    _, refusal = compute(capsys, tmp_path, "load", wrong, "--on", "2017-10-30")

    assert [line.split(":")[0] for line in refusal.splitlines()] == ["Row 2, from", "Row 3, until"]


def test_load_and_links_and_single_points(capsys, tmp_path):
    on = ("--on", "2017-07-01")

    load, _ = compute(capsys, tmp_path, "load", SEATS, *on)
    links, _ = compute(capsys, tmp_path, "interlocks", SEATS, *on)
    cut, _ = compute(capsys, tmp_path, "cutpoints", SEATS, *on)
    few, _ = compute(capsys, tmp_path, "liaisons", SEATS, *on)
    without, _ = compute(capsys, tmp_path, "liaisons", SEATS, *on, "--excluded", "Cas")

    heaviest = load["rows"][0]
    assert (heaviest["person"], heaviest["hours"]["exact"]) == ("An", "6/1")
    assert {r["person"] for r in links["rows"]} == {"An", "Bo", "Cas"}
    assert [(r["person"], r["cut_off"]) for r in cut["people"]] == [("Cas", [["youth"]])]
    assert [r["person"] for r in few["rows"]] == ["An", "Cas"]
    assert without["unreached"] == ["youth"]


def test_reciprocity_names_the_one_sided_pairs(capsys, tmp_path):
    text = "source;target;from;until\nVNG;IPO;;\nIPO;VNG;2017-01-01;2017-07-01\nVNG;UvW;;\n"

    before, _ = compute(capsys, tmp_path, "reciprocity", text, "--on", "2017-06-30")
    after, _ = compute(capsys, tmp_path, "reciprocity", text, "--on", "2017-07-01")

    assert before["plain"]["exact"] == "2/3"
    assert before["corrected"]["exact"] == "1/3"
    assert after["plain"]["exact"] == "0/1"
    assert {pair["target"] for pair in after["one_sided"]} == {"IPO", "UvW"}


def test_coverage_shows_what_hangs_on_nobody_and_on_one(capsys, tmp_path):
    text = "item,by,until\nG4,An,2017-01-01\nG32,Bo,\nP10,,\n"

    got, _ = compute(capsys, tmp_path, "coverage", text, "--on", "2017-01-01")

    assert got["uncovered"] == ["G4", "P10"]
    assert got["by_one"] == [{"item": "G32", "by": "Bo"}]


def test_dormancy_reads_events_mandates_and_silences(capsys, tmp_path):
    rows = [f"busy,2017-{month:02}-15,,An" for month in range(1, 11)]
    rows += [f"still,2016-{month:02}-15,2017-01-01," for month in range(1, 11)]
    text = "body,day,mandate_until,liaison\n" + "\n".join(rows)

    got, _ = compute(capsys, tmp_path, "dormancy", text, "--on", "2017-10-30")
    summer, _ = compute(
        capsys,
        tmp_path,
        "dormancy",
        text,
        "--on",
        "2017-10-30",
        "--silence",
        "2016-11-01..2017-10-01",
    )

    assert [(r["body"], r["state"]) for r in got["rows"]] == [
        ("still", "sunset"),
        ("busy", "active"),
    ]
    assert got["rows"][0]["why_sunset"] == ["mandate_over", "no_liaison"]
    assert {r["state"] for r in summer["rows"]} == {"active"}


def test_regrowth_takes_the_life_of_a_body_from_its_seats(capsys, tmp_path):
    rows = [f"Old group,{p},2012-01-01,2016-01-01" for p in "abcd"]
    rows += [f"New team,{p},2016-05-01," for p in "abce"]
    rows += [f"assembly,m{i},," for i in range(60)]
    text = "body,person,from,until\n" + "\n".join(rows)

    got, _ = compute(capsys, tmp_path, "regrowth", text, "--on", "2017-10-30")

    (row,) = got["rows"]
    assert (row["ended"], row["began"], row["returned"]) == (
        "Old group",
        "New team",
        ["a", "b", "c"],
    )


def test_the_adviser_reads_networks_with_dutch_decimals(capsys, tmp_path):
    text = (
        "network;trust;centralisation;participants;consensus;need;form\n"
        "small;0,8;;6;0,9;0,2;\nwide;0,5;;40;0,7;0,9;shared\nunknown;;;10;0,5;;\n"
    )

    got, _ = compute(capsys, tmp_path, "adviser", text)

    assert [r["advice"] for r in got["rows"]] == ["shared", "nao", "no clear advice"]
    assert got["rows"][1]["mismatches"][0].startswith("participants: expect fatigue")
    assert len(got["rows"][2]["questions"]) == 2


@pytest.mark.parametrize(
    ("what", "text", "said"),
    [
        ("overlap", "person,body,from\nAn,board,yesterday\n", "Row 2, from: “yesterday”"),
        ("overlap", "person,body,from,until\nAn,x,2017-02-01,2017-02-01\n", "Row 2, until"),
        ("overlap", "person,body\n,board\n", "Row 2, person"),
        ("load", "person,body,hours\nAn,board,-1\n", "Row 2, hours"),
        ("load", "person,body,hours\nAn,board,NaN\n", "Row 2, hours"),
        ("reciprocity", "source,target\nVNG,VNG\n", "Row 2, target: VNG cannot"),
        ("coverage", "body\nx\n", "item: This column is missing"),
        (
            "dormancy",
            "body,day,mandate_until\nx,2017-01-01,2017-01-01\nx,,2018-01-01\n",
            "Row 3, mandate_until: An earlier row of x says 2017-01-01.",
        ),
        ("regrowth", "body,person,body_from\nx,a,2017-02-30\n", "Row 2, body_from"),
        ("adviser", "network,trust\nx,2\n", "Row 2, trust: trust cannot be 2."),
        ("adviser", "network,form\nx,matrix\n", "Row 2, form: “matrix”"),
        ("cutpoints", "", "empty"),
    ],
)
def test_bad_rows_are_refused_with_row_and_remedy(capsys, tmp_path, what, text, said):
    on = () if what == "adviser" else ("--on", "2017-10-30")

    got, refusal = compute(capsys, tmp_path, what, text, *on)

    assert got is None
    assert said in refusal
    assert refusal.strip().endswith(".")


@pytest.mark.parametrize("what", ["overlap", "load", "interlocks", "liaisons", "cutpoints"])
def test_a_day_on_which_nobody_sits_anywhere_gives_an_empty_answer(capsys, tmp_path, what):
    got, _ = compute(
        capsys, tmp_path, what, "person,body,until\nAn,x,2000-01-01\n", "--on", "2017-10-30"
    )

    assert got["on"] == "2017-10-30"
    assert not any(got.get(key) for key in ("rows", "people", "seats"))


@pytest.mark.parametrize("what", ["overlap", "coverage", "reciprocity"])
def test_every_command_has_a_page_for_a_reader(capsys, tmp_path, what):
    text = {
        "overlap": "person,body\na,x\na,y\n",
        "coverage": "item,by\nG4,An\n",
        "reciprocity": "source,target\nVNG,IPO\n",
    }[what]
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")

    assert main([what, str(file)]) == 0
    page = capsys.readouterr().out
    assert {"overlap": "jaccard", "coverage": "by_one", "reciprocity": "one_sided"}[what] in page
