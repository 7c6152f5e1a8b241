"""What publishing settles: ties left to the chair or the lot, and the vote that is ratified."""

from collections.abc import Mapping
from datetime import datetime

from verband.consultations.kinds import StepKind
from verband.consultations.models import Consultation, Step
from verband.consultations.queries.count import count_of
from verband.consultations.queries.finality import is_adopted
from verband.consultations.queries.standing import Standing, standing_of
from verband.consultations.use_cases.preparing import take_step
from verband.core.errors import DomainError


class NoTie(DomainError):
    """Chair and lot settle a tie, and nothing else."""

    code = "no_tie"
    template = "There is no tie at question %(question)s that “%(choice)s” can settle."


def refuse_unless_tied(standing: Standing, ties: Mapping[str, str]) -> None:
    """Refuse to settle what is not tied, or otherwise than by a choice. Raises: ``NoTie``."""
    counted = count_of(standing).by_key
    for key, choice in ties.items():
        question = counted.get(key)
        if question is None or question.outcome.verdict != "tied" or choice not in question.sides:
            raise NoTie(question=key, choice=choice)


def ratify_if_adopted(vote: Consultation, *, now: datetime) -> Step | None:
    """Write down that the result is ratified, when the vote on it is published and was adopted.

    Called by what publishes a vote, in the same transaction. A vote that rejects changes nothing:
    the result stays provisional, and its page names that vote.
    """
    original = vote.ratifies
    standing = standing_of(vote)
    if original is None or not standing.is_published or not is_adopted(standing):
        return None
    if StepKind.RATIFIED in standing_of(original).steps:
        return None
    return take_step(original, StepKind.RATIFIED, now=now, by=vote.key)
