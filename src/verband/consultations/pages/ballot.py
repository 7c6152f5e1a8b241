"""The ballot in three steps: choose, check, receipt; and what is said when it cannot be cast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.models import RollLine
from verband.consultations.pages.choice_words import Choice, choice_label, choices_of, choose_one
from verband.consultations.pages.clocks import closing_clock
from verband.consultations.pages.paper_words import Weight, advice_words, kind_words, weight_of
from verband.consultations.pages.rule_words import rule_words, summary
from verband.consultations.pages.sitting_words import amended_note
from verband.consultations.pages.voter_words import standing_words, voter_words
from verband.consultations.queries.mandates import Mandate
from verband.consultations.queries.standing import Asked, Standing
from verband.ui.component import Component, Link
from verband.ui.components.errors import ErrorSummary, Mend
from verband.ui.components.time import Clock
from verband.ui.components.words import Fact, Facts
from verband.ui.page import Page
from verband.ui.reading import Reading
from verband.ui.wording import number


@dataclass(frozen=True)
class Given:
    """What a voter filled in, and with which showing of the paper."""

    answers: Mapping[str, str]
    reason: str
    token: str
    seen: int


@dataclass(frozen=True)
class OnPaper:
    """One question as it stands on the paper. ``instructed``: what a proxy prescribes."""

    asked: Asked
    label: str
    choices: tuple[Choice, ...]
    chosen: str = ""
    error: str = ""
    instructed: str = ""
    advice: str = ""
    amends: str = ""

    @property
    def field(self) -> str:
        """The name of its radio buttons."""
        return f"q-{self.asked.key}"


@dataclass(frozen=True)
class Said(Component):
    """A vote as it is read back: large."""

    words: str

    def show(self, around: dict[str, Any] | None = None) -> SafeString:
        """The words, as large as they weigh."""
        return format_html('<b class="vb-bigvote">{}</b>', self.words)


@dataclass(frozen=True, kw_only=True)
class BallotPage(Page):
    """The paper, or the check before it is cast (``step``: "choose" or "check")."""

    step: str
    key: str
    member: str
    member_key: str
    by_key: str
    papers: tuple[OnPaper, ...]
    given: Given
    weight: Weight
    clock: Clock | None
    explanation: str
    rule: tuple[str, str]
    voter: str
    others: tuple[Link, ...] = ()
    standing_vote: str = ""
    amended: str = ""
    errors: ErrorSummary | None = None
    facts: Facts | None = None
    note: str = ""
    button: str = ""

    @property
    def legend(self) -> str:
        """Whose vote it is."""
        return _("Your vote on behalf of %(member)s") % {"member": self.member}


@dataclass(frozen=True, kw_only=True)
class TooLatePage(Page):
    """What was filled in came after the closing."""

    sentence: str
    facts: Facts
    reason: str
    href: str


@dataclass(frozen=True)
class Frame:
    """All that the pages of one ballot are made from."""

    reading: Reading
    standing: Standing
    questions: Sequence[Asked]
    mandate: Mandate
    functions: Mapping[tuple[int, int], str]
    person_id: int
    others: tuple[Link, ...] = ()

    @property
    def line(self) -> RollLine:
        """The member's line on the roll."""
        return self.mandate.line

    @property
    def open_questions(self) -> list[Asked]:
        """What is on the paper."""
        return [asked for asked in self.questions if not asked.fact.is_withdrawn]


def standing_given(mandate: Mandate, token: str) -> Given:
    """The paper as it is first shown: with an instruction, or with the vote that stands."""
    last = mandate.last
    answers = dict(last.answers) if last else {}
    if mandate.proxy is not None:
        answers |= mandate.proxy.instruction
    return Given(answers, last.reason if last else "", token, last.number if last else 0)


def missing(frame: Frame, given: Given) -> list[Asked]:
    """The questions at which nothing on the paper was chosen."""
    return [a for a in frame.open_questions if given.answers.get(a.key) not in a.choices]


def choose_page(
    frame: Frame, given: Given, *, refusal: str = "", show_missing: bool = False
) -> BallotPage:
    """The first step; with what must be mended."""
    empty = missing(frame, given) if show_missing else []
    papers = _papers(frame, given, {asked.key for asked in empty})
    single = len(papers) == 1
    return _page(
        frame,
        given,
        papers,
        step="choose",
        amended=amended_note(frame.standing, frame.reading.now),
        title=papers[0].asked.fact.text if single else frame.standing.fact.title,
        kind=kind_words(frame.standing),
        errors=_errors(papers, refusal),
        button=_("Go on"),
    )


def check_page(frame: Frame, given: Given) -> BallotPage:
    """The second step: what will be sent, read back."""
    papers = _papers(frame, given, set())
    votes = frame.line.votes
    words = ngettext("%(count)s vote", "%(count)s votes", votes) % {"count": number(votes)}
    note = _("What %(member)s votes becomes public with the result.") % {"member": frame.line.name}
    if not frame.standing.is_live:
        note += " " + _("Until then nobody sees an interim result, the bureau neither.")
    if len(papers) == 1:
        chosen = choice_label(papers[0].asked, papers[0].chosen)
        button = _("Vote “%(choice)s”, with %(votes)s") % {"choice": chosen, "votes": words}
    else:
        button = _("Cast this ballot, with %(votes)s") % {"votes": words}
    return _page(
        frame,
        given,
        papers,
        step="check",
        title=_("Is this right?"),
        kind="",
        facts=_facts(frame, papers, given, words),
        note=note,
        button=button,
    )


def too_late_page(frame: Frame, given: Given, sentence: str, href: str) -> TooLatePage:
    """The vote came after the closing; what was typed is not lost."""
    papers = _papers(frame, given, set())
    return TooLatePage(
        title=_("Your vote does not count"),
        reading=frame.reading,
        bare=True,
        kind=kind_words(frame.standing),
        sentence=sentence,
        facts=Facts(tuple(_answer_facts(papers)), "s"),
        reason=given.reason,
        href=href,
    )


def _papers(frame: Frame, given: Given, empty: set[str]) -> tuple[OnPaper, ...]:
    asked_of = {asked.question.pk: asked for asked in frame.questions}
    prescribed = frame.mandate.proxy.instruction if frame.mandate.proxy else {}
    several = len(frame.open_questions) > 1
    papers = []
    for asked in frame.open_questions:
        amended = asked_of.get(asked.question.amends_id or 0)
        amends = _("Amendment to question %(number)s") % {"number": amended.key} if amended else ""
        papers.append(
            OnPaper(
                asked,
                f"{asked.key}. {asked.fact.text}" if several else asked.fact.text,
                choices_of(asked, frame.line.name),
                given.answers.get(asked.key, ""),
                choose_one(asked) if asked.key in empty else "",
                prescribed.get(asked.key, ""),
                advice_words(asked),
                amends,
            )
        )
    return tuple(papers)


def _errors(papers: tuple[OnPaper, ...], refusal: str) -> ErrorSummary | None:
    if refusal:
        return ErrorSummary(_("Your vote has not been cast."), (Mend(refusal),))
    wrong = [paper for paper in papers if paper.error]
    if not wrong:
        return None
    several = len(papers) > 1
    at = _("Question %(number)s: %(text)s")
    return ErrorSummary(
        _("You have not chosen everywhere yet.") if several else _("You have not chosen yet."),
        tuple(
            Mend(
                at % {"number": paper.asked.key, "text": paper.error} if several else paper.error,
                f"#{paper.field}-0",
            )
            for paper in wrong
        ),
    )


def _answer_facts(papers: tuple[OnPaper, ...]) -> list[Fact]:
    if len(papers) == 1:
        [paper] = papers
        return [
            Fact(_("Question"), paper.asked.fact.text),
            Fact(_("Your vote"), Said(_label(paper))),
        ]
    return [Fact(paper.label, Said(_label(paper))) for paper in papers]


def _label(paper: OnPaper) -> str:
    return choice_label(paper.asked, paper.chosen) if paper.chosen else "–"


def _facts(frame: Frame, papers: tuple[OnPaper, ...], given: Given, votes: str) -> Facts:
    facts = [
        Fact(_("Municipality"), frame.line.name),
        Fact(_("Weight"), votes),
        *_answer_facts(papers),
        Fact(_("Reason"), given.reason.strip() or "–"),
        Fact(_("You vote as"), voter_words(frame.mandate, frame.functions, frame.person_id)),
    ]
    return Facts(tuple(facts), "s vb-facts--big")


def _page(frame: Frame, given: Given, papers: tuple[OnPaper, ...], **more: Any) -> BallotPage:
    now: datetime = frame.reading.now
    mandate, standing = frame.mandate, frame.standing
    sentence = _("You vote as %(voter)s.")
    voter = sentence % {"voter": voter_words(mandate, frame.functions, frame.person_id)}
    return BallotPage(
        reading=frame.reading,
        bare=True,
        key=standing.consultation.key,
        member=frame.line.name,
        member_key=frame.line.member.key,
        by_key=mandate.by.member.key if mandate.by else "",
        papers=papers,
        given=given,
        weight=weight_of(standing, frame.line),
        clock=closing_clock(standing, now),
        explanation=standing.fact.explanation,
        rule=summary(rule_words(standing.frozen)),
        voter=voter,
        others=frame.others,
        standing_vote=standing_words(frame, now),
        **more,
    )
