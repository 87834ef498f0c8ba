"""A Heard of a benchmark's own: PostgreSQL as shipped, a data directory, migrated, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
import psycopg

from bench import programs
from heard import embedded
from heard.kept_secrets import ensure_secrets


@dataclass(frozen=True)
class House:
    data: Path
    server: embedded.EmbeddedPostgres


@contextmanager
def a_house(data: Path | None = None) -> Iterator[House]:
    """Makes Django ready for it too, so one process can have one house. With `data` it is kept."""
    with _folder(data) as folder:
        server = embedded.EmbeddedPostgres(folder / "postgres")
        tell_the_environment(folder)
        server.start()
        try:
            _make_ready()
            yield House(folder, server)
        finally:
            _leave()
            server.stop()


def tell_the_environment(folder: Path) -> None:
    """For this process and all that it starts: this data directory, and nothing of the machine's own."""
    for name in [name for name in os.environ if name.startswith("HEARD_") or name == "DATABASE_URL"]:
        del os.environ[name]
    ensure_secrets(folder)
    os.environ |= {
        "HEARD_DATA": str(folder),
        "HEARD_OUTBOUND_ALLOW": "127.0.0.1",
        "HEARD_LOG_LEVEL": "WARNING",
        "DATABASE_URL": embedded.address(folder / "postgres"),
        "DJANGO_SETTINGS_MODULE": "heard.settings",
        "PYTHONPATH": programs.python_path(),
    }


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    folder = Path(tempfile.mkdtemp(prefix="heard-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_ready() -> None:
    django.setup()
    from heard.commands.migrate import bring_up_to_date

    bring_up_to_date(quiet=True)


def _leave() -> None:
    from django.db import connections

    for used in connections.all(initialized_only=True):
        used.close()
        used.close_pool()  # type: ignore[attr-defined]


def durable(house: House) -> str:
    """What the server says of its own safety: a benchmark without fsync would measure something else."""
    with psycopg.connect(house.server.admin_address()) as connection:
        settings = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
        told = [(name, connection.execute(f"SHOW {name}").fetchone()) for name in settings]
    return ", ".join(f"{name} {row[0]}" for name, row in told if row)
