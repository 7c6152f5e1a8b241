"""What one member voted over time."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.kinds import StepKind
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.queries.votes_of import VoteCast, published_for, votes_of_member
from verband.kernel.clock import local_day
from verband.members.models import Organisation
from verband.members.names import name_of
from verband.members.queries import names_on
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Figure, Figures
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import number, percent

PER_PAGE = 20  # consultations


@dataclass(frozen=True)
class VotesOfPage(Page):
    """The votes by name of a member, the latest first."""

    figures: Figures | None = None
    votes: Ledger | None = None


def votes_of_page(request: Any, member: Organisation) -> VotesOfPage:
    """The published votes of a member."""
    reading: Reading = request.reading
    query = Query.of(request)
    fact = names_on([member.pk], reading.day, reading.known).get(member.pk)
    name = member.key if fact is None else name_of(fact)
    found = published_for(member)
    pager = Pager.of(query, len(found), PER_PAGE)
    casts = votes_of_member(member, found[pager.slice])
    organisation = reading.link(reverse("organisation", args=[member.key]))
    return VotesOfPage(
        title=_("What %(member)s voted") % {"member": name},
        reading=reading,
        crumbs=(
            Link(_("Consultations"), reading.link(reverse("consultations"))),
            Link(name, organisation),
        ),
        lead=_("Published votes by name, the latest first. Secret votes are never shown."),
        figures=_figures(casts) if casts else None,
        votes=_ledger(casts, reading, query, pager),
    )


def _figures(casts: list[VoteCast]) -> Figures:
    voted = [cast for cast in casts if cast.said is not None]
    sided = [cast for cast in voted if cast.with_majority is not None]
    with_most = sum(cast.with_majority is True for cast in sided)
    share = percent(Fraction(with_most, len(sided)), 0) if sided else "–"
    of = _("%(have)s of %(whole)s questions")
    return Figures(
        (
            Figure(
                _("Voted"),
                percent(Fraction(len(voted), len(casts)), 0),
                of % {"have": number(len(voted)), "whole": number(len(casts))},
            ),
            Figure(
                _("With the most votes"),
                share,
                of % {"have": number(with_most), "whole": number(len(sided))},
            ),
        )
    )


def _ledger(casts: list[VoteCast], reading: Reading, query: Query, pager: Pager) -> Ledger:
    return Ledger(
        caption=_("Votes, the latest first"),
        columns=(
            Column(_("Published")),
            Column(_("Question")),
            Column(_("Vote")),
            Column(_("Votes carried"), "number"),
            Column(_("Cast by"), "quiet"),
            Column(_("The most votes")),
        ),
        rows=tuple(_row(cast, reading) for cast in casts),
        name="votes",
        query=query,
        pager=pager if pager.pages > 1 else None,
        dense=True,
        empty=EmptyState(_("No vote of this member has been published yet.")),
    )


def _row(cast: VoteCast, reading: Reading) -> Row:
    consultation = cast.standing.consultation
    published = cast.standing.at_step(StepKind.PUBLISHED)
    href = reverse("result", args=[consultation.key]) + f"?question={cast.asked.key}"
    said = _("did not vote") if cast.said is None else choice_label(cast.asked, cast.said)
    return Row(
        (
            None if published is None else local_day(published),
            Link(cast.asked.fact.text, reading.link(href), consultation.key),
            said,
            cast.votes if cast.said is not None else None,
            cast.capacity or None,
            _majority(cast),
        )
    )


def _majority(cast: VoteCast) -> str:
    if cast.leader is None:
        return _("equal")
    leader = choice_label(cast.asked, cast.leader)
    if cast.with_majority is None:
        return leader
    words = (
        _("%(choice)s, this member too") if cast.with_majority else _("%(choice)s, this member not")
    )
    return words % {"choice": leader}
