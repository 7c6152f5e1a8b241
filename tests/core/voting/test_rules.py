from fractions import Fraction

import pytest

from verband.core.voting.rules import (
    ImpossiblePart,
    Majority,
    NoMajority,
    Quorum,
    Rule,
    SilenceIsNotConsent,
    UnknownRuleField,
    UnknownTie,
    UnreadableBound,
    majority,
    quorum,
)

SIMPLE = majority("votes > 1/2 of valid")


def test_a_bound_reads_back_as_it_was_written():
    for text in ("votes > 1/2 of valid", "members >= 2/3 of all", "inhabitants >= 1 of cast"):
        assert str(majority(text)) == text
    for text in ("members present >= 1/2 of all", "votes cast > 1/3 of present"):
        assert str(quorum(text)) == text
    assert str(quorum("members >= 25")) == "members present >= 25"


def test_exactly_and_more_than_are_different_rules():
    assert majority("votes >= 1/2 of valid") != majority("votes > 1/2 of valid")
    assert majority("votes>2/3").strict and majority("votes > 2/3").of == "valid"


@pytest.mark.parametrize(
    "text",
    ["", "votes", "votes = 1/2", "votes > 1/0 of valid", "votes > half", "votes > 0.5",
     "stemmen > 1/2", "votes > -1/2", "votes present > 1/2 of all", "votes > 1/2 of them"],
)  # fmt: skip
def test_what_is_not_a_majority_is_refused_with_an_example(text):
    with pytest.raises(UnreadableBound, match="write for example"):
        majority(text)


@pytest.mark.parametrize("text", ["members", "members > 1/2 of valid", "members >= x of all"])
def test_what_is_not_a_quorum_is_refused_with_an_example(text):
    with pytest.raises(UnreadableBound, match="write for example"):
        quorum(text)


@pytest.mark.parametrize("text", ["votes > 1 of valid", "votes >= 0 of valid", "votes > 3/2"])
def test_a_part_that_all_or_none_reach_is_refused(text):
    with pytest.raises(ImpossiblePart):
        majority(text)
    with pytest.raises(ImpossiblePart):
        quorum(text if "of" not in text else text.replace("valid", "all"))


def test_a_quorum_names_a_part_or_a_number_and_measures_something():
    with pytest.raises(ImpossiblePart):
        Quorum(unit="members", strict=False)
    with pytest.raises(ImpossiblePart):
        Quorum(unit="members", part=Fraction(1, 2), number=3, strict=False)
    with pytest.raises(ImpossiblePart):
        Quorum(unit="members", part=Fraction(1, 2), strict=False, of="present")


def test_unanimity_is_at_least_all_and_never_more_than_all():
    assert Majority(unit="members", part=Fraction(1), strict=False).part == 1
    with pytest.raises(ImpossiblePart):
        Majority(unit="members", part=Fraction(1), strict=True)


@pytest.mark.parametrize("what", ["abstention", "blank", "invalid", "absence"])
def test_silence_cannot_be_made_consent(what):
    with pytest.raises(SilenceIsNotConsent, match=f"A rule cannot count {what} as “for”"):
        Rule.from_mapping({"majorities": ["votes > 1/2"], what: "for"})


def test_absence_cannot_count_as_a_vote_cast():
    with pytest.raises(SilenceIsNotConsent, match="choose nothing or against"):
        Rule(name="r", majorities=(SIMPLE,), absence="cast")


def test_a_rule_without_a_majority_or_with_unknown_words_is_refused():
    with pytest.raises(NoMajority):
        Rule.from_mapping({"name": "empty"})
    with pytest.raises(UnknownTie):
        Rule.from_mapping({"majorities": ["votes > 1/2"], "tie": "fight"})
    with pytest.raises(UnknownRuleField, match="has no field “majority”"):
        Rule.from_mapping({"majority": "votes > 1/2"})


def test_a_rule_is_data_with_its_articles_and_its_second_call():
    rule = Rule(
        name="change of statutes",
        majorities=(majority("votes >= 2/3 of cast", "art. 31.2"),),
        quorums=(quorum("members >= 2/3 of all", "art. 31.1"),),
        abstention="cast",
        split=True,
        second_call=Rule(name="second", majorities=(SIMPLE,), article="art. 31.3"),
        article="art. 31",
    )

    stored = rule.as_mapping()

    assert stored["quorums"] == [{"bound": "members present >= 2/3 of all", "article": "art. 31.1"}]
    assert Rule.from_mapping(stored) == rule
