"""Who tells the story, and when: use cases in date order, each recorded at a believable instant."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from verband.kernel.clock import zone
from verband.kernel.use_case import UseCase
from verband.people.models import Account

R = TypeVar("R")
Progress = Callable[[str, int, int], None]
SEED = 2017
BEGIN = date(2012, 1, 1)  # the register begins


@dataclass
class Scribe:
    """Calls use cases as the register keeper would have, on the day it was known.

    Chapters plan their steps with ``plan``; ``tell_all`` carries them out in date order. ``today``
    is the demo's day: nothing is recorded later than its morning, so that what lies after it is a
    plan that is known already.
    """

    today: date
    actor: Account
    progress: Progress
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - a seed makes the story the same
    _steps: list[tuple[date, int, str, Callable[[], object]]] = field(default_factory=list)
    _now: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    def plan(self, on: date, chapter: str, step: Callable[[], object]) -> None:
        """Let ``step`` happen on day ``on``; before the register begins means on its first day."""
        self._steps.append((max(on, BEGIN), len(self._steps), chapter, step))

    def tell_all(self) -> None:
        """Carry out every planned step in date order; steps of one day in the order planned."""
        done: dict[str, int] = {}
        totals: dict[str, int] = {}
        for _, _, chapter, _ in self._steps:
            totals[chapter] = totals.get(chapter, 0) + 1
        for on, _, chapter, step in sorted(self._steps, key=lambda planned: planned[:2]):
            self._begin(on)
            step()
            done[chapter] = done.get(chapter, 0) + 1
            self.progress(chapter, done[chapter], totals[chapter])
        self._steps.clear()

    def tell(self, use_case: UseCase[R], **arguments: Any) -> R:
        """Carry out one use case now, in the story's time."""
        return self.tell_as(self.actor, use_case, **arguments)

    def tell_as(self, account: Account, use_case: UseCase[R], **arguments: Any) -> R:
        """Carry out one use case now, by somebody else than the register keeper."""
        self._now += timedelta(milliseconds=20)
        return use_case(actor=account, now=self._now, **arguments)

    def _begin(self, on: date) -> None:
        latest = datetime.combine(self.today, time(7), tzinfo=zone())
        morning = min(datetime.combine(on, time(9, 30), tzinfo=zone()), latest)
        self._now = max(self._now, morning.astimezone(UTC))
