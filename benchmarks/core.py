"""All figures of the core beside its public peers: one environment, one run, one table.

    .venv/bin/python benchmarks/core.py            (from the root, with the project's own Python)
    .venv/bin/python benchmarks/core.py --cpu      (processor time, when the machine is not quiet)

Makes an environment that is thrown away afterwards: this project's own versions of what the core
needs, then each peer by its pinned name. A peer is never a dependency of Verband; one that does not
install is named. Each part of the core runs in a process of its own, so that peak memory is of that
part. Times are the best of a few runs; nothing here asserts anything about time.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PARTS = ("core_power", "core_divergence", "core_composition", "core_matching")
OURS = ("numpy", "scipy", "highspy", "snowballstemmer")
PATIENCE = 600  # seconds for one peer to install
QUIET = 0.25  # load for each core below which a machine is called quiet
HEAD = ("question", "who", "time", "promise", "kept", "against verband", "outcome")

Figure = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Print the table; ``--part NAME FILE`` writes the figures of one part, for ``main``."""
    if "--cpu" in arguments:
        time.perf_counter = time.process_time  # before a part imports it
    if arguments[:1] == ["--part"]:
        figures = import_module(arguments[1]).figures()
        Path(arguments[2]).write_text(json.dumps(figures), encoding="utf-8")
        return 0
    before = _load()
    with tempfile.TemporaryDirectory(prefix="verband-peers-") as folder:
        python, absent = make_environment(Path(folder))
        rows = [row for part in PARTS for row in _figures(python, part, arguments)]
    clock = "processor" if "--cpu" in arguments else "wall clock"
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {clock} time")
    print(_quietness(before, _load()))
    for peer, reason in absent.items():
        print(f"{peer} does not install: {reason}")
    print()
    print("\n".join(table(rows)))
    return 0


def make_environment(folder: Path) -> tuple[Path, dict[str, str]]:
    """The interpreter of a new environment, and the peers that would not install, with why."""
    try:
        own = [f"{name}=={version(name)}" for name in OURS]
    except PackageNotFoundError as missing:
        sys.exit(f"{missing.name} is not here; run this with the project's own Python.")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    failure = _install(python, own)
    if failure:
        sys.exit(f"The needs of the core do not install: {failure}")
    pins = folder / "own.txt"
    pins.write_text("\n".join(own), encoding="utf-8")
    peers = [peer for part in PARTS for peer in getattr(import_module(part), "PEERS", ())]
    tried = {peer: _install(python, [peer, "--constraint", str(pins)]) for peer in peers}
    return python, {peer: reason for peer, reason in tried.items() if reason}


def _install(python: Path, what: Sequence[str]) -> str:
    """Why it did not install; empty when it did."""
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return f"not within {PATIENCE} s"
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return (errors or ["unknown"])[-1] if done.returncode else ""


def _figures(python: Path, part: str, options: Sequence[str]) -> list[Figure]:
    """The figures of one part; what peers print on the way is dropped unless the part fails."""
    target = python.parent / f"{part}.json"
    done = subprocess.run(
        [python, Path(__file__).resolve(), "--part", part, target, *options],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{part} failed:\n{done.stderr}")
    return named(json.loads(target.read_text(encoding="utf-8")), part)


def named(rows: Sequence[Figure], part: str) -> list[Figure]:
    """The figures, with the part named where a question speaks of all of them."""
    told = f"of {part.removeprefix('core_')}"
    return [
        {**row, "question": row["question"].replace("of all of the above", told)} for row in rows
    ]


def table(rows: Sequence[Figure]) -> Iterator[str]:
    """The figures as a Markdown table: a peer stands under the same question, with its ratio."""
    ours = {row["question"]: row["seconds"] for row in rows if row["who"] == "verband"}
    asked = list(dict.fromkeys(row["question"] for row in rows))
    yield f"| {' | '.join(HEAD)} |"
    yield f"|{'---|' * len(HEAD)}"
    for row in sorted(rows, key=lambda row: asked.index(row["question"])):
        base = ours.get(row["question"])
        ratio = ""
        if row["who"] != "verband" and base and row["seconds"]:
            ratio = f"{row['seconds'] / base:.3g} x the time"
        outcome = row["outcome"]
        cells = (
            row["question"],
            row["who"],
            _time(row["seconds"]),
            row["promise"],
            _kept(row),
            ratio,
            f"{outcome:.0f}" if isinstance(outcome, float) else str(outcome),
        )
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def _kept(row: Figure) -> str:
    """Whether the first limit of a promise, in s, ms or the unit of the question, is kept."""
    limit = re.match(r"< ([\d.]+) ?(ms)?", row["promise"])
    if limit is None:
        return ""
    most = float(limit[1]) / (1000 if limit[2] else 1)
    value = row["outcome"] if row["seconds"] is None else row["seconds"]
    return "yes" if value < most else "NO"


def _load() -> float | None:
    """How many processes wanted a core in the last minute, for each core."""
    if not hasattr(os, "getloadavg"):
        return None
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def _quietness(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return "load unknown"
    told = f"load for each core {before:.2f} before, {after:.2f} at the end (of which 1 core ours)"
    return told if before < QUIET else f"{told}: the machine was NOT quiet"


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parent.parent / "src"))
    sys.exit(main(sys.argv[1:]))
