"""Blocks of the result of a deliberation: a statement with its bars, by group, in one table."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from verband.consultations.pages.result_parts import in_svg
from verband.consultations.queries.deliberation import Tally
from verband.ui.component import Component, escaped
from verband.ui.wording import number, percent

LOOKS = ("c-for", "c-abstain", "c-against")


@dataclass(frozen=True)
class Line:
    """One row: everybody, or a group. ``tally``: nothing when too few people said something."""

    name: str
    tally: Tally | None
    whole: bool = False


@dataclass(frozen=True)
class StatementShown(Component):
    """One statement with its figures.

    Drawn without a template: a page holds sixty with ten groups each.
    """

    number: int
    text: str
    told: tuple[str, ...]
    lines: tuple[Line, ...]
    heading: str = "h3"
    folded: bool = False

    def show(self, around: dict[str, Any] | None = None) -> SafeString:
        """The statement, what the groups make of it, and the table with the bars."""
        head = f"{number(self.number)}. {escaped(self.text)}"
        told = "".join(f'<p class="vb-meta">{escaped(one)}</p>' for one in self.told)
        rows = "".join(_row(line) for line in self.lines)
        table = f'<table class="vb-table vb-table--dense vb-st-table">{self._head()}{rows}</table>'
        label = escaped(f"{_('Figures of statement')} {self.number}")
        table = (
            f'<div class="vb-tablewrap" tabindex="0" role="region" aria-label="{label}">{table}'
            "</div>"
        )
        if self.folded:
            words = escaped(_("Figures by group"))
            only = _bar(self.lines[0].tally) if self.lines else ""
            table = (
                f'{only}<details class="vb-details"><summary>{words}<span class="vb-sr">:'
                f" {escaped(self.text)}</span></summary>{table}</details>"
            )
        heading = f"<{self.heading}>{head}</{self.heading}>"
        return SafeString(f'<li class="vb-flow-s">{heading}{told}{table}</li>')

    def _head(self) -> str:
        names = (
            (_("Group"), "vb-st-group"),
            (_("People"), "vb-num vb-wide"),
            (_("agree"), "vb-num"),
            (_("disagree"), "vb-num"),
            (_("pass"), "vb-num vb-wide"),
        )
        cells = "".join(
            f'<th scope="col" class="{css}">{escaped(name)}</th>' for name, css in names
        )
        bars = escaped(_("The shares as a bar"))
        last = f'<th scope="col" class="vb-st-barcell"><span class="vb-sr">{bars}</span></th>'
        return f"<thead><tr>{cells}{last}</tr></thead>"


def _row(line: Line) -> str:
    name = f"<b>{escaped(line.name)}</b>" if line.whole else escaped(line.name)
    head = f'<tr><th scope="row">{name}</th>'
    if line.tally is None:
        few = escaped(_("too few people to show"))
        return f'{head}<td colspan="5" class="vb-meta">{few}</td></tr>'
    if not line.tally.seen:
        return f'{head}<td colspan="5" class="vb-meta">{escaped(_("nobody voted"))}</td></tr>'
    seen = line.tally.seen
    agree, passed, disagree = (
        percent(Fraction(amount, seen), 0)
        for amount in (line.tally.agree, line.tally.passed, line.tally.disagree)
    )
    return (
        f'{head}<td class="vb-num vb-wide">{number(seen)}</td>'
        f'<td class="vb-num"><b>{agree}</b></td>'
        f'<td class="vb-num">{disagree}</td><td class="vb-num vb-wide">{passed}</td>'
        f'<td class="vb-st-barcell">{_bar(line.tally)}</td></tr>'
    )


def _bar(tally: Tally | None) -> str:
    """Agree, pass, disagree in one bar, with the half marked; the figures stand beside it."""
    if tally is None or not tally.seen:
        return ""
    start, rects = Fraction(0), []
    for amount, css in zip((tally.agree, tally.passed, tally.disagree), LOOKS, strict=True):
        share = Fraction(amount, tally.seen)
        if share:
            rects.append(
                f'<rect class="{css}" x="{in_svg(start)}" width="{in_svg(share)}" y="15%"'
                ' height="70%"/>'
            )
        start += share
    half = '<line class="c-mean" x1="50%" x2="50%" y1="0" y2="100%"/>'
    return (
        f'<svg class="vb-st-bar" aria-hidden="true" focusable="false">{"".join(rects)}{half}</svg>'
    )
