"""Documents of a published vote: the decision, other standards, and the page to verify on."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typst
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from jsonschema import Draft202012Validator

from consultations.council import CLOSES, Council
from consultations.published import AFTER, READING, Published, verified
from verband.consultations.documents.decision import (
    FOLDER,
    STANDARD,
    decision_data,
    decision_pdf,
)
from verband.consultations.documents.ori import CONTEXT as ORI_CONTEXT
from verband.consultations.documents.ori import ori_of
from verband.consultations.documents.popolo import CONTEXT, popolo_of
from verband.consultations.queries.result import Result, result_data, result_of
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.opening import close_vote
from verband.members.models import Organisation
from world import NOW

pytestmark = pytest.mark.django_db
SCHEMAS = Path(__file__).parent / "schemas"
FILES = (
    "roll_call_json",
    "roll_call_csv",
    "result_json",
    "result_csv",
    "decision_pdf",
    "popolo_vote",
    "ori_vote",
)


@pytest.fixture(autouse=True)
def on_the_day(settings: Any) -> None:
    """Visitors come after publication."""
    settings.VERBAND_TODAY = (AFTER + timedelta(days=1)).date()


@pytest.fixture
def result(published: Published) -> Result:
    """The vote, counted."""
    return result_of(standing_of(published.consultation))


def errors(name: str, value: object) -> Iterator[str]:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text())
    Draft202012Validator.check_schema(schema)
    for error in Draft202012Validator(schema).iter_errors(value):
        yield f"{error.json_path}: {error.message}"


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def test_popolo_has_the_fields_of_its_schema_and_of_our_context(result: Result) -> None:
    given = json.loads(json.dumps(popolo_of(result)))

    assert list(errors("popolo", given)) == []
    said = keys_of(given["motions"]) | keys_of(given["vote_events"])
    assert said - set(CONTEXT) == {"@type", "id", "url", "note", "name", "role", "group_id"}


def test_popolo_counts_votes_and_members_and_names_every_member(result: Result) -> None:
    [event] = popolo_of(result)["vote_events"]

    whole = {one["option"]: (one["value"], one["members"]) for one in event["counts"][:4]}
    assert whole == {"yes": (20, 1), "no": (125, 2), "abstain": (9, 1), "not voting": (5, 2)}
    votes = {one["voter_id"]: (one["option"], one["weight"]) for one in event["votes"]}
    assert votes["organisation/gm0363"] == ("no", 75)
    assert votes["organisation/gm0088"] == ("not voting", 1)
    assert event["result"] == "fail"


def test_popolo_groups_are_the_segments_with_their_weight(result: Result) -> None:
    [event] = popolo_of(result)["vote_events"]

    found = {one["group_id"]: one["result"] for one in event["group_results"]}
    assert found["segment/size/20000-50000"] == "pass"
    assert found["segment/size/250000-"] == "fail"
    size = [one for one in event["counts"] if one.get("group_id") == "segment/size/20000-50000"]
    assert {one["option"]: one["value"] for one in size} == {"yes": 20, "no": 0, "abstain": 0}


def test_open_council_information_has_the_fields_of_its_schema(result: Result) -> None:
    given = json.loads(json.dumps(ori_of(result)))

    assert list(errors("ori", given)) == []
    assert {"gewicht", "hoedanigheid", "segment", "gewichtVoor"} <= set(ORI_CONTEXT)


def test_open_council_information_gives_a_vote_for_every_member(result: Result) -> None:
    graph = ori_of(result)["@graph"]

    votes = [one for one in graph if "keuzeStemming" in one]
    assert sorted(one["keuzeStemming"] for one in votes) == [
        *("afwezig", "afwezig", "onthouden", "tegen", "tegen", "voor")
    ]
    assert sum(one["gewicht"] for one in votes) == 159
    assert graph[0]["resultaatMondelingeStemming"] == "tegen"
    assert set(graph[0]["stemmen"]) == {one["url"] for one in votes}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_decision_is_an_accessible_pdf(result: Result, language: str) -> None:
    with translation.override(language):
        made = decision_pdf(result, READING)

    assert made.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert f"<dc:language><rdf:Bag><rdf:li>{language}<".encode() in made
    assert b"/StructTreeRoot" in made


def test_the_writer_refuses_what_is_not_accessible() -> None:
    source = b'#set document(title: "x")\n#set text(lang: "nl")\n= One\n=== Three'

    with pytest.raises(typst.TypstError):
        typst.compile(source, format="pdf", pdf_standards=[STANDARD])


def test_the_same_vote_gives_the_same_document(result: Result) -> None:
    first = decision_pdf(result, READING)

    assert decision_pdf(result, READING) == first
    cache.clear()
    assert decision_pdf(result, READING) == first


def test_the_decision_says_why_who_and_how_to_verify(result: Result) -> None:
    data = decision_data(result, READING)

    [question] = data["questions"]
    assert "art. 14 lid 2" in {one["article"] for one in question["grounds"]}
    assert len(data["roll"]["rows"]) == 6
    assert data["root"] == roll_root(result)
    assert any("roll-call.json" in line for line in data["verify"])
    assert data["provisional"] == ""


def roll_root(result: Result) -> str:
    return str(result.standing.steps["closed"].data["root"])


def test_before_publication_the_decision_is_marked_so(made: Council, signing_key: Path) -> None:
    vote = made.opened()
    made.cast(vote, 0)
    close_vote(actor=made.secretary, now=CLOSES, consultation=vote)

    data = decision_data(result_of(standing_of(vote)), READING)

    assert data["provisional"] != ""
    assert decision_pdf(result_of(standing_of(vote)), READING).startswith(b"%PDF-")


def test_what_people_wrote_never_becomes_markup(made: Council, signing_key: Path) -> None:
    evil = '#read("/etc/passwd") $x$ *b* = H'
    vote = made.opened(title=evil, questions=[{"form": "yes_no", "text": evil}])
    made.cast(vote, 0, reason=evil)
    close_vote(actor=made.secretary, now=CLOSES, consultation=vote)

    found = typst.query(
        FOLDER / "decision.typ",
        "heading",
        field="body",
        root=FOLDER,
        font_paths=[FOLDER / "fonts"],
        sys_inputs={"data": json.dumps(decision_data(result_of(standing_of(vote)), READING))},
    )

    assert {"func": "text", "text": evil} in json.loads(found)


def test_the_result_for_programs_is_exact(result: Result) -> None:
    data = json.loads(json.dumps(result_data(result.standing)))

    [question] = data["questions"]
    assert question["counts"][0] == {
        "choice": "for",
        "members": 1,
        "votes": 20,
        "share": "4/29",
    }
    assert data["turnout"] == {"members": 4, "votes": 154}
    assert data["provisional"] is False


@pytest.mark.parametrize("name", FILES)
def test_everybody_gets_the_documents_of_a_published_vote(
    published: Published, client: Client, name: str
) -> None:
    response = client.get(reverse(name, args=[published.consultation.key]))

    assert response.status_code == 200
    assert response.content


@pytest.mark.parametrize("name", FILES)
def test_nobody_gets_them_before(made: Council, client: Client, name: str) -> None:
    vote = made.opened()
    made.cast(vote, 0)

    assert client.get(reverse(name, args=[vote.key])).status_code == 404
    close_vote(actor=made.secretary, now=CLOSES, consultation=vote)
    assert client.get(reverse(name, args=[vote.key])).status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_a_question_to_people_has_no_such_documents(
    made: Council, client: Client, name: str
) -> None:
    vote = made.opened("flash")

    assert client.get(reverse(name, args=[vote.key])).status_code == 404


def test_who_leads_the_vote_reads_the_decision_before_publication(
    made: Council, client: Client, signing_key: Path
) -> None:
    vote = made.opened()
    close_vote(actor=made.secretary, now=CLOSES, consultation=vote)
    client.force_login(made.secretary, "allauth.account.auth_backends.AuthenticationBackend")

    assert client.get(reverse("decision_pdf", args=[vote.key])).status_code == 200
    assert client.get(reverse("roll_call_json", args=[vote.key])).status_code == 404


def test_what_was_not_published_then_is_not_there_then(
    published: Published, client: Client
) -> None:
    address = reverse("roll_call_json", args=[published.consultation.key])

    assert client.get(address, {"known": NOW.isoformat()}).status_code == 404


def test_a_receipt_as_a_file_verifies(
    published: Published, client: Client, tmp_path: Path, capsys: Any
) -> None:
    key, token = published.consultation.key, published.ballots[1].token
    response = client.get(reverse("receipt_proof", args=[key, token]))

    code, said = verified(capsys, tmp_path, [published.file, response.content])

    assert (code, response["Cache-Control"]) == (0, "private, no-store")
    assert "ballot 2 of gm0363 stands in the roll-call" in said


def test_a_receipt_is_only_found_by_its_own_vote_and_token(
    published: Published, client: Client
) -> None:
    token = published.ballots[0].token

    other = reverse("receipt_proof", args=["2016-01", token])
    assert client.get(other).status_code == 404


class TestVerifyPage:
    """The page on which anyone looks up a receipt."""

    def page(self, client: Client, **asked: str) -> str:
        response = client.get(reverse("verify_receipt"), asked, headers={"accept-language": "nl"})
        assert response.status_code == 200
        return str(response.content.decode())

    def test_a_code_in_a_published_vote_is_found(
        self, published: Published, client: Client
    ) -> None:
        code = published.ballots[2].leaf
        for asked in (code, code.upper(), f"{code[:4]}-{code[4:8]} {code[8:12]}"):
            shown = self.page(client, code=asked)

            assert "gm0344" in shown
            assert reverse("roll_call_json", args=[published.consultation.key]) in shown

    def test_a_replaced_ballot_is_told_to_be_replaced(
        self, published: Published, client: Client
    ) -> None:
        with translation.override("en"):
            address = reverse("verify_receipt")

        shown = client.get(address, {"code": published.ballots[0].leaf}).content.decode()

        assert "ballot 2 of this member took its place" in shown

    def test_a_ballot_in_an_open_vote_is_not_told(self, made: Council, client: Client) -> None:
        ballot = made.cast(made.opened(), 0)

        shown = self.page(client, code=ballot.leaf)

        assert "gm0363" not in shown

    @pytest.mark.parametrize("code", ["", "abc", "zz" * 20, "0" * 65, "0" * 64, "%00", "' or 1"])
    def test_no_code_makes_a_mistake(self, client: Client, made: Council, code: str) -> None:
        assert "<h1" in self.page(client, code=code)

    def test_the_script_is_there_to_take_away(self, client: Client, made: Council) -> None:
        response = client.get(reverse("verify_vote_script"))

        assert b"def signature_holds" in response.content
        assert response["Content-Disposition"] == 'attachment; filename="verify_vote.py"'


def test_members_are_called_by_the_key_of_the_register(result: Result) -> None:
    keys = set(Organisation.objects.values_list("key", flat=True))

    [event] = popolo_of(result)["vote_events"]
    assert {one["voter_id"].removeprefix("organisation/") for one in event["votes"]} <= keys
