"""What is read of each segment and each dimension: the numbers beside the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from verband.core.divergence.association import cramers_v, holm
from verband.core.divergence.bounds import Standing, standing
from verband.core.divergence.estimate import Estimates, carries_in_votes
from verband.core.divergence.findings import Counts, Frame, tables
from verband.core.divergence.permutation import permutation_tests
from verband.core.divergence.polarisation import consensus, esteban_ray, eta_squared
from verband.core.divergence.replies import FOR, NEITHER, Flags, Replies
from verband.core.divergence.verdict import Findings, Segment


@dataclass(frozen=True)
class SegmentReading:
    """One segment: what is certain, and what is expected if who is out is like who answered.

    ``in_members`` and ``in_votes`` hold the counts and the bounds; ``support`` is shrunk towards
    the whole; ``low`` and ``high`` are its 90 % interval once all have answered; ``carries`` and
    ``carries_votes`` the probability of a majority in members and in votes; ``opposes`` that of
    standing on the other side than the whole.
    """

    dimension: str
    segment: str
    members: int
    in_members: Standing
    in_votes: Standing
    support: float
    low: float
    high: float
    carries: float
    carries_votes: float
    opposes: float


@dataclass(frozen=True)
class Association:
    """How far the answer depends on a dimension, or on standing in one overlapping segment.

    ``raw_v`` is Cramer's V, ``v`` the corrected one; p-values by shuffling, and after Holm over all
    tests of the question; the same in votes. ``eta2`` only for answers on a scale.
    """

    dimension: str
    segment: str | None
    raw_v: float
    v: float
    p: float
    p_holm: float
    votes_v: float
    votes_p: float
    votes_p_holm: float
    eta2: float | None


@dataclass(frozen=True)
class Polarisation:
    """Answers on a scale, over all members: van der Eijk, Tastle-Wierman, Esteban-Ray."""

    agreement: Fraction
    consensus: float
    esteban_ray: float


def associations(
    replies: Replies, skeleton: Frame, counts: Counts, permutations: int, seed: int
) -> list[Association]:
    """Every test of the frame, by members and by votes, corrected over all of them."""
    answered = replies.answered
    category, votes = replies.category[answered], replies.votes[answered]
    groupings = _groupings(skeleton, answered)
    pairs = permutation_tests(category, votes, groupings, permutations=permutations, seed=seed)
    corrected = holm([pair.members for pair in pairs])
    corrected_votes = holm([pair.votes for pair in pairs])
    answers = category[:, None] == np.arange(len(replies.categories))[None, :]
    cast = answers * votes[:, None].astype(np.float64)
    squares = float((votes.astype(np.float64) ** 2).sum())
    effective = float(votes.sum()) ** 2 / squares if squares else 0.0
    found = []
    for place, (dimension, segment) in enumerate(skeleton.tests):
        raw, v = cramers_v(tables(skeleton, counts.cells, counts.whole)[place])
        found.append(
            Association(
                dimension=dimension.name,
                segment=None if segment is None else dimension.segments[segment],
                raw_v=raw,
                v=v,
                p=pairs[place].members,
                p_holm=corrected[place],
                votes_v=cramers_v(groupings[place] @ cast, effective)[1],
                votes_p=pairs[place].votes,
                votes_p_holm=corrected_votes[place],
                eta2=(
                    eta_squared(category.astype(np.float64), groupings[place])
                    if replies.is_scale and len(category)
                    else None
                ),
            )
        )
    return found


def _groupings(skeleton: Frame, answered: Flags) -> list[Flags]:
    """For each test its segments, which divide who answered."""
    return [
        dimension.membership[:, answered]
        if segment is None
        else np.stack([row := dimension.membership[segment, answered], ~row])
        for dimension, segment in skeleton.tests
    ]


def segment_readings(
    replies: Replies,
    skeleton: Frame,
    predicted: Estimates,
    majority: Fraction,
    read: Sequence[Segment],
) -> tuple[SegmentReading, ...]:
    """Every segment, in the order of the frame."""
    found = []
    for place, segment in enumerate(read):
        found.append(
            SegmentReading(
                dimension=segment.dimension,
                segment=segment.name,
                members=int(segment.membership.sum()),
                in_members=standing(replies, among=segment.membership),
                in_votes=standing(
                    replies, weights=replies.votes, among=segment.membership, unit=replies.unit
                ),
                support=float(predicted.support[place]),
                low=float(predicted.low[place]),
                high=float(predicted.high[place]),
                carries=float(predicted.carries[place]),
                carries_votes=_carries_votes(replies, segment, predicted, place, majority),
                opposes=segment.opposes,
            )
        )
    return tuple(found)


def _carries_votes(
    replies: Replies, segment: Segment, predicted: Estimates, place: int, majority: Fraction
) -> float:
    side, votes = replies.side, replies.votes
    abstained = replies.answered & (side == NEITHER)
    return carries_in_votes(
        float(predicted.alpha[place]),
        float(predicted.beta[place]),
        votes_out=votes[segment.membership & ~replies.answered],
        yes=int(votes[segment.membership & (side == FOR)].sum()),
        total=int(votes[segment.membership & ~abstained].sum()),
        majority=majority,
    )


def polarisation(counts: Counts, findings: Findings) -> Polarisation | None:
    """Polarisation over all members; ``None`` when the answers are no scale."""
    if findings.agreement is None:
        return None
    shares = counts.whole / counts.whole.sum()
    places = np.arange(len(shares)) / (len(shares) - 1)
    return Polarisation(
        agreement=findings.agreement,
        consensus=consensus(counts.whole.tolist()),
        esteban_ray=esteban_ray(shares.tolist(), places.tolist()),
    )
