"""A flash question: one tap on an answer, a sentence beside it if wanted, change until closing."""

from dataclasses import dataclass
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.audience import Audience
from verband.consultations.models import Answer
from verband.consultations.pages.audience_words import audience_words
from verband.consultations.pages.choice_words import Choice, choice_label, choices_of
from verband.consultations.pages.clocks import at_or_today, closing_clock
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.pages.rule_words import rule_words
from verband.consultations.queries.matter import audience_name
from verband.consultations.queries.standing import Asked, Standing
from verband.ui.component import Link
from verband.ui.components.errors import ErrorSummary, Mend
from verband.ui.components.time import Clock
from verband.ui.page import Page
from verband.ui.reading import Reading

MOST_LETTERS = 300


@dataclass(frozen=True, kw_only=True)
class FlashPage(Page):
    """The question and its answers; ``said`` when one stands."""

    who: str
    clock: Clock | None
    explanation: str
    choices: tuple[Choice, ...]
    chosen: str
    said: str
    sentence: str
    token: str
    seen: int
    matter: Link
    rule: str
    errors: ErrorSummary | None = None


@dataclass(frozen=True, kw_only=True)
class NotAskedPage(Page):
    """The question went to others, or it is closed."""

    sentence: str
    said: str = ""
    typed: str = ""
    matter: Link


@dataclass(frozen=True)
class Asking:
    """What the page of a flash question is made from. ``who``: function and municipality."""

    reading: Reading
    standing: Standing
    asked: Asked
    who: str
    last: Answer | None

    @property
    def matter(self) -> Link:
        """The way to the page of the question itself."""
        path = reverse("consultation", args=[self.standing.consultation.key])
        return Link(_("About this question"), self.reading.link(path))

    @property
    def said(self) -> str:
        """The answer that stands, in a sentence."""
        if self.last is None:
            return ""
        return _("You answered “%(choice)s” at %(when)s.") % {
            "choice": choice_label(self.asked, self.last.choice),
            "when": at_or_today(self.last.recorded_from, self.reading.now),
        }


def flash_page(asking: Asking, *, sentence: str | None = None, refusal: str = "") -> FlashPage:
    """The question for somebody who was asked; with what was typed when it was refused."""
    last, standing = asking.last, asking.standing
    lines = rule_words(standing.frozen)
    told = ("weighing", "binding", "interim", "change")
    errors = ErrorSummary(_("Your answer was not kept."), (Mend(refusal),)) if refusal else None
    return FlashPage(
        title=asking.asked.fact.text,
        reading=asking.reading,
        bare=True,
        kind=kind_words(standing),
        who=asking.who,
        clock=closing_clock(standing, asking.reading.now),
        explanation="\n\n".join(
            filter(None, (standing.fact.explanation, asking.asked.fact.explanation))
        ),
        choices=choices_of(asking.asked),
        chosen=last.choice if last else "",
        said=asking.said,
        sentence=sentence if sentence is not None else (last.sentence if last else ""),
        token=str(uuid4()),
        seen=last.number if last else 0,
        matter=asking.matter,
        rule=" ".join(line.text for line in lines if line.about in told),
        errors=errors,
    )


def not_asked_page(reading: Reading, standing: Standing) -> NotAskedPage:
    """The reader was not on the list when it opened; who was."""
    audience = Audience.read(standing.fact.audience)
    who = audience_words(audience, audience_name(audience, reading.day))
    path = reverse("consultation", args=[standing.consultation.key])
    return NotAskedPage(
        title=_("This question was not put to you"),
        reading=reading,
        kind=kind_words(standing),
        sentence=_("It was put to %(who)s, as it was when it opened.") % {"who": who},
        matter=Link(_("About this question"), reading.link(path)),
    )


def over_page(asking: Asking, sentence: str, typed: str) -> NotAskedPage:
    """It is closed; what was typed is not lost."""
    return NotAskedPage(
        title=_("This question is closed"),
        reading=asking.reading,
        kind=kind_words(asking.standing),
        sentence=sentence,
        said=asking.said,
        typed=typed,
        matter=asking.matter,
    )
