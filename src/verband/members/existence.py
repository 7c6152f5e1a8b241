"""How long an organisation exists: offices, seats and coverages at it lie within."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings

from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.existence import unbroken
from verband.members.models import Organisation, OrganisationFact


class OrganisationDoesNotExist(DomainError):
    """Nobody holds an office or a seat where there is no organisation."""

    code = "organisation_does_not_exist"
    template = "%(name)s does not exist during that whole period. Shorten the period."


def existence_among(facts: Iterable[OrganisationFact], start: date | None) -> Period | None:
    """The unbroken existence around ``start`` that the facts of one organisation tell.

    An unknown start is one before the register began: whoever existed by then will do, even where
    the day of founding is known.
    """
    facts = list(facts)
    found = unbroken(facts, start)
    if found is None and start is None:
        eve = settings.VERBAND_REGISTER_BEGINS - timedelta(days=1)
        old = unbroken(facts, eve)
        found = Period(None, old.until) if old else None
    return found


def existence_of(organisation: Organisation, start: date | None) -> Period:
    """The unbroken existence of an organisation around ``start``, as ``existence_among`` says.

    Raises:
        OrganisationDoesNotExist: it does not exist on that day.
    """
    facts = OrganisationFact.objects.filter(organisation=organisation).known(None)
    found = existence_among(facts, start)
    if found is None:
        raise OrganisationDoesNotExist(name=organisation)
    return found


def refuse_outside(organisation: Organisation, period: Period) -> None:
    """Refuse a period with days on which the organisation does not exist.

    Raises:
        OrganisationDoesNotExist: there is such a day.
    """
    if not existence_of(organisation, period.start).covers(period):
        raise OrganisationDoesNotExist(name=organisation)
