"""Find a person, an organisation or a body by words that somebody types in a form.

Enough to choose one of a few; the page Search does more. What exists on the day comes first.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.text import capfirst

from verband.bodies.models import BodyFact
from verband.bodies.queries.names import bodies_called, name_of
from verband.members.models import Function, OfficeFact, OrganisationFact, OrganisationKind
from verband.members.people_labels import people_called
from verband.members.queries import names_on, sort_key
from verband.people.models import Person, PersonFact

SHOWN = 12
ANYWHERE = 4  # letters of a part that may stand inside a word
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """A thing that somebody chose: how it reads, what tells it from others, and the thing."""

    key: str
    label: str
    description: str
    thing: Any

    def __str__(self) -> str:
        return self.label


Find = Callable[[str, date], list[Chosen]]


def _parts(words: str) -> list[str]:
    """The words that must all fit, without what stands between them."""
    return [part for part in (word.strip(",;:.()") for word in words.split()) if part][:8]


def find_people(words: str, day: date) -> list[Chosen]:
    """People by name, function and organisation; those in office on the day first.

    Nine queries, whatever the number of people.
    """
    parts = _parts(words)
    held: Any = OfficeFact.objects.known(None)
    named: Any = PersonFact.objects.known(None)
    for part in parts:
        places = OrganisationFact.objects.known(None).filter(_organisation(part))
        called = PersonFact.objects.known(None).filter(_person(part))
        held = held.filter(
            Q(office__function__in=_functions(part))
            | Q(office__organisation__in=places.values("organisation"))
            | Q(office__person__in=called.values("person"))
        )
        named = named.filter(_person(part))
    now = list(held.at(day).values_list("office__person", flat=True)[:LOOKED_AT])
    ids = [*now, *held.values_list("office__person", flat=True)[:LOOKED_AT]]
    ids += named.values_list("person", flat=True)[:LOOKED_AT]
    found = _people(list(dict.fromkeys(ids))[:LOOKED_AT], day)
    in_office = set(now)
    found.sort(key=lambda one: (one.thing.pk not in in_office, sort_key(one.label), one.thing.pk))
    return found[:SHOWN]


def _people(ids: list[int], day: date) -> list[Chosen]:
    called = people_called(ids, day)
    things = Person.objects.in_bulk(ids)
    terms = OfficeFact.objects.filter(office__person__in=ids).at(day).known(None)
    does = dict(terms.order_by("-pk").values_list("office__person", "portfolios"))
    return [
        Chosen(
            called[pk].key,
            capfirst(str(called[pk])),
            ", ".join(part for part in (does.get(pk), called[pk].key) if part),
            things[pk],
        )
        for pk in ids
        if pk in things
    ]


def _person(part: str) -> Q:
    return _within("name", part) | _within("summary", part) | Q(person__key__iexact=part)


def _within(column: str, part: str) -> Q:
    """What was typed stands in the column; a short part only at the beginning of a word."""
    if len(part) >= ANYWHERE:
        return Q(**{f"{column}__icontains": part})
    return Q(**{f"{column}__iregex": rf"\m{re.escape(part)}"})


def _functions(part: str) -> list[str]:
    """The functions whose name, in Dutch or English, begins with what was typed."""
    found = []
    for language in ("nl", "en"):
        with translation.override(language):
            found += [
                function.value
                for function in Function
                if str(function.label).lower().startswith(part.lower())
            ]
    return found


def _organisation(part: str) -> Q:
    return (
        _within("name", part)
        | Q(abbreviation__iexact=part)
        | Q(organisation__code__iexact=part)
        | Q(organisation__key__iexact=part)
    )


def organisations(*kinds: str) -> Find:
    """A way to find organisations, of some kinds or of all."""

    def find(words: str, day: date) -> list[Chosen]:
        rows: Any = OrganisationFact.objects.known(None)
        if kinds:
            rows = rows.filter(organisation__kind__in=kinds)
        for part in _parts(words):
            rows = rows.filter(_organisation(part))
        facts = rows.select_related("organisation")[:LOOKED_AT]
        return [chosen_organisation(fact) for fact in _best(facts, "organisation_id", words, day)]

    return find


def municipality_first(words: str, day: date) -> list[Chosen]:
    """Municipalities by words; only when there is none, organisations of every kind."""
    return organisations(OrganisationKind.MUNICIPALITY)(words, day) or organisations()(words, day)


def chosen_organisation(fact: OrganisationFact) -> Chosen:
    """An organisation as it reads in a list to choose from."""
    thing = fact.organisation
    told = [capfirst(str(thing.get_kind_display())), thing.code]
    return Chosen(thing.key, name_of(fact), ", ".join(part for part in told if part), thing)


def find_bodies(words: str, day: date) -> list[Chosen]:
    """Bodies and networks by name or abbreviation; those that exist on the day first."""
    rows: Any = BodyFact.objects.known(None)
    for part in _parts(words):
        rows = rows.filter(
            _within("name", part)
            | _within("name_en", part)
            | Q(abbreviation__iexact=part)
            | Q(body__key__iexact=part)
        )
    facts = rows.select_related("body")[:LOOKED_AT]
    return [chosen_body(fact) for fact in _best(facts, "body_id", words, day)]


def chosen_body(fact: BodyFact) -> Chosen:
    """A body as it reads in a list to choose from."""
    return Chosen(fact.body.key, name_of(fact), capfirst(str(fact.get_kind_display())), fact.body)


def _best(facts: Iterable[Any], thing: str, words: str, day: date) -> list[Any]:
    """One fact per thing: the one of the day, exactly that name first, then by name."""
    typed = words.strip().lower()
    ordered = sorted(
        facts,
        key=lambda f: (
            f.name.lower() != typed,
            day not in f.period,
            not f.name.lower().startswith(typed),
            sort_key(f.name),
            f.pk,
        ),
    )
    best: dict[int, Any] = {}
    for fact in ordered:
        best.setdefault(getattr(fact, thing), fact)
    return list(best.values())[:SHOWN]


def as_chosen(thing: Any, day: date) -> Chosen | None:
    """A thing that stands in the register already, as the choice that is made."""
    if thing is None:
        return None
    if thing._meta.model_name == "person":
        return _people([thing.pk], day)[0]
    if thing._meta.model_name == "organisation":
        return chosen_organisation(names_on([thing.pk], day)[thing.pk])
    return chosen_body(bodies_called([thing.pk], day)[thing.pk])
