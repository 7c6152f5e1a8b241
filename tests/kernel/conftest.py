"""A signing key, and a small history with two checkpoints."""

from datetime import date

import pytest

from kernel.audited import CORRECT, FOUND, NOW, RENAME, do
from verband.kernel.sealing import seal
from verband.site.launch.demo_state import new_signing_key


@pytest.fixture
def signing_key(settings, tmp_path):
    path = tmp_path / "key.pem"
    path.write_bytes(new_signing_key())
    settings.VERBAND_SIGNING_KEY = path
    return path


@pytest.fixture
def history(signing_key):
    """Five lines in two checkpoints: three foundings, a rename, a correction."""
    facts = [do(FOUND, key=f"gm{number}", name=f"Gemeente {number}") for number in range(3)]
    seal(NOW)
    after = do(RENAME, fact=facts[0], day=date(2018, 1, 1), name="Nieuwe gemeente")
    do(CORRECT, fact=facts[1], name="Goed geschreven")
    seal(NOW)
    return [*facts, after]
