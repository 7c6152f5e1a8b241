"""The ledger: order, groups, pages, files."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation
from openpyxl import load_workbook

from verband.core.period import Period
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Gap, Tag
from verband.ui.page import Page, render
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.scale import TimeScale

DAY = date(2017, 10, 30)
READING = Reading(DAY, datetime(2017, 10, 30, 9, tzinfo=UTC), DAY)
COLUMNS = (
    Column("Name", sort="name"),
    Column("Votes", kind="number", sort="votes"),
    Column("State"),
    Column("Period", kind="period"),
)
YEAR = Period(date(2017, 1, 1), date(2018, 1, 1))


@dataclass(frozen=True)
class ListPage(Page):
    """A page with one ledger."""

    ledger: Ledger | None = None


def ledger(address="/bodies/", rows=None, **more):
    request = RequestFactory().get(address)
    if rows is None:
        rows = (
            Row((Link("Tilburg", "/m/1/", "G32"), 75, Tag("runs", "now"), YEAR), "South"),
            Row(("=cmd()", Fraction(1, 2), Gap("none"), (YEAR, Period(YEAR.until, None))), "South"),
            Row(("<b>Texel</b>", None, None, None), "North"),
        )
    found = Ledger(
        caption="Members",
        columns=COLUMNS,
        rows=rows,
        name="members",
        query=Query.of(request),
        scale=TimeScale(YEAR.start, YEAR.until),
        day=DAY,
        **more,
    )
    return request, found


def answer(address, **more):
    request, found = ledger(address, **more)
    request.reading = READING
    return render(request, ListPage(title="Members", reading=READING, ledger=found), "ui/act.html")


def test_a_column_sorts_by_its_link_and_turns_around():
    _, found = ledger("/bodies/?sort=name&kind=team&page=3")
    name, votes, state, _ = found.heads

    assert (name.sorted, name.href) == ("ascending", "/bodies/?kind=team&sort=-name")
    assert (votes.sorted, votes.href) == ("", "/bodies/?kind=team&sort=votes")
    assert state.href == ""


def test_an_order_that_is_not_offered_falls_back_and_is_total():
    query = Query("/", (("sort", "password"),))

    assert query.ordering({"name": "facts__name"}, "-name") == ("-facts__name", "pk")


def test_rows_of_a_group_stand_under_its_name():
    _, found = ledger()

    assert [(group.name, len(group.lines)) for group in found.groups] == [
        ("South", 2),
        ("North", 1),
    ]


def test_words_of_members_are_never_read_as_markup():
    html = ledger()[1].show()

    assert "<b>Texel" not in html
    assert "&lt;b&gt;Texel" in html


def test_the_table_has_real_heads_and_a_named_scroll_area():
    html = ledger()[1].show()

    assert 'scope="row"' in html and 'scope="col"' in html and 'scope="rowgroup"' in html
    assert 'role="region" aria-label="Members' in html
    assert 'data-l="Votes"' in html


def test_an_empty_ledger_says_a_sentence():
    html = ledger(rows=(), empty=EmptyState("Nothing on 30 October 2017."))[1].show()

    assert "Nothing on 30 October 2017." in html
    assert "<table" not in html


def test_a_row_with_a_missing_cell_is_a_mistake():
    _, found = ledger(rows=(Row(("Tilburg", 75)),))

    with pytest.raises(ValueError, match="zip"):
        assert found.groups


def test_a_period_column_without_scale_is_a_mistake():
    found = Ledger("Members", COLUMNS, (Row(("a", 1, "", YEAR)),))

    with pytest.raises(ValueError, match="no scale"):
        found.show()


@pytest.mark.parametrize(
    ("asked", "page"), [("", 1), ("2", 2), ("9", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1)]
)
def test_a_page_that_does_not_exist_is_the_nearest_that_does(asked, page):
    query = Query("/", (("page", asked),))

    assert Pager.of(query, total=120, per_page=50).page == page


def test_pages_tell_which_rows_they_hold():
    pager = Pager.of(Query("/", (("page", "3"),)), total=120, per_page=50)

    assert (pager.first, pager.last, pager.slice) == (101, 120, slice(100, 150))
    assert Pager.of(Query("/"), total=0).first == 0


def test_a_file_holds_every_row_not_one_page():
    pager = Pager.of(Query("/", (("format", "csv"),)), total=120, per_page=50)

    assert pager.slice == slice(0, 120)


def test_a_csv_file_holds_the_same_rows_and_no_formulas():
    response = answer("/bodies/?format=csv&table=members")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Groep", "Name", "Votes"]
    assert rows[1] == ["South", "Tilburg (G32)", "75", "runs", "2017-01-01", "2018-01-01"]
    assert rows[2] == ["South", "'=cmd()", "0.5", "none", "2017-01-01; 2018-01-01", "2018-01-01; "]
    assert rows[3] == ["North", "<b>Texel</b>", "", "", "", ""]
    assert 'filename="members-2017-10-30.csv"' in response["Content-Disposition"]


def test_a_json_file_names_its_values():
    response = answer("/bodies/?format=json&table=members")

    assert json.loads(response.content)[0]["Votes"] == 75


def test_a_spreadsheet_keeps_numbers_as_numbers():
    response = answer("/bodies/?format=xlsx&table=members")

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[2]][:3] == ["South", "Tilburg (G32)", 75]


def test_a_table_that_the_page_does_not_have_is_not_found():
    with pytest.raises(Http404):
        answer("/bodies/?format=csv&table=people")


def test_heads_follow_the_language():
    with translation.override("en"):
        response = answer("/bodies/?format=csv&table=members")

    assert response.content.decode("utf-8-sig").startswith("Group,")
