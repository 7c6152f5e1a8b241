"""``./verband demo``: the reference association on this machine, ready to use."""

import argparse
import os
import shutil
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import date
from types import FrameType
from typing import NoReturn

from verband.site.launch import web, worker
from verband.site.launch.children import Children
from verband.site.launch.compile_messages import compile_all
from verband.site.launch.demo_state import Demo
from verband.site.launch.instance import check_port, only_one
from verband.site.launch.paths import data_folder
from verband.site.launch.words import Unable, say

PATIENCE = 60.0  # seconds for the first answer
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only when asked for with --host
LEAST_SPACE = 500_000_000  # bytes: the cluster, its log, the collected files


class Stopped(BaseException):
    """Someone asked us to stop: Ctrl-C, a terminal that closes, a service manager."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Run until stopped; 0 when someone stopped it."""
    options = read(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stopped)
    try:
        demonstrate(options)
    except Stopped:
        say("\nStopped.")
    return 0


def stopped(number: int, frame: FrameType | None) -> NoReturn:
    """Leave from wherever we are; a second request does not disturb the stopping."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stopped


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the demo."""
    parser = argparse.ArgumentParser(prog="./verband demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")
    parser.add_argument("--host", default="127.0.0.1", help="default: this machine only")
    parser.add_argument("--on", type=a_day, metavar="DATE", help="the demo's day, as 2017-10-30")
    parser.add_argument("--fresh", action="store_true", help="start over: forget what was done")
    return parser.parse_args(arguments)


def a_day(text: str) -> date:
    """A day of the calendar, as 2017-10-30."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day; write it as 2017-10-30") from None


def demonstrate(options: argparse.Namespace) -> None:
    """Everything between the first word and the stop."""
    begun = time.monotonic()
    folder = data_folder()
    shown = "localhost" if options.host in {"127.0.0.1", EVERYWHERE} else options.host
    address = f"http://{shown}:{options.port}"
    with only_one(folder, address):
        check_port(options.host, options.port)
        demo = Demo(folder)
        if options.fresh:
            demo.cluster.destroy()
            shutil.rmtree(folder / "static", ignore_errors=True)
        if shutil.disk_usage(folder).free < LEAST_SPACE:
            raise Unable(f"There is less than 500 MB free at {folder}; free some and start again.")
        compile_all()
        with demo.cluster.in_use():
            if options.host != "127.0.0.1":
                names = "*" if options.host == EVERYWHERE else f"localhost,{shown}"
                os.environ.setdefault("VERBAND_HOSTS", names)
            with demo.alone():
                demo.set_environment(day=options.on, address=address)
                demo.prepare()
            serve(demo, options, address, begun)


def serve(demo: Demo, options: argparse.Namespace, address: str, begun: float) -> None:
    """Start web and worker, say where they are, and wait."""
    children = Children()
    try:
        bind = f"{options.host}:{options.port}"
        children.start("web server", web.command([bind], workers=2, threads=4))
        children.start("worker", worker.command())
        await_answer(children, f"http://{bind}/healthz")
        welcome(demo, address, time.monotonic() - begun)
        while not (name := children.ended()):
            time.sleep(0.5)
        raise Unable(f"The {name} ended by itself; its last words stand above.")
    finally:
        children.stop()


def await_answer(children: Children, url: str) -> None:
    """Wait for the first answer. Raises: Unable, when it does not come."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if name := children.ended():
            raise Unable(f"The {name} did not start; its last words stand above.")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError as error:
            raise Unable(f"The web server answers with an error ({error.code}).") from error
        except OSError:
            time.sleep(0.05)
    raise Unable(f"The web server did not answer in {PATIENCE:.0f} seconds.")


def welcome(demo: Demo, address: str, seconds: float) -> None:
    """The address, the day, and how to sign in."""
    say("")
    say(f"Verband is ready at {address}  (after {seconds:.1f} s)")
    say(f"Today is {os.environ['VERBAND_TODAY']} in this demo.")
    accounts = demo.accounts()
    if accounts:
        width = max(len(label) for label, _ in accounts)
        say(f"\nSign in at {address}/accounts/login/ as")
        for label, email in accounts:
            say(f"  {label:<{width}}  {email}")
        say("The code that is mailed appears in this window.")
    say("\nCtrl-C stops it and keeps what you did; ./verband demo goes on from there.")
    sys.stdout.flush()
