"""How often somebody may ask. Counted in memory by each process: no call waits for a counter, and a
process that starts anew forgets, which errs on the side of answering. `shared` counts for all processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST_BUCKETS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """How one call was counted. `reset` and `retry_after` are seconds."""

    limit: int
    remaining: int
    reset: float
    retry_after: float

    @property
    def exceeded(self) -> bool:
        return self.retry_after > 0


class Buckets:
    """Buckets that drip: a minute's worth at once, then one call each 60 / `limit` seconds."""

    def __init__(self, limit: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit, self.clock = limit, clock
        self._each = 60 / limit
        self._full_at: dict[str, float] = {}  # when the bucket of this key will be full again
        self._lock = threading.Lock()

    def take(self, key: str) -> Rate:
        with self._lock:
            now = self.clock()
            if len(self._full_at) > MOST_BUCKETS:
                self._full_at = {one: full for one, full in self._full_at.items() if full > now}
            after = max(self._full_at.get(key, now), now) + self._each
            too_much = after - now - 60
            if too_much > 1e-9:
                return Rate(self.limit, 0, after - self._each - now, too_much)
            self._full_at[key] = after
            return Rate(self.limit, int((60 - (after - now)) / self._each + 1e-9), after - now, 0)
