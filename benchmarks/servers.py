"""What the measurements stand on: a database cluster of their own and a web server before it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
sys.path.insert(0, str(SOURCE))

from verband.site.launch.compile_messages import compile_all  # noqa: E402 - after the path
from verband.site.launch.postgres import Cluster  # noqa: E402


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster that keeps what it commits, as in production; gone afterwards."""
    compile_all()
    with tempfile.TemporaryDirectory(prefix="verband-bench-") as folder:
        Path(folder).chmod(0o755)
        with Cluster(Path(folder) / "c").in_use() as made:
            yield made


def create(made: Cluster, name: str) -> str:
    """A new database; its address."""
    run(
        [
            "-c",
            f"import psycopg; psycopg.connect({made.url('postgres')!r}, autocommit=True)"
            f".execute('CREATE DATABASE {name}')",
        ],
        {},
    )
    return made.url(name)


def environment(url: str, **more: str) -> dict[str, str]:
    """What our settings read, on the demo's day."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(SOURCE), str(HERE)]),
        "DJANGO_SETTINGS_MODULE": "verband.site.settings",
        "DATABASE_URL": url,
        "VERBAND_SECRET_KEY": "for the measurement only",
        "VERBAND_HOSTS": "localhost,127.0.0.1",
        "VERBAND_TODAY": "2017-10-30",
        "VERBAND_DEMO": "1",
        **more,
    }


def run(arguments: list[str], env: dict[str, str]) -> str:
    """Run our Python with these arguments; what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], env=env or None, text=True, capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{arguments[:3]}: {done.stderr[-2000:]}")
    return done.stdout


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def web(
    application: str, env: dict[str, str], *, workers: int = 2, threads: int = 4
) -> Iterator[int]:
    """The web server as ``./verband serve`` starts it, with another application if need be."""
    port = free_port()
    line = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    line += ["--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)]
    line += ["--preload", "--log-level", "warning", "--keep-alive", "15"]
    server = subprocess.Popen(line, env=env, cwd=HERE)
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise SystemExit("the web server did not start")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the web server does not answer")


def memory(port: int) -> float:
    """Megabytes of the largest web process that listens on the port."""
    largest = 0.0
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"127.0.0.1:{port}" in (entry / "cmdline").read_text():
                status = (entry / "status").read_text()
                kilobytes = next(
                    row for row in status.splitlines() if row.startswith("VmRSS")
                ).split()[1]
                largest = max(largest, int(kilobytes) / 1024)
    return largest


def answered(port: int, path: str) -> str:
    """A page, to warm up."""
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as found:
        return str(found.read().decode())


def told(arguments: list[str], env: dict[str, str]) -> object:
    """What a script printed as JSON on its last line."""
    return json.loads(run(arguments, env).strip().splitlines()[-1])
