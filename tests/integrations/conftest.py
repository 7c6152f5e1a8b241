"""A register with a fact of every kind, made once for each module of tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from integrations.register import Register, fill
from verband.kernel.sealing import seal
from verband.site.launch.demo_state import new_signing_key
from world import NOW, TODAY


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Register, Any]]:
    """The filled register, sealed once; gone after the module."""
    path = tmp_path_factory.mktemp("keys") / "key.pem"
    path.write_bytes(new_signing_key())
    around: Any = transaction.atomic()
    around._from_testcase = True  # a use case inside it may be the outermost transaction of its own
    with django_db_blocker.unblock(), around, pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.VERBAND_SIGNING_KEY", path)
        made = fill()
        seal(NOW)
        yield made, path
        transaction.set_rollback(True)


@pytest.fixture
def register(filled: tuple[Register, Any], db: None, settings: Any) -> Register:
    """The filled register on its day; what a test changes is undone after it."""
    made, path = filled
    settings.VERBAND_TODAY = TODAY
    settings.VERBAND_SIGNING_KEY = path
    return made


@pytest.fixture
def client(register: Register) -> Client:
    """A visitor; a mistake of ours is an answer with status 500, as for every reader."""
    return Client(raise_request_exception=False)
