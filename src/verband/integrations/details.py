"""One organisation, one body, one person, with what is known of it on the day that is read."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Q
from django.utils.translation import gettext_noop as _
from pydantic import Field

from verband.bodies.models import Body
from verband.core.period import Period
from verband.integrations import shapes, tables
from verband.integrations.answers import Href
from verband.integrations.listings import FactListing, given_people
from verband.integrations.problems import UnknownKey
from verband.integrations.tables import Table, key_of
from verband.integrations.uris import address, tooi_uri
from verband.kernel.two_times import ThingModel
from verband.members.models import Membership, Organisation
from verband.members.queries import votes_of
from verband.people.models import Person
from verband.ui.reading import Reading

CONTEXT = Field(alias="@context", description=_("Meaning of the fields (JSON-LD, W3C ORG)."))
IDENTITY = Field(alias="@id", description=_("Lasting identifier."))
KIND = Field(alias="@type", description=_("Kind in W3C ORG."))
LINKS = Field(alias="_links", description=_("Where more stands."))


class InhabitantsShape(shapes.Shape):
    """Inhabitants that apply on the day."""

    number: int | None
    basis: str = Field(description=_("own, derived (sum of predecessors), incomplete or unknown."))
    reference_date: date | None
    source: str


class OrganisationDetail(shapes.Shape):
    """An organisation with its names, its place in the association and who it followed."""

    context: str = CONTEXT
    identity: str = IDENTITY
    type: str = KIND
    links: dict[str, Href] = LINKS
    key: str
    kind: str
    code: str
    uri: str | None
    is_member: bool
    votes: int | None
    inhabitants: InhabitantsShape | None
    body: str | None = Field(description=_("Key of the body that it is."))
    particulars: list[shapes.OrganisationShape] = Field(description=_("All names over time."))
    memberships: list[shapes.MembershipShape]
    predecessors: list[shapes.SuccessionShape]
    successors: list[shapes.SuccessionShape]


class BodyDetail(shapes.Shape):
    """A body with its descriptions, its terms, its goals and its ties."""

    context: str = CONTEXT
    identity: str = IDENTITY
    type: str = KIND
    links: dict[str, Href] = LINKS
    key: str
    organisation: str | None
    exists: bool = Field(description=_("Whether it exists on the day."))
    descriptions: list[shapes.BodyShape] = Field(description=_("All descriptions over time."))
    terms: list[shapes.BodyTermShape]
    goals: list[shapes.GoalShape]
    coverages: list[shapes.CoverageShape]
    ties: list[shapes.LinkShape]


class PersonDetail(shapes.Shape):
    """A person by function, with every function and seat over time."""

    links: dict[str, Href] = LINKS
    person: shapes.PersonShape
    offices: list[shapes.OfficeShape]
    tenures: list[shapes.TenureShape]


ThingT = TypeVar("ThingT", bound=ThingModel)


def thing_of(model: type[ThingT], key: str, reading: Reading, *related: str) -> ThingT:
    """The thing of a key, if the register held it at the instant that is read.

    Raises:
        UnknownKey: it did not.
    """
    rows = model._default_manager.filter(key=key).select_related(*related)
    found = rows.first()
    if found is None or (reading.known is not None and found.recorded_from > reading.known):
        raise UnknownKey
    return found


def _facts(table: Table, reading: Reading, validity: Any, where: Q) -> list[Any]:
    return FactListing(table, reading, validity=validity, where=where).everything()


def _href(reading: Reading, path: str) -> Href:
    return Href(href=address(reading.link(path)))


def organisation_detail(key: str, reading: Reading) -> OrganisationDetail:
    """An organisation. Fourteen queries at most.

    Raises:
        UnknownKey: there was none of this key.
    """
    thing = thing_of(Organisation, key, reading, "body")
    (votes,) = votes_of([thing.pk], reading.day, reading.known) or (None,)
    body: Body | None = getattr(thing, "body", None)
    if body is not None and reading.known is not None and body.recorded_from > reading.known:
        body = None
    member = Membership.objects.at(reading.day).known(reading.known).filter(organisation=thing)
    is_member = member.exists()
    return OrganisationDetail(
        context=address("/context.jsonld"),
        identity=tooi_uri(thing) or address(f"/organisations/{key}"),
        type="org:FormalOrganization",
        links={
            "self": _href(reading, f"/organisations/{key}"),
            "offices": _href(reading, f"/offices?organisation={key}"),
            "tenures": _href(reading, f"/tenures?organisation={key}"),
            "populationFigures": _href(reading, f"/population-figures?organisation={key}"),
        },
        key=thing.key,
        kind=thing.kind,
        code=thing.code,
        uri=tooi_uri(thing),
        is_member=is_member,
        votes=votes.votes if votes and is_member else None,
        inhabitants=_inhabitants(votes.inhabitants) if votes else None,
        body=key_of(body),
        particulars=_facts(tables.ORGANISATIONS, reading, "all", Q(organisation=thing)),
        memberships=_facts(tables.MEMBERSHIPS, reading, "all", Q(organisation=thing)),
        predecessors=_facts(tables.SUCCESSIONS, reading, "all", Q(successor=thing)),
        successors=_facts(tables.SUCCESSIONS, reading, "all", Q(predecessor=thing)),
    )


def _inhabitants(found: Any) -> InhabitantsShape | None:
    if found.number is None:
        return None
    return InhabitantsShape(
        number=found.number,
        basis=found.basis,
        reference_date=found.reference_date,
        source=found.source,
    )


def body_detail(key: str, reading: Reading) -> BodyDetail:
    """A body. Sixteen queries at most.

    Raises:
        UnknownKey: there was none of this key.
    """
    thing = thing_of(Body, key, reading, "organisation")
    terms = _facts(tables.BODY_TERMS, reading, "all", Q(body=thing))
    return BodyDetail(
        context=address("/context.jsonld"),
        identity=address(f"/bodies/{key}"),
        type="org:OrganizationalUnit",
        links={
            "self": _href(reading, f"/bodies/{key}"),
            "seats": _href(reading, f"/seats?body={key}"),
            "tenures": _href(reading, f"/tenures?body={key}"),
        },
        key=thing.key,
        organisation=key_of(thing.organisation),
        exists=any(_holds(term, reading.day) for term in terms),
        descriptions=_facts(tables.BODIES, reading, "all", Q(body=thing)),
        terms=terms,
        goals=_facts(tables.GOALS, reading, "on", Q(goal__body=thing)),
        coverages=_facts(tables.COVERAGES, reading, "on", Q(body=thing)),
        ties=_facts(tables.LINKS, reading, "on", Q(link__from_body=thing) | Q(link__to_body=thing)),
    )


def _holds(fact: shapes.FactShape, day: date) -> bool:
    return day in Period(fact.valid_from, fact.valid_until)


def person_detail(key: str, reading: Reading) -> PersonDetail:
    """A person. Twenty-two queries at most.

    Raises:
        UnknownKey: there was none of this key.
    """
    thing = thing_of(Person, key, reading)
    (person,) = given_people([thing], reading)
    return PersonDetail(
        links={"self": _href(reading, f"/people/{key}")},
        person=person,
        offices=_facts(tables.OFFICES, reading, "all", Q(office__person=thing)),
        tenures=_facts(tables.TENURES, reading, "all", Q(person=thing)),
    )
