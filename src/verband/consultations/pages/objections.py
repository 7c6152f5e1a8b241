"""What members object to a result, and what was decided about it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.models import Objection
from verband.consultations.pages.result import frame_of
from verband.consultations.pages.result_actions import actions_of
from verband.consultations.queries.finality import Finality, finality_of
from verband.consultations.queries.standing import Standing
from verband.consultations.use_cases.objections import ObjectionTooLate, answer_objection
from verband.kernel.clock import local_day
from verband.members.names import name_of
from verband.members.queries import names_on
from verband.ui.component import Link
from verband.ui.components.words import EmptyState, Note, Tag
from verband.ui.page import Page
from verband.ui.wording import day as in_full
from verband.ui.wording import moment, sentence


@dataclass(frozen=True)
class ObjectionShown:
    """One objection with its answer, or the way to answer it."""

    member: str
    when: str
    text: str
    state: Tag
    answer: str = ""
    answered: str = ""
    action: Link | None = None


@dataclass(frozen=True)
class ObjectionsPage(Page):
    """The objections to one result."""

    note: Note | None = None
    objections: tuple[ObjectionShown, ...] = ()
    empty: EmptyState | None = None
    actions: tuple[Link, ...] = ()


def objections_page(request: Any, standing: Standing) -> ObjectionsPage:
    """The objections to a published result."""
    finality, reading = finality_of(standing), request.reading
    key = standing.consultation.key
    frame = frame_of(request, standing)
    crumb = Link(standing.fact.title, reading.link(reverse("result", args=[key])))
    names = names_on([one.member_id for one in finality.objections], reading.day, reading.known)
    shown = tuple(
        _shown(request, one, name_of(names[one.member_id]) if one.member_id in names else "")
        for one in finality.objections
    )
    actions = actions_of(request, standing, finality)
    here = reading.link(reverse("objections", args=[key]))
    return ObjectionsPage(
        **{
            **frame,
            "title": _("Objections to the result"),
            "crumbs": (*frame["crumbs"], crumb),
        },
        note=Note(term_words(finality, reading.day)),
        objections=shown,
        empty=None if shown else EmptyState(_("Nobody has objected.")),
        actions=tuple(link for link in actions if link.href != here),
    )


@dataclass(frozen=True)
class AboutResultPage(Page):
    """What stands beside a form about a published result: the result, or one objection to it."""

    objection: ObjectionShown | None = None


def about_result(
    request: Any, standing: Standing, title: str, lead: str, objection: Objection | None = None
) -> AboutResultPage:
    """The frame of a form about a published result."""
    reading, frame = request.reading, frame_of(request, standing)
    key = standing.consultation.key
    crumbs = [
        *frame["crumbs"],
        Link(standing.fact.title, reading.link(reverse("result", args=[key]))),
    ]
    shown = None
    if objection is not None:
        href = reading.link(reverse("objections", args=[key]))
        crumbs.append(Link(_("Objections to the result"), href))
        names = names_on([objection.member_id], reading.day, reading.known)
        fact = names.get(objection.member_id)
        shown = _shown(request, objection, name_of(fact) if fact else "")
    return AboutResultPage(
        title=title,
        reading=reading,
        kind=frame["kind"],
        crumbs=tuple(crumbs),
        lead=lead,
        objection=shown,
    )


def _shown(request: Any, objection: Objection, member: str) -> ObjectionShown:
    when = moment(objection.recorded_from)
    answer = getattr(objection, "answer", None)
    if answer is not None:
        state = Tag(_("upheld"), "late") if answer.is_upheld else Tag(_("not upheld"), "past")
        day = in_full(local_day(answer.recorded_from))
        told = _("Answered on %(day)s:") % {"day": day}
        return ObjectionShown(member, when, objection.text, state, answer.reason, told)
    action = None
    about = {"actor": request.actor, "now": request.reading.now, "objection": objection}
    if request.actor and request.reading.changes_allowed and answer_objection.may(**about):
        href = reverse("answer_objection", args=[objection.consultation.key, objection.pk])
        action = Link(_("Answer this objection"), href)
    state = Tag(_("waits for an answer"), "ending")
    return ObjectionShown(member, when, objection.text, state, action=action)


def too_late_words(finality: Finality) -> str:
    """Why nobody can object any more, or never could."""
    if finality.term_until is None or finality.is_final:
        return term_words(finality, finality.term_until or date.min)
    return sentence(ObjectionTooLate(day=finality.term_until))


def term_words(finality: Finality, today: date) -> str:
    """Until when members can object, and how it stands."""
    if finality.term_until is None:
        return _("The rule of this vote has no term for objections.")
    if finality.is_final:
        return _("The result is final: no objection stands.")
    if finality.upheld:
        return _("An objection was upheld: the result does not become final; hold the vote again.")
    if today >= finality.term_until:
        return _(
            "The term for objections ended on %(day)s. The result is final when every objection"
            " has been answered."
        ) % {"day": in_full(finality.term_until)}
    return _(
        "Members can object until %(day)s. The result is provisional until then, and until every"
        " objection has been answered."
    ) % {"day": in_full(finality.term_until)}
