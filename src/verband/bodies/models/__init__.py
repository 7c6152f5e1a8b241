"""Rows about bodies, their seats, who sits there, and how bodies are tied to each other."""

from verband.bodies.models.body import (
    Body,
    BodyExistsAlready,
    BodyFact,
    BodyTerm,
    Coverage,
    CoversOneThing,
    Goal,
    GoalFact,
    OneDescriptionAtATime,
    OneGoalTextAtATime,
    ReviewAfterEnd,
    TemporaryNeedsEnd,
)
from verband.bodies.models.imports import (
    PendingImport,
)
from verband.bodies.models.links import (
    Link,
    LinkFact,
    LinkToItself,
    OneLinkAtATime,
)
from verband.bodies.models.seats import (
    HeldByOne,
    OneSeatTextAtATime,
    Seat,
    SeatFact,
    SeatTaken,
    Tenure,
)

__all__ = [
    "Body",
    "BodyExistsAlready",
    "BodyFact",
    "BodyTerm",
    "Coverage",
    "CoversOneThing",
    "Goal",
    "GoalFact",
    "HeldByOne",
    "Link",
    "LinkFact",
    "LinkToItself",
    "OneDescriptionAtATime",
    "OneGoalTextAtATime",
    "OneLinkAtATime",
    "OneSeatTextAtATime",
    "PendingImport",
    "ReviewAfterEnd",
    "Seat",
    "SeatFact",
    "SeatTaken",
    "TemporaryNeedsEnd",
    "Tenure",
]
