"""Remembers for which code and database everything was prepared, so that a second start need not look."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from heard.env import Env

HEARD = Path(__file__).parent.parent


def is_prepared(found: Env, *, demo: bool = False) -> bool:
    """Tell whether tables, static files and the demo were made by just this code for this database."""
    try:
        return _note(found).read_text() == _fingerprint(found, demo)
    except OSError:
        return False


def remember(found: Env, *, demo: bool = False) -> None:
    """Note that tables and static files are made, and the demo when there is one."""
    _note(found).write_text(_fingerprint(found, demo))


def _note(found: Env) -> Path:
    return found.data / "prepared"


def _fingerprint(found: Env, demo: bool) -> str:
    """Names, sizes and times of our files: quicker than to read them, and a false alarm costs a second."""
    cluster = found.data / "postgres" / "PG_VERSION"
    lines = sorted(_files(HEARD))
    if cluster.exists():
        lines.append(_about(str(cluster), cluster.stat()))
    return hashlib.sha256(f"{found.database_url} {demo} {''.join(lines)}".encode()).hexdigest()


def _files(folder: str | Path) -> Iterator[str]:
    """By `scandir`: paths as objects would take four times as long, and every start waits for it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield _about(entry.path, entry.stat())
            elif entry.name != "__pycache__":
                yield from _files(entry.path)


def _about(path: str, file: os.stat_result) -> str:
    return f"{path} {file.st_size} {file.st_mtime_ns} {file.st_ino}\n"
