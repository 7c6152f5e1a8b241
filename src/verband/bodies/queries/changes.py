"""What changed in the world between two days, in words; and what was put right in the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from verband.bodies.queries import words
from verband.bodies.queries.words import Told
from verband.core.period import Period
from verband.kernel import history
from verband.kernel.audit import AuditLine
from verband.kernel.history import Correction, Event
from verband.kernel.two_times import MICROSECOND
from verband.members.people_labels import people_called
from verband.people.models import Account

# One thing has many of these at once: an ending and a beginning on one day are two changes.
MANY_AT_ONCE = frozenset({"people_role", "members_succession", "bodies_coverage"})


@dataclass(frozen=True, slots=True)
class Change:
    """Something that begins, ends or becomes otherwise on a day.

    ``kind``: the kind of fact; ``turn``: "begins", "ends" or "changes".
    """

    day: date
    told: Told
    kind: str
    turn: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A correction: what the register held until ``at``, and what it holds since.

    ``before`` is the last instant at which it was known otherwise. ``line`` is the audit line.
    """

    at: datetime
    told: Told
    by: str
    reason: str
    line: int | None
    before: datetime


def changes_between(
    period: Period,
    known: datetime | None = None,
    thing: history.Things = None,
    part: slice = slice(0, 50),
) -> list[Change]:
    """What begins or ends on a day of ``period``, the latest first.

    ``part`` counts beginnings and endings; an ending and a beginning of one thing on one day are
    told as one change, on the page where the ending stands. Twenty-two queries at most.
    """
    first, last = part.start or 0, part.stop
    extra = 1 if first else 0
    found = history.events(period, known, thing, slice(first - extra, last + 1))
    pairs = _paired(found)
    rows = [event.row for event in found]
    names = words.names_in(
        rows, period.until or max((e.day for e in found), default=date.max), known
    )
    told = []
    for place, events in pairs:
        if extra <= place < extra + last - first:
            told.append(_change(events, names))
    return told


def _change(events: tuple[Event, ...], names: words.Names) -> Change:
    begins = "begins" if events[0].begins else "ends"
    return Change(
        events[0].day,
        _tell(events, names),
        str(events[0].row._meta.model_name),
        "changes" if len(events) == 2 else begins,
    )


def _paired(found: Sequence[Event]) -> list[tuple[int, tuple[Event, ...]]]:
    """Endings with the beginning that follows on the same day, each with its place."""
    pairs: list[tuple[int, tuple[Event, ...]]] = []
    for place, event in enumerate(found):
        if pairs and len(pairs[-1][1]) == 1 and _is_turn(pairs[-1][1][0], event):
            pairs[-1] = (pairs[-1][0], (pairs[-1][1][0], event))
        else:
            pairs.append((place, (event,)))
    return pairs


def _is_turn(ending: Event, beginning: Event) -> bool:
    same = (ending.day, ending.table, ending.thing) == (
        beginning.day,
        beginning.table,
        beginning.thing,
    )
    return same and not ending.begins and beginning.begins and beginning.table not in MANY_AT_ONCE


def _tell(events: tuple[Event, ...], names: words.Names) -> Told:
    if len(events) == 2:
        return words.changes(events[0].row, events[1].row, names)
    (event,) = events
    return words.begins(event.row, names) if event.begins else words.ends(event.row, names)


def corrections_between(
    since: datetime,
    until: datetime,
    day: date,
    known: datetime | None = None,
    thing: history.Things = None,
    part: slice = slice(0, 50),
) -> list[Mended]:
    """What was put right between two instants, the latest first, with names as of ``day``.

    Twenty-seven queries at most, whatever the number of corrections.
    """
    found = history.corrections(since, until, thing, part)
    rows = [row for c in found for row in (c.was, c.now) if row is not None]
    names = words.names_in(rows, day, known)
    lines = _lines(found)
    people = actors_called({line.actor for line in lines.values()}, day, known)
    told = []
    for correction in found:
        line = lines.get((correction.table, correction.was.pk))
        details = line.details if line else {}
        told.append(
            Mended(
                correction.at,
                _mended(correction, names),
                people.get(line.actor, line.actor_label) if line else "",
                str(details.get("reason", "")) if isinstance(details, dict) else "",
                line.pk if line else None,
                correction.at - MICROSECOND,
            )
        )
    return told


def _mended(correction: Correction, names: words.Names) -> Told:
    was, now = correction.was, correction.now
    if now is None:
        told = words.begins(was, names)
        text = f"{told.text} {told.where.label}" if told.where else told.text
        return Told(told.about, _("was never so: %(what)s") % {"what": text})
    parts: list[str] = []
    before, after = words.about(was, names), words.about(now, names)
    if before != after:
        parts.append(f"{before.label} → {after.label}")
    skipped = {"person", "organisation"} if before != after else set()
    parts += words.differences(was, now, names, days=True, skipped=skipped)
    return Told(after, "; ".join(parts) or _("another source"), words.where(now, names))


def _lines(found: Sequence[Correction]) -> dict[tuple[str, int], AuditLine]:
    """The audit line of each correction: the use case that closed exactly that row."""
    instants = {moment for c in found for moment in (c.at, c.at - MICROSECOND)}
    wanted = {(c.table, c.was.pk) for c in found}
    lines = AuditLine.objects.filter(at__in=instants).defer("salt", "subjects").order_by("pk")
    return {
        (table, pk): line
        for line in lines
        for table, pk, verb, _digest in line.record["rows"]
        if (table, pk) in wanted and verb in ("corrected", "withdrawn")
    }


def actors_called(actors: set[str], day: date, known: datetime | None = None) -> dict[str, str]:
    """The people behind actors, by function. Five queries, whatever the number."""
    keys = {actor: actor.partition(":") for actor in actors}
    ids = {int(pk) for kind, _sep, pk in keys.values() if kind == "account" and pk.isdigit()}
    if not ids:
        return {}
    people = dict(Account.objects.filter(pk__in=ids).values_list("pk", "person_id"))
    called = people_called(people.values(), day, known)
    return {f"account:{pk}": called[person].label for pk, person in people.items()}
