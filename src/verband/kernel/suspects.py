"""Which column of a changed row was changed: found by trying what it may have been.

A digest covers a whole row, so it cannot say which column differs. But most changes are small: one
character, another day, another choice, another key. Each is tried until the digest fits again.
"""

import hashlib
import string
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.db import models

from verband.kernel.journal import canonical, columns_of

ALPHABET = string.printable[:95] + "áäçéèëíïóöúüÉ\u2013\u2019"
NEAR = 20_000  # days and numbers on either side that are tried
LONGEST = 400  # characters of text in which one is changed, added or removed


def what_it_was(
    model: type[models.Model], content: dict[str, str | None], salt: bytes, wanted: str
) -> tuple[str, str] | None:
    """The one column that differs and what it was, if that can be found.

    ``content`` is the row as it is, ``wanted`` the digest of the row as it was.
    """
    target = bytes.fromhex(wanted)
    for column in columns_of(model):
        name = column.attname
        if name not in content or column.primary_key:
            continue
        # Everything before and after the column is the same for each try.
        before, after = canonical({**content, name: "\u0000"}).split(canonical("\u0000"))
        start = hashlib.sha256(salt + before)
        for was in _candidates(column, content[name]):
            tried = start.copy()
            tried.update(canonical(was) + after)
            if tried.digest() == target:
                return name, "-" if was is None else was
    return None


def _candidates(column: "models.Field[Any, Any]", now: str | None) -> Iterator[str | None]:
    yield from (None, "", "true", "false")
    yield from (str(value) for value, _label in column.flatchoices)
    if isinstance(column, models.DateTimeField):
        yield from _one_character(now or "", "0123456789")
    elif isinstance(column, models.DateField):
        middle = date.fromisoformat(now) if now else date(2000, 1, 1)
        yield from (
            (middle + timedelta(days=step)).isoformat()
            for step in _steps(min(NEAR, (middle - date.min).days, (date.max - middle).days))
        )
    elif isinstance(column, (models.IntegerField, models.ForeignKey)):
        middle_number = int(now) if now else 0
        yield from (str(middle_number + step) for step in _steps(NEAR))
    else:
        yield from _one_character((now or "")[:LONGEST], ALPHABET, rest=(now or "")[LONGEST:])


def _steps(most: int) -> Iterator[int]:
    """1, -1, 2, -2 and so on."""
    return chain.from_iterable((step, -step) for step in range(1, most + 1))


def _one_character(text: str, alphabet: str, rest: str = "") -> Iterator[str]:
    for place in range(len(text) + 1):
        before, at, after = text[:place], text[place : place + 1], text[place + 1 :]
        for letter in alphabet:
            yield before + letter + after + rest
            yield before + letter + at + after + rest
        yield before + after + rest
