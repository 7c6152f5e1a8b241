"""Somebody else votes for this member: who, until when; and for whom the reader does vote."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.pages.ballot import Frame
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.pages.voter_words import standing_words, who_votes
from verband.consultations.queries.mandates import Mandate, lines_of
from verband.consultations.queries.standing import Standing
from verband.ui.component import Link
from verband.ui.page import Page
from verband.ui.reading import Reading


@dataclass(frozen=True, kw_only=True)
class NotYourVotePage(Page):
    """Why the reader does not vote here."""

    sentence: str
    standing_vote: str = ""
    others: tuple[Link, ...] = ()
    matter: Link
    argue: str = ""


def not_your_vote_page(
    reading: Reading, standing: Standing, frame: Frame | None
) -> NotYourVotePage:
    """Who votes for the reader's member, or that it does not stand on the roll."""
    key = standing.consultation.key
    matter = Link(standing.fact.title, reading.link(reverse("consultation", args=[key])))
    if frame is None:
        return NotYourVotePage(
            title=_("You do not vote here"),
            reading=reading,
            kind=kind_words(standing),
            sentence=_(
                "You hold no office at a municipality on the roll of this vote, as it was when it"
                " opened."
            ),
            matter=matter,
        )
    mandate, name = frame.mandate, frame.line.name
    words = {"member": name}
    title = (
        _("%(member)s gave its vote away by proxy")
        if mandate.voters.proxy
        else _("You are not the authorised voter of %(member)s")
    )
    return NotYourVotePage(
        title=title % words,
        reading=reading,
        kind=kind_words(standing),
        sentence=who_votes(mandate.voters, frame.functions, name, _holder(frame)),
        standing_vote=standing_words(frame, reading.now) if mandate.capacity else "",
        others=frame.others,
        matter=matter,
        argue=reading.link(reverse("argue", args=[key])),
    )


def _holder(frame: Frame) -> str:
    proxy = frame.mandate.voters.proxy
    if proxy is None:
        return ""
    line = lines_of(frame.standing.consultation, [proxy.holder_id]).get(proxy.holder_id)
    return line.name if line else "?"


def other_votes(
    reading: Reading, standing: Standing, mandates: Iterable[Mandate], shown: Mandate | None
) -> tuple[Link, ...]:
    """The other members for which the reader votes, and whether that was done."""
    path = reverse("vote", args=[standing.consultation.key])
    return tuple(
        Link(
            it.line.name,
            reading.link(f"{path}?for={it.line.member.key}"),
            ", ".join(
                [_("by proxy")] * (it.by is not None)
                + [_("has voted") if it.last else _("has not voted yet")]
            ),
        )
        for it in mandates
        if it.may_vote and it is not shown
    )
