"""Who answered what, with how many votes, and in which segments they stand.

Everything in this package starts from ``Replies``: columns of numbers in an order that does not
depend on the order of the rows, so that a seed always gives the same result.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Protocol

import numpy as np
import numpy.typing as npt

from verband.core.errors import DomainError

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FOR, NEITHER, AGAINST = 1, 0, -1
MOST_VOTES = 2**53  # above this a double no longer tells whole numbers apart


class NoMembers(DomainError):
    """There is nobody to ask."""

    code = "no_members"
    template = "There are no members in this question."


class MemberTwice(DomainError):
    """A member can answer once."""

    code = "member_twice"
    template = "%(member)s is listed twice."


class VotesRefused(DomainError):
    """Votes are exact and not negative."""

    code = "votes_refused"
    template = "The votes of %(member)s are %(votes)s; use a whole number or a fraction of 0 or up."


class TooManyVotes(DomainError):
    """The statistics would lose votes by rounding."""

    code = "too_many_votes"
    template = "Together the members have more than %(most)s votes, in the smallest unit needed."


class NobodyHasVotes(DomainError):
    """A share of zero votes has no meaning."""

    code = "nobody_has_votes"
    template = "Together the members have no votes."


class UnknownAnswer(DomainError):
    """An answer that is neither support, nor opposition, nor a known abstention."""

    code = "unknown_answer"
    template = "The answer “%(answer)s” of %(member)s is not one of: %(known)s."


class ScaleRefused(DomainError):
    """A scale runs from a lower to a higher whole number, with at most a hundred steps."""

    code = "scale_refused"
    template = "A scale from %(low)s to %(high)s is not possible."


@dataclass(frozen=True, slots=True)
class Reply:
    """One member: ``answer`` is ``None`` as long as there is none; ``segments`` by dimension.

    A member may stand in several segments of one dimension (networks overlap), or in none.
    """

    member: str
    answer: str | None
    votes: int | Fraction = 1
    segments: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Question(Protocol):
    """What an answer means: an ordered list of categories, and the side each one takes."""

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories, from most against to most in favour."""

    @property
    def sides(self) -> tuple[int, ...]:
        """For each category ``FOR``, ``AGAINST`` or ``NEITHER``."""

    @property
    def is_scale(self) -> bool:
        """Whether distances between the categories have a meaning."""

    def category(self, answer: str) -> int | None:
        """The place of an answer among the categories, or ``None`` if it is not known."""


@dataclass(frozen=True)
class Words:
    """A question answered with words; comparison ignores case and outer spaces.

    ``neither`` is ``None`` when every other answer takes no side, as with a choice of three.

    >>> Words().category("Ja"), Words().category("tegen"), Words().category("misschien")
    (2, 0, None)
    >>> Words(support=("proposal",), oppose=("neither",), neither=None).category("amended")
    1
    """

    support: tuple[str, ...] = ("yes", "ja", "for", "voor", "agree", "eens")
    oppose: tuple[str, ...] = ("no", "nee", "against", "tegen", "disagree", "oneens")
    neither: tuple[str, ...] | None = (
        "abstain",
        "abstention",
        "onthouding",
        "onthouden",
        "blank",
        "blanco",
        "neutral",
        "neutraal",
    )

    categories: tuple[str, ...] = field(default=("against", "neither", "for"), init=False)
    sides: tuple[int, ...] = field(default=(AGAINST, NEITHER, FOR), init=False)
    is_scale: bool = field(default=False, init=False)

    def category(self, answer: str) -> int | None:
        word = answer.strip().casefold()
        for place, words in ((2, self.support), (0, self.oppose)):
            if word in {known.strip().casefold() for known in words}:
                return place
        if self.neither is None:
            return 1
        return 1 if word in {known.strip().casefold() for known in self.neither} else None


@dataclass(frozen=True)
class Scale:
    """A question answered on a scale; above the middle is support, the middle takes no side.

    >>> Scale(1, 5).sides
    (-1, -1, 0, 1, 1)
    >>> Scale(1, 5).category("4"), Scale(1, 5).category("6")
    (3, None)
    """

    low: int
    high: int
    is_scale: bool = field(default=True, init=False, repr=False)

    def __post_init__(self) -> None:
        if not 1 <= self.high - self.low <= 100:
            raise ScaleRefused(low=self.low, high=self.high)

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(str(step) for step in range(self.low, self.high + 1))

    @property
    def sides(self) -> tuple[int, ...]:
        doubled = [2 * step - self.low - self.high for step in range(self.low, self.high + 1)]
        return tuple((step > 0) - (step < 0) for step in doubled)

    def category(self, answer: str) -> int | None:
        try:
            step = int(answer.strip())
        except ValueError:
            return None
        return step - self.low if self.low <= step <= self.high else None


@dataclass(frozen=True)
class Dimension:
    """One way to divide the members: ``membership[s, m]`` says whether member m stands in s.

    ``is_partition`` when every member stands in exactly one segment; otherwise (networks) each
    segment is held against all the members outside it.
    """

    name: str
    segments: tuple[str, ...]
    membership: Flags
    is_partition: bool


@dataclass(frozen=True)
class Replies:
    """All replies as columns, members in alphabetical order.

    ``votes`` are whole numbers of ``unit`` votes each. ``category`` is -1 where nothing was
    answered; ``sides`` and ``categories`` come from the question.
    """

    members: tuple[str, ...]
    votes: Integers
    category: Integers
    dimensions: tuple[Dimension, ...]
    categories: tuple[str, ...]
    sides: tuple[int, ...]
    is_scale: bool
    unit: Fraction = Fraction(1)

    @property
    def answered(self) -> Flags:
        """Whether each member answered, taking a side or not."""
        return self.category >= 0

    @property
    def side(self) -> Integers:
        """The side of each member; ``NEITHER`` also for who did not answer."""
        lookup = np.array([*self.sides, NEITHER], dtype=np.int64)
        return lookup[self.category]

    def with_swapped(self, chosen: Flags) -> "Replies":
        """The same replies with the answers of the chosen members mirrored: for becomes against."""
        mirrored = len(self.categories) - 1 - self.category
        return replace(self, category=np.where(chosen & self.answered, mirrored, self.category))


def collect(replies: Iterable[Reply], question: Question | None = None) -> Replies:
    """Replies as columns, checked.

    A dimension that some reply does not mention has no segment for that member.

    Raises: ``NoMembers``, ``MemberTwice``, ``VotesRefused``, ``TooManyVotes``, ``NobodyHasVotes``,
    ``UnknownAnswer``.

    >>> found = collect([Reply("Bunnik", "yes", 15, {"size": ["small"]}),
    ...                  Reply("Almere", None, 75, {"size": ["large"]})])
    >>> found.members, found.votes.tolist(), found.side.tolist()
    (('Almere', 'Bunnik'), [75, 15], [0, 1])
    >>> found.dimensions[0].is_partition
    True
    """
    question = question or Words()
    ordered = sorted(replies, key=lambda reply: reply.member)
    if not ordered:
        raise NoMembers()
    for before, after in pairwise(ordered):
        if before.member == after.member:
            raise MemberTwice(member=after.member)
    votes, unit = _whole_votes(ordered)
    return Replies(
        members=tuple(reply.member for reply in ordered),
        votes=votes,
        category=np.array([_category(reply, question) for reply in ordered], dtype=np.int64),
        dimensions=_dimensions(ordered),
        categories=question.categories,
        sides=question.sides,
        is_scale=question.is_scale,
        unit=unit,
    )


def _category(reply: Reply, question: Question) -> int:
    if reply.answer is None or not reply.answer.strip():
        return -1
    place = question.category(reply.answer)
    if place is None:
        known = ", ".join(question.categories)
        raise UnknownAnswer(member=reply.member, answer=reply.answer, known=known)
    return place


def _whole_votes(replies: Sequence[Reply]) -> tuple[Integers, Fraction]:
    for reply in replies:
        exact = isinstance(reply.votes, (int, Fraction)) and not isinstance(reply.votes, bool)
        if not exact or reply.votes < 0:
            raise VotesRefused(member=reply.member, votes=reply.votes)
    parts = lcm(*(Fraction(reply.votes).denominator for reply in replies))
    whole = [int(reply.votes * parts) for reply in replies]
    if sum(whole) > MOST_VOTES:
        raise TooManyVotes(most=MOST_VOTES)
    if sum(whole) == 0:
        raise NobodyHasVotes()
    return np.array(whole, dtype=np.int64), Fraction(1, parts)


def _dimensions(replies: Sequence[Reply]) -> tuple[Dimension, ...]:
    names = dict.fromkeys(name for reply in replies for name in reply.segments)
    return tuple(_dimension(name, replies) for name in names)


def _dimension(name: str, replies: Sequence[Reply]) -> Dimension:
    held = [set(reply.segments.get(name, ())) for reply in replies]
    segments = tuple(sorted(set().union(*held)))
    place = {segment: row for row, segment in enumerate(segments)}
    membership = np.zeros((len(segments), len(replies)), dtype=np.bool_)
    for column, own in enumerate(held):
        for segment in own:
            membership[place[segment], column] = True
    is_partition = bool((membership.sum(axis=0) == 1).all())
    return Dimension(name, segments, membership, is_partition)
