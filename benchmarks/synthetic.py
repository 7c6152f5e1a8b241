"""A register far larger than the reference association, made by the database itself.

Ten thousand organisations, sixty thousand people, half a million seat and office rows over twenty
years, in two times: one row in six was superseded by another. Written around the use cases, because
only reading is measured here.
"""

from collections.abc import Sequence

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

ORGANISATIONS, PEOPLE, BODIES = 10_000, 60_000, 1_000
SEATS, OFFICES = 40_000, 100_000
FIRST = "DATE '2004-01-01'"
# A row in six was corrected a year after it was recorded.
KNOWN = "TIMESTAMPTZ '2004-01-01' + make_interval(days => ({day})::int)"
KINDS = ("standing_committee", "municipal_network", "expertise_team", "advisory_committee")
FUNCTIONS = ("mayor", "alderman", "councillor", "clerk", "secretary", "official")


def build(organisations: int = ORGANISATIONS) -> None:
    """Fill an empty, migrated database; ``organisations`` scales everything else along."""
    share = organisations / ORGANISATIONS
    counts = {
        "organisations": organisations,
        "people": int(PEOPLE * share),
        "bodies": int(BODIES * share),
        "seats": int(SEATS * share),
        "offices": int(OFFICES * share),
    }
    for statement in STATEMENTS:
        _run(statement, counts)
    # The rows have numbers of their own; those that come later go on from there.
    for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
        _run(statement, counts)
    _run("ANALYZE", counts)


def _run(statement: str, counts: dict[str, int]) -> None:
    for name, count in counts.items():
        statement = statement.replace(f":{name}", str(count))
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _pick(values: Sequence[str], number: str) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"(ARRAY[{listed}])[1 + ({number}) % {len(values)}]"


def _facts(table: str, columns: str, values: str, source: str, *, from_: str, until: str) -> str:
    """Current rows, and for one in six the row that it replaced, closed a year later."""
    day = "(i * 37) % 6500"
    head = (
        f"INSERT INTO {table} ({columns}, valid_from, valid_until, recorded_from, recorded_until,"
        " closed_as, source, certainty) "
    )
    current = (
        f"SELECT {values}, {from_}, {until}, {KNOWN.format(day=day)}"
        " + CASE WHEN i % 6 = 0 THEN INTERVAL '1 year' ELSE INTERVAL '0' END,"
        f" NULL::timestamptz, '', 'synthetic', 'certain' FROM {source}"
    )
    superseded = (
        f"SELECT {values}, {from_}, {until}, {KNOWN.format(day=day)},"
        f" {KNOWN.format(day=day)} + INTERVAL '1 year', 'corrected', 'synthetic', 'certain'"
        f" FROM {source} WHERE i % 6 = 0"
    )
    return f"{head}{current} UNION ALL {superseded}"


NOW = "TIMESTAMPTZ '2004-01-01'"
STATEMENTS = (
    f"""INSERT INTO people_person (id, key, recorded_from)
        SELECT i, 'person-' || i, {NOW} FROM generate_series(1, :people) i""",
    f"""INSERT INTO members_organisation (id, key, kind, code, recorded_from)
        SELECT i, 'gm' || i, CASE WHEN i <= 12 THEN 'province' ELSE 'municipality' END,
               'GM' || i, {NOW} FROM generate_series(1, :organisations) i""",
    f"""INSERT INTO members_office (id, person_id, organisation_id, function, recorded_from)
        SELECT i, 1 + (i * 7) % :people, 1 + (i * 11) % :organisations,
               {_pick(FUNCTIONS, "i")}, {NOW} FROM generate_series(1, :offices) i""",
    f"""INSERT INTO bodies_body (id, key, recorded_from)
        SELECT i, 'body-' || i, {NOW} FROM generate_series(1, :bodies) i""",
    f"""INSERT INTO bodies_seat (id, body_id, number, recorded_from)
        SELECT i, 1 + i % :bodies, 1 + i / :bodies, {NOW} FROM generate_series(1, :seats) i""",
    f"""INSERT INTO bodies_link (id, from_body_id, to_body_id, kind, recorded_from)
        SELECT i, 1 + i % :bodies, 1 + (i + 1 + i / :bodies) % :bodies,
               CASE WHEN i / :bodies = 0 THEN 'liaison' ELSE 'shares_lists' END, {NOW}
        FROM generate_series(0, 2 * :bodies - 1) i""",
    _facts(
        "members_organisationfact",
        "organisation_id, province_id, name, name_en, abbreviation, purpose",
        "1 + (i / 2), 1 + (i / 2) % 12, 'Gemeente ' || (i / 2) || chr(97 + i % 2), '', '', ''",
        "generate_series(0, 2 * :organisations - 1) i",
        from_=f"CASE WHEN i % 2 = 0 THEN NULL ELSE {FIRST} + 3000 END",
        until=f"CASE WHEN i % 2 = 0 THEN {FIRST} + 3000 ELSE NULL END",
    ),
    _facts(
        "members_membership",
        "organisation_id",
        "i",
        "generate_series(13, :organisations) i",
        from_="NULL::date",
        until="NULL::date",
    ),
    _facts(
        "members_populationfigure",
        "organisation_id, inhabitants",
        "1 + i / 5, 1000 + (i * 7919) % 90000",
        "generate_series(0, 5 * :organisations - 1) i",
        from_=f"({FIRST} + (i % 5) * 1461)::date",
        until="NULL::date",
    ),
    f"""INSERT INTO members_votingkeyfact (scope, per, rounding, minimum, cap, article, note,
            recorded_from, closed_as, source, certainty)
        VALUES (1, 1000, 'down', 1, 75, 'art. 1', '', {NOW}, '', 'synthetic', 'assumed')""",
    _facts(
        "members_officefact",
        "office_id, portfolios, party, party_is_local, acting",
        "1 + i / 2, 'wonen, energie', 'lokaal', true, false",
        "generate_series(0, 2 * :offices - 1) i",
        from_=f"({FIRST} + (i / 2 * 13) % 2000 + (i % 2) * 2500)::date",
        until=f"({FIRST} + (i / 2 * 13) % 2000 + (i % 2) * 2500 + 2000 + (i % 400))::date",
    ),
    _facts(
        "bodies_bodyterm",
        "body_id, is_temporary, decision, after_end, review_on",
        "i, false, '', '', NULL::date",
        "generate_series(1, :bodies) i",
        from_=f"({FIRST} + (i * 7) % 3000)::date",
        until=f"CASE WHEN i % 4 = 0 THEN ({FIRST} + 4000 + i % 3000)::date END",
    ),
    _facts(
        "bodies_bodyfact",
        "body_id, kind, name, name_en, abbreviation, purpose, purpose_en, support, deciding,"
        " our_role, intensity, interests",
        f"i, {_pick(KINDS, 'i')}, 'Orgaan ' || i, '', '', 'Doel ' || i, '', '', '', '', '', ''",
        "generate_series(1, :bodies) i",
        from_=f"({FIRST} + (i * 7) % 3000)::date",
        until=f"CASE WHEN i % 4 = 0 THEN ({FIRST} + 4000 + i % 3000)::date END",
    ),
    _facts(
        "bodies_seatfact",
        "seat_id, role, title, is_voting, profile",
        "i, CASE WHEN (i / :bodies) = 0 THEN 'chair' ELSE 'member' END, '', true, ''",
        "generate_series(1, :seats) i",
        from_="NULL::date",
        until="NULL::date",
    ),
    _facts(
        "bodies_tenure",
        "seat_id, person_id, acting, holds_over, decision",
        "1 + i / 6, 1 + (i * 17) % :people, false, false, ''",
        "generate_series(0, 6 * :seats - 1) i",
        from_=f"({FIRST} + (i % 6) * 1200)::date",
        until=f"({FIRST} + (i % 6) * 1200 + 1000 + i % 200)::date",
    ),
    _facts(
        "bodies_linkfact",
        "link_id, person_id, note",
        "i, CASE WHEN i < :bodies THEN 1 + i % :people END, ''",
        "generate_series(0, 2 * :bodies - 1) i",
        from_=f"({FIRST} + i % 3000)::date",
        until="NULL::date",
    ),
    """INSERT INTO kernel_auditline (at, use_case, actor, actor_label, details, salt, subjects,
            record)
       SELECT TIMESTAMPTZ '2004-01-01' + make_interval(hours => i * 5 / 3), 'bodies.seat_someone',
              'account:1', 'keeper', '{}', decode('00', 'hex'),
              ARRAY['bodies_body:' || (1 + i % :bodies)], '{"rows": []}'
       FROM generate_series(1, 100000) i""",
)
