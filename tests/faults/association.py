"""A whole association in processes of its own, each of which can be killed and started again."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg

from verband.site.launch import web, worker
from verband.site.launch.children import end_with_parent
from verband.site.launch.demo_state import new_signing_key
from verband.site.launch.postgres import Cluster

TESTS = Path(__file__).parents[1]
LONGEST = 120  # seconds for one command
ASK = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args)
    VALUES ('default', 'verband.kernel.tasks.seal_audit_lines', '{"timestamp": 0}')
"""


class Association:
    """Its database, web server and worker. ``killed`` counts what was killed, and how often."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "c")
        self.uses = contextlib.ExitStack()
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.killed: Counter[str] = Counter()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "key.pem").write_bytes(new_signing_key())
        self.env = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)]),
            "DATABASE_URL": self.cluster.url("postgres"),
            "VERBAND_SIGNING_KEY": str(folder / "key.pem"),
            "DJANGO_SETTINGS_MODULE": "verband.site.settings",
            "VERBAND_SECRET_KEY": "for the tests only",
            "VERBAND_TESTING": "true",
            "VERBAND_HOSTS": "127.0.0.1",
            "VERBAND_TODAY": "2017-10-30",
            "VERBAND_LOG_LEVEL": "ERROR",
        }

    def say(self, *arguments: str, given: str = "") -> str:
        """Run our Python with these arguments; the last line of what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.env,
            cwd=TESTS,
            input=given,
            text=True,
            capture_output=True,
            check=False,
            timeout=LONGEST,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout[-1000:]}{done.stderr[-3000:]}"
        return (done.stdout.strip().splitlines() or [""])[-1]

    def start(self, name: str) -> None:
        """Start the database, the web server or the worker."""
        if name == "database":
            self.uses.enter_context(self.cluster.in_use())
            return
        binds = [f"127.0.0.1:{self.port}"]
        lines = {"web": web.command(binds, workers=2, threads=4), "worker": worker.command()}
        with self.log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(
                lines[name],
                env=self.env,
                cwd=TESTS,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(),  # noqa: PLW1509 - no thread of ours holds a lock
            )

    def log(self, name: str) -> Path:
        """What the web server or the worker said."""
        return self.folder / f"{name}.log"

    def await_web(self) -> None:
        """Wait until the web server listens."""
        end = time.monotonic() + LONGEST
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            assert self.running["web"].poll() is None, self.log("web").read_text()[-3000:]
            assert time.monotonic() < end, "the web server does not listen"
            time.sleep(0.05)

    def kill(self, names: tuple[str, ...], chance: random.Random) -> None:
        """SIGKILL for these and all their children, at one moment; then start them again."""
        if "worker" in names:  # while it seals: that is what it may not leave half done
            self.ask_for_a_seal()
            time.sleep(chance.uniform(0.0, 0.1))
        for name in names:
            self._kill(name)
        for name in ("database", "worker", "web"):
            if name in names:
                self.start(name)
                self.killed[name] += 1

    def ask_for_a_seal(self) -> None:
        """Give the worker its work of every minute now."""
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(ASK)

    def _kill(self, name: str) -> None:
        if name == "database":
            self._kill_database()
            return
        process = self.running[name]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(LONGEST)

    def _kill_database(self) -> None:
        number = int((self.cluster.data / "postmaster.pid").read_text().splitlines()[0])
        postmaster = psutil.Process(number)
        backends = postmaster.children()
        for process in (postmaster, *backends):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs([postmaster, *backends], timeout=LONGEST)
        self.uses.close()  # nothing is left to stop; the next use starts it

    def stop(self) -> None:
        """Leave nothing running."""
        for name in self.running:
            self._kill(name)
        self.uses.close()


@contextlib.contextmanager
def at_work(folder: Path) -> Iterator[Association]:
    """An association with an empty, migrated register; only its database runs.

    Whoever ends the tests politely leaves nothing running either.
    """
    made = Association(folder)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        made.start("database")
        made.say("-m", "django", "migrate", "-v0")
        made.say("-m", "django", "createcachetable")
        yield made
    finally:
        made.stop()
        signal.signal(signal.SIGTERM, before)
