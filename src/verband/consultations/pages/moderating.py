"""The moderator's queue: what waits, what is put to the vote, what is not, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.pages.clocks import at, closing_clock
from verband.consultations.pages.own_statements import state_tag
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.pages.statement_list import by_words
from verband.consultations.queries.alike import alike
from verband.consultations.queries.standing import Standing
from verband.consultations.queries.statements import Put, State
from verband.ui.component import Link
from verband.ui.components.errors import ErrorSummary, Mend
from verband.ui.components.time import Clock
from verband.ui.components.words import Tag
from verband.ui.page import Page
from verband.ui.reading import Reading
from verband.ui.wording import number

COMPARED = 20  # of so many that wait is said which other statement they look like


@dataclass(frozen=True)
class Queued:
    """One statement with what can be done with it. ``admit``: whether it can be admitted."""

    pk: int
    number: int
    text: str
    by: str
    when: str
    tag: Tag | None
    reason: str
    alike: str
    admit: bool
    seen: int
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class ModeratingPage(Page):
    """All statements of one deliberation, for whoever leads it."""

    clock: Clock | None
    waiting: tuple[Queued, ...]
    admitted: tuple[Queued, ...]
    others: tuple[Queued, ...]
    put: str
    is_over: bool
    errors: ErrorSummary | None = None


def moderating_page(
    reading: Reading, standing: Standing, puts: Sequence[Put], *, is_over: bool, refusal: str = ""
) -> ModeratingPage:
    """The queue, with why the last press was refused."""
    key = standing.consultation.key
    made = _Making(reading, key, puts, is_over)
    waiting = [one for one in puts if one.state == State.WAITING]
    words = ngettext(
        "%(count)s statement waits for you", "%(count)s statements wait for you", len(waiting)
    )
    errors = ErrorSummary(_("Nothing was changed."), (Mend(refusal),)) if refusal else None
    return ModeratingPage(
        title=words % {"count": number(len(waiting))} if waiting else _("No statement waits"),
        reading=reading,
        crumbs=moderating_crumbs(reading, standing),
        kind=kind_words(standing),
        lead=_("You see what is said, not by whom. Everything that you do is on record."),
        clock=None if is_over else closing_clock(standing, reading.now),
        waiting=tuple(made.queued(one, place < COMPARED) for place, one in enumerate(waiting)),
        admitted=tuple(made.queued(one) for one in puts if one.is_open),
        others=tuple(made.queued(one) for one in puts if one.state in (State.PARKED, State.MERGED)),
        put="" if is_over else reading.link(reverse("put_statement", args=[key])),
        is_over=is_over,
        errors=errors,
    )


def moderating_crumbs(
    reading: Reading, standing: Standing, *, queue: bool = False
) -> tuple[Link, ...]:
    """Where the queue, or a form of it, stands."""
    key = standing.consultation.key
    found = [
        Link(_("Consultations"), reading.link(reverse("consultations"))),
        Link(standing.fact.title, reading.link(reverse("consultation", args=[key]))),
    ]
    if queue:
        path = reading.link(reverse("moderate_statements", args=[key]))
        found.append(Link(_("Statements to moderate"), path))
    return tuple(found)


@dataclass(frozen=True)
class _Making:
    reading: Reading
    key: str
    puts: Sequence[Put]
    is_over: bool

    def queued(self, one: Put, compare: bool = False) -> Queued:
        """One statement as the queue shows it."""
        others = [it for it in self.puts if it.is_open and it is not one]
        found = alike(one.statement.text, others, 1) if compare else []
        words = _("Looks like %(number)s: “%(text)s”")
        told = [words % {"number": it.number, "text": it.statement.text} for it in found]
        return Queued(
            pk=one.statement.pk,
            number=one.number,
            text=one.statement.text,
            by=by_words(one),
            when=at(one.since, self.reading.now),
            tag=None if one.state == State.WAITING or one.is_open else state_tag(one.state),
            reason=self._reason(one),
            alike=" ".join(told),
            admit=one.state == State.WAITING and not self.is_over,
            seen=one.seen,
            links=() if self.is_over else self._links(one, bool(others)),
        )

    def _reason(self, one: Put) -> str:
        if one.judged is None:
            return ""
        into = next((it for it in self.puts if it.statement.pk == one.judged.into_id), None)
        told = []
        if into is not None:
            told.append(_("Into “%(text)s”.") % {"text": into.statement.text})
        if one.judged.reason:
            told.append(_("Reason: %(reason)s") % {"reason": one.judged.reason})
        return " ".join(told)

    def _links(self, one: Put, has_others: bool) -> tuple[Link, ...]:
        words = [("reopen", _("Judge again"))]
        if one.state == State.WAITING:
            words = [("park", _("Park"))]
        elif one.is_open:
            words = [("park", _("Take out"))]
        if has_others and one.state in (State.WAITING, State.ADMITTED):
            words.append(("merge", _("Merge")))
        return tuple(
            Link(label, reverse("moderate_statement", args=[self.key, one.statement.pk, word]))
            for word, label in words
        )


@dataclass(frozen=True, kw_only=True)
class ModeratePage(Page):
    """What stands beside the form: the statement."""

    statement: str


def moderate_page(request: Any, standing: Standing, one: Put, title: str) -> ModeratePage:
    """One statement that is parked, merged or judged anew."""
    return ModeratePage(
        title=title,
        reading=request.reading,
        crumbs=moderating_crumbs(request.reading, standing, queue=True),
        kind=kind_words(standing),
        statement=one.statement.text,
    )
