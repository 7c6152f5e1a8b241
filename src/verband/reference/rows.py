"""The rows of the data files of the reference association: what each column means.

Populations, municipality codes and boundaries are of Statistics Netherlands (CBS; boundaries:
Kadaster / CBS): name CBS wherever they are shown. ``data/SOURCES.md`` names every source.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from verband.core.period import Period


class ChangeKind(StrEnum):
    """How one municipality passes into another."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    BOUNDARY = "boundary"


class MinistryChange(StrEnum):
    """What the cabinet of 26 October 2017 did with a ministry."""

    UNCHANGED = "unchanged"
    RENAMED = "renamed"
    NEW = "new"


class Variant(StrEnum):
    """In which variant of the advice a body appears."""

    ALL = "all"
    SOCIAL_THREE = "social_three"
    SOCIAL_TWO = "social_two"


class Layout(StrEnum):
    """A set of committees: today, or one of the two advised for the social domain."""

    CURRENT_2017 = "current_2017"
    SOCIAL_THREE = "social_three"
    SOCIAL_TWO = "social_two"


class PlaceBasis(StrEnum):
    """Whether the true place of a hexagon was measured or taken from the main successor."""

    MEASURED = "measured"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class MunicipalityYear:
    """A municipality on 1 January of ``year``; ``lat`` and ``lon`` are WGS84, of its centroid."""

    year: int
    code: str
    name: str
    province_code: str
    province: str
    population: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class MunicipalityChange:
    """One line of a reorganisation: area of ``from_code`` that goes to ``to_code`` on ``day``.

    ``main_successor`` is ``None`` for a boundary change, where both municipalities go on.
    """

    day: date
    from_code: str
    from_name: str
    to_code: str
    to_name: str
    kind: ChangeKind
    from_ceases: bool
    to_starts: bool
    main_successor: bool | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityLifespan:
    """The days on which a municipality code existed; an open start lies before 2012."""

    code: str
    name: str
    province_code: str
    period: Period
    successors: tuple[str, ...]
    valid_from_basis: str


@dataclass(frozen=True, slots=True)
class NetworkMember:
    """A municipality in a network of municipalities, as the source saw it in ``as_of``.

    ``member_from`` is ``None`` when the source gives no date of accession. ``as_of`` is one day, or
    a month when the source names no day.
    """

    network: str
    code: str
    name: str
    existed_2017: bool
    member_from: date | None
    member_until: date | None
    as_of: Period
    certainty: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Ministry:
    """A ministry of the cabinet sworn in on 26 October 2017, and what it was called before."""

    abbreviation: str
    name_nl: str
    name_en: str
    predecessor_abbreviation: str
    change_2017: MinistryChange
    valid_from_name: date | None
    note: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body named in the report, and what the report advises to do with it."""

    body_id: str
    name_nl: str
    name_en: str
    kind: str
    parent_id: str | None
    ministries: tuple[str, ...]
    exists_2017: bool
    advice: str
    target_social_three: tuple[str, ...]
    target_social_two: tuple[str, ...]
    variant: Variant
    role: str
    report_ref: str
    certainty: str
    note: str


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A committee in one layout of the committees: today, or one of the two advised variants."""

    layout: Layout
    position: int
    body_id: str
    name_nl: str
    kind: str
    ministries: tuple[str, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class HexCell:
    """The hexagon of a municipality from ``valid_from`` until the next change of the set.

    ``q`` and ``r`` are axial coordinates of pointy-top hexagons, ``q`` to the east and ``r`` to the
    south-east. ``place`` is ``derived`` when the true place was taken from the main successor.
    """

    valid_from: date
    code: str
    q: int
    r: int
    place: PlaceBasis
