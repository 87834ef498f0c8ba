"""One LISTEN for a whole process: hears which tickets changed and wakes the streams of their visitors.

An idle stream costs an event in memory and no connection to the database. What a stream then tells, it reads
from the database itself, so nothing is lost with a process.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from heard.chat.rows import AWAY, Rows, VisitorRow
from heard.realtime.announce import CHANNEL

AWAY_SECONDS = 1.0
# How soon somebody who is no longer allowed to read is cut off, and how long silence counts as being there.
CHECK_EVERY_SECONDS = 4.0
ONLINE_SECONDS = 12


@dataclass(eq=False)
class Listener:
    """One open stream."""

    visitor: VisitorRow
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False
    revoked: bool = False  # somebody else uses the browser now; otherwise we only stop for a moment

    def wake(self) -> None:
        self.woken.set()

    def close(self, *, revoked: bool = False) -> None:
        self.closed, self.revoked = True, revoked
        self.woken.set()


class Watch:
    def __init__(self, url: str, rows: Rows) -> None:
        self._url, self._rows = url, rows
        self._listeners: dict[int, set[Listener]] = defaultdict(set)  # by workspace
        self._tasks: list[asyncio.Task[None]] = []

    def open(self) -> None:
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._check_now_and_then())]

    async def close(self) -> None:
        for listener in self._all():
            listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @contextmanager
    def listening(self, visitor: VisitorRow) -> Iterator[Listener]:
        listener = Listener(visitor)
        self._listeners[visitor.workspace_id].add(listener)
        try:
            yield listener
        finally:
            self.forget(listener)

    def forget(self, listener: Listener) -> None:
        self._listeners[listener.visitor.workspace_id].discard(listener)

    def is_open_for(self, visitor: VisitorRow) -> bool:
        """Has the same browser another stream here, in another tab?"""
        open_here = self._listeners.get(visitor.workspace_id, ())
        return any(listener.visitor.id == visitor.id for listener in open_here)

    async def _listen(self) -> None:
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    for listener in self._all():  # what happened while we were away, nobody has told us
                        listener.wake()
                    async for notice in connection.notifies():
                        await self._hear(json.loads(notice.payload))
            except AWAY:
                await asyncio.sleep(AWAY_SECONDS)

    async def _hear(self, change: dict[str, Any]) -> None:
        here = list(self._listeners.get(change["workspace"], ()))
        if not here:
            return
        if change.get("all"):
            concerned = here
        else:
            inboxes = {listener.visitor.inbox_id for listener in here}
            threads = await self._rows.whose(change["tickets"], list(inboxes)) if change["tickets"] else set()
            concerned = [
                listener
                for listener in here
                if any((listener.visitor.inbox_id, one) in threads for one in listener.visitor.addresses)
            ]
        for listener in concerned:
            listener.wake()

    async def _check_now_and_then(self) -> None:
        """Who is there is said anew, in one statement; whoever has gone from the browser stops to read."""
        while True:
            await asyncio.sleep(CHECK_EVERY_SECONDS)
            listeners = self._all()
            if not listeners:
                continue
            try:
                there = await self._rows.online(
                    [listener.visitor.id for listener in listeners], seconds=ONLINE_SECONDS
                )
            except AWAY:
                continue
            for listener in listeners:
                if listener.visitor.id not in there:
                    listener.close(revoked=True)

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=3, application_name="heard chat stream"
        )

    def _all(self) -> list[Listener]:
        return [listener for listeners in self._listeners.values() for listener in listeners]
