"""What was given to use cases, as their audit lines keep it, in words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.text import Truncator
from django.utils.translation import ngettext

from verband.bodies.change.words import described_in, with_things
from verband.bodies.models import Body, Seat
from verband.bodies.queries.words import Names, names_in
from verband.kernel.two_times import ThingModel, TwoTimesModel
from verband.members.models import Organisation
from verband.people.models import Person
from verband.site.argument_words import argument_in_words, choice_in_words
from verband.ui import wording
from verband.ui.reading import Reading

LONGEST = 160  # characters of one value
FEW = 6  # values that are told one by one; of more only their number is told
TOLD = frozenset({"people", "members", "bodies"})  # apps whose facts have words
DAY = re.compile(r"\d{4}-\d\d-\d\d")  # as kernel.audit.plain writes them
INSTANT = re.compile(DAY.pattern + r"T\d\d:\d\d:\d\d(\.\d+)?\+\d\d:\d\d")
Rows = Mapping[tuple[str, int], Any]


class Given:
    """The details of audit lines in words; whatever they name is named in one batch."""

    def __init__(self, details: Iterable[Any], reading: Reading) -> None:
        self._rows = _rows_in(details)
        facts = [row for row in self._rows.values() if isinstance(row, TwoTimesModel)]
        things = [row for row in self._rows.values() if isinstance(row, ThingModel)]
        self._names: Names = names_in([*with_things(facts), *things], reading.day, reading.known)

    def words(self, details: Any) -> str:
        """What was given, as "name: value"."""
        if not isinstance(details, dict):
            return str(details)
        return "; ".join(
            f"{argument_in_words(name)}: {self._value(name, value)}"
            for name, value in details.items()
            if value is not None and value != ""
        )

    def _value(self, name: str, value: Any) -> str:
        if isinstance(value, dict):
            return self._dict(name, value)
        if isinstance(value, list):
            if len(value) > FEW:
                return _so_many(len(value))
            return ", ".join(self._value(name, item) for item in value)
        return _text(name, value) if isinstance(value, str) else wording.spoken(value)

    def _dict(self, name: str, value: dict[str, Any]) -> str:
        if "table" in value:
            row = self._rows.get((value["table"], value.get("id", 0)))
            return self._called(row) or str(value.get("name") or value["table"])
        if value.keys() == {"count", "sha256"}:
            return _so_many(value["count"])
        if len(value) > FEW:
            return _so_many(len(value))
        return ", ".join(
            f"{argument_in_words(key)} {self._value(key, item)}" for key, item in value.items()
        )

    def _called(self, row: Any) -> str:
        if isinstance(row, TwoTimesModel):
            return described_in(row, self._names)
        if isinstance(row, Seat):
            return f"{self._names.body(row.body_id).label}: {self._names.seat(row.pk)}"
        if isinstance(row, Body | Organisation | Person):
            return self._names.of(type(row), row.pk).label
        return ""


def _rows_in(details: Iterable[Any]) -> Rows:
    """The things and facts that details name, by table and key. One query per table."""
    models = {
        model._meta.db_table: model
        for model in apps.get_models()
        if issubclass(model, (ThingModel, TwoTimesModel)) and model._meta.app_label in TOLD
    }
    wanted: dict[str, set[int]] = defaultdict(set)
    for table, pk in _named_in(list(details)):
        if table in models:
            wanted[table].add(pk)
    return {
        (table, row.pk): row
        for table, pks in wanted.items()
        for row in models[table]._base_manager.filter(pk__in=pks)
    }


def _named_in(value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        if isinstance(value.get("table"), str) and isinstance(value.get("id"), int):
            yield value["table"], value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _named_in(item)


def _text(name: str, value: str) -> str:
    """A text as it is typed; a choice, a day or an instant in the reader's words."""
    if name == "parts":  # members.succession.Part: who, in which way, whom
        return " ".join(choice_in_words("kind", word) or word for word in value.split())
    chosen = choice_in_words(name, value)
    if chosen is not None:
        return chosen
    if DAY.fullmatch(value):
        return wording.day(date.fromisoformat(value))
    if INSTANT.fullmatch(value):
        return wording.moment(datetime.fromisoformat(value))
    return Truncator(value).chars(LONGEST)


def _so_many(count: int) -> str:
    words = ngettext("%(count)s value", "%(count)s values", count)
    return words % {"count": wording.number(count)}
