"""The retirement roster (*rooster van aftreden*): who steps down when, evenly and explained.

A body that is renewed all at once loses its memory. In a body with terms of ``years`` years the
seats are spread over as many classes; each year one class steps down, and whoever may serve another
term can be appointed again. At the start the first terms are therefore shortened, by lot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from verband.core.composition.problem import DoubleCandidate, OutOfRange, UnknownCandidate
from verband.core.composition.program import lot
from verband.core.composition.solver import MOST_NODES, Model, SolverUnreliable, Whole
from verband.core.errors import DomainError
from verband.core.period import add_months


class RosterImpossible(DomainError):
    """The fixed years and the people kept apart leave no roster."""

    code = "roster_impossible"
    template = (
        "No roster spreads %(members)s members evenly over %(years)s years with these wishes."
    )


class NobodyToRetire(DomainError):
    """A roster without members."""

    code = "nobody_to_retire"
    template = "A roster needs at least 1 member."


@dataclass(frozen=True)
class Member:
    """``last_year`` is the last year (1 = the first retirement) a member can stay, if any;
    ``terms`` the number of terms served when the first one on this roster ends; ``group`` is
    spread over the years."""

    id: str
    group: str = ""
    terms: int = 1
    last_year: int | None = None


@dataclass(frozen=True)
class Retirement:
    """A member steps down on ``day`` (the first day without the member), in year ``year``."""

    id: str
    year: int
    day: date
    may_return: bool


def roster(
    members: Sequence[Member],
    *,
    first_day: date,
    years: int,
    most_terms: int,
    apart: Sequence[tuple[str, str]] = (),
    seed: str = "0",
    nodes: int = MOST_NODES,
) -> tuple[Retirement, ...]:
    """The first round of retirements, ``years`` years long, in order of day and id.

    ``first_day`` is the day the first class steps down; the others follow on its anniversaries.
    The classes differ by at most one member; then as few members of one group as possible go in
    the same year; then the lot. The pairs in ``apart`` (a chair and a deputy) go in different
    years. ``most_terms`` decides who may return.

    Raises: ``NobodyToRetire``, ``RosterImpossible``, ``OutOfRange``, ``DoubleCandidate``,
    ``UnknownCandidate``, ``SearchTooLong``.

    >>> body = [Member("anna"), Member("bram", terms=2), Member("carla")]
    >>> for line in roster(body, first_day=date(2018, 7, 1), years=3, most_terms=2,
    ...                    apart=[("anna", "bram")], seed="27 November 2017"):
    ...     print(line.day, line.id, "may return" if line.may_return else "may not return")
    2018-07-01 bram may not return
    2019-07-01 anna may return
    2020-07-01 carla may return
    """
    _check(members, years, most_terms, apart)
    people = sorted(members, key=lambda member: member.id)
    model = Model(nodes)
    seats = model.add_columns([1] * (len(people) * years))
    crowds = _add_rows(model, people, years, apart)
    costs: Whole = np.zeros(model.columns, dtype=np.int64)
    costs[list(crowds)] = -1
    answer = model.maximise(costs)
    if answer is None:
        raise RosterImpossible(members=len(people), years=years)
    places = np.flatnonzero(costs)
    model.add_row(places.tolist(), costs[places].tolist(), answer.value)
    draw: Whole = np.zeros(model.columns, dtype=np.int64)
    draw[list(seats)] = [lot(f"{seed}\n{y}", m.id) for m in people for y in range(years)]
    answer = model.maximise(draw)
    if answer is None:
        raise SolverUnreliable()
    given = answer.values[: len(seats)].reshape(len(people), years).argmax(axis=1).tolist()
    lines = [
        Retirement(m.id, year + 1, add_months(first_day, 12 * year), m.terms < most_terms)
        for m, year in zip(people, given, strict=True)
    ]
    return tuple(sorted(lines, key=lambda line: (line.day, line.id)))


def _add_rows(
    model: Model, people: Sequence[Member], years: int, apart: Sequence[tuple[str, str]]
) -> range:
    """Everybody once, even classes, pairs apart, and a column for each crowding of a group."""
    at = {member.id: place for place, member in enumerate(people)}
    for place, member in enumerate(people):
        allowed = min(years, member.last_year or years)
        model.add_row([place * years + y for y in range(allowed)], [1] * allowed, 1, 1)
        model.add_row([place * years + y for y in range(years)], [1] * years, 1, 1)
    few = len(people) // years
    for year in range(years):
        everybody = [place * years + year for place in range(len(people))]
        model.add_row(everybody, [1] * len(everybody), few, -(-len(people) // years))
        for one, other in apart:
            model.add_row([at[one] * years + year, at[other] * years + year], [1, 1], 0, 1)
    groups: dict[str, list[int]] = {}
    for place, member in enumerate(people):
        if member.group:
            groups.setdefault(member.group, []).append(place)
    crowds = model.add_columns([len(people)] * (len(groups) * years))
    for number, group in enumerate(groups.values()):
        for year in range(years):
            column = crowds[number * years + year]
            seats = [place * years + year for place in group]
            fair = -(-len(group) // years)
            model.add_row([*seats, column], [*[1] * len(seats), -1], 0, fair)
    return crowds


def _check(
    members: Sequence[Member], years: int, most_terms: int, apart: Sequence[tuple[str, str]]
) -> None:
    if not members:
        raise NobodyToRetire()
    ids = [member.id for member in members]
    for id in ids:
        if ids.count(id) > 1:
            raise DoubleCandidate(id=id)
    for pair in apart:
        for id in pair:
            if id not in ids:
                raise UnknownCandidate(id=id, rule="apart")
    numbers = [("The number of years", years), ("The number of terms", most_terms)]
    numbers += [
        (f"The last year of {m.id}", m.last_year) for m in members if m.last_year is not None
    ]
    for what, value in numbers:
        if not 1 <= value <= 100:
            raise OutOfRange(what=what, value=value, low=1, high=100)
