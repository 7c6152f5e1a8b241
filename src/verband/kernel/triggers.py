"""Triggers that keep rows as they were written: used in migrations only."""

from django.db.migrations.operations import RunSQL

_FUNCTIONS = """
CREATE FUNCTION verband_keep_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION verband_keep_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL
        AND to_jsonb(OLD) - 'recorded_until' - 'closed_as'
          = to_jsonb(NEW) - 'recorded_until' - 'closed_as'
    THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a fact in % can only be superseded, once', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def functions() -> RunSQL:
    """The trigger functions; the kernel's first migration makes them."""
    return RunSQL(
        _FUNCTIONS, "DROP FUNCTION verband_keep_row(); DROP FUNCTION verband_keep_fact();"
    )


def keep_rows(*tables: str) -> list[RunSQL]:
    """Rows of these tables are written once: things, audit lines, ballots."""
    return [_trigger(table, "verband_keep_row") for table in tables]


def keep_facts(*tables: str) -> list[RunSQL]:
    """Rows of these tables change once: when their recorded time is closed."""
    return [_trigger(table, "verband_keep_fact") for table in tables]


def _trigger(table: str, function: str) -> RunSQL:
    return RunSQL(
        f'CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON "{table}"'
        f" FOR EACH ROW EXECUTE FUNCTION {function}()",
        f'DROP TRIGGER keep ON "{table}"',
    )
