"""Small words and blocks: tag, note, panel, facts, empty state, gap."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from verband.core.period import Period, add_months
from verband.ui import wording
from verband.ui.component import Component, escaped

SOON_MONTHS = 6


def ends_soon(period: Period, day: date) -> bool:
    """Whether a running period ends within six months of ``day``."""
    return period.until is not None and period.until <= add_months(day, SOON_MONTHS)


@dataclass(frozen=True)
class Tag(Component):
    """A state in a word, with a shape: "now", "ending", "past", "future", "gap", "late" or "".

    Drawn without a template: a ledger holds hundreds.
    """

    words: str
    state: str = ""

    def show(self, around: dict[str, Any] | None = None) -> SafeString:
        """The word, with the class that gives it its shape."""
        css = f"vb-tag vb-tag--wrap vb-tag--{self.state}" if self.state else "vb-tag vb-tag--wrap"
        return SafeString(f'<span class="{css}">{escaped(self.words)}</span>')

    @classmethod
    def of(cls, period: Period, day: date) -> "Tag":
        """The state of a period on a day: runs, ends on, ended on, begins on."""
        if period.start is not None and period.is_future(day):
            return cls(_("begins %(day)s") % {"day": wording.day_short(period.start)}, "future")
        if period.until is None:
            return cls(_("runs"), "now")
        end = {"day": wording.day_short(period.until)}
        if period.is_past(day):
            return cls(_("ended %(day)s") % end, "past")
        if ends_soon(period, day):
            return cls(_("ends %(day)s") % end, "ending")
        return cls(_("runs"), "now")


@dataclass(frozen=True)
class Gap(Component):
    """Something that is missing, said in a word: "none", "empty", "not stated"."""

    words: str

    def show(self, around: dict[str, Any] | None = None) -> SafeString:
        """The word, in the colour of gaps."""
        return SafeString(f'<span class="vb-gaptxt">{escaped(self.words)}</span>')


@dataclass(frozen=True)
class Note(Component):
    """A quiet aside between two rules; ``kind``: "", "success", "warning"."""

    text: str
    title: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Fact(Component):
    """One term and what holds; ``value`` is text, a day, a period, a component, or several."""

    term: str
    value: object
    corrected: str = ""
    corrected_href: str = ""

    @property
    def shown(self) -> object:
        """The value as it is shown."""
        return shown(self.value)


@dataclass(frozen=True)
class Facts(Component):
    """Terms with what holds; ``size``: "" (date column wide), "s" (narrow), "big"."""

    facts: tuple[Fact, ...]
    size: str = ""


@dataclass(frozen=True)
class Figure(Component):
    """One number that is read at a glance, with its words."""

    term: str
    value: object
    sub: str = ""

    @property
    def shown(self) -> object:
        """The value as it is shown."""
        return shown(self.value)


@dataclass(frozen=True)
class Figures(Component):
    """A row of numbers."""

    figures: tuple[Figure, ...]
    ruled: bool = False


@dataclass(frozen=True)
class Panel(Component):
    """A block on a ground of its own, one per page; ``kind``: "", "pine", "ending"."""

    title: str
    parts: tuple[object, ...]
    kind: str = ""
    title_hidden: bool = False


@dataclass(frozen=True)
class EmptyState(Component):
    """Nothing here, in a sentence, and what can be done."""

    sentence: str
    href: str = ""
    action: str = ""


def shown(value: object) -> object:
    """A cell or fact as it is shown: components as they are, values in words."""
    if value is None or value == "":
        return "–"
    if isinstance(value, date) and not hasattr(value, "hour"):
        return wording.day_short(value)
    if isinstance(value, (Component, list, tuple, str)):
        return value
    return wording.spoken(value)
