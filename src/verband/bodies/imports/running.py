"""From a file to a plan."""

from collections.abc import Callable, Sequence

from verband.bodies.imports.fields import Row, read_rows
from verband.bodies.imports.kinds import KINDS
from verband.bodies.imports.members import plan_members
from verband.bodies.imports.offices import plan_offices
from verband.bodies.imports.plan import Plan, Terms
from verband.bodies.imports.population import plan_population
from verband.bodies.imports.seats import plan_seats
from verband.bodies.imports.sheets import read_sheet

PLANNERS: dict[str, Callable[[Sequence[Row], Terms], Plan]] = {
    "members": plan_members,
    "population": plan_population,
    "offices": plan_offices,
    "seats": plan_seats,
}


def read_file(kind: str, name: str, content: bytes, terms: Terms) -> list[Row]:
    """The rows of a file of this kind.

    Raises:
        FileTooLarge, NotATable, UnsafeWorkbook: the file is not read at all.
        FileRefused: with every row that is wrong in itself or does not fit the register.
    """
    spec = KINDS[kind]
    rows, errors = read_rows(read_sheet(name, content), spec.fields, spec.unique)
    if errors:
        lines = {error.params["row"] for error in errors}
        plan = PLANNERS[kind]([row for row in rows if row["line"] not in lines], terms)
        plan.errors += errors
        plan.refuse_errors()
    return rows


def plan_import(kind: str, rows: Sequence[Row], terms: Terms) -> Plan:
    """The differences between the rows and the register; the register is only read.

    Raises:
        FileRefused: with every row that does not fit the register.
    """
    plan = PLANNERS[kind](rows, terms)
    plan.refuse_errors()
    return plan
