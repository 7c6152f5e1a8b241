"""The accounts of the demo: one for each kind of user, each a fictional person in the register."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from verband.bodies.kinds import SeatRole
from verband.bodies.models import Tenure
from verband.bodies.use_cases import add_seat, seat_someone
from verband.members.models import Function
from verband.people.models import Person, PersonFact, RoleKind
from verband.people.use_cases import correct_person, give_role, open_account
from verband.reference.story.cast import FICTION, Cast
from verband.reference.story.organisations import Places
from verband.reference.story.scribe import BEGIN, Scribe
from verband.reference.story.tables import Tables
from verband.reference.story.team import partner

OPENED = date(2017, 6, 1)
CHAIR_FROM = date(2017, 7, 10)  # the board has a chair again


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Who signs in with ``email``, and the words for it in Dutch and English."""

    email: str
    label: str
    label_en: str


DEMO_ACCOUNTS = (
    DemoAccount(
        "klein@verband.example",
        "wethouder van een kleine gemeente (Schiermonnikoog)",
        "alderman of a small municipality (Schiermonnikoog)",
    ),
    DemoAccount(
        "midden@verband.example",
        "wethouder van een middelgrote gemeente (Berkelland)",
        "alderman of a middle-sized municipality (Berkelland)",
    ),
    DemoAccount(
        "groot@verband.example",
        "wethouder van een grote gemeente (Tilburg)",
        "alderman of a large municipality (Tilburg)",
    ),
    DemoAccount(
        "stemmer@verband.example",
        "gemeentesecretaris, aangewezen stemmer (Tilburg)",
        "municipal secretary, authorised voter (Tilburg)",
    ),
    DemoAccount(
        "secretaris@verband.example",
        "secretaris van expertiseteam Klimaat en Energie",
        "secretary of the expertise team on climate and energy",
    ),
    DemoAccount("intake@verband.example", "intake van het bureau", "intake of the bureau"),
    DemoAccount("directie@verband.example", "algemene directie", "general directorate"),
    DemoAccount("voorzitter@verband.example", "voorzitter van het bestuur", "chair of the board"),
    DemoAccount("p10@verband.example", "secretaris van de P10", "secretary of the P10 network"),
    DemoAccount(
        "groningen@verband.example",
        "secretaris van de afdeling Groningen",
        "secretary of the Groningen branch",
    ),
    DemoAccount("ipo@verband.example", "adviseur van het IPO", "adviser at IPO"),
    DemoAccount("search@verband.example", "searchteam", "search team"),
    DemoAccount("auditor@verband.example", "auditor", "auditor"),
    DemoAccount("register@verband.example", "registerbeheerder", "register keeper"),
    DemoAccount("beheerder@verband.example", "functioneel beheerder", "administrator"),
)


def plan_accounts(scribe: Scribe, places: Places, tables: Tables, cast: Cast) -> None:
    """Officials keep their own office; the bureau's people get a role or a seat as secretary."""
    scribe.plan(OPENED, "accounts", partial(_officials, scribe, cast))
    scribe.plan(OPENED, "accounts", partial(_bureau, scribe, tables))
    scribe.plan(OPENED, "accounts", partial(_secretaries, scribe, tables))
    scribe.plan(CHAIR_FROM, "accounts", partial(_chair, scribe))


def _open(scribe: Scribe, person: Person, email: str, summary: str) -> None:
    fact = PersonFact.objects.filter(person=person).known(None).get()
    if fact.summary != summary:
        reason = "Aanduiding voor de aanmelding."
        scribe.tell(correct_person, fact=fact, summary=summary, reason=reason)
    scribe.tell(open_account, person=person, email=email)


def _officials(scribe: Scribe, cast: Cast) -> None:
    for email, function, code, summary in (
        ("klein@verband.example", Function.ALDERMAN, "GM0088", "wethouder, Schiermonnikoog"),
        ("midden@verband.example", Function.ALDERMAN, "GM1859", "wethouder, Berkelland"),
        ("groot@verband.example", Function.ALDERMAN, "GM0855", "wethouder, Tilburg"),
        ("stemmer@verband.example", Function.SECRETARY, "GM0855", "gemeentesecretaris, Tilburg"),
    ):
        player = cast.at(code, function, OPENED)
        if player is None:
            raise LookupError(email)
        _open(scribe, player.told, email, summary)
    adviser = Person.objects.get(key="adviser-bureau")
    _open(scribe, adviser, "secretaris@verband.example", "adviseur, bureau")


def _chair(scribe: Scribe) -> None:
    chair = Tenure.objects.filter(seat__body__key="bestuur", seat__number=1)
    person = chair.at(CHAIR_FROM).known(None).get().person
    _open(scribe, person, "voorzitter@verband.example", "voorzitter van het bestuur")


def _bureau(scribe: Scribe, tables: Tables) -> None:
    vng = tables.organisations["vng"]
    for name, role, function, summary in (
        ("intake", RoleKind.INTAKE, Function.OFFICIAL, "intake, bureau"),
        ("directie", RoleKind.DIRECTORATE, Function.DIRECTOR, "algemeen directeur"),
        ("search", RoleKind.SEARCH_TEAM, Function.ADVISER, "lid van het searchteam"),
        ("auditor", RoleKind.AUDITOR, Function.ADVISER, "auditor"),
        ("register", RoleKind.REGISTRAR, Function.OFFICIAL, "registerbeheerder, bureau"),
    ):
        person = partner(scribe, name, vng, function, summary)
        scribe.tell(give_role, person=person, kind=role, valid_from=BEGIN)
        _open(scribe, person, f"{name}@verband.example", summary)
    ipo = partner(scribe, "adviseur-ipo", tables.organisations["ipo"], Function.ADVISER)
    _open(scribe, ipo, "ipo@verband.example", "adviseur, IPO")


def _secretaries(scribe: Scribe, tables: Tables) -> None:
    vng = tables.organisations["vng"]
    for name, body, summary in (
        ("p10", "p10", "secretaris, P10"),
        ("groningen", "afdeling-groningen", "secretaris, afdeling Groningen"),
    ):
        person = partner(scribe, f"secretaris-{name}", vng, Function.OFFICIAL, summary)
        seat = scribe.tell(
            add_seat,
            body=tables.bodies[body],
            role=SeatRole.SECRETARY,
            valid_from=date(2016, 1, 1),
            is_voting=False,
            source=FICTION,
            certainty="fictional",
        )
        scribe.tell(
            seat_someone,
            seat=seat,
            person=person,
            valid_from=date(2016, 1, 1),
            source=FICTION,
            certainty="fictional",
        )
        _open(scribe, person, f"{name}@verband.example", summary)
