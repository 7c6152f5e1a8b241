"""A state change with its permission, its transaction, its audit line and its announcement.

    @use_case(allowed=keeps_the_register)
    def end_tenure(*, actor, now, tenure, day, reason): ...

The function takes keywords only, among them ``actor`` and ``now`` (the instant read once, at the
edge). Calling it checks the permission on the day of ``now``, opens one durable transaction, runs
the function, writes one audit line and announces after the commit. Inside another use case call
``end_tenure.step(...)``: the outer one answers for permission and audit.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import update_wrapper
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connection, transaction

from verband.core.errors import DomainError
from verband.kernel.announce import RegisterChanged, announce
from verband.kernel.audit import write_line
from verband.kernel.clock import local_day
from verband.kernel.journal import Change, open_journal
from verband.kernel.permissions import Actor, NotAllowed, Predicate, labels
from verband.kernel.two_times import REFUSALS, AlreadySuperseded

R = TypeVar("R")
REGISTER: dict[str, "UseCase[Any]"] = {}


class DuplicateUseCase(DomainError):
    """Two use cases have one name."""

    code = "duplicate_use_case"
    template = "There is already a use case called %(name)s."


class DoesNotFit(DomainError):
    """A text or a number is too large to keep."""

    code = "does_not_fit"
    template = "A text is too long or a number too large to keep. Make it smaller."


# What the database says (SQLSTATE) when no sentence belongs to the constraint itself.
STATES: dict[str, type[DomainError]] = {
    "23505": AlreadySuperseded,  # unique_violation: somebody was there just before
    "40001": AlreadySuperseded,  # serialization_failure
    "40P01": AlreadySuperseded,  # deadlock_detected: two changes of the same things at once
    "22001": DoesNotFit,  # string_data_right_truncation
    "22003": DoesNotFit,  # numeric_value_out_of_range
}


@dataclass(frozen=True, slots=True)
class Preview(Generic[R]):
    """What a use case would change: shown before it is done, then rolled back."""

    result: R
    changes: tuple[Change, ...]


class UseCase(Generic[R]):
    """One state change of the association, as it is named in the audit line."""

    first: Callable[..., object] | None = None

    def __init__(
        self, step: Callable[..., R], allowed: Predicate, first: Callable[..., object] | None
    ) -> None:
        update_wrapper(self, step)
        self.step = step
        self.allowed = allowed
        self.first = first
        self.name = f"{step.__module__.split('.')[1]}.{step.__name__}"
        if self.name in REGISTER:
            raise DuplicateUseCase(name=self.name)
        REGISTER[self.name] = self

    def __call__(self, *, actor: Actor, now: datetime, **kwargs: Any) -> R:
        """Do it.

        Raises:
            NotAllowed: the register of that day gives ``actor`` no authority.
            DomainError: whatever the step refuses; nothing is changed then.
        """
        with _refusing(), transaction.atomic(durable=True), open_journal() as journal:
            self._check(actor=actor, now=now, **kwargs)
            result = self.step(actor=actor, now=now, **kwargs)
            if connection.savepoint_ids:  # else the commit does, and is refused by the same words
                _check_constraints()
            line = write_line(
                use_case=self.name, actor=actor, now=now, arguments=kwargs, journal=journal
            )
            tables = frozenset(change.table for change in journal.changes)
            announce(RegisterChanged(line=line.pk, use_case=self.name, tables=tables))
        return result

    def preview(
        self,
        *,
        actor: Actor,
        now: datetime,
        look: Callable[[Preview[R]], None] | None = None,
        **kwargs: Any,
    ) -> Preview[R]:
        """Do it, look what it changed, and undo it.

        ``look`` is called before it is undone, so that it can ask the register as it would be.

        Raises:
            NotAllowed, DomainError: as the use case itself would.
        """
        with _refusing(), transaction.atomic(), open_journal() as journal:
            self._check(actor=actor, now=now, **kwargs)
            result = self.step(actor=actor, now=now, **kwargs)
            _check_constraints()
            found = Preview(result, tuple(journal.changes))
            if look is not None:
                look(found)
            transaction.set_rollback(True)
        return found

    def may(self, *, actor: Actor, now: datetime, **kwargs: Any) -> bool:
        """Whether ``actor`` may do this now; used to show or leave out a button."""
        return self.allowed(actor=actor, today=local_day(now), now=now, **kwargs)

    def _check(self, *, actor: Actor, now: datetime, **kwargs: Any) -> None:
        if self.first is not None:
            self.first(actor=actor, now=now, **kwargs)
        if not self.may(actor=actor, now=now, **kwargs):
            raise NotAllowed(who=", ".join(labels(self.allowed)))


def use_case(
    *, allowed: Predicate, first: Callable[..., object] | None = None
) -> Callable[[Callable[..., R]], UseCase[R]]:
    """Declare a state change and who may make it.

    ``first`` is called within the transaction before the permission is asked, to lock and to read
    at once what permission and step will ask (``journal.answered``).
    """

    def wrap(step: Callable[..., R]) -> UseCase[R]:
        return UseCase(step, allowed, first)

    return wrap


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn a refusal of the database into the sentence that belongs to its constraint."""
    try:
        yield
    except DatabaseError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        refusal = REFUSALS.get(getattr(diagnosis, "constraint_name", None) or "")
        refusal = refusal or STATES.get(getattr(diagnosis, "sqlstate", None) or "")
        if refusal is None:
            raise
        raise refusal() from error


def _check_constraints() -> None:
    """Let deferred constraints speak now, inside the use case, not at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
