"""What is not covered, and the fewest people who could cover all."""

from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from verband.core.networks.coverage import Need, coverage, fewest_liaisons
from verband.core.networks.register import Seat
from verband.core.period import Period

DAY = date(2017, 10, 30)


def test_a_body_whose_liaison_left_yesterday_is_not_covered():
    needs = [
        Need("G4", "An", Period(None, DAY)),
        Need("P10", "An"),
        Need("P10", "Bo"),
        Need("G32", "Bo", Period(date(2017, 1, 1))),
        Need("PMG", None),
    ]

    got = coverage(needs, DAY)

    assert got.uncovered == ("G4", "PMG")
    assert got.by_one == (("G32", "Bo"),)
    assert got.counts == {"G32": 1, "G4": 0, "P10": 2, "PMG": 0}
    assert coverage([], DAY).uncovered == ()


def cheapest(seats, excluded, fixed):
    """Every group of people, smallest first, then fewest seats in all."""
    people = sorted({seat.person for seat in seats} - set(excluded))
    reached = {seat.body for seat in seats if seat.person in people}
    held = {p: {seat.body for seat in seats if seat.person == p} for p in people}
    for size in range(len(people) + 1):
        groups = [
            group
            for group in combinations(people, size)
            if set().union(*(held[p] for p in group)) == reached
            and set(fixed) & set(people) <= set(group)
        ]
        if groups:
            return min(sum(len(held[p]) for p in group) for group in groups), size
    raise AssertionError("everybody together reaches everything")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(Seat, person=st.sampled_from("abcdef"), body=st.sampled_from("uvwxyz")),
        max_size=16,
    ),
    st.sets(st.sampled_from("abcdef"), max_size=2),
    st.sets(st.sampled_from("abcdef"), max_size=1),
)
def test_the_fewest_liaisons_agree_with_trying_every_group(seats, excluded, fixed):
    chosen, unreached = fewest_liaisons(seats, DAY, fixed=sorted(fixed), excluded=sorted(excluded))

    allowed = {seat.person for seat in seats} - excluded
    bodies = {seat.body for seat in seats}
    reached = {seat.body for seat in seats if seat.person in allowed}
    held = {p: {seat.body for seat in seats if seat.person == p} for p in chosen}
    assert set(unreached) == bodies - reached
    assert set().union(*held.values()) >= reached
    assert cheapest(seats, excluded, fixed) == (sum(map(len, held.values())), len(chosen))


def test_the_same_register_gives_the_same_liaisons():
    seats = [Seat(p, b) for b in ("x", "y") for p in "cab"]

    assert fewest_liaisons(seats, DAY) == (("a",), ())
    assert fewest_liaisons(reversed(seats), DAY) == (("a",), ())
