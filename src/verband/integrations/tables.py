"""The lists of facts that the interface gives: one declaration for each kind of fact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from verband.bodies import models as b
from verband.bodies.kinds import BodyKind, CoverKind, LinkKind, SeatRole
from verband.integrations import shapes
from verband.integrations.names import Named, Names
from verband.integrations.uris import tooi_uri
from verband.kernel.two_times import TwoTimesModel
from verband.members import models as m
from verband.people import models as p

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


def _organisation(row: Any, names: Names) -> Mapping[str, object]:
    thing = row.organisation
    return {
        "key": thing.key,
        "kind": thing.kind,
        "code": thing.code,
        "uri": tooi_uri(thing),
        "province": key_of(row.province),
    }


def _of_organisation(row: Any, names: Names) -> dict[str, object]:
    return {
        "organisation": row.organisation.key,
        "organisation_name": names.organisation(row.organisation_id),
    }


def _of_body(row: Any, names: Names) -> dict[str, object]:
    return {"body": row.body.key, "body_name": names.body(row.body_id)}


def _of_person(row: Any, names: Names) -> dict[str, object]:
    return {"person": key_of(row.person), "person_label": names.person(row.person_id)}


def _succession(row: Any, names: Names) -> Mapping[str, object]:
    return {
        "predecessor": row.predecessor.key,
        "predecessor_name": names.organisation(row.predecessor_id),
        "successor": row.successor.key,
        "successor_name": names.organisation(row.successor_id),
    }


def _office(row: Any, names: Names) -> Mapping[str, object]:
    office = row.office
    return {
        **_of_person(office, names),
        **_of_organisation(office, names),
        "function": office.function,
    }


def _body(row: Any, names: Names) -> Mapping[str, object]:
    body = row.body
    return {
        "key": body.key,
        "organisation": key_of(body.organisation),
        "parent": key_of(row.parent),
    }


def _goal(row: Any, names: Names) -> Mapping[str, object]:
    return {"goal": row.goal_id, **_of_body(row.goal, names)}


def _coverage(row: Any, names: Names) -> Mapping[str, object]:
    ministry = {
        "ministry": key_of(row.ministry),
        "ministry_name": names.organisation(row.ministry_id),
    }
    return {**_of_body(row, names), **ministry}


def _seat(row: Any, names: Names) -> Mapping[str, object]:
    return {
        "seat": row.seat_id,
        "number": row.seat.number,
        **_of_body(row.seat, names),
        "on_behalf_of": key_of(row.on_behalf_of),
        "on_behalf_of_body": key_of(row.on_behalf_of_body),
        "substitute_of": row.substitute_of_id,
    }


def _tenure(row: Any, names: Names) -> Mapping[str, object]:
    return {
        "seat": row.seat_id,
        **_of_body(row.seat, names),
        **_of_person(row, names),
        "organisation": key_of(row.organisation),
        "organisation_name": names.organisation(row.organisation_id),
    }


def _link(row: Any, names: Names) -> Mapping[str, object]:
    link = row.link
    return {
        "link": link.pk,
        "from_body": link.from_body.key,
        "from_body_name": names.body(link.from_body_id),
        "to_body": link.to_body.key,
        "to_body_name": names.body(link.to_body_id),
        "kind": link.kind,
        **_of_person(row, names),
    }


ORGANISATIONS = Table(
    "organisations",
    _("Organisations"),
    m.OrganisationFact,
    shapes.OrganisationShape,
    _organisation,
    order=("organisation__key", "valid_from", "pk"),
    related=("organisation", "province"),
    filters={
        "kind": by_choice("organisation__kind", _("Only of this kind."), m.OrganisationKind),
        "province": by_key("province", _("Only in the province with this key.")),
        "key": by_key("organisation", _("Only of the organisation with this key.")),
    },
    plain=("name", "name_en", "abbreviation", "latitude", "longitude", "purpose"),
)
MEMBERSHIPS = Table(
    "memberships",
    _("Memberships of the association"),
    m.Membership,
    shapes.MembershipShape,
    _of_organisation,
    order=("organisation__key", "valid_from", "pk"),
    related=("organisation",),
    named=Named(organisations=("organisation_id",)),
    filters={"organisation": ORGANISATION},
)
SUCCESSIONS = Table(
    "successions",
    _("Mergers, splits, new codes and boundary changes"),
    m.Succession,
    shapes.SuccessionShape,
    _succession,
    order=("valid_from", "pk"),
    related=("predecessor", "successor"),
    named=Named(organisations=("predecessor_id", "successor_id")),
    filters={
        "kind": by_choice("kind", _("Only of this kind."), m.SuccessionKind),
        "predecessor": by_key("predecessor", _("Only from the organisation with this key.")),
        "successor": by_key("successor", _("Only to the organisation with this key.")),
    },
    plain=("kind", "ceases", "is_main"),
)
POPULATION_FIGURES = Table(
    "population-figures",
    _("Population figures by reference date"),
    m.PopulationFigure,
    shapes.PopulationFigureShape,
    _of_organisation,
    order=("organisation__key", "valid_from", "pk"),
    related=("organisation",),
    named=Named(organisations=("organisation_id",)),
    filters={"organisation": ORGANISATION},
    plain=("inhabitants",),
)
VOTING_KEYS = Table(
    "voting-keys",
    _("Voting keys of the statutes"),
    m.VotingKeyFact,
    shapes.VotingKeyShape,
    lambda row, names: {},
    order=("valid_from", "pk"),
    plain=("per", "rounding", "minimum", "cap", "article", "note"),
)
MAP_CELLS = Table(
    "map-cells",
    _("Cells of the hexagon map"),
    m.MapCell,
    shapes.MapCellShape,
    _of_organisation,
    order=("organisation__key", "valid_from", "pk"),
    related=("organisation",),
    named=Named(organisations=("organisation_id",)),
    filters={"organisation": ORGANISATION},
    plain=("q", "r"),
)
OFFICES = Table(
    "offices",
    _("Functions at members and partners"),
    m.OfficeFact,
    shapes.OfficeShape,
    _office,
    order=("office__organisation__key", "office__person__key", "valid_from", "pk"),
    related=("office__person", "office__organisation"),
    named=Named(organisations=("office.organisation_id",), people=("office.person_id",)),
    filters={
        "organisation": by_key(
            "office__organisation", _("Only of the organisation with this key.")
        ),
        "person": by_key("office__person", _("Only of the person with this key.")),
        "function": by_choice("office__function", _("Only this function."), m.Function),
    },
    plain=("portfolios", "party", "party_is_local", "acting"),
)
PERSON_FACTS = Table(
    "person-names",
    _("Names of people, where the register holds one"),
    p.PersonFact,
    shapes.PersonFactShape,
    _of_person,
    order=("person__key", "valid_from", "pk"),
    related=("person",),
    named=Named(people=("person_id",)),
    filters={"person": PERSON},
    plain=("name",),
)
ROLES = Table(
    "roles",
    _("Roles for the association"),
    p.Role,
    shapes.RoleShape,
    lambda row, names: {**_of_person(row, names), "role": row.kind},
    order=("kind", "person__key", "valid_from", "pk"),
    related=("person",),
    named=Named(people=("person_id",)),
    filters={
        "person": PERSON,
        "role": by_choice("kind", _("Only this role."), p.RoleKind),
    },
)
BODIES = Table(
    "bodies",
    _("Bodies and networks"),
    b.BodyFact,
    shapes.BodyShape,
    _body,
    order=("body__key", "valid_from", "pk"),
    related=("body__organisation", "parent"),
    filters={
        "kind": by_choice("kind", _("Only of this kind."), BodyKind),
        "parent": by_key("parent", _("Only what belongs to the body with this key.")),
        "key": by_key("body", _("Only of the body with this key.")),
    },
    plain=(
        *("kind", "name", "name_en", "abbreviation", "purpose", "purpose_en", "support"),
        *("deciding", "our_role", "intensity", "interests", "member_count"),
    ),
)
BODY_TERMS = Table(
    "body-terms",
    _("Since when and until when bodies exist"),
    b.BodyTerm,
    shapes.BodyTermShape,
    _of_body,
    order=("body__key", "valid_from", "pk"),
    related=("body",),
    named=Named(bodies=("body_id",)),
    filters={
        "body": BODY,
        "isTemporary": Filter("is_temporary", "bool", _("Only temporary bodies, or only others.")),
    },
    plain=("is_temporary", "review_on", "decision", "after_end"),
)
GOALS = Table(
    "goals",
    _("Goals of bodies"),
    b.GoalFact,
    shapes.GoalShape,
    _goal,
    order=("goal__body__key", "goal_id", "valid_from", "pk"),
    related=("goal__body",),
    named=Named(bodies=("goal.body_id",)),
    filters={
        "body": by_key("goal__body", _("Only of the body with this key.")),
        "state": by_choice("state", _("Only in this state."), b.GoalFact.State),
    },
    plain=("text", "measure", "due_on", "state"),
)
COVERAGES = Table(
    "coverages",
    _("Ministries, task fields and themes that bodies cover"),
    b.Coverage,
    shapes.CoverageShape,
    _coverage,
    order=("body__key", "kind", "label", "pk"),
    related=("body", "ministry"),
    named=Named(organisations=("ministry_id",), bodies=("body_id",)),
    filters={
        "body": BODY,
        "kind": by_choice("kind", _("Only of this kind."), CoverKind),
        "ministry": by_key("ministry", _("Only of the ministry with this key.")),
    },
    plain=("kind", "label"),
)
SEATS = Table(
    "seats",
    _("Seats in bodies"),
    b.SeatFact,
    shapes.SeatShape,
    _seat,
    order=("seat__body__key", "seat__number", "valid_from", "pk"),
    related=("seat__body", "on_behalf_of", "on_behalf_of_body"),
    named=Named(bodies=("seat.body_id",)),
    filters={
        "body": by_key("seat__body", _("Only of the body with this key.")),
        "role": by_choice("role", _("Only this role."), SeatRole),
        "isVoting": Filter("is_voting", "bool", _("Only seats that vote, or only others.")),
        "onBehalfOf": by_key("on_behalf_of", _("Only on behalf of the organisation.")),
    },
    plain=("role", "title", "is_voting", "profile"),
)
TENURES = Table(
    "tenures",
    _("Who holds which seat"),
    b.Tenure,
    shapes.TenureShape,
    _tenure,
    order=("seat__body__key", "seat__number", "valid_from", "pk"),
    related=("seat__body", "person", "organisation"),
    named=Named(("organisation_id",), ("seat.body_id",), ("person_id",)),
    filters={
        "body": by_key("seat__body", _("Only of the body with this key.")),
        "person": PERSON,
        "organisation": ORGANISATION,
        "seat": Filter("seat", "number", _("Only of the seat with this number.")),
    },
    plain=("acting", "holds_over", "decision"),
)
LINKS = Table(
    "links",
    _("Ties between bodies"),
    b.LinkFact,
    shapes.LinkShape,
    _link,
    order=("link__from_body__key", "link__to_body__key", "link__kind", "valid_from", "pk"),
    related=("link__from_body", "link__to_body", "person"),
    named=Named(bodies=("link.from_body_id", "link.to_body_id"), people=("person_id",)),
    filters={
        "fromBody": by_key("link__from_body", _("Only from the body with this key.")),
        "toBody": by_key("link__to_body", _("Only to the body with this key.")),
        "kind": by_choice("link__kind", _("Only of this kind."), LinkKind),
        "person": PERSON,
    },
    plain=("note",),
)
TABLES = (
    *(ORGANISATIONS, MEMBERSHIPS, SUCCESSIONS, POPULATION_FIGURES, VOTING_KEYS, MAP_CELLS),
    *(OFFICES, PERSON_FACTS, ROLES),
    *(BODIES, BODY_TERMS, GOALS, COVERAGES, SEATS, TENURES, LINKS),
)
BY_MODEL = {table.model: table for table in TABLES}
