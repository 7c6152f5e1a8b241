"""Voting keys: from inhabitants to votes, as data.

A key is a line of the statutes: "one vote for every (started, completed) thousand inhabitants, at
least 1 and at most 75". The association's report gives the thousand and the cap of 75; it does not
give the rounding or the minimum (De Vierde Dimensie, 2017), so they are always named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any, Literal, get_args

from verband.core.errors import DomainError

Rounding = Literal["down", "nearest", "up"]
WORDS: dict[str, str] = {
    "down": "completed",
    "nearest": "rounded to the nearest",
    "up": "started",
}


class NotAWholeNumber(DomainError):
    """A part of a key, or a number of inhabitants, must be a whole number from some bound up."""

    code = "key_not_a_whole_number"
    template = "%(field)s must be a whole number of %(least)s or more, not %(value)s."


class CapBelowMinimum(DomainError):
    """No number of votes can be both at least the minimum and at most the cap."""

    code = "key_cap_below_minimum"
    template = "The cap of %(cap)s votes lies below the minimum of %(minimum)s votes."


class UnknownRounding(DomainError):
    """A key rounds down, to the nearest, or up; there is nothing else."""

    code = "key_unknown_rounding"
    template = "“%(rounding)s” is not a way of rounding; choose down, nearest or up."


class UnknownKeyField(DomainError):
    """A stored key has a field that no key has."""

    code = "key_unknown_field"
    template = "A voting key has no field “%(field)s”; it has: %(known)s."


class InhabitantsUnknown(DomainError):
    """The key counts inhabitants and the figure is not there."""

    code = "key_inhabitants_unknown"
    template = "The votes of %(member)s cannot be computed: the number of inhabitants is unknown."


def _whole(name: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise NotAWholeNumber(field=name, least=least, value=value)


@dataclass(frozen=True)
class VotingKey:
    """Votes from inhabitants.

    ``per``: inhabitants for one vote; ``None`` gives every member ``minimum`` votes, whatever its
    size. ``rounding``: ``down`` counts completed units, ``up`` started ones, ``nearest`` rounds and
    lifts an exact half. ``minimum`` and ``cap``: fewest and most votes (``cap`` may be ``None``).
    ``fixed``: members whose votes the statutes name themselves; minimum and cap do not touch them.

    Raises: ``NotAWholeNumber``, ``CapBelowMinimum``, ``UnknownRounding``.

    >>> key = VotingKey(per=1000, rounding="down", minimum=1, cap=75)
    >>> [key.votes(n) for n in (919, 1_000, 14_999, 75_999, 844_947)]
    [1, 1, 14, 75, 75]
    >>> VotingKey(per=1000, rounding="up", minimum=1, cap=75).votes(14_001)
    15
    >>> one_member_one_vote().votes(844_947)
    1
    """

    per: int | None = 1000
    rounding: Rounding = "down"
    minimum: int = 1
    cap: int | None = None
    fixed: Mapping[str, int] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.per is not None:
            _whole("per", self.per, 1)
        _whole("minimum", self.minimum, 0)
        if self.cap is not None:
            _whole("cap", self.cap, 0)
            if self.cap < self.minimum:
                raise CapBelowMinimum(cap=self.cap, minimum=self.minimum)
        if self.rounding not in get_args(Rounding):
            raise UnknownRounding(rounding=self.rounding)
        for member, votes in self.fixed.items():
            _whole(f"fixed votes of {member}", votes, 0)

    def votes(self, inhabitants: int | None, member: str = "") -> int:
        """The votes of one member.

        Raises: ``InhabitantsUnknown`` when the figure is needed and is ``None``;
        ``NotAWholeNumber`` when it is negative or not whole.
        """
        if member in self.fixed:
            return self.fixed[member]
        if self.per is None:
            return self.minimum
        if inhabitants is None:
            raise InhabitantsUnknown(member=member or "this member")
        if type(inhabitants) is not int or inhabitants < 0:  # asked of ten thousand members
            _whole("inhabitants", inhabitants, 0)
        lift = 0
        if self.rounding != "down":
            lift = self.per if self.rounding == "nearest" else 2 * (self.per - 1)
        counted = (2 * inhabitants + lift) // (2 * self.per)
        return max(self.minimum, counted if self.cap is None else min(self.cap, counted))

    def as_mapping(self) -> dict[str, Any]:
        """The key as plain data, ready for JSON; ``from_mapping`` reads it back."""
        return {part.name: getattr(self, part.name) for part in fields(self)} | {
            "fixed": dict(self.fixed)
        }

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "VotingKey":
        """A key from stored data; absent fields get the ordinary value.

        Raises: ``UnknownKeyField``, and what a key refuses.

        >>> VotingKey.from_mapping({"per": 1000, "cap": 75}).votes(90_000)
        75
        """
        known = [part.name for part in fields(cls)]
        for name in data:
            if name not in known:
                raise UnknownKeyField(field=name, known=", ".join(known))
        return cls(**data)

    def __str__(self) -> str:
        """The key in words.

        >>> str(VotingKey(per=1000, rounding="up", minimum=1, cap=75))
        '1 vote per 1,000 inhabitants (started), at least 1, at most 75'
        """
        if self.per is None:
            text = f"{self.minimum} {'vote' if self.minimum == 1 else 'votes'} per member"
        else:
            text = f"1 vote per {self.per:,} inhabitants ({WORDS[self.rounding]})"
            text += f", at least {self.minimum}"
            text += f", at most {self.cap}" if self.cap is not None else ""
        return text + (f", {len(self.fixed)} fixed by name" if self.fixed else "")


def one_member_one_vote() -> VotingKey:
    """Every member, large or small, has one vote."""
    return VotingKey(per=None, minimum=1)


def fixed_votes(votes: Mapping[str, int]) -> VotingKey:
    """Votes by name; a member that is not named has none.

    >>> fixed_votes({"Utrecht": 3}).votes(None, "Utrecht"), fixed_votes({}).votes(None, "Bunnik")
    (3, 0)
    """
    return VotingKey(per=None, minimum=0, fixed=dict(votes))


@dataclass(frozen=True)
class KeyResult:
    """What one key does to an association.

    ``votes`` by member; ``total`` their sum; ``at_cap`` and ``lifted`` the numbers of members held
    down by the cap and lifted to the minimum; ``largest`` the votes of the largest member and
    ``largest_share`` their share of all (0 when there are no votes at all).
    """

    name: str
    key: VotingKey
    votes: Mapping[str, int]
    total: int
    at_cap: int
    lifted: int
    largest: int
    largest_share: Fraction


def apply_key(key: VotingKey, inhabitants: Mapping[str, int], name: str = "") -> KeyResult:
    """The votes of every member under one key. Inhabitants by member.

    >>> apply_key(VotingKey(per=1000, cap=75), {"Vlieland": 919, "Utrecht": 343_038}).total
    76
    """
    votes = {member: key.votes(number, member) for member, number in inhabitants.items()}
    unbound = VotingKey(key.per, key.rounding, 0) if key.per is not None else None
    natural = {
        member: unbound.votes(number)
        for member, number in inhabitants.items()
        if unbound is not None and member not in key.fixed
    }
    total, largest = sum(votes.values()), max(votes.values(), default=0)
    return KeyResult(
        name=name or str(key),
        key=key,
        votes=votes,
        total=total,
        at_cap=sum(votes[member] < number for member, number in natural.items()),
        lifted=sum(votes[member] > number for member, number in natural.items()),
        largest=largest,
        largest_share=Fraction(largest, total) if total else Fraction(0),
    )


def compare_keys(
    keys: Mapping[str, VotingKey], inhabitants: Mapping[str, int]
) -> tuple[KeyResult, ...]:
    """Several keys side by side, on the same figures, in the order given.

    >>> down, up = compare_keys({"down": VotingKey(), "up": VotingKey(rounding="up")}, {"A": 1500})
    >>> down.total, up.total
    (1, 2)
    """
    return tuple(apply_key(key, inhabitants, name) for name, key in keys.items())
