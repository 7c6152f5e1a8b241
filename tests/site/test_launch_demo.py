"""The demo's start: one at a time, a free port, a load that is whole or begun again."""

import errno
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from verband.site.launch import demo, demo_state
from verband.site.launch.children import Children
from verband.site.launch.demo_state import Demo
from verband.site.launch.instance import check_port, only_one
from verband.site.launch.words import Unable, cannot_write


def test_a_second_demo_is_told_where_the_first_is(tmp_path: Path) -> None:
    second = only_one(tmp_path, "http://localhost:8001")
    refusal = pytest.raises(Unable, match="already runs at http://localhost:8000;")

    with only_one(tmp_path, "http://localhost:8000"), refusal:
        second.__enter__()

    with only_one(tmp_path, "http://localhost:8002"):
        assert (tmp_path / "demo.lock").read_text() == "http://localhost:8002"


def test_a_taken_port_is_answered_with_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Unable, match=f"Port {port} is taken; start with --port") as refusal:
            check_port("127.0.0.1", port)

    free = int(str(refusal.value).split("--port ")[1].split(",")[0])
    check_port("127.0.0.1", free)


def test_a_port_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Unable, match="does not exist"):
        check_port("127.0.0.1", 99_999)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no disk space left"),
        (errno.EACCES, "not permitted"),
        (errno.EROFS, "not permitted"),
        (errno.EIO, "failed"),
    ],
)
def test_a_disk_that_refuses_is_one_sentence(number: int, words: str) -> None:
    said = str(cannot_write(OSError(number, "of the system"), Path("/data")))

    assert words in said
    assert "\n" not in said


def test_too_little_space_is_said_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBAND_DATA", str(tmp_path))
    monkeypatch.setattr(demo, "LEAST_SPACE", 10**18)

    with pytest.raises(Unable, match="less than 500 MB free"):
        demo.demonstrate(demo.read(["--port", "0"]))

    assert not (tmp_path / "pg").exists()


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The demo of this test loads nothing, and tells when it was asked to."""
    done: list[date] = []

    def load(self: Demo, output: io.StringIO, today: date) -> None:
        done.append(today)
        self._mark(demo_state.TABLE)
        self._mark("INSERT INTO verband_demo (begun, day) VALUES (now(), %s)", today)
        if len(done) > 1 or today == demo_state.FIRST_DAY:
            self._mark("UPDATE verband_demo SET loaded = now()")

    monkeypatch.setattr(Demo, "_load", load)
    monkeypatch.setattr(demo_state, "run_command", lambda *words: None)
    for name in ("VERBAND_TODAY", "DATABASE_URL", "VERBAND_BASE_URL", "EMAIL_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return done


def test_a_second_start_keeps_what_was_done_and_the_day(tmp_path: Path, loads: list[date]) -> None:
    it = Demo(tmp_path)
    with it.cluster.in_use():
        it.set_environment()
        it.prepare(io.StringIO())
        it.set_environment(day=date(2018, 1, 1))
        it.prepare(io.StringIO())
        del os.environ["VERBAND_TODAY"]
        it.set_environment()

    assert loads == [date(2017, 10, 30)]
    assert os.environ["VERBAND_TODAY"] == "2018-01-01"


def test_a_half_load_is_noticed_and_begun_again(tmp_path: Path, loads: list[date]) -> None:
    it, said = Demo(tmp_path), io.StringIO()
    with it.cluster.in_use():
        it.set_environment(day=date(2018, 1, 1))
        it.prepare(said)
        assert it.state() is not None
        it.prepare(said)
        state = it.state()

    assert said.getvalue() == "The first load was interrupted; starting over.\n"
    assert state is not None
    assert state.loaded is not None
    assert len(loads) == 2


def test_a_second_start_waits_while_the_first_loads(tmp_path: Path) -> None:
    it, said, order = Demo(tmp_path), io.StringIO(), []

    def second() -> None:
        with it.alone(said):
            order.append("second")

    waiting = threading.Thread(target=second)
    with it.alone():
        waiting.start()
        while not said.getvalue():
            time.sleep(0.01)
        order.append("first")
    waiting.join(10)

    assert order == ["first", "second"]
    assert said.getvalue() == "Another start is loading the data; waiting for it.\n"


@pytest.mark.parametrize("text", ["30-10-2017", "2017-13-01", "x"])
def test_a_day_of_the_environment_that_is_none_is_one_sentence(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBAND_TODAY", text)

    with pytest.raises(Unable, match="write it as 2017-10-30"):
        demo_state.day_of_environment()


def test_keys_are_made_once_and_only_we_may_read_them(tmp_path: Path, loads: list[date]) -> None:
    it = Demo(tmp_path)
    with it.cluster.in_use():
        it.set_environment()
        first = os.environ["VERBAND_SECRET_KEY"], (tmp_path / "signing-key.pem").read_bytes()
        it.set_environment()

    assert first == (
        os.environ["VERBAND_SECRET_KEY"],
        (tmp_path / "signing-key.pem").read_bytes(),
    )
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert (tmp_path / "signing-key.pem").stat().st_mode & 0o077 == 0


def test_stopping_ends_the_whole_group_and_nothing_else(tmp_path: Path) -> None:
    bystander = subprocess.Popen(["sleep", "60"])
    children = Children()
    noted = tmp_path / "grandchild"
    script = f"sleep 60 & echo $! > '{noted}'; wait"
    children.start("a shell", ["/bin/sh", "-c", script])
    while not (noted.exists() and noted.read_text().strip()):
        time.sleep(0.01)

    children.stop()

    assert not alive(int(noted.read_text()))
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_children_end_when_we_are_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from verband.site.launch.children import Children\n"
        "it = Children(); it.start('sleep', ['sleep', '60'])\n"
        "print(it.running['sleep'].pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env=dict(os.environ) | SOURCE
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)

    assert not alive(child)


SOURCE = {"PYTHONPATH": str(Path(demo.__file__).parents[3])}


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
