"""Difference between segments for the 388 municipalities of 2017, and the measures of networks.

Run it in a throw-away environment that holds numpy and scipy and, for the comparison, the package
named in ``PEERS``, with the sources on the path. A peer that is not installed is passed over.
Nothing here asserts anything about time.
"""

import csv
import resource
import sys
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

import verband
from verband.core.divergence.analysis import analyse
from verband.core.divergence.consensus import statements
from verband.core.divergence.replies import Replies, Reply, collect
from verband.core.networks.coverage import fewest_liaisons
from verband.core.networks.cutpoints import single_points
from verband.core.networks.overlap import overlaps
from verband.core.networks.register import Seat, incidence

PEERS = ("red-dwarf==0.4.0",)
REPEAT = 5
CONSENSUS = "group consensus, 10,000 respondents x 60 statements, 8 groups"
DAY = date(2017, 10, 30)
SIZES = ((20_000, "< 20"), (50_000, "20-50"), (100_000, "50-100"), (250_000, "100-250"))


def figures() -> list[dict[str, Any]]:
    """One row for each question and each program: question, who, seconds, outcome, promise."""
    rows = [*_verdicts(), *_consensus(), *_networks()]
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


def _best(task: Callable[[], Any]) -> tuple[float, Any]:
    times, result = [], None
    for _ in range(REPEAT):
        start = perf_counter()
        result = task()
        times.append(perf_counter() - start)
    return min(times), result


def _replies(*, all_answer: bool) -> Replies:
    """The real members, votes, provinces and size classes; made answers and four made dimensions.

    Support falls with size; six in ten answer unless ``all_answer``.
    """
    path = Path(verband.__file__).parent / "reference/data/municipalities_2017.csv"
    chance = np.random.default_rng(2017)
    replies = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            people = int(row["population"])
            size = next((name for limit, name in SIZES if people < limit), "> 250")
            answer = "yes" if chance.random() < (0.8 if people < 50_000 else 0.62) else "no"
            answer = "abstain" if chance.random() < 0.05 else answer
            segments = {
                "province": [row["province"]],
                "size": [size],
                "coast": ["coast" if float(row["lon"]) < 4.8 else "inland"],
                "region": [f"region {chance.integers(6)}"],
                "party": [f"party {chance.integers(8)}"],
                "network": [f"network {i}" for i in range(4) if chance.random() < 0.2],
            }
            replies.append(
                Reply(
                    row["name"],
                    answer if all_answer or chance.random() < 0.6 else None,
                    max(1, min(75, people // 1000)),
                    segments,
                )
            )
    return collect(replies)


def _verdicts() -> list[dict[str, Any]]:
    rows = []
    for name, all_answer in (("six in ten answered", False), ("all answered", True)):
        replies = _replies(all_answer=all_answer)
        seconds, got = _best(lambda replies=replies: analyse(replies, seed=1))
        question = f"verdict, 388 members, 6 dimensions, 9,999 permutations, {name}"
        rows.append(_row(question, "verband", seconds, got.verdict.code, "< 0.5"))
    return rows


def _opinions() -> tuple[Any, list[int], list[str]]:
    chance = np.random.default_rng(1)
    groups = chance.integers(0, 8, 10_000)
    lean = chance.uniform(-0.6, 0.6, (8, 60))[groups]
    drawn = chance.uniform(-1, 1, (10_000, 60))
    votes = np.where(drawn < lean - 0.15, 1, np.where(drawn > lean + 0.15, -1, 0))
    votes[chance.random((10_000, 60)) < 0.3] = -2
    return votes.astype(np.int8), groups.tolist(), [f"s{i:02}" for i in range(60)]


def _consensus() -> list[dict[str, Any]]:
    votes, groups, names = _opinions()
    labels = [str(group) for group in groups]
    rows = []
    for name, draws in (("no test", 0), ("999 tables drawn for each statement", 999)):
        seconds, found = _best(lambda draws=draws: statements(votes, labels, names, draws=draws))
        outcome = f"{found[0].name} {float(found[0].product):.6g}"
        rows.append(_row(f"{CONSENSUS}, {name}", "verband", seconds, outcome, "< 2"))
    return rows


def _networks() -> list[dict[str, Any]]:
    chance = np.random.default_rng(3)
    bodies = np.minimum(799, chance.pareto(0.8, 30_000).astype(np.int64))
    people = chance.integers(0, 5_200, 30_000)
    seats = [Seat(f"p{p}", f"b{b}") for p, b in zip(people, bodies, strict=True)]
    found = incidence(seats, DAY)
    size = f"{len(found.persons)} people, {len(found.bodies)} bodies, 30,000 seats"
    rows = []
    questions: list[tuple[str, Callable[[], Any], Callable[[Any], str]]] = [
        ("as of a day", lambda: incidence(seats, DAY), lambda got: f"{got.matrix.nnz} seats"),
        ("overlap of all pairs", lambda: overlaps(found), lambda got: f"{len(got)} pairs"),
        ("single points", lambda: single_points(found), lambda got: f"{len(got[0])} people"),
        ("fewest liaisons", lambda: fewest_liaisons(seats, DAY), lambda got: str(len(got[0]))),
    ]
    for name, task, told in questions:
        seconds, got = _best(task)
        rows.append(_row(f"{name}, {size}", "verband", seconds, told(got)))
    return rows


def _peers() -> list[dict[str, Any]]:
    if find_spec("reddwarf") is None:
        return [_row(CONSENSUS, PEERS[0], None, "not installed")]
    import pandas as pd
    from reddwarf.utils.stats import calculate_comment_statistics

    votes, groups, names = _opinions()
    matrix = pd.DataFrame(np.where(votes == -2, np.nan, votes), columns=names)
    seconds, got = _best(lambda: calculate_comment_statistics(matrix, groups))
    found = got[-1][0]
    ours = {
        one.name: float(one.product) for one in statements(votes, list(map(str, groups)), names)
    }
    apart = max(abs(ours[name] / found[i] - 1) for i, name in enumerate(names))
    best = int(np.argmax(found))
    outcome = f"{names[best]} {found[best]:.6g}, at most {apart:.0e} apart from ours"
    return [_row(f"{CONSENSUS}, no test", PEERS[0], seconds, outcome)]


def main() -> None:
    """Print the figures."""
    for row in figures():
        seconds = "" if row["seconds"] is None else f"{row['seconds']:.4f} s"
        sys.stdout.write(
            f"{row['question']} | {row['who']} | {seconds} | {row['outcome']} | {row['promise']}\n"
        )


if __name__ == "__main__":
    main()
