"""What others made: whole, named, and licensed."""

import hashlib
import tomllib
from pathlib import Path

import pytest

import verband.ui

VENDOR = Path(verband.ui.__file__).parent / "static" / "ui" / "vendor"
FONTS = Path(verband.ui.__file__).parents[1] / "consultations" / "documents" / "fonts"


@pytest.mark.parametrize(
    "folder", [*sorted(VENDOR.iterdir()), *FONTS.iterdir()], ids=lambda it: it.name
)
def test_vendored_files_are_the_ones_that_were_written_down(folder):
    told = tomllib.loads((folder / "VENDOR.toml").read_text())

    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "VENDOR.toml"
    }

    assert found == told["sha256"]
    assert folder.name.endswith(told["version"])
    assert told["licence"] in {"OFL-1.1", "MIT", "EUPL-1.2"}
    assert "LICENSE" in found
