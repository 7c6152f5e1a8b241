"""A deliberation counted: every statement, by group, and read per municipality.

The database counts; what comes back grows with the statements and the groups, never with the
people. Groups are those frozen at the opening. What fewer than ``FLOOR`` people said is told of no
group: small groups are taken together before anything is reckoned, and of one statement also the
figure from which a hidden one could be worked out is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from verband.consultations.models import Consultation
from verband.consultations.queries.statements import Put, counted_as, statements_of

FLOOR = 5
SMALL = "small"  # the code of the small groups that were taken together
OVERLAPPING = ("network",)  # a member may stand in several, so nothing adds up to the whole

# Of each person the latest vote on each statement that counts; one on a statement that was merged
# counts where the voter did not vote on the other.
COUNTS = """
WITH target AS (
    SELECT * FROM unnest(%(statements)s::bigint[], %(into)s::bigint[])
        AS target(statement_id, into_id)
), asked AS NOT MATERIALIZED (
    SELECT person_id, member_id FROM consult_invitation WHERE consultation_id = %(consultation)s
), moved AS (
    SELECT DISTINCT ON (target.into_id, vote.person_id)
        target.into_id AS statement_id, vote.person_id, vote.choice
    FROM target JOIN consult_statementvote vote USING (statement_id)
    WHERE vote.statement_id = ANY(%(merged)s::bigint[]) AND NOT EXISTS (
        SELECT 1 FROM consult_statementvote other
        WHERE other.statement_id = ANY(%(stand)s::bigint[])
            AND other.statement_id = target.into_id AND other.person_id = vote.person_id
    )
    ORDER BY target.into_id, vote.person_id, vote.recorded_from DESC, vote.statement_id DESC,
        vote.number DESC
), latest AS (
    SELECT vote.statement_id, vote.person_id, vote.choice
    FROM consult_statementvote vote
    WHERE vote.statement_id = ANY(%(open)s::bigint[]) AND NOT EXISTS (
        SELECT 1 FROM consult_statementvote later
        WHERE later.statement_id = vote.statement_id AND later.person_id = vote.person_id
            AND later.number = vote.number + 1 AND later.number > 1
    )
    UNION ALL
    SELECT statement_id, person_id, choice FROM moved
), cell AS MATERIALIZED (
    SELECT statement_id, member_id,
        count(*) FILTER (WHERE choice = 'agree') AS agree,
        count(*) FILTER (WHERE choice = 'pass') AS passed,
        count(*) FILTER (WHERE choice = 'disagree') AS disagree
    FROM latest JOIN asked USING (person_id)
    GROUP BY statement_id, member_id
), took AS MATERIALIZED (
    SELECT member_id, count(*) AS people
    FROM asked
    WHERE EXISTS (
        SELECT 1 FROM consult_statementvote vote
        WHERE vote.person_id = asked.person_id AND vote.statement_id = ANY(%(statements)s::bigint[])
    )
    GROUP BY member_id
), segment AS MATERIALIZED (
    SELECT line.member_id, dimension, code
    FROM consult_rollline line
    CROSS JOIN unnest(%(dimensions)s::text[]) AS dimension
    CROSS JOIN LATERAL jsonb_array_elements_text(
        CASE WHEN coalesce(jsonb_array_length(line.segments -> dimension), 0) = 0
            THEN '[""]'::jsonb ELSE line.segments -> dimension END
    ) AS code
    WHERE line.consultation_id = %(consultation)s
)
SELECT 'cell', dimension, code, statement_id, sum(agree), sum(passed), sum(disagree)
FROM cell JOIN segment USING (member_id) GROUP BY dimension, code, statement_id
UNION ALL
SELECT 'whole', '', '', statement_id, sum(agree), sum(passed), sum(disagree)
FROM cell GROUP BY statement_id
UNION ALL
SELECT 'members', '', '', statement_id,
    count(*) FILTER (WHERE 2 * agree > agree + passed + disagree),
    count(*) FILTER (WHERE 2 * agree <= agree + passed + disagree
        AND 2 * disagree <= agree + passed + disagree),
    count(*) FILTER (WHERE 2 * disagree > agree + passed + disagree)
FROM cell GROUP BY statement_id
UNION ALL
SELECT 'people', dimension, code, 0, sum(people), 0, 0
FROM took JOIN segment USING (member_id) GROUP BY dimension, code
UNION ALL
SELECT 'people', '', '', 0, sum(people), count(*), 0 FROM took
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """What people said of a statement; of municipalities: what most of their people said."""

    agree: int = 0
    passed: int = 0
    disagree: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.agree + other.agree, self.passed + other.passed, self.disagree + other.disagree
        )

    @property
    def seen(self) -> int:
        """How many said something."""
        return self.agree + self.passed + self.disagree

    @property
    def side(self) -> int:
        """1 when more agree than disagree, -1 when fewer, 0 when as many."""
        return (self.agree > self.disagree) - (self.agree < self.disagree)


@dataclass(frozen=True, slots=True)
class Group:
    """A group that was known before the opening, with how many of its people took part."""

    code: str
    people: int


@dataclass(frozen=True)
class Counted:
    """A statement with its figures. ``cells``: by dimension, in the order of its groups.

    ``None`` in place of a tally: fewer than the floor, or more would be told than it should.
    """

    put: Put
    whole: Tally | None
    members: Tally
    cells: Mapping[str, tuple[Tally | None, ...]]


@dataclass(frozen=True)
class Deliberation:
    """All statements that are put to the vote, counted. ``groups``: by dimension, as shown."""

    puts: tuple[Put, ...]
    invited: int
    people: int
    municipalities: int
    groups: Mapping[str, tuple[Group, ...]]
    counted: tuple[Counted, ...]

    @property
    def votes(self) -> int:
        """How many votes stand, as far as they may be told."""
        return sum(one.whole.seen for one in self.counted if one.whole is not None)


def deliberation_of(consultation: Consultation, dimensions: Sequence[str]) -> Deliberation:
    """Count a deliberation. Four queries, whatever the number of people."""
    puts = statements_of(consultation)
    target = counted_as(puts)
    cells: dict[str, dict[int, dict[str, Tally]]] = {name: {} for name in dimensions}
    people: dict[str, dict[str, int]] = {name: {} for name in dimensions}
    whole: dict[int, Tally] = {}
    members: dict[int, Tally] = {}
    took_part = municipalities = 0
    for kind, dimension, code, pk, *amounts in _rows(consultation, target, dimensions):
        tally = Tally(*(int(amount or 0) for amount in amounts))
        if kind == "cell":
            cells[dimension].setdefault(pk, {})[code] = tally
        elif kind == "whole":
            whole[pk] = tally
        elif kind == "members":
            members[pk] = tally
        elif dimension:
            people[dimension][code] = tally.agree
        else:
            took_part, municipalities = tally.agree, tally.passed
    pooled = {name: pooled_groups(people[name], overlap=name in OVERLAPPING) for name in dimensions}
    counted = tuple(
        Counted(
            one,
            _told(whole.get(one.statement.pk, Tally())),
            members.get(one.statement.pk, Tally()),
            {
                name: _shown(pooled[name], cells[name].get(one.statement.pk, {}))
                for name in dimensions
            },
        )
        for one in puts
        if one.is_open
    )
    return Deliberation(
        puts=tuple(puts),
        invited=consultation.invitations.count(),
        people=took_part,
        municipalities=municipalities,
        groups={
            name: tuple(Group(code, size) for code, size, _codes in found)
            for name, found in pooled.items()
        },
        counted=counted,
    )


def _rows(
    consultation: Consultation, target: Mapping[int, int], dimensions: Sequence[str]
) -> list[tuple[Any, ...]]:
    statements = list(target)
    values: dict[str, Any] = {
        "statements": statements,
        "into": [target[pk] for pk in statements],
        "open": [pk for pk in statements if target[pk] == pk],
        "merged": [pk for pk in statements if target[pk] != pk],
        "stand": [into for pk, into in target.items() if into != pk],
        "consultation": consultation.pk,
        "dimensions": list(dimensions),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


Pool = tuple[str, int, tuple[str, ...]]


def pooled_groups(people: Mapping[str, int], *, overlap: bool) -> tuple[Pool, ...]:
    """Groups as they may be told: code, people, and the codes that are in it.

    Those with fewer people than the floor are taken together, with the next smallest when they are
    too few even then; where groups overlap they are left out.

    >>> pooled_groups({"a": 9, "b": 3, "c": 6, "": 1}, overlap=False)
    (('a', 9, ('a',)), ('small', 10, ('', 'b', 'c')))
    """
    sized = sorted(people.items(), key=lambda pair: (pair[1], pair[0]))
    small = [code for code, size in sized if size < FLOOR]
    rest = [code for code, size in sized if size >= FLOOR]
    if overlap:
        return tuple((code, people[code], (code,)) for code in sorted(rest, key=_place))
    while small and sum(people[code] for code in small) < FLOOR and rest:
        small.append(rest.pop(0))
    found: list[Pool] = [(code, people[code], (code,)) for code in sorted(rest, key=_place)]
    together = sum(people[code] for code in small)
    if together >= FLOOR:
        found.append((SMALL, together, tuple(sorted(small))))
    return tuple(found)


def _place(code: str) -> tuple[int, str]:
    """Sizes in their own order; other codes as they are written."""
    start = code.partition("-")[0]
    return (int(start) if start.isdecimal() else 0), code


def _told(tally: Tally) -> Tally | None:
    return tally if tally.seen == 0 or tally.seen >= FLOOR else None


def _shown(pools: Sequence[Pool], cells: Mapping[str, Tally]) -> tuple[Tally | None, ...]:
    """The figures of one statement by group, without what would tell of too few people."""
    sums = [
        sum((cells[code] for code in codes if code in cells), Tally()) for _name, _n, codes in pools
    ]
    hidden = {place for place, one in enumerate(sums) if 0 < one.seen < FLOOR}
    while hidden and sum(sums[place].seen for place in hidden) < FLOOR:
        rest = [place for place, one in enumerate(sums) if place not in hidden and one.seen]
        if not rest:
            break
        hidden.add(min(rest, key=lambda place: (sums[place].seen, place)))
    return tuple(None if place in hidden else one for place, one in enumerate(sums))
