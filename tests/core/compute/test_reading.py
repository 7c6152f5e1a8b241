from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from verband.core.compute.reading import Column, Table, read_table
from verband.core.compute.sources import FileUnreadable, NotATextFile, NotJson
from verband.core.errors import FileRefused

MEMBER = Column("member", "text", aliases=("gemeente",))
VOTES = Column("votes", "int", minimum=0, aliases=("stemmen",))
SHARE = Column("share", "decimal", required=False)


@pytest.fixture
def read(tmp_path: Path):
    def write_and_read(content: str | bytes, *columns: Column, **options) -> Table:
        path = tmp_path / "file"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, columns or (MEMBER, VOTES), **options)

    return write_and_read


def refusals(read, content, *columns, **options) -> list[str]:
    with pytest.raises(FileRefused) as caught:
        read(content, *columns, **options)
    return [str(error) for error in caught.value.errors]


def test_a_plain_file_is_read_with_the_row_numbers_of_a_spreadsheet(read):
    table = read("member,votes\nBunnik,15\n\nUtrecht,75\n")

    assert [(row.line, row["member"], row["votes"]) for row in table.rows] == [
        (2, "Bunnik", 15),
        (4, "Utrecht", 75),
    ]


def test_a_dutch_spreadsheet_is_read_as_it_was_meant(read):
    content = "\ufeffGemeente;Stemmen;share\r\nSúdwest-Fryslân;1.234;12,50\r\nUtrecht;75;\r\n"

    table = read(content, MEMBER, VOTES, SHARE)

    assert table.column("member") == ["Súdwest-Fryslân", "Utrecht"]
    assert table.column("votes") == [1234, 75]
    assert table.column("share") == [Decimal("12.50"), None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_office_encoding_gives_the_same_names(read, encoding):
    table = read("member\tvotes\nGaasterlân-Sleat\t10\n".encode(encoding))

    assert table.column("member") == ["Gaasterlân-Sleat"]


def test_the_line_in_which_excel_names_its_separator_is_not_a_row(read):
    assert read("sep=;\nmember;votes\nBunnik;15\n").rows[0].line == 2


def test_old_line_ends_and_quoted_separators_are_understood(read):
    table = read('member,votes\r"Bergen (L.), dorp",13\r')

    assert table.column("member") == ["Bergen (L.), dorp"]


def test_a_comma_in_a_semicolon_file_is_a_decimal_and_no_whole_number(read):
    assert refusals(read, "member;votes\nA;1,5\n") == [
        "Row 2, votes: “1,5” is not a whole number. "
        "Use a whole number, without a thousands mark or decimals."
    ]
    assert read("member;votes\nA;12,00\n").column("votes") == [12]


def test_a_point_is_a_thousands_mark_only_when_the_file_proves_it(read):
    assert refusals(read, "member,votes\nA,1.234\n")[0].startswith("Row 2, votes: “1.234” is not")
    assert read("member\tvotes\nA\t1.234\nB\t1.234.567\n").column("votes") == [1234, 1234567]
    assert read("x;share\nA;0.500\n", Column("x", "text"), SHARE).column("share") == [
        Decimal("0.500")
    ]


def test_a_file_with_both_decimal_marks_is_refused_with_the_row(read):
    assert refusals(read, "member;share\nA;1,5\nB;2.5\n", MEMBER, SHARE) == [
        "Row 3, file: The file writes decimals both with a comma (“1,5”) and with a point "
        "(“2.5”). Use one decimal mark in the whole file."
    ]


@pytest.mark.parametrize(
    "text", ["NaN", "inf", "-inf", "1e3", "0x10", "veel", "١٢", "1 2", "9" * 50]
)
def test_what_is_not_a_number_is_refused_in_a_number_column(read, text):
    (sentence,) = refusals(read, f"member,votes\nA,{text}\n")

    assert sentence.startswith("Row 2, votes: “") and "is not a number." in sentence


def test_all_errors_of_a_file_are_reported_at_once(read):
    content = "member,votes\nA,-1\nB,\n,3\nA,two\n"

    assert refusals(read, content) == [
        "Row 2, votes: -1 is below 0. Use 0 or more.",
        "Row 3, votes: Nothing is filled in. Fill in a value, or take the row out.",
        "Row 4, member: Nothing is filled in. Fill in a value, or take the row out.",
        "Row 5, votes: “two” is not a number. Write a number with digits only.",
        "Row 5, member: “A” also stands in row 2. Keep one of the two rows.",
    ]


def test_a_double_name_may_be_allowed(read):
    assert len(read("member,votes\nA,1\nA,2\n", unique=()).rows) == 2


def test_a_missing_a_double_and_an_unknown_column_are_named(read):
    assert refusals(read, "member,weight\nA,1\n") == [
        "Row 1, weight: Nobody asked for this column. Use these columns: member, votes.",
        "Row 1, votes: This column is missing; the columns found are: member, weight. "
        "Add a column with the header “votes”.",
    ]
    assert "Two columns have this name" in refusals(read, "member,Votes,votes\nA,1,2\n")[0]
    assert "Two columns have this name" in refusals(read, "member,votes,votes\nA,1,2\n")[0]


def test_another_word_for_a_column_counts_only_when_its_name_is_absent(read):
    assert read("member,stemmen\nA,1\n").column("votes") == [1]
    assert read("member,votes,stemmen\nA,1,x\n", extra="keep").rows[0]["stemmen"] == "x"
    assert refusals(read, "member,votes,stemmen\nA,1,2\n") == [
        "Row 1, stemmen: Nobody asked for this column. Use these columns: member, votes."
    ]


def test_kept_columns_are_text_and_named_in_file_order(read):
    table = read("size,member,votes,region\nS,A,1,\n", extra="keep")

    assert table.extra == ("size", "region")
    assert (table.rows[0]["size"], table.rows[0]["region"]) == ("S", None)


def test_an_empty_file_and_a_file_with_only_a_header_are_refused(read):
    assert "The file is empty" in refusals(read, "")[0]
    assert "The file is empty" in refusals(read, "\ufeff \n")[0]
    assert "has no rows" in refusals(read, "member,votes\n")[0]
    assert "has no rows" in refusals(read, "[]")[0]


def test_a_row_that_is_too_long_or_badly_quoted_is_refused_by_its_number(read):
    assert "Row 3, file: This row has 3 cells" in refusals(read, "member,votes\nA,1\nB,2,3\n")[0]
    assert "Row 2, file: The row cannot be read" in refusals(read, 'member,votes\n"A,1\n')[0]
    assert len(read("member,votes,\nA,1,,\n").rows) == 1


def test_json_is_read_as_the_same_table(read):
    table = read('[{"member": "A", "votes": 3}, {"votes": "4", "member": "B"}]')

    assert table.column("votes") == [3, 4]
    assert read('{"rows": [{"member": "A", "votes": 1e3}]}').column("votes") == [1000]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "true", "[1]", "1.5", "1e99", '"x"'])
def test_json_that_is_no_whole_number_is_refused_in_its_place(read, value):
    (sentence,) = refusals(read, f'[{{"member": "A", "votes": {value}}}]')

    assert sentence.startswith("Row 1, votes: ")


def test_broken_json_is_refused_with_its_line(read):
    with pytest.raises(NotJson, match="line 2"):
        read('[{"member": "A"},\n{]')
    with pytest.raises(NotJson, match="nested too deeply"):
        read("[" * 100_000)
    with pytest.raises(NotJson, match="too long"):
        read('[{"member": "A", "votes": ' + "9" * 5000 + "}]")
    assert "There is no list of rows" in refusals(read, '{"a": 1}')[0]
    assert "This is not an object" in refusals(read, "[1]")[0]


def test_a_workbook_or_a_picture_is_refused_with_a_remedy(read):
    for content in (b"PK\x03\x04rest", b"\x89PNG\x00\x81"):
        with pytest.raises(NotATextFile, match="Save the sheet as CSV"):
            read(content)


def test_a_missing_file_and_a_folder_are_refused_in_a_sentence(tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(FileUnreadable, match=r"cannot be opened: .+\.$"):
            read_table(path, [MEMBER])


def test_fractions_and_percentages_are_exact(read):
    content = "rule;part\na;2/3\nb;66,5 %\nc;0,1\n"

    table = read(content, Column("rule", "text"), Column("part", "fraction"))

    assert table.column("part") == [Fraction(2, 3), Fraction(133, 200), Fraction(1, 10)]
    assert "is not a number" in refusals(read, "part\n1/0\n", Column("part", "fraction"))[0]
