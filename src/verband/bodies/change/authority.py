"""What the reader may change here today, and the small links that lead there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from verband.kernel.use_case import UseCase
from verband.ui.component import Component


@dataclass(frozen=True)
class RowAction(Component):
    """A small link in a row; ``what`` tells a screen reader which row it acts on."""

    label: str
    what: str
    href: str


def allowed(request: Any, use_cases: Iterable[UseCase[Any]], **about: Any) -> frozenset[str]:
    """The names of the use cases that the reader may carry out now.

    Every ground of authority is asked once, so that the number of queries does not grow with the
    number of use cases. Nothing on another day than today, nothing for a visitor.
    """
    actor = getattr(request, "actor", None)
    if actor is None or not request.reading.changes_allowed:
        return frozenset()
    answers: dict[int, bool] = {}
    found = set()
    for case in use_cases:
        ground = id(case.allowed)
        if ground not in answers:
            answers[ground] = case.may(actor=actor, now=request.reading.now, **about)
        if answers[ground]:
            found.add(case.name.rpartition(".")[2])
    return frozenset(found)
