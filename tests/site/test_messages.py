"""Every sentence that is shown is found, and a translation that went wrong is named."""

from pathlib import Path

import polib
import pytest

from verband.site.messages import (
    Message,
    Unreadable,
    catalogue_path,
    collect,
    faults,
    write_catalogue,
)

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
from verband.core.errors import DomainError

class NotYet(DomainError):
    code, template = "not_yet", "%(body)s has not met."

class NeverYet(NotYet):
    template = "Nobody met."

class Component:
    template = "ui/bar.html"

def page(n, label):
    return _("Seats"), _(label), pgettext_lazy("month", "May"), (
        ngettext("%(n)s seat", "%(n)s seats", n)
    )
"""
PAGE = """{% load i18n %}<h1>{% translate "Bodies" %}</h1>
{% blocktranslate with day=it.day trimmed %}
  Ends on {{ day }}.
{% endblocktranslate %}"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one app."""
    (tmp_path / "bodies" / "templates" / "bodies").mkdir(parents=True)
    (tmp_path / "bodies" / "rules.py").write_text(CODE)
    (tmp_path / "bodies" / "templates" / "bodies" / "body.html").write_text(PAGE)
    return tmp_path


def test_calls_refusals_and_templates_are_collected(package: Path) -> None:
    found = collect(package)

    assert set(found) == {package / "bodies"}
    assert set(found[package / "bodies"]) == {
        Message("%(body)s has not met."),
        Message("Nobody met."),
        Message("Seats"),
        Message("%(n)s seat", plural="%(n)s seats"),
        Message("May", context="month"),
        Message("Bodies"),
        Message("Ends on %(day)s."),
    }


def test_words_that_wait_for_their_reader_are_collected(package: Path) -> None:
    (package / "bodies" / "views.py").write_text('LABEL = _l("Soon")')

    assert Message("Soon") in collect(package)[package / "bodies"]


def test_words_that_are_put_together_are_refused(package: Path) -> None:
    (package / "bodies" / "views.py").write_text('gettext(f"{n} seats")')

    with pytest.raises(Unreadable, match="not one plain text"):
        collect(package)


def translated(package: Path, **changes: str) -> None:
    """Fill the catalogue, with some translations as given."""
    app = package / "bodies"
    write_catalogue(catalogue_path(app), collect(package)[app])
    catalogue = polib.pofile(str(catalogue_path(app)))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(n)s zetel", 1: "%(n)s zetels"}
        else:
            entry.msgstr = changes.get(entry.msgid, entry.msgid)
    catalogue.save()


def test_a_complete_catalogue_has_no_faults(package: Path) -> None:
    translated(package)

    assert faults(package) == []


def test_collecting_again_keeps_translations_and_drops_what_is_gone(package: Path) -> None:
    translated(package, Seats="Zetels")
    rules = package / "bodies" / "rules.py"
    rules.write_text(CODE.replace('"Nobody met."', '"No one met."'))

    app = package / "bodies"
    write_catalogue(catalogue_path(app), collect(package)[app])

    entries = {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue_path(app)))}
    assert entries["Seats"] == "Zetels"
    assert entries["No one met."] == ""
    assert "Nobody met." not in entries


@pytest.mark.parametrize(
    ("words", "dutch", "fault"),
    [
        ("Seats", "", "not translated"),
        ("Ends on %(day)s.", "Eindigt.", "other placeholders"),
        ("Ends on %(day)s.", "Eindigt op %(dag)s.", "other placeholders"),
    ],
)
def test_a_translation_that_went_wrong_is_named(
    package: Path, words: str, dutch: str, fault: str
) -> None:
    translated(package, **{words: dutch})

    assert faults(package) == [f"bodies: {fault}: {words!r}"]


def test_a_sentence_that_was_not_collected_or_is_gone_is_named(package: Path) -> None:
    translated(package)
    rules = package / "bodies" / "rules.py"
    rules.write_text(CODE.replace('_("Seats")', '_("Places")'))

    assert faults(package) == [
        "bodies: no longer used: 'Seats'",
        "bodies: not in the catalogue: 'Places'",
    ]
