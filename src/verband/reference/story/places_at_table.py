"""The seats of the story: who sits at which table, since when and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from verband.bodies.kinds import SeatRole
from verband.bodies.models import Seat, Tenure
from verband.bodies.use_cases import add_seat, correct_tenure, end_tenure, seat_someone
from verband.core.period import Period
from verband.members.models import Function
from verband.reference import files
from verband.reference.story.cast import FICTION, Cast, Player
from verband.reference.story.organisations import Places
from verband.reference.story.scribe import BEGIN, Scribe
from verband.reference.story.tables import Tables
from verband.reference.story.texts import PASSING, TEMPORARY

M, A, R, S, C = (
    Function.MAYOR,
    Function.ALDERMAN,
    Function.COUNCILLOR,
    Function.SECRETARY,
    Function.CLERK,
)
AFTER_ELECTIONS = date(2014, 6, 18)  # the assembly after the elections fills the tables
NEXT_ELECTIONS = date(2018, 6, 27)
HOLDING_OVER = {"raadslid-nu", "adviescommissie-archieven"}  # until a successor is there

BOARD = (M, M, M, M, M, A, A, A, A, A, A, R, R, R, R, S, C)
TABLES: dict[str, tuple[Function, ...]] = {
    "bestuur": BOARD,
    "adviescommissie-governance": (M, M, A, A, R, S, C),
    "commissie-raadsleden-griffiers": (R, R, R, R, R, R, R, R, C, C, C, C),
    "college-arbeidszaken": (M, A, A, A, A, S, S, S, R),
    "college-dienstverleningszaken": (M, M, A, A, A, S, S, S, S, R),
    "subcommissie-rpa": (M, A, R, R, C, S),
    "adviescommissie-archieven": (S, S, C, A, A),
    "adviescommissie-publieke-gezondheid": (A, A, A, A, A, M),
    "adviescommissie-asiel-integratie": (M, A, A, A, S),
    "overhedenoverleg": (M, A, A),
    "samen-organiseren": (S, S, S, A, M),
    "programma-invoering-omgevingswet": (A, A, S),
    "democratic-challenge": (R, C, M),
    "ngb": (M, M, M, M, M),
    "wethoudersvereniging": (A, A, A, A, A),
    "vgs": (S, S, S, S, S),
    "vvg": (C, C, C, C, C),
    "raadslid-nu": (R, R, R, R, R),
    "g4": (M, S),
    "g32": (M, A, A, S),
    "p10": (M, A, S),
    "pmg": (M, S),
}
COMMITTEE = (A, A, A, A, A, A, A, A, A, M, M, R, S)
BRANCH = (M, A, A, A, R, S)
TEAM = (A, A, A, M, R, S, S)


@dataclass
class Place:
    """One seat as it is planned, with the seat in the register once it was told."""

    body: str
    role: SeatRole
    exists: Period
    title: str = ""
    seat: Seat | None = None


def plan_seats(scribe: Scribe, places: Places, tables: Tables, cast: Cast) -> None:
    """Fill every table after the elections of 2014, with changes since."""
    taken: set[str] = set()
    for key, functions, exists, limit in _tables():
        for number, function in enumerate(functions):
            role = _role(number, function, functions)
            place = Place(key, role, exists)
            start = max(exists.start or AFTER_ELECTIONS, AFTER_ELECTIONS)
            scribe.plan(exists.start or BEGIN, "seats", partial(_add_seat, scribe, tables, place))
            _plan_holders(scribe, cast, place, function, Period(start, limit), taken)
    _plan_network_members(scribe, places, tables)


def _tables() -> Iterator[tuple[str, tuple[Function, ...], Period, date]]:
    for row in files.bodies():
        if not row.exists_2017 or row.body_id in TEMPORARY:
            continue
        if row.body_id in TABLES:
            yield row.body_id, TABLES[row.body_id], Period(), NEXT_ELECTIONS
        elif row.kind == "standing_committee":
            yield row.body_id, COMMITTEE, Period(), NEXT_ELECTIONS
        elif row.kind == "provincial_branch":
            yield row.body_id, BRANCH, Period(), NEXT_ELECTIONS
    for passing in (*TEMPORARY.values(), *PASSING):
        if passing.key != "expertiseteam-klimaat-energie":  # told seat by seat in events
            limit = passing.ended_early or passing.until
            yield passing.key, TEAM, Period(passing.start, passing.until), limit


def _role(number: int, function: Function, functions: tuple[Function, ...]) -> SeatRole:
    if number == 0:
        return SeatRole.CHAIR
    if number == 1 and len(functions) > 4:
        return SeatRole.VICE_CHAIR
    if function == S and number == len(functions) - 1:
        return SeatRole.SECRETARY
    return SeatRole.MEMBER


def _add_seat(scribe: Scribe, tables: Tables, place: Place) -> None:
    place.seat = scribe.tell(
        add_seat,
        body=tables.bodies[place.body],
        role=place.role,
        title=place.title,
        valid_from=place.exists.start,
        valid_until=place.exists.until,
        source=FICTION,
        certainty="fictional",
    )


def _plan_holders(
    scribe: Scribe, cast: Cast, place: Place, function: Function, term: Period, taken: set[str]
) -> None:
    """A holder from the start; often one leaves earlier, and sometimes the seat is empty then."""
    start, limit = term.start or AFTER_ELECTIONS, term.until or NEXT_ELECTIONS
    holder = _choose(scribe, cast, function, start, taken, place.body)
    if holder is None:
        return
    end = holder.period.until
    changes = scribe.chance.random() < 0.35 and (limit - start).days > 200
    if changes:
        end = start + timedelta(days=scribe.chance.randint(120, (limit - start).days - 60))
    _plan_tenure(scribe, place, holder, start, end if end and end < limit else None)
    if end is None or end >= limit:
        return
    begin = end + timedelta(days=scribe.chance.choice((0, 0, 0, 31, 92)))
    if begin >= limit or scribe.chance.random() < 0.12:
        return  # the seat stays empty
    successor = _choose(scribe, cast, function, begin, taken, place.body)
    if successor is not None:
        _plan_tenure(scribe, place, successor, begin, None)


def _choose(
    scribe: Scribe, cast: Cast, function: Function, day: date, taken: set[str], body: str
) -> Player | None:
    free = [
        p
        for p in cast.all_on(function, day)
        if p.key not in taken
        and (p.period.until is None or (p.period.until - day).days > 240)
        and _lives_near(p, body)
    ]
    if not free:
        return None
    chosen = scribe.chance.choice(free)
    taken.add(chosen.key)
    return chosen


STARTED = {row.to_code: row.day for row in files.municipality_changes() if row.to_starts}
PROVINCE_OF = {span.code: span.province_code for span in files.municipality_lifespans()}
BRANCHES = {
    "afdeling-groningen": "PV20",
    "afdeling-friesland": "PV21",
    "afdeling-drenthe": "PV22",
    "afdeling-overijssel": "PV23",
    "afdeling-flevoland": "PV24",
    "afdeling-gelderland": "PV25",
    "afdeling-utrecht": "PV26",
    "afdeling-noord-holland": "PV27",
    "afdeling-zuid-holland": "PV28",
    "afdeling-zeeland": "PV29",
    "afdeling-noord-brabant": "PV30",
    "afdeling-limburg": "PV31",
}
NETWORK_OF = {"g4": "G4", "g32": "G32", "p10": "P10", "pmg": "PMG"}
MEMBERS_OF = {
    body: {row.code for row in files.network_members() if row.network == network}
    for body, network in NETWORK_OF.items()
}


def _lives_near(player: Player, body: str) -> bool:
    if body in BRANCHES:
        return PROVINCE_OF[player.code] == BRANCHES[body]
    if body in MEMBERS_OF:
        return player.code in MEMBERS_OF[body]
    return True


def _plan_tenure(
    scribe: Scribe, place: Place, player: Player, start: date, until: date | None
) -> None:
    scribe.plan(start, "seats", partial(_seat, scribe, place, player, start))
    if until is not None:
        reason = scribe.chance.choice(("ander ambt", "op eigen verzoek", "einde termijn"))
        scribe.plan(until, "seats", partial(_leave, scribe, place, until, reason))


def _seat(scribe: Scribe, place: Place, player: Player, start: date) -> None:
    if place.seat is None:
        raise LookupError(place.body)
    scribe.tell(
        seat_someone,
        seat=place.seat,
        person=player.told,
        valid_from=start,
        holds_over=place.body in HOLDING_OVER and place.role == SeatRole.CHAIR,
        decision=f"bestuur {start:%Y}-{start.month:02d}",
        source=FICTION,
        certainty="fictional",
    )


def _leave(scribe: Scribe, place: Place, day: date, reason: str) -> None:
    tenures = Tenure.objects.filter(seat=place.seat).known(None)
    scribe.tell(end_tenure, tenure=tenures.latest("valid_from"), day=day, reason=reason)


def plan_corrections(scribe: Scribe, tables: Tables) -> None:
    """Some begin dates prove wrong and are corrected; what was known before stays readable."""
    for on, key, days in (
        (date(2016, 2, 3), "commissie-financien", 14),
        (date(2016, 11, 17), "commissie-werk-inkomen", 9),
        (date(2017, 5, 9), "bestuur", 7),
        (date(2017, 10, 24), "commissie-ruimte-wonen", 21),
    ):
        scribe.plan(on, "corrections", partial(_correct, scribe, tables, key, days))


def _correct(scribe: Scribe, tables: Tables, key: str, days: int) -> None:
    tenures = Tenure.objects.filter(seat__body=tables.bodies[key], replaces=None).known(None)
    tenure = tenures.filter(valid_until=None).order_by("pk").last()
    if tenure is not None:
        scribe.tell(
            correct_tenure,
            tenure=tenure,
            valid_from=tenure.valid_from + timedelta(days=days),
            reason="De datum van het besluit was verkeerd overgenomen.",
        )


def _plan_network_members(scribe: Scribe, places: Places, tables: Tables) -> None:
    for row in files.network_members():
        body = next((b for b, n in NETWORK_OF.items() if n == row.network), None)
        if body is None or row.certainty not in ("certain", "probable", "uncertain"):
            continue
        start = row.member_from or STARTED.get(row.code)
        place = Place(body, SeatRole.MEMBER, Period(start, None))
        on = max(BEGIN, (start or BEGIN) - timedelta(days=60))
        scribe.plan(on, "networks", partial(_add_seat, scribe, tables, place))
        step = partial(
            _seat_municipality, scribe, places, place, row.code, row.source, row.certainty
        )
        scribe.plan(on, "networks", step)


def _seat_municipality(
    scribe: Scribe, places: Places, place: Place, code: str, source: str, certainty: str
) -> None:
    if place.seat is None:
        raise LookupError(place.body)
    scribe.tell(
        seat_someone,
        seat=place.seat,
        organisation=places.municipalities[code],
        valid_from=place.exists.start,
        source=source[:300],
        certainty=certainty,
    )
