"""``./verband compute WHAT FILE``: the algorithms on a file."""

import runpy
import sys
from collections.abc import Sequence


def run(word: str, arguments: Sequence[str]) -> int:
    """Hand over to ``verband.core.compute``, which leaves by itself."""
    sys.argv = [f"verband {word}", *arguments]
    runpy.run_module("verband.core.compute", run_name="__main__")
    return 0
