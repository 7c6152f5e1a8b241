"""Whole lists as CSV and XLSX: lasting column names, days as ISO, no formulas."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from integrations.register import API, Register, answer, body_of, lists_of, spec_of
from verband.bodies.models import BodyFact
from verband.bodies.use_cases import correct_body
from verband.integrations.asked import LARGEST_PAGE
from verband.ui.download import harmless
from world import NOW


def rows_of(client: Client, name: str, **asked: object) -> list[dict[str, str]]:
    response = client.get(f"{API}/{name}", {"format": "csv", **asked})
    content = body_of(response)
    assert response.status_code == 200, content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_of(client: Client, name: str, **asked: object) -> list[tuple[Any, ...]]:
    response = client.get(f"{API}/{name}", {"format": "xlsx", **asked})
    book = load_workbook(io.BytesIO(body_of(response)))
    return list(book.active.iter_rows(values_only=True))


def test_a_file_has_the_columns_and_the_rows_of_the_list(client: Client) -> None:
    for name in lists_of(spec_of(client)):
        page = answer(client, name, pageSize=LARGEST_PAGE)

        rows, sheet = rows_of(client, name), sheet_of(client, name)

        assert list(rows[0]) == list(page["results"][0]) == list(sheet[0]), name
        assert len(rows) == len(sheet) - 1 == page["total"], name


def test_a_file_is_named_after_the_list_and_the_day(client: Client) -> None:
    response = client.get(f"{API}/members", {"format": "csv", "on": "2017-01-01"})

    assert response["Content-Disposition"] == 'attachment; filename="members-2017-01-01.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    body_of(response)


def test_days_and_instants_are_iso_and_truth_is_a_word(client: Client) -> None:
    (row, *_rest) = rows_of(client, "offices", person="p0")

    assert row["validFrom"] == "2014-01-01"
    assert row["recordedFrom"] == "2014-01-01T12:00:00+00:00"
    assert (row["validUntil"], row["acting"]) == ("", "false")


def test_a_name_that_looks_like_a_formula_stays_a_name(client: Client) -> None:
    (row,) = rows_of(client, "organisations", key="gm0014")
    sheet = sheet_of(client, "organisations", key="gm0014")

    assert row["name"] == "'=1+1 'Groningen'"
    assert dict(zip(sheet[0], sheet[1], strict=True))["name"] == "'=1+1 'Groningen'"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    assert harmless(text)[0] == "'"


def test_control_characters_do_not_spoil_a_sheet(client: Client, register: Register) -> None:
    register.world.do(
        correct_body,
        fact=BodyFact.objects.known(None).get(body=register.body),
        reason="typing error",
        now=NOW,
        purpose="Bestu\x0bren\x1f",
    )

    sheet = sheet_of(client, "bodies", key="bestuur")

    assert dict(zip(sheet[0], sheet[1], strict=True))["purpose"] == "Besturen"
