"""The register of bodies, as in the design: 15 rows in four groups."""

from dataclasses import dataclass
from datetime import date

from verband.core.period import Period
from verband.ui.component import Link
from verband.ui.components.filters import (
    Choice,
    ChoiceField,
    Count,
    FilterCounts,
    FilterForm,
    SearchField,
)
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import Gap, Tag
from verband.ui.page import Page, render
from verband.ui.query import Query
from verband.ui.scale import TimeScale

FIXED, SHORT, NETWORKS = "Vaste commissies en colleges", "Tijdelijk", "Gemeentelijke netwerken"
ROWS = (
    (
        FIXED,
        "Commissie Financiën",
        "vaste commissie",
        "Geld bij taken, voorbereiding van akkoorden met FIN en BZK",
        "bestuurslid, penningmeester",
        "n.v.t.",
        "toets 1 jun 2018",
        "2014-06-01",
        "",
        "",
    ),
    (
        FIXED,
        "Commissie Milieu, Energie & Mobiliteit",
        "vaste commissie",
        "Wordt verdeeld over twee nieuwe commissies",
        "bestuurslid, portefeuille energie",
        "n.v.t.",
        "voorstel bestuur 14 dec",
        "2014-06-01",
        "2018-06-01",
        "",
    ),
    (
        FIXED,
        "College voor Arbeidszaken",
        "college",
        "Cao en arbeidsvoorwaarden",
        "bestuurslid, portefeuille arbeid",
        "n.v.t.",
        "toets 1 jan 2019",
        "",
        "",
        "",
    ),
    (
        SHORT,
        "Expertiseteam Klimaat en Energie",
        "expertiseteam",
        "Eén inzet van gemeenten, provincies en waterschappen",
        "bestuurslid, portefeuille energie",
        "3 van 7",
        "toets 1 dec 2017",
        "2017-03-01",
        "2018-03-01",
        "",
    ),
    (
        SHORT,
        "Expertiseteam Omgevingswet",
        "expertiseteam",
        "Gemeenten klaar voor de invoering",
        "!wordt gezocht",
        "",
        "begint 15 jan 2018",
        "2018-01-15",
        "2019-06-01",
        "",
    ),
    (
        SHORT,
        "Subcommissie Water",
        "subcommissie",
        "!Doel niet vastgelegd",
        "!geen",
        "!geen",
        "voorstel: eindigen",
        "",
        "2017-12-01",
        "",
    ),
    (
        SHORT,
        "Subcommissie decentralisatie Jeugdzorg",
        "subcommissie",
        "Overgang jeugdzorg naar gemeenten",
        "bestuurslid, portefeuille jeugd",
        "1 van 2",
        "geen vergadering sinds 8 mrt 2017",
        "",
        "2018-06-01",
        "slaapt, 7 maanden",
    ),
    (
        SHORT,
        "Ondersteuningsteam Asielzoekers",
        "programma",
        "Steun bij opvang en huisvesting",
        "directielid",
        "n.v.t.",
        "einde 31 dec 2017",
        "2015-11-01",
        "2017-07-01",
        "",
    ),
    (
        NETWORKS,
        "G4",
        "4 gemeenten",
        "Belangen van de vier grootste steden",
        "bestuurslid, Utrecht",
        "!eenzijdig",
        "gesprek voorzitters 6 nov",
        "",
        "",
        "eenzijdig",
    ),
    (
        NETWORKS,
        "G32",
        "38 gemeenten",
        "Belangen van de middelgrote steden",
        "bestuurslid, Deventer",
        "over en weer",
        "2 leden erbij op 1 jan 2018",
        "",
        "",
        "",
    ),
    (
        NETWORKS,
        "Platform Middelgrote Gemeenten met een uitzonderlijk lange naam die nergens past",
        "15 bekende leden, deels onzeker",
        "!Doel niet opgegeven",
        "!geen",
        "!geen",
        "gesprek plannen",
        "",
        "",
        "zonder liaison",
    ),
)


@dataclass(frozen=True)
class RegisterPage(Page):
    """The register."""

    counts: FilterCounts | None = None
    filter: FilterForm | None = None
    ledger: Ledger | None = None

    template = "gallery/register.html"


def _text(words):
    return Gap(words[1:]) if words.startswith("!") else words


def _period(start, until):
    return Period(*(date.fromisoformat(d) if d else None for d in (start, until)))


def ledger_of(request, repeat=1):
    """The rows on the day that is read."""
    reading = request.reading
    rows = []
    for group, name, kind, goal, liaison, mutual, coming, start, until, gap in ROWS * repeat:
        period = _period(start, until)
        rows.append(
            Row(
                (
                    Link(name, reading.link("/body/"), kind),
                    _text(goal),
                    _text(liaison),
                    _text(mutual) or None,
                    coming,
                    Tag(gap, "gap") if gap else Tag.of(period, reading.day),
                    period,
                ),
                group,
            )
        )
    return Ledger(
        caption=f"Netwerken en organen op {reading.day}",
        columns=(
            Column("Naam", sort="name"),
            Column("Doel"),
            Column("Liaison", sort="liaison"),
            Column("Wederkerig"),
            Column("Eerstvolgend"),
            Column("Stand"),
            Column("Periode", kind="period"),
        ),
        rows=tuple(rows),
        name="bodies",
        query=Query.of(request),
        scale=TimeScale(date(2014, 1, 1), date(2020, 1, 1)),
        day=reading.day,
        dense=True,
    )


def register(request):
    """The register page."""
    reading = request.reading
    query = Query.of(request)
    counts = (
        (76, "alle"),
        (4, "eindigt binnen 6 maanden"),
        (2, "slaapt"),
        (7, "zonder liaison"),
        (0, "niet wederkerig"),
        (12821, "doel niet vastgelegd"),
    )
    page = RegisterPage(
        title="Netwerken en organen",
        reading=reading,
        lead="Wie er aan tafel zit, waarvoor en tot wanneer. 76 staan er nu in het register, "
        "13 zijn voorgesteld, 16 vragen aandacht.",
        counts=FilterCounts(
            "Toon",
            tuple(
                Count(n, w, query.with_(show=w), chosen=i == 0) for i, (n, w) in enumerate(counts)
            ),
        ),
        filter=FilterForm(
            action="/register/",
            fields=(
                SearchField("q", "Zoek op naam, doel of onderwerp", query.get("q")),
                ChoiceField(
                    "kind",
                    "Soort",
                    (Choice("", "Alle soorten"), Choice("a", "Commissie")),
                    query.get("kind"),
                ),
                ChoiceField("ministry", "Ministerie", (Choice("", "Alle ministeries"),), ""),
                ChoiceField("theme", "Thema", (Choice("", "Alle thema's"),), ""),
            ),
            kept=query.kept("q", "kind", "ministry", "theme", "page"),
        ),
        ledger=ledger_of(request),
    )
    return render(request, page)
