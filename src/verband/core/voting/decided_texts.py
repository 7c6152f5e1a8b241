"""Is it decided already which of several texts, if any, will be adopted?

Voting for a text helps that text and hurts every other; voting for neither is the worst for all
texts at once. So every single condition is at its extreme when all who are out do the same, and
trying each choice for all of them decides exactly, as for a question of for and against.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from verband.core.voting.choices import NEITHER, decide_between
from verband.core.voting.decided import out_of
from verband.core.voting.outcome import Outcome
from verband.core.voting.roll import SILENT_CHOICES, Ballot, Roll
from verband.core.voting.rules import Rule


@dataclass(frozen=True)
class TextsStanding:
    """Where a choice between texts stands before it closes.

    ``now``: the outcome if it closed this moment. ``answer``: ``adopted`` (the same text for
    certain, ``option``), ``not_adopted`` (no text can be), or ``open``. ``can_win``: the texts that
    can still be adopted. ``outstanding``: the members that can still vote.
    """

    now: Outcome
    answer: Literal["adopted", "not_adopted", "open"]
    option: str | None
    can_win: tuple[str, ...]
    outstanding: tuple[str, ...]
    outstanding_votes: int


def standing_between(
    rule: Rule,
    roll: Roll,
    ballots: Iterable[Ballot],
    texts: Sequence[str] = ("proposal", "amended"),
    *,
    method: Literal["own_majority", "two_steps"],
    call: int = 1,
) -> TextsStanding:
    """Whether the ballots still out can change which text is adopted.

    Out are the members without a ballot, as in ``standing``; a tie left to chair or lot is open.

    Raises: what ``decide_between`` refuses.

    >>> from verband.core.voting.rules import majority
    >>> rule = Rule(name="r", majorities=(majority("votes > 1/2 of valid"),))
    >>> roll = Roll.from_votes({"A": 50, "B": 40, "C": 15})
    >>> at = standing_between(rule, roll, [Ballot("A", "proposal"), Ballot("B", "amended")],
    ...                       method="own_majority")
    >>> at.answer, at.can_win
    ('open', ('proposal', 'amended'))
    """
    cast = list(ballots)
    out = out_of(roll, cast)

    def completed(choice: str | None) -> Outcome:
        more = [Ballot(member, choice) for member in out] if choice else []
        return decide_between(rule, roll, [*cast, *more], texts, method=method, call=call)

    now = completed(None)
    by_choice = {choice: completed(choice) for choice in (*texts, NEITHER, *SILENT_CHOICES)}
    can_win = tuple(
        text
        for text in texts
        if by_choice[text].option == text or text in by_choice[text].could_settle
    )
    options = {outcome.option for outcome in (now, *by_choice.values())}
    certain = options.pop() if len(options) == 1 else None
    return TextsStanding(
        now=now,
        answer="adopted" if certain else "open" if can_win else "not_adopted",
        option=certain,
        can_win=can_win,
        outstanding=tuple(out),
        outstanding_votes=roll.total("votes", out),
    )
