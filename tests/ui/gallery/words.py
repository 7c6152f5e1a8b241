"""Every small component, full and empty."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from verband.core.period import Period
from verband.ui.component import Component, Link
from verband.ui.components.bars import PeriodBar, PeriodPanel
from verband.ui.components.filters import FilterCounts
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.lists import ChangeList, Code, Dated, DatedList, Happened, Route, Stop
from verband.ui.components.time import Clock
from verband.ui.components.words import (
    EmptyState,
    Fact,
    Facts,
    Figure,
    Figures,
    Gap,
    Note,
    Panel,
    Tag,
)
from verband.ui.page import Page, render
from verband.ui.query import Query


@dataclass(frozen=True)
class WordsPage(Page):
    """Components under each other, each with a heading."""

    parts: tuple[tuple[str, Component], ...] = ()

    template = "gallery/words.html"


def words(request):
    """The small components, in every state."""
    reading, query = request.reading, Query.of(request)
    now = reading.now
    closes = datetime(2017, 11, 3, 11, tzinfo=UTC)
    period = Period(date(2017, 3, 1), date(2018, 3, 1))
    states = ("now", "ending", "past", "future", "gap", "late", "")
    asks = (
        Dated(
            Clock.until(now + timedelta(hours=24), now),
            "Moet klimaatadaptatie in de inzet?",
            "Snelle raadpleging. Eén vraag, drie antwoorden.",
            action="Antwoord",
            action_href="/forms/",
            urgent=True,
        ),
        Dated(
            Clock.until(closes, now),
            "Stem over de inzet voor energie en klimaat",
            "Tilburg brengt 75 stemmen uit.",
            action="Stem",
            action_href="/forms/",
            urgent=True,
        ),
        Dated(
            Clock.on(date(2017, 11, 8), reading.day),
            "Lever de casus warmtenet aan",
            "Actie uit de vergadering.",
            action="Open actie",
            action_href="/forms/",
        ),
        Dated(
            Clock.until(now - timedelta(days=3), now),
            "Deze raadpleging is gesloten",
            "Uw stem telt niet mee.",
        ),
    )
    page = WordsPage(
        title="Vier dingen vraagt de vereniging van Tilburg",
        reading=reading,
        lead="De eerste twee kosten samen drie minuten.",
        parts=(
            ("Gevraagd", DatedList(asks)),
            (
                "Route",
                Route(
                    (
                        Stop("Ingebracht", "4 sep", "done"),
                        Stop("Gewogen", "21 sep", "done"),
                        Stop("Aan het werk", "expertiseteam", "now"),
                        Stop("Terug naar u", "9 nov"),
                        Stop("Afgerond"),
                    ),
                    "Waar de vraag is",
                ),
            ),
            (
                "Doelen",
                DatedList(
                    (
                        Dated(
                            "vastgesteld 14 sep 2017",
                            "",
                            "Gezamenlijke inzet",
                            tag=Tag("klaar", "past"),
                        ),
                        Dated(
                            date(2018, 2, 1),
                            "Advies over de verdeling van het risico",
                            tag=Tag("loopt", "now"),
                        ),
                    ),
                    "tight",
                ),
            ),
            (
                "Wijzigingen",
                ChangeList(
                    (
                        Happened(
                            date(2017, 10, 27),
                            "Nieuwe liaison voor G32",
                            "/body/",
                            "bestuur",
                            "rooster van aftreden",
                        ),
                    ),
                    (
                        Happened(
                            date(2017, 10, 1),
                            "Einddatum van de zetel van G4",
                            "/body/",
                            "bureau",
                            "typefout",
                            date(2017, 10, 20),
                        ),
                    ),
                ),
            ),
            (
                "Feiten",
                Facts(
                    (
                        Fact("Linking pin", "bestuurslid, portefeuille energie"),
                        Fact(
                            "Mandaat",
                            Link("Voorbereiden en adviseren", "/body/", "niet: toezeggingen doen"),
                        ),
                        Fact("Liaison", Gap("geen")),
                        Fact("Periode", period, "gecorrigeerd op 3 nov 2017", "/register/"),
                        Fact("Aandeel", Fraction(1, 3)),
                        Fact("Leden", 12821),
                        Fact("Leeg", None),
                    )
                ),
            ),
            (
                "Cijfers",
                Figures(
                    (
                        Figure("Voor", 12821, "van 14.000"),
                        Figure("Opkomst", "76,2%"),
                        Figure("Leden", 388),
                    ),
                    ruled=True,
                ),
            ),
            (
                "Paneel",
                Panel(
                    "Periode en toets",
                    (
                        Clock.on(date(2018, 3, 1), reading.day, date(2017, 3, 1)),
                        PeriodPanel(
                            PeriodBar(period, review=date(2017, 12, 1)), reading.day, "Het team"
                        ),
                        Facts((Fact("Ministeries", "EZK, IenW"),), "s"),
                    ),
                ),
            ),
            (
                "Woorden met een vorm",
                Facts(
                    tuple(Fact(s or "gewoon", Tag(f"stand: {s or 'gewoon'}", s)) for s in states)
                ),
            ),
            ("Opmerking", Note("De commissie heeft een aantekening gemaakt bij punt 3.", "Let op")),
            ("Ontvangstbewijs", Code("7F3A-91C2-0B4D-88E1", "Uw ontvangstcode")),
            (
                "Getallen",
                Ledger(
                    caption="Stemmen per lid",
                    columns=(
                        Column("Lid"),
                        Column("Stemmen", kind="number", sort="votes"),
                        Column("Vanaf"),
                        Column("Aandeel", kind="number"),
                    ),
                    rows=(
                        Row(("Tilburg", 75, date(2017, 1, 1), Fraction(1, 3))),
                        Row(("Schiermonnikoog", 1, None, Fraction(1, 8))),
                    ),
                    foot=("Samen", 76, "", ""),
                    pager=Pager(query, 2, 9, 412, 50),
                    query=query,
                    name="votes",
                    caption_shown=True,
                ),
            ),
            (
                "Niets gevonden",
                Ledger(
                    caption="Leeg",
                    columns=(Column("Lid"),),
                    rows=(),
                    empty=EmptyState(
                        "Niets gevonden op 30 oktober 2017. Wel op 1 januari 2017: 2.",
                        "/register/?on=2017-01-01",
                        "Lees die dag",
                    ),
                ),
            ),
            (
                "Niets gevraagd",
                DatedList(
                    (),
                    empty=EmptyState(
                        "Er is vandaag niets van u nodig. Het volgende is op 8 november."
                    ),
                ),
            ),
            ("Geen tellingen", FilterCounts("Toon niets", ())),
        ),
    )
    return render(request, page)


def empty(request):
    """A page with nothing on it."""
    return render(request, WordsPage(title="Leeg", reading=request.reading))
