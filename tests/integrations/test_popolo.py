"""The register as Popolo, held against the essentials of its JSON schemas.

The schemas (popoloproject.com/schemas, 2013-2023) are not carried along; what they require of the
five classes stands here in our own words.
"""

import re
from typing import Any

from django.test import Client

from integrations.register import answer

DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
DAYS = ("start_date", "end_date", "founding_date", "dissolution_date")
# class -> (fields that are there, fields that may be there), as the schemas name them
CLASSES = {
    "persons": ({"id"}, {"name", "summary"}),
    "organizations": (
        {"id", "name", "classification", "sources"},
        {
            *("other_names", "identifiers", "parent_id", "area_id", "abstract"),
            *("founding_date", "dissolution_date"),
        },
    ),
    "memberships": (
        {"id", "organization_id", "role", "sources"},
        {
            *("person_id", "member", "post_id", "on_behalf_of_id"),
            *("start_date", "end_date"),
        },
    ),
    "posts": (
        {"id", "label", "role", "organization_id", "sources"},
        {"start_date", "end_date"},
    ),
    "areas": ({"id", "name", "classification"}, {"identifier", "parent_id", "geometry"}),
}


def popolo(client: Client, **asked: object) -> dict[str, Any]:
    given: dict[str, Any] = answer(client, "popolo.json", **asked)
    return given


def ids(entities: list[dict[str, Any]]) -> set[str]:
    return {entity["id"] for entity in entities}


def test_every_class_has_the_fields_of_its_schema(client: Client) -> None:
    given = popolo(client)

    for name, (needed, allowed) in CLASSES.items():
        assert given[name], name
        for entity in given[name]:
            assert needed <= set(entity) <= needed | allowed, (name, entity)
            assert all(isinstance(entity[f], str) for f in needed - {"sources"})
            assert all(DAY.fullmatch(entity[f]) for f in DAYS if f in entity)
            for source in entity.get("sources", ()):
                assert source["url"].startswith("http")
            for identifier in entity.get("identifiers", ()):
                assert identifier["identifier"].startswith("https://")
            for other in entity.get("other_names", ()):
                assert other["name"]


def test_every_identifier_stands_once_and_every_reference_leads_somewhere(client: Client) -> None:
    given = popolo(client)

    for name in CLASSES:
        assert len(ids(given[name])) == len(given[name]), name
    organizations = ids(given["organizations"])
    for membership in given["memberships"]:
        assert membership["organization_id"] in organizations
        assert membership.get("person_id", "p0") in ids(given["persons"])
        assert membership.get("post_id") in {None, *ids(given["posts"])}
        assert ("person_id" in membership) != ("member" in membership)
    for organization in given["organizations"]:
        assert organization.get("area_id") in {None, *ids(given["areas"])}
        assert organization.get("parent_id") in {None, *organizations}
    assert {post["organization_id"] for post in given["posts"]} <= organizations


def test_the_chair_sits_on_behalf_of_a_member(client: Client) -> None:
    memberships = popolo(client)["memberships"]

    (chair,) = [m for m in memberships if m["role"] == "chair"]
    assert chair["person_id"] == "p0"
    assert chair["organization_id"] == "body/bestuur"
    assert chair["on_behalf_of_id"] == "organisation/gm0344"
    assert chair["start_date"] == "2016-01-01"


def test_an_end_date_is_the_last_day_that_counts(client: Client) -> None:
    before = popolo(client, on="2017-09-30", known="2017-10-30")

    (ended,) = [o for o in before["organizations"] if o["id"] == "organisation/gm0009"]
    assert ended["dissolution_date"] == "2017-09-30"
    assert "organisation/gm0009" not in ids(popolo(client)["organizations"])


def test_a_person_without_a_name_is_known_by_function(client: Client) -> None:
    (person,) = [p for p in popolo(client)["persons"] if p["id"] == "p0"]

    assert person == {"id": "p0", "summary": "wethouder, Utrecht"}
