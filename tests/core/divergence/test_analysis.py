"""One question read as a whole."""

import random
import tracemalloc
from dataclasses import asdict, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.divergence.analysis import PermutationsRefused, SeedRefused, analyse
from verband.core.divergence.changes import changes
from verband.core.divergence.disclosure import suppress
from verband.core.divergence.findings import count, frame, quick_findings, tables
from verband.core.divergence.replies import (
    MemberTwice,
    NobodyHasVotes,
    NoMembers,
    Reply,
    Scale,
    ScaleRefused,
    TooManyVotes,
    UnknownAnswer,
    VotesRefused,
    collect,
)
from verband.core.divergence.thresholds import Thresholds
from verband.core.divergence.verdict import decide


def reply(place, answer, votes=1, **segments):
    return Reply(f"m{place:04}", answer, votes, {k: v.split("|") for k, v in segments.items()})


def association(size=60, *, split=20, votes=1):
    """The first ``split`` members are small and against, the others large and in favour."""
    return [
        reply(
            i,
            "no" if i < split else "yes",
            1 if i < split else votes,
            size="small" if i < split else "large",
            province="NSEW"[i % 4],
        )
        for i in range(size)
    ]


def test_a_segment_that_votes_the_other_way_is_divergent_and_its_return_is_the_change():
    got = analyse(collect(association()), permutations=199)

    assert got.verdict.code == "divergent"
    assert got.load == Fraction(1, 3)
    assert [(o.dimension, [s.name for s in o.segments]) for o in got.opposing] == [
        ("size", ["small"])
    ]
    small = next(s for s in got.segments if s.segment == "small")
    assert (small.carries, small.opposes, small.low, small.high) == (0.0, 1.0, 0.0, 0.0)
    change = got.smallest_change
    assert change is not None
    assert (change.segment, change.of) == ("small", 20)
    assert change.verdict.row > 2


def test_the_smallest_change_is_enough_and_one_less_is_not():
    replies, majority, limits = collect(association()), Fraction(1, 2), Thresholds()
    skeleton = frame(replies)
    adopted = decide(quick_findings(replies, skeleton, majority), limits)

    _, change = changes(replies, skeleton, majority, limits, adopted)

    segment = dict(
        zip(skeleton.dimensions[0].segments, skeleton.dimensions[0].membership, strict=True)
    )[change.segment]
    order = np.flatnonzero(segment)
    for size, expected in ((change.members, False), (change.members - 1, True)):
        chosen = np.zeros(60, dtype=bool)
        chosen[order[:size]] = True
        after = decide(quick_findings(replies.with_swapped(chosen), skeleton, majority), limits)
        assert (after.code == adopted.code) == expected


@pytest.mark.parametrize(
    ("answers", "opposes"),
    [("anaanaana", 1.0), ("aaaaaa", 0.0), ("ynynynaa", 0.0), ("nnyaaaaa", 1.0)],
)
def test_a_segment_that_abstains_or_is_halved_does_not_stand_on_the_other_side(answers, opposes):
    words = {"y": "yes", "n": "no", "a": "abstain"}
    rows = [reply(i, "yes", size="large") for i in range(40)]
    rows += [reply(100 + i, words[a], size="small") for i, a in enumerate(answers)]

    got = analyse(collect(rows), permutations=99)

    assert [s.opposes for s in got.segments if s.segment == "small"] == [opposes]
    assert bool(got.opposing) == (opposes == 1.0)


def test_votes_and_members_that_point_apart_are_divergent():
    rows = [reply(0, "yes", 75), reply(1, "yes", 75), *(reply(i, "no", 2) for i in range(2, 30))]

    got = analyse(collect(rows), permutations=99)

    assert got.findings.inverted
    assert (got.verdict.row, got.margin, got.fewest_to_flip) == (2, 1, None)


def test_the_same_seed_gives_the_same_reading_in_any_order_of_the_rows():
    rows = association()
    rows = [
        replace(row, answer="no" if i % 11 < 4 or i < 6 else "yes") for i, row in enumerate(rows)
    ]
    rows[3] = replace(rows[3], answer=None)
    shuffled = random.Random(5).sample(rows, len(rows))

    first, second = (analyse(collect(r), permutations=199, seed=8) for r in (rows, shuffled))
    other = analyse(collect(rows), permutations=199, seed=9)

    def plain(analysis):
        return {k: v for k, v in asdict(analysis).items() if k not in {"findings", "opposing"}}

    assert plain(first) == plain(second)
    assert first.seed == 8
    assert [a.p for a in first.associations] != [a.p for a in other.associations]


def test_overlapping_networks_are_each_held_against_the_rest():
    rows = [
        reply(
            i,
            "yes" if i % 3 else "no",
            1 + i % 7,
            network="G4|P10" if i < 6 else "P10" if i < 20 else "",
        )
        for i in range(60)
    ]
    replies = collect(rows)
    replies = suppress(replies)[0]

    skeleton = frame(replies)
    grids = tables(skeleton, count(replies, skeleton).cells, count(replies, skeleton).whole)
    got = analyse(replies, permutations=199)

    assert [a.segment for a in got.associations] == ["", "G4", "P10"]
    for grid in grids:
        assert grid.shape == (2, 3)
        assert grid.sum() == 60


def test_a_member_in_no_segment_makes_the_dimension_overlapping():
    rows = [
        replace(row, segments={"network": ("P10",) if i < 20 else ()})
        for i, row in enumerate(association())
    ]

    got = analyse(collect(rows), permutations=99)

    assert [(a.dimension, a.segment) for a in got.associations] == [("network", "P10")]
    assert got.associations[0].v > 0.9


def test_answers_on_a_scale_show_two_camps_that_segments_do_not_explain():
    rows = [
        reply(i, "1" if i % 2 else "5", 1, size="small" if i % 4 < 2 else "large")
        for i in range(80)
    ]

    got = analyse(collect(rows, Scale(1, 5)), permutations=199)

    assert got.verdict.code == "divided_not_by_segment"
    assert got.polarisation.agreement == -1
    assert got.polarisation.esteban_ray == pytest.approx(0.203063, abs=1e-6)
    assert got.associations[0].eta2 == pytest.approx(0)


def test_answers_on_a_scale_show_camps_that_are_the_segments():
    rows = [
        reply(i, "1" if i < 40 else "5", 1 if i < 40 else 2, size="small" if i < 40 else "large")
        for i in range(80)
    ]

    got = analyse(collect(rows, Scale(1, 5)), permutations=199)

    assert got.associations[0].eta2 == pytest.approx(1)
    assert got.verdict.code == "divergent"


def test_stronger_support_in_one_class_is_one_position_with_a_note():
    rows = [
        reply(i, "yes" if i < 40 or i % 3 else "no", size="large" if i < 40 else "small")
        for i in range(80)
    ]

    got = analyse(collect(rows), permutations=999)

    assert got.verdict.code == "generic_different_intensity"
    assert got.associations[0].p_holm <= 0.05


def test_a_qualified_majority_is_also_what_a_segment_is_measured_by():
    rows = [
        reply(i, "yes" if i % 5 < 3 else "no", size="large" if i < 40 else "small")
        for i in range(80)
    ]

    simple, qualified = (
        analyse(collect(rows), permutations=99, majority=majority)
        for majority in (Fraction(1, 2), Fraction(2, 3))
    )

    assert simple.in_votes.status() == "carried"
    assert qualified.in_votes.status(Fraction(2, 3)) == "rejected"
    assert qualified.load == simple.load == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_no_shown_segment_has_fewer_than_five_members(sizes):
    rows = [
        reply(100 * s + i, "yes", 1, size=f"s{s}") for s, n in enumerate(sizes) for i in range(n)
    ]
    replies = collect(rows)

    shown, done = suppress(replies)

    for dimension in shown.dimensions:
        assert dimension.membership.sum(axis=1).min() >= 5
        assert (dimension.membership.sum(axis=0) == 1).all()
        assert len(dimension.segments) == len(set(dimension.segments))
    assert bool(done) == (min(sizes) < 5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.sampled_from(["G4", "P10", "K80"])), min_size=6, max_size=30))
def test_no_network_can_be_found_by_subtraction_from_the_whole(held):
    rows = [Reply(f"m{i:02}", "yes", 1, {"network": tuple(own)}) for i, own in enumerate(held)]
    replies = collect(rows)

    shown, _ = suppress(replies)

    for dimension in shown.dimensions:
        inside = dimension.membership.sum(axis=1)
        assert (inside >= 5).all()
        if not dimension.is_partition:
            assert (len(held) - inside >= 5).all()


def test_public_ballots_are_read_in_all_segments():
    rows = association(split=3)

    private = analyse(collect(rows), permutations=99)
    public = analyse(collect(rows), permutations=99, ballots_public=True)

    assert [s.segment for s in private.segments if s.dimension == "size"] == []
    assert private.suppressed[0].segments == ("large", "small")
    assert [s.segment for s in public.segments if s.dimension == "size"] == ["large", "small"]


def test_a_verdict_is_possible_on_the_smallest_and_emptiest_questions():
    size = {"size": "x"}
    for rows, code in (
        ([reply(0, "yes", 1, **size)], "generic"),
        ([reply(0, None, 1, **size)], "insufficient"),
        ([reply(i, "abstain", 1, **size) for i in range(9)], "insufficient"),
        ([reply(i, None, 1, **size) for i in range(9)], "insufficient"),
        ([reply(i, "yes", 1) for i in range(9)], "generic"),
        ([reply(0, "yes", 1), reply(1, "yes", 0)], "generic"),
    ):
        for public in (True, False):
            got = analyse(collect(rows), permutations=99, ballots_public=public)
            assert got.verdict.code == code


def test_fractions_of_votes_stay_exact():
    rows = [reply(0, "yes", Fraction(1, 3)), reply(1, "no", Fraction(1, 7)), reply(2, None, 1)]

    got = analyse(collect(rows), permutations=99)

    assert (got.in_votes.yes, got.in_votes.no) == (Fraction(1, 3), Fraction(1, 7))
    assert got.in_votes.outstanding == 1
    assert got.in_votes.support == Fraction(7, 10)


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([], NoMembers),
        ([reply(0, "yes"), reply(0, "no")], MemberTwice),
        ([reply(0, "yes", -1)], VotesRefused),
        ([reply(0, "yes", 1.5)], VotesRefused),
        ([reply(0, "yes", float("nan"))], VotesRefused),
        ([reply(0, "yes", True)], VotesRefused),
        ([reply(0, "yes", "75")], VotesRefused),
        ([reply(0, "yes", 2**53), reply(1, "no", 1)], TooManyVotes),
        ([reply(0, "yes", 0)], NobodyHasVotes),
        ([reply(0, "perhaps")], UnknownAnswer),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(rows, refusal):
    with pytest.raises(refusal) as refused:
        collect(rows)

    assert str(refused.value).endswith(".")


def test_scales_seeds_and_permutations_out_of_range_are_refused():
    replies = collect([reply(0, "yes")])

    with pytest.raises(ScaleRefused):
        Scale(5, 5)
    with pytest.raises(UnknownAnswer):
        collect([reply(0, "6")], Scale(1, 5))
    with pytest.raises(PermutationsRefused):
        analyse(replies, permutations=0)
    with pytest.raises(SeedRefused):
        analyse(replies, seed=-1)


answers = st.sampled_from(["yes", "no", "abstain", None])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            answers, st.integers(0, 75), st.sampled_from("abc"), st.sets(st.sampled_from("xyz"))
        ),
        min_size=1,
        max_size=25,
    )
)
def test_any_question_has_a_verdict_and_every_number_is_within_its_range(rows):
    replies = [
        Reply(f"m{i:02}", a, v, {"size": (s,), "network": tuple(n)})
        for i, (a, v, s, n) in enumerate(rows)
    ]
    replies.append(reply(99, "yes", 1, size="a"))

    got = analyse(collect(replies), permutations=99, ballots_public=True)

    assert 1 <= got.verdict.row <= 6
    for one in got.segments:
        low, high = one.in_members.bounds or (0, 1)
        assert low - 1e-9 <= one.low <= one.high <= high + 1e-9 or one.in_members.bounds is None
        assert 0 <= one.carries <= 1
        assert -1e-9 <= one.carries_votes <= 1 + 1e-9
        assert one.in_members.status() == "open" or one.carries in {0.0, 1.0}
    for one in got.associations:
        assert 0 <= one.v <= 1
        assert one.p <= one.p_holm <= 1


def test_five_thousand_members_are_read_within_the_memory_of_a_small_server():
    generator = np.random.default_rng(1)
    labels, votes = generator.integers(0, 12, 5_000), generator.integers(1, 76, 5_000)
    rows = [
        reply(i, "yes" if i % 3 else "no", int(votes[i]), province=f"p{labels[i]}")
        for i in range(5_000)
    ]
    replies = collect(rows)

    tracemalloc.start()
    got = analyse(replies, permutations=999)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert got.verdict.code == "generic"
    assert peak < 150e6


def test_equal_votes_measure_the_same_dependence_as_members():
    rows = [
        reply(i, "yes" if i % 4 < 2 + (i < 30) else "no", 7, size="large" if i < 30 else "small")
        for i in range(60)
    ]

    (got,) = analyse(collect(rows), permutations=99).associations

    assert 0 < got.v < 1
    assert got.votes_v == pytest.approx(got.v)
    assert got.votes_p == got.p


def test_the_smallest_change_begins_with_who_has_most_votes():
    votes = [("yes", 1)] * 4 + [("no", 5)] * 10 + [("yes", 75)]
    rows = [reply(i, answer, held, side=answer) for i, (answer, held) in enumerate(votes)]

    got = analyse(collect(rows), permutations=99)

    assert got.verdict.reasons[0].code == "inversion"
    # with 75 votes gone the outcome turns; three of the five turn the segment along with it
    assert (got.smallest_change.members, got.smallest_change.of) == (3, 5)
