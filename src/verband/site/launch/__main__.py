"""``./verband WORD``: prepares the environment, then runs the word inside it."""

import importlib
import os
import signal
import sys
from collections.abc import Sequence

from verband.site.launch.commands import COMMANDS, overview, unknown
from verband.site.launch.environment import ensure, inside
from verband.site.launch.words import Unable, stop


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit status is its own."""
    word = arguments[0] if arguments else "help"
    if word in {"help", "-h", "--help"}:
        print(overview())
        return 0
    command = COMMANDS.get(word)
    if command is None:
        stop(unknown(word), code=2)
    interpreter = ensure(command.lock)
    if not inside(interpreter):
        sys.stdout.flush()
        os.execv(interpreter, [str(interpreter), "-m", "verband.site.launch", *arguments])  # noqa: S606 - the interpreter just made
    runner = importlib.import_module(command.module)
    return int(runner.run(word, list(arguments[1:])))


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
    except Unable as reason:
        stop(str(reason))
    except KeyboardInterrupt:
        status = 128 + signal.SIGINT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 128 + signal.SIGPIPE
    sys.exit(status)
