"""What the count and the difference suggest as the outcome of a question."""

from dataclasses import dataclass

from verband.consultations.kinds import QuestionForm, Verdict
from verband.consultations.models import Question
from verband.consultations.queries.count import count_of
from verband.consultations.queries.difference import difference_of
from verband.consultations.queries.roll_call import has_roll_call
from verband.consultations.queries.standing import standing_of

# What the rule alone says, where no ballots by name can be divided over segments.
BY_RULE = {"adopted": Verdict.POSITION, "adopted_in_part": Verdict.POSITION}
BY_RULE |= {"rejected": Verdict.REJECTED}


@dataclass(frozen=True)
class Suggestion:
    """``suggested``: nothing when people answered or persons were elected. ``segments``: known."""

    suggested: Verdict | None
    passed: bool
    segments: frozenset[tuple[str, str]]


def suggestion_for(question: Question) -> Suggestion | None:
    """The suggestion for a question of a published vote; nothing before publication."""
    standing = standing_of(question.consultation)
    if not standing.is_published:
        return None
    if question.form == QuestionForm.PERSONS or not has_roll_call(standing):
        return Suggestion(None, True, frozenset())
    count = count_of(standing)
    counted = count.by_key[str(question.order)]
    segments = frozenset(
        (dimension, code)
        for line in count.lines
        for dimension, codes in line.segments.items()
        for code in codes
    )
    if not count.ballots:
        return Suggestion(BY_RULE.get(counted.verdict, Verdict.UNDECIDED), counted.passed, segments)
    return Suggestion(difference_of(count, counted).suggested, counted.passed, segments)
