"""An outcome: what was decided and every line of the reckoning, with numbers and article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from verband.core.compute.writing import percent
from verband.core.voting.roll import Tally
from verband.core.voting.rules import Majority, Quorum

Verdict = Literal["adopted", "rejected", "no_quorum", "tied", "held_over", "withdrawn"]

# The message ids the pages translate; every value is in Line.values.
TEMPLATES = {
    "roll": "On the roll: %(members)s members with %(votes)s votes.",
    "present": "Present: %(members)s members with %(votes)s votes.",
    "counted": "“%(choice)s”: %(members)s members with %(votes)s votes.",
    "silent": "No ballot: %(members)s members with %(votes)s votes.",
    "quorum": "Quorum in %(unit)s: %(have)s %(counts)s of %(base)s %(of)s (%(share)s); "
    "%(bound)s %(part)s is needed, that is %(bound)s %(threshold)s: %(reached)s.",
    "quorum_number": "Quorum in %(unit)s: %(have)s %(counts)s; "
    "%(bound)s %(threshold)s is needed: %(reached)s.",
    "majority": "Majority in %(unit)s for “%(option)s”: %(have)s of %(base)s %(of)s (%(share)s); "
    "%(bound)s %(part)s is needed, that is %(bound)s %(threshold)s: %(reached)s.",
    "nobody": "Nobody voted for “%(option)s”; what nobody wants is not adopted.",
    "second_call": "A second meeting may decide under the rule “%(rule)s”.",
    "tie": "For and against are equal; the rule says: %(tie)s.",
    "tie_break": "The tie is settled “%(choice)s” by %(by)s.",
    "leads": "“%(option)s” has the most %(unit)s of the texts: %(have)s.",
    "texts_tied": "The texts %(options)s are equal; none is chosen.",
    "acclamation": "Nobody of the %(members)s members present asked for a vote.",
    "vote_asked": "A vote was asked for by %(members)s.",
    "withdrawn": "Withdrawn by %(by)s.",
    "held_over": "Held over until %(until)s.",
    "part": "Part “%(part)s”: %(verdict)s.",
    "whole": "What remains was put to a final vote: %(verdict)s.",
}


WORDS = {"all": "on the roll", "cast": "cast", "valid": "valid", "present": "present"}


def shown(value: object) -> str:
    """A number as a clerk writes it: thirds stay thirds.

    >>> shown(Fraction(19684, 3)), shown(Fraction(7)), shown(Fraction(1, 2))
    ('6561 1/3', '7', '1/2')
    """
    if not isinstance(value, Fraction) or value.denominator == 1:
        return str(value)
    whole, rest = divmod(value.numerator, value.denominator)
    part = f"{rest}/{value.denominator}"
    return f"{whole} {part}" if whole else part


@dataclass(frozen=True)
class Line:
    """One line of a reckoning: a stable code, exact values, whether it was reached, the article."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    reached: bool | None = None
    article: str = ""

    def __str__(self) -> str:
        words = {name: shown(value) for name, value in self.values.items()}
        words |= {name: WORDS[words[name]] for name in ("of", "counts") if name in words}
        if "share" in self.values:
            share = self.values["share"]
            words["share"] = "–" if share is None else percent(share)
        if self.reached is not None:
            words["reached"] = "reached" if self.reached else "not reached"
        text = TEMPLATES[self.code] % words
        return f"{text} ({self.article})" if self.article else text


@dataclass(frozen=True)
class Outcome:
    """What was decided, and why. ``option`` is the text adopted, when there was one to choose."""

    verdict: Verdict
    lines: tuple[Line, ...]
    tally: Tally | None = None
    option: str | None = None

    @property
    def passed(self) -> bool:
        """Whether something was adopted; a tie that still has to be settled is not."""
        return self.verdict == "adopted"

    def __str__(self) -> str:
        return "\n".join([f"{self.verdict.replace('_', ' ').capitalize()}.", *map(str, self.lines)])


def needed(amount: Fraction, strict: bool) -> int:
    """The smallest whole number that reaches a bound.

    >>> needed(Fraction(15, 2), True), needed(Fraction(8), True), needed(Fraction(8), False)
    (8, 9, 8)
    """
    return amount.__floor__() + 1 if strict else amount.__ceil__()


def reaches(have: Fraction, threshold: Fraction, strict: bool) -> bool:
    """Exact comparison: more than, or at least."""
    return have > threshold if strict else have >= threshold


def _bound(strict: bool) -> str:
    return "more than" if strict else "at least"


def quorum_line(quorum: Quorum, tally: Tally) -> Line:
    """One quorum, reckoned. Nobody at all is never a quorum."""
    have = tally.taking_part(quorum.unit, quorum.counts)
    base = tally.base(quorum.unit, quorum.of)
    threshold = quorum.part * base if quorum.part else Fraction(quorum.number)
    values = {
        "unit": quorum.unit,
        "have": have,
        "counts": quorum.counts,
        "base": base,
        "of": quorum.of,
        "share": have / base if base else None,
        "part": quorum.part,
        "bound": _bound(quorum.strict),
        "threshold": threshold,
        "needed": needed(threshold, quorum.strict),
    }
    reached = have > 0 and reaches(have, threshold, quorum.strict)
    code = "quorum" if quorum.part else "quorum_number"
    return Line(code, values, reached, quorum.article or tally.rule.article)


def majority_line(majority: Majority, tally: Tally, option: str) -> Line:
    """One majority, reckoned. An option nobody voted for never reaches it: 0 : 0 does not pass."""
    have = tally.amount(majority.unit, option)
    base = tally.base(majority.unit, majority.of)
    threshold = majority.part * base
    values = {
        "unit": majority.unit,
        "option": option,
        "have": have,
        "base": base,
        "of": majority.of,
        "share": have / base if base else None,
        "part": majority.part,
        "bound": _bound(majority.strict),
        "threshold": threshold,
        "needed": needed(threshold, majority.strict),
    }
    reached = have > 0 and reaches(have, threshold, majority.strict)
    return Line("majority", values, reached, majority.article or tally.rule.article)


def count_lines(tally: Tally) -> list[Line]:
    """The count itself: roll, presence, each choice, and who kept silent."""

    def amounts(of: Mapping[Any, Fraction]) -> dict[str, Fraction]:
        return {"members": of["members"], "votes": of["votes"]}

    lines = [Line("roll", amounts(tally.all)), Line("present", amounts(tally.present))]
    for choice, amount in tally.choices.items():
        if choice in tally.options or amount["members"]:
            lines.append(Line("counted", {"choice": choice} | amounts(amount)))
    silent = {"members": tally.silent("members"), "votes": tally.silent("votes")}
    return [*lines, Line("silent", silent)]
