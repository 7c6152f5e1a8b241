"""What is refused, in full sentences and before any search."""

import pytest

from verband.core.composition.problem import (
    Balance,
    BoundsCrossed,
    Candidate,
    Demand,
    DoubleCandidate,
    DoubleRule,
    EmptyRule,
    OutOfRange,
    Problem,
    Rule,
    TeamLargerThanPool,
    TeamTooSmall,
    UnknownCandidate,
    UnknownExpertise,
    UnknownGoal,
    UnknownTrait,
)

ANNA = Candidate("anna", traits={"province": ("Utrecht",)}, expertise={"water": 3})
BRAM = Candidate("bram")
POOL = (ANNA, BRAM)


@pytest.mark.parametrize(
    ("refusal", "arguments"),
    [
        (TeamLargerThanPool, {"size": 3}),
        (TeamTooSmall, {"size": 0}),
        (TeamTooSmall, {"size": -1}),
        (DoubleCandidate, {"candidates": (ANNA, ANNA)}),
        (UnknownCandidate, {"rules": (Rule("fixed", people=("zoe",), at_least=1),)}),
        (UnknownTrait, {"rules": (Rule("region", {"region": ("north",)}, at_least=1),)}),
        (UnknownTrait, {"rules": (Rule("region", each="region", at_most=1),)}),
        (BoundsCrossed, {"rules": (Rule("x", people=("anna",), at_least=2, at_most=1),)}),
        (EmptyRule, {"rules": (Rule("x", people=("anna",)),)}),
        (EmptyRule, {"rules": (Rule("x", at_least=1),)}),
        (DoubleRule, {"rules": (Rule("x", people=("anna",), at_least=1),) * 2}),
        (OutOfRange, {"rules": (Rule("x", people=("anna",), at_least=-1),)}),
        (OutOfRange, {"rules": (Rule("x", people=("anna",), at_least=1, weight=0),)}),
        (OutOfRange, {"candidates": (ANNA, Candidate("c", expertise={"water": -1}))}),
        (OutOfRange, {"candidates": (ANNA, Candidate("c", seats=-1))}),
        (OutOfRange, {"demands": (Demand("water", count=0),)}),
        (OutOfRange, {"demands": (Demand("water", weight=10**9),)}),
        (OutOfRange, {"balance": Balance("province", {"Utrecht": 0})}),
        (UnknownTrait, {"balance": Balance("region", {"north": 1})}),
        (UnknownExpertise, {"demands": (Demand("watr"),)}),
        (UnknownGoal, {"goals": ("fame",)}),
        (UnknownGoal, {"goals": ("depth", "depth")}),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(refusal, arguments):
    with pytest.raises(refusal) as caught:
        Problem(**{"size": 1, "candidates": POOL, **arguments})

    sentence = str(caught.value)
    assert sentence[-1] == "." and "%(" not in sentence


def test_a_level_of_zero_and_no_seats_are_fine():
    fresh = Candidate("c", expertise={"water": 0}, seats=0)

    assert Problem(1, (fresh,)).candidates == (fresh,)
