"""Where each municipality lay on a day, for the hexagon layout.

Centroids are on file for 1 January of some years (Kadaster / CBS). A centroid of another year
counts as *measured* when the area did not change between. Otherwise the place is *derived*: the
centroid of the area after the change, or, for a municipality that ceased before the first file, a
point beside that of its main successor.
"""

import math
from collections.abc import Mapping
from datetime import date
from functools import cache

from verband.core.cartogram.places import Ground, Place, kilometres
from verband.reference import files
from verband.reference.rows import ChangeKind, MunicipalityChange, MunicipalityYear, PlaceBasis

LAT_0, LON_0 = 52.2, 5.4
"""The middle of the country, near enough: the origin of the kilometres."""

WADDEN_ISLANDS = frozenset({"GM0448", "GM0096", "GM0093", "GM0060", "GM0088"})
"""Texel, Vlieland, Terschelling, Ameland and Schiermonnikoog."""

BESIDE_KM = 4.0
"""How far from its successor a municipality without a centroid is put."""

LAKE = (
    (53.02, 5.12),
    (53.00, 5.30),
    (52.90, 5.12),
    (52.90, 5.30),
    (52.80, 5.22),
    (52.80, 5.42),
    (52.79, 5.60),
    (52.70, 5.33),
    (52.69, 5.52),
    (52.60, 5.24),
    (52.60, 5.42),
    (52.50, 5.14),
    (52.49, 5.31),
    (52.41, 5.13),
)
"""Points (latitude, longitude) spread over IJsselmeer and Markermeer, so that they stay water."""


def boundary_days(first: date, last: date) -> tuple[date, ...]:
    """``first`` and every later day up to ``last`` on which the set of municipalities changes.

    >>> days = boundary_days(date(2012, 1, 1), date(2023, 1, 1))
    >>> len(days), days[4].isoformat()
    (13, '2015-07-01')
    """
    periods = [span.period for span in files.municipality_lifespans()]
    turns = {day for period in periods for day in (period.start, period.until) if day}
    return (first, *sorted(day for day in turns if first < day <= last))


@cache
def municipalities_on(day: date) -> tuple[Place, ...]:
    """The municipalities of a day at their places, in order of code, then the water."""
    members = tuple(
        _place(span.code, span.province_code, day)
        for span in sorted(files.municipality_lifespans(), key=lambda span: span.code)
        if day in span.period
    )
    return members + water()


def water() -> tuple[Place, ...]:
    """The lake in the middle, as places that keep land away."""
    return tuple(
        Place(f"~{i:02}", "~lake", *_point(lat, lon), Ground.WATER)
        for i, (lat, lon) in enumerate(LAKE)
    )


def basis_of_place(code: str, day: date) -> PlaceBasis:
    """Whether the place of a municipality on a day is measured or derived.

    >>> basis_of_place("GM0855", date(2012, 1, 1)), basis_of_place("GM1671", date(2012, 1, 1))
    (<PlaceBasis.MEASURED: 'measured'>, <PlaceBasis.DERIVED: 'derived'>)
    """
    return PlaceBasis.MEASURED if _measured(code, day) else PlaceBasis.DERIVED


def _place(code: str, province_code: str, day: date) -> Place:
    ground = Ground.ISLAND if code in WADDEN_ISLANDS else Ground.MAINLAND
    return Place(code, province_code, *_located(code, day), ground)


def _located(code: str, day: date) -> tuple[float, float]:
    row = _measured(code, day) or _nearest_year(code, day)
    if row is not None:
        return _point(row.lat, row.lon)
    main = next(c for c in changes() if c.from_code == code and c.main_successor)
    brothers = sorted(
        c.from_code
        for c in changes()
        if c.to_code == main.to_code and c.day == main.day and c.main_successor
    )
    angle = 2 * math.pi * brothers.index(code) / len(brothers)
    x, y = _located(main.to_code, main.day)
    return x + BESIDE_KM * math.cos(angle), y + BESIDE_KM * math.sin(angle)


@cache
def _measured(code: str, day: date) -> MunicipalityYear | None:
    """The row of the nearest year in which this area was the same, under this code or another."""
    rows = [
        row
        for name in _names_of_area(code)
        for row in _rows_by_code().get(name, ())
        if not _changed_between(name, day, date(row.year, 1, 1))
        and not _changed_between(code, day, date(row.year, 1, 1))
    ]
    return min(rows, key=lambda row: _years_away(row, day), default=None)


def _nearest_year(code: str, day: date) -> MunicipalityYear | None:
    rows = _rows_by_code().get(code, ())
    return min(rows, key=lambda row: _years_away(row, day), default=None)


def _years_away(row: MunicipalityYear, day: date) -> tuple[int, int]:
    return abs((date(row.year, 1, 1) - day).days), row.year


def _changed_between(code: str, one: date, other: date) -> bool:
    first, last = min(one, other), max(one, other)
    return any(first < day <= last for day in _days_of_change().get(code, ()))


@cache
def _names_of_area(code: str) -> tuple[str, ...]:
    renames = [c for c in changes() if c.kind is ChangeKind.RENAME]
    later = [c.to_code for c in renames if c.from_code == code]
    earlier = [c.from_code for c in renames if c.to_code == code]
    return (code, *later, *earlier)


def _point(lat: float, lon: float) -> tuple[float, float]:
    return kilometres(lat, lon, lat_0=LAT_0, lon_0=LON_0)


@cache
def changes() -> tuple[MunicipalityChange, ...]:
    """The changes, read once."""
    return files.municipality_changes()


@cache
def _rows_by_code() -> Mapping[str, tuple[MunicipalityYear, ...]]:
    rows: dict[str, tuple[MunicipalityYear, ...]] = {}
    for year in files.POPULATION_YEARS:
        for row in files.municipality_year(year):
            rows[row.code] = (*rows.get(row.code, ()), row)
    return rows


@cache
def _days_of_change() -> Mapping[str, frozenset[date]]:
    """The days on which the area of a code changed by a merger or a split."""
    days: dict[str, frozenset[date]] = {}
    for change in changes():
        if change.kind in (ChangeKind.MERGE, ChangeKind.SPLIT):
            for code in (change.from_code, change.to_code):
                days[code] = days.get(code, frozenset()) | {change.day}
    return days
