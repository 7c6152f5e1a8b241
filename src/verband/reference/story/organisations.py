"""The organisations of the story: provinces, ministries, every municipality since 2012."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from verband.bodies.use_cases import record_succession
from verband.members.models import Organisation, OrganisationKind, SuccessionKind, VotingKeyFact
from verband.members.succession import Part
from verband.members.use_cases import (
    add_organisation,
    change_organisation,
    enter_population,
    set_voting_key,
)
from verband.reference import files
from verband.reference.rows import (
    ChangeKind,
    Ministry,
    MinistryChange,
    MunicipalityChange,
    MunicipalityLifespan,
    MunicipalityYear,
)
from verband.reference.story.scribe import BEGIN, Scribe

CBS = "CBS, Gemeenten alfabetisch"
KIND = {
    ChangeKind.MERGE: SuccessionKind.MERGER,
    ChangeKind.SPLIT: SuccessionKind.SPLIT,
    ChangeKind.RENAME: SuccessionKind.RENAME,
    ChangeKind.BOUNDARY: SuccessionKind.BOUNDARY,
}
CALLED = {"GM0518": "Den Haag", "GM0796": "Den Bosch"}  # what everybody says and looks for
CABINET = "parlement.com; blikopnieuws.nl (2017)"
SWORN_IN = date(2017, 10, 26)  # the cabinet Rutte III
BEFORE = {
    "EZ": ("Ministerie van Economische Zaken", "Ministry of Economic Affairs"),
    "IenM": (
        "Ministerie van Infrastructuur en Milieu",
        "Ministry of Infrastructure and the Environment",
    ),
    "VenJ": ("Ministerie van Veiligheid en Justitie", "Ministry of Security and Justice"),
}
PLANNED = timedelta(days=150)  # a law on merging is published about half a year ahead


@dataclass
class Places:
    """Organisations of the story by code and by abbreviation."""

    municipalities: dict[str, Organisation]
    provinces: dict[str, Organisation]
    ministries: dict[str, Organisation]
    water_boards: dict[str, Organisation]


def plan_organisations(scribe: Scribe) -> Places:
    """Provinces, ministries, and the municipalities of 2012; then every change in date order."""
    places = Places({}, {}, {}, {})
    scribe.plan(BEGIN, "organisations", lambda: _provinces(scribe, places))
    scribe.plan(BEGIN, "organisations", lambda: _ministries(scribe, places))
    scribe.plan(SWORN_IN, "organisations", lambda: _new_cabinet(scribe, places))
    _municipalities(scribe, places)
    _successions(scribe, places)
    return places


def _provinces(scribe: Scribe, places: Places) -> None:
    names = {row.province_code: row.province for row in files.municipality_year(2017)}
    for code, name in sorted(names.items()):
        places.provinces[code] = scribe.tell(
            add_organisation,
            key=code.lower(),
            kind=OrganisationKind.PROVINCE,
            code=code,
            name=name,
            valid_from=None,
            source=CBS,
        )


def _coordinates() -> dict[str, tuple[Decimal, Decimal]]:
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for year in files.POPULATION_YEARS:
        for row in files.municipality_year(year):
            found.setdefault(row.code, (Decimal(str(row.lat)), Decimal(str(row.lon))))
    return found


def _municipalities(scribe: Scribe, places: Places) -> None:
    coordinates = _coordinates()
    starts = {c.to_code: c.day for c in files.municipality_changes() if c.to_starts}
    for span in files.municipality_lifespans():
        begin = starts.get(span.code)
        scribe.plan(
            BEGIN if begin is None else begin - PLANNED,
            "municipalities",
            partial(_municipality, scribe, places, span, begin, coordinates.get(span.code)),
        )


def _municipality(
    scribe: Scribe,
    places: Places,
    span: MunicipalityLifespan,
    begin: date | None,
    coordinates: tuple[Decimal, Decimal] | None,
) -> None:
    latitude, longitude = coordinates or (None, None)
    places.municipalities[span.code] = scribe.tell(
        add_organisation,
        key=span.code.lower(),
        kind=OrganisationKind.MUNICIPALITY,
        code=span.code,
        name=span.name,
        abbreviation=CALLED.get(span.code, ""),
        valid_from=begin or span.period.start,
        province=places.provinces[span.province_code],
        latitude=latitude,
        longitude=longitude,
        is_member=True,
        source=CBS,
    )


def _successions(scribe: Scribe, places: Places) -> None:
    groups: dict[tuple[date, str], list[MunicipalityChange]] = defaultdict(list)
    root: dict[tuple[date, str], str] = {}
    alive = {span.code for span in files.municipality_lifespans()}
    for row in files.municipality_changes():
        if row.from_code not in alive:  # ceased on the day the register begins
            continue
        # rows of one day that share a municipality are one reorganisation
        group = root.get((row.day, row.from_code)) or root.get((row.day, row.to_code))
        group = group or row.to_code
        root[row.day, row.from_code] = root[row.day, row.to_code] = group
        groups[row.day, group].append(row)
    for (day, _), rows in sorted(groups.items()):
        step = partial(_succession, scribe, places, day, tuple(rows))
        scribe.plan(day - PLANNED, "reorganisations", step)


def _succession(
    scribe: Scribe, places: Places, day: date, rows: tuple[MunicipalityChange, ...]
) -> None:
    scribe.tell(
        record_succession,
        parts=tuple(_part(row, places.municipalities) for row in rows),
        day=day,
        source="; ".join(sorted({source for row in rows for source in row.sources})),
    )


def _part(row: MunicipalityChange, known: dict[str, Organisation]) -> Part:
    return Part(
        predecessor=known[row.from_code],
        successor=known[row.to_code],
        kind=KIND[row.kind],
        ceases=row.from_ceases,
        is_main=row.main_successor is True or row.kind == ChangeKind.MERGE,
    )


def _ministries(scribe: Scribe, places: Places) -> None:
    """The ministries of 2012, under the names they had then."""
    for row in files.ministries():
        if row.change_2017 == MinistryChange.NEW:
            continue
        name, name_en = BEFORE.get(row.predecessor_abbreviation, (row.name_nl, row.name_en))
        places.ministries[row.abbreviation] = _ministry(
            scribe, row, name, name_en, row.predecessor_abbreviation, None
        )


def _ministry(
    scribe: Scribe, row: Ministry, name: str, name_en: str, abbreviation: str, start: date | None
) -> Organisation:
    return scribe.tell(
        add_organisation,
        key=f"ministerie-{row.abbreviation.lower()}",
        kind=OrganisationKind.MINISTRY,
        name=name,
        name_en=name_en,
        abbreviation=abbreviation,
        valid_from=start,
        source=CABINET,
    )


def _new_cabinet(scribe: Scribe, places: Places) -> None:
    """Three ministries are renamed, and one is split off."""
    for row in files.ministries():
        if row.change_2017 == MinistryChange.RENAMED:
            fact = places.ministries[row.abbreviation].facts.known(None).get()
            scribe.tell(
                change_organisation,
                fact=fact,
                day=SWORN_IN,
                name=row.name_nl,
                name_en=row.name_en,
                abbreviation=row.abbreviation,
            )
        elif row.change_2017 == MinistryChange.NEW:
            made = _ministry(scribe, row, row.name_nl, row.name_en, row.abbreviation, SWORN_IN)
            places.ministries[row.abbreviation] = made
            part = Part(
                predecessor=places.ministries["EZK"],
                successor=made,
                kind=SuccessionKind.SPLIT,
                ceases=False,
                is_main=False,
            )
            scribe.tell(record_succession, parts=(part,), day=SWORN_IN, source=CABINET)


def plan_population(scribe: Scribe, places: Places) -> None:
    """The voting key, and the figures of 1 January, each entered in the spring of its year."""
    scribe.plan(BEGIN, "voting key", lambda: _voting_key(scribe))
    for year in files.POPULATION_YEARS:
        for row in files.municipality_year(year):
            step = partial(_figure, scribe, places, row)
            scribe.plan(date(year, 5, 1), "population figures", step)


def _voting_key(scribe: Scribe) -> None:
    scribe.tell(
        set_voting_key,
        valid_from=None,
        per=1000,
        rounding=VotingKeyFact.Rounding.DOWN,
        minimum=1,
        cap=75,
        article="De Vierde Dimensie, bijlage 6, par. 1",
        note=(
            "Het rapport noemt één stem per 1.000 inwoners en ten hoogste 75 stemmen."
            " De afronding staat er niet in: naar beneden, ten minste 1, is een aanname."
        ),
        source="De Vierde Dimensie, bijlage 6, par. 1",
        certainty="assumed",
    )


def _figure(scribe: Scribe, places: Places, row: MunicipalityYear) -> None:
    provisional = row.year in files.PROVISIONAL_YEARS
    scribe.tell(
        enter_population,
        organisation=places.municipalities[row.code],
        reference_date=date(row.year, 1, 1),
        inhabitants=row.population,
        source=f"CBS, bevolking per 1 januari {row.year}",
        certainty="provisional" if provisional else "certain",
    )
