"""Who may: predicates that are declared next to the use case and read the register of that day.

A predicate is asked with the use case's keyword arguments plus ``today``, the day of authority. It
carries the words that the page "who may do what" shows, so that what is said and what is checked
are one thing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from verband.core.errors import DomainError


class Actor(Protocol):
    """Whoever acts: an account, or the clock."""

    @property
    def key(self) -> str:
        """Lasting name in the audit line, as ``account:12``."""
        ...

    @property
    def label(self) -> str:
        """Function in words, as a page shows it."""
        ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The association's own machinery: the clock, or the founding of the register."""

    key: str
    label: str


CLOCK = SystemActor("system:clock", "clock")
FOUNDING = SystemActor("system:founding", "founding")


class NotAllowed(DomainError):
    """The register of this day gives the actor no authority for this."""

    code = "not_allowed"
    template = (
        "You may not do this today. Allowed: %(who)s. Ask one of them, or sign in with the account"
        " of the office or seat that gives you this authority."
    )


@dataclass(frozen=True, slots=True)
class Predicate:
    """One ground of authority: a question to the register and the words for it."""

    test: Callable[..., bool]
    label: Any

    def __call__(self, **kwargs: Any) -> bool:
        """Whether the ground holds for these arguments."""
        return self.test(**kwargs)


def predicate(label: Any) -> Callable[[Callable[..., bool]], Predicate]:
    """Make a predicate of a function and the words that name it."""

    def wrap(test: Callable[..., bool]) -> Predicate:
        return Predicate(test, label)

    return wrap


def any_of(*predicates: Predicate) -> Predicate:
    """Allowed when one of the grounds holds."""
    return Predicate(
        lambda **kwargs: any(p(**kwargs) for p in predicates),
        tuple(p.label for p in predicates),
    )


def labels(ground: Predicate) -> list[str]:
    """The grounds in words, each once, in the reader's language."""
    return list(dict.fromkeys(str(part) for part in _flat(ground.label)))


def _flat(label: Any) -> Iterator[Any]:
    """The parts of a label; grounds that are made of grounds have parts within parts."""
    if isinstance(label, tuple):
        for part in label:
            yield from _flat(part)
    else:
        yield label


@predicate(_("the clock of the register itself"))
def is_clock(*, actor: Actor, **_: Any) -> bool:
    """The worker acts because a day or an hour was reached."""
    return actor is CLOCK
