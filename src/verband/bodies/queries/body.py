"""Everything the register knows of one body on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from verband.bodies.models import Body, BodyFact, BodyTerm, Coverage, GoalFact, LinkFact
from verband.bodies.queries.links import Reciprocity, Tie, Ties, links_of, reciprocity_of
from verband.bodies.queries.names import bodies_called
from verband.bodies.queries.seats import Names, SeatHistory, names_for, seats_of_body
from verband.core.period import Period
from verband.kernel.two_times import Closing
from verband.members.models import OrganisationFact
from verband.members.people_labels import Called, people_called
from verband.members.queries import names_on


@dataclass(frozen=True, slots=True)
class BodyOnDay:
    """One body on a day, as known at an instant.

    ``term`` and ``fact`` are those of the day, or the nearest when the body does not exist then.
    ``corrected`` maps the row of a fact to the instant of the correction that made it.
    """

    body: Body
    term: BodyTerm
    terms: tuple[BodyTerm, ...]
    fact: BodyFact
    facts: tuple[BodyFact, ...]
    goals: tuple[GoalFact, ...]
    covers: tuple[Coverage, ...]
    ministries: dict[int, OrganisationFact]
    seats: tuple[SeatHistory, ...]
    names: Names
    links: tuple[LinkFact, ...]
    ties: Ties
    reciprocity: tuple[Reciprocity, ...]
    children: tuple[BodyFact, ...]
    bodies: dict[int, BodyFact]
    carriers: dict[int, Called]
    corrected: dict[tuple[str, int], datetime]

    def exists_on(self, day: date) -> bool:
        """Whether the body exists on a day."""
        return any(day in term.period for term in self.terms)

    @property
    def exists(self) -> Period:
        """From the first start to the last end."""
        return Period(self.terms[0].valid_from, self.terms[-1].valid_until)


def body_on(body: Body, day: date, known: datetime | None = None) -> BodyOnDay | None:
    """One body on a day; ``None`` when nothing was known of it at that instant.

    Twenty-six queries, whatever the number of seats and links.
    """
    terms = list(BodyTerm.objects.filter(body=body).known(known).order_by("valid_from", "pk"))
    facts = list(BodyFact.objects.filter(body=body).known(known).order_by("valid_from", "pk"))
    if not terms or not facts:
        return None
    seats = tuple(seats_of_body(body, day, known))
    links = tuple(links_of(body.pk, known))
    ties = _ties(body, links, day)
    reciprocity = tuple(reciprocity_of(body.pk, ties, day, known))
    children = _children(body, day, known)
    fact = nearest(facts, day)
    called = bodies_called(
        {fact.parent_id, *(r.other for r in reciprocity), *_ends_of(links), *_behalf(seats)}
        - {None},
        day,
        known,
    )
    covers = Coverage.objects.filter(body=body).at(day).known(known).order_by("kind", "label")
    covered = tuple(covers)
    return BodyOnDay(
        body=body,
        term=nearest(terms, day),
        terms=tuple(terms),
        fact=fact,
        facts=tuple(facts),
        goals=_goals(body, day, known),
        covers=covered,
        ministries=names_on({c.ministry_id for c in covered if c.ministry_id}, day, known),
        seats=seats,
        names=names_for((t for seat in seats for t in seat.tenures), day, known),
        links=links,
        ties=ties,
        reciprocity=reciprocity,
        children=children,
        bodies=called,
        carriers=people_called({link.person_id for link in links if link.person_id}, day, known),
        corrected=_corrected([*terms, *facts, *(t for s in seats for t in s.tenures), *links]),
    )


def nearest(rows: list[Any], day: date) -> Any:
    """The row that is true on the day; else the last one before it; else the first."""
    on_day = [row for row in rows if day in row.period]
    past = [row for row in rows if row.period.is_past(day)]
    return (on_day or past or rows)[-1 if on_day or past else 0]


def _ties(body: Body, links: tuple[LinkFact, ...], day: date) -> Ties:
    running = [
        Tie(fact.link.from_body_id, fact.link.to_body_id, fact.link.kind, fact.person_id)
        for fact in links
        if day in fact.period
    ]
    return Ties(
        [tie for tie in running if tie.from_body_id == body.pk],
        [tie for tie in running if tie.to_body_id == body.pk],
    )


def _ends_of(links: tuple[LinkFact, ...]) -> set[int]:
    return {pk for fact in links for pk in (fact.link.from_body_id, fact.link.to_body_id)}


def _behalf(seats: tuple[SeatHistory, ...]) -> set[int | None]:
    return {seat.fact.on_behalf_of_body_id for seat in seats}


def _children(body: Body, day: date, known: datetime | None) -> tuple[BodyFact, ...]:
    rows = BodyFact.objects.filter(parent=body).at(day).known(known).select_related("body")
    return tuple(rows.order_by("kind", "name", "pk"))


def _goals(body: Body, day: date, known: datetime | None) -> tuple[GoalFact, ...]:
    rows = GoalFact.objects.filter(goal__body=body).known(known).order_by("valid_from", "pk")
    best: dict[int, list[GoalFact]] = {}
    for row in rows:
        best.setdefault(row.goal_id, []).append(row)
    found = [nearest(wordings, day) for wordings in best.values()]
    return tuple(sorted(found, key=lambda goal: (goal.due_on or date.max, goal.pk)))


def _corrected(rows: list[Any]) -> dict[tuple[str, int], datetime]:
    """Which of these rows took the place of a row that was corrected. One query per kind."""
    found: dict[tuple[str, int], datetime] = {}
    for model in {type(row) for row in rows}:
        mine = {row.replaces_id: row for row in rows if type(row) is model and row.replaces_id}
        wrong = model.objects.filter(pk__in=mine, closed_as=Closing.CORRECTED)
        for pk, instant in wrong.values_list("pk", "recorded_until"):
            found[model._meta.db_table, mine[pk].pk] = instant
    return found
