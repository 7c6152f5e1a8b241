"""Scottish STV against published counts, a count by hand, and a second, plain implementation."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from verband.core.voting.blt import Profile, parse_blt, read_blt
from verband.core.voting.reports import five
from verband.core.voting.stv import LotNeeded, NoCandidates, StvResult, count_stv

# Ninety-four ballots of a party's steering committee, 24 July 2005, published as SC.blt with the
# counting program Droop, together with its count by the Scottish rules (test/ref/dump/
# SC-scotland-fixed-p5-d5.txt). Names are replaced by letters.
COMMITTEE = """13 4
19 7 8 9 11 12 0
1 7 8 9 11 0
1 7 8 9 12 11 0
2 7 8 11 9 0
1 7 8 11 9 12 0
1 7 8 12 1 13 9 2 4 11 5 0
2 7 1 8 9 13 3 2 4 12 5 11 0
1 7 8 9 3 12 2 13 5 1 4 0
1 7 9 8 12 11 2 13 0
1 7 3 4 13 1 5 0
1 7 8 4 9 12 0
1 7 4 2 13 0
1 7 5 4 8 11 2 13 1 3 9 12 0
1 9 11 8 7 0
1 8 4 7 11 13 9 0
1 5 13 2 7 4 1 0
1 5 1 13 3 2 4 7 0
1 1 13 3 4 7 5 2 0
1 1 4 13 2 7 5 3 9 8 12 11 0
2 1 4 13 7 0
1 1 4 13 5 3 2 0
1 1 13 3 7 2 4 5 0
1 2 7 8 12 13 11 1 5 9 0
1 2 4 13 5 0
1 2 3 4 1 13 7 0
2 3 13 1 2 0
1 3 13 4 1 7 2 5 0
1 3 13 1 4 2 7 5 0
1 3 4 7 2 12 13 8 1 5 0
1 3 1 4 13 0
1 3 1 4 13 2 7 0
1 3 1 4 2 13 7 9 5 8 0
1 13 7 5 4 2 1 0
1 13 4 1 2 0
1 13 3 4 1 7 2 5 0
1 13 3 4 1 2 5 7 0
1 13 1 4 2 5 3 7 0
1 13 4 3 1 2 5 0
1 13 3 5 2 0
1 13 5 2 4 1 3 7 0
1 13 5 2 1 7 3 8 0
1 13 4 7 2 8 0
1 13 1 7 4 0
1 13 2 4 7 5 1 0
1 13 4 7 3 1 5 8 2 9 0
1 13 4 1 3 0
1 13 7 3 2 5 4 1 0
1 13 5 7 2 4 1 0
2 13 1 2 7 4 5 3 0
1 4 2 13 1 3 0
1 4 13 2 7 0
2 4 1 13 7 3 5 2 0
1 4 7 13 5 0
1 4 5 13 3 2 1 0
3 4 3 13 1 0
1 4 3 13 8 0
1 4 5 2 3 13 0
1 4 13 2 7 1 8 0
1 4 1 2 13 9 5 0
1 4 8 7 5 13 2 1 3 9 0
1 4 7 8 2 0
1 4 13 5 2 1 3 0
1 4 3 13 1 7 0
1 4 1 13 3 2 7 8 0
1 4 3 1 2 11 0
1 4 1 2 8 3 0
2 4 1 5 13 2 3 0
0
"A" "B" "C" "D" "E" "F" "G" "H" "I" "J" "K" "L" "M" "Steering committee"
"""


def votes_at(result: StvResult, stage: int) -> dict[str, str]:
    return {name: five(amount) for name, amount in result.stages[stage - 1].votes.items()}


def assert_nothing_is_lost(result: StvResult) -> None:
    for stage in result.stages:
        total = sum(stage.votes.values()) + stage.not_transferable + stage.cut_off
        assert total == result.valid


def test_the_published_count_of_the_steering_committee():
    result = count_stv(parse_blt(COMMITTEE), lot=["L", "K", "J", "F"])

    assert (result.valid, result.quota) == (94, 19)
    assert result.elected == ("G", "D", "M", "C")
    assert votes_at(result, 2)["H"] == "12.45448"
    assert [stage.candidate for stage in result.stages[1:]] == list("GDFJKLIEMBAH")
    assert votes_at(result, 3) == {
        "A": "7.80300", "B": "3.56060", "C": "9.24240", "D": "19.00000", "E": "2.69696",
        "F": "0.00000", "G": "19.00000", "H": "12.72720", "I": "1.42424", "J": "0.00000",
        "K": "0.00000", "L": "0.00000", "M": "18.54544",
    }  # fmt: skip
    assert votes_at(result, 9)["M"] == "19.68180"
    assert [votes_at(result, 10)[name] for name in "ABCH"] == [
        "9.01084", "3.95360", "9.45496", "14.57568",
    ]  # fmt: skip
    assert [votes_at(result, 11)[name] for name in "ACH"] == ["9.36448", "10.59132", "15.61032"]
    assert [votes_at(result, 12)[name] for name in "CH"] == ["16.62204", "16.59988"]
    assert result.stages[11].not_transferable == Fraction("3.77788")
    assert_nothing_is_lost(result)


def test_the_published_ties_are_broken_by_the_most_recent_difference():
    # weak-defeat.blt and weak-surplus.blt of the same program.
    defeat = count_stv(
        parse_blt('5 2\n1 1 2 0\n2 2 0\n3 3 0\n4 4 0\n5 5 0\n0\n"A" "B" "C" "D" "E" "Defeat"')
    )
    assert [stage.candidate for stage in defeat.stages[1:]] == ["A", "B", "C"]
    assert set(defeat.elected) == {"D", "E"}

    surplus = parse_blt(
        '6 4\n10 1 3 0\n8 2 0\n6 3 0\n5 4 0\n3 5 4 0\n3 6 4 0\n0\n"A" "B" "C" "D" "E" "F" "Surplus"'
    )
    result = count_stv(surplus, lot=["F", "E"])
    assert result.elected == ("A", "B", "C", "D")
    assert result.stages[-1].candidate == "E" and result.stages[-1].votes["D"] == 8


def test_equal_surpluses_go_in_the_order_of_the_most_recent_difference():
    # 52 votes, 4 seats: quota 11. E (7) goes and lifts C (8 + 4) and D (9 + 3) to 12 each. At the
    # stage before, D was ahead: its surplus goes first.
    text = """6 4
    11 1 0
    8 2 0
    9 3 0
    4 4 2 0
    3 4 3 0
    8 5 0
    9 6 0
    0
    "A" "C" "D" "E" "G" "H" "Order" """

    result = count_stv(parse_blt(text))

    assert result.quota == 11
    assert [(stage.action, stage.candidate) for stage in result.stages[1:]] == [
        ("exclusion", "E"),
        ("surplus", "D"),
        ("surplus", "C"),
        ("exclusion", "G"),
    ]
    assert result.stages[1].votes["C"] == result.stages[1].votes["D"] == 12
    assert set(result.elected) == {"A", "C", "D", "H"}


def test_a_count_by_hand():
    # 20 valid votes, 2 seats: quota 20 // 3 + 1 = 7. Anna has 11, surplus 4, so each paper is worth
    # 4/11 = 0.36363. Bram receives 6 x 0.36363 = 2.18178, Cor 3 x 0.36363 = 1.09089, and two papers
    # (0.72726) have no next preference; 4 - 11 x 0.36363 = 0.00007 is cut off. Bram 4 + 2.18178 =
    # 6.18178, Cor 3 + 1.09089 = 4.09089, Dirk 2 is lowest and goes to Cor: 6.09089. Cor is lowest;
    # one candidate, one vacancy: Bram is elected without a transfer.
    text = """4 2
    6 1 2 0
    3 1 3 0
    2 1 0
    4 2 0
    3 3 2 0
    2 4 3 0
    0
    "Anna" "Bram" "Cor" "Dirk" "By hand" """

    result = count_stv(parse_blt(text))

    assert (result.quota, result.elected) == (7, ("Anna", "Bram"))
    assert result.stages[1].transfer_value == Fraction(4, 11)
    assert [votes_at(result, 2)[n] for n in ("Bram", "Cor", "Dirk")] == [
        "6.18178", "4.09089", "2.00000",
    ]  # fmt: skip
    assert five(result.stages[1].not_transferable) == "0.72726"
    assert five(result.stages[1].cut_off) == "0.00007"
    assert votes_at(result, 3)["Cor"] == "6.09089"
    assert result.stages[3].candidate == "Cor" and result.stages[3].transfers == {}
    assert_nothing_is_lost(result)


def test_a_paper_passed_on_twice_keeps_the_product_of_its_values():
    # Quota 5. A 9 -> value 4/9 = 0.44444, B 3 + 9 x 0.44444 = 6.99996; its surplus 1.99996 moves
    # A's papers at 1.99996 x 0.44444 / 6.99996 = 0.12698 and B's own at 0.28571.
    text = '3 2\n9 1 2 3 0\n3 2 3 0\n2 3 0\n0\n"A" "B" "C" "Twice"'

    result = count_stv(Profile(3, ("A", "B", "C", "D"), parse_blt(text).ballots))

    assert result.quota == 4
    assert result.stages[1].transfer_value == Fraction(5, 9)


def test_as_many_candidates_as_seats_are_elected_without_a_transfer():
    result = count_stv(parse_blt('2 3\n5 1 2 0\n0\n"A" "B" "Enough"'))

    assert result.elected == ("A", "B")
    assert len(result.stages) == 1


def test_a_withdrawn_candidate_is_passed_over_from_the_start():
    result = count_stv(parse_blt('3 1\n-1\n5 1 2 0\n4 3 0\n1 1 0\n0\n"A" "B" "C" "Gone"'))

    assert (result.valid, result.elected) == (9, ("B",))
    with pytest.raises(NoCandidates):
        count_stv(parse_blt('1 1\n-1\n0\n"A" "Nobody"'))


def test_a_full_tie_asks_for_a_lot_and_follows_it():
    even = parse_blt('3 1\n1 1 0\n1 2 0\n1 3 0\n0\n"A" "B" "C" "Even"')

    with pytest.raises(LotNeeded, match=r"between A, B, C \(who is excluded\)"):
        count_stv(even)
    assert count_stv(even, lot=["B", "A", "C"]).elected == ("B",)
    surpluses = parse_blt('4 3\n6 1 3 0\n6 2 4 0\n1 3 0\n1 4 0\n0\n"A" "B" "C" "D" "Two surpluses"')
    with pytest.raises(LotNeeded, match="whose surplus"):
        count_stv(surpluses)
    assert count_stv(surpluses, lot=["B", "A", "D", "C"]).stages[1].candidate == "B"


def test_without_ballots_a_lot_fills_the_seat():
    assert count_stv(Profile(1, ("A", "B"), ()), lot=["B", "A"]).elected == ("B",)


def plain_count(profile: Profile, lot: list[str]) -> tuple[list[str], list[dict[str, Decimal]]]:
    """The Order, paper by paper, with decimals cut off; who is elected and the votes by stage."""
    names = profile.candidates
    papers = []  # [preferences, value, holder]
    standing = [n for i, n in enumerate(names, 1) if i not in profile.withdrawn]
    for weight, ranking in profile.ballots:
        wanted = [names[i - 1] for i in ranking if names[i - 1] in standing]
        papers += [[wanted, Decimal(1), wanted[0]] for _ in range(weight) if wanted]
    quota = len(papers) // (profile.seats + 1) + 1
    elected: list[str] = []
    spent: set[str] = set()
    stages: list[dict[str, Decimal]] = []
    total = {n: Decimal(sum(p[2] == n for p in papers)) for n in standing}

    def choose(tied: list[str], highest: bool) -> str:
        for stage in reversed(stages):
            ordered = sorted({stage[n] for n in tied})
            tied = [n for n in tied if stage[n] == ordered[-1 if highest else 0]]
        return min(tied, key=lot.index) if highest else max(tied, key=lot.index)

    def move(who: str, revalue) -> None:
        for paper in papers:
            if paper[2] == who:
                paper[1] = revalue(paper[1])
                paper[2] = next((n for n in paper[0] if n in standing), None)
                if paper[2]:
                    total[paper[2]] += paper[1]

    while True:
        reached = sorted((n for n in standing if total[n] >= quota), key=lambda n: -total[n])
        elected += reached
        standing = [n for n in standing if n not in reached]
        stages.append(dict(total))
        left = profile.seats - len(elected)
        if left and len(standing) <= left:
            elected += sorted(standing, key=lambda n: -total[n])
            standing = []
        if left <= 0 or not standing:
            return elected, stages
        over = [n for n in elected if n not in spent and total[n] > quota]
        if over:
            best = max(total[n] for n in over)
            who = choose([n for n in over if total[n] == best], True)
            spent.add(who)
            surplus = best - quota
            move(
                who,
                lambda value, s=surplus, b=best: (s * value / b).quantize(
                    Decimal("0.00001"), ROUND_DOWN
                ),
            )
            total[who] = Decimal(quota)
        else:
            worst = min(total[n] for n in standing)
            who = choose([n for n in standing if total[n] == worst], False)
            standing.remove(who)
            if len(standing) > left:
                move(who, lambda value: value)
                total[who] = Decimal(0)


@st.composite
def elections(draw):
    number = draw(st.integers(1, 6))
    numbers = range(1, number + 1)
    ballots = draw(
        st.lists(
            st.tuples(
                st.integers(1, 8),
                st.lists(st.sampled_from(numbers), unique=True, max_size=number),
            ),
            max_size=12,
        )
    )
    return Profile(
        seats=draw(st.integers(1, 4)),
        candidates=tuple("ABCDEF"[:number]),
        ballots=tuple((weight, tuple(ranking)) for weight, ranking in ballots),
        withdrawn=frozenset(draw(st.sets(st.sampled_from(numbers), max_size=1))),
    )


@settings(max_examples=100, deadline=None)
@given(elections(), st.permutations(list("ABCDEF")))
def test_the_count_equals_that_of_a_plain_second_program(profile, lot):
    assume(len(profile.withdrawn) < len(profile.candidates))

    result = count_stv(profile, lot)
    elected, stages = plain_count(profile, lot)

    assert list(result.elected) == elected
    assert [
        {name: five(amount) for name, amount in stage.votes.items()} for stage in result.stages
    ] == [{name: f"{amount:.5f}" for name, amount in stage.items()} for stage in stages]
    assert_nothing_is_lost(result)


@given(elections(), st.permutations(list("ABCDEF")))
def test_a_solid_coalition_of_a_quota_elects_one_of_its_own(profile, lot):
    assume(len(profile.withdrawn) < len(profile.candidates))
    result = count_stv(profile, lot)
    running = [c for c in range(1, len(profile.candidates) + 1) if c not in profile.withdrawn]
    for candidate in running:
        firsts = sum(
            weight
            for weight, ranking in profile.ballots
            if next((c for c in ranking if c in running), None) == candidate
        )
        if firsts >= result.quota:
            assert profile.candidates[candidate - 1] in result.elected

    assert len(result.elected) == min(profile.seats, len(running))


# Votes after each stage but the last, candidate by candidate, as published with Droop for this file
# (test/ref/dump/scotland/Calton-2007-scotland-fixed-p5-d5.txt). In the last stage that program
# still moves the papers of the excluded; rule 52(2) says that no further transfer is made.
CALTON = """
128.00000 130.40863 0.00000 0.00000 0.00000 0.00000 0.00000 0.00000 0.00000
219.00000 224.84953 235.19362 251.22589 264.91407 0.00000 0.00000 0.00000 0.00000
302.00000 325.39812 349.74221 373.77448 382.49493 420.83902 446.24765 461.35742 485.84120
245.00000 250.84953 257.84953 260.53771 348.69906 371.04315 409.10769 412.58571 0.00000
231.00000 245.79587 252.79587 257.82814 265.20450 329.26904 0.00000 0.00000 0.00000
195.00000 217.36585 220.36585 225.70994 0.00000 0.00000 0.00000 0.00000 0.00000
126.00000 134.94634 140.29043 0.00000 0.00000 0.00000 0.00000 0.00000 0.00000
1982.00000 1300.00000 1300.00000 1300.00000 1300.00000 1300.00000 1300.00000 1300.00000 1300.00000
628.00000 1035.05847 1050.74665 1072.12301 1086.94027 1115.34890 1189.88661 1199.81406 1271.90931
1143.00000 1175.68855 1196.68855 1221.72082 1231.40900 1282.75309 1360.12945 1300.00000 1300.00000
"""
CALTON_LOST = """
0.00000 158.62549 195.31367 236.06639 319.32455 379.73318 493.61498 525.21759 841.22427
"""


def test_a_real_ward_is_counted_as_it_was_published():
    result = count_stv(read_blt(Path(__file__).parent / "calton_2007.blt"))

    assert (result.valid, result.quota, result.seats) == (5199, 1300, 3)
    assert result.elected == ("Candidate 8", "Candidate 10", "Candidate 9")
    for number, row in enumerate(CALTON.split("\n")[1:-1], 1):
        counted = [five(stage.votes[f"Candidate {number}"]) for stage in result.stages[:9]]
        assert counted == row.split()
    assert [five(stage.not_transferable) for stage in result.stages[:9]] == CALTON_LOST.split()
    assert len(result.stages) == 10 and result.stages[9].transfers == {}
    assert_nothing_is_lost(result)
