"""Taking part in a deliberation: one statement at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.models import StatementVote
from verband.consultations.pages.clocks import at_or_today, closing_clock
from verband.consultations.pages.flash import NotAskedPage
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.pages.rule_words import rule_words
from verband.consultations.queries.deliberation import FLOOR
from verband.consultations.queries.standing import Standing
from verband.consultations.queries.statements import Put
from verband.ui.component import Link
from verband.ui.components.errors import ErrorSummary, Mend
from verband.ui.components.time import Clock
from verband.ui.page import Page
from verband.ui.reading import Reading
from verband.ui.wording import number

Choice = StatementVote.Choice


@dataclass(frozen=True)
class Button:
    """One of the three; ``chosen`` when it stands."""

    code: str
    label: str
    help: str
    chosen: bool


@dataclass(frozen=True)
class Said:
    """A statement with what the reader said of it, and the way to change that."""

    text: str
    said: str
    href: str


@dataclass(frozen=True, kw_only=True)
class StatementsPage(Page):
    """One statement to vote on; none when all were seen (``statement`` is 0 then)."""

    key: str
    statement: int
    text: str
    progress: str
    done: int
    all: int
    clock: Clock | None
    who: str
    matter: Link
    buttons: tuple[Button, ...]
    said: str
    seen: int
    previous: Said | None
    further: tuple[Link, ...]
    rule: str
    stored: str
    errors: ErrorSummary | None = None


@dataclass(frozen=True)
class Taking:
    """What the pages of a participant are made from. ``who``: function and municipality."""

    reading: Reading
    standing: Standing
    person_id: int
    who: str
    puts: Sequence[Put]
    said: dict[int, StatementVote]

    def link(self, name: str) -> str:
        """A page of this deliberation."""
        return self.reading.link(reverse(name, args=[self.standing.consultation.key]))

    @property
    def matter(self) -> Link:
        """The way to the page of the consultation itself."""
        return Link(_("About this round of statements"), self.link("consultation"))

    @property
    def crumbs(self) -> tuple[Link, ...]:
        """Where a page of it stands."""
        return (
            Link(_("Consultations"), self.reading.link(reverse("consultations"))),
            Link(self.standing.fact.title, self.link("consultation")),
        )


def choice_words(choice: str) -> str:
    """What somebody said, in a word."""
    return str(Choice(choice).label)


def stored_words() -> str:
    """What is stored, and who can see it."""
    return _(
        "Your votes are stored with your name, and no page shows them to anybody but you. Shown are"
        " only counts, of groups of at least %(floor)s people. An auditor"
        " sees that you took part and which statements you added, not what you chose; whoever"
        " manages the database could see it."
    ) % {"floor": number(FLOOR)}


def binding_words(standing: Standing) -> str:
    """What it may bind, and who sees what meanwhile."""
    lines = rule_words(standing.frozen)
    return " ".join(line.text for line in lines if line.about in ("binding", "interim"))


def statements_page(taking: Taking, shown: Put | None, refusal: str = "") -> StatementsPage:
    """The statement to vote on now, for somebody who was asked."""
    opened = [one for one in taking.puts if one.is_open]
    mine = [one for one in opened if _counts(one, taking)]
    vote = taking.said.get(shown.statement.pk) if shown else None
    left = len(opened) - len(mine)
    errors = ErrorSummary(_("Your vote was not kept."), (Mend(refusal),)) if refusal else None
    return StatementsPage(
        title=shown.statement.text if shown else _("You have seen all statements"),
        reading=taking.reading,
        bare=True,
        kind=f"{kind_words(taking.standing)}: {taking.standing.fact.title}",
        key=taking.standing.consultation.key,
        statement=shown.statement.pk if shown else 0,
        text=shown.statement.text if shown else "",
        progress=_left(left, len(opened)),
        done=len(mine),
        all=len(opened),
        clock=closing_clock(taking.standing, taking.reading.now),
        who=taking.who,
        matter=taking.matter,
        buttons=_buttons(vote),
        said=_said(vote, taking.reading.now),
        seen=vote.number if vote else 0,
        previous=_previous(taking, shown),
        further=_further(taking, opened),
        rule=binding_words(taking.standing),
        stored=stored_words(),
        errors=errors,
    )


def _counts(one: Put, taking: Taking) -> bool:
    return one.statement.pk in taking.said or one.statement.author_id == taking.person_id


def _left(left: int, whole: int) -> str:
    if not whole:
        return _("No statement is put to the vote yet.")
    if not left:
        return _("You voted on all %(count)s statements.") % {"count": number(whole)}
    words = ngettext(
        "%(count)s of %(all)s statements left", "%(count)s of %(all)s statements left", left
    )
    return words % {"count": number(left), "all": number(whole)}


def _buttons(vote: StatementVote | None) -> tuple[Button, ...]:
    helps = {
        Choice.AGREE: "",
        Choice.DISAGREE: "",
        Choice.PASS: _("no opinion, or not for me to say"),
    }
    chosen = vote.choice if vote else ""
    return tuple(
        Button(one.value, str(one.label).capitalize(), helps[one], one.value == chosen)
        for one in Choice
    )


def _said(vote: StatementVote | None, now: datetime) -> str:
    if vote is None:
        return ""
    words = _("You said “%(choice)s” at %(when)s. Tap another answer to change it.")
    when = at_or_today(vote.recorded_from, now)
    return words % {"choice": choice_words(vote.choice), "when": when}


def _previous(taking: Taking, shown: Put | None) -> Said | None:
    """What the reader said last, to go back to."""
    known = {one.statement.pk: one for one in taking.puts if one.is_open}
    others = [
        vote
        for pk, vote in taking.said.items()
        if pk in known
        and (shown is None or pk != shown.statement.pk)
        and known[pk].statement.author_id != taking.person_id
    ]
    if not others:
        return None
    last = max(others, key=lambda vote: (vote.recorded_from, vote.pk))
    return change_link(taking, known[last.statement_id], last)


def change_link(taking: Taking, one: Put, vote: StatementVote) -> Said:
    """A statement with what the reader said of it, and the way to change that."""
    path = taking.link("statements")
    join = "&" if "?" in path else "?"
    href = f"{path}{join}statement={one.statement.pk}"
    return Said(one.statement.text, choice_words(vote.choice), href)


def _further(taking: Taking, opened: Sequence[Put]) -> tuple[Link, ...]:
    found = [Link(_("Add a statement of your own"), taking.link("add_statement"))]
    if taking.said:
        found.append(
            Link(_("What you said, and your own statements"), taking.link("my_statements"))
        )
    if opened:
        found.append(Link(_("All statements"), taking.link("statement_list")))
    return tuple(found)


def round_over_page(taking: Taking, sentence: str, typed: str = "") -> NotAskedPage:
    """It is closed; what was typed is not lost."""
    return NotAskedPage(
        title=_("This round of statements is closed"),
        reading=taking.reading,
        kind=kind_words(taking.standing),
        sentence=sentence,
        typed=typed,
        matter=taking.matter,
    )
