"""Pages that are open and want to hear that something changed."""

from __future__ import annotations

import asyncio


class Listeners:
    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self.closed = False

    def tell(self) -> None:
        for one in self._waiting:
            one.set()

    def close(self) -> None:
        self.closed = True
        self.tell()

    async def wait(self, seconds: float) -> bool:
        """True when something changed within that time."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(event)
        return True
