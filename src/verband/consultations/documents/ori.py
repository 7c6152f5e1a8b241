"""A published vote as Open Raadsinformatie: JSON-LD with the resources of the ODS-ORI standard.

Source: VNG Realisatie, *ODS Open Raads-, Staten- en Bestuursinformatie* 2.0.0-beta.3, schemas
Stemming, Stem and StemresultaatPerFractie. That standard is of councils, in which a person has one
vote. Here organisations vote, with a weight: so a ``Stem`` carries ``gewicht`` (votes) and
``hoedanigheid``, and the place of a party is taken by a ``segment``, with its weight for and
against. ``CONTEXT`` says what these four mean; a reader of the standard alone can leave them out.
"""

from fractions import Fraction
from typing import Any

from django.urls import reverse

from verband.consultations.documents.addresses import full_address
from verband.consultations.documents.popolo import group_id
from verband.consultations.kinds import ConsultationKind, QuestionForm
from verband.consultations.queries.count import QuestionCount
from verband.consultations.queries.difference import Segment
from verband.consultations.queries.result import Result

Entity = dict[str, Any]
CHOICES = {"for": "voor", "against": "tegen", "abstain": "onthouden"}
ABSENT = "afwezig"
CONTEXT: Entity = {
    "@version": 1.1,
    "ori": "https://vng-realisatie.github.io/ODS-Open-Raadsinformatie/#",
    "opengov": "http://www.w3.org/ns/opengov#",
    "schema": "http://schema.org/",
    "@vocab": "https://vng-realisatie.github.io/ODS-Open-Raadsinformatie/#",
    "url": "@id",
    "gewicht": {"@id": "opengov:weight"},
    "hoedanigheid": {"@id": "verband:capacity"},
    "segment": {"@id": "verband:segment"},
    "gewichtVoor": {"@id": "verband:weightFor"},
    "gewichtTotaal": {"@id": "verband:weightTotal"},
    "naam": {"@id": "schema:name"},
}


def ori_of(result: Result) -> Entity:
    """The vote as one graph: each question a ``Stemming`` with its ``Stem`` for every member."""
    graph: list[Entity] = []
    for question in result.count.questions:
        graph += _about(result, question)
    return {"@context": CONTEXT | {"verband": full_address("/open-data/#")}, "@graph": graph}


def _base(result: Result) -> str:
    return full_address(reverse("ori_vote", args=[result.standing.consultation.key]))


def _about(result: Result, question: QuestionCount) -> list[Entity]:
    votes = _votes(result, question)
    difference = result.differences.get(question.asked.key)
    segments = () if difference is None else difference.segments
    return [
        _stemming(result, question, votes),
        *votes,
        *(_of_segment(result, question, one) for one in segments),
    ]


def _stemming(result: Result, question: QuestionCount, votes: list[Entity]) -> Entity:
    consultation = result.standing.consultation
    place = f"{_base(result)}#{question.asked.key}"
    in_meeting = consultation.kind == ConsultationKind.ASSEMBLY
    outcome = {"adopted": "voor", "adopted_in_part": "voor", "rejected": "tegen", "tied": "gelijk"}
    found: Entity = {
        "@type": ["ori:Stemming", "opengov:VoteEvent"],
        "url": place,
        "id": f"{consultation.key}/{question.asked.key}"[:40],
        "agendapunt": _reference(
            full_address(reverse("consultation", args=[consultation.key])),
            consultation.key,
            result.standing.fact.title,
        ),
        "informatieobject": _reference(
            f"{place}-text", f"{consultation.key}-{question.asked.key}", question.asked.fact.text
        ),
        "stemmingstype": "hoofdelijk" if in_meeting else "schriftelijk",
        "stemmen": [vote["url"] for vote in votes],
        "gewichtVoor": sum(v["gewicht"] for v in votes if v["keuzeStemming"] == "voor"),
        "gewichtTotaal": sum(v["gewicht"] for v in votes if v["keuzeStemming"] != ABSENT),
    }
    if question.verdict in outcome:
        found["resultaatMondelingeStemming"] = outcome[question.verdict]
    return found


def _reference(url: str, name: str, label: str = "") -> Entity:
    return {"url": url, "id": name[:40], **({"naam": label} if label else {})}


def _votes(result: Result, question: QuestionCount) -> list[Entity]:
    """One ``Stem`` for each member, also for who kept silent; a divided one for each part."""
    found = []
    for ballot in result.count.ballots:
        answer = ballot.answers.get(question.asked.key)
        if answer is None:
            continue
        parts = answer if isinstance(answer, dict) else {answer: ballot.votes}
        for choice, weight in parts.items():
            word = _word(question, choice)
            vote = _stem(result, question, ballot.key, ballot.name, word, weight)
            found.append(vote | {"hoedanigheid": str(ballot.capacity)})
    for line in result.count.silent:
        found.append(_stem(result, question, line.key, line.name, ABSENT, line.votes))
    return found


def _word(question: QuestionCount, choice: str) -> str:
    yes_no = question.asked.question.form == QuestionForm.YES_NO
    return CHOICES.get(choice, choice) if yes_no or choice == "abstain" else choice


def _stem(
    result: Result, question: QuestionCount, member: str, name: str, choice: str, weight: int
) -> Entity:
    about = f"{_base(result)}#{question.asked.key}"
    key = result.standing.consultation.key
    return {
        "@type": ["ori:Stem", "opengov:Vote"],
        "url": f"{about}-{member}-{choice}",
        "id": f"{key}/{question.asked.key}/{member}/{choice}"[:40],
        "aanwezigeDeelnemer": _reference(
            full_address(reverse("organisation", args=[member])), member, name
        ),
        "stemming": _reference(about, f"{key}/{question.asked.key}"),
        "keuzeStemming": choice,
        "gewicht": weight,
    }


def _of_segment(result: Result, question: QuestionCount, one: Segment) -> Entity:
    about = f"{_base(result)}#{question.asked.key}"
    key = result.standing.consultation.key
    names = result.standing.frozen.get("segment_names", {}).get(one.dimension, {})
    group = group_id(one)
    unanimous = {Fraction(1): "aangenomen", Fraction(0): "verworpen"}
    inside = "verdeeld" if one.share is None else unanimous.get(one.share, "verdeeld")
    return {
        "@type": "ori:StemresultaatPerFractie",
        "url": f"{about}-{group.replace('/', '-')}",
        "id": f"{key}/{question.asked.key}/{one.dimension}/{one.code}"[:40],
        "fractie": _reference(f"{_base(result)}#{group.replace('/', '-')}", group),
        "segment": {"dimensie": one.dimension, "naam": names.get(one.code, one.code)},
        "stemming": _reference(about, f"{key}/{question.asked.key}"),
        "fractiestemresultaat": inside,
        "gewichtTotaal": one.took_part,
    }
