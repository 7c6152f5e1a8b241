"""The embedded PostgreSQL: a private cluster in the data folder, for the demo and the tests.

The server binaries are run directly rather than through a package's own interface: so the wheel
and a server installed on the machine behave alike, nothing outside the data folder is changed,
and the last process that uses the cluster stops it, whichever way the others ended. That last
point rests on a shared file lock, which the system itself frees when a process is killed.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from verband.site.launch.binaries import Binaries, find_binaries, locale_options
from verband.site.launch.identity import Identity, database_identity
from verband.site.launch.words import Unable, cannot_write, is_full

USER = "verband"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 103  # bytes; the smallest sun_path of the systems we know, less the final zero
PATIENCE = 60.0  # seconds for a start (after a crash it replays its log) or a stop

NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster:
    """One private cluster in ``folder``; use it within ``with cluster.in_use():``.

    ``durable`` off is for tests: faster, not safe from a power cut, and fresh at every start.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.data = folder / "pg"
        self.durable = durable

    @contextlib.contextmanager
    def in_use(self) -> Iterator["Cluster"]:
        """Start the server if it does not run; stop it if we are the last to use it."""
        handle = self._open_lock()
        try:
            self._start_as_first(handle)
            try:
                yield self
            finally:
                self._stop_as_last(handle)
        finally:
            os.close(handle)

    def url(self, database: str) -> str:
        """The address of one database of this cluster, as ``DATABASE_URL`` has it."""
        return f"postgresql://{USER}@/{database}?host={quote(str(self.socket_folder()), safe='')}"

    def destroy(self) -> None:
        """Remove the cluster. Raises: Unable, while it is used."""
        handle = self._open_lock()
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Unable(f"The database in {self.folder} is in use; stop that first.") from None
            self._stop()
            shutil.rmtree(self.data, ignore_errors=True)
        finally:
            os.close(handle)

    def socket_folder(self) -> Path:
        """Where the socket is: in the data folder, or in a short one when that path is too long."""
        near = self.folder / "run"
        if len(os.fsencode(near / SOCKET)) <= LONGEST_SOCKET and "," not in str(near):
            return near  # a comma would separate two hosts in an address
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"verband-{os.geteuid()}-{name}"

    def _open_lock(self) -> int:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return os.open(self.folder / "pg.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise cannot_write(error, self.folder) from error

    def _start_as_first(self, handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_SH)
        if self.running():
            return
        # Not an upgrade in one step: another start may do the same, and one of us goes first.
        fcntl.flock(handle, fcntl.LOCK_UN)
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            if not self.running():
                self._start()
        except OSError as error:
            raise cannot_write(error, self.folder) from error
        fcntl.flock(handle, fcntl.LOCK_SH)

    def _stop_as_last(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        self._stop()

    def running(self) -> bool:
        """Whether the server of this cluster runs and is ready."""
        lines = self._pid_lines()
        return bool(
            lines and is_server(int(lines[0])) and len(lines) > 7 and lines[7].strip() == "ready"
        )

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _start(self) -> None:
        binaries, identity = find_binaries(), database_identity()
        if not (self.durable and (self.data / "PG_VERSION").exists()):
            self._initialise(binaries, identity)
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != binaries.version:
            raise Unable(
                f"The data in {self.data} was made by PostgreSQL {made_by}, but {binaries.version} "
                "is here; start over with --fresh, or keep it by setting DATABASE_URL."
            )
        lines = self._pid_lines()
        if lines and not is_server(int(lines[0])):
            (self.data / "postmaster.pid").unlink()
        sockets = self._make_socket_folder(identity)
        log = self.folder / "postgres.log"
        settings = [f"unix_socket_directories={quoted(sockets)}", "listen_addresses="]
        settings += ["unix_socket_permissions=0700", "log_min_messages=warning", "log_timezone=UTC"]
        settings += ["max_connections=60", "shared_buffers=128MB", "timezone=UTC"]
        settings += [] if self.durable else list(NOT_DURABLE)
        arguments = [word for setting in settings for word in ("-c", setting)]
        with log.open("ab") as output:
            server = subprocess.Popen(  # noqa: S603 - the server we found
                [binaries.folder / "postgres", "-D", self.data, *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/",
                start_new_session=True,
                preexec_fn=identity.becoming(),  # noqa: PLW1509 - no thread runs yet
                env=clean_environment(),
            )  # fmt: skip
        self._await_ready(server, log)

    def _initialise(self, binaries: Binaries, identity: Identity) -> None:
        """Make the cluster aside and move it in place when whole: a half one is never used."""
        unfinished = self.folder / "pg.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        identity.own(unfinished)
        done = subprocess.run(  # noqa: S603 - the program we found
            [
                binaries.folder / "initdb", "-D", unfinished, "--username", USER, "--auth", "trust",
                "--encoding", "UTF8", "--no-sync", "--text-search-config", "simple",
                *locale_options(binaries.version),
            ],
            capture_output=True, text=True, check=False, cwd="/", stdin=subprocess.DEVNULL,
            preexec_fn=identity.becoming(), env=clean_environment(),
        )  # fmt: skip
        if done.returncode != 0:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise complaint(done.stderr, self.folder)
        unfinished.rename(self.data)

    def _make_socket_folder(self, identity: Identity) -> Path:
        folder = self.socket_folder()
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        ours = {os.geteuid(), identity.uid}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
            raise Unable(f"{folder} belongs to someone else; remove it, or set VERBAND_DATA.")
        folder.chmod(0o700)
        identity.own(folder)
        return folder

    def _await_ready(self, server: "subprocess.Popen[bytes]", log: Path) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.running():
                return
            if server.poll() is not None:
                raise complaint(log.read_text(errors="replace")[-4000:], self.folder)
            time.sleep(0.02)
        server.send_signal(signal.SIGINT)
        raise Unable(f"The embedded database did not start in {PATIENCE:.0f} seconds; see {log}.")

    def _stop(self) -> None:
        lines = self._pid_lines()
        if not lines or not is_server(int(lines[0])):
            return
        postmaster = int(lines[0])
        os.kill(postmaster, signal.SIGINT)  # a fast shutdown: open sessions are ended
        deadline = time.monotonic() + PATIENCE
        while is_server(postmaster) and time.monotonic() < deadline:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(postmaster, os.WNOHANG)
            time.sleep(0.01)


def is_server(pid: int) -> bool:
    """Whether that process is a PostgreSQL server, not another that got its number."""
    import psutil  # noqa: PLC0415 - not yet there when the environment is being made

    try:
        process = psutil.Process(pid)
        name, status = process.name(), process.status()
    except psutil.NoSuchProcess:
        return False
    return bool(name == "postgres" and status != psutil.STATUS_ZOMBIE)


def quoted(folder: Path) -> str:
    """A folder as one entry of a list setting, whatever characters it has."""
    doubled = str(folder).replace('"', '""')
    return f'"{doubled}"'


def clean_environment() -> dict[str, str]:
    """Our environment without what would point the server elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def complaint(text: str, folder: Path) -> Unable:
    """The server's complaint as one sentence.

    >>> str(complaint("FATAL:  could not write file: No space left on device", Path("/")))
    'There is no disk space left at /; free some and start again.'
    """
    if "No space left" in text or is_full(folder):
        return cannot_write(OSError(28, ""), folder)
    if "Permission denied" in text:
        return cannot_write(OSError(13, ""), folder)
    lines = [line for line in text.splitlines() if "FATAL" in line or "error" in line.lower()]
    last = (lines or text.splitlines() or ["no reason given"])[-1].strip()
    return Unable(f"The embedded database did not start: {last}")
