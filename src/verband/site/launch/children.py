"""The processes that the demo starts: each in a group of its own, all stopped at the end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

PATIENCE = 10.0  # seconds between the request to stop and the end without asking
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Children:
    """Started processes. A terminal's Ctrl-C does not reach them: they are stopped in order."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a process that ends with us, even when we are killed (Linux)."""
        self.running[name] = subprocess.Popen(  # noqa: S603 - commands of our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # what they have to say is on their error stream
            start_new_session=True,
            preexec_fn=end_with_parent(),  # noqa: PLW1509 - no thread runs yet
        )

    def ended(self) -> str | None:
        """The name of a process that ended by itself, if one did."""
        return next((name for name, it in self.running.items() if it.poll() is not None), None)

    def stop(self) -> None:
        """Ask every group to stop; after a while, make it."""
        for child in self.running.values():
            signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
        for child in self.running.values():
            signal_group(child, signal.SIGKILL)  # whoever is left in the group
            child.wait()
        self.running.clear()


def signal_group(child: "subprocess.Popen[bytes]", number: int) -> None:
    """Send a signal to the group that the child leads."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def end_with_parent() -> Callable[[], object] | None:
    """What a child does before it begins, so that the system ends it when we are gone."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
