"""The repository's texts tell the truth: links lead somewhere, files exist, words are there."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps

import verband
from verband.bodies.kinds import BodyKind, LinkKind, SeatRole
from verband.core.compute.__main__ import commands
from verband.kernel.two_times import Certainty, ThingModel, TwoTimesModel
from verband.members.models import Function, OrganisationKind, SuccessionKind
from verband.people.models import RoleKind
from verband.site.launch.commands import COMMANDS

ROOT = Path(verband.__file__).parents[2]
OURS = ("docs", "src", "tests", "benchmarks", "requirements", "LICENSES", ".ci")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
FOR_DEMO_AND_TESTS = {"VERBAND_TODAY", "VERBAND_DEMO", "VERBAND_TESTING", "VERBAND_TEST_RUN"}
MOST_COLUMNS = 135
MOST_BYTES_OF_A_PICTURE = 300_000


def name(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def text_of(document: Path) -> str:
    return FENCE.sub("", document.read_text())


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def named_files(document: Path) -> Iterator[str]:
    """What a document names in code marks and looks like a file of ours."""
    for word in CODE.findall(text_of(document)):
        if re.fullmatch(r"[\w./-]+\.(py|md|toml|yml|csv|txt|lock|in|html|css|po)", word):
            yield word


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_of_a_page_leads_somewhere(document):
    wrong = []
    for target in LINK.findall(text_of(document)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        found = (document.parent / path).resolve() if path else document
        if not found.exists() or (anchor and anchor not in anchors(found)):
            wrong.append(target)

    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_file_that_a_page_names_exists(document):
    wrong = [
        word
        for word in named_files(document)
        if word.startswith(OURS) and not (ROOT / word).exists()
    ]

    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_command_that_a_page_shows_exists(document):
    computations = {command.name for command in commands()}

    shown = re.findall(r"\./verband ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?", document.read_text())
    wrong = [word for word, _what in shown if word not in {*COMMANDS, "help"}]
    wrong += [what for word, what in shown if word == "compute" and what not in {"", *computations}]

    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_lines_are_wrapped_so_that_a_change_is_readable(document):
    long = [
        number
        for number, line in enumerate(document.read_text().splitlines(), 1)
        if len(line) > MOST_COLUMNS and "|" not in line and "http" not in line and "](" not in line
    ]

    assert long == []


def test_the_licence_is_in_both_places():
    assert (ROOT / "LICENSE").read_text() == (ROOT / "LICENSES" / "EUPL-1.2.txt").read_text()


def test_both_readmes_say_the_same_number_of_things():
    english, dutch = ((ROOT / f).read_text() for f in ("README.md", "README.nl.md"))

    for mark in ("\n## ", "\n- **", "\n    ./verband ", "!["):
        assert english.count(mark) == dutch.count(mark), mark


def test_every_setting_of_the_environment_is_told_to_who_runs_it():
    settings = (ROOT / "src" / "verband" / "site" / "settings.py").read_text()
    told = (ROOT / "docs" / "deploy.md").read_text()

    read = set(re.findall(r"""env\.\w+\(["']([A-Z_]+)["']""", settings))

    assert len(read) > 10
    assert {name for name in read - FOR_DEMO_AND_TESTS if f"`{name}`" not in told} == set()


def test_pictures_are_small():
    large = [
        picture.name
        for picture in (ROOT / "docs" / "images").glob("*.png")
        if picture.stat().st_size > MOST_BYTES_OF_A_PICTURE
    ]

    assert large == []


def test_the_glossary_holds_every_thing_and_fact():
    glossary = set(CODE.findall((ROOT / "docs" / "glossary.md").read_text()))

    missing = [
        model.__name__
        for model in apps.get_models()
        if issubclass(model, (ThingModel, TwoTimesModel)) and model.__name__ not in glossary
    ]

    assert missing == []


@pytest.mark.parametrize(
    "choices",
    [BodyKind, SeatRole, LinkKind, OrganisationKind, Function, RoleKind, SuccessionKind, Certainty],
    ids=lambda choices: choices.__name__,
)
def test_the_glossary_holds_every_kind(choices):
    lines = [
        line
        for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()
        if f"`{choices.__name__}`" in line
    ]

    missing = [value for value in choices.values if not any(f"`{value}`" in line for line in lines)]

    assert missing == []


def test_no_page_names_a_machine_of_ours():
    wrong = [
        name(document)
        for document in DOCUMENTS
        if re.search(r"/work/|/tmp/|/opt/|localhost:(?!8000)", document.read_text())
    ]

    assert wrong == []
