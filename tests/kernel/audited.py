"""What the tests of the audit share: use cases on a table of the register."""

from datetime import UTC, date, datetime

from verband.kernel import two_times
from verband.kernel.permissions import FOUNDING, predicate
from verband.kernel.use_case import UseCase
from verband.members.models import Organisation, OrganisationFact, OrganisationKind

NOW = datetime(2017, 11, 3, 9, 30, tzinfo=UTC)


@predicate("anybody")
def anybody(**_):
    return True


def found(*, actor, now, key, name):
    organisation = two_times.add_thing(
        Organisation(key=key, kind=OrganisationKind.MUNICIPALITY), now=now
    )
    fact = OrganisationFact(organisation=organisation, name=name, valid_from=date(2010, 1, 1))
    return two_times.record(fact, now=now)


def rename(*, actor, now, fact, day, name):
    return two_times.change(fact, day=day, now=now, name=name)


def correct_name(*, actor, now, fact, name):
    return two_times.correct(fact, now=now, name=name)


def as_use_case(step):
    """A use case of these tests, outside the register of use cases that the pages show."""
    made = UseCase.__new__(UseCase)
    made.step, made.allowed, made.name = step, anybody, f"tests.{step.__name__}"
    return made


FOUND, RENAME, CORRECT = as_use_case(found), as_use_case(rename), as_use_case(correct_name)


def do(case, *, now=NOW, **arguments):
    return case(actor=FOUNDING, now=now, **arguments)
