"""``python -m verband.core.compute WHAT FILE [options] --format json|table``.

A refusal is printed as one or more sentences on stderr and ends with status 2.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from verband.core.compute.command import Command
from verband.core.compute.writing import as_json, as_text, columns
from verband.core.errors import DomainError, FileRefused

# Imported one by one until the asked command is found: counting votes need not wait for a solver.
MODULES = (
    "verband.core.voting.command",
    "verband.core.power.command",
    "verband.core.divergence.command",
    "verband.core.composition.command",
    "verband.core.networks.command",
    "verband.core.matching.command",
)
MOST_SENTENCES = 50
REFUSED = 2


class UnknownCommand(DomainError):
    """Nothing is computed under this name."""

    code = "unknown_command"
    template = "There is no computation “%(name)s”. %(hint)s"


def commands() -> Iterator[Command]:
    """All commands, in the order of the packages; packages are imported only when reached."""
    for name in MODULES:
        yield from import_module(name).COMMANDS


def find(name: str) -> Command:
    """The command with this name.

    Raises: ``UnknownCommand`` with the nearest name.
    """
    known = []
    for command in commands():
        if command.name == name:
            return command
        known.append(command.name)
    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else "Ask for the list with --help."
    raise UnknownCommand(name=name, hint=hint)


def overview() -> str:
    """The list a reader gets who asks for nothing, or for help."""
    rows = [[command.name, command.summary] for command in commands()]
    usage = "usage: verband compute WHAT FILE [options] --format json|table"
    return f"{usage}\n\n{columns(['WHAT', ''], rows)}"


def sentences(refusal: DomainError) -> list[str]:
    """A refusal as sentences; a refused file gives one for each row, up to fifty."""
    if not isinstance(refusal, FileRefused):
        return [str(refusal)]
    lines = [str(error) for error in refusal.errors[:MOST_SENTENCES]]
    left = len(refusal.errors) - len(lines)
    return [*lines, f"And {left} more rows with an error."] if left else lines


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help"}:
        sys.stdout.write(overview() + "\n")
        return 0
    try:
        command = find(arguments[0])
        parser = ArgumentParser(prog=f"verband compute {command.name}", description=command.summary)
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV or JSON")
        parser.add_argument("--format", choices=("json", "table"), default="table")
        command.options(parser)
        options = parser.parse_args(arguments[1:])
        result = command.run(options.file, options)
    except DomainError as refusal:
        sys.stderr.write("\n".join(sentences(refusal)) + "\n")
        return REFUSED
    text = as_json(result) if options.format == "json" else (command.table or as_text)(result)
    sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
