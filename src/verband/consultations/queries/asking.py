"""For which bodies somebody may ask the members."""

from datetime import date
from typing import Any

from verband.bodies.models import BodyFact
from verband.bodies.permissions import OFFICERS, seats_held
from verband.bodies.queries.names import name_of
from verband.kernel.permissions import Actor
from verband.members.queries import sort_key
from verband.people.models import RoleKind
from verband.people.permissions import person_of, roles_on

# Roles for the whole association that ask on behalf of every body.
FOR_ALL = {
    RoleKind.INTAKE.value,
    RoleKind.DIRECTORATE.value,
    RoleKind.REGISTRAR.value,
    RoleKind.ADMINISTRATOR.value,
}


def bodies_for(actor: Actor | None, day: date) -> list[BodyFact]:
    """The bodies for which somebody may ask on a day, by name. Four queries at most.

    Whoever chairs a body or is its secretary asks for that body; intake, directorate and whoever
    keeps the register ask for any.
    """
    person = person_of(actor) if actor is not None else None
    if actor is None or person is None:
        return []
    rows: Any = BodyFact.objects.at(day).known(None).select_related("body")
    if not roles_on(actor, day) & FOR_ALL:
        officers = {role.value for role in OFFICERS}
        mine = [body for body, role in seats_held(person.pk, day) if role in officers]
        rows = rows.filter(body__in=mine)
    return sorted(rows, key=lambda fact: (sort_key(name_of(fact)), fact.pk))
