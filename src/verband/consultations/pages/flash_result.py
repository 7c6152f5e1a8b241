"""The result of a flash question: by person, and read per municipality."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.clocks import closing_clock
from verband.consultations.pages.result import ResultPage, frame_of, no_result, shows_result
from verband.consultations.pages.result_parts import ShareBar
from verband.consultations.pages.result_sections import (
    Cast,
    legend_of,
    looks_of,
    pieces,
    votes_map,
)
from verband.consultations.pages.result_words import segment_name
from verband.consultations.queries.answers import Answers, MemberAnswers, answers_to, sentences_of
from verband.consultations.queries.ballots import Line
from verband.consultations.queries.standing import Standing, questions_of
from verband.ui.component import Link
from verband.ui.components.hex_map import HexMap
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.time import Clock
from verband.ui.components.words import EmptyState, Figure, Figures, Note
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.wording import number, percent

SENTENCES = 50


@dataclass(frozen=True)
class FlashResultPage(Page):
    """What people answered, and what that means per municipality."""

    note: Note | None = None
    clock: Clock | None = None
    question: str = ""
    answer: str = ""
    figures: Figures | None = None
    bars: tuple[ShareBar, ...] = ()
    two_ways: bool = False
    map: HexMap | None = None
    sentences: Ledger | None = None
    members: Ledger | None = None
    actions: tuple[Link, ...] = ()


def flash_result_page(request: Any, standing: Standing) -> FlashResultPage | ResultPage:
    """The result of a flash question, or why there is none to see."""
    now = request.reading.now
    if not shows_result(standing, request.reading):
        return no_result(request, standing)
    [asked] = questions_of(standing.consultation)
    found, query = answers_to(standing.consultation, asked), Query.of(request)
    interim = _("This is an interim result: the question is open, and everything can still change.")
    page = FlashResultPage(
        **frame_of(request, standing),
        question=asked.fact.text,
        answer=_answer(found),
        figures=_figures(found),
        bars=(
            ShareBar(_("People"), pieces(asked, found.by_choice)),
            ShareBar(_("Municipalities"), pieces(asked, found.members_by_choice)),
        ),
        two_ways=_points_two_ways(found),
    )
    if not standing.is_published:  # while it is open the count is seen, not who answered what
        clock = closing_clock(standing, now)
        return replace(page, note=Note(interim, kind="warning"), clock=clock)
    casts = [_cast(one, found) for one in found.members]
    day = date.fromisoformat(standing.frozen["day"])
    regions = {
        one.key: segment_name(standing.frozen, "province", one.provinces[0])
        for one in found.members
        if one.provinces
    }
    legend = [*legend_of(asked)[:-1], ("n-0", _("divided")), ("silent", _("nobody answered"))]
    return replace(
        page,
        map=votes_map(casts, legend, regions, day, query),
        sentences=_sentences(standing, found, query),
        members=_members(found, casts, query),
    )


def _cast(one: MemberAnswers, found: Answers) -> Cast:
    line = Line(one.member_id, one.key, one.name, 1, None, {})
    if one.choice is not None:
        label = choice_label(found.asked, one.choice)
        return Cast(line, looks_of(found.asked).get(one.choice, "silent"), label)
    if one.is_divided:
        return Cast(line, "n-0", _("divided"))
    return Cast(line, "silent", _("nobody answered"))


def _leaders(amounts: Iterable[tuple[str, int]]) -> set[str]:
    known = dict(amounts)
    most = max(known.values(), default=0)
    return {choice for choice, amount in known.items() if most and amount == most}


def _points_two_ways(found: Answers) -> bool:
    people = _leaders(found.by_choice.items())
    members = _leaders(found.members_by_choice.items())
    return bool(people and members) and not people & members


def _answer(found: Answers) -> str:
    leaders = _leaders(found.by_choice.items())
    if not leaders:
        return _("Nobody answered.")
    if len(leaders) > 1:
        return _("The answers with the most people are equal.")
    [leader] = leaders
    return _("“%(choice)s” has %(share)s of the answers.") % {
        "choice": choice_label(found.asked, leader),
        "share": percent(Fraction(found.by_choice[leader], found.answered)),
    }


def _figures(found: Answers) -> Figures:
    asked = len(found.members)
    answered = asked - found.silent
    people = Fraction(found.answered, found.invited) if found.invited else Fraction(0)
    members = Fraction(answered, asked) if asked else Fraction(0)
    return Figures(
        (
            Figure(
                _("People who answered"),
                percent(people),
                _("%(have)s of %(whole)s people")
                % {"have": number(found.answered), "whole": number(found.invited)},
            ),
            Figure(
                _("Municipalities that answered"),
                percent(members),
                _("%(have)s of %(whole)s municipalities")
                % {"have": number(answered), "whole": number(asked)},
            ),
            Figure(
                _("Divided"),
                number(found.divided),
                ngettext(
                    "municipality without one answer of most of its people",
                    "municipalities without one answer of most of their people",
                    found.divided,
                ),
            ),
        )
    )


def _sentences(standing: Standing, found: Answers, query: Query) -> Ledger | None:
    if not found.with_sentence:
        return None
    pager = Pager.of(query, found.with_sentence, SENTENCES)
    names = {one.member_id: one.name for one in found.members}
    rows = sentences_of(standing.consultation, pager.per_page, pager.slice.start)
    return Ledger(
        caption=_("What people added"),
        columns=(Column(_("Municipality")), Column(_("Answer")), Column(_("Sentence"))),
        rows=tuple(
            Row(
                (
                    names.get(one.member_id or 0),
                    choice_label(found.asked, one.choice),
                    one.text,
                )
            )
            for one in rows
        ),
        name="sentences",
        query=query,
        pager=pager if pager.pages > 1 else None,
        dense=True,
    )


def _members(found: Answers, casts: list[Cast], query: Query) -> Ledger:
    choices = found.asked.choices
    return Ledger(
        caption=_("Answers of each municipality"),
        columns=(
            Column(_("Municipality")),
            Column(_("Asked"), "number"),
            *(Column(choice_label(found.asked, choice), "number") for choice in choices),
            Column(_("Reads as")),
        ),
        rows=tuple(
            Row(
                (
                    one.name,
                    one.invited,
                    *(one.by_choice.get(choice, 0) for choice in choices),
                    cast.words,
                )
            )
            for one, cast in zip(found.members, casts, strict=True)
        ),
        name="municipalities",
        query=query,
        dense=True,
        empty=EmptyState(_("Nobody was asked.")),
    )
