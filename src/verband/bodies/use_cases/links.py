"""Changes about the links between bodies."""

from datetime import date, datetime
from typing import Any

from verband.bodies.kinds import LinkKind
from verband.bodies.models import Body, Link, LinkFact, LinkToItself
from verband.bodies.permissions import keeps_the_body
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing, correct, end, record
from verband.kernel.use_case import use_case
from verband.people.models import Person


@use_case(allowed=keeps_the_body)
def link_bodies(
    *,
    actor: Actor,
    now: datetime,
    body: Body,
    to_body: Body,
    kind: LinkKind,
    valid_from: date | None,
    valid_until: date | None = None,
    person: Person | None = None,
    note: str = "",
    source: str = "",
    certainty: str = "certain",
) -> LinkFact:
    """Tie ``body`` to another body, carried by a person where it is a liaison or linking pin.

    Raises:
        LinkToItself: both are the same body.
        OneLinkAtATime: the link exists in that period.
    """
    if body.pk == to_body.pk:
        raise LinkToItself
    link = Link.objects.filter(from_body=body, to_body=to_body, kind=kind).first()
    if link is None:
        link = add_thing(Link(from_body=body, to_body=to_body, kind=kind), now=now)
    return record(
        LinkFact(
            link=link,
            person=person,
            note=note,
            valid_from=valid_from,
            valid_until=valid_until,
            source=source,
            certainty=certainty,
        ),
        now=now,
    )


@use_case(allowed=keeps_the_body)
def end_link(*, actor: Actor, now: datetime, fact: LinkFact, day: date, reason: str) -> LinkFact:
    """The link ends on ``day``."""
    return end(fact, day=day, now=now)


@use_case(allowed=keeps_the_body)
def correct_link(
    *, actor: Actor, now: datetime, fact: LinkFact, reason: str, **values: Any
) -> LinkFact:
    """The link was never so."""
    return correct(fact, now=now, **values)
