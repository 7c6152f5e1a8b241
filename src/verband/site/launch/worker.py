"""``./verband worker``: the work that waits for a clock; any number of them may run."""

import os
import sys
from collections.abc import Sequence

from verband.site.launch.check import check
from verband.site.launch.compile_messages import compile_all


def command() -> list[str]:
    """The worker's command line."""
    return [sys.executable, "-m", "verband.site.launch.work"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Check, then become the worker."""
    compile_all()
    check()
    line = [*command(), *arguments]
    os.execv(line[0], line)  # noqa: S606 - our own interpreter
