"""One of everything, and one of everybody: for the tables of who may do what."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.small_votes import voters_about, votes_about
from verband.bodies.kinds import BodyKind, CoverKind, LinkKind, SeatRole
from verband.bodies.models import Body, BodyFact, BodyTerm, GoalFact, SeatFact
from verband.bodies.use_cases import add_goal, cover, end_tenure, link_bodies
from verband.kernel.permissions import CLOCK, Actor
from verband.members.models import (
    Function,
    Membership,
    Organisation,
    OrganisationFact,
    OrganisationKind,
    PopulationFigure,
)
from verband.members.use_cases import add_organisation, set_up_provider, set_voting_key
from verband.members.use_cases.providers import Secret
from verband.people.models import Account, Person, PersonFact, RoleKind
from verband.people.use_cases import close_account, end_role, give_role
from world import NOW, TODAY, World, found, noon

START = date(2015, 1, 1)
LAST_DAY = date(2017, 10, 29)  # what ended did so the day before today


@dataclass(frozen=True)
class Somebody:
    """Who asks, and on which day."""

    actor: Actor | None
    day: date = TODAY


@dataclass
class Association:
    """The people by their column in the tables, and what use cases and addresses are about."""

    people: dict[str, Somebody]
    about: dict[str, Any]
    keys: dict[Any, str]


def build() -> Association:
    """An association with two teams, three municipalities and whoever may sign in."""
    world = found()
    organisations = {
        key: world.municipality(key, name, inhabitants)
        for key, name, inhabitants in (
            ("gm0088", "Schiermonnikoog", 936),
            ("gm1859", "Berkelland", 44_666),
            ("gm0855", "Tilburg", 212_943),
        )
    }
    bodies = {
        key: world.body(key, kind)
        for key, kind in (
            ("team", BodyKind.EXPERTISE_TEAM),
            ("other-team", BodyKind.EXPERTISE_TEAM),
            ("p10", BodyKind.MUNICIPAL_NETWORK),
            ("groningen", BodyKind.PROVINCIAL_BRANCH),
            ("board", BodyKind.BOARD),
        )
    }
    people = _people(world, organisations, bodies)
    tilburg, berkelland = organisations["gm0855"], organisations["gm1859"]
    chair, voter, substitute = (
        _account(people[name])
        for name in ("chair of the team", "secretary of Tilburg (voter)", "alderman of Tilburg")
    )
    about = {
        **_about(world, tilburg, bodies),
        **votes_about(world, bodies["team"], chair, voter, tilburg),
        **voters_about(world, bodies["team"], voter, substitute, [tilburg, berkelland]),
    }
    keys = {Body: "team", Organisation: "gm0855", Person: "closed"}
    return Association(people, about, keys)


def _account(somebody: Somebody) -> Account:
    assert isinstance(somebody.actor, Account)
    return somebody.actor


def _people(
    world: World, organisations: dict[str, Organisation], bodies: dict[str, Body]
) -> dict[str, Somebody]:
    ipo = world.do(
        add_organisation,
        key="ipo",
        kind=OrganisationKind.PARTNER,
        name="IPO",
        valid_from=None,
    )
    aldermen = {
        "alderman of a small member": organisations["gm0088"],
        "alderman of a middle-sized member": organisations["gm1859"],
        "alderman of Tilburg": organisations["gm0855"],
    }
    found_people = {
        name: Somebody(_official(world, f"alderman-{at.key}", at, Function.ALDERMAN))
        for name, at in aldermen.items()
    }
    found_people |= {
        "secretary of Tilburg (voter)": Somebody(
            _official(world, "voter", organisations["gm0855"], Function.SECRETARY)
        ),
        "clerk of Tilburg": Somebody(
            _official(world, "clerk", organisations["gm0855"], Function.CLERK)
        ),
        "clerk of another member": Somebody(
            _official(world, "clerk-elsewhere", organisations["gm1859"], Function.CLERK)
        ),
        "adviser of IPO": Somebody(_official(world, "adviser-ipo", ipo, Function.ADVISER)),
    }
    return {**found_people, **_seated(world, bodies), **_with_roles(world)}


def _official(world: World, key: str, at: Organisation, function: Function) -> Account:
    return world.account(world.official(key, at, function).office.person)


def _seated(world: World, bodies: dict[str, Body]) -> dict[str, Somebody]:
    seats = {
        "secretary of the team": ("team", SeatRole.SECRETARY),
        "chair of the team": ("team", SeatRole.CHAIR),
        "member of the team": ("team", SeatRole.MEMBER),
        "secretary of another team": ("other-team", SeatRole.SECRETARY),
        "chair of the board": ("board", SeatRole.CHAIR),
        "secretary of the P10": ("p10", SeatRole.SECRETARY),
        "secretary of a branch": ("groningen", SeatRole.SECRETARY),
    }
    found_people = {
        name: Somebody(_seat(world, bodies[body], role, f"{role}-{body}"))
        for name, (body, role) in seats.items()
    }
    former = _seat(world, bodies["team"], SeatRole.SECRETARY, "former-secretary", ended=True)
    return {
        **found_people,
        "former secretary of the team (last day)": Somebody(former, LAST_DAY),
        "former secretary of the team (today)": Somebody(former),
        "secretary of the team (before the first day)": Somebody(
            found_people["secretary of the team"].actor, date(2014, 12, 31)
        ),
    }


def _seat(world: World, body: Body, role: str, key: str, *, ended: bool = False) -> Account:
    person = world.person(key)
    tenure = world.tenure(world.seat(body, role), person, START)
    account = world.account(person)
    if ended:
        world.do(end_tenure, tenure=tenure, day=TODAY, reason="Another seat.")
    return account


def _with_roles(world: World) -> dict[str, Somebody]:
    found_people = {
        "intake of the bureau": Somebody(_role(world, "intake", RoleKind.INTAKE)),
        "general directorate": Somebody(_role(world, "directorate", RoleKind.DIRECTORATE)),
        "search team": Somebody(_role(world, "search", RoleKind.SEARCH_TEAM)),
        "auditor": Somebody(_role(world, "auditor", RoleKind.AUDITOR)),
        "registrar": Somebody(_role(world, "registrar", RoleKind.REGISTRAR)),
        "administrator": Somebody(world.keeper),
    }
    former = _role(world, "former", RoleKind.REGISTRAR, ended=True)
    closed = _role(world, "closed", RoleKind.REGISTRAR)
    world.do(close_account, account=closed, reason="Left the bureau.", now=NOW)
    closed.refresh_from_db()
    return {
        **found_people,
        "former registrar (last day)": Somebody(former, LAST_DAY),
        "former registrar (today)": Somebody(former),
        "registrar with a closed account": Somebody(closed),
        "the clock": Somebody(CLOCK),
    }


def _role(world: World, key: str, kind: RoleKind, *, ended: bool = False) -> Account:
    person = world.person(key)
    role = world.do(give_role, person=person, kind=kind, valid_from=START, now=noon(START))
    if ended:
        world.do(end_role, role=role, day=TODAY, now=noon(START))
    return world.account(person)


def _about(world: World, tilburg: Organisation, bodies: dict[str, Body]) -> dict[str, Any]:
    """One thing or fact of each kind, all of the team and of Tilburg."""
    team = bodies["team"]
    seat = world.seat(team, SeatRole.MEMBER)
    sitter = world.person("sitter")
    office = world.official("mayor", tilburg, Function.MAYOR)
    goal = world.do(add_goal, body=team, text="Homes", valid_from=START)
    link = world.do(
        link_bodies,
        body=team,
        to_body=bodies["board"],
        kind=LinkKind.REPORTS_TO,
        valid_from=START,
    )
    key = world.do(
        set_voting_key,
        valid_from=START,
        per=1000,
        rounding="down",
        minimum=1,
        cap=75,
        article="9",
    )
    coverage = world.do(cover, body=team, kind=CoverKind.THEME, label="Climate", valid_from=START)
    return {
        "body": team,
        "organisation": tilburg,
        "seat": seat,
        "tenure": world.tenure(seat, sitter, START),
        "term": BodyTerm.objects.known(None).get(body=team),
        "coverage": coverage,
        "membership": Membership.objects.known(None).get(organisation=tilburg),
        "figure": PopulationFigure.objects.known(None).get(organisation=tilburg),
        "key": key,
        "person": office.office.person,
        "account": world.account(sitter),
        "role": _role_row("auditor"),
        "provider": _provider(world, tilburg),
        PersonFact: PersonFact.objects.known(None).get(person=sitter),
        OrganisationFact: OrganisationFact.objects.known(None).get(organisation=tilburg),
        BodyFact: BodyFact.objects.known(None).get(body=team),
        GoalFact: GoalFact.objects.known(None).get(goal=goal),
        SeatFact: SeatFact.objects.known(None).get(seat=seat),
        type(office): office,
        type(link): link,
    }


def _role_row(key: str) -> Any:
    return Person.objects.get(key=key).roles.known(None).get()


def _provider(world: World, organisation: Organisation) -> Any:
    return world.do(
        set_up_provider,
        organisation=organisation,
        domains=["tilburg.example"],
        issuer="https://tilburg.example",
        client_id="verband",
        secret=Secret("not told"),
        now=NOW,
    )
