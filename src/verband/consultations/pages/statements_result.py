"""The result of a deliberation: what all groups can carry first, then what divides them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.pages.clocks import closing_clock
from verband.consultations.pages.result import ResultPage, frame_of, no_result, shows_result
from verband.consultations.pages.result_words import by_dimension, dimension_name, segment_name
from verband.consultations.pages.rule_words import rule_words
from verband.consultations.pages.statement_list import others_ledger, waiting_words
from verband.consultations.pages.statements_parts import Line, StatementShown
from verband.consultations.queries.common_ground import READINGS, Read, read_by
from verband.consultations.queries.deliberation import (
    FLOOR,
    OVERLAPPING,
    SMALL,
    Deliberation,
    Group,
    Tally,
    deliberation_of,
)
from verband.consultations.queries.standing import Standing
from verband.ui.component import Link
from verband.ui.components.filters import Count, FilterCounts
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.time import Clock
from verband.ui.components.words import EmptyState, Figure, Figures, Note
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.wording import number, percent


@dataclass(frozen=True)
class Part:
    """Statements that the groups see alike, or that divide them."""

    id: str
    title: str
    lead: str
    statements: tuple[StatementShown, ...]
    empty: str


@dataclass(frozen=True)
class StatementsResultPage(Page):
    """What came of a deliberation, read by one dimension."""

    note: Note | None = None
    clock: Clock | None = None
    answer: str = ""
    binding: str = ""
    figures: Figures | None = None
    dimensions: FilterCounts | None = None
    floor: str = ""
    parts: tuple[Part, ...] = ()
    table: Ledger | None = None
    others: Ledger | None = None
    waiting: str = ""
    downloads: tuple[Link, ...] = ()


def statements_result_page(request: Any, standing: Standing) -> StatementsResultPage | ResultPage:
    """The result of a deliberation, or why there is none to see."""
    now = request.reading.now
    if not shows_result(standing, request.reading):
        return no_result(request, standing)
    query, frozen = Query.of(request), standing.frozen
    dimensions = tuple(frozen["dimensions"])
    chosen = query.get("by") if query.get("by") in dimensions else next(iter(dimensions), "")
    found = deliberation_of(standing.consultation, dimensions)
    reads = read_by(found, chosen)
    published = standing.is_published
    interim = _("This is an interim result: the round is open, and everything can still change.")
    key = standing.consultation.key
    return StatementsResultPage(
        **frame_of(request, standing),
        note=None if published else Note(interim, kind="warning"),
        clock=None if published else closing_clock(standing, now),
        answer=_answer(reads, chosen),
        binding=" ".join(line.text for line in rule_words(frozen) if line.about == "binding"),
        figures=_figures(found),
        dimensions=_dimensions(dimensions, chosen, found, query),
        floor=_floor(chosen, found),
        parts=tuple(_parts(found, reads, chosen, frozen)),
        table=_table(found, chosen, frozen, query),
        others=others_ledger(found.puts, query),
        waiting=waiting_words(found.puts, standing, now),
        downloads=(
            Link("CSV", request.reading.link(reverse("statements_csv", args=[key]))),
            Link("JSON", request.reading.link(reverse("statements_json", args=[key]))),
        ),
    )


def group_name(frozen: Mapping[str, Any], dimension: str, code: str) -> str:
    """What a group is called."""
    if code == SMALL:
        return _("smaller groups together")
    return segment_name(frozen, dimension, code)


def _answer(reads: Sequence[Read], dimension: str) -> str:
    carried = sum(read.reading == "carried" for read in reads)
    divides = sum(read.reading == "divides" for read in reads)
    if not reads:
        return _("No statement was put to the vote.")
    words = ngettext(
        "%(count)s statement can be carried by every group by %(by)s;",
        "%(count)s statements can be carried by every group by %(by)s;",
        carried,
    )
    more = ngettext("%(count)s divides them.", "%(count)s divide them.", divides)
    by = by_dimension(dimension)
    first = words % {"count": number(carried), "by": by}
    return f"{first} {more % {'count': number(divides)}}"


def _figures(found: Deliberation) -> Figures:
    share = Fraction(found.people, found.invited) if found.invited else Fraction(0)
    of = _("%(have)s of %(whole)s people") % {
        "have": number(found.people),
        "whole": number(found.invited),
    }
    return Figures(
        (
            Figure(_("People who took part"), percent(share), of),
            Figure(
                _("Municipalities"), number(found.municipalities), _("with somebody who took part")
            ),
            Figure(_("Statements put to the vote"), number(len(found.counted)), ""),
            Figure(_("Votes that count"), number(found.votes), _("agree, disagree or pass")),
        )
    )


def _dimensions(
    dimensions: Iterable[str], chosen: str, found: Deliberation, query: Query
) -> FilterCounts:
    return FilterCounts(
        _("Groups by"),
        tuple(
            Count(
                len(found.groups[name]),
                dimension_name(name),
                query.with_(by=name),
                name == chosen,
            )
            for name in dimensions
        ),
    )


def _floor(dimension: str, found: Deliberation) -> str:
    words = _(
        "Groups were fixed before the opening. Of fewer than %(floor)s people nothing is shown,"
        " and nothing from which it could be worked out."
    ) % {"floor": number(FLOOR)}
    if dimension in OVERLAPPING:
        return words + " " + _("Smaller groups are left out; a municipality may stand in several.")
    if any(group.code == SMALL for group in found.groups.get(dimension, ())):
        return words + " " + _("Groups with fewer people are taken together.")
    return words


def _parts(
    found: Deliberation, reads: Sequence[Read], dimension: str, frozen: Mapping[str, Any]
) -> Iterable[Part]:
    by = by_dimension(dimension)
    texts = {
        "carried": (
            _("What every group can carry"),
            _(
                "In each group more people agree than disagree, and most of all agree. First what"
                " even the least willing group carries."
            ),
            _("There is no statement that every group can carry."),
        ),
        "divides": (
            _("What divides the groups"),
            _("In some groups more people agree, in others more disagree."),
            _("No statement divides the groups."),
        ),
        "rejected": (
            _("What every group rejects"),
            _("In each group more people disagree than agree, and most of all disagree."),
            "",
        ),
        "unclear": (
            _("What has no clear answer"),
            _("Too many pass, too few voted, or agree and disagree are as many."),
            "",
        ),
    }
    for reading in READINGS:
        title, lead, empty = texts[reading]
        mine = [read for read in reads if read.reading == reading]
        if mine or empty:
            shown = tuple(_shown(read, found, dimension, frozen, by) for read in mine)
            yield Part(reading, title, lead, shown, empty)


def _shown(
    read: Read, found: Deliberation, dimension: str, frozen: Mapping[str, Any], by: str
) -> StatementShown:
    one = read.counted
    groups = found.groups.get(dimension, ())
    lines = [Line(_("Everybody"), one.whole, whole=True)]
    lines += [
        Line(group_name(frozen, dimension, group.code), cell)
        for group, cell in zip(groups, one.cells.get(dimension, ()), strict=True)
    ]

    def names(which: Sequence[Group]) -> str:
        return "; ".join(group_name(frozen, dimension, group.code) for group in which)

    told = []
    if read.reading == "divides":
        told.append(
            _("For: %(groups)s. Against: %(others)s.")
            % {"groups": names(read.pro), "others": names(read.contra)}
        )
    if read.more_for:
        words = _("More in favour than the others: %(groups)s.")
        told.append(words % {"groups": names(read.more_for)})
    if read.more_against:
        words = _("More against than the others: %(groups)s.")
        told.append(words % {"groups": names(read.more_against)})
    if one.whole is not None:
        told.append(_members(one.members))
    return StatementShown(
        number=one.put.number,
        text=one.put.statement.text,
        told=tuple(told),
        lines=tuple(lines),
        folded=read.reading not in ("carried", "divides"),
    )


def _members(members: Tally) -> str:
    """Read per municipality: how many stand where, never which."""
    words = _(
        "Read per municipality: %(agree)s agree, %(disagree)s disagree, %(divided)s are divided."
    )
    return words % {
        "agree": number(members.agree),
        "disagree": number(members.disagree),
        "divided": number(members.passed),
    }


def _table(found: Deliberation, dimension: str, frozen: Mapping[str, Any], query: Query) -> Ledger:
    groups = found.groups.get(dimension, ())
    return Ledger(
        caption=_("All statements in the order of admission, with the share that agrees"),
        columns=(
            Column(_("No."), "number"),
            Column(_("Statement")),
            Column(_("People"), "number"),
            Column(_("agree"), "number"),
            Column(_("disagree"), "number"),
            Column(_("pass"), "number"),
            *(Column(group_name(frozen, dimension, group.code), "number") for group in groups),
        ),
        rows=tuple(
            Row(
                (
                    one.put.number,
                    one.put.statement.text,
                    *_amounts(one.whole),
                    *(_agrees(cell) for cell in one.cells.get(dimension, ())),
                )
            )
            for one in found.counted
        ),
        name="statements",
        query=query,
        dense=True,
        empty=EmptyState(_("No statement was put to the vote.")),
    )


def _amounts(tally: Tally | None) -> tuple[object, ...]:
    if tally is None:
        return (None,) * 4
    return tally.seen, tally.agree, tally.disagree, tally.passed


def _agrees(tally: Tally | None) -> object:
    return percent(Fraction(tally.agree, tally.seen), 0) if tally and tally.seen else None
