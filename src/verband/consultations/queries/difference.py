"""Where the members differ: by segment, tested, and what verdict that suggests.

A closed vote never changes, so its reading is kept by its closing and never stale.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.core.cache import cache

from verband.consultations.kinds import StepKind, Verdict
from verband.consultations.queries.ballots import Counted, Line
from verband.consultations.queries.count import Count, QuestionCount, weight
from verband.core.divergence.analysis import Analysis, analyse
from verband.core.divergence.bounds import HALF
from verband.core.divergence.reasons import Reason
from verband.core.divergence.replies import Reply, Words, collect
from verband.core.divergence.thresholds import Thresholds, adopted
from verband.core.voting.roll import SILENT_CHOICES
from verband.core.voting.rules import Rule, Unit
from verband.core.wording import gettext_noop

# Between the segments on one side and those on the other: from here on they are two camps.
CAMPS = Fraction(2, 5)
KEPT = "difference-1"  # raised when what is kept takes another form
FOR_EVER = None

SUGGESTS: Mapping[str, Verdict] = {
    "insufficient": Verdict.UNDECIDED,
    "divergent": Verdict.PER_SEGMENT,
    "generic_with_reservation": Verdict.RESERVATION,
    "divided_not_by_segment": Verdict.NO_POSITION,
    "generic_different_intensity": Verdict.POSITION,
    "generic": Verdict.POSITION,
}


@dataclass(frozen=True)
class Segment:
    """One segment beside all members; a segment without a code holds who stands in none.

    ``turnout`` is in votes; ``share`` the part of the votes that took a side and went to what is
    looked at; ``from_all`` how far that lies from the share among all.
    """

    dimension: str
    code: str
    members: int
    votes: int
    took_part: int
    turnout: Fraction
    share: Fraction | None
    share_of_members: Fraction | None
    from_all: Fraction | None


@dataclass(frozen=True)
class Turn:
    """The least that would have given another verdict: so many members of one segment."""

    dimension: str
    segment: str
    members: int
    of: int
    verdict: str


@dataclass(frozen=True)
class Difference:
    """The reading of difference on one question.

    ``favoured`` is the choice of which the shares are. ``suggested``: the verdict it suggests,
    ``reasons``: why. ``unstable``: thresholds that a quarter lower or higher give another verdict.
    """

    favoured: str
    share: Fraction | None
    segments: tuple[Segment, ...]
    code: str
    suggested: Verdict
    reasons: tuple[Reason, ...]
    least: Turn | None
    unstable: tuple[tuple[str, str, str], ...]
    seed: int
    permutations: int
    thresholds: str

    def of(self, dimension: str) -> tuple[Segment, ...]:
        """The segments of one dimension."""
        return tuple(one for one in self.segments if one.dimension == dimension)


def difference_of(count: Count, question: QuestionCount) -> Difference:
    """The reading of one question; of a closed vote it is reckoned once and then kept."""
    closed = count.standing.steps.get(StepKind.CLOSED)
    if closed is None:
        return read_difference(count, question)
    key = f"{KEPT}:{closed.data.get('root') or closed.pk}:{question.asked.key}"
    found = cache.get(key)
    if not isinstance(found, Difference):
        found = read_difference(count, question)
        cache.set(key, found, FOR_EVER)
    return found


def read_difference(count: Count, question: QuestionCount) -> Difference:
    """Reckon the reading: the segments, the tests, the verdict."""
    favoured = favoured_of(question)
    seed = seed_of(count.standing.consultation.key)
    thresholds = thresholds_of(count)
    replies = collect(_replies(count, question), _words(question, favoured))
    found = analyse(
        replies,
        majority=_majority(count.rule),
        thresholds=thresholds,
        seed=seed,
        ballots_public=True,
    )
    camps = two_camps(count, question, favoured, found)
    suggested, reasons = suggest(question, found, camps)
    change = found.smallest_change
    return Difference(
        favoured=favoured,
        share=question.share(favoured),
        segments=tuple(segments_of(count, question, favoured)),
        code=found.verdict.code,
        suggested=suggested,
        reasons=reasons,
        least=None
        if change is None
        else Turn(change.dimension, change.segment, change.members, change.of, change.verdict.code),
        unstable=tuple((v.threshold, str(v.factor), v.verdict.code) for v in found.unstable),
        seed=seed,
        permutations=found.permutations,
        thresholds=thresholds.version,
    )


def seed_of(key: str) -> int:
    """The seed of the shuffles, from the number of the consultation: anyone can type it again."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4])


def thresholds_of(count: Count) -> Thresholds:
    """The thresholds as frozen at the opening; the proposal of the core when none were adopted."""
    stored = count.standing.frozen.get("thresholds")
    return adopted(stored) if stored else Thresholds()


def favoured_of(question: QuestionCount) -> str:
    """The choice whose share is looked at: for, or the text adopted, or else the one that leads."""
    if "for" in question.sides:
        return "for"
    leaders = question.leaders() or question.sides
    return question.outcome.option or leaders[0]


def _words(question: QuestionCount, favoured: str) -> Words:
    others = tuple(code for code in question.sides if code != favoured)
    return Words(support=(favoured,), oppose=others, neither=SILENT_CHOICES)


def _replies(count: Count, question: QuestionCount) -> Iterable[Reply]:
    cast = {ballot.member_id: ballot for ballot in count.ballots}
    for line in count.lines:
        answer = _answer(cast.get(line.member_id), question.asked.key)
        yield Reply(line.key, answer, line.votes, line.segments)


def _answer(ballot: Counted | None, key: str) -> str | None:
    """What a member said; of a divided vote the largest part, and no side when parts are equal."""
    said = None if ballot is None else ballot.answers.get(key)
    if not isinstance(said, Mapping):
        return said
    most = max(said.values(), default=0)
    largest = [choice for choice, votes in said.items() if votes == most]
    return largest[0] if len(largest) == 1 else "abstain"


def _majority(rule: Rule) -> Fraction:
    """The part that carries: that of the first majority in votes, or else of the first."""
    in_votes = [one for one in rule.majorities if one.unit == "votes"]
    part = (in_votes or list(rule.majorities))[0].part
    return part if HALF <= part < 1 else HALF


def segments_of(count: Count, question: QuestionCount, favoured: str) -> list[Segment]:
    """Every segment of the dimensions looked at, in a fixed order, beside all members."""
    whole, found = question.share(favoured), []
    for dimension in count.standing.frozen["dimensions"]:
        codes = {code for line in count.lines for code in line.segments.get(dimension, ())}
        outside = any(not line.segments.get(dimension) for line in count.lines)
        for code in [*sorted(codes, key=in_order), *([""] if outside and codes else [])]:
            lines = [line for line in count.lines if _stands(line, dimension, code)]
            cast = [ballot for ballot in count.ballots if _stands(ballot, dimension, code)]
            votes, took_part = (sum(one.votes for one in them) for them in (lines, cast))
            share = share_among(question, favoured, cast)
            found.append(
                Segment(
                    dimension,
                    code,
                    members=len(lines),
                    votes=votes,
                    took_part=len(cast),
                    turnout=Fraction(took_part, votes) if votes else Fraction(0),
                    share=share,
                    share_of_members=share_among(question, favoured, cast, "members"),
                    from_all=None if share is None or whole is None else share - whole,
                )
            )
    return found


def in_order(code: str) -> tuple[int, str]:
    """Size classes by size, other segments by their key.

    >>> sorted(["100000-250000", "0-10000", "50000-100000"], key=in_order)
    ['0-10000', '50000-100000', '100000-250000']
    """
    start = code.partition("-")[0]
    return (int(start), "") if start.isdigit() else (0, code)


def _stands(line: Line | Counted, dimension: str, code: str) -> bool:
    own = line.segments.get(dimension, ())
    return code in own if code else not own


def share_among(
    question: QuestionCount, favoured: str, ballots: Sequence[Counted], unit: Unit = "votes"
) -> Fraction | None:
    """The part for what is looked at, of what took a side in these ballots."""
    key = question.asked.key

    def cast(choices: Iterable[str]) -> Fraction:
        return sum((weight(b, unit) * _part(b, key, choices) for b in ballots), Fraction(0))

    whole = cast(question.sides)
    return cast([favoured]) / whole if whole else None


def _part(ballot: Counted, key: str, choices: Iterable[str]) -> Fraction:
    """Which part of a ballot went to these choices: all or nothing, unless it was divided."""
    said = ballot.answers.get(key)
    if isinstance(said, Mapping):
        return Fraction(sum(said.get(choice, 0) for choice in choices), ballot.votes or 1)
    return Fraction(said in tuple(choices))


def two_camps(
    count: Count, question: QuestionCount, favoured: str, found: Analysis
) -> Reason | None:
    """Whether the segments on the other side stand far from all others, in some dimension."""
    for one in found.opposing:
        if one.load <= found.thresholds.opposing_load:
            continue
        codes = {segment.name for segment in one.segments}
        inside = [b for b in count.ballots if codes & set(b.segments.get(one.dimension, ()))]
        within = {ballot.member_id for ballot in inside}
        outside = [ballot for ballot in count.ballots if ballot.member_id not in within]
        shares = [share_among(question, favoured, them) for them in (inside, outside)]
        if shares[0] is None or shares[1] is None or abs(shares[0] - shares[1]) < CAMPS:
            continue
        return Reason(
            "camps_apart",
            gettext_noop(
                "By %(dimension)s there are two camps, %(gap)s points apart: %(segments)s against"
                " the others. From %(limit)s points on there is no common position."
            ),
            {
                "dimension": one.dimension,
                "gap": abs(shares[0] - shares[1]) * 100,
                "segments": ", ".join(sorted(codes, key=in_order)),
                "limit": CAMPS * 100,
            },
        )
    return None


def suggest(
    question: QuestionCount, found: Analysis, camps: Reason | None
) -> tuple[Verdict, tuple[Reason, ...]]:
    """What the rule and the difference suggest together, with the reasons.

    The rule goes first: what it rejects is rejected, where it decides nothing nothing is decided.
    """
    reasons = found.verdict.reasons
    if question.verdict == "rejected":
        return Verdict.REJECTED, reasons
    if not question.passed:
        return Verdict.UNDECIDED, reasons
    if found.verdict.code == "divergent" and (camps or found.findings.inverted):
        return Verdict.NO_POSITION, (*reasons, *([camps] if camps else ()))
    return SUGGESTS[found.verdict.code], reasons
