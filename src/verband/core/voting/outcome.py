"""An outcome: what was decided and every line of the reckoning, with numbers and article."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from verband.core.compute.writing import percent
from verband.core.voting.roll import Tally
from verband.core.voting.rules import Majority, Quorum
from verband.core.wording import gettext_noop

Verdict = Literal["adopted", "rejected", "no_quorum", "tied", "held_over", "withdrawn"]


# Every value a sentence names is in Line.values.
TEMPLATES = {
    "roll": gettext_noop("On the roll: %(members)s with %(votes)s."),
    "present": gettext_noop("Present: %(members)s with %(votes)s."),
    "counted": gettext_noop("“%(choice)s”: %(members)s with %(votes)s."),
    "silent": gettext_noop("No ballot: %(members)s with %(votes)s."),
    "quorum": gettext_noop(
        "Quorum in %(unit)s: %(have)s %(counts)s of %(base)s %(of)s (%(share)s); "
        "%(bound)s %(part)s is needed, that is %(bound)s %(threshold)s: %(reached)s."
    ),
    "quorum_number": gettext_noop(
        "Quorum in %(unit)s: %(have)s %(counts)s; %(bound)s %(threshold)s is needed: %(reached)s."
    ),
    "majority": gettext_noop(
        "Majority in %(unit)s for “%(option)s”: %(have)s of %(base)s %(of)s (%(share)s); "
        "%(bound)s %(part)s is needed, that is %(bound)s %(threshold)s: %(reached)s."
    ),
    "nobody": gettext_noop("Nobody voted for “%(option)s”; what nobody wants is not adopted."),
    "second_call": gettext_noop("A second meeting may decide under the rule “%(rule)s”."),
    "tie": gettext_noop("For and against are equal; the rule says: %(tie)s."),
    "tie_break": gettext_noop("The tie is settled “%(choice)s” by %(by)s."),
    "leads": gettext_noop("“%(option)s” has the most %(unit)s of the texts: %(have)s."),
    "texts_tied": gettext_noop("The texts %(options)s are equal; none is chosen."),
    "acclamation": gettext_noop("Present: %(members)s; nobody asked for a vote."),
    "withdrawn": gettext_noop("Withdrawn by %(by)s."),
    "held_over": gettext_noop("Held over until %(until)s."),
    "part": gettext_noop("Part “%(part)s”: %(verdict)s."),
    "whole": gettext_noop("What remains was put to a final vote: %(verdict)s."),
}

# An amount with its unit: one of it, any other number of it.
COUNTED = {
    "members": (gettext_noop("%(number)s member"), gettext_noop("%(number)s members")),
    "votes": (gettext_noop("%(number)s vote"), gettext_noop("%(number)s votes")),
    "inhabitants": (gettext_noop("%(number)s inhabitant"), gettext_noop("%(number)s inhabitants")),
}

# The words that stand inside the sentences, by the value they show.
WORDS = {
    "members": gettext_noop("members"),
    "votes": gettext_noop("votes"),
    "inhabitants": gettext_noop("inhabitants"),
    "all": gettext_noop("on the roll"),
    "present": gettext_noop("present"),
    "cast": gettext_noop("cast"),
    "valid": gettext_noop("valid"),
    "more than": gettext_noop("more than"),
    "at least": gettext_noop("at least"),
    "adopted": gettext_noop("adopted"),
    "rejected": gettext_noop("rejected"),
    "no_quorum": gettext_noop("no quorum"),
    "tied": gettext_noop("tied"),
    "held_over": gettext_noop("held over"),
    "withdrawn": gettext_noop("withdrawn"),
    "casting_vote": gettext_noop("the chair's casting vote"),
    "lot": gettext_noop("lot"),
}
CHOICES = {
    "for": gettext_noop("for"),
    "against": gettext_noop("against"),
    "abstain": gettext_noop("abstain"),
    "blank": gettext_noop("blank"),
    "invalid": gettext_noop("invalid"),
    "neither": gettext_noop("neither"),
    "none": gettext_noop("none of the candidates"),
    "one of the texts": gettext_noop("one of the texts"),
}
REACHED = {True: gettext_noop("reached"), False: gettext_noop("not reached")}
IN_WORDS = dict.fromkeys(("unit", "of", "counts", "bound", "verdict", "tie", "by"), WORDS)
IN_WORDS |= dict.fromkeys(("option", "choice"), CHOICES)


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


def counted(unit: str, amount: int | Fraction, translate: Callable[[str], str] = str) -> str:
    """An amount with its unit, as people say it, in the language of ``translate``.

    >>> counted("members", 1), counted("votes", 0), counted("votes", Fraction(1, 2))
    ('1 member', '0 votes', '1/2 votes')
    """
    one, more = COUNTED[unit]
    return translate(one if amount == 1 else more) % {"number": shown(amount)}


@dataclass(frozen=True)
class Line:
    """One line of a reckoning: a stable code, exact values, whether it was reached, the article."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    reached: bool | None = None
    article: str = ""

    def __str__(self) -> str:
        return self.say()

    def say(self, translate: Callable[[str], str] = str, decimal_mark: str = ".") -> str:
        """The line as a sentence, in the language of ``translate``.

        >>> line = Line("tie", {"tie": "held_over"}, article="art. 9")
        >>> print(line)
        For and against are equal; the rule says: held over. (art. 9)
        >>> print(Line("silent", {"members": 1, "votes": 63}))
        No ballot: 1 member with 63 votes.
        """
        words = {
            name: counted(name, value, translate) if name in COUNTED else shown(value)
            for name, value in self.values.items()
        }
        for name in IN_WORDS.keys() & words.keys():
            known = IN_WORDS[name].get(words[name])
            words[name] = words[name] if known is None else translate(known)
        if "share" in self.values:
            share = self.values["share"]
            words["share"] = "–" if share is None else percent(share).replace(".", decimal_mark)
        if self.reached is not None:
            words["reached"] = translate(REACHED[self.reached])
        text = translate(TEMPLATES[self.code]) % words
        return f"{text} ({self.article})" if self.article else text


@dataclass(frozen=True)
class Outcome:
    """What was decided, and why.

    ``option`` is the text adopted, when there was one to choose; ``could_settle`` the texts between
    which chair or lot may still settle a tie.
    """

    verdict: Verdict
    lines: tuple[Line, ...]
    tally: Tally | None = None
    option: str | None = None
    could_settle: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether something was adopted; a tie that still has to be settled is not."""
        return self.verdict == "adopted"

    def __str__(self) -> str:
        return "\n".join([f"{WORDS[self.verdict].capitalize()}.", *map(str, self.lines)])


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
