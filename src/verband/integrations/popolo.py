"""The register of one day as Popolo: people, organisations, memberships, posts, areas.

Popolo (popoloproject.com/specs) names the classes and fields. Three choices of ours: an end date is
the last day that counts; a body and the organisation that it is are two organisations with the same
name; a person without a name is described by ``summary``, the function.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import FileResponse

from verband.bodies.models import BodyTerm, Tenure
from verband.integrations import tables
from verband.integrations.files import IN_MEMORY
from verband.integrations.listings import CHUNK, FactListing, PersonListing
from verband.integrations.names import Named, Names, names_of
from verband.integrations.tables import Table, key_of
from verband.integrations.tables.table import NO_NAMES
from verband.integrations.uris import address, tooi_uri
from verband.kernel.two_times import TwoTimesModel, TwoTimesQuerySet
from verband.kernel.verify import snapshot
from verband.members.models import Organisation, OrganisationFact, OrganisationKind
from verband.ui.reading import Reading

AREAS = (OrganisationKind.MUNICIPALITY, OrganisationKind.PROVINCE, OrganisationKind.WATER_BOARD)
MEMBER_NAMES = Named(organisations=("organisation_id",))
Entity = dict[str, Any]
Existence = dict[int, tuple[date | None, date | None]]


def popolo_file(reading: Reading) -> FileResponse:
    """The whole register of the day as one JSON file, from one view of the database."""
    # Closed by the response, when the last byte is sent.
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    parts: dict[str, Callable[[Reading], Iterator[Entity]]] = {
        "persons": _persons,
        "organizations": _organizations,
        "memberships": _memberships,
        "posts": _posts,
        "areas": _areas,
    }
    with snapshot():
        about = {"on": reading.day.isoformat(), "known": reading.params.get("known")}
        file.write(b'{"meta": ' + _json(about))
        for name, entities in parts.items():
            file.write(b',\n"' + name.encode() + b'": [')
            for place, entity in enumerate(entities(reading)):
                file.write((b",\n" if place else b"\n") + _json(entity))
            file.write(b"]")
        file.write(b"}\n")
    file.seek(0)
    label = f"popolo-{reading.day.isoformat()}.json"
    return FileResponse(file, filename=label, content_type="application/json")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _persons(reading: Reading) -> Iterator[Entity]:
    for chunk in PersonListing(reading, {}).chunks():
        for person in chunk:
            values = person.model_dump()
            yield _without_empty(
                {"id": values["key"], "name": values["name"] or None, "summary": values["label"]}
            )


def _organizations(reading: Reading) -> Iterator[Entity]:
    existence = _existence(OrganisationFact, "organisation_id", reading)
    for row, _names in _rows(tables.ORGANISATIONS, reading):
        yield _organization(row, existence)
    terms = _existence(BodyTerm, "body_id", reading)
    for row, _names in _rows(tables.BODIES, reading):
        yield _body(row, terms)


def _organization(row: Any, existence: Existence) -> Entity:
    thing, uri = row.organisation, tooi_uri(row.organisation)
    identifiers = [{"scheme": "TOOI", "identifier": uri}] if uri else []
    return _without_empty(
        {
            "id": f"organisation/{thing.key}",
            "name": row.name,
            "other_names": _other_names(row),
            "identifiers": identifiers,
            "classification": thing.kind,
            "area_id": f"area/{thing.key}" if thing.kind in AREAS else None,
            **_existed(existence.get(thing.pk, (None, None))),
            **_sources(row),
        }
    )


def _body(row: Any, terms: Existence) -> Entity:
    return _without_empty(
        {
            "id": f"body/{row.body.key}",
            "name": row.name,
            "other_names": _other_names(row),
            "classification": row.kind,
            "parent_id": f"body/{row.parent.key}" if row.parent else None,
            "abstract": row.purpose[:500],
            **_existed(terms.get(row.body_id, (None, None))),
            **_sources(row),
        }
    )


def _other_names(row: Any) -> list[Entity]:
    given = [(row.name_en, "en"), (row.abbreviation, "abbreviation")]
    return [{"name": name, "note": note} for name, note in given if name]


def _memberships(reading: Reading) -> Iterator[Entity]:
    for row, _names in _rows(tables.OFFICES, reading):
        office = row.office
        yield _membership(
            row,
            f"office/{office.pk}/{row.pk}",
            person_id=office.person.key,
            organization_id=f"organisation/{office.organisation.key}",
            role=office.function,
        )
    seats = _seats(reading)
    for row, names in _rows(tables.TENURES, reading, MEMBER_NAMES):
        yield _tenure(row, names, seats.get(row.seat_id))
    association = Organisation.objects.filter(kind=OrganisationKind.ASSOCIATION).first()
    if association is None:
        return
    for row, names in _rows(tables.MEMBERSHIPS, reading, MEMBER_NAMES):
        yield _membership(
            row,
            f"membership/{row.pk}",
            member=_member(row.organisation, names),
            organization_id=f"organisation/{association.key}",
            role="member",
        )


def _tenure(row: Tenure, names: Names, seat: Entity | None) -> Entity:
    who: Entity = {"person_id": key_of(row.person)}
    if row.organisation is not None:
        who = {"member": _member(row.organisation, names)}
    return _membership(
        row,
        f"tenure/{row.pk}",
        **who,
        organization_id=f"body/{row.seat.body.key}",
        post_id=f"seat/{row.seat_id}" if seat else None,
        role=seat["role"] if seat else None,
        on_behalf_of_id=seat["on_behalf_of_id"] if seat else None,
    )


def _member(organisation: Any, names: Names) -> Entity:
    name = names.organisation(organisation.pk) or organisation.key
    return {"@type": "Organization", "id": f"organisation/{organisation.key}", "name": name}


def _membership(row: TwoTimesModel, name: str, **values: Any) -> Entity:
    return _without_empty({"id": name, **values, **_lasted(row), **_sources(row)})


def _posts(reading: Reading) -> Iterator[Entity]:
    for row, _names in _rows(tables.SEATS, reading):
        yield _without_empty(
            {
                "id": f"seat/{row.seat_id}",
                "label": row.title or str(row.get_role_display()),
                "role": row.role,
                "organization_id": f"body/{row.seat.body.key}",
                **_lasted(row),
                **_sources(row),
            }
        )


def _seats(reading: Reading) -> dict[int, Entity]:
    """Role and backing of each seat on the day: two short texts for each."""
    rows = FactListing(tables.SEATS, reading).rows.values_list(
        "seat_id", "role", "on_behalf_of__key", "on_behalf_of_body__key"
    )
    return {
        seat: {
            "role": role,
            "on_behalf_of_id": f"organisation/{key}" if key else f"body/{body}" if body else None,
        }
        for seat, role, key, body in rows.iterator(CHUNK)
    }


def _areas(reading: Reading) -> Iterator[Entity]:
    for row, _names in _rows(tables.ORGANISATIONS, reading):
        thing = row.organisation
        if thing.kind not in AREAS:
            continue
        point = None
        if row.latitude is not None and row.longitude is not None:
            point = {"type": "Point", "coordinates": [float(row.longitude), float(row.latitude)]}
        yield _without_empty(
            {
                "id": f"area/{thing.key}",
                "name": row.name,
                "identifier": tooi_uri(thing),
                "classification": thing.kind,
                "parent_id": f"area/{row.province.key}" if row.province else None,
                "geometry": point,
            }
        )


def _rows(table: Table, reading: Reading, named: Named = NO_NAMES) -> Iterator[tuple[Any, Names]]:
    """The facts of the day with the names they need here, at most ``CHUNK`` in memory."""
    found = FactListing(table, reading).ordered().iterator(CHUNK)
    while rows := list(islice(found, CHUNK)):
        names = names_of(rows, named, reading)
        for row in rows:
            yield row, names


def _existence(model: type[TwoTimesModel], thing: str, reading: Reading) -> Existence:
    """From the first start to the last end of each thing; the register's knowledge only."""
    found: Existence = {}
    rows = TwoTimesQuerySet(model).known(reading.known)
    for pk, start, until in rows.values_list(thing, "valid_from", "valid_until").iterator(CHUNK):
        first, last = found.get(pk, (start, until))
        first = None if first is None or start is None else min(first, start)
        last = None if last is None or until is None else max(last, until)
        found[pk] = (first, last)
    return found


def _existed(period: tuple[date | None, date | None]) -> Entity:
    start, until = period
    return {"founding_date": _day(start), "dissolution_date": _last_day(until)}


def _lasted(row: TwoTimesModel) -> Entity:
    return {"start_date": _day(row.valid_from), "end_date": _last_day(row.valid_until)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _last_day(until: date | None) -> str | None:
    return (until - timedelta(days=1)).isoformat() if until else None


def _sources(row: TwoTimesModel) -> Entity:
    note = f"{row.source} ({row.certainty})" if row.source else row.certainty
    return {"sources": [{"url": address("/popolo.json"), "note": note}]}


def _without_empty(values: Entity) -> Entity:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
