"""A published vote as Popolo: the motion, the vote event, its counts, its votes by organisation.

Popolo (popoloproject.com/specs, classes Motion, Vote event, Count, Group result and Vote) names the
fields. Votes are weighted, which Popolo knows (``weight``); a ``count`` is in votes. Of ours are
``members`` (how many members a count stands for), ``capacity`` (who cast it, by function) and the
``classification`` of a group: the dimension of a segment. ``CONTEXT`` says what they mean;
``verband:`` is the page on open data of this site.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from verband.consultations.documents.addresses import full_address
from verband.consultations.kinds import QuestionForm, StepKind
from verband.consultations.queries.ballots import Counted
from verband.consultations.queries.count import QuestionCount
from verband.consultations.queries.difference import Difference, Segment
from verband.consultations.queries.result import Result
from verband.consultations.queries.roll_call import instant

Entity = dict[str, Any]
OPENGOV = "http://www.w3.org/ns/opengov#"
OPTIONS = {"for": "yes", "against": "no", "abstain": "abstain"}
SILENT = "not voting"
PASSED = {"adopted": "pass", "adopted_in_part": "pass"}
CONTEXT: Entity = {
    "@version": 1.1,
    "opengov": OPENGOV,
    "schema": "http://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "Motion": "opengov:Motion",
    "VoteEvent": "opengov:VoteEvent",
    "motions": {"@id": "opengov:motion", "@container": "@set"},
    "vote_events": {"@id": "opengov:voteEvent", "@container": "@set"},
    "organization_id": "schema:organizer",
    "motion_id": "opengov:motion",
    "identifier": "dct:identifier",
    "text": "schema:text",
    "requirement": "opengov:requirement",
    "start_date": {"@id": "schema:startDate", "@type": "dct:W3CDTF"},
    "end_date": {"@id": "schema:endDate", "@type": "dct:W3CDTF"},
    "result": "opengov:result",
    "counts": {"@id": "opengov:count", "@container": "@set"},
    "votes": {"@id": "opengov:vote", "@container": "@set"},
    "group_results": {"@id": "opengov:groupResult", "@container": "@set"},
    "group": "verband:segment",
    "classification": "verband:dimension",
    "voter_id": "schema:agent",
    "option": "schema:option",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "weight": "opengov:weight",
    "members": "verband:members",
    "capacity": "verband:capacity",
    "sources": "dct:source",
}


def popolo_of(result: Result) -> Entity:
    """The vote as one document; each question is a motion with a vote event."""
    events = [_event(result, question) for question in result.count.questions]
    return {
        "@context": CONTEXT | {"verband": full_address("/open-data/#")},
        "motions": [_motion(result, question) for question in result.count.questions],
        "vote_events": events,
    }


def _name(result: Result, question: QuestionCount) -> str:
    return f"{result.standing.consultation.key}/{question.asked.key}"


def _motion(result: Result, question: QuestionCount) -> Entity:
    frozen = result.standing.frozen
    bounds = [str(one) for one in (*result.count.rule.quorums, *result.count.rule.majorities)]
    requirement = "; ".join(bounds)
    return {
        "@type": "Motion",
        "id": f"motion/{_name(result, question)}",
        "organization_id": f"body/{result.standing.consultation.body.key}",
        "text": question.asked.fact.text,
        "classification": str(question.asked.question.form),
        "requirement": f"{requirement} ({frozen['article']})" if frozen["article"] else requirement,
        "result": PASSED.get(question.verdict, "fail"),
        "sources": _sources(result),
    }


def _event(result: Result, question: QuestionCount) -> Entity:
    standing, difference = result.standing, result.differences.get(question.asked.key)
    opened, closed = (standing.at_step(kind) for kind in (StepKind.OPENED, StepKind.CLOSED))
    segments = () if difference is None else difference.segments
    return {
        "@type": "VoteEvent",
        "id": f"vote-event/{_name(result, question)}",
        "identifier": _name(result, question),
        "organization_id": f"body/{standing.consultation.body.key}",
        "motion_id": f"motion/{_name(result, question)}",
        "classification": str(standing.consultation.kind),
        "start_date": None if opened is None else instant(opened),
        "end_date": None if closed is None else instant(closed),
        "result": PASSED.get(question.verdict, "fail"),
        "counts": [
            *_counts(question, result.count.ballots),
            {
                "option": SILENT,
                "value": sum(line.votes for line in result.count.silent),
                "members": len(result.count.silent),
            },
            *(count for one in segments for count in _segment_counts(result, question, one)),
        ],
        "group_results": [
            {
                "group_id": group_id(one),
                "group": _group(result, one),
                "result": _group_result(one, difference),
            }
            for one in segments
        ],
        "votes": [
            *(vote for ballot in result.count.ballots for vote in _votes(question, ballot)),
            *(
                {"voter_id": f"organisation/{line.key}", "option": SILENT, "weight": line.votes}
                for line in result.count.silent
            ),
        ],
        "sources": _sources(result),
    }


def option_of(question: QuestionCount, choice: str) -> str:
    """A choice as Popolo calls it; the code of the paper where Popolo has no word."""
    yes_no = question.asked.question.form == QuestionForm.YES_NO
    return OPTIONS.get(choice, choice) if yes_no or choice == "abstain" else choice


def _counts(question: QuestionCount, ballots: Iterable[Counted]) -> list[Entity]:
    found = []
    for choice in question.asked.choices:
        votes = members = 0
        for ballot in ballots:
            answer = ballot.answers.get(question.asked.key)
            if isinstance(answer, Mapping):
                votes += answer.get(choice, 0)
            elif answer == choice:
                votes, members = votes + ballot.votes, members + 1
        found.append({"option": option_of(question, choice), "value": votes, "members": members})
    return found


def _segment_counts(result: Result, question: QuestionCount, one: Segment) -> list[Entity]:
    inside = [ballot for ballot in result.count.ballots if _stands(ballot, one)]
    group = {"group_id": group_id(one)}
    return [count | group for count in _counts(question, inside)]


def _stands(ballot: Counted, one: Segment) -> bool:
    own = ballot.segments.get(one.dimension, ())
    return one.code in own if one.code else not own


def group_id(one: Segment) -> str:
    """A segment as a group: ``segment/size/0-10000``."""
    return f"segment/{one.dimension}/{one.code or 'none'}"


def _group(result: Result, one: Segment) -> Entity:
    names = result.standing.frozen.get("segment_names", {})
    return {
        "id": group_id(one),
        "name": names.get(one.dimension, {}).get(one.code, one.code),
        "classification": one.dimension,
    }


def _group_result(one: Segment, difference: Difference | None) -> str:
    """Which side most votes of a segment took, of what the share is of (``favoured``)."""
    if difference is None or one.share is None:
        return "none"
    if 2 * one.share == 1:
        return "tie"
    return "pass" if 2 * one.share > 1 else "fail"


def _votes(question: QuestionCount, ballot: Counted) -> list[Entity]:
    answer = ballot.answers.get(question.asked.key)
    if answer is None:
        return []
    parts = answer if isinstance(answer, Mapping) else {answer: ballot.votes}
    return [
        {
            "voter_id": f"organisation/{ballot.key}",
            "option": option_of(question, choice),
            "weight": votes,
            "role": "proxy" if ballot.by else None,
            "capacity": str(ballot.capacity),
        }
        for choice, votes in parts.items()
    ]


def _sources(result: Result) -> list[Entity]:
    key = result.standing.consultation.key
    return [{"url": full_address(reverse("roll_call_json", args=[key])), "note": "roll-call"}]
