"""The register of bodies and networks on a day: one line per body, with what asks attention."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from verband.bodies.kinds import BodyKind, CoverKind
from verband.bodies.models import BodyTerm, Coverage, GoalFact, Tenure
from verband.bodies.queries.links import Ties, ties_on
from verband.bodies.queries.names import Description, bodies_described
from verband.core.period import Period, add_months
from verband.members.names import name_of
from verband.members.people_labels import Called, people_called
from verband.members.queries import names_on

SOON_MONTHS = 6
AHEAD_MONTHS = 12
NETWORKS = frozenset(
    {
        BodyKind.MUNICIPAL_NETWORK,
        BodyKind.PROVINCIAL_BRANCH,
        BodyKind.AFFILIATED,
        BodyKind.PROFESSIONAL_NETWORK,
        BodyKind.PARTNER,
    }
)
OWN_WITHOUT_GOAL = frozenset({BodyKind.ASSOCIATION, BodyKind.COMPANY, BodyKind.FUND})


class Term(NamedTuple):
    """A period in which a body exists, as a list of many needs it."""

    body_id: int
    valid_from: date | None
    valid_until: date | None
    is_temporary: bool
    review_on: date | None

    @property
    def period(self) -> Period:
        """The days on which the body exists."""
        return Period(self.valid_from, self.valid_until)


@dataclass(frozen=True)
class Line:
    """One body on a day, with what is needed to judge it at a glance."""

    term: Term
    fact: Description
    ties: Ties
    covers: tuple[Coverage, ...]
    goals: int
    municipalities: int
    joining: tuple[date, int] | None

    @property
    def needs_liaison(self) -> bool:
        """Networks and temporary bodies are tied to the association by a person (R5, R13)."""
        return self.fact.kind in NETWORKS or self.term.is_temporary

    @cached_property
    def carrier(self) -> int | None:
        """The person who carries the tie to the association: the first one known."""
        return next((tie.person_id for tie in self.ties.liaisons if tie.person_id), None)

    @property
    def lacks_liaison(self) -> bool:
        """Nobody carries the tie to the association."""
        return self.needs_liaison and self.carrier is None

    @property
    def shares_lists(self) -> bool:
        """Whether reciprocity can be asked of this body: networks, and whoever shares lists."""
        return self.fact.kind in NETWORKS or bool(self.ties.counterparts)

    @cached_property
    def is_one_sided(self) -> bool:
        """Lists do not go both ways with every counterpart, or with none at all."""
        if not self.shares_lists:
            return False
        return not self.ties.counterparts or self.ties.mutual != self.ties.counterparts

    @property
    def lacks_goal(self) -> bool:
        """Neither a purpose nor a concrete goal is stated."""
        return not self.fact.purpose and not self.goals and self.fact.kind not in OWN_WITHOUT_GOAL

    def ends_within(self, day: date, months: int = SOON_MONTHS) -> bool:
        """The body ends within so many months of ``day``."""
        until = self.term.valid_until
        return until is not None and day < until <= add_months(day, months)

    def is_on(self, day: date) -> bool:
        """The body exists on ``day``; else it is planned."""
        start, until = self.term.valid_from, self.term.valid_until
        return (start is None or start <= day) and (until is None or day < until)


@dataclass(frozen=True)
class Register:
    """Every body that exists on a day or begins within a year, with the ministries they cover."""

    day: date
    lines: tuple[Line, ...]
    ministries: dict[int, str]

    @cached_property
    def standing(self) -> list[Line]:
        """The bodies that exist on the day."""
        return [line for line in self.lines if line.is_on(self.day)]


def register_on(day: date, known: datetime | None = None) -> Register:
    """The whole register of bodies on a day. Eight queries, whatever the number of bodies."""
    ahead = Period(day, add_months(day, AHEAD_MONTHS))
    rows = BodyTerm.objects.during(ahead).known(known).order_by("valid_from")
    first: dict[int, Term] = {}
    for row in rows.values_list(*Term._fields):
        first.setdefault(row[0], Term(*row))
    facts = bodies_described(day, known)
    ties = ties_on(day, known)
    covers = _covers(day, known)
    goals = Counter(GoalFact.objects.at(day).known(known).values_list("goal__body_id", flat=True))
    seated = _municipalities(day, known)
    joining = _joining(ahead, day, known)
    lines = tuple(
        Line(
            term,
            facts[pk],
            ties.get(pk, Ties()),
            tuple(covers.get(pk, ())),
            goals[pk],
            seated[pk],
            joining.get(pk),
        )
        for pk, term in first.items()
        if pk in facts
    )
    return Register(day, lines, _ministries(covers.values(), day, known))


def _covers(day: date, known: datetime | None) -> dict[int, list[Coverage]]:
    found: dict[int, list[Coverage]] = {}
    for row in Coverage.objects.at(day).known(known).order_by("kind", "label", "pk"):
        found.setdefault(row.body_id, []).append(row)
    return found


def _municipalities(day: date, known: datetime | None) -> Counter[int]:
    rows = Tenure.objects.filter(organisation__isnull=False).at(day).known(known)
    return Counter(rows.values_list("seat__body_id", flat=True))


def _joining(ahead: Period, day: date, known: datetime | None) -> dict[int, tuple[date, int]]:
    """Per body: the next day on which municipalities join, and how many."""
    rows = Tenure.objects.filter(organisation__isnull=False).during(ahead).known(known)
    coming = Counter(
        (body, start)
        for body, start in rows.values_list("seat__body_id", "valid_from")
        if start is not None and start > day
    )
    found: dict[int, tuple[date, int]] = {}
    for (body, start), count in sorted(coming.items(), key=lambda item: item[0][1]):
        found.setdefault(body, (start, count))
    return found


def liaisons_called(
    lines: Iterable[Line], day: date, known: datetime | None = None
) -> dict[int, Called]:
    """The people who carry the ties of these bodies to the association. Four queries."""
    carriers = {line.carrier for line in lines if line.carrier is not None}
    return people_called(carriers, day, known)


def _ministries(
    covers: Iterable[list[Coverage]], day: date, known: datetime | None
) -> dict[int, str]:
    ids = {
        row.ministry_id
        for rows in covers
        for row in rows
        if row.kind == CoverKind.MINISTRY and row.ministry_id is not None
    }
    return {
        pk: fact.abbreviation or name_of(fact) for pk, fact in names_on(ids, day, known).items()
    }
