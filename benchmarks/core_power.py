"""Power, majorities and blocking sets for the 388 municipalities of 2017, beside public peers.

Run it in a throw-away environment that holds numpy and, for the comparison, the packages named in
``PEERS``, with the sources on the path. Peers that are not installed are passed over. A peer gets
``PATIENCE`` seconds and ``MOST_MEMORY``. Nothing here asserts anything about time.
"""

import csv
import resource
import sys
from collections.abc import Callable
from fractions import Fraction
from multiprocessing import Queue, get_context
from pathlib import Path
from queue import Empty
from time import perf_counter
from typing import Any

import verband
from verband.core.power.blocking import blocking
from verband.core.power.counting import count_coalitions
from verband.core.power.game import WeightedGame
from verband.core.power.indices import power
from verband.core.power.majorities import (
    Electorate,
    Majorities,
    count_joint,
    joint_power,
    units_of,
)
from verband.core.power.orderings import shapley_shubik
from verband.core.power.pays import pays_and_decides

PEERS = ("powerindex==0.3.5", "powerindices==1.0.2")
PATIENCE = 30
MOST_MEMORY = 3 * 2**30  # bytes; a peer that asks for more is stopped, not the machine
REPEAT = 5
COLLEGE = (
    [55, 34, 31, 27, 21, 21, 20, 17, 15, 15, 15, 13, 12]
    + [11] * 4
    + [10] * 4
    + [9] * 3
    + [8] * 2
    + [7] * 4
    + [6] * 3
    + [5] * 5
    + [4] * 5
    + [3] * 8
)


def figures() -> list[dict[str, Any]]:
    """One row for each question and each program: question, who, seconds, outcome, promise."""
    rows = _ours()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(_row("peak memory of all of the above, MB", "verband", None, peak, "< 300"))
    return rows + _peers()


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


def _register() -> tuple[tuple[int, ...], list[int]]:
    path = Path(verband.__file__).parent / "reference/data/municipalities_2017.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        people = [int(row["population"]) for row in csv.DictReader(lines)]
    return tuple(max(1, min(75, each // 1000)) for each in people), people


def _best(task: Callable[[], Any], repeat: int = REPEAT) -> tuple[float, Any]:
    times, result = [], None
    for _ in range(repeat):
        start = perf_counter()
        result = task()
        times.append(perf_counter() - start)
    return min(times), result


def _ours() -> list[dict[str, Any]]:
    votes, people = _register()
    rows = []
    for quota in (6411, 8548, 9616):  # more than half, two thirds, three quarters
        game = WeightedGame(votes, quota)
        seconds, counts = _best(lambda game=game: count_coalitions(game))
        outcome = f"absolute Banzhaf of 75 votes {float(counts.absolute(75)):.12g}"
        question = f"Banzhaf and Coleman, 388 members, quota {quota}"
        rows.append(_row(question, "verband", seconds, outcome, "< 0.1 s"))
        seconds, pivots = _best(lambda game=game: shapley_shubik(game))
        error = abs(sum(pivots[each] for each in votes) - 1)
        outcome = f"75 votes {pivots[75]:.12g}, sum off by {error:.1e}"
        question = f"Shapley-Shubik, 388 members, quota {quota}"
        rows.append(_row(question, "verband", seconds, outcome, "< 1 s, 1e-12"))
    college = WeightedGame(tuple(COLLEGE), 270)
    seconds, counts = _best(lambda: count_coalitions(college))
    outcome = f"California {float(counts.absolute(55)):.6f}, exact"
    rows.append(_row("Banzhaf and Coleman, 51 members, quota 270", "verband", seconds, outcome))
    seconds, found = _best(lambda: power(college))
    outcome = f"California {float(found.members[0].shapley_shubik):.6f}, exact; all indices at once"
    rows.append(_row("Shapley-Shubik, 51 members, quota 270", "verband", seconds, outcome))
    return rows + _ours_together(votes, people)


def _ours_together(votes: tuple[int, ...], people: list[int]) -> list[dict[str, Any]]:
    body = Electorate(votes, units_of(votes, people, 1000))
    v, u, m = (total // 2 + 1 for total in body.totals)
    rule = Majorities(v, u, m)
    one, (chance,) = _best(lambda: count_joint(body, [rule]))
    more = [rule] + [Majorities(v + step, u + step, m + step % 9) for step in range(1, 101)]
    many, _ = _best(lambda: count_joint(body, more), 3)
    all_power, _ = _best(lambda: joint_power(body, rule), 1)
    sets, found = _best(lambda: blocking(WeightedGame(votes, 8548), people))
    pays, paid = _best(lambda: pays_and_decides(people, votes))
    outcome = f"passes {chance.power_to_act:.6f}"
    share = float(found.share_to_block or Fraction(0))
    return [
        _row("triple majority, 388 members", "verband", one, outcome, "< 1.5 s"),
        _row("each further triple rule", "verband", (many - one) / 100, "", "< 1 ms"),
        _row("power of all members, triple majority", "verband", all_power, ""),
        _row("blocking sets, quota 2/3", "verband", sets, f"{share:.4f} of inhabitants"),
        _row("who pays against who decides", "verband", pays, f"moved {float(paid.moved):.4f}"),
    ]


def _powerindex_banzhaf(votes: list[int], quota: int) -> float:
    from powerindex.powerindex import Game

    game = Game(quota, weights=votes)
    game.calc_banzhaf()
    return float(game.banzhaf[votes.index(max(votes))])


def _powerindex_shapley(votes: list[int], quota: int) -> float:
    from powerindex.powerindex import Game

    game = Game(quota, weights=votes)
    game.calc_shapley_shubik()
    return float(game.shapley_shubik[votes.index(max(votes))])


def _powerindices_banzhaf(votes: list[int], quota: int) -> float:
    from powerindices import compute_pbi

    return float(compute_pbi(quota, votes)[votes.index(max(votes))])


def _powerindices_shapley(votes: list[int], quota: int) -> float:
    from powerindices import compute_ssi

    return float(compute_ssi(quota, votes)[votes.index(max(votes))])


def _peers() -> list[dict[str, Any]]:
    votes, _ = _register()
    game = WeightedGame(votes, 6411)
    counts = count_coalitions(game)
    share = Fraction(counts.swings[75], sum(counts.swings[each] for each in votes))
    college = power(WeightedGame(tuple(COLLEGE), 270)).members[0]
    pivots = float(shapley_shubik(game)[75])
    tasks: list[tuple[str, str, Callable[[list[int], int], float], list[int], int, float]] = [
        ("Banzhaf and Coleman", "powerindex", _powerindex_banzhaf, list(votes), 6411, float(share)),
        ("Banzhaf and Coleman", "powerindices", _powerindices_banzhaf, list(votes), 6411,
         float(counts.absolute(75))),
        ("Shapley-Shubik", "powerindex", _powerindex_shapley, list(votes), 6411, pivots),
        ("Shapley-Shubik", "powerindices", _powerindices_shapley, list(votes), 6411, pivots),
        ("Banzhaf and Coleman", "powerindex", _powerindex_banzhaf, COLLEGE, 270,
         float(college.banzhaf)),
        ("Banzhaf and Coleman", "powerindices", _powerindices_banzhaf, COLLEGE, 270,
         float(college.banzhaf_absolute)),
        ("Shapley-Shubik", "powerindex", _powerindex_shapley, COLLEGE, 270,
         float(college.shapley_shubik)),
        ("Shapley-Shubik", "powerindices", _powerindices_shapley, COLLEGE, 270,
         float(college.shapley_shubik)),
    ]  # fmt: skip
    rows = []
    for what, who, task, weights, quota, truth in tasks:
        question = f"{what}, {len(weights)} members, quota {quota}"
        seconds, value = _with_patience(task, weights, quota)
        if isinstance(value, float):
            verdict = "right" if abs(value / truth - 1) < 1e-9 else "WRONG"
            rows.append(_row(question, who, seconds, f"{value:.12g}, {verdict} ({truth:.12g})"))
        else:
            rows.append(_row(question, who, seconds, value))
    return rows


def _with_patience(
    task: Callable[[list[int], int], float], votes: list[int], quota: int
) -> tuple[float | None, float | str]:
    context = get_context("fork")
    answers: Queue[tuple[float | None, float | str]] = context.Queue()
    child = context.Process(target=_report, args=(answers, task, votes, quota))
    child.start()
    try:
        return answers.get(timeout=PATIENCE)
    except Empty:
        return None, f"no answer within {PATIENCE} s"
    finally:
        child.terminate()
        child.join()


def _report(
    answers: "Queue[tuple[float | None, float | str]]",
    task: Callable[[list[int], int], float],
    votes: list[int],
    quota: int,
) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    start = perf_counter()
    try:
        value = task(votes, quota)
    except ImportError:
        answers.put((None, "not installed"))
        return
    except Exception as failure:  # a peer may fail in any way; that is its outcome
        taken = perf_counter() - start
        answers.put((None, f"no answer: {type(failure).__name__} after {taken:.0f} s"))
        return
    answers.put((perf_counter() - start, value))


def main() -> int:
    """Print the figures as columns."""
    for row in figures():
        seconds = "" if row["seconds"] is None else f"{row['seconds']:.4f} s"
        print(
            f"{row['question']:<46} {row['who']:<13} {seconds:>10}  {row['promise']:<13}"
            f" {row['outcome']}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
