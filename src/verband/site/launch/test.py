"""``./verband test``: every check, each under its own heading; nothing is skipped.

``lint`` is what reads the code, ``core`` the rules without a database, ``unit`` these and the apps
on PostgreSQL, ``journeys`` people's paths in a real browser, ``faults`` a vote during which web
server, worker and database are killed. What follows goes to pytest, as in
``./verband test core -k banzhaf``.
"""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verband.site.launch import testing
from verband.site.launch.chromium import find_or_install
from verband.site.launch.paths import ROOT
from verband.site.launch.words import Unable, say

PARTS = {
    "lint": {"lint"},
    "core": {"core"},
    "unit": {"core", "apps"},
    "journeys": {"journeys"},
    "faults": {"faults"},
}
NOTHING_COLLECTED = 5  # pytest's exit status
PASSED = re.compile(rb"(\d+) passed")


@dataclass(frozen=True)
class Step:
    """One check: its heading, the part it belongs to, its line.

    A line that begins with a dash follows ``python``; another begins with a program of the
    environment.
    """

    heading: str
    part: str
    line: str

    @property
    def command(self) -> list[str]:
        """The words of the line, without a shell."""
        words = shlex.split(self.line)
        if self.line.startswith("-"):
            return [sys.executable, *words]
        return [str(Path(sys.executable).with_name(words[0])), *words[1:]]

    @property
    def is_pytest(self) -> bool:
        """Whether it counts tests and takes pytest's options."""
        return self.line.startswith("-m pytest ")


RELEASE = f"{sys.version_info.major}.{sys.version_info.minor}"  # numpy's types differ by release
CORE = "--doctest-modules tests/core src/verband/core"
NOT_CORE = "--ignore=tests/core --ignore=src/verband/core"
BY_THEMSELVES = "--ignore=tests/journeys --ignore=tests/faults"
STEPS = (
    Step("Layout of the code (ruff format)", "lint", "-m ruff format --check src tests benchmarks"),
    Step("Code (ruff)", "lint", "-m ruff check src tests benchmarks"),
    Step("Layout of the templates (djade)", "lint", "djade --check"),
    Step("Types (mypy)", "lint", f"-m mypy --python-version {RELEASE} -p verband"),
    Step(
        "Who may import whom (import-linter)",
        "lint",
        "-c 'from importlinter.cli import lint_imports_command as check; check()' --no-logo",
    ),
    Step("Translations", "lint", "-m verband.site.launch messages --check"),
    Step("Migrations", "lint", "-m django makemigrations --check --dry-run"),
    Step(
        "The core, without a database",
        "core",
        f"-m pytest -n 2 -p no:django -p no:playwright --confcutdir=tests/core {CORE}",
    ),
    Step(
        "The apps on PostgreSQL, and the examples in the documentation",
        "apps",
        f"-m pytest -n 2 -p no:playwright --doctest-modules --doctest-glob=*.md {NOT_CORE} "
        f"{BY_THEMSELVES} "
        "--ignore-glob=*/migrations/* tests src/verband docs",
    ),
    Step("Journeys, in a real browser", "journeys", "-m pytest -n 2 tests/journeys"),
    Step(
        "Votes while everything is killed",
        "faults",
        "-m pytest -n 0 -p no:playwright tests/faults",
    ),
)


def run(word: str, arguments: Sequence[str]) -> int:
    """Run the steps asked for; 1 when one of them failed."""
    part, options = chosen(arguments)
    steps = [step for step in STEPS if part is None or step.part in PARTS[part]]
    begun = time.monotonic()
    os.chdir(ROOT)
    if any(step.part == "journeys" for step in steps):
        os.environ["VERBAND_CHROMIUM"] = str(find_or_install())
    testing.prepare_environment()
    if all(step.part == "core" for step in steps):
        passed, failed = run_all(steps, options)
    else:
        with testing.database():
            passed, failed = run_all(steps, options)
    for heading in failed:
        say(f"Failed: {heading}")
    verdict = f"{len(failed)} of {len(steps)} checks failed, " if failed else ""
    say(f"===== {verdict}{passed} passed in {time.monotonic() - begun:.2f}s =====")
    return 1 if failed else 0


def chosen(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The part asked for, and what goes to pytest. Raises: Unable, for an unknown part."""
    if not arguments or arguments[0].startswith("-"):
        return None, list(arguments)
    if arguments[0] not in PARTS:
        raise Unable(f"There is no part '{arguments[0]}'; the parts are {', '.join(PARTS)}.")
    return arguments[0], list(arguments[1:])


def run_all(steps: Sequence[Step], options: Sequence[str]) -> tuple[int, list[str]]:
    """Run every step, also after a failure: tests that passed, headings of what failed."""
    passed, failed = 0, []
    for step in steps:
        if options and not step.is_pytest:
            continue
        say(f"\n── {step.heading}")
        begun = time.monotonic()
        count, status = run_step(step, options)
        passed += count
        good = status == 0 or bool(options and status == NOTHING_COLLECTED)
        if not good:
            failed.append(step.heading)
        say(f"{'good' if good else 'FAILED'}, {time.monotonic() - begun:.1f} s")
    say("")
    return passed, failed


def run_step(step: Step, options: Sequence[str]) -> tuple[int, int]:
    """Tests that passed, and the exit status."""
    command = step.command + list(options if step.is_pytest else [])
    if step.line.startswith("djade"):
        command += templates()
    process = subprocess.Popen(  # noqa: S603 - commands of our own
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    tail = forward(process)
    return (int(PASSED.findall(tail)[-1]) if PASSED.search(tail) else 0), process.wait()


def forward(process: "subprocess.Popen[bytes]") -> bytes:
    """Print what a step says, as it says it; return the end, where the counts stand."""
    tail = b""
    while process.stdout and (chunk := os.read(process.stdout.fileno(), 65536)):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        tail = (tail + chunk)[-4000:]
    return tail


def templates() -> list[str]:
    """Every template we wrote."""
    found = (ROOT / "src" / "verband").glob("*/templates/**/*.html")
    return sorted(str(path.relative_to(ROOT)) for path in found)
