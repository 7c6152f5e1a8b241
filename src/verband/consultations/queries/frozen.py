"""What no longer changes once it is there, remembered by each process.

The database refuses every change of these rows, and nobody words a question anew after the opening;
so what was read once holds for as long as the vote itself.
"""

from collections.abc import Mapping
from typing import Any

from verband.consultations.kinds import StepKind
from verband.consultations.models import Consultation, RollLine
from verband.consultations.queries.standing import Asked, Standing, questions_of
from verband.kernel.remembered import Kept
from verband.members.models import Organisation

_CONSULTATIONS: Kept[Consultation | None] = Kept(64)
_PAPERS: Kept[tuple[Asked, ...]] = Kept(32)
_ROLLS: Kept[Mapping[int, RollLine]] = Kept(32)
_MEMBERS: Kept[Mapping[str, Organisation]] = Kept(32)


def consultation_named(key: str) -> Consultation | None:
    """The consultation with this number. No query but the first time."""

    def read() -> Consultation | None:
        return Consultation.objects.select_related("body", "author").filter(key=key).first()

    return _CONSULTATIONS.get(key, read, lambda row: row is not None)


def paper_of(standing: Standing) -> tuple[Asked, ...]:
    """The questions of an open vote. No query but the first time."""
    opened = standing.steps[StepKind.OPENED].pk
    return _PAPERS.get(opened, lambda: tuple(questions_of(standing.consultation)))


def roll_of(standing: Standing) -> Mapping[int, RollLine]:
    """The roll of an open vote, by member. No query but the first time."""
    opened = standing.steps[StepKind.OPENED].pk
    return _ROLLS.get(opened, lambda: _roll(standing.consultation))


def on_roll(consultation: Consultation, key: str) -> Organisation | None:
    """The member with this key, when a roll was frozen and it stands there. Most often no query."""
    members = _MEMBERS.get(
        consultation.pk,
        lambda: {line.member.key: line.member for line in _roll(consultation).values()},
        bool,
    )
    return members.get(key)


def _roll(consultation: Consultation) -> Mapping[int, RollLine]:
    lines = RollLine.objects.filter(consultation=consultation).select_related("member")
    return {line.member_id: line for line in lines}


def forget() -> None:
    """Read everything anew: where a transaction is undone, a number is given out twice."""
    kept: Kept[Any]
    for kept in (_CONSULTATIONS, _PAPERS, _ROLLS, _MEMBERS):
        kept.forget()
