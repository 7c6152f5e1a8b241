"""What the interface gives, field by field: the same names in JSON, CSV, XLSX and the spec."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Shape(BaseModel):
    """Fields in camelCase, and no others."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class FactShape(Shape):
    """A fact with its two times, its source and how sure that is."""

    id: int = Field(description=_("Number of this version of the fact."))
    valid_from: date | None = Field(
        description=_("First day on which the fact is true; empty: unknown since when.")
    )
    valid_until: date | None = Field(
        description=_("First day on which the fact is no longer true; empty: no end known.")
    )
    recorded_from: datetime = Field(description=_("Since when the register holds this for true."))
    recorded_until: datetime | None = Field(
        description=_("Until when the register held this for true; empty: still, as known then.")
    )
    source: str = Field(description=_("Where the fact comes from."))
    certainty: str = Field(description=_("How sure the source is: certain, stated, uncertain, …"))


class MemberShape(FactShape):
    """A member on the day, with the votes that follow from its inhabitants."""

    organisation: str = Field(description=_("Key of the organisation, such as gm0344."))
    name: str | None = Field(description=_("Name on the day that is read."))
    uri: str | None = Field(description=_("TOOI identifier of the government."))
    province: str | None = Field(description=_("Key of the province."))
    inhabitants: int | None = Field(description=_("Inhabitants that apply on the day."))
    inhabitants_basis: str = Field(
        description=_("own, derived (sum of predecessors), incomplete or unknown.")
    )
    reference_date: date | None = Field(description=_("Day of which the inhabitants are known."))
    votes: int | None = Field(description=_("Votes by the key in force on the day."))


class OrganisationShape(FactShape):
    """Particulars of an organisation."""

    key: str = Field(description=_("Key in addresses; for governments the TOOI code."))
    kind: str = Field(description=_("Kind, such as municipality or province."))
    code: str = Field(description=_("TOOI or CBS code."))
    uri: str | None = Field(description=_("TOOI identifier of the government."))
    name: str = Field(description=_("Name."))
    name_en: str = Field(description=_("Name in English."))
    abbreviation: str = Field(description=_("Abbreviation."))
    province: str | None = Field(description=_("Key of the province."))
    latitude: Decimal | None = Field(description=_("Latitude of the centre (WGS84)."))
    longitude: Decimal | None = Field(description=_("Longitude of the centre (WGS84)."))
    purpose: str = Field(description=_("What it is for."))


class MembershipShape(FactShape):
    """An organisation is a member of the association."""

    organisation: str = Field(description=_("Key of the organisation, such as gm0344."))
    organisation_name: str | None = Field(description=_("Name on the day that is read."))


class SuccessionShape(FactShape):
    """One organisation follows another."""

    predecessor: str = Field(description=_("Key of the predecessor."))
    predecessor_name: str | None = Field(description=_("Name on the day that is read."))
    successor: str = Field(description=_("Key of the successor."))
    successor_name: str | None = Field(description=_("Name on the day that is read."))
    kind: str = Field(description=_("merger, split, rename or boundary."))
    ceases: bool = Field(description=_("Whether the predecessor ceases to exist."))
    is_main: bool = Field(description=_("Whether this is the main successor."))


class PopulationFigureShape(FactShape):
    """Inhabitants on a reference date, which is validFrom."""

    organisation: str = Field(description=_("Key of the organisation, such as gm0344."))
    organisation_name: str | None = Field(description=_("Name on the day that is read."))
    inhabitants: int = Field(description=_("Number of inhabitants on the reference date."))


class VotingKeyShape(FactShape):
    """The statute that makes votes of inhabitants."""

    per: int = Field(description=_("Inhabitants for one vote."))
    rounding: str = Field(description=_("down, nearest or up."))
    minimum: int = Field(description=_("Votes that a member has at least."))
    cap: int | None = Field(description=_("Votes that a member has at most."))
    article: str = Field(description=_("Article of the statutes."))
    note: str = Field(description=_("Note."))


class MapCellShape(FactShape):
    """The hexagon of a member on the map."""

    organisation: str = Field(description=_("Key of the organisation, such as gm0344."))
    organisation_name: str | None = Field(description=_("Name on the day that is read."))
    q: int = Field(description=_("Column of the cell (axial)."))
    r: int = Field(description=_("Row of the cell (axial)."))


class PersonFactShape(FactShape):
    """How a person is called."""

    person: str = Field(description=_("Key of the person; it says nothing about the person."))
    person_label: str | None = Field(description=_("The person by function, on the day read."))
    name: str = Field(description=_("Name, where there is one."))


class RoleShape(FactShape):
    """A person acts for the association in a role."""

    person: str = Field(description=_("Key of the person; it says nothing about the person."))
    person_label: str | None = Field(description=_("The person by function, on the day read."))
    role: str = Field(description=_("Role."))


class OfficeShape(FactShape):
    """A person holds a function at an organisation."""

    person: str = Field(description=_("Key of the person; it says nothing about the person."))
    person_label: str | None = Field(description=_("The person by function, on the day read."))
    organisation: str = Field(description=_("Key of the organisation, such as gm0344."))
    organisation_name: str | None = Field(description=_("Name on the day that is read."))
    function: str = Field(description=_("Function, such as mayor or alderman."))
    portfolios: str = Field(description=_("Portfolios."))
    party: str = Field(description=_("Party."))
    party_is_local: bool = Field(description=_("Whether it is a local party."))
    acting: bool = Field(description=_("Whether the function is held as acting."))


class BodyShape(FactShape):
    """Description of a body or network."""

    key: str = Field(description=_("Key of the body in addresses."))
    kind: str = Field(description=_("Kind of body."))
    name: str = Field(description=_("Name."))
    name_en: str = Field(description=_("Name in English."))
    abbreviation: str = Field(description=_("Abbreviation."))
    organisation: str | None = Field(description=_("Key of the organisation that it is."))
    parent: str | None = Field(description=_("Key of the body that it belongs to."))
    purpose: str = Field(description=_("What it is for."))
    purpose_en: str = Field(description=_("What it is for, in English."))
    support: str = Field(description=_("Secretariat and support."))
    deciding: str = Field(description=_("Way of deciding."))
    our_role: str = Field(description=_("Role of the association in it."))
    intensity: str = Field(description=_("How much the association puts into it."))
    interests: str = Field(description=_("Interests, stated openly."))
    member_count: int | None = Field(description=_("Number of members, as stated."))


class BodyTermShape(FactShape):
    """A body exists in this period."""

    body: str = Field(description=_("Key of the body in addresses."))
    body_name: str | None = Field(description=_("Name on the day that is read."))
    is_temporary: bool = Field(description=_("Whether the body is temporary."))
    review_on: date | None = Field(description=_("Day of the review."))
    decision: str = Field(description=_("Decision on which this rests."))
    after_end: str = Field(description=_("Where the work goes afterwards."))


class GoalShape(FactShape):
    """A concrete goal of a body."""

    goal: int = Field(description=_("Number of the goal."))
    body: str = Field(description=_("Key of the body in addresses."))
    body_name: str | None = Field(description=_("Name on the day that is read."))
    text: str = Field(description=_("The goal in words."))
    measure: str = Field(description=_("How one sees that it is reached."))
    due_on: date | None = Field(description=_("Day on which it is due."))
    state: str = Field(description=_("running, draft, reached or dropped."))


class CoverageShape(FactShape):
    """A body covers a ministry, a task field or a theme."""

    body: str = Field(description=_("Key of the body in addresses."))
    body_name: str | None = Field(description=_("Name on the day that is read."))
    kind: str = Field(description=_("ministry, field or theme."))
    ministry: str | None = Field(description=_("Key of the ministry."))
    ministry_name: str | None = Field(description=_("Name on the day that is read."))
    label: str = Field(description=_("Field or theme."))


class SeatShape(FactShape):
    """A seat in a body; it may be empty."""

    seat: int = Field(description=_("Number of the seat in the register."))
    number: int = Field(description=_("Place of the seat within its body."))
    body: str = Field(description=_("Key of the body in addresses."))
    body_name: str | None = Field(description=_("Name on the day that is read."))
    role: str = Field(description=_("What the holder does, such as chair or member."))
    title: str = Field(description=_("Title of the seat."))
    on_behalf_of: str | None = Field(description=_("Key of the organisation it speaks for."))
    on_behalf_of_body: str | None = Field(description=_("Key of the network it speaks for."))
    is_voting: bool = Field(description=_("Whether the seat votes."))
    substitute_of: int | None = Field(description=_("Number of the seat it stands in for."))
    profile: str = Field(description=_("Profile of the seat."))


class TenureShape(FactShape):
    """A person or an organisation holds a seat."""

    seat: int = Field(description=_("Number of the seat in the register."))
    body: str = Field(description=_("Key of the body in addresses."))
    body_name: str | None = Field(description=_("Name on the day that is read."))
    person: str | None = Field(
        description=_("Key of the person; it says nothing about the person.")
    )
    person_label: str | None = Field(description=_("The person by function, on the day read."))
    organisation: str | None = Field(description=_("Key of the organisation, such as gm0344."))
    organisation_name: str | None = Field(description=_("Name on the day that is read."))
    acting: bool = Field(description=_("Whether the function is held as acting."))
    holds_over: bool = Field(description=_("Whether the holder stays until there is a successor."))
    decision: str = Field(description=_("Decision on which this rests."))


class LinkShape(FactShape):
    """A tie from one body to another."""

    link: int = Field(description=_("Number of the link."))
    from_body: str = Field(description=_("Key of the body it goes from."))
    from_body_name: str | None = Field(description=_("Name on the day that is read."))
    to_body: str = Field(description=_("Key of the body it goes to."))
    to_body_name: str | None = Field(description=_("Name on the day that is read."))
    kind: str = Field(description=_("Kind of link."))
    person: str | None = Field(description=_("Key of the person who carries it."))
    person_label: str | None = Field(description=_("The person by function, on the day read."))
    note: str = Field(description=_("Note."))


class PersonShape(Shape):
    """A person, by function; a name only if the register holds one."""

    key: str = Field(description=_("Key of the person; it says nothing about the person."))
    label: str = Field(description=_("The person by function, on the day read."))
    name: str = Field(description=_("Name, where there is one."))
    organisation: str | None = Field(description=_("Key of the organisation of that function."))
    organisation_name: str | None = Field(description=_("Name on the day that is read."))
    holds_office: bool = Field(description=_("Whether the function is held on the day."))
    recorded_from: datetime = Field(description=_("Since when the person is in the register."))


class ChangeShape(Shape):
    """A fact begins or ends on a day."""

    day: date = Field(description=_("Day on which it begins, or on which it is no longer true."))
    turn: str = Field(description=_("begins or ends."))
    resource: str = Field(description=_("List in which the fact stands."))
    fact: dict[str, Any] = Field(description=_("The fact, as in that list."))


class CorrectionShape(Shape):
    """The register held something for true that was not so."""

    at: datetime = Field(description=_("When it was put right."))
    resource: str = Field(description=_("List in which the fact stands."))
    was: dict[str, Any] = Field(description=_("What the register held until then."))
    now: dict[str, Any] | None = Field(description=_("What it holds since; empty: nothing."))


class CheckpointShape(Shape):
    """A signed root of the audit tree."""

    size: int = Field(description=_("Number of lines under the root."))
    at: datetime = Field(description=_("When it was signed."))
    root: str = Field(description=_("Root of the tree (SHA-256, hexadecimal)."))
    origin: str = Field(description=_("Name of the log."))
    key_id: str = Field(description=_("Which key signed (hexadecimal)."))
    note: str = Field(description=_("The signed note, to verify without us."))
