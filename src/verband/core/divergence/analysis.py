"""The whole reading of one question: certainty, segments, dependence, verdict, and what if."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from verband.core.divergence.bounds import (
    HALF,
    Standing,
    check_majority,
    fewest_to_flip,
    margin,
    standing,
)
from verband.core.divergence.changes import Change, changes
from verband.core.divergence.disclosure import Suppression, suppress
from verband.core.divergence.estimate import Estimates
from verband.core.divergence.findings import (
    Frame,
    assemble,
    count,
    estimates,
    frame,
    segments,
)
from verband.core.divergence.reading import (
    Association,
    Polarisation,
    SegmentReading,
    associations,
    polarisation,
    segment_readings,
)
from verband.core.divergence.replies import NEITHER, Flags, Replies
from verband.core.divergence.thresholds import Thresholds
from verband.core.divergence.verdict import (
    Dependence,
    Findings,
    Opposition,
    Variation,
    Verdict,
    decide,
    opposing_load,
    oppositions,
    variations,
)
from verband.core.errors import DomainError

PERMUTATIONS = 9_999
MOST_PERMUTATIONS = 1_000_000


class PermutationsRefused(DomainError):
    """A p-value needs shuffles, and a computer has limits."""

    code = "permutations_refused"
    template = "Use between 99 and %(most)s permutations, not %(permutations)s."


class SeedRefused(DomainError):
    """A seed is a whole number that anyone can type again."""

    code = "seed_refused"
    template = "The seed %(seed)s is not a whole number of 0 or up."


@dataclass(frozen=True)
class Analysis:
    """Everything about one question; ``seed`` and ``permutations`` make it repeatable.

    ``strength`` is the worth of the prior per dimension, in answers. ``fewest_to_flip`` counts
    members still out, ``margin`` members who answered. ``unstable`` lists the thresholds at which a
    quarter more or less gives another verdict. ``load`` is that of the heaviest of ``opposing``.
    """

    seed: int
    permutations: int
    majority: Fraction
    thresholds: Thresholds
    findings: Findings
    in_members: Standing
    in_votes: Standing
    fewest_to_flip: int | None
    margin: int | None
    strength: tuple[tuple[str, float], ...]
    segments: tuple[SegmentReading, ...]
    associations: tuple[Association, ...]
    polarisation: Polarisation | None
    load: Fraction
    opposing: tuple[Opposition, ...]
    verdict: Verdict
    unstable: tuple[Variation, ...]
    changes: tuple[Change, ...]
    smallest_change: Change | None
    suppressed: tuple[Suppression, ...]


def analyse(
    replies: Replies,
    *,
    majority: Fraction = HALF,
    thresholds: Thresholds | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    ballots_public: bool = False,
) -> Analysis:
    """Read one question by segments and give the verdict.

    ``majority``: more than this share of the votes cast carries. Unless ``ballots_public``,
    segments under five members are merged or withheld first (see ``disclosure``), so that all
    numbers agree with what may be shown.
    Raises: ``MajorityRefused``, ``PermutationsRefused``, ``SeedRefused``.

    >>> from verband.core.divergence.replies import Reply, collect
    >>> rows = [Reply(f"m{i:02}", "yes" if i < 20 else "no", 1,
    ...               {"size": ["large" if i < 20 else "small"]}) for i in range(30)]
    >>> got = analyse(collect(rows), permutations=999)
    >>> got.verdict.row, got.verdict.code, got.load
    (2, 'divergent', Fraction(1, 3))
    """
    _check(majority, permutations, seed)
    limits = thresholds or Thresholds()
    suppressed: list[Suppression] = []
    if not ballots_public:
        replies, suppressed = suppress(replies)
    skeleton = frame(replies)
    counts = count(replies, skeleton)
    predicted = estimates(replies, skeleton, counts, majority)
    in_members = standing(replies)
    in_votes = standing(replies, weights=replies.votes, unit=replies.unit)
    tested = associations(replies, skeleton, counts, permutations, seed)
    read = segments(skeleton, counts, predicted, in_votes.carries_now(majority))
    findings = assemble(
        replies,
        in_members=in_members,
        in_votes=in_votes,
        majority=majority,
        whole=counts.whole,
        read=read,
        dependences=[Dependence(a.dimension, a.segment, a.v, a.p_holm) for a in tested],
    )
    verdict = decide(findings, limits)
    altered, smallest = changes(replies, skeleton, majority, limits, verdict)
    return Analysis(
        seed=seed,
        permutations=permutations,
        majority=majority,
        thresholds=limits,
        findings=findings,
        in_members=in_members,
        in_votes=in_votes,
        fewest_to_flip=fewest_to_flip(in_votes, _votes(replies, ~replies.answered), majority),
        margin=margin(in_votes, _cast(replies), majority),
        strength=_strengths(skeleton, predicted),
        segments=segment_readings(replies, skeleton, predicted, majority, read),
        associations=tuple(tested),
        polarisation=polarisation(counts, findings),
        load=opposing_load(findings, limits),
        opposing=tuple(oppositions(findings, limits)),
        verdict=verdict,
        unstable=tuple(variations(findings, limits)),
        changes=tuple(altered),
        smallest_change=smallest,
        suppressed=tuple(suppressed),
    )


def _check(majority: Fraction, permutations: int, seed: int) -> None:
    check_majority(majority)
    if not 99 <= permutations <= MOST_PERMUTATIONS:
        raise PermutationsRefused(most=MOST_PERMUTATIONS, permutations=permutations)
    if seed < 0:
        raise SeedRefused(seed=seed)


def _strengths(skeleton: Frame, predicted: Estimates) -> tuple[tuple[str, float], ...]:
    return tuple(
        (dimension.name, float(predicted.strength[part][0]))
        for dimension, part in zip(skeleton.dimensions, skeleton.parts, strict=True)
        if dimension.segments
    )


def _votes(replies: Replies, chosen: Flags) -> Sequence[int | Fraction]:
    whole: list[int] = replies.votes[chosen].tolist()
    return whole if replies.unit == 1 else [votes * replies.unit for votes in whole]


def _cast(replies: Replies) -> list[tuple[int, int | Fraction]]:
    told = replies.side != NEITHER
    return list(zip(replies.side[told].tolist(), _votes(replies, told), strict=True))
