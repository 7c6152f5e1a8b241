"""Questions with more than one text, and motions that are put to the vote in parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from verband.core.errors import DomainError
from verband.core.voting.decide import add_quorums, decide, is_tie, rule_of_call, settle
from verband.core.voting.outcome import Line, Outcome, count_lines, majority_line
from verband.core.voting.roll import SILENT_CHOICES, Ballot, Roll, Tally, count
from verband.core.voting.rules import Rule

NEITHER = "neither"
SOME_TEXT = "one of the texts"


class BadTexts(DomainError):
    """Texts must be there, each once, and not be called what a ballot already says."""

    code = "bad_texts"
    template = "These texts cannot be put to the vote: %(reason)s."


class NoParts(DomainError):
    """A divided motion without parts."""

    code = "no_parts"
    template = "A divided motion needs at least one part."


def decide_between(
    rule: Rule,
    roll: Roll,
    ballots: Iterable[Ballot],
    texts: Sequence[str] = ("proposal", "amended"),
    *,
    method: Literal["own_majority", "two_steps"],
    call: int = 1,
    tie_break: str | None = None,
) -> Outcome:
    """Which of several texts is adopted, or neither.

    Choices on the ballot: one of ``texts``, ``neither``, or ``abstain``, ``blank``, ``invalid``.
    ``own_majority``: a text is adopted only when it reaches every majority by itself; all other
    votes are against it. ``two_steps``: the texts together must reach every majority against
    ``neither``, then the text that leads in every unit the majorities measure is adopted.
    ``tie_break``: the text (or ``neither``) that chair or lot picks when the rule leaves a tie to
    them. ``Outcome.option`` is the adopted text.

    Raises: ``BadTexts``; what ``count`` refuses; ``NoSecondCall``.

    >>> from verband.core.voting.rules import majority
    >>> rule = Rule(name="consultation", majorities=(majority("votes > 1/2 of valid"),))
    >>> roll = Roll.from_votes({"A": 62, "B": 34, "C": 4})
    >>> cast = [Ballot("A", "proposal"), Ballot("B", "amended"), Ballot("C", "neither")]
    >>> decide_between(rule, roll, cast, method="own_majority").option
    'proposal'
    """
    _check_texts(texts)
    active = rule_of_call(rule, call)
    tally = count(active, roll, ballots, (*texts, NEITHER), NEITHER)
    lines = count_lines(tally)
    if add_quorums(active, tally, lines):
        return Outcome("no_quorum", tuple(lines), tally)
    if not any(tally.amount(unit, text) for unit in tally.all for text in texts):
        lines.append(Line("nobody", {"option": SOME_TEXT}))
        return Outcome("rejected", tuple(lines), tally)
    choose = _own_majority if method == "own_majority" else _two_steps
    return choose(active, tally, texts, lines, tie_break)


def _check_texts(texts: Sequence[str]) -> None:
    taken = {NEITHER, SOME_TEXT, *SILENT_CHOICES} & set(texts)
    if not texts:
        raise BadTexts(reason="there are none")
    if len(set(texts)) < len(texts):
        raise BadTexts(reason="one stands twice")
    if taken:
        raise BadTexts(reason=f"“{min(taken)}” is another choice on the ballot")


def _own_majority(
    rule: Rule, tally: Tally, texts: Sequence[str], lines: list[Line], tie_break: str | None
) -> Outcome:
    reckoned = {text: [majority_line(m, tally, text) for m in rule.majorities] for text in texts}
    for of_text in reckoned.values():
        lines += of_text
    passing = [text for text in texts if all(line.reached for line in reckoned[text])]
    if len(passing) == 1:
        return Outcome("adopted", tuple(lines), tally, passing[0])
    level = [text for text in texts if all(map(_reached_or_level, reckoned[text]))]
    if not level:
        return Outcome("rejected", tuple(lines), tally)
    against_one = len(level) == 1 and all(
        line.reached or is_tie(line, tally) for line in reckoned[level[0]]
    )
    if len(level) == 1 and not against_one:
        return Outcome("rejected", tuple(lines), tally)
    return _settled(rule, tally, level, lines, tie_break)


def _reached_or_level(line: Line) -> bool:
    values = line.values
    return bool(
        line.reached
        or (values["have"] > 0 and values["have"] == values["threshold"] == values["base"] / 2)
    )


def _two_steps(
    rule: Rule, tally: Tally, texts: Sequence[str], lines: list[Line], tie_break: str | None
) -> Outcome:
    together = {unit: tally.raw(unit, texts) for unit in tally.all}
    merged = {choice: of for choice, of in tally.choices.items() if choice not in texts}
    first = replace(tally, options=(SOME_TEXT, NEITHER), choices={SOME_TEXT: together} | merged)
    majorities = [majority_line(majority, first, SOME_TEXT) for majority in rule.majorities]
    lines += majorities
    if not all(line.reached for line in majorities):
        if not all(line.reached or is_tie(line, first) for line in majorities):
            return Outcome("rejected", tuple(lines), tally)
        verdict = settle(rule, lines, None if tie_break is None else tie_break != NEITHER)
        if verdict != "adopted":
            could_settle = tuple(_leaders(rule, tally, texts, [])) if verdict == "tied" else ()
            return Outcome(verdict, tuple(lines), tally, None, could_settle)
    leaders = _leaders(rule, tally, texts, lines)
    if len(leaders) == 1:
        return Outcome("adopted", tuple(lines), tally, leaders[0])
    return _settled(rule, tally, leaders, lines, tie_break)


def _leaders(rule: Rule, tally: Tally, texts: Sequence[str], lines: list[Line]) -> Sequence[str]:
    """The texts that lead in some unit of the rule; more than one is a tie."""
    leaders: dict[str, None] = {}
    for unit in dict.fromkeys(majority.unit for majority in rule.majorities):
        most = max(tally.amount(unit, text) for text in texts)
        ahead = [text for text in texts if tally.amount(unit, text) == most]
        leaders.update(dict.fromkeys(ahead))
        lines += [Line("leads", {"option": text, "unit": unit, "have": most}) for text in ahead]
    return list(leaders)


def _settled(
    rule: Rule, tally: Tally, level: Sequence[str], lines: list[Line], tie_break: str | None
) -> Outcome:
    if len(level) > 1:
        lines.append(Line("texts_tied", {"options": ", ".join(level)}))
    known = tie_break in level or tie_break == NEITHER
    in_favour = tie_break in level if known else None
    verdict = settle(rule, lines, in_favour, tie_break or "")
    option = tie_break if verdict == "adopted" else None
    could_settle = tuple(level) if verdict == "tied" else ()
    return Outcome(verdict, tuple(lines), tally, option, could_settle)


PartsVerdict = Literal[
    "adopted", "adopted_in_part", "rejected", "tied", "held_over", "withdrawn", "no_quorum"
]


@dataclass(frozen=True)
class PartsOutcome:
    """What became of a divided motion: the whole, and every part with its own reckoning.

    ``adopted`` names the parts that were adopted, in order.
    """

    verdict: PartsVerdict
    parts: Mapping[str, Outcome]
    adopted: tuple[str, ...]
    lines: tuple[Line, ...]
    whole: Outcome | None = None


def decide_parts(
    rule: Rule,
    roll: Roll,
    parts: Mapping[str, Iterable[Ballot] | Outcome],
    *,
    whole: Iterable[Ballot] | None = None,
) -> PartsOutcome:
    """A motion put to the vote part by part ("first part adopted, second part held over").

    A part is given as its ballots, or as an outcome reached otherwise (held over, withdrawn,
    settled tie). ``whole``: the ballots of a final vote on what remains; when it fails, nothing is
    adopted.

    Raises: ``NoParts``; what ``decide`` refuses.

    >>> from verband.core.voting.procedures import held_over
    >>> from verband.core.voting.rules import majority
    >>> rule = Rule(name="motions", majorities=(majority("votes > 1/2 of valid"),))
    >>> roll = Roll.from_votes({"A": 2, "B": 1})
    >>> decide_parts(rule, roll, {"1": [Ballot("A", "for")],
    ...                           "2": held_over(until="the next meeting")}).verdict
    'adopted_in_part'
    """
    if not parts:
        raise NoParts()
    outcomes = {
        name: part if isinstance(part, Outcome) else decide(rule, roll, part)
        for name, part in parts.items()
    }
    lines = [
        Line("part", {"part": name, "verdict": outcome.verdict})
        for name, outcome in outcomes.items()
    ]
    adopted = tuple(name for name, outcome in outcomes.items() if outcome.passed)
    verdict = _parts_verdict([outcome.verdict for outcome in outcomes.values()])
    final = None
    if whole is not None and adopted and verdict != "tied":
        final = decide(rule, roll, whole)
        lines.append(Line("whole", {"verdict": final.verdict}))
        if not final.passed:
            verdict, adopted = final.verdict, ()
    return PartsOutcome(verdict, outcomes, adopted, tuple(lines), final)


def _parts_verdict(verdicts: Sequence[str]) -> PartsVerdict:
    if "tied" in verdicts:
        return "tied"
    if "adopted" in verdicts:
        return "adopted" if set(verdicts) == {"adopted"} else "adopted_in_part"
    if "held_over" in verdicts:
        return "held_over"
    if set(verdicts) == {"withdrawn"}:
        return "withdrawn"
    return "no_quorum" if "no_quorum" in verdicts and "rejected" not in verdicts else "rejected"


def shares(tally: Tally) -> dict[str, Fraction]:
    """The share of each option in the valid votes, as it is published; 0 when nobody voted.

    >>> from verband.core.voting.rules import majority
    >>> rule = Rule(name="r", majorities=(majority("votes > 1/2 of valid"),))
    >>> shares(count(rule, Roll.from_votes({"A": 3, "B": 1}), [Ballot("A", "for")]))
    {'for': Fraction(1, 1), 'against': Fraction(0, 1)}
    """
    valid = tally.base("votes", "valid")
    return {
        option: tally.amount("votes", option) / valid if valid else Fraction(0)
        for option in tally.options
    }
