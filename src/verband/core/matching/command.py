"""``verband compute likeness DOCUMENTS.csv --text "…"`` and ``verband compute duplicates``."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from pathlib import Path

from verband.core.compute.command import Command
from verband.core.compute.reading import Column, read_table
from verband.core.compute.writing import exact
from verband.core.matching.documents import Document
from verband.core.matching.duplicates import THRESHOLD, likely_duplicates
from verband.core.matching.index import Collection
from verband.core.matching.likeness import Hit, likeness

COLUMNS = (
    Column("id", "text", aliases=("code", "document")),
    Column("title", "text", required=False, aliases=("name", "naam", "titel")),
    Column("tags", "text", required=False, aliases=("trefwoorden",)),
    Column("body", "text", required=False, aliases=("text", "tekst")),
    Column("kind", "text", required=False, aliases=("soort",)),
)


def read_documents(path: Path) -> list[Document]:
    """The documents in a CSV or JSON file.

    Tags, and facts with several values, are parted by ``|``. Every other column is a fact.

    Raises: ``FileRefused`` with every row error.
    """
    table = read_table(path, COLUMNS, extra="keep", unique=("id",))
    return [
        Document(
            row["id"],
            title=row["title"] or "",
            tags=parted(row["tags"]),
            body=row["body"] or "",
            kind=row["kind"] or "",
            facts={name: parted(row[name]) for name in table.extra if row[name]},
        )
        for row in table.rows
    ]


def parted(cell: str | None) -> tuple[str, ...]:
    """The values of a cell.

    >>> parted("zorg | jeugd|"), parted(None)
    (('zorg', 'jeugd'), ())
    """
    return tuple(value.strip() for value in (cell or "").split("|") if value.strip())


def likeness_options(parser: ArgumentParser) -> None:
    """What is asked, and how many answers are wanted."""
    parser.add_argument("--text", default="", help="the text to compare")
    parser.add_argument("--title", default="", help="its title, which counts three times")
    parser.add_argument("--fact", action="append", default=[], type=_fact, metavar="NAME=VALUE")
    parser.add_argument("--kind", action="append", default=[], help="only documents of this kind")
    parser.add_argument("--most", type=_positive, default=10, help="how many documents to show")
    parser.add_argument("--threshold", type=_share, default=THRESHOLD, help="likely duplicate from")


def run_likeness(path: Path, options: Namespace) -> Mapping[str, object]:
    """The documents most like the text, with the words and facts they were found by."""
    facts: dict[str, tuple[str, ...]] = {}
    for name, value in options.fact:
        facts[name] = (*facts.get(name, ()), value)
    hits = likeness(
        Collection(read_documents(path)),
        Document("", title=options.title, body=options.text, facts=facts),
        kinds=options.kind,
        most=options.most,
        threshold=options.threshold,
    )
    return {
        "threshold": options.threshold,
        "rows": [_row(place, hit) for place, hit in enumerate(hits, 1)],
    }


def _row(place: int, hit: Hit) -> dict[str, object]:
    return {
        "rank": place,
        "id": hit.document.id,
        "title": hit.document.title,
        "kind": hit.document.kind,
        "score": exact(hit.score),
        "score_decimal": float(hit.score),
        "cosine": hit.cosine,
        "ranks": dict(hit.ranks),
        "matches": [
            {"asked": m.asked, "found": m.found, "fields": list(m.fields), "by": m.by}
            for m in hit.matches
        ],
        "facts": {name: list(values) for name, values in hit.facts.items()},
        "likely_duplicate": hit.likely_duplicate,
    }


def likeness_table(result: Mapping[str, object]) -> str:
    """The hits for a reader: rank, document, and what it was found by."""
    rows = result["rows"]
    lines = []
    for row in rows if isinstance(rows, list) else []:
        warning = "  LIKELY DUPLICATE" if row["likely_duplicate"] else ""
        lines.append(f"{row['rank']:>3}  {row['id']}  {row['title']}{warning}")
        words = [
            f"{m['asked']} = {m['found']} ({m['by']}; {', '.join(m['fields'])})"
            for m in row["matches"]
        ]
        words += [f"{name}: {', '.join(values)}" for name, values in row["facts"].items()]
        lines += [f"       {word}" for word in words]
    return "\n".join(lines)


def duplicates_options(parser: ArgumentParser) -> None:
    """From which cosine a pair is shown."""
    parser.add_argument("--threshold", type=_share, default=THRESHOLD)


def run_duplicates(path: Path, options: Namespace) -> Mapping[str, object]:
    """All pairs of documents that are likely the same."""
    pairs = likely_duplicates(Collection(read_documents(path)), options.threshold)
    return {
        "threshold": options.threshold,
        "rows": [{"one": p.one, "other": p.other, "cosine": p.cosine} for p in pairs],
    }


def _fact(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise ArgumentTypeError("write a fact as NAME=VALUE")
    return name.strip(), value.strip()


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is not a whole number above 0")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        share = -1.0
    if not 0 < share <= 1:
        raise ArgumentTypeError("a threshold lies above 0 and is at most 1")
    return share


COMMANDS = (
    Command(
        "likeness",
        "Which documents are like a text, and by which words.",
        likeness_options,
        run_likeness,
        likeness_table,
    ),
    Command(
        "duplicates",
        "Which documents are likely the same matter.",
        duplicates_options,
        run_duplicates,
    ),
)
