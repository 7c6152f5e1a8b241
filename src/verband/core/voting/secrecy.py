"""Does a weighted ballot stay secret? How many members share each weight, and what a total tells.

A weight that only one member holds makes its anonymous ballot a signature; a published total that
only few sets of members can produce tells who voted how.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from verband.core.errors import DomainError
from verband.core.voting.roll import BadWeight


class NobodyToHideAmong(DomainError):
    """A ballot hides among two or more."""

    code = "nobody_to_hide_among"
    template = "A ballot cannot hide in a group of %(floor)s; ask for 2 or more."


@dataclass(frozen=True)
class Secrecy:
    """Who can hide behind whom.

    ``unique``: members whose weight nobody else has. ``smallest``: members in the smallest class of
    equal weight. ``exposed``: members in classes below ``floor``. ``classes``: members by weight.
    """

    unique: tuple[str, ...]
    smallest: int
    exposed: tuple[str, ...]
    floor: int
    classes: Mapping[int, int]

    @property
    def safe(self) -> bool:
        """Whether every member can hide among at least ``floor`` members of equal weight."""
        return not self.exposed


def secrecy(votes: Mapping[str, int], floor: int = 5) -> Secrecy:
    """The anonymity of each weight. Members without votes cast no weighted ballot and are left out.

    Raises: ``BadWeight``, ``NobodyToHideAmong`` when ``floor`` is below 2.
    Source: k-anonymity, Sweeney (2002), Int. J. Uncertainty 10(5):557-570; the weight is the
    quasi-identifier.

    >>> check = secrecy({"A": 75, "B": 75, "C": 7}, floor=2)
    >>> check.unique, check.smallest, check.safe
    (('C',), 1, False)
    """
    if floor < 2:
        raise NobodyToHideAmong(floor=floor)
    for member, weight in votes.items():
        if isinstance(weight, bool) or not isinstance(weight, int) or weight < 0:
            raise BadWeight(what="votes", member=member, value=weight)
    held = {member: weight for member, weight in votes.items() if weight}
    classes = Counter(held.values())
    return Secrecy(
        unique=tuple(sorted(m for m, weight in held.items() if classes[weight] == 1)),
        smallest=min(classes.values(), default=0),
        exposed=tuple(sorted(m for m, weight in held.items() if classes[weight] < floor)),
        floor=floor,
        classes=dict(sorted(classes.items())),
    )


def explanations(votes: Mapping[str, int], total: int) -> int:
    """How many sets of members could have produced this total, exactly.

    A total is safe to publish only when this number is large. Members without votes are left out.
    The count is one coefficient of the product of (1 + x^w), all coefficients kept in one integer
    slot by slot.

    Raises: ``BadWeight``.

    >>> explanations({"A": 4, "B": 2, "C": 1}, 5), explanations({"A": 1, "B": 1, "C": 1}, 1)
    (1, 3)
    """
    weights = [weight for weight in votes.values() if weight]
    secrecy(votes)
    if not 0 <= total <= sum(weights):
        return 0
    slot = len(weights) + 1  # bits; no coefficient exceeds 2^n
    mask = (1 << slot * (total + 1)) - 1
    packed = 1
    for weight in weights:
        packed = (packed + (packed << weight * slot)) & mask
    return packed >> slot * total
