"""The search entries of the synthetic register, made by the database as the register is.

The words are those that ``verband.search.entries`` gives; ``build`` asks it for some facts of each
kind and compares, so that this cannot become another search than the one people use.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import BodyFact, Tenure
from verband.members.models import Function, OfficeFact, OrganisationFact, OrganisationKind
from verband.search.entries import entries_of, in_both
from verband.search.models import Entry
from verband.search.words import tails, words_of

COMPARED = 50  # facts of each kind
COLUMNS = (
    "kind, thing, fact_table, fact, valid_from, valid_until, recorded_from, recorded_until,"
    " names, texts, parts"
)


def build() -> None:
    """Fill the tables of search for the facts that are there.

    Raises:
        AssertionError: an entry is not as search itself would make it.
    """
    for statement in (*ENTRIES, *WORDS, "ANALYZE search_entry, search_word, search_trigram"):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    for model in (OrganisationFact, BodyFact, OfficeFact, Tenure):
        facts = list(model.objects.order_by("pk")[:COMPARED])
        found = Entry.objects.filter(fact_table=model._meta.db_table)
        made = {entry.fact: _content(entry) for entry in found.filter(fact__lte=facts[-1].pk)}
        for entry in entries_of(model, facts):
            assert made[entry.fact] == _content(entry), (made[entry.fact], _content(entry))


def _content(entry: Any) -> tuple[object, ...]:
    return entry.kind, entry.thing, entry.names, entry.texts, entry.parts


def _words(*texts: str) -> str:
    return " ".join(word for text in texts for word in words_of(text))


def _parts(words: str) -> str:
    return " ".join(sorted(set(tails(words.split()))))


def _cases(column: str, values: Iterable[tuple[str, str]]) -> str:
    cases = " ".join(f"WHEN '{value}' THEN '{words}'" for value, words in values)
    return f"(CASE {column} {cases} END)"


def _of_kinds(column: str, choices: Any, *, parts: bool = False) -> str:
    said = [(choice.value, _words(in_both(choice))) for choice in choices]
    return _cases(column, [(v, _parts(words) if parts else words) for v, words in said])


def _entries(kind: str, thing: str, names: str, texts: str, parts: str, source: str) -> str:
    table = source.split(maxsplit=1)[0]
    return f"""INSERT INTO search_entry ({COLUMNS})
        SELECT '{kind}', {thing}, '{table}', f.id, f.valid_from, f.valid_until, f.recorded_from,
               f.recorded_until, {names}, {texts}, {parts}
        FROM {source}"""


ENTRIES = (
    _entries(
        "organisation",
        "f.organisation_id",
        "lower(f.name) || ' ' || lower(o.code) || ' ' || o.key",
        _of_kinds("o.kind", OrganisationKind),
        _of_kinds("o.kind", OrganisationKind, parts=True),
        "members_organisationfact f JOIN members_organisation o ON o.id = f.organisation_id",
    ),
    _entries(
        "body",
        "f.body_id",
        "lower(f.name)",
        f"lower(f.purpose) || ' ' || {_of_kinds('f.kind', BodyKind)}",
        _of_kinds("f.kind", BodyKind, parts=True),
        "bodies_bodyfact f",
    ),
    _entries(
        "person",
        "o.person_id",
        _of_kinds("o.function", Function) + " || ' ' || n.names",
        f"'{_words('wonen, energie', 'lokaal')}'",
        f"'{_parts(_words('wonen, energie', 'lokaal'))}'",
        "members_officefact f JOIN members_office o ON o.id = f.office_id JOIN (SELECT"
        " organisation_id, string_agg(lower(name), ' ' ORDER BY id) AS names FROM"
        " members_organisationfact WHERE recorded_until IS NULL GROUP BY organisation_id) n"
        " ON n.organisation_id = o.organisation_id",
    ),
    _entries(
        "person",
        "f.person_id",
        "''",
        _of_kinds("s.role", SeatRole) + " || ' ' || lower(b.name)",
        _of_kinds("s.role", SeatRole, parts=True),
        "bodies_tenure f JOIN bodies_seat t ON t.id = f.seat_id JOIN bodies_seatfact s ON"
        " s.seat_id = t.id AND s.recorded_until IS NULL JOIN bodies_bodyfact b ON"
        " b.body_id = t.body_id AND b.recorded_until IS NULL",
    ),
)
WORDS = (
    """INSERT INTO search_word (word)
        SELECT DISTINCT left(word, 60)
        FROM search_entry, regexp_split_to_table(names || ' ' || texts, ' ') word
        WHERE length(word) > 2""",
    """INSERT INTO search_trigram (trigram, word_id)
        SELECT DISTINCT substr(' ' || word || ' ', i, 3), word
        FROM search_word, generate_series(1, length(word)) i""",
)
