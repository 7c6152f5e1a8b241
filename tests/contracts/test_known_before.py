"""Whatever is changed today, the register as known yesterday stays, byte for byte, everywhere."""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.test import Client

from integrations.register import API, Register, body_of, fill, lists_of, spec_of
from verband.bodies import use_cases as bodies
from verband.bodies.kinds import BodyKind, CoverKind, LinkKind, SeatRole
from verband.bodies.models import BodyFact, BodyTerm, Coverage, GoalFact, LinkFact, SeatFact, Tenure
from verband.core.errors import DomainError
from verband.kernel.sealing import seal
from verband.kernel.verify import Verification
from verband.members import use_cases as members
from verband.members.models import (
    Function,
    Membership,
    OfficeFact,
    OrganisationFact,
    PopulationFigure,
    SuccessionKind,
    VotingKeyFact,
)
from verband.members.succession import Part
from verband.people import use_cases as people
from verband.people.models import PersonFact, Role, RoleKind
from verband.site.launch.demo_state import new_signing_key
from world import NOW, TODAY, noon

pytestmark = pytest.mark.django_db
KNOWN = noon(date(2017, 10, 15))
DAYS = (date(2017, 9, 30), date(2018, 6, 1))
PAGES = (
    *("/", "/register/", "/register/ends-soon/", "/register/without-end/"),
    *("/register/without-liaison/", "/register/bestuur/", "/register/g32/", "/register/ploeg/"),
    *("/members/", "/organisations/gm0344/", "/organisations/gm0009/", "/organisations/gm0014/"),
    *("/organisations/pv26/", "/organisations/ministerie-bzk/", "/people/p0/", "/people/p1/"),
    *("/search/?q=utrecht", "/search/?q=wethouder", "/search/?q=bestuur", "/as-known/"),
    *("/changes/?from=2014-01-01&until=2019-01-01", "/changes/", "/authority/"),
    *("/en/register/bestuur/", "/en/organisations/gm0344/", "/en/"),
)
CHANGING = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')
FILE = re.compile(rb'href="([^"]*[?&;]format=(?:csv|json|xlsx)[^"]*)"')


class NoneLeft(Exception):
    """A long life has ended or withdrawn every fact of a kind."""


@dataclass
class History:
    """What somebody does to the register, one thing after another, at random."""

    register: Register
    chance: random.Random
    now: datetime = NOW
    done: list[str] = field(default_factory=list)

    def live(self) -> None:
        """Every kind of change once, in any order; what is refused is no change."""
        deeds = list(self.deeds())
        self.chance.shuffle(deeds)
        for name, deed in deeds:
            self.now += timedelta(seconds=1)
            with suppress(DomainError, NoneLeft):
                deed()
                self.done.append(name)

    def do(self, use_case: Any, **arguments: Any) -> Any:
        return self.register.world.do(use_case, now=self.now, **arguments)

    def one(self, model: Any, **having: Any) -> Any:
        """Any fact of a kind that is held for true now."""
        rows = list(model.objects.known(None).filter(**having).order_by("pk"))
        if not rows:
            raise NoneLeft(model)
        return self.chance.choice(rows)

    def day(self) -> date:
        return date(2016, 1, 1) + timedelta(days=self.chance.randrange(1000))

    def word(self) -> str:
        return f"Woord {self.chance.randrange(10**6)}"

    def deeds(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Each deed by its name."""
        for name in sorted(vars(type(self))):
            if name.startswith("deed_"):
                yield name, getattr(self, name)

    def deed_name_a_member_otherwise(self) -> None:
        fact = self.one(OrganisationFact)
        self.do(members.change_organisation, fact=fact, day=self.day(), name=self.word())

    def deed_correct_a_name(self) -> None:
        fact = self.one(OrganisationFact)
        self.do(members.correct_organisation, fact=fact, reason="r", name=self.word())

    def deed_add_a_member(self) -> None:
        made = self.register.world.municipality("gm9999", "Utrecht-Nieuw", now=self.now)
        self.do(
            members.enter_population,
            organisation=made,
            reference_date=date(2015, 1, 1),
            inhabitants=7000,
            source="CBS",
        )

    def deed_end_a_membership(self) -> None:
        row = self.one(Membership)
        self.do(members.end_membership, membership=row, day=self.day(), reason="r")

    def deed_correct_a_membership(self) -> None:
        row = self.one(Membership)
        self.do(members.correct_membership, membership=row, reason="r", valid_from=self.day())

    def deed_end_an_organisation(self) -> None:
        member = self.chance.choice(self.register.members)
        self.do(members.end_organisation, organisation=member, day=self.day(), reason="r")

    def deed_merge(self) -> None:
        first, second = self.chance.sample(self.register.members, 2)
        part = Part(first, second, SuccessionKind.MERGER, ceases=True, is_main=True)
        self.do(bodies.record_succession, parts=[part], day=self.day())

    def deed_count_the_inhabitants_again(self) -> None:
        figure = self.one(PopulationFigure)
        self.do(members.correct_population, figure=figure, inhabitants=4321, reason="r")

    def deed_withdraw_a_figure(self) -> None:
        self.do(members.withdraw_population, figure=self.one(PopulationFigure), reason="r")

    def deed_set_another_voting_key(self) -> None:
        self.do(
            members.set_voting_key,
            valid_from=self.day(),
            per=500,
            rounding="up",
            minimum=2,
            cap=50,
            article="art. 10",
        )

    def deed_correct_the_voting_key(self) -> None:
        self.do(
            members.correct_voting_key,
            key=self.one(VotingKeyFact),
            per=750,
            rounding="nearest",
            minimum=3,
            cap=None,
            article="art. 11",
            reason="r",
        )

    def deed_take_an_office(self) -> None:
        self.do(
            members.take_office,
            person=self.one(PersonFact).person,
            organisation=self.chance.choice(self.register.members),
            function=Function.MAYOR,
            valid_from=self.day(),
        )

    def deed_change_an_office(self) -> None:
        fact = self.one(OfficeFact)
        self.do(members.change_office, fact=fact, day=self.day(), party=self.word())

    def deed_end_an_office(self) -> None:
        self.do(members.end_office, fact=self.one(OfficeFact), day=self.day(), reason="r")

    def deed_correct_an_office(self) -> None:
        fact = self.one(OfficeFact)
        self.do(members.correct_office, fact=fact, reason="r", portfolios=self.word())

    def deed_withdraw_an_office(self) -> None:
        self.do(members.withdraw_office, fact=self.one(OfficeFact), reason="r")

    def deed_rename_a_person(self) -> None:
        fact = self.one(PersonFact)
        self.do(people.rename_person, fact=fact, day=self.day(), name=self.word())

    def deed_correct_a_person(self) -> None:
        self.do(people.correct_person, fact=self.one(PersonFact), reason="r", name=self.word())

    def deed_give_a_role(self) -> None:
        person = self.one(PersonFact).person
        self.do(people.give_role, person=person, kind=RoleKind.AUDITOR, valid_from=self.day())

    def deed_withdraw_a_role(self) -> None:
        self.do(people.withdraw_role, role=self.one(Role), reason="r")

    def deed_set_up_a_body(self) -> None:
        self.do(
            bodies.set_up_body,
            key="nieuw",
            kind=BodyKind.TABLE,
            name="Bestuurlijke tafel",
            valid_from=self.day(),
        )

    def deed_describe_a_body_otherwise(self) -> None:
        fact = self.one(BodyFact)
        self.do(bodies.change_body, fact=fact, day=self.day(), purpose=self.word())

    def deed_correct_a_body(self) -> None:
        self.do(bodies.correct_body, fact=self.one(BodyFact), reason="r", name=self.word())

    def deed_correct_a_term(self) -> None:
        term = self.one(BodyTerm)
        self.do(bodies.correct_term, term=term, reason="r", decision=self.word())

    def deed_prolong_a_body(self) -> None:
        self.do(
            bodies.prolong_body,
            term=self.one(BodyTerm, is_temporary=True),
            until=date(2019, 6, 1),
            decision="d",
            reason="r",
        )

    def deed_end_a_body(self) -> None:
        body = self.one(BodyTerm).body
        self.do(bodies.end_body, body=body, day=self.day(), reason="r", after_end="elders")

    def deed_add_a_goal(self) -> None:
        body = self.register.body
        self.do(bodies.add_goal, body=body, text=self.word(), valid_from=self.day())

    def deed_change_a_goal(self) -> None:
        fact = self.one(GoalFact)
        self.do(bodies.change_goal, fact=fact, day=self.day(), state="reached")

    def deed_cover_a_theme(self) -> None:
        self.do(
            bodies.cover,
            body=self.register.body,
            kind=CoverKind.THEME,
            label=self.word(),
            valid_from=self.day(),
        )

    def deed_end_a_coverage(self) -> None:
        self.do(bodies.end_coverage, coverage=self.one(Coverage), day=self.day(), reason="r")

    def deed_add_a_seat(self) -> None:
        body = self.register.body
        self.do(bodies.add_seat, body=body, role=SeatRole.SECRETARY, valid_from=self.day())

    def deed_change_a_seat(self) -> None:
        fact = self.one(SeatFact)
        self.do(bodies.change_seat, fact=fact, day=self.day(), title=self.word())

    def deed_end_a_seat(self) -> None:
        self.do(bodies.end_seat, seat=self.one(SeatFact).seat, day=self.day(), reason="r")

    def deed_seat_somebody(self) -> None:
        self.do(
            bodies.seat_someone,
            seat=self.one(SeatFact).seat,
            person=self.one(PersonFact).person,
            valid_from=self.day(),
        )

    def deed_end_a_tenure(self) -> None:
        self.do(bodies.end_tenure, tenure=self.one(Tenure), day=self.day(), reason="r")

    def deed_correct_a_tenure(self) -> None:
        tenure = self.one(Tenure)
        self.do(bodies.correct_tenure, tenure=tenure, reason="r", valid_from=self.day())

    def deed_withdraw_a_tenure(self) -> None:
        self.do(bodies.withdraw_tenure, tenure=self.one(Tenure), reason="r")

    def deed_link_bodies(self) -> None:
        first, second = self.chance.sample(list(BodyTerm.objects.known(None)), 2)
        self.do(
            bodies.link_bodies,
            body=first.body,
            to_body=second.body,
            kind=LinkKind.REPORTS_TO,
            valid_from=self.day(),
        )

    def deed_end_a_link(self) -> None:
        self.do(bodies.end_link, fact=self.one(LinkFact), day=self.day(), reason="r")

    def deed_correct_a_link(self) -> None:
        self.do(bodies.correct_link, fact=self.one(LinkFact), reason="r", note=self.word())


@pytest.fixture
def register(settings: Any) -> Register:
    """The register of the interface's tests, with a temporary team."""
    settings.VERBAND_TODAY = TODAY
    made = fill()
    world = made.world
    team = world.body(
        "ploeg",
        BodyKind.EXPERTISE_TEAM,
        valid_from=date(2017, 1, 1),
        valid_until=date(2018, 3, 1),
        is_temporary=True,
    )
    seat = world.seat(team, valid_from=date(2017, 1, 1), valid_until=date(2018, 3, 1))
    world.tenure(seat, made.offices[2].office.person, date(2017, 1, 1))
    return made


def everything(client: Client, on: date) -> dict[str, bytes]:
    """Every page, every file that a page offers, and every list of the interface."""
    asked = {"on": on.isoformat(), "known": KNOWN.isoformat()}
    found: dict[str, bytes] = {}
    for page in PAGES:
        address = f"{page}{'&' if '?' in page else '?'}{urlencode(asked)}"
        found[address] = read(client, address)
        for file in FILE.findall(found[address]):
            part = unescape(file.decode())
            at = part if part.startswith("/") else f"{page.partition('?')[0]}{part}"
            found[at] = read(client, at)
    for name in lists_of(spec_of(client)):
        for more in ({"pageSize": "500"}, {"format": "csv"}, {"format": "xlsx"}):
            found |= answer(client, name, asked | more)
    for name in ("tenures", "seats", "organisations", "population-figures", "offices", "links"):
        found |= answer(client, name, asked | {"validity": "all", "versions": "all"})
    for name in ("changes", "corrections"):
        found |= answer(client, name, asked | {"from": "2012-01-01", "until": "2020-01-01"})
    for name in ("organisations/gm0344", "bodies/bestuur", "people/p0", "popolo.json"):
        found |= answer(client, name, asked)
    return found


def answer(client: Client, name: str, asked: dict[str, str]) -> dict[str, bytes]:
    address = f"{API}/{name}?{urlencode(asked)}"
    return {address: read(client, address)}


def read(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    content = body_of(response)
    if content.startswith(b"PK"):  # a workbook tells when it was made
        book = ZipFile(BytesIO(content))
        parts = [name for name in book.namelist() if name != "docProps/core.xml"]
        return b"".join(name.encode() + book.read(name) for name in parts)
    return CHANGING.sub(b"", content)


@pytest.mark.parametrize("seed", range(2))
def test_what_was_known_before_reads_the_same_after_any_change(
    register: Register, client: Client, seed: int
) -> None:
    on = DAYS[seed % len(DAYS)]
    before = everything(client, on)
    history = History(register, random.Random(seed))

    history.live()

    after = everything(client, on)
    assert sum("format=json" in address for address in before) > 10
    assert len(history.done) > 20, history.done
    assert [address for address in before if before[address] != after.get(address)] == []
    assert before.keys() == after.keys()


def test_whoever_reads_what_is_known_now_sees_the_change(
    register: Register, client: Client
) -> None:
    history = History(register, random.Random(1))
    address = f"{API}/organisations?pageSize=500"
    before = read(client, address)

    history.deed_correct_a_name()

    assert read(client, address) != before


def test_the_audit_tree_holds_after_a_long_life(
    register: Register, settings: Any, tmp_path: Path
) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(new_signing_key())
    settings.VERBAND_SIGNING_KEY = path
    history = History(register, random.Random(7))

    for _round in range(3):
        history.live()
        seal(history.now)

    looked = Verification()
    assert list(looked.findings()) == []
    assert looked.unsealed == 0
    assert len(history.done) > 60
