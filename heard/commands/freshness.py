"""Remembers for which code and database everything was prepared, so that a second start need not look."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from heard.env import Env

HEARD = Path(__file__).parent.parent


def is_prepared(found: Env) -> bool:
    """Tell whether migrations and static files were done for just this code and this database."""
    try:
        return _note(found).read_text() == _fingerprint(found)
    except OSError:
        return False


def remember(found: Env) -> None:
    """Note that migrations and static files are done."""
    _note(found).write_text(_fingerprint(found))


def _note(found: Env) -> Path:
    return found.data / "prepared"


def _fingerprint(found: Env) -> str:
    """Names, sizes and times of our files: quicker than to read them, and a false alarm costs a second."""
    cluster = found.data / "postgres" / "PG_VERSION"
    lines = sorted(_files(HEARD))
    if cluster.exists():
        lines.append(_about(str(cluster), cluster.stat()))
    return hashlib.sha256("".join([found.database_url, *lines]).encode()).hexdigest()


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
