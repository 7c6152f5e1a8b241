"""What the list of consultations may show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.queries.names import name_of
from verband.consultations.kinds import ConsultationKind, State, StepKind, Verdict
from verband.consultations.pages.clocks import closing_clock, opening_clock
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.queries.listing import PUBLISHED, Listed, Reader, listed_at
from verband.kernel.clock import local_day, start_of
from verband.ui.component import Link
from verband.ui.components.filters import Count, FilterCounts
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.lists import Dated, DatedList
from verband.ui.components.words import EmptyState, Gap, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day_short, moment

SOON, NOW = "future", "now"


@dataclass(frozen=True)
class ConsultationsPage(Page):
    """What is open, planned, closed and published."""

    kinds: FilterCounts | None = None
    open: DatedList | None = None
    planned: DatedList | None = None
    closed: DatedList | None = None
    published: Ledger | None = None
    ask: str = ""
    more: tuple[Link, ...] = ()


def consultations_page(request: Any, *, asks: bool = False) -> ConsultationsPage:
    """The list of consultations as it was on the day that is read.

    ``asks``: whether the reader may ask the members something.
    """
    reading: Reading = request.reading
    query = Query.of(request)
    actor = request.actor
    reader = Reader(actor, actor.person_id if actor else None, reading.today)
    at = reading.now if reading.is_today else start_of(reading.day + timedelta(days=1))
    everything = listed_at(at, reading.day, reader)
    kind = query.get("kind")
    chosen = [one for one in everything if not kind or one.standing.consultation.kind == kind]
    running = [one for one in chosen if one.state == State.OPEN]
    running.sort(key=lambda one: (one.standing.fact.closes_at is None, one.standing.fact.closes_at))
    planned = [one for one in chosen if one.state in (State.DRAFT, State.PLANNED)]
    waiting = [one for one in chosen if one.state == State.CLOSED]
    ended = [one for one in chosen if one.state in (*PUBLISHED, State.WITHDRAWN, State.HELD_OVER)]
    return ConsultationsPage(
        title=_title(running, reading),
        reading=reading,
        lead=_("Every question to the members: what is open, what is closed, what came of it."),
        kinds=_kinds(everything, kind, query, reading),
        open=DatedList(
            tuple(_open(one, reading, at) for one in running),
            empty=EmptyState(_("Nothing is open now.")),
        ),
        planned=DatedList(tuple(_planned(one, reading, at) for one in planned))
        if planned
        else None,
        closed=DatedList(tuple(_closed(one, reading) for one in waiting)) if waiting else None,
        published=_published(ended, query, reading),
        ask=reverse("new_consultation") if asks else "",
        more=tuple(
            Link(words, reading.link(reverse(name)))
            for name, words in (
                ("sittings", _("Meetings in which is voted")),
                ("voters", _("Who votes for each member")),
                ("voting_rules", _("The rules of the vote")),
                ("verify_receipt", _("Check a receipt")),
            )
        ),
    )


def _title(running: list[Listed], reading: Reading) -> str:
    if not running:
        return _("Nothing is asked of the members now")
    words = ngettext(
        "%(count)s question to the members is open",
        "%(count)s questions to the members are open",
        len(running),
    )
    return words % {"count": len(running)}


def _kinds(everything: Iterable[Listed], kind: str, query: Query, reading: Reading) -> FilterCounts:
    found = [one.standing.consultation.kind for one in everything]
    plural = {
        ConsultationKind.FLASH: _("flash questions"),
        ConsultationKind.CONSULTATION: _("member consultations"),
        ConsultationKind.ASSEMBLY: _("assembly votes"),
        ConsultationKind.STATEMENTS: _("rounds of statements"),
    }
    counts = [Count(len(found), _("all"), query.with_(kind=None, page=None), not kind)]
    counts += [
        Count(
            found.count(one.value), words, query.with_(kind=one.value, page=None), kind == one.value
        )
        for one, words in plural.items()
    ]
    return FilterCounts(_("Kinds of question"), tuple(counts))


def _by(one: Listed) -> str:
    asker = name_of(one.asker) if one.asker else ""
    return _("%(kind)s, asked by %(body)s.") % {"kind": kind_words(one.standing), "body": asker}


def _href(one: Listed, reading: Reading, page: str = "consultation") -> str:
    return reading.link(reverse(page, args=[one.standing.consultation.key]))


def _open(one: Listed, reading: Reading, at: datetime) -> Dated:
    action, where = "", ""
    done = one.answered or (bool(one.parts) and all(part.has_voted for part in one.parts))
    if reading.changes_allowed:
        if one.asked and one.standing.consultation.kind == ConsultationKind.FLASH:
            action = _("Change your answer") if one.answered else _("Answer")
            where = _href(one, reading, "answer")
        elif one.asked and one.standing.consultation.kind == ConsultationKind.STATEMENTS:
            action = _("Go on voting") if one.answered else _("Take part")
            where = _href(one, reading, "statements")
        elif any(part.mine for part in one.parts):
            action = _("Look at your vote") if done else _("Vote")
            where = _href(one, reading, "vote")
    clock = closing_clock(one.standing, at, zone=False)
    return Dated(
        clock or _("until the chair closes it"),
        one.standing.fact.title,
        " ".join([_by(one), *_mine(one)]),
        _href(one, reading),
        Tag(_("done"), NOW) if done else None,
        action,
        where,
        bool(action) and not done,
    )


def _mine(one: Listed) -> list[str]:
    words = [
        (_("%(member)s has voted.") if part.has_voted else _("%(member)s has not voted yet."))
        % {"member": part.name}
        for part in one.parts
    ]
    if one.asked:
        words.append(_("You answered.") if one.answered else _("You have not answered yet."))
    return words


def _planned(one: Listed, reading: Reading, at: datetime) -> Dated:
    clock = opening_clock(one.standing, at)
    words = {State.DRAFT: _("draft"), State.PLANNED: _("planned")}[one.state]
    return Dated(
        clock or _("no time set yet"),
        one.standing.fact.title,
        _by(one),
        _href(one, reading),
        Tag(words, SOON),
    )


def _closed(one: Listed, reading: Reading) -> Dated:
    closed = one.standing.closed_at or one.standing.fact.closes_at
    return Dated(
        _("closed %(moment)s") % {"moment": moment(closed, near=reading.now)} if closed else "",
        one.standing.fact.title,
        f"{_by(one)} {_('The result follows when it is published.')}",
        _href(one, reading),
        Tag(_("closed, not published"), "past"),
    )


def _published(ended: list[Listed], query: Query, reading: Reading) -> Ledger:
    pager = Pager.of(query, len(ended), 25)
    return Ledger(
        caption=_("What was asked before"),
        columns=(
            Column(_("Question")),
            Column(_("Kind")),
            Column(_("Asked by")),
            Column(_("Outcome")),
            Column(_("State")),
            Column(_("Closed")),
        ),
        rows=tuple(Row(_cells(one, reading)) for one in ended[pager.slice]),
        empty=EmptyState(
            _("Nothing was found."),
            query.with_(kind=None, page=None) if query.get("kind") else "",
            _("Show all kinds") if query.get("kind") else "",
        ),
        name="published",
        query=query,
        pager=pager,
        day=reading.day,
    )


def _cells(one: Listed, reading: Reading) -> tuple[object, ...]:
    closed = one.standing.closed_at or one.standing.at_step(StepKind.PUBLISHED)
    state = {
        State.PUBLISHED: Tag(_("published"), NOW),
        State.FINAL: Tag(_("final"), NOW),
        State.WITHDRAWN: Tag(_("withdrawn"), "past"),
        State.HELD_OVER: Tag(_("held over"), SOON),
    }[one.state]
    kind = ConsultationKind(one.standing.consultation.kind).label
    return (
        Link(one.standing.fact.title, _href(one, reading), one.standing.consultation.key),
        str(kind),
        name_of(one.asker) if one.asker else "–",
        _outcome(one),
        state,
        day_short(local_day(closed)) if closed else "–",
    )


def _outcome(one: Listed) -> object:
    """What the owner stated; a gap only where somebody has still to state it."""
    if one.verdicts:
        return outcome_words(one.verdicts)
    if StepKind.ACCLAIMED in one.standing.steps:
        return _("adopted by acclamation")
    stated = one.standing.consultation.kind == ConsultationKind.CONSULTATION
    if one.state not in PUBLISHED or not stated:
        return "–"
    return Gap(_("not stated yet"))


def outcome_words(verdicts: tuple[str, ...]) -> str:
    """The outcome in the fixed words; of several questions, each word with its number."""
    if len(verdicts) <= 1:
        return "".join(str(Verdict(verdict).label) for verdict in verdicts)
    return ", ".join(
        f"{Verdict(verdict).label} ({verdicts.count(verdict)})"
        for verdict in dict.fromkeys(verdicts)
    )
