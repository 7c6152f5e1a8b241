"""The words of the members' voice in the story: papers and reasons. All of it is fiction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from verband.consultations.kinds import ConsultationKind, QuestionForm, Side

# A chance of a vote in favour for each size of member, in inhabitants, up to the first number.
Shares = Sequence[tuple[int, float]]
EVERYONE = 10**9


@dataclass(frozen=True, slots=True)
class Paper:
    """One consultation: what is asked, of whom, from when until when, and how members lean."""

    key: str
    kind: str
    rule: str
    title: str
    opens: date
    closes: date
    at: time
    questions: tuple[Mapping[str, Any], ...]
    leaning: Shares
    turnout: float
    explanation: str = ""
    body: str = "bestuur"
    audience: Mapping[str, Any] = field(default_factory=lambda: {"of": "members"})
    arguments: tuple[tuple[str, str, str], ...] = ()  # member, side, text
    planned: date | None = None  # prepared before the day of opening
    withdrawn: date | None = None
    why_withdrawn: str = ""

    @property
    def prepared(self) -> date:
        """The day on which it was written down."""
        return self.planned or self.opens


def _asked(text: str, advice: str, why: str, form: str = QuestionForm.YES_NO) -> dict[str, Any]:
    return {"form": form, "text": text, "advice": advice, "advice_reason": why}


ANSWERS = (
    {"code": "yes", "label": "Ja"},
    {"code": "no", "label": "Nee"},
    {"code": "later", "label": "Later", "help": "Niet in deze ronde"},
)
OFFICIALS = {"of": "members", "functions": ["alderman", "mayor"]}

PAPERS = (
    Paper(
        key="2017-01",
        kind=ConsultationKind.CONSULTATION,
        rule="ledenraadpleging",
        title="Reactie op het regeerakkoord",
        explanation="De vraag gaat uit van een akkoord in het voorjaar.",
        opens=date(2017, 4, 10),
        closes=date(2017, 4, 24),
        at=time(12),
        leaning=(),
        turnout=0,
        questions=(_asked("Steunt u het regeerakkoord?", "", ""),),
        withdrawn=date(2017, 4, 12),
        why_withdrawn=(
            "Er komt dit voorjaar geen regeerakkoord. Het bestuur vraagt het later opnieuw."
        ),
    ),
    Paper(
        key="2017-02",
        kind=ConsultationKind.CONSULTATION,
        rule="ledenraadpleging",
        title="Voorstellen van de zomer van 2017",
        explanation="Drie voorstellen die in de vergadering van juni zijn aangehouden.",
        opens=date(2017, 6, 19),
        closes=date(2017, 6, 30),
        at=time(12),
        leaning=((EVERYONE, 0.8),),
        turnout=0.71,
        questions=(
            _asked(
                "Stemt u in met de contributie voor 2018?",
                "for",
                "De contributie volgt de loon- en prijsontwikkeling.",
            ),
            _asked(
                "Stemt u in met het jaarverslag over 2016?",
                "for",
                "De accountant heeft het jaarverslag goedgekeurd.",
            ),
            _asked(
                "Welke tekst over de gezamenlijke uitvoering neemt u aan?",
                "proposal",
                "Het voorstel laat gemeenten zelf kiezen wanneer zij meedoen.",
                QuestionForm.THREE_WAY,
            ),
        ),
    ),
    Paper(
        key="2017-03",
        kind=ConsultationKind.CONSULTATION,
        rule="ledenraadpleging",
        title="Kosten van regionale laadpunten naar inwonertal verdelen",
        explanation="Het Rijk vraagt hoe gemeenten de kosten van regionale laadpunten verdelen.",
        opens=date(2017, 9, 11),
        closes=date(2017, 9, 22),
        at=time(12),
        leaning=((20_000, 0.06), (50_000, 0.4), (100_000, 0.75), (EVERYONE, 0.93)),
        turnout=0.84,
        questions=(
            _asked(
                "Moeten de kosten van regionale laadpunten naar inwonertal worden verdeeld?",
                "for",
                "Een bedrag per inwoner is eenvoudig en voorspelbaar.",
            ),
        ),
    ),
    Paper(
        key="2017-s1",
        kind=ConsultationKind.FLASH,
        rule="snelle-raadpleging",
        title="Eén loket voor warmtenetten",
        opens=date(2017, 10, 9),
        closes=date(2017, 10, 10),
        at=time(10),
        leaning=((20_000, 0.5), (EVERYONE, 0.7)),
        turnout=0.6,
        audience=OFFICIALS,
        questions=(
            {
                "form": QuestionForm.CHOICE,
                "text": "Wilt u één loket bij het Rijk voor vragen over warmtenetten?",
                "options": ANSWERS,
            },
        ),
    ),
    Paper(
        key="2017-04",
        kind=ConsultationKind.CONSULTATION,
        rule="ledenraadpleging",
        title="De inzet voor energie en klimaat",
        explanation=(
            "De inzet vraagt om geld voor gemeenten bij nieuwe taken, regionale keuzes voor warmte"
            " en één loket bij het Rijk. De commissie Financiën heeft een aantekening gemaakt bij"
            " punt 3."
        ),
        opens=date(2017, 10, 23),
        closes=date(2017, 11, 3),
        at=time(12),
        leaning=((10_000, 0.6), (20_000, 0.55), (EVERYONE, 0.79)),
        turnout=0.78,
        questions=(
            _asked(
                "Stemt uw gemeente in met de inzet voor energie en klimaat?",
                "for",
                "De inzet geeft gemeenten ruimte om per regio te kiezen.",
            ),
        ),
        arguments=(
            ("GM0014", Side.FOR, "De regio kan zo zelf de warmtebron kiezen."),
            ("GM0193", Side.FOR, "Eén loket bij het Rijk scheelt ons veel tijd."),
            ("GM0088", Side.AGAINST, "Wij hebben te weinig mensen om dit uit te voeren."),
            ("GM0119", Side.AGAINST, "Het geld moet met de taak meekomen, en dat staat er niet."),
        ),
    ),
    Paper(
        key="2017-05",
        kind=ConsultationKind.CONSULTATION,
        rule="ledenraadpleging",
        title="Meedoen aan een proef met milieuzones",
        opens=date(2017, 10, 24),
        closes=date(2017, 10, 27),
        at=time(12),
        leaning=((EVERYONE, 0.7),),
        turnout=0.9,
        audience={"of": "size", "from": 100_000},
        questions=(
            _asked(
                "Doet de vereniging namens de grote gemeenten mee aan de proef met milieuzones?",
                "for",
                "Een proef met één regeling voorkomt verschillen tussen de steden.",
            ),
        ),
    ),
    Paper(
        key="2017-06",
        kind=ConsultationKind.CONSULTATION,
        rule="ledenraadpleging",
        title="Jaarplan 2018",
        explanation="Het jaarplan noemt vier thema's, met voor elk een begroting.",
        planned=date(2017, 10, 26),
        opens=date(2017, 12, 4),
        closes=date(2017, 12, 15),
        at=time(12),
        leaning=(),
        turnout=0,
        questions=(
            _asked(
                "Stemt u in met de vier thema's van het jaarplan?",
                "for",
                "De thema's volgen uit de gesprekken in de afdelingen.",
            ),
            _asked(
                "Welke tekst over de afspraken met het Rijk neemt u aan?",
                "proposal",
                "Het voorstel laat ruimte om tussentijds bij te sturen.",
                QuestionForm.THREE_WAY,
            ),
        ),
    ),
    Paper(
        key="2017-s2",
        kind=ConsultationKind.FLASH,
        rule="snelle-raadpleging",
        title="Klimaatadaptatie in de inzet",
        opens=date(2017, 10, 30),
        closes=date(2017, 10, 31),
        at=time(10),
        leaning=((EVERYONE, 0.6),),
        turnout=0.3,
        audience=OFFICIALS,
        questions=(
            {
                "form": QuestionForm.CHOICE,
                "text": "Moet klimaatadaptatie in de inzet voor het kabinet?",
                "options": ANSWERS,
            },
        ),
    ),
)

REASONS = {
    "for": (
        "De regio kiest zelf de warmtebron.",
        "Geld moet met de taak meekomen.",
        "Wij steunen de inzet, als het loket er ook echt komt.",
    ),
    "against": (
        "Te weinig mensen om het uit te voeren.",
        "Geld moet met de taak meekomen.",
        "De kosten vallen waar weinig mensen wonen.",
    ),
}
