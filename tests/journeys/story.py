"""The reference association in databases of its own: loaded once, copied for whoever changes it.

The workers of one run share the loaded story. Nobody is connected to it, so that a copy takes a
quarter of a second.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from verband.reference.story import load

TODAY = date(2017, 10, 30)


def order(*statements: str) -> None:
    """Say something about databases to the server, from outside all of them."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Let this process use another database, in every thread."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def copied(template: str, name: str) -> Iterator[str]:
    """A copy of a database, for as long as it is needed."""
    order(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield name
    finally:
        order(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def loaded(name: str, folder: Path) -> Iterator[str]:
    """The story, loaded by whoever comes first and dropped by whoever leaves last."""
    with _counting(folder / f"{name}.users") as users:
        if users.add(1) == 1:
            order(f'CREATE DATABASE "{name}"')
            with working_in(name):
                call_command("migrate", verbosity=0)
                call_command("createcachetable")
                load(_in_silence, TODAY)
    try:
        yield name
    finally:
        with _counting(folder / f"{name}.users") as users:
            if users.add(-1) == 0:
                order(f'DROP DATABASE "{name}" WITH (FORCE)')


def _in_silence(*_: Any) -> None:
    """Nobody watches."""


class _Users:
    """How many workers use the story, in a file that one of them holds at a time."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def add(self, number: int) -> int:
        """The new count."""
        count = int(os.pread(self.handle, 20, 0) or 0) + number
        os.ftruncate(self.handle, 0)
        os.pwrite(self.handle, str(count).encode(), 0)
        return count


@contextmanager
def _counting(path: Path) -> Iterator[_Users]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield _Users(handle)
    finally:
        os.close(handle)
