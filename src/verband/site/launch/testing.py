"""The tests' database and environment, the same under ``./verband test`` and plain ``pytest``."""

import contextlib
import os
from collections.abc import Iterator

from verband.site.launch.compile_messages import compile_all
from verband.site.launch.paths import data_folder
from verband.site.launch.postgres import Cluster


def own_server() -> bool:
    """Whether the environment names a server, so that none is started."""
    return "DATABASE_URL" in os.environ or "PGHOST" in os.environ


def cluster() -> Cluster:
    """The cluster of the tests: fresh at every start, not safe from a power cut."""
    return Cluster(data_folder() / "test", durable=False)


def prepare_environment() -> None:
    """Set what the settings read, and compile; to be called before Django reads either.

    Every run has its own database name, so that two runs at once do not meet.
    """
    compile_all()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verband.site.settings")
    os.environ["VERBAND_TESTING"] = "true"
    os.environ.setdefault("VERBAND_SECRET_KEY", "for the tests only")
    os.environ.setdefault("VERBAND_TEST_RUN", str(os.getpid()))
    if not own_server():
        os.environ["VERBAND_TEST_SERVER"] = "embedded"
        os.environ["DATABASE_URL"] = cluster().url("postgres")


@contextlib.contextmanager
def database() -> Iterator[None]:
    """Run the server while the tests use it; nothing when the environment names one."""
    if os.environ.get("VERBAND_TEST_SERVER") != "embedded":
        yield
        return
    with cluster().in_use():
        yield
