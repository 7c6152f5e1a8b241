"""The sentences that are shown, collected for translation: English in the code, Dutch beside it.

They stand in three places: calls such as ``_("...")``, the ``template`` of a refusal (a subclass of
``DomainError``), and templates. Each app has its own ``locale/nl`` beside its code.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[2]
PACKAGE = SOURCE / "verband"

# Function name -> which arguments are (context, singular, plural); -1: none.
CALLS = {
    "_": (-1, 0, -1),
    "_l": (-1, 0, -1),
    "gettext": (-1, 0, -1),
    "gettext_lazy": (-1, 0, -1),
    "gettext_noop": (-1, 0, -1),
    "ngettext": (-1, 0, 1),
    "ngettext_lazy": (-1, 0, 1),
    "pgettext": (0, 1, -1),
    "pgettext_lazy": (0, 1, -1),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@dataclass(frozen=True, order=True)
class Message:
    """One sentence: its words, its plural if it has one, the context that tells it apart."""

    words: str
    plural: str = ""
    context: str = ""


Found = dict[Message, set[str]]  # message -> files it stands in


class Unreadable(Exception):
    """A sentence that cannot be collected; ``str()`` says where and why."""


def collect(package: Path = PACKAGE) -> dict[Path, Found]:
    """Every sentence of every app: app folder -> messages."""
    found: dict[Path, Found] = defaultdict(lambda: defaultdict(set))
    refusals = refusal_classes(package)
    for path in sorted(package.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "vendor" in path.parts:
            continue
        parts = path.relative_to(package).parts
        if path.suffix != ".py" and "templates" not in parts:
            continue
        text = path.read_text(encoding="utf-8")
        messages = in_python(text, path, refusals) if path.suffix == ".py" else in_template(text)
        for message in messages:
            found[package / parts[0]][message].add("/".join(parts))
    return found


def in_python(text: str, path: Path, refusals: set[str]) -> Iterator[Message]:
    """Marked calls and the templates of refusals. Raises: Unreadable, for words not literal."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield from in_call(node, path)
        elif isinstance(node, ast.ClassDef) and node.name in refusals:
            yield from in_refusal(node)


def in_call(node: ast.Call, path: Path) -> Iterator[Message]:
    """The message of one call, if it is a marking call."""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name not in CALLS or not node.args:
        return
    context, singular, plural = (literal(node, place) for place in CALLS[name])
    if singular is None:
        if name == "_" or isinstance(node.args[0], ast.Name | ast.Attribute):
            return  # an argument that was marked where it was written
        raise Unreadable(f"{path}:{node.lineno}: the words of {name}() are not one plain text.")
    yield Message(singular, plural or "", context or "")


def literal(node: ast.Call, place: int) -> str | None:
    """The text of one argument, when it is a plain text."""
    if place < 0 or place >= len(node.args):
        return None
    value = node.args[place]
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def in_refusal(node: ast.ClassDef) -> Iterator[Message]:
    """What a refusal's class body sets as ``template``."""
    for statement in node.body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign):
            continue
        names: list[ast.expr] = (
            [statement.target] if isinstance(statement, ast.AnnAssign) else statement.targets
        )
        for name, part in paired(names, statement.value):
            if name == "template" and isinstance(part, ast.Constant) and part.value:
                yield Message(str(part.value))


def paired(names: list[ast.expr], value: ast.expr | None) -> Iterator[tuple[str, ast.expr]]:
    """The names of an assignment with their values, also of ``code, template = ...``."""
    for name in names:
        if isinstance(name, ast.Name) and value is not None:
            yield name.id, value
        elif isinstance(name, ast.Tuple) and isinstance(value, ast.Tuple):
            yield from (
                (one.id, part)
                for one, part in zip(name.elts, value.elts, strict=True)
                if isinstance(one, ast.Name)
            )


def refusal_classes(package: Path) -> set[str]:
    """Names of all classes that descend from ``DomainError``, by reading, not by importing."""
    bases: dict[str, set[str]] = defaultdict(set)
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] |= {
                    getattr(base, "attr", getattr(base, "id", "")) for base in node.bases
                }
    known = {"DomainError"}
    while more := {name for name, over in bases.items() if over & known} - known:
        known |= more
    return known


def in_template(text: str) -> Iterator[Message]:
    """The messages of a Django template, through Django's own reading of it."""
    from django.conf import settings  # noqa: PLC0415 - only templates need it
    from django.utils.translation.template import templatize  # noqa: PLC0415

    if not settings.configured:
        settings.configure(USE_I18N=True)
    for node in ast.walk(ast.parse(calls_only(templatize(text)))):
        if isinstance(node, ast.Call):
            yield from in_call(node, Path("template"))


def calls_only(prepared: str) -> str:
    """What ``templatize`` made, reduced to its calls: the rest is filling."""
    pattern = r"(?:n?p?gettext|_)\((?:[^()'\"]|u?'(?:\\.|[^'\\])*'|u?\"(?:\\.|[^\"\\])*\"|\(\))*\)"
    return "\n".join(match.replace("\n", " ") for match in re.findall(pattern, prepared))


def catalogue_path(app: Path) -> Path:
    """Where the Dutch of an app stands."""
    return app / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path) -> dict[Message, polib.POEntry]:
    """The entries there are, by message."""
    if not path.exists():
        return {}
    return {
        Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or ""): entry
        for entry in polib.pofile(str(path), wrapwidth=0)
        if not entry.obsolete
    }


def write_catalogue(path: Path, found: Found) -> None:
    """The messages of an app with the translations there were; gone ones go."""
    old = read_catalogue(path)
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "nl",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message, files in sorted(found.items()):
        known = old.get(message)
        entry = polib.POEntry(
            msgid=message.words,
            msgctxt=message.context or None,
            msgid_plural=message.plural,
            occurrences=[(name, "") for name in sorted(files)],
            flags=[flag for flag in (known.flags if known else []) if flag == "fuzzy"],
        )
        if message.plural:
            entry.msgstr_plural = known.msgstr_plural if known else {0: "", 1: ""}
        else:
            entry.msgstr = known.msgstr if known else ""
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def faults(package: Path = PACKAGE) -> list[str]:
    """What is wrong with the translations, a line each; empty when all is well."""
    found, lines = collect(package), []
    for app in sorted({*found, *(path.parents[3] for path in package.glob(CATALOGUES))}):
        old = read_catalogue(catalogue_path(app))
        wanted = found.get(app, {})
        lines += [
            f"{app.name}: not in the catalogue: {it.words!r}" for it in wanted if it not in old
        ]
        lines += [f"{app.name}: no longer used: {it.words!r}" for it in old if it not in wanted]
        for message, entry in old.items():
            lines += [
                f"{app.name}: {fault}: {message.words!r}" for fault in faults_of(message, entry)
            ]
    return sorted(lines)


CATALOGUES = "*/locale/nl/LC_MESSAGES/django.po"


def faults_of(message: Message, entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one translation."""
    if "fuzzy" in entry.flags:
        yield "marked as uncertain"
    texts = list(entry.msgstr_plural.values()) if message.plural else [entry.msgstr]
    if not texts or not all(texts):
        yield "not translated"
        return
    allowed = placeholders(message.words) | placeholders(message.plural)
    for text in texts:
        missing = set() if message.plural else allowed - placeholders(text)
        if missing or placeholders(text) - allowed:
            yield "other placeholders"


def placeholders(text: str) -> set[str]:
    """The named values in a sentence.

    >>> sorted(placeholders("%(member)s holds %(votes)s votes."))
    ['member', 'votes']
    """
    return {match[0] or match[1] for match in PLACEHOLDER.findall(text)}


def main(arguments: Sequence[str]) -> int:
    """Write the catalogues, or with ``--check`` say what is wrong with them."""
    if list(arguments) not in ([], ["--check"]):
        print("Usage: ./verband messages [--check]")
        return 2
    try:
        if arguments:
            found = faults()
            print("\n".join(found) or "Every sentence is translated.")
            return 1 if found else 0
        collected = collect()
    except Unreadable as reason:
        print(reason)
        return 1
    for app, messages in sorted(collected.items()):
        path = catalogue_path(app)
        write_catalogue(path, messages)
        entries = read_catalogue(path)
        empty = sum(1 for it, entry in entries.items() if [*faults_of(it, entry)])
        print(f"{app.name}: {len(entries)} sentences, {empty} to translate")
    for path in sorted(PACKAGE.glob(CATALOGUES)):
        if path.parents[3] not in collected:
            path.unlink()
    return 0
