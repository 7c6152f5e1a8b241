import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.core.voting.decide import decide
from verband.core.voting.proxies import (
    ChainNotAllowed,
    DividedChain,
    HolderNotMember,
    InstructionBroken,
    NotYourVote,
    PrincipalPresent,
    Proxy,
    ProxyLoop,
    ProxyRule,
    ProxyTwice,
    TooManyProxies,
    TooManyProxyVotes,
    cast,
    resolve,
)
from verband.core.voting.roll import (
    BadWeight,
    Ballot,
    NotPresent,
    Roll,
    SplitTooLarge,
    UnknownVoter,
)
from verband.core.voting.rules import Rule, majority

ROLL = Roll.from_votes({"A": 10, "B": 5, "C": 3, "D": 1})
ANY = ProxyRule(chains=True, split=True, members_only=False)


def proxies(*pairs: str) -> list[Proxy]:
    return [Proxy(pair[0], pair[1]) for pair in pairs]


def test_a_holder_votes_for_itself_and_for_its_principals():
    held = resolve(ProxyRule(), ROLL, proxies("AC", "BC"))

    assert sorted(cast(held, {"C": "for"}), key=lambda ballot: ballot.member) == [
        Ballot("A", "for"),
        Ballot("B", "for"),
        Ballot("C", "for"),
    ]


def test_a_holder_may_vote_otherwise_for_a_principal_and_stay_silent_for_another():
    held = resolve(ProxyRule(), ROLL, proxies("AC", "BC"))

    assert cast(held, {"C": {"C": "against", "A": "for"}}) == [
        Ballot("C", "against"),
        Ballot("A", "for"),
    ]


def test_the_cap_in_members_and_the_cap_in_votes_are_both_kept():
    assert resolve(ProxyRule(max_members=2, max_votes=15), ROLL, proxies("AC", "BC")).held
    with pytest.raises(TooManyProxies, match="in the hand of C: 2; at most 1"):
        resolve(ProxyRule(max_members=1), ROLL, proxies("AC", "BC"))
    with pytest.raises(TooManyProxyVotes, match="in the hand of C: 15; at most 14"):
        resolve(ProxyRule(max_votes=14), ROLL, proxies("AC", "BC"))


def test_the_caps_hold_at_the_end_of_a_chain():
    with pytest.raises(TooManyProxies, match="in the hand of C: 2"):
        resolve(ProxyRule(chains=True, max_members=1), ROLL, proxies("AB", "BC"))


def test_a_loop_is_refused_and_named():
    for chains in (True, False):
        with pytest.raises(ProxyLoop, match="circle: A → B → C → A"):
            resolve(ProxyRule(chains=chains), ROLL, proxies("AB", "BC", "CA"))
    with pytest.raises(ProxyLoop, match="circle: A → A"):
        resolve(ProxyRule(), ROLL, proxies("AA"))
    with pytest.raises(ProxyLoop, match="circle: B → C → B"):
        resolve(ProxyRule(chains=True), ROLL, proxies("AB", "BC", "CB"))


def test_a_chain_is_followed_only_when_the_rule_allows_it():
    with pytest.raises(ChainNotAllowed, match="A → B → C"):
        resolve(ProxyRule(), ROLL, proxies("AB", "BC"))

    held = resolve(ProxyRule(chains=True), ROLL, proxies("AB", "BC"))

    assert {(h.principal, h.path) for h in held.held["C"]} == {
        ("A", ("A", "B", "C")),
        ("B", ("B", "C")),
    }
    with pytest.raises(NotYourVote, match="B has no votes of B"):
        cast(held, {"B": "for"})


def test_votes_are_divided_over_holders_only_when_the_rule_allows_it():
    divided = [Proxy("A", "B", 6), Proxy("A", "C", 3)]

    with pytest.raises(ProxyTwice):
        resolve(ProxyRule(), ROLL, divided)
    with pytest.raises(ProxyTwice):
        resolve(ANY, ROLL, [Proxy("A", "B"), Proxy("A", "C", 3)])
    held = resolve(ANY, ROLL, divided)
    ballots = cast(held, {"A": "abstain", "B": "for", "C": "against"})

    rule = Rule(name="r", majorities=(majority("votes > 1/2"),), split=True)
    tally = decide(rule, ROLL, ballots).tally
    assert [tally.choices[c]["votes"] for c in ("for", "against", "abstain")] == [11, 6, 1]


def test_a_divided_proxy_is_checked():
    with pytest.raises(SplitTooLarge):
        resolve(ANY, ROLL, [Proxy("A", "B", 6), Proxy("A", "C", 5)])
    with pytest.raises(BadWeight):
        resolve(ANY, ROLL, [Proxy("A", "B", 0)])
    with pytest.raises(DividedChain, match="B divides its own votes"):
        resolve(ANY, ROLL, [Proxy("A", "B"), Proxy("B", "C", 1), Proxy("B", "D", 1)])


def test_an_instruction_binds_the_holder():
    held = resolve(ProxyRule(), ROLL, [Proxy("A", "C", instruction="against")])

    assert cast(held, {"C": "for"}) == [Ballot("C", "for"), Ballot("A", "against")]
    with pytest.raises(InstructionBroken, match="A instructed “against”, but C votes “for”"):
        cast(held, {"C": {"A": "for"}})


def test_a_person_with_a_mandate_votes_for_several_members_within_the_caps():
    with pytest.raises(HolderNotMember, match="secretary does not stand on the roll"):
        resolve(ProxyRule(), ROLL, [Proxy("A", "secretary")])
    mandates = ProxyRule(members_only=False, max_members=2)
    held = resolve(mandates, ROLL, [Proxy("A", "secretary"), Proxy("B", "secretary")])

    assert cast(held, {"secretary": "for"}) == [Ballot("A", "for"), Ballot("B", "for")]
    assert held.represented({"secretary", "D"}) == {"A", "B", "D"}
    with pytest.raises(NotPresent):
        cast(held, {"stranger": "for"})


def test_who_is_present_cannot_also_be_represented():
    with pytest.raises(PrincipalPresent, match="A is present and gave its votes to C"):
        resolve(ProxyRule(), ROLL, proxies("AC"), here={"A", "C"})


def test_a_represented_member_is_present_when_its_holder_is():
    held = resolve(ProxyRule(), ROLL, proxies("AC"))

    assert held.represented({"C"}) == {"A", "C"}
    assert held.represented({"D"}) == {"D"}


def test_nobody_votes_for_a_member_that_did_not_ask_it():
    held = resolve(ProxyRule(), ROLL, proxies("AC"))

    with pytest.raises(NotYourVote, match="C has no votes of B"):
        cast(held, {"C": {"B": "for"}})
    with pytest.raises(UnknownVoter):
        resolve(ProxyRule(), ROLL, [Proxy("Z", "A")])


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD")), max_size=5))
def test_proxies_never_create_or_lose_a_vote(pairs):
    given_once = dict(pairs)
    try:
        held = resolve(ANY, ROLL, [Proxy(a, b) for a, b in given_once.items()])
    except ProxyLoop:
        walked = [_comes_back(given_once, start) for start in given_once]
        assert any(walked)
        return
    hands = {hand: "for" for hand in "ABCD" if held.own_votes(hand) or hand in held.held}
    assert not any(_comes_back(given_once, start) for start in given_once)
    assert sorted(ballot.member for ballot in cast(held, hands)) == list("ABCD")


def _comes_back(holder_of: dict[str, str], start: str) -> bool:
    at, seen = holder_of.get(start), set()
    while at is not None and at not in seen and at != start:
        seen.add(at)
        at = holder_of.get(at)
    return at == start
