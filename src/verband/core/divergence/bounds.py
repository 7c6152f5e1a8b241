"""Layer 1: what is certain without any statistics, while answers are still out.

Exact. The majority here is one of the votes cast, so who takes no side counts for neither. The
rules of an association with quorums and other bases are decided in ``verband.core.voting``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from verband.core.divergence.replies import AGAINST, FOR, Flags, Integers, Replies
from verband.core.errors import DomainError

Status = Literal["carried", "rejected", "open"]
HALF = Fraction(1, 2)


class MajorityRefused(DomainError):
    """A majority is a share of the votes cast from one half up to, not including, one."""

    code = "majority_refused"
    template = "A majority of more than %(majority)s of the votes cast is not possible."


@dataclass(frozen=True)
class Standing:
    """How a question stands, in members or in votes.

    ``outstanding`` is the weight of who has not answered; ``neither`` answered without a side.
    """

    yes: int | Fraction
    no: int | Fraction
    neither: int | Fraction
    outstanding: int | Fraction

    @property
    def support(self) -> Fraction | None:
        """The share of yes among who took a side so far; ``None`` when nobody did."""
        cast = self.yes + self.no
        return Fraction(self.yes) / cast if cast else None

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """Lowest and highest support still possible (Manski 2003): all outstanding no, or yes.

        >>> Standing(yes=30, no=20, neither=5, outstanding=50).bounds
        (Fraction(3, 10), Fraction(4, 5))
        """
        total = self.yes + self.no + self.outstanding
        if not total:
            return None
        return Fraction(self.yes) / total, Fraction(self.yes + self.outstanding) / total

    def status(self, majority: Fraction = HALF) -> Status:
        """Whether it is decided already: carried needs more than ``majority`` of the votes cast.

        A tie is not a majority, so a question on which all abstain is rejected.

        >>> Standing(yes=51, no=30, neither=0, outstanding=20).status()
        'carried'
        >>> Standing(yes=50, no=30, neither=0, outstanding=20).status()
        'open'
        """
        total = self.yes + self.no + self.outstanding
        if self.yes > majority * total:
            return "carried"
        return "rejected" if self.yes + self.outstanding <= majority * total else "open"

    def carries_now(self, majority: Fraction = HALF) -> bool:
        """The outcome if nobody else answers."""
        return self.yes > majority * (self.yes + self.no)

    def needed(self, majority: Fraction = HALF) -> Fraction | None:
        """The share of the outstanding weight that must exceed this to carry, if all vote.

        ``None`` when it is decided already or nothing is outstanding.

        >>> Standing(yes=30, no=20, neither=0, outstanding=50).needed()
        Fraction(2, 5)
        """
        if not self.outstanding or self.status(majority) != "open":
            return None
        total = self.yes + self.no + self.outstanding
        return (majority * total - self.yes) / Fraction(self.outstanding)


def check_majority(majority: Fraction) -> Fraction:
    """The majority itself, if it is one.

    >>> check_majority(Fraction(2, 3))
    Fraction(2, 3)
    >>> check_majority(Fraction(1, 3))
    Traceback (most recent call last):
    verband.core.divergence.bounds.MajorityRefused: A majority of more than 1/3 of the votes cast \
is not possible.
    """
    if not HALF <= majority < 1:
        raise MajorityRefused(majority=majority)
    return majority


def standing(
    replies: Replies,
    *,
    weights: Integers | None = None,
    among: Flags | None = None,
    unit: Fraction = Fraction(1),
) -> Standing:
    """How a question stands among some members (all, unless stated).

    Without ``weights`` every member counts once; ``unit`` is the value of one unit of weight.
    """
    chosen = np.ones(len(replies.members), dtype=np.bool_) if among is None else among
    counted = np.ones(len(replies.members), dtype=np.int64) if weights is None else weights

    def total(flags: Flags) -> int | Fraction:
        amount = int(counted[chosen & flags].sum()) * unit
        return int(amount) if amount.denominator == 1 else amount

    side, answered = replies.side, replies.answered
    return Standing(
        yes=total(side == FOR),
        no=total(side == AGAINST),
        neither=total(answered & (side != FOR) & (side != AGAINST)),
        outstanding=total(~answered),
    )


def fewest_to_flip(
    standing: Standing, outstanding: Sequence[int | Fraction], majority: Fraction = HALF
) -> int | None:
    """The fewest members still out who can turn the present outcome, the others staying away.

    ``outstanding`` holds their votes. ``None`` when they cannot. The heaviest come first, which is
    never worse than any other choice because each only moves the tally one way.

    >>> fewest_to_flip(Standing(yes=30, no=20, neither=0, outstanding=23), [1, 3, 5, 7, 7])
    2
    """
    yes, no = Fraction(standing.yes), Fraction(standing.no)
    carried = standing.carries_now(majority)
    for used, votes in enumerate(sorted(outstanding, reverse=True), 1):
        yes, no = (yes, no + votes) if carried else (yes + votes, no)
        if (yes > majority * (yes + no)) != carried:
            return used
    return None


def margin(
    standing: Standing, cast: Sequence[tuple[int, int | Fraction]], majority: Fraction = HALF
) -> int | None:
    """The fewest members who answered and would have to change side to turn the outcome.

    ``cast`` holds side and votes of who answered. ``None`` when no number of them can.

    >>> margin(Standing(yes=30, no=20, neither=0, outstanding=0),
    ...        [(1, 10), (1, 15), (1, 5), (-1, 20)])
    1
    """
    yes, no = Fraction(standing.yes), Fraction(standing.no)
    carried = standing.carries_now(majority)
    switching = FOR if carried else AGAINST
    heaviest = sorted((votes for side, votes in cast if side == switching), reverse=True)
    for used, votes in enumerate(heaviest, 1):
        yes, no = (yes - votes, no + votes) if carried else (yes + votes, no - votes)
        if (yes > majority * (yes + no)) != carried:
            return used
    return None
