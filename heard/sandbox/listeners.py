"""Pages that are open and want to hear that something changed."""

from __future__ import annotations

import asyncio


class Listeners:
    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self.changes = 0
        self.closed = False

    def tell(self) -> None:
        self.changes += 1
        for one in self._waiting:
            one.set()

    def close(self) -> None:
        self.closed = True
        self.tell()

    async def wait(self, seen: int, seconds: float) -> int:
        """How many changes there have been: more than `seen`, unless the time is over."""
        if self.changes == seen:
            event = asyncio.Event()
            self._waiting.add(event)
            try:
                await asyncio.wait_for(event.wait(), seconds)
            except TimeoutError:
                return seen
            finally:
                self._waiting.discard(event)
        return self.changes
