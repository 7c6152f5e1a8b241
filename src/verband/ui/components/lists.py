"""Lists in time: what happens when, where a matter is, what changed and what was corrected."""

from dataclasses import dataclass
from datetime import date

from verband.ui import wording
from verband.ui.component import Component
from verband.ui.components.time import Clock
from verband.ui.components.words import EmptyState, Tag


@dataclass(frozen=True)
class Dated(Component):
    """One matter with its day or clock; ``action`` is its button."""

    when: Clock | date | str
    title: str = ""
    text: object = ""
    href: str = ""
    tag: Tag | None = None
    action: str = ""
    action_href: str = ""
    urgent: bool = False

    @property
    def moment(self) -> object:
        """The clock, or the day in words."""
        return wording.day_short(self.when) if isinstance(self.when, date) else self.when


@dataclass(frozen=True)
class DatedList(Component):
    """Matters in the order of their days. ``kind``: "" (asks), "tight", "narrow" (short days)."""

    items: tuple[Dated, ...]
    kind: str = ""
    empty: EmptyState | None = None

    @property
    def css(self) -> str:
        """The classes of the list."""
        return {
            "tight": " vb-dated--tight",
            "narrow": " vb-dated--tight vb-dated--narrow",
        }.get(self.kind, "")


@dataclass(frozen=True)
class Stop:
    """One stop of a route; ``state``: "done", "now" or ""."""

    label: str
    sub: str = ""
    state: str = ""


@dataclass(frozen=True)
class Route(Component):
    """Where a matter is."""

    stops: tuple[Stop, ...]
    label: str


@dataclass(frozen=True)
class Happened:
    """A change that held from ``day``, or a correction of what was known until ``known_since``."""

    day: date
    text: object
    href: str = ""
    by: str = ""
    reason: str = ""
    known_since: date | None = None


@dataclass(frozen=True)
class ChangeList(Component):
    """What changed in the world, and apart from it what was corrected in the register."""

    changes: tuple[Happened, ...]
    corrections: tuple[Happened, ...] = ()
    empty: EmptyState | None = None


@dataclass(frozen=True)
class Code(Component):
    """A code to keep, with a button that copies it where the browser can."""

    code: str
    label: str
    id: str = "code"
