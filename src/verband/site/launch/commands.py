"""The words after ``./verband``: what each does, what it needs, which module runs it."""

import difflib
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """One word after ``./verband``; ``module`` has ``run(word, arguments)``, its exit status.

    ``lock`` names the lock file of the environment it needs.
    """

    name: str
    summary: str
    module: str
    lock: str = "base"


HERE = "verband.site.launch"
COMMANDS = {
    command.name: command
    for command in (
        Command("demo", "try it: the reference association, ready to use", f"{HERE}.demo"),
        Command(
            "test", "every check; 'test unit|core|journeys|lint' for a part", f"{HERE}.test", "dev"
        ),
        Command("serve", "the web server, with settings from the environment", f"{HERE}.serve"),
        Command("worker", "the work that waits for a clock, likewise", f"{HERE}.worker"),
        Command("compute", "the algorithms on a file, without a database", f"{HERE}.module"),
        Command("members", "members, inhabitants and votes on a day", f"{HERE}.manage"),
        Command("import", "take in a CSV or XLSX file, or show what differs", f"{HERE}.manage"),
        Command("audit", "verify the audit tree", f"{HERE}.manage"),
        Command("verify-vote", "count a published vote again and verify it", f"{HERE}.module"),
        Command("hexes", "compute the hexagon layout of the members", f"{HERE}.module"),
        Command("manage", "any other management command", f"{HERE}.manage"),
        Command(
            "messages", "collect the sentences to translate, or --check them", f"{HERE}.messages"
        ),
    )
}


def overview() -> str:
    """The short list that ``./verband help`` prints."""
    width = max(map(len, COMMANDS))
    rows = [f"  {command.name:<{width}}  {command.summary}" for command in COMMANDS.values()]
    return "\n".join(["Usage: ./verband COMMAND [options]", "", *rows])


def unknown(word: str) -> str:
    """One sentence for a word that is no command, with the nearest that is.

    >>> unknown("dmeo")
    "There is no command 'dmeo'; did you mean 'demo'?"
    """
    nearest = difflib.get_close_matches(word, COMMANDS, n=1, cutoff=0.0)
    return f"There is no command '{word}'; did you mean '{nearest[0]}'?"
