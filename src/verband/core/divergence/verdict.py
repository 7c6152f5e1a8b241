"""The verdict on a question: generic, divergent, or in between; a table of rules, kept as data.

The first row that applies gives the verdict; the last row always applies, so every input has one.
The thresholds are proposals of this software, not of science: they carry a version, a board adopts
them, and every verdict says whether it would stand if they were a quarter lower or higher.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from verband.core.divergence.bounds import Status
from verband.core.divergence.reasons import Reason
from verband.core.divergence.replies import Flags, Integers
from verband.core.divergence.thresholds import VARIED, Thresholds
from verband.core.wording import gettext_noop


@dataclass(frozen=True)
class Segment:
    """What the verdict needs of one segment.

    ``response`` is the share that answered, ``opposes`` the probability that it ends on another
    side than the whole, ``membership`` its members.
    """

    dimension: str
    name: str
    response: Fraction
    opposes: float
    membership: Flags


@dataclass(frozen=True)
class Dependence:
    """One test: a whole dimension, or one ``segment`` of overlapping ones against the rest."""

    dimension: str
    segment: str | None
    v: float
    p: float


@dataclass(frozen=True)
class Findings:
    """Everything the verdict rests on, and nothing else.

    ``status`` is that of layer 1, ``carried`` the outcome on the votes so far, ``inverted`` whether
    members and votes point different ways, ``support`` the share of yes in votes, ``agreement`` van
    der Eijk's A (``None`` when the answers are no scale).
    """

    status: Status
    carried: bool
    took_side: bool
    inverted: bool
    response: Fraction
    support: Fraction | None
    agreement: Fraction | None
    votes: Integers
    segments: tuple[Segment, ...]
    dependences: tuple[Dependence, ...]


@dataclass(frozen=True)
class Verdict:
    """The row that fired, what it says, and why."""

    row: int
    code: str
    template: str
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return self.template


@dataclass(frozen=True)
class Opposition:
    """The segments of one dimension on the other side, and their share of all votes."""

    dimension: str
    load: Fraction
    segments: tuple[Segment, ...]


def oppositions(findings: Findings, limits: Thresholds) -> list[Opposition]:
    """Where segments stand on the other side, sure and large enough to be read, heaviest first.

    Dimensions divide the same members again and again, so loads are not added over dimensions: the
    first in this list counts. Within a dimension each member counts once.
    """
    total = int(findings.votes.sum())
    against: dict[str, list[Segment]] = {}
    for segment in findings.segments:
        if (
            segment.opposes >= limits.opposing_probability
            and int(segment.membership.sum()) >= limits.smallest_segment
        ):
            against.setdefault(segment.dimension, []).append(segment)
    found = []
    for dimension, own in against.items():
        together = np.logical_or.reduce([segment.membership for segment in own])
        load = Fraction(int(findings.votes[together].sum()), total)
        if load > 0:
            found.append(Opposition(dimension, load, tuple(own)))
    return sorted(found, key=lambda one: -one.load)


def opposing_load(findings: Findings, limits: Thresholds) -> Fraction:
    """The share of all votes in opposing segments, in the dimension where it weighs most."""
    return max((one.load for one in oppositions(findings, limits)), default=Fraction(0))


def _insufficient(findings: Findings, limits: Thresholds) -> list[Reason]:
    if not findings.took_side:
        return [Reason("nobody_took_a_side", gettext_noop("Nobody took a side."))]
    if findings.status != "open":
        return []
    missing = [
        Reason(
            "segment_missing",
            gettext_noop("Of %(segment)s (%(dimension)s) only %(response)s answered."),
            {
                "segment": segment.name,
                "dimension": segment.dimension,
                "response": segment.response,
            },
        )
        for segment in findings.segments
        if segment.response < limits.segment_response
        and int(segment.membership.sum()) >= limits.smallest_segment
    ]
    if findings.response < limits.response:
        missing.insert(
            0,
            Reason(
                "response_low",
                gettext_noop("Only %(response)s of the members answered."),
                {"response": findings.response},
            ),
        )
    return missing


def _opposition(findings: Findings, limits: Thresholds) -> list[Reason]:
    return [
        Reason(
            "opposing_load",
            gettext_noop(
                "By %(dimension)s, segments with %(load)s of the votes stand on the other side: "
                "%(segments)s."
            ),
            {
                "dimension": one.dimension,
                "load": one.load,
                "segments": ", ".join(segment.name for segment in one.segments),
            },
        )
        for one in oppositions(findings, limits)
    ]


def _divergent(findings: Findings, limits: Thresholds) -> list[Reason]:
    reasons = []
    if findings.inverted:
        reasons.append(
            Reason(
                "inversion",
                gettext_noop("A majority of the votes is not a majority of the members."),
            )
        )
    if opposing_load(findings, limits) > limits.opposing_load:
        reasons.extend(_opposition(findings, limits))
    return reasons


def _marked(findings: Findings, limits: Thresholds) -> list[Reason]:
    return [
        Reason(
            "depends_on_segment",
            gettext_noop("The answer depends on %(what)s (V %(v)s, p %(p)s)."),
            {
                "what": one.segment or one.dimension,
                "v": one.v,
                "p": one.p,
            },
        )
        for one in findings.dependences
        if one.v >= limits.association and one.p <= limits.significance
    ]


def _divided(findings: Findings, limits: Thresholds) -> list[Reason]:
    if _marked(findings, limits):
        return []
    reasons = []
    support, agreement = findings.support, findings.agreement
    if support is not None and abs(support - Fraction(1, 2)) <= limits.divided_band:
        reasons.append(
            Reason("support_halved", gettext_noop("Support is %(support)s."), {"support": support})
        )
    if agreement is not None and agreement < 0:
        reasons.append(
            Reason(
                "two_camps",
                gettext_noop("The answers gather at both ends of the scale (A %(agreement)s)."),
                {"agreement": agreement},
            )
        )
    return reasons


def _otherwise(findings: Findings, limits: Thresholds) -> list[Reason]:
    return [Reason("nothing_stands_out", gettext_noop("No segment and no division stands out."))]


@dataclass(frozen=True)
class Row:
    """One row of the table: it applies when ``reasons`` finds any."""

    number: int
    code: str
    template: str
    reasons: Callable[[Findings, Thresholds], Sequence[Reason]]


ROWS = (
    Row(
        1, "insufficient", gettext_noop("Not yet: there are too few answers to say."), _insufficient
    ),
    Row(
        2,
        "divergent",
        gettext_noop("Divergent: a position for each segment, or back to the proposer."),
        _divergent,
    ),
    Row(
        3,
        "generic_with_reservation",
        gettext_noop(
            "Generic with reservation: one position, with the dissent named or an exception made."
        ),
        _opposition,
    ),
    Row(
        4,
        "divided_not_by_segment",
        gettext_noop("Divided, but not by segment: discuss the content, not the representation."),
        _divided,
    ),
    Row(
        5,
        "generic_different_intensity",
        gettext_noop(
            "Generic, with different intensity: one position, noting where support is weaker."
        ),
        _marked,
    ),
    Row(6, "generic", gettext_noop("Generic: one position for all members."), _otherwise),
)


def decide(findings: Findings, limits: Thresholds | None = None) -> Verdict:
    """The first row of the table that applies, with its reasons.

    >>> nobody = np.zeros(0, dtype=np.int64)
    >>> decide(Findings("carried", True, True, False, Fraction(1), Fraction(9, 10), None,
    ...                 nobody, (), ())).code
    'generic'
    """
    limits = limits or Thresholds()
    row, reasons = next((row, found) for row in ROWS if (found := row.reasons(findings, limits)))
    return Verdict(row.number, row.code, row.template, tuple(reasons))


@dataclass(frozen=True)
class Variation:
    """A verdict that another threshold would give: ``factor`` times the one adopted."""

    threshold: str
    factor: Fraction
    verdict: Verdict


def variations(findings: Findings, limits: Thresholds | None = None) -> list[Variation]:
    """Where the verdict changes if one threshold is a quarter lower or higher; empty is stable."""
    limits = limits or Thresholds()
    adopted = decide(findings, limits).code
    found = []
    for name in VARIED:
        for factor in (Fraction(3, 4), Fraction(5, 4)):
            verdict = decide(findings, limits.varied(name, factor))
            if verdict.code != adopted:
                found.append(Variation(name, factor, verdict))
    return found
