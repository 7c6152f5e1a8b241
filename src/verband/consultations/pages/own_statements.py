"""Adding a statement of one's own, and looking back at what one said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from verband.consultations.models import Moderation
from verband.consultations.pages.clocks import at
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.pages.statements import (
    Said,
    Taking,
    change_link,
    choice_words,
    stored_words,
)
from verband.consultations.queries.statements import Put, State
from verband.consultations.use_cases.statements import MOST_LETTERS
from verband.ui.components.errors import ErrorSummary, Mend
from verband.ui.components.words import Tag
from verband.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class AddStatementPage(Page):
    """A statement of one's own; ``alike``: what looks like it, before it is sent."""

    text: str
    most: int
    alike: tuple[Said, ...]
    who: str
    stored: str
    errors: ErrorSummary | None


def add_statement_page(
    taking: Taking, text: str, similar: Sequence[Put] = (), refusal: str = ""
) -> AddStatementPage:
    """The form, with what was typed."""
    path = taking.link("statements")
    join = "&" if "?" in path else "?"
    found = []
    for one in similar:
        vote = taking.said.get(one.statement.pk)
        said = choice_words(vote.choice) if vote else ""
        found.append(Said(one.statement.text, said, f"{path}{join}statement={one.statement.pk}"))
    errors = (
        ErrorSummary(_("Your statement was not sent."), (Mend(refusal, "#text"),))
        if refusal
        else None
    )
    return AddStatementPage(
        title=_("Add a statement of your own"),
        reading=taking.reading,
        crumbs=taking.crumbs,
        kind=kind_words(taking.standing),
        bare=True,
        text=text,
        most=MOST_LETTERS,
        alike=tuple(found),
        who=taking.who,
        stored=stored_words(),
        errors=errors,
    )


@dataclass(frozen=True)
class Own:
    """A statement that the reader wrote, and what became of it."""

    text: str
    tag: Tag
    history: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MyStatementsPage(Page):
    """What the reader said of each statement, and the statements that the reader wrote."""

    votes: tuple[Said, ...]
    own: tuple[Own, ...]
    may_change: bool
    go_on: str
    stored: str


def my_statements_page(
    taking: Taking, judged: dict[int, list[Moderation]], *, is_open: bool
) -> MyStatementsPage:
    """All that one participant said, for that participant alone."""
    own = [one for one in taking.puts if one.statement.author_id == taking.person_id]
    others = [one for one in taking.puts if one.statement.author_id != taking.person_id]
    now = taking.reading.now
    return MyStatementsPage(
        title=_("What you said"),
        reading=taking.reading,
        crumbs=taking.crumbs,
        kind=kind_words(taking.standing),
        lead=_("Only you see this page."),
        votes=tuple(
            change_link(taking, one, taking.said[one.statement.pk])
            for one in others
            if one.is_open and one.statement.pk in taking.said
        ),
        own=tuple(
            Own(
                one.statement.text,
                state_tag(one.state),
                tuple(history_words(row, now) for row in judged.get(one.statement.pk, ())),
            )
            for one in own
        ),
        may_change=is_open,
        go_on=taking.link("statements") if is_open else "",
        stored=stored_words(),
    )


def state_tag(state: str) -> Tag:
    """How a statement stands, in a word."""
    return {
        State.WAITING: Tag(_("waits for the moderator"), "future"),
        State.ADMITTED: Tag(_("put to the vote"), "now"),
        State.MERGED: Tag(_("merged with another"), "past"),
        State.PARKED: Tag(_("parked"), "past"),
    }[State(state)]


def history_words(row: Moderation, now: datetime) -> str:
    """One thing that a moderator did, with the reason."""
    did = {
        State.WAITING: _("Opened again"),
        State.ADMITTED: _("Put to the vote"),
        State.MERGED: _("Merged into “%(into)s”"),
        State.PARKED: _("Parked"),
    }[State(row.state)]
    if row.into is not None:
        did %= {"into": row.into.text}
    told = f"{did}, {at(row.recorded_from, now)}."
    return told + (" " + _("Reason: %(reason)s") % {"reason": row.reason} if row.reason else "")
