"""From replies to what the verdict rests on, fast enough to ask "what if" for every segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from verband.core.divergence.association import chi_square_p, cramers_v, holm
from verband.core.divergence.bounds import Standing, standing
from verband.core.divergence.estimate import Estimates, Floats, estimate, pooled_mean, strength
from verband.core.divergence.polarisation import agreement
from verband.core.divergence.replies import (
    AGAINST,
    FOR,
    Dimension,
    Flags,
    Integers,
    Replies,
)
from verband.core.divergence.verdict import Dependence, Findings, Segment


@dataclass(frozen=True)
class Frame:
    """The segments of all dimensions under each other: what does not change with the answers."""

    dimensions: tuple[Dimension, ...]
    membership: Flags
    counted: Floats
    parts: tuple[slice, ...]

    @property
    def tests(self) -> list[tuple[Dimension, int | None]]:
        """Every test: a partition once, overlapping segments one by one (their place).

        One segment that holds everybody is nothing to test, and does not count in the correction.
        """
        return [(dimension, place) for dimension in self.dimensions for place in _places(dimension)]


def _places(dimension: Dimension) -> list[int | None]:
    if not dimension.is_partition:
        return list(range(len(dimension.segments)))
    return [None] if len(dimension.segments) > 1 else []


def frame(replies: Replies) -> Frame:
    """The frame of some replies."""
    size = len(replies.members)
    stacked = [np.zeros((0, size), np.bool_), *(d.membership for d in replies.dimensions)]
    membership = np.concatenate(stacked)
    stops = np.cumsum([len(d.segments) for d in replies.dimensions]).tolist()
    parts = tuple(
        slice(stop - len(d.segments), stop)
        for d, stop in zip(replies.dimensions, stops, strict=True)
    )
    return Frame(replies.dimensions, membership, membership.astype(np.float64), parts)


@dataclass(frozen=True)
class Counts:
    """Members by segment and answer, for one set of answers.

    ``cells[s, k]``: members of segment s with answer k; ``whole`` the same for all members.
    """

    cells: Integers
    whole: Integers
    yes: Integers
    no: Integers
    outstanding: Integers


def count(replies: Replies, frame: Frame) -> Counts:
    """Members by segment and answer."""
    answers = replies.category[:, None] == np.arange(len(replies.categories))[None, :]
    cells = np.rint(frame.counted @ answers).astype(np.int64)
    sides = np.array(replies.sides)
    return Counts(
        cells=cells,
        whole=answers.sum(axis=0),
        yes=cells[:, sides == FOR].sum(axis=1),
        no=cells[:, sides == AGAINST].sum(axis=1),
        outstanding=frame.membership.sum(axis=1) - cells.sum(axis=1),
    )


def estimates(replies: Replies, frame: Frame, counts: Counts, majority: Fraction) -> Estimates:
    """The prediction for every segment; the strength of the prior is one per dimension."""
    sides = np.array(replies.sides)
    mean = pooled_mean(
        int(counts.whole[sides == FOR].sum()), int(counts.whole[sides == AGAINST].sum())
    )
    prior = np.zeros(len(counts.yes))
    for part in frame.parts:
        prior[part] = strength(counts.yes[part], counts.no[part])
    return estimate(
        counts.yes, counts.no, counts.outstanding, mean=mean, prior=prior, majority=majority
    )


def tables(frame: Frame, cells: Integers, whole: Integers) -> list[Integers]:
    """The table of each test, segments by answers; in/out for overlapping segments."""
    parts = dict(zip((d.name for d in frame.dimensions), frame.parts, strict=True))
    found = []
    for dimension, place in frame.tests:
        own = cells[parts[dimension.name]]
        found.append(own if place is None else np.stack([own[place], whole - own[place]]))
    return found


def quick_dependences(frame: Frame, counts: Counts) -> tuple[Dependence, ...]:
    """Size and p-value of every test, with the chi-square distribution in place of shuffling."""
    grids = tables(frame, counts.cells, counts.whole)
    p_values = holm([chi_square_p(grid) for grid in grids])
    return tuple(
        Dependence(
            dimension.name,
            None if place is None else dimension.segments[place],
            cramers_v(grid)[1],
            p,
        )
        for (dimension, place), grid, p in zip(frame.tests, grids, p_values, strict=True)
    )


def segments(
    frame: Frame, counts: Counts, predicted: Estimates, carried: bool
) -> tuple[Segment, ...]:
    """The segments as the verdict reads them."""
    sizes = frame.membership.sum(axis=1).tolist()
    told = counts.cells.sum(axis=1).tolist()
    against = (predicted.rejects if carried else predicted.carries).tolist()
    names = [(d.name, segment) for d in frame.dimensions for segment in d.segments]
    return tuple(
        Segment(dimension, segment, Fraction(told[i], sizes[i]), against[i], frame.membership[i])
        for i, (dimension, segment) in enumerate(names)
    )


def assemble(
    replies: Replies,
    *,
    in_members: Standing,
    in_votes: Standing,
    majority: Fraction,
    whole: Integers,
    read: Sequence[Segment],
    dependences: Sequence[Dependence],
) -> Findings:
    """The findings from their parts; the whole is judged in votes."""
    answered = int(replies.answered.sum())
    carried = in_votes.carries_now(majority)
    took_side = in_votes.support is not None
    return Findings(
        status=in_votes.status(majority),
        carried=carried,
        took_side=took_side,
        inverted=took_side and in_members.carries_now(majority) != carried,
        response=Fraction(answered, len(replies.members)),
        support=in_votes.support,
        agreement=agreement(whole.tolist()) if replies.is_scale and answered else None,
        votes=replies.votes,
        segments=tuple(read),
        dependences=tuple(dependences),
    )


def quick_findings(replies: Replies, frame: Frame, majority: Fraction) -> Findings:
    """Findings without shuffling: for what-if questions."""
    counts = count(replies, frame)
    in_votes = standing(replies, weights=replies.votes, unit=replies.unit)
    predicted = estimates(replies, frame, counts, majority)
    return assemble(
        replies,
        in_members=standing(replies),
        in_votes=in_votes,
        majority=majority,
        whole=counts.whole,
        read=segments(frame, counts, predicted, in_votes.carries_now(majority)),
        dependences=quick_dependences(frame, counts),
    )
