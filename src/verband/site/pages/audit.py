"""Verification: the size of the tree, its signed checkpoints, and the proof of one line."""

import base64
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.core.errors import DomainError
from verband.kernel.audit import AuditLine
from verband.kernel.export import receipt
from verband.kernel.sealing import Checkpoint, latest_checkpoint, place_of, proof_at, unsealed
from verband.kernel.signing import NoSigningKey, origin, trusted_keys, verifier_key
from verband.site.authority import sees_details
from verband.ui.component import Component, Link
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Fact, Facts, Figure, Figures
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import moment, number, sentence

PER_PAGE = 20
LARGEST = 2**63 - 1  # of a line number in the database


class NoSuchLine(DomainError):
    """No audit line has this number."""

    code = "no_such_line"
    template = "There is no audit line %(line)s. Choose a number from the list of a thing."


class UnreadableLine(DomainError):
    """What was typed is not a line number."""

    code = "unreadable_line"
    template = "Write the number of the line in digits, as 120."


@dataclass(frozen=True)
class Hash(Component):
    """Bytes in base64, broken wherever a line ends."""

    words: str


@dataclass(frozen=True)
class Block(Component):
    """A text to keep as it is, with a button that copies it where the browser can."""

    text: str
    label: str
    id: str


@dataclass(frozen=True)
class Proof:
    """That one line is in the tree: the hashes that lead to the signed root."""

    title: str
    facts: Facts
    steps: Ledger
    download: Link


@dataclass(frozen=True)
class AuditPage(Page):
    """What anyone may verify."""

    figures: Figures | None = None
    checkpoints: Ledger | None = None
    note: Block | None = None
    keys: tuple[Block, ...] = ()
    keys_missing: str = ""
    asked: str = ""
    refused: str = ""
    proof: Proof | None = None
    lines: Link | None = None


def audit_page(request: Any) -> AuditPage:
    """The page for a request; ``?line=`` asks for the proof of one line."""
    reading: Reading = request.reading
    query = Query.of(request)
    asked = query.get("line").strip()[:40]
    latest = latest_checkpoint()
    keys, missing = _keys()
    refused, proof = "", None
    if asked:
        try:
            proof = proof_of(line_asked(asked), query)
        except DomainError as refusal:
            refused = sentence(refusal)
    return AuditPage(
        title=_title(latest),
        reading=reading,
        lead=_(
            "Every act gets a line. The lines are sealed in a tree of hashes, and its root is"
            " signed. Who keeps a root can prove later that no line was changed or left out."
        ),
        figures=_figures(latest, reading),
        checkpoints=_checkpoints(query),
        note=Block(latest.note.text, _("Last checkpoint"), "checkpoint") if latest else None,
        keys=keys,
        keys_missing=missing,
        asked=asked,
        refused=refused,
        proof=proof,
        lines=Link(_("All audit lines"), reverse("audit_lines")) if sees_details(request) else None,
    )


def line_asked(text: str) -> AuditLine:
    """The line with this number.

    Raises:
        UnreadableLine: it is no number.
        NoSuchLine: there is no such line.
    """
    digits = text.translate({ord(sign): None for sign in ".,  "})  # 8.476 as the page writes it
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 19 or int(digits) > LARGEST:
        raise UnreadableLine()
    found = AuditLine.objects.filter(pk=int(digits)).first()
    if found is None:
        raise NoSuchLine(line=int(digits))
    return found


def _title(latest: Checkpoint | None) -> str:
    if latest is None:
        return _("No audit line is sealed yet")
    words = ngettext(
        "%(count)s audit line is sealed and signed",
        "%(count)s audit lines are sealed and signed",
        latest.size,
    )
    return words % {"count": number(latest.size)}


def _keys() -> tuple[tuple[Block, ...], str]:
    try:
        keys = trusted_keys()
    except NoSigningKey:
        return (), _("The public key of this site is not set up. Ask the bureau for it.")
    names = [verifier_key(origin(), key) for key in keys]
    return tuple(Block(name, _("Public key"), f"key-{i}") for i, name in enumerate(names)), ""


def _figures(latest: Checkpoint | None, reading: Reading) -> Figures:
    waiting = unsealed().count()
    signed = moment(latest.at, near=reading.now) if latest else "–"
    return Figures(
        (
            Figure(_("Lines in the tree"), latest.size if latest else 0),
            Figure(_("Not sealed yet"), waiting, _("sealed every minute")),
            Figure(_("Last signed"), signed),
        ),
        ruled=True,
    )


def _checkpoints(query: Query) -> Ledger:
    rows = Checkpoint.objects.order_by("-size")
    pager = Pager.of(query, total=rows.count(), per_page=PER_PAGE)
    return Ledger(
        caption=_("Signed checkpoints, the latest first"),
        columns=(
            Column(_("Lines"), kind="number"),
            Column(_("Signed at")),
            Column(_("Root (base64)")),
            Column(_("Signature (base64)"), kind="quiet"),
        ),
        rows=tuple(
            Row((it.size, moment(it.at), _text(it.root), _text(it.signature)))
            for it in rows[pager.slice]
        ),
        empty=EmptyState(_("Nothing is sealed yet.")),
        name="checkpoints",
        query=query,
        pager=pager,
    )


def _text(value: bytes | memoryview) -> Hash:
    return Hash(base64.b64encode(bytes(value)).decode())


def proof_of(line: AuditLine, query: Query) -> Proof:
    """The proof that a line is in the tree of the newest checkpoint.

    Raises:
        NothingSealed, NotSealed: there is nothing to prove against yet.
    """
    receipt(line)
    newest = latest_checkpoint()
    size = newest.size if newest else 0
    index = place_of(line)
    steps = proof_at(index, size)
    return Proof(
        _("Line %(line)s is in the tree") % {"line": number(line.pk)},
        Facts(
            (
                Fact(_("Place in the tree"), index),
                Fact(_("Tree of so many lines"), size),
                Fact(_("Hash of the line"), _text(line.seal.hash)),
                Fact(_("Signed root"), _text(newest.root) if newest else "–"),
            )
        ),
        Ledger(
            caption=_("Hashes that lead from the line to the root"),
            columns=(Column(_("Step"), kind="number"), Column(_("Hash (base64)"))),
            rows=tuple(Row((i, _text(step))) for i, step in enumerate(steps, 1)),
            empty=EmptyState(_("The line is the whole tree: no other hash is needed.")),
            name="proof",
            query=query,
        ),
        Link(_("The proof as a file"), reverse("audit_proof", args=[line.pk])),
    )
