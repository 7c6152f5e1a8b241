"""Changes about the goals of bodies and about what they cover."""

from datetime import date, datetime
from typing import Any

from verband.bodies.kinds import CoverKind
from verband.bodies.models import Body, Coverage, Goal, GoalFact
from verband.bodies.permissions import keeps_the_body
from verband.core.period import Period
from verband.kernel.permissions import Actor
from verband.kernel.two_times import TwoTimesQuerySet, add_thing, change, end, record
from verband.kernel.use_case import use_case
from verband.members.existence import existence_of, refuse_outside
from verband.members.models import Organisation
from verband.members.use_cases.organisations import ENDS_TOO


@use_case(allowed=keeps_the_body)
def add_goal(
    *,
    actor: Actor,
    now: datetime,
    body: Body,
    text: str,
    valid_from: date,
    valid_until: date | None = None,
    measure: str = "",
    due_on: date | None = None,
    state: str = GoalFact.State.RUNNING,
    source: str = "",
    certainty: str = "certain",
) -> Goal:
    """Give a body a concrete goal."""
    goal = add_thing(Goal(body=body), now=now)
    record(
        GoalFact(
            goal=goal,
            text=text,
            measure=measure,
            due_on=due_on,
            state=state,
            valid_from=valid_from,
            valid_until=valid_until,
            source=source,
            certainty=certainty,
        ),
        now=now,
    )
    return goal


@use_case(allowed=keeps_the_body)
def change_goal(
    *, actor: Actor, now: datetime, fact: GoalFact, day: date, **values: Any
) -> GoalFact:
    """From ``day`` on the goal reads otherwise, is reached, or is dropped."""
    return change(fact, day=day, now=now, **values)


@use_case(allowed=keeps_the_body)
def cover(
    *,
    actor: Actor,
    now: datetime,
    body: Body,
    kind: CoverKind,
    valid_from: date | None,
    valid_until: date | None = None,
    ministry: Organisation | None = None,
    label: str = "",
    source: str = "",
    certainty: str = "certain",
) -> Coverage:
    """The body covers a ministry, a task field or a theme; a ministry as long as there is one.

    Raises:
        CoversOneThing: both or neither of ministry and label.
        OrganisationDoesNotExist: the ministry does not exist during the whole period.
    """
    if ministry is not None:
        if valid_until is None:
            valid_until = existence_of(ministry, valid_from).until
        refuse_outside(ministry, Period(valid_from, valid_until))
    return record(
        Coverage(
            body=body,
            kind=kind,
            ministry=ministry,
            label=label,
            valid_from=valid_from,
            valid_until=valid_until,
            source=source,
            certainty=certainty,
        ),
        now=now,
    )


@use_case(allowed=keeps_the_body)
def end_coverage(
    *, actor: Actor, now: datetime, coverage: Coverage, day: date, reason: str
) -> Coverage:
    """The body stops covering it."""
    return end(coverage, day=day, now=now)


def _covered(ministry: Organisation) -> TwoTimesQuerySet:
    return Coverage.objects.filter(ministry=ministry).known(None)


ENDS_TOO.append(_covered)
