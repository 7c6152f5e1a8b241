"""Which bodies sleep? Silence is measured against a body's own rhythm, not against a fixed term.

A body that met every week is silent after two months; one that meets once a year is not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from verband.core.errors import DomainError
from verband.core.networks.register import ALWAYS
from verband.core.period import Period

State = Literal["active", "possibly dormant", "sunset", "unknown"]

USUAL_EVENTS, USUAL_DAYS = 1.0, 91.0  # the prior when no body has a history: once a quarter
FEWEST, MOST = 0.5, 200.0  # bounds on the prior, in events


class DormancyRefused(DomainError):
    """The limits of the test."""

    code = "dormancy_refused"
    template = (
        "A chance between 0 and 1 and at least 1 day are needed, not %(chance)s and %(days)s."
    )


@dataclass(frozen=True, slots=True)
class Activity:
    """One body and what it did: meetings, decisions, documents, changes, as days.

    ``period`` is its life, ``mandate_until`` the first day its mandate no longer holds,
    ``liaison`` whether someone answers for it; ``None`` is not known.
    """

    body: str
    events: tuple[date, ...]
    period: Period = ALWAYS
    mandate_until: date | None = None
    liaison: bool | None = None


@dataclass(frozen=True)
class Prior:
    """What bodies in general do: a gamma distribution over rates, ``events`` in ``days``."""

    events: float
    days: float


@dataclass(frozen=True)
class Rhythm:
    """The state of one body, with its own cadence beside the probability.

    ``cadence`` is the mean number of days between events, ``silent`` the days since the last one;
    both without the excluded silences. ``chance`` is the probability of so long a silence if the
    body still kept its rhythm. ``why_sunset`` names what makes it ready to end.
    """

    body: str
    last: date | None
    events: int
    cadence: float | None
    silent: int
    chance: float | None
    state: State
    why_sunset: tuple[str, ...]
    mandate_is_over: bool


def counted_days(start: date, until: date, silences: Sequence[Period]) -> int:
    """The days from ``start`` up to ``until`` that do not lie in a silence.

    >>> counted_days(date(2017, 7, 1), date(2017, 9, 1),
    ...              [Period(date(2017, 7, 10), date(2017, 8, 21)), Period(date(2017, 8, 1), None)])
    9
    """
    if until <= start:
        return 0
    span, reached, days = Period(start, until), start, (until - start).days
    inside = [part for silence in silences if (part := span.intersection(silence)) is not None]
    for part in sorted(inside, key=lambda part: part.start or start):
        begins, ends = max(part.start or start, reached), part.until or until
        if ends > begins:
            days -= (ends - begins).days
            reached = ends
    return days


@dataclass(frozen=True)
class _History:
    activity: Activity
    last: date | None
    events: int
    days: int
    silent: int


def _history(activity: Activity, on: date, silences: Sequence[Period]) -> _History:
    """E events in T days up to the last event, then D days of silence.

    Without a known start the first event opens the history and is not itself counted.
    """
    past = sorted(day for day in activity.events if day <= on)
    start = activity.period.start
    if start is None:
        start, counted = (past[0] if past else on), len(past) - 1
    else:
        past = [day for day in past if day >= start]
        counted = len(past)
    last = past[-1] if past else None
    return _History(
        activity,
        last,
        max(0, counted),
        counted_days(start, last or start, silences),
        counted_days(last or start, on, silences),
    )


def fit(histories: Sequence[tuple[int, int]]) -> Prior:
    """The gamma prior from (events, days) of all bodies, by moments (after Marshall 1991).

    Bodies that do not differ more than chance share one rate; the prior then counts for 200 events.
    Without any history the prior is one event in a quarter.

    >>> fit([])
    Prior(events=1.0, days=91.0)
    """
    told = [(events, days) for events, days in histories if days > 0]
    total = sum(days for _, days in told)
    rate = sum(events for events, _ in told) / total if total else 0.0
    if rate == 0:
        return Prior(USUAL_EVENTS, USUAL_DAYS)
    spread = sum(days * (events / days - rate) ** 2 for events, days in told)
    freed = total - sum(days * days for _, days in told) / total
    variance = (spread - (len(told) - 1) * rate) / freed if freed > 0 else 0.0
    events = MOST if variance <= 0 else min(MOST, max(FEWEST, rate * rate / variance))
    return Prior(events, events / rate)


def chance_of_silence(prior: Prior, events: int, days: int, silent: int) -> float:
    """P(no event in ``silent`` days | ``events`` in ``days``) = ((b+T)/(b+T+D))^(a+E).

    >>> round(chance_of_silence(Prior(1.0, 91.0), 12, 365, 60), 4)
    0.2005
    """
    known = prior.days + days
    return float((known / (known + silent)) ** (prior.events + events))


def dormancy(
    activities: Iterable[Activity],
    on: date,
    *,
    silences: Sequence[Period] = (),
    chance: Fraction = Fraction(1, 20),
    least_days: int = 180,
) -> list[Rhythm]:
    """The state of every body that exists on a day, the most silent against its rhythm first.

    "Possibly dormant": so long a silence has a chance under ``chance`` and lasts more than
    ``least_days``. "Sunset": also the mandate is over, or nobody answers for it. ``silences``
    (summer, elections, formation) do not count. A body without any day on record is "unknown":
    missing registration is not sleep. Raises: ``DormancyRefused``.

    >>> weekly = tuple(date.fromordinal(date(2016, 1, 4).toordinal() + 7 * i) for i in range(50))
    >>> yearly = (date(2014, 12, 1), date(2015, 12, 1), date(2016, 12, 1))
    >>> for one in dormancy([Activity("weekly", weekly, liaison=False), Activity("yearly", yearly)],
    ...                     date(2017, 7, 1)):
    ...     print(one.body, one.silent, one.state, one.why_sunset)
    weekly 201 sunset ('no_liaison',)
    yearly 212 active ()
    """
    if not 0 < chance < 1 or least_days < 1:
        raise DormancyRefused(chance=chance, days=least_days)
    alive = [activity for activity in activities if on in activity.period]
    histories = [_history(activity, on, silences) for activity in alive]
    prior = fit([(history.events, history.days) for history in histories])
    found = [_rhythm(history, prior, on, chance, least_days) for history in histories]
    return sorted(found, key=lambda one: (1.0 if one.chance is None else one.chance, one.body))


def _rhythm(history: _History, prior: Prior, on: date, chance: Fraction, least_days: int) -> Rhythm:
    activity = history.activity
    over = activity.mandate_until is not None and activity.mandate_until <= on
    is_unknown = history.last is None and activity.period.start is None
    likely = (
        None
        if is_unknown
        else chance_of_silence(prior, history.events, history.days, history.silent)
    )
    state: State = "unknown" if likely is None else "active"
    why: tuple[str, ...] = ()
    if likely is not None and likely < chance and history.silent > least_days:
        reasons = (("mandate_over", over), ("no_liaison", activity.liaison is False))
        why = tuple(code for code, holds in reasons if holds)
        state = "sunset" if why else "possibly dormant"
    return Rhythm(
        body=activity.body,
        last=history.last,
        events=history.events,
        cadence=history.days / history.events if history.events and history.days else None,
        silent=history.silent,
        chance=likely,
        state=state,
        why_sunset=why,
        mandate_is_over=over,
    )
