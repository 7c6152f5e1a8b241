"""What happened, as lines that lead somewhere: shared by the pages about change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.text import capfirst

from verband.bodies.queries.changes import Change
from verband.bodies.queries.words import Named
from verband.ui.component import Component, Link
from verband.ui.reading import Reading


@dataclass(frozen=True)
class Line(Component):
    """One thing that happened; ``where`` is said last."""

    text: str
    where: Link | None = None
    count: int = 1

    @property
    def words(self) -> str:
        """The line as plain text."""
        text = f"{self.text} {self.where.label}" if self.where else self.text
        return f"{text} ({self.count}×)" if self.count > 1 else text


@dataclass(frozen=True)
class Lines(Component):
    """Several things that happened to one thing on one day."""

    lines: tuple[Line, ...]

    @property
    def words(self) -> str:
        """The lines as plain text."""
        return "; ".join(line.words for line in self.lines)


@dataclass(slots=True)
class Group:
    """What happened to one thing on one day."""

    about: Named
    changes: list[Change] = field(default_factory=list)


def link_to(named: Named, reading: Reading) -> Link:
    """A thing in words, with its address when it has a page."""
    if not named.page:
        return Link(capfirst(named.label))
    path = reverse(named.page, args=[named.key] if named.key else [])
    return Link(capfirst(named.label), reading.link(path))


def grouped(changes: Iterable[Change]) -> list[Group]:
    """The changes per day and thing, in the order in which the things come."""
    found: dict[tuple[object, Named], Group] = {}
    for change in changes:
        key = (change.day, change.told.about)
        found.setdefault(key, Group(change.told.about)).changes.append(change)
    return list(found.values())


def lines_of(group: Group, reading: Reading) -> Lines:
    """What happened to one thing, the same things counted."""
    counted = Counter((change.told.text, change.told.where) for change in told_once(group.changes))
    return Lines(
        tuple(
            Line(text, link_to(where, reading) if where else None, count)
            for (text, where), count in counted.items()
        )
    )


def told_once(changes: Sequence[Change]) -> list[Change]:
    """Without what another line of the same day tells already.

    A body that begins is described that day; an organisation that is followed by another ends.
    """
    kinds = {(change.kind, change.turn) for change in changes}
    said = {
        ("bodyfact", turn)
        for kind, turn in kinds
        if kind == "bodyterm" and turn in ("begins", "ends")
    }
    if ("succession", "begins") in kinds:
        said.add(("organisationfact", "ends"))
    return [change for change in changes if (change.kind, change.turn) not in said]


# What a body brings with it on the day on which it begins, and takes along when it ends.
ATTENDANT = frozenset({"seatfact", "tenure", "coverage", "goalfact", "linkfact"})


def in_short(changes: Sequence[Change]) -> list[Change]:
    """Without the seats, people and links of a body that begins or ends on that day itself."""
    whole = {(c.day, c.told.about) for c in changes if c.kind == "bodyterm" and c.turn != "changes"}
    return [
        change
        for change in changes
        if change.kind not in ATTENDANT
        or not {(change.day, change.told.about), (change.day, change.told.where)} & whole
    ]
