"""Statements as they stand: what waits, what is put to the vote, what a person said of them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from verband.consultations.models import Consultation, Moderation, Statement, StatementVote

State = Moderation.State


@dataclass(frozen=True)
class Put:
    """A statement with what the moderator did with it last.

    ``number``: its place in the order of admission; 0 when it is not put to the vote.
    """

    statement: Statement
    judged: Moderation | None
    number: int = 0

    @property
    def state(self) -> str:
        """How it stands."""
        return self.judged.state if self.judged is not None else State.WAITING

    @property
    def is_open(self) -> bool:
        """Whether it is put to the vote."""
        return self.state == State.ADMITTED

    @property
    def seen(self) -> int:
        """What a moderator saw, so that nobody undoes unknowingly what a colleague did."""
        return self.judged.pk if self.judged is not None else 0

    @property
    def since(self) -> datetime:
        """Since when it stands so."""
        found = self.judged or self.statement
        moment: datetime = found.recorded_from
        return moment


def statements_of(consultation: Consultation, then: datetime | None = None) -> list[Put]:
    """All statements: first those put to the vote in the order of admission, then as they came.

    ``then``: as they stood at that instant, else as they stand. Two queries, whatever the number.
    """
    last = _last_judgements(consultation, then)
    rows = Statement.objects.filter(consultation=consultation).order_by("pk")
    if then is not None:
        rows = rows.filter(recorded_from__lte=then)
    found = [Put(row, last.get(row.pk)) for row in rows]
    admitted = sorted(
        (one for one in found if one.is_open), key=lambda one: (one.since, one.statement.pk)
    )
    numbered = [
        Put(one.statement, one.judged, place) for place, one in enumerate(admitted, start=1)
    ]
    return numbered + [one for one in found if not one.is_open]


def _last_judgements(consultation: Consultation, then: datetime | None) -> dict[int, Moderation]:
    rows = Moderation.objects.known(then).filter(statement__consultation=consultation)
    return {row.statement_id: row for row in rows.order_by("valid_from", "pk")}


def judgement_of(statement: Statement) -> Moderation | None:
    """What the moderator did with one statement last. One query."""
    rows = Moderation.objects.known(None).filter(statement=statement)
    found: Moderation | None = rows.order_by("valid_from", "pk").last()
    return found


def judgements_of(statements: Iterable[int]) -> dict[int, list[Moderation]]:
    """All that moderators did with statements, the first first. One query."""
    found: dict[int, list[Moderation]] = {}
    rows = Moderation.objects.filter(statement__in=list(statements)).select_related("into")
    for row in rows.order_by("recorded_from", "pk"):
        if row.period.until is None:  # else the part before the day of another judgement
            found.setdefault(row.statement_id, []).append(row)
    return found


def counted_as(puts: Sequence[Put]) -> dict[int, int]:
    """For each statement whose votes count, the statement for which they count.

    Votes on a statement that was merged count for the one it went into, and on from there.
    """
    known = {one.statement.pk: one for one in puts}
    found = {}
    for pk, one in known.items():
        at: Put | None = one
        for _step in range(len(known)):
            if at is None or at.state != State.MERGED:
                break
            into = at.judged.into_id if at.judged is not None else None
            at = known.get(into or 0)
        if at is not None and at.is_open:
            found[pk] = at.statement.pk
    return found


def votes_by(consultation: Consultation, person_id: int) -> dict[int, StatementVote]:
    """What a person said last of each statement. One query."""
    rows = StatementVote.objects.filter(statement__consultation=consultation, person=person_id)
    return {row.statement_id: row for row in rows.order_by("number")}


def voters_by_statement(consultation: Consultation) -> dict[int, int]:
    """How many people voted on each statement, each once. One query."""
    rows = StatementVote.objects.filter(statement__consultation=consultation, number=1)
    counted = rows.values("statement").annotate(people=Count("pk")).order_by()
    return dict(counted.values_list("statement", "people"))


def left_for(puts: Iterable[Put], person_id: int, said: Mapping[int, StatementVote]) -> list[Put]:
    """What is put to the vote and the person has not voted on; what one wrote oneself counts."""
    return [
        one
        for one in puts
        if one.is_open and one.statement.pk not in said and one.statement.author_id != person_id
    ]


def next_for(left: Iterable[Put], person_id: int, votes: Mapping[int, int]) -> Put | None:
    """The statement to show now: of those with the fewest votes, another one for each person.

    As many votes as another means: of the same power of two, so that people who come together do
    not all get the same statement. The choice among them is a hash: the same person gets the same
    statement until they vote on it.

    >>> next_for([], 1, {}) is None
    True
    """
    return min(
        left,
        key=lambda one: (
            votes.get(one.statement.pk, 0).bit_length(),
            hashlib.sha256(f"{person_id}:{one.statement.pk}".encode()).digest(),
        ),
        default=None,
    )
