"""Remembers for which code and database everything was prepared, so that a second start need not look."""

from __future__ import annotations

import hashlib
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
    digest = hashlib.sha256(found.database_url.encode())
    cluster = found.data / "postgres" / "PG_VERSION"
    files = [cluster] if cluster.exists() else []
    files += sorted(path for path in HEARD.rglob("*") if path.suffix != ".pyc" and path.is_file())
    for path in files:
        about = path.stat()
        digest.update(f"{path} {about.st_size} {about.st_mtime_ns} {about.st_ino}\n".encode())
    return digest.hexdigest()
