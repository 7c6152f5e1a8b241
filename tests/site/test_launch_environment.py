"""The Python environment is made once, and a half one is noticed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from verband.site.launch import environment
from verband.site.launch.paths import ROOT
from verband.site.launch.words import Unable


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment folder with a Python in it that does nothing but run."""
    place = tmp_path / "an environment"
    (place / "bin").mkdir(parents=True)
    python = place / "bin" / "python"
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    monkeypatch.setenv("VERBAND_VENV", str(place))
    return place


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was made and installed, instead of doing it."""
    done: list[str] = []
    monkeypatch.setattr(environment, "create", lambda folder: done.append("created"))
    monkeypatch.setattr(environment, "install", lambda folder, lock: done.append(lock))
    return done


def stamp(folder: Path, **content: str) -> None:
    (folder / environment.STAMP).write_text(json.dumps(content))


def test_an_environment_of_the_same_lock_is_left_alone(folder: Path, calls: list[str]) -> None:
    stamp(folder, base=environment.digest("base"))

    found = environment.ensure("base")

    assert found == folder / "bin" / "python"
    assert calls == []


def test_the_developers_environment_serves_the_demo_too(folder: Path, calls: list[str]) -> None:
    stamp(folder, dev=environment.digest("dev"))

    environment.ensure("base")

    assert calls == []


def test_a_changed_lock_is_installed_over_what_is_there(folder: Path, calls: list[str]) -> None:
    stamp(folder, base="of an older lock")

    environment.ensure("base")

    assert calls == ["base"]
    assert environment.holds(folder, "base")


def test_an_interrupted_install_is_noticed_and_begun_again(folder: Path, calls: list[str]) -> None:
    stamp(folder, installing="base")

    environment.ensure("base")

    assert calls == ["created", "base"]


def test_an_interrupted_install_leaves_a_stamp_that_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(folder: Path, lock: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "install", interrupted)

    with pytest.raises(KeyboardInterrupt):
        environment.make(folder, "base")

    assert environment.read_stamp(folder) == {"installing": "base"}
    assert not environment.holds(folder, "base")


def test_an_environment_whose_python_is_gone_is_made_again(folder: Path, calls: list[str]) -> None:
    stamp(folder, base=environment.digest("base"))
    (folder / "bin" / "python").unlink()

    environment.ensure("base")

    assert calls == ["created", "base"]


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "no disk space left"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "not permitted"),
        ("NewConnectionError: Temporary failure in name resolution", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "differs from the one"),
        ("ERROR: No matching distribution found for numpy", "no build for this machine"),
        ("ERROR: something else", "last lines of"),
    ],
)
def test_what_stops_the_install_is_said_in_one_sentence(
    folder: Path, complaint: str, sentence: str
) -> None:
    (folder / "bin" / "python").write_text(f'#!/bin/sh\necho "{complaint}"\nexit 1\n')

    with pytest.raises(Unable, match=sentence) as refusal:
        environment.install(folder, "base")

    assert "\n" not in str(refusal.value)


def test_the_developers_lock_holds_all_of_the_base_lock() -> None:
    pins = {
        lock: set(re.findall(r"^[a-z0-9._-]+==\S+", environment.lock_path(lock).read_text(), re.M))
        for lock in ("base", "dev")
    }

    assert pins["base"] <= pins["dev"]


def shell(path: str, *arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/bin/sh", str(ROOT / "verband"), *arguments],
        env={"PATH": path}, cwd=cwd, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_python_on_the_path_that_fails_is_passed_over(tmp_path: Path) -> None:
    shim = tmp_path / "python3"
    shim.write_text("#!/bin/sh\necho 'version not installed' >&2\nexit 127\n")
    shim.chmod(0o755)
    (tmp_path / "python3.11").symlink_to(sys._base_executable)

    done = shell(f"{tmp_path}:/usr/bin:/bin", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ./verband COMMAND")


def test_without_any_python_one_sentence_is_said(tmp_path: Path) -> None:
    for name in ("dirname", "readlink"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")

    done = shell(str(tmp_path), "demo", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr


def test_an_unknown_word_is_answered_with_the_nearest(tmp_path: Path) -> None:
    done = shell(os.environ["PATH"], "dmeo", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == "There is no command 'dmeo'; did you mean 'demo'?\n"
