"""Our copies of files, on disk under keys that nobody can guess. Their names stay in the database."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def path_of(key: str) -> Path:
    return Path(settings.MEDIA_ROOT) / key[:2] / key


def keep_file(key: str, content: bytes) -> None:
    """Whole or not at all: nobody ever reads half of it."""
    path = path_of(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{key}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def drop_file(key: str) -> None:
    """Harmless when it is gone already."""
    path_of(key).unlink(missing_ok=True)
