"""What a change form is about and what would follow from it, in plain words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.bodies.models import Body, Seat, SeatFact
from verband.bodies.queries.names import name_of
from verband.bodies.queries.words import (
    Names,
    about,
    begins,
    differences,
    ends,
    names_in,
    thing_named,
    where,
)
from verband.kernel.journal import Change
from verband.kernel.two_times import Closing, TwoTimesModel
from verband.members.models import Organisation
from verband.people.models import Person
from verband.ui import wording
from verband.ui.act import Consequence
from verband.ui.component import Link
from verband.ui.components.words import Tag


def home_of(row: Any) -> tuple[str, Any] | None:
    """On which page a thing or fact is shown: the page's name and the thing, if there is one."""
    for step in ("seat", "goal", "office", "link"):
        row = getattr(row, step, row) if isinstance(row, TwoTimesModel) else row
    for model, page in ((Body, "body"), (Organisation, "organisation"), (Person, "person")):
        if isinstance(row, model):
            return page, row
    for name in ("body", "from_body", "organisation", "predecessor", "person"):
        found = getattr(row, name, None)
        if found is not None:
            return home_of(found)
    return None


def address_of(*rows: Any) -> str:
    """The address where the first of these that has a page is shown."""
    for row in rows:
        home = home_of(row) if row is not None else None
        if home is not None:
            return reverse(home[0], args=[home[1].key])
    return reverse("members")


def crumb_of(row: Any, day: date) -> Link | None:
    """The way back to the page that a thing or fact is shown on."""
    home = home_of(row) if row is not None else None
    if home is None:
        return None
    return Link(capfirst(thing_named(home[1], day).label), address_of(home[1]))


def with_things(rows: Sequence[Any]) -> list[Any]:
    """The same facts with what they are about (seats, goals, offices). One query per kind."""
    wanted: dict[tuple[type[Any], str], list[Any]] = defaultdict(list)
    for row in rows:
        column = getattr(row, "THING", "")
        if column and column != "scope" and not row._meta.get_field(column).is_cached(row):
            wanted[row._meta.get_field(column).related_model, column].append(row)
    for (model, column), some in wanted.items():
        things = model.objects.in_bulk({getattr(row, f"{column}_id") for row in some})
        for row in some:
            setattr(row, column, things[getattr(row, f"{column}_id")])
    return list(rows)


def described(row: Any, day: date) -> str:
    """A fact in words with its period, as it stands above the form that changes it."""
    if isinstance(row, Seat):
        row = SeatFact.objects.filter(seat=row).known(None).order_by("valid_from").last() or row
    if not isinstance(row, TwoTimesModel):
        return capfirst(thing_named(row, day).label) if row is not None else ""
    names = names_in(with_things([row]), day)
    return f"{capfirst(described_in(row, names))} ({wording.period(row.period)})"


def described_in(row: Any, names: Names) -> str:
    """A fact in words: of whom or what, and which."""
    kind = row._meta.model_name
    whose, place = about(row, names).label, where(row, names)
    at = place.label if place else ""
    if kind == "tenure":
        values = {"who": whose, "seat": names.seat(row.seat_id), "body": at}
        return _("%(who)s as %(seat)s in %(body)s") % values
    if kind == "officefact":
        held = f"{row.office.get_function_display()}, {at}"
        words = whose if whose.startswith(held) else f"{held}: {whose}"
        return f"{words} ({row.portfolios})" if row.portfolios else words
    if kind == "linkfact":
        return f"{whose} {row.link.get_kind_display()} {at}"
    if kind == "membership":
        return _("%(who)s as a member of the association") % {"who": whose}
    if kind == "populationfigure":
        values = {"who": whose, "number": wording.number(row.inhabitants)}
        return _("%(who)s: %(number)s inhabitants") % values
    if kind == "coverage" and row.ministry_id is not None:
        return f"{whose}: {names.organisation(row.ministry_id).label}"
    if kind == "bodyfact":
        return name_of(row)
    if kind in ("bodyterm", "organisationfact"):
        return whose if kind == "bodyterm" else name_of(row)
    return f"{whose}: {row}"


def told(changes: Iterable[Change], day: date) -> list[Consequence]:
    """Each change once, in words: what is new, what ends, what reads otherwise."""
    facts = [c for c in changes if isinstance(c.row, TwoTimesModel)]
    names = names_in(with_things([c.row for c in facts]), day)
    replaced: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for change in facts:
        row: Any = change.row
        if change.verb == "added" and row.replaces_id is not None:
            replaced[change.table, row.replaces_id].append(row)
    found = []
    for change in facts:
        row = change.row
        if change.verb != "added":
            found.append(_superseded(change.verb, row, replaced[change.table, row.pk], names))
        elif row.replaces_id is None:
            found.append(_new(row, names))
    return found


def _new(row: Any, names: Names) -> Consequence:
    return Consequence(
        Tag(_("new"), "now"), _sentence(begins(row, names)), wording.period(row.period)
    )


def _superseded(verb: str, old: Any, new: list[Any], names: Names) -> Consequence:
    if verb == Closing.WITHDRAWN or not new:
        words = described_in(old, names)
        return Consequence(Tag(_("withdrawn"), "past"), words, wording.period(old.period))
    last = new[-1]
    period = wording.period(last.period)
    if verb == Closing.ENDED:
        return Consequence(Tag(_("ends"), "ending"), _sentence(ends(last, names)), period)
    parts = differences(old, last, names, days=len(new) == 1)
    words = f"{described_in(old, names)}. {'; '.join(parts)}" if parts else described_in(old, names)
    tag = Tag(_("corrected"), "past") if verb == Closing.CORRECTED else Tag(_("changes"), "future")
    return Consequence(tag, capfirst(words), period)


def _sentence(found: Any) -> str:
    words = f"{found.about.label} {found.text}"
    return capfirst(f"{words} {found.where.label}" if found.where else words)


def teller(day: date) -> Callable[[Any], list[Consequence]]:
    """How a preview is told to the reader of ``day``."""
    return lambda preview: told(preview.changes, day)


def day_before(day: date) -> date:
    """The last day of the old situation."""
    return day - timedelta(days=1)
