"""The body page with its swimlane, and the map."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import verband
from verband.core.period import Period
from verband.ui.component import Component, Link
from verband.ui.components.hex_map import Hex, HexMap, Key
from verband.ui.components.swimlane import Lane, Mark, Sitting, Swimlane
from verband.ui.page import Page, render
from verband.ui.query import Query
from verband.ui.scale import TimeScale


@dataclass(frozen=True)
class ChartPage(Page):
    """Some charts under each other."""

    charts: tuple[Component, ...] = ()

    template = "gallery/charts.html"


def _p(start, until):
    return Period(*(date.fromisoformat(d) if d else None for d in (start, until)))


def lanes():
    """The seats of the team in the design, and two that are hard to draw."""
    whole = ("2017-03-01", "2018-03-01")
    long = "gedeputeerde met een buitengewoon lange portefeuille en een dubbele naam, Overijssel"
    return (
        Lane(
            "Voorzitter",
            (
                Sitting(_p("2017-03-01", "2017-09-15"), "burgemeester, Deventer"),
                Sitting(_p("2017-09-15", "2018-03-01"), "wethouder, Deventer (waarnemend)"),
            ),
        ),
        Lane(
            "Linking pin naar bestuur", (Sitting(_p(*whole), "bestuurslid, portefeuille energie"),)
        ),
        Lane("Lid, G32", (Sitting(_p(*whole), "wethouder, Tilburg"),)),
        Lane(
            "Lid, G4",
            (
                Sitting(_p("2017-03-01", "2017-10-01"), "wethouder, Utrecht"),
                Sitting(_p("2017-10-01", "2018-03-01"), "leeg sinds 1 oktober", empty=True),
            ),
        ),
        Lane(
            "Lid namens de Unie van Waterschappen en het Interprovinciaal Overleg samen",
            (Sitting(_p("2017-05-20", "2017-12-31"), long),),
        ),
        Lane(
            "Kennis",
            (
                Sitting(_p("2017-03-01", "2017-07-01"), "onderzoeker, PBL"),
                Sitting(_p("2017-08-15", None), "onderzoeker, PBL"),
            ),
        ),
        Lane("Nog niet begonnen", (Sitting(_p("2018-01-01", "2018-02-01"), "adviseur, bureau"),)),
    )


def body(request):
    """The body page: months, quarters and years on the axis."""
    reading = request.reading
    scales = (
        TimeScale(date(2017, 1, 1), date(2018, 4, 1)),
        TimeScale(date(2015, 1, 1), date(2019, 1, 1)),
        TimeScale(date(2000, 1, 1), date(2040, 1, 1)),
    )
    charts = tuple(
        Swimlane(
            title=f"Wie zat wanneer ({i + 1})",
            summary="Zeven zetels. De zetel van G4 is leeg sinds 1 oktober.",
            lanes=lanes(),
            scale=scale,
            day=reading.day,
            marks=(Mark(date(2017, 12, 1), "toets 1 dec"), Mark(date(2018, 3, 1), "einde 1 mrt")),
            name=f"seats{i}",
            query=Query.of(request),
        )
        for i, scale in enumerate(scales)
    )
    page = ChartPage(
        title="Klimaat en Energie",
        reading=reading,
        crumbs=(Link("Register", reading.link("/register/")), Link("Expertiseteams", "/register/")),
        kind="Expertiseteam, tijdelijk. Ingesteld door het bestuur op 1 maart 2017.",
        lead="Gemeenten, provincies en waterschappen brengen samen één inzet bij het kabinet.",
        charts=charts,
    )
    return render(request, page)


def members_of_2017():
    """The 388 municipalities, from the data of this repository."""
    data = Path(verband.__file__).parent / "reference" / "data"
    with (data / "municipalities_2017.csv").open(encoding="utf-8") as file:
        known = {row["code"]: row for row in csv.DictReader(file)}
    with (data / "hexes.csv").open(encoding="utf-8") as file:
        cells = [row for row in csv.DictReader(file) if row["valid_from"] == "2017-01-01"]
    chosen = {"Tilburg", "Utrecht", "Zwolle", "Deventer", "Berkelland"}
    return tuple(
        Hex(
            q=int(cell["q"]),
            r=int(cell["r"]),
            name=known[cell["code"]]["name"],
            kind=f"n-{(i * 7) % 5}",
            value=(i * 7) % 5,
            region=known[cell["code"]]["province"],
            labelled=known[cell["code"]]["name"] in chosen,
        )
        for i, cell in enumerate(cells)
    )


def network_map(request):
    """The map: the members of 2017 in their places; seats and votes are made up."""
    hexes = members_of_2017()
    votes = ("h-for", "h-against", "h-abstain", "h-silent")
    return render(
        request,
        ChartPage(
            title="Het netwerk op de kaart",
            reading=request.reading,
            charts=(
                HexMap(
                    title="Zetels per gemeente",
                    summary="388 gemeenten. Vijf zijn met naam aangewezen.",
                    hexes=hexes,
                    legend=tuple(
                        Key(f"n-{i}", w)
                        for i, w in enumerate(("geen zetel", "1", "2–3", "4–5", "6 of meer"))
                    ),
                    value_label="Zetels",
                    name="seats",
                    query=Query.of(request),
                ),
                HexMap(
                    title="Stemmen",
                    summary="Wie voor, tegen, onthouden of niet stemde.",
                    hexes=tuple(
                        Hex(h.q, h.r, h.name, votes[i % 4], votes[i % 4], h.region)
                        for i, h in enumerate(hexes)
                    ),
                    legend=tuple(
                        Key(v, w)
                        for v, w in zip(
                            votes, ("voor", "tegen", "onthouding", "niet gestemd"), strict=True
                        )
                    ),
                    value_label="Stem",
                    name="votes",
                ),
            ),
        ),
    )
