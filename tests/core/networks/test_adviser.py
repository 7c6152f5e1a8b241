"""Which form fits a network: an explained suggestion."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.networks.advice_words import EXPECT, QUESTIONS
from verband.core.networks.adviser import (
    CLEAR,
    FACTORS,
    FORMS,
    FactorRefused,
    FormUnknown,
    Situation,
    advise,
)
from verband.core.networks.factors import (
    ItemsRefused,
    RatingRefused,
    centralisation,
    need,
    trust_density,
)


def situation(trust, participants, consensus, needed, centre=None, form=None):
    def share(value):
        return None if value is None else Fraction(value)

    return Situation(
        share(trust), participants, share(consensus), share(needed), share(centre), form
    )


SHARED = situation("0.8", 6, "0.9", "0.2")
LEAD = situation("0.2", 14, "0.4", "0.5", "0.7")
NAO = situation("0.5", 40, "0.7", "0.9")


@pytest.mark.parametrize(("found", "form"), [(SHARED, "shared"), (LEAD, "lead"), (NAO, "nao")])
def test_each_form_fits_its_own_situation_completely(found, form):
    advice = advise(found)

    assert advice.best == advice.ranking[0] == form
    assert advice.scores[form] == (1, 1)
    assert advice.questions == ()


def test_a_large_network_that_shares_its_governance_may_expect_fatigue():
    advice = advise(situation("0.7", 31, "0.8", "0.7", form="shared"))

    assert ("participants", EXPECT["shared", "participants"]) in advice.mismatches
    assert "fatigue" in EXPECT["shared", "participants"]
    assert all(factor != "trust" for factor, _ in advice.mismatches)


def test_two_forms_that_fit_alike_give_no_clear_advice_but_a_question():
    between = situation("0.6", 12, "0.7", "0.475", "0.2")

    advice = advise(between)

    assert advice.best is None
    assert advice.flip is None
    assert len(advice.questions) == 1
    assert advice.questions[0] in QUESTIONS.values()


@pytest.mark.parametrize("factor", FACTORS)
def test_an_unknown_factor_gives_no_clear_advice_but_its_question(factor):
    advice = advise(replace(SHARED, **{factor: None}))

    assert advice.best is None
    assert QUESTIONS[factor] in advice.questions
    assert all(low <= high for low, high in advice.scores.values())


def test_centralisation_is_asked_only_where_it_matters():
    low_trust = replace(LEAD, centralisation=None)

    assert QUESTIONS["centralisation"] in advise(low_trust).questions
    assert advise(SHARED).best == "shared"
    assert advise(NAO).best == "nao"


def test_the_smallest_change_turns_the_advice_and_half_of_it_does_not():
    mixed = situation("0.6", 13, "0.7", "0.55", "0.2")
    flip = advise(mixed).flip

    def best(value):
        return advise(replace(mixed, **{flip.factor: value})).ranking[0]

    now = getattr(mixed, flip.factor)
    assert best(now) == "nao"
    assert best(flip.value) == flip.form != "nao"
    assert best(now + (flip.value - now) / 2) == "nao"


def test_a_perfect_fit_is_turned_by_no_single_factor():
    assert advise(SHARED).flip is None


shares = st.none() | st.fractions(0, 1, max_denominator=20)
situations = st.builds(
    Situation,
    trust=shares,
    participants=st.none() | st.integers(2, 60),
    consensus=shares,
    need=shares,
    centralisation=shares,
    form=st.none() | st.sampled_from(FORMS),
)


@settings(max_examples=60, deadline=None)
@given(situations)
def test_advice_is_given_exactly_when_all_is_known_and_one_form_stands_clear(found):
    advice = advise(found)

    assert all(0 <= low <= high <= 1 for low, high in advice.scores.values())
    if advice.best is None:
        assert advice.questions
    else:
        others = [advice.scores[form][1] for form in FORMS if form != advice.best]
        assert advice.scores[advice.best][0] - max(others) >= CLEAR
        assert all(getattr(found, factor) is not None for factor in FACTORS)
        assert advice.questions == ()


@settings(max_examples=30, deadline=None)
@given(situations, st.fractions(0, 1, max_denominator=20))
def test_what_is_learned_later_lies_within_what_was_thought_possible(found, value):
    before = advise(replace(found, consensus=None))

    after = advise(replace(found, consensus=value))

    for form in FORMS:
        assert before.scores[form][0] <= after.scores[form][0]
        assert after.scores[form][1] <= before.scores[form][1]


@pytest.mark.parametrize(
    "wrong",
    [{"trust": Fraction(3, 2)}, {"need": Fraction(-1, 10)}, {"participants": 1}],
)
def test_a_factor_out_of_range_is_refused(wrong):
    with pytest.raises(FactorRefused, match=next(iter(wrong))):
        Situation(**wrong)


def test_a_fourth_form_is_refused():
    with pytest.raises(FormUnknown, match="matrix"):
        Situation(form="matrix")


def test_factors_come_from_ratings_and_items():
    ratings = {("A", "B"): 5, ("B", "A"): 3, ("C", "A"): 4, ("B", "C"): 1}

    assert trust_density(ratings) == Fraction(1, 2)
    assert trust_density({}) is None
    assert centralisation(ratings, "ABC") == 1
    assert centralisation(ratings, "ABCD") == Fraction(2 * 4 - 2 - 1 - 1, 6)
    assert centralisation({}, "ABC") == 0
    assert centralisation({}, "AB") is None
    assert need([Fraction(1), Fraction(0), Fraction(1), Fraction(0)]) == Fraction(1, 2)


def test_ratings_and_items_out_of_range_are_refused():
    with pytest.raises(RatingRefused):
        trust_density({("A", "B"): 6})
    with pytest.raises(RatingRefused):
        trust_density({("A", "A"): 4})
    with pytest.raises(ItemsRefused):
        need([Fraction(1)] * 3)
    with pytest.raises(ItemsRefused):
        need([Fraction(2)] * 4)
