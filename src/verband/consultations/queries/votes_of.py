"""Who voted what over time: the published votes by name of one member."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from verband.consultations.kinds import QuestionForm, StepKind
from verband.consultations.models import Ballot, Consultation, QuestionFact, RollLine, Step
from verband.consultations.queries.roll_call import has_roll_call
from verband.consultations.queries.standing import Asked, Standing, standings_of
from verband.core.voting.roll import SILENT_CHOICES
from verband.members.models import Organisation

# The votes that each choice of each question got, of every member the latest ballot.
TOTALS = """
SELECT latest.consultation_id, said.key, said.value, sum(line.votes)
FROM (
    SELECT DISTINCT ON (consultation_id, member_id) consultation_id, member_id, answers
    FROM consult_ballot
    WHERE consultation_id = ANY(%s)
    ORDER BY consultation_id, member_id, number DESC
) AS latest
JOIN consult_rollline AS line USING (consultation_id, member_id)
CROSS JOIN LATERAL jsonb_each_text(latest.answers) AS said
GROUP BY latest.consultation_id, said.key, said.value
"""


@dataclass(frozen=True)
class VoteCast:
    """What a member did at one question. ``said``: nothing when it did not vote.

    ``with_majority``: whether it chose what got the most votes; unknown when it took no side or
    two choices were equal.
    """

    standing: Standing
    asked: Asked
    votes: int
    said: str | None
    capacity: str
    by: str
    at: datetime | None
    leader: str | None

    @property
    def with_majority(self) -> bool | None:
        """Whether it went with the most votes."""
        if self.said is None or self.said in SILENT_CHOICES or self.leader is None:
            return None
        return self.said == self.leader


def published_for(member: Organisation) -> list[Consultation]:
    """The published votes by name with this member on the roll, latest first. Three queries."""
    published = Step.objects.filter(kind=StepKind.PUBLISHED)
    found = Consultation.objects.filter(
        pk__in=RollLine.objects.filter(member=member).values("consultation")
    ).filter(pk__in=published.values("consultation"))
    standings = [one for one in standings_of(found) if has_roll_call(one)]
    standings.sort(key=lambda one: (one.at_step(StepKind.PUBLISHED), one.consultation.pk))
    return [one.consultation for one in reversed(standings)]


def votes_of_member(member: Organisation, consultations: Iterable[Consultation]) -> list[VoteCast]:
    """What a member voted in these consultations. Six queries, whatever their number."""
    standings = standings_of(consultations)
    ids = [one.consultation.pk for one in standings]
    papers = _papers(ids)
    leaders = _leaders(ids)
    votes = dict(
        RollLine.objects.filter(member=member, consultation__in=ids).values_list(
            "consultation_id", "votes"
        )
    )
    latest = Ballot.objects.filter(member=member, consultation__in=ids)
    latest = latest.order_by("consultation_id", "-number").distinct("consultation_id")
    ballots = {one.consultation_id: one for one in latest.select_related("by_member")}
    found = []
    for standing in standings:
        pk = standing.consultation.pk
        ballot = ballots.get(pk)
        for asked in papers.get(pk, ()):
            said = None if ballot is None else ballot.answers.get(asked.key)
            found.append(
                VoteCast(
                    standing,
                    asked,
                    votes[pk],
                    None if said is None else str(said),
                    "" if ballot is None else str(ballot.get_capacity_display()),
                    ballot.by_member.key if ballot is not None and ballot.by_member else "",
                    None if ballot is None else ballot.recorded_from,
                    leaders.get((pk, asked.key)),
                )
            )
    return found


def _papers(ids: list[int]) -> Mapping[int, list[Asked]]:
    facts = QuestionFact.objects.known(None).filter(
        question__consultation__in=ids, is_withdrawn=False
    )
    facts = facts.exclude(question__form=QuestionForm.PERSONS)
    papers: dict[int, list[Asked]] = {}
    for fact in facts.select_related("question").order_by("question__order"):
        papers.setdefault(fact.question.consultation_id, []).append(Asked(fact.question, fact))
    return papers


def _leaders(ids: list[int]) -> dict[tuple[int, str], str]:
    """The choice with the most votes of each question; none where two are equal."""
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, [ids])
        rows = cursor.fetchall()
    totals: dict[tuple[int, str], dict[str, int]] = {}
    for consultation, question, choice, votes in rows:
        if choice not in SILENT_CHOICES:
            totals.setdefault((consultation, question), {})[choice] = int(votes)
    found = {}
    for key, by_choice in totals.items():
        most = max(by_choice.values())
        leaders = [choice for choice, votes in by_choice.items() if votes == most]
        if len(leaders) == 1:
            found[key] = leaders[0]
    return found
