import threading

import pytest
from django.db import DatabaseError, connection, transaction

from kernel.audited import FOUND, NOW, do
from verband.core.merkle import NotInTree, check_consistency, check_inclusion, leaf_hash, root_of
from verband.kernel import sealing, tasks
from verband.kernel.audit import AuditLine
from verband.kernel.sealing import (
    Checkpoint,
    MerkleNode,
    NoCheckpoint,
    NotSealed,
    SealedLeaf,
    checkpoint,
    consistency_proof,
    inclusion_proof,
    latest_checkpoint,
    seal,
)
from verband.kernel.signing import NoSigningKey, public_bytes, verifier_key
from verband.kernel.signing import signing_key as read_key

pytestmark = pytest.mark.django_db


def records():
    return [leaf.line.leaf for leaf in SealedLeaf.objects.select_related("line")]


def test_every_line_gets_a_place_and_the_root_is_signed(history):
    newest = latest_checkpoint()

    assert list(Checkpoint.objects.values_list("size", flat=True)) == [3, 5]
    assert bytes(newest.root) == root_of(records())
    assert newest.note.is_signed_by(public_bytes(read_key()))


def test_a_checkpoint_reads_as_a_signed_note(history, settings):
    settings.VERBAND_BASE_URL = "https://verband.example"

    do(FOUND, key="gm9", name="Later")
    seal(NOW)
    name, size, root, empty, signature, end = latest_checkpoint().note.text.split("\n")

    assert (name, size, empty, end) == ("verband.example/audit", "6", "", "")
    assert len(root) == 44
    assert signature.startswith("— verband.example/audit ")


def test_a_public_key_reads_as_a_witness_keeps_it():
    # The example key of Go's sumdb note package, whose format C2SP took over.
    key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    public = bytes.fromhex("1a5cd907143c384c41e830c5bce12aa8817ec5649aaabf2c31388b35b2d744d6")

    assert verifier_key("PeterNeumann", public) == key


def test_sealing_without_news_changes_nothing(history):
    assert seal(NOW) == 0
    assert Checkpoint.objects.count() == 2


def test_every_line_and_every_older_checkpoint_can_be_proved(history):
    new = latest_checkpoint()

    for leaf in SealedLeaf.objects.all():
        check_inclusion(
            leaf_hash(leaf.line.leaf),
            index=leaf.index,
            size=new.size,
            proof=inclusion_proof(leaf.line, new.size),
            root=bytes(new.root),
        )
    check_consistency(
        old=3,
        new=5,
        proof=consistency_proof(3, 5),
        old_root=bytes(checkpoint(3).root),
        new_root=bytes(new.root),
    )


def test_a_proof_takes_three_queries_whatever_the_size(history, django_assert_num_queries):
    line = AuditLine.objects.first()

    with django_assert_num_queries(3):
        inclusion_proof(line, 5)


def test_a_line_that_is_not_sealed_has_no_proof(history):
    do(FOUND, key="gm9", name="Later")
    line = AuditLine.objects.last()

    with pytest.raises(NotSealed):
        inclusion_proof(line, 5)
    with pytest.raises(NotInTree):
        inclusion_proof(SealedLeaf.objects.get(index=4).line, 3)
    with pytest.raises(NoCheckpoint):
        checkpoint(4)


def test_sealing_in_small_batches_gives_the_same_tree(history, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 2)
    for number in range(10, 17):
        do(FOUND, key=f"gm{number}", name="Veel")

    assert seal(NOW) == 7
    assert bytes(latest_checkpoint().root) == root_of(records())


def test_the_database_keeps_seals_as_they_are(history):
    for rows in (SealedLeaf.objects, MerkleNode.objects, Checkpoint.objects):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.all().delete()


def test_without_a_key_nothing_is_sealed(signing_key, settings, tmp_path):
    do(FOUND, key="gm1", name="Een")
    settings.VERBAND_SIGNING_KEY = tmp_path / "none.pem"

    with pytest.raises(NoSigningKey):
        seal(NOW)

    assert not SealedLeaf.objects.exists()


def test_the_worker_seals(signing_key):
    do(FOUND, key="gm1", name="Een")

    tasks.seal_audit_lines(timestamp=0)

    assert latest_checkpoint().size == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_leaves_nothing_and_the_next_one_seals(signing_key, monkeypatch):
    do(FOUND, key="gm1", name="Een")
    do(FOUND, key="gm2", name="Twee")

    def killed(size, root):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(sealing, "sign", killed)
        with pytest.raises(SystemExit):
            seal(NOW)
    left = SealedLeaf.objects.count() + MerkleNode.objects.count()
    seal(NOW)

    assert left == 0
    assert latest_checkpoint().size == 2


@pytest.mark.django_db(transaction=True)
def test_two_sealers_and_many_writers_at_once_make_one_tree(signing_key):
    failures = []

    def work(what, *arguments, **named):
        try:
            what(*arguments, **named)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    def write(first):
        for number in range(first, first + 8):
            do(FOUND, key=f"gm{number}", name="Gelijk")

    def keep_sealing():
        for _ in range(8):
            seal(NOW)

    threads = [threading.Thread(target=work, args=(write, 100 * n)) for n in range(3)]
    threads += [threading.Thread(target=work, args=(keep_sealing,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal(NOW)

    assert not failures
    assert list(SealedLeaf.objects.values_list("index", flat=True)) == list(range(24))
    assert bytes(latest_checkpoint().root) == root_of(records())


@pytest.mark.django_db(transaction=True)
def test_a_line_that_commits_late_gets_a_later_place(signing_key):
    written, may_commit = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                AuditLine.objects.create(
                    at=NOW,
                    use_case="tests.slow",
                    actor="t",
                    actor_label="t",
                    details={},
                    salt=bytes(16),
                    subjects=[],
                    record={"at": NOW.isoformat(), "rows": []},
                )
                written.set()
                may_commit.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    do(FOUND, key="gm1", name="Snel")
    seal(NOW)
    may_commit.set()
    thread.join()
    seal(NOW)

    late, quick = AuditLine.objects.order_by("id")
    assert (late.use_case, late.seal.index, quick.seal.index) == ("tests.slow", 1, 0)
