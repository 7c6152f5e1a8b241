"""Answers about accounts and roles, each with a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from verband.people.models import Account, Person, PersonFact, Role


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account with the words for its person and the roles of a day."""

    account: Account
    person: Person
    called: str
    roles: tuple[Role, ...]


def accounts_found(text: str = "", closed: bool | None = None) -> QuerySet[Account]:
    """Accounts whose address, name or function contains ``text``; two people never mix order."""
    found = Account.objects.order_by("email", "pk")
    if text:
        facts = PersonFact.objects.known(None).filter(
            Q(name__icontains=text) | Q(summary__icontains=text)
        )
        found = found.filter(Q(email__icontains=text) | Q(person__in=facts.values("person")))
    return found if closed is None else found.filter(is_active=not closed)


def account_lines(accounts: QuerySet[Account], day: date) -> list[AccountLine]:
    """The lines of a list of accounts. Three queries, whatever the number."""
    rows = list(accounts.select_related("person"))
    people = {account.person_id for account in rows}
    called = people_named(people, day)
    roles: dict[int, list[Role]] = {}
    for role in roles_of(people, day):
        roles.setdefault(role.person_id, []).append(role)
    return [
        AccountLine(it, it.person, called[it.person_id], tuple(roles.get(it.person_id, ())))
        for it in rows
    ]


def people_named(ids: set[int], day: date) -> dict[int, str]:
    """Function or name of people on a day, else "person"; the last known if none holds then."""
    facts = PersonFact.objects.filter(person__in=ids).known(None)
    found: dict[int, PersonFact] = {}
    for fact in facts.order_by("pk"):
        if fact.person_id not in found or day in fact.period:
            found[fact.person_id] = fact
    nameless = str(Person._meta.verbose_name)
    return {pk: fact.summary or fact.name or nameless for pk, fact in found.items()}


def roles_of(ids: set[int], day: date) -> list[Role]:
    """The roles that people hold on a day."""
    rows = Role.objects.filter(person__in=ids).at(day).known(None)
    return list(rows.order_by("kind", "pk"))
