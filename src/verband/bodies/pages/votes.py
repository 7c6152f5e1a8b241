"""How many votes a municipality has on a day, and how that is computed, line by line."""

from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.queries.organisation import OrganisationOnDay
from verband.members.models import PopulationFigure, VotingKeyFact
from verband.members.names import name_of
from verband.members.queries import Basis, Inhabitants
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState, Fact, Facts, Note, Tag
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day, number


@dataclass(frozen=True)
class VotesSection:
    """The votes of one municipality: the answer, the reckoning, the figures through the years."""

    answer: str
    reckoning: Facts
    note: Note | None
    figures: Ledger


def votes_section(found: OrganisationOnDay, reading: Reading, query: Query) -> VotesSection | None:
    """The section for a municipality that is a member on the day; else nothing."""
    if found.inhabitants is None or not found.is_member_on(reading.day):
        return None
    return VotesSection(
        answer=_answer(found),
        reckoning=Facts(tuple(_reckoning(found, found.inhabitants, reading))),
        note=assumption(found.statute),
        figures=_figures(found, query),
    )


def _answer(found: OrganisationOnDay) -> str:
    if found.votes is None:
        return _("The number of votes is not known: a population figure is missing.")
    words = ngettext("%(count)s vote", "%(count)s votes", found.votes)
    return words % {"count": number(found.votes)}


def _reckoning(found: OrganisationOnDay, inhabitants: Inhabitants, reading: Reading) -> list[Fact]:
    told: list[Fact] = [Fact(_("Inhabitants"), _figure_words(inhabitants))]
    if inhabitants.parts:
        parts = [found.names[pk] for pk in inhabitants.parts if pk in found.names]
        links = tuple(
            Link(name_of(p), reading.link(reverse("organisation", args=[p.organisation.key])))
            for p in parts
        )
        told.append(Fact(_("Sum of"), links))
    if inhabitants.source:
        told.append(Fact(_("Source"), inhabitants.source))
    if found.statute is not None:
        told.append(Fact(_("Voting key"), key_in_words(found.statute)))
        told.append(Fact(_("Article"), found.statute.article))
        told.append(Fact(_("Reckoning"), _sum(found, inhabitants, found.statute)))
    return told


def _figure_words(inhabitants: Inhabitants) -> str:
    if inhabitants.number is None:
        return _("not known")
    counted = number(inhabitants.number)
    if inhabitants.basis == Basis.OWN and inhabitants.reference_date:
        words = _("%(number)s on %(day)s")
        told = words % {"number": counted, "day": day(inhabitants.reference_date)}
        if inhabitants.certainty == "provisional":
            told += f" ({_('provisional')})"
        return told
    if inhabitants.basis == Basis.DERIVED:
        return _("%(number)s, derived: no figure of its own yet") % {"number": counted}
    return _("%(number)s, incomplete: part of a divided predecessor is unknown") % {
        "number": counted
    }


def key_in_words(statute: VotingKeyFact) -> str:
    """The statute in one sentence."""
    words = _("1 vote per %(per)s inhabitants, %(rounding)s, at least %(minimum)s")
    told = words % {
        "per": number(statute.per),
        "rounding": statute.get_rounding_display(),
        "minimum": number(statute.minimum),
    }
    if statute.cap is not None:
        told += ", " + _("at most %(cap)s") % {"cap": number(statute.cap)}
    return told


def _sum(found: OrganisationOnDay, inhabitants: Inhabitants, statute: VotingKeyFact) -> str:
    if inhabitants.number is None or found.votes is None:
        return _("cannot be made: the number of inhabitants is not known")
    quotient = Fraction(inhabitants.number, statute.per)
    left = f"{number(inhabitants.number)} / {number(statute.per)} = {number(quotient, 3)}"
    return f"{left} → {_answer(found)}"


def assumption(statute: VotingKeyFact | None) -> Note | None:
    """What the page says when the key rests on an assumption."""
    if statute is None or statute.certainty != "assumed":
        return None
    return Note(
        _(
            "The report names one vote per 1,000 inhabitants and at most 75. How to round it does"
            " not say: down, at least 1, is an assumption."
        )
    )


def _figures(found: OrganisationOnDay, query: Query) -> Ledger:
    return Ledger(
        caption=_("Inhabitants through the years (source: CBS)"),
        columns=(
            Column(_("Reference date")),
            Column(_("Inhabitants"), kind="number"),
            Column(_("Certainty")),
            Column(_("Source")),
        ),
        rows=tuple(Row(_figure_cells(figure)) for figure in found.figures),
        empty=EmptyState(_("No figure of its own is known.")),
        name="figures",
        query=query,
        dense=True,
    )


def _figure_cells(figure: PopulationFigure) -> tuple[object, ...]:
    certainty = str(figure.get_certainty_display())
    return (
        figure.valid_from,
        figure.inhabitants,
        certainty if figure.certainty == "certain" else Tag(certainty, "gap"),
        figure.source,
    )
