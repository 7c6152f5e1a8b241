"""Whether what a row gives an organisation lies within the days on which that one exists."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from verband.bodies.imports.fields import Row
from verband.bodies.imports.plan import Plan
from verband.core.period import Period
from verband.members.existence import existence_among
from verband.members.models import Organisation, OrganisationFact


class Existences:
    """From when until when organisations exist. One query, whatever the number."""

    def __init__(self) -> None:
        self._facts: dict[int, list[OrganisationFact]] = defaultdict(list)
        rows: Any = OrganisationFact.objects.known(None)
        for fact in rows.only("organisation", "valid_from", "valid_until"):
            self._facts[fact.organisation_id].append(fact)

    def end_of(self, organisation: Organisation, start: date) -> date | None:
        """The day on which the organisation that exists on ``start`` is gone, if it is known."""
        found = existence_among(self._facts[organisation.pk], start)
        return found.until if found else None

    def holds(self, plan: Plan, row: Row, organisation: Organisation, asked: Period) -> bool:
        """Whether it exists during the whole period; else an error in the plan."""
        found = existence_among(self._facts[organisation.pk], asked.start)
        if found is not None and found.covers(asked):
            return True
        problem = _("The organisation does not exist during that whole period.")
        plan.wrong(row, "from", problem, _("Shorten the period."))
        return False
