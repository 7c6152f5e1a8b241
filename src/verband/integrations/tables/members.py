"""Lists of facts about organisations and people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from verband.integrations import shapes
from verband.integrations.names import Named, Names
from verband.integrations.tables.table import (
    ORGANISATION,
    PERSON,
    Table,
    by_choice,
    by_key,
    key_of,
    of_organisation,
    of_person,
)
from verband.integrations.uris import tooi_uri
from verband.members import models as m
from verband.people import models as p


def _organisation(row: Any, names: Names) -> Mapping[str, object]:
    thing = row.organisation
    return {
        "key": thing.key,
        "kind": thing.kind,
        "code": thing.code,
        "uri": tooi_uri(thing),
        "province": key_of(row.province),
    }


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
        **of_person(office, names),
        **of_organisation(office, names),
        "function": office.function,
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
    of_organisation,
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
    of_organisation,
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
    of_organisation,
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
    of_person,
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
    lambda row, names: {**of_person(row, names), "role": row.kind},
    order=("kind", "person__key", "valid_from", "pk"),
    related=("person",),
    named=Named(people=("person_id",)),
    filters={
        "person": PERSON,
        "role": by_choice("kind", _("Only this role."), p.RoleKind),
    },
)
