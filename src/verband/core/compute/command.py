"""What a command is: a name, one line of help, options, and a function from a file to numbers."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """One word after ``verband compute``.

    ``run`` gets the file and the options and returns a mapping that is ready for JSON; exact
    values are written by ``verband.core.compute.writing.exact``. ``table`` turns that mapping into
    text for a reader; without it a plain rendering is used.

    >>> Command("size", "How large is this file?", lambda parser: None,
    ...         lambda path, options: {"bytes": path.stat().st_size}).name
    'size'
    """

    name: str
    summary: str
    options: Callable[[ArgumentParser], None]
    run: Callable[[Path, Namespace], Mapping[str, object]]
    table: Callable[[Mapping[str, object]], str] | None = None
