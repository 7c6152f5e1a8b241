"""The words of the assemblies in the story: one that was held, one that is prepared. Fiction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from verband.consultations.kinds import QuestionForm
from verband.kernel.clock import zone


@dataclass(frozen=True, slots=True)
class Item:
    """One vote of an assembly. ``amends``, ``ratifies``: the numbers of other votes."""

    key: str
    order: int
    rule: str
    title: str
    question: Mapping[str, Any]
    explanation: str = ""
    proposer: str = ""
    amends: str = ""
    ratifies: str = ""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A meeting and its agenda. A proposal stands before the amendments to it."""

    key: str
    title: str
    planned: date
    starts_at: datetime
    ends_at: datetime
    place: str
    items: tuple[Item, ...]
    proxies: Mapping[str, str] = field(default_factory=dict)  # member: who votes for it


def _asks(text: str, why: str = "", advice: str = "for") -> dict[str, Any]:
    return {"form": QuestionForm.YES_NO, "text": text, "advice": advice, "advice_reason": why}


def _elects(text: str, *people: tuple[str, str]) -> dict[str, Any]:
    options = [
        {"code": code, "label": label, "help": "Voorgedragen door de adviescommissie governance"}
        for code, label in people
    ]
    return {"form": QuestionForm.PERSONS, "text": text, "options": options}


IN_SITTING, STATUTES, ELECTION = (
    "besluit-in-de-alv",
    "statutenwijziging",
    "verkiezing-van-personen",
)
JUNE = Assembly(
    key="alv-juni-2017",
    title="Algemene ledenvergadering",
    planned=date(2017, 6, 6),
    starts_at=datetime(2017, 6, 14, 9, 30, tzinfo=zone()),
    ends_at=datetime(2017, 6, 14, 12, 30, tzinfo=zone()),
    place="Goes",
    proxies={"GM0096": "GM0448", "GM0093": "GM0448", "GM0785": "GM0855", "GM0677": "GM0718"},
    items=(
        Item(
            "2017-v1",
            1,
            IN_SITTING,
            "Verslag van de vorige vergadering",
            _asks("Stelt u het verslag van de vorige vergadering vast?"),
        ),
        Item(
            "2017-v2",
            2,
            STATUTES,
            "Leden raadplegen zonder vergadering",
            _asks(
                "Neemt u de wijziging van de statuten aan?",
                "Zo weet de vereniging ook tussen twee vergaderingen wat haar leden vinden.",
            ),
            "Het bestuur kan leden voortaan een vraag voorleggen in een ledenraadpleging. De"
            " eerstvolgende vergadering bekrachtigt de uitkomst.",
        ),
        Item(
            "2017-v3",
            3,
            IN_SITTING,
            "Jaarrekening 2016",
            _asks(
                "Stelt u de jaarrekening over 2016 vast?", "De accountant heeft haar goedgekeurd."
            ),
        ),
        Item(
            "2017-v4",
            4,
            IN_SITTING,
            "Voorstellen van de zomer",
            _asks("Neemt u de drie voorstellen van de zomer aan?", ""),
        ),
        Item(
            "2017-v5",
            5,
            ELECTION,
            "Voorzitter van het bestuur",
            _elects(
                "Wie kiest u tot voorzitter van het bestuur?",
                ("gm1894", "burgemeester, Peel en Maas"),
                ("gm0758", "burgemeester, Breda"),
            ),
        ),
    ),
)
NOVEMBER = Assembly(
    key="alv-november-2017",
    title="Buitengewone algemene ledenvergadering",
    planned=date(2017, 10, 18),
    starts_at=datetime(2017, 11, 29, 13, 0, tzinfo=zone()),
    ends_at=datetime(2017, 11, 29, 17, 0, tzinfo=zone()),
    place="Nieuwegein",
    proxies={"GM0096": "GM0448", "GM0785": "GM0855", "GM1894": "GM0983"},
    items=(
        Item(
            "2017-v6",
            1,
            IN_SITTING,
            "Bekrachtiging van de voorstellen van de zomer",
            _asks(
                "Bekrachtigt u de uitkomst van ledenraadpleging 2017-02?",
                "Alle drie de voorstellen zijn in de ledenraadpleging aangenomen.",
            ),
            ratifies="2017-02",
        ),
        Item(
            "2017-v7",
            3,
            IN_SITTING,
            "Begroting 2018",
            _asks(
                "Stelt u de begroting voor 2018 vast?",
                "De begroting sluit, en volgt de contributie van de ledenraadpleging.",
            ),
        ),
        Item(
            "2017-v8",
            2,
            IN_SITTING,
            "Amendement: een reserve voor kleine gemeenten",
            _asks(
                "Neemt u het amendement aan om 2% van de begroting te reserveren voor advies aan"
                " gemeenten tot 20.000 inwoners?",
                "Advies is er voor alle leden; een aparte reserve maakt de begroting minder vrij.",
                "against",
            ),
            proposer="GM0119",
            amends="2017-v7",
        ),
        Item(
            "2017-v9",
            4,
            IN_SITTING,
            "Motie: geld komt met de taak mee",
            _asks(
                "Neemt u de motie aan die het bestuur vraagt geen akkoord te sluiten over een"
                " nieuwe taak zonder geld voor die taak?",
                "Het bestuur ziet de motie als steun.",
            ),
            proposer="GM0014",
        ),
        Item(
            "2017-v10",
            5,
            ELECTION,
            "Lid van het bestuur uit de raden",
            _elects(
                "Wie kiest u tot lid van het bestuur, op de zetel die sinds 21 september open is?",
                ("gm0736", "raadslid, De Ronde Venen"),
                ("gm0870", "raadslid, Werkendam"),
                ("gm1681", "raadslid, Borger-Odoorn"),
            ),
        ),
    ),
)
