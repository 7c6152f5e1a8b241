"""A small register with a fact of every kind, and what the tests ask of the interface."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from verband.bodies.kinds import CoverKind, LinkKind, SeatRole
from verband.bodies.models import Body, BodyFact, LinkFact, Tenure
from verband.bodies.use_cases import (
    add_goal,
    correct_tenure,
    cover,
    link_bodies,
    record_succession,
    seat_someone,
)
from verband.consultations.kinds import Binding, ConsultationKind, QuestionForm, Weighing
from verband.consultations.models import Consultation
from verband.consultations.use_cases.casting import cast_ballot
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.preparing import prepare_consultation
from verband.consultations.use_cases.rules import enter_rule
from verband.members.models import (
    Function,
    OfficeFact,
    Organisation,
    OrganisationKind,
    PopulationFigure,
    SuccessionKind,
)
from verband.members.succession import Part
from verband.members.use_cases import add_organisation, lay_out_members, set_voting_key
from world import BEGIN, World, found, noon

SPRING = date(2017, 4, 1)
VOTE = "2017-01"
API = "/api/v1"


@dataclass
class Register:
    """The world and the things in it that the tests name."""

    world: World
    members: list[Organisation]
    body: Body
    offices: list[OfficeFact]
    tenures: list[Tenure]

    @property
    def figure(self) -> PopulationFigure:
        """A population figure that is held for true now."""
        rows = PopulationFigure.objects.known(None).order_by("pk")
        return rows.first()

    @property
    def description(self) -> BodyFact:
        """The description of the body that is held for true now."""
        return BodyFact.objects.known(None).get(body=self.body)

    @property
    def tie(self) -> LinkFact:
        """The period of the link that is held for true now."""
        return LinkFact.objects.known(None).get()


def fill() -> Register:
    """Two provinces' worth of everything: members, a merger, a board, ties, a correction."""
    world = found()
    world.do(
        set_voting_key,
        valid_from=None,
        per=1000,
        rounding="down",
        minimum=1,
        cap=75,
        article="art. 9",
    )
    province = world.do(
        add_organisation,
        key="pv26",
        kind=OrganisationKind.PROVINCE,
        code="PV26",
        name="Utrecht",
        valid_from=None,
    )
    ministry = world.do(
        add_organisation,
        key="ministerie-bzk",
        kind=OrganisationKind.MINISTRY,
        name="Binnenlandse Zaken",
        valid_from=None,
    )
    world.do(
        add_organisation,
        key="vng",
        kind=OrganisationKind.ASSOCIATION,
        name="Vereniging",
        valid_from=None,
    )
    members = [
        world.municipality(key, name, 10_000 * (place + 1), province=province)
        for place, (key, name) in enumerate(
            [("gm0344", "Utrecht"), ("gm0009", "Ten Boer"), ("gm0014", "=1+1 'Groningen'")]
        )
    ]
    body = world.body("bestuur", name="Bestuur", purpose="Besturen", parent=None)
    other = world.body("g32", name="G32")
    world.do(add_goal, body=body, text="Een doel", valid_from=BEGIN)
    world.do(cover, body=body, kind=CoverKind.MINISTRY, ministry=ministry, valid_from=BEGIN)
    offices = [
        world.official(f"p{place}", member, Function.ALDERMAN)
        for place, member in enumerate(members)
    ]
    seats = [world.seat(body, SeatRole.CHAIR, on_behalf_of=members[0]), world.seat(body)]
    tenures = [
        world.tenure(seat, office.office.person, date(2016, 1, 1))
        for seat, office in zip(seats, offices, strict=False)
    ]
    world.do(
        seat_someone, seat=world.seat(other), organisation=members[2], valid_from=date(2016, 1, 1)
    )
    world.do(lay_out_members, cells={m.pk: (p, 0) for p, m in enumerate(members)}, day=BEGIN)
    person = offices[0].office.person
    world.do(
        link_bodies,
        body=body,
        to_body=other,
        kind=LinkKind.LIAISON,
        person=person,
        valid_from=BEGIN,
    )
    world.do(
        record_succession,
        parts=[Part(members[1], members[2], SuccessionKind.MERGER, ceases=True, is_main=True)],
        day=date(2017, 10, 1),
        now=noon(SPRING),
    )
    tenures[1] = world.do(
        correct_tenure,
        tenure=Tenure.objects.known(None).get(seat=tenures[1].seat),
        reason="wrong day",
        now=noon(date(2017, 9, 1)),
        valid_from=date(2016, 2, 1),
    )
    published_vote(world, members[0], body)
    return Register(world, members, body, offices, tenures)


def published_vote(world: World, member: Organisation, body: Body) -> Consultation:
    """A vote of all members of June 2017: one for, then against; closed and published."""
    secretary = world.account(world.official("s0", member, Function.SECRETARY).office.person)
    at = [noon(date(2017, 6, day)) for day in range(1, 8)]
    rule = world.do(
        enter_rule,
        key="ledenraadpleging",
        kind=ConsultationKind.CONSULTATION,
        name="Ledenraadpleging",
        article="art. 9",
        rule={"name": "raadpleging", "majorities": ["votes > 1/2 of valid"]},
        binding=Binding.POSITION,
        weighing=Weighing.VOTES,
        valid_from=None,
    )
    vote: Consultation = world.do(
        prepare_consultation,
        now=at[0],
        body=body,
        kind=ConsultationKind.CONSULTATION,
        key=VOTE,
        rule=rule,
        title="De contributie",
        audience={"of": "members"},
        closes_at=at[4],
        questions=[{"form": QuestionForm.YES_NO, "text": "Stemt u in?"}],
    )
    world.do(open_vote, now=at[1], consultation=vote)
    for seen, choice in enumerate(("for", "against")):
        cast_ballot(
            actor=secretary,
            now=at[2 + seen],
            consultation=vote,
            member=member,
            answers={"1": choice},
            token=uuid4(),
            seen=seen,
        )
    world.do(close_vote, now=at[4], consultation=vote)
    world.do(publish_result, now=at[5], consultation=vote)
    return vote


def answer(client: Client, path: str, **asked: object) -> Any:
    """The JSON of an answer that must succeed."""
    response = client.get(f"{API}/{path}", asked)
    content = body_of(response)
    assert response.status_code == 200, content
    return json.loads(content)


def body_of(response: Any) -> bytes:
    """All bytes of an answer, streamed or not."""
    content: bytes = response.getvalue() if response.streaming else response.content
    return content


def spec_of(client: Client) -> dict[str, Any]:
    """The description of the interface."""
    spec: dict[str, Any] = answer(client, "openapi.json")
    return spec


def lists_of(spec: dict[str, Any]) -> list[str]:
    """The paths of all lists."""
    return sorted(
        path.lstrip("/")
        for path, operations in spec["paths"].items()
        if operations["get"]["operationId"].startswith("list")
    )
