"""Following a sitting: what is voted on now, the clock, the quorum, and results once published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.kinds import QuestionForm, State
from verband.consultations.models import Sitting
from verband.consultations.pages.desk import left_words
from verband.consultations.pages.sitting import Mine, crumbs_of, mine_in
from verband.consultations.pages.sitting_words import (
    amended_words,
    amends_words,
    present_words,
    quorum_sentences,
    represented_words,
    result_words,
)
from verband.consultations.queries.sitting import (
    TO_COME,
    Item,
    agenda_of,
    fact_of,
    hall_of,
    requests_in,
    rule_fact,
)
from verband.ui.page import Page


@dataclass(frozen=True)
class Followed:
    """What everybody sees now. ``announce`` is read out when it changes."""

    state: str
    announce: str
    title: str = ""
    words: str = ""
    questions: tuple[str, ...] = ()
    about: str = ""
    amended: str = ""
    vote: str = ""
    secret: bool = False
    closes_at: datetime | None = None
    left: str = ""
    result: str = ""
    result_href: str = ""
    presence: tuple[str, ...] = ()
    reached: bool | None = None
    next: str = ""
    next_key: str = ""
    acclaims: bool = False
    asked: bool = False


@dataclass(frozen=True, kw_only=True)
class FollowPage(Page):
    """The page that follows a sitting; ``screen`` is for the screen in the hall."""

    now: Followed
    key: str
    mine: tuple[Mine, ...]
    screen: bool
    version: str
    at: datetime

    @property
    def absent(self) -> bool:
        """Whether the reader votes for a member that is not present yet."""
        return any(not one.there for one in self.mine)


def follow_page(request: Any, sitting: Sitting, version: str) -> FollowPage:
    """The whole page."""
    reading = request.reading
    fact = fact_of(sitting)
    return FollowPage(
        title=fact.title,
        reading=reading,
        crumbs=crumbs_of(reading),
        bare=True,
        now=followed(sitting, reading.now),
        key=sitting.key,
        mine=mine_in(request, sitting),
        screen=bool(request.GET.get("screen")),
        version=version,
        at=reading.now,
    )


def shown_of(agenda: list[Item]) -> Item | None:
    """What everybody looks at: what is open, else what happened last."""
    running = [item for item in agenda if item.state == State.OPEN]
    if running:
        return running[0]
    begun = [item for item in agenda if item.standing.steps]
    return max(begun, key=_last_step, default=None)


def _last_step(item: Item) -> datetime:
    return max(step.recorded_from for step in item.standing.steps.values())


def followed(sitting: Sitting, now: datetime) -> Followed:
    """What everybody may see at this instant; nothing in it depends on who looks."""
    agenda = agenda_of(sitting, now)
    item = shown_of(agenda)
    coming = next((one for one in agenda if one.state in TO_COME), None)
    hall = hall_of(sitting, item or coming, fact_of(sitting).call, now)
    presence = tuple(
        part
        for part in (present_words(hall), represented_words(hall), *quorum_sentences(hall))
        if part
    )
    fact = None if coming is None else rule_fact(coming.standing.consultation, now)
    rest: dict[str, Any] = {
        "presence": presence,
        "reached": hall.reached,
        "next": "" if coming is None else coming.title,
        "next_key": "" if coming is None else coming.key,
        "acclaims": fact is not None and bool(fact.rule.get("acclamation")),
        "asked": coming is not None and any(requests_in([coming]).values()),
    }
    if item is None:
        return Followed(state="waiting", announce="", words=_("No vote is open yet."), **rest)
    return _shown(item, agenda, now, rest)


def _shown(item: Item, agenda: list[Item], now: datetime, rest: dict[str, Any]) -> Followed:
    title = {"title": item.title}
    closes = item.standing.fact.closes_at
    if item.state == State.OPEN:
        texts = [one.fact.text for one in item.asked if not one.fact.is_withdrawn]
        return Followed(
            state="open",
            announce=_("The vote is open: %(title)s") % title,
            title=item.title,
            words=_("Voting now"),
            questions=tuple(text for text in texts if text != item.title),
            about=amends_words(item, agenda),
            amended=amended_words(item, agenda),
            vote=vote_path(item),
            secret=item.is_secret,
            closes_at=closes,
            left=left_words(closes, now) if closes else "",
            **rest,
        )
    if item.state == State.CLOSED:
        words = _("Closed; the result has not been published yet.")
        return Followed(state="closed", announce="", title=item.title, words=words, **rest)
    if item.state in (State.WITHDRAWN, State.HELD_OVER):
        words = _("Withdrawn") if item.state == State.WITHDRAWN else _("Held over")
        announce = f"{words}: {item.title}"
        return Followed(state="over", announce=announce, title=item.title, words=words, **rest)
    result = result_words(item)
    return Followed(
        state="result",
        announce=_("The result of %(title)s. %(result)s") % {**title, "result": result},
        title=item.title,
        words=_("Result"),
        result=result,
        result_href=reverse("consultation", args=[item.key]),
        **rest,
    )


def vote_path(item: Item) -> str:
    """Where one votes: on the paper with candidates, or on the ballot."""
    persons = any(one.question.form == QuestionForm.PERSONS for one in item.asked)
    name = "vote_persons" if persons or item.is_secret else "vote"
    return reverse(name, args=[item.key])
