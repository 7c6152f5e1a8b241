"""Seats: the places of a body, and who holds them since when."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from verband.bodies.imports.existence import Existences
from verband.bodies.imports.fields import Row
from verband.bodies.imports.finding import bodies, organisations, people
from verband.bodies.imports.kinds import SEATS
from verband.bodies.imports.plan import Plan, Step, Terms, overlapping, running
from verband.bodies.models import Body, Seat, SeatFact, Tenure
from verband.core.period import Period
from verband.kernel.existence import unbroken
from verband.members.models import Organisation

OF_SEAT = ("role", "title", "is_voting")
OF_TENURE = ("acting", "decision", "source", "certainty")
Where = tuple[int, int]


def plan_seats(rows: Sequence[Row], terms: Terms) -> Plan:
    """What a file of seats changes. Ten queries, whatever the number of rows."""
    return _Seats(terms).of(rows)


class _Seats:
    def __init__(self, terms: Terms) -> None:
        self.plan = Plan(SEATS, terms)
        self.terms = terms
        self.bodies, self.people, self.organisations = bodies(), people(), organisations()
        self.plan.called = self.organisations.called
        self.existence = Existences()
        self.seats: dict[Where, Seat] = {}
        self.facts: dict[Where, list[Any]] = defaultdict(list)
        self.tenures: dict[Where, list[Any]] = defaultdict(list)
        self.named: set[int] = set()
        self.touched_bodies: set[int] = set()
        for seat in Seat.objects.select_related("body"):
            self.seats[(seat.body_id, seat.number)] = seat
        facts: Any = SeatFact.objects.known(None).select_related("seat", "on_behalf_of")
        for fact in facts.order_by("valid_from", "pk"):
            self.facts[(fact.seat.body_id, fact.seat.number)].append(fact)
        held: Any = Tenure.objects.known(None).select_related(
            "seat__body", "person", "organisation"
        )
        for tenure in held.order_by("valid_from", "pk"):
            self.tenures[(tenure.seat.body_id, tenure.seat.number)].append(tenure)

    def of(self, rows: Sequence[Row]) -> Plan:
        # In the order of days, so that a seat is there before somebody takes it.
        for row in sorted(rows, key=lambda row: (row.get("from") or date.min, row["line"])):
            wrong = len(self.plan.errors)
            body = self.plan.find(row, "body", self.bodies)
            behalf = self.plan.find(row, "on_behalf_of", self.organisations)
            person = self.plan.find(row, "person", self.people)
            organisation = self.plan.find(row, "organisation", self.organisations)
            if person is not None and organisation is not None:
                problem = _("A seat is held by a person or by an organisation, not by both.")
                self.plan.wrong(row, "organisation", problem, _("Empty one of the two cells."))
            if len(self.plan.errors) > wrong:
                continue
            self._row(row, body, behalf, person or organisation)
        if self.terms.complete:
            self._left_out()
        self.plan.differences.sort(key=lambda it: (it.line is None, it.line or 0))
        return self.plan

    def _row(self, row: Row, body: Body, behalf: Any, holder: Any) -> None:
        where = (body.pk, row["number"])
        self.touched_bodies.add(body.pk)
        what = f"{body.key} {row['number']}"
        given = {name: row.get(name) for name in OF_SEAT} | {"on_behalf_of": behalf}
        if where not in self.seats:
            if not self.plan.needs(row, "role", "from"):
                return
            self._new_seat(row, where, body, given, what)
        elif not self._known_seat(row, where, given, what, alone=holder is None):
            return
        if holder is not None:
            self._holder(row, where, holder, what)

    def _new_seat(
        self, row: Row, where: Where, body: Body, given: dict[str, Any], what: str
    ) -> None:
        """A seat that the body did not have; it stays after whoever takes it first."""
        seat = Seat(body=body, number=row["number"])
        filled = {name: value for name, value in given.items() if value is not None}
        fact = SeatFact(seat=seat, valid_from=row["from"], **filled)
        self.seats[where] = seat
        self.facts[where].append(fact)
        self.plan.things.append(seat)
        self.plan.facts.append(fact)
        told = [(name, None, self.plan.told(value)) for name, value in filled.items()]
        self.plan.differs(row, "new", what, [*told, ("from", None, row["from"])])

    def _known_seat(
        self, row: Row, where: Where, given: dict[str, Any], what: str, *, alone: bool
    ) -> bool:
        """A seat of the register; whether the row can go on to its holder."""
        day = row.get("from") or self.terms.day
        fact = next((it for it in self.facts[where] if day in it.period), None)
        if fact is None:
            problem = _("This seat does not exist on that day in the register.")
            self.plan.wrong(row, "from", problem, _("Fill in a day on which it exists."))
            return False
        says = {name: value for name, value in given.items() if value is not None}
        differs = any(getattr(fact, name) != value for name, value in says.items())
        if fact.pk is None and differs:
            problem = _("Two rows describe this new seat in two ways.")
            self.plan.wrong(row, "role", problem, _("Import the later description afterwards."))
            return False
        if differs or alone:
            self.plan.compare(row, what, fact, says)
        return True

    def _holder(self, row: Row, where: Where, holder: Any, what: str) -> None:
        """Who holds the seat: the same as in the register, or somebody who follows."""
        tenures = self.tenures[where]
        side = "person" if hasattr(holder, "roles") else "organisation"
        own = [it for it in tenures if getattr(it, side) == holder]
        fact, more = running(own, row, self.terms)
        given = {name: row.get(name) for name in OF_TENURE}
        if fact is not None and fact.pk:
            self.named.add(fact.pk)
            given |= {**more, "valid_until": row.get("until")}
            if self._stays_within(row, where, fact, given):
                self.plan.compare(row, f"{what}, {holder}", fact, given, tenures)
        elif self.plan.needs(row, "from"):
            self._follows(row, where, {side: holder}, given, f"{what}, {holder}")

    def _stays_within(self, row: Row, where: Where, fact: Tenure, given: dict[str, Any]) -> bool:
        """Whether the days of a tenure stay as they are, or seat and holder are there on them."""
        start = given.get("valid_from", fact.valid_from)
        until = given["valid_until"] or fact.valid_until
        if (start, until) == (fact.valid_from, fact.valid_until):
            return True
        asked = self.plan.period(row, start, until)
        return asked is not None and self._exists(row, where, fact.organisation, asked)

    def _exists(
        self, row: Row, where: Where, organisation: Organisation | None, asked: Period
    ) -> bool:
        """Whether the seat, and the organisation that holds it, are there in the whole period."""
        seat = unbroken(self.facts[where], asked.start)
        if seat is None or not seat.covers(asked):
            problem = _("This seat does not exist during that whole period.")
            self.plan.wrong(row, "from", problem, _("Shorten the period."))
            return False
        return organisation is None or self.existence.holds(self.plan, row, organisation, asked)

    def _follows(
        self, row: Row, where: Where, holder: dict[str, Any], given: dict[str, Any], what: str
    ) -> None:
        """Somebody takes the seat; who sat there on that day leaves it."""
        seat = unbroken(self.facts[where], row["from"])
        organisation = holder.get("organisation")
        ends = [seat.until if seat else None]
        if organisation is not None:
            ends.append(self.existence.end_of(organisation, row["from"]))
        asked = Period(row["from"], row.get("until") or min(filter(None, ends), default=None))
        if not self._exists(row, where, organisation, asked):
            return
        before = next((it for it in self.tenures[where] if row["from"] in it.period), None)
        others = [it for it in self.tenures[where] if it is not before]
        leaves = before is None or (before.pk is not None and before.runs_into(row["from"]))
        if not leaves or overlapping(others, asked) is not None:
            problem = _("Somebody else holds this seat on days of that period.")
            self.plan.wrong(row, "until", problem, _("Let one period end where the next begins."))
            return
        if before is not None and not self._leaves(row, before, what):
            return
        filled = {name: value for name, value in given.items() if value is not None}
        tenure = Tenure(
            seat=self.seats[where],
            valid_from=asked.start,
            valid_until=asked.until,
            **holder,
            **filled,
        )
        self.tenures[where] = [*others, tenure]
        self.plan.facts.append(tenure)
        told = [("from", None, asked.start)]
        told += [("until", None, asked.until)] if asked.until else []
        self.plan.differs(row, "new", what, told)

    def _leaves(self, row: Row, before: Tenure, what: str) -> bool:
        """The one who sat there ends; whether no earlier row changed that tenure."""
        if not self.plan.first(row, before):
            return False
        self.named.add(before.pk)
        self.plan.steps.append(Step("end", before, row["from"]))
        told = [("valid_until", before.valid_until, row["from"])]
        who = before.person or before.organisation
        self.plan.differs(row, "ended", f"{before.seat}, {who}", told)
        return True

    def _left_out(self) -> None:
        """Holders of seats in the bodies of a complete file that it does not name."""
        left = [
            (f"{tenure.seat}, {tenure.person or tenure.organisation}", tenure)
            for where, tenures in self.tenures.items()
            for tenure in tenures
            if where[0] in self.touched_bodies and tenure.pk and tenure.pk not in self.named
            if self.terms.day in tenure.period
        ]
        self.plan.leave_out(left)
