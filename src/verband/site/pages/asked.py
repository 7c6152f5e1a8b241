"""The first block of the first page: what the association asks of whoever reads, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.queries.names import name_of
from verband.consultations.kinds import Capacity, ConsultationKind
from verband.consultations.pages.clocks import at_or_today, closing_clock
from verband.consultations.queries.duties import Duty, Vote, duties_of
from verband.site.pages.spelled import spelled
from verband.ui.components.lists import Dated, DatedList
from verband.ui.components.words import EmptyState, Tag
from verband.ui.reading import Reading
from verband.ui.wording import number


@dataclass(frozen=True)
class AskedBlock:
    """What is asked: ``title`` and ``lead`` are of the whole page, empty when nothing is."""

    listed: DatedList | None = None
    title: str = ""
    lead: str = ""


def asked_block(request: Any, name: str, *, is_official: bool) -> AskedBlock:
    """What is asked of an official today; nothing on another day and for a visitor."""
    reading: Reading = request.reading
    if request.actor is None or not reading.changes_allowed:
        return AskedBlock()
    duties = duties_of(request.actor.person_id, reading.today, reading.now)
    if not duties and not is_official:
        return AskedBlock()
    todo = [duty for duty in duties if not duty.is_done]
    listed = DatedList(
        tuple(_item(duty, reading) for duty in duties),
        empty=EmptyState(_("Nothing is asked of you today.")),
    )
    if not todo:
        return AskedBlock(listed, lead=_("Nothing is asked of you today.") if duties else "")
    return AskedBlock(listed, _title(len(todo), name), _lead(todo))


def _title(count: int, name: str) -> str:
    words = (
        ngettext(
            "%(count)s thing is asked of %(name)s by the association",
            "%(count)s things are asked of %(name)s by the association",
            count,
        )
        if name
        else ngettext(
            "%(count)s thing is asked of you by the association",
            "%(count)s things are asked of you by the association",
            count,
        )
    )
    return capfirst(words % {"count": spelled(count), "name": name})


def _lead(duties: Sequence[Duty]) -> str:
    sentence = _("Times are Dutch time.")
    if any(duty.vote is not None and not duty.standing.frozen.get("is_secret") for duty in duties):
        kept = _(
            "What you vote then stands in the register, with the name of the municipality and the"
            " date."
        )
        sentence = f"{kept} {sentence}"
    return sentence


def _item(duty: Duty, reading: Reading) -> Dated:
    standing = duty.standing
    clock = closing_clock(standing, reading.now, zone=False)
    page = reverse("consultation", args=[standing.consultation.key])
    action, where = _action(duty, page)
    title = duty.text
    if duty.vote is not None and duty.vote.by is not None:
        title = _("%(title)s, for %(member)s") % {"title": title, "member": duty.vote.line.name}
    return Dated(
        clock or _("until the chair closes it"),
        title,
        _done(duty, reading) if duty.is_done else _asks(duty),
        reading.link(page),
        Tag(_("done"), "now") if duty.is_done else None,
        action,
        reading.link(where),
        urgent=not duty.is_done,
    )


def _action(duty: Duty, page: str) -> tuple[str, str]:
    standing, key = duty.standing, duty.standing.consultation.key
    if standing.consultation.kind == ConsultationKind.FLASH:
        return _("Change your answer") if duty.is_done else _("Answer"), reverse(
            "answer", args=[key]
        )
    if duty.vote is None:
        words = _("Go on voting") if duty.is_done else _("Take part")
        return words, reverse("statements", args=[key])
    words = _("Look at the vote") if duty.is_done else _("Vote")
    return words, f"{reverse('vote', args=[key])}?for={duty.vote.line.member.key}"


def _asks(duty: Duty) -> str:
    kind = str(ConsultationKind(duty.standing.consultation.kind).label)
    asker = name_of(duty.asker) if duty.asker else ""
    told = [capfirst(_("%(kind)s of %(body)s.") % {"kind": kind, "body": asker})]
    if duty.vote is not None:
        told += _votes(duty.vote)
    elif duty.answers:
        told.append(_how_much(duty))
    return " ".join(told)


def _how_much(duty: Duty) -> str:
    questions = ngettext("%(count)s question", "%(count)s questions", duty.questions)
    answers = ngettext("%(count)s answer", "%(count)s answers", duty.answers)
    words = _("%(questions)s, %(answers)s.") % {
        "questions": questions % {"count": spelled(duty.questions)},
        "answers": answers % {"count": spelled(duty.answers)},
    }
    return capfirst(words)


def _votes(vote: Vote) -> list[str]:
    casts = ngettext(
        "%(member)s casts %(count)s vote.", "%(member)s casts %(count)s votes.", vote.line.votes
    )
    told = [casts % {"member": vote.line.name, "count": number(vote.line.votes)}]
    other = {"function": vote.other_function}
    if vote.capacity == Capacity.PROXY:
        holder = vote.by.name if vote.by is not None else ""
        told.append(_("You vote by proxy, which %(holder)s holds.") % {"holder": holder})
    elif vote.capacity == Capacity.SECRETARY:
        told.append(_("Nobody was named, so you vote as secretary."))
    elif vote.capacity == Capacity.SUBSTITUTE:
        words = _("You are the substitute of the %(function)s.")
        told.append(words % other if vote.other_function else _("You are named as substitute."))
    elif vote.other_function:
        told.append(_("You are named as voter; your substitute is the %(function)s.") % other)
    else:
        told.append(_("You are named as voter."))
    return told


def _done(duty: Duty, reading: Reading) -> str:
    at = at_or_today(duty.done_at or reading.now, reading.now)
    if duty.vote is None:
        return _("You answered: %(moment)s. You can change it until closing.") % {"moment": at}
    about = {"member": duty.vote.line.name, "moment": at, "function": duty.done_by}
    if duty.by_me:
        words = _("You voted for %(member)s: %(moment)s.")
    elif duty.done_by:
        words = _("The %(function)s voted for %(member)s: %(moment)s.")
    else:
        words = _("%(member)s has voted: %(moment)s.")
    if not duty.standing.frozen.get("may_change", True) or duty.standing.frozen.get("is_secret"):
        return words % about
    return f"{words % about} {_('You can change that vote until closing.')}"
