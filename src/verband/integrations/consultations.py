"""What the members were asked and what they said: consultations, their results, their ballots.

A consultation is given once it was opened, its result and its ballots once they are published, each
as known at the instant that is read. Who voted for a member is given by function, never by name.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_noop as _
from pydantic import Field

from verband.consultations.kinds import ConsultationKind, StepKind
from verband.consultations.models import Ballot, Consultation, ConsultationFact, RollLine, Step
from verband.consultations.queries.record import leaf_of
from verband.consultations.queries.result import result_data, standing_known
from verband.consultations.queries.roll_call import has_roll_call
from verband.consultations.queries.standing import Standing
from verband.integrations.answers import Href
from verband.integrations.listings import Listing
from verband.integrations.problems import UnknownKey
from verband.integrations.shapes import Shape
from verband.integrations.tables import Filter, by_choice, by_key
from verband.integrations.uris import address
from verband.kernel.clock import start_of
from verband.ui.reading import Reading

FILTERS: Mapping[str, Filter] = {
    "kind": by_choice("kind", _("Only of this kind."), ConsultationKind),
    "body": by_key("body", _("Only what this body asked.")),
}


class ConsultationShape(Shape):
    """Something that the members were asked."""

    key: str = Field(description=_("Number of the consultation; it stands in its address."))
    kind: str = Field(description=_("flash, consultation, assembly or statements."))
    title: str = Field(description=_("Title."))
    asked_by: str = Field(description=_("Key of the body that asked."))
    state: str = Field(description=_("open, closed, published, final, withdrawn or held_over."))
    opened_at: datetime = Field(description=_("When it was opened."))
    closes_at: datetime | None = Field(description=_("Until when can be voted."))
    closed_at: datetime | None = Field(description=_("When it was closed."))
    published_at: datetime | None = Field(description=_("When the result was published."))
    binding: str = Field(description=_("advice, position or decision."))
    weighing: str = Field(description=_("votes, members or persons."))
    secret: bool = Field(description=_("Whether the vote is secret."))
    rule: str = Field(description=_("Name of the rule, as frozen at the opening."))
    article: str = Field(description=_("Article of the rule."))
    members: int = Field(description=_("Members on the roll."))
    votes: int = Field(description=_("Votes on the roll."))


class ChoiceCount(Shape):
    """What was cast for one choice."""

    choice: str = Field(description=_("Code of the choice on the paper."))
    members: int | str = Field(
        description=_("Members; as a fraction when members divided their votes.")
    )
    votes: int | str = Field(description=_("Votes."))
    share: str | None = Field(
        description=_("Part of the votes that took a side, as an exact fraction.")
    )


class ReckoningLine(Shape):
    """A line of the reckoning."""

    code: str = Field(description=_("What is reckoned, such as quorum or majority."))
    reached: bool | None = Field(description=_("Whether it was reached."))
    article: str = Field(description=_("Article of the rule."))
    values: dict[str, Any] = Field(description=_("The numbers, exact."))


class SegmentCount(Shape):
    """A segment of the members beside the others."""

    dimension: str = Field(description=_("size, province or network."))
    segment: str = Field(description=_("Code of the segment."))
    name: str = Field(description=_("Name of the segment at the opening."))
    members: int = Field(description=_("Members on the roll."))
    votes: int = Field(description=_("Votes on the roll."))
    took_part: int = Field(description=_("Members that cast a ballot."))
    choice: str = Field(description=_("Choice of which the shares are."))
    share: str | None = Field(description=_("Its part of the votes that took a side."))
    share_of_members: str | None = Field(description=_("Its part of the members, likewise."))


class StatementShape(Shape):
    """What the owner states came of it."""

    verdict: str = Field(description=_("Outcome, from a fixed list."))
    suggested: str = Field(description=_("What the count and the difference suggested."))
    why_other: str = Field(description=_("Why the outcome differs from that."))
    statement: str = Field(description=_("What the association says."))
    reasons: str = Field(description=_("Reasons."))
    positions: list[dict[str, Any]] = Field(description=_("Positions by segment."))
    review_on: date | None = Field(description=_("Day on which it is looked at again."))
    goes_to: str | None = Field(description=_("Key of the body that it goes to."))
    next_steps: str = Field(description=_("What happens now."))


class QuestionResult(Shape):
    """One question with what became of it."""

    key: str = Field(description=_("How ballots name the question."))
    form: str = Field(description=_("yes_no, three_way, choice or persons."))
    text: str = Field(description=_("The question."))
    advice: str = Field(description=_("Choice that the board advised."))
    verdict: str = Field(description=_("What became of it by the rule."))
    option: str | None = Field(description=_("The text that was adopted, of several."))
    counts: list[ChoiceCount]
    reckoning: list[ReckoningLine]
    points_two_ways: bool = Field(
        description=_("Whether another choice leads in votes than in members.")
    )
    segments: list[SegmentCount]
    difference: str | None = Field(description=_("Reading of difference, from a fixed list."))
    suggested: str | None = Field(description=_("Outcome that it suggests."))
    statement: StatementShape | None


class ConsultationDetail(ConsultationShape):
    """A consultation with its result, once that is published."""

    links: dict[str, Href] = Field(alias="_links", description=_("Where more stands."))
    final_at: datetime | None = Field(description=_("Since when the result is final."))
    ratified_by: str | None = Field(description=_("Number of the vote that ratified it."))
    provisional: bool = Field(description=_("Whether objection or ratification is still awaited."))
    root: str | None = Field(description=_("Root of the records of the vote (SHA-256)."))
    turnout: dict[str, int] | None = Field(description=_("Members and votes that took part."))
    questions: list[QuestionResult]


class BallotShape(Shape):
    """A ballot of a member; a later one takes the place of an earlier."""

    member: str = Field(description=_("Key of the member."))
    member_name: str = Field(description=_("Name at the opening."))
    votes: int = Field(description=_("Votes of the member on the roll."))
    number: int = Field(description=_("Number of this ballot of the member."))
    counts: bool = Field(description=_("Whether it is the latest of the member."))
    answers: dict[str, Any] = Field(description=_("Choice by question, or votes by choice."))
    reason: str = Field(description=_("Reason that the member gave."))
    capacity: str = Field(description=_("In which capacity it was cast."))
    by_member: str | None = Field(description=_("Key of the member that held the proxy."))
    at: datetime = Field(description=_("When it was received."))
    leaf: str = Field(description=_("Code on the receipt (SHA-256)."))


class ConsultationListing(Listing):
    """What was opened on or before the day that is read, by number. Four queries."""

    def __init__(self, reading: Reading, where: Mapping[str, object]) -> None:
        self.reading = reading
        opened = Step.objects.filter(
            kind=StepKind.OPENED,
            recorded_from__lt=start_of(reading.day + timedelta(days=1)),
            recorded_from__lte=reading.known or reading.now,
        )
        rows = Consultation.objects.filter(pk__in=opened.values("consultation"), **where)
        self.rows = rows.select_related("body").order_by("key")

    def total(self) -> int:
        """How many there are. One query."""
        return self.rows.count()

    def part(self, start: int, stop: int) -> Sequence[Shape]:
        """Three queries, whatever the number."""
        return [
            _given(one, self.reading) for one in _standings(self.rows[start:stop], self.reading)
        ]


def _standings(rows: Iterable[Consultation], reading: Reading) -> list[Standing]:
    """Several consultations as known at the instant that is read. Two queries."""
    asked = list(rows)
    ids = [one.pk for one in asked]
    facts = ConsultationFact.objects.known(reading.known).filter(consultation__in=ids)
    by_pk = {fact.consultation_id: fact for fact in facts}
    steps: dict[int, dict[str, Step]] = {pk: {} for pk in ids}
    found = Step.objects.filter(consultation__in=ids)
    for step in found.filter(recorded_from__lte=reading.known or reading.now):
        steps[step.consultation_id][step.kind] = step
    return [Standing(one, by_pk[one.pk], steps[one.pk]) for one in asked]


def _given(standing: Standing, reading: Reading) -> ConsultationShape:
    frozen = standing.frozen
    opened = standing.at_step(StepKind.OPENED)
    if opened is None:
        raise UnknownKey
    return ConsultationShape(
        key=standing.consultation.key,
        kind=standing.consultation.kind,
        title=standing.fact.title,
        asked_by=standing.consultation.body.key,
        state=standing.state(reading.known or reading.now),
        opened_at=opened,
        closes_at=standing.fact.closes_at,
        closed_at=standing.at_step(StepKind.CLOSED),
        published_at=standing.at_step(StepKind.PUBLISHED),
        binding=frozen["binding"],
        weighing=frozen["weighing"],
        secret=frozen["is_secret"],
        rule=frozen["rule_name"],
        article=frozen["article"],
        members=frozen["members"],
        votes=frozen["votes"],
    )


def standing_read(key: str, reading: Reading) -> Standing:
    """A consultation that was opened, as known at the instant that is read. Three queries.

    Raises:
        UnknownKey: there was none of this number, or it was not opened.
    """
    consultation = Consultation.objects.filter(key=key).select_related("body").first()
    known = reading.known or reading.now
    standing = None if consultation is None else standing_known(consultation, known)
    if standing is None or StepKind.OPENED not in standing.steps:
        raise UnknownKey
    return standing


def consultation_detail(key: str, reading: Reading) -> ConsultationDetail:
    """A consultation with its result, once that is published. Twelve queries at most.

    Raises:
        UnknownKey: there was none of this number, or it was not opened.
    """
    standing = standing_read(key, reading)
    data = result_data(standing, reading.known)
    shape = _given(standing, reading)
    names = ("final_at", "ratified_by", "provisional", "root", "turnout", "questions")
    given = {name: data[ConsultationDetail.model_fields[name].alias or name] for name in names}
    return ConsultationDetail.model_validate(
        {**shape.model_dump(), **given, "links": _links(standing, reading)}
    )


def _links(standing: Standing, reading: Reading) -> dict[str, Href]:
    key = standing.consultation.key
    own = f"/consultations/{key}"
    paths = {"self": own, "body": f"/bodies/{standing.consultation.body.key}"}
    if standing.is_published and has_roll_call(standing):
        paths["ballots"] = f"{own}/ballots"
    return {name: Href(href=address(reading.link(path))) for name, path in paths.items()}


class BallotListing(Listing):
    """The ballots of a published vote, in the order in which they were cast. Three queries.

    Raises:
        UnknownKey: the vote is not published, or has no votes by name.
    """

    def __init__(self, key: str, reading: Reading) -> None:
        standing = standing_read(key, reading)
        if not standing.is_published or not has_roll_call(standing):
            raise UnknownKey
        self.rows = (
            Ballot.objects.filter(consultation=standing.consultation)
            .select_related("consultation", "member", "by_member")
            .order_by("recorded_from", "id")
        )
        lines = RollLine.objects.filter(consultation=standing.consultation)
        self.lines = {line.member_id: line for line in lines}
        latest = self.rows.order_by("member_id", "-number").distinct("member_id")
        self.latest = set(latest.values_list("pk", flat=True))

    def total(self) -> int:
        """How many ballots there are. One query."""
        return self.rows.count()

    def part(self, start: int, stop: int) -> Sequence[Shape]:
        """One query, whatever the number."""
        return [self._given(ballot) for ballot in self.rows[start:stop]]

    def _given(self, ballot: Ballot) -> BallotShape:
        line = self.lines[ballot.member_id]
        return BallotShape(
            member=ballot.member.key,
            member_name=line.name,
            votes=line.votes,
            number=ballot.number,
            counts=ballot.pk in self.latest,
            answers=ballot.answers,
            reason=ballot.reason,
            capacity=ballot.capacity,
            by_member=None if ballot.by_member is None else ballot.by_member.key,
            at=ballot.recorded_from,
            leaf=leaf_of(ballot, line),
        )
