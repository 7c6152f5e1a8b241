"""Taking in files: members, inhabitants, offices and seats. All of a file, or nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from verband.bodies.imports.fields import Row
from verband.bodies.imports.plan import Terms
from verband.bodies.imports.refusals import NothingNew, RegisterMoved
from verband.bodies.imports.running import plan_import
from verband.kernel.permissions import Actor
from verband.kernel.use_case import use_case
from verband.people.permissions import keeps_the_register

LOCK = 7_316_001  # imports wait for each other, so that each compares with what the last one wrote


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import did, in numbers of rows."""

    new: int
    changed: int
    ended: int
    same: int


@use_case(allowed=keeps_the_register)
def import_members(
    *,
    actor: Actor,
    now: datetime,
    rows: Sequence[Row],
    file_name: str,
    sha256: str,
    day: date,
    reason: str = "",
    complete: bool = False,
    shown: str = "",
) -> TakenIn:
    """Take in organisations with their particulars and membership; only what differs is written.

    ``shown`` is the fingerprint of the differences that somebody said yes to. ``complete`` ends the
    membership, on ``day``, of whoever is not in the file. A ``reason`` corrects for all days.

    Raises:
        FileRefused: a row does not fit the register; nothing is taken in.
        RegisterMoved: the differences are no longer those that were shown.
        NothingNew: there are none.
    """
    return _take_in("members", rows, Terms(day, reason, complete), now, file_name, shown)


@use_case(allowed=keeps_the_register)
def import_population(
    *,
    actor: Actor,
    now: datetime,
    rows: Sequence[Row],
    file_name: str,
    sha256: str,
    day: date,
    reason: str = "",
    complete: bool = False,
    shown: str = "",
) -> TakenIn:
    """Take in inhabitants by reference date; a figure that stands is only corrected, for a reason.

    Raises:
        FileRefused, RegisterMoved, NothingNew: as ``import_members``.
        NeverComplete: ``complete`` was asked.
    """
    return _take_in("population", rows, Terms(day, reason, complete), now, file_name, shown)


@use_case(allowed=keeps_the_register)
def import_offices(
    *,
    actor: Actor,
    now: datetime,
    rows: Sequence[Row],
    file_name: str,
    sha256: str,
    day: date,
    reason: str = "",
    complete: bool = False,
    shown: str = "",
) -> TakenIn:
    """Take in who holds which function where; people who are new enter the register.

    ``complete`` ends, on ``day``, other offices at the organisations of the file.

    Raises:
        FileRefused, RegisterMoved, NothingNew: as ``import_members``.
    """
    return _take_in("offices", rows, Terms(day, reason, complete), now, file_name, shown)


@use_case(allowed=keeps_the_register)
def import_seats(
    *,
    actor: Actor,
    now: datetime,
    rows: Sequence[Row],
    file_name: str,
    sha256: str,
    day: date,
    reason: str = "",
    complete: bool = False,
    shown: str = "",
) -> TakenIn:
    """Take in the seats of bodies and who holds them; a successor ends who sat there.

    ``complete`` ends, on ``day``, other tenures in the bodies of the file.

    Raises:
        FileRefused, RegisterMoved, NothingNew: as ``import_members``.
    """
    return _take_in("seats", rows, Terms(day, reason, complete), now, file_name, shown)


def _take_in(
    kind: str, rows: Sequence[Row], terms: Terms, now: datetime, file_name: str, shown: str
) -> TakenIn:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    plan = plan_import(kind, rows, terms)
    if shown and plan.fingerprint != shown:
        raise RegisterMoved
    if not plan.differences:
        raise NothingNew(name=file_name)
    plan.write(now)
    return TakenIn(plan.count("new"), plan.count("changed"), plan.count("ended"), plan.same)
