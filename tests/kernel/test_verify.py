import random
import threading
from datetime import date

import pytest
from django.db import connection

from kernel.audited import FOUND, NOW, as_use_case, do
from verband.core.merkle import leaf_hash
from verband.kernel import findings as found
from verband.kernel import two_times
from verband.kernel.audit import AuditLine
from verband.kernel.sealing import SealedLeaf, seal
from verband.kernel.signing import NoSigningKey, public_bytes, signing_key
from verband.kernel.suspects import what_it_was
from verband.kernel.verify import Verification
from verband.members.models import Organisation, OrganisationFact, OrganisationKind
from verband.site.launch.demo_state import new_signing_key

pytestmark = pytest.mark.django_db
FACTS = "members_organisationfact"


def verify():
    return list(Verification().findings())


def tamper(table, statement, *values):
    """Change the database as somebody could who holds it: past the triggers and the keys."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
        cursor.execute(statement.format(table=f'"{table}"'), values)
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER ALL')


def change(table, key, column, value, name="id"):
    tamper(table, f'UPDATE {{table}} SET "{column}" = %s WHERE "{name}" = %s', value, key)


def only(found_things):
    (one,) = found_things
    return one


def line_of(row, verb="added"):
    for line in AuditLine.objects.all():
        for table, key, said, _digest in line.record["rows"]:
            if (table, key, said) == (row._meta.db_table, row.pk, verb):
                return line.pk
    return None


def test_a_register_as_it_was_written_verifies(history):
    looked = Verification()

    assert list(looked.findings()) == []
    assert (looked.lines, looked.unsealed, looked.checkpoints) == (5, 0, 2)
    assert looked.rows == Organisation.objects.count() + OrganisationFact.objects.count() == 9


def test_lines_that_are_not_sealed_yet_are_counted_and_their_rows_verified(history):
    fact = do(FOUND, key="gm9", name="Later")
    looked = Verification()

    assert list(looked.findings()) == []
    assert looked.unsealed == 1

    change(FACTS, fact.pk, "name", "Lader")
    assert isinstance(only(verify()), found.ColumnAltered)


@pytest.mark.parametrize(
    ("column", "value", "was"),
    [
        ("name", "Gemeentf 2", "Gemeente 2"),
        ("name", "Gemeente  2", "Gemeente 2"),
        ("valid_from", "2010-01-02", "2010-01-01"),
        ("valid_until", "2030-01-01", "-"),
        ("certainty", "probable", "certain"),
        ("source", "x", ""),
        ("recorded_from", "2017-11-03T09:30:01+00:00", "2017-11-03T09:30:00+00:00"),
    ],
)
def test_a_changed_value_is_named_by_table_row_column_and_line(history, column, value, was):
    fact = history[2]
    change(FACTS, fact.pk, column, value)

    finding = only(verify())

    assert isinstance(finding, found.ColumnAltered)
    assert finding.params == {
        "table": FACTS,
        "id": fact.pk,
        "line": line_of(fact),
        "column": column,
        "was": was,
    }


def test_another_key_is_named(history):
    closed, other = history[1], history[2]
    change(FACTS, closed.pk, "organisation_id", other.organisation_id)

    assert only(verify()).params["column"] == "organisation_id"


def test_a_value_that_was_wholly_rewritten_is_named_by_row(history):
    change(FACTS, history[2].pk, "name", "Iets heel anders")

    finding = only(verify())

    assert isinstance(finding, found.RowAltered)
    assert finding.params == {"table": FACTS, "id": history[2].pk, "line": line_of(history[2])}


def test_a_changed_thing_is_named(history):
    thing = history[0].organisation
    change("members_organisation", thing.pk, "key", "gm7")

    assert only(verify()).params["column"] == "key"


@pytest.mark.parametrize(
    ("column", "value"),
    [("recorded_until", "2017-11-03T09:31:00+00:00"), ("closed_as", "withdrawn")],
)
def test_a_changed_closing_is_named(history, column, value):
    closed = history[1]
    change(FACTS, closed.pk, column, value)

    finding = only(verify())

    assert isinstance(finding, found.ClosingAltered)
    assert finding.params["column"] == column
    assert finding.params["line"] == line_of(closed, "corrected")


def test_a_row_that_was_opened_again_is_named(history):
    tamper(
        FACTS,
        "UPDATE {table} SET recorded_until = NULL, closed_as = '',"
        " valid_from = NULL, valid_until = '2009-01-01' WHERE id = %s",
        history[1].pk,
    )

    assert {type(finding) for finding in verify()} == {found.RowAltered, found.Reopened}


def test_a_row_that_was_closed_behind_the_back_of_the_use_cases_is_named(history):
    fact = history[2]
    tamper(
        FACTS, "UPDATE {table} SET recorded_until = now(), closed_as='ended' WHERE id=%s", fact.pk
    )

    finding = only(verify())

    assert isinstance(finding, found.ClosedWithoutLine)
    assert finding.params == {"table": FACTS, "id": fact.pk, "line": line_of(fact)}


def test_a_removed_row_is_named(history):
    fact = history[2]
    tamper(FACTS, "DELETE FROM {table} WHERE id = %s", fact.pk)

    finding = only(verify())

    assert isinstance(finding, found.RowMissing)
    assert finding.params == {"table": FACTS, "id": fact.pk, "line": line_of(fact)}


def test_a_row_that_no_use_case_wrote_is_named(history):
    organisation = Organisation.objects.create(key="smuggled", kind="other", recorded_from=NOW)

    finding = only(verify())

    assert isinstance(finding, found.RowWithoutLine)
    assert finding.params == {"table": "members_organisation", "id": organisation.pk}


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("at", "2017-11-03T09:30:01+00:00", "at"),
        ("use_case", "tests.other", "use_case"),
        ("actor", "account:1", "actor"),
        ("actor_label", "somebody else", "actor"),
        ("details", "{}", "details"),
        ("salt", bytes(16), "salt"),
        ("subjects", [], "subjects"),
        ("record", '{"rows": []}', "record"),
    ],
)
def test_every_column_of_an_audit_line_is_sealed(history, column, value, named):
    line = AuditLine.objects.earliest("id")
    change("kernel_auditline", line.pk, column, value)

    finding = verify()[0]

    assert isinstance(finding, found.LineAltered)
    assert finding.params == {"line": line.pk, "column": named}


def test_a_changed_hash_of_a_line_is_told_apart_from_a_changed_line(history):
    leaf = SealedLeaf.objects.get(index=1)
    change("kernel_sealedleaf", 1, "hash", bytes(32), name="index")

    finding = only(verify())

    assert isinstance(finding, found.LeafAltered)
    assert finding.params == {"line": leaf.line_id}


def test_a_line_that_was_rewritten_with_its_hash_breaks_the_stored_tree_and_the_root(history):
    line = AuditLine.objects.latest("id")
    line.record["use_case"] = line.use_case = "tests.other"
    change("kernel_auditline", line.pk, "use_case", "tests.other")
    tamper(
        "kernel_auditline",
        'UPDATE {table} SET record = record || \'{{"use_case": "tests.other"}}\' WHERE id = %s',
        line.pk,
    )
    change("kernel_sealedleaf", line.pk, "hash", leaf_hash(line.leaf), name="line_id")

    finding = only(verify())

    assert isinstance(finding, found.RootDiffers)
    assert finding.params == {"size": 5, "before": 3}


def test_a_removed_line_is_named_by_its_place(history):
    leaf = SealedLeaf.objects.get(index=1)
    tamper("kernel_auditline", "DELETE FROM {table} WHERE id = %s", leaf.line_id)

    assert any(
        isinstance(finding, found.LineMissing) and finding.params == {"index": 1}
        for finding in verify()
    )


def test_lines_removed_from_the_end_are_missed_by_the_checkpoint(history):
    last = SealedLeaf.objects.get(index=4)
    tamper("kernel_sealedleaf", "DELETE FROM {table} WHERE index = 4")
    tamper("kernel_auditline", "DELETE FROM {table} WHERE id = %s", last.line_id)

    assert any(
        isinstance(finding, found.LinesGone) and finding.params == {"size": 5, "lines": 4}
        for finding in verify()
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("root", bytes(32)),
        ("signature", bytes(64)),
        ("key_id", bytes(4)),
        ("origin", "other.example/audit"),
    ],
)
def test_a_changed_checkpoint_is_named(history, column, value):
    change("kernel_checkpoint", 3, column, value, name="size")

    finding = only(verify())

    assert isinstance(finding, found.SignatureWrong)
    assert finding.params == {"size": 3}


def test_a_removed_checkpoint_is_missed_when_it_was_the_last(history):
    tamper("kernel_checkpoint", "DELETE FROM {table} WHERE size = 5")

    assert isinstance(only(verify()), found.CheckpointGone)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET hash = '\\x00' WHERE level = 1 AND index = 1",
        "DELETE FROM {table} WHERE level = 1 AND index = 1",
        "INSERT INTO {table} (level, index, hash) VALUES (3, 9, '\\x00')",
    ],
)
def test_a_changed_hash_inside_the_tree_is_named(history, statement):
    tamper("kernel_merklenode", statement)

    assert isinstance(only(verify()), found.NodeAltered)


def test_another_key_does_not_count_unless_it_is_a_former_one(history, settings, tmp_path):
    old = public_bytes(signing_key())
    path = tmp_path / "new.pem"
    path.write_bytes(new_signing_key())
    settings.VERBAND_SIGNING_KEY = path

    assert {type(finding) for finding in verify()} == {found.SignatureWrong}

    settings.VERBAND_FORMER_SIGNING_KEYS = [old.hex()]
    assert verify() == []

    path.write_text("nothing")
    with pytest.raises(NoSigningKey):
        verify()


def test_any_one_changed_character_in_any_row_is_found(history):
    """Forty random changes in random rows; each is found in exactly that row."""
    chance = random.Random(2017)
    facts = list(OrganisationFact.objects.order_by("pk"))
    columns = [c for c in OrganisationFact._meta.concrete_fields if not c.primary_key]
    texts = [c.attname for c in columns if c.get_internal_type() in ("CharField", "TextField")]
    texts.remove("closed_as")

    for _ in range(40):
        fact, column = chance.choice(facts), chance.choice(texts)
        said = getattr(fact, column)
        place = chance.randrange(len(said) + 1)
        change(FACTS, fact.pk, column, said[:place] + chance.choice("qz~") + said[place + 1 :])

        finding = only(verify())
        change(FACTS, fact.pk, column, said)

        assert finding.params["table"] == FACTS
        assert (finding.params["id"], finding.params["column"]) == (fact.pk, column)
    assert verify() == []


def test_a_digest_that_nothing_explains_names_no_column(history):
    assert what_it_was(Organisation, {"table": "t", "key": "abc"}, b"", "00" * 32) is None


@pytest.mark.django_db(transaction=True)
def test_verification_reads_one_moment_while_others_write(signing_key):
    do(FOUND, key="gm1", name="Een")
    seal(NOW)
    change("kernel_auditline", AuditLine.objects.get().pk, "details", "{}")
    looked = Verification()
    run = looked.findings()

    first = next(run)
    writer = threading.Thread(target=write_and_seal)
    writer.start()
    writer.join()

    assert first.params["column"] == "details"
    assert list(run) == []
    assert (looked.lines, looked.unsealed, looked.rows) == (1, 0, 2)


def write_and_seal():
    try:
        do(FOUND, key="gm2", name="Twee")
        seal(NOW)
    finally:
        connection.close()


@pytest.mark.parametrize("given", ["2010-01-01", date(2010, 1, 1)])
def test_a_value_is_sealed_as_the_database_gives_it_back(signing_key, given):
    def typed(*, actor, now, day):
        thing = two_times.add_thing(
            Organisation(key=OrganisationKind.COMPANY, kind=OrganisationKind.COMPANY), now=now
        )
        fact = OrganisationFact(organisation_id=str(thing.pk), name=17, valid_from=day)
        return two_times.record_all([fact], now=now)

    do(as_use_case(typed), day=given)

    assert verify() == []
