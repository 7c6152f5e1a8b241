"""The words of a meeting: how a vote stands, who is there, whether there is a quorum."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.kinds import State, StepKind
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.result_words import outcome_words, part_words
from verband.consultations.queries.results import Brief, brief_of
from verband.consultations.queries.sitting import Hall, Item, Progress, agenda_of
from verband.consultations.queries.standing import Standing
from verband.core.voting.outcome import Line
from verband.ui.components.words import Tag
from verband.ui.wording import number, percent


def state_tag(item: Item) -> Tag:
    """How a vote of the meeting stands."""
    words, state = {
        State.DRAFT: (_("to come"), "future"),
        State.PLANNED: (_("to come"), "future"),
        State.OPEN: (_("open now"), "now"),
        State.CLOSED: (_("closed, not published"), "ending"),
        State.WITHDRAWN: (_("withdrawn"), "past"),
        State.HELD_OVER: (_("held over"), "past"),
    }.get(item.state, (_("result published"), "past"))
    return Tag(words, state)


def result_words(item: Item) -> str:
    """What came of a published vote, in one or two sentences."""
    if StepKind.ACCLAIMED in item.standing.steps:
        return _("Adopted by acclamation.")
    return " ".join(_brief(one, item) for one in brief_of(item.standing))


def _brief(brief: Brief, item: Item) -> str:
    if brief.elected:
        words = _("Elected: %(names)s.") % {"names": "; ".join(brief.elected)}
        return words
    known = {
        "next_round": _("Nobody was elected yet; a next round follows."),
        "lot_needed": _("Equal votes; the lot decides."),
        "nobody": _("Nobody was elected."),
        "no_quorum": _("No quorum; nothing was decided."),
    }
    if brief.verdict in known:
        return known[brief.verdict]
    asked = next((one for one in item.asked if one.fact.text == brief.text), None)
    parts = [
        f"{choice_label(asked, side).lower() if asked else side} {percent(share)}"
        for side, share in brief.shares.items()
    ]
    verdict = capfirst(outcome_words(brief.verdict))
    return f"{verdict}: {', '.join(parts)}." if parts else f"{verdict}."


def amended_note(standing: Standing, now: datetime) -> str:
    """The same for the page or the paper of one vote; nothing outside a sitting."""
    consultation = standing.consultation
    if consultation.sitting is None:
        return ""
    agenda = agenda_of(consultation.sitting, now)
    item = next(one for one in agenda if one.key == consultation.key)
    return amended_words(item, agenda)


def amended_words(item: Item, agenda: Iterable[Item]) -> str:
    """That the next vote is on the text as amended; by which amendments."""
    questions = {asked.question.pk for asked in item.asked}
    adopted = [
        other.title
        for other in agenda
        if other is not item
        and any(asked.question.amends_id in questions for asked in other.asked)
        and any(brief.passed for brief in brief_of(other.standing))
    ]
    if not adopted:
        return ""
    words = _("Amended by: %(amendments)s. The vote is on the text as amended.")
    return words % {"amendments": "; ".join(adopted)}


def amends_words(item: Item, agenda: Iterable[Item]) -> str:
    """What this vote would amend."""
    wanted = {asked.question.amends_id for asked in item.asked} - {None}
    found = [
        other.title for other in agenda if wanted & {asked.question.pk for asked in other.asked}
    ]
    return _("Amendment to: %(title)s") % {"title": found[0]} if found else ""


def present_words(hall: Hall) -> str:
    """Who is there: "Present: 4 of 6 members (66,7%), 154 of 159 votes (96,9%)."""
    here, votes = len(hall.present), hall.votes(hall.present)
    everybody, whole = len(hall.members), hall.votes()
    if not everybody or not whole:
        return _("Nobody stands on the roll yet.")
    words = _(
        "Present: %(here)s of %(all)s members (%(share)s), with %(votes)s of %(whole)s votes"
        " (%(vote_share)s)."
    )
    return words % {
        "here": number(here),
        "all": number(everybody),
        "share": percent(_part(here, everybody)),
        "votes": number(votes),
        "whole": number(whole),
        "vote_share": percent(_part(votes, whole)),
    }


def represented_words(hall: Hall) -> str:
    """How many of those are there only by proxy, and how many from elsewhere."""
    proxies = len(hall.represented)
    remote = sum(one.remote for one in hall.members)
    parts = []
    if proxies:
        words = ngettext("%(count)s is represented", "%(count)s are represented", proxies)
        parts.append(words % {"count": number(proxies)})
    if remote:
        words = ngettext("%(count)s from elsewhere", "%(count)s from elsewhere", remote)
        parts.append(words % {"count": number(remote)})
    return capfirst(", ".join(parts)) + "." if parts else ""


def _part(part: int, whole: int) -> Fraction:
    return Fraction(part, whole)


def quorum_words(line: Line) -> str:
    """One quorum: what is needed of what, and whether it is reached."""
    values = line.values
    needs = {
        "members": _("Quorum: %(needed)s of %(base)s members needed (%(part)s)."),
        "votes": _("Quorum: %(needed)s of %(base)s votes needed (%(part)s)."),
        "inhabitants": _(
            "Quorum: members with %(needed)s of %(base)s inhabitants needed (%(part)s)."
        ),
    }[str(values["unit"])]
    part = values["part"]
    bound = part_words(part, str(values["bound"])) if part else number(values["threshold"])
    words = needs % {
        "needed": number(values["needed"]),
        "base": number(values["base"]),
        "part": bound,
    }
    reached = _("Reached.") if line.reached else _("Not reached.")
    article = f" ({line.article})" if line.article else ""
    return f"{words} {reached}{article}"


def quorum_sentences(hall: Hall) -> tuple[str, ...]:
    """Every quorum that is measured by presence; and what is measured at the closing."""
    found = [quorum_words(line) for line in hall.quorums]
    if hall.later:
        found.append(_("The quorum of votes cast is known when the vote closes."))
    return tuple(found)


def progress_words(progress: Progress) -> str:
    """How many voted, never what."""
    words = _("%(voted)s of %(of)s members present have voted.")
    return words % {"voted": number(progress.voted), "of": number(progress.of)}
