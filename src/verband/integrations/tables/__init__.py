"""The lists of facts that the interface gives: one declaration for each kind of fact."""

from verband.integrations.tables.bodies import (
    BODIES,
    BODY_TERMS,
    COVERAGES,
    GOALS,
    LINKS,
    SEATS,
    TENURES,
)
from verband.integrations.tables.members import (
    MAP_CELLS,
    MEMBERSHIPS,
    OFFICES,
    ORGANISATIONS,
    PERSON_FACTS,
    POPULATION_FIGURES,
    ROLES,
    SUCCESSIONS,
    VOTING_KEYS,
)
from verband.integrations.tables.table import Filter, Table, by_choice, by_key, key_of

TABLES = (
    *(ORGANISATIONS, MEMBERSHIPS, SUCCESSIONS, POPULATION_FIGURES, VOTING_KEYS, MAP_CELLS),
    *(OFFICES, PERSON_FACTS, ROLES),
    *(BODIES, BODY_TERMS, GOALS, COVERAGES, SEATS, TENURES, LINKS),
)
BY_MODEL = {table.model: table for table in TABLES}

__all__ = [
    "BODIES",
    "BODY_TERMS",
    "BY_MODEL",
    "COVERAGES",
    "GOALS",
    "LINKS",
    "MAP_CELLS",
    "MEMBERSHIPS",
    "OFFICES",
    "ORGANISATIONS",
    "PERSON_FACTS",
    "POPULATION_FIGURES",
    "ROLES",
    "SEATS",
    "SUCCESSIONS",
    "TABLES",
    "TENURES",
    "VOTING_KEYS",
    "Filter",
    "Table",
    "by_choice",
    "by_key",
    "key_of",
]
