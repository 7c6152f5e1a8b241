"""What a choice is called, and what it means for a member."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from verband.consultations.kinds import QuestionForm
from verband.consultations.queries.standing import Asked


@dataclass(frozen=True)
class Choice:
    """One answer on the paper: its code, its words, and what it means."""

    code: str
    label: str
    help: str = ""


def choices_of(asked: Asked, member: str = "") -> tuple[Choice, ...]:
    """The answers of a question in the reader's language, as they read for a member."""
    meaning = _meanings(asked.question.form, member) if member else {}
    return tuple(
        Choice(
            option["code"],
            option.get("label") or word_for(option["code"]),
            option.get("help") or meaning.get(option["code"], ""),
        )
        for option in asked.fact.options
    )


def choice_label(asked: Asked, code: object) -> str:
    """What an answer is called; of divided votes each choice with its votes."""
    labels = {choice.code: choice.label for choice in choices_of(asked)}
    if isinstance(code, Mapping):
        parts = (f"{labels.get(part, part)} {votes}" for part, votes in code.items() if votes)
        return ", ".join(parts)
    return labels.get(str(code), str(code))


def word_for(code: str) -> str:
    """The words of a code that every paper knows."""
    known = {
        "for": _("For"),
        "against": _("Against"),
        "abstain": _("Abstain"),
        "proposal": _("The proposal"),
        "amended": _("The amended proposal"),
        "neither": _("Neither of the two"),
        "yes": _("Yes"),
        "no": _("No"),
        "unknown": _("Do not know"),
    }
    return known.get(code, code)


def _meanings(form: str, member: str) -> Mapping[str, str]:
    name: dict[str, Any] = {"member": member}
    if form == QuestionForm.YES_NO:
        return {
            "for": _("%(member)s agrees") % name,
            "against": _("%(member)s does not agree") % name,
            "abstain": _("%(member)s does not choose, but counts for turnout") % name,
        }
    if form == QuestionForm.THREE_WAY:
        return {
            "proposal": _("%(member)s agrees with the text of the board") % name,
            "amended": _("%(member)s agrees with the text as amended") % name,
            "neither": _("%(member)s agrees with none of these texts") % name,
            "abstain": _("%(member)s does not choose, but counts for turnout") % name,
        }
    return {}


def choose_one(asked: Asked) -> str:
    """What to do at a question without an answer."""
    if asked.question.form == QuestionForm.YES_NO:
        return _("Choose for, against or abstain.")
    return _("Choose one of the answers.")
