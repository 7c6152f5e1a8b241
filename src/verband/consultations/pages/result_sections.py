"""Sections of a result page: the count, the map, where it differs, all votes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from verband.consultations.kinds import Capacity, Weighing
from verband.consultations.pages.choice_words import choice_label, choices_of
from verband.consultations.pages.result_parts import DotGroup, DotRow, DotTable, Piece, ShareBar
from verband.consultations.pages.result_words import dimension_name, segment_name
from verband.consultations.queries.ballots import Counted, Line
from verband.consultations.queries.count import Count, QuestionCount
from verband.consultations.queries.difference import Difference
from verband.consultations.queries.standing import Asked
from verband.core.voting.roll import SILENT_CHOICES
from verband.core.voting.rules import Unit
from verband.members.models import MapCell
from verband.ui.components.hex_map import Hex, HexMap, Key
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Figure, Figures
from verband.ui.query import Query
from verband.ui.wording import day as in_full
from verband.ui.wording import number, percent

KNOWN = {
    **dict.fromkeys(("for", "yes", "proposal"), "for"),
    **dict.fromkeys(("against", "no", "neither"), "against"),
    **dict.fromkeys((*SILENT_CHOICES, "unknown"), "abstain"),
}
FURTHER = ("second", "n-1", "n-3", "n-2", "n-4")
VOTES_PER_PAGE = 100


def looks_of(asked: Asked) -> dict[str, str]:
    """How each choice looks: like for, against, abstain, or one of the further looks."""
    spare = iter(FURTHER * (1 + len(asked.choices) // len(FURTHER)))
    return {code: KNOWN.get(code) or next(spare) for code in asked.choices}


def in_map(look: str) -> str:
    """The class of a hexagon."""
    return look if look.startswith("n-") else f"h-{look}"


def in_bar(look: str) -> str:
    """The class of a part of a bar."""
    return look if look.startswith("n-") else f"c-{look}"


def figures_of(count: Count, question: QuestionCount, favoured: str) -> Figures:
    """The shares and the turnout, in votes and in members."""
    label = choice_label(question.asked, favoured)
    found = []
    for unit in units_of(count):
        share = question.share(favoured, unit)
        found.append(
            Figure(
                _weighted(unit) % {"what": label},
                "–" if share is None else percent(share),
                _of_who_chose(unit)
                % {
                    "have": number(question.amount(favoured, unit)),
                    "whole": number(question.chose(unit)),
                },
            )
        )
    for unit in units_of(count):
        found.append(
            Figure(
                _weighted(unit) % {"what": _("Turnout")},
                percent(count.turnout(unit)),
                _of_who_chose(unit)
                % {
                    "have": number(count.took_part(unit)),
                    "whole": number(count.on_roll(unit)),
                },
            )
        )
    return Figures(tuple(found))


def units_of(count: Count) -> tuple[Unit, ...]:
    """Votes and members; where each member has one vote, members alone."""
    weighted = count.standing.frozen.get("weighing") == Weighing.VOTES
    return ("votes", "members") if weighted else ("members",)


def _weighted(unit: Unit) -> str:
    return _("%(what)s, weighted") if unit == "votes" else _("%(what)s, per member")


def _of_who_chose(unit: Unit) -> str:
    return (
        _("%(have)s of %(whole)s votes") if unit == "votes" else _("%(have)s of %(whole)s members")
    )


def bars_of(count: Count, question: QuestionCount) -> tuple[ShareBar, ...]:
    """A bar for votes and one for members."""
    titles = {"votes": _("Weighted: votes"), "members": _("Not weighted: members")}
    return tuple(
        ShareBar(
            titles[unit],
            pieces(question.asked, {c: question.amount(c, unit) for c in question.sides}),
        )
        for unit in units_of(count)
    )


def pieces(asked: Asked, amounts: Mapping[str, int | Fraction]) -> tuple[Piece, ...]:
    """The parts of a bar, in the order of the paper."""
    whole, looks, start, found = sum(amounts.values()), looks_of(asked), Fraction(0), []
    for code, amount in amounts.items():
        if whole:
            share = Fraction(amount) / Fraction(whole)
            label = choice_label(asked, code)
            found.append(Piece(in_bar(looks[code]), share, start, label))
            start += share
    return tuple(found)


@dataclass(frozen=True)
class Cast:
    """What one member did, for the map and the list: its look, and the same in words."""

    line: Line
    look: str
    words: str
    ballot: Counted | None = None


def casts_of(count: Count, asked: Asked) -> list[Cast]:
    """Every member of the roll with its vote on one question."""
    ballots, looks = {ballot.member_id: ballot for ballot in count.ballots}, looks_of(asked)
    labels = {choice.code: choice.label for choice in choices_of(asked)}
    found = []
    for line in count.lines:
        ballot = ballots.get(line.member_id)
        said = None if ballot is None else ballot.answers.get(asked.key)
        if said is None:
            found.append(Cast(line, "silent", _("did not vote"), ballot))
        elif isinstance(said, Mapping):
            words = ", ".join(f"{labels.get(c, c)} {v}" for c, v in said.items())
            found.append(Cast(line, "second", words, ballot))
        else:
            found.append(Cast(line, looks.get(said, "silent"), labels.get(said, said), ballot))
    return found


def votes_map(
    casts: Iterable[Cast],
    legend: Iterable[tuple[str, str]],
    regions: Mapping[str, str],
    day: date,
    query: Query,
) -> HexMap | None:
    """Who voted what, in its place in the country. One query."""
    cells = {cell.organisation_id: cell for cell in MapCell.objects.at(day).known(None)}
    casts = [cast for cast in casts if cast.line.member_id in cells]
    if not casts:
        return None
    counts = Counter(cast.look for cast in casts)
    return HexMap(
        title=_("Votes by member"),
        summary=_(
            "Every hexagon is one of %(count)s members, in its place in the country on %(day)s."
            " Lines are borders of provinces."
        )
        % {"count": number(len(casts)), "day": in_full(day)},
        hexes=tuple(
            Hex(
                q=cells[cast.line.member_id].q,
                r=cells[cast.line.member_id].r,
                name=cast.line.name,
                kind=in_map(cast.look),
                value=cast.words,
                region=regions.get(cast.line.key, ""),
            )
            for cast in casts
        ),
        legend=tuple(Key(in_map(look), label, counts[look]) for look, label in legend),
        value_label=_("Vote"),
        name="map",
        query=query,
        regions=True,
    )


def legend_of(asked: Asked) -> list[tuple[str, str]]:
    """What the looks mean."""
    found = {look: choice_label(asked, code) for code, look in looks_of(asked).items()}
    return [*found.items(), ("silent", _("Did not vote"))]


def regions_of(count: Count) -> dict[str, str]:
    """The province of each member, by its key, as on the opening day."""
    frozen = count.standing.frozen
    return {
        line.key: segment_name(frozen, "province", line.segments["province"][0])
        for line in count.lines
        if line.segments.get("province")
    }


def dots_of(count: Count, question: QuestionCount, difference: Difference) -> DotTable | None:
    """Where it differs, dimension by dimension."""
    frozen = count.standing.frozen
    groups = [
        DotGroup(
            dimension_name(dimension),
            tuple(
                DotRow(
                    name=segment_name(frozen, dimension, one.code),
                    members=one.members,
                    turnout=one.turnout,
                    share=one.share,
                    from_all=one.from_all,
                    is_for=one.share is not None and one.share > Fraction(1, 2),
                )
                for one in difference.of(dimension)
            ),
        )
        for dimension in frozen["dimensions"]
        if difference.of(dimension)
    ]
    if not groups:
        return None
    label = choice_label(question.asked, difference.favoured)
    caption = _(
        "Share of “%(choice)s”, weighted, of the votes that took a side, by group. The line is all"
        " members. Turnout is in votes."
    )
    return DotTable(caption % {"choice": label}, tuple(groups), label, difference.share)


def votes_ledger(casts: list[Cast], regions: Mapping[str, str], query: Query) -> Ledger:
    """All votes, by member; the download holds every one."""
    pager = Pager.of(query, len(casts), VOTES_PER_PAGE)
    capacities = dict(Capacity.choices)
    return Ledger(
        caption=_("Vote of each member"),
        columns=(
            Column(_("Member")),
            Column(_("Province")),
            Column(_("Inhabitants"), "number"),
            Column(_("Votes"), "number"),
            Column(_("Vote")),
            Column(_("Cast by"), "quiet"),
        ),
        rows=tuple(
            Row(
                (
                    cast.line.name,
                    regions.get(cast.line.key),
                    cast.line.inhabitants,
                    cast.line.votes,
                    cast.words,
                    None if cast.ballot is None else capacities[cast.ballot.capacity],
                )
            )
            for cast in casts[pager.slice]
        ),
        name="votes",
        query=query,
        pager=pager if pager.pages > 1 else None,
        dense=True,
        empty=EmptyState(_("Nobody stands on the roll.")),
    )
