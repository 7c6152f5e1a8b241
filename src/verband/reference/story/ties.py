"""The links of the story: who reports to whom, who shares decision lists, who has a liaison."""

from datetime import date
from functools import partial

from verband.bodies.kinds import LinkKind
from verband.bodies.models import Tenure
from verband.bodies.use_cases import link_bodies
from verband.people.models import Person
from verband.reference import files
from verband.reference.story.cast import FICTION
from verband.reference.story.scribe import Scribe
from verband.reference.story.tables import Tables

TEAM = "expertiseteam-klimaat-energie"
SINCE = date(2014, 9, 1)
TEAM_SINCE = date(2017, 3, 1)
SHARES, LIAISON = LinkKind.SHARES_DECISION_LISTS, LinkKind.LIAISON
REPORTS, PIN, REPRESENTS = LinkKind.REPORTS_TO, LinkKind.LINKING_PIN, LinkKind.REPRESENTS

# from, to, kind, since, number of the board seat that carries it (0: nobody)
TIES: tuple[tuple[str, str, LinkKind, date, int], ...] = (
    ("bestuur", "g4", LIAISON, date(2016, 2, 1), 3),
    ("bestuur", "g32", LIAISON, date(2017, 10, 25), 4),
    ("bestuur", "p10", LIAISON, date(2015, 5, 1), 9),
    ("bestuur", "wethoudersvereniging", LIAISON, SINCE, 8),
    ("bestuur", "ngb", LIAISON, SINCE, 2),
    ("bestuur", "vgs", LIAISON, date(2015, 1, 1), 16),
    ("bestuur", "ipo", LIAISON, SINCE, 1),
    ("bestuur", "uvw", LIAISON, SINCE, 6),
    ("bestuur", "raadslid-nu", LIAISON, date(2015, 9, 1), 12),
    ("bestuur", "afdeling-groningen", LIAISON, date(2016, 1, 1), 5),
    ("bestuur", "afdeling-zeeland", LIAISON, date(2016, 1, 1), 7),
    ("bestuur", "ondersteuningsteam-asielzoekers", LIAISON, date(2015, 12, 1), 10),
    ("subcommissie-decentralisatie-jeugdzorg", "bestuur", PIN, date(2014, 7, 1), 11),
    (TEAM, "bestuur", PIN, TEAM_SINCE, 8),
    (TEAM, "commissie-milieu-energie-mobiliteit", REPORTS, TEAM_SINCE, 0),
    (TEAM, "commissie-ruimte-wonen", REPORTS, TEAM_SINCE, 0),
    ("expertiseteam-toegankelijkheid", "bestuur", PIN, date(2017, 6, 1), 13),
    (
        "expertiseteam-toegankelijkheid",
        "commissie-gezondheid-welzijn",
        REPORTS,
        date(2017, 6, 1),
        0,
    ),
    ("expertiseteam-woningbouwafspraken", "commissie-ruimte-wonen", REPORTS, date(2016, 11, 1), 0),
    (TEAM, "g4", SHARES, TEAM_SINCE, 0),
    ("g4", TEAM, SHARES, TEAM_SINCE, 0),
    (TEAM, "g32", SHARES, TEAM_SINCE, 0),
    ("g32", TEAM, SHARES, TEAM_SINCE, 0),
    (TEAM, "ipo", SHARES, TEAM_SINCE, 0),
    ("ipo", TEAM, SHARES, TEAM_SINCE, 0),
    (TEAM, "uvw", SHARES, TEAM_SINCE, 0),
    (TEAM, "p10", SHARES, TEAM_SINCE, 0),
    (TEAM, "commissie-milieu-energie-mobiliteit", SHARES, TEAM_SINCE, 0),
    ("commissie-milieu-energie-mobiliteit", TEAM, SHARES, TEAM_SINCE, 0),
    ("bestuur", "g32", SHARES, SINCE, 0),
    ("g32", "bestuur", SHARES, date(2016, 3, 1), 0),
    ("bestuur", "ipo", SHARES, SINCE, 0),
    ("ipo", "bestuur", SHARES, SINCE, 0),
    ("bestuur", "wethoudersvereniging", SHARES, SINCE, 0),
    ("wethoudersvereniging", "bestuur", SHARES, SINCE, 0),
    ("bestuur", "p10", SHARES, date(2015, 5, 1), 0),
    ("bestuur", "g4", SHARES, SINCE, 0),
    ("vvg", "bestuur", SHARES, date(2016, 1, 1), 0),
    ("raadslid-nu", "commissie-raadsleden-griffiers", REPRESENTS, SINCE, 0),
    ("vvg", "commissie-raadsleden-griffiers", REPRESENTS, SINCE, 0),
    ("ipo", "overhedenoverleg", REPRESENTS, SINCE, 0),
    ("uvw", "overhedenoverleg", REPRESENTS, SINCE, 0),
)


def plan_ties(scribe: Scribe, tables: Tables) -> None:
    """Every committee reports to the board; the rest is as the list says."""
    for row in files.bodies():
        if row.kind == "standing_committee" and row.exists_2017:
            step = partial(_tie, scribe, tables, row.body_id, "bestuur", REPORTS, SINCE, 0)
            scribe.plan(SINCE, "links", step)
    for tie in TIES:
        scribe.plan(tie[3], "links", partial(_tie, scribe, tables, *tie))


def _tie(
    scribe: Scribe,
    tables: Tables,
    source: str,
    target: str,
    kind: LinkKind,
    since: date,
    number: int,
) -> None:
    scribe.tell(
        link_bodies,
        body=tables.bodies[source],
        to_body=tables.bodies[target],
        kind=kind,
        person=_board_member(number, since) if number else None,
        valid_from=since,
        valid_until=date(2018, 3, 1) if TEAM in (source, target) else None,
        source=FICTION,
        certainty="fictional",
    )


def _board_member(number: int, day: date) -> Person | None:
    tenure = Tenure.objects.filter(seat__body__key="bestuur", seat__number=number)
    found = tenure.at(day).known(None).first()
    return Person.objects.get(pk=found.person_id) if found is not None else None
