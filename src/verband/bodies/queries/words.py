"""Facts in words: what begins, ends or was otherwise; every name is fetched in batches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from verband.bodies.models import Body, Seat, SeatFact, Tenure
from verband.bodies.queries.names import bodies_called, name_of, told_in_the_other_language
from verband.members.models import Office, Organisation
from verband.members.people_labels import people_called
from verband.members.queries import names_on
from verband.people.models import Person
from verband.ui import wording

LONGEST = 160  # characters of a text that is set beside another
NOT_TOLD = frozenset(
    {
        *("id", "replaces", "scope", "closed_as"),
        *("valid_from", "valid_until", "recorded_from", "recorded_until"),
    }
)


@dataclass(frozen=True, slots=True)
class Named:
    """A thing in words; ``page`` names its address ("body", "organisation", "person") if any."""

    label: str
    page: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words: of whom or what, what happened, and where (said last, so a link)."""

    about: Named
    text: str
    where: Named | None = None


@dataclass(slots=True)
class Names:
    """The names of everything that a list of facts speaks of, on one day."""

    bodies: dict[int, Named] = field(default_factory=dict)
    organisations: dict[int, Named] = field(default_factory=dict)
    people: dict[int, Named] = field(default_factory=dict)
    seats: dict[int, str] = field(default_factory=dict)

    def of(self, model: type[models.Model], pk: int | None) -> Named:
        """One thing by its kind and key; a dash when there is none."""
        listed: dict[type[models.Model], dict[int, Named]] = {
            Body: self.bodies,
            Organisation: self.organisations,
            Person: self.people,
        }
        return listed.get(model, {}).get(pk or 0, Named("–"))

    def body(self, pk: int | None) -> Named:
        """A body."""
        return self.of(Body, pk)

    def organisation(self, pk: int | None) -> Named:
        """An organisation."""
        return self.of(Organisation, pk)

    def holder(self, tenure: Tenure) -> Named:
        """Whoever holds the seat: a person or an organisation."""
        if tenure.person_id is not None:
            return self.of(Person, tenure.person_id)
        return self.of(Organisation, tenure.organisation_id)

    def seat(self, pk: int) -> str:
        """What the holder of a seat does."""
        return self.seats.get(pk) or _("member")


def names_in(rows: Iterable[models.Model], day: date, known: datetime | None = None) -> Names:
    """The names for these facts, or things, on a day. At most nine queries, whatever the number.

    A body or organisation of which nothing was known yet is told by its key.

    The facts come with their thing (``select_related``), as ``kernel.history`` gives them.
    """
    wanted: dict[type[models.Model], set[int]] = {}
    for row in rows:
        for target, pk in _pointed_at(row):
            wanted.setdefault(target, set()).add(pk)
    bodies = bodies_called(wanted.get(Body, ()), day, known) if Body in wanted else {}
    places = names_on(wanted[Organisation], day, known) if Organisation in wanted else {}
    people = people_called(wanted[Person], day, known) if Person in wanted else {}
    return Names(
        _by_key(Body, wanted.get(Body, set()) - set(bodies))
        | {pk: Named(name_of(fact), "body", fact.body.key) for pk, fact in bodies.items()},
        _by_key(Organisation, wanted.get(Organisation, set()) - set(places))
        | {pk: Named(name_of(f), "organisation", f.organisation.key) for pk, f in places.items()},
        {pk: Named(str(called), "person", called.key) for pk, called in people.items()},
        _seats(wanted.get(Seat, set()), day, known),
    )


def _by_key(model: type[Body | Organisation], ids: set[int]) -> dict[int, Named]:
    if not ids:
        return {}
    rows = model._default_manager.filter(pk__in=ids).values_list("pk", "key")
    return {pk: Named(key) for pk, key in rows}


def _seats(wanted: set[int], day: date, known: datetime | None) -> dict[int, str]:
    if not wanted:
        return {}
    found: dict[int, SeatFact] = {}
    facts = SeatFact.objects.filter(seat__in=wanted).known(known).order_by("valid_from", "pk")
    for fact in facts:
        standing = found.get(fact.seat_id)
        if standing is None or day in fact.period or fact.period.is_past(day):
            found[fact.seat_id] = fact
    return {pk: fact.title or str(fact.get_role_display()) for pk, fact in found.items()}


def _pointed_at(row: models.Model) -> Iterator[tuple[type[models.Model], int]]:
    """The bodies, organisations, people and seats that a fact, or its thing, is or points to."""
    if getattr(row, "IS_THING", False):
        yield type(row), row.pk
    for column in row._meta.concrete_fields:
        target, pk = column.related_model, getattr(row, column.attname)
        if pk is None or not isinstance(target, type) or not getattr(target, "IS_THING", False):
            continue
        yield target, pk
        if target not in (Body, Organisation, Person) and column.name in row._state.fields_cache:
            yield from _pointed_at(getattr(row, column.name))


def about(row: Any, names: Names) -> Named:
    """Of whom or what a fact is."""
    table = row._meta.model_name
    if table == "tenure":
        return names.holder(row)
    if table == "officefact":
        return names.of(Person, row.office.person_id)
    if table == "linkfact":
        return names.body(row.link.from_body_id)
    if table == "succession":
        return names.organisation(row.predecessor_id)
    if table == "votingkeyfact":
        return Named(_("Votes in the general assembly"), "members")
    for name in ("body", "organisation", "person"):
        pk = getattr(row, f"{name}_id", None)
        if pk is not None:
            return names.of(row._meta.get_field(name).related_model, pk)
    thing = row.seat if table == "seatfact" else row.goal
    return names.body(thing.body_id)


BEGINS = {
    "bodyterm": _l("begins"),
    "bodyfact": _l("is described as %(what)s"),
    "goalfact": _l("gets a goal: %(what)s"),
    "coverage": _l("begins to cover %(what)s"),
    "seatfact": _l("gets a seat: %(what)s"),
    "tenure": _l("begins as %(what)s in"),
    "linkfact": _l("new link: %(what)s"),
    "organisationfact": _l("begins"),
    "membership": _l("becomes a member of the association"),
    "succession": "%(what)s",
    "officefact": _l("begins as %(what)s at"),
    "votingkeyfact": _l("are counted by %(what)s"),
    "personfact": _l("is known as %(what)s"),
    "role": _l("begins as %(what)s of the association"),
}


ENDS = {
    "bodyterm": _l("ends"),
    "bodyfact": _l("is no longer described as %(what)s"),
    "goalfact": _l("no longer has the goal: %(what)s"),
    "coverage": _l("stops covering %(what)s"),
    "seatfact": _l("loses a seat: %(what)s"),
    "tenure": _l("stops as %(what)s in"),
    "linkfact": _l("link ends: %(what)s"),
    "organisationfact": _l("ends"),
    "membership": _l("is no longer a member of the association"),
    "succession": _l("no longer: %(what)s"),
    "officefact": _l("stops as %(what)s at"),
    "votingkeyfact": _l("are no longer counted by %(what)s"),
    "personfact": _l("is no longer known as %(what)s"),
    "role": _l("stops as %(what)s of the association"),
}


def begins(row: Any, names: Names) -> Told:
    """The fact begins."""
    return _told(row, names, BEGINS, _("begins: %(what)s"))


def ends(row: Any, names: Names) -> Told:
    """The fact ends."""
    return _told(row, names, ENDS, _("ends: %(what)s"))


def _told(row: Any, names: Names, sentences: Mapping[str, Any], otherwise: str) -> Told:
    found = str(sentences.get(row._meta.model_name, otherwise))
    return Told(about(row, names), found % {"what": _what(row, names)}, where(row, names))


def _what(row: Any, names: Names) -> str:
    kind = row._meta.model_name
    if kind == "tenure":
        words = names.seat(row.seat_id)
        return f"{words} ({_('acting')})" if row.acting else words
    if kind == "officefact":
        words = str(row.office.get_function_display())
        return f"{words} ({row.portfolios})" if row.portfolios else words
    if kind == "coverage":
        return row.label or names.organisation(row.ministry_id).label
    if kind == "linkfact":
        return str(row.link.get_kind_display())
    if kind == "succession":
        sentence = _("ends (%(how)s) and is followed by") if row.ceases else _("%(how)s with")
        return sentence % {"how": row.get_kind_display()}
    if kind == "bodyfact":
        return f"{name_of(row)} ({row.get_kind_display()})"
    return Truncator(str(row)).chars(LONGEST)


def where(row: Any, names: Names) -> Named | None:
    """Where a fact holds: said last, so that it can be a link."""
    kind = row._meta.model_name
    if kind == "tenure":
        return names.body(row.seat.body_id)
    if kind == "officefact":
        return names.organisation(row.office.organisation_id)
    if kind == "linkfact":
        return names.body(row.link.to_body_id)
    if kind == "succession":
        return names.organisation(row.successor_id)
    return None


def changes(old: Any, new: Any, names: Names) -> Told:
    """One fact ends and another of the same thing begins that day: what is otherwise."""
    if isinstance(new, Tenure) and names.holder(old) != names.holder(new):
        words = {
            "seat": names.seat(new.seat_id),
            "old": names.holder(old).label,
            "new": names.holder(new).label,
        }
        return Told(names.body(new.seat.body_id), _("%(seat)s: %(old)s → %(new)s") % words)
    told = differences(old, new, names, skipped=told_in_the_other_language(old, new))
    if not told and new._meta.model_name == "bodyterm":
        told = [_("goes on, %(until)s") % {"until": wording.until(new.valid_until)}]
    return Told(about(new, names), "; ".join(told) or _("goes on unchanged"), where(new, names))


def differences(
    old: Any, new: Any, names: Names, *, days: bool = False, skipped: Iterable[str] = ()
) -> list[str]:
    """Each column that reads otherwise, as "name: old → new"; with ``days`` the period too."""
    told = []
    for column in old._meta.concrete_fields:
        wanted = days and column.name in ("valid_from", "valid_until")
        if (column.name in NOT_TOLD and not wanted) or column.name in skipped:
            continue
        if getattr(old, column.attname) != getattr(new, column.attname):
            values = (value_of(old, column, names), value_of(new, column, names))
            told.append(f"{column.verbose_name}: {values[0]} → {values[1]}")
    return told


def value_of(row: Any, column: Any, names: Names) -> str:
    """One value in words."""
    value = getattr(row, column.attname)
    if column.related_model in (Body, Organisation, Person):
        return names.of(column.related_model, value).label
    if value is None or value == "":
        return "–"
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    return Truncator(wording.spoken(value)).chars(LONGEST)


def thing_named(thing: models.Model, day: date, known: datetime | None = None) -> Named:
    """What one thing is called on a day; its key or number when it has no name of its own."""
    if isinstance(thing, Body):
        return names_for_body(thing.pk, day, known)
    if isinstance(thing, Organisation):
        found = names_on([thing.pk], day, known).get(thing.pk)
        return Named(name_of(found) if found else thing.key, "organisation", thing.key)
    if isinstance(thing, Person):
        return Named(str(people_called([thing.pk], day, known)[thing.pk]), "person", thing.key)
    if isinstance(thing, Office):
        called = thing_named(thing.person, day, known)
        return Named(called.label, "person", called.key)
    inner = getattr(thing, "body_id", None) or getattr(thing, "from_body_id", None)
    kind = str(thing._meta.verbose_name)
    if inner is None:
        return Named(f"{kind} {thing.pk}")
    body = names_for_body(inner, day, known)
    return Named(f"{body.label}: {kind} {thing.pk}", body.page, body.key)


def names_for_body(pk: int, day: date, known: datetime | None = None) -> Named:
    """What one body is called on a day."""
    found = bodies_called([pk], day, known).get(pk)
    if found is None:
        return Named(str(pk))
    return Named(name_of(found), "body", found.body.key)
