"""A register with a fact of every kind, read on one day."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from integrations.register import Register, fill
from verband.kernel.sealing import seal
from verband.site.launch.demo_state import new_signing_key
from world import NOW, TODAY


@pytest.fixture
def register(db: None, settings: Any, tmp_path: Path) -> Register:
    """The filled register, sealed once."""
    settings.VERBAND_TODAY = TODAY
    path = tmp_path / "key.pem"
    path.write_bytes(new_signing_key())
    settings.VERBAND_SIGNING_KEY = path
    made = fill()
    seal(NOW)
    return made


@pytest.fixture
def client(register: Register) -> Client:
    """A visitor; a mistake of ours is an answer with status 500, as for every reader."""
    return Client(raise_request_exception=False)
