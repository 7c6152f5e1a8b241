"""Lists of facts about bodies, their seats and their ties."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from verband.bodies import models as b
from verband.bodies.kinds import BodyKind, CoverKind, LinkKind, SeatRole
from verband.integrations import shapes
from verband.integrations.names import Named, Names
from verband.integrations.tables.table import (
    BODY,
    ORGANISATION,
    PERSON,
    Filter,
    Table,
    by_choice,
    by_key,
    key_of,
    of_body,
    of_person,
)


def _body(row: Any, names: Names) -> Mapping[str, object]:
    body = row.body
    return {
        "key": body.key,
        "organisation": key_of(body.organisation),
        "parent": key_of(row.parent),
    }


def _goal(row: Any, names: Names) -> Mapping[str, object]:
    return {"goal": row.goal_id, **of_body(row.goal, names)}


def _coverage(row: Any, names: Names) -> Mapping[str, object]:
    ministry = {
        "ministry": key_of(row.ministry),
        "ministry_name": names.organisation(row.ministry_id),
    }
    return {**of_body(row, names), **ministry}


def _seat(row: Any, names: Names) -> Mapping[str, object]:
    return {
        "seat": row.seat_id,
        "number": row.seat.number,
        **of_body(row.seat, names),
        "on_behalf_of": key_of(row.on_behalf_of),
        "on_behalf_of_body": key_of(row.on_behalf_of_body),
        "substitute_of": row.substitute_of_id,
    }


def _tenure(row: Any, names: Names) -> Mapping[str, object]:
    return {
        "seat": row.seat_id,
        **of_body(row.seat, names),
        **of_person(row, names),
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
        **of_person(row, names),
    }


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
    of_body,
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
