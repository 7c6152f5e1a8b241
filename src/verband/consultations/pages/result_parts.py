"""Blocks of a result page: the outcome, the grounds, bars of shares, and the table of segments."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from verband.consultations.pages.result_words import Ground
from verband.ui.component import Component, Link
from verband.ui.components.words import Facts
from verband.ui.wording import percent

FAR = Fraction(1, 4)  # from here on the distance from all members is drawn heavily


@dataclass(frozen=True)
class SplitRow:
    """One segment as a bar of two parts, ``y`` down in the drawing."""

    label: str
    y: int
    share: Fraction

    @property
    def width(self) -> str:
        """How much is for, as SVG reads it."""
        return in_svg(self.share)

    @property
    def rest(self) -> str:
        """How much is not."""
        return in_svg(1 - self.share)

    @property
    def shown(self) -> str:
        """How much is for, in words."""
        return percent(self.share, 0)

    @property
    def text_y(self) -> int:
        """Where its words stand."""
        return self.y + 14


@dataclass(frozen=True)
class OutcomeBlock(Component):
    """The outcome; ``kind``: "yes" (filled), "no" (outlined), "split" (outlined, with segments)."""

    kind: str
    title: str
    text: str
    above: str = ""
    facts: Facts | None = None
    rows: tuple[SplitRow, ...] = ()
    rows_label: str = ""
    rows_head: str = ""
    favoured: str = ""
    others: str = ""

    @property
    def height(self) -> int:
        """Of the drawing."""
        return 26 + 24 * len(self.rows)


@dataclass(frozen=True)
class GroundList(Component):
    """Why this is the outcome, rule by rule."""

    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Piece:
    """One part of a bar: class, where it begins, how wide it is."""

    css: str
    share: Fraction
    start: Fraction
    label: str

    @property
    def x(self) -> str:
        """Where it begins, as SVG reads it."""
        return in_svg(self.start)

    @property
    def width(self) -> str:
        """How wide it is, as SVG reads it."""
        return in_svg(self.share)

    @property
    def words(self) -> str:
        """What it is and how much."""
        return f"{self.label} {percent(self.share)}"


@dataclass(frozen=True)
class ShareBar(Component):
    """One bar of shares with the half marked; votes and members never share one."""

    title: str
    pieces: tuple[Piece, ...]

    @property
    def summary(self) -> str:
        """The whole bar in words."""
        return _("%(shares)s of who chose") % {"shares": ", ".join(p.words for p in self.pieces)}

    @property
    def middle(self) -> tuple[Piece, ...]:
        """The parts whose words do not fit at an end."""
        return self.pieces[1:-1]


@dataclass(frozen=True)
class DotRow:
    """A segment with its figures and its dot."""

    name: str
    members: int
    turnout: Fraction
    share: Fraction | None
    from_all: Fraction | None
    is_for: bool

    @property
    def shown(self) -> str:
        """The share in words."""
        return "–" if self.share is None else percent(self.share, 0)

    @property
    def points(self) -> str:
        """How many points from all members, with its sign."""
        if self.from_all is None:
            return "–"
        points = percent(abs(self.from_all), 0).removesuffix("%")
        return points if points == "0" else f"{'−' if self.from_all < 0 else '+'}{points}"

    @property
    def x(self) -> str:
        """Where the dot stands, as SVG reads it."""
        return "" if self.share is None else in_svg(self.share)

    @property
    def css(self) -> str:
        """The class of the line from the mean."""
        far = self.from_all is not None and abs(self.from_all) >= FAR
        return "c-dv c-dvf" if far else "c-dv"


@dataclass(frozen=True)
class DotGroup:
    """The segments of one dimension."""

    name: str
    rows: tuple[DotRow, ...]


@dataclass(frozen=True)
class DotTable(Component):
    """Shares by segment as figures and dots; the chart lives inside the table."""

    caption: str
    groups: tuple[DotGroup, ...]
    favoured: str
    mean: Fraction | None
    downloads: tuple[Link, ...] = ()

    @property
    def mean_x(self) -> str:
        """Where all members stand, as SVG reads it."""
        return "" if self.mean is None else in_svg(self.mean)

    @property
    def mean_words(self) -> str:
        """All members, in words."""
        return (
            ""
            if self.mean is None
            else _("all members %(share)s") % {"share": percent(self.mean, 0)}
        )

    @property
    def anchor(self) -> str:
        """On which side of the line its words stand."""
        return "end" if self.mean is not None and self.mean > Fraction(1, 2) else "start"


def in_svg(share: Fraction) -> str:
    """A share as a length in a drawing.

    >>> in_svg(Fraction(1, 3))
    '33.33%'
    """
    return f"{float(share * 100):.2f}%"
