"""What a succession would do, in words, and the page with what people must decide after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.change.authority import RowAction
from verband.bodies.change.words import (
    address_of,
    crumb_of,
    day_before,
    described_in,
    told,
    with_things,
)
from verband.bodies.models import Tenure
from verband.bodies.queries.succession import OpenQuestions, questions_after
from verband.bodies.queries.words import Names, names_in
from verband.bodies.use_cases.successions import Consequences
from verband.members.models import Organisation
from verband.members.names import name_of
from verband.members.queries import MemberVotes, votes_of
from verband.ui.act import Consequence
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState, Tag
from verband.ui.page import Page
from verband.ui.reading import Reading
from verband.ui.wording import day as in_words
from verband.ui.wording import number

PROPOSALS = {
    "holder_lost_office": lambda who: _("%(what)s: the office ends. Does the seat stay?") % who,
    "confirm_network_membership": lambda who: (
        _("%(what)s: passed on by rule. Does the network agree?") % who
    ),
    "no_main_successor": lambda who: _("%(what)s: nobody takes it over. Who does?") % who,
}


def teller(today: date) -> Callable[[Any], list[Consequence]]:
    """How the preview of a succession is told: changes, votes before and after, questions."""

    def tell(preview: Any) -> list[Consequence]:
        done: Consequences = preview.result
        return [*_votes(done), *_questions(done), *told(preview.changes, today)]

    return tell


def _votes(done: Consequences) -> list[Consequence]:
    day = done.successions[0].valid_from
    if day is None:
        return []
    before = votes_of({row.predecessor_id for row in done.successions}, day_before(day))
    after = votes_of({row.successor_id for row in done.successions}, day)
    words = _("Before: %(before)s. After: %(after)s.")
    listed = {"before": _listed(before), "after": _listed(after)}
    return [Consequence(Tag(_("votes"), "future"), words % listed)]


def _listed(rows: list[MemberVotes]) -> str:
    return "; ".join(f"{name_of(row.fact)}, {_count(row.votes)}" for row in rows)


def _count(votes: int | None) -> str:
    if votes is None:
        return _("votes not known")
    return ngettext("%(count)s vote", "%(count)s votes", votes) % {"count": number(votes)}


def _questions(done: Consequences) -> list[Consequence]:
    rows = with_things([proposal.tenure for proposal in done.proposals])
    day = done.successions[0].valid_from or date.min
    names = names_in(rows, day_before(day) if day != date.min else day)
    return [
        Consequence(
            Tag(_("to decide"), "gap"),
            PROPOSALS[proposal.code]({"what": capfirst(described_in(proposal.tenure, names))}),
        )
        for proposal in done.proposals
    ]


def after_address(done: Consequences) -> str:
    """Where the questions stand once a succession was recorded."""
    row = done.successions[0]
    day = row.valid_from.isoformat() if row.valid_from else ""
    return reverse("succession_questions", args=[row.successor.key, day])


@dataclass(frozen=True)
class SuccessionQuestionsPage(Page):
    """What people must decide after a succession; each row leads to the form that decides it."""

    template = "bodies/change/succession_questions.html"

    questions: Ledger | None = None
    onward: tuple[Link, ...] = ()


def succession_questions_page(
    request: Any, organisation: Organisation, day: date
) -> SuccessionQuestionsPage | None:
    """The questions as they are open now; ``None`` when there was no succession that day."""
    reading: Reading = request.reading
    found = questions_after(organisation, day)
    if found is None:
        return None
    tenures = [*found.to_confirm, *found.without_office, *found.unfilled]
    names = names_in(tenures, day)
    count = len(tenures)
    title = ngettext(
        "%(count)s question to decide after the change of %(day)s",
        "%(count)s questions to decide after the change of %(day)s",
        count,
    ) % {"count": number(count), "day": in_words(day)}
    crumb = crumb_of(organisation, reading.day)
    return SuccessionQuestionsPage(
        title=title if count else _("Nothing is left to decide"),
        reading=reading,
        crumbs=(crumb,) if crumb else (),
        lead=_("The rules did what they could. These seats are for people to decide."),
        questions=_ledger(found, names),
        onward=tuple(
            Link(names_in([row], day).organisation(row.successor_id).label, address_of(row))
            for row in found.successions[:1]
        ),
    )


def _ledger(found: OpenQuestions, names: Names) -> Ledger:
    agree = [
        ("correct_tenure", _("Confirm, with the decision")),
        ("withdraw_tenure", _("Withdraw")),
    ]
    stay = [("correct_tenure", _("Let it hold over")), ("end_tenure", _("End"))]
    fill = [("seat_someone", _("Seat somebody"))]
    rows = [_row(t, names, _("Passed on by rule"), agree) for t in found.to_confirm]
    rows += [_row(t, names, _("The office ended"), stay) for t in found.without_office]
    rows += [_row(t, names, _("Nobody took it over"), fill) for t in found.unfilled]
    return Ledger(
        caption=_("Seats to decide about"),
        columns=(Column(_("Seat")), Column(_("Why")), Column(_("Decide"))),
        rows=tuple(rows),
        empty=EmptyState(_("Every seat is decided.")),
    )


def _row(tenure: Tenure, names: Names, why: str, deciding: list[tuple[str, str]]) -> Row:
    words = capfirst(described_in(tenure, names))
    links = tuple(
        RowAction(
            label,
            words,
            reverse(name, args=[tenure.seat_id if name == "seat_someone" else tenure.pk]),
        )
        for name, label in deciding
    )
    return Row((words, why, links))
