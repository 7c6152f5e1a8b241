"""The rules of the vote in the story. The articles are fiction until the statutes are entered."""

from collections.abc import Mapping
from typing import Any

from verband.consultations.kinds import Binding, ConsultationKind, ElectionMethod, Weighing

ORDINARY = {
    "name": "gewone meerderheid",
    "majorities": [{"bound": "votes > 1/2 of valid", "article": "statuten, art. 14 lid 2"}],
    "quorums": [
        {"bound": "votes cast >= 1/2 of all", "article": "reglement raadplegingen, art. 9 lid 1"}
    ],
}
IN_SITTING = {
    "name": "gewone meerderheid in de vergadering",
    "majorities": [{"bound": "votes > 1/2 of valid", "article": "statuten, art. 14 lid 2"}],
    "acclamation": True,
}
STATUTES = {
    "name": "wijziging van de statuten",
    "majorities": [{"bound": "votes >= 2/3 of valid", "article": "statuten, art. 24 lid 1"}],
    "quorums": [{"bound": "votes present >= 1/2 of all", "article": "statuten, art. 24 lid 2"}],
    "second_call": {
        "name": "wijziging van de statuten, tweede vergadering",
        "majorities": [{"bound": "votes >= 2/3 of valid", "article": "statuten, art. 24 lid 3"}],
    },
}
PERSONS = {
    "name": "verkiezing van personen",
    "majorities": [{"bound": "members > 1/2 of valid", "article": "statuten, art. 16 lid 1"}],
}
MOST = {"name": "meeste stemmen", "majorities": ["members > 1/2 of valid"]}

# Key, kind, name, name in English, and what the rule asks.
RULES: tuple[tuple[str, str, str, str, Mapping[str, Any]], ...] = (
    (
        "snelle-raadpleging",
        ConsultationKind.FLASH,
        "Snelle raadpleging",
        "Flash question",
        {
            "article": "reglement raadplegingen, art. 3",
            "rule": MOST,
            "binding": Binding.ADVICE,
            "weighing": Weighing.PERSONS,
        },
    ),
    (
        "ledenraadpleging",
        ConsultationKind.CONSULTATION,
        "Ledenraadpleging",
        "Member consultation",
        {
            "article": "reglement raadplegingen, art. 9",
            "rule": ORDINARY,
            "binding": Binding.POSITION,
            "weighing": Weighing.VOTES,
            "needs_ratification": True,
            "objection_days": 14,
            "proxy_members": 2,
        },
    ),
    (
        "besluit-in-de-alv",
        ConsultationKind.ASSEMBLY,
        "Besluit in de algemene ledenvergadering",
        "Decision of the general assembly",
        {
            "article": "statuten, art. 14",
            "rule": IN_SITTING,
            "binding": Binding.DECISION,
            "weighing": Weighing.VOTES,
            "may_change": False,
            "naming_hours": 48,
            "proxy_members": 2,
        },
    ),
    (
        "statutenwijziging",
        ConsultationKind.ASSEMBLY,
        "Wijziging van de statuten",
        "Change of the statutes",
        {
            "article": "statuten, art. 24",
            "rule": STATUTES,
            "binding": Binding.DECISION,
            "weighing": Weighing.VOTES,
            "may_change": False,
            "naming_hours": 48,
            "proxy_members": 2,
        },
    ),
    (
        "verkiezing-van-personen",
        ConsultationKind.ASSEMBLY,
        "Verkiezing van personen",
        "Election of persons",
        {
            "article": "statuten, art. 16",
            "rule": PERSONS,
            "binding": Binding.DECISION,
            "weighing": Weighing.MEMBERS,
            "is_secret": True,
            "election": ElectionMethod.ROUNDS,
            "may_change": False,
            "naming_hours": 48,
            "proxy_members": 2,
        },
    ),
    (
        "stellingen",
        ConsultationKind.STATEMENTS,
        "Stellingen",
        "Statements",
        {
            "article": "reglement raadplegingen, art. 5",
            "rule": MOST,
            "binding": Binding.ADVICE,
            "weighing": Weighing.PERSONS,
        },
    ),
)
