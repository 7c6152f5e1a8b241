"""What stands on the paper of a vote: the answers to each question, and what it hangs on."""

from collections.abc import Mapping, Sequence

from verband.consultations.kinds import QuestionForm
from verband.consultations.models import Consultation, Question
from verband.core.errors import DomainError

PAPERS: dict[str, tuple[tuple[str, str], ...]] = {
    QuestionForm.YES_NO: (("for", ""), ("against", ""), ("abstain", "")),
    QuestionForm.THREE_WAY: (("proposal", ""), ("amended", ""), ("neither", ""), ("abstain", "")),
}


class TooFewAnswers(DomainError):
    """A choice needs at least two answers, each different."""

    code = "too_few_answers"
    template = "Give at least two different answers to choose from."


class AdviceNotOnPaper(DomainError):
    """The board advises one of the answers."""

    code = "advice_not_on_paper"
    template = "The board can only advise one of the answers on the paper, or nothing."


class AnotherPaper(DomainError):
    """A part or an amendment hangs on a question of the same vote."""

    code = "another_paper"
    template = "That question stands on the paper of another vote. Choose one of this vote."


class AmendsAnAmendment(DomainError):
    """Amendments and parts hang on a motion, not on each other."""

    code = "amends_an_amendment"
    template = (
        "A part or an amendment hangs on a motion itself, not on another part or amendment, and is"
        " one of the two. Choose the motion."
    )


def options_for(form: str, options: Sequence[Mapping[str, str]] = ()) -> list[dict[str, str]]:
    """The answers on the paper; fixed forms have their own, with words if given.

    Raises: ``TooFewAnswers``.
    """
    given = {option["code"]: dict(option) for option in options}
    if form in PAPERS:
        return [
            {"code": code, "label": "", "help": "", **given.get(code, {})}
            for code, _words in PAPERS[form]
        ]
    codes = [option.get("code", "") for option in options]
    least = 1 if form == QuestionForm.PERSONS else 2
    if len(set(codes)) != len(codes) or "" in codes or len(codes) < least:
        raise TooFewAnswers
    return [{"label": "", "help": "", **option} for option in options]


def refuse_advice(advice: str, options: Sequence[Mapping[str, str]]) -> None:
    """Refuse an advice that nobody could follow. Raises: ``AdviceNotOnPaper``."""
    if advice and advice not in {option["code"] for option in options}:
        raise AdviceNotOnPaper


def refuse_stranger(
    consultation: Consultation, part_of: Question | None, amends: Question | None
) -> None:
    """Refuse a part or amendment of something else.

    In a sitting an amendment may be a vote of its own, before that on the motion.

    Raises: ``AnotherPaper``, ``AmendsAnAmendment``.
    """
    if part_of is not None and amends is not None:
        raise AmendsAnAmendment
    for motion in (part_of, amends):
        if motion is None:
            continue
        here = motion.consultation_id == consultation.pk
        if not here and (motion is part_of or not _in_one_sitting(consultation, motion)):
            raise AnotherPaper
        if motion.part_of_id is not None or motion.amends_id is not None:
            raise AmendsAnAmendment


def _in_one_sitting(consultation: Consultation, motion: Question) -> bool:
    sitting = consultation.sitting_id
    return sitting is not None and motion.consultation.sitting_id == sitting
