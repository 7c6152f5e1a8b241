"""Who may change what is known of a body: those who keep the register, and its own officers."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import Body, BodyFact, SeatFact, Tenure
from verband.kernel.permissions import Actor, any_of, predicate
from verband.people.permissions import keeps_the_register, person_of

OFFICERS = (SeatRole.SECRETARY, SeatRole.CHAIR)


def seats_held(person_id: int, day: date) -> list[tuple[int, str]]:
    """The seats a person holds on a day, as pairs of body and role."""
    seats = Tenure.objects.filter(person_id=person_id).at(day).known(None)
    roles = SeatFact.objects.filter(seat__in=seats.values("seat")).at(day).known(None)
    return list(roles.values_list("seat__body_id", "role"))


def body_in(arguments: dict[str, Any]) -> Body | None:
    """The body that the arguments of a use case speak of."""
    for name in ("body", "goal", "seat", "fact", "tenure", "term", "coverage", "link"):
        value = arguments.get(name)
        if isinstance(value, Body):
            return value
        for path in ("body", "from_body", "seat", "goal", "link"):
            part = getattr(value, path, None)
            if isinstance(part, Body):
                return part
            inner = getattr(part, "body", None) or getattr(part, "from_body", None)
            if isinstance(inner, Body):
                return inner
    return None


@predicate(_("chair or secretary of the body itself"))
def is_officer_of_body(*, actor: Actor, today: date, **arguments: Any) -> bool:
    """Whoever chairs a body or is its secretary keeps its page."""
    person, body = person_of(actor), body_in(arguments)
    if person is None or body is None:
        return False
    officers = {role.value for role in OFFICERS}
    return any(pk == body.pk and role in officers for pk, role in seats_held(person.pk, today))


@predicate(_("member of the board"))
def is_board_member(*, actor: Actor, today: date, **_: Any) -> bool:
    """Whoever holds a seat in the board of the association."""
    person = person_of(actor)
    if person is None:
        return False
    held = [pk for pk, _role in seats_held(person.pk, today)]
    boards = BodyFact.objects.filter(body__in=held, kind=BodyKind.BOARD)
    return bool(held) and boards.at(today).known(None).exists()


keeps_the_body = any_of(keeps_the_register, is_officer_of_body)
