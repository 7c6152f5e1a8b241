"""Games of the literature and of the register of 2017, and brute force for small ones."""

import csv
from collections.abc import Callable, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import product
from math import factorial
from pathlib import Path

import verband

EEC_1958 = (4, 4, 4, 2, 2, 1)
SECURITY_COUNCIL = (7,) * 5 + (1,) * 10
NICE = (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,)
COLLEGE_2000 = (
    (55, 34, 31, 27, 21, 21, 20, 17, 15, 15, 15, 13, 12)
    + (11,) * 4
    + (10,) * 4
    + (9,) * 3
    + (8,) * 2
    + (7,) * 4
    + (6,) * 3
    + (5,) * 5
    + (4,) * 5
    + (3,) * 8
)
COLLEGE_1970 = (
    (45, 41, 27, 26, 26, 25, 21, 17, 17, 14, 13, 13, 12, 12, 12, 11)
    + (10,) * 4
    + (9,) * 3
    + (8,) * 4
    + (7,) * 3
    + (6,) * 4
    + (5,)
    + (4,) * 9
    + (3,) * 7
)
MADE_UP_388 = tuple(max(1, min(75, 10500 // (i + 70) - 13)) for i in range(1, 369)) + (1,) * 20


def inhabitants_2017() -> list[int]:
    """The inhabitants of the 388 municipalities of 1 January 2017."""
    register = Path(verband.__file__).parent / "reference/data/municipalities_2017.csv"
    with register.open(encoding="utf-8-sig", newline="") as lines:
        return [int(row["population"]) for row in csv.DictReader(lines)]


def register_2017(rounding: Callable[[int], int] = lambda people: people // 1000) -> list[int]:
    """One vote for each 1,000 inhabitants, at least 1, at most 75."""
    return [max(1, min(75, rounding(people))) for people in inhabitants_2017()]


def fingerprint(count: int) -> str:
    """The first sixteen digits of the SHA-256 of a count written out."""
    return sha256(str(count).encode()).hexdigest()[:16]


def by_brute_force(
    members: int, wins: Callable[[tuple[int, ...]], bool]
) -> tuple[int, list[int], list[Fraction]]:
    """Winning sets, swings and Shapley-Shubik, by looking at every set of members."""
    winning, swings, pivots = 0, [0] * members, [Fraction(0)] * members
    for chosen in product((0, 1), repeat=members):
        if wins(chosen):
            winning += 1
            continue
        size = sum(chosen)
        orders = Fraction(factorial(size) * factorial(members - 1 - size), factorial(members))
        for member in range(members):
            joined = (*chosen[:member], 1, *chosen[member + 1 :])
            if not chosen[member] and wins(joined):
                swings[member] += 1
                pivots[member] += orders
    return winning, swings, pivots


def reaches(weights: Sequence[int], quota: int, chosen: Sequence[int]) -> bool:
    """Whether the chosen members have the quota."""
    return sum(w for w, yes in zip(weights, chosen, strict=True) if yes) >= quota
