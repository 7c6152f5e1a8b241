"""Which user the embedded database runs as: PostgreSQL refuses to be root."""

import ctypes
import os
import pwd
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from verband.site.launch.words import Unable

# Linux capability numbers and prctl options: linux/capability.h, linux/prctl.h.
CAP_DAC_OVERRIDE = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True)
class Identity:
    """The user to run as; ``uid`` None means: as we are."""

    uid: int | None = None
    gid: int | None = None

    def own(self, path: Path) -> None:
        """Give the path to this user."""
        if self.uid is not None:
            os.chown(path, self.uid, self.gid or 0)

    def becoming(self) -> Callable[[], None] | None:
        """What a child does between fork and exec to become this user.

        It keeps one capability, to pass folders that only root may enter: a checkout may lie in
        a home or a temporary folder of mode 700, whose mode is not ours to change.
        """
        if self.uid is None:
            return None
        uid, gid = self.uid, self.gid or 0
        libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

        def become() -> None:
            if libc is not None:
                libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
            if libc is not None:
                keep = 1 << CAP_DAC_OVERRIDE
                header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
                sets = (ctypes.c_uint32 * 6)(keep, keep, keep, 0, 0, 0)
                libc.capset(header, sets)
                libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)

        return become


def database_identity() -> Identity:
    """Ourselves, or for root the first of the users ``postgres`` and ``nobody`` there is.

    Raises: Unable, when root has neither.
    """
    if os.geteuid() != 0:
        return Identity()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Identity(entry.pw_uid, entry.pw_gid)
    raise Unable(
        "The embedded database does not run as root and this machine has no user 'postgres' or "
        "'nobody'; start as an ordinary user, or set DATABASE_URL."
    )
