"""What every test may use: a database server, started when the first test asks for it."""

from collections.abc import Iterator

import django
import pytest
from django.utils import translation

from verband.site.launch import testing

# Before any other conftest: those import models, and models need the settings.
testing.prepare_environment()
django.setup()


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
