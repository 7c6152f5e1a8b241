"""The data files hold what SOURCES.md says they hold, and read as typed rows."""

import hashlib
import re
from datetime import date

import pytest

from verband.reference import files
from verband.reference.rows import ChangeKind, Layout

SOURCES = (files.DATA / "SOURCES.md").read_text(encoding="utf-8")
TABLE_ROW = re.compile(
    r"^\| \**(\w+\.csv)\**[^|]*\| \**([\d,]+)\** \| ([^|]*)\|(.*)$", re.MULTILINE
)
DIGEST = re.compile(r"^ {4}([0-9a-f]{64})  (\w+\.csv)$", re.MULTILINE)
READERS = {
    "municipality_changes.csv": files.municipality_changes,
    "municipality_lifespans.csv": files.municipality_lifespans,
    "municipal_networks_2017.csv": files.network_members,
    "ministries_2017.csv": files.ministries,
    "bodies_2017.csv": files.bodies,
    "bodies_2017_layouts.csv": files.body_layouts,
}


def stated_number(text):
    return int(re.sub(r"[^\d]", "", text))


STATED = {
    name: (stated_number(rows), people) for name, rows, people, _ in TABLE_ROW.findall(SOURCES)
}


def test_sources_state_every_file_once():
    assert len(STATED) == 13
    assert set(STATED) == {name for _, name in DIGEST.findall(SOURCES)}


@pytest.mark.parametrize(("digest", "name"), DIGEST.findall(SOURCES))
def test_file_is_the_one_whose_digest_the_sources_state(digest, name):
    assert hashlib.sha256((files.DATA / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("year", files.POPULATION_YEARS)
def test_members_and_inhabitants_are_those_the_sources_state(year):
    rows, people = STATED[f"municipalities_{year}.csv"]

    members = files.municipality_year(year)

    assert len(members) == len({member.code for member in members}) == rows
    assert sum(member.population for member in members) == stated_number(people)


@pytest.mark.parametrize("name", READERS)
def test_every_row_of_the_file_is_read(name):
    assert len(READERS[name]()) == STATED[name][0]


def test_year_without_figures_is_refused_with_the_years_there_are():
    with pytest.raises(files.NoPopulationFile, match=r"2018 are on file\. There are: 2016"):
        files.municipality_year(2018)


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(2012, 1, 1), 415),
        (date(2017, 12, 31), 388),
        (date(2018, 1, 1), 380),
        (date(2019, 1, 1), 355),
        (date(2021, 1, 1), 352),
        (date(2022, 3, 23), 345),
        (date(2022, 3, 24), 344),
        (date(2023, 1, 1), 342),
    ],
)
def test_number_of_members_on_a_day(day, members):
    assert sum(day in span.period for span in files.municipality_lifespans()) == members


@pytest.mark.parametrize("year", files.POPULATION_YEARS)
def test_figures_of_a_year_are_of_the_members_alive_on_its_first_day(year):
    alive = {s.code for s in files.municipality_lifespans() if date(year, 1, 1) in s.period}

    assert {member.code for member in files.municipality_year(year)} == alive


def test_every_member_that_ceases_has_one_main_successor_on_that_day():
    ended = {s.code: s.period.until for s in files.municipality_lifespans() if s.period.until}
    first_day = date(2012, 1, 1)

    main = [c for c in files.municipality_changes() if c.from_ceases and c.main_successor]

    assert {c.from_code: c.day for c in main if c.day > first_day} == ended
    assert len({c.from_code for c in main}) == len(main)


def test_boundary_change_has_no_main_successor_because_both_go_on():
    boundary = [c for c in files.municipality_changes() if c.kind is ChangeKind.BOUNDARY]

    assert len(boundary) == 2
    assert all(c.main_successor is None and not c.from_ceases for c in boundary)


def test_g32_had_38_members_on_the_day_of_the_report():
    day = date(2017, 10, 30)

    members = [
        row
        for row in files.network_members()
        if row.network == "G32"
        and row.certainty == "certain"
        and row.as_of.start <= day
        and (row.member_from is None or row.member_from <= day)
    ]

    assert len(members) == 38


def test_source_that_names_a_month_is_as_of_that_month():
    seen = {row.as_of for row in files.network_members() if row.network == "M50"}

    assert [(period.start, period.until) for period in seen] == [
        (date(2023, 4, 1), date(2023, 5, 1))
    ]


def test_every_committee_of_a_layout_is_a_body_of_the_report():
    known = {body.body_id for body in files.bodies()}

    assert {row.body_id for row in files.body_layouts()} <= known
    assert [row.layout for row in files.body_layouts()].count(Layout.CURRENT_2017) == 19


def test_every_parent_and_target_is_a_body_of_the_report():
    bodies = files.bodies()
    known = {body.body_id for body in bodies}

    named = {body.parent_id for body in bodies if body.parent_id}
    named |= {t for body in bodies for t in body.target_social_three + body.target_social_two}

    assert named <= known
