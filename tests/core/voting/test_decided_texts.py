from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from core.voting.strategies import rules
from verband.core.voting.choices import decide_between
from verband.core.voting.decided_texts import standing_between
from verband.core.voting.roll import Ballot, Elector, Roll
from verband.core.voting.rules import Rule, majority

SIMPLE = Rule(name="r", majorities=(majority("votes > 1/2 of valid"),))
CHOICES = ("proposal", "amended", "neither", "abstain", "blank", "invalid")


def at(method: str, votes: dict[str, int], rule: Rule = SIMPLE, **choices: str):
    ballots = [Ballot(member, choice) for member, choice in choices.items()]
    return standing_between(rule, Roll.from_votes(votes), ballots, method=method)


def test_a_text_with_more_than_all_the_rest_together_has_won():
    stand = at("own_majority", {"A": 60, "B": 30, "C": 10}, A="proposal", B="amended")

    assert (stand.answer, stand.option, stand.can_win) == ("adopted", "proposal", ("proposal",))


def test_one_text_can_be_out_of_reach_while_the_other_is_open():
    stand = at("own_majority", {"A": 40, "B": 50, "C": 15}, A="proposal", B="neither")

    assert (stand.answer, stand.can_win) == ("open", ("proposal",))


def test_no_text_can_win_when_neither_has_half():
    stand = at("two_steps", {"A": 40, "B": 60}, B="neither")

    assert (stand.answer, stand.can_win, stand.outstanding) == ("not_adopted", (), ("A",))


def test_a_tie_that_the_chair_settles_is_open():
    chair = Rule(name="r", majorities=SIMPLE.majorities, tie="casting_vote")

    stand = at("own_majority", {"A": 50, "B": 50}, chair, A="proposal", B="amended")

    assert (stand.answer, stand.can_win) == ("open", ("proposal", "amended"))


@st.composite
def open_choices(draw):
    weights = draw(
        st.lists(st.tuples(st.integers(0, 6), st.integers(0, 20)), min_size=2, max_size=5)
    )
    out = draw(st.integers(0, 2))
    roll = Roll([Elector(str(i), *pair) for i, pair in enumerate(weights)])
    return roll, [Ballot(str(i), draw(st.sampled_from(CHOICES))) for i in range(out, len(weights))]


@settings(max_examples=80, deadline=None)
@given(
    rules(),
    st.sampled_from(["rejected", "casting_vote"]),
    open_choices(),
    st.sampled_from(["own_majority", "two_steps"]),
)
def test_what_is_certain_is_what_every_completion_gives(drawn, tie, case, method):
    roll, ballots = case
    rule = Rule(**{name: getattr(drawn, name) for name in drawn.as_mapping()} | {"tie": tie})
    stand = standing_between(rule, roll, ballots, method=method)
    options, could = set(), set()
    for choices in product((*CHOICES, None), repeat=len(stand.outstanding)):
        more = [Ballot(m, c) for m, c in zip(stand.outstanding, choices, strict=True) if c]
        outcome = decide_between(rule, roll, [*ballots, *more], method=method)
        options.add(outcome.option)
        could |= {outcome.option, *outcome.could_settle}

    assert set(stand.can_win) == could - {None}
    if len(options) == 1 and options != {None}:
        assert (stand.answer, {stand.option}) == ("adopted", options)
    else:
        assert stand.answer == ("open" if stand.can_win else "not_adopted")
