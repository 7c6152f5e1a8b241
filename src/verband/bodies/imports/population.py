"""Inhabitants: one figure for an organisation and a reference date."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from verband.bodies.imports.fields import Row
from verband.bodies.imports.finding import organisations
from verband.bodies.imports.kinds import POPULATION
from verband.bodies.imports.plan import Plan, Step, Terms
from verband.bodies.imports.refusals import NeverComplete
from verband.members.models import PopulationFigure


def plan_population(rows: Sequence[Row], terms: Terms) -> Plan:
    """What a file of inhabitants changes. Three queries, whatever the number of rows.

    Raises:
        NeverComplete: a figure does not end.
    """
    if terms.complete:
        raise NeverComplete
    plan = Plan(POPULATION, terms)
    finder = organisations()
    standing = _standing({row["reference_date"] for row in rows})
    given: dict[tuple[int, date], int] = {}
    for row in rows:
        organisation = plan.find(row, "organisation", finder)
        if organisation is None:
            continue
        where = (organisation.pk, row["reference_date"])
        if given.setdefault(where, row["line"]) != row["line"]:
            problem = _("Row %(row)s is about the same.") % {"row": given[where]}
            plan.wrong(row, "organisation", problem, _("Keep one of the two rows."))
            continue
        what = f"{finder.called(organisation)}, {row['reference_date']:%d-%m-%Y}"
        if where in standing:
            _compare(plan, row, what, standing[where])
        else:
            extra = {name: row[name] for name in ("source", "certainty") if row.get(name)}
            plan.facts.append(
                PopulationFigure(
                    organisation=organisation,
                    valid_from=row["reference_date"],
                    inhabitants=row["inhabitants"],
                    **extra,
                )
            )
            plan.differs(row, "new", what, [("inhabitants", None, row["inhabitants"])])
    return plan


def _standing(days: set[date]) -> dict[tuple[int, date], PopulationFigure]:
    rows: Any = PopulationFigure.objects.known(None).filter(valid_from__in=days)
    return {(row.organisation_id, row.valid_from): row for row in rows}


def _compare(plan: Plan, row: Row, what: str, figure: PopulationFigure) -> None:
    """A figure that stands is corrected; a reference date has one figure for ever."""
    names = ("inhabitants", "source", "certainty")
    changed = {
        name: row[name]
        for name in names
        if row.get(name) is not None and row[name] != getattr(figure, name)
    }
    if not changed:
        plan.same += 1
        return
    if not plan.terms.reason:
        problem = _("The register has another figure for that date: %(number)s.")
        remedy = _("Import as a correction, with a reason, if the register is wrong.")
        plan.wrong(row, "inhabitants", problem % {"number": figure.inhabitants}, remedy)
        return
    plan.steps.append(Step("correct", figure, values=changed))
    plan.differs(row, "changed", what, [(n, getattr(figure, n), v) for n, v in changed.items()])
