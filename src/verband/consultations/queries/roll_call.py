"""The records of one vote in one fixed order, and the tree over them: what anyone can count again.

The order: the header (what was asked, and everything that was frozen at the opening), the lines of
the roll by key of the member, the proxies that stood at the closing by key of the member, every
ballot ever cast by instant and number in the register, also those that a later one replaced, and
the closing. Each is canonical JSON; its hash is a leaf, and a ballot's leaf is the voter's receipt.

At the closing the root goes into the *closed* step, and so into the audit tree that is signed. What
could still change afterwards (the text, the proxies, who is present) is kept in that step too, so
that the records can be made again from rows that never change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from verband.consultations.kinds import StepKind, Weighing
from verband.consultations.models import Ballot, Consultation, RollLine, SittingFact
from verband.consultations.queries.ballots import roll_of
from verband.consultations.queries.count import present_at
from verband.consultations.queries.record import record_of
from verband.consultations.queries.standing import Standing, questions_of
from verband.consultations.voters import proxies_in
from verband.core.errors import DomainError
from verband.core.merkle import Place, Tree, fold, inclusion_places, leaf_hash
from verband.kernel.journal import canonical

Record = Mapping[str, Any]


class NoRollCall(DomainError):
    """There is no roll-call: not closed yet, or not a vote of members."""

    code = "no_roll_call"
    template = "There is no roll-call of this vote. It is made when a vote of members closes."


@dataclass(frozen=True)
class RollCall:
    """The records of a vote; ``first`` is the index of the first ballot."""

    records: tuple[Record, ...]
    ballots: tuple[Ballot, ...]
    first: int

    @cached_property
    def leaves(self) -> tuple[bytes, ...]:
        """The hash of each record."""
        return tuple(leaf_hash(canonical(record)) for record in self.records)

    @cached_property
    def root(self) -> bytes:
        """The one hash that stands for all records."""
        tree = Tree()
        for leaf in self.leaves:
            tree.add(leaf)
        return tree.root()

    def index_of(self, ballot: Ballot) -> int:
        """The place of a ballot among the records."""
        return self.first + [one.pk for one in self.ballots].index(ballot.pk)

    def proof(self, index: int) -> list[bytes]:
        """The hashes that lead from the record at ``index`` to the root."""
        tree = Tree()
        nodes: dict[Place, bytes] = {}
        for leaf in self.leaves:
            nodes.update(tree.add(leaf))
        parts = inclusion_places(index, len(self.leaves))
        return [fold([nodes[place] for place in part]) for part in parts]


def has_roll_call(standing: Standing) -> bool:
    """Whether members vote here by name: not a question to people, not a secret vote."""
    frozen = standing.frozen
    return bool(frozen) and frozen["weighing"] != Weighing.PERSONS and not frozen["is_secret"]


def closing_data(standing: Standing, now: datetime, *, early: bool) -> dict[str, Any]:
    """What the closing writes down: the paper, proxies and presence as they stand, and the root.

    Eight queries, whatever the number of ballots.
    """
    if not has_roll_call(standing):
        return {"early": early}
    consultation = standing.consultation
    given = dict(proxies_in(consultation).values_list("member__key", "holder__key"))
    data = {
        "early": early,
        "paper": _paper(standing),
        "proxies": [list(pair) for pair in sorted(given.items())],
        "present": _present(standing),
    }
    made = _made(standing, data, now)
    return data | {
        "ballots": len(made.ballots),
        "size": len(made.records),
        "root": made.root.hex(),
    }


def roll_call(standing: Standing) -> RollCall:
    """The records of a vote that is closed. Two queries.

    Raises:
        NoRollCall: it is not closed, or people or secret ballots decide.
    """
    closed = standing.steps.get(StepKind.CLOSED)
    if closed is None or "root" not in closed.data:
        raise NoRollCall
    return _made(standing, closed.data, closed.recorded_from)


def _made(standing: Standing, data: Record, closed: datetime) -> RollCall:
    consultation = standing.consultation
    lines = roll_lines(consultation)
    ballots = all_ballots(consultation)
    by_member = {line.member_id: line for line in lines}
    before: list[Record] = [_header(standing, data["paper"])]
    before += [_line(line) for line in lines]
    before += [{"record": "proxy", "member": of, "holder": to} for of, to in data["proxies"]]
    closing = {
        "record": "closing",
        "at": instant(closed),
        "early": data["early"],
        "ballots": len(ballots),
        "present": data["present"],
    }
    cast = [record_of(ballot, by_member[ballot.member_id]) for ballot in ballots]
    return RollCall((*before, *cast, closing), tuple(ballots), len(before))


def roll_lines(consultation: Consultation) -> list[RollLine]:
    """The roll by key of the member. One query."""
    lines = RollLine.objects.filter(consultation=consultation).select_related("member")
    return sorted(lines, key=lambda line: line.member.key)


def all_ballots(consultation: Consultation) -> list[Ballot]:
    """Every ballot ever cast, in order of the tree. One query."""
    rows = Ballot.objects.filter(consultation=consultation)
    rows = rows.select_related("consultation", "member", "by_member")
    return list(rows.order_by("recorded_from", "id"))


def standing_ballots(ballots: Sequence[Ballot]) -> dict[int, Ballot]:
    """The ballot that counts for each member: its latest."""
    found: dict[int, Ballot] = {}
    for ballot in ballots:
        if ballot.member_id not in found or found[ballot.member_id].number < ballot.number:
            found[ballot.member_id] = ballot
    return found


def instant(moment: datetime) -> str:
    """An instant as records write it: in UTC."""
    return moment.astimezone(UTC).isoformat()


def _paper(standing: Standing) -> dict[str, Any]:
    closes = standing.fact.closes_at
    return {
        "title": standing.fact.title,
        "closes": None if closes is None else instant(closes),
        "call": _call(standing.consultation),
        "questions": [
            {
                "key": asked.key,
                "form": str(asked.question.form),
                "text": asked.fact.text,
                "options": asked.fact.options,
                "seats": asked.fact.seats,
                "withdrawn": asked.fact.is_withdrawn,
            }
            for asked in questions_of(standing.consultation)
        ],
    }


def _call(consultation: Consultation) -> int:
    """Which call of a meeting it is: a second one may have a quorum of its own."""
    facts = SittingFact.objects.known(None).filter(sitting=consultation.sitting_id)
    return facts.values_list("call", flat=True).first() or 1


def _header(standing: Standing, paper: Record) -> Record:
    opened = standing.steps[StepKind.OPENED]
    return {
        "record": "header",
        "consultation": standing.consultation.key,
        "kind": str(standing.consultation.kind),
        "opened": instant(opened.recorded_from),
        **paper,
        "frozen": opened.data,
    }


def _line(line: RollLine) -> Record:
    return {
        "record": "roll",
        "member": line.member.key,
        "name": line.name,
        "votes": line.votes,
        "inhabitants": line.inhabitants,
        "figure_day": None if line.figure_day is None else line.figure_day.isoformat(),
        "figure_source": line.figure_source,
        "segments": line.segments,
    }


def _present(standing: Standing) -> list[str] | None:
    """In a meeting: who is in the hall or represented there, by key; else nothing is known."""
    consultation = standing.consultation
    if consultation.sitting_id is None:
        return None
    return sorted(present_at(standing, roll_of(consultation)))
