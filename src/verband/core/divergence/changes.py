"""What would change the verdict: each segment on the other side, and the least that suffices."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from verband.core.divergence.findings import Frame, quick_findings
from verband.core.divergence.replies import NEITHER, Flags, Integers, Replies
from verband.core.divergence.thresholds import Thresholds
from verband.core.divergence.verdict import Verdict, decide


@dataclass(frozen=True)
class Change:
    """If these members of a segment had answered the mirror image, the verdict would be this.

    ``members`` of the ``of`` that took a side in the segment change, most votes first.
    """

    dimension: str
    segment: str
    members: int
    of: int
    verdict: Verdict


def changes(
    replies: Replies, frame: Frame, majority: Fraction, limits: Thresholds, adopted: Verdict
) -> tuple[list[Change], Change | None]:
    """The segments whose flip alters the verdict, and the smallest change found.

    A segment is flipped by mirroring all its answers; the rest of the reading is done anew, with
    chi-square p-values in place of shuffling. The smallest change is then sought by letting fewer
    members of such a segment flip, those with most votes first; among segments that need
    equally few, the one in which fewest took a side.
    """
    question = _WhatIf(replies, frame, majority, limits)
    altered: list[Change] = []
    for name, order in _segments(replies, frame):
        verdict = question.verdict(order)
        if verdict.code != adopted.code:
            altered.append(Change(*name, len(order), len(order), verdict))
    smallest = None
    for name, order in sorted(_segments(replies, frame), key=lambda found: len(found[1])):
        if any((one.dimension, one.segment) == name for one in altered):
            smallest = _fewer(question, name, order, adopted, smallest)
    return altered, smallest


@dataclass(frozen=True)
class _WhatIf:
    replies: Replies
    frame: Frame
    majority: Fraction
    limits: Thresholds

    def verdict(self, members: Integers) -> Verdict:
        chosen: Flags = np.zeros(len(self.replies.members), dtype=np.bool_)
        chosen[members] = True
        swapped = self.replies.with_swapped(chosen)
        return decide(quick_findings(swapped, self.frame, self.majority), self.limits)


def _segments(replies: Replies, frame: Frame) -> list[tuple[tuple[str, str], Integers]]:
    """Every segment in which someone took a side, with those members, most votes first."""
    told = replies.side != NEITHER
    found = []
    for dimension in frame.dimensions:
        for segment, row in zip(dimension.segments, dimension.membership, strict=True):
            members = np.flatnonzero(row & told)
            if len(members):
                order = members[np.argsort(-replies.votes[members], kind="stable")]
                found.append(((dimension.name, segment), order))
    return found


def _fewer(
    question: _WhatIf,
    name: tuple[str, str],
    order: Integers,
    adopted: Verdict,
    least: Change | None,
) -> Change | None:
    """The least change so far, or a smaller one in this segment, by halving."""
    high = len(order) if least is None else min(len(order), least.members - 1)
    if high < 1:
        return least
    verdict = question.verdict(order[:high])
    if verdict.code == adopted.code:
        return least
    low, found = 0, Change(*name, high, len(order), verdict)
    while high - low > 1:
        middle = (low + high) // 2
        verdict = question.verdict(order[:middle])
        if verdict.code == adopted.code:
            low = middle
        else:
            high, found = middle, Change(*name, middle, len(order), verdict)
    return found
