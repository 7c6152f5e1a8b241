"""Does something that was ended grow back under another name?

A new body is set beside every body that ended in the years before it: do the same people sit in
it, and does it say the same? Both are shown; neither is added into one number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from verband.core.networks.overlap import at_least
from verband.core.networks.register import Seat
from verband.core.period import Period, add_months


@dataclass(frozen=True, slots=True)
class Life:
    """A body, when it lived, and what it says of itself (name and purpose)."""

    body: str
    period: Period
    text: str = ""


@dataclass(frozen=True)
class Likeness:
    """From where a likeness is reported.

    ``people``: the share of the smaller group that sits in both, when chance alone (``p``) does not
    explain it; ``words``: the likeness of the texts; or half of each together. ``months``: how long
    after an end a beginning still counts, and up to how long before it (a successor often starts
    while the old one closes).
    """

    people: Fraction = Fraction(1, 2)
    words: Fraction = Fraction(1, 2)
    p: Fraction = Fraction(1, 100)
    months_after: int = 36
    months_before: int = 6


@dataclass(frozen=True)
class Regrowth:
    """A new body that looks like one that ended.

    ``returned`` are the people of the old body's last year who sat in the new one's first year;
    ``people`` their share of the smaller of both groups; ``p`` the chance of so many or more;
    ``words`` the likeness of the texts (0 to 1). ``days`` from the end to the beginning.
    """

    ended: str
    began: str
    days: int
    returned: tuple[str, ...]
    people: Fraction
    p: float
    words: Fraction
    because: tuple[str, ...]


def regrowths(
    lives: Iterable[Life], seats: Iterable[Seat], on: date, limits: Likeness | None = None
) -> list[Regrowth]:
    """Every likeness between a body that ended by this day and one that began by it.

    A body of which no beginning is known cannot be new, but it can have ended.

    >>> lives = [Life("Care subcommittee", Period(None, date(2016, 1, 1)), "care for youth"),
    ...          Life("Youth care taskforce", Period(date(2016, 6, 1)), "care for the youth")]
    >>> seats = [Seat(p, life.body, life.period) for life in lives for p in "abc"]
    >>> seats += [Seat(p, "board", Period()) for p in "defghijklm"]
    >>> (found,) = regrowths(lives, seats, date(2017, 1, 1))
    >>> found.ended, found.days, found.people, found.because
    ('Care subcommittee', 152, Fraction(1, 1), ('people', 'words'))
    """
    limits = limits or Likeness()
    bodies = list(lives)
    held = list(seats)
    everybody = len({seat.person for seat in held})
    by_body: dict[str, list[Seat]] = {}
    for seat in held:
        by_body.setdefault(seat.body, []).append(seat)
    pieces = {life.body: trigrams(f"{life.body} {life.text}") for life in bodies}
    found = []
    for old in bodies:
        for new in bodies:
            if new.body == old.body or not _follows(old.period, new.period, on, limits):
                continue
            people = _people(old.period, new.period, on)
            before = {s.person for s in by_body.get(old.body, []) if s.period.overlaps(people[0])}
            after = {s.person for s in by_body.get(new.body, []) if s.period.overlaps(people[1])}
            words = _dice(pieces[old.body], pieces[new.body])
            likeness = _compare(old, new, before, after, everybody, words, limits)
            if likeness.because:
                found.append(likeness)
    return sorted(found, key=lambda one: (-one.people, -one.words, one.ended, one.began))


def _follows(old: Period, new: Period, on: date, limits: Likeness) -> bool:
    end, start = old.until, new.start
    if end is None or start is None or not old.is_past(on) or start > on:
        return False
    if old.start is not None and start <= old.start:
        return False
    return add_months(end, -limits.months_before) <= start <= add_months(end, limits.months_after)


def _people(old: Period, new: Period, on: date) -> tuple[Period, Period]:
    """The last year of the old body, and the first year of the new one as far as it is known."""
    end, start = old.until or on, new.start or on
    known = on + timedelta(days=1)
    return Period(add_months(end, -12), end), Period(start, min(add_months(start, 12), known))


def _compare(
    old: Life,
    new: Life,
    before: set[str],
    after: set[str],
    everybody: int,
    words: Fraction,
    limits: Likeness,
) -> Regrowth:
    returned = before & after
    smaller = min(len(before), len(after))
    people = Fraction(len(returned), smaller) if smaller else Fraction(0)
    shared, first, second = (np.array([len(group)]) for group in (returned, before, after))
    p = float(at_least(shared, first, second, everybody)[0])
    because = []
    if people >= limits.people and p <= limits.p:
        because.append("people")
    if words >= limits.words:
        because.append("words")
    if not because and p <= limits.p and 2 * people >= limits.people and 2 * words >= limits.words:
        because.append("people_and_words")
    days = ((new.period.start or date.min) - (old.period.until or date.min)).days
    return Regrowth(
        old.body, new.body, days, tuple(sorted(returned)), people, p, words, tuple(because)
    )


def trigrams(text: str) -> frozenset[str]:
    """The three-letter pieces of the words of a text, case and order ignored.

    >>> sorted(trigrams("Care"))
    [' ca', 'are', 'car', 're ']
    """
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    padded = [f" {word} " for word in words]
    return frozenset(w[i : i + 3] for w in padded for i in range(len(w) - 2))


def _dice(first: frozenset[str], second: frozenset[str]) -> Fraction:
    size = len(first) + len(second)
    return Fraction(2 * len(first & second), size) if size else Fraction(0)
