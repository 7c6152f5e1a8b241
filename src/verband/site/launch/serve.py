"""``./verband serve``: the web server, for production."""

import argparse
import os
from collections.abc import Sequence

from verband.site.launch import web
from verband.site.launch.check import check
from verband.site.launch.compile_messages import compile_all


def run(word: str, arguments: Sequence[str]) -> int:
    """Check, then become the web server."""
    options = read(arguments)
    compile_all()
    check()
    binds = options.bind or ["127.0.0.1:8000"]
    line = web.command(binds, workers=options.workers, threads=options.threads)
    os.execv(line[0], line)  # noqa: S606 - our own interpreter


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Where to listen, and with how many processes."""
    parser = argparse.ArgumentParser(prog="./verband serve", description=__doc__)
    parser.add_argument(
        "--bind",
        action="append",
        metavar="ADDRESS",
        help="host:port or unix:/path; may be given again (default: 127.0.0.1:8000)",
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=2 * (os.cpu_count() or 1),
        help="processes (default: 2 a core)",
    )
    parser.add_argument("--threads", type=int, default=4, help="threads of each (default: 4)")
    return parser.parse_args(arguments)
