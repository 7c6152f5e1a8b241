"""A team of 25 of 2,000 candidates from the real municipalities of 2017, beside a public peer.

Run it in a throw-away environment that holds numpy, highspy and, for the comparison, the package
named in ``PEERS``, with the sources on the path. A peer that is not installed is passed over. The
peer draws panels by lot and knows single-valued features only: it gets the same candidates with
the rules it can express (no networks, no nominations, no expertise). Nothing here asserts time.
"""

import csv
import resource
from collections.abc import Callable
from fractions import Fraction
from multiprocessing import Queue, get_context
from pathlib import Path
from queue import Empty
from random import Random
from time import perf_counter
from typing import Any

import verband
from verband.core.composition.choosing import choose
from verband.core.composition.clashes import find_clash
from verband.core.composition.prices import prices
from verband.core.composition.problem import Balance, Candidate, Demand, Problem, Rule
from verband.core.composition.reasons import never_chosen, why
from verband.core.composition.repairs import find_repairs, mend

PEERS = ("sortition-algorithms==0.12.15",)
PATIENCE = 60
SIZE, PEOPLE = 25, 2000
FUNCTIONS = {"mayor": (3, 8), "alderman": (6, 12), "councillor": (3, 8)}
FUNCTIONS |= {"secretary": (1, 3), "clerk": (1, 3)}
BOUNDS = {"province": (1, 3), "size class": (2, 9), "party": (1, 5), "gender": (10, 15)}
TWO_EACH = Rule("two per province", each="province", at_most=2)
CITIES = "class 4"  # more than 250,000 inhabitants: four municipalities in 2017
SIX_CITIES = Rule("six from the large cities", {"size class": (CITIES,)}, at_least=6)


CLASHING = "a clash of one rule explained: two from each of twelve provinces"
CROSSING = "a clash of several rules explained: six from four cities, one per municipality"


def figures() -> list[dict[str, Any]]:
    """One row for each question and each program: question, who, seconds, outcome, promise."""
    return _ours() + _peers()


def _row(
    question: str, who: str, seconds: float | None, outcome: object, promise: str = ""
) -> dict[str, Any]:
    return {
        "question": question,
        "who": who,
        "seconds": seconds,
        "outcome": outcome,
        "promise": promise,
    }


def _pool() -> tuple[Candidate, ...]:
    path = Path(verband.__file__).parent / "reference/data/municipalities_2017.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        towns = list(csv.DictReader(lines))
    chance = Random(2017)
    return tuple(_candidate(chance, place, chance.choice(towns)) for place in range(PEOPLE))


def _candidate(chance: Random, place: int, town: dict[str, str]) -> Candidate:
    inhabitants = int(town["population"])
    steps = (20_000, 50_000, 100_000, 250_000)
    networks = sorted(chance.sample(range(30), chance.choice([0, 1, 1, 2, 3])))
    subjects = sorted(chance.sample(range(20), chance.randint(1, 4)))
    return Candidate(
        f"c{place:04}",
        traits={
            "function": (chance.choices(list(FUNCTIONS), [20, 45, 25, 5, 5])[0],),
            "municipality": (town["code"],),
            "province": (town["province"],),
            "size class": (f"class {sum(inhabitants > step for step in steps)}",),
            "network": tuple(f"network {number}" for number in networks),
            "party": (f"party {chance.randrange(9)}",),
            "gender": (chance.choice("fm"),),
        },
        expertise={f"subject {number}": chance.randint(1, 5) for number in subjects},
        seats=chance.choice([0, 0, 0, 1, 2, 3]),
    )


def _problem(*extra: Rule, count: int = 1) -> Problem:
    pool = _pool()
    rules = [
        Rule(name, {"function": (name,)}, at_least=low, at_most=high)
        for name, (low, high) in FUNCTIONS.items()
    ]
    rules += [
        Rule(trait, each=trait, at_least=low, at_most=high) for trait, (low, high) in BOUNDS.items()
    ]
    rules += [
        Rule("network", each="network", at_most=2),
        Rule("one per municipality", each="municipality", at_most=1),
        *(Rule(f"nominated {i}", people=(pool[i].id,), at_least=1) for i in (5, 77, 901)),
        *extra,
    ]
    demands = tuple(Demand(f"subject {s}", level, count) for s in range(20) for level in (3, 5))
    return Problem(SIZE, pool, tuple(rules), demands, seed="27 November 2017")


def _balanced(problem: Problem) -> Problem:
    provinces = {value for c in problem.candidates for value in c.traits["province"]}
    balance = Balance("province", dict.fromkeys(sorted(provinces), Fraction(1)))
    return Problem(**{**vars(problem), "balance": balance})


def _best(task: Callable[[], Any], repeat: int = 3) -> tuple[float, Any]:
    times, result = [], None
    for _ in range(repeat):
        start = perf_counter()
        result = task()
        times.append(perf_counter() - start)
    return min(times), result


def _ours() -> list[dict[str, Any]]:
    problem, clashing, crossing = _problem(), _problem(TWO_EACH), _problem(SIX_CITIES)
    balanced = _balanced(problem)
    rows = []

    def add(question: str, task: Callable[[], Any], told: Callable[[Any], object], promise: str):
        seconds, result = _best(task)
        rows.append(_row(question, "verband", seconds, told(result), promise))
        return result

    what = f"team of {SIZE} of {PEOPLE:,}"
    team = add(
        f"{what}: coverage, depth, rotation, lot",
        lambda: choose(problem),
        lambda t: f"coverage {t.value('coverage')[0]} of 40, proven best: {t.proven}",
        "< 1 s",
    )
    add(
        f"{what}: the same and provinces in balance (leximin); a question beyond the promise",
        lambda: choose(balanced),
        lambda t: f"depth {t.value('depth')[0]}, proven best: {t.proven}",
        "",
    )
    add(CLASHING, lambda: find_clash(clashing), lambda c: str(c.proof), "< 2 s")
    add(CROSSING, lambda: find_clash(crossing), lambda c: str(c.proof), "< 2 s")
    add(
        "three repairs",
        lambda: find_repairs(clashing),
        lambda r: f"costs {[x.cost for x in r]}",
        "",
    )
    add("prices of all rules", lambda: prices(problem, team), lambda p: f"{len(p)} rules", "")
    out = next(c.id for c in problem.candidates if c.id not in team.members)
    add("why not this person", lambda: why(problem, team, out), lambda a: f"{a.goal} -{a.loss}", "")
    add("who can never be chosen", lambda: never_chosen(problem), lambda n: f"{len(n)} people", "")
    drifted = Problem(
        **{**vars(problem), "current": tuple(c.id for c in problem.candidates[:SIZE])}
    )
    add("mend a body", lambda: mend(drifted), lambda m: f"{len(m.joins)} of {SIZE} new", "")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*rows, _row("peak memory of all of the above, MB", "verband", None, peak, "< 300")]


def _peers() -> list[dict[str, Any]]:
    tasks = (
        ("any panel that keeps the quotas it knows", {"test_selection": True}, {}),
        ("a panel with the fairest chances (maximin)", {"selection_algorithm": "maximin"}, {}),
        (CLASHING, {"test_selection": True}, {"province": (1, 2)}),
        (CROSSING, {"test_selection": True}, {("size class", CITIES): (6, 9)}),
    )
    rows = []
    for question, options, other in tasks:
        context = get_context("fork")
        answers: Queue[tuple[float | None, str]] = context.Queue()
        child = context.Process(target=_panel, args=(answers, options, other))
        child.start()
        try:
            seconds, outcome = answers.get(timeout=PATIENCE)
        except Empty:
            seconds, outcome = None, f"no answer within {PATIENCE} s"
        child.kill()
        child.join()
        if outcome != "not installed":
            rows.append(_row(question, PEERS[0], seconds, outcome))
    return rows


def _panel(answers: Any, options: dict[str, Any], other: dict[Any, tuple[int, int]]) -> None:
    try:
        import sortition_algorithms as peer
    except ImportError:
        answers.put((None, "not installed"))
        return
    bounds = {("function", name): pair for name, pair in FUNCTIONS.items()}
    pool = _pool()
    for trait, usual in BOUNDS.items():
        for value in sorted({c.traits[trait][0] for c in pool}):
            bounds[trait, value] = other.get((trait, value), other.get(trait, usual))
    head = ["feature", "value", "min", "max"]
    body = [
        dict(zip(head, (trait, value, str(low), str(high)), strict=True))
        for (trait, value), (low, high) in bounds.items()
    ]
    traits = list(dict.fromkeys(trait for trait, _ in bounds))
    settings = peer.Settings(
        id_column="id",
        columns_to_keep=[],
        check_same_address=True,
        check_same_address_columns=["municipality"],
    )
    people_head = ["id", "municipality", *traits]
    people = [
        {"id": c.id} | {trait: c.traits[trait][0] for trait in ("municipality", *traits)}
        for c in pool
    ]
    start = perf_counter()
    try:
        features, _, _ = peer.read_in_features(head, body, SIZE)
        given, _ = peer.read_in_people(people_head, people, features, settings)
        found, _ = peer.find_random_sample(features, given, SIZE, ["municipality"], **options)
        outcome = f"{len(found[0])} people"
    except Exception as refusal:  # whatever the peer says is its outcome
        outcome = f"{type(refusal).__name__}: {' '.join(str(refusal).split())[:150]}"
    answers.put((perf_counter() - start, outcome))


if __name__ == "__main__":
    for each in figures():
        print(each)
