"""Why an outcome is as it is: the rule, weight and number, and where the members differ."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.result_words import (
    GIVEN,
    MET,
    UNMET,
    Ground,
    by_dimension,
    dimension_name,
    grounds_of,
    reason_words,
    segment_name,
)
from verband.consultations.queries.count import Count, QuestionCount
from verband.consultations.queries.difference import Difference, Segment
from verband.core.divergence.reasons import Reason
from verband.ui.wording import number

READABLE = 10  # members a segment needs for its gap to be named


def all_grounds(
    count: Count, question: QuestionCount, difference: Difference | None
) -> tuple[Ground, ...]:
    """Why this is the outcome: the rule, then weight and number, then the difference."""
    frozen = count.standing.frozen
    found = grounds_of(question, str(frozen.get("article", "")))
    if question.points_two_ways:
        found.append(_two_ways(question))
    if difference is not None and question.passed:
        found.append(_differs(difference, frozen))
    return tuple(found)


def _two_ways(question: QuestionCount) -> Ground:
    leader = question.leaders("members")[0]
    words = {
        "have": number(question.amount(leader, "members")),
        "whole": number(question.chose("members")),
        "choice": choice_label(question.asked, leader),
    }
    return Ground(
        UNMET,
        _("Most members chose otherwise: “%(choice)s”") % words,
        _("%(have)s of the %(whole)s members that chose.") % words
        + " "
        + _("Weight and number point different ways."),
    )


def _differs(difference: Difference, frozen: Mapping[str, Any]) -> Ground:
    state, title = {
        "generic": (MET, _("No group stands apart")),
        "generic_different_intensity": (MET, _("All groups stand on the same side")),
        "generic_with_reservation": (UNMET, _("A group stands on the other side")),
        "divergent": (UNMET, _("Groups stand on different sides")),
        "divided_not_by_segment": (UNMET, _("The members are divided, but not by group")),
        "insufficient": (GIVEN, _("Too few answers to read the difference")),
    }[difference.code]
    texts = [reason_words(reason, frozen) for reason in _told(difference)]
    if difference.code not in ("divergent", "insufficient"):
        texts += [_gap(difference, frozen)]
    return Ground(
        state,
        title,
        " ".join(filter(None, texts)),
        _("thresholds %(version)s") % {"version": difference.thresholds},
    )


def _told(difference: Difference) -> list[Reason]:
    """The reasons worth telling: two camps say all that the other divisions say less sharply.

    That votes and members point different ways is a ground of its own.
    """
    camps = [reason for reason in difference.reasons if reason.code == "camps_apart"]
    about = {reason.params["dimension"] for reason in camps}
    return [
        reason
        for reason in difference.reasons
        if reason.code != "inversion"
        and (reason.code != "opposing_load" or not about or reason.params["dimension"] in about)
    ]


def widest(difference: Difference) -> tuple[str, Segment | None, Segment | None]:
    """The dimension in which readable segments lie furthest apart, with the highest and lowest.

    Size goes first when it is as wide: it is the division that everybody knows.
    """
    found: tuple[Fraction, str, Segment | None, Segment | None]
    found = (Fraction(-1), "", None, None)
    for dimension in dict.fromkeys(one.dimension for one in difference.segments):
        shown = [
            (one.share, one)
            for one in difference.of(dimension)
            if one.share is not None and one.code and one.members >= READABLE
        ]
        if len(shown) > 1:
            ordered = sorted(shown, key=lambda pair: pair[0])
            gap = ordered[-1][0] - ordered[0][0]
            if gap > found[0]:
                found = (gap, dimension, ordered[-1][1], ordered[0][1])
    return found[1:]


def _gap(difference: Difference, frozen: Mapping[str, Any]) -> str:
    dimension, highest, lowest = widest(difference)
    if highest is None or lowest is None or highest.share is None or lowest.share is None:
        return ""
    return _(
        "Largest gap between groups of at least %(least)s members, by %(dimension)s: %(gap)s"
        " points (%(highest)s against %(lowest)s)."
    ) % {
        "least": number(READABLE),
        "dimension": by_dimension(dimension),
        "gap": number((highest.share - lowest.share) * 100, 0),
        "highest": segment_name(frozen, dimension, highest.code),
        "lowest": segment_name(frozen, dimension, lowest.code),
    }


def reading_words(difference: Difference, frozen: Mapping[str, Any]) -> tuple[str, ...]:
    """How firm the reading is: what would have changed it, and how to repeat it."""
    found = []
    least = difference.least
    if least is not None:
        words = ngettext(
            "Had %(count)s of the %(of)s members of %(segment)s (%(dimension)s) chosen otherwise,"
            " the reading would have been another.",
            "Had %(count)s of the %(of)s members of %(segment)s (%(dimension)s) chosen otherwise,"
            " the reading would have been another.",
            least.members,
        )
        found.append(
            words
            % {
                "count": number(least.members),
                "of": number(least.of),
                "segment": segment_name(frozen, least.dimension, least.segment),
                "dimension": dimension_name(least.dimension),
            }
        )
    if difference.unstable:
        found.append(
            _("A quarter more or less on a threshold would give another reading: it is close.")
        )
    found.append(
        _("Tested with %(permutations)s shuffles, seed %(seed)s, thresholds %(version)s.")
        % {
            "permutations": number(difference.permutations),
            "seed": str(difference.seed),
            "version": difference.thresholds,
        }
    )
    return tuple(found)
