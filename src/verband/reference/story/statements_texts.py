"""The words of the rounds of statements in the story. All of it is fiction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from verband.members.models import Function

# The chance that somebody of a small, a middle-sized and a large municipality agrees.
Shares = Sequence[float]


@dataclass(frozen=True)
class Added:
    """A statement of a participant and what the moderator did: admitted, parked, merged or ""."""

    text: str
    became: str = ""
    reason: str = ""
    into: str = ""
    shares: Shares = ()


@dataclass(frozen=True)
class Round:
    """A round of statements. ``people`` take part, each voting on ``each`` statements."""

    key: str
    body: str
    title: str
    explanation: str
    function: str
    opens: date
    closes: date
    people: int
    each: int
    statements: Mapping[str, Shares]
    added: Sequence[Added]


ROUNDS = (
    Round(
        key="2017-d1",
        body="bestuur",
        title="Een samenleving van data: wat spreken we af?",
        explanation=(
            "Gemeenten meten, delen en voorspellen steeds meer. Het bestuur wil weten welke"
            " afspraken alle gemeenten kunnen dragen, en waar wij van elkaar verschillen."
        ),
        function=Function.SECRETARY,
        opens=date(2017, 10, 2),
        closes=date(2017, 10, 16),
        people=66,
        each=11,
        statements={
            "Elke gemeente zet een lijst van haar sensoren in de openbare ruimte online.": (
                *(0.86, 0.84, 0.9),
            ),
            "Gegevens uit de openbare ruimte zijn van iedereen, ook als een bedrijf ze meet.": (
                *(0.82, 0.85, 0.88),
            ),
            "Een besluit over een inwoner neemt een mens, niet alleen een algoritme.": (
                *(0.95, 0.92, 0.9),
            ),
            "Wij kopen nieuwe software alleen nog samen in.": (0.88, 0.55, 0.18),
            "Elke gemeente heeft een eigen team voor data nodig.": (0.12, 0.4, 0.9),
            "Kleine gemeenten mogen hun data-taken aan een regio overdragen.": (0.8, 0.78, 0.72),
            "De VNG beheert één gezamenlijke voorziening voor open data.": (0.85, 0.62, 0.3),
            "Grote gemeenten delen de code van hun algoritmen met alle andere gemeenten.": (
                *(0.93, 0.84, 0.7),
            ),
            "Wij wachten met voorspellende modellen tot er landelijke regels zijn.": (
                *(0.74, 0.5, 0.2),
            ),
            "Elke gemeente stelt een ethische commissie voor data in.": (0.2, 0.5, 0.85),
            "Inwoners zien in één overzicht wat hun gemeente van hen weet.": (0.78, 0.8, 0.83),
            "Gemeenten verkopen nooit gegevens over hun inwoners.": (0.96, 0.97, 0.95),
            "De kosten van informatiebeveiliging moeten per inwoner gelijk zijn.": (
                *(0.7, 0.45, 0.25),
            ),
            "Wij oefenen elk jaar samen wat we doen bij een digitale aanval.": (0.87, 0.9, 0.92),
            "Wifi-tracking in winkelstraten hoort verboden te zijn.": (0.55, 0.5, 0.45),
            "Een raadslid moet een algoritme kunnen laten onderzoeken.": (0.66, 0.7, 0.78),
            "Camerabeelden worden standaard na 24 uur gewist.": (0.3, 0.28, 0.25),
            "Data-afspraken horen in de wet, niet in een convenant van gemeenten.": (
                *(0.5, 0.48, 0.52),
            ),
            "Elke gemeente publiceert haar contracten met leveranciers van software.": (
                *(0.35, 0.55, 0.74),
            ),
            "Onze uitvoering moet ook zonder internet een dag door kunnen gaan.": (
                *(0.84, 0.77, 0.7),
            ),
        },
        added=(
            Added(
                "Wie geen computer heeft, moet altijd aan een balie terechtkunnen.",
                "admitted",
                shares=(0.96, 0.93, 0.9),
            ),
            Added(
                "Archieven horen open te zijn na tien jaar, ook de digitale.",
                "admitted",
                shares=(0.6, 0.65, 0.72),
            ),
            Added(
                "Zet online welke sensoren er in de openbare ruimte hangen.",
                "merged",
                "Zegt hetzelfde als de eerste stelling.",
                "Elke gemeente zet een lijst van haar sensoren in de openbare ruimte online.",
                (0.85, 0.85, 0.88),
            ),
            Added(
                "Onze leverancier levert al jaren te laat.",
                "parked",
                "Dit gaat over één leverancier en niet over een afspraak tussen gemeenten.",
            ),
        ),
    ),
    Round(
        key="2017-d2",
        body="bestuur",
        title="Bereikbaar blijven in krimpende regio’s",
        explanation=(
            "In een aantal regio’s daalt het aantal inwoners. Welke voorzieningen moeten bereikbaar"
            " blijven, en wie zorgt daarvoor?"
        ),
        function=Function.ALDERMAN,
        opens=date(2017, 10, 24),
        closes=date(2017, 11, 10),
        people=20,
        each=4,
        statements={
            "Een huisarts is voor iedereen binnen een kwartier te bereiken.": (0.9, 0.85, 0.8),
            "Een bus die bijna leeg rijdt, mag verdwijnen als er vervoer op afroep komt.": (
                *(0.4, 0.6, 0.75),
            ),
            "Snel internet is een basisvoorziening, ook in het buitengebied.": (0.97, 0.9, 0.88),
            "Scholen in kleine dorpen blijven open zolang ouders dat willen.": (0.6, 0.4, 0.25),
            "Het Rijk betaalt mee aan voorzieningen in regio’s die krimpen.": (0.92, 0.75, 0.5),
            "Grote gemeenten delen hun voorzieningen met de regio tegen kostprijs.": (
                *(0.85, 0.6, 0.4),
            ),
            "Elke kern heeft een plek waar mensen elkaar ontmoeten.": (0.9, 0.82, 0.78),
            "Wij slopen leegstaande woningen eerder dan dat wij nieuwe bouwen.": (0.5, 0.5, 0.45),
            "Bibliotheken mogen mobiel worden.": (0.6, 0.68, 0.7),
            "De provincie beslist waar het ziekenhuis van de regio komt.": (0.35, 0.4, 0.5),
        },
        added=(
            Added(
                "Vrijwilligers die de dorpsbus rijden, krijgen een vergoeding.",
                "admitted",
                shares=(0.85, 0.7, 0.6),
            ),
            Added("Laat jongeren die wegtrekken meepraten over hun dorp."),
            Added("Ook in het buitengebied hoort snel internet."),
        ),
    ),
)
