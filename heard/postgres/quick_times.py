"""Times as PostgreSQL writes them, read by Python's own reader: the driver's takes ten times as long.

A list of tickets has two hundred of them, and reading them took longer than all else that was done with its rows.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg.adapt import AdaptersMap


class QuickTimes(BaseTzLoader):  # type: ignore[misc]
    timezone = UTC

    def load(self, data: Any) -> datetime:
        """Whatever is not as usual (before Christ, another zone, without end) is the driver's."""
        try:
            found = datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            return self._as_the_driver(data)
        return found if found.tzinfo is UTC else self._as_the_driver(data)

    def _as_the_driver(self, data: Any) -> datetime:
        found: datetime = super().load(data)
        return found


@lru_cache(maxsize=8)
def with_quick_times(adapters: AdaptersMap) -> AdaptersMap:
    """A copy: what a connection is made with is shared by all."""
    changed = AdaptersMap(adapters)
    changed.register_loader("timestamptz", QuickTimes)
    return changed
