"""Where things are: the checkout, its environment, its data folder."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
SOURCE = ROOT / "src"


def environment_folder() -> Path:
    """The Python environment: ``$VERBAND_VENV``, else ``.venv`` in the checkout."""
    return Path(os.environ.get("VERBAND_VENV") or ROOT / ".venv").absolute()


def data_folder() -> Path:
    """What the demo keeps: ``$VERBAND_DATA``, else ``.verband`` in the checkout."""
    return Path(os.environ.get("VERBAND_DATA") or ROOT / ".verband").absolute()
