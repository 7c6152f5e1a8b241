"""A weighted vote: votes per member and the number of votes that passes a motion.

Refusals stand here, beside the rule that refuses; quotas are read from the words a statute uses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import index

from verband.core.errors import DomainError

QUOTA = re.compile(
    r"(?P<above>[+-]?\d{1,30})(?:/(?P<below>\d{1,30})|[.,](?P<part>\d{1,30}))?"
    r"\s*(?P<percent>%)?\s*(?P<more>\+)?"
)


class NoMembers(DomainError):
    """A vote without members has no outcome."""

    code = "no_members_in_game"
    template = "There are no members. Give at least one member with one vote."


class VotesNotWhole(DomainError):
    """Votes are counted, so they are whole numbers."""

    code = "votes_not_whole"
    template = "Member %(place)s has %(votes)s votes. Votes are whole numbers: 0, 1, 2, ..."


class NegativeVotes(DomainError):
    """A member cannot vote against itself."""

    code = "negative_votes"
    template = "Member %(place)s has %(votes)s votes. Give 0 votes or more."


class NoVotes(DomainError):
    """All members have zero votes."""

    code = "no_votes"
    template = "All members together have 0 votes. Give at least one member a vote."


class QuotaOutOfRange(DomainError):
    """A quota nobody can miss, or nobody can reach, is no rule."""

    code = "quota_out_of_range"
    template = "A quota of %(quota)s is impossible with %(total)s in all. Use 1 to %(total)s."


class QuotaUnreadable(DomainError):
    """A quota is a number, a share, or "more than" a share."""

    code = "quota_unreadable"
    template = (
        "“%(text)s” is not a quota. Write a number (6411), a share that is enough (2/3 or 60%%), "
        "or a share that must be passed (1/2+)."
    )


def quota_of(text: str | int, total: int) -> int:
    """The fewest votes that are enough, out of ``total``.

    ``text`` is a whole number of votes (``6411``), a share that is enough (``2/3``, ``60%``,
    ``0.6``), or either followed by ``+``: strictly more than that.

    Raises: ``QuotaUnreadable``, ``QuotaOutOfRange``.

    >>> quota_of("2/3", 12821), quota_of("1/2+", 12821), quota_of("1/2+", 100), quota_of(7, 100)
    (8548, 6411, 51, 7)
    """
    found = QUOTA.fullmatch(str(text).strip())
    if found is None or (found["below"] is not None and int(found["below"]) == 0):
        raise QuotaUnreadable(text=str(text).strip()[:40])
    share = Fraction(int(found["above"]), int(found["below"] or 1))
    if found["part"]:
        share = Fraction(f"{found['above']}.{found['part']}")
    share_of_total = bool(found["below"] or found["part"] or found["percent"])
    if share_of_total:
        share *= Fraction(total, 100 if found["percent"] else 1)
    quota = share.__floor__() + 1 if found["more"] else share.__ceil__()
    if not 1 <= quota <= total:
        raise QuotaOutOfRange(quota=str(text).strip(), total=total)
    return quota


@dataclass(frozen=True)
class WeightedGame:
    """Votes per member (in votes) and the quota: a motion passes with ``quota`` votes or more.

    A member with 0 votes is allowed and has no power.

    Raises: ``NoMembers``, ``VotesNotWhole`` (also for NaN), ``NegativeVotes``, ``NoVotes``,
    ``QuotaOutOfRange``.

    >>> WeightedGame((4, 4, 4, 2, 2, 1), quota=12).total
    17
    >>> WeightedGame((1, 2), quota=4)
    Traceback (most recent call last):
    verband.core.power.game.QuotaOutOfRange: A quota of 4 is impossible with 3 in all. Use 1 to 3.
    """

    votes: tuple[int, ...]
    quota: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "votes", whole_votes(self.votes))
        if not 1 <= self.quota <= self.total:
            raise QuotaOutOfRange(quota=self.quota, total=self.total)

    @property
    def total(self) -> int:
        """All votes together."""
        return sum(self.votes)

    @property
    def enough_to_block(self) -> int:
        """The fewest votes against, or missing, that stop a motion."""
        return self.total - self.quota + 1


def whole_votes(votes: Sequence[int]) -> tuple[int, ...]:
    """The votes, checked: whole, not negative, not all zero.

    Raises: ``NoMembers``, ``VotesNotWhole``, ``NegativeVotes``, ``NoVotes``.

    >>> whole_votes([2, 0, 1])
    (2, 0, 1)
    """
    if not votes:
        raise NoMembers()
    checked = []
    for place, value in enumerate(votes, start=1):
        try:
            whole = index(value)
        except TypeError as wrong:
            raise VotesNotWhole(place=place, votes=value) from wrong
        if whole < 0:
            raise NegativeVotes(place=place, votes=whole)
        checked.append(whole)
    if not any(checked):
        raise NoVotes()
    return tuple(checked)
