"""Signed checkpoints: what the association says, with its key, that the audit tree is.

The text is that of the public transparency logs, so that their tools and witnesses can read it:
three lines (origin, number of lines, root in base64), an empty line, a signature line with Ed25519.

Sources: C2SP, *Transparency Log Checkpoints* (tlog-checkpoint) and *Note signing* (signed-note);
RFC 8032 for Ed25519.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from verband.core.errors import DomainError

ED25519 = b"\x01"  # the signature type in a key and in its id (signed-note)


class NoSigningKey(DomainError):
    """The key that signs checkpoints is not there or is not readable."""

    code = "no_signing_key"
    template = (
        "The key that signs the audit tree cannot be read (%(path)s). Set VERBAND_SIGNING_KEY to"
        " a file with an Ed25519 key in PEM."
    )


def signing_key() -> Ed25519PrivateKey:
    """The key of ``VERBAND_SIGNING_KEY``.

    Raises:
        NoSigningKey: it is not there, or is not an Ed25519 key.
    """
    path = settings.VERBAND_SIGNING_KEY
    if not path:
        raise NoSigningKey(path="VERBAND_SIGNING_KEY")
    try:
        key = load_pem_private_key(Path(path).read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise NoSigningKey(path=path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoSigningKey(path=path)
    return key


def trusted_keys() -> list[bytes]:
    """The public keys whose checkpoints count: the present one, then the former ones, in hex."""
    former: Iterable[str] = settings.VERBAND_FORMER_SIGNING_KEYS
    return [public_bytes(signing_key()), *(bytes.fromhex(text) for text in former)]


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public half of a key."""
    return key.public_key().public_bytes_raw()


def origin() -> str:
    """The name of this tree: ``VERBAND_AUDIT_NAME``, else the site's address and ``/audit``.

    Checkpoints are signed under it, so that it stays when the address changes.
    """
    address = str(settings.VERBAND_BASE_URL).split("://")[-1]
    return settings.VERBAND_AUDIT_NAME or f"{address}/audit"


def key_id(name: str, public: bytes) -> bytes:
    """Four bytes that tell which key signed (signed-note)."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """A public key as a witness keeps it: name, id and key in one text (signed-note)."""
    shown = base64.b64encode(ED25519 + public).decode()
    return f"{name}+{key_id(name, public).hex()}+{shown}"


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint: the root over the first ``size`` lines, as signed by a key."""

    origin: str
    size: int
    root: bytes
    key_id: bytes
    signature: bytes

    @property
    def body(self) -> str:
        """What is signed."""
        return body(self.origin, self.size, self.root)

    @property
    def text(self) -> str:
        """The signed note as it is published."""
        signed = base64.b64encode(self.key_id + self.signature).decode()
        return f"{self.body}\n\u2014 {self.origin} {signed}\n"

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the signature is that of this public key."""
        if key_id(self.origin, public) != self.key_id:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.signature, self.body.encode())
        except InvalidSignature:
            return False
        return True


def body(name: str, size: int, root: bytes) -> str:
    """Origin, size and root, each on its line (tlog-checkpoint).

    >>> print(body("verband.example/audit", 1, bytes(32)), end="")
    verband.example/audit
    1
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    """
    return f"{name}\n{size}\n{base64.b64encode(root).decode()}\n"


def sign(size: int, root: bytes) -> Note:
    """Sign the root over ``size`` lines with the key of this site.

    Raises:
        NoSigningKey: there is no readable key.
    """
    key, name = signing_key(), origin()
    signature = key.sign(body(name, size, root).encode())
    return Note(name, size, root, key_id(name, public_bytes(key)), signature)
