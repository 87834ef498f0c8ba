"""What the networks remember across restarts: rows of JSON in one SQLite file.

Nothing waits for the disk (`synchronous=OFF`): the file survives a killed process, which is what the
sandbox promises, and a burst of thousands of messages is not slowed down. A power cut may cost the
newest rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class FolderInUse(Exception):
    """Another sandbox runs on the same folder."""


class Storage:
    def __init__(self, folder: Path | None) -> None:
        """`folder` None keeps everything in memory. Raises FolderInUse."""
        self._depth = 0
        path = ":memory:" if folder is None else str(_ready(folder) / "sandbox.sqlite3")
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=2)
        try:
            self._prepare()
        except sqlite3.OperationalError as error:
            self._connection.close()
            raise FolderInUse(f"Another sandbox already runs on {folder}.") from error

    def _prepare(self) -> None:
        for statement in (
            "PRAGMA locking_mode=EXCLUSIVE",
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=OFF",
            "CREATE TABLE IF NOT EXISTS row (kind TEXT, key TEXT, body TEXT, PRIMARY KEY (kind, key))",
            "BEGIN IMMEDIATE",
            "COMMIT",
        ):
            self._connection.execute(statement)

    def save(self, kind: str, key: str, body: Any) -> None:
        self._connection.execute("INSERT OR REPLACE INTO row VALUES (?, ?, ?)", (kind, key, json.dumps(body)))

    def forget(self, kind: str, key: str) -> None:
        self._connection.execute("DELETE FROM row WHERE kind = ? AND key = ?", (kind, key))

    def forget_all(self, kind: str) -> None:
        self._connection.execute("DELETE FROM row WHERE kind = ?", (kind,))

    def load(self, kind: str) -> Iterator[Any]:
        """Every row of a kind, oldest first."""
        rows = self._connection.execute("SELECT body FROM row WHERE kind = ? ORDER BY rowid", (kind,))
        for (body,) in rows:
            yield json.loads(body)

    def find(self, kind: str, key: str) -> Any:
        """One row, or None."""
        found = self._connection.execute("SELECT body FROM row WHERE kind = ? AND key = ?", (kind, key))
        row = found.fetchone()
        return json.loads(row[0]) if row else None

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is saved inside is there after a kill, or none of it. May be nested."""
        if self._depth == 0:
            self._connection.execute("BEGIN")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


def _ready(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
