"""Who may, by the roles people hold for the whole association."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from verband.kernel.permissions import FOUNDING, Actor, Predicate, predicate
from verband.people.models import Account, Person, Role, RoleKind


def person_of(actor: Actor) -> Person | None:
    """The person behind an actor; nobody for the clock and for a blocked account."""
    if isinstance(actor, Account) and actor.is_active:
        return actor.person
    return None


def roles_on(actor: Actor, day: date) -> frozenset[str]:
    """The roles that the register of ``day`` gives to ``actor``."""
    if not isinstance(actor, Account) or not actor.is_active:
        return frozenset()
    kinds = Role.objects.filter(person_id=actor.person_id).at(day).known(None)
    return frozenset(kinds.values_list("kind", flat=True))


def holds_role(*kinds: RoleKind) -> Predicate:
    """Allowed for people who hold one of these roles today."""

    def test(*, actor: Actor, today: date, **_: Any) -> bool:
        return bool(roles_on(actor, today) & {kind.value for kind in kinds})

    return Predicate(test, tuple(kind.label for kind in kinds))


@predicate(_("the founding of the register, while it is empty"))
def is_founding(*, actor: Actor, **_: Any) -> bool:
    """The first administrator is appointed by nobody; afterwards this ground is closed."""
    return actor is FOUNDING and not Role.objects.exists()


keeps_the_register = holds_role(RoleKind.REGISTRAR, RoleKind.ADMINISTRATOR)
administers = holds_role(RoleKind.ADMINISTRATOR)


@predicate(_("whoever the account belongs to"))
def is_own_account(*, actor: Actor, account: Account | None = None, **_: Any) -> bool:
    """Everybody may end their own sessions."""
    if account is None or not isinstance(actor, Account):
        return False
    return actor.is_active and actor.pk == account.pk
