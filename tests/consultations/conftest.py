"""An association that votes."""

from pathlib import Path
from typing import Any

import pytest

from consultations.council import Council, council
from consultations.published import Published, cast_and_close
from verband.consultations.queries.frozen import forget
from verband.site.launch.demo_state import new_signing_key


@pytest.fixture
def made(db: None) -> Council:
    """Six municipalities, a board, and a rule for each kind of question."""
    forget()  # the test before had consultations with the same numbers
    return council()


@pytest.fixture
def signing_key(settings: Any, tmp_path: Path) -> Path:
    """A key with which the audit tree is signed."""
    path = tmp_path / "key.pem"
    path.write_bytes(new_signing_key())
    settings.VERBAND_SIGNING_KEY = path
    return path


@pytest.fixture
def published(made: Council, signing_key: Path) -> Published:
    """A vote of six members of whom four voted, one of them twice."""
    return cast_and_close(made)
