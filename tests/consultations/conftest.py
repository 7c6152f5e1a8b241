"""An association that votes."""

import pytest

from consultations.council import Council, council


@pytest.fixture
def made(db: None) -> Council:
    """Six municipalities, a board, and a rule for each kind of question."""
    return council()
