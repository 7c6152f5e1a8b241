"""A sitting: its votes in order, who is there or represented, and whether there is a quorum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count

from verband.consultations.audience import Audience
from verband.consultations.hall import attendance_in, represented_by
from verband.consultations.kinds import State, StepKind, Weighing
from verband.consultations.models import (
    Consultation,
    Participation,
    QuestionFact,
    Sitting,
    SittingFact,
    VoteRequest,
    VotingRuleFact,
)
from verband.consultations.queries.ballots import roll_of
from verband.consultations.queries.roll import NobodyAsked, VotesUnknown, roll_on
from verband.consultations.queries.standing import Asked, Standing, as_of, standings_of
from verband.core.voting.outcome import Line, quorum_line
from verband.core.voting.roll import Elector, InhabitantsMissing, Roll
from verband.core.voting.roll import count as tally_of
from verband.core.voting.rules import Rule
from verband.kernel.clock import local_day

TO_COME = (State.DRAFT, State.PLANNED)


@dataclass(frozen=True)
class Item:
    """One vote of the sitting with its questions."""

    standing: Standing
    asked: tuple[Asked, ...]
    state: State

    @property
    def key(self) -> str:
        """The number of the vote."""
        return self.standing.consultation.key

    @property
    def title(self) -> str:
        """What the vote is about."""
        return self.standing.fact.title

    @property
    def is_secret(self) -> bool:
        """Whether it opened as a secret vote."""
        return bool(self.standing.frozen.get("is_secret"))


@dataclass(frozen=True)
class Seated:
    """A member that may be in the hall. ``by``: the name of who is there with its proxy."""

    member_id: int
    key: str
    name: str
    votes: int
    there: bool = False
    remote: bool = False
    by: str = ""
    inhabitants: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it is there or represented."""
        return self.there or bool(self.by)


@dataclass(frozen=True)
class Hall:
    """Everybody who may vote in the sitting, by name, and the quorum as it is now."""

    members: tuple[Seated, ...]
    quorums: tuple[Line, ...] = ()
    later: bool = False  # a quorum of votes cast is known only when the vote closes

    @property
    def present(self) -> tuple[Seated, ...]:
        """Who is there or represented."""
        return tuple(one for one in self.members if one.counts)

    @property
    def represented(self) -> tuple[Seated, ...]:
        """Who is there only by proxy."""
        return tuple(one for one in self.members if one.by)

    @property
    def reached(self) -> bool | None:
        """Whether all quorums that can be measured now are met; nothing when there is none."""
        return all(line.reached for line in self.quorums) if self.quorums else None

    def votes(self, members: Iterable[Seated] | None = None) -> int:
        """What these, or all, weigh."""
        return sum(one.votes for one in (self.members if members is None else members))


def fact_of(sitting: Sitting) -> SittingFact:
    """What the sitting is called, when and where it is. One query."""
    found: SittingFact = SittingFact.objects.known(None).get(sitting=sitting)
    return found


def agenda_of(sitting: Sitting, now: datetime, *, then: bool = False) -> list[Item]:
    """The votes of a sitting in their order. Four queries.

    ``then``: with only what had happened by ``now``, which is an earlier day.
    """
    votes = sitting.votes.select_related("body", "rule", "sitting", "round_of")
    consultations = list(votes.order_by("order", "pk"))
    facts = QuestionFact.objects.known(None).filter(question__consultation__in=consultations)
    asked: dict[int, list[Asked]] = {one.pk: [] for one in consultations}
    for fact in facts.select_related("question").order_by("question__order"):
        asked[fact.question.consultation_id].append(Asked(fact.question, fact))
    standings = standings_of(consultations)
    return [
        Item(standing, tuple(asked[standing.consultation.pk]), standing.state(now))
        for standing in (as_of(one, now) if then else one for one in standings)
    ]


def current_of(agenda: Iterable[Item]) -> Item | None:
    """What the meeting is at: what is open, else what waits for publishing, else what comes."""
    items = list(agenda)
    for states in ((State.OPEN,), (State.CLOSED,), TO_COME):
        found = [item for item in items if item.state in states]
        if found:
            return found[0]
    return items[-1] if items else None


def hall_of(sitting: Sitting, item: Item | None, call: int, now: datetime) -> Hall:
    """Who may vote on an item, who is there, and the quorum. Fifteen queries at most."""
    attendance = attendance_in(sitting)
    there = {pk for pk, line in attendance.items() if line.is_present}
    where = sitting if item is None else item.standing.consultation
    represented = represented_by(where, there)
    lines, rule = _roll_and_rule(item, call, now)
    names = {line.member_id: line.name for line in lines}
    members = tuple(
        Seated(
            line.member_id,
            line.key,
            line.name,
            line.votes,
            line.member_id in there,
            line.member_id in there and attendance[line.member_id].remote,
            names.get(represented.get(line.member_id, 0), ""),
            line.inhabitants,
        )
        for line in lines
    )
    return Hall(members, *_quorums(rule, members))


def _roll_and_rule(item: Item | None, call: int, now: datetime) -> tuple[list[Seated], Rule | None]:
    """The roll as frozen, or as it would be today; and the rule."""
    day = local_day(now)
    if item is not None and StepKind.OPENED in item.standing.steps:
        lines = [
            Seated(one.member_id, one.key, one.name, one.votes, inhabitants=one.inhabitants)
            for one in roll_of(item.standing.consultation)
        ]
        return lines, of_call(Rule.from_mapping(item.standing.frozen["rule"]), call)
    fact = None if item is None else rule_fact(item.standing.consultation, now)
    audience = Audience("members")
    if item is not None:
        audience = Audience.read(item.standing.fact.audience)
    weighing = Weighing.VOTES if fact is None else fact.weighing
    try:
        entries = roll_on(day, audience, weighing)
    except (NobodyAsked, VotesUnknown):
        return [], None
    lines = [
        Seated(one.member_id, one.key, one.name, one.votes, inhabitants=one.inhabitants.number)
        for one in entries
    ]
    return lines, None if fact is None else of_call(Rule.from_mapping(fact.rule), call)


def rule_fact(consultation: Consultation, now: datetime) -> VotingRuleFact | None:
    """The text of the rule in force, for a vote that is not open yet. One query."""
    facts = VotingRuleFact.objects.at(local_day(now)).known(None)
    return facts.filter(voting_rule=consultation.rule_id, kind=consultation.kind).first()


def of_call(rule: Rule, call: int) -> Rule:
    """The rule, or what it says of a second meeting."""
    return rule.second_call if call > 1 and rule.second_call is not None else rule


def _quorums(rule: Rule | None, members: Iterable[Seated]) -> tuple[tuple[Line, ...], bool]:
    seated = list(members)
    if rule is None or not seated:
        return (), False
    measured = [quorum for quorum in rule.quorums if quorum.counts == "present"]
    electors = [Elector(one.key, one.votes, one.inhabitants) for one in seated]
    roll = Roll(electors, [one.key for one in seated if one.counts])
    try:
        tally = tally_of(rule, roll, ())
    except InhabitantsMissing:
        return (), True
    lines = tuple(quorum_line(quorum, tally) for quorum in measured)
    return lines, len(measured) < len(rule.quorums)


@dataclass(frozen=True)
class Progress:
    """How far an open vote is: how many voted, never what; ``out``: who did not, when not secret.

    Both count only who is there or represented.
    """

    voted: int
    of: int
    out: tuple[str, ...] = ()


def progress_of(item: Item, hall: Hall) -> Progress:
    """How far a vote is. One query."""
    consultation = item.standing.consultation
    here = {one.member_id: one.name for one in hall.present}
    if item.is_secret:
        parts = Participation.objects.filter(question__consultation=consultation)
        voted = parts.aggregate(members=Count("member", distinct=True))["members"]
        return Progress(voted, max(len(here), voted))
    done = set(consultation.ballots.values_list("member_id", flat=True).distinct())
    out = tuple(name for pk, name in here.items() if pk not in done)
    return Progress(len(done), len(done | set(here)), out)


# Asked by everybody who follows, every two seconds: making it from the models took longer than
# asking it.
VERSION = """
SELECT s.id,
    (SELECT max(id) FROM consult_attendance WHERE sitting_id = s.id),
    (SELECT max(id) FROM consult_proxy WHERE sitting_id = s.id),
    (SELECT max(id) FROM consult_sittingfact WHERE sitting_id = s.id),
    v.steps, v.requests, v.facts, v.over
FROM consult_sitting s
CROSS JOIN LATERAL (
    SELECT max(t.id) AS steps, max(r.id) AS requests, max(f.id) AS facts,
        count(DISTINCT f.id) FILTER (WHERE f.closes_at <= %s) AS over
    FROM consult_consultation c
    JOIN consult_consultationfact f
        ON f.consultation_id = c.id AND f.recorded_until IS NULL
    LEFT JOIN consult_step t ON t.consultation_id = c.id
    LEFT JOIN consult_voterequest r ON r.consultation_id = c.id
    WHERE c.sitting_id = s.id
) v
WHERE s.key = %s
"""


def version_of(key: str, now: datetime) -> tuple[str, int] | None:
    """What a sitting looks like now, in one short text, with its number. One query.

    Two equal texts mean that nothing changed that everybody may see: nobody came or went, nothing
    was opened, closed or published, no text changed, no closing time passed.
    """
    with connection.cursor() as cursor:
        cursor.execute(VERSION, [now, key])
        found = cursor.fetchone()
    return None if found is None else ("-".join(str(part or 0) for part in found), found[0])


def requests_in(agenda: Iterable[Item]) -> Mapping[int, list[str]]:
    """Who asked for a vote, by consultation: the keys of members. One query."""
    ids = [item.standing.consultation.pk for item in agenda]
    found: dict[int, list[str]] = {pk: [] for pk in ids}
    for pk, name in VoteRequest.objects.filter(consultation__in=ids).values_list(
        "consultation_id", "member__key"
    ):
        found[pk].append(name)
    return found
