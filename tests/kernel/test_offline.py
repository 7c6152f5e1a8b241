import hashlib
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.audited import FOUND, NOW, do
from verband.kernel.audit import AuditLine
from verband.kernel.export import FolderInUse, NothingSealed, export, growth, receipt
from verband.kernel.offline import verify_bundle
from verband.kernel.offline.verify_bundle import main, signature_holds
from verband.kernel.sealing import NotSealed, latest_checkpoint, seal
from verband.kernel.signing import verifier_key
from verband.members.models import Organisation

pytestmark = pytest.mark.django_db
BARE = ["manifest.txt", "records.jsonl", "leaves.txt", "checkpoints.txt", "keys.txt"]


@pytest.fixture
def bundle(history, tmp_path):
    folder = tmp_path / "bundle"
    export(folder, with_data=True)
    return folder


def verified(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def rewrite_manifest(folder):
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name != "manifest.txt"
    ]
    (folder / "manifest.txt").write_text("".join(lines))


def spoil(path, place, value):
    data = bytearray(path.read_bytes())
    data[place] = value
    path.write_bytes(bytes(data))
    return data[:place].count(b"\n") + 1


def test_a_bundle_verifies_without_verband(bundle):
    run = subprocess.run(
        [sys.executable, "-I", verify_bundle.__file__, bundle],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )

    assert run.stderr == ""
    assert run.stdout.startswith("Everything is right: 5 records, 2 checkpoints, 11 rows.")
    assert run.returncode == 0


def test_the_script_uses_the_standard_library_only():
    text = Path(verify_bundle.__file__).read_text()
    modules = {
        line.split()[1].split(".")[0]
        for line in text.splitlines()
        if line.startswith(("import ", "from "))
    }

    assert modules <= set(sys.stdlib_module_names)


def test_a_bundle_without_data_tells_nothing_about_people(history, tmp_path, capsys):
    export(tmp_path / "bare", with_data=False)

    assert sorted(path.name for path in (tmp_path / "bare").iterdir()) == sorted(BARE)
    assert b"Gemeente" not in b"".join(p.read_bytes() for p in (tmp_path / "bare").iterdir())
    assert verified(capsys, tmp_path / "bare")[0] == 0


def test_any_one_changed_byte_is_found_and_named(bundle, tmp_path, capsys):
    """Three hundred random bytes over all files; each is named by file, and by its line."""
    chance = random.Random(1962)
    copy = tmp_path / "copy"
    for _ in range(300):
        shutil.copytree(bundle, copy)
        path = copy / chance.choice(sorted(p.name for p in bundle.iterdir()))
        data = path.read_bytes()
        place = chance.randrange(len(data))
        line = spoil(path, place, chance.choice([b for b in range(256) if b != data[place]]))

        code, said = verified(capsys, copy)
        shutil.rmtree(copy)

        assert code == 1
        near = line if path.name != "checkpoints.txt" else 5 * ((line - 1) // 5) + 1
        assert f"{path.name}, line {near}: " in said, (path.name, place, said)


def test_a_changed_byte_is_found_also_when_the_manifest_is_made_to_fit(bundle, tmp_path, capsys):
    chance = random.Random(9162)
    copy = tmp_path / "copy"
    for _ in range(150):
        shutil.copytree(bundle, copy)
        path = copy / chance.choice(sorted({p.name for p in bundle.iterdir()} - {"manifest.txt"}))
        data = path.read_bytes()
        place = chance.randrange(len(data))
        line = spoil(path, place, chance.choice([b for b in range(256) if b != data[place]]))
        rewrite_manifest(copy)

        code, said = verified(capsys, copy)
        shutil.rmtree(copy)

        assert code == 1
        near = line if path.name != "checkpoints.txt" else 5 * ((line - 1) // 5) + 1
        assert f"{path.name}, line {near}: " in said, (path.name, place, said)


def test_only_the_changed_line_is_named(bundle, capsys):
    data = (bundle / "records.jsonl").read_bytes()
    spoil(bundle / "records.jsonl", data.index(b"tests.found"), ord("T"))
    rewrite_manifest(bundle)

    code, said = verified(capsys, bundle)

    assert code == 1
    assert [text for text in said.splitlines() if text.startswith("records")] == [
        "records.jsonl, line 1: this record is not what was sealed."
    ]
    assert "leaves.txt" not in said


def test_a_record_rewritten_with_its_hash_misses_the_signed_root(bundle, capsys):
    records = (bundle / "records.jsonl").read_bytes().replace(b"tests.rename", b"tests.revoke")
    (bundle / "records.jsonl").write_bytes(records)
    hashes = [hashlib.sha256(b"\0" + line).hexdigest() for line in records.splitlines()]
    (bundle / "leaves.txt").write_text("".join(f"{one}\n" for one in hashes))
    rewrite_manifest(bundle)

    code, said = verified(capsys, bundle)

    assert code == 1
    assert "checkpoints.txt, line 7: the records do not give the root that was signed here." in said


@pytest.mark.parametrize("name", ["records.jsonl", "leaves.txt", "checkpoints.txt", "keys.txt"])
def test_a_missing_file_or_a_missing_last_line_is_found(bundle, tmp_path, capsys, name):
    copy = shutil.copytree(bundle, tmp_path / "copy")
    (copy / name).write_bytes(b"".join((copy / name).read_bytes().splitlines(True)[:-1]))
    rewrite_manifest(copy)
    shorter = verified(capsys, copy)[0]
    (copy / name).unlink()
    rewrite_manifest(copy)

    assert (shorter, verified(capsys, copy)[0]) == (1, 1)


def test_only_the_key_that_was_noted_is_believed(bundle, capsys):
    (key,) = (bundle / "keys.txt").read_text().split()
    public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    other = verifier_key(key.split("+")[0], public)

    assert verified(capsys, bundle, "--key", key)[0] == 0
    assert verified(capsys, bundle, "--key", other)[0] == 1


def test_a_checkpoint_kept_earlier_fits_or_does_not(bundle, tmp_path, capsys):
    lines = (bundle / "checkpoints.txt").read_text().splitlines(True)
    kept = tmp_path / "kept.txt"
    kept.write_text("".join(lines[:5]))
    assert verified(capsys, bundle, "--kept", kept)[0] == 0

    kept.write_text("".join(lines[:5]).replace("\n3\n", "\n4\n"))
    assert verified(capsys, bundle, "--kept", kept)[0] == 1


def test_a_receipt_proves_a_line_without_the_bundle(history, bundle, tmp_path, capsys):
    (key,) = (bundle / "keys.txt").read_text().split()
    proof = tmp_path / "proof.json"
    for line in AuditLine.objects.all():
        proof.write_bytes(receipt(line))

        assert verified(capsys, "--key", key, "--proof", proof)[0] == 0

    proof.write_bytes(growth(3, 5))
    assert verified(capsys, bundle, "--proof", proof)[0] == 0


@pytest.mark.parametrize("make", [lambda: receipt(AuditLine.objects.last()), lambda: growth(3, 5)])
def test_any_changed_byte_in_a_proof_is_found(bundle, tmp_path, capsys, make):
    (key,) = (bundle / "keys.txt").read_text().split()
    data, proof = make(), tmp_path / "proof.json"
    for place in random.Random(8032).sample(range(len(data)), 150):
        proof.write_bytes(data)
        spoil(proof, place, data[place] ^ (1 << place % 8))

        code, said = verified(capsys, "--key", key, "--proof", proof)

        assert (code, said) == (1, f"{proof}, line 1: the proof does not hold.\n")


def test_the_sentences_are_dutch_for_who_asks(bundle, capsys):
    spoil(bundle / "leaves.txt", 3, ord("x"))

    said = verified(capsys, bundle, "--language", "nl")[1]

    assert "leaves.txt, regel 1: deze hash is veranderd." in said


def test_a_line_that_is_not_sealed_has_no_receipt(signing_key):
    do(FOUND, key="gm1", name="Een")
    with pytest.raises(NothingSealed):
        receipt(AuditLine.objects.get())
    seal(NOW)
    do(FOUND, key="gm2", name="Twee")
    with pytest.raises(NotSealed):
        receipt(AuditLine.objects.last())


def test_a_bundle_does_not_overwrite(bundle):
    with pytest.raises(FolderInUse):
        export(bundle, with_data=False)


@settings(max_examples=25, deadline=None)
@given(message=st.binary(max_size=80), seed=st.binary(min_size=32, max_size=32), bit=st.integers(0))
def test_our_ed25519_agrees_with_the_library(message, seed, bit):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    spoiled = bytearray(signature)
    spoiled[bit // 8 % 64] ^= 1 << bit % 8

    assert signature_holds(public, message, signature)
    assert not signature_holds(public, message, bytes(spoiled))


def test_ed25519_follows_the_first_vector_of_rfc_8032():
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
        "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )

    assert signature_holds(public, b"", signature)
    assert not signature_holds(public, b"x", signature)


def test_the_command_seals_verifies_exports_and_proves(history, tmp_path, capsys):
    do(FOUND, key="gm9", name="Later")
    call_command("audit", "seal")
    call_command("audit", "verify")
    call_command("audit", "export", str(tmp_path / "out"), "--with-data")
    capsys.readouterr()
    call_command("audit", "prove", str(AuditLine.objects.last().pk))
    proof = json.loads(capsys.readouterr().out)
    call_command("audit", "compare", "3", "6")

    assert proof["index"] == latest_checkpoint().size - 1 == 5
    assert len(json.loads(capsys.readouterr().out)["proof"]) == 4
    assert verified(capsys, tmp_path / "out")[0] == 0


def test_the_command_names_what_is_wrong_and_fails(history, capsys):
    Organisation.objects.create(key="smuggled", kind="other", recorded_from=NOW)

    with pytest.raises(CommandError, match="1"):
        call_command("audit", "verify")
    assert "members_organisation" in capsys.readouterr().out
    call_command("audit", "verify", "--tree-only")
    with pytest.raises(CommandError, match="99999"):
        call_command("audit", "prove", "99999")
    with pytest.raises(CommandError, match="4"):
        call_command("audit", "compare", "4", "5")
