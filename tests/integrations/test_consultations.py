"""What the members were asked and what they said, as open data."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from integrations.register import API, VOTE, Register, answer, body_of
from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import Ballot, Consultation
from verband.consultations.use_cases.preparing import change_consultation, prepare_consultation
from world import NOW

PUBLISHED = "2017-06-07"
CAST = "2017-06-03T18:00:00Z"


def test_a_published_vote_is_given_with_its_count_and_its_reckoning(client: Client) -> None:
    given = answer(client, f"consultations/{VOTE}")

    assert (given["state"], given["votes"], given["members"]) == ("published", 60, 3)
    [question] = given["questions"]
    assert question["verdict"] == "rejected"
    counts = {one["choice"]: (one["members"], one["votes"]) for one in question["counts"]}
    assert counts == {"for": (0, 0), "against": (1, 10), "abstain": (0, 0)}
    assert given["turnout"] == {"members": 1, "votes": 10}
    assert len(given["root"]) == 64


def test_every_ballot_is_given_also_the_one_that_was_replaced(client: Client) -> None:
    ballots = answer(client, f"consultations/{VOTE}/ballots")["results"]

    said = [(one["number"], one["answers"], one["counts"]) for one in ballots]
    assert said == [(1, {"1": "for"}, False), (2, {"1": "against"}, True)]
    assert [one["leaf"] for one in ballots] == list(
        Ballot.objects.order_by("number").values_list("leaf", flat=True)
    )
    assert {one["capacity"] for one in ballots} == {"secretary"}


def test_nothing_of_the_result_is_known_before_it_was_published(client: Client) -> None:
    asked = {"known": CAST}

    given = answer(client, f"consultations/{VOTE}", **asked)

    assert (given["state"], given["closedAt"], given["publishedAt"]) == ("open", None, None)
    assert given["questions"] == []
    assert given["turnout"] is None
    assert client.get(f"{API}/consultations/{VOTE}/ballots", asked).status_code == 404


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({}, 1),
        ({"on": "2017-06-01"}, 0),
        ({"on": "2017-06-02"}, 1),
        ({"known": "2017-06-01T00:00:00Z"}, 0),
        ({"kind": "flash"}, 0),
        ({"body": "bestuur"}, 1),
        ({"body": "g32"}, 0),
    ],
)
def test_the_list_holds_what_was_opened(client: Client, asked: dict[str, str], total: int) -> None:
    assert answer(client, "consultations", **asked)["total"] == total


def test_what_is_prepared_is_not_public(client: Client, register: Register) -> None:
    first = Consultation.objects.get(key=VOTE)
    register.world.do(
        prepare_consultation,
        now=NOW,
        body=register.body,
        kind=ConsultationKind.CONSULTATION,
        key="2017-02",
        rule=first.rule,
        title="Nog niet",
        audience={"of": "members"},
        closes_at=NOW + timedelta(days=5),
    )

    assert answer(client, "consultations")["total"] == 1
    assert client.get(f"{API}/consultations/2017-02").status_code == 404
    assert client.get(f"{API}/consultations/2017-02/ballots").status_code == 404


def test_the_ballots_are_also_a_file(client: Client) -> None:
    response = client.get(f"{API}/consultations/{VOTE}/ballots", {"format": "csv"})

    lines = body_of(response).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("member,memberName,votes,number,counts,answers")
    assert len(lines) == 3


def test_links_lead_to_the_ballots_once_they_are_there(client: Client) -> None:
    def links(**asked: Any) -> set[str]:
        return set(answer(client, f"consultations/{VOTE}", **asked)["_links"])

    assert links() == {"self", "body", "ballots"}
    assert links(known=CAST) == {"self", "body"}
    assert date.fromisoformat(PUBLISHED) < NOW.date()


def test_what_was_put_right_in_a_draft_is_nobodys_business(
    client: Client, register: Register
) -> None:
    first = Consultation.objects.get(key=VOTE)
    draft = register.world.do(
        prepare_consultation,
        now=NOW,
        body=register.body,
        kind=ConsultationKind.CONSULTATION,
        key="2017-03",
        rule=first.rule,
        title="Geheim plan",
        audience={"of": "members"},
        closes_at=NOW + timedelta(days=5),
    )
    later = NOW + timedelta(minutes=1)
    register.world.do(change_consultation, now=later, consultation=draft, title="Ander plan")

    asked = {"from": "2012-01-01", "until": "2020-01-01"}
    for name in ("corrections", "changes"):
        assert "plan" not in str(answer(client, name, **asked))
