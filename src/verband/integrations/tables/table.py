"""How a kind of fact is declared as a list of the interface."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from verband.integrations import shapes
from verband.integrations.names import Named, Names
from verband.kernel.two_times import TwoTimesModel

NO_NAMES = Named()
Fields = Callable[[Any, Names], Mapping[str, object]]


@dataclass(frozen=True)
class Filter:
    """A parameter that keeps the rows where ``lookup`` has its value."""

    lookup: str
    kind: str  # "key", "choice", "bool" or "number"
    description: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One kind of fact as a list. ``plain``: columns that are given as they are."""

    name: str
    title: str
    model: type[TwoTimesModel]
    shape: type[shapes.FactShape]
    fields: Fields
    order: tuple[str, ...]
    related: tuple[str, ...] = ()
    named: Named = NO_NAMES
    filters: Mapping[str, Filter] = field(default_factory=dict)
    plain: tuple[str, ...] = ()

    def given(self, row: TwoTimesModel, names: Names) -> shapes.FactShape:
        """A fact as the interface gives it, as known at the instant that is read."""
        known = names.reading.known
        until = row.recorded_until
        values: dict[str, Any] = {name: getattr(row, name) for name in self.plain}
        values.update(self.fields(row, names))
        return self.shape(
            id=row.pk,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            recorded_from=row.recorded_from,
            recorded_until=until if known is None or (until and until <= known) else None,
            source=row.source,
            certainty=row.certainty,
            **values,
        )


def key_of(thing: Any) -> str | None:
    """The key of a thing, if there is one."""
    return None if thing is None else str(thing.key)


def by_key(lookup: str, description: str) -> Filter:
    """A filter on the key of a thing."""
    return Filter(f"{lookup}__key", "key", description)


def by_choice(lookup: str, description: str, choices: Any) -> Filter:
    """A filter on a fixed list of words."""
    return Filter(lookup, "choice", description, tuple(v for v in choices.values if v))


ORGANISATION = by_key("organisation", _("Only of the organisation with this key."))
BODY = by_key("body", _("Only of the body with this key."))
PERSON = by_key("person", _("Only of the person with this key."))


def of_organisation(row: Any, names: Names) -> dict[str, object]:
    """The organisation of a fact, by key and name."""
    return {
        "organisation": row.organisation.key,
        "organisation_name": names.organisation(row.organisation_id),
    }


def of_body(row: Any, names: Names) -> dict[str, object]:
    """The body of a fact, by key and name."""
    return {"body": row.body.key, "body_name": names.body(row.body_id)}


def of_person(row: Any, names: Names) -> dict[str, object]:
    """The person of a fact, by key and function."""
    return {"person": key_of(row.person), "person_label": names.person(row.person_id)}
