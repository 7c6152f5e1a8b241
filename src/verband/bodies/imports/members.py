"""Members: organisations with their particulars and their membership."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from verband.bodies.imports.fields import Row
from verband.bodies.imports.finding import organisations
from verband.bodies.imports.kinds import MEMBERS
from verband.bodies.imports.plan import Plan, Step, Terms, overlapping, running
from verband.bodies.models import Coverage, Tenure
from verband.core.period import Period
from verband.members.models import (
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    OrganisationKind,
)

TEXTS = ("name", "name_en", "abbreviation", "source", "certainty")
PLACES = Decimal("0.00001")  # as the register keeps a degree: about a metre


def plan_members(rows: Sequence[Row], terms: Terms) -> Plan:
    """What a file of members changes. Seven queries, whatever the number of rows."""
    return _Members(terms).of(rows)


class _Members:
    def __init__(self, terms: Terms) -> None:
        self.plan = Plan(MEMBERS, terms)
        self.terms = terms
        self.known = organisations()
        self.provinces = organisations(OrganisationKind.PROVINCE)
        self.plan.called = self.provinces.called
        self.facts: dict[int, list[Any]] = defaultdict(list)
        self.memberships: dict[int, list[Any]] = defaultdict(list)
        self.new: dict[str, Organisation] = {}
        self.begun: dict[str, list[OrganisationFact]] = defaultdict(list)
        self.named: set[int] = set()
        facts: Any = OrganisationFact.objects.known(None).select_related("province")
        for fact in facts.order_by("pk"):
            self.facts[fact.organisation_id].append(fact)
        members: Any = Membership.objects.known(None).order_by("pk")
        for membership in members:
            self.memberships[membership.organisation_id].append(membership)

    @cached_property
    def offices(self) -> dict[int, list[Any]]:
        """The offices at each organisation; asked only when one ends."""
        found: dict[int, list[Any]] = defaultdict(list)
        facts: Any = OfficeFact.objects.known(None).select_related("office")
        for fact in facts:
            found[fact.office.organisation_id].append(fact)
        return found

    @cached_property
    def ties(self) -> dict[int, list[Any]]:
        """Seats that organisations hold, and what covers them; asked only when one ends."""
        found: dict[int, list[Any]] = defaultdict(list)
        held: Any = Tenure.objects.known(None).filter(organisation__isnull=False)
        for tenure in held.select_related("seat"):
            found[tenure.organisation_id].append(tenure)
        covered: Any = Coverage.objects.known(None).filter(ministry__isnull=False)
        for coverage in covered:
            found[coverage.ministry_id].append(coverage)
        return found

    def of(self, rows: Sequence[Row]) -> Plan:
        for row in rows:
            province = self.plan.find(row, "province", self.provinces)
            given = {name: row.get(name) for name in TEXTS}
            given |= {name: _degrees(row.get(name)) for name in ("latitude", "longitude")}
            given["province"] = province
            known = self.known.by_key(row["code"])
            if known is None:
                self._new(row, given)
            else:
                self._known(row, known, given)
        if self.terms.complete:
            self._left_out()
        return self.plan

    def _new(self, row: Row, given: dict[str, Any]) -> None:
        """An organisation that the register does not know becomes a member."""
        code = row["code"]
        key = slugify(code)
        if not self.plan.needs(row, "name", "from"):
            return
        if not key:
            problem = _("“%(text)s” is not a code.") % {"text": code}
            self.plan.wrong(row, "code", problem, _("Use letters and digits, such as GM0363."))
            return
        period = Period(row["from"], row.get("until"))
        if overlapping(self.begun[key], period):
            problem = _("Two rows describe this member for the same days.")
            self.plan.wrong(row, "until", problem, _("Let one period end where the next begins."))
            return
        if key not in self.new:
            kind = row.get("kind") or OrganisationKind.MUNICIPALITY
            self.new[key] = Organisation(key=key, kind=kind, code=code)
            self.plan.things.append(self.new[key])
        fact = OrganisationFact(organisation=self.new[key], **_filled(given), **_days(period))
        self.begun[key].append(fact)
        self.plan.facts += [fact, _membership(self.new[key], row, period)]
        told = [(n, None, self.plan.told(v)) for n, v in _filled(given).items()]
        told += [("from", None, period.start), ("until", None, period.until)]
        self.plan.differs(row, "new", f"{row['name']} ({code})", [t for t in told if t[2]])

    def _known(self, row: Row, organisation: Organisation, given: dict[str, Any]) -> None:
        """An organisation of the register reads otherwise, ends, or becomes a member."""
        self.named.add(organisation.pk)
        facts = self.facts[organisation.pk]
        fact, more = running(facts, row, self.terms)
        if fact is None:
            problem = _("%(name)s does not exist on that day in the register.")
            name = {"name": facts[-1].name if facts else organisation.key}
            remedy = _("Fill in a day on which it exists, or import as a correction.")
            self.plan.wrong(row, "from", problem % name, remedy)
            return
        if row.get("kind") and row["kind"] != organisation.kind:
            problem = _("In the register this is another kind of organisation: %(kind)s.")
            kind = {"kind": organisation.get_kind_display()}
            self.plan.wrong(row, "kind", problem % kind, _("Check the code."))
            return
        what = f"{fact.name} ({organisation.code or organisation.key})"
        until = row.get("until")
        before = len(self.plan.steps)
        self._member(row, organisation, what)
        self.plan.compare(row, what, fact, {**given, **more, "valid_until": until}, facts)
        if until is not None and len(self.plan.steps) > before:
            self._ends_too(organisation, row, fact.valid_until)

    def _member(self, row: Row, organisation: Organisation, what: str) -> None:
        """Its membership, when it is no member on the row's day."""
        day = row.get("from") or self.terms.day
        terms = self.memberships[organisation.pk]
        if any(day in membership.period for membership in terms):
            return
        later = overlapping(terms, Period(day, row.get("until")))
        until = later.valid_from if later else row.get("until")
        membership = _membership(organisation, row, Period(day, until))
        terms.append(membership)
        self.plan.facts.append(membership)
        self.plan.differs(row, "new", what, [("membership", None, day)])

    def _ends_too(self, organisation: Organisation, row: Row, stood: date | None) -> None:
        """What ends with an organisation: offices, seats, and membership, which lasts as long."""
        until = row["until"]
        members = [it for it in self.memberships[organisation.pk] if it.pk]
        for fact in [*members, *self.offices[organisation.pk], *self.ties[organisation.pk]]:
            if fact.runs_into(until):
                self.plan.steps.append(Step("end", fact, until))
            elif fact in members and fact.valid_until == stood and stood and stood < until:
                self.plan.steps.append(Step("prolong", fact, until))
            else:
                continue
            self.plan.touched.add((type(fact), fact.pk))

    def _left_out(self) -> None:
        """Members that a complete file does not name leave the association."""
        left = []
        for pk, memberships in self.memberships.items():
            for membership in memberships:
                if pk not in self.named and membership.pk and self.terms.day in membership.period:
                    names = [f.name for f in self.facts[pk] if self.terms.day in f.period]
                    left.append((names[0] if names else str(pk), membership))
        self.plan.leave_out(left)


def _membership(organisation: Organisation, row: Row, period: Period) -> Membership:
    extra = {name: row[name] for name in ("source", "certainty") if row.get(name)}
    return Membership(organisation=organisation, **extra, **_days(period))


def _days(period: Period) -> dict[str, Any]:
    return {"valid_from": period.start, "valid_until": period.until}


def _filled(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _degrees(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(PLACES)
