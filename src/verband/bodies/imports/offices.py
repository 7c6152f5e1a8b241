"""Offices: who holds which function at which organisation."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from verband.bodies.imports.existence import Existences
from verband.bodies.imports.fields import Row
from verband.bodies.imports.finding import organisations, people
from verband.bodies.imports.kinds import OFFICES
from verband.bodies.imports.plan import Plan, Terms, overlapping, running
from verband.core.period import Period
from verband.members.models import Function, Office, OfficeFact, Organisation
from verband.people.models import Person, PersonFact

VALUES = ("portfolios", "party", "party_is_local", "acting", "source", "certainty")
Where = tuple[str, int, str]


def plan_offices(rows: Sequence[Row], terms: Terms) -> Plan:
    """What a file of offices changes. Eight queries, whatever the number of rows."""
    return _Offices(terms).of(rows)


class _Offices:
    def __init__(self, terms: Terms) -> None:
        self.plan = Plan(OFFICES, terms)
        self.terms = terms
        self.organisations = organisations()
        self.people = people()
        self.called = _names()
        self.existence = Existences()
        self.offices: dict[Where, Office] = {}
        self.facts: dict[Where, list[Any]] = defaultdict(list)
        self.newcomers: dict[str, Person] = {}
        self.named: set[int] = set()
        self.places: set[int] = set()
        for office in Office.objects.select_related("person"):
            self.offices[_where(office)] = office
        facts: Any = OfficeFact.objects.known(None).select_related("office__person")
        for fact in facts.order_by("pk"):
            self.facts[_where(fact.office)].append(fact)

    def of(self, rows: Sequence[Row]) -> Plan:
        for row in rows:
            organisation = self.plan.find(row, "organisation", self.organisations)
            person = self._person(row)
            if organisation is not None and person is not None:
                self._office(row, person, organisation)
        if self.terms.complete:
            self._left_out()
        return self.plan

    def _person(self, row: Row) -> Person | None:
        """Somebody of the register, or somebody new when the row says how they are called."""
        key = slugify(row["person"])
        known = self.people.by_key(row["person"]) or self.newcomers.get(key)
        if known is None and not (row.get("name") or row.get("known_as")):
            found: Person | None = self.plan.find(row, "person", self.people)
            return found
        if known is None:
            return self._newcomer(row, key)
        name = self.called.get(known.key, "")
        if row.get("name") and row["name"] != name:
            problem = _("In the register this person is called “%(name)s”.") % {"name": name or key}
            remedy = _("Check the key, or change the name on the page of the person.")
            self.plan.wrong(row, "name", problem, remedy)
            return None
        return known

    def _newcomer(self, row: Row, key: str) -> Person | None:
        if not key:
            problem = _("“%(text)s” is not a key.") % {"text": row["person"]}
            self.plan.wrong(row, "person", problem, _("Use letters, digits and dashes."))
            return None
        if not self.plan.needs(row, "from"):
            return None
        person = Person(key=key)
        name, known_as = row.get("name") or "", row.get("known_as") or ""
        self.newcomers[key] = person
        self.called[key] = name
        self.plan.things.append(person)
        fact = PersonFact(person=person, name=name, summary=known_as, **_origin(row))
        self.plan.facts.append(fact)
        told = [("name", None, name), ("known_as", None, known_as)]
        self.plan.differs(row, "new", key, [value for value in told if value[2]])
        return person

    def _office(self, row: Row, person: Person, organisation: Organisation) -> None:
        where = (person.key, organisation.pk, row["function"])
        self.places.add(organisation.pk)
        facts = self.facts[where]
        fact, more = running(facts, row, self.terms)
        place = self.organisations.called(organisation)
        what = f"{person.key}, {place}, {Function(row['function']).label}"
        given = {name: row.get(name) for name in VALUES}
        until = row.get("until")
        if fact is not None and fact.pk:
            self.named.add(fact.pk)
            start = more.get("valid_from", fact.valid_from)
            asked = self.plan.period(row, start, until or fact.valid_until)
            moved = bool(more) or (until is not None and until != fact.valid_until)
            if asked is not None and (not moved or self._exists(row, organisation, asked)):
                self.plan.compare(row, what, fact, {**given, **more, "valid_until": until}, facts)
        elif self.plan.needs(row, "from"):
            lasting = self.existence.end_of(organisation, row["from"])
            asked = Period(row["from"], until or lasting)
            if self._exists(row, organisation, asked) and self._free(row, facts, asked):
                self._takes(row, where, person, organisation, asked, given, what)

    def _exists(self, row: Row, organisation: Organisation, asked: Period) -> bool:
        return self.existence.holds(self.plan, row, organisation, asked)

    def _free(self, row: Row, facts: Sequence[Any], asked: Period) -> bool:
        if overlapping(facts, asked) is None:
            return True
        problem = _("This person holds this office already on days of that period.")
        self.plan.wrong(row, "until", problem, _("Let one period end where the next begins."))
        return False

    def _takes(
        self,
        row: Row,
        where: Where,
        person: Person,
        organisation: Organisation,
        period: Period,
        given: dict[str, Any],
        what: str,
    ) -> None:
        """A new term of office."""
        office = self.offices.get(where)
        if office is None:
            office = Office(person=person, organisation=organisation, function=row["function"])
            self.offices[where] = office
            self.plan.things.append(office)
        filled = {name: value for name, value in given.items() if value is not None}
        fact = OfficeFact(
            office=office, valid_from=period.start, valid_until=period.until, **filled
        )
        self.facts[where].append(fact)
        self.plan.facts.append(fact)
        told = [(name, None, value) for name, value in filled.items() if value]
        told += [("from", None, period.start)]
        told += [("until", None, period.until)] if period.until else []
        self.plan.differs(row, "new", what, told)

    def _left_out(self) -> None:
        """Offices at the organisations of a complete file that it does not name."""
        left = [
            (f"{where[0]}, {fact.office.get_function_display()}", fact)
            for where, facts in self.facts.items()
            for fact in facts
            if where[1] in self.places and fact.pk and fact.pk not in self.named
            if self.terms.day in fact.period
        ]
        self.plan.leave_out(left)


def _names() -> dict[str, str]:
    rows: Any = PersonFact.objects.known(None).order_by("valid_from", "pk")
    return dict(rows.values_list("person__key", "name"))


def _where(office: Office) -> Where:
    return office.person.key, office.organisation_id, office.function


def _origin(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("source", "certainty") if row.get(name)}
