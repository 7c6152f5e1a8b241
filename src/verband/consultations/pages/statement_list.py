"""The statements of a deliberation for everybody: put to the vote, or not, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.kinds import State as VoteState
from verband.consultations.pages.own_statements import state_tag
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.queries.standing import Standing
from verband.consultations.queries.statements import Put, State, statements_of
from verband.kernel.clock import local_day
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.wording import number


@dataclass(frozen=True, kw_only=True)
class StatementListPage(Page):
    """All statements; ``waiting``: how many no moderator has handled."""

    admitted: Ledger
    others: Ledger
    waiting: str
    result: Link | None


def statement_list_page(request: Any, standing: Standing) -> StatementListPage:
    """The list, without a count: that is the result's."""
    reading, query = request.reading, Query.of(request)
    puts = statements_of(standing.consultation, standing.then)
    key = standing.consultation.key
    admitted = [one for one in puts if one.is_open]
    words = ngettext(
        "%(count)s statement is put to the vote",
        "%(count)s statements are put to the vote",
        len(admitted),
    )
    result = Link(_("The result"), reading.link(reverse("result", args=[key])))
    return StatementListPage(
        title=words % {"count": number(len(admitted))},
        reading=reading,
        crumbs=(
            Link(_("Consultations"), reading.link(reverse("consultations"))),
            Link(standing.fact.title, reading.link(reverse("consultation", args=[key]))),
        ),
        kind=kind_words(standing),
        lead=_("In the order in which the moderator admitted them."),
        admitted=_admitted(admitted, query),
        others=others_ledger(puts, query),
        waiting=waiting_words(puts, standing, reading.moment),
        result=result if standing.is_published else None,
    )


def _admitted(admitted: Sequence[Put], query: Query) -> Ledger:
    return Ledger(
        caption=_("Statements put to the vote"),
        columns=(
            Column(_("No."), "number"),
            Column(_("Statement")),
            Column(_("By")),
            Column(_("Since")),
        ),
        rows=tuple(
            Row((one.number, one.statement.text, by_words(one), local_day(one.since)))
            for one in admitted
        ),
        name="statements",
        query=query,
        dense=True,
        empty=EmptyState(_("No statement is put to the vote yet.")),
    )


def by_words(one: Put) -> str:
    """Who put it: whoever asks, or somebody who takes part, without saying who."""
    return _("whoever asks") if one.statement.author_id is None else _("a participant")


def others_ledger(puts: Sequence[Put], query: Query) -> Ledger:
    """What is not put to the vote, with the reason."""
    texts = {one.statement.pk: one for one in puts}
    rows = []
    for one in puts:
        if one.state not in (State.PARKED, State.MERGED):
            continue
        into = texts.get(one.judged.into_id or 0) if one.judged is not None else None
        became: object = state_tag(one.state)
        if into is not None:
            became = _("merged into “%(into)s”") % {"into": into.statement.text}
        reason = one.judged.reason if one.judged is not None else ""
        rows.append(Row((one.statement.text, became, reason or None, local_day(one.since))))
    return Ledger(
        caption=_("Not put to the vote, and why"),
        columns=(
            Column(_("Statement")),
            Column(_("What became of it")),
            Column(_("Reason")),
            Column(_("Since")),
        ),
        rows=tuple(rows),
        name="not-put",
        query=query,
        dense=True,
        empty=EmptyState(_("Every statement that was handled is put to the vote.")),
    )


def waiting_words(puts: Sequence[Put], standing: Standing, now: Any) -> str:
    """How many statements nobody has handled; their texts are not shown."""
    waiting = sum(one.state == State.WAITING for one in puts)
    if not waiting:
        return ""
    if standing.state(now) in (VoteState.DRAFT, VoteState.PLANNED, VoteState.OPEN):
        words = ngettext(
            "%(count)s statement waits for the moderator.",
            "%(count)s statements wait for the moderator.",
            waiting,
        )
    else:
        words = ngettext(
            "%(count)s statement was not handled before the closing.",
            "%(count)s statements were not handled before the closing.",
            waiting,
        )
    return words % {"count": number(waiting)}
