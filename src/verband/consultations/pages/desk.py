"""The chair's desk: the votes in order, the current one large, and a button for what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.kinds import ElectionMethod, QuestionForm, State, StepKind
from verband.consultations.models import Sitting
from verband.consultations.pages.desk_notes import closed_elections, notes_of, ties_of
from verband.consultations.pages.sitting import crumbs_of
from verband.consultations.pages.sitting_words import (
    amended_words,
    amends_words,
    present_words,
    progress_words,
    quorum_sentences,
    represented_words,
    result_words,
    state_tag,
)
from verband.consultations.queries.elections import ElectionCount, elections_of, method_of
from verband.consultations.queries.sitting import (
    TO_COME,
    Item,
    agenda_of,
    current_of,
    fact_of,
    hall_of,
    progress_of,
    requests_in,
    rule_fact,
)
from verband.core.errors import DomainError
from verband.ui.component import Link
from verband.ui.components.words import Tag
from verband.ui.page import Page
from verband.ui.reading import Reading

COUNTDOWN, MORE = 60, 30


@dataclass(frozen=True)
class Button:
    """Something the chair can do now; ``do`` is what the form says."""

    do: str
    label: str
    primary: bool = False
    seconds: int = 0


@dataclass(frozen=True)
class DeskRow:
    """A vote in the list."""

    number: str
    title: str
    tag: Tag
    href: str
    result: str
    current: bool


@dataclass(frozen=True)
class Now:
    """The vote at hand, as the desk sees it: refreshed while the meeting goes on."""

    key: str
    title: str
    number: str
    tag: Tag
    state: str
    questions: tuple[str, ...]
    about: str
    amended: str
    buttons: tuple[Button, ...]
    links: tuple[Link, ...]
    presence: tuple[str, ...]
    reached: bool | None
    progress: str = ""
    voted: int = 0
    of: int = 0
    out: tuple[str, ...] = ()
    secret: bool = False
    closes_at: datetime | None = None
    left: str = ""
    asked_by: str = ""
    result: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeskPage(Page):
    """The desk of one sitting."""

    now: Now | None
    rows: tuple[DeskRow, ...]
    key: str
    links: tuple[Link, ...]


def desk_page(request: Any, sitting: Sitting) -> DeskPage:
    """The whole desk; ``?vote=`` chooses another vote than the one that is its turn."""
    reading: Reading = request.reading
    fact = fact_of(sitting)
    agenda = agenda_of(sitting, reading.now)
    item = chosen_of(agenda, request.GET.get("vote", ""))
    path = reverse("sitting_desk", args=[sitting.key])
    return DeskPage(
        title=_("Chair's desk"),
        reading=reading,
        crumbs=crumbs_of(reading, sitting, fact.title),
        kind=fact.title,
        now=None if item is None else now_of(sitting, item, agenda, fact.call, reading),
        rows=tuple(
            DeskRow(
                str(one.standing.consultation.order or ""),
                one.title,
                state_tag(one),
                f"{path}?vote={one.key}#now",
                result_words(one),
                one is item,
            )
            for one in agenda
        ),
        key=sitting.key,
        links=(
            Link(_("Presence"), reverse("sitting_presence", args=[sitting.key])),
            Link(_("Prepare a vote"), reverse("sitting_vote", args=[sitting.key])),
            Link(_("Page for all to follow"), reverse("sitting_follow", args=[sitting.key])),
            Link(
                _("Screen in the hall"),
                reverse("sitting_follow", args=[sitting.key]) + "?screen=1",
            ),
        ),
    )


def chosen_of(agenda: list[Item], key: str) -> Item | None:
    """The vote that was chosen, or the one whose turn it is."""
    return next((item for item in agenda if item.key == key), None) or current_of(agenda)


def now_of(sitting: Sitting, item: Item, agenda: list[Item], call: int, reading: Reading) -> Now:
    """The vote at hand."""
    hall = hall_of(sitting, item, call, reading.now)
    open_now = item.state == State.OPEN
    progress = progress_of(item, hall) if open_now else None
    closes = item.standing.fact.closes_at if open_now else None
    asked = requests_in([item])[item.standing.consultation.pk]
    names = {one.key: one.name for one in hall.members}
    elections, broken = closed_elections(item)
    return Now(
        key=item.key,
        title=item.title,
        number=str(item.standing.consultation.order or ""),
        tag=state_tag(item),
        state=str(item.state),
        questions=_questions(item),
        about=amends_words(item, agenda),
        amended=amended_words(item, agenda) if item.state in (*TO_COME, State.OPEN) else "",
        buttons=_buttons(item, elections, acclaimed=not asked and _acclamation(item, reading)),
        links=_links(sitting, item, elections),
        presence=tuple(
            part
            for part in (present_words(hall), represented_words(hall), *quorum_sentences(hall))
            if part
        ),
        reached=hall.reached,
        progress=progress_words(progress) if progress else "",
        voted=progress.voted if progress else 0,
        of=progress.of if progress else 0,
        out=progress.out if progress else (),
        secret=item.is_secret,
        closes_at=closes,
        left=left_words(closes, reading.now) if closes else "",
        asked_by=", ".join(sorted(names.get(key, key) for key in asked)),
        result=result_words(item),
        notes=tuple(note for note in (broken, *notes_of(item, elections, hall, open_now)) if note),
    )


def left_words(closes: datetime, now: datetime) -> str:
    """Minutes and seconds left: "0:45"."""
    left = max(timedelta(0), closes - now)
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


def _questions(item: Item) -> tuple[str, ...]:
    texts = [one.fact.text for one in item.asked if not one.fact.is_withdrawn]
    return tuple(text for text in texts if text != item.title)


def _acclamation(item: Item, reading: Reading) -> bool:
    if item.state not in TO_COME:
        return False
    fact = rule_fact(item.standing.consultation, reading.now)
    persons = any(one.question.form == QuestionForm.PERSONS for one in item.asked)
    return fact is not None and bool(fact.rule.get("acclamation")) and not persons


def _buttons(item: Item, elections: list[ElectionCount], *, acclaimed: bool) -> tuple[Button, ...]:
    if item.state in TO_COME:
        found = [Button("open", _("Open the vote"), primary=True)]
        if acclaimed:
            found.append(Button("acclaim", _("Adopt by acclamation")))
        return tuple(found)
    if item.state == State.OPEN:
        if item.standing.fact.closes_at is None:
            more = _("Close in %(seconds)s seconds") % {"seconds": COUNTDOWN}
            return (
                Button("count_down", more, primary=True, seconds=COUNTDOWN),
                Button("close", _("Close now")),
            )
        more = _("%(seconds)s seconds more") % {"seconds": MORE}
        return (
            Button("count_down", more, seconds=MORE),
            Button("close", _("Close now"), primary=True),
        )
    if item.state == State.CLOSED and StepKind.CLOSED not in item.standing.steps:
        return (Button("close", _("Confirm that it is closed"), primary=True),)
    if item.state == State.CLOSED:
        publish = Button("publish", _("Publish the result"), primary=True)
        lot = any(one.verdict == "lot_needed" for one in elections)
        return () if ties_of(item) or (lot and not _drawn(item)) else (publish,)
    if _next_round_waits(item, elections):
        return (Button("next_round", _("Prepare the next round"), primary=True),)
    return ()


def _drawn(item: Item) -> bool:
    return StepKind.LOT in item.standing.steps


def _next_round_waits(item: Item, elections: list[ElectionCount]) -> bool:
    if item.state != State.PUBLISHED:
        return False
    consultation = item.standing.consultation
    persons = any(one.question.form == QuestionForm.PERSONS for one in item.asked)
    method = method_of(item.standing.frozen.get("election", ""))
    if not persons or method != ElectionMethod.ROUNDS or consultation.next_rounds.exists():
        return False
    try:
        return any(one.verdict == "next_round" for one in elections_of(item.standing))
    except DomainError:
        return False


def _links(sitting: Sitting, item: Item, elections: list[ElectionCount]) -> tuple[Link, ...]:
    key = [sitting.key, item.key]
    if item.state == State.OPEN and not item.is_secret:
        return (Link(_("Record a show of hands"), reverse("sitting_hands", args=key)),)
    if item.state in TO_COME:
        return (
            Link(_("Change the text"), reverse("edit_consultation", args=[item.key])),
            Link(_("Hold over"), reverse("hold_over", args=[item.key])),
            Link(_("Withdraw"), reverse("withdraw_consultation", args=[item.key])),
        )
    if ties_of(item):
        return (Link(_("Settle the tie and publish"), reverse("sitting_tie", args=key)),)
    if any(one.verdict == "lot_needed" for one in elections):
        return (Link(_("Enter the lot that was drawn"), reverse("sitting_lot", args=key)),)
    return ()
