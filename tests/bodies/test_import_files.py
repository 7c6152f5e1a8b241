"""Files as offices send them: every fault by row with a remedy, and no file takes the server."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from verband.bodies.imports.fields import read_rows
from verband.bodies.imports.kinds import KINDS
from verband.bodies.imports.refusals import FileTooLarge, NotATable, UnsafeWorkbook
from verband.bodies.imports.sheets import read_sheet
from verband.core.errors import FileRefused

HEADER = "code;naam;vanaf\n"


def rows_of(content: bytes, kind: str = "members"):
    spec = KINDS[kind]
    rows, errors = read_rows(read_sheet("file", content), spec.fields, spec.unique)
    if errors:
        raise FileRefused(errors)
    return rows


def refused(content: bytes, kind: str = "members"):
    with pytest.raises(FileRefused) as caught:
        rows_of(content, kind)
    return [(error.params["row"], error.params["problem"]) for error in caught.value.errors]


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize(
    "content",
    [
        b"code,name,from\nGM0855,Tilburg,2017-01-01\n",
        b"code;naam;vanaf\nGM0855;Tilburg;01-01-2017\n",
        b"Code\tNAAM\tVanaf\r\nGM0855\tTilburg\t1/1/2017\r\n",
        b"sep=;\ncode;naam;vanaf\nGM0855;Tilburg;01-01-2017\n",
        "\ufeffcode;naam;vanaf\nGM0855;Tilburg;01-01-2017\n\n;;\n".encode(),
        "code;naam;vanaf\nGM0855;Tilburg;01-01-2017\n".encode("utf-16"),
        workbook(["code", "naam", "vanaf"], ["GM0855", "Tilburg", date(2017, 1, 1)]),
        workbook(["code", "naam", "vanaf"], ["GM0855", "Tilburg", 42736]),
        workbook(["code", "naam", "vanaf"], ["GM0855", "Tilburg", "2017-01-01"], [None, " "]),
    ],
)
def test_the_same_member_is_read_from_every_kind_of_file(content):
    assert rows_of(content) == [
        {"line": 2, "code": "GM0855", "name": "Tilburg"} | {"from": date(2017, 1, 1)}
    ]


def test_letters_of_an_old_office_program_are_read_as_they_were_typed():
    assert rows_of((HEADER + "GM0653;Gaasterlân-Sleat;\n").encode("cp1252"))[0]["name"] == (
        "Gaasterlân-Sleat"
    )


def test_decimals_are_dutch_in_a_semicolon_file_and_english_in_a_comma_file():
    dutch = rows_of(b"code;lat;lon\nGM1;52,1234;5,5\n")
    english = rows_of(b"code,lat,lon\nGM1,52.1234,5.5\n")
    assert dutch[0]["latitude"] == english[0]["latitude"] == Decimal("52.1234")


def test_thousands_are_read_as_a_whole_number():
    content = b"gemeente;peildatum;inwoners\nGM0855;01-01-2017;213.804\n"
    assert rows_of(content, "population")[0]["inhabitants"] == 213_804


def test_a_choice_is_read_in_dutch_in_english_and_by_its_code():
    content = b"persoon,organisatie,functie\np1,o,wethouder\np2,o,Alderman\np3,o,alderman\n"
    assert {row["function"] for row in rows_of(content, "offices")} == {"alderman"}


@pytest.mark.parametrize("content", [b"", b"  \n\n", HEADER.encode(), b"\xef\xbb\xbf"])
def test_a_file_without_rows_is_refused(content):
    assert len(refused(content)) == 1


def test_columns_that_nobody_knows_and_columns_that_miss_are_named_together():
    found = refused(b"naam;inwoners;naam\nTilburg;3;x\n")
    assert [row for row, _problem in found] == [1, 1, 1]


def test_all_faults_of_all_rows_come_at_once():
    content = (
        "gemeente;peildatum;inwoners\nGM1;1-13-2017;12\n;01-01-2017;veel\nGM3;01-01-2017;1,5\n"
    )
    lines = sorted(row for row, _problem in refused(content.encode(), "population"))
    assert lines == [2, 3, 3, 4]


@pytest.mark.parametrize("number", ["NaN", "inf", "1e5", "-3", "999999999999", "12 a", "1,5"])
def test_what_is_no_number_of_inhabitants_is_refused(number):
    content = f"gemeente;peildatum;inwoners\nGM1;01-01-2017;{number}\n"
    assert [row for row, _problem in refused(content.encode(), "population")] == [2]


@pytest.mark.parametrize("day", ["30-02-2017", "morgen", "01-01-0001", "2017", "01-01-17"])
def test_what_is_no_day_is_refused(day):
    assert [row for row, _problem in refused(f"{HEADER}GM1;x;{day}\n".encode())] == [2]


def test_a_number_that_is_no_day_is_refused_in_a_workbook():
    content = workbook(["code", "naam", "vanaf"], ["GM1", "x", -5], ["GM2", "x", 99_999_999])
    assert [row for row, _problem in refused(content)] == [2, 3]


def test_a_reversed_period_is_refused():
    content = "code;vanaf;tot\nGM1;01-01-2018;01-01-2018\nGM2;02-01-2018;01-01-2018\n"
    assert [row for row, _problem in refused(content.encode())] == [2, 3]


def test_two_rows_about_the_same_name_each_other():
    content = HEADER + "GM1;a;01-01-2017\nGM2;b;01-01-2017\ngm1;c;01-01-2017\n"
    assert refused(content.encode()) == [(4, "Row 2 is about the same.")]


def test_a_cell_of_a_megabyte_is_refused():
    for content in (HEADER + "GM1;" + "x" * 2**20 + ";\n", HEADER + "GM1;" + "x" * 5000 + ";\n"):
        assert [row for row, _problem in refused(content.encode())] == [2]


def test_signs_that_cannot_be_stored_are_refused():
    with pytest.raises(NotATable):
        rows_of((HEADER + "GM1;a\0b;\n").encode())
    assert [row for row, _problem in refused((HEADER + "GM1;a\x07b;\n").encode())] == [2]


def test_a_row_with_more_cells_than_the_header_is_refused():
    assert [row for row, _problem in refused((HEADER + "GM1;a;;b\n").encode())] == [2]


def test_an_open_quotation_mark_is_refused():
    assert len(refused((HEADER + 'GM1;"a;\n').encode())) == 1


def test_a_formula_is_refused_with_its_cell():
    content = workbook(["code", "naam"], ["GM1", "=A1"])
    assert refused(content) == [(2, "Cell B2 holds a formula.")]


def test_an_error_of_the_spreadsheet_is_refused():
    assert [row for row, _problem in refused(workbook(["code", "naam"], ["GM1", "#N/A"]))] == [2]


def test_another_zip_file_is_no_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("readme.txt", "hello")
    with pytest.raises(UnsafeWorkbook):
        read_sheet("file.xlsx", file.getvalue())


def test_a_damaged_workbook_is_refused():
    content = workbook(["code", "naam"], ["GM1", "x"])
    for damaged in (content[: len(content) // 2], content[:40] + b"\0" * 400 + content[440:]):
        with pytest.raises(UnsafeWorkbook):
            read_sheet("file.xlsx", damaged)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(5):
            parts.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * (100 * 2**20))
    assert len(file.getvalue()) < 2**20
    with pytest.raises(UnsafeWorkbook):
        read_sheet("file.xlsx", file.getvalue())


def test_a_workbook_that_declares_entities_is_refused():
    content = workbook(["code", "naam"], ["GM1", "x"])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, b'<!DOCTYPE a [<!ENTITY b "c">]>' + text)
    with pytest.raises(UnsafeWorkbook):
        read_sheet("file.xlsx", file.getvalue())


def test_a_file_that_is_too_large_or_too_long_is_refused(settings):
    settings.VERBAND_IMPORT_ROWS = 2
    content = (HEADER + "GM1;a;\nGM2;b;\nGM3;c;\n").encode()
    assert len(refused(content)) == 1
    settings.VERBAND_IMPORT_MEGABYTES = 0
    with pytest.raises(FileTooLarge):
        read_sheet("file", content)


def test_what_is_neither_text_nor_workbook_is_refused():
    with pytest.raises(NotATable):
        read_sheet("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0")


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_no_two_columns_of_a_file_share_a_header(kind):
    headers = [header for field in kind.fields for header in field.headers]
    assert len(headers) == len(set(headers))
