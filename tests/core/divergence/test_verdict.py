"""The table of verdicts: each row, in order, and always exactly one."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.divergence.thresholds import VARIED, ThresholdRefused, Thresholds
from verband.core.divergence.verdict import (
    ROWS,
    Dependence,
    Findings,
    Segment,
    decide,
    opposing_load,
    oppositions,
    variations,
)

VOTES = np.array([10] * 10 + [5] * 10)  # 150 in all


def members(*places):
    row = np.zeros(20, dtype=bool)
    row[list(places)] = True
    return row


LARGE = Segment("size", "large", Fraction(1), 0.0, members(*range(10)))
SMALL = Segment("size", "small", Fraction(1), 0.0, members(*range(10, 20)))
QUIET = Findings(
    status="carried",
    carried=True,
    took_side=True,
    inverted=False,
    response=Fraction(1),
    support=Fraction(4, 5),
    agreement=None,
    votes=VOTES,
    segments=(LARGE, SMALL),
    dependences=(Dependence("size", None, 0.1, 0.5),),
)
MARKED = (Dependence("size", None, 0.3, 0.01),)


def test_one_position_when_nothing_stands_out():
    verdict = decide(QUIET)

    assert (verdict.row, verdict.code) == (6, "generic")
    assert [reason.code for reason in verdict.reasons] == ["nothing_stands_out"]


def test_too_few_answers_stop_the_verdict_only_while_it_can_go_either_way():
    early = replace(QUIET, status="open", response=Fraction(49, 100))

    assert decide(early).code == "insufficient"
    assert decide(replace(early, response=Fraction(1, 2))).code == "generic"
    assert decide(replace(early, status="rejected")).code == "generic"


def test_a_silent_segment_of_five_stops_the_verdict_and_is_named():
    silent = replace(SMALL, response=Fraction(29, 100))
    few = replace(silent, membership=members(10, 11, 12, 13))

    verdict = decide(replace(QUIET, status="open", segments=(LARGE, silent)))

    assert verdict.row == 1
    assert str(verdict.reasons[0]) == "Of small (size) only 29.0 % answered."
    assert decide(replace(QUIET, status="open", segments=(LARGE, few))).row == 6


def test_a_reason_keeps_its_values_exact_and_names_the_segments():
    (reason,) = decide(replace(QUIET, segments=(LARGE, replace(SMALL, opposes=0.9)))).reasons

    assert reason.params == {"dimension": "size", "load": Fraction(1, 3), "segments": "small"}
    assert str(reason) == (
        "By size, segments with 33.3 % of the votes stand on the other side: small."
    )


def test_nobody_who_took_a_side_is_not_a_position():
    assert decide(replace(QUIET, status="rejected", took_side=False, support=None)).row == 1


def test_an_opposing_third_is_divergent_and_an_opposing_fifth_is_a_reservation():
    third = replace(QUIET, segments=(LARGE, replace(SMALL, opposes=0.8)))
    fifth = Segment("size", "six", Fraction(1), 0.9, members(*range(10, 16)))

    assert opposing_load(third, Thresholds()) == Fraction(1, 3)
    assert decide(third).code == "divergent"
    assert opposing_load(replace(QUIET, segments=(fifth,)), Thresholds()) == Fraction(1, 5)
    assert decide(replace(QUIET, segments=(fifth,))).code == "generic_with_reservation"
    assert decide(replace(QUIET, segments=(replace(fifth, opposes=0.79),))).code == "generic"


def test_votes_against_members_are_divergent_even_without_an_opposing_segment():
    verdict = decide(replace(QUIET, inverted=True))

    assert (verdict.row, verdict.reasons[0].code) == (2, "inversion")


def test_opposition_is_not_added_over_dimensions_nor_twice_within_one():
    province = Segment("province", "north", Fraction(1), 0.9, members(*range(10, 20)))
    network = Segment("network", "P10", Fraction(1), 0.9, members(*range(8, 14)))
    other = Segment("network", "K80", Fraction(1), 0.9, members(*range(9, 15)))
    findings = replace(QUIET, segments=(replace(SMALL, opposes=0.9), province, network, other))

    found = oppositions(findings, Thresholds())

    assert opposing_load(findings, Thresholds()) == Fraction(1, 3)
    assert [(one.dimension, one.load) for one in found] == [
        ("size", Fraction(1, 3)),
        ("province", Fraction(1, 3)),
        ("network", Fraction(10 + 10 + 25, 150)),
    ]
    alone = replace(findings, segments=(network, other))
    assert opposing_load(alone, Thresholds()) == Fraction(10 + 10 + 25, 150)


def test_divided_but_not_by_segment():
    halved = replace(QUIET, support=Fraction(11, 20))
    camps = replace(QUIET, agreement=Fraction(-1, 100))

    assert decide(halved).code == decide(camps).code == "divided_not_by_segment"
    assert decide(replace(halved, support=Fraction(56, 100))).code == "generic"
    assert decide(replace(halved, dependences=MARKED)).code == "generic_different_intensity"


def test_different_intensity_needs_a_difference_that_is_large_and_sure():
    assert decide(replace(QUIET, dependences=MARKED)).row == 5
    assert decide(replace(QUIET, dependences=(Dependence("size", None, 0.19, 0.01),))).row == 6
    assert decide(replace(QUIET, dependences=(Dependence("size", None, 0.4, 0.06),))).row == 6


shares = st.fractions(0, 1, max_denominator=20)
segment_lists = st.lists(
    st.builds(
        Segment,
        dimension=st.sampled_from(["size", "province"]),
        name=st.sampled_from(["a", "b"]),
        response=shares,
        opposes=st.floats(0, 1),
        membership=st.lists(st.booleans(), min_size=20, max_size=20).map(np.array),
    ),
    max_size=4,
).map(tuple)
any_findings = st.builds(
    Findings,
    status=st.sampled_from(["carried", "rejected", "open"]),
    carried=st.booleans(),
    took_side=st.booleans(),
    inverted=st.booleans(),
    response=shares,
    support=st.none() | shares,
    agreement=st.none() | st.fractions(-1, 1, max_denominator=20),
    votes=st.just(VOTES),
    segments=segment_lists,
    dependences=st.lists(
        st.builds(
            Dependence,
            dimension=st.just("size"),
            segment=st.none(),
            v=st.floats(0, 1),
            p=st.floats(0, 1),
        ),
        max_size=2,
    ).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(any_findings)
def test_every_question_gets_the_first_row_that_applies(findings):
    limits = Thresholds()
    verdict = decide(findings, limits)

    applying = [row.number for row in ROWS if row.reasons(findings, limits)]
    assert verdict.row == applying[0]
    assert verdict.reasons
    assert all(str(reason).endswith(".") for reason in verdict.reasons)


@settings(max_examples=40, deadline=None)
@given(any_findings)
def test_variations_are_exactly_the_thresholds_that_change_the_verdict(findings):
    found = {(one.threshold, one.factor) for one in variations(findings)}
    adopted = decide(findings).code

    for name in VARIED:
        for factor in (Fraction(3, 4), Fraction(5, 4)):
            other = decide(findings, Thresholds().varied(name, factor)).code
            assert ((name, factor) in found) == (other != adopted)


def test_a_share_varied_beyond_one_stops_at_one_and_members_are_rounded():
    assert Thresholds().varied("opposing_probability", Fraction(5, 4)).opposing_probability == 1
    assert Thresholds(response=Fraction(9, 10)).varied("response", Fraction(5, 4)).response == 1
    assert Thresholds().varied("smallest_segment", Fraction(3, 4)).smallest_segment == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [("response", Fraction(3, 2)), ("smallest_segment", 0), ("significance", Fraction(-1, 20))],
)
def test_a_threshold_outside_its_range_is_refused(name, value):
    with pytest.raises(ThresholdRefused, match=name):
        Thresholds(**{name: value})
