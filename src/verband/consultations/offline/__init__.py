"""The script that verifies a published roll-call without Verband.

In the repository ``verify_vote.py`` imports the tree and the signatures from the kernel's script,
so that they exist once. ``script`` gives the one file that people take away: the import is replaced
by the text of that script, from its own imports to its mark.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
KERNEL = FOLDER.parent.parent / "kernel" / "offline" / "verify_bundle.py"
IMPORT = "from verband.kernel.offline.verify_bundle import ("
BEGIN, MARK = "import argparse\n", "# As far as here verify_vote.py takes this text over"


def script() -> str:
    """``verify_vote.py`` in one file, with the standard library only."""
    own = (FOLDER / "verify_vote.py").read_text(encoding="utf-8")
    kernel = KERNEL.read_text(encoding="utf-8")
    shared = kernel[kernel.index(BEGIN) : kernel.index(MARK)]
    before, _, rest = own.partition(IMPORT)
    own_part = rest.partition(")")[2]
    return f"{before}\n# Shared with verify_bundle.py, word for word:\n{shared}{own_part}"
