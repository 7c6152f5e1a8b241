"""The interface as its own description promises it, with the Dutch API design rules."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from integrations.register import API, VOTE, Register, answer, body_of, lists_of, spec_of
from verband.integrations.api import api
from verband.integrations.tables import BY_MODEL
from verband.kernel.audit import AuditLine
from verband.kernel.changing_days import fact_models

CAMEL = re.compile(r"_links|@context|@id|@type|[a-z][a-zA-Z0-9]*")
KEBAB = re.compile(r"(/([a-z0-9-]+(\.json|\.jsonld)?|\{[a-z]+\}))+")


def example(path: str, register: Register) -> str:
    keys = {"organisations": "gm0344", "bodies": "bestuur", "people": "p0", "consultations": VOTE}
    for name, key in keys.items():
        path = path.replace(f"{name}/{{key}}", f"{name}/{key}")
    line = AuditLine.objects.order_by("pk").values_list("pk", flat=True).first()
    return path.replace("{number}", str(line))


def fields_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(fields_of, value.values()))
    return set().union(*map(fields_of, value)) if isinstance(value, list) else set()


def test_every_operation_of_the_description_answers(client: Client, register: Register) -> None:
    paths = spec_of(client)["paths"]

    assert len(paths) > 20
    for path in paths:
        response = client.get(API + example(path, register))
        assert response.status_code == 200, (path, body_of(response))
        assert response["API-Version"] == "1.0.0"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert json.loads(body_of(response))


def test_every_list_gives_something_of_this_register(client: Client) -> None:
    totals = {name: answer(client, name)["total"] for name in lists_of(spec_of(client))}

    assert {name for name, total in totals.items() if total == 0} == set()


def test_answers_hold_exactly_the_fields_that_the_description_names(client: Client) -> None:
    spec = spec_of(client)
    shapes = spec["components"]["schemas"]
    for name in lists_of(spec):
        page = answer(client, name)

        content = spec["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]
        shape = shapes[content["application/json"]["schema"]["$ref"].rpartition("/")[2]]
        assert set(page) == set(shape["properties"]), name
        row = shapes[shape["properties"]["results"]["items"]["$ref"].rpartition("/")[2]]
        assert set(page["results"][0]) == set(row["properties"]), name


def test_addresses_are_kebab_case_and_names_camel_case(client: Client) -> None:
    spec = spec_of(client)

    assert [path for path in spec["paths"] if not KEBAB.fullmatch(path)] == []
    asked = {p["name"] for o in spec["paths"].values() for p in o["get"].get("parameters", ())}
    assert [name for name in asked if not CAMEL.fullmatch(name)] == []
    for name in lists_of(spec):
        assert [f for f in fields_of(answer(client, name)) if not CAMEL.fullmatch(f)] == []


def test_the_description_has_what_the_design_rules_ask(client: Client) -> None:
    spec = spec_of(client)

    assert set(spec["info"]["contact"]) == {"name", "url", "email"}
    assert spec["servers"][0]["url"].endswith("/api/v1")
    assert "twee tijden" in spec["info"]["description"]
    for path, operations in spec["paths"].items():
        responses = operations["get"]["responses"]
        assert {"400", "404"} <= set(responses), path
        assert set(responses["404"]["content"]) == {"application/problem+json"}
        assert all("API-Version" in response["headers"] for response in responses.values())


def test_the_description_is_wholly_dutch(client: Client) -> None:
    english = json.dumps(api.get_openapi_schema(path_prefix=""))
    said = set(re.findall(r'"(?:description|summary)": "([^"]{12,})"', english))
    dutch = json.dumps(spec_of(client), ensure_ascii=False)

    assert [text for text in said if f'": "{text}"' in dutch] == []


def test_facts_carry_both_times_their_source_and_certainty(client: Client) -> None:
    figure = answer(client, "population-figures", organisation="gm0344")["results"][0]

    assert figure["validFrom"] == "2013-01-01"
    assert figure["recordedFrom"] == "2014-01-01T12:00:00Z"
    assert figure["recordedUntil"] is None
    assert (figure["source"], figure["certainty"]) == ("CBS", "certain")


def test_a_government_is_known_by_its_tooi_identifier(client: Client) -> None:
    utrecht = answer(client, "organisations/gm0344")

    assert utrecht["@id"] == "https://identifier.overheid.nl/tooi/id/gemeente/gm0344"
    assert utrecht["votes"] == 10
    assert utrecht["inhabitants"]["number"] == 10_000


def test_a_merged_member_counts_the_inhabitants_of_both(client: Client) -> None:
    members = answer(client, "members")["results"]

    assert [m["organisation"] for m in members] == ["gm0014", "gm0344"]
    assert answer(client, "members", on="2017-09-30")["total"] == 3
    assert answer(client, "members", province="pv26")["total"] == 2
    assert answer(client, "members", province="pv20")["total"] == 0


def test_an_organisation_is_not_there_before_the_register_knew_it(client: Client) -> None:
    early = client.get(f"{API}/organisations/gm0344", {"known": "2013-01-01"})

    assert early.status_code == 404
    assert early.json()["code"] == "unknown_key"


def test_old_versions_of_a_fact_are_given_when_asked_for(client: Client) -> None:
    now = answer(client, "tenures", person="p1", validity="all")["results"]
    ever = answer(client, "tenures", person="p1", validity="all", versions="all")["results"]

    # The merger ended the office of p1, and with it the seat; then the first day was corrected.
    assert {row["validFrom"] for row in now} == {"2016-02-01"}
    assert {row["validFrom"] for row in ever} == {"2016-01-01", "2016-02-01"}
    assert [row for row in ever if row["recordedUntil"] is not None]


def test_corrections_say_what_was_and_what_is(client: Client) -> None:
    (mended,) = answer(client, "corrections", **{"from": "2017-01-01"})["results"]

    assert mended["resource"] == "tenures"
    assert (mended["was"]["validFrom"], mended["now"]["validFrom"]) == ("2016-01-01", "2016-02-01")
    assert answer(client, "corrections", known="2017-08-01", **{"from": "2017-01-01"})["total"] == 0


def test_changes_tell_which_facts_begin_and_end(client: Client) -> None:
    changes = answer(client, "changes", **{"from": "2017-10-01", "until": "2017-10-02"})["results"]

    kinds = {(change["turn"], change["resource"]) for change in changes}
    assert {("begins", "successions"), ("ends", "organisations"), ("ends", "memberships")} <= kinds


def test_pages_follow_each_other_by_their_links(client: Client) -> None:
    first = answer(client, "organisations", pageSize=2, on="2017-06-01")
    path = first["_links"]["next"]["href"].partition(API)[2].lstrip("/")
    second = answer(client, path)

    assert first["_links"]["prev"] is None
    assert second["page"] == 2
    assert "on=2017-06-01" in second["_links"]["prev"]["href"]
    assert not {r["key"] for r in first["results"]} & {r["key"] for r in second["results"]}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/seats?page=0", 400, "unreadable_parameter"),
        ("/seats?pageSize=501", 400, "unreadable_parameter"),
        ("/seats?page=7", 404, "no_such_page"),
        ("/seats?rol=chair", 400, "unknown_parameter"),
        ("/seats?role=koning", 400, "unreadable_parameter"),
        ("/seats?body=%00", 400, "unreadable_parameter"),
        ("/seats?on=2017-02-30", 400, "unreadable_day"),
        ("/seats?on=1066-10-14", 400, "before_the_register"),
        ("/seats?known=gisteren", 400, "unreadable_day"),
        ("/changes?from=2017-02-01&until=2017-01-01", 400, "empty_period"),
        ("/organisations/niemand", 404, "unknown_key"),
        ("/audit/lines/999999999999999999999/proof", 404, "unknown_key"),
        ("/seats/", 404, None),
        ("/Seats", 404, None),
        ("/organisations/gm%000344", 404, None),
        ("/", 404, None),
        ("/nergens", 404, None),
    ],
)
def test_errors_are_problems_in_dutch(
    client: Client, path: str, status: int, code: str | None
) -> None:
    response = client.get(API + path, HTTP_ACCEPT_LANGUAGE="en")

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["API-Version"] == "1.0.0"
    problem = response.json()
    assert problem["status"] == status
    assert problem.get("code") == code
    assert problem["title"] in ("De vraag is niet te lezen", "Niet gevonden")
    assert problem["detail"]


def test_open_data_is_read_and_not_changed(client: Client) -> None:
    refused = client.post(f"{API}/seats")

    assert refused.status_code == 405
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Allow"] == "GET"
    assert client.head(f"{API}/seats").status_code == 200
    assert client.options(f"{API}/seats").status_code == 204


def test_an_unsealed_line_has_no_proof_yet(client: Client, register: Register) -> None:
    register.world.person("laat")
    newest = AuditLine.objects.order_by("pk").last()
    assert newest is not None

    response = client.get(f"{API}/audit/lines/{newest.pk}/proof")

    assert (response.status_code, response.json()["code"]) == (404, "not_sealed")


def test_a_mistake_of_ours_is_a_problem_without_particulars(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("verband.integrations.listings.FactListing.total", fails)

    response = client.get(f"{API}/seats")

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "secret" not in response.content.decode()


def test_the_catalogue_names_every_list_in_three_forms(client: Client) -> None:
    spec, catalogue = spec_of(client), answer(client, "catalog.jsonld")

    sets = {one["dct:identifier"]: one for one in catalogue["dcat:dataset"]}
    assert set(sets) == {*lists_of(spec), "popolo"}
    seats = [one["dcat:accessURL"]["@id"] for one in sets["seats"]["dcat:distribution"]]
    assert [url.partition("/seats")[2] for url in seats] == ["", "?format=csv", "?format=xlsx"]


def test_the_catalogue_names_the_licence_of_the_data(client: Client, settings) -> None:
    settings.VERBAND_DATA_LICENCE = "https://example.org/licence"
    catalogue = answer(client, "catalog.jsonld")

    given = [catalogue, *catalogue["dcat:dataset"]]
    given += [form for one in catalogue["dcat:dataset"] for form in one["dcat:distribution"]]
    assert {one["dct:license"]["@id"] for one in given} == {"https://example.org/licence"}
    assert "https://example.org/licence" in client.get("/open-data/").content.decode()


def test_every_kind_of_fact_of_the_register_has_a_list() -> None:
    assert set(BY_MODEL) == {model for model in fact_models() if not model.OWN_HISTORY}
