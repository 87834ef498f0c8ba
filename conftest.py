"""One PostgreSQL for all tests of this checkout, one database for each process that runs tests.

The server starts when the first test asks for a database and stops with the last pytest, also when several
run at once. Every database is a copy of one migrated template, made anew only when the migrations changed.
"""

from __future__ import annotations

import fcntl
import functools
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import django
import django.conf
import django.test
import httpcore2
import psycopg
import pytest
from browsers import browser
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from psycopg import sql

from heard import embedded
from heard.garbage import look_rarely
from heard.language import hunspell

# What is made once for all tests of a process has to be known to all of them by one name.
pytest_plugins = ["tests.whole"]
HERE = Path(__file__).parent
PLACE = (
    Path(tempfile.gettempdir()) / f"heard-tests-{os.getuid()}-{hashlib.sha256(bytes(HERE)).hexdigest()[:8]}"
)
DATABASE = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
# Nothing here has to survive a power cut, and fsync is what makes a test database slow.
SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "64MB"}
SERVER = embedded.EmbeddedPostgres(PLACE / "postgres", SETTINGS)


def _set_environment() -> None:
    for name in [name for name in os.environ if name.startswith("HEARD_")]:
        del os.environ[name]
    os.environ |= {
        "DATABASE_URL": embedded.address(SERVER.folder).replace("/heard?", f"/{DATABASE}?"),
        "HEARD_DATA": str(PLACE / "data"),
        "HEARD_SECRET_KEY": "only-for-tests-" + "x" * 40,
        "HEARD_CREDENTIAL_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb24=",
        "HEARD_OUTBOUND_ALLOW": "127.0.0.1",
        # Not in pyproject.toml: pytest-django would read the settings before the lines above count.
        "DJANGO_SETTINGS_MODULE": "heard.settings",
    }


_set_environment()
django.setup()
if django.conf.settings.DATABASES["default"]["NAME"] != DATABASE:
    # pytest-django read the settings of the shell first: the tests would write into somebody's database.
    raise pytest.UsageError("Run the tests without DJANGO_SETTINGS_MODULE in the environment.")
# Every client of a test has a Django of its own, whose whitenoise would look at all static files before it is asked for one.
django.conf.settings.WHITENOISE_AUTOREFRESH = True
# What makes a password hard to guess makes it slow to check, by a quarter of a second of a core.
PBKDF2PasswordHasher.iterations = 1_000
# What this machine has dictionaries for must not decide what a test finds; those of spelling name their own.
hunspell.FOLDERS = ()
USERS = pytest.StashKey[IO[str]]()
# As `heard migrate` does it, which takes a quarter of the time that Django's own command takes.
MIGRATE = """
from heard.commands.django_ready import make_ready
make_ready()
from heard.commands.migrate import migrate
migrate(quiet=True)
"""


# Ten thousand tests are read before the first one runs, and none of them becomes garbage.
gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first third of all is the first process's, and whoever is through early takes from the end of another's.
    So these run one after the other, and the last minute has no long test in it."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


def pytest_collection_finish() -> None:
    look_rarely()
    gc.enable()


# ── the server ────────────────────────────────────────────────────────────────────────────────────
# Two locks: `gate` lets one process at a time start or stop the server; `users` is held, shared, by every
# pytest under way. Both are the kernel's, so a killed pytest leaves nothing for the next one to trip over.


@contextmanager
def _gate() -> Iterator[None]:
    PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (PLACE / "gate").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _stop_when_alone(users: IO[str]) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    SERVER.stop()


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    with _gate():
        users = (PLACE / "users").open("w")
        _stop_when_alone(users)
        fcntl.flock(users, fcntl.LOCK_SH)
    config.stash[USERS] = users


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    # The processes that xdist starts next would read the settings too early, with our database in them.
    if session.config.getoption("numprocesses", None):
        del os.environ["DJANGO_SETTINGS_MODULE"]
        # They read tests for a while, and would then wait for it one and all.
        threading.Thread(target=_make_template_ahead, name="template").start()


def pytest_unconfigure(config: pytest.Config) -> None:
    users = config.stash.get(USERS, None)
    if users is None:
        return
    with _gate(), users:
        _stop_when_alone(users)


def _start() -> None:
    if SERVER.running():
        return
    try:
        SERVER.start()
    except embedded.EmbeddedPostgresFailed:
        # Without fsync a crash of the machine may have spoilt it. There is nothing in it to keep.
        shutil.rmtree(SERVER.folder, ignore_errors=True)
        SERVER.start()
    with _admin() as connection:
        for (name,) in connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'"
        ).fetchall():
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _admin() -> psycopg.Connection[Any]:
    return psycopg.connect(SERVER.admin_address(), autocommit=True)


# ── the databases ─────────────────────────────────────────────────────────────────────────────────


def _template() -> str:
    """Name the template after all that decides how the tables look."""
    digest = hashlib.sha256()
    for file in [
        *sorted(HERE.glob("heard/**/migrations/*.py")),
        HERE / "heard/settings.py",
        HERE / "requirements/heard.txt",
    ]:
        digest.update(bytes(file) + file.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _make_template(connection: psycopg.Connection[Any], name: str) -> None:
    for (old,) in connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'template\\__%'"
    ).fetchall():
        if old not in ("template0", "template1"):
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
    draft = f"draft_of_{name}"
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(draft)))
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER heard").format(sql.Identifier(draft)))
    with psycopg.connect(SERVER.admin_address(draft), autocommit=True) as inside:
        inside.execute(embedded.MAKE_EXTENSIONS)
    migrated = subprocess.run(
        [sys.executable, "-c", MIGRATE],
        env={
            **os.environ,
            "DATABASE_URL": os.environ["DATABASE_URL"].replace(DATABASE, draft),
            "PYTHONPATH": str(HERE),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if migrated.returncode != 0:
        pytest.exit(f"The migrations do not run:\n{migrated.stderr[-4000:]}", returncode=1)
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
    )


def _make_template_ahead() -> None:
    with _gate():
        _start()
        with _admin() as connection:
            _made_template(connection)


def _made_template(connection: psycopg.Connection[Any]) -> str:
    name = _template()
    if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        _make_template(connection, name)
    return name


def _make_database() -> None:
    with _admin() as connection:
        name = _made_template(connection)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER heard").format(
                sql.Identifier(DATABASE), sql.Identifier(name)
            )
        )


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Give this process its database. The settings name it already."""
    with _gate():
        _start()
        _make_database()
    yield
    from django.db import connections

    with django_db_blocker.unblock():
        for used in connections.all(initialized_only=True):
            used.close()
            used.close_pool()  # type: ignore[attr-defined]
    if _cleaner.cache_info().currsize:
        _cleaner().close()
    with _admin() as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(DATABASE)))


# What migrations wrote and every test needs.
KEPT = {"django_content_type", "auth_permission", "django_migrations"}


@pytest.fixture(scope="session", autouse=True)
def _certificates_are_read_once() -> Iterator[None]:
    """A client reads all authorities when it is made, which takes 90 ms. Tests make thousands, to call 127.0.0.1."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpcore2, "default_ssl_context", functools.cache(httpcore2.default_ssl_context))
        yield


@pytest.fixture(scope="session", autouse=True)
def _empty_only_what_was_filled() -> Iterator[None]:
    """After a test that commits, Django empties every table and writes all permissions down again: 0.4 s.
    Few tables are filled, and deleting a few rows from those takes a tenth of that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django.test.TransactionTestCase, "_fixture_teardown", lambda _: _empty())
        yield


def _empty() -> None:
    with _cleaner().transaction():
        for (table,) in _cleaner().execute(_filled(), prepare=True).fetchall():
            _cleaner().execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@functools.cache
def _cleaner() -> psycopg.Connection[Any]:
    """Sees to no keys and triggers: all rows go, and to look for those of others is most of the time it would take."""
    connection = psycopg.connect(SERVER.admin_address(DATABASE), autocommit=True)
    connection.execute("SET session_replication_role = replica; SET lock_timeout = '20s'")
    return connection


@functools.cache
def _filled() -> bytes:
    tables = _cleaner().execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
        for name in sorted({name for (name,) in tables} - KEPT)
    )
    return asked.as_bytes(None)


@pytest.fixture(scope="session")
def database_url(django_db_setup: None) -> str:
    """The address of this process's database, for programs that a test starts."""
    return os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Let Playwright drive the distribution's Chromium."""
    # No page lives long enough to gain by what its scripts are compiled into a second time.
    arguments = ["--js-flags=--no-opt --no-maglev"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": browser(), "args": arguments}
