"""Translations, from the text that people edit to the form that is read, when that is older."""

import os
from pathlib import Path

import polib

from verband.site.launch.paths import SOURCE
from verband.site.launch.words import cannot_write


def compile_all() -> list[Path]:
    """Compile every ``.po`` that is newer than its ``.mo``; return what was made."""
    made = []
    for text in sorted((SOURCE / "verband").glob("*/locale/*/LC_MESSAGES/*.po")):
        compiled = text.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= text.stat().st_mtime:
            continue
        aside = compiled.with_suffix(f".{os.getpid()}")
        try:
            polib.pofile(str(text)).save_as_mofile(str(aside))
            aside.replace(compiled)
        except OSError as error:
            raise cannot_write(error, compiled.parent) from error
        made.append(compiled)
    return made
