#!/usr/bin/env python3
"""Verify an exported audit tree of Verband, offline, with nothing but Python 3.11 or later.

    python3 verify_bundle.py FOLDER [--key KEY] [--kept NOTE ...] [--proof FILE ...] [--language nl]

FOLDER is a bundle written by ``audit export``. ``--key`` is the public key as you noted it yourself
(a line of keys.txt); without it the keys in the bundle are believed. ``--kept`` is a checkpoint you
kept earlier: it must fit the lines of today. ``--proof`` is a file made by ``audit prove`` or
``audit compare``; with it FOLDER may be left out if ``--key`` is given.

Each problem is one sentence that names file and line. Exit code 0: everything is right; 1: not.

This script repeats on purpose what the program does, from the published standards alone: RFC 6962
and RFC 9162 (tree and proofs), RFC 8032 (Ed25519), RFC 8785 (JSON), C2SP signed-note and
tlog-checkpoint. So it does not believe the program.
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

Point = tuple[int, int, int, int]
Key = tuple[str, bytes, bytes]  # name, id, public key
Problem = tuple[str | Path, int | None, str, tuple[object, ...]]  # file, line, code, values


class Note(NamedTuple):
    """A checkpoint whose signature holds."""

    size: int
    root: bytes


# Ed25519, RFC 8032, section 5.1, in extended homogeneous coordinates.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def add(a: Point, b: Point) -> Point:
    """Sum of two points (RFC 8032, section 5.1.4)."""
    low = (a[1] - a[0]) * (b[1] - b[0]) % P
    high = (a[1] + a[0]) * (b[1] + b[0]) % P
    cross, double = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = high - low, double - cross, double + cross, high + low
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A multiple of a point."""
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def decode_point(data: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None (RFC 8032, section 5.1.3)."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def encode_point(point: Point) -> bytes:
    """The 32 bytes that stand for a point."""
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = cast(Point, decode_point((4 * pow(5, -1, P) % P).to_bytes(32, "little")))


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature is right (RFC 8032, section 5.1.7)."""
    key, scalar = decode_point(public), int.from_bytes(signature[32:], "little")
    if key is None or scalar >= L:
        return False
    hashed = hashlib.sha512(signature[:32] + public + message).digest()
    minus_key = (P - key[0], key[1], 1, P - key[3])
    right = times(int.from_bytes(hashed, "little") % L, minus_key)
    return encode_point(add(times(scalar, BASE), right)) == signature[:32]


def leaf_hash(record: bytes) -> bytes:
    """RFC 6962, section 2.1."""
    return hashlib.sha256(b"\x00" + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962, section 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing Merkle tree; keeps the complete subtrees only."""

    def __init__(self) -> None:
        self.size = 0
        self.hashes: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add a leaf."""
        rest = self.size
        while rest & 1:
            leaf, rest = node_hash(self.hashes.pop(), leaf), rest >> 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over the leaves so far."""
        if not self.hashes:
            return hashlib.sha256(b"").digest()
        result = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            result = node_hash(left, result)
        return result


def walk(node: int, last: int, steps: list[bytes], start: bytes) -> tuple[bytes, bytes] | None:
    """The two roots to which a proof leads: over the older and over all leaves, or None."""
    before = after = start
    for step in steps:
        if last == 0:
            return None
        if node & 1 or node == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, step)
        node, last = node >> 1, last >> 1
    return None if last else (before, after)


def included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """RFC 9162, section 2.1.3.2."""
    found = walk(index, size - 1, proof, leaf) if 0 <= index < size else None
    return found is not None and found[1] == root


def consistent(old: Note, new: Note, proof: list[bytes]) -> bool:
    """RFC 9162, section 2.1.4.2, for two notes."""
    if old.size == new.size:
        return not proof and old.root == new.root
    steps = proof if old.size & (old.size - 1) else [old.root, *proof]
    if not steps or not 0 < old.size < new.size:
        return False
    node, last = old.size - 1, new.size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    return walk(node, last, steps[1:], steps[0]) == (old.root, new.root)


def canonical(value: object) -> bytes:
    """JSON in one form only (RFC 8785, for texts and whole numbers)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def from_json(data: bytes) -> Any:
    """The value of canonical JSON, or None when it is not that."""
    try:
        value = json.loads(data)
        return value if canonical(value) == data else None
    except (ValueError, UnicodeError, RecursionError):
        return None


def from_base64(text: str, length: int) -> bytes | None:
    """Bytes of a given length, or None; only the one right spelling is taken."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) == length and base64.b64encode(data).decode() == text else None


def from_hex(text: object, length: int) -> bytes | None:
    """Bytes of a given length, or None; only lower case is taken."""
    if not isinstance(text, str) or not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", text):
        return None
    return bytes.fromhex(text)


def well_formed(record: object) -> bool:
    """Whether a record says which rows it wrote."""
    rows = record.get("rows") if isinstance(record, dict) else None
    return isinstance(rows, list) and all(isinstance(r, list) and len(r) == 4 for r in rows)


def read_key(text: str) -> Key | None:
    """(name, id, key) of a public key in the form name+id+base64, or None."""
    name, _, rest = text.partition("+")
    shown_id, _, shown_key = rest.partition("+")
    key = from_base64(shown_key, 33)
    if not name or key is None or key[0] != 1:
        return None
    key_id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    return (name, key_id, key[1:]) if key_id.hex() == shown_id else None


def read_note(text: str, keys: list[Key]) -> Note | None:
    """A checkpoint whose signature holds under one of ``keys``, or None."""
    parts = text.split("\n")
    if len(parts) != 6 or parts[3] or parts[5] or not re.fullmatch("0|[1-9][0-9]*", parts[1]):
        return None
    name, root = parts[0], from_base64(parts[2], 32)
    dash, _, rest = parts[4].partition(" ")
    signer, _, shown = rest.rpartition(" ")
    signed = from_base64(shown, 68)
    if root is None or signed is None or dash != "\u2014" or signer != name:
        return None
    message = "\n".join(parts[:3]).encode() + b"\n"
    for key_name, key_id, public in keys:
        if (key_name, key_id) == (name, signed[:4]) and signature_holds(
            public, message, signed[4:]
        ):
            return Note(int(parts[1]), root)
    return None


# As far as here verify_vote.py takes this text over, from the imports on: see SHARED there.

SENTENCES = {  # code: English, Dutch
    "file": (
        "the file is not as it was exported",
        "het bestand is niet zoals het werd uitgevoerd",
    ),
    "missing": ("the file is missing", "het bestand ontbreekt"),
    "manifest": ("this line was changed", "deze regel is veranderd"),
    "record": ("this record is not what was sealed", "deze regel is niet wat verzegeld werd"),
    "leaf": ("this hash was changed", "deze hash is veranderd"),
    "key": ("this is not a sound public key", "dit is geen deugdelijke openbare sleutel"),
    "note": (
        "this checkpoint was changed or is not signed with a known key",
        "dit controlepunt is veranderd of niet met een bekende sleutel ondertekend",
    ),
    "root": (
        "the records do not give the root that was signed here",
        "de regels geven niet de wortel die hier ondertekend werd",
    ),
    "unsigned": (
        "the last checkpoint does not sign all records",
        "het laatste controlepunt ondertekent niet alle regels",
    ),
    "opening": (
        "actor, details or salt are not what was sealed",
        "handelende, bijzonderheden of zout zijn niet wat verzegeld werd",
    ),
    "row": (
        "this row (%s) is not what record %s wrote",
        "deze rij (%s) is niet wat regel %s schreef",
    ),
    "extra": ("no record speaks of this line", "geen enkele regel spreekt hiervan"),
    "proof": ("the proof does not hold", "het bewijs klopt niet"),
    "kept": (
        "the checkpoint you kept does not fit: the past was changed",
        "het bewaarde controlepunt past niet: het verleden is veranderd",
    ),
    "right": (
        "Everything is right: %s records, %s checkpoints, %s rows.",
        "Alles klopt: %s regels, %s controlepunten, %s rijen.",
    ),
    "believed": (
        "The keys of the bundle were believed. Compare them with the ones you noted:",
        "De sleutels in de bundel zijn geloofd. Vergelijk ze met de sleutels die u noteerde:",
    ),
}


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers; the last must end too."""
    if path.exists():
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                yield number, line[:-1] if line.endswith(b"\n") else line + b"\x00"


class Bundle:
    """One verification; ``problems`` collects (file, line, code, values)."""

    def __init__(self, folder: Path, key: Key | None) -> None:
        self.folder = folder
        self.kept: list[tuple[Path, Note]] = []
        self.problems: list[Problem] = []
        self.records = self.checkpoints = self.rows = 0
        self.keys = self.read_keys() if key is None else [key]

    def wrong(self, name: str | Path, line: int | None, code: str, *values: object) -> None:
        """Note a problem."""
        self.problems.append((name, line, code, values))

    def verify(self) -> None:
        """Do everything."""
        self.check_manifest()
        notes = self.read_notes()
        self.check_records(notes)
        if (self.folder / "openings.jsonl").exists() or (self.folder / "rows.jsonl").exists():
            self.check_data()

    def read_keys(self) -> list[Key]:
        """The keys of the bundle."""
        keys = []
        for number, line in lines_of(self.folder / "keys.txt"):
            key = read_key(line.decode(errors="replace"))
            if key is None:
                self.wrong("keys.txt", number, "key")
            else:
                keys.append(key)
        return keys

    def check_manifest(self) -> None:
        """Each file is the one that was exported, and the manifest names each file."""
        names = {p.name for p in self.folder.iterdir()} - {"manifest.txt"}
        said = {}
        for number, line in lines_of(self.folder / "manifest.txt"):
            found = re.fullmatch(rb"([0-9a-f]{64})  ([a-z]+\.[a-z]+)", line)
            if found is None or found[2].decode() not in names:
                self.wrong("manifest.txt", number, "manifest")
                continue
            said[found[2].decode()] = found[1].decode()
        if not said:
            self.wrong("manifest.txt", None, "missing")
        for name in sorted(names):
            with (self.folder / name).open("rb") as file:
                if said.get(name) != hashlib.file_digest(file, "sha256").hexdigest():
                    self.wrong(name, None, "file")
        for name in sorted({"records.jsonl", "leaves.txt", "checkpoints.txt"} - names):
            self.wrong(name, None, "missing")

    def read_notes(self) -> list[tuple[int, Note]]:
        """The signed checkpoints as (line, note), each of five lines."""
        notes: list[tuple[int, Note]] = []
        part: list[str] = []
        last = 0
        for number, line in lines_of(self.folder / "checkpoints.txt"):
            part.append(line.decode(errors="replace"))
            if len(part) == 5:
                note = read_note("\n".join([*part, ""]), self.keys)
                if note is None or note.size <= last:
                    self.wrong("checkpoints.txt", number - 4, "note")
                else:
                    notes.append((number - 3, note))
                    last = note.size
                self.checkpoints += 1
                part = []
        if part:
            self.wrong("checkpoints.txt", 5 * self.checkpoints + 1, "note")
        return notes

    def check_records(self, notes: list[tuple[int, Note]]) -> None:
        """Records give leaves, leaves give the roots that were signed."""
        sizes = {note.size for _, note in notes} | {note.size for _, note in self.kept}
        by_record, by_leaf = Tree(), Tree()
        roots: dict[int, tuple[bytes, bytes]] = {}
        differ: list[int] = []
        leaves = lines_of(self.folder / "leaves.txt")
        for number, record in lines_of(self.folder / "records.jsonl"):
            leaf, said = leaf_hash(record), next(leaves, (0, b""))[1]
            by_record.add(leaf)
            if leaf.hex().encode() != said:
                differ.append(number)
            by_leaf.add(from_hex(said.decode(errors="replace"), 32) or bytes(32))
            if number in sizes:
                roots[number] = (by_record.root(), by_leaf.root())
        self.records = by_record.size
        for number, _ in leaves:
            differ.append(number)
            break
        self.name_differences(differ, notes, roots)
        for line, note in notes:
            if note.root not in roots.get(note.size, ()):
                self.wrong("checkpoints.txt", line, "root")
        if self.records and (not notes or notes[-1][1].size != self.records):
            self.wrong("checkpoints.txt", None, "unsigned")
        for name, note in self.kept:
            if roots.get(note.size, ("",))[0] != note.root:
                self.wrong(name, None, "kept")

    def name_differences(
        self,
        differ: list[int],
        notes: list[tuple[int, Note]],
        roots: dict[int, tuple[bytes, bytes]],
    ) -> None:
        """Say which of a record and its hash was changed: the one that misses the signed root."""
        for number in differ[:100]:
            signed = next((n for _, n in notes if n.size >= number), None)
            by_record, by_leaf = roots.get(signed.size, (b"", b"")) if signed else (b"", b"")
            if signed is None or by_record != signed.root:
                self.wrong("records.jsonl", number, "record")
            if signed is None or by_leaf != signed.root:
                self.wrong("leaves.txt", number, "leaf")

    def check_data(self) -> None:
        """Openings and rows are what the records sealed."""
        openings = lines_of(self.folder / "openings.jsonl")
        rows = lines_of(self.folder / "rows.jsonl")
        for number, line in lines_of(self.folder / "records.jsonl"):
            record = from_json(line)
            if not well_formed(record):
                return  # named already; which rows belong to the rest cannot be said
            salt = self.check_opening(number, next(openings, (number, b""))[1], record)
            for table, key, _verb, said in record["rows"]:
                place, row = next(rows, (self.rows + 1, b""))
                self.rows += 1
                if salt is not None and hashlib.sha256(salt + row).hexdigest() != said:
                    self.wrong("rows.jsonl", place, "row", f"{table} {key}", number)
        for name, rest in (("openings.jsonl", openings), ("rows.jsonl", rows)):
            for number, _ in rest:
                self.wrong(name, number, "extra")
                break

    def check_opening(self, number: int, line: bytes, record: dict[str, Any]) -> bytes | None:
        """The salt of a record, if the opening is what was sealed."""
        opening = from_json(line)
        if isinstance(opening, dict) and set(opening) == {"actor", "details", "salt"}:
            salt = from_hex(opening["salt"], 16)
            if salt is not None and all(
                hashlib.sha256(salt + canonical(opening[part])).hexdigest() == record.get(part)
                for part in ("actor", "details")
            ):
                return salt
        self.wrong("openings.jsonl", number, "opening")
        return None


def proof_holds(data: bytes, keys: list[Key]) -> bool:
    """Whether a proof file holds: of a line in a tree, or of a tree that only grew."""
    value = from_json(data[:-1]) if data.endswith(b"\n") else None
    if not isinstance(value, dict):
        return False
    own = [key for text in value.get("keys", []) if (key := read_key(str(text)))]
    proof = [step for text in value.get("proof", []) if (step := from_hex(text, 32))]
    whole = len(own) == len(value.get("keys", [])) and len(proof) == len(value.get("proof", []))
    if not whole or not own or any(key not in keys for key in own):
        return False
    if set(value) == {"checkpoint", "index", "keys", "proof", "record"}:
        note = read_note(str(value["checkpoint"]), own)
        leaf = leaf_hash(canonical(value["record"]))
        index = value["index"]
        if note is None or not isinstance(index, int):
            return False
        return included(leaf, index, note.size, proof, note.root)
    if set(value) == {"keys", "new", "old", "proof"}:
        old, new = read_note(str(value["old"]), own), read_note(str(value["new"]), own)
        return old is not None and new is not None and consistent(old, new, proof)
    return False


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, verify, print the problems."""
    parser = argparse.ArgumentParser(description="Verify an exported audit tree.")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--key")
    parser.add_argument("--kept", action="append", default=[], type=Path)
    parser.add_argument("--proof", action="append", default=[], type=Path)
    parser.add_argument("--language", choices=["en", "nl"], default="en")
    given = parser.parse_args(arguments)
    language = ["en", "nl"].index(given.language)
    key = read_key(given.key) if given.key else None
    if given.key and key is None:
        parser.error(SENTENCES["key"][language])
    if given.folder is None and (key is None or not given.proof):
        parser.error("FOLDER, or --key and --proof")
    if given.folder is not None and not given.folder.is_dir():
        parser.error(f"{given.folder}: {SENTENCES['missing'][language]}")
    bundle = Bundle(given.folder, key) if given.folder else None
    keys = bundle.keys if bundle else [key] if key else []
    problems: list[Problem] = []
    for path in given.kept:
        note = read_note(path.read_bytes().decode(errors="replace"), keys)
        if note is None or bundle is None:
            problems.append((path, None, "note", ()))
        else:
            bundle.kept.append((path, note))
    if bundle is not None:
        bundle.verify()
        problems += bundle.problems
    for path in given.proof:
        if not proof_holds(path.read_bytes(), keys):
            problems.append((path, 1, "proof", ()))
    return report(problems, bundle, key, language)


def report(problems: list[Problem], bundle: Bundle | None, key: Key | None, language: int) -> int:
    """Print the outcome; returns the exit code."""
    line_word = ["line", "regel"][language]
    for name, line, code, values in problems:
        place = f"{name}, {line_word} {line}" if line else f"{name}"
        print(f"{place}: {SENTENCES[code][language] % values}.")
    if problems:
        return 1
    counts = (bundle.records, bundle.checkpoints, bundle.rows) if bundle else (0, 0, 0)
    print(SENTENCES["right"][language] % counts)
    if bundle and key is None:
        print(SENTENCES["believed"][language])
        for name, key_id, public in bundle.keys:
            print(f"  {name}+{key_id.hex()}+{base64.b64encode(bytes([1]) + public).decode()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
