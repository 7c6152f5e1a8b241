"""The commands, from files as offices make them."""

import json

import pytest

from verband.core.compute.__main__ import main

FILE = """id;naam;trefwoorden;tekst;soort;ministry
social;Commissie Zorg, Jeugd en Wmo;jeugdhulp|zorg;De jeugdwet en financiën.;body;VWS
waste;Commissie Milieu;afval;Grondstoffen en afvalinzameling.;body;IenM|BZK
copy;Commissie Milieu;afval;Grondstoffen en afvalinzameling.;body;IenM
"""


def run(tmp_path, capsys, what, *options, text=FILE, encoding="utf-8-sig"):
    path = tmp_path / "documents.csv"
    path.write_text(text, encoding)
    status = main([what, str(path), *options])
    written = capsys.readouterr()
    return status, written.out, written.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_nearest_document_comes_with_words_and_facts(tmp_path, capsys, encoding):
    options = ["--text", "wachtlijst jeugdzorg", "--fact", "ministry=VWS", "--format", "json"]

    status, out, _ = run(tmp_path, capsys, "likeness", *options, encoding=encoding)

    best = json.loads(out)["rows"][0]
    assert status == 0
    assert best["id"] == "social"
    assert best["score"] == "3/61"
    assert best["facts"] == {"ministry": ["VWS"]}
    assert {
        "asked": "jeugdzorg",
        "found": "jeugdhulp",
        "fields": ["tags"],
        "by": "synonym",
    } in best["matches"]


def test_the_table_names_the_words(tmp_path, capsys):
    _, out, _ = run(tmp_path, capsys, "likeness", "--text", "afvalinzameling", "--most", "1")

    assert out.splitlines()[0].split() == ["1", "copy", "Commissie", "Milieu"]
    assert "afvalinzameling = afvalinzameling (same word; body)" in out


def test_duplicates_in_a_file_are_listed(tmp_path, capsys):
    _, out, _ = run(tmp_path, capsys, "duplicates", "--format", "json")

    assert [(r["one"], r["other"]) for r in json.loads(out)["rows"]] == [("copy", "waste")]


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (FILE, ["--text", ""], "There is nothing to search for"),
        (FILE, ["--text", "de gemeente"], "There is nothing to search for"),
        (FILE + "social;Weer;;;;\n", ["--text", "jeugd"], "Row 5, id"),
        ("naam;tekst\nA;b\n", ["--text", "jeugd"], "id"),
        ("", ["--text", "jeugd"], "The file is empty"),
    ],
)
def test_a_bad_question_or_file_is_refused_in_a_sentence(tmp_path, capsys, text, options, sentence):
    status, out, told = run(tmp_path, capsys, "likeness", *options, text=text)

    assert status == 2
    assert out == ""
    assert sentence in told


@pytest.mark.parametrize("option", [["--threshold", "2"], ["--fact", "ministry"], ["--most", "0"]])
def test_an_option_out_of_range_is_refused(tmp_path, capsys, option):
    with pytest.raises(SystemExit):
        run(tmp_path, capsys, "likeness", "--text", "jeugd", *option)
