"""The browser of the journeys: the one on the machine, or Debian's package."""

import os
import shutil
import subprocess
from pathlib import Path

from verband.site.launch.words import Unable, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = ("install", "-y", "--no-install-recommends", "chromium")


def find_or_install() -> Path:
    """The browser's program; as root on Debian or Ubuntu it is installed when it is missing.

    ``VERBAND_CHROMIUM`` names another. Raises: Unable, when there is none and we may not install.
    """
    named = os.environ.get("VERBAND_CHROMIUM")
    if named:
        return Path(named)
    if found := find():
        return found
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        raise Unable(
            "The journeys need the browser Chromium; install it (on Debian and Ubuntu the package "
            "chromium), or name its program in VERBAND_CHROMIUM."
        )
    say("Installing Chromium from the system's packages, for the journeys.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update",), INSTALL):
        done = subprocess.run(  # noqa: S603 - the system's own installer
            [apt, "-qq", *words],
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    if found := find():
        return found
    reason = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
    raise Unable(f"The package chromium was not installed: {reason[-1]}")


def find() -> Path | None:
    """The first of the usual names on the path."""
    return next((Path(path) for name in NAMES if (path := shutil.which(name))), None)
