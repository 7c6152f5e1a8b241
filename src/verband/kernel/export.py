"""Writing the audit tree to files that anyone can verify without Verband and without us.

A bundle is a folder. ``records.jsonl`` holds the sealed records, one a line, in the order of the
tree; ``leaves.txt`` their hashes; ``checkpoints.txt`` the signed notes; ``keys.txt`` the public
keys. With the data come ``openings.jsonl`` (actor, details and salt of each line) and
``rows.jsonl`` (each row as it was when a line wrote or closed it, in the order of the records).
``manifest.txt`` holds the SHA-256 of each file. docs/algorithms/audit.md describes the format.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps

from verband.core.errors import DomainError
from verband.kernel.audit import AuditLine
from verband.kernel.journal import as_added, as_content, canonical, columns_of
from verband.kernel.sealing import (
    Checkpoint,
    SealedLeaf,
    checkpoint,
    consistency_proof,
    latest_checkpoint,
    place_of,
    proof_at,
)
from verband.kernel.signing import key_id, trusted_keys, verifier_key
from verband.kernel.two_times import Closing
from verband.kernel.verify import snapshot

CHUNK = 500
Row = tuple[str, int, str, str]
PARTS = ("hash", "line__record", "line__salt", "line__actor", "line__actor_label", "line__details")


class FolderInUse(DomainError):
    """A bundle is only written into a folder of its own."""

    code = "folder_in_use"
    template = "%(folder)s is not empty. Name a new folder for the bundle."


class NothingSealed(DomainError):
    """There is no checkpoint to prove anything against."""

    code = "nothing_sealed"
    template = "Nothing is sealed yet. Seal the audit lines first."


def export(folder: Path, *, with_data: bool) -> int:
    """Write a bundle into ``folder``; returns the number of lines in it.

    Raises:
        FolderInUse: there is something in ``folder`` already.
        NoSigningKey: the public key is not known.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderInUse(folder=folder)
    names = ["records.jsonl", "leaves.txt", "checkpoints.txt", "keys.txt"]
    if with_data:
        names += ["openings.jsonl", "rows.jsonl"]
    with snapshot(), ExitStack() as stack:
        files = {name: stack.enter_context((folder / name).open("wb")) for name in names}
        count = _write_lines(files, with_data=with_data)
        _write_checkpoints(files)
    manifest = "".join(f"{_sha256(folder / name)}  {name}\n" for name in sorted(names))
    (folder / "manifest.txt").write_text(manifest)
    return count


def _write_lines(files: Mapping[str, BinaryIO], *, with_data: bool) -> int:
    leaves = SealedLeaf.objects.order_by("index").values_list(*PARTS).iterator(CHUNK)
    count = 0
    while batch := list(islice(leaves, CHUNK)):
        count += len(batch)
        for leaf, record, salt, actor, label, details in batch:
            files["records.jsonl"].write(canonical(record) + b"\n")
            files["leaves.txt"].write(bytes(leaf).hex().encode() + b"\n")
            if with_data:
                opening = {
                    "actor": {"key": actor, "label": label},
                    "details": details,
                    "salt": bytes(salt).hex(),
                }
                files["openings.jsonl"].write(canonical(opening) + b"\n")
        if with_data:
            for content in _contents([row for _, record, *_ in batch for row in record["rows"]]):
                files["rows.jsonl"].write(canonical(content) + b"\n")
    return count


def _contents(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Each row as it was when it was written or closed, with one query for each table."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for table, key, *_ in rows:
        wanted[table].add(key)
    models = {model._meta.db_table: model for model in apps.get_models()}
    found: dict[tuple[str, int], dict[str, str | None]] = {}
    for table in wanted.keys() & models.keys():
        model = models[table]
        columns = columns_of(model)
        names = [column.attname for column in columns]
        for key, *values in model._base_manager.filter(pk__in=wanted[table]).values_list(
            "pk", *names
        ):
            found[table, key] = as_content(model, columns, values)
    for table, key, verb, _digest in rows:
        content = found.get((table, key))
        if content is None:
            yield {"table": table, "id": str(key), "gone": "true"}
        elif verb in Closing.values:
            yield dict(content)
        else:
            yield dict(as_added(models[table], content))


def _write_checkpoints(files: Mapping[str, BinaryIO]) -> None:
    keys: set[str] = set()
    for found in Checkpoint.objects.order_by("size").iterator(CHUNK):
        files["checkpoints.txt"].write(found.note.text.encode())
        keys.update(keys_of(found))
    files["keys.txt"].write("".join(f"{key}\n" for key in sorted(keys)).encode())


def keys_of(found: Checkpoint) -> list[str]:
    """The public keys with which a checkpoint can be verified."""
    return [
        verifier_key(found.origin, public)
        for public in trusted_keys()
        if key_id(found.origin, public) == bytes(found.key_id)
    ]


def receipt(line: AuditLine) -> bytes:
    """Proof that ``line`` is in the tree of the newest checkpoint, as one line of JSON.

    Raises:
        NothingSealed: there is no checkpoint.
        NotSealed: the line has no place yet.
    """
    newest = latest_checkpoint()
    if newest is None:
        raise NothingSealed
    index = place_of(line)
    value = {
        "checkpoint": newest.note.text,
        "index": index,
        "keys": keys_of(newest),
        "proof": [step.hex() for step in proof_at(index, newest.size)],
        "record": line.record,
    }
    return canonical(value) + b"\n"


def growth(old: int, new: int) -> bytes:
    """Proof that the checkpoint of ``new`` lines only added to that of ``old`` lines.

    Raises:
        NoCheckpoint: no such checkpoint was signed.
        NotInTree: ``old`` is more than ``new``.
    """
    before, after = checkpoint(old), checkpoint(new)
    value = {
        "keys": sorted({*keys_of(before), *keys_of(after)}),
        "new": after.note.text,
        "old": before.note.text,
        "proof": [step.hex() for step in consistency_proof(old, new)],
    }
    return canonical(value) + b"\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
