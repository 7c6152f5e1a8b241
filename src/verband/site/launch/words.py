"""How the launcher speaks: one full sentence on the error stream, then it stops."""

import errno
import shutil
import sys
from pathlib import Path
from typing import NoReturn

FULL = 20_000_000  # bytes


class Unable(Exception):
    """Something outside the program is in the way; ``str()`` is the one sentence to print."""


def stop(sentence: str, *, code: int = 1) -> NoReturn:
    """Print the sentence and leave with ``code``."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(code)


def say(line: str) -> None:
    """Print one line at once, also into a pipe."""
    print(line, flush=True)


def is_full(place: Path) -> bool:
    """Whether so little is free there that this is why a program of others failed."""
    return shutil.disk_usage(place).free < FULL


def cannot_write(error: OSError, place: Path) -> Unable:
    """The sentence for a file system that refuses, by its reason.

    >>> str(cannot_write(OSError(28, "No space left on device"), Path("/data")))
    'There is no disk space left at /data; free some and start again.'
    """
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Unable(f"There is no disk space left at {place}; free some and start again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Unable(
            f"Writing in {place} is not permitted; make it writable, or set VERBAND_VENV and "
            "VERBAND_DATA to folders of your own."
        )
    return Unable(f"Writing in {place} failed: {error.strerror or error}.")
