"""``./verband members``, ``import``, ``audit`` and ``manage``: management commands.

With ``DATABASE_URL`` they work on that database; else on the demo's, whose server is started when
it does not run, and which is loaded first when a command needs its data.
"""

import os
import sys
from collections.abc import Sequence

from verband.site.launch.compile_messages import compile_all
from verband.site.launch.demo_state import Demo
from verband.site.launch.paths import data_folder

NEEDS_DATA = {"members", "audit", "import"}
NAMES = {"import": "import_register"}  # "import" is no name for a module


def run(word: str, arguments: Sequence[str]) -> int:
    """Run the command; it leaves by itself with a message when it cannot."""
    words = list(arguments) if word == "manage" else [NAMES.get(word, word), *arguments]
    compile_all()
    if "DATABASE_URL" in os.environ:
        return execute(words)
    demo = Demo(data_folder())
    with demo.cluster.in_use():
        with demo.alone(output=sys.stderr):
            demo.set_environment()
            if word in NEEDS_DATA:
                demo.prepare(output=sys.stderr)
        return execute(words)


def execute(words: Sequence[str]) -> int:
    """Hand the words to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verband.site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings

    execute_from_command_line(["./verband", *words])
    return 0
