"""Every sentence is said in Dutch too, whole, once, and in the voice of the association."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib

SOURCE = Path(__file__).parents[2] / "src" / "verband"
PLACEHOLDER = re.compile(r"%\((\w+)\)")


def entries() -> Iterator[tuple[str, polib.POEntry]]:
    """Every sentence of every app, with the app's name."""
    catalogues = sorted(SOURCE.glob("*/locale/nl/LC_MESSAGES/django.po"))
    assert len(catalogues) >= 8
    for path in catalogues:
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                yield path.parents[3].name, entry


def forms(entry: polib.POEntry) -> list[str]:
    """The Dutch of a sentence: one form, or one for each number."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_sentence_has_its_dutch() -> None:
    missing = [
        f"{app}: {entry.msgid}"
        for app, entry in entries()
        if entry.fuzzy or not all(form.strip() for form in forms(entry))
    ]

    assert missing == []


def test_the_dutch_names_what_the_english_names() -> None:
    """In one of several, the number may be a word; nothing else is left out or added."""
    wrong = []
    for app, entry in entries():
        asked = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        spared = {"count", "number"} if entry.msgid_plural else set()
        for form in forms(entry):
            named = set(PLACEHOLDER.findall(form))
            if named - asked or asked - named - spared:
                wrong.append(f"{app}: {entry.msgid} -> {form}")

    assert wrong == []


def test_nobody_is_shouted_at() -> None:
    shouted = [
        f"{app}: {text}"
        for app, entry in entries()
        for text in (entry.msgid, *forms(entry))
        if "!" in text
    ]

    assert shouted == []


def test_one_sentence_has_one_dutch_in_the_whole_house() -> None:
    """Django lays the catalogues of the apps on one heap, so that one of two would be lost."""
    said: dict[tuple[str | None, str], dict[tuple[str, ...], list[str]]] = defaultdict(dict)
    for app, entry in entries():
        key = (entry.msgctxt, entry.msgid)
        said[key].setdefault(tuple(forms(entry)), []).append(app)

    different = {key[1]: found for key, found in said.items() if len(found) > 1}

    assert different == {}
