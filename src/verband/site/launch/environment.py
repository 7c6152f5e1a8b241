"""The Python environment, made from a lock file and remade only when the lock has changed.

A stamp inside the environment says which lock it holds. It reads *installing* until the last
package is in, so that an interrupted install is noticed. Only the standard library is used here.
"""

import errno
import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verband.site.launch.paths import ROOT, environment_folder
from verband.site.launch.words import Unable, cannot_write, is_full, say

STAMP = "verband.json"
INSTALLING = "installing"

# Words in pip's complaint -> what to tell. The first that fits is told.
COMPLAINTS = (
    (("No space left", "Disk quota"), "there is no disk space left at {place}"),
    (("Permission denied", "Read-only file system"), "writing in {place} is not permitted"),
    (("DO NOT MATCH THE HASHES",), "a package differs from the one that was locked"),
    (
        ("Temporary failure in name", "NewConnectionError", "Max retries", "ProxyError"),
        "the package index cannot be reached; check the network and start again",
    ),
    (("No matching distribution",), "a package has no build for this machine and this Python"),
)


def lock_path(lock: str) -> Path:
    """The lock file called ``lock`` (``base`` or ``dev``)."""
    return ROOT / "requirements" / f"{lock}.lock"


def interpreter_of(folder: Path) -> Path:
    """The Python inside the environment."""
    return folder / "bin" / "python"


def inside(interpreter: Path) -> bool:
    """Whether this process already runs in that environment."""
    return Path(sys.prefix).samefile(interpreter.parent.parent)


def ensure(lock: str) -> Path:
    """Return the environment's Python, after making or completing the environment if needed.

    Raises: Unable, when it cannot be made.
    """
    folder = environment_folder()
    if not holds(folder, lock):
        with one_at_a_time(folder):
            if not holds(folder, lock):
                make(folder, lock)
    return interpreter_of(folder)


def holds(folder: Path, lock: str) -> bool:
    """Whether the environment has everything of the lock; ``dev`` has all of ``base``."""
    stamp = read_stamp(folder)
    if not any(stamp.get(name) == digest(name) for name in (lock, "dev")):
        return False
    return os.access(interpreter_of(folder), os.X_OK)


def read_stamp(folder: Path) -> dict[str, str]:
    """What the stamp says: lock name to digest; empty when there is none or it is broken."""
    try:
        return dict(json.loads((folder / STAMP).read_text()))
    except (OSError, ValueError):
        return {}


def digest(lock: str) -> str:
    """The lock file's SHA-256."""
    return hashlib.sha256(lock_path(lock).read_bytes()).hexdigest()


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one start prepare the environment while others wait; freed by the system on a kill."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise cannot_write(error, folder) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is preparing the Python environment; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make(folder: Path, lock: str) -> None:
    """Make the environment, or complete the one that is there, from the lock file."""
    stamp = read_stamp(folder)
    try:
        if INSTALLING in stamp or not usable(folder):
            say("Preparing the Python environment; this happens once.")
            (folder / STAMP).write_text(json.dumps({INSTALLING: lock}))
            create(folder)
        else:
            say("Bringing the Python environment up to date.")
        (folder / STAMP).write_text(json.dumps({INSTALLING: lock}))
        install(folder, lock)
        (folder / STAMP).write_text(json.dumps({lock: digest(lock)}))
    except OSError as error:
        raise cannot_write(error, folder) from error


def usable(folder: Path) -> bool:
    """Whether the environment's Python runs, is of this version, and has pip."""
    version = f"import sys, pip; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    try:
        done = subprocess.run(  # noqa: S603 - the environment's own Python
            [interpreter_of(folder), "-c", version], capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def create(folder: Path) -> None:
    """Make an empty environment in ``folder``, clearing an unfinished one.

    Raises: Unable, when this Python was installed without the means to.
    """
    base = getattr(sys, "_base_executable", sys.executable)
    clear_unfinished = [base, "-m", "venv", "--clear", str(folder)]
    done = subprocess.run(clear_unfinished, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode == 0:
        return
    if is_full(folder):
        raise cannot_write(OSError(errno.ENOSPC, ""), folder)
    complaint = done.stdout + done.stderr
    for words, sentence in COMPLAINTS[:2]:
        if any(word in complaint for word in words):
            raise Unable(f"The Python environment was not made: {sentence.format(place=folder)}.")
    release = ".".join(map(str, sys.version_info[:2]))
    raise Unable(
        f"Python {release} here cannot make environments; install its venv module (on Debian and "
        f"Ubuntu the package python{release}-venv) and start again."
    )


def install(folder: Path, lock: str) -> None:
    """Install exactly what the lock names, wheels only: no compiler is needed.

    Raises: Unable, with the reason in one sentence.
    """
    log = folder / "install.log"
    with log.open("w") as output:
        command = [
            str(interpreter_of(folder)), "-m", "pip", "install", "--require-hashes",
            "--only-binary", ":all:", "--no-input", "--no-deps", "--disable-pip-version-check",
            "--progress-bar", "off", "--requirement", str(lock_path(lock)),
        ]  # fmt: skip
        done = subprocess.run(command, stdout=output, stderr=output, check=False)  # noqa: S603
    if done.returncode == 0:
        return
    complaint = log.read_text(errors="replace")
    for words, sentence in COMPLAINTS:
        if any(word in complaint for word in words):
            reason = sentence.format(place=folder)
            raise Unable(f"The Python packages were not installed: {reason}. Details: {log}")
    raise Unable(f"The Python packages were not installed; see the last lines of {log}.")
