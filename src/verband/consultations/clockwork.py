"""What the clock does by itself: open what is due, close what is due, make final what is due.

Each consultation has a transaction of its own, and one that fails stops no other. A step stands
once in the database, so that any number of workers may run this at the same moment, and a worker
that was down does later what it should have done: the roll is that of the planned day, and whoever
voted after the closing time was refused by that time, not by the clock.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from verband.consultations.models import AlreadyDone, Consultation
from verband.consultations.queries.due import missed, to_close, to_open
from verband.consultations.queries.finality import due_to_become_final, term_until
from verband.consultations.queries.standing import Standing, standings_of
from verband.consultations.use_cases.objections import make_final
from verband.consultations.use_cases.opening import NotOpen, NotYet, close_vote, open_vote
from verband.consultations.use_cases.preparing import AlreadyClosed
from verband.core.errors import DomainError
from verband.kernel.clock import start_of
from verband.kernel.permissions import CLOCK
from verband.kernel.use_case import UseCase

GRACE = timedelta(minutes=2)  # a worker that has more to do comes a little later
log = logging.getLogger(__name__)
# Another worker, or somebody at the desk, was there just before: what was to be done is done.
DONE_BY_ANOTHER = (AlreadyDone, AlreadyClosed, NotOpen, NotYet)


@dataclass(frozen=True)
class Chore:
    """Something the clock does as soon as it is due. ``code`` names it on the health page."""

    code: str
    due: Callable[[datetime], Sequence[Consultation]]
    use_case: UseCase[Any]


CHORES = [
    Chore("open", to_open, open_vote),
    Chore("close", to_close, close_vote),
    Chore("final", due_to_become_final, make_final),
]


@dataclass(frozen=True)
class Turn:
    """What one turn of the clock did, and what it could not do, with the reason."""

    done: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)


def turn(now: datetime) -> Turn:
    """Do all that is due at an instant."""
    made = Turn()
    for chore in CHORES:
        for consultation in chore.due(now):
            _do(chore, consultation, now, made)
    return made


@dataclass(frozen=True)
class Overdue:
    """What should have been done by now. ``refusal``: what stands in the way, if anything does."""

    code: str
    standing: Standing
    since: datetime | None
    refusal: DomainError | None = None


def overdue(now: datetime) -> list[Overdue]:
    """What the clock did not do in time, for the health page; it is tried, and undone again."""
    found = []
    for chore in CHORES:
        for standing in standings_of(chore.due(now - GRACE)):
            refusal: DomainError | None = None
            try:
                chore.use_case.preview(actor=CLOCK, now=now, consultation=standing.consultation)
            except DomainError as error:
                refusal = error
            found.append(Overdue(chore.code, standing, _since(chore.code, standing), refusal))
    for standing in standings_of(missed(now)):
        found.append(Overdue("missed", standing, standing.fact.opens_at))
    return found


def _since(code: str, standing: Standing) -> datetime | None:
    until = term_until(standing)
    final = start_of(until) if until is not None else None
    fact = standing.fact
    return {"open": fact.opens_at, "close": fact.closes_at, "final": final}[code]


def _do(chore: Chore, consultation: Consultation, now: datetime, made: Turn) -> None:
    try:
        chore.use_case(actor=CLOCK, now=now, consultation=consultation)
    except DONE_BY_ANOTHER:
        log.debug("%s %s: done by another", chore.code, consultation.key)
    except DomainError as refusal:
        log.warning("Could not %s %s: %s", chore.code, consultation.key, refusal)
        made.failed.append((chore.code, consultation.key, str(refusal)))
    except Exception as error:
        # Whatever went wrong with one consultation, the members count on the others.
        log.exception("Could not %s %s", chore.code, consultation.key)
        made.failed.append((chore.code, consultation.key, type(error).__name__))
    else:
        log.info("The clock did %s %s", chore.code, consultation.key)
        made.done.append((chore.code, consultation.key))
