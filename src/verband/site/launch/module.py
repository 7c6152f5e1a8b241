"""``./verband compute WHAT FILE`` and the like: modules that need no database."""

import runpy
import sys
from collections.abc import Sequence

MODULES = {
    "compute": "verband.core.compute",
    "hexes": "verband.reference.hexes",
    "verify-vote": "verband.consultations.offline.verify_vote",
}


def run(word: str, arguments: Sequence[str]) -> int:
    """Hand over to the module, which leaves by itself."""
    sys.argv = [f"./verband {word}", *arguments]
    runpy.run_module(MODULES[word], run_name="__main__", alter_sys=False)
    return 0
