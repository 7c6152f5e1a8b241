"""The expertise team on climate and energy, told seat by seat: the body the pages are judged by."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from verband.bodies.kinds import SeatRole
from verband.bodies.models import Seat, Tenure
from verband.bodies.use_cases import add_seat, end_tenure, seat_someone
from verband.members.models import Function, Organisation, OrganisationKind
from verband.members.use_cases import add_organisation, take_office
from verband.people.models import Person
from verband.people.use_cases import add_person
from verband.reference.story.cast import FICTION, Cast
from verband.reference.story.organisations import Places
from verband.reference.story.scribe import BEGIN, Scribe
from verband.reference.story.tables import Tables

KEY = "expertiseteam-klimaat-energie"
START, END = date(2017, 3, 1), date(2018, 3, 1)
WATER_BOARDS = (
    "Aa en Maas",
    "Amstel, Gooi en Vecht",
    "Brabantse Delta",
    "De Dommel",
    "De Stichtse Rijnlanden",
    "Delfland",
    "Drents Overijsselse Delta",
    "Fryslân",
    "Hollands Noorderkwartier",
    "Hollandse Delta",
    "Hunze en Aa's",
    "Limburg",
    "Noorderzijlvest",
    "Rijn en IJssel",
    "Rijnland",
    "Rivierenland",
    "Scheldestromen",
    "Schieland en de Krimpenerwaard",
    "Vallei en Veluwe",
    "Vechtstromen",
    "Zuiderzeeland",
)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One holder of one seat: who, from when, until when if before the team ends."""

    who: str
    start: date
    until: date | None = None
    acting: bool = False


@dataclass(frozen=True, slots=True)
class TeamSeat:
    """One seat of the team with everybody who sat on it."""

    role: SeatRole
    title: str
    behalf: str
    sittings: tuple[Sitting, ...]
    profile: str = ""


SEATS = (
    TeamSeat(
        SeatRole.CHAIR,
        "",
        "",
        (
            Sitting("mayor GM0150", START, date(2017, 9, 15)),
            Sitting("alderman GM0150", date(2017, 9, 15), acting=True),
        ),
    ),
    TeamSeat(
        SeatRole.LINKING_PIN,
        "Linking pin naar bestuur",
        "",
        (Sitting("board", START),),
    ),
    TeamSeat(SeatRole.MEMBER, "Lid, G32", "g32", (Sitting("alderman GM0855", START),)),
    TeamSeat(
        SeatRole.MEMBER,
        "Lid, G4",
        "g4",
        (Sitting("alderman GM0344", START, date(2017, 10, 1)),),
        "Wethouder met energie in de portefeuille",
    ),
    TeamSeat(SeatRole.MEMBER, "Lid, P10", "p10", (Sitting("alderman GM1859", date(2017, 4, 12)),)),
    TeamSeat(
        SeatRole.MEMBER,
        "Lid, raadsleden",
        "commissie-raadsleden-griffiers",
        (Sitting("councillor GM0193", START),),
    ),
    TeamSeat(SeatRole.MEMBER, "Lid, IPO", "ipo", (Sitting("deputy PV23", START),)),
    TeamSeat(
        SeatRole.MEMBER,
        "Lid, Unie van Waterschappen",
        "uvw",
        (Sitting("heemraad vechtstromen", date(2017, 5, 20), date(2017, 12, 31)),),
    ),
    TeamSeat(
        SeatRole.ADVISER,
        "Kennis",
        "pbl",
        (
            Sitting("researcher pbl 1", START, date(2017, 7, 1)),
            Sitting("researcher pbl 2", date(2017, 8, 15)),
        ),
    ),
    TeamSeat(SeatRole.SECRETARY, "", "", (Sitting("adviser bureau", START),)),
)


def plan_team(scribe: Scribe, places: Places, tables: Tables, cast: Cast) -> None:
    """Ten seats, nine held on 30 October 2017, one empty since the first of that month."""
    people: dict[str, Person] = {}
    scribe.plan(BEGIN, "partners", partial(_water_boards, scribe, places))
    scribe.plan(date(2016, 12, 1), "partners", partial(_partners, scribe, places, tables, people))
    for seat in SEATS:
        step = partial(_seat, scribe, tables, cast, people, seat)
        scribe.plan(START, "seats", step)
    for seat in SEATS:
        for sitting in seat.sittings:
            if sitting.start > START:
                step = partial(_sit, scribe, tables, cast, people, seat, sitting)
                scribe.plan(sitting.start, "seats", step)
            if sitting.until is not None and sitting.until < date(2017, 11, 1):
                step = partial(_leave, scribe, tables, seat, sitting.until)
                scribe.plan(sitting.until, "seats", step)


def _water_boards(scribe: Scribe, places: Places) -> None:
    for name in WATER_BOARDS:
        key = name.lower().replace(", ", "-").replace(" ", "-").replace("'", "").replace("â", "a")
        places.water_boards[key] = scribe.tell(
            add_organisation,
            key=f"waterschap-{key}",
            kind=OrganisationKind.WATER_BOARD,
            name=f"Waterschap {name}",
            valid_from=None,
            source="Algemeen bekend; niet in een register nagezocht",
            certainty="probable",
        )


def _partners(scribe: Scribe, places: Places, tables: Tables, people: dict[str, Person]) -> None:
    pbl, vng = tables.organisations["pbl"], tables.organisations["vng"]
    for who, organisation, function in (
        ("deputy PV23", places.provinces["PV23"], Function.DEPUTY),
        ("heemraad vechtstromen", places.water_boards["vechtstromen"], Function.WATER_BOARD_MEMBER),
        ("researcher pbl 1", pbl, Function.RESEARCHER),
        ("researcher pbl 2", pbl, Function.RESEARCHER),
        ("adviser bureau", vng, Function.ADVISER),
    ):
        people[who] = partner(scribe, who.lower().replace(" ", "-"), organisation, function)


def partner(
    scribe: Scribe, key: str, organisation: Organisation, function: Function, summary: str = ""
) -> Person:
    """A fictional person who holds an office outside the municipalities."""
    person = scribe.tell(
        add_person, key=key, day=None, summary=summary, source=FICTION, certainty="fictional"
    )
    scribe.tell(
        take_office,
        person=person,
        organisation=organisation,
        function=function,
        valid_from=date(2015, 1, 1),
        source=FICTION,
        certainty="fictional",
    )
    return person


def _seat(
    scribe: Scribe, tables: Tables, cast: Cast, people: dict[str, Person], seat: TeamSeat
) -> None:
    behalf = tables.organisations.get(seat.behalf)
    scribe.tell(
        add_seat,
        body=tables.bodies[KEY],
        role=seat.role,
        title=seat.title,
        on_behalf_of=behalf,
        on_behalf_of_body=None if behalf else tables.bodies.get(seat.behalf),
        profile=seat.profile,
        valid_from=START,
        valid_until=END,
        source=FICTION,
        certainty="fictional",
    )
    if seat.sittings[0].start == START:
        _sit(scribe, tables, cast, people, seat, seat.sittings[0])


def _sit(
    scribe: Scribe,
    tables: Tables,
    cast: Cast,
    people: dict[str, Person],
    seat: TeamSeat,
    sitting: Sitting,
) -> None:
    known_end = sitting.until if sitting.until and sitting.until > date(2017, 11, 1) else None
    scribe.tell(
        seat_someone,
        seat=_register_seat(tables, seat),
        person=_who(cast, people, sitting),
        valid_from=sitting.start,
        valid_until=known_end,
        acting=sitting.acting,
        decision="bestuur 2017-03",
        source=FICTION,
        certainty="fictional",
    )


def _leave(scribe: Scribe, tables: Tables, seat: TeamSeat, day: date) -> None:
    tenure = Tenure.objects.filter(seat=_register_seat(tables, seat)).known(None)
    reason = "Zetel teruggegeven aan de achterban."
    scribe.tell(end_tenure, tenure=tenure.latest("valid_from"), day=day, reason=reason)


def _register_seat(tables: Tables, seat: TeamSeat) -> Seat:
    return Seat.objects.get(body=tables.bodies[KEY], number=SEATS.index(seat) + 1)


def _who(cast: Cast, people: dict[str, Person], sitting: Sitting) -> Person:
    if sitting.who in people:
        return people[sitting.who]
    if sitting.who == "board":
        seat = Seat.objects.filter(body__key="bestuur").order_by("number")[7]
        person = Tenure.objects.filter(seat=seat).at(sitting.start).known(None).get().person
        if person is None:
            raise LookupError(sitting.who)
        return Person.objects.get(pk=person.pk)
    function, code = sitting.who.split()
    player = cast.at(code, Function(function), sitting.start)
    if player is None:
        raise LookupError(sitting.who)
    return player.told
