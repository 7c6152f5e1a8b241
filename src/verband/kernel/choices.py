"""Choices in words, for pages that show hundreds of them."""

from functools import lru_cache
from typing import Any

from django.db import models


@lru_cache(maxsize=256)
def _words_of(field: "models.Field[Any, Any]") -> dict[Any, Any]:
    """The choices of a column with their words, which are translated when they are shown."""
    return dict(field.flatchoices or ())


def choice_in_words(row: models.Model, field: "models.Field[Any, Any]") -> str:
    """What ``get_…_display`` answers.

    Django's own translates and hashes every choice of the column each time it is asked; a page asks
    hundreds of times.
    """
    value = getattr(row, field.attname)
    return str(_words_of(field).get(value, value))
