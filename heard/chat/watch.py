"""One LISTEN for a whole process: hears which tickets changed and wakes the streams of their visitors.

An idle stream costs an event in memory and no connection to the database. What a stream then tells, it reads
from the database itself, so nothing is lost with a process.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
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
# What changes within this time is one question.
GATHER_SECONDS = 0.03


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
        self._changed: dict[int, set[int]] = defaultdict(set)  # tickets by workspace, not looked at yet
        self._rang = asyncio.Event()

    def open(self) -> None:
        work = (self._listen(), self._wake_now_and_then(), self._check_now_and_then())
        self._tasks = [asyncio.create_task(one) for one in work]

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
                        self._hear(json.loads(notice.payload))
            except AWAY:
                await asyncio.sleep(AWAY_SECONDS)

    def _hear(self, change: dict[str, Any]) -> None:
        here = self._listeners.get(change["workspace"], ())
        if change.get("all"):
            for listener in here:
                listener.wake()
        elif here and change["tickets"]:
            self._changed[change["workspace"]].update(change["tickets"])
            self._rang.set()

    async def _wake_now_and_then(self) -> None:
        while True:
            await self._rang.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._rang.clear()
            changed, self._changed = self._changed, defaultdict(set)
            for workspace_id, tickets in changed.items():
                here = list(self._listeners.get(workspace_id, ()))
                try:
                    concerned = await self._concerned(here, tickets)
                except AWAY:
                    concerned = here  # those who look for nothing lose little
                for listener in concerned:
                    listener.wake()

    async def _concerned(self, here: Sequence[Listener], tickets: Collection[int]) -> list[Listener]:
        inboxes = {listener.visitor.inbox_id for listener in here}
        threads = await self._rows.whose(sorted(tickets), sorted(inboxes))
        return [
            listener
            for listener in here
            if any((listener.visitor.inbox_id, one) in threads for one in listener.visitor.addresses)
        ]

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
