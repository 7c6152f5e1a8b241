"""Pools of candidates for the tests: small random ones, and one of the size of the association."""

from fractions import Fraction
from random import Random

from hypothesis import strategies as st

from verband.core.composition.problem import (
    BALANCE,
    COVERAGE,
    DEPTH,
    KEEP,
    ROTATION,
    SOFT,
    Balance,
    Candidate,
    Demand,
    Problem,
    Rule,
)

FUNCTIONS = ("mayor", "alderman", "councillor")
PROVINCES = ("Drenthe", "Utrecht", "Zeeland")
SUBJECTS = ("housing", "care")


@st.composite
def candidates(draw, least=3, most=7):
    number = draw(st.integers(least, most))
    return tuple(
        Candidate(
            f"c{place}",
            traits={
                "function": (draw(st.sampled_from(FUNCTIONS)),),
                "province": (draw(st.sampled_from(PROVINCES)),),
                "network": tuple(draw(st.sets(st.sampled_from(("G4", "P10")), max_size=2))),
            },
            expertise={s: draw(st.integers(0, 4)) for s in SUBJECTS},
            seats=draw(st.integers(0, 3)),
        )
        for place in range(number)
    )


@st.composite
def rules(draw, pool):
    made = []
    for name, scope in (
        ("mayors", {"where": {"function": ("mayor",)}}),
        (
            "councillors from Utrecht",
            {"where": {"function": ("councillor",), "province": ("Utrecht",)}},
        ),
        ("province", {"each": "province"}),
        ("G4", {"where": {"network": ("G4",)}}),
        ("person", {"people": (pool[0].id,)}),
    ):
        if draw(st.booleans()):
            low = draw(st.integers(0, 2))
            made.append(
                Rule(
                    name,
                    at_least=low,
                    at_most=draw(st.none() | st.integers(low, 3)),
                    hard=draw(st.booleans()),
                    weight=draw(st.integers(1, 3)),
                    **scope,
                )
            )
    return tuple(
        rule for rule in made if all(any(c.traits.get(t) for c in pool) for t in rule.where)
    )


@st.composite
def problems(draw):
    pool = draw(candidates())
    goals = (SOFT, KEEP, COVERAGE, BALANCE, DEPTH, ROTATION)
    return Problem(
        size=draw(st.integers(1, len(pool))),
        candidates=pool,
        rules=draw(rules(pool)),
        demands=tuple(
            Demand(s, level=draw(st.integers(1, 4)), count=draw(st.integers(1, 2)), weight=w)
            for s, w in zip(SUBJECTS, (1, 2), strict=True)
        ),
        goals=tuple(draw(st.permutations(goals))),
        balance=Balance("province", {p: Fraction(draw(st.integers(1, 3))) for p in PROVINCES}),
        seed=draw(st.sampled_from(("one", "two"))),
        current=tuple(c.id for c in pool[:2]),
    )


def association(size=25, people=2000, extra=()):
    """A pool like the association's: 90 and more lines, thirty overlapping networks."""
    chance = Random(2017)
    functions = {"mayor": (3, 8), "alderman": (6, 12), "councillor": (3, 8)}
    functions |= {"secretary": (1, 3), "clerk": (1, 3)}
    pool = []
    for place in range(people):
        municipality = chance.randrange(388)
        pool.append(
            Candidate(
                f"c{place:04}",
                traits={
                    "function": (chance.choices(list(functions), [20, 45, 25, 5, 5])[0],),
                    "municipality": (f"m{municipality}",),
                    "province": (f"p{municipality % 12}",),
                    "size class": (f"s{min(4, municipality * 7 % 17 // 3)}",),
                    "network": tuple(
                        f"n{n}"
                        for n in sorted(chance.sample(range(30), chance.choice([0, 1, 1, 2, 3])))
                    ),
                    "party": (f"party {chance.randrange(9)}",),
                    "gender": (chance.choice("fm"),),
                },
                expertise={
                    f"e{s}": chance.randint(1, 5)
                    for s in sorted(chance.sample(range(20), chance.randint(1, 4)))
                },
                seats=chance.choice([0, 0, 0, 1, 2, 3]),
            )
        )
    asked = [
        Rule(name, {"function": (name,)}, at_least=low, at_most=high)
        for name, (low, high) in functions.items()
    ]
    asked += [
        Rule("province", each="province", at_least=1, at_most=3),
        Rule("size class", each="size class", at_least=2, at_most=9),
        Rule("network", each="network", at_most=2),
        Rule("party", each="party", at_least=1, at_most=5),
        Rule("women", {"gender": ("f",)}, at_least=11),
        Rule("one per municipality", each="municipality", at_most=1),
        *(Rule(f"nominated {i}", people=(f"c{i:04}",), at_least=1) for i in (5, 77, 301)),
        *extra,
    ]
    demands = tuple(Demand(f"e{s}", level) for s in range(20) for level in (3, 5))
    return Problem(size, tuple(pool), tuple(asked), demands, seed="27 November 2017")
