"""Whatever a reader types, the answer is an answer or a problem, never a mistake of ours."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from integrations.register import API, VOTE, Register, body_of, lists_of, spec_of
from verband.integrations.resources import RESOURCES, Resource
from world import TODAY

ODD = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789-+:T.Z ", max_size=32),
    st.integers().map(str),
    st.dates().map(str),
    st.datetimes(timezones=st.timezones()).map(str),
    st.sampled_from(
        [
            *("", "\x00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01"),
            *("true", "all", "xlsx", "gm0344", "-1", "1e9", "NaN", "٣", "2017-10-30T25:00", "%%"),
            *("9" * 400, "2017-W44-1", "20171030", "2100-12-31", "1970-01-01", "chair", "a" * 5000),
        ]
    ),
)
QUESTIONS = st.sampled_from(RESOURCES).flatmap(
    lambda resource: st.tuples(
        st.just(resource.name),
        st.dictionaries(st.sampled_from(parameters(resource)), ODD, min_size=1, max_size=2),
    )
)


def parameters(resource: Resource) -> list[str]:
    fields = resource.question.model_fields
    return [field.alias or name for name, field in fields.items()]


FUZZ = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(response: Any) -> None:
    content = body_of(response)
    assert response.status_code in (200, 400, 404), content
    assert response["API-Version"]
    if response.status_code != 200:
        assert response["Content-Type"] == "application/problem+json"
        assert json.loads(content)["status"] == response.status_code


@FUZZ
@given(QUESTIONS)
@example(("seats", {"on": "\x00"}))
@example(("seats", {"known": "0001-01-01T00:00:00+14:00"}))
@example(("changes", {"from": "0001-01-01", "until": "9999-12-31"}))
@example(("corrections", {"from": "2012-01-01", "until": "2100-12-31"}))
@example(("tenures", {"seat": "9" * 30}))
@example(("seats", {"page": "1000000", "pageSize": "500"}))
def test_no_question_makes_a_mistake(client: Client, question: tuple[str, dict[str, str]]) -> None:
    name, asked = question
    check(client.get(f"{API}/{name}", asked))


@FUZZ
@given(st.text(max_size=60))
@example("organisations/\x00")
@example("organisations/" + "a" * 3000)
@example("audit/lines/-1/proof")
@example("//example.org")
def test_no_address_makes_a_mistake(client: Client, path: str) -> None:
    check(client.get(f"{API}/{quote(path)}"))


@FUZZ
@given(st.binary(max_size=40), st.sampled_from(["seats", "members", "people", "changes"]))
def test_no_bytes_make_a_mistake(client: Client, raw: bytes, name: str) -> None:
    check(client.get(f"{API}/{name}?on={quote(raw)}&{quote(raw)}=1"))


def queries(client: Client, path: str) -> int:
    client.get(f"{API}/{path}")  # what is kept between questions is kept now
    with CaptureQueriesContext(connection) as counted:
        body_of(client.get(f"{API}/{path}"))
    return len(counted)


@pytest.fixture
def grown(register: Register) -> Any:
    """Makes the register several times as large."""

    def grow() -> None:
        world = register.world
        for number in range(12):
            member = world.municipality(f"gm7{number:03}", f"Nieuw {number}", 5_000)
            office = world.official(f"n{number}", member, "mayor")
            body = world.body(f"nieuw-{number}", name=f"Orgaan {number}")
            world.tenure(world.seat(body), office.office.person, TODAY.replace(year=2016))

    return grow


def test_the_number_of_queries_does_not_grow_with_the_register(client: Client, grown: Any) -> None:
    names = [
        *(f"{name}?pageSize=500&on=2017-06-01" for name in lists_of(spec_of(client))),
        *("changes?pageSize=500&from=2012-01-01", "corrections?pageSize=500&from=2012-01-01"),
        *("organisations/gm0344", "bodies/bestuur", "people/p0", "seats?format=csv"),
        *("popolo.json", "members?format=xlsx", f"consultations/{VOTE}"),
        f"consultations/{VOTE}/ballots?format=csv",
    ]
    small = {name: queries(client, name) for name in names}

    grown()

    assert {name: queries(client, name) for name in names} == small
