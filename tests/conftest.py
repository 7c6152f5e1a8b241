"""What every test may use: a database server, started when the first test asks for it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import django
import pytest
from django.utils import translation

import properties
from verband.kernel import clock
from verband.site.launch import testing

# Before any other conftest: those import models, and models need the settings.
testing.prepare_environment()
django.setup()
properties.settings.load_profile("check")

STARTED = datetime.now(UTC)
SHIFT = STARTED.replace(hour=14, minute=0) - STARTED


@pytest.fixture(autouse=True)
def _afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run begins at two in the afternoon, so that no test depends on the hour it is run."""
    monkeypatch.setattr(clock, "instant", lambda: datetime.now(UTC) + SHIFT)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Start the server before pytest-django makes the databases in it."""
    with testing.database():
        yield


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """A page in English leaves its language behind; the next test reads Dutch again."""
    yield
    translation.deactivate()
