"""Tell others after the commit; whoever hears cannot refuse.

An event is a frozen dataclass. A listener is a function registered for its type, in a module that
lies further to the right than the one that announces.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

EventT = TypeVar("EventT")
_silent: ContextVar[bool] = ContextVar("silent", default=False)
_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class RegisterChanged:
    """A use case committed; ``line`` is the id of its audit line, ``tables`` where it wrote."""

    line: int
    use_case: str
    tables: frozenset[str]


def listens_to(
    event_type: type[EventT],
) -> Callable[[Callable[[EventT], None]], Callable[[EventT], None]]:
    """Register a function that hears every event of one type."""

    def register(listener: Callable[[EventT], None]) -> Callable[[EventT], None]:
        _listeners[event_type].append(listener)
        return listener

    return register


@contextmanager
def unannounced() -> Iterator[None]:
    """Tell nobody meanwhile: for a load of many use cases that catches up by itself afterwards."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def announce(event: object) -> None:
    """Deliver ``event`` after the commit; a failing listener is logged and harms nobody."""
    if _silent.get():
        return
    for listener in _listeners[type(event)]:
        transaction.on_commit(_delivery(listener, event), robust=True)


def _delivery(listener: Callable[[Any], None], event: object) -> Callable[[], None]:
    # Django names a failing hook in its log by __qualname__, which a partial does not have.
    @wraps(listener)
    def deliver() -> None:
        listener(event)

    return deliver
