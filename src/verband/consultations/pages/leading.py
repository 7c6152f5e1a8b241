"""What whoever leads a vote can do with it now, and what would follow."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.change.authority import allowed
from verband.consultations.kinds import ConsultationKind, State, StepKind
from verband.consultations.models import Consultation, QuestionFact
from verband.consultations.pages.choice_words import choices_of
from verband.consultations.pages.clocks import at, in_zone
from verband.consultations.pages.rule_words import rule_words, summary
from verband.consultations.queries.mail import not_told_of_opening, not_told_of_result
from verband.consultations.queries.reach import Reach, as_frozen, reach_of
from verband.consultations.queries.silence import silent_in
from verband.consultations.queries.standing import Asked, Standing, naming_closes, standing_of
from verband.consultations.use_cases.leading import extend_closing
from verband.consultations.use_cases.opening import (
    TO_PEOPLE,
    close_vote,
    open_vote,
    publish_result,
)
from verband.consultations.use_cases.preparing import (
    change_consultation,
    hold_over,
    rule_on,
    withdraw_consultation,
)
from verband.kernel.clock import local_day
from verband.ui.act import Consequence
from verband.ui.component import Link
from verband.ui.components.words import Tag
from verband.ui.wording import number

LEADING = (
    change_consultation,
    open_vote,
    extend_closing,
    close_vote,
    publish_result,
    withdraw_consultation,
    hold_over,
)
Tell = Callable[[Any], list[Consequence]]


def actions_of(request: Any, standing: Standing) -> tuple[Link, ...]:
    """The buttons on the page of a consultation: what the reader may do with it now.

    Nothing for whoever does not prepare or lead it, and nothing on another day than today.
    """
    may = allowed(request, LEADING, consultation=standing.consultation)
    if not may:
        return ()
    return tuple(
        Link(words, reverse(page, args=[standing.consultation.key]))
        for case, page, words in _possible(standing, request.reading.now)
        if case in may
    )


def _possible(standing: Standing, now: datetime) -> Iterator[tuple[str, str, str]]:
    """What can be done in this state: the use case, the page, the words."""
    state = standing.state(now)
    if state in (State.DRAFT, State.PLANNED):
        yield "change_consultation", "edit_consultation", _("Prepare")
        yield "open_vote", "open_vote", _("Open now")
    if state == State.OPEN:
        yield "extend_closing", "extend_closing", _("Let it close later")
        if may_close_early(standing):
            yield "close_vote", "close_vote", _("Close now")
    if state == State.CLOSED and StepKind.CLOSED not in standing.steps:
        yield "close_vote", "close_vote", _("Close")
    if state == State.CLOSED and StepKind.CLOSED in standing.steps:
        yield "publish_result", "publish_result", _("Publish the result")
    if state in (State.DRAFT, State.PLANNED, State.OPEN):
        yield "hold_over", "hold_over", _("Hold over")
        yield "withdraw_consultation", "withdraw_consultation", _("Withdraw")


def may_close_early(standing: Standing) -> bool:
    """In a meeting always; elsewhere once everybody who was asked has answered."""
    consultation = standing.consultation
    return consultation.kind == ConsultationKind.ASSEMBLY or not silent_in(consultation)


def reach_words(reach: Reach) -> str:
    """Whom a question reaches, in a sentence."""
    members = ngettext("%(count)s municipality", "%(count)s municipalities", reach.members) % {
        "count": number(reach.members)
    }
    if reach.to_people:
        people = ngettext("%(count)s person", "%(count)s people", reach.people) % {
            "count": number(reach.people)
        }
        told = _("It goes to %(people)s in %(members)s.") % {"people": people, "members": members}
    else:
        votes = ngettext("%(count)s vote", "%(count)s votes", reach.votes) % {
            "count": number(reach.votes)
        }
        told = _("It goes to %(members)s with %(votes)s.") % {"members": members, "votes": votes}
    return f"{told} {mail_words(reach.mails)}"


def mail_words(count: int) -> str:
    """How many people get a mail."""
    words = ngettext("%(count)s person gets a mail.", "%(count)s people get a mail.", count)
    return words % {"count": number(count)}


def telling_asked(now: datetime) -> Tell:
    """What follows from asking: what it is, whom it reaches, the rule, the times."""

    def tell(preview: Any) -> list[Consequence]:
        return list(_asked(preview.result, now))

    return tell


def _asked(consultation: Consultation, now: datetime) -> Iterator[Consequence]:
    standing = standing_of(consultation)
    fact, opened = standing.fact, StepKind.OPENED in standing.steps
    moment = fact.opens_at or now
    kind = consultation.get_kind_display()
    named = f"{kind[:1].upper()}{kind[1:]} {consultation.key}: {fact.title}"
    if opened:
        opens = _("opens as soon as you confirm")
    elif fact.opens_at is None:
        opens = _("stays a draft until you plan or open it")
    else:
        opens = _("opens %(moment)s") % {"moment": at(fact.opens_at, now)}
    yield Consequence(Tag(_("new"), "now"), named, opens)
    rule = rule_on(consultation.rule, consultation.kind, moment)
    reach = reach_of(fact.audience, rule.weighing, local_day(moment))
    yield Consequence(Tag(_("goes to"), "future"), reach_words(reach))
    if fact.closes_at is not None:
        words = _("Answers count until %(moment)s.") % {"moment": in_zone(at(fact.closes_at, now))}
        yield Consequence(Tag(_("closes"), "ending"), words)
    deadline = naming_closes(standing)
    if deadline is not None and consultation.kind not in TO_PEOPLE:
        words = _("Members name who votes until %(moment)s.") % {"moment": at(deadline, now)}
        yield Consequence(Tag(_("naming"), "future"), words)
    yield from _by_rule(as_frozen(rule))


def _by_rule(frozen: Any) -> Iterator[Consequence]:
    first, second = summary(rule_words(frozen))
    for words in (first, second):
        if words:
            yield Consequence(Tag(_("rule"), ""), words)


def telling_opened(consultation: Consultation, now: datetime) -> Tell:
    """What follows from opening: the roll is frozen, people get a mail."""

    def tell(_preview: Any) -> list[Consequence]:
        standing = standing_of(consultation)
        frozen = standing.frozen
        mails = len(not_told_of_opening(standing, now))
        people = consultation.invitations.count()
        to_people = consultation.kind in TO_PEOPLE
        reach = Reach(frozen["members"], frozen["votes"], people, mails, to_people)
        told = _("Roll, rule and text are frozen from this moment on.")
        found = [
            Consequence(Tag(_("opens"), "now"), told),
            Consequence(Tag(_("goes to"), "future"), reach_words(reach)),
        ]
        closes = standing.fact.closes_at
        if closes is not None:
            words = _("Answers count until %(moment)s.") % {"moment": in_zone(at(closes, now))}
            found.append(Consequence(Tag(_("closes"), "ending"), words))
        return [*found, *_by_rule(frozen)]

    return tell


def telling_closed(consultation: Consultation) -> Tell:
    """What follows from closing."""

    def tell(_preview: Any) -> list[Consequence]:
        silent = silent_in(consultation)
        to_people = consultation.kind in TO_PEOPLE
        asked = (consultation.invitations if to_people else consultation.roll).count()
        values = {"count": number(asked - silent), "all": number(asked)}
        said = (
            _("%(count)s of %(all)s people answered. No answer counts after this.")
            if to_people
            else _("%(count)s of %(all)s members voted. No vote counts after this.")
        )
        published = _("Closed is not published: nobody sees the result before you publish it.")
        return [
            Consequence(Tag(_("closes"), "ending"), said % values),
            Consequence(Tag(_("not yet"), ""), published),
        ]

    return tell


def telling_published(consultation: Consultation, now: datetime) -> Tell:
    """What follows from publishing."""

    def tell(_preview: Any) -> list[Consequence]:
        words = _("Everybody sees the result. It stays public.")
        mails = len(not_told_of_result(standing_of(consultation), now))
        return [
            Consequence(Tag(_("public"), "now"), words),
            Consequence(Tag(_("goes to"), "future"), mail_words(mails)),
        ]

    return tell


def telling_later(standing: Standing, now: datetime) -> Tell:
    """What follows from another closing time."""
    before = standing.fact.closes_at

    def tell(preview: Any) -> list[Consequence]:
        new = at(preview.result.closes_at, now)
        words = _("It closes %(new)s.") % {"new": in_zone(new)}
        if before is not None:
            values = {"new": in_zone(new), "old": at(before, now)}
            words = _("It closes %(new)s instead of %(old)s.") % values
        reason = _("The new time and your reason stand on the page for everybody.")
        return [
            Consequence(Tag(_("closes"), "ending"), words),
            Consequence(Tag(_("public"), "now"), reason),
        ]

    return tell


def telling_stopped(standing: Standing, now: datetime) -> Tell:
    """What follows from withdrawing or holding over."""

    def tell(_preview: Any) -> list[Consequence]:
        if standing.state(now) == State.OPEN:
            words = _("Nobody can vote any more, and no votes are counted.")
        else:
            words = _("It does not open.")
        reason = _("Your reason stands on the page for everybody. This cannot be undone.")
        return [
            Consequence(Tag(_("stops"), "ending"), words),
            Consequence(Tag(_("public"), "now"), reason),
        ]

    return tell


def telling_particulars(now: datetime) -> Tell:
    """What follows from other particulars."""

    def tell(preview: Any) -> list[Consequence]:
        return list(_asked(preview.result.consultation, now))[1:]

    return tell


def telling_question(preview: Any) -> list[Consequence]:
    """How a question will read."""
    facts = [change.row for change in preview.changes if isinstance(change.row, QuestionFact)]
    last = Asked(facts[-1].question, facts[-1])
    words = " / ".join(choice.label for choice in choices_of(last))
    return [Consequence(Tag(_("reads"), "now"), last.fact.text, words)]


def telling_withdrawn(preview: Any) -> list[Consequence]:
    """What goes off the paper."""
    return [
        Consequence(Tag(_("withdrawn"), "past"), f"{fact.question.order}. {fact.text}")
        for fact in preview.result
    ]
