"""Who may change what is known of organisations and of the offices there."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from verband.kernel.permissions import Actor, predicate
from verband.members.models import Function, OfficeFact, Organisation
from verband.people.permissions import person_of

STAFF_FUNCTIONS = (Function.SECRETARY, Function.CLERK)


def functions_at(person_id: int, organisation: Organisation, day: date) -> frozenset[str]:
    """The functions that a person holds at an organisation on a day."""
    terms = OfficeFact.objects.at(day).known(None)
    held = terms.filter(office__person_id=person_id, office__organisation=organisation)
    return frozenset(held.values_list("office__function", flat=True))


@predicate(_("secretary or clerk of the municipality itself"))
def is_staff_of_organisation(
    *,
    actor: Actor,
    today: date,
    organisation: Organisation | None = None,
    fact: Any = None,
    **_: Any,
) -> bool:
    """A member keeps its own offices up to date."""
    person = person_of(actor)
    if organisation is None and isinstance(fact, OfficeFact):
        organisation = fact.office.organisation
    if person is None or organisation is None:
        return False
    held = functions_at(person.pk, organisation, today)
    return bool(held & {function.value for function in STAFF_FUNCTIONS})
