"""Read the data files of the reference association as typed, frozen rows.

Every figure and its source is named in ``data/SOURCES.md``. Populations, municipality codes and
boundaries are of Statistics Netherlands (CBS; boundaries: Kadaster / CBS): name CBS wherever they
are shown. Nothing here needs Django or a database.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from verband.core.errors import DomainError
from verband.core.period import Period, add_months
from verband.reference.rows import (
    BodyRow,
    ChangeKind,
    HexCell,
    Layout,
    LayoutRow,
    Ministry,
    MinistryChange,
    MunicipalityChange,
    MunicipalityLifespan,
    MunicipalityYear,
    NetworkMember,
    PlaceBasis,
    Variant,
)
from verband.reference.sources import in_dutch, in_report

DATA = Path(__file__).parent / "data"
POPULATION_YEARS = (2016, 2017, 2019, 2021, 2022, 2023, 2024)
PROVISIONAL_YEARS = (2022,)
SOURCE = "CBS"
BOUNDARY_SOURCE = "Kadaster / CBS"


class NoPopulationFile(DomainError):
    """No figure for this year was found, and none is estimated."""

    code = "no_population_file"
    template = "No population figures of 1 January %(year)s are on file. There are: %(years)s."


class NoHexLayout(DomainError):
    """The day lies before the first layout."""

    code = "no_hex_layout"
    template = "There is no hexagon map of %(day)s. The first is of %(first)s."


def municipality_year(year: int) -> tuple[MunicipalityYear, ...]:
    """The municipalities on 1 January of ``year`` with their population (CBS).

    Raises: NoPopulationFile.

    >>> rows = municipality_year(2017)
    >>> len(rows), sum(row.population for row in rows)
    (388, 17081507)
    """
    if year not in POPULATION_YEARS:
        raise NoPopulationFile(year=year, years=", ".join(map(str, POPULATION_YEARS)))
    return tuple(
        MunicipalityYear(
            year=year,
            code=row["code"],
            name=row["name"],
            province_code=row["province_code"],
            province=row["province"],
            population=int(row["population"]),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
        )
        for row in _rows(f"municipalities_{year}.csv")
    )


def municipality_changes() -> tuple[MunicipalityChange, ...]:
    """Every merger, split, rename and large boundary change from 2012 to 2025, in date order."""
    return tuple(
        MunicipalityChange(
            day=date.fromisoformat(row["date"]),
            from_code=row["from_code"],
            from_name=row["from_name"],
            to_code=row["to_code"],
            to_name=row["to_name"],
            kind=ChangeKind(row["kind"]),
            from_ceases=_yes(row["from_ceases"]),
            to_starts=_yes(row["to_starts"]),
            main_successor=_yes(row["main_successor"]) if row["main_successor"] else None,
            sources=tuple(in_dutch(key) for key in _listed(row["sources"])),
        )
        for row in _rows("municipality_changes.csv")
    )


def municipality_lifespans() -> tuple[MunicipalityLifespan, ...]:
    """Every municipality code alive at some time from 2012 to 2025, with its period.

    >>> day = date(2018, 1, 1)
    >>> sum(day in span.period for span in municipality_lifespans())
    380
    """
    return tuple(
        MunicipalityLifespan(
            code=row["code"],
            name=row["name"],
            province_code=row["province_code"],
            period=Period(_day(row["valid_from"]), _day(row["valid_to"])),
            successors=_listed(row["successors"]),
            valid_from_basis=row["valid_from_basis"],
        )
        for row in _rows("municipality_lifespans.csv")
    )


def network_members() -> tuple[NetworkMember, ...]:
    """The documented members of G4, G32, P10, PMG and M50, each with source and certainty."""
    return tuple(
        NetworkMember(
            network=row["network"],
            code=row["code"],
            name=row["name"],
            existed_2017=_yes(row["existed_2017"]),
            member_from=_day(row["member_from"]),
            member_until=_day(row["member_to"]),
            as_of=_day_or_month(row["as_of"]),
            certainty=row["certainty"],
            source=in_dutch(row["source"]),
            note=row["note"],
        )
        for row in _rows("municipal_networks_2017.csv")
    )


def ministries() -> tuple[Ministry, ...]:
    """The twelve ministries of the Rutte III cabinet, with their predecessors."""
    return tuple(
        Ministry(
            abbreviation=row["abbreviation"],
            name_nl=row["name_nl"],
            name_en=row["name_en"],
            predecessor_abbreviation=row["predecessor_abbreviation"],
            change_2017=MinistryChange(row["change_2017"]),
            valid_from_name=_day(row["valid_from_name"]),
            note=row["note"],
        )
        for row in _rows("ministries_2017.csv")
    )


def bodies() -> tuple[BodyRow, ...]:
    """The bodies, networks and partners the report names, with its advice on each."""
    return tuple(
        BodyRow(
            body_id=row["body_id"],
            name_nl=row["name_nl"],
            name_en=row["name_en"],
            kind=row["kind"],
            parent_id=row["parent_id"] or None,
            ministries=_listed(row["ministries"]),
            exists_2017=_yes(row["exists_2017"]),
            advice=row["advice"],
            target_social_three=_listed(row["target_social_three"]),
            target_social_two=_listed(row["target_social_two"]),
            variant=Variant(row["variant"]),
            role=row["role"],
            report_ref=in_report(row["report_ref"]),
            certainty=row["certainty"],
            note=row["note"],
        )
        for row in _rows("bodies_2017.csv")
    )


def body_layouts() -> tuple[LayoutRow, ...]:
    """The committees as they are in 2017 and in the two advised variants, in order."""
    return tuple(
        LayoutRow(
            layout=Layout(row["layout"]),
            position=int(row["position"]),
            body_id=row["body_id"],
            name_nl=row["name_nl"],
            kind=row["kind"],
            ministries=_listed(row["ministries"]),
            advice=row["advice"],
        )
        for row in _rows("bodies_2017_layouts.csv")
    )


def hex_cells() -> tuple[HexCell, ...]:
    """The stored hexagon layout of the members, for every day on which their set changed."""
    return tuple(
        HexCell(
            valid_from=date.fromisoformat(row["valid_from"]),
            code=row["code"],
            q=int(row["q"]),
            r=int(row["r"]),
            place=PlaceBasis(row["place"]),
        )
        for row in _rows("hexes.csv")
    )


def hex_cells_on(day: date) -> tuple[HexCell, ...]:
    """The hexagons of the members that existed on ``day``, in order of code.

    Raises: NoHexLayout.

    >>> len(hex_cells_on(date(2017, 12, 31))), len(hex_cells_on(date(2018, 1, 1)))
    (388, 380)
    """
    cells = _hex_cells_by_day()
    in_force = max((start for start in cells if start <= day), default=None)
    if in_force is None:
        raise NoHexLayout(day=day, first=min(cells))
    return cells[in_force]


@cache
def _hex_cells_by_day() -> Mapping[date, tuple[HexCell, ...]]:
    cells: dict[date, list[HexCell]] = {}
    for cell in hex_cells():
        cells.setdefault(cell.valid_from, []).append(cell)
    return {day: tuple(of_day) for day, of_day in cells.items()}


def _rows(file_name: str) -> Iterator[dict[str, str]]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _yes(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _day_or_month(text: str) -> Period:
    if len(text) == len("2023-04"):
        first = date.fromisoformat(f"{text}-01")
        return Period(first, add_months(first, 1))
    day = date.fromisoformat(text)
    return Period(day, day + timedelta(days=1))
