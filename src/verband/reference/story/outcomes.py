"""What came of the consultations in the story: objections, their answers, outcome statements.

The objections, the statements and their reasons are fiction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from verband.consultations.kinds import Verdict
from verband.consultations.models import Consultation, Objection, Question
from verband.consultations.use_cases.objections import (
    answer_objection,
    make_final,
    raise_objection,
)
from verband.consultations.use_cases.outcomes import state_outcome
from verband.people.models import Account
from verband.reference.story.organisations import Places
from verband.reference.story.scribe import Scribe
from verband.reference.story.tables import Tables
from verband.reference.story.voters import secretary_of


@dataclass(frozen=True, slots=True)
class Objected:
    """A member objects; ``answered``: when the board answered that it was not upheld, and why."""

    day: date
    consultation: str
    code: str
    text: str
    answered: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the board said came of one question. ``sizes``: the position of each size of member."""

    day: date
    consultation: str
    order: int
    verdict: Verdict
    statement: str
    why_other: str  # kept only when count and difference suggest something else
    reasons: str = ""
    sizes: Mapping[str, str] = field(default_factory=dict)
    review_on: date | None = None
    goes_to: str = ""
    next_steps: str = ""


OBJECTIONS = (
    Objected(
        date(2017, 7, 6),
        "2017-02",
        "GM0119",
        "De termijn viel in de laatste weken voor het reces. Onze raad kon niet meer spreken over"
        " de gezamenlijke uitvoering.",
        date(2017, 9, 5),
        "De termijn van elf dagen staat in het reglement en was op 14 juni aangekondigd. De uitslag"
        " verandert niet; het bestuur begint volgend jaar twee weken eerder.",
    ),
    Objected(
        date(2017, 9, 27),
        "2017-03",
        "GM0014",
        "Onze stem is uitgebracht voordat het college een besluit had genomen.",
        date(2017, 10, 5),
        "De stem is uitgebracht door degene die de gemeente zelf had aangewezen. Tot de sluiting"
        " kon de gemeente haar stem wijzigen.",
    ),
    Objected(
        date(2017, 10, 6),
        "2017-03",
        "GM0088",
        "Het aantal inwoners zegt op een eiland niets over het gebruik van laadpunten in de zomer.",
    ),
)
STATED = (
    Stated(
        date(2017, 9, 12),
        "2017-02",
        1,
        Verdict.POSITION,
        "De contributie voor 2018 volgt de loon- en prijsontwikkeling.",
        "Het verschil tussen groepen gemeenten verandert niets aan de hoogte voor elk lid.",
        next_steps="De algemene ledenvergadering van 29 november bekrachtigt dit.",
    ),
    Stated(
        date(2017, 9, 12),
        "2017-02",
        2,
        Verdict.POSITION,
        "Het jaarverslag over 2016 is goedgekeurd.",
        "Een jaarverslag wordt als geheel goedgekeurd, niet per groep gemeenten.",
        next_steps="De algemene ledenvergadering van 29 november bekrachtigt dit.",
    ),
    Stated(
        date(2017, 9, 12),
        "2017-02",
        3,
        Verdict.POSITION,
        "Gemeenten voeren taken samen uit, en kiezen zelf wanneer zij meedoen.",
        "Elke gemeente kiest zelf het moment, dus een verschil tussen groepen is geen bezwaar.",
        review_on=date(2018, 9, 1),
        goes_to="samen-organiseren",
        next_steps="Het programma legt in het voorjaar een plan per taak voor.",
    ),
    Stated(
        date(2017, 10, 11),
        "2017-03",
        1,
        Verdict.NO_POSITION,
        "Over de verdeling van de kosten van regionale laadpunten hebben de leden geen gezamenlijk"
        " standpunt. De grote gemeenten willen naar inwonertal verdelen, de kleine niet.",
        "De meerderheid van de stemmen rust op de grote gemeenten. De meeste leden stemden tegen.",
        reasons=(
            "De stemmen van de grote gemeenten geven de doorslag, maar de meeste gemeenten zijn"
            " tegen. In kleine gemeenten staan laadpunten voor bezoekers, die er niet wonen."
        ),
        sizes={
            "0-10000": "Tegen: verdeel naar gebruik, want bezoekers laden hier ook.",
            "10000-20000": "Tegen: een vast bedrag per laadpunt is eerlijker.",
            "20000-50000": "Verdeeld.",
            "50000-100000": "Voor, met een grens aan de bijdrage van buurgemeenten.",
            "100000-250000": "Voor: een bedrag per inwoner is eenvoudig en voorspelbaar.",
            "250000-": "Voor: een bedrag per inwoner is eenvoudig en voorspelbaar.",
        },
        review_on=date(2018, 3, 1),
        goes_to="commissie-milieu-energie-mobiliteit",
        next_steps=(
            "De commissie werkt twee verdelingen uit: naar gebruik, en naar inwonertal met een"
            " grens. Tot dan zegt de vereniging tegen het Rijk dat gemeenten verdeeld zijn."
        ),
    ),
)
FINAL = ((date(2017, 9, 13), "2017-02"),)


def plan_outcomes(scribe: Scribe, places: Places, tables: Tables) -> None:
    """Objections, their answers, the statements of the board, and what became final."""
    for objected in OBJECTIONS:
        _plan(scribe, objected.day, partial(_object, scribe, places, objected))
        if objected.answered is not None:
            _plan(scribe, objected.answered, partial(_reply, scribe, places, objected))
    for stated in STATED:
        _plan(scribe, stated.day, partial(_state, scribe, tables, stated))
    for day, key in FINAL:
        _plan(scribe, day, partial(_finish, scribe, key))


def _plan(scribe: Scribe, day: date, step: partial[None]) -> None:
    if day <= scribe.today:
        scribe.plan(day, "outcomes", step)


def _chair() -> Account:
    accounts = Account.objects.select_related("person")
    return accounts.get(email="voorzitter@verband.example")


def _object(scribe: Scribe, places: Places, objected: Objected) -> None:
    member = places.municipalities[objected.code]
    scribe.tell_as(
        secretary_of(member, objected.day),
        raise_objection,
        consultation=Consultation.objects.get(key=objected.consultation),
        member=member,
        text=objected.text,
    )


def _reply(scribe: Scribe, places: Places, objected: Objected) -> None:
    objection = Objection.objects.select_related("consultation__body").get(
        consultation__key=objected.consultation, member=places.municipalities[objected.code]
    )
    scribe.tell_as(
        _chair(), answer_objection, objection=objection, is_upheld=False, reason=objected.answer
    )


def _state(scribe: Scribe, tables: Tables, stated: Stated) -> None:
    questions = Question.objects.select_related("consultation__body")
    scribe.tell_as(
        _chair(),
        state_outcome,
        question=questions.get(consultation__key=stated.consultation, order=stated.order),
        verdict=stated.verdict,
        statement=stated.statement,
        reasons=stated.reasons,
        positions=[
            {"dimension": "size", "segment": segment, "text": text}
            for segment, text in stated.sizes.items()
        ],
        review_on=stated.review_on,
        goes_to=tables.bodies[stated.goes_to] if stated.goes_to else None,
        next_steps=stated.next_steps,
        why_other=stated.why_other,
    )


def _finish(scribe: Scribe, key: str) -> None:
    consultation = Consultation.objects.select_related("body").get(key=key)
    scribe.tell_as(_chair(), make_final, consultation=consultation)
