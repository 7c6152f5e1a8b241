"""One demo per data folder, known by a lock that the system frees when the process ends."""

import contextlib
import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from verband.site.launch.words import Unable, cannot_write


@contextlib.contextmanager
def only_one(folder: Path, address: str) -> Iterator[None]:
    """Be the demo of this folder. Raises: Unable, with the address of the one there is."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise cannot_write(error, folder) from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            there = os.read(lock, 200).decode(errors="replace").strip()
            raise Unable(
                f"A demo with this data folder already runs at {there}; use that one, stop it "
                "first, or set VERBAND_DATA to another folder."
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, address.encode(), 0)
        yield
    finally:
        os.close(lock)


def check_port(host: str, port: int) -> None:
    """Refuse a port that is taken or not ours to take, and name one that is free.

    Raises: Unable.
    """
    reason = why_not(host, port)
    if reason is None:
        return
    free = next((other for other in range(port + 1, port + 200) if not why_not(host, other)), 0)
    if not free:
        with socket.socket() as probe:
            probe.bind((host, 0))
            free = probe.getsockname()[1]
    raise Unable(f"Port {port} {reason}; start with --port {free}, which is free.")


def why_not(host: str, port: int) -> str | None:
    """Why the port cannot be used, in words; None when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return "is taken"
            if error.errno == errno.EACCES:
                return "may only be used by root"
            return f"cannot be used ({error.strerror})"
        except OverflowError:
            return "does not exist"
    return None
