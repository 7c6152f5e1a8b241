"""Secrets that lie in the database only in sealed form.

A copy of the database alone does not open them: the key is derived from ``SECRET_KEY``, which is
kept elsewhere. After a change of that key the former ones (``VERBAND_OLD_SECRET_KEYS``) still open.
Fernet (cryptography): AES-128-CBC with HMAC-SHA256.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

LONGEST = 79  # bytes that, sealed, fit the column of the sign-in library


def seal(secret: str) -> str:
    """A secret as it is stored."""
    return _keys().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret again; empty when none of our keys opens it, so that the provider refuses it."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def _keys() -> MultiFernet:
    found = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in found])


def _derived(key: str) -> bytes:
    digest = hashlib.sha256(b"verband.members.sealed:" + key.encode()).digest()
    return base64.urlsafe_b64encode(digest)
