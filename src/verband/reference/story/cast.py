"""The fictional people of the story: who holds which office, where and when.

Nobody here exists. People are known by function and municipality; a seed makes them the same each
time. Planning knows them as parts (``Player``); the register knows them once their step is told.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from verband.core.period import Period
from verband.members.models import Function, OfficeFact
from verband.members.use_cases import end_office, take_office
from verband.people.models import Person
from verband.people.use_cases import add_person
from verband.reference import files
from verband.reference.rows import MunicipalityLifespan
from verband.reference.story.organisations import Places
from verband.reference.story.scribe import BEGIN, Scribe

ELECTIONS = date(2014, 3, 19)
COLLEGE_2014 = date(2014, 5, 15)  # the aldermen of that council took office in these weeks
FICTION = "Verzonnen voor de voorbeeldvereniging"
PARTIES = ("CDA", "VVD", "PvdA", "D66", "GroenLinks", "ChristenUnie", "SP", "SGP", "lokaal")
WITH_COUNCILLOR = {"GM0193"}  # Zwolle: named in the team on climate and energy
PORTFOLIOS = (
    "financiën, economie",
    "jeugd, onderwijs",
    "werk en inkomen",
    "wonen, ruimtelijke ordening",
    "energie, klimaat, milieu",
    "zorg en welzijn",
    "verkeer en vervoer",
    "dienstverlening, informatiebeleid",
)


@dataclass
class Player:
    """One fictional person in one office, in one period."""

    key: str
    code: str
    function: Function
    period: Period
    portfolios: str = ""
    party: str = ""
    acting: bool = False
    person: Person | None = None
    fact: OfficeFact | None = None
    leaves: bool = False  # before the municipality itself ends

    @property
    def told(self) -> Person:
        """The person in the register; only once the step that adds them was told."""
        if self.person is None:
            raise LookupError(self.key)
        return self.person


@dataclass
class Cast:
    """Everybody, findable by municipality and function."""

    by_place: dict[tuple[str, Function], list[Player]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def at(self, code: str, function: Function, day: date) -> Player | None:
        """Who holds that office there on that day."""
        return next((p for p in self.by_place[code, function] if day in p.period), None)

    def all_on(self, function: Function, day: date) -> list[Player]:
        """Everybody in that function on that day, in the order of the codes."""
        pairs = sorted(pair for pair in self.by_place if pair[1] == function)
        return [p for pair in pairs for p in self.by_place[pair] if day in p.period]


def plan_cast(scribe: Scribe, places: Places) -> Cast:
    """Mayors, aldermen, secretaries, clerks and some councillors of every municipality."""
    cast = Cast()
    for span in files.municipality_lifespans():
        if span.period.until is not None and span.period.until <= ELECTIONS:
            continue
        for player in _players(scribe, span):
            cast.by_place[span.code, player.function].append(player)
            start = player.period.start or BEGIN
            scribe.plan(start, "office holders", partial(_enter, scribe, places, player))
            if player.leaves and player.period.until is not None:
                leave = partial(_leave, scribe, player, player.period.until)
                scribe.plan(player.period.until, "office holders", leave)
    return cast


def _players(scribe: Scribe, span: MunicipalityLifespan) -> list[Player]:
    begin = max(span.period.start or BEGIN, BEGIN)
    until = span.period.until
    players = _mayors(scribe, span.code, begin, until)
    for function in (Function.SECRETARY, Function.CLERK):
        start = max(begin, _some_day(scribe, 2012, 2016))
        players.append(_player(span.code, function, 1, start, until))
    elected = max(begin, COLLEGE_2014)
    alderman = _player(span.code, Function.ALDERMAN, 1, elected, until)
    alderman.portfolios = scribe.chance.choice(PORTFOLIOS)
    alderman.party = scribe.chance.choice(PARTIES)
    players.append(alderman)
    if scribe.chance.random() < 0.2 or span.code in WITH_COUNCILLOR:
        councillor = _player(
            span.code, Function.COUNCILLOR, 1, max(begin, date(2014, 3, 27)), until
        )
        councillor.party = scribe.chance.choice(PARTIES)
        players.append(councillor)
    return players


def _mayors(scribe: Scribe, code: str, begin: date, until: date | None) -> list[Player]:
    if begin > date(2017, 10, 30):  # a new municipality begins with an acting mayor
        return [_player(code, Function.MAYOR, 1, begin, until, acting=True)]
    change = _some_day(scribe, 2014, 2017)
    if begin < change < (until or date.max) and scribe.chance.random() < 0.3:
        handover = change + timedelta(days=scribe.chance.choice((0, 0, 30, 61)))
        first = _player(code, Function.MAYOR, 1, begin, change)
        first.leaves = True
        return [
            first,
            _player(code, Function.MAYOR, 2, min(handover, until or handover), until),
        ]
    return [_player(code, Function.MAYOR, 1, max(begin, _some_day(scribe, 2012, 2013)), until)]


def _player(
    code: str,
    function: Function,
    number: int,
    start: date,
    until: date | None,
    *,
    acting: bool = False,
) -> Player:
    if until is not None and start >= until:
        start = until - timedelta(days=1)
    key = f"{function.value.replace('_', '-')}-{code.lower()}-{number}"
    return Player(key, code, function, Period(start, until), acting=acting)


def _some_day(scribe: Scribe, first: int, last: int) -> date:
    year, month = scribe.chance.randint(first, last), scribe.chance.randint(1, 12)
    return date(year, month, scribe.chance.choice((1, 1, 15)))


def _enter(scribe: Scribe, places: Places, player: Player) -> None:
    player.person = scribe.tell(
        add_person, key=player.key, day=None, source=FICTION, certainty="fictional"
    )
    fact = scribe.tell(
        take_office,
        person=player.person,
        organisation=places.municipalities[player.code],
        function=player.function,
        valid_from=player.period.start,
        portfolios=player.portfolios,
        party=player.party if player.party != "lokaal" else "lokale partij",
        party_is_local=player.party == "lokaal",
        acting=player.acting,
        source=FICTION,
        certainty="fictional",
    )
    player.fact = fact


def _leave(scribe: Scribe, player: Player, day: date) -> None:
    if player.fact is not None:
        scribe.tell(end_office, fact=player.fact, day=day, reason="andere functie")
